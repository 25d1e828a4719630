"""The real `corpusbot run` delivers each answer or says why, whatever happens to Discord, and stops where that is right."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from tests.end_to_end.bot_process import BotProcess
from tests.end_to_end.corpusbot_process import corpusbot_run, operators_home, write_long_article
from tests.end_to_end.loopback import faults
from tests.end_to_end.loopback.interactions import Interaction
from tests.end_to_end.loopback.messages import Message
from tests.end_to_end.loopback.state import Fault
from tests.end_to_end.loopback.world import Member
from tests.end_to_end.loopback_discord import LoopbackDiscord
from tests.end_to_end.question_load import members_of

QUESTION = "How many AI companies are there in China?"
PATIENCE_SECONDS = 120.0
# After which the bot takes a connection for dead; discord.py itself is silent for five before a second IDENTIFY.
SILENCE_SECONDS = 7
CALLBACK = ("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
EDIT = ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original")
MESSAGE = ("POST", "/channels/{channel_id}/messages")
TYPING = ("POST", "/channels/{channel_id}/typing")
Disturbance = Callable[[LoopbackDiscord], Awaitable[None]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An operator's folder with an index."""
    return operators_home(tmp_path_factory.mktemp("operator") / "home")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(home: Path) -> AsyncIterator[tuple[LoopbackDiscord, BotProcess]]:
    """One Discord and one bot for all faults that a bot must live through."""
    async with (
        LoopbackDiscord(heartbeat_seconds=1.0) as discord,
        corpusbot_run(discord, home, LOOPBACK_SILENCE=str(SILENCE_SECONDS)) as bot,
    ):
        await started(discord, bot)
        yield discord, bot


@pytest.fixture
def discord(running: tuple[LoopbackDiscord, BotProcess]) -> LoopbackDiscord:
    """The Discord of `running`."""
    return running[0]


@pytest.fixture
def bot(running: tuple[LoopbackDiscord, BotProcess]) -> BotProcess:
    """The bot of `running`."""
    return running[1]


