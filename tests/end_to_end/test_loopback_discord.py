"""The loopback Discord keeps its promises to a real discord.py bot in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.bot_process import BotProcess
from tests.end_to_end.loopback.interactions import NeverAcknowledgedError
from tests.end_to_end.loopback.world import MANAGE_GUILD
from tests.end_to_end.loopback_discord import LoopbackDiscord
from tests.end_to_end.sample_process import SAMPLE_BOT, running_bot, running_discord, sample_bot

__all__ = ["running_bot", "running_discord"]  # fixtures


async def test_deferred_answer_shows_every_state(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """A handle gives the latest response, the states before it, and the follow-ups."""
    asked = await discord.slash("echo", {"text": "Ça va 🙂"})
    found = await asked.response(where=lambda message: message.content == "Found.")
    aside = await asked.follow_up()

    assert found.text.splitlines() == ["Found.", "Echo", "Ça va 🙂", "Length", "7"]
    assert [state.content for state in asked.history] == ["", "Looking …", "Found."]
    assert asked.history[0].loading and not found.loading and not found.ephemeral
    assert aside.content == "Once more: Ça va 🙂" and aside.ephemeral
    assert asked.acknowledged_after is not None and asked.acknowledged_after >= 0
    assert discord.unexpected_requests == [] and discord.refusals == []


async def test_command_in_private(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """A command can be used in direct messages, and many at once."""
    private = discord.direct_channel(discord.member)
    words = [f"word {number}" for number in range(20)]
    asked = [await discord.slash("echo", {"text": word}, channel=private) for word in words]
    asides = [await one.follow_up() for one in asked]
    assert [aside.content for aside in asides] == [f"Once more: {word}" for word in words]
    assert all(one.history[0].channel == private for one in asked)


async def test_commands_are_registered_once(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """The last PUT of commands can be read, and the PUTs are counted."""
    assert {command["name"] for command in discord.commands()} >= {"echo", "late", "pages"}
    assert discord.command_puts() == 1 and discord.command_puts(discord.world.guild_id) == 0


async def test_late_answer_is_refused(tmp_path: Path) -> None:
    """A bot that blocks past the clock gets code 10062, and the test learns that nobody was answered."""
    async with (
        LoopbackDiscord(acknowledge_within_seconds=1.0) as discord,
        sample_bot(discord, tmp_path) as bot,
    ):
        await bot.ready()
        asked = await discord.slash("late", {"seconds": 4.0})
        with pytest.raises(NeverAcknowledgedError):
            await asked.response()
        refusal = await discord.until(lambda: next(iter(discord.refusals), None), "a refusal")

        assert (refusal.status, refusal.code) == (404, 10062)
        assert asked.acknowledged_after is None and asked.refusals == [refusal]


async def test_second_acknowledgement_is_refused(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """An interaction is acknowledged once; the second time is code 40060 and leaves the first valid."""
    answer = await (await discord.slash("twice")).response()
    assert answer.content == "400 40060"


async def test_wrong_token_is_unauthorized(discord: LoopbackDiscord, tmp_path: Path) -> None:
    """A bot with a wrong token is answered 401 and never shakes hands."""
    async with sample_bot(discord, tmp_path, DISCORD_TOKEN="wrong") as process:
        assert await process.exit_code() == 1
        assert "LoginFailure" in process.output()
    assert [refusal.status for refusal in discord.refusals] == [401]
    assert discord.gateway.handshakes == 0


async def test_bot_that_ends_early_is_told_with_its_output(discord: LoopbackDiscord, tmp_path: Path) -> None:
    """Waiting for a process that dies fails at once, and shows why it died."""
    async with sample_bot(discord, tmp_path, DISCORD_TOKEN="wrong") as process:
        with pytest.raises(AssertionError, match="LoginFailure"):
            await process.ready()


async def test_privileged_intent_must_be_switched_on(discord: LoopbackDiscord, tmp_path: Path) -> None:
    """A bot that asks for message content without leave is closed with code 4014."""
    async with sample_bot(discord, tmp_path, SAMPLE_BOT_INTENTS="message_content") as process:
        assert await process.exit_code() == 1
        assert "PrivilegedIntentsRequired" in process.output()


async def test_mention_is_replied_to(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """A message reaches the bot, and its reply can be awaited."""
    question = await discord.message(discord.channel, discord.member, "who won?", mentions_bot=True)
    reply = await discord.reply(question)
    assert reply.content == "You said: @Corpusbot who won?"
    assert reply.reference_id == question.id and reply.author == discord.bot


async def test_content_is_hidden_from_a_bot_without_the_intent(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """Without the message content intent, the bot reads only what mentions it or is sent to it in private."""
    await discord.message(discord.channel, discord.member, "not for the bot")
    question = await discord.message(discord.direct_channel(discord.member), discord.member, "in private")
    last = await discord.message(discord.channel, discord.member, "done?", mentions_bot=True)
    await discord.reply(last)
    assert "unaddressed: ''" in bot.output() and question.content in bot.output()
    assert "not for the bot" not in bot.output()


async def test_too_long_message_is_refused(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """2001 characters are refused with code 50035, which is recorded and acknowledges nothing."""
    answer = await (await discord.slash("long")).response()
    assert answer.content == "400 50035"
    assert [violation.code for violation in discord.violations] == [50035]
    assert discord.violations[0].answer["errors"]["data"]["content"]["_errors"][0]["code"] == "BASE_TYPE_MAX_LENGTH"


async def test_components_answer_a_click(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """A button changes its own message, a menu answers beside it, and a disabled button cannot be pressed."""
    first = await (await discord.slash("pages")).response()
    turned = await discord.click(first, "next", member=discord.other_member)
    second = await turned.response()
    assert (first.content, second.content, second.id) == ("Page 1", "Page 2", first.id)
    with pytest.raises(PermissionError, match="disabled"):
        await discord.click(second, "next")

    chosen = await (await discord.click(second, "menu", values=["2"])).response()
    assert chosen.content == "Chosen: ['2']" and chosen.ephemeral and chosen.id != first.id


async def test_upload_is_kept(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """An uploaded file hangs on the deferred response that the first follow-up fills."""
    asked = await discord.slash("picture")
    shown = await asked.response()
    assert [file.filename for file in shown.attachments] == ["chart.png"]
    assert shown.attachments[0].content == Path(SAMPLE_BOT[1]).read_bytes()
    assert shown.attachments[0].description == "A chart"
    assert shown.embeds[0]["image"]["url"] == "attachment://chart.png" and shown.missing_images == []
    assert asked.messages == ()


async def test_permissions_hide_a_command(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """A member who is not offered a command cannot use it; the payload carries the permissions that count."""
    with pytest.raises(PermissionError, match="hidden"):
        await discord.slash("manage", {"topic": "power"})
    with pytest.raises(PermissionError, match="direct messages"):
        await discord.slash("manage", {"topic": "power"}, channel=discord.direct_channel(discord.administrator))

    opened = await discord.slash("manage", {"topic": "power"}, shown_anyway=True)
    granted = await discord.slash("manage", {"topic": "power"}, permissions=MANAGE_GUILD)
    administered = await discord.slash("manage", {"topic": "power"}, member=discord.administrator)
    answers = [await asked.response() for asked in (opened, granted, administered)]
    assert [answer.content for answer in answers] == ["False power", "True power", "True power"]


async def test_option_autocompletes(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """Typing into an option gives the choices that the bot offers."""
    choices = await discord.autocomplete("manage", "topic", {"topic": "po"})
    assert [choice["value"] for choice in choices] == ["power"]


@pytest.mark.parametrize(
    ("command", "options", "error"),
    [
        ("nothing", {}, LookupError),
        ("echo", {"words": "Plain."}, LookupError),
        ("echo", {}, ValueError),
        ("echo", {"text": ""}, ValueError),
        ("echo", {"text": "x" * 101}, ValueError),
        ("late", {"seconds": "soon"}, TypeError),
        ("echo sub", {"text": "Plain."}, LookupError),
    ],
)
async def test_impossible_input_is_the_tests_mistake(
    command: str,
    options: dict[str, object],
    error: type[Exception],
    discord: LoopbackDiscord,
    bot: BotProcess,
) -> None:
    """What Discord's client would not send is not sent: it raises in the test."""
    with pytest.raises(error):
        await discord.slash(command, options)


