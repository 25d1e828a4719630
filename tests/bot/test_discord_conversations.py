"""Going on asking in Discord: in threads, direct messages and below an answer; never from another member's talk."""

from __future__ import annotations

import logging

import discord
import pytest
from simcord import ChannelHandle, MemberActor

from bot.render import escape, question_line
from bot.services import Services
from bot.settings import Settings
from tests.bot.discord_server import Server, WatchingEncoder, head, passages, pings_nobody, running
from tests.bot.sample_articles import SOLAR_QUESTION, SOLAR_SENTENCE
from tests.bot.shown_markdown import parted

FIRST = "What did the town of Vetluga count in 2021?"
SECOND = "and in 2019?"
RESOLVED = "What did the town of Vetluga count in 2019?"
SMALL_PRINT = f"-# {escape(f'Understood as: {RESOLVED}')}"


@pytest.fixture
def encoder() -> WatchingEncoder:
    """The encoder of `services`."""
    return WatchingEncoder()


@pytest.fixture
async def thread(server: Server) -> ChannelHandle:
    """A public thread in the channel."""
    server.env.backend.create_thread(server.channel.id, "a talk", server.member.id)
    await server.env.settle()
    (made,) = server.channel.threads
    return made


def lines_above(message: discord.Message) -> list[str]:
    """The question and the small print of an answer, without reasons and warnings."""
    return [line for line in head(message).split("\n") if line.startswith("-# ") or "do not answer" not in line]


def small_print(message: discord.Message) -> str:
    """What an answer says that was made of its question; empty when it was answered as it was typed."""
    return "\n".join(line for line in head(message).split("\n") if line.startswith("-# "))


async def answers(server: Server, who: MemberActor, where: ChannelHandle, *questions: str) -> list[discord.Message]:
    """What the bot says to a member who mentions it with one question after another."""
    before = len(server.from_bot(where))
    for question in questions:
        await who.send(where, f"{server.mention} {question}")
    return server.from_bot(where)[before:]


# --- where talks go on -----------------------------------------------------------------------------------------------


async def test_a_thread_is_a_talk(server: Server, thread: ChannelHandle) -> None:
    """A follow-up is answered as what it stands for, which is told in small print above the answer."""
    first, second = await answers(server, server.member, thread, FIRST, SECOND)
    assert small_print(first) == ""
    assert small_print(second) == SMALL_PRINT
    assert pings_nobody(server.env)


async def test_what_was_asked_privately_is_no_part_of_a_talk_that_others_read(server: Server, thread: ChannelHandle) -> None:
    """The next question in the thread starts anew; the next private one goes on."""
    await server.member.slash(thread, "ask", question=FIRST, private=True)
    (reply,) = await answers(server, server.member, thread, SECOND)
    assert "Vetluga" not in head(reply)
    result = await server.member.slash(thread, "ask", question=SECOND, private=True)
    assert result.response is not None and small_print(result.response.message) == SMALL_PRINT


async def test_a_mention_is_refused_in_its_own_language(server: Server) -> None:
    """A message has no locale: its words tell the language."""
    chinese = "维特卢加镇有多少个太阳能屋顶？"
    replies = await answers(server, server.member, server.channel, *[chinese] * 6)
    assert replies[-1].content.startswith("你每分钟")


async def test_a_mention_without_words_is_met_in_the_servers_language(server: Server) -> None:
    """Which is set in Discord; the bot's own setting counts more."""
    guild = server.env.create_guild(preferred_locale="zh-CN")
    channel, member = guild.create_text_channel("press"), guild.add_member(server.member.user)
    await server.env.settle()
    await member.send(channel, server.mention)
    server.client.server_settings.change(guild.id, language="de")
    await member.send(channel, server.mention)
    first, second = server.from_bot(channel)
    assert "文章" in first.content and "Artikel" in second.content


