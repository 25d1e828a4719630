"""The bot among people: commands, mentions and direct messages, in simcord's Discord (real discord.py, no network)."""

from __future__ import annotations

import asyncio
import logging
import re
import sys
from typing import Any
from unittest.mock import Mock

import discord
import pytest
import simcord
from filelock import FileLock

from bot.errors import UNFORESEEN
from bot.render import escape, progress_text, question_line
from bot.services import Services
from bot.settings import Settings
from corpus.article import Article
from corpus.collection import write_article
from embeddings.errors import ModelError
from embeddings.generation import current_id
from embeddings.reindex import Progress, ReindexReport
from tests.bot.discord_server import PATIENCE_SECONDS, Server, WatchingEncoder, head, passages, pings_nobody, running, texts
from tests.bot.sample_articles import (
    NOTICE,
    NOTICE_QUESTION,
    OFF_SUBJECT_QUESTION,
    SOLAR_QUESTION,
    SOLAR_SENTENCE,
)
from tests.bot.shown_markdown import parted
from tests.end_to_end.loopback.limits import walk_components
from tests.fake_encoder import FakeEncoder

SOLAR_SOURCE = "“Roofs of Vetluga turn blue”, Harbour Gazette, 2 May 2024, ¶\u00a01"


@pytest.fixture
def encoder() -> WatchingEncoder:
    """The encoder of `services`."""
    return WatchingEncoder()


def is_sourced_answer(message: discord.Message) -> bool:
    """Whether a message answers the solar question, each quotation with its source under it."""
    shown = passages(message)
    assert shown
    # Which words of the sentence are in bold is no matter of these tests.
    assert escape(SOLAR_SENTENCE) in shown[0].replace("**", "")
    assert SOLAR_SOURCE in shown[0]
    for number, text in enumerate(shown, 1):
        assert parted(text)[1].startswith(f"**[{number}]** ")
    return True


def is_one_plain_sentence(text: str) -> bool:
    """Whether a member is spared the inner workings."""
    assert text.endswith(".") and "\n" not in text
    assert not any(word in text for word in ("Traceback", "Error", "/", "MiniLM", "fake-words", "corpusbot"))
    return True


# --- /ask ------------------------------------------------------------------------------------------------------------


async def test_ask_answers_with_quotes_and_sources(server: Server) -> None:
    """The question stands above, each quotation with its source under it, for all to see."""
    result = await server.member.slash(server.channel, "ask", question=SOLAR_QUESTION)
    assert result.response is not None and not result.response.ephemeral
    assert head(result.response.message) == question_line(SOLAR_QUESTION)
    assert is_sourced_answer(result.response.message)


async def test_ask_declines_in_words(server: Server) -> None:
    """Nothing in the articles is an answer too, with its reason."""
    result = await server.member.slash(server.channel, "ask", question=OFF_SUBJECT_QUESTION)
    assert result.response is not None
    asked, declined = head(result.response.message).split("\n")
    assert asked == question_line(OFF_SUBJECT_QUESTION)
    assert declined.startswith("**The articles do not answer this.** ")
    assert is_one_plain_sentence(declined)


async def test_ask_is_acknowledged_before_anything_is_computed(server: Server, encoder: WatchingEncoder) -> None:
    """Discord waits three seconds: the acknowledgement is sent before the question reaches the encoder."""
    already = len(server.env.http_requests)
    result = await server.member.slash(server.channel, "ask", question=SOLAR_QUESTION)
    assert result.acknowledged
    sent = server.env.http_requests[already : encoder.sent_before[SOLAR_QUESTION]]
    assert [entry.path.rsplit("/", 1)[1] for entry in sent] == ["callback"]
    assert isinstance(sent[0].json, dict) and sent[0].json["type"] == 5


async def test_ask_works_in_direct_messages(server: Server) -> None:
    """Nobody has to ask in public."""
    result = await server.member.user.slash("ask", question=SOLAR_QUESTION)
    assert is_sourced_answer(result.response.message)