async def test_threads_and_private_messages(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """The bot can open a thread and write to a user; a route that is not known is 404 and recorded."""
    asked = await discord.slash("wander")
    assert (await asked.follow_up()).content == "No such place"
    thread = next(channel for channel in discord.world.channels.values() if channel.name == "Aside")
    private = discord.direct_channel(discord.member)
    response = await asked.response()
    assert (await discord.reply(response, channel=thread)).content == "In the thread"
    assert (await discord.reply(response, channel=private)).content == "In private"
    assert [request.path for request in discord.unexpected_requests] == [f"/api/v10/guilds/{discord.world.guild_id}/bans"]


async def test_terminated_bot_is_gone(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """After SIGTERM the exit code is known and the loopback has seen the bot leave."""
    assert await bot.stop() == 0
    assert discord.gateway.connections == 0
    with pytest.raises(ConnectionError):
        await discord.disturb_gateway(payload={"op": 7, "d": None})


async def test_bot_can_come_back(discord: LoopbackDiscord, tmp_path: Path) -> None:
    """A second process shakes hands anew and is asked in the first one's place."""
    async with sample_bot(discord, tmp_path) as first:
        await first.ready()
        await (await discord.slash("echo", {"text": "before"})).response()
    async with sample_bot(discord, tmp_path) as second:
        await second.ready()
        await (await discord.slash("echo", {"text": "after"})).response()
    assert discord.gateway.handshakes == 2 and discord.command_puts() == 2


async def test_dropped_connection_is_resumed(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """A bot whose connection was closed resumes its session and gets what it missed."""
    await discord.disturb_gateway(close_code=4000)
    asked = await discord.slash("echo", {"text": "Still there?"})
    assert (await asked.response(where=lambda message: bool(message.embeds))).content == "Found."
    assert discord.gateway.resumes == 1 and discord.gateway.handshakes == 1
