"""How good the declining and the confidence are. Every function takes all questions at once and knows nothing of texts.

In the words of the literature declining is the positive class, and what the confidence forecasts is that the first passage
holds the answer. An undefined number is NaN.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.evaluation.intervals import Numbers, Places
from embeddings.evaluation.outcomes import Outcome

BINS = 10

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided, and what would have been right; arrays of the same length, one place a question."""

    confidence: Numbers
    answerable: Flags
    answered: Flags
    right: Flags  # the first passage holds the answer, whether we answered or not

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> "Decisions":
        """Take from each outcome what is needed here."""
        return cls(
            np.array([outcome.confidence for outcome in outcomes], dtype=np.float64),
            np.array([outcome.label.answerable for outcome in outcomes], dtype=np.bool_),
            np.array([outcome.answered for outcome in outcomes], dtype=np.bool_),
            np.array([outcome.first_is_right for outcome in outcomes], dtype=np.bool_),
        )

    def drawn(self, places: Places) -> "Decisions":
        """The questions at some places, each as often as it is named."""
        return Decisions(self.confidence[places], self.answerable[places], self.answered[places], self.right[places])

    def differs_from(self, other: "Decisions") -> Flags:
        """Which questions were decided otherwise, or with another confidence."""
        differing: Flags = (self.confidence != other.confidence) | (self.answered != other.answered) | (self.right != other.right)
        return differing

    def mixed_with(self, other: "Decisions", taken: Flags) -> "Decisions":
        """These decisions, but those of `other` where `taken` says so; both are on the same questions."""
        return Decisions(
            np.where(taken, other.confidence, self.confidence),
            self.answerable,
            np.where(taken, other.answered, self.answered),
            np.where(taken, other.right, self.right),
        )


def declining_precision(decisions: Decisions) -> float:
    """Of the declined questions, the share that no article answers."""
    return _share(~decisions.answerable, ~decisions.answered)


def declining_recall(decisions: Decisions) -> float:
    """Of the questions that no article answers, the share that was declined."""
    return _share(~decisions.answered, ~decisions.answerable)


def declining_f1(decisions: Decisions) -> float:
    """Harmonic mean of the two: twice the rightly declined, by all declined plus all to be declined."""
    declined, unanswerable = ~decisions.answered, ~decisions.answerable
    both = int(declined.sum()) + int(unanswerable.sum())
    return 2 * int((declined & unanswerable).sum()) / both if both else math.nan


def _share(flags: Flags, among: Flags) -> float:
    return float(flags[among].mean()) if among.any() else math.nan


def auroc(decisions: Decisions) -> float:
    """The share of pairs (answerable, unanswerable) whose confidences stand in the right order; ties count half.

    0.5 is chance, 1 is perfect (Hanley & McNeil, Radiology 1982).
    """
    low = np.sort(decisions.confidence[~decisions.answerable])
    high = decisions.confidence[decisions.answerable]
    if not len(low) or not len(high):
        return math.nan
    below = np.searchsorted(low, high, "left") + np.searchsorted(low, high, "right")
    return float(below.mean() / (2 * len(low)))


def calibration_error(decisions: Decisions, bins: int = BINS) -> float:
    """Expected calibration error: how far the confidence lies from the share that is right, on average.

    The formula is that of Naeini et al., AAAI 2015, and Guo et al., ICML 2017: the mean of |share right - mean confidence|
    over bins, by the number of questions in each; here each bin holds the same number of questions.
    """
    confidence, wrong = _by_confidence(decisions)
    if not len(confidence):
        return math.nan
    edges = np.unique(np.linspace(0, len(confidence), bins + 1).round().astype(int))[:-1]
    return float(np.abs(np.add.reduceat(1 - wrong - confidence, edges)).sum() / len(confidence))


def brier_score(decisions: Decisions) -> float:
    """Mean square of confidence less outcome (Brier, 1950): 0 is perfect, 0.25 is what 'one half' always gets."""
    return float(((decisions.confidence - decisions.right) ** 2).mean()) if len(decisions.right) else math.nan


def risk_curve(decisions: Decisions) -> Numbers:
    """The risk if only the 1, 2, 3 … questions of highest confidence were answered (Geifman & El-Yaniv, NeurIPS 2017).

    The risk is the share of wrong ones among the answered: a wrong first quote, or an answer where there is none.
    """
    _, wrong = _by_confidence(decisions)
    return np.cumsum(wrong) / np.arange(1, len(wrong) + 1)


def risk_area(decisions: Decisions) -> float:
    """Area under the risk-coverage curve, as the mean risk over all coverages (Geifman, Uziel & El-Yaniv, ICLR 2019)."""
    curve = risk_curve(decisions)
    return float(curve.mean()) if len(curve) else math.nan


def _by_confidence(decisions: Decisions) -> tuple[Numbers, Numbers]:
    """Confidences by falling value, and how wrong each is; equal confidences share their wrongs, as no order is theirs."""
    values, group, sizes = np.unique(-decisions.confidence, return_inverse=True, return_counts=True)
    wrongs = np.bincount(group, weights=~decisions.right, minlength=len(values)) / sizes
    return np.repeat(-values, sizes), np.repeat(wrongs, sizes)


STATISTICS: dict[str, Callable[[Decisions], float]] = {
    "declining/precision": declining_precision,
    "declining/recall": declining_recall,
    "declining/f1": declining_f1,
    "confidence/auroc": auroc,
    "confidence/ece": calibration_error,
    "confidence/brier": brier_score,
    "confidence/aurc": risk_area,
}