async def test_a_question_longer_than_allowed_is_refused_by_discord(server: Server) -> None:
    """The command declares its limit, so a member learns of it while writing."""
    with pytest.raises(simcord.OptionError):
        await server.member.slash(server.channel, "ask", question="x" * 1001)
    result = await server.member.slash(server.channel, "ask", question="@" * 1000)
    assert result.response is not None and head(result.response.message).startswith(question_line("@" * 1000))


async def test_an_article_cannot_ping_anybody(server: Server) -> None:
    """Mentions and markup in an article are shown letter for letter and reach nobody."""
    result = await server.member.slash(server.channel, "ask", question=NOTICE_QUESTION)
    assert result.response is not None
    shown = passages(result.response.message)[0]
    assert escape(NOTICE.text.split("\n")[0]) in shown.replace("> **", "").replace("**\n", "\n")
    assert not result.response.message.mention_everyone and not result.response.message.role_mentions
    assert pings_nobody(server.env)


async def test_a_question_cannot_ping_anybody(server: Server) -> None:
    """The bot repeats the question, but not its mentions; the guard is in what is sent, not only in the escaping."""
    question = f"@everyone @here {server.administrator.mention} how many solar roofs did Vetluga count?"
    result = await server.member.slash(server.channel, "ask", question=question)
    assert result.response is not None and head(result.response.message).startswith(question_line(question))
    message = result.response.message
    assert not message.mention_everyone and not message.mentions
    assert pings_nobody(server.env)


# --- mentions and direct messages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["{} " + SOLAR_QUESTION, SOLAR_QUESTION + " {}", "{}\n" + SOLAR_QUESTION + "{}"])
async def test_a_mention_is_answered(server: Server, form: str) -> None:
    """Wherever in the message it stands; the answer is a reply to the question."""
    (reply,) = await server.say(form.replace("{}", server.mention))
    assert is_sourced_answer(reply)
    assert reply.reference is not None


async def test_the_mention_is_no_part_of_the_question(server: Server, encoder: WatchingEncoder) -> None:
    """What is looked for is the words around it."""
    await server.say(f"{server.mention}  {SOLAR_QUESTION}")
    assert SOLAR_QUESTION in encoder.encoded
    assert not any("<@" in text for text in encoder.encoded)


@pytest.mark.parametrize("token", ["<@42>", "<@&42>", "<#42>", "<:wave:42>"])
async def test_other_mentions_are_no_part_of_the_question_either(server: Server, encoder: WatchingEncoder, token: str) -> None:
    """Whoever else is called to look gets no question declined; in a mention as in the command."""
    (reply,) = await server.say(f"{server.mention} {SOLAR_QUESTION} {token}")
    assert passages(reply) and SOLAR_QUESTION in encoder.sent_before
    result = await server.member.slash(server.channel, "ask", question=f"{token} {SOLAR_QUESTION}")
    assert result.response is not None and passages(result.response.message)


async def test_a_long_mention_is_read_in_part_and_says_so(server: Server) -> None:
    """Discord lets people write more than a question has."""
    (reply,) = await server.say(f"{server.mention} {SOLAR_QUESTION} {'It rained again. ' * 90}")
    assert "Only the beginning" in head(reply)
    (reply,) = await server.say(f"{server.mention} {SOLAR_QUESTION}")
    assert "Only the beginning" not in head(reply)


