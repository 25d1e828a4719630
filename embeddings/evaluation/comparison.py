"""Compares two saved reports question by question, and says whether a difference is more than noise.

Yes-or-no measures are compared by McNemar's exact test (McNemar, Psychometrika 1947: the binomial test on the questions on
which the two differ), others by a paired permutation test of the mean (Fisher, 1935; for retrieval Smucker et al., CIKM 2007).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.evaluation.catalogue import CATALOGUE, entry_of
from embeddings.evaluation.confidence import STATISTICS, Decisions
from embeddings.evaluation.intervals import SEED, Numbers
from embeddings.evaluation.labelled_files import EvaluationError
from embeddings.evaluation.outcomes import Outcome
from embeddings.evaluation.saved_reports import SavedReport

LEVEL = 0.05
PERMUTATIONS = 10_000
ALL_SIGNS_UP_TO = 13  # differing questions: 8,192 ways to give them signs, fewer than PERMUTATIONS
SWAPS = 2_000  # for numbers that are counted over all questions anew at each swap
# What no single question has. Recall of declining and the Brier score are compared question by question.
SET_WIDE = ("declining/precision", "declining/f1", "confidence/auroc", "confidence/ece", "confidence/aurc")
MCNEMAR, PERMUTATION = "McNemar, exact", "paired permutation"


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure in both reports, over the questions that have it in both."""

    key: str
    questions: int
    first: float
    second: float
    differing: int  # questions on which the two are not alike
    p: float
    test: str

    @property
    def more_than_noise(self) -> bool:
        """Whether so great a difference would come by chance in fewer than one of twenty cases."""
        return self.p < LEVEL

    @property
    def verdict(self) -> str:
        """The difference in words."""
        if not self.differing:
            return "the same"
        if not self.more_than_noise:
            return "no more than noise"
        better = entry_of(self.key).higher_is_better
        if better is None:
            return f"B is {'higher' if self.second > self.first else 'lower'}, more than noise"
        return f"B is {'better' if (self.second > self.first) == better else 'worse'}, more than noise"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports on the questions that both have."""

    first: SavedReport
    second: SavedReport
    shared: int
    differences: tuple[Difference, ...]

    @property
    def left_out(self) -> int:
        """Questions that only one of the two has."""
        return len(self.first.outcomes) + len(self.second.outcomes) - 2 * self.shared


def compare_reports(firsts: Sequence[SavedReport], seconds: Sequence[SavedReport]) -> list[Comparison]:
    """Compare each report of one file with the one of the other that measures the same.

    Raises:
        EvaluationError: there is none, they share no question, or a shared question was labelled otherwise.
    """
    pairs = [(one, other) for one in firsts for other in seconds if _match(one, other)]
    if not pairs:
        held = "; ".join(f"{one.place} measures {one.measured} on {one.set!r}" for one in (*firsts, *seconds))
        raise EvaluationError(f"The reports cannot be compared, they measure different things: {held}.")
    return [_compare(one, other) for one, other in pairs]


def _match(one: SavedReport, other: SavedReport) -> bool:
    # Questions of the collection may be pooled from other files; they are matched one by one.
    return one.measured == other.measured and (one.measured == "questions" or one.set == other.set)


def _compare(first: SavedReport, second: SavedReport) -> Comparison:
    shared = [identifier for identifier in first.outcomes if identifier in second.outcomes]
    if not shared:
        raise EvaluationError(f"{first.place} and {second.place} share no question, so that there is nothing to compare.")
    pairs = [(first.outcomes[identifier], second.outcomes[identifier]) for identifier in shared]
    changed = [one.label.id for one, other in pairs if one.label.digest != other.label.digest]
    if changed:
        raise EvaluationError(
            f"{first.place} and {second.place} were measured on different labels: {len(changed)} shared questions, such as"
            f" {changed[0]!r}, ask or expect something else. Measure both again on the same file."
        )
    keys = dict.fromkeys(key for one, _ in pairs for key in one.values)
    found = [difference for key in keys if (difference := _difference(key, pairs))]
    found += [difference for key in SET_WIDE if (difference := _set_wide(key, pairs))]
    return Comparison(first, second, len(shared), tuple(sorted(found, key=lambda one: _place(one.key))))


def _place(key: str) -> int:
    """Where a measure stands in the catalogue, so that both tables have one order."""
    return list(CATALOGUE).index(key) if key in CATALOGUE else len(CATALOGUE)


def _difference(key: str, pairs: Sequence[tuple[Outcome, Outcome]]) -> Difference | None:
    both = [(one.values[key], other.values[key]) for one, other in pairs if key in one.values and key in other.values]
    if not both:
        return None
    first, second = np.array(both, dtype=np.float64).T
    change = second - first
    if set(first) | set(second) <= {0.0, 1.0}:
        test, p = MCNEMAR, mcnemar_exact(int((change > 0).sum()), int((change < 0).sum()))
    else:
        test, p = PERMUTATION, permutation_test(list(change))
    return Difference(key, len(both), float(first.mean()), float(second.mean()), int((change != 0).sum()), p, test)


def _set_wide(key: str, pairs: Sequence[tuple[Outcome, Outcome]]) -> Difference | None:
    first, second = (Decisions.of(side) for side in zip(*pairs, strict=True))
    statistic = STATISTICS[key]
    values = statistic(first), statistic(second)
    if any(math.isnan(value) for value in values):
        return None
    differing = int((first.differs_from(second)).sum())
    return Difference(key, len(pairs), *values, differing, swap_test(statistic, first, second), PERMUTATION)


def swap_test(statistic: Callable[[Decisions], float], first: Decisions, second: Decisions) -> float:
    """How often a number would differ at least so much if chance said which reply to each question is whose.

    A number that is not defined after a swap does not count as differing.
    """
    differing = first.differs_from(second)
    if not differing.any():
        return 1.0
    seen = abs(statistic(second) - statistic(first)) - 1e-12
    chance = np.random.default_rng(SEED)
    hits = 0
    for _ in range(SWAPS):
        swapped = chance.integers(2, size=len(differing)).astype(bool)
        one, other = first.mixed_with(second, swapped), second.mixed_with(first, swapped)
        hits += bool(abs(statistic(other) - statistic(one)) >= seen)
    return (hits + 1) / (SWAPS + 1)


def mcnemar_exact(better: int, worse: int) -> float:
    """How often a fair coin would part the differing questions at least so unevenly, on either side.

    Args:
        better, worse: questions that only the second, or only the first, got right.
    """
    differing = better + worse
    tail = sum(math.comb(differing, count) for count in range(min(better, worse) + 1))
    return min(1.0, 2 * tail / (1 << differing))


def permutation_test(change: Sequence[float]) -> float:
    """How often the mean change would be at least so far from 0 if each question's sign were a coin's.

    All ways to give signs are tried where they are few, else 10,000 by chance, always the same ones.
    """
    moved: Numbers = np.array([value for value in change if value], dtype=np.float64)
    if not len(moved):
        return 1.0
    seen = float(abs(moved.sum()) - 1e-12 * np.abs(moved).sum())  # sums in another order differ in the last digits
    if len(moved) <= ALL_SIGNS_UP_TO:
        signs = 1 - 2 * (np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved)) & 1)
        return float((np.abs(signs @ moved) >= seen).mean())
    chance = np.random.default_rng(SEED)
    sums = [float((1 - 2 * chance.integers(2, size=len(moved))) @ moved) for _ in range(PERMUTATIONS)]
    hits = sum(abs(total) >= seen for total in sums)
    return (hits + 1) / (PERMUTATIONS + 1)
