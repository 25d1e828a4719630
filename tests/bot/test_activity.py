"""`bot.activity`: what is kept of questions, for how long, and that deleted means deleted."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.activity import Activity, Kind, Outcome
from bot.answer_records import AnswerRecords, ShownAnswer
from bot.bot_database import BotDatabase, BotDatabaseError
from bot.pseudonyms import Pseudonyms
from embeddings.conversation.follow_ups import Turn
from tests.bot.sample_activity import ANN, BEN, HARBOUR, LIBRARY, NOON, Clock, note

SINCE = NOON.date() - dt.timedelta(days=30)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[BotDatabase]:
    opened = BotDatabase(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def activity(database: BotDatabase, tmp_path: Path, clock: Clock) -> Activity:
    return Activity(database, Pseudonyms(tmp_path), 30, clock)


def rows(database: BotDatabase, table: str) -> list[dict[str, Any]]:
    """What a table holds."""
    with database.turn() as db:
        return list(db.table(table).rows)


def record_answer(database: BotDatabase, identifier: str, member: str, question_id: int | None = None) -> None:
    """A row that the buttons of an answer would need."""
    row = {"id": identifier, "member": member, "question_id": question_id, "shown": "{}", "expires_at": "2027"}
    with database.turn() as db:
        db.table("answers").insert(row)


# --- questions -------------------------------------------------------------------------------------------------------


def test_a_question_comes_back_without_its_member(activity: Activity) -> None:
    """Everything that was noted is there, except who asked."""
    note(activity, kind=Kind.CLAIM, text="Boats are blue. 🙂", language="de", outcome=Outcome.CAUTIOUS, articles=("b", "a"))
    (kept,) = activity.questions(HARBOUR, SINCE)
    assert (kept.asked_at, kept.kind, kept.text, kept.language) == (NOON, Kind.CLAIM, "Boats are blue. 🙂", "de")
    assert (kept.outcome, kept.took_ms, kept.articles) == (Outcome.CAUTIOUS, 120.0, ("b", "a"))
    assert (kept.helpful, kept.unhelpful, kept.reasons) == (0, 0, ())
    assert not {"member", "user_id"} & set(dir(kept))


def test_no_members_number_is_in_the_database(activity: Activity, database: BotDatabase) -> None:
    """What is kept of a member is the pseudonym; Discord's own number is nowhere in the file."""
    number = 987_654_321_012_345_678
    question = note(activity, user_id=number)
    assert question is not None
    activity.feedback(question, number, True, None)
    for table in ("questions", "feedback"):
        assert number not in rows(database, table)[0].values()
        assert str(number) not in str(rows(database, table))


def test_questions_are_those_of_one_server_from_one_day_on(activity: Activity, clock: Clock) -> None:
    """Neither another server's, nor direct messages, nor older ones; oldest first."""
    note(activity, text="second")
    note(activity, text="elsewhere", server_id=LIBRARY)
    note(activity, text="direct", server_id=None, kind=Kind.DIRECT)
    clock.now = dt.datetime(2026, 5, 10, tzinfo=dt.UTC)
    note(activity, text="first")
    clock.now -= dt.timedelta(milliseconds=1)
    note(activity, text="too old")
    assert [kept.text for kept in activity.questions(HARBOUR, dt.date(2026, 5, 10))] == ["first", "second"]
    assert activity.questions(999, SINCE) == []


def test_nothing_is_written_where_nothing_is_to_be_kept(database: BotDatabase, tmp_path: Path) -> None:
    """With 0 days there is no question, not even for a moment."""
    activity = Activity(database, Pseudonyms(tmp_path), 0, Clock())
    assert note(activity) is None
    assert rows(database, "questions") == []
    assert activity.asked_today(HARBOUR, ANN) == activity.kept(ANN) == 0


@pytest.mark.parametrize("text", ["", "a\0b", "'; DROP TABLE questions; --", "x" * 20_000, "漢字 🙂\n"])
def test_any_text_is_kept_as_it_is(activity: Activity, text: str) -> None:
    """Whatever a member writes comes back letter for letter."""
    note(activity, text=text)
    assert [kept.text for kept in activity.questions(HARBOUR, SINCE)] == [text]


def test_half_a_letter_does_not_stop_the_note(activity: Activity) -> None:
    """JSON can carry half of a pair of surrogates, which no file of text can; the rest is kept."""
    assert note(activity, text="a\ud83dz") is not None
    assert [kept.text for kept in activity.questions(HARBOUR, SINCE)] == ["a?z"]


