"""`bot.bot_database` and `bot.pseudonyms`: the bot's own files, for many threads, and what they give away."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.bot_database import FILE_NAME, BotDatabase, BotDatabaseError
from bot.pseudonyms import FILE_NAME as KEY_FILE
from bot.pseudonyms import PseudonymKeyError, Pseudonyms


def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    """A second opening finds the row, and adds no layout step again."""
    first = BotDatabase(tmp_path / "new" / "data")
    with first.turn() as db:
        db.table("server_settings").insert({"server_id": 1, "settings": "{}", "changed_at": "2026-03-05"})
    first.close()
    second = BotDatabase(tmp_path / "new" / "data")
    with second.turn() as db:
        assert db.table("server_settings").count == 1
    second.close()


def test_threads_take_turns(tmp_path: Path) -> None:
    """Eight threads add 200 rows; none is lost and none fails."""
    database = BotDatabase(tmp_path)

    def add(number: int) -> None:
        with database.turn() as db:
            db.table("server_settings").insert({"server_id": number, "settings": "{}", "changed_at": "x"})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(200)))
    with database.turn() as db:
        assert db.table("server_settings").count == 200
    database.close()


def test_a_piece_of_work_is_done_whole_or_not_at_all(tmp_path: Path) -> None:
    """Where the second of two writes fails, the first is undone, and the database goes on working."""
    database = BotDatabase(tmp_path)
    row = {"server_id": 1, "settings": "{}", "changed_at": "x"}
    with pytest.raises(BotDatabaseError, match="UNIQUE"), database.turn() as db:
        db.table("server_settings").insert(row)
        db.table("server_settings").insert(row)
    with database.turn() as db:
        assert db.table("server_settings").count == 0
    database.close()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """The operator is told which file, and what to do; the file is left as it is."""
    (tmp_path / FILE_NAME).write_text("a letter to the editor " * 100)
    with pytest.raises(BotDatabaseError, match=r"bot\.db cannot be opened .* move the file away"):
        BotDatabase(tmp_path)
    assert (tmp_path / FILE_NAME).read_text().startswith("a letter")


def test_a_pseudonym_is_the_same_each_time_and_differs_by_key(tmp_path: Path) -> None:
    """One key gives one name for a user, also after a restart; another key another one; no name holds the number."""
    name = Pseudonyms(tmp_path / "a").of(123456789012345678)
    assert name == Pseudonyms(tmp_path / "a").of(123456789012345678) and len(name) == 32
    assert name != Pseudonyms(tmp_path / "a").of(123456789012345679)
    assert name != Pseudonyms(tmp_path / "b").of(123456789012345678)


@pytest.mark.skipif(os.name == "nt", reason="file permissions of this kind are POSIX's")
def test_the_key_is_the_operators_alone(tmp_path: Path) -> None:
    """Nobody else on the machine can read it."""
    Pseudonyms(tmp_path)
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "not hexadecimal", "abcd"])
def test_a_damaged_key_is_not_replaced(tmp_path: Path, content: str) -> None:
    """A new key would make members' own questions undeletable: the operator is told instead."""
    (tmp_path / KEY_FILE).write_text(content)
    with pytest.raises(PseudonymKeyError, match=r"pseudonym\.key .*backup"):
        Pseudonyms(tmp_path)
    assert (tmp_path / KEY_FILE).read_text() == content


def test_a_write_waits_for_another_process(tmp_path: Path) -> None:
    """Such as a backup, which holds the file for a moment; who only reads does not wait, however long it takes."""
    database = BotDatabase(tmp_path)
    other = sqlite3.connect(database.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    with database.turn(writing=False) as db:
        assert db.table("questions").count == 0
    with pytest.raises(BotDatabaseError, match="locked"), database.turn():
        pass
    database._db.execute("PRAGMA busy_timeout = 60000")
    release = threading.Timer(0.1, other.execute, ["COMMIT"])
    release.start()
    with database.turn() as db:
        db.execute("DELETE FROM questions")
    release.join()
    database.close()
    other.close()


def test_reading_goes_on_while_somebody_writes(tmp_path: Path) -> None:
    """Inside a write that is not done yet, the last finished state is read at once, and can be read only."""
    database = BotDatabase(tmp_path)
    row = {"server_id": 1, "settings": "{}", "changed_at": "x"}
    with database.turn() as db:
        db.table("server_settings").insert(row)
        with database.turn(writing=False) as seen:
            assert seen.table("server_settings").count == 0
    with database.turn(writing=False) as seen:
        assert seen.table("server_settings").count == 1
    with pytest.raises(BotDatabaseError, match="readonly"), database.turn(writing=False) as seen:
        seen.table("server_settings").delete(1)
    database.close()
