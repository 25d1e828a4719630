"""`bot.command_translator`: the commands in Discord's languages, complete, as Discord takes them, and sent when they change."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.client import CorpusBot
from bot.command_translator import OPTION_NAMES, CommandTranslator
from bot.services import Services
from bot.wording import LANGUAGES, wording
from tests.bot.command_rules import command_faults
from tests.bot.test_wording import texts_in_code

LOCALES = {"de", "es-ES", "es-419", "zh-CN", "zh-TW"}
SUBCOMMAND, ON_MESSAGE = 1, 3
COMMAND = re.compile(r"(?<![\w/<])/([a-z]+)(?: ([a-z]+))?")  # as our texts name one: /metric show
Json = dict[str, Any]


@pytest.fixture
async def env(services: Services, home: Path) -> AsyncIterator[simcord.Env]:
    """A Discord that the bot has told its commands."""
    # Not `simcord.run`: what it enters in a fixture's task cannot be left in another one.
    made = simcord.Env(CorpusBot(services, home / "data"), settle_timeout=60.0)
    await made.start()
    yield made
    await made.shutdown()
    made.raise_errors()


def sent(env: simcord.Env) -> list[list[Json]]:
    """The commands, each time that they were sent."""
    found = [entry.json for entry in env.http_requests if entry.method == "PUT" and entry.path.endswith("/commands")]
    return found  # type: ignore[return-value]


def levels(commands: list[Json]) -> Iterator[list[Json]]:
    """Commands and options that stand side by side."""
    yield commands
    for command in commands:
        yield from levels(command.get("options") or []) if command.get("options") else ()


def texts(commands: list[Json]) -> Iterator[tuple[str, dict[str, str]]]:
    """Every name and description with its translations; menus of messages have no description."""
    for level in levels(commands):
        for one in level:
            yield one["name"], one.get("name_localizations") or {}
            if one.get("description"):
                yield one["description"], one.get("description_localizations") or {}


async def test_every_text_of_a_command_is_in_every_language(env: simcord.Env) -> None:
    """Names, descriptions, options and menus; each is marked for the catalogues."""
    (commands,) = sent(env)
    found = list(texts(commands))
    assert {"ask", "reindex", "Find in the articles", "since", "A second metric."} <= {text for text, _ in found}
    marked = texts_in_code()
    for text, translations in found:
        assert text in marked, "put N_ around it, or its option into OPTION_NAMES"
        assert set(translations) == LOCALES, text
        assert text not in translations.values()


async def test_discord_takes_the_commands_in_every_language(env: simcord.Env) -> None:
    """Lower case, no spaces, short enough; and no two names side by side are the same."""
    (commands,) = sent(env)
    assert not list(command_faults(commands))
    for level in levels(commands):
        for locale in LOCALES:
            names = [(one["type"], one["name_localizations"][locale]) for one in level]
            assert len(set(names)) == len(names), (locale, names)


async def test_no_option_is_listed_that_no_command_has(env: simcord.Env) -> None:
    """A name of an option that is gone would be translated for nobody."""
    (commands,) = sent(env)
    options = [one["name"] for level in levels(commands) for one in level if level is not commands and one["type"] > SUBCOMMAND]
    assert set(OPTION_NAMES) == set(options)


async def test_a_member_gives_and_gets_the_english_names(env: simcord.Env) -> None:
    """Discord tells a command by its own name, whatever it is called where the member reads."""
    names = {one["name"]: one["name_localizations"] for one in sent(env)[0]}
    assert names["ask"]["zh-CN"] == "提问" and names["ask"]["de"] == "fragen" and names["ask"]["es-419"] == "preguntar"
    assert names["Check this quotation"]["zh-CN"] == "核对这段引文"


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_name_commands_as_discord_shows_them(language: str) -> None:
    """Where a text says /metric show, its translation has the command's name of that language."""
    say = wording(language)
    found = [(text, match) for text in texts_in_code() for match in COMMAND.finditer(text)]
    assert found
    for text, match in found:
        command, part = match.groups()
        # What follows a command may be its part, or a word of the sentence.
        parts = {"list", "show", "search", "compare", "export"}
        named = f"/{say(command)} {say(part)}" if part in parts else f"/{say(command)}"
        assert say(command) != command and named in say(text, **dict.fromkeys(re.findall(r"\{(\w+)\}", text), "")), text


# --- when they are sent ----------------------------------------------------------------------------------------------


async def test_changed_translations_are_sent_again(
    env: simcord.Env, services: Services, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A catalogue that says it better reaches Discord at the next start, once."""

    async def better(self: CommandTranslator, string: Any, locale: discord.Locale, context: Any) -> str | None:
        return "frag" if (string.message, locale) == ("ask", discord.Locale.german) else None

    await env.restart_bot(CorpusBot(services, home / "data"))
    assert len(sent(env)) == 1
    monkeypatch.setattr(CommandTranslator, "translate", better)
    await env.restart_bot(CorpusBot(services, home / "data"))
    await env.restart_bot(CorpusBot(services, home / "data"))
    assert len(sent(env)) == 2
    assert next(one for one in sent(env)[1] if one["name"] == "ask")["name_localizations"] == {"de": "frag"}


@pytest.mark.parametrize("locale", [discord.Locale.french, discord.Locale.british_english, discord.Locale.japanese])
async def test_other_languages_stay_english(locale: discord.Locale) -> None:
    """Discord falls back to the English name by itself."""
    assert await CommandTranslator().translate(discord.app_commands.locale_str("ask"), locale, None) is None  # type: ignore[arg-type]
