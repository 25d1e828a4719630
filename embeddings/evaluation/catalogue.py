"""What each measure is called, in which unit it is given and which way is better."""

from dataclasses import dataclass
from enum import StrEnum

from embeddings.evaluation.intervals import Interval
from embeddings.evaluation.ranking_measures import MEASURES


class Unit(StrEnum):
    """How a number is written."""

    SHARE = "share"  # 0 to 1, written in per cent
    SCORE = "score"  # 0 to 1, written with three decimals
    WORDS = "words"
    MILLISECONDS = "ms"


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure, for people."""

    label: str
    unit: Unit = Unit.SHARE
    higher_is_better: bool | None = True  # None: neither way is better in itself


# The groups that hold rankings: of chunks, or of documents by each of three ways.
RANKINGS = ("lexical", "dense", "fused", "chunks")
WHERE_ANSWERED = "where_answered"  # the group "quotes" once more, over the answered questions alone

CATALOGUE: dict[str, Entry] = {
    "replies/right": Entry("right replies: right first quote, or rightly declined"),
    "replies/with_caution": Entry("answered with caution", higher_is_better=None),
    "quotes/first": Entry("answer in the first quote"),
    "quotes/first_three": Entry("answer in the first three quotes"),
    "quotes/token_precision": Entry("first quote: token precision", Unit.SCORE),
    "quotes/token_recall": Entry("first quote: token recall", Unit.SCORE),
    "quotes/token_iou": Entry("first quote: intersection over union", Unit.SCORE),
    "length/words": Entry("words of the first quote", Unit.WORDS, higher_is_better=None),
    "length/median": Entry("words of the first quote, median", Unit.WORDS, higher_is_better=None),
    "length/p90": Entry("words of the first quote, 90th percentile", Unit.WORDS, higher_is_better=None),
    "declining/rightly_declined": Entry("unanswerable questions that were declined"),
    "declining/wrongly_declined": Entry("answerable questions that were declined", higher_is_better=False),
    "declining/precision": Entry("precision of declining"),
    "declining/recall": Entry("recall of declining: unanswerable questions that were declined"),
    "declining/f1": Entry("F1 of declining", Unit.SCORE),
    "confidence/auroc": Entry("AUROC, answerable against unanswerable", Unit.SCORE),
    "confidence/ece": Entry("expected calibration error, 10 bins of equal mass", Unit.SCORE, higher_is_better=False),
    "confidence/brier": Entry("Brier score", Unit.SCORE, higher_is_better=False),
    "confidence/aurc": Entry("area under the risk-coverage curve", Unit.SCORE, higher_is_better=False),
    **{f"{ranking}/{name}": Entry(f"{ranking}: {name}", Unit.SCORE) for ranking in RANKINGS for name in MEASURES},
}


def entry_of(key: str) -> Entry:
    """The entry of a measure by "group/name"; latency is known by its group, anything else by its own name."""
    if key.startswith("latency_ms/"):
        return Entry(key.removeprefix("latency_ms/"), Unit.MILLISECONDS, higher_is_better=False)
    return CATALOGUE.get(key.replace(f"{WHERE_ANSWERED}/", "quotes/"), Entry(key, Unit.SCORE))


def written(value: float | None, unit: Unit) -> str:
    """A number as tables show it; a dash where it is not defined."""
    if value is None:
        return "–"
    if unit is Unit.SHARE:
        return f"{value:.1%}"
    return f"{value:.3f}" if unit is Unit.SCORE else f"{value:.0f}"


def written_interval(interval: Interval | None, unit: Unit) -> str:
    """The two ends of an interval as tables show them; a dash where there is none."""
    return "–" if interval is None else f"{written(interval.low, unit)} – {written(interval.high, unit)}"
