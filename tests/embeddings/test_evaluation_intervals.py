"""Intervals are wide where little is known, always the same, and not made up; halves depend on ids alone."""

from __future__ import annotations

import hashlib
import math

import numpy as np
import pytest

from embeddings.evaluation.intervals import BLOCK, bootstrap_interval, one_by_one
from embeddings.evaluation.labelled_files import EvaluationError
from embeddings.evaluation.selection import Half, chosen, half_of

IDS = [f"q{number:03}" for number in range(200)]


def interval_of(values: np.ndarray, resamples: int = 2_000) -> tuple[float, float]:
    """The interval of a mean."""
    found = bootstrap_interval(lambda places: values[places].mean(axis=1), len(values), resamples)
    assert found is not None
    return found.low, found.high


def test_the_interval_of_a_share_is_the_textbook_one() -> None:
    """For 80 of 100 it is about 0.8 ± 1.96 standard errors."""
    low, high = interval_of(np.array([1.0] * 80 + [0.0] * 20))
    error = 1.96 * math.sqrt(0.8 * 0.2 / 100)
    assert low == pytest.approx(0.8 - error, abs=0.02) and high == pytest.approx(0.8 + error, abs=0.02)


def test_more_questions_make_it_narrower() -> None:
    """Sixteen times as many questions, a quarter of the width."""
    few, many = (interval_of(np.array([1.0, 0.0] * count)) for count in (25, 400))
    assert (few[1] - few[0]) / (many[1] - many[0]) == pytest.approx(4, rel=0.15)


def test_the_same_questions_give_the_same_interval() -> None:
    """Nothing hangs on chance from outside; the draws are made in blocks when there are many questions."""
    values = np.random.default_rng(1).random(BLOCK // 100)
    assert interval_of(values, 150) == interval_of(values, 150)


def test_a_number_of_one_draw_at_a_time() -> None:
    """A statistic that knows no blocks gives what one that does gives."""
    values = np.random.default_rng(2).random(40)
    slow = bootstrap_interval(one_by_one(lambda places: float(values[places].mean())), 40)
    assert slow is not None
    assert (slow.low, slow.high) == pytest.approx(interval_of(values))


def test_nothing_is_said_of_one_question_or_of_no_number() -> None:
    """A single question, or a number that is never defined, has no interval."""
    assert bootstrap_interval(lambda places: np.ones(len(places)), 1) is None
    assert bootstrap_interval(one_by_one(lambda places: math.nan), 10) is None


def test_undefined_draws_are_left_out() -> None:
    """Draws that lack what a number needs do not spoil the others."""
    found = bootstrap_interval(one_by_one(lambda places: 1.0 if (places == 0).any() else math.nan), 3)
    assert found is not None and (found.low, found.high) == (1, 1)


def test_a_half_is_the_last_bit_of_the_digest() -> None:
    """0 is for tuning, 1 is reported; each id falls into one, about as often into either."""
    for identifier in IDS:
        odd = int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % 2
        assert half_of(identifier) is (Half.REPORTED if odd else Half.TUNING)
    assert sorted(chosen(IDS, Half.TUNING) + chosen(IDS, Half.REPORTED)) == IDS == chosen(IDS)
    assert 70 < len(chosen(IDS, Half.TUNING)) < 130


def test_a_limit_keeps_the_same_questions_in_order() -> None:
    """Fewer are a part of more, whatever the order in the file, and come in the order of the file."""
    twenty = chosen(IDS, limit=20)
    assert len(twenty) == 20 and twenty == sorted(twenty)
    assert set(twenty) == set(chosen(reversed(IDS), limit=20)) <= set(chosen(IDS, limit=50))
    assert chosen(IDS[:3], limit=9) == IDS[:3]


def test_an_empty_half_is_refused() -> None:
    """Nothing is measured on no questions."""
    (other,) = {Half.TUNING, Half.REPORTED} - {half_of("q001")}
    with pytest.raises(EvaluationError, match=f"None of the questions is in the half '{other}'"):
        chosen(["q001"], other)
