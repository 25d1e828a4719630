"""`bot.activity_chart`: a picture of how questions went."""

from __future__ import annotations

import datetime as dt
import io

import numpy as np
import pytest
from PIL import Image

from bot import activity_chart as drawing
from bot.activity import Outcome
from bot.activity_chart import OUTCOME_COLOURS, activity_alt_text, activity_chart, activity_title
from bot.activity_statistics import Stretch
from bot.charts import GROUND, HEIGHT, WIDTH
from bot.wording import wording

FIRST = dt.date(2026, 5, 1)
SAY = wording()


def day(number: int, **counts: int) -> Stretch:
    """A day with how many questions went how."""
    date = FIRST + dt.timedelta(days=number)
    return Stretch(date, date, {outcome: counts.get(outcome.value, 0) for outcome in Outcome})


def week(number: int, **counts: int) -> Stretch:
    """A week with how many questions went how."""
    first = FIRST + dt.timedelta(days=7 * number)
    return Stretch(first, first + dt.timedelta(days=6), {outcome: counts.get(outcome.value, 0) for outcome in Outcome})


def pixels(content: bytes) -> np.ndarray:  # type: ignore[type-arg]
    """A picture as red, green and blue."""
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def count_of(picture: np.ndarray, colour: str) -> int:  # type: ignore[type-arg]
    """How many pixels have a colour, written `#RRGGBB`."""
    wanted = tuple(bytes.fromhex(colour[1:]))
    return int((picture == wanted).all(axis=2).sum())


def test_each_way_has_its_colour_in_proportion() -> None:
    """Twice as many questions take twice the room; what did not happen is not drawn."""
    picture = pixels(activity_chart([day(0, answered=40), day(1, declined=20)]))
    assert picture.shape == (HEIGHT, WIDTH, 3)
    mark = 22 * 22  # about the size of a colour's mark in the key
    answered, declined = (count_of(picture, OUTCOME_COLOURS[one]) - mark for one in (Outcome.ANSWERED, Outcome.DECLINED))
    assert answered / declined == pytest.approx(2, rel=0.03)
    assert count_of(picture, OUTCOME_COLOURS[Outcome.FAILED]) == count_of(picture, OUTCOME_COLOURS[Outcome.CAUTIOUS]) == 0


def test_the_same_counts_give_the_same_picture() -> None:
    """Byte for byte."""
    stretches = [day(0, answered=4), day(1, cautious=1, failed=2)]
    assert activity_chart(stretches) == activity_chart(stretches)


MANY = [week(number, answered=number * 1000, cautious=900, declined=3_000_000, failed=7) for number in range(53)]


@pytest.mark.parametrize(
    "stretches", [[day(0)], [day(0, answered=1)], [day(number, answered=1) for number in range(60)], MANY],
    ids=["nothing", "one", "daily", "a year"],
)  # fmt: skip
def test_nothing_is_cut_off(stretches: list[Stretch]) -> None:
    """However little or much there is, the rim of the picture stays empty."""
    picture = pixels(activity_chart(stretches))
    rim = np.concatenate([picture[:5].reshape(-1, 3), picture[-5:].reshape(-1, 3), picture[:, :5].reshape(-1, 3)])
    rim = np.concatenate([rim, picture[:, -5:].reshape(-1, 3)])
    assert (rim == tuple(bytes.fromhex(GROUND[1:]))).all()


def test_long_words_in_the_key_are_written_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language with long words loses none of them at the right."""
    monkeypatch.setattr(drawing, "OUTCOME_WORDS", dict.fromkeys(Outcome, "answered under a long list of reservations"))
    picture = pixels(activity_chart([day(0, answered=1, cautious=1, declined=1, failed=1)]))
    assert (picture[:, -5:] == tuple(bytes.fromhex(GROUND[1:]))).all()


def test_the_title_says_how_long_a_bar_is() -> None:
    """Per day or per week; a first week cut short does not make it daily."""
    assert activity_title([day(0), day(1)], SAY) == "Questions per day"
    assert activity_title([day(-1), week(0)], SAY) == "Questions per week"


def test_the_chart_is_told_in_words() -> None:
    """Whoever cannot see it learns the totals, the days, and the busiest one."""
    text = activity_alt_text([day(0, answered=2, declined=1), day(1, answered=5)], SAY)
    assert text == (
        "Chart: Questions per day. From 1 May 2026 to 2 May 2026. answered 7, not in the articles 1. Most on 2 May 2026: 5."
    )


@pytest.mark.parametrize("language", ["de", "es", "zh", "xx"])
def test_each_language_is_drawn(language: str) -> None:
    """Where no font has its letters, in English."""
    assert pixels(activity_chart([day(0, answered=1), day(1)], wording(language))).shape == (HEIGHT, WIDTH, 3)
