"""What Discord refuses in a message: the lengths and counts that a bot can break.

Lengths are counted in code points. Permissions, links and mentions are not looked at.
Source of the figures: discord.com/developers/docs/resources/message#embed-object-embed-limits and
discord.com/developers/docs/components/reference. `tests.bot.payload_rules` has what is beyond lengths and counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.end_to_end.loopback.world import Json

CONTENT, EMBEDS, EMBED_TOTAL, EMBED_FIELDS = 2000, 10, 6000, 25
TITLE, DESCRIPTION, FIELD_NAME, FIELD_VALUE, FOOTER, AUTHOR = 256, 4096, 256, 1024, 2048, 256
ROWS, ROW_WIDTH, CUSTOM_ID, LABEL, SELECT_OPTIONS, OPTION_TEXT = 5, 5, 100, 80, 25, 100
CHOICES, CHOICE_NAME, CHOICE_VALUE = 25, 100, 100
LAYOUT_TEXT, LAYOUT_PARTS = 4000, 40  # of a message in the newer layout (components v2), all texts and parts together
FILES = 10
REQUEST_BYTES = 10 * 1024 * 1024  # what a guild without boosts allows

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_DISPLAY = 1, 2, 3, 10
COMPONENTS_V2_FLAG = 1 << 15

# A field's path and what is wrong there: (code, message).
Fault = tuple[tuple[str, ...], str, str]


def message_errors(body: Json, files: int = 0) -> Json:
    """Return Discord's `errors` object for a message body, empty when nothing is wrong with it."""
    return nested([*_content_faults(body), *_embed_faults(body), *_component_faults(body), *_file_faults(files)])


def choice_errors(choices: list[Json]) -> Json:
    """Return Discord's `errors` object for an autocomplete answer, empty when nothing is wrong with it."""
    faults = [*_too_many(("choices",), choices, CHOICES)]
    for index, choice in enumerate(choices):
        path = ("choices", str(index))
        faults += _required(path, choice, "name", CHOICE_NAME)
        if isinstance(choice.get("value"), str):
            faults += _required(path, choice, "value", CHOICE_VALUE)
    return nested(faults)


def nested(faults: list[Fault]) -> Json:
    """Shape faults like the body that they were found in, as Discord does."""
    errors: Json = {}
    for path, code, message in faults:
        place = errors
        for key in path:
            place = place.setdefault(key, {})
        place.setdefault("_errors", []).append({"code": code, "message": message})
    return errors


def is_empty(content: str, embeds: Any, components: Any, files: Any) -> bool:
    """Say whether a message would show nothing at all."""
    return not (content.strip() or embeds or components or files)


def walk_components(components: list[Json]) -> Iterator[Json]:
    """Yield every component of a message, rows and containers before what they hold."""
    for component in components:
        yield component
        yield from walk_components(component.get("components") or [])
        if component.get("accessory"):
            yield component["accessory"]


def _content_faults(body: Json) -> Iterator[Fault]:
    yield from _too_long(("content",), body.get("content"), CONTENT)
    if (body.get("flags") or 0) & COMPONENTS_V2_FLAG:
        for key in ("content", "embeds"):
            if body.get(key):
                yield (
                    (key,),
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    f"{key} cannot be used here",
                )


def _embed_faults(body: Json) -> Iterator[Fault]:
    embeds: list[Json] = body.get("embeds") or []
    yield from _too_many(("embeds",), embeds, EMBEDS)
    for index, embed in enumerate(embeds):
        yield from _one_embed_faults(("embeds", str(index)), embed)
    if sum(_embed_length(embed) for embed in embeds) > EMBED_TOTAL:
        yield ("embeds",), "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBED_TOTAL}"


def _one_embed_faults(path: tuple[str, ...], embed: Json) -> Iterator[Fault]:
    yield from _too_long((*path, "title"), embed.get("title"), TITLE)
    yield from _too_long((*path, "description"), embed.get("description"), DESCRIPTION)
    yield from _too_long((*path, "footer", "text"), (embed.get("footer") or {}).get("text"), FOOTER)
    yield from _too_long((*path, "author", "name"), (embed.get("author") or {}).get("name"), AUTHOR)
    fields: list[Json] = embed.get("fields") or []
    yield from _too_many((*path, "fields"), fields, EMBED_FIELDS)
    for index, embed_field in enumerate(fields):
        yield from _required((*path, "fields", str(index)), embed_field, "name", FIELD_NAME)
        yield from _required((*path, "fields", str(index)), embed_field, "value", FIELD_VALUE)


def _embed_length(embed: Json) -> int:
    texts = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    texts.append((embed.get("author") or {}).get("name"))
    for embed_field in embed.get("fields") or []:
        texts += [embed_field.get("name"), embed_field.get("value")]
    return sum(len(text) for text in texts if text)


def _component_faults(body: Json) -> Iterator[Fault]:
    rows: list[Json] = body.get("components") or []
    if (body.get("flags") or 0) & COMPONENTS_V2_FLAG:
        yield from _layout_faults(list(walk_components(rows)))
    else:
        yield from _too_many(("components",), rows, ROWS)
    custom_ids: set[str] = set()
    for component in walk_components(rows):
        yield from _one_component_faults(component)
        custom_id = component.get("custom_id")
        if custom_id is not None and custom_id in custom_ids:
            yield (
                ("components",),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                f"Component custom id duplicated: {custom_id}",
            )
        custom_ids.add(custom_id or "")


def _layout_faults(parts: list[Json]) -> Iterator[Fault]:
    """What is wrong with the parts of a message in the newer layout, taken together."""
    yield from _too_many(("components",), parts, LAYOUT_PARTS)
    if sum(len(part.get("content") or "") for part in parts if part["type"] == TEXT_DISPLAY) > LAYOUT_TEXT:
        message = f"Total displayable text exceeds maximum size of {LAYOUT_TEXT}"
        yield ("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message


def _one_component_faults(component: Json) -> Iterator[Fault]:
    path = ("components",)
    yield from _too_long((*path, "custom_id"), component.get("custom_id"), CUSTOM_ID)
    if component["type"] == ACTION_ROW:
        yield from _too_many(path, component["components"], ROW_WIDTH)
    elif component["type"] == BUTTON:
        yield from _too_long((*path, "label"), component.get("label"), LABEL)
    elif component["type"] == STRING_SELECT:
        yield from _too_many((*path, "options"), component["options"], SELECT_OPTIONS)
        for option in component["options"]:
            for key in ("label", "value"):
                yield from _required((*path, "options"), option, key, OPTION_TEXT)
            yield from _too_long((*path, "options", "description"), option.get("description"), OPTION_TEXT)


def _file_faults(files: int) -> Iterator[Fault]:
    yield from _too_many(("attachments",), range(files), FILES)


def _required(path: tuple[str, ...], holder: Json, key: str, limit: int) -> Iterator[Fault]:
    if not str(holder.get(key) or "").strip():
        yield (*path, key), "BASE_TYPE_REQUIRED", "This field is required"
    yield from _too_long((*path, key), holder.get(key), limit)


def _too_long(path: tuple[str, ...], text: str | None, limit: int) -> Iterator[Fault]:
    if text is not None and len(text) > limit:
        yield path, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length."


def _too_many(path: tuple[str, ...], things: Any, limit: int) -> Iterator[Fault]:
    if len(things) > limit:
        yield path, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length."
