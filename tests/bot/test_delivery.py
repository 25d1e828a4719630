"""`bot.delivery` and `bot.channel_delivery`: answers arrive once, in order, whatever happens to the requests."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
import pytest_asyncio
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot import channel_delivery, delivery, interaction_requests
from bot.connection import equipped
from bot.delivery import Delivery
from bot.retries import Backoff
from tests.end_to_end.loopback import faults
from tests.end_to_end.loopback.state import Fault
from tests.end_to_end.loopback_discord import LoopbackDiscord

CALLBACK = ("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
EDIT = ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original")
FOLLOW_UP = ("POST", "/webhooks/{webhook_id}/{webhook_token}")
MESSAGE = ("POST", "/channels/{channel_id}/messages")
TYPING = ("POST", "/channels/{channel_id}/typing")
QUICK = Backoff(first=0.01, longest=0.02)
PICTURE = b"a picture, or near enough"


class Answering(commands.Bot):
    """Answers in each of the ways that Discord knows; `told` is what became of each answer."""

    def __init__(self) -> None:
        super().__init__(commands.when_mentioned, intents=discord.Intents(guilds=True, guild_messages=True))
        self.told: list[str] = []
        self.gate = asyncio.Event()
        self.tree.error(self.on_failure)
        for answer in (self.at_once, self.later, self.more, self.never):
            command = app_commands.Command(name=answer.__name__, description="Answers.", callback=answer)
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_failure(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError) -> None:
        self.told.append(type(getattr(error, "original", error)).__name__)

    async def on_message(self, message: discord.Message, /) -> None:
        if message.author != self.user:
            async with message.channel.typing():
                await message.channel.send("Answered.", file=discord.File(io.BytesIO(PICTURE), "picture.png"))
            self.told.append("delivered")

    async def at_once(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Answered.")
        self.told.append("delivered")

    async def later(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        assert interaction.response.is_done()
        await interaction.edit_original_response(content="Answered.", attachments=[discord.File(io.BytesIO(PICTURE), "a.png")])
        self.told.append("delivered")

    async def more(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="Answered.")
        await interaction.followup.send("And this.")
        self.told.append("delivered")

    async def never(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await self.gate.wait()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits of our own are short; Discord's are kept."""
    for module, name in ((delivery, "BACKOFF"), (delivery, "CALLBACK_BACKOFF"), (channel_delivery, "BACKOFF")):
        monkeypatch.setattr(module, name, QUICK)


@pytest_asyncio.fixture(name="loopback")
async def running_loopback(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LoopbackDiscord]:
    """A Discord of our own, which discord.py takes for the real one."""
    async with LoopbackDiscord(acknowledge_within_seconds=30.0) as running:
        monkeypatch.setattr(Route, "BASE", f"{running.url}/api/v10")
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(running.url.replace("http", "ws", 1) + "/gateway"))
        yield running


@asynccontextmanager
async def answering(loopback: LoopbackDiscord) -> AsyncIterator[tuple[Answering, Delivery]]:
    """The client, connected, with everything that it sends delivered with patience."""
    async with Answering() as client:
        patient = equipped(client)  # type: ignore[arg-type]
        running = asyncio.ensure_future(client.start(loopback.token))
        await loopback.ready()
        await loopback.until(lambda: loopback.commands() or None, "commands")
        yield client, patient
        await client.close()
        await running


async def until(fact: Callable[[], Any]) -> None:
    """Wait until something is true of the client, which lives in this event loop."""
    async with asyncio.timeout(30.0):
        while not fact():
            await asyncio.sleep(0.005)


PASSING = {
    "lost": [faults.lost] * 3,
    "done but lost": [faults.done_but_lost],
    "done, lost twice": [faults.done_but_lost, faults.lost],
    "500": [faults.failing(500)] * 7,
    "502 and 503": [faults.failing(502), faults.failing(503), faults.failing(502)],
    "429": [faults.rate_limited(0.05)] * 3,
    "429 for everything": [faults.rate_limited(0.05, everything=True)],
    "429 of Cloudflare": [faults.rate_limited_by_cloudflare(1)],
    "slow": [faults.slow(0.3)],
    "to be left alone": [faults.exhausted(0.05)],
}
# discord.py itself waits for seconds at the others, and not at all at a 503.
MESSAGE_FAULTS = PASSING | {"500": [faults.failing(503)] * 3, "502 and 503": [faults.failing(503), faults.failing(502)]}
each_fault = pytest.mark.parametrize("scripted", PASSING.values(), ids=PASSING)


