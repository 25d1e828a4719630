"""A figure as a row of the database, and back.

Runs no SQL itself (`corpus.figure_store`).
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from corpus.figures.figure import Bound, Figure, Period, Status

COLUMNS = (
    "article_id start end sentence_start sentence_end text value low high bound unit subject place status speaker"
    " period_start period_end period_text"
).split()


def figure_row(figure: Figure) -> dict[str, object]:
    """A figure's values by column, as SQLite takes them: numbers as REAL, days as `YYYY-MM-DD`."""
    period = figure.period
    return {
        "article_id": figure.article_id,
        "start": figure.start,
        "end": figure.end,
        "sentence_start": figure.sentence_start,
        "sentence_end": figure.sentence_end,
        "text": figure.text,
        "value": float(figure.value),
        "low": float(figure.low),
        "high": float(figure.high),
        "bound": str(figure.bound),
        "unit": figure.unit,
        "subject": figure.subject,
        "place": figure.place,
        "status": str(figure.status),
        "speaker": figure.speaker,
        "period_start": iso_day(period.start if period else None),
        "period_end": iso_day(period.end if period else None),
        "period_text": period.text if period else None,
    }


def figure_of_row(row: Sequence[Any]) -> Figure:
    """The figure that a row stands for; its values are in the order of `COLUMNS`."""
    values = dict(zip(COLUMNS, row, strict=True))
    first, last, words = (values.pop(name) for name in ("period_start", "period_end", "period_text"))
    period = None if words is None else Period(words, _day(first), _day(last))
    numbers = {name: _decimal(values[name]) for name in ("value", "low", "high")}
    kinds = {"bound": Bound(values["bound"]), "status": Status(values["status"])}
    return Figure(**(values | numbers | kinds), period=period)


def _decimal(real: float) -> Decimal:
    """The number that was stored: the shortest one that the database's REAL stands for."""
    number = Decimal(repr(real))
    return Decimal(int(number)) if is_whole(number) else number


def is_whole(value: Decimal) -> bool:
    """Whether nothing stands behind the point."""
    return value == value.to_integral_value()


def iso_day(day: dt.date | None) -> str | None:
    """A day as `YYYY-MM-DD`; nothing for none."""
    return day.isoformat() if day else None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
