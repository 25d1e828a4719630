"""The buttons under an answer, among people: pages, context, sources, feedback, follow-ups, restarts, and their end."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import discord
import pytest

from bot.activity import Kind, Outcome
from bot.answer_records import KEPT_DAYS
from bot.question_queue import OnWait
from bot.render import escape, question_line
from bot.server_settings import Length
from bot.services import Services, TimedReply
from bot.settings import Settings, load_settings
from corpus.article import Article
from tests.bot.discord_server import Server, buttons, head, passages, pings_nobody, running, texts
from tests.bot.sample_articles import OFF_SUBJECT_QUESTION, SOLAR_QUESTION, SOLAR_SENTENCE, write_collection
from tests.bot.shown_markdown import parted
from tests.fake_encoder import FakeEncoder

LAMPS = "How many lamps do lighthouses have?"
LIGHTHOUSES = tuple(
    Article(
        id=f"lighthouse-{number}",
        title=f"Lighthouse {number}",
        publisher="Coast Review" if number % 2 else "Harbour Gazette",
        published_on=dt.date(2020 + number, 3, 5),
        text=f"Keepers count them. In all, lighthouses number {number} have {number + 20} lamps. Gulls do not mind.",
    )
    for number in range(1, 8)
)


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings whose collection answers one question seven times."""
    folder = write_collection(home / "articles")
    write_collection(folder, LIGHTHOUSES)
    return load_settings(collection_dir=folder, data_dir=home / "data")


@pytest.fixture
def other_services(settings: Settings, services: Services) -> Iterator[Services]:
    """Services of a second process over the same data."""
    made = Services(settings, FakeEncoder())
    yield made
    made.close()


async def asked(server: Server, question: str = LAMPS, **options: Any) -> discord.Message:
    """The message that answers a question of the member."""
    result = await server.member.slash(server.channel, "ask", question=question, **options)
    assert result.response is not None
    return result.response.message


def id_of(message: discord.Message, action: str) -> str:
    """A button's own id."""
    custom_id = buttons(message)[action].custom_id
    assert custom_id
    return custom_id


async def pressed(server: Server, message: discord.Message, action: str, who: Any = None) -> discord.Message:
    """What somebody sees, alone or in the message itself, after pressing a button."""
    result = await (who or server.member).click(message, custom_id=id_of(message, action))
    assert result.response is not None
    return result.response.message  # type: ignore[no-any-return]


def reread(server: Server, message: discord.Message) -> discord.Message:
    """A message as it stands now."""
    return next(one for one in server.channel.history() if one.id == message.id)


def numbers(message: discord.Message) -> list[int]:
    """The numbers of the sources under the quotations."""
    return [int(parted(text)[1].split("]")[0].removeprefix("**[")) for text in passages(message)]


# --- pages -----------------------------------------------------------------------------------------------------------


async def test_pages_go_on_counting_and_keep_what_stands_above(server: Server) -> None:
    """Every page has other passages, numbered on, under the same question; back leads to the first again."""
    first = await asked(server)
    assert numbers(first) == [1, 2, 3] and "page 0" not in buttons(first)
    seen = [passages(first)]
    second = await pressed(server, first, "page 1")
    second = reread(server, first)
    assert numbers(second) == [4, 5, 6] and head(second) == head(first)
    assert head(first).startswith(question_line(LAMPS))
    assert not set(passages(second)) & set(seen[0])
    await pressed(server, second, "page 0")
    assert passages(reread(server, first)) == seen[0]
    assert pings_nobody(server.env)


async def test_somebody_else_turns_pages_for_themselves(server: Server) -> None:
    """The asker's message stays as it is; the other member sees the page alone."""
    first = await asked(server)
    result = await server.administrator.click(first, custom_id=id_of(first, "page 1"))
    assert result.response is not None and result.response.ephemeral
    assert numbers(result.response.message) == [4, 5, 6]
    assert numbers(reread(server, first)) == [1, 2, 3]


