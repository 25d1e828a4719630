"""Declining and confidence: every measure against numbers worked out by hand, or by scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss, f1_score, precision_score, recall_score, roc_auc_score

from embeddings.evaluation.confidence import (
    STATISTICS,
    Decisions,
    auroc,
    brier_score,
    calibration_error,
    declining_f1,
    declining_precision,
    declining_recall,
    risk_area,
    risk_curve,
)


def decisions(*rows: tuple[float, bool, bool, bool]) -> Decisions:
    """From (confidence, answerable, answered, right) a question."""
    confidence, answerable, answered, right = zip(*rows, strict=True)
    return Decisions(np.array(confidence), np.array(answerable), np.array(answered), np.array(right))


YES, NO = True, False
FIVE = decisions(
    (0.9, YES, YES, YES),
    (0.8, YES, YES, NO),
    (0.6, NO, YES, NO),
    (0.4, YES, NO, YES),
    (0.1, NO, NO, NO),
)


def test_declining_by_hand() -> None:
    """Two are declined, one of them rightly; two were to be declined, one of them was."""
    assert declining_precision(FIVE) == 1 / 2
    assert declining_recall(FIVE) == 1 / 2
    assert declining_f1(FIVE) == 1 / 2


def test_auroc_by_hand() -> None:
    """Of the pairs (answerable, unanswerable) 5 of 6 stand in the right order; a tie counts half."""
    assert auroc(FIVE) == pytest.approx(5 / 6)
    assert auroc(decisions((0.5, YES, YES, YES), (0.5, NO, YES, NO))) == 0.5


def test_calibration_error_by_hand() -> None:
    """Two bins: (0.9 right, 0.8 wrong) lie 0.35 off, (0.3 wrong, 0.1 wrong) lie 0.2 off; each holds half the questions."""
    four = decisions((0.9, YES, YES, YES), (0.8, YES, YES, NO), (0.3, NO, NO, NO), (0.1, NO, NO, NO))
    assert calibration_error(four, bins=2) == pytest.approx((0.35 + 0.2) / 2)


def test_calibration_error_with_a_bin_for_each_question() -> None:
    """With no more questions than bins it is the mean distance of confidence and outcome."""
    assert calibration_error(FIVE) == pytest.approx((0.1 + 0.8 + 0.6 + 0.6 + 0.1) / 5)


def test_perfect_confidence_is_calibrated() -> None:
    """Sure of the right and sure of the wrong: no error, no Brier score."""
    sure = decisions((1.0, YES, YES, YES), (0.0, NO, NO, NO))
    assert calibration_error(sure) == brier_score(sure) == 0


def test_brier_score_by_hand() -> None:
    """The mean of the squared distances."""
    assert brier_score(FIVE) == pytest.approx((0.01 + 0.64 + 0.36 + 0.36 + 0.01) / 5)


def test_risk_curve_by_hand() -> None:
    """By falling confidence right, wrong, wrong, right, wrong: the share of wrong ones so far, and its mean."""
    expected = [0, 1 / 2, 2 / 3, 2 / 4, 3 / 5]
    assert risk_curve(FIVE) == pytest.approx(expected)
    assert risk_area(FIVE) == pytest.approx(sum(expected) / 5)


def test_equal_confidences_have_no_order() -> None:
    """However the questions are listed, equal confidences give the same curve and the same calibration error."""
    rows = [(0.5, YES, YES, YES), (0.5, YES, YES, NO), (0.5, NO, YES, NO), (0.9, YES, YES, YES)]
    one, other = decisions(*rows), decisions(*reversed(rows))
    assert list(risk_curve(one)) == pytest.approx(list(risk_curve(other)))
    assert list(risk_curve(one)) == pytest.approx([0, 1 / 3, 4 / 9, 1 / 2])
    assert calibration_error(one, bins=3) == pytest.approx(calibration_error(other, bins=3))


def test_what_is_not_defined_is_no_number() -> None:
    """Nothing declined, nothing to decline, only one kind of question: NaN, not a made-up 0 or 1."""
    answered = decisions((0.9, YES, YES, YES), (0.8, YES, YES, NO))
    assert all(math.isnan(number(answered)) for number in (declining_precision, declining_recall, declining_f1, auroc))
    nothing = answered.drawn(np.array([], dtype=np.intp))
    assert all(math.isnan(number(nothing)) for number in STATISTICS.values())


@pytest.mark.parametrize("seed", range(5))
def test_a_second_implementation_agrees(seed: int) -> None:
    """On random decisions scikit-learn gives the same numbers."""
    chance = np.random.default_rng(seed)
    answerable = chance.random(80) < 0.6
    made = Decisions(chance.random(80).round(1), answerable, chance.random(80) < 0.7, answerable & (chance.random(80) < 0.8))
    declined, unanswerable = ~made.answered, ~made.answerable
    assert declining_precision(made) == pytest.approx(precision_score(unanswerable, declined))
    assert declining_recall(made) == pytest.approx(recall_score(unanswerable, declined))
    assert declining_f1(made) == pytest.approx(f1_score(unanswerable, declined))
    assert auroc(made) == pytest.approx(roc_auc_score(made.answerable, made.confidence))
    assert brier_score(made) == pytest.approx(brier_score_loss(made.right, made.confidence))
