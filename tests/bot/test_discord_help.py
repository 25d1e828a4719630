"""`/help` and the welcome, in simcord's Discord (real discord.py, no network)."""

from __future__ import annotations

import asyncio
import logging
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import pytest
from discord import ui

from bot.cogs.help import welcome_channel
from bot.panels import TEXTS_TOTAL
from bot.services import Services
from bot.settings import Settings
from bot.starter_questions import StarterQuestions
from tests.bot.discord_server import PATIENCE_SECONDS, Server, running
from tests.bot.sample_metrics import metric_settings
from tests.fake_encoder import FakeEncoder

FEW = discord.Permissions(view_channel=True)
ENOUGH = discord.Permissions(view_channel=True, send_messages=True)


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings whose collection has series."""
    return metric_settings(home)


def text_of(message: discord.Message) -> str:
    """All texts of a panel, which must be within Discord's limits."""
    found = [one.content for one in ui.LayoutView.from_message(message).walk_children() if isinstance(one, ui.TextDisplay)]
    assert sum(map(len, found)) <= TEXTS_TOTAL
    return "\n".join(found)


def questions_in(message: discord.Message) -> list[str]:
    """The questions of its menu."""
    menus = [one for one in ui.LayoutView.from_message(message).walk_children() if isinstance(one, ui.Select)]
    return [option.value for menu in menus for option in menu.options]


# --- /help -----------------------------------------------------------------------------------------------------------


async def test_help_shows_commands_and_live_examples(server: Server) -> None:
    """To the member alone: two questions of this very collection, each with its quotation, and a menu to ask them."""
    result = await server.member.slash(server.channel, "help")
    assert result.response is not None and result.response.ephemeral
    message = result.response.message
    shown = text_of(message)
    assert all(re.search(rf"^</{name}:\d+> \w", shown, re.MULTILINE) for name in ("ask", "article list", "article show", "help"))
    assert shown.count("\n> ") == len(questions_in(message)) == 2
    assert all(f"› {question}" in shown for question in questions_in(message))


async def test_help_does_not_wait_for_its_examples(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding them means asking questions; the commands are there before."""
    examples = server.client.article_desk.starters.examples

    async def late(*args: Any) -> Any:
        await asyncio.sleep(3.0)
        return await examples(*args)

    monkeypatch.setattr(server.client.article_desk.starters, "examples", late)
    result = await server.member.slash(server.channel, "help")
    before, after = (str(entry.json) for entry in server.env.http_requests if entry.method == "PATCH")
    assert "</ask:" in before and "starter:ask" not in before and "starter:ask" in after
    assert result.response is not None and len(questions_in(result.response.message)) == 2


async def test_examples_are_kept_ready(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are found before anybody wants them, and again after a rebuild."""
    monkeypatch.setattr("bot.starter_questions.LOOK_AGAIN_SECONDS", 0.01)
    starters = StarterQuestions(services)
    keeping = asyncio.ensure_future(starters.keep_ready())

    async def until_ready() -> str:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not any(language == "zh" for _, language in starters._known):
                await asyncio.sleep(0.02)
        return starters._generation

    first = await until_ready()
    services.rebuild()
    starters._known = {}
    async with asyncio.timeout(PATIENCE_SECONDS):
        while starters._generation == first:
            await asyncio.sleep(0.02)
    assert await until_ready() != first
    keeping.cancel()


async def test_help_names_what_a_member_may_do(server: Server) -> None:
    """Commands for administrators are shown to administrators."""
    for actor, expected in ((server.member, False), (server.administrator, True)):
        result = await actor.slash(server.channel, "help")
        assert result.response is not None
        assert ("</reindex:" in text_of(result.response.message)) is expected


async def test_help_works_in_direct_messages(server: Server) -> None:
    """Where no server's commands are."""
    result = await server.member.user.slash("help")
    shown = text_of(result.response.message)
    assert "</ask:" in shown and "</reindex:" not in shown


async def test_an_example_can_be_asked(server: Server) -> None:
    """From the menu under it."""
    result = await server.member.slash(server.channel, "help")
    assert result.response is not None
    question = questions_in(result.response.message)[0]
    answered = await server.member.select(result.response.message, [question], custom_id="starter:ask")
    assert answered.response is not None and "> " in text_of(answered.response.message)


async def test_help_works_without_an_index(settings: Settings) -> None:
    """Commands are explained all the same; no example is made up."""
    services = Services(settings, FakeEncoder())
    async with running(services, settings) as server:
        result = await server.member.slash(server.channel, "help")
        assert result.response is not None and "</ask:" in text_of(result.response.message)
        assert not questions_in(result.response.message)
    services.close()


# --- the welcome -----------------------------------------------------------------------------------------------------


async def join(server: Server, *channels: str) -> list[discord.Message]:
    """Bring the bot to a server with these channels; what it says there.

    simcord shows a new server as one that is available again, so the listener is called by hand.
    """
    guild = server.env.create_guild("Harbour")
    made = [guild.create_text_channel(name) for name in channels]
    await server.env.settle()
    joined = server.client.get_guild(guild.id)
    assert joined is not None
    (listener,) = server.client.extra_events["on_guild_join"]
    await listener(joined)
    await server.env.settle()
    return [message for channel in made for message in server.from_bot(channel)]


async def test_a_new_server_is_welcomed(server: Server) -> None:
    """Once, in a channel where the bot may write, with questions to begin with."""
    (welcome,) = await join(server, "general", "press")
    shown = text_of(welcome)
    assert shown.startswith("**Hello!") and "</help:" in shown
    assert all(f"› {question}" in shown for question in questions_in(welcome)) and questions_in(welcome)


async def test_nothing_is_said_where_the_bot_may_not_write(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """A server without a channel for it is no error."""
    with caplog.at_level(logging.INFO):
        assert await join(server) == []
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING and record.name.startswith("bot")]


async def test_a_welcome_that_is_refused_is_only_noted(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot may have been removed again meanwhile."""

    async def refused(*_: Any, **__: Any) -> None:
        raise discord.Forbidden(SimpleNamespace(status=403, reason="x"), "no")  # type: ignore[arg-type]

    monkeypatch.setattr(discord.TextChannel, "send", refused)
    assert await join(server, "general") == []


def room(allowed: discord.Permissions) -> Any:
    """A channel in which the bot has these permissions."""
    return SimpleNamespace(permissions_for=lambda me: allowed)


def guild_of(system: Any, *channels: Any) -> Any:
    """A server with a channel for its news, perhaps, and others."""
    return SimpleNamespace(system_channel=system, text_channels=list(channels), me=None)


def test_the_channel_for_news_comes_first() -> None:
    """Then the first in which the bot may write, then none."""
    news, closed, hidden, open_ = room(ENOUGH), room(FEW), room(discord.Permissions(send_messages=True)), room(ENOUGH)
    assert welcome_channel(guild_of(news, open_)) is news
    assert welcome_channel(guild_of(closed, hidden, closed, open_, news)) is open_
    assert welcome_channel(guild_of(None, closed, hidden)) is None
    assert welcome_channel(guild_of(None)) is None
