"""`bot.connection`: what makes the bot connect again, what ends it, and how it leaves."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import aiohttp
import discord
import pytest
from discord.ext import commands
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot import connection as connection_module
from bot.connection import Connection, ConnectionFailedError, TokenError, WarmUpError, WithoutTraceback, equipped
from bot.retries import Backoff
from corpus.errors import CollectionError
from embeddings.errors import ModelError

TOKEN = "sesame.klopstock.wunderkammer"


class Starting(commands.Bot):
    """A client whose start ends as it is told; `stay` is the outcome of one that is connected until it is closed."""

    def __init__(self, outcome: object, ever_connected: bool = False) -> None:
        super().__init__("!", intents=discord.Intents.none())
        self.outcome, self.stopped, self.started = outcome, 0, asyncio.Event()
        self.owing, self.told, self.turned_away = 0, False, 0
        if ever_connected:
            self.ws = Mock(open=False)

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """Do what was told."""
        assert token == TOKEN
        self.started.set()
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        while not self.is_closed():
            await asyncio.sleep(0.005)

    def turn_away(self, for_good: bool = False) -> None:
        """As the bot's own, with nobody waiting."""
        self.turned_away += for_good

    async def give_up(self) -> None:
        """As the bot's own, with nobody to tell."""
        self.told = True

    async def stop(self, seconds: float = 10.0) -> None:
        """As the bot's own stop, with nothing under way."""
        self.stopped += 1
        await self.close()


class Line:
    """Clients that are made one after the other, each with the next outcome."""

    def __init__(self, *outcomes: object, ever_connected: bool = False) -> None:
        self.made: list[Starting] = []
        self._outcomes, self._ever_connected = list(outcomes), ever_connected

    def __call__(self) -> Any:
        self.made.append(Starting(self._outcomes.pop(0), self._ever_connected))
        return self.made[-1]


def closed(code: int) -> discord.ConnectionClosed:
    """The gateway's close with a code."""
    return discord.ConnectionClosed(Mock(), shard_id=None, code=code)


def refused(status: int) -> discord.HTTPException:
    """Discord's answer with a status; its text holds what must not be repeated."""
    return discord.HTTPException(Mock(status=status, reason="x"), TOKEN)


def never_there() -> AttributeError:
    """What discord.py raises when its first connection is refused."""
    try:
        getattr(discord.Client(intents=discord.Intents.none()).ws, "sequence")  # noqa: B009 - as discord.py writes it
    except AttributeError as error:
        return error
    raise AssertionError("never reached")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Waits are short, and discord.py's own way of sending is put back."""
    monkeypatch.setattr(connection_module, "BACKOFF", Backoff(first=0.01, longest=0.02))
    before = async_context.get()
    yield
    async_context.set(before)


async def until_connected(line: Line, number: int) -> Starting:
    """Wait until the client of that number, counted from 1, has started."""
    async with asyncio.timeout(30.0):
        while len(line.made) < number or not line.made[-1].started.is_set():
            await asyncio.sleep(0.005)
    return line.made[-1]


PASSING: dict[str, Callable[[], Exception]] = {
    "network": lambda: aiohttp.ClientConnectionError(TOKEN),
    "system": lambda: OSError(TOKEN),
    "timeout": TimeoutError,
    "500": lambda: refused(500),
    "429": lambda: refused(429),
    "long wait": lambda: discord.RateLimited(3600.0),
    "gateway": discord.GatewayNotFound,
    "4000": lambda: closed(4000),
    "first connection": never_there,
}


@pytest.mark.parametrize("failure", PASSING.values(), ids=PASSING)
async def test_what_passes_is_tried_again(failure: Callable[[], Exception], caplog: pytest.LogCaptureFixture) -> None:
    """After each failure there is a new client, the one before is closed, and the log has one line without the token."""
    line = Line(failure(), failure(), "stay")
    kept = Connection(line, TOKEN)
    running = asyncio.ensure_future(kept.run())
    await until_connected(line, 3)
    kept.stop()
    await running
    assert [client.is_closed() for client in line.made] == [True] * 3
    assert caplog.text.count("Trying again in") == 2 and TOKEN not in caplog.text


LASTING = [
    (discord.LoginFailure(f"Improper token {TOKEN} has been passed."), TokenError, "does not accept the token"),
    (closed(4004), TokenError, "does not accept the token"),
    *[(closed(code), ConnectionFailedError, f"code {code}") for code in (4010, 4011, 4012, 4013, 4014)],
    (discord.PrivilegedIntentsRequired(None), ConnectionFailedError, "intents"),
    (refused(400), ConnectionFailedError, "status 400"),
]


@pytest.mark.parametrize(("failure", "kind", "words"), LASTING)
async def test_what_lasts_ends_the_bot(failure: Exception, kind: type[Exception], words: str) -> None:
    """What the operator must mend is told in one sentence without the token, and nothing is tried again."""
    line = Line(failure)
    with pytest.raises(kind, match=words) as caught:
        await Connection(line, TOKEN).run()
    assert len(line.made) == 1 and line.made[0].is_closed()
    assert TOKEN not in str(caught.value) and caught.value.__suppress_context__


