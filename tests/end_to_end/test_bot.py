"""The real `corpusbot run` process, against a loopback Discord with the real three-second clock."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

import corpus
from tests.end_to_end.api_schema import openapi_path, schema_errors
from tests.end_to_end.bot_process import BotProcess
from tests.end_to_end.corpusbot_process import environment, write_long_article
from tests.end_to_end.loopback.limits import walk_components
from tests.end_to_end.loopback.messages import Message
from tests.end_to_end.loopback_discord import LoopbackDiscord

COMMAND = str(Path(sys.executable).parent / "corpusbot")
BRIEFS = Path(corpus.__file__).parent / "articles"
QUESTION = "How many AI companies are there in China?"
PATIENCE_SECONDS = 120.0


@pytest.fixture(scope="module")
def built_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped briefs in a collection folder of their own, indexed by the real command."""
    home = tmp_path_factory.mktemp("operator")
    (home / "articles").mkdir()
    for brief in BRIEFS.glob("*.brief.md"):
        shutil.copy(brief, home / "articles")
    done = subprocess.run([COMMAND, "reindex"], env=environment(home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return home


def bot_process(discord: LoopbackDiscord, home: Path, token: str | None = None) -> BotProcess:
    """`corpusbot run` as an operator starts it, in the operator's folder."""
    settings = environment(home, discord.token if token is None else token)
    return BotProcess([COMMAND, "run"], discord, log=home / "bot.log", environment=settings, folder=home)


@pytest_asyncio.fixture(name="discord")
async def running_discord() -> AsyncIterator[LoopbackDiscord]:
    """A loopback with Discord's own three seconds."""
    async with LoopbackDiscord() as running:
        yield running


@pytest_asyncio.fixture(name="bot")
async def running_bot(discord: LoopbackDiscord, built_index: Path) -> AsyncIterator[BotProcess]:
    """The bot, connected and ready to answer."""
    async with bot_process(discord, built_index) as process:
        await process.ready(PATIENCE_SECONDS)
        await discord.until(lambda: discord.commands() or None, "commands")
        yield process


def assert_clean(discord: LoopbackDiscord, process: BotProcess, *unlogged: str) -> None:
    """Everything sent is what Discord allows, and the log holds no secret and nobody's words."""
    assert discord.unexpected_requests == [] and discord.refusals == [] and discord.violations == []
    for words in (discord.token, *unlogged):
        assert words not in process.output()


async def test_ask_quotes_with_its_source_and_stops_cleanly(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """A member asks; the answer is acknowledged in time, quoted, sourced; SIGTERM ends the process with 0."""
    asked = await discord.slash("ask", {"question": QUESTION})
    answer = await asked.response(PATIENCE_SECONDS, where=is_there)
    assert "4,500" in answer.text
    assert "brief of" in answer.text and "14 Mar 2025" in answer.text and "¶" in answer.text
    assert asked.acknowledged_after is not None and asked.acknowledged_after < 3.0

    declined = await discord.slash("ask", {"question": "What is the capital of France?"})
    refusal = await declined.response(PATIENCE_SECONDS, where=is_there)
    assert "do not answer" in refusal.text

    assert await bot.stop(PATIENCE_SECONDS) == 0
    assert_clean(discord, bot, QUESTION, "capital of France")


async def test_mention_and_direct_message(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """A mention in a channel and a direct message are answered; a message to nobody is not."""
    await discord.message(discord.channel, discord.other_member, "Nobody asked the bot here.")
    mention = await discord.message(discord.channel, discord.member, QUESTION, mentions_bot=True)
    private = await discord.message(discord.direct_channel(discord.member), discord.member, QUESTION)
    for question in (mention, private):
        reply = await discord.reply(question, timeout_seconds=PATIENCE_SECONDS, where=is_there)
        assert "4,500" in reply.text
    assert await bot.stop(PATIENCE_SECONDS) == 0
    assert_clean(discord, bot, QUESTION, "Nobody asked")


async def test_buttons_outlive_the_process(discord: LoopbackDiscord, built_index: Path) -> None:
    """What an answer showed is known to the next process: its context is shown, and its page is turned in place."""
    async with bot_process(discord, built_index) as process:
        await process.ready(PATIENCE_SECONDS)
        await discord.until(lambda: discord.commands() or None, "commands")
        answer = await (await discord.slash("ask", {"question": QUESTION})).response(PATIENCE_SECONDS, where=is_there)
        assert await process.stop(PATIENCE_SECONDS) == 0
    ids = [part["custom_id"] for part in walk_components(list(answer.components)) if "custom_id" in part]
    async with bot_process(discord, built_index) as process:
        await process.ready(PATIENCE_SECONDS)
        for begin, private in (("answer:context:", True), ("answer:page:", False)):
            press = await discord.click(answer, next(one for one in ids if one.startswith(begin)))
            shown = await press.response(PATIENCE_SECONDS)
            assert "¶" in shown.text and shown.ephemeral == private
        assert await process.stop(PATIENCE_SECONDS) == 0
        assert_clean(discord, process, QUESTION)


async def test_menus_and_forms(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """A message is looked up by its menu; a form that a button opened is answered."""
    claim = await discord.message(discord.channel, discord.other_member, "China has more than 4,500 AI companies.")
    found = await (await discord.menu("Find in the articles", claim)).response(PATIENCE_SECONDS)
    assert "4,500" in found.text and found.ephemeral
    checked = await (await discord.menu("Check this quotation", claim)).response(PATIENCE_SECONDS)
    assert checked.text and checked.ephemeral

    answer = await (await discord.slash("ask", {"question": QUESTION})).response(PATIENCE_SECONDS, where=is_there)
    ids = [part["custom_id"] for part in walk_components(list(answer.components)) if "custom_id" in part]
    press = await discord.click(answer, next(one for one in ids if one.startswith("answer:ask:")))
    await press.acknowledged()
    further = await (await discord.submit(press, {"text": "and how many patents?"})).response(PATIENCE_SECONDS, where=is_there)
    assert "patents" in further.text
    assert await bot.stop(PATIENCE_SECONDS) == 0
    assert_clean(discord, bot, QUESTION, "and how many patents")


async def test_reindex_is_for_administrators_and_answers_go_on(
    discord: LoopbackDiscord, bot: BotProcess, built_index: Path
) -> None:
    """A member is refused; an administrator rebuilds, a second rebuild is refused, and questions are answered meanwhile."""
    refused = await (await discord.slash("reindex", member=discord.member, shown_anyway=True)).response(PATIENCE_SECONDS)
    assert "Only administrators" in refused.text and refused.ephemeral

    write_long_article(built_index / "articles")
    rebuild = await discord.slash("reindex", member=discord.administrator)
    await rebuild.response(PATIENCE_SECONDS, where=lambda message: "passages" in message.text)
    second = await (await discord.slash("reindex", member=discord.administrator)).response(PATIENCE_SECONDS)
    assert "already running" in second.text
    asked = await discord.slash("ask", {"question": QUESTION})
    answer = await asked.response(PATIENCE_SECONDS, where=is_there)
    assert "4,500" in answer.text
    assert "is rebuilt" not in rebuild.history[-1].text, "the rebuild was over before the question was answered"

    done = await rebuild.response(300.0, where=lambda message: "is rebuilt" in message.text)
    assert "6 articles (1 added" in done.text
    keeper = await discord.slash("ask", {"question": "What is the keeper of the last lighthouse called?"})
    assert "Ottoline Varga" in (await keeper.response(PATIENCE_SECONDS, where=is_there)).text
    assert await bot.stop(PATIENCE_SECONDS) == 0
    assert_clean(discord, bot, QUESTION)


async def test_commands_are_sent_once(discord: LoopbackDiscord, built_index: Path) -> None:
    """A second start with the same commands does not send them again."""
    (built_index / "data" / "commands_synced").unlink(missing_ok=True)
    for _ in range(2):
        async with bot_process(discord, built_index) as process:
            await process.ready(PATIENCE_SECONDS)
            assert await process.stop(PATIENCE_SECONDS) == 0
    assert discord.command_puts() == 1
    commands = {command["name"]: command for command in discord.commands()}
    assert {"ask", "metric", "reindex", "settings", "Find in the articles"} <= set(commands)
    # Of what may be used anywhere and what is for servers that have added the bot; and in the member's own language.
    assert commands["ask"]["integration_types"] == [0, 1] and commands["reindex"]["integration_types"] == [0]
    assert commands["ask"]["contexts"] == [0, 1, 2] and commands["settings"]["contexts"] == [0]
    assert commands["ask"]["name_localizations"]["zh-CN"] != "ask"


async def test_wrong_token_ends_with_a_sentence(discord: LoopbackDiscord, built_index: Path) -> None:
    """A token that Discord does not take is named, without the token, and the exit code says error."""
    async with bot_process(discord, built_index, token="wrong.token.indeed") as process:
        assert await process.exit_code(PATIENCE_SECONDS) == 2
        assert "does not accept the token" in process.output()
        assert "Traceback" not in process.output() and "wrong.token.indeed" not in process.output()


async def test_missing_token_ends_with_a_sentence(discord: LoopbackDiscord, built_index: Path) -> None:
    """Without a token the process ends at once and says where to put one."""
    async with bot_process(discord, built_index, token="") as process:
        assert await process.exit_code(PATIENCE_SECONDS) == 2
        assert "DISCORD_TOKEN" in process.output() and "Traceback" not in process.output()


async def test_requests_fit_discords_own_description(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """Each body that the bot sends is valid by Discord's OpenAPI document."""
    if openapi_path() is None:
        pytest.skip("Discord's OpenAPI document is not here: ../shared/discord/openapi.json")
    for question in (QUESTION, "What is the capital of France?", "@everyone <@1> **what** is `deepseek`?"):
        await (await discord.slash("ask", {"question": question})).response(PATIENCE_SECONDS, where=is_there)
    mention = await discord.message(discord.channel, discord.member, QUESTION, mentions_bot=True)
    await discord.reply(mention, timeout_seconds=PATIENCE_SECONDS)
    await (await discord.slash("reindex", member=discord.member, shown_anyway=True)).response(PATIENCE_SECONDS)
    assert schema_errors(discord.requests) == []
    assert await bot.stop(PATIENCE_SECONDS) == 0


def is_there(message: Message) -> bool:
    """Whether an answer has come, which has buttons: not the sign that the bot is thinking, nor how many are ahead."""
    return any("custom_id" in part for part in walk_components(list(message.components)))
