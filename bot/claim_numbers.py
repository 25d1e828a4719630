"""The numbers of a claim beside the articles' figures: which figure each is to be compared with, and what the two do not share.

Pure functions and an encoder. Says what differs, never which of the two is right.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache

from corpus.article import Article
from corpus.figure_store import StoredFigure
from corpus.figures.amounts import contradicts_bound, rounded
from corpus.figures.catalogue import Catalogue, Metric, fits
from corpus.figures.figure import Bound, Figure, Status
from corpus.figures.relations import RelationKind, places_differ, relation
from corpus.scripts import HAN_LETTER
from corpus.units import is_money
from embeddings.encoder import Encoder
from embeddings.metrics.likeness import COSINE_WEIGHT, Surroundings, cosines, overlap, surroundings, telling
from embeddings.metrics.matching import match_metrics

MOST_FURTHER = 2  # other figures shown beside the one that a number is compared with
# How surely two figures that no metric names measure one thing, 0 to 1. With all-mpnet-base-v2 nine messages written about
# figures of the briefs have 0.63 to 0.98, and five about something else that shares a word with one at most 0.55.
ALIKE = 0.6
ABOUT_AS_ALIKE = 0.05
NEAR_ENOUGH = Decimal("0.03")  # of the larger value: "1%" may be rounded from 1.5, but a reader takes it for another number


class Standing(StrEnum):
    """How a number of a message stands to the articles."""

    SAME = "same"
    DIFFERS = "differs"
    NO_FIGURE = "no such figure"


class Aspect(StrEnum):
    """What two figures of one thing do not share."""

    VALUE = "value"
    BOUND = "bound"  # "over 4,500" beside 5,300: neither rules the other out
    ROUNDED = "rounded"  # 1.73 trillion beside 1,729.5 billion
    UNIT = "unit"
    PLACE = "place"
    DATE = "date"
    UNDATED = "undated"  # one of them gives no day
    STATUS = "status"


DIFFERENCES = frozenset({Aspect.VALUE, Aspect.BOUND, Aspect.UNIT, Aspect.PLACE, Aspect.DATE})


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A figure of the articles beside a number of the message, and what the two do not share."""

    stored: StoredFigure
    aspects: frozenset[Aspect]

    @property
    def differs(self) -> bool:
        """Whether it is another number, or one of another time, place or unit."""
        return bool(self.aspects & DIFFERENCES)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A number of the message and the figure that it is to be compared with, if any; `further` are others of the same thing."""

    claimed: Figure
    found: Counterpart | None = None
    further: tuple[Counterpart, ...] = ()

    @property
    def standing(self) -> Standing:
        """Same, differs, or not in the articles."""
        if self.found is None:
            return Standing.NO_FIGURE
        return Standing.DIFFERS if self.found.differs else Standing.SAME


def compare_numbers(
    claim: Article, figures: Sequence[Figure], stored: Sequence[StoredFigure], metrics: Sequence[Metric], encoder: Encoder
) -> list[Comparison]:
    """Put beside each number of a message the figure of the articles that it is to be compared with.

    Args:
        figures: the message's, as read from `claim`.
        stored: all figures of the articles.
        metrics: of the catalogue; a number that belongs to one is compared with that one's figures alone.
    """
    sentences = [claim.text[figure.sentence_start : figure.sentence_end] for figure in figures]
    # Names of other units cannot fit, and each takes a vector.
    fitting = tuple(metric for metric in metrics if any(fits(figure.unit, metric) for figure in figures))
    matches = match_metrics(figures, sentences, Catalogue(fitting, ""), encoder)
    found = []
    for figure, sentence, match in zip(figures, sentences, matches, strict=True):
        if match.key is not None:
            same = [one for one in stored if one.metric == match.key]
        else:
            same = _alike(figure, surroundings(figure, sentence), stored, encoder)
        found.append(_comparison(figure, same))
    return found


def _alike(figure: Figure, around: Surroundings, stored: Sequence[StoredFigure], encoder: Encoder) -> list[StoredFigure]:
    """The articles' figures that measure the same as one of a message that no metric names, as far as words can tell."""
    sought = telling(figure.subject)
    candidates = [one for one in stored if _one_measure(figure, one.figure) and sought & telling(one.figure.subject)]
    if not candidates:
        return []
    others = [surroundings(one.figure, one.sentence) for one in candidates]
    meanings = cosines(others, [around.near], encoder)[:, 0]
    scores = [
        _likeness(figure, around, one, other, float(meaning))
        for one, other, meaning in zip(candidates, others, meanings, strict=True)
    ]
    least = max(ALIKE, max(scores) - ABOUT_AS_ALIKE)
    return [one for one, score in zip(candidates, scores, strict=True) if score >= least]