async def test_a_direct_message_is_a_talk(server: Server) -> None:
    """There nobody else is, and no mention is needed."""
    for question in (FIRST, SECOND):
        await server.member.send_dm(question)
    first, second = server.from_bot(server.member.user.dm_channel)
    assert (small_print(first), small_print(second)) == ("", SMALL_PRINT)


async def test_a_mention_in_an_open_channel_starts_anew(server: Server, encoder: WatchingEncoder) -> None:
    """There many talk at once: each question stands for itself."""
    first, second = await answers(server, server.member, server.channel, FIRST, SECOND)
    assert (small_print(first), small_print(second)) == ("", "")
    assert SECOND in encoder.encoded and RESOLVED not in encoder.encoded


async def test_two_members_of_a_thread_never_share_turns(server: Server, thread: ChannelHandle) -> None:
    """What one asked does not change what another is understood to ask."""
    await answers(server, server.member, thread, FIRST)
    (other,) = await answers(server, server.administrator, thread, SECOND)
    assert small_print(other) == ""
    (own,) = await answers(server, server.member, thread, SECOND)
    assert small_print(own) == SMALL_PRINT


async def test_one_member_has_a_talk_for_each_thread(server: Server, thread: ChannelHandle) -> None:
    """A thread knows nothing of another, nor of direct messages."""
    await answers(server, server.member, thread, FIRST)
    await server.member.send_dm(SECOND)
    (message,) = server.from_bot(server.member.user.dm_channel)
    assert small_print(message) == ""


# --- replies ---------------------------------------------------------------------------------------------------------


async def test_a_reply_to_an_answer_goes_on_from_it(server: Server) -> None:
    """In an open channel too; also after other answers were given, and on from the reply's own answer."""
    (first,) = await answers(server, server.member, server.channel, FIRST)
    await answers(server, server.administrator, server.channel, SOLAR_QUESTION)
    (second,) = await server.say(SECOND, reply_to=first)
    assert small_print(second) == SMALL_PRINT
    (third,) = await server.say("and in 2018?", reply_to=second)
    assert small_print(third) == SMALL_PRINT.replace("2019", "2018")


async def test_anybody_may_reply_to_an_answer(server: Server) -> None:
    """The answer stands in the channel for all to see, and whoever replies means that one."""
    (first,) = await answers(server, server.member, server.channel, FIRST)
    before = len(server.from_bot())
    await server.administrator.send(server.channel, SECOND, reply_to=first)
    assert [small_print(message) for message in server.from_bot()[before:]] == [SMALL_PRINT]


async def test_in_a_thread_the_answer_replied_to_counts(server: Server, thread: ChannelHandle) -> None:
    """Not the last turn of the thread."""
    first, _ = await answers(server, server.member, thread, FIRST, "Who sells bread that is baked with sunlight?")
    await server.member.send(thread, SECOND, reply_to=first)
    assert small_print(server.from_bot(thread)[-1]) == SMALL_PRINT


async def test_a_reply_to_a_hint_starts_anew(server: Server) -> None:
    """What answered nothing is no turn."""
    (hint,) = await server.say(server.mention)
    (reply,) = await server.say(SECOND, reply_to=hint)
    assert small_print(reply) == ""


async def test_a_reply_to_an_answer_of_the_command_goes_on_from_it(server: Server) -> None:
    """With a mention, as Discord demands there."""
    result = await server.member.slash(server.channel, "ask", question=FIRST)
    assert result.response is not None
    (reply,) = await server.say(f"{server.mention} {SECOND}", reply_to=result.response.message)
    assert small_print(reply) == SMALL_PRINT


# --- /ask ------------------------------------------------------------------------------------------------------------


async def test_the_command_goes_on_in_a_thread(server: Server, thread: ChannelHandle) -> None:
    """It and mentions are one talk; the question as it was typed stands above the small print."""
    await answers(server, server.member, thread, FIRST)
    result = await server.member.slash(thread, "ask", question=SECOND)
    assert result.response is not None
    assert lines_above(result.response.message) == [question_line(SECOND), SMALL_PRINT]
    (third,) = await answers(server, server.member, thread, "and in 2018?")
    assert small_print(third) == SMALL_PRINT.replace("2019", "2018")