async def test_where_nothing_may_be_referred_to_the_answer_stands_alone(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the right to read a channel's history a bot may write, but not reply."""
    send = discord.abc.Messageable.send

    async def refusing(self: Any, *args: Any, **named: Any) -> Any:
        if named.get("reference") is not None:
            raise discord.HTTPException(Mock(status=400, reason="x", headers={}), {"code": 160002, "message": "x"})
        return await send(self, *args, **named)

    monkeypatch.setattr(discord.abc.Messageable, "send", refusing)
    (reply,) = await server.say(f"{server.mention} {SOLAR_QUESTION}")
    assert passages(reply) and reply.reference is None
    (hint,) = await server.say(server.mention)
    assert "Ask me about the articles" in hint.content


async def test_messages_of_discords_own_are_left_alone(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pin or a call in a direct message asks nothing."""
    monkeypatch.setattr(discord.Message, "is_system", lambda _: True)
    await server.member.send_dm(SOLAR_QUESTION)
    assert server.from_bot(server.member.user.dm_channel) == []


async def test_a_mention_is_declined_in_words(server: Server) -> None:
    """An off-subject mention gets a reason, not silence."""
    (reply,) = await server.say(f"{server.mention} {OFF_SUBJECT_QUESTION}")
    assert head(reply).startswith("**The articles do not answer this.** ")


async def test_a_reply_to_the_bot_is_answered(server: Server) -> None:
    """One may go on asking below an answer, without mentioning the bot again."""
    (first,) = await server.say(f"{server.mention} {OFF_SUBJECT_QUESTION}")
    (second,) = await server.say(SOLAR_QUESTION, reply_to=first)
    assert is_sourced_answer(second)


async def test_a_direct_message_is_answered(server: Server) -> None:
    """No mention is needed where nobody else is there."""
    await server.member.send_dm(SOLAR_QUESTION)
    (reply,) = server.from_bot(server.member.user.dm_channel)
    assert is_sourced_answer(reply)


@pytest.mark.parametrize("content", ["{}", "  {}\n{} "])
async def test_an_empty_mention_gets_a_hint(server: Server, content: str) -> None:
    """Who only calls the bot is told how to ask."""
    (reply,) = await server.say(content.replace("{}", server.mention))
    assert "/ask" in reply.content and not texts(reply)


async def test_other_talk_is_ignored(server: Server, encoder: WatchingEncoder) -> None:
    """Messages to others, to everybody or in answer to others are none of the bot's business and are not even read."""
    said = await server.say(SOLAR_QUESTION)
    said += await server.say(f"@everyone {SOLAR_QUESTION}")
    said += await server.say(f"{server.administrator.mention} {SOLAR_QUESTION}")
    others = await server.administrator.send(server.channel, "Lunch?")
    said += await server.say(SOLAR_QUESTION, reply_to=others)
    assert said == []
    assert SOLAR_QUESTION not in encoder.encoded


async def test_bots_are_ignored(server: Server) -> None:
    """Two bots must not talk for ever: neither another bot nor a webhook is answered, mention or not."""
    robot = server.guild.add_member(server.env.create_user("robot", bot=True))
    await robot.send(server.channel, f"{server.mention} {SOLAR_QUESTION}")
    await server.guild.create_webhook(server.channel).send(f"{server.mention} {SOLAR_QUESTION}")
    assert server.from_bot() == []


async def test_text_commands_do_not_exist(server: Server) -> None:
    """A mention followed by a command's name is a question like any other."""
    (reply,) = await server.say(f"{server.mention} reindex")
    assert head(reply).startswith("**The articles do not answer this.** ")


async def test_a_mention_that_cannot_be_answered_is_left(faulty_server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """Where the bot may not write, it logs that and goes on."""
    faulty_server.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    assert await faulty_server.say(f"{faulty_server.mention} {SOLAR_QUESTION}") == []
    assert await faulty_server.say(f"{faulty_server.mention} {SOLAR_QUESTION}")
    assert "Vetluga" not in caplog.text


# --- failures --------------------------------------------------------------------------------------------------------

FAILURES = [
    RuntimeError("/srv/secret: all-MiniLM-L6-v2\nTraceback"),
    ModelError("The model '/srv/all-MiniLM-L6-v2' cannot be loaded. Run: corpusbot doctor"),
]


@pytest.mark.parametrize("failure", FAILURES, ids=["unforeseen", "model"])
async def test_a_failed_command_is_one_sentence(faulty_server: Server, encoder: WatchingEncoder, failure: Exception) -> None:
    """A member sees neither traceback, path nor model name, and the waiting sign goes away."""
    encoder.failure = failure
    result = await faulty_server.member.slash(faulty_server.channel, "ask", question=SOLAR_QUESTION)
    assert result.response is not None
    (sentence,) = texts(result.response.message)
    assert is_one_plain_sentence(sentence)
    assert (sentence == UNFORESEEN) == isinstance(failure, RuntimeError)


@pytest.mark.parametrize("failure", FAILURES, ids=["unforeseen", "model"])
async def test_a_failed_mention_is_one_sentence(faulty_server: Server, encoder: WatchingEncoder, failure: Exception) -> None:
    """A mention is never met with silence; the next one is answered."""
    encoder.failure = failure
    (reply,) = await faulty_server.say(f"{faulty_server.mention} {SOLAR_QUESTION}")
    assert is_one_plain_sentence(reply.content)
    encoder.failure = None
    (reply,) = await faulty_server.say(f"{faulty_server.mention} {SOLAR_QUESTION}")
    assert is_sourced_answer(reply)


async def test_a_missing_index_is_told_in_words(settings: Settings) -> None:
    """Before the first reindex the bot runs, says what is missing, and an administrator can mend it from Discord."""
    services = Services(settings, FakeEncoder())
    try:
        async with running(services, settings, check_errors=False) as server:
            result = await server.member.slash(server.channel, "ask", question=SOLAR_QUESTION)
            assert result.response is not None
            (sentence,) = texts(result.response.message)
            assert "/reindex" in sentence and is_one_plain_sentence(sentence.replace("/reindex", "reindex"))
            await server.administrator.slash(server.channel, "reindex")
            result = await server.member.slash(server.channel, "ask", question=SOLAR_QUESTION)
            assert result.response is not None and is_sourced_answer(result.response.message)
    finally:
        services.close()


# --- /reindex --------------------------------------------------------------------------------------------------------


async def reindex_command_id(server: Server) -> int:
    """The id under which Discord knows the command."""
    with server.env._bot_scope():
        return next(command.id for command in await server.client.tree.fetch_commands() if command.name == "reindex")


async def test_reindex_is_not_shown_to_members(server: Server) -> None:
    """Discord is told that the command is for administrators, and for servers only."""
    shown = set(server.member.available_commands(server.channel))
    assert {"ask", "metric show", "article list", "help", "privacy"} <= shown and "reindex" not in shown
    assert set(server.administrator.available_commands(server.channel)) == shown | {"reindex", "settings", "stats"}
    # In direct messages there is no server to manage.
    assert set(server.administrator.user.available_commands()) == shown


async def test_reindex_is_refused_to_a_member_whom_discord_lets(server: Server, settings: Settings) -> None:
    """A server's settings can show the command to anybody: the bot itself refuses, in words that only they see."""
    server.guild.set_command_permissions(await reindex_command_id(server), {server.member: True})
    before = current_id(settings.data_dir)
    result = await server.member.slash(server.channel, "reindex")
    assert result.response is not None and result.response.ephemeral
    assert texts(result.response.message) == ["Only administrators of this server may rebuild the archive."]
    assert current_id(settings.data_dir) == before


async def test_an_administrator_rebuilds_with_progress(
    server: Server, services: Services, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The administrator alone sees how far it is, then what was done; the new article is quoted at once."""
    write_article(Article(id="kiosk", text="The kiosk of Ostrava sells gingerbread."), settings.collection_dir)
    rebuild_aside = services.rebuild_aside

    def contents() -> list[str]:
        bodies = [entry.json for entry in server.env.http_requests if isinstance(entry.json, dict)]
        parts = [part for body in bodies for part in walk_components(body.get("components") or [])]
        return [part["content"] for part in parts if "content" in part]

    async def in_two_steps(progress: Progress) -> ReindexReport:
        # simcord lets no timer fire while a thread works, so the number to be shown comes before the real rebuild.
        progress(3, 12)
        for _ in range(1000):
            if any("3 of 12" in content for content in contents()):
                break
            await asyncio.sleep(0.01)
        return await rebuild_aside(progress)

    monkeypatch.setattr(services, "rebuild_aside", in_two_steps)
    monkeypatch.setattr(sys.modules["bot.cogs.admin"], "EDIT_SECONDS", 0.02)
    result = await server.administrator.slash(server.channel, "reindex")
    assert result.response is not None and result.response.ephemeral
    assert progress_text(3, 12) in contents()
    assert contents()[-1].startswith("The archive is rebuilt: 4 articles (1 added, 0 changed, 0 removed), ")
    assert re.search(r" sentences, \d+ figures \(\d+ numbers left out\)\.$", contents()[-1])
    assert texts(result.response.message) == [contents()[-1]]
    answered = await server.member.slash(server.channel, "ask", question="What does the kiosk of Ostrava sell?")
    assert answered.response is not None
    assert "The kiosk of Ostrava sells gingerbread." in passages(answered.response.message)[0].replace("**", "")


async def test_a_second_rebuild_is_refused_in_words(
    server: Server, services: Services, settings: Settings, encoder: WatchingEncoder
) -> None:
    """While one runs, another administrator is told so, and the first one ends well."""
    write_article(Article(id="kiosk", text="The kiosk sells gingerbread."), settings.collection_dir)
    encoder.held_word = "gingerbread"
    first = asyncio.ensure_future(services.rebuild_aside())
    assert await asyncio.to_thread(encoder.reached.wait, PATIENCE_SECONDS)
    result = await server.administrator.slash(server.channel, "reindex")
    assert result.response is not None and result.response.ephemeral
    assert texts(result.response.message) == ["A rebuild of the archive is already running."]
    encoder.gate.set()
    assert (await first).manifest.articles == 4


async def test_a_rebuild_in_another_process_is_told(server: Server, settings: Settings) -> None:
    """`corpusbot reindex` in a terminal keeps the command out, in words."""
    with FileLock(settings.data_dir / "reindex.lock"):
        result = await server.administrator.slash(server.channel, "reindex")
    assert result.response is not None
    assert texts(result.response.message)[0].startswith("A rebuild of the archive is already running. ")


async def test_a_failed_rebuild_is_told_and_changes_nothing(server: Server, settings: Settings) -> None:
    """A malformed article: one sentence without a path, and the archive answers as before."""
    (settings.collection_dir / "bad.md").write_text("no front matter", encoding="utf-8")
    result = await server.administrator.slash(server.channel, "reindex")
    assert result.response is not None
    (told,) = texts(result.response.message)
    assert is_one_plain_sentence(told) and told.endswith("The archive is as it was before.")
    answered = await server.member.slash(server.channel, "ask", question=SOLAR_QUESTION)
    assert answered.response is not None and is_sourced_answer(answered.response.message)


async def test_a_lost_progress_line_does_not_stop_the_rebuild(server: Server, settings: Settings) -> None:
    """The rebuild matters more than its progress."""
    before = current_id(settings.data_dir)
    server.env.inject_error("PATCH", "/webhooks/*", status=500, times=None)
    await server.administrator.slash(server.channel, "reindex")
    assert current_id(settings.data_dir) != before


# --- privacy ---------------------------------------------------------------------------------------------------------


async def test_nobodys_words_are_logged(
    faulty_server: Server, encoder: WatchingEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    """At the finest level, our own loggers hold neither questions, messages, names nor tokens; also when things fail."""
    caplog.set_level(logging.DEBUG)
    server = faulty_server
    await server.member.slash(server.channel, "ask", question="Has Quillfeather solar roofs?")
    await server.say(f"{server.mention} Has Quillfeather solar roofs in Vetluga?")
    await server.member.send_dm("Quillfeather asks in secret.")
    await server.say("Quillfeather talks to others.")
    encoder.failure = ValueError("Quillfeather")
    await server.member.slash(server.channel, "ask", question="Quillfeather again?")
    await server.say(f"{server.mention} Quillfeather again?")
    ours = [record for record in caplog.records if record.name.split(".")[0] in {"bot", "embeddings", "corpus"}]
    assert {record.levelno for record in ours} >= {logging.INFO, logging.ERROR}
    for record in ours:
        line = logging.Formatter().format(record)
        assert "Quillfeather" not in line and "Vetluga" not in line
        assert server.member.name not in line.split() and str(server.member.id) not in line
        assert "simcord.fake.token" not in line