def _likeness(figure: Figure, around: Surroundings, one: StoredFigure, other: Surroundings, meaning: float) -> float:
    """How surely two figures measure one thing, 0 to 1: their words must be in each other's surroundings, and mean the same."""
    shared = (overlap(other, figure.subject, {}) + overlap(around, one.figure.subject, {})) / 2
    if around.is_foreign or other.is_foreign:
        return shared
    return COSINE_WEIGHT * meaning + (1 - COSINE_WEIGHT) * shared


@cache
def _chinese_countries() -> dict[str, str]:
    from babel import Locale  # its data files take a tenth of a second to read

    english = Locale("en").territories
    return {name: english[code] for code, name in Locale("zh").territories.items() if code in english}


def english_place(place: str | None) -> str | None:
    """A place as English names it; nothing for one in Chinese that is no country, which no other name can be compared with."""
    return _chinese_countries().get(place) if place and HAN_LETTER.search(place) else place


def _one_measure(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit or (is_money(one.unit) and is_money(other.unit))


def _comparison(claimed: Figure, same: Sequence[StoredFigure]) -> Comparison:
    counterparts = sorted((counterpart(claimed, one) for one in same), key=lambda one: _distance(claimed, one))
    if not counterparts:
        return Comparison(claimed)
    found, *others = counterparts
    return Comparison(claimed, found, tuple(_worth_knowing(claimed, found, others))[:MOST_FURTHER])


def counterpart(claimed: Figure, stored: StoredFigure) -> Counterpart:
    """Put two figures of one thing side by side."""
    figure = stored.figure
    placed, place = (replace(one, place=english_place(one.place)) for one in (claimed, figure))
    aspects = {Aspect.PLACE} if places_differ(placed, place) else set()
    aspects |= {Aspect.UNIT} if claimed.unit != figure.unit else _value_aspects(claimed, figure)
    aspects |= _date_aspects(claimed, figure)
    if claimed.status is not figure.status:
        aspects.add(Aspect.STATUS)
    return Counterpart(stored, frozenset(aspects))


def _value_aspects(claimed: Figure, figure: Figure) -> set[Aspect]:
    if (claimed.low, claimed.high) == (figure.low, figure.high):
        # "over 600" and "nearly 600" are one number, but not one statement.
        return {Aspect.BOUND} if {claimed.bound, figure.bound} == {Bound.ABOVE, Bound.BELOW} else set()
    near = abs(claimed.value - figure.value) <= NEAR_ENOUGH * max(abs(claimed.value), abs(figure.value))
    if near and rounded(claimed).meets(rounded(figure)):
        return {Aspect.ROUNDED}
    one_rules_out = contradicts_bound(claimed, figure.value) or contradicts_bound(figure, claimed.value)
    return {Aspect.VALUE} if one_rules_out else {Aspect.BOUND}


def _date_aspects(claimed: Figure, figure: Figure) -> set[Aspect]:
    if any(one.period is None or not one.period.is_resolved for one in (claimed, figure)):
        return {Aspect.UNDATED}
    # The same figure but for its time: whatever keeps the two apart is the time.
    moved = replace(figure, period=claimed.period)
    return {Aspect.DATE} if relation(moved, figure).kind is RelationKind.DIFFER else set()


def _distance(claimed: Figure, one: Counterpart) -> tuple[int, int, int, int, int]:
    """How far a figure is from what the message speaks of; what it is about comes before how large it is."""
    aspects, figure = one.aspects, one.stored.figure
    about = 2 * (Aspect.PLACE in aspects) + 2 * (Aspect.UNIT in aspects) + (Aspect.DATE in aspects)
    value = 2 * (Aspect.VALUE in aspects) + (Aspect.BOUND in aspects)
    return about, value, _days_between(claimed, figure), int(Aspect.STATUS in aspects), -one.stored.id


def _days_between(claimed: Figure, figure: Figure) -> int:
    """Days between the ends of two times; of a message that gives none, the newest figure is nearest, measured ones first."""
    theirs = figure.period.end if figure.period else None
    if theirs is None:
        return dt.date.max.toordinal()
    if claimed.period and claimed.period.end:
        return abs((claimed.period.end - theirs).days)
    return dt.date.max.toordinal() - theirs.toordinal() if figure.status is Status.REPORTED else theirs.toordinal()


def _worth_knowing(claimed: Figure, found: Counterpart, others: Sequence[Counterpart]) -> Iterable[Counterpart]:
    """Figures of the same thing that say something else: of the same time, or of a message without a date the newer ones."""
    dated = claimed.period is not None and claimed.period.is_resolved
    for one in others:
        if Aspect.VALUE not in one.aspects or Aspect.PLACE in one.aspects:
            continue
        same_time = not one.aspects & {Aspect.DATE, Aspect.UNDATED}
        if same_time if dated else _is_newer(one.stored.figure, found.stored.figure):
            yield one


def _is_newer(figure: Figure, other: Figure) -> bool:
    ends = [one.period.end if one.period else None for one in (figure, other)]
    return ends[0] is not None and (ends[1] is None or ends[0] > ends[1]) and figure.status is Status.REPORTED
