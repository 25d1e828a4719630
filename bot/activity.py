"""What members asked and how it went, under pseudonyms, for a set number of days; also whether an answer helped.

Counts nothing for readers (`bot.activity_statistics`), and never gives a member or a pseudonym out again. Calls block for
under a millisecond: from the event loop they go through a thread.
"""

import datetime as dt
import json
import logging
import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.bot_database import BUSY_SECONDS, BotDatabase
from bot.pseudonyms import Pseudonyms

WITHOUT_WORDS = "json_set(shown, '$.question', NULL, '$.turn', NULL, '$.filters', NULL, '$.question_id', NULL)"
WORDS_TOO_OLD = "question_id IS NOT NULL AND question_id NOT IN (SELECT id FROM questions) AND json_valid(shown)"
ID_BITS = 53  # of a question's number, which every program that reads JSON holds exactly
log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """How a question went."""

    ANSWERED = "answered"
    CAUTIOUS = "cautious"
    DECLINED = "declined"
    FAILED = "failed"


class Kind(StrEnum):
    """How a question was put; a claim and a quotation are texts that a member had checked."""

    ASK = "ask"
    MENTION = "mention"
    DIRECT = "direct"
    FOLLOW_UP = "follow_up"
    CLAIM = "claim"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question as it is kept, without its member.

    `asked_at` is UTC, `articles` the ids of those that were quoted; `helpful` and `unhelpful` count members, `reasons` are what
    they wrote with it, oldest first.
    """

    asked_at: dt.datetime
    kind: Kind
    text: str
    language: str
    outcome: Outcome
    took_ms: float
    articles: tuple[str, ...] = ()
    helpful: int = 0
    unhelpful: int = 0
    reasons: tuple[str, ...] = ()


class Activity:
    """Writes, counts and deletes questions and feedback."""

    def __init__(
        self,
        database: BotDatabase,
        pseudonyms: Pseudonyms,
        kept_days: int,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        """Write into the bot's database.

        Args:
            kept_days: how long a question is kept; with 0 none is ever written.
            now: UTC.
        """
        self._database, self._pseudonyms, self._now = database, pseudonyms, now
        self.kept_days = kept_days

    # --- writing ---------------------------------------------------------------------------------------------------

    def note(
        self,
        *,
        server_id: int | None,
        user_id: int,
        kind: Kind,
        text: str,
        language: str,
        outcome: Outcome,
        took_ms: float,
        articles: Sequence[str],
    ) -> int | None:
        """Keep a question that has been dealt with.

        Args:
            server_id: `None` in a direct message, which no server's statistics show.
            language: ISO 639-1.
            articles: ids of those that were quoted.
        Returns:
            The question's number, for feedback on it; `None` when questions are not kept.
        Raises:
            BotDatabaseError: it cannot be written; the answer itself is none the worse for it.
        """
        if not self.kept_days:
            return None
        row: dict[str, Any] = {"server_id": server_id, "member": self._pseudonyms.of(user_id), "language": language}
        # SQLite would give the number of a deleted question to the next one, and old buttons would judge the wrong one.
        number = secrets.randbits(ID_BITS)
        row |= {"id": number, "asked_at": _stamp(self._now()), "kind": kind.value, "text": _storable(text)}
        row |= {"outcome": outcome.value, "took_ms": took_ms, "articles": json.dumps(list(articles))}
        with self._database.turn() as db:
            db.table("questions").insert(row)
        return number

    def feedback(self, question_id: int, user_id: int, helpful: bool, reason: str | None) -> bool:
        """Keep whether an answer helped a member; a second judgement replaces the first.

        Returns:
            False when the question is no longer kept, so that nothing was written.
        """
        row = {"question_id": question_id, "member": self._pseudonyms.of(user_id), "given_at": _stamp(self._now())}
        judged = {"helpful": int(helpful), "reason": _storable(reason) if reason else None}
        with self._database.turn() as db:
            if not _number(db, "SELECT COUNT(*) FROM questions WHERE id = ?", (question_id,)):
                return False
            db.table("feedback").upsert(row | judged, pk=("question_id", "member"))
        return True

    # --- deleting --------------------------------------------------------------------------------------------------

    def forget(self, user_id: int) -> int:
        """Delete what is kept of a member: questions, all feedback on them, the member's feedback, records of answers.

        Returns:
            How many questions there were.
        """
        member = self._pseudonyms.of(user_id)
        theirs = "member = :member OR question_id IN (SELECT id FROM questions WHERE member = :member)"
        with self._database.turn() as db:
            for table in ("feedback", "answers"):
                db.execute(f"DELETE FROM {table} WHERE {theirs}", {"member": member})
            count = db.execute("DELETE FROM questions WHERE member = ?", (member,)).rowcount
        _empty_write_ahead_log(self._database.path)
        return count

    def purge(self) -> int:
        """Delete the questions that have been kept long enough, with their feedback; all where none are to be kept.

        Returns:
            How many questions there were.
        """
        now = self._now()
        until = _stamp(now - dt.timedelta(days=self.kept_days) if self.kept_days else now + dt.timedelta(days=1))
        with self._database.turn() as db:
            db.execute("DELETE FROM feedback WHERE question_id IN (SELECT id FROM questions WHERE asked_at < ?)", (until,))
            count = db.execute("DELETE FROM questions WHERE asked_at < ?", (until,)).rowcount
            # The buttons under an answer may work for longer than its question is kept; they need none of its words.
            emptied = db.execute(f"UPDATE answers SET question_id = NULL, shown = {WITHOUT_WORDS} WHERE {WORDS_TOO_OLD}").rowcount
        if count or emptied:
            _empty_write_ahead_log(self._database.path)
        return count

    # --- reading ---------------------------------------------------------------------------------------------------

    def kept(self, user_id: int) -> int:
        """How many questions of a member are kept, of all servers and direct messages."""
        with self._database.turn(writing=False) as db:
            return _number(db, "SELECT COUNT(*) FROM questions WHERE member = ?", (self._pseudonyms.of(user_id),))

    def asked_today(self, server_id: int | None, user_id: int) -> int:
        """How many questions of a member in a server are kept since midnight UTC, whatever came of them."""
        values = (self._pseudonyms.of(user_id), server_id, self._now().date().isoformat())
        query = "SELECT COUNT(*) FROM questions WHERE member = ? AND server_id IS ? AND asked_at >= ?"
        with self._database.turn(writing=False) as db:
            return _number(db, query, values)

    def questions(self, server_id: int, since: dt.date) -> list[KeptQuestion]:
        """A server's questions from a day on (UTC), oldest first; none when nothing was asked or kept."""
        of_server = "WHERE questions.server_id = ? AND questions.asked_at >= ?"
        asked = f"SELECT * FROM questions {of_server} ORDER BY asked_at, id"
        judged = f"SELECT feedback.* FROM feedback JOIN questions ON questions.id = question_id {of_server} ORDER BY given_at"
        values = (server_id, since.isoformat())
        with self._database.apart() as db:
            rows, feedback = list(db.query(asked, values)), list(db.query(judged, values))
        by_question: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in feedback:
            by_question[row["question_id"]].append(row)
        return [_kept_question(row, by_question.get(row["id"], [])) for row in rows]


