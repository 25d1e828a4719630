"""`bot.client`: what the bot asks of Discord, when it tells its commands, and how it starts and stops."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import discord
import pytest
import simcord
from discord import app_commands
from discord.ext import commands
from pydantic import SecretStr

from bot import cogs
from bot.client import CorpusBot, run_bot
from bot.connection import ConnectionFailedError, TokenError, WarmUpError
from bot.errors import log_failure
from bot.services import Services
from bot.settings import Settings
from bot.wording import wording
from corpus.errors import CollectionError
from embeddings.errors import ModelError, StaleIndexError

TOKEN = "sesame.klopstock.wunderkammer"


@pytest.fixture
def client(services: Services, home: Path) -> CorpusBot:
    """The bot, not started."""
    return CorpusBot(services, home / "data")


@pytest.fixture
def with_token(settings: Settings) -> Settings:
    """Settings of an operator who has set a token."""
    return settings.model_copy(update={"discord_token": SecretStr(f" {TOKEN}\n")})


def syncs(env: simcord.Env) -> int:
    """How often the commands were sent."""
    return sum(entry.method == "PUT" and entry.path.endswith("/commands") for entry in env.http_requests)


# --- what is asked of Discord ----------------------------------------------------------------------------------------


def test_no_privileged_intent_is_asked_for(client: CorpusBot) -> None:
    """The operator has nothing to apply for: neither members, presences nor everybody's messages are read."""
    assert not (client.intents.members or client.intents.presences or client.intents.message_content)
    assert {name for name, on in client.intents if on} == {"guilds", "guild_messages", "dm_messages"}


async def test_discord_accepts_the_intents_of_a_new_application(client: CorpusBot) -> None:
    """An application with no privileged intent switched on can connect."""
    async with simcord.run(client, approved_intents=discord.Intents.none(), settle_timeout=60.0):
        assert client.is_ready()


def test_nobody_can_be_pinged(client: CorpusBot) -> None:
    """Whatever is sent without saying otherwise mentions nobody."""
    assert client.allowed_mentions is not None
    assert client.allowed_mentions.to_dict() == {"parse": []}


async def test_every_module_of_commands_is_loaded(client: CorpusBot) -> None:
    """A module put into the folder is a command at the next start."""
    async with simcord.run(client, settle_timeout=60.0):
        modules = {path.stem for path in Path(cogs.__file__).parent.glob("*.py")} - {"__init__"}
        assert set(client.extensions) == {f"bot.cogs.{name}" for name in modules} >= {"bot.cogs.ask", "bot.cogs.admin"}
        assert {"ask", "metric", "reindex"} <= {command.name for command in client.tree.get_commands()}


# --- telling Discord the commands ------------------------------------------------------------------------------------


async def test_commands_are_sent_once(client: CorpusBot, services: Services, home: Path) -> None:
    """The first start sends them, a second with the same commands does not, and still knows their numbers."""
    async with simcord.run(client, settle_timeout=60.0) as env:
        assert syncs(env) == 1
        again = CorpusBot(services, home / "data")
        await env.restart_bot(again)
        assert syncs(env) == 1
        pressed = again.command_mentions.of("metric show", wording())
        assert re.fullmatch(r"</metric show:\d+>", pressed) and client.command_mentions.of("metric show", wording()) == pressed


async def test_changed_commands_are_sent_again(client: CorpusBot, services: Services, home: Path) -> None:
    """A new command, or another description, is told at the next start, once."""

    async def nothing(interaction: discord.Interaction) -> None: ...

    def changed() -> CorpusBot:
        other = CorpusBot(services, home / "data")
        other.tree.add_command(app_commands.Command(name="extra", description="New", callback=nothing))
        return other

    async with simcord.run(client, settle_timeout=60.0) as env:
        await env.restart_bot(changed())
        assert syncs(env) == 2
        await env.restart_bot(changed())
        assert syncs(env) == 2


async def test_a_lost_memory_of_the_commands_is_harmless(client: CorpusBot, services: Services, home: Path) -> None:
    """Without the file that remembers them, they are sent once more."""
    async with simcord.run(client, settle_timeout=60.0) as env:
        (home / "data" / "commands_synced").unlink()
        await env.restart_bot(CorpusBot(services, home / "data"))
        assert syncs(env) == 2