async def test_a_page_of_ones_own_is_turned_in_its_place(server: Server) -> None:
    """Whoever turned a page for themselves turns on there, and back."""
    first = await asked(server)
    own = await server.administrator.click(first, custom_id=id_of(first, "page 1"))
    assert own.response is not None
    result = await server.administrator.click(own.response.message, custom_id=id_of(own.response.message, "page 0"))
    assert result.response is not None and result.response.message.id == own.response.message.id and not result.followups
    assert numbers(result.response.message) == [1, 2, 3]


async def test_nearest_passages_are_shown_on_request(server: Server) -> None:
    """An abstention shows none by itself; those that it shows then are said to be no answer, and have no sources before."""
    declined = await asked(server, "How many lamps does the windmill of Atlantis have?")
    assert passages(declined) == [] and set(buttons(declined)) == {"page 1", "helpful", "unhelpful", "ask"}
    assert buttons(declined)["page 1"].label == "Nearest passages"
    await pressed(server, declined, "page 1")
    shown = reread(server, declined)
    assert passages(shown) and any("not an answer" in text for text in texts(shown))
    assert "context" in buttons(shown)


# --- context and sources ---------------------------------------------------------------------------------------------


async def test_the_context_of_passages_far_apart(services: Services, settings: Settings) -> None:
    """Each has its own surroundings where one message cannot hold all between them."""
    between = "The sea was grey and the wind came from the north all day long. " * 90
    text = f"Lighthouse Anna has 31 lamps. {between}Lighthouse Berta has 32 lamps."
    write_collection(settings.collection_dir, [Article("far", text, title="Far apart")])
    services.rebuild()
    async with running(services, settings) as server:
        message = await asked(server, "How many lamps does the lighthouse have?", article="far")
        shown = await pressed(server, message, "context")
        assert [text.count("**[") for text in texts(shown)] == [1] * len(numbers(message)) and len(numbers(message)) > 1
        assert all("grey" in text for text in texts(shown))


async def test_context_shows_the_paragraphs_to_whoever_asks_for_them(server: Server) -> None:
    """The whole paragraph around each passage of the page, the passage in bold, with the same numbers."""
    message = await asked(server)
    result = await server.administrator.click(message, custom_id=id_of(message, "context"))
    assert result.response is not None and result.response.ephemeral
    around = texts(result.response.message)
    assert len(around) == 3
    for number, text in enumerate(around, 1):
        assert "Keepers count them" in text and "Gulls do not mind" in text and f"**[{number}]**" in text


async def test_sources_are_listed_with_the_numbers_of_all_pages(server: Server) -> None:
    """Source n is passage n, also of those that stand on later pages."""
    message = await asked(server)
    shown = await pressed(server, message, "sources")
    (listed,) = texts(shown)
    lines = listed.split("\n")
    assert [line.split(" ")[0] for line in lines] == [f"**[{number}]**" for number in range(1, len(lines) + 1)]
    assert len(lines) >= 7
    for number, text in zip(numbers(message), passages(message), strict=True):
        assert parted(text)[1] == lines[number - 1]


async def test_long_sources_take_a_second_message(services: Services, settings: Settings) -> None:
    """No number is without its source, however long the addresses are."""
    long = [replace(one, url=f"https://review.example/{one.id}?utm_campaign={'c' * 380}") for one in LIGHTHOUSES]
    write_collection(settings.collection_dir, long)
    services.rebuild()
    async with running(services, settings) as server:
        message = await asked(server)
        result = await server.member.click(message, custom_id=id_of(message, "sources"))
        assert result.response is not None
        shown = [result.response, *result.followups]
        assert len(shown) > 1 and all(one.ephemeral for one in shown)
        lines = [line for one in shown for text in texts(one.message) for line in text.split("\n")]
        assert [line.split(" ")[0] for line in lines] == [f"**[{number}]**" for number in range(1, len(lines) + 1)]
        assert len(lines) >= 7


# --- feedback --------------------------------------------------------------------------------------------------------