def _kept_question(row: Mapping[str, Any], feedback: Sequence[Mapping[str, Any]]) -> KeptQuestion:
    helpful = sum(one["helpful"] for one in feedback)
    return KeptQuestion(
        asked_at=dt.datetime.fromisoformat(row["asked_at"]),
        kind=Kind(row["kind"]),
        text=row["text"],
        language=row["language"],
        outcome=Outcome(row["outcome"]),
        took_ms=row["took_ms"],
        articles=tuple(json.loads(row["articles"])),
        helpful=helpful,
        unhelpful=len(feedback) - helpful,
        reasons=tuple(one["reason"] for one in feedback if one["reason"]),
    )


def _number(db: Database, query: str, values: tuple[object, ...]) -> int:
    return int(db.execute(query, values).fetchone()[0])


def _stamp(moment: dt.datetime) -> str:
    """A time as the database holds it: of one length, so that its letters sort as time does."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds")


def _storable(text: str) -> str:
    """Half of a pair of surrogates, which JSON lets through, is no text that SQLite takes."""
    return text.encode("utf-8", "replace").decode()


def _empty_write_ahead_log(path: Path) -> None:
    """Overwrite what was deleted also in SQLite's log of recent writes, where it would stay for a while."""
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        # It is deleted all the same; SQLite empties its log later.
        log.warning("the write-ahead log could not be emptied: %s", type(error).__name__)
