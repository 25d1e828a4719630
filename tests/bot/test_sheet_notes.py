"""`bot.sheet_notes`: what does not fit and how figures stand to each other, in short lines that call figures by number."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from bot.sheet_notes import finding_notes, relation_notes
from bot.wording import LANGUAGES, wording
from corpus.figure_store import StoredFigure
from corpus.figures.figure import Period, Status
from tests.bot.sample_figures import AUTUMN, DECADE, FERRY, SOLAR, UNRESOLVED, YEAR, stored

ENGLISH = wording()
EARLY = Period("By 2023", None, dt.date(2023, 12, 31))


def growing() -> list[StoredFigure]:
    """A start, a forecast, and a rate that does not lead from one to the other."""
    forecast = stored("400 roofs", "400", period=DECADE, status=Status.FORECAST, start=40, end=49)
    rate = stored("30 percent", "30", "percent", period=DECADE, status=Status.FORECAST, start=60, end=70, subject="growth")
    return [stored("100 roofs", "100", period=AUTUMN), forecast, rate]


def test_a_forecast_that_its_rate_does_not_lead_to() -> None:
    """A line for each start, each number in one form, and figures by their number in the list."""
    figures = growing()
    (note,) = finding_notes(figures[:2], figures, ENGLISH)
    first, second, third = note.split("\n")
    assert first == "[2] does not fit growth of 30% a year:"
    assert re.fullmatch(r"From \[1\], it leads to 1,9\d\d(\.\d+)?; to \[2\], it takes 13% a year\.", second)
    assert third.startswith("Reckoned back over 10 years, it would have begun at 29.0")


def test_figures_that_are_not_listed_are_described() -> None:
    """By value and time, as the list does not have them."""
    figures = growing()
    (note,) = finding_notes(figures[2:], figures, ENGLISH)
    assert note.startswith("400 (2025–2035) does not fit growth of 30% a year:\nFrom 100 (by 30 Sep 2024), it leads to ")
    assert finding_notes([stored(article=FERRY)], figures, ENGLISH) == []


def test_a_stock_that_shrinks() -> None:
    """Both values, and by how much."""
    figures = [stored("9,000", "9000", period=EARLY), stored("1,000", "1000", start=3, end=8)]
    (note,) = finding_notes(figures, figures, ENGLISH)
    assert note.startswith("[1] is 9,000, the later [2] only 1,000: 9 times less.")


@pytest.mark.parametrize(
    ("value", "told"),
    [("1000", "[2] only 1,000: 9 times less. If [2] is the later"), ("81000", "[2] 81,000: 9 times more. If [2] is the earlier")],
)
def test_a_stock_without_a_day_that_is_far_apart(value: str, told: str) -> None:
    """Whichever is the larger."""
    figures = [stored("9,000", "9000"), stored(value, value, article=FERRY, period=UNRESOLVED)]
    (note,) = finding_notes(figures, figures, ENGLISH)
    assert f"[1] is 9,000, {told}" in note


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_in_each_language(language: str) -> None:
    """Nothing of the English sentence is left."""
    figures = growing()
    (note,) = finding_notes(figures, figures, wording(language))
    assert "[1]" in note and note.count("[2]") == 2 and not re.search(r"\b(does|leads|takes|years|Reckoned)\b", note)


def test_pairs_that_differ_only_in_date_are_one_line() -> None:
    """All of them, or how many there are beside others."""
    dated = [stored(period=period, value=value) for period, value in ((EARLY, "1"), (AUTUMN, "2"), (YEAR, "3"))]
    assert relation_notes(dated, True, ENGLISH) == ["All are of different dates."]
    assert relation_notes(dated[:2], False, ENGLISH) == ["They are of different dates."]
    notes = relation_notes([*dated, stored(period=YEAR, value="3", article=FERRY)], True, ENGLISH)
    assert notes == ["[3] and [4]: the same value.", "Pairs of different dates: 5"]


def test_conflicts_stand_first() -> None:
    """They matter most."""
    figures = [stored("7,000", "7000"), stored("7,000", "7000", article=FERRY), stored("9,000", "9000")]
    first, second = relation_notes(figures, True, ENGLISH)
    assert first.startswith("[1] and [3], [2] and [3]: conflict, same date and scope, but 7,000 and 9,000 are 2,000 apart")
    assert second == "[1] and [2]: the same value."


def test_pairs_of_which_the_same_is_said_share_a_line() -> None:
    """Four are named, the others counted."""
    figures = [stored("7,000", "7000", article=replace(SOLAR, id=f"n{number}")) for number in range(5)]
    assert relation_notes(figures, True, ENGLISH) == [
        "[1] and [2], [1] and [3], [1] and [4], [1] and [5] and 6 more pairs: the same value."
    ]


def test_the_one_without_a_date_is_called_by_its_number() -> None:
    """Its value may be that of the other."""
    figures = [stored("310", "310", period=YEAR), stored("310", "310", period=None, article=FERRY)]
    assert relation_notes(figures, True, ENGLISH) == ["[1] and [2]: the same value; [2] is not dated."]
    assert relation_notes(figures[:1], True, ENGLISH) == []
