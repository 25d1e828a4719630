"""The bot's own database, `data/bot.db`: the file, its layout, and two connections that threads share in turn.

Holds no article: those are in the generations. What a table means is said where it is read and written: `bot.activity`
(questions, feedback), `bot.server_settings` (server_settings), `bot.answer_records` (answers).
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from corpus.errors import CorpusbotError

FILE_NAME = "bot.db"
OPENING_SECONDS = 5.0  # how long the start waits for another process
BUSY_SECONDS = 0.25  # how long a write waits for another process; an answer is not held up for a note about it

layout = Migrations("corpusbot")  # append only: a step that has shipped never changes


class BotDatabaseError(CorpusbotError):
    """The bot's own database cannot be opened, read or written."""


@layout(name="001_questions")
def _questions(db: Database) -> None:
    """What was asked and how it went; `member` is a pseudonym (`bot.pseudonyms`), `asked_at` UTC, `articles` a JSON list."""
    db.table("questions").create(
        {
            "id": int,
            "asked_at": str,
            "server_id": int,
            "member": str,
            "kind": str,
            "text": str,
            "language": str,
            "outcome": str,
            "took_ms": float,
            "articles": str,
        },
        pk="id",
        not_null={"asked_at", "member", "kind", "text", "language", "outcome", "took_ms", "articles"},
    )
    db.table("questions").create_index(["server_id", "asked_at"])
    db.table("questions").create_index(["member"])
    db.table("feedback").create(
        {"question_id": int, "member": str, "helpful": int, "reason": str, "given_at": str},
        pk=("question_id", "member"),
        foreign_keys=[("question_id", "questions", "id")],
        not_null={"helpful", "given_at"},
    )


@layout(name="002_server_settings")
def _server_settings(db: Database) -> None:
    """One row a server; `settings` is JSON."""
    db.table("server_settings").create(
        {"server_id": int, "settings": str, "changed_at": str}, pk="server_id", not_null={"settings", "changed_at"}
    )


@layout(name="003_answers")
def _answers(db: Database) -> None:
    """What an answer showed, so that its buttons outlive the process; `shown` is JSON, `member` a pseudonym."""
    db.table("answers").create(
        {
            "id": str,
            "channel_id": int,
            "message_id": int,
            "member": str,
            "question_id": int,
            "shown": str,
            "expires_at": str,
        },
        pk="id",
        not_null={"member", "shown", "expires_at"},
    )
    db.table("answers").create_index(["expires_at"])
    db.table("answers").create_index(["member"])


@layout(name="004_private_words")
def _private_words(db: Database) -> None:
    """Of what was asked privately, the version before kept the words under the buttons of its answer."""
    emptied = "json_set(shown, '$.question', NULL, '$.turn', NULL)"
    db.execute(f"UPDATE answers SET shown = {emptied} WHERE json_valid(shown) AND json_extract(shown, '$.private')")


class BotDatabase:
    """One connection to write and one to read, each for any number of threads, one at a time. Close it when the bot stops.

    Who reads waits for no write, of ours or of another process: what a press needs is read before it is acknowledged, for which
    Discord gives three seconds.
    """

    def __init__(self, folder: Path) -> None:
        """Open `bot.db` in a folder, made if missing, and bring it to the latest layout.

        Raises:
            BotDatabaseError: the file cannot be opened, or is no database.
        """
        self.path = folder / FILE_NAME
        self._writers, self._readers = threading.Lock(), threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = self._connected()
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA secure_delete = ON")  # what a member has deleted must not stay in free pages
            self._db.enable_wal()
            layout.apply(self._db)
            self._db.execute(f"PRAGMA busy_timeout = {round(1000 * BUSY_SECONDS)}")
            self._read_only = self._connected()
            self._read_only.execute("PRAGMA query_only = ON")
        except (OSError, sqlite3.Error) as error:
            cure = "Check the folder's permissions, or move the file away to begin a new one."
            raise BotDatabaseError(f"{self.path} cannot be opened as the bot's database ({error}). {cure}") from error

    def _connected(self) -> Database:
        return Database(sqlite3.connect(self.path, timeout=OPENING_SECONDS, check_same_thread=False))

    @contextmanager
    def turn(self, writing: bool = True) -> Iterator[Database]:
        """The database for one piece of work, which is done whole or not at all; other threads with such work wait.

        Args:
            writing: whether anything may be written; who only reads sees what was written last, and does not wait for more.
        Raises:
            BotDatabaseError: SQLite refuses the work.
        """
        lock, db = (self._writers, self._db) if writing else (self._readers, self._read_only)
        with lock:
            try:
                # SQLite waits for another process only where a transaction begins, not where it turns from reading to writing.
                db.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
                yield db
                db.execute("COMMIT")
            except sqlite3.Error as error:
                raise BotDatabaseError(f"{self.path}: {error}") from error
            finally:
                db.rollback()  # nothing where all is done

    @contextmanager
    def apart(self) -> Iterator[Database]:
        """The database for long reading, on a connection of its own: no press waits for it.

        Raises:
            BotDatabaseError: SQLite refuses the work.
        """
        try:
            with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS)) as connection:
                connection.execute("PRAGMA query_only = ON")
                connection.execute("BEGIN")
                yield Database(connection)
        except sqlite3.Error as error:
            raise BotDatabaseError(f"{self.path}: {error}") from error

    def close(self) -> None:
        """Let go of the file; what was written stays."""
        for lock, db in ((self._readers, self._read_only), (self._writers, self._db)):
            with lock:
                db.close()
