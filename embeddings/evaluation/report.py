"""From the outcomes of all questions to the numbers: means, quantiles and set-wide measures, with intervals."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.evaluation.catalogue import WHERE_ANSWERED
from embeddings.evaluation.confidence import STATISTICS, Decisions
from embeddings.evaluation.intervals import Interval, Numbers, Places, bootstrap_interval, one_by_one
from embeddings.evaluation.outcomes import Outcome

QUANTILES = {"p50": 0.5, "p95": 0.95}
# What is told of each kind and language of question.
ROW_KEYS = (
    "replies/right",
    "quotes/first",
    "quotes/first_three",
    "quotes/token_iou",
    "chunks/recall@5",
    "declining/rightly_declined",
    "declining/wrongly_declined",
    "replies/with_caution",
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One number over some questions; `None` where it is not defined. `key` is "group/name"."""

    key: str
    value: float | None
    questions: int
    interval: Interval | None = None


def ratio_of_sums(key: str, counts: Sequence[tuple[int, int]]) -> Measure:
    """A ratio of two sums, its interval from draws of whole pairs: what one pair counts stands or falls together.

    Args:
        counts: how many are right, and of how many.
    """
    right, cases = np.array(counts, dtype=np.float64).reshape(-1, 2).T

    def over(places: Places) -> Numbers:
        drawn = cases[places].sum(axis=1)
        shares: Numbers = np.divide(right[places].sum(axis=1), drawn, out=np.full(len(drawn), np.nan), where=drawn > 0)
        return shares

    total = int(cases.sum())
    value = float(right.sum() / total) if total else None
    return Measure(key, value, total, bootstrap_interval(over, len(counts)))


@dataclass(frozen=True, slots=True)
class Row:
    """The numbers of one kind, or of one language, of question."""

    by: str
    value: str
    questions: int
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What was measured, and with what."""

    set: str
    measured: str  # "questions" of the collection, or "retrieval" on a BEIR folder
    half: str
    encoder: str
    generation: str
    documents: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one measuring found."""

    source: Source
    outcomes: tuple[Outcome, ...]
    measures: tuple[Measure, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def value(self, key: str) -> float | None:
        """One number, by "group/name"; nothing when it is not defined or was not measured."""
        return next((measure.value for measure in self.measures if measure.key == key), None)

    @property
    def answerable(self) -> int:
        """How many questions have an answer."""
        return sum(outcome.label.answerable for outcome in self.outcomes)


def make_report(source: Source, outcomes: Sequence[Outcome], notes: Iterable[str] = ()) -> Report:
    """Count everything that the outcomes hold."""
    rows = [row for by in ("kind", "language") for row in breakdown(outcomes, by)]
    return Report(source, tuple(outcomes), tuple(all_measures(outcomes)), tuple(rows), tuple(notes))


def all_measures(outcomes: Sequence[Outcome]) -> list[Measure]:
    """The numbers over all questions."""
    answered = [outcome for outcome in outcomes if outcome.answered]
    found = means(outcomes, lambda key: key not in STATISTICS and key != "length/words")
    found += [
        Measure(measure.key.replace("quotes/", f"{WHERE_ANSWERED}/"), measure.value, measure.questions, measure.interval)
        for measure in means(answered, lambda key: key.startswith("quotes/"))
    ]
    words = np.array([outcome.values["length/words"] for outcome in answered])
    found += [quantile(f"length/{name}", words, share) for name, share in (("median", 0.5), ("p90", 0.9))]
    decisions = Decisions.of(outcomes)
    found += [_set_wide(key, decisions, statistic) for key, statistic in STATISTICS.items()]
    return found + latencies(outcomes)


def means(outcomes: Sequence[Outcome], wanted: Callable[[str], bool]) -> list[Measure]:
    """The mean of each wanted measure that single questions have, over the questions that have it."""
    keys = dict.fromkeys(key for outcome in outcomes for key in outcome.values if wanted(key))
    return [mean(key, [outcome.values[key] for outcome in outcomes if key in outcome.values]) for key in keys]


def mean(key: str, values: Sequence[float]) -> Measure:
    """The mean of some values, with its interval."""
    array = np.array(values, dtype=np.float64)
    interval = bootstrap_interval(lambda places: array[places].mean(axis=1), len(array))
    return Measure(key, float(array.mean()) if len(array) else None, len(array), interval)


def quantile(key: str, values: Numbers, share: float) -> Measure:
    """A quantile of some values, with its interval."""
    interval = bootstrap_interval(lambda places: np.quantile(values[places], share, axis=1), len(values))
    return Measure(key, float(np.quantile(values, share)) if len(values) else None, len(values), interval)


def _set_wide(key: str, decisions: Decisions, statistic: Callable[[Decisions], float]) -> Measure:
    def over(places: Places) -> float:
        return statistic(decisions.drawn(places))

    value, size = statistic(decisions), len(decisions.right)
    # A number that is not defined on the questions themselves is not made up from draws of them.
    if math.isnan(value):
        return Measure(key, None, size)
    return Measure(key, value, size, bootstrap_interval(one_by_one(over), size))


def latencies(outcomes: Sequence[Outcome]) -> list[Measure]:
    """Median and 95th percentile of each stage, in milliseconds; the stages in the order in which they were first told."""
    stages = dict.fromkeys(stage for outcome in outcomes for stage in outcome.stage_ms)
    found = []
    for stage in stages:
        values = [outcome.stage_ms[stage] for outcome in outcomes if stage in outcome.stage_ms]
        for name, share in QUANTILES.items():
            found.append(Measure(f"latency_ms/{stage}_{name}", float(np.quantile(values, share)), len(values)))
    return found


def breakdown(outcomes: Sequence[Outcome], by: str) -> list[Row]:
    """The numbers of each kind, or language, by name; none when all questions are of one."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(getattr(outcome.label, by), []).append(outcome)
    if len(groups) < 2:
        return []
    return [Row(by, value, len(group), tuple(means(group, ROW_KEYS.__contains__))) for value, group in sorted(groups.items())]
