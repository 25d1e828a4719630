"""`bot.server_settings`: what a server has set, kept in a real SQLite file."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.bot_database import BotDatabase
from bot.server_settings import (
    DEFAULTS,
    FORM,
    MOST_CHANNELS,
    Length,
    ServerSettings,
    ServerSettingsError,
    ServerSettingsStore,
    may_answer_in,
)
from bot.wording import ENGLISH, LANGUAGES

SERVER, OTHER = 2**62 + 1, 7
CHANGED = ServerSettings(frozenset({2**62, 3}), False, True, "zh", Length.LONG, 20, 2**61)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[BotDatabase]:
    """An empty database."""
    made = BotDatabase(tmp_path)
    yield made
    made.close()


@pytest.fixture
def store(database: BotDatabase) -> ServerSettingsStore:
    """Settings of servers that have set nothing."""
    return ServerSettingsStore(database)


def rows(database: BotDatabase) -> list[dict[str, Any]]:
    """What is in the table."""
    with database.turn() as db:
        return list(db.table("server_settings").rows)


def put(database: BotDatabase, text: str) -> None:
    """Write a row by hand."""
    with database.turn() as db:
        db.table("server_settings").upsert({"server_id": SERVER, "settings": text, "changed_at": "2026-03-05"}, pk="server_id")


def all_changes() -> dict[str, Any]:
    """Every field of `CHANGED`."""
    return {name: getattr(CHANGED, name) for name in ServerSettings.__slots__}


def test_who_has_set_nothing_has_the_usual_settings(store: ServerSettingsStore, database: BotDatabase) -> None:
    """Answers everywhere, to all, in each member's language; nothing is written for that. So it is in direct messages."""
    assert store.of(SERVER) == store.of(None) == ServerSettings() == DEFAULTS
    assert ServerSettings(frozenset(), True, False, None, Length.NORMAL, None, None) == DEFAULTS
    assert rows(database) == []


def test_a_change_leaves_the_rest(store: ServerSettingsStore) -> None:
    """One setting at a time or several; other servers are not concerned."""
    assert store.change(SERVER, daily_limit=20) == ServerSettings(daily_limit=20)
    assert store.change(SERVER, language="de", private=True) == ServerSettings(daily_limit=20, language="de", private=True)
    assert store.of(SERVER) == ServerSettings(daily_limit=20, language="de", private=True)
    assert store.of(OTHER) == DEFAULTS


def test_settings_survive_a_restart(store: ServerSettingsStore, database: BotDatabase, tmp_path: Path) -> None:
    """Every one of them, as it was."""
    assert store.change(SERVER, **all_changes()) == CHANGED
    database.close()
    again = BotDatabase(tmp_path)
    assert ServerSettingsStore(again).of(SERVER) == CHANGED
    again.close()


def test_a_reset_leaves_nothing(store: ServerSettingsStore, database: BotDatabase) -> None:
    """The row is deleted, and only this server's."""
    store.change(SERVER, **all_changes())
    store.change(OTHER, private=True)
    assert store.reset(SERVER) == store.of(SERVER) == DEFAULTS
    assert [row["server_id"] for row in rows(database)] == [OTHER]
    assert store.reset(SERVER) == DEFAULTS


@pytest.mark.parametrize(
    "changes",
    [
        {"daily_limit": 0},
        {"daily_limit": 1001},
        {"daily_limit": "many"},
        {"language": "fr"},
        {"language": ""},
        {"length": "endless"},
        {"mentions": "perhaps"},
        {"channels": frozenset(range(MOST_CHANNELS + 1))},
        {"feedback_channel": "press"},
    ],
)
def test_what_a_setting_cannot_be_changes_nothing(
    store: ServerSettingsStore, database: BotDatabase, changes: dict[str, Any]
) -> None:
    """Nor do the good changes beside it; the error names the setting."""
    with pytest.raises(ServerSettingsError, match=next(iter(changes))):
        store.change(SERVER, private=True, **changes)
    assert store.of(SERVER) == DEFAULTS and rows(database) == []


def test_a_misspelt_setting_is_an_error(store: ServerSettingsStore, database: BotDatabase) -> None:
    """It is not left out in silence."""
    with pytest.raises(TypeError, match="privat"):
        store.change(SERVER, privat=True)
    assert rows(database) == []