async def started(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """Wait until the bot can be asked."""
    await bot.ready(PATIENCE_SECONDS)
    await discord.until(lambda: discord.commands() or None, "commands", PATIENCE_SECONDS)


def answers(message: Message) -> bool:
    """Whether a message answers `QUESTION`."""
    return "4,500" in message.text


async def ask(discord: LoopbackDiscord, member: Member | None = None) -> Interaction:
    """Have a member ask with the command; one member may ask five times in a minute."""
    return await discord.slash("ask", {"question": QUESTION}, member=member)


async def assert_answers(discord: LoopbackDiscord) -> Interaction:
    """A command that any member may use at any time is acknowledged within Discord's three seconds, and answered."""
    asked = await discord.slash("metric list")
    await asked.response(PATIENCE_SECONDS, where=lambda message: bool(message.text))
    assert await asked.acknowledged() < 3.0
    return asked


def assert_silent(bot: BotProcess, discord: LoopbackDiscord) -> None:
    """The log holds no traceback, no token and nobody's words."""
    for words in ("Traceback", discord.token, QUESTION):
        assert words not in bot.output()
    assert not re.search(r"interaction-\d+", bot.output()), "an interaction's token is in the log"


# --- answers to commands and messages --------------------------------------------------------------------------------

FIRST_ANSWER = {
    "dropped before": [faults.lost, faults.lost],
    "dropped after": [faults.done_but_lost],
    "502 twice": [faults.failing(502), faults.failing(502)],
    "500, then dropped after": [faults.failing(500), faults.done_but_lost],
    "429": [faults.rate_limited(0.3)],
    "429 for everything": [faults.rate_limited(0.3, everything=True)],
    "slow": [faults.slow(1.0)],
    "a slow reply": [faults.done_but_slow(20.0)],
}


@pytest.mark.parametrize("scripted", FIRST_ANSWER.values(), ids=FIRST_ANSWER)
async def test_the_acknowledgement_comes_through(discord: LoopbackDiscord, bot: BotProcess, scripted: list[Fault]) -> None:
    """A callback that goes wrong is made again within Discord's three seconds, and the answer follows."""
    discord.next_fault(*CALLBACK, *scripted)
    asked = await assert_answers(discord)
    assert asked.messages == ()


async def test_every_answer_comes_through(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """Rate limits short, long and for all, server errors in a row and dropped connections cost no answer of several at once."""
    discord.next_fault(
        *EDIT,
        faults.lost, faults.failing(500), faults.rate_limited(0.5), faults.done_but_lost, faults.rate_limited_by_cloudflare(1),
        faults.failing(503), faults.rate_limited(4.0), faults.failing(502), faults.failing(502), faults.slow(2.0), faults.lost,
        faults.failing(504), faults.exhausted(0.5), faults.rate_limited(1.0, everything=True), faults.done_but_slow(1.0),
    )  # fmt: skip
    members = (discord.member, discord.other_member, discord.administrator, discord.owner)
    asked = [await ask(discord, member) for member in members]
    for one in asked:
        await one.response(PATIENCE_SECONDS, where=answers)
        assert one.messages == ()
    assert_silent(bot, discord)


async def test_a_message_is_answered_once(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """A mention is answered through faults, and not twice where only the reply to the answer was lost."""
    discord.next_fault(*TYPING, faults.lost, faults.failing(503))
    discord.next_fault(
        *MESSAGE, faults.lost, faults.failing(503), faults.rate_limited(0.5), faults.failing(502), faults.done_but_lost
    )
    question = await discord.message(discord.channel, discord.member, QUESTION, mentions_bot=True)
    await discord.reply(question, where=answers, timeout_seconds=PATIENCE_SECONDS)
    again = await discord.message(discord.channel, discord.member, QUESTION, mentions_bot=True)
    await discord.reply(again, where=answers, timeout_seconds=PATIENCE_SECONDS)
    assert len([message for message in discord.messages_after(question) if message.author == discord.bot]) == 2


async def test_a_limit_longer_than_discord_py_waits(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """discord.py gives up after 25 seconds; an answer is sent as soon as Discord takes it."""
    discord.next_fault(*EDIT, faults.rate_limited(26.0))
    asked = await ask(discord, discord.owner)
    await asked.response(PATIENCE_SECONDS, where=answers)
    assert_silent(bot, discord)


async def test_a_global_limit_keeps_nobody_from_being_acknowledged(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """While Discord lets the bot change nothing for five seconds, every command is acknowledged in time, and then answered."""
    discord.next_fault(*EDIT, faults.rate_limited(5.0, everything=True))
    first = await ask(discord, discord.administrator)
    await discord.until(lambda: first.refusals or None, "the limit", PATIENCE_SECONDS)
    others = [await discord.slash(name) for name in ("help", "metric list", "privacy")]
    for one in others:
        assert await one.acknowledged() < 3.0
        await one.response(PATIENCE_SECONDS, where=lambda message: bool(message.text))
    await first.response(PATIENCE_SECONDS, where=answers)
    assert_silent(bot, discord)


# --- the gateway -----------------------------------------------------------------------------------------------------


def payload(op: int, data: object = None) -> Disturbance:
    """Discord sends an operation."""
    return lambda discord: discord.disturb_gateway(payload={"op": op, "t": None, "s": None, "d": data})


def closed(code: int) -> Disturbance:
    """Discord closes the connection with a code."""
    return lambda discord: discord.disturb_gateway(close_code=code)


async def timed_out(discord: LoopbackDiscord) -> None:
    """The session is over, and cannot be taken up again."""
    discord.gateway.forget_sessions()
    await discord.disturb_gateway(close_code=4009)


async def silent(discord: LoopbackDiscord) -> None:
    """Discord answers no heartbeat and says nothing else."""
    discord.gateway.fall_silent()


DISTURBANCES: dict[str, Disturbance] = {
    "op 7": payload(7),
    "op 9, resumable": payload(9, True),
    "op 9, over": payload(9, False),
    "close 4000": closed(4000),
    "close 4009": timed_out,
    "TCP abort": lambda discord: discord.cut_gateway(),
    "missed heartbeats": silent,
}


@pytest.mark.parametrize("disturb", DISTURBANCES.values(), ids=DISTURBANCES)
async def test_the_connection_is_taken_up_again(discord: LoopbackDiscord, bot: BotProcess, disturb: Disturbance) -> None:
    """The bot comes back by itself, and answers what it is asked then."""
    gateway = discord.gateway
    before = gateway.handshakes + gateway.resumes
    await disturb(discord)
    await discord.until(lambda: gateway.handshakes + gateway.resumes > before or None, "the bot", PATIENCE_SECONDS)
    await assert_answers(discord)
    assert_silent(bot, discord)


async def test_what_was_asked_meanwhile_is_answered(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """A message that is written while the bot is away is answered when it is back."""
    await discord.cut_gateway()
    question = await discord.message(discord.channel, discord.member, QUESTION, mentions_bot=True)
    await discord.reply(question, where=answers, timeout_seconds=PATIENCE_SECONDS)


# --- starting and stopping -------------------------------------------------------------------------------------------


async def test_a_token_that_is_withdrawn_ends_the_bot(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """Close code 4004 is for the operator: the bot says so and stops. (The bot of all tests above; this is its end.)"""
    await discord.disturb_gateway(close_code=4004)
    assert await bot.exit_code(PATIENCE_SECONDS) == 2
    assert "does not accept the token" in bot.output()
    assert_silent(bot, discord)


async def test_a_bad_start_and_a_stop_in_the_middle_of_an_answer(home: Path) -> None:
    """No network, a server error and a refused first connection only delay the start; SIGTERM waits for an answer to arrive."""
    async with LoopbackDiscord() as discord, corpusbot_run(discord, home, "bad_start") as bot:
        discord.next_fault("GET", "/users/@me", faults.lost, faults.failing(503))
        discord.gateway.refusing = 1
        await started(discord, bot)
        assert discord.gateway.refused == 1 and "Trying again in" in bot.output()

        discord.next_fault(*EDIT, *[faults.failing(502)] * 3, faults.slow(1.0))
        asked = await ask(discord)
        await discord.until(lambda: asked.refusals or None, "an answer on its way", PATIENCE_SECONDS)
        assert await bot.stop(PATIENCE_SECONDS) == 0
        assert answers(await asked.response())
        assert_silent(bot, discord)


async def test_what_cannot_be_delivered_and_what_is_refused_for_good(home: Path, tmp_path: Path) -> None:
    """SIGTERM ends a bot that cannot deliver with 0, and the log says so; close code 4014 ends one with a sentence and 2."""
    other_home = Path(shutil.copytree(home, tmp_path / "other"))
    async with (
        LoopbackDiscord() as discord, LoopbackDiscord() as refusing,
        corpusbot_run(discord, home, "outage") as bot, corpusbot_run(refusing, other_home) as refused,
    ):  # fmt: skip
        await started(discord, bot)
        discord.next_fault(*EDIT, *[faults.failing(502)] * 500)
        asked = await ask(discord)
        await discord.until(lambda: asked.refusals or None, "an answer on its way", PATIENCE_SECONDS)
        stopping = asyncio.ensure_future(bot.stop(PATIENCE_SECONDS))

        await started(refusing, refused)
        await refusing.disturb_gateway(close_code=4014)
        assert await refused.exit_code(PATIENCE_SECONDS) == 2
        assert "refuses the bot's intents" in refused.output()
        assert_silent(refused, refusing)

        assert await stopping == 0
        assert "stopped before 1 questions were answered" in bot.output()
        assert_silent(bot, discord)


async def test_a_stop_before_a_mention_is_answered(home: Path) -> None:
    """SIGTERM while Discord does not take a mention's sign of typing: its author is told to ask again."""
    async with LoopbackDiscord() as discord, corpusbot_run(discord, home, "mention") as bot:
        await started(discord, bot)
        discord.next_fault(*TYPING, faults.slow(60.0))
        mention = await discord.message(discord.channel, discord.member, QUESTION, mentions_bot=True)
        await discord.until(lambda: [call for call in discord.requests if call.path.endswith("/typing")] or None, "typing")
        assert await bot.stop(PATIENCE_SECONDS) == 0
        (told,) = discord.messages_after(mention)
        assert "ask again" in told.text
        assert_silent(bot, discord)


async def test_a_stop_with_many_waiting(home: Path) -> None:
    """SIGTERM while forty members wait: each has an answer or is told to ask again, and nobody is left waiting."""
    async with LoopbackDiscord() as discord, corpusbot_run(discord, home, "queue") as bot:
        await started(discord, bot)
        asked = [await ask(discord, member) for member in members_of(discord, 40)]
        mention = await discord.message(discord.channel, discord.member, QUESTION, mentions_bot=True)
        for one in asked:
            await one.acknowledged()
        await discord.until(lambda: [one for one in asked if _is_waiting(one)] or None, "a queue", PATIENCE_SECONDS)
        assert await bot.stop(PATIENCE_SECONDS) == 0
        told = {message.id: message for message in (*(one.history[-1] for one in asked), *discord.messages_after(mention))}
        for message in told.values():
            assert answers(message) or "ask again" in message.text, message.text
        assert len(told) == 41
        assert_silent(bot, discord)


def _is_waiting(asked: Interaction) -> bool:
    return bool(asked.history) and "ahead of yours" in asked.history[-1].text


async def test_asked_while_the_model_loads(home: Path) -> None:
    """The bot is there at once; a question that comes before the model is loaded is acknowledged, and answered later."""
    async with LoopbackDiscord() as discord, corpusbot_run(discord, home, "loading") as bot:
        await discord.until(lambda: discord.commands() or None, "commands", PATIENCE_SECONDS)
        await discord.ready(timeout_seconds=PATIENCE_SECONDS)
        asked = await ask(discord)
        assert await asked.acknowledged() < 3.0
        await asked.response(PATIENCE_SECONDS, where=answers)
        assert_silent(bot, discord)


async def test_a_stop_during_a_rebuild(home: Path, tmp_path: Path) -> None:
    """SIGTERM gives a rebuild up: its administrator is told, the old index stays; more signals change nothing."""
    copied = Path(shutil.copytree(home, tmp_path / "rebuilt"))
    write_long_article(copied / "articles")
    before = (copied / "data" / "CURRENT").read_text(encoding="utf-8")
    async with LoopbackDiscord() as discord, corpusbot_run(discord, copied, "rebuild") as bot:
        await started(discord, bot)
        rebuild = await discord.slash("reindex", member=discord.administrator)
        await rebuild.response(PATIENCE_SECONDS, where=lambda message: "passages" in message.text)
        stopping = asyncio.ensure_future(bot.stop(PATIENCE_SECONDS))
        while not stopping.done():
            os.kill(bot.pid, signal.SIGTERM)
            await asyncio.sleep(0.2)
        assert await stopping == 0
        assert "restarted" in rebuild.history[-1].text
        assert_silent(bot, discord)
    assert (copied / "data" / "CURRENT").read_text(encoding="utf-8") == before


async def test_a_model_that_cannot_be_loaded_ends_with_a_sentence(home: Path, tmp_path: Path) -> None:
    """Not with a name of discord.py's: the operator is told which model it is."""
    (tmp_path / "model").mkdir()
    async with LoopbackDiscord() as discord, corpusbot_run(discord, home, MODEL_NAME=str(tmp_path / "model")) as bot:
        assert await bot.exit_code(PATIENCE_SECONDS) == 2
        assert "cannot be loaded" in bot.output() and "Traceback" not in bot.output()