async def test_feedback_is_noted(server: Server) -> None:
    """A thumb up from one, a reason from another: both are kept with the question, and nobody's name."""
    message = await asked(server)
    assert "noted" in texts(await pressed(server, message, "helpful"))[0]
    form = await server.administrator.click(message, custom_id=id_of(message, "unhelpful"))
    assert form.modal is not None
    sent = await server.administrator.submit_modal(form, {"text": "The number is of 2021."})
    assert sent.response is not None and sent.response.ephemeral
    (kept,) = server.client.member_activity.questions(server.guild.id, dt.date(2020, 1, 1))
    assert (kept.kind, kept.outcome, kept.helpful, kept.unhelpful) == (Kind.ASK, Outcome.ANSWERED, 1, 1)
    assert kept.reasons == ("The number is of 2021.",)


@pytest.mark.parametrize("private", [False, True])
async def test_a_complaint_is_passed_on_without_a_name(server: Server, private: bool) -> None:
    """The server's feedback channel learns question and reason; of a private question, the reason alone."""
    office = server.guild.create_text_channel("office")
    await server.env.settle()
    server.client.server_settings.change(server.guild.id, feedback_channel=office.id)
    message = await asked(server, private=private)
    form = await server.member.click(message, custom_id=id_of(message, "unhelpful"))
    await server.member.submit_modal(form, {"text": "@everyone it is **old**"})
    (told,) = server.from_bot(office)
    (text,) = texts(told)
    assert escape("@everyone it is **old**") in text and (escape(LAMPS) in text) != private
    assert server.member.name not in text and str(server.member.id) not in text
    assert pings_nobody(server.env)


async def test_where_questions_are_not_kept_feedback_says_so(services: Services, settings: Settings) -> None:
    """With QUESTIONS_KEPT_DAYS=0 there is nothing to note it with; pages work all the same."""
    services.settings = settings.model_copy(update={"questions_kept_days": 0})
    async with running(services, settings) as server:
        message = await asked(server)
        assert "cannot be noted" in texts(await pressed(server, message, "helpful"))[0]
        await pressed(server, message, "page 1")
        assert numbers(reread(server, message)) == [4, 5, 6]


# --- asking further --------------------------------------------------------------------------------------------------


async def test_a_follow_up_goes_on_from_the_answer(server: Server) -> None:
    """In an open channel too, where a mention would start anew; the new answer has buttons of its own."""
    first = await asked(server, "What did the town of Vetluga count in 2021?")
    form = await server.member.click(first, custom_id=id_of(first, "ask"))
    answered = await server.member.submit_modal(form, {"text": "and in 2019?"})
    assert answered.response is not None and not answered.response.ephemeral
    above = head(answered.response.message)
    assert above.split("\n")[:2] == [
        question_line("and in 2019?"),
        f"-# {escape('Understood as: What did the town of Vetluga count in 2019?')}",
    ]
    assert "ask" in buttons(answered.response.message)


async def test_a_follow_up_of_a_private_answer_is_private(server: Server) -> None:
    """Nobody learns of it by the second question."""
    first = await asked(server, private=True)
    form = await server.member.click(first, custom_id=id_of(first, "ask"))
    answered = await server.member.submit_modal(form, {"text": SOLAR_QUESTION})
    assert answered.response is not None and answered.response.ephemeral


async def test_a_follow_up_keeps_to_what_the_question_was_asked_of(server: Server) -> None:
    """The article chosen for the question holds for the next one, and is named."""
    first = await asked(server, article="lighthouse-4", since="2020")
    assert escape("Only: article Lighthouse 4; since 1 Jan 2020") in head(first)
    form = await server.member.click(first, custom_id=id_of(first, "ask"))
    answered = await server.member.submit_modal(form, {"text": LAMPS})
    assert answered.response is not None
    assert escape("Only: article Lighthouse 4") in head(answered.response.message)
    assert [("Lighthouse 4" in text) for text in passages(answered.response.message)] == [True]


async def test_a_follow_up_keeps_to_the_servers_channels(server: Server) -> None:
    """Where the bot was told to be silent since, the form says where it answers."""
    first = await asked(server)
    office = server.guild.create_text_channel("office")
    await server.env.settle()
    server.client.server_settings.change(server.guild.id, channels=frozenset({office.id}))
    form = await server.member.click(first, custom_id=id_of(first, "ask"))
    answered = await server.member.submit_modal(form, {"text": LAMPS})
    assert answered.response is not None and answered.response.ephemeral
    assert f"<#{office.id}>" in texts(answered.response.message)[0]


