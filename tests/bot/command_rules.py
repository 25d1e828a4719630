"""What Discord takes as commands and forms, beyond what its OpenAPI document says: written by hand from its documentation.

Source: discord.com/developers/docs/interactions/application-commands (naming, limits, registering) and
…/components/reference#text-input, #label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

Json = dict[str, Any]

SLASH, ON_USER, ON_MESSAGE = 1, 2, 3
MOST = {SLASH: 100, ON_USER: 5, ON_MESSAGE: 5}
SUBCOMMAND, GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10
NAME, TEXT, OPTIONS, LETTERS = 32, 100, 25, 8000
# Discord: ^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$; lower case where a letter has one.
NAMED = re.compile(r"[-_'\w]{1,32}\Z")
# discord.com/developers/docs/reference#locales
LOCALES = {
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR", "ro", "fi",
    "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
}  # fmt: skip
COMMAND_KEYS = {
    "type", "name", "name_localizations", "description", "description_localizations", "options", "nsfw", "dm_permission",
    "default_member_permissions", "contexts", "integration_types", "handler",
}  # fmt: skip
OPTION_KEYS = {
    "type", "name", "name_localizations", "description", "description_localizations", "required", "choices", "options",
    "channel_types", "min_value", "max_value", "min_length", "max_length", "autocomplete",
}  # fmt: skip
CHOICE_KEYS = {"name", "name_localizations", "value"}
FORM_TITLE, FORM_PARTS, LABEL, HINT, INPUT = 45, 5, 45, 100, 4000
LABELLED, TEXT_INPUT = 18, 4


def command_faults(commands: Sequence[Json]) -> Iterator[str]:
    """What Discord would refuse in a list of commands."""
    names = [(one.get("type", SLASH), one["name"]) for one in commands]
    if len(set(names)) < len(names):
        yield f"two commands of one name: {names}"
    for kind, most in MOST.items():
        if sum(one == kind for one, _ in names) > most:
            yield f"more than {most} commands of kind {kind}"
    for command in commands:
        for fault in _command_faults(command):
            yield f"{command['name']}: {fault}"


def _command_faults(command: Json) -> Iterator[str]:
    yield from _unknown("a command", command, COMMAND_KEYS)
    slash = command.get("type", SLASH) == SLASH
    yield from _name_faults(command, slash)
    if slash:
        yield from _text_faults(command, "description", TEXT)
        yield from _options_faults(command.get("options") or [])
    elif command.get("description") or command.get("options"):
        yield "a menu command has no description and no options"
    if _letters(command) > LETTERS:
        yield f"{_letters(command)} letters in all"
    if not set(command.get("contexts") or [0]) <= {0, 1, 2} or not set(command.get("integration_types") or [0]) <= {0, 1}:
        yield "a place that Discord does not know"


def _options_faults(options: Sequence[Json], depth: int = 0) -> Iterator[str]:
    names = [option["name"] for option in options]
    if len(options) > OPTIONS or len(set(names)) < len(names):
        yield f"options {names}"
    needed = [bool(option.get("required")) for option in options]
    if needed != sorted(needed, reverse=True):
        yield f"an option that is needed stands behind one that is not: {names}"
    nested = {option["type"] in (SUBCOMMAND, GROUP) for option in options}
    if len(nested) > 1 or (nested == {True} and depth > 1):
        yield f"subcommands and options side by side, or too deep: {names}"
    for option in options:
        for fault in _option_faults(option, depth):
            yield f"{option['name']}: {fault}"


def _option_faults(option: Json, depth: int) -> Iterator[str]:
    yield from _unknown("an option", option, OPTION_KEYS)
    yield from _name_faults(option, plain=True)
    yield from _text_faults(option, "description", TEXT)
    kind, choices = option["type"], option.get("choices") or []
    if kind in (SUBCOMMAND, GROUP):
        yield from _options_faults(option.get("options") or [], depth + 1)
    elif option.get("options"):
        yield "options of an option"
    if (choices or option.get("autocomplete")) and kind not in (STRING, INTEGER, NUMBER):
        yield "choices for a kind that has none"
    if choices and option.get("autocomplete"):
        yield "choices and autocompletion"
    if any(key in option for key in ("min_length", "max_length")) and kind != STRING:
        yield "a length of what has none"
    if any(key in option for key in ("min_value", "max_value")) and kind not in (INTEGER, NUMBER):
        yield "a value of what has none"
    if not 0 <= option.get("min_length", 0) <= option.get("max_length", 6000) <= 6000:
        yield "lengths that cannot be"
    yield from _choices_faults(choices)


def _choices_faults(choices: Sequence[Json]) -> Iterator[str]:
    if len(choices) > OPTIONS:
        yield f"{len(choices)} choices"
    for choice in choices:
        yield from _unknown("a choice", choice, CHOICE_KEYS)
        yield from _text_faults(choice, "name", TEXT)
        if isinstance(choice["value"], str) and not 1 <= len(choice["value"]) <= TEXT:
            yield f"a choice's value {choice['value']!r}"


def _name_faults(holder: Json, plain: bool) -> Iterator[str]:
    yield from _text_faults(holder, "name", NAME)
    if plain:
        for name in _wordings(holder, "name"):
            if not NAMED.match(name) or name != name.lower():
                yield f"the name {name!r}"


def _text_faults(holder: Json, key: str, most: int) -> Iterator[str]:
    for text in _wordings(holder, key):
        if not text.strip() or len(text) > most:
            yield f"{key} of {len(text)} letters: {text!r}"
    if strange := sorted(set(holder.get(f"{key}_localizations") or {}) - LOCALES):
        yield f"{key} in languages that Discord does not have: {strange}"


def _wordings(holder: Json, key: str) -> list[str]:
    """A text in all its languages."""
    return [holder.get(key) or "", *(holder.get(f"{key}_localizations") or {}).values()]


def _letters(holder: Json) -> int:
    """The letters that Discord counts of a command: names, descriptions and values, each in its longest language."""
    own = sum(max(map(len, _wordings(holder, key))) for key in ("name", "description"))
    own += sum(_letters(choice) + len(str(choice["value"])) for choice in holder.get("choices") or [])
    return own + sum(map(_letters, holder.get("options") or []))


# --- forms -----------------------------------------------------------------------------------------------------------


def form_faults(form: Json) -> Iterator[str]:
    """What Discord would refuse in a form."""
    yield from _unknown("a form", form, {"title", "custom_id", "components"})
    if not 1 <= len(form.get("title") or "") <= FORM_TITLE or not 1 <= len(form.get("custom_id") or "") <= 100:
        yield f"a form with the title {form.get('title')!r} and the id {form.get('custom_id')!r}"
    parts = form.get("components") or []
    if not 1 <= len(parts) <= FORM_PARTS:
        yield f"a form of {len(parts)} parts"
    ids = [part.get("component", {}).get("custom_id") for part in parts if part["type"] == LABELLED]
    if len(set(ids)) < len(ids):
        yield f"two fields of one id: {ids}"
    for part in parts:
        yield from _part_faults(part)


def _part_faults(part: Json) -> Iterator[str]:
    if part["type"] != LABELLED or part.get("component", {}).get("type") != TEXT_INPUT:
        yield f"a part of kind {part['type']}, which the bot is not known to use"
        return
    yield from _unknown("a label", part, {"type", "id", "label", "description", "component"})
    if not 1 <= len(part.get("label") or "") <= LABEL or len(part.get("description") or "") > HINT:
        yield f"a field called {part.get('label')!r}, described as {part.get('description')!r}"
    field = part["component"]
    known = {"type", "id", "custom_id", "style", "min_length", "max_length", "required", "value", "placeholder"}
    yield from _unknown("a field", field, known | {"label"} if field.get("label") is None else known)
    if not 1 <= len(field.get("custom_id") or "") <= 100 or field.get("style") not in (1, 2):
        yield f"a field of id {field.get('custom_id')!r} and style {field.get('style')}"
    if len(field.get("placeholder") or "") > HINT or len(field.get("value") or "") > INPUT:
        yield "a field that holds too much at first"
    if not 0 <= (field.get("min_length") or 0) <= (field.get("max_length") or INPUT) <= INPUT:
        yield "lengths that cannot be"


def _unknown(what: str, holder: Json, known: set[str]) -> Iterator[str]:
    if strange := sorted(set(holder) - known):
        yield f"{what} has keys that Discord does not know: {strange}"