@pytest.mark.parametrize(
    "failure",
    [
        ValueError("x"),
        AttributeError("'Ask' object has no attribute 'x'", name="x", obj="Ask"),
        CollectionError("x"),
        commands.ExtensionFailed("bot.cogs.ask", SyntaxError()),
        PermissionError(13, "Permission denied", "data/commands_synced"),
    ],
    ids=["bug", "attribute", "ours", "cog", "file"],
)
async def test_a_mistake_at_the_start_is_not_repeated(failure: Exception) -> None:
    """A bot that cannot be built or has no folder to write to ends at once."""
    line = Line(failure)
    with pytest.raises(type(failure)):
        await Connection(line, TOKEN).run()
    assert len(line.made) == 1


async def test_a_mistake_in_a_connection_does_not_end_the_bot(caplog: pytest.LogCaptureFixture) -> None:
    """An event that discord.py cannot read costs the connection; the log has its kind and place, not its text."""
    line = Line(KeyError("what Ann asked"), "stay", ever_connected=True)
    kept = Connection(line, TOKEN)
    running = asyncio.ensure_future(kept.run())
    await until_connected(line, 2)
    kept.stop()
    await running
    assert line.made[0].stopped == 1, "answers under way may end first"
    assert "KeyError at " in caplog.text and "Ann" not in caplog.text


async def test_a_stop_ends_the_wait_for_the_next_try(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the network is down, the bot can still be stopped at once."""
    monkeypatch.setattr(connection_module, "BACKOFF", Backoff(first=600.0, longest=600.0))
    line = Line(OSError())
    kept = Connection(line, TOKEN)
    running = asyncio.ensure_future(kept.run())
    await until_connected(line, 1)
    kept.stop()
    kept.stop()
    await running
    assert len(line.made) == 1


@pytest.mark.parametrize("reason", [ModelError("the model cannot be loaded"), MemoryError()], ids=["model", "memory"])
@pytest.mark.parametrize("ever_connected", [False, True])
async def test_what_the_bot_needs_and_has_not_ends_it(reason: Exception, ever_connected: bool) -> None:
    """Trying again would change nothing, also where Discord was reached meanwhile; the operator is told why."""
    line = Line(WarmUpError(reason), ever_connected=ever_connected)
    with pytest.raises(type(reason)) as caught:
        await Connection(line, TOKEN).run()
    assert caught.value is reason and len(line.made) == 1


async def test_a_cog_that_cannot_be_made_ends_the_bot_with_its_reason() -> None:
    """discord.py wraps it in words of its own, which would tell nobody what to do."""
    line = Line(commands.ExtensionFailed("bot.cogs.x", ModelError("The model cannot be loaded.")))
    with pytest.raises(ModelError, match="cannot be loaded"):
        await Connection(line, TOKEN).run()


async def test_a_stop_before_the_start(tmp_path: Path) -> None:
    """A bot that is told to stop while it is being built never connects."""
    line = Line()
    kept = Connection(line, TOKEN)
    kept.stop()
    await kept.run()
    assert line.made == []


async def test_a_stop_gives_answers_their_time_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stop waits for an interaction that is not answered; when its time is up, it says farewell and leaves."""
    monkeypatch.setattr(connection_module, "ANSWERS_SECONDS", 0.05)
    told: list[str] = []

    class Busy(connection_module.Delivery):
        @property
        def busy(self) -> bool:
            return True

        async def say_farewell(self) -> None:
            told.append("farewell")

    monkeypatch.setattr(connection_module, "Delivery", Busy)
    line = Line("stay")
    kept = Connection(line, TOKEN)
    running = asyncio.ensure_future(kept.run())
    client = await until_connected(line, 1)
    kept.stop()
    await running
    assert told == ["farewell"] and client.stopped == 0 and client.is_closed()


async def test_a_stop_waits_for_messages_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever mentioned the bot is waited for like whoever used a command, and told like them."""
    monkeypatch.setattr(connection_module, "ANSWERS_SECONDS", 0.05)
    line = Line("stay")
    kept = Connection(line, TOKEN)
    running = asyncio.ensure_future(kept.run())
    client = await until_connected(line, 1)
    client.owing = 1
    kept.stop()
    await running
    assert client.told and client.turned_away == 1 and client.stopped == 0 and client.is_closed()


async def test_everything_sent_goes_through_delivery() -> None:
    """discord.py (pinned exactly) still asks for its sender where we put ours, and calls `request` of it."""
    async with Starting("stay") as client:
        before = client.http.request
        delivery = equipped(client)  # type: ignore[arg-type]
        assert async_context.get() is delivery and isinstance(delivery, AsyncWebhookAdapter)
        assert client.http.request != before
        assert AsyncWebhookAdapter.create_interaction_response.__code__.co_names.count("request") == 1


def test_a_lost_connection_is_one_line() -> None:
    """discord.py's traceback is left out of the log, and the kind of the error is named."""
    try:
        raise aiohttp.ClientConnectionError(TOKEN)
    except aiohttp.ClientConnectionError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("discord.client", logging.ERROR, "x", 1, "Attempting a reconnect in %.2fs", (1.5,), info)
    assert WithoutTraceback().filter(record)
    line = logging.Formatter("%(message)s").format(record)
    assert line == "Attempting a reconnect in 1.50s (ClientConnectionError)"