async def test_a_follow_up_in_a_thread_is_part_of_the_talk(server: Server) -> None:
    """What is asked next goes on from it, not from the question before."""
    server.env.backend.create_thread(server.channel.id, "a talk", server.member.id)
    await server.env.settle()
    (thread,) = server.channel.threads
    await server.member.send(thread, f"{server.mention} {LAMPS}")
    (first,) = server.from_bot(thread)
    form = await server.member.click(first, custom_id=id_of(first, "ask"))
    await server.member.submit_modal(form, {"text": "What did the town of Vetluga count in 2021?"})
    await server.member.send(thread, f"{server.mention} and in 2019?")
    assert "Vetluga count in 2019" in head(server.from_bot(thread)[-1]).replace("\\", "")


async def test_an_expired_answer_opens_no_form(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody writes into a form that cannot be answered; the buttons go."""
    message = await asked(server)
    late = dt.datetime.now(dt.UTC) + dt.timedelta(days=KEPT_DAYS, seconds=1)
    monkeypatch.setattr(server.client.answer_records, "_now", lambda: late)
    result = await server.member.click(message, custom_id=id_of(message, "ask"))
    assert result.modal is None and buttons(reread(server, message)) == {}


@pytest.mark.parametrize(("status", "kept"), [(400, 0), (429, 1), (503, 1)], ids=["archived thread", "too many", "server error"])
async def test_what_cannot_be_changed_is_forgotten(
    server: Server, monkeypatch: pytest.MonkeyPatch, status: int, kept: int
) -> None:
    """An answer whose buttons Discord does not let us take is forgotten all the same; after a failure that passes it is not."""
    await asked(server)
    late = dt.datetime.now(dt.UTC) + dt.timedelta(days=KEPT_DAYS, seconds=1)
    monkeypatch.setattr(server.client.answer_records, "_now", lambda: late)

    async def refused(*_: object) -> None:
        raise discord.HTTPException(Mock(status=status, reason="x", headers={}), "x")

    monkeypatch.setattr(server.client.button_desk, "_strip", refused)
    await server.client.button_desk.take_buttons_away()
    assert len(server.client.answer_records.expired()) == kept


# --- restarts and the end --------------------------------------------------------------------------------------------


async def test_buttons_work_after_a_restart(services: Services, other_services: Services, settings: Settings) -> None:
    """Another process over the same data serves the pages of an answer that it did not give, from its id alone."""
    async with running(services, settings) as before:
        first = await asked(before)
        identifier = id_of(first, "sources").split(":")[2]
    async with running(other_services, settings) as after:
        # simcord forgets its messages with each process, as Discord does not: the old message is sent again as it was.
        with after.env._bot_scope():
            channel = after.client.get_channel(after.channel.id)
            assert isinstance(channel, discord.TextChannel)
            old = await channel.send(view=discord.ui.LayoutView.from_message(first, timeout=None))
        assert id_of(old, "sources").split(":")[2] == identifier
        listed = texts(await pressed(after, old, "sources"))[0].split("\n")
        assert [parted(text)[1] for text in passages(first)] == listed[:3]
        form = await after.member.click(old, custom_id=id_of(old, "ask"))
        answered = await after.member.submit_modal(form, {"text": "and of number 4?"})
        assert answered.response is not None


async def test_a_passage_that_has_changed_says_so_under_its_number(
    server: Server, settings: Settings, services: Services
) -> None:
    """After a rebuild with another text, page two shows what is still there, each under its old number."""
    first = await asked(server)
    await pressed(server, first, "page 1")
    changed = LIGHTHOUSES[0]
    folder = settings.collection_dir
    for path in folder.glob("*.md"):
        if f"id: {changed.id}" in path.read_text(encoding="utf-8"):
            path.write_text(path.read_text(encoding="utf-8").replace("have 21 lamps", "have 22 lamps"), encoding="utf-8")
    await services.rebuild_aside()
    await pressed(server, reread(server, first), "page 0")
    await pressed(server, reread(server, first), "page 1")
    record_texts = "\n".join(texts(reread(server, first)))
    await pressed(server, reread(server, first), "page 0")
    record_texts += "\n".join(texts(reread(server, first)))
    record_texts += "\n".join(texts(await pressed(server, reread(server, first), "context")))
    assert record_texts.count("no longer in the archive") == 1
    assert "have 21 lamps" not in record_texts.replace("**", "")


async def test_expired_buttons_go_away_when_pressed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer stays, its buttons go, and whoever pressed is told to ask again."""
    message = await asked(server)
    late = dt.datetime.now(dt.UTC) + dt.timedelta(days=KEPT_DAYS, seconds=1)
    monkeypatch.setattr(server.client.answer_records, "_now", lambda: late)
    result = await server.member.click(message, custom_id=id_of(message, "page 1"))
    stays = reread(server, message)
    assert buttons(stays) == {} and texts(stays) == texts(message)
    assert any("expired" in text for followup in result.followups for text in texts(followup.message))


async def test_expired_buttons_are_taken_away_unasked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old answer in a channel ends without buttons, and its record is gone; a deleted message troubles nobody."""
    message, deleted = await asked(server), await asked(server, SOLAR_QUESTION)
    await server.administrator.delete(deleted)
    late = dt.datetime.now(dt.UTC) + dt.timedelta(days=KEPT_DAYS, seconds=1)
    monkeypatch.setattr(server.client.answer_records, "_now", lambda: late)
    with server.env._bot_scope():
        await server.client.button_desk.take_buttons_away()
    stays = reread(server, message)
    assert buttons(stays) == {} and texts(stays) == texts(message)
    assert server.client.answer_records.expired() == []


async def test_a_broken_archive_is_told_and_not_logged_in_words(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An error under a button is one sentence to whoever pressed; discord.py alone would leave them waiting."""
    message = await asked(server)

    def fail(*_: object) -> None:
        raise RuntimeError("Lighthouse secrets")

    monkeypatch.setattr(server.client.button_desk, "_pages", fail)
    shown = await pressed(server, message, "context")
    assert "Something went wrong" in shown.content
    assert "secrets" not in caplog.text and any(record.levelno == logging.ERROR for record in caplog.records)


# --- what may be set beside a question -------------------------------------------------------------------------------


async def test_filters_hold(server: Server) -> None:
    """Only the publisher's articles of the days asked for are quoted."""
    message = await asked(server, publisher="coast", since="2023", until="March 2025")
    sources = [parted(text)[1] for text in passages(message)]
    assert [("Coast Review" in source, source.count("2023") + source.count("2025")) for source in sources] == [(True, 1)] * 2


async def test_one_article_alone_is_asked(server: Server) -> None:
    """By its choice, or by its title as a member types it."""
    for name in ("lighthouse-4", "Lighthouse 4"):
        message = await asked(server, article=name)
        assert [("Lighthouse 4" in text) for text in passages(message)] == [True]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"publisher": "Moon Post"}, "no article of “Moon Post”"),
        ({"article": "Lighthouse of @everyone"}, "no article “Lighthouse of"),
        ({"since": "the day before pancakes"}, "is not a day"),
        ({"since": "2025", "until": "2024"}, "is later than"),
        ({"since": "2025-13-01"}, "is not a day"),
        ({"until": "04/01/2020"}, "is not a day"),
        ({"since": "13"}, "is not a day"),
    ],
)
async def test_a_filter_that_cannot_be_is_named(server: Server, options: dict[str, str], told: str) -> None:
    """With its value and the cure; nothing is asked."""
    result = await server.member.slash(server.channel, "ask", question=LAMPS, **options)
    assert result.response is not None and result.response.ephemeral
    (text,) = texts(result.response.message)
    assert told in text.replace("\\", "") and not buttons(result.response.message)
    assert pings_nobody(server.env)