@pytest.mark.parametrize("language", [ENGLISH, *LANGUAGES])
def test_every_language_of_the_bot_can_be_set(store: ServerSettingsStore, language: str) -> None:
    """And taken away again."""
    assert store.change(SERVER, language=language).language == language
    assert store.change(SERVER, language=None).language is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '"private"', '{"private": {}}', '{"language": "tlh"}', '{"daily_limit": 0}', '{"channels": 5}']
)
def test_a_row_that_cannot_be_read_is_kept(
    store: ServerSettingsStore, database: BotDatabase, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    """The bot goes on with the usual settings and says so once in the log, without what the row holds."""
    put(database, text)
    with caplog.at_level(logging.INFO):
        assert store.of(SERVER) == store.of(SERVER) == DEFAULTS
    (record,) = caplog.records
    assert record.getMessage() == f"the settings of server {SERVER} cannot be read; it has the usual ones"
    assert [row["settings"] for row in rows(database)] == [text]
    assert store.change(SERVER, private=True) == ServerSettings(private=True)
    assert ServerSettingsStore(database).of(SERVER) == ServerSettings(private=True)


def test_a_later_versions_setting_is_passed_over(store: ServerSettingsStore, database: BotDatabase) -> None:
    """Going back to an older version keeps what that one knows; settings that are missing are the usual ones."""
    put(database, json.dumps({"private": True, "colour": "green"}))
    assert store.of(SERVER) == ServerSettings(private=True)


def test_settings_are_read_once(store: ServerSettingsStore, database: BotDatabase) -> None:
    """A question costs no reading of the disk: what another program writes is seen after a restart."""
    assert store.of(SERVER) == DEFAULTS
    put(database, '{"private": true}')
    assert store.of(SERVER) == DEFAULTS
    assert ServerSettingsStore(database).of(SERVER).private


def test_two_who_change_at_once_lose_nothing(database: BotDatabase) -> None:
    """Each change is of one setting, whoever comes first; what is remembered is what is written."""
    for _ in range(20):
        store, start = ServerSettingsStore(database), threading.Barrier(4)

        def change(changes: dict[str, Any], store: ServerSettingsStore = store, start: threading.Barrier = start) -> None:
            start.wait()
            store.change(SERVER, **changes) if changes else store.of(SERVER)

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(change, [{"private": True}, {"daily_limit": 9}, {"language": "es"}, {}]))
        assert store.of(SERVER) == ServerSettings(private=True, daily_limit=9, language="es")
        assert FORM.validate_json(rows(database)[0]["settings"]) == store.of(SERVER)
        store.reset(SERVER)


def test_settings_hold_no_member(store: ServerSettingsStore, database: BotDatabase) -> None:
    """Nor a name or text: numbers of channels, and choices."""
    store.change(SERVER, **all_changes())
    (row,) = rows(database)
    assert set(json.loads(row["settings"])) == set(ServerSettings.__slots__)
    assert "T" in row["changed_at"] and row["changed_at"].endswith("+00:00")


@pytest.mark.parametrize(
    ("chosen", "places", "allowed"),
    [
        ((), {1}, True),
        ((1,), {1}, True),
        ((1,), {2}, False),
        ((1,), {9, 1}, True),
        ((1, 404), {2}, False),
        ((404,), {2}, True),
        ((404,), {404}, True),
    ],
)
def test_where_a_server_lets_the_bot_answer(chosen: tuple[int, ...], places: set[int], allowed: bool) -> None:
    """In what was chosen and what is inside it; a deleted channel does not count, and leaves everywhere if it was the last."""
    settings = replace(DEFAULTS, channels=frozenset(chosen))
    assert settings.allows(places, existing=[1, 2, 3]) is allowed


def test_direct_messages_are_always_open() -> None:
    """No server has a say there."""
    closed = replace(DEFAULTS, channels=frozenset({1}))
    assert may_answer_in(closed, SimpleNamespace(id=5, guild=None)) and may_answer_in(closed, None)


def test_longer_answers_show_more() -> None:
    """One, three or five passages at first."""
    assert [length.passages for length in Length] == [1, 3, 5]