@each_fault
@pytest.mark.parametrize("command", ["at_once", "later"])
async def test_the_first_answer_arrives(loopback: LoopbackDiscord, command: str, scripted: list[Fault]) -> None:
    """A callback that goes wrong is made again, and one that was done although its reply was lost counts as done."""
    async with answering(loopback) as (client, _):
        loopback.next_fault(*CALLBACK, *scripted)
        asked = await loopback.slash(command)
        answer = await asked.response()
        await until(lambda: client.told)
    assert answer.content == "Answered." and client.told == ["delivered"]
    assert len(loopback.requests) - len(loopback.refusals) >= 1 and not asked.messages


@each_fault
async def test_a_change_of_the_answer_arrives_with_its_file(loopback: LoopbackDiscord, scripted: list[Fault]) -> None:
    """An edit is made as often as it takes, and its file is sent whole each time."""
    async with answering(loopback) as (client, _):
        loopback.next_fault(*EDIT, *scripted)
        answer = await (await loopback.slash("later")).response(where=lambda message: bool(message.content))
        await until(lambda: client.told)
    assert [file.content for file in answer.attachments] == [PICTURE] and client.told == ["delivered"]


@pytest.mark.parametrize("name", [name for name in PASSING if "done" not in name])
async def test_a_further_message_arrives_once(loopback: LoopbackDiscord, name: str) -> None:
    """A follow-up that Discord has not taken is sent again, and shown once."""
    async with answering(loopback) as (client, _):
        loopback.next_fault(*FOLLOW_UP, *PASSING[name])
        asked = await loopback.slash("more")
        assert (await asked.follow_up()).content == "And this."
        await until(lambda: client.told)
    assert len(asked.messages) == 1


async def test_a_further_message_is_rather_doubled_than_lost(loopback: LoopbackDiscord) -> None:
    """Where nobody can tell whether a follow-up was taken, it is sent again."""
    async with answering(loopback) as (client, _):
        loopback.next_fault(*FOLLOW_UP, faults.done_but_lost)
        asked = await loopback.slash("more")
        await until(lambda: client.told)
    assert [message.content for message in asked.messages] == ["And this."] * 2


@pytest.mark.parametrize("scripted", MESSAGE_FAULTS.values(), ids=MESSAGE_FAULTS)
async def test_a_message_in_a_channel_arrives_once(loopback: LoopbackDiscord, scripted: list[Fault]) -> None:
    """A reply to a message comes through with its file, and Discord knows a second try by its nonce."""
    async with answering(loopback) as (client, _):
        loopback.next_fault(*MESSAGE, *scripted)
        question = await loopback.message(loopback.channel, loopback.member, "well?", mentions_bot=True)
        answer = await loopback.reply(question)
        await until(lambda: client.told)
        again = await loopback.message(loopback.channel, loopback.member, "and?", mentions_bot=True)
        await loopback.reply(again)
    assert [file.content for file in answer.attachments] == [PICTURE]
    shown = [message for message in loopback.messages_after(question) if message.author == loopback.bot]
    assert len(shown) == 2, "one answer for each of the two questions"


async def test_a_sign_of_typing_costs_no_answer(loopback: LoopbackDiscord) -> None:
    """Where typing cannot be shown, the answer comes without."""
    async with answering(loopback):
        loopback.next_fault(*TYPING, faults.lost)
        question = await loopback.message(loopback.channel, loopback.member, "well?", mentions_bot=True)
        assert (await loopback.reply(question)).content == "Answered."


async def test_what_discord_refuses_is_not_asked_again(loopback: LoopbackDiscord) -> None:
    """An error in what we send is raised at the first try."""
    async with answering(loopback) as (client, _):
        loopback.next_fault(*EDIT, faults.failing(400), faults.failing(400))
        await loopback.slash("later")
        await until(lambda: client.told)
    assert client.told == ["HTTPException"]
    assert len([call for call in loopback.requests if call.route == EDIT[1]]) == 1