async def test_a_filter_that_cannot_be_costs_no_question(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor where it takes so long to read that the command is acknowledged before."""
    server.client.server_settings.change(server.guild.id, daily_limit=1)
    await server.member.slash(server.channel, "ask", question=LAMPS, since="2025-13-01")
    monkeypatch.setattr(sys.modules["bot.cogs.ask"], "FILTERS_SECONDS", 0.0)
    result = await server.member.slash(server.channel, "ask", question=LAMPS, since="2025-13-01")
    assert result.response is not None and "is not a day" in texts(result.response.message)[0]
    assert passages(await asked(server))


async def test_a_title_of_two_articles_is_no_choice(services: Services, settings: Settings) -> None:
    """The member is told which there are."""
    write_collection(settings.collection_dir, [replace(LIGHTHOUSES[1], title="Lighthouse 1")])
    services.rebuild()
    async with running(services, settings) as server:
        (text,) = texts(await asked(server, article="lighthouse 1"))
        assert "Several articles" in text and "Coast Review" in text and "Harbour Gazette" in text


async def test_choices_are_offered(server: Server) -> None:
    """Articles by their titles, publishers by their names, as one types."""
    choices = await server.member.autocomplete(server.channel, "ask", "article", "lighthouse 6", question=LAMPS)
    assert choices[0]["value"] == "lighthouse-6"
    choices = await server.member.autocomplete(server.channel, "ask", "publisher", "coa", question=LAMPS)
    assert [choice["value"] for choice in choices] == ["Coast Review"]


@pytest.mark.parametrize(("default", "option", "hidden"), [(False, None, False), (True, None, True), (True, False, False)])
async def test_privacy_is_the_servers_unless_the_member_says_otherwise(
    server: Server, default: bool, option: bool | None, hidden: bool
) -> None:
    """A server's default holds where the command says nothing."""
    server.client.server_settings.change(server.guild.id, private=default)
    options = {} if option is None else {"private": option}
    result = await server.member.slash(server.channel, "ask", question=LAMPS, **options)
    assert result.response is not None and result.response.ephemeral == hidden


async def test_what_was_asked_privately_is_not_kept_in_words(server: Server) -> None:
    """It counts in the statistics, but stands nowhere in the database; a follow-up goes on from it all the same."""
    first = await asked(server, "What did the town of Vetluga count in 2021?", private=True)
    (kept,) = server.client.member_activity.questions(server.guild.id, dt.date(2020, 1, 1))
    assert kept.text == ""
    form = await server.member.click(first, custom_id=id_of(first, "ask"))
    answered = await server.member.submit_modal(form, {"text": "and in 2019?"})
    assert answered.response is not None and "Vetluga count in 2019" in head(answered.response.message)
    with server.client.database.turn(writing=False) as db:
        assert not [
            row for table in ("questions", "answers") for row in db.query(f"SELECT * FROM {table}") if "Vetluga" in str(row)
        ]


async def test_a_servers_own_privacy_keeps_the_owners_list(server: Server) -> None:
    """Where every answer is private by default, nobody chose to be unheard."""
    server.client.server_settings.change(server.guild.id, private=True)
    await asked(server, OFF_SUBJECT_QUESTION)
    (kept,) = server.client.member_activity.questions(server.guild.id, dt.date(2020, 1, 1))
    assert kept.text == OFF_SUBJECT_QUESTION


# --- what a server sets ----------------------------------------------------------------------------------------------


async def test_the_bot_keeps_to_its_channels(server: Server) -> None:
    """Elsewhere /ask says where to ask, and a mention is left alone."""
    office = server.guild.create_text_channel("office")
    await server.env.settle()
    server.client.server_settings.change(server.guild.id, channels=frozenset({office.id}))
    result = await server.member.slash(server.channel, "ask", question=LAMPS)
    assert result.response is not None and result.response.ephemeral and f"<#{office.id}>" in texts(result.response.message)[0]
    assert await server.say(f"{server.mention} {LAMPS}") == []
    await server.member.send(office, f"{server.mention} {LAMPS}")
    assert passages(server.from_bot(office)[0])


async def test_mentions_can_be_turned_off(server: Server) -> None:
    """Then only the command answers."""
    server.client.server_settings.change(server.guild.id, mentions=False)
    assert await server.say(f"{server.mention} {LAMPS}") == []
    assert passages(await asked(server))


@pytest.mark.parametrize(("length", "count"), [("short", 1), ("normal", 3), ("long", 5)])
async def test_the_length_of_answers_is_the_servers(server: Server, length: str, count: int) -> None:
    """So many passages stand on a page; the others are a press away."""
    server.client.server_settings.change(server.guild.id, length=Length(length))
    message = await asked(server)
    assert len(passages(message)) == count and "page 1" in buttons(message)


async def test_the_language_of_a_server_is_the_bots(server: Server) -> None:
    """Its own words only: the quotation stays as it is."""
    server.client.server_settings.change(server.guild.id, language="de")
    message = await asked(server, OFF_SUBJECT_QUESTION)
    assert "Die Artikel" in head(message)
    assert escape(SOLAR_SENTENCE) in passages(await asked(server, SOLAR_QUESTION))[0].replace("**", "")


async def test_too_many_questions_are_refused_with_a_time(server: Server) -> None:
    """The sixth question of a member within a minute waits; other members do not."""
    for _ in range(5):
        await asked(server)
    result = await server.member.slash(server.channel, "ask", question=LAMPS)
    assert result.response is not None and "<t:" in texts(result.response.message)[0] and result.response.ephemeral
    (reply,) = await server.say(f"{server.mention} {LAMPS}")
    assert "<t:" in reply.content
    other = await server.administrator.slash(server.channel, "ask", question=LAMPS)
    assert other.response is not None and passages(other.response.message)


async def test_the_daily_limit_of_a_server_holds(server: Server) -> None:
    """It is the server's own, and counted a member."""
    server.client.server_settings.change(server.guild.id, daily_limit=2)
    for _ in range(2):
        await asked(server)
    result = await server.member.slash(server.channel, "ask", question=LAMPS)
    assert result.response is not None and "<t:" in texts(result.response.message)[0]
    await server.member.send_dm(LAMPS)
    assert passages(server.from_bot(server.member.user.dm_channel)[0])


# --- waiting ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def long_queue(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A queue in which every question is told twice how many are ahead."""
    answered = server.client.queue.answered

    @asynccontextmanager
    async def later(*args: Any, on_wait: OnWait | None = None, **named: Any) -> AsyncIterator[TimedReply]:
        assert on_wait is not None
        await on_wait(2)
        await on_wait(1)
        async with answered(*args, **named) as timed:
            yield timed

    monkeypatch.setattr(server.client.queue, "answered", later)


def shown_in_turn(server: Server) -> list[str]:
    """The first text of everything that was sent in the newer layout, in order."""
    bodies = [entry.json.get("data") or entry.json for entry in server.env.http_requests if isinstance(entry.json, dict)]
    return [body["components"][0]["components"][0]["content"] for body in bodies if body.get("components")]


@pytest.mark.usefixtures("long_queue")
async def test_who_waits_is_told_how_many_are_ahead(server: Server) -> None:
    """In the place where the answer comes, which then takes it."""
    message = await asked(server)
    assert shown_in_turn(server)[:2] == ["2 questions are ahead of yours.", "One question is ahead of yours."]
    assert passages(message) and len(server.from_bot()) == 1


@pytest.mark.usefixtures("long_queue")
async def test_a_mention_that_waits_has_one_message(server: Server) -> None:
    """It is written at the first word on the queue, changed at the next, and becomes the answer, which pings nobody."""
    (reply,) = await server.say(f"{server.mention} {LAMPS}")
    assert shown_in_turn(server)[:2] == ["2 questions are ahead of yours.", "One question is ahead of yours."]
    assert passages(reply) and reply.reference is not None
    assert pings_nobody(server.env)


async def test_a_full_queue_is_told(services: Services, settings: Settings) -> None:
    """In a sentence that says when to come back, to a command and to a mention alike."""
    async with running(services, settings, check_errors=False) as server:
        server.client.queue._most = 0
        result = await server.member.slash(server.channel, "ask", question=LAMPS)
        assert result.response is not None and "in a minute" in texts(result.response.message)[0]
        (reply,) = await server.say(f"{server.mention} {LAMPS}")
        assert "in a minute" in reply.content