def test_a_refusal_of_the_database_has_a_name(activity: Activity, database: BotDatabase) -> None:
    """So that whoever answers can go on without the note."""
    with database.turn() as db:
        db.execute("PRAGMA query_only = ON")  # as on a full disk
    with pytest.raises(BotDatabaseError):
        note(activity)


def test_many_threads_note_at_once(activity: Activity) -> None:
    """No question is lost, none is noted twice."""

    def ask(member: int) -> None:
        for _ in range(20):
            note(activity, user_id=member)

    threads = [threading.Thread(target=ask, args=(member,)) for member in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(activity.questions(HARBOUR, SINCE)) == 160
    assert [activity.kept(member) for member in range(8)] == [20] * 8


# --- the questions of a day ------------------------------------------------------------------------------------------


def test_the_questions_of_a_day_are_counted_by_member_and_server(activity: Activity, clock: Clock) -> None:
    """Those since midnight UTC, in this server, of this member, whatever came of them."""
    clock.now = dt.datetime(2026, 5, 19, 23, 59, 59, 999_000, tzinfo=dt.UTC)
    note(activity)
    clock.now = dt.datetime(2026, 5, 20, tzinfo=dt.UTC)
    note(activity)
    note(activity, outcome=Outcome.DECLINED)
    note(activity, user_id=BEN)
    note(activity, server_id=LIBRARY)
    note(activity, server_id=None)
    counts = {(server, member): activity.asked_today(server, member) for server in (HARBOUR, None) for member in (ANN, BEN)}
    assert counts == {(HARBOUR, ANN): 2, (HARBOUR, BEN): 1, (None, ANN): 1, (None, BEN): 0}


def test_counts_survive_a_restart(activity: Activity, database: BotDatabase, tmp_path: Path) -> None:
    """Another process with the same key finds the same member's questions."""
    note(activity)
    again = Activity(database, Pseudonyms(tmp_path), 30, Clock())
    assert again.asked_today(HARBOUR, ANN) == again.kept(ANN) == 1


# --- feedback --------------------------------------------------------------------------------------------------------


def test_a_second_press_changes_the_first(activity: Activity) -> None:
    """A member has one judgement of an answer, with its last reason; other members have theirs."""
    question = note(activity)
    assert question is not None
    assert activity.feedback(question, ANN, False, "The wrong harbour.")
    assert activity.feedback(question, BEN, False, "No date.")
    (kept,) = activity.questions(HARBOUR, SINCE)
    assert (kept.helpful, kept.unhelpful, set(kept.reasons)) == (0, 2, {"The wrong harbour.", "No date."})
    assert activity.feedback(question, ANN, True, None)
    (kept,) = activity.questions(HARBOUR, SINCE)
    assert (kept.helpful, kept.unhelpful, kept.reasons) == (1, 1, ("No date.",))


def test_feedback_on_a_question_that_is_gone_is_refused(activity: Activity, database: BotDatabase) -> None:
    """Nothing is written, and the caller can say so."""
    question = note(activity)
    assert question is not None
    activity.forget(ANN)
    assert not activity.feedback(question, BEN, True, None)
    assert not activity.feedback(12345, BEN, True, None)
    assert rows(database, "feedback") == []


def test_the_number_of_a_deleted_question_is_not_given_again(activity: Activity) -> None:
    """Old buttons must never judge somebody else's question."""
    numbers = set()
    for _ in range(20):
        numbers.add(note(activity))
        activity.forget(ANN)
    assert len(numbers) == 20 and None not in numbers


# --- deleting --------------------------------------------------------------------------------------------------------


def test_a_member_is_forgotten_everywhere(activity: Activity, database: BotDatabase, tmp_path: Path) -> None:
    """Questions of all servers, all feedback on them, the member's own feedback, and records of answers; nobody else's."""
    pseudonyms = Pseudonyms(tmp_path)
    first, _, _ = note(activity), note(activity, server_id=LIBRARY), note(activity, server_id=None)
    other = note(activity, user_id=BEN, text="Ben's")
    assert first is not None and other is not None
    for member in (ANN, BEN):
        activity.feedback(first, member, True, None)
        activity.feedback(other, member, False, None)
    record_answer(database, "ann", pseudonyms.of(ANN))
    record_answer(database, "of-ann's", "somebody", first)
    record_answer(database, "ben", pseudonyms.of(BEN), other)
    assert activity.kept(ANN) == 3
    assert activity.forget(ANN) == 3
    assert activity.forget(ANN) == activity.kept(ANN) == 0
    assert [row["text"] for row in rows(database, "questions")] == ["Ben's"]
    assert [(row["question_id"], row["member"]) for row in rows(database, "feedback")] == [(other, pseudonyms.of(BEN))]
    assert [row["id"] for row in rows(database, "answers")] == ["ben"]


def bytes_on_disk(database: BotDatabase) -> bytes:
    """Everything that the database's files hold, the log of recent writes among them."""
    return b"".join(file.read_bytes() for file in sorted(database.path.parent.glob(f"{database.path.name}*")))


@pytest.mark.parametrize("way", ["forget", "purge"])
def test_what_was_deleted_is_nowhere_on_disk(activity: Activity, database: BotDatabase, clock: Clock, way: str) -> None:
    """Not in free pages, and not in the log of recent writes."""
    secret = "Where is Quillfeather hidden? " * 200
    note(activity, text=secret, user_id=BEN)
    assert b"Quillfeather" in bytes_on_disk(database)
    clock.now += dt.timedelta(days=31)
    assert (activity.forget(BEN) if way == "forget" else activity.purge()) == 1
    assert b"Quillfeather" not in bytes_on_disk(database)


def test_questions_go_when_their_days_are_over(activity: Activity, database: BotDatabase, clock: Clock) -> None:
    """To the moment, with their feedback; younger ones stay."""
    old = note(activity, text="old")
    clock.now += dt.timedelta(seconds=1)
    young = note(activity, text="young")
    assert old is not None and young is not None
    activity.feedback(old, ANN, True, None)
    activity.feedback(young, ANN, True, None)
    clock.now = NOON + dt.timedelta(days=30)
    assert activity.purge() == 0
    clock.now += dt.timedelta(milliseconds=1)
    assert activity.purge() == 1
    assert [row["text"] for row in rows(database, "questions")] == ["young"]
    assert [row["question_id"] for row in rows(database, "feedback")] == [young]


def test_a_bot_told_to_keep_nothing_deletes_what_it_kept_before(
    activity: Activity, database: BotDatabase, tmp_path: Path, clock: Clock
) -> None:
    """Also the question of this very moment."""
    note(activity)
    assert Activity(database, Pseudonyms(tmp_path), 0, clock).purge() == 1
    assert rows(database, "questions") == []


def test_a_log_that_cannot_be_emptied_does_not_undo_the_deletion(
    activity: Activity, database: BotDatabase, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The rows are gone; the operator's log says what is left, without a word of theirs."""
    note(activity, text="Quillfeather")
    monkeypatch.setattr(database, "path", database.path.parent / "missing" / "bot.db")
    assert activity.forget(ANN) == 1
    assert rows(database, "questions") == []
    assert "write-ahead log" in caplog.text and "Quillfeather" not in caplog.text


@pytest.mark.parametrize("kept_days", [0, 1])
def test_the_buttons_of_an_answer_keep_no_words_of_a_question_that_is_gone(
    database: BotDatabase, tmp_path: Path, clock: Clock, kept_days: int
) -> None:
    """Also where questions were to be kept for longer when it was written; the buttons go on working."""
    before = Activity(database, Pseudonyms(tmp_path), 30, clock)
    old, new = (note(before, text=text) for text in ("Which zebra is old?", "Which zebra is new?"))
    records = AnswerRecords(database, 30, clock)
    with database.turn() as db:
        db.execute("UPDATE questions SET asked_at = ? WHERE id = ?", ((clock() - dt.timedelta(days=2)).isoformat(), old))
    shown = ShownAnswer("m", "en", False, False, (), 1, 3, 900, "Which zebra is it?", Turn("Which zebra?"), server_id=1)
    first, second = (records.add(replace(shown, question_id=number)) for number in (old, new))
    Activity(database, Pseudonyms(tmp_path), kept_days, clock).purge()
    kept = [records.get(identifier) for identifier in (first, second)]
    assert [one.question if one else "lost" for one in kept] == [None, None if not kept_days else "Which zebra is it?"]
    assert kept[0] and kept[0].turn is None and kept[0].question_id is None and kept[0].room == 900
    assert kept_days or b"zebra" not in bytes_on_disk(database)
