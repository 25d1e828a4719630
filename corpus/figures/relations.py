"""How two figures of one metric stand to each other: they agree, differ in date, scope or bound, or conflict.

Compares what was written; whether both belong to one metric is settled before (`embeddings.metrics.matching`). What no
article dates is never called a conflict. `implausible` finds what cannot be right although nobody contradicts it.
"""

from dataclasses import dataclass
from enum import StrEnum

from corpus.figures.amounts import allowed, contradicts_bound, plain, rounded, told
from corpus.figures.figure import Bound, Figure, Period, Status
from corpus.figures.plausibility import Finding, implausible

__all__ = ["Finding", "Relation", "RelationKind", "implausible", "relation", "same_statement"]

STATUS_WORDS = {Status.REPORTED: "reported", Status.FORECAST: "a forecast", Status.TARGET: "a target"}


class RelationKind(StrEnum):
    """What two figures of one metric are to each other."""

    AGREE = "agree"
    DIFFER = "differ"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Relation:
    """The kind of relation, and a clause that tells a reader what differs or how far the values are apart."""

    kind: RelationKind
    words: str


def same_statement(a: Figure, b: Figure) -> bool:
    """Whether two figures of one metric are one statement that articles repeat: one value, place, time, status and bound.

    Times are one where they end on the same day, places where one is not told; "over" and "more than" are one bound.
    """
    return (
        a.article_id != b.article_id
        and (a.unit, a.low, a.high, a.bound, a.status) == (b.unit, b.low, b.high, b.bound, b.status)
        and not places_differ(a, b)
        and _same_or_no_date(a, b)
    )


def relation(a: Figure, b: Figure) -> Relation:
    """Compare two figures of one metric.

    Returns:
        DIFFER where unit, place, date or status differ, where a bound leaves room for the other value, or where a date is
        missing; CONFLICT where all of that is the same and the values are apart by more than the rounding of their digits.
    """
    if difference := _difference(a, b):
        return Relation(RelationKind.DIFFER, difference)
    if rounded(a).meets(rounded(b)):
        return Relation(RelationKind.AGREE, _agreement(a, b))
    if _one_date(a, b) is None:
        return Relation(RelationKind.DIFFER, f"{_undated(a, b)}, so they may be of different dates")
    if allowed(a).meets(allowed(b)):
        return Relation(RelationKind.AGREE, f"they agree as far as {_bounds(a, b)} says")
    if not contradicts_bound(a, b.value) and not contradicts_bound(b, a.value):
        return Relation(RelationKind.DIFFER, f"they differ in bound: {_bounds(a, b)} rules neither out")
    return Relation(RelationKind.CONFLICT, f"same date and scope, but {_apart(a, b)}")


def _difference(a: Figure, b: Figure) -> str | None:
    """What two figures are not both about, if anything."""
    if a.unit != b.unit:
        return f"they differ in unit: {a.unit} and {b.unit}"
    if places_differ(a, b):
        return f"they differ in scope: {a.place} and {b.place}"
    if _one_date(a, b) is False:
        return f"they differ in date: {_when(a.period)} and {_when(b.period)}"
    if a.status is not b.status and not rounded(a).meets(rounded(b)):
        return f"they differ in status: one is {STATUS_WORDS[a.status]}, the other {STATUS_WORDS[b.status]}"
    return None


def places_differ(a: Figure, b: Figure) -> bool:
    """Whether both name a place and not the same one; "China's" is China."""
    one, other = (_bare(figure.place) for figure in (a, b))
    return bool(one and other and one != other)


def _bare(place: str | None) -> str:
    return (place or "").casefold().removeprefix("the ").removesuffix("'s").removesuffix("’s")


def _one_date(a: Figure, b: Figure) -> bool | None:
    """Whether two figures are of one time; nothing where one of them does not say.

    A period that has an end only is met by any that ends on the same day: "by 2035" and "from 2025 to 2035".
    """
    one, other = a.period, b.period
    if one is None or other is None or one.end is None or other.end is None:
        return None
    return one.end == other.end and (one.start is None or other.start is None or one.start == other.start)


def _same_or_no_date(a: Figure, b: Figure) -> bool:
    """Whether two figures are of one time, or neither tells any; unresolved words must be the same."""
    known = _one_date(a, b)
    if known is not None:
        return known
    return (a.period.text.casefold() if a.period else None) == (b.period.text.casefold() if b.period else None)


def _when(period: Period | None) -> str:
    """A period as written, with its days where the words alone do not tell them."""
    if period is None or period.end is None:
        return f'"{period.text}"' if period else "no date"
    return period.text if str(period.end.year) in period.text else f"{period.text} ({period.end:%Y-%m-%d})"


def _undated(a: Figure, b: Figure) -> str:
    """Which of the two has no date, and the words that no day could be found for."""
    undated = [figure for figure in (a, b) if figure.period is None or figure.period.end is None]
    if len(undated) == 2:
        return "neither is dated"
    words = undated[0].period
    return f'{undated[0].text} is dated only "{words.text}"' if words else f"{undated[0].text} is not dated"


def _agreement(a: Figure, b: Figure) -> str:
    same = a.low == b.low and a.high == b.high
    words = "the same value" if same else f"one value, rounded differently: {' and '.join(told([a.value, b.value], a.unit))}"
    if a.status is not b.status:
        words += f"; one is {STATUS_WORDS[a.status]}, the other {STATUS_WORDS[b.status]}"
    return words if _one_date(a, b) is not None else f"{words}; {_undated(a, b)}"


def _bounds(a: Figure, b: Figure) -> str:
    names = {Bound.ABOVE: "more than", Bound.BELOW: "less than", Bound.ABOUT: "about"}
    said = [f'"{names[figure.bound]} {figure.text}"' for figure in (a, b) if figure.bound is not Bound.NONE]
    return " and ".join(said) or "the range"


def _apart(a: Figure, b: Figure) -> str:
    """By how much two values are apart, in one unit, and as a share of the smaller or as a multiple."""
    low, high = sorted((a.value, b.value))
    first, second, gap = told([a.value, b.value, high - low], a.unit)
    share = f", {plain(100 * (high - low) / low)} percent of the smaller" if low > 0 else ""
    return f"{first} and {second} are {gap} apart{share}"