async def test_patience_ends(
    loopback: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is sent after the token's time, the log says what was not delivered, and it holds no token."""
    monkeypatch.setattr(delivery, "TOKEN_SECONDS", 0.1)
    async with answering(loopback) as (client, _):
        loopback.next_fault(*EDIT, *[faults.lost] * 100)
        asked = await loopback.slash("later")
        await until(lambda: client.told)
    assert client.told == ["ServerDisconnectedError"]
    assert "an answer was not delivered: ServerDisconnectedError after" in caplog.text
    assert asked.token not in caplog.text and loopback.token not in caplog.text


async def test_a_wait_past_the_tokens_time_is_not_begun(loopback: LoopbackDiscord) -> None:
    """Discord asking for an hour ends the matter at once."""
    async with answering(loopback) as (client, _):
        loopback.next_fault(*EDIT, faults.rate_limited(3600.0))
        await loopback.slash("later")
        await until(lambda: client.told)
    assert client.told == ["HTTPException"]


async def test_a_slow_reply_to_the_first_answer_is_asked_for_again(
    loopback: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A callback whose reply does not come counts once Discord says that it has it."""
    monkeypatch.setattr(interaction_requests, "CALLBACK_TRY_SECONDS", 0.2)
    async with answering(loopback) as (client, _):
        loopback.next_fault(*CALLBACK, faults.done_but_slow(20.0))
        assert (await (await loopback.slash("at_once")).response()).content == "Answered."
        await until(lambda: client.told)
    assert client.told == ["delivered"]


async def test_a_second_first_answer_is_still_an_error(loopback: LoopbackDiscord) -> None:
    """That an interaction is answered already is only good news after a try that may have arrived."""
    async with answering(loopback) as (client, patient):
        asked = await loopback.slash("at_once")
        await asked.response()
        route = Route("POST", interaction_requests.CALLBACK, webhook_id=asked.id, webhook_token=asked.token)
        session = client._connection.http._HTTPClient__session  # type: ignore[attr-defined]
        with pytest.raises(discord.HTTPException) as caught:
            await patient.request(route, session, payload={"type": 5})
    assert caught.value.code == interaction_requests.ALREADY_ACKNOWLEDGED


async def test_farewell(loopback: LoopbackDiscord, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever still sees the bot thinking when it stops is asked to ask again; whoever has an answer keeps it."""
    async with answering(loopback) as (client, patient):
        answered = await (await loopback.slash("later")).response(where=lambda message: bool(message.content))
        waiting = await loopback.slash("never")
        await waiting.acknowledged()
        await until(lambda: patient.unanswered == 1)
        await patient.say_farewell()
        told = await waiting.response()
        client.gate.set()
    assert "ask again" in told.content and answered.content == "Answered."
    assert patient.unanswered == 0 and not patient.busy
    assert "stopped before 1 questions were answered" in caplog.text


async def test_haste_cuts_a_wait_short(loopback: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that waits for its next try is tried at once when the bot is about to stop."""
    monkeypatch.setattr(delivery, "BACKOFF", Backoff(first=600.0, longest=600.0))
    async with answering(loopback) as (_, patient):
        loopback.next_fault(*EDIT, faults.failing(502), faults.failing(502))
        asked = await loopback.slash("later")
        await loopback.until(lambda: asked.refusals or None, "a refusal")
        patient.hurry()
        assert (await asked.response(where=lambda message: bool(message.content))).content == "Answered."


async def test_an_earlier_state_never_overtakes_a_later_one(loopback: LoopbackDiscord, caplog: pytest.LogCaptureFixture) -> None:
    """A second edit waits until the first has come through."""
    caplog.set_level(logging.INFO)
    async with answering(loopback) as (client, patient):
        asked = await loopback.slash("more")
        await asked.follow_up()
        loopback.next_fault(*EDIT, faults.lost, faults.lost)
        session = client._connection.http._HTTPClient__session  # type: ignore[attr-defined]
        route = Route("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
                      webhook_id=client.application_id, webhook_token=asked.token)  # fmt: skip
        edits = [patient.request(route, session, payload={"content": text}) for text in ("first", "second")]
        await asyncio.gather(*edits)
    assert [state.content for state in asked.history] == ["", "Answered.", "first", "second"]
    assert "an answer is sent again" in caplog.text
