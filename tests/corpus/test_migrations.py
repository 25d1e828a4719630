"""Migrations: numbered steps that bring a database to the latest layout."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from corpus import migrations
from corpus.migrations import LATEST, MIGRATIONS, migrate


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite3.connect(tmp_path / "corpus.db"))
    yield database
    database.conn.close()


def version(db: Database) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def layout(db: Database) -> list[tuple[str, str]]:
    return list(db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall())


def test_an_empty_database_gets_the_latest_layout(db: Database) -> None:
    """All tables that the store reads are there, and the database says which layout it has."""
    migrate(db)
    assert version(db) == LATEST == len(MIGRATIONS)
    assert {"articles", "chunks", "sentences", "chunks_fts", "chunks_vocabulary"} <= set(db.table_names())


def test_migrating_again_changes_nothing(db: Database) -> None:
    """A database in the latest layout stays as it is."""
    migrate(db)
    before = layout(db)
    migrate(db)
    assert layout(db) == before


def test_only_the_steps_that_are_missing_run(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database made by an earlier release gets what was added since, and no step runs twice."""
    migrate(db)
    monkeypatch.setattr(migrations, "MIGRATIONS", [*MIGRATIONS, lambda d: d.execute("CREATE TABLE later (id INTEGER)")])
    migrate(db)
    migrate(db)
    assert version(db) == LATEST + 1
    assert "later" in db.table_names()


def test_a_step_that_fails_leaves_the_layout_before_it(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step is done as a whole or not at all: its rows are gone and the number stays."""
    migrate(db)

    def fails(database: Database) -> None:
        database.execute("INSERT INTO chunks_fts(rowid, text) VALUES (1, 'half done')")
        raise RuntimeError("power cut")

    monkeypatch.setattr(migrations, "MIGRATIONS", [*MIGRATIONS, fails])
    with pytest.raises(RuntimeError, match="power cut"):
        migrate(db)
    assert version(db) == LATEST
    assert db.execute("SELECT count(*) FROM chunks_fts WHERE chunks_fts MATCH 'half'").fetchone()[0] == 0


def test_the_second_step_indexes_what_the_first_has_stored(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database of the first layout keeps its chunks, and each is then found by words, in any script."""
    monkeypatch.setattr(migrations, "MIGRATIONS", MIGRATIONS[:1])
    migrate(db)
    db.execute(
        "INSERT INTO articles (id, language, kind, text, digest, source_digest) VALUES ('a', 'zh', 'brief', 't', 'd', 's')"
    )
    for text in ("Cafés opening", "云梧镇的AI企业"):
        db.execute("INSERT INTO chunks (article_id, start, \"end\", text) VALUES ('a', 0, 5, ?)", (text,))
    monkeypatch.setattr(migrations, "MIGRATIONS", MIGRATIONS)
    migrate(db)
    for word, chunk in (("cafe", 1), ("opened", 1), ("Café", 1), ("云梧", 2), ("企业", 2), ("ai", 2)):
        assert db.execute("SELECT rowid FROM chunks_fts WHERE chunks_fts MATCH ?", (f'"{word}"',)).fetchall() == [(chunk,)]
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0] == 0