async def test_the_command_goes_on_in_direct_messages(server: Server) -> None:
    """As messages do."""
    await server.member.user.slash("ask", question=FIRST)
    result = await server.member.user.slash("ask", question=SECOND)
    assert SMALL_PRINT in head(result.response.message)


async def test_the_command_in_an_open_channel_starts_anew(server: Server) -> None:
    """As a mention does."""
    await server.member.slash(server.channel, "ask", question=FIRST)
    result = await server.member.slash(server.channel, "ask", question=SECOND)
    assert result.response is not None and lines_above(result.response.message) == [question_line(SECOND)]


# --- what is shown ---------------------------------------------------------------------------------------------------


async def test_more_shows_other_passages(server: Server, thread: ChannelHandle) -> None:
    """Never the ones above; and when there are no others, that is said."""
    shown: list[str] = []
    for message in await answers(server, server.member, thread, SOLAR_QUESTION, "more", "more", "more", "more"):
        quoted = [parted(text)[0] for text in passages(message)]
        assert not set(quoted) & set(shown)
        shown += quoted
    assert escape(SOLAR_SENTENCE) in shown[0].replace("**", "")


async def test_filters_in_the_words_are_told(server: Server) -> None:
    """A reader sees that not all articles were looked at."""
    (reply,) = await server.say(f"{server.mention} According to the Harbour Gazette, {SOLAR_QUESTION}")
    assert small_print(reply) == f"-# {escape('Only: publisher Harbour Gazette')}"
    (reply,) = await server.say(f"{server.mention} According to the New York Times, {SOLAR_QUESTION}")
    assert "The collection holds no article from the New York Times." in head(reply)


async def test_small_print_can_neither_ping_nor_format(server: Server, thread: ChannelHandle) -> None:
    """The question that a follow-up stands for repeats a member's words."""
    _, second = await answers(server, server.member, thread, "What did @everyone **in** Vetluga count in 2021?", SECOND)
    assert small_print(second) == f"-# {escape('Understood as: What did @everyone **in** Vetluga count in 2019?')}"
    assert not second.mention_everyone and pings_nobody(server.env)


async def test_the_bot_answers_in_the_askers_language(server: Server) -> None:
    """A question in Chinese is declined in Chinese while no encoder for it is installed."""
    (reply,) = await server.say(f"{server.mention} 维特卢加镇有多少个太阳能屋顶？")
    assert head(reply).startswith("**这些文章没有回答这个问题。** 文章是英文的")


async def test_where_questions_are_not_kept_nobodys_turns_are_logged_or_written(
    services: Services, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """With QUESTIONS_KEPT_DAYS=0 talks are in memory only."""
    caplog.set_level(logging.DEBUG)
    services.settings = settings.model_copy(update={"questions_kept_days": 0})
    async with running(services, settings) as server:
        for question in (FIRST, SECOND):
            await server.member.send_dm(question)
        assert small_print(server.from_bot(server.member.user.dm_channel)[1]) == SMALL_PRINT
    ours = [record for record in caplog.records if record.name.split(".")[0] in {"bot", "embeddings", "corpus"}]
    assert ours and not any("Vetluga" in record.getMessage() for record in ours)
    # "2019" stands in no article.
    assert not any(b"2019?" in path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file())


async def test_an_old_talk_is_forgotten(server: Server, thread: ChannelHandle, monkeypatch: pytest.MonkeyPatch) -> None:
    """After half an hour a question stands for itself again."""
    now = [0.0]
    monkeypatch.setattr(server.client.conversations, "_clock", lambda: now[0])
    await answers(server, server.member, thread, FIRST)
    now[0] = 1800.0
    (late,) = await answers(server, server.member, thread, SECOND)
    assert small_print(late) == ""
