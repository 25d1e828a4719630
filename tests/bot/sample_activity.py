"""Questions that members of an invented server have asked, for the tests of `bot.activity…`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from bot.activity import Activity, KeptQuestion, Kind, Outcome
from bot.bot_database import BotDatabase
from bot.pseudonyms import Pseudonyms

NOON = dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)
HARBOUR, LIBRARY = 700, 800  # servers
ANN, BEN = 11, 22  # members


class Clock:
    """A clock that a test sets."""

    def __init__(self, now: dt.datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        """The time, UTC."""
        return self.now


def activity_in(folder: Path, kept_days: int = 30, clock: Clock | None = None) -> Activity:
    """Activity over a database of its own; `clock` stands at noon by default."""
    return Activity(BotDatabase(folder), Pseudonyms(folder), kept_days, clock or Clock())


def note(activity: Activity, **changes: Any) -> int | None:
    """Note a question of Ann's in the harbour's server that was answered, or one that differs from it."""
    values: dict[str, Any] = {
        "server_id": HARBOUR,
        "user_id": ANN,
        "kind": Kind.ASK,
        "text": "How many tugboats are there?",
        "language": "en",
        "outcome": Outcome.ANSWERED,
        "took_ms": 120.0,
        "articles": ("ferry-line",),
    }
    return activity.note(**(values | changes))


def kept_question(**changes: Any) -> KeptQuestion:
    """A question as it is kept, answered at noon, or one that differs from it."""
    values: dict[str, Any] = {
        "asked_at": NOON,
        "kind": Kind.ASK,
        "text": "How many tugboats are there?",
        "language": "en",
        "outcome": Outcome.ANSWERED,
        "took_ms": 120.0,
    }
    return KeptQuestion(**(values | changes))