async def test_commands_that_did_not_arrive_are_sent_again(client: CorpusBot, services: Services, home: Path) -> None:
    """Nothing is remembered of a sync that Discord refused."""
    env = simcord.Env(client, check_errors=False, settle_timeout=60.0)
    env.inject_error("PUT", "/applications/*/commands", status=403)
    with pytest.raises(discord.HTTPException):
        await env.start()
    async with simcord.run(CorpusBot(services, home / "data"), settle_timeout=60.0) as later:
        assert syncs(later) == 1


# --- stopping --------------------------------------------------------------------------------------------------------


async def test_a_stop_waits_for_answers_under_way(client: CorpusBot) -> None:
    """The bot leaves Discord only when the last answer is given."""
    with client.work(), client.work():
        stopping = asyncio.ensure_future(client.stop())
        for _ in range(20):
            await asyncio.sleep(0.01)
        assert not stopping.done() and not client.is_closed()
    await stopping
    assert client.is_closed()


async def test_a_stop_does_not_wait_for_ever(client: CorpusBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that never comes is given up after a while."""
    monkeypatch.setattr("bot.client.FINISH_SECONDS", 0.05)
    with client.work():
        await client.stop()
    assert client.is_closed()


async def test_a_failed_answer_is_no_longer_under_way(client: CorpusBot) -> None:
    """An error inside an answer does not keep the bot from stopping."""
    with pytest.raises(ValueError, match="x"), client.work():
        raise ValueError("x")
    await client.stop()
    assert client.is_closed()


async def test_what_cannot_be_answered_any_more_is_given_up(client: CorpusBot, caplog: pytest.LogCaptureFixture) -> None:
    """The answer is given up, and its author told; an apology that fails keeps nobody else from theirs."""
    told: list[str] = []

    async def answer(name: str) -> None:
        async def apologize() -> None:
            if name == "lost":
                raise OSError("gone")
            told.append(name)

        with client.work(apologize):
            await asyncio.Event().wait()

    tasks = [asyncio.ensure_future(answer(name)) for name in ("lost", "ada", "bo")]
    await asyncio.sleep(0)
    assert client.owing == 3
    await client.give_up()
    assert sorted(told) == ["ada", "bo"] and all(task.cancelled() for task in tasks) and client.owing == 0
    assert "3 questions" in caplog.text
    await client.give_up()
    assert len(told) == 2


async def test_an_answer_that_is_shown_is_not_taken_back(client: CorpusBot) -> None:
    """What is still to be noted of it keeps nobody waiting, and no apology takes its place."""
    told: list[str] = []

    async def apologize() -> None:
        told.append("sorry")

    async def answer() -> None:
        with client.work(apologize) as work:
            work.is_shown()
            await asyncio.Event().wait()

    task = asyncio.ensure_future(answer())
    await asyncio.sleep(0)
    assert client.owing == 0
    await client.give_up()
    assert told == [] and task.cancelled()


async def test_a_model_that_cannot_be_loaded_ends_the_start(client: CorpusBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection is made beside, and given up again."""
    ended = asyncio.Event()

    async def connected(self: object, token: str, *, reconnect: bool) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def failing() -> None:
        raise ModelError("the model cannot be loaded")

    monkeypatch.setattr(commands.Bot, "start", connected)
    monkeypatch.setattr(client.services, "warm_up", failing)
    with pytest.raises(WarmUpError) as caught:
        await client.start("token")
    assert isinstance(caught.value.reason, ModelError) and ended.is_set()


# --- running ---------------------------------------------------------------------------------------------------------


def starting(monkeypatch: pytest.MonkeyPatch, outcome: Callable[[CorpusBot], BaseException | None]) -> list[str]:
    """Let `start` end with an outcome instead of connecting; returns the tokens that it was given."""
    tokens: list[str] = []

    async def start(self: CorpusBot, token: str, *, reconnect: bool = True) -> None:
        tokens.append(token)
        if error := outcome(self):
            raise error
        while not self.is_closed():
            await asyncio.sleep(0.01)

    monkeypatch.setattr(CorpusBot, "start", start)
    return tokens


def test_without_a_token_the_cure_is_named(settings: Settings, services: Services) -> None:
    """The operator is told which setting is missing and where it goes."""
    with pytest.raises(TokenError, match=r"DISCORD_TOKEN=… into \.env"):
        run_bot(settings, services)


def refused(status: int) -> Mock:
    """Discord's answer with a status."""
    return Mock(status=status, reason="x")


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (discord.LoginFailure(f"Improper token {TOKEN} has been passed."), TokenError, "does not accept the token"),
        (discord.ConnectionClosed(Mock(), shard_id=None, code=4004), TokenError, "does not accept the token"),
        (discord.ConnectionClosed(Mock(), shard_id=None, code=4013), ConnectionFailedError, "code 4013"),
        (discord.PrivilegedIntentsRequired(None), ConnectionFailedError, "intents"),
        (discord.HTTPException(refused(400), TOKEN), ConnectionFailedError, "status 400"),
    ],
    ids=["token", "4004", "4013", "intents", "400"],
)
def test_a_failed_start_is_one_sentence_without_the_token(
    with_token: Settings, services: Services, monkeypatch: pytest.MonkeyPatch, error: Exception, kind: type[Exception], words: str
) -> None:
    """Each way in which Discord can refuse is told in words; the token and the error's own text are not repeated."""
    tokens = starting(monkeypatch, lambda client: error)
    with pytest.raises(kind, match=words) as caught:
        run_bot(with_token, services)
    assert tokens == [TOKEN], "the token is sent without the spaces around it"
    assert TOKEN not in str(caught.value)
    assert caught.value.__suppress_context__, "a traceback would show the error with the token"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_bot_with_0(
    with_token: Settings, services: Services, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Systems that start and stop services see an orderly end; a second signal does no harm."""

    def stop(client: CorpusBot) -> None:
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)

    starting(monkeypatch, stop)
    assert run_bot(with_token, services) == 0


def test_discords_library_never_logs_below_info(
    with_token: Settings, services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """At DEBUG it would write down tokens and messages, so LOG_LEVEL=DEBUG does not reach it."""
    caplog.set_level(logging.DEBUG)
    levels: list[int] = []

    def note(client: CorpusBot) -> Exception:
        names = ("discord", "discord.http", "discord.gateway", "discord.client", "discord.webhook.async_")
        levels.extend(logging.getLogger(name).getEffectiveLevel() for name in names)
        return discord.LoginFailure(TOKEN)

    starting(monkeypatch, note)
    with pytest.raises(TokenError):
        run_bot(with_token, services)
    assert levels and min(levels) >= logging.INFO
    assert TOKEN not in caplog.text


# --- logging failures ------------------------------------------------------------------------------------------------


def failure(error: Exception) -> Exception:
    """An error that was really raised, so that it has a place."""
    try:
        raise error
    except Exception as raised:
        return raised


def test_a_failure_is_logged_by_kind_and_place(caplog: pytest.LogCaptureFixture) -> None:
    """An error's text may hold what somebody wrote, so the log has its kind and where it happened."""
    log_failure("a command", failure(ValueError("what Ann asked")))
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage().startswith("a command failed: ValueError at ") and "test_client.py:" in record.getMessage()
    assert "Ann" not in caplog.text


@pytest.mark.parametrize("error", [StaleIndexError("Ann"), CollectionError("Ann"), app_commands.CheckFailure("Ann")])
def test_a_foreseen_failure_is_a_warning(caplog: pytest.LogCaptureFixture, error: Exception) -> None:
    """What an operator or member can mend is no bug of ours."""
    log_failure("a rebuild", failure(error))
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (logging.WARNING, f"a rebuild failed: {type(error).__name__}")
    ]


def test_the_error_inside_a_commands_error_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """discord.py's wrapping says nothing; the error in it does. One that was never raised has no place."""
    command = Mock(spec=app_commands.Command)
    command.name = "ask"
    log_failure("a command", app_commands.CommandInvokeError(command, KeyError("Ann")))
    assert caplog.records[0].getMessage() == "a command failed: KeyError at an unknown place"
