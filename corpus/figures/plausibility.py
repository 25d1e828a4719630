"""Figures that cannot be right as they stand, although no article contradicts them: a stock that shrinks to a fraction, a
forecast whose growth rate does not lead from its start to its end.

Says what the arithmetic is and which figures it takes; decides nothing about which of them is wrong.
"""

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.figures.amounts import plain, told
from corpus.figures.figure import Figure, Period, Status

# A later value below a third of an earlier one: a market halves in a bad year, but what is built does not go to a third.
FAR_BELOW = 3
FAR_APART = 5  # where one has no date and growth might explain it
# How far the start of a forecast may lie off the first day of its period: "from 2025" may count from any day of 2025.
NEAR_START = dt.timedelta(days=366)
NEARBY = 300  # code points between the beginnings of two sentences: one long sentence
LEAST_YEARS = 2  # a rate "a year" over less is one rise, not a growth path
RATE_ROOM = 1.5  # percentage points a year by which rate and values may miss each other: the dates are known to a year only
DAYS_A_YEAR = 365.25
GROWTH = re.compile(r"\b(?:growth|grow|grows|growing|CAGR|annual increase)\b|增长|增速", re.I)
FLOWING = frozenset({"percent", "percentage point", "ratio", "second", "month", "degC"})  # what falls as easily as it rises
WORD = re.compile(r"[^\W\d_]+")
EMPTY = frozenset("a an and by for from in of on the its their total scale size number valid s".split())
SHARED = 0.6  # share of the fewer telling words that two subjects of one series have in common


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not fit, in a sentence or two for readers, and the figures it takes, in the order of their telling."""

    words: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class _Point:
    """A figure with a day, and the metric it belongs to where it has one."""

    figure: Figure
    metric: str | None
    day: dt.date
    period: Period


def implausible(figures: Sequence[Figure], metrics: Sequence[str | None] = ()) -> list[Finding]:
    """Find the figures that cannot all be right, or that no date explains.

    Args:
        figures: of one metric or of many.
        metrics: each figure's metric, in the same order; without it, figures of like subjects are one series.
    Returns:
        First the stocks that shrink, by date; then those far apart of which one has no date; then the forecasts. Empty when
        everything fits.
    """
    told_of = list(zip(figures, metrics or [None] * len(figures), strict=True))
    points = [
        _Point(figure, key, figure.period.end, figure.period) for figure, key in told_of if figure.period and figure.period.end
    ]
    points.sort(key=lambda point: (point.day, point.figure.article_id, point.figure.start))
    undated = [(figure, key) for figure, key in told_of if figure.period is None or figure.period.end is None]
    return [*_shrunk(points), *_far_apart(points, undated), *_misgrown(figures, points)]


def _is_stock(figure: Figure) -> bool:
    return figure.status is Status.REPORTED and figure.unit not in FLOWING


def _shrunk(points: Sequence[_Point]) -> list[Finding]:
    """Reported stocks of which a later value is far below an earlier one."""
    found = []
    for early, late in itertools.combinations([point for point in points if _is_stock(point.figure)], 2):
        shrinks = late.figure.high * FAR_BELOW < early.figure.low
        if shrinks and early.day < late.day and _one_series(early.figure, early.metric, late.figure, late.metric):
            found.append(_shrinkage(early, late))
    return found


def _far_apart(points: Sequence[_Point], undated: Sequence[tuple[Figure, str | None]]) -> list[Finding]:
    """Reported stocks of two articles, one dated and one not, so far apart that only a long time could explain it."""
    found = []
    for point, (figure, key) in itertools.product(points, undated):
        if point.figure.article_id == figure.article_id or not (_is_stock(point.figure) and _is_stock(figure)):
            continue
        low, high = sorted((point.figure, figure), key=lambda one: one.value)
        if 0 < low.high * FAR_APART < high.low and _one_series(point.figure, point.metric, figure, key):
            found.append(_distance(point, figure))
    return found


def _distance(dated: _Point, undated: Figure) -> Finding:
    first, second = told([dated.figure.value, undated.value], undated.unit)
    ratio = dated.figure.value / undated.value
    times, side = (ratio, "less") if ratio > 1 else (1 / ratio, "more")
    when = f'"{undated.period.text}", which its article does not resolve' if undated.period else "not dated"
    words = (
        f"{_capital(dated.figure.subject)}: {dated.figure.text} ({dated.period.text}) is {first}, but {undated.text} ({when}) is "
        f"{second}: {plain(times, 2)} times {side}{_magnitude(times)}. If it is the {'later' if side == 'less' else 'earlier'} "
        f"of the two, one must be wrong or count something else."
    )
    return Finding(words, (dated.figure, undated))


def _magnitude(times: Decimal) -> str:
    return ", nearly an order of magnitude" if 7 <= times < 10 else ", an order of magnitude or more" if times >= 10 else ""


def _shrinkage(early: _Point, late: _Point) -> Finding:
    times = early.figure.value / late.figure.value
    before, after = told([early.figure.value, late.figure.value], early.figure.unit)
    words = (
        f"{_capital(early.figure.subject)}: {early.figure.text} ({early.period.text}) is {before}, but the later "
        f"{late.figure.text} ({late.period.text}) is {after}: {plain(times, 2)} times less{_magnitude(times)}. "
        "What is built up does not shrink so: one of the two must be wrong or count something else."
    )
    return Finding(words, (early.figure, late.figure))


def _misgrown(figures: Sequence[Figure], points: Sequence[_Point]) -> list[Finding]:
    """Forecasts whose growth rate does not lead from any start value that the articles give to the end value."""
    rates = [figure for figure in figures if figure.unit == "percent" and GROWTH.search(figure.subject)]
    forecasts = [point for point in points if point.figure.status is not Status.REPORTED and point.figure.unit not in FLOWING]
    found = []
    for rate, end in itertools.product(rates, forecasts):
        if _is_end_of(rate, end) and (finding := _misfit(rate, end, _starts(rate, end, points))):
            found.append(finding)
    return found


def _is_end_of(rate: Figure, end: _Point) -> bool:
    """Whether a rate belongs to an end value: of one sentence or of two that follow closely, with one last day."""
    figure = end.figure
    distance = abs(rate.sentence_start - figure.sentence_start)
    return (
        rate.article_id == figure.article_id
        and (rate.period is None or rate.period.end in (None, end.day))
        and (distance == 0 or (distance <= NEARBY and _subjects_meet(rate, figure)))
    )


def _starts(rate: Figure, end: _Point, points: Sequence[_Point]) -> list[_Point]:
    """The values that growth could start from: those near the first day of the period, else the latest of the same article."""
    earlier = [
        point
        for point in points
        if point.figure.value > 0
        and point.figure.status is not Status.TARGET
        and _years(point, end) >= LEAST_YEARS
        and _one_series(point.figure, point.metric, end.figure, end.metric)
    ]
    own = [point for point in earlier if point.figure.article_id == end.figure.article_id]
    if first := _first_day(rate, end):
        # Two articles with one value make one start, told by the forecast's own article where it has it.
        near = {(point.figure.value, point.day): point for point in [*earlier, *own] if abs(point.day - first) <= NEAR_START}
        return list(near.values())
    return own[-1:]


def _first_day(rate: Figure, end: _Point) -> dt.date | None:
    return (rate.period.start if rate.period else None) or end.period.start


def _misfit(rate: Figure, end: _Point, starts: Sequence[_Point]) -> Finding | None:
    """A finding where no start value fits; nothing where one does, or where there is none."""
    if not starts or any(abs(_needed(start, end) - float(rate.value)) <= RATE_ROOM for start in starts):
        return None
    percent, target = plain(rate.value, 3), end.figure
    lines = [_arithmetic(rate, start, end) for start in starts]
    words = f"{target.text} ({end.period.text}) does not fit growth of {percent} percent a year: {'; '.join(lines)}."
    first = _first_day(rate, end)
    if first and (years := end.day.year - first.year) >= LEAST_YEARS:
        began = target.value / (1 + rate.value / 100) ** years
        words += f" Reckoned back over {years} years, that growth would have begun at {told([began], target.unit)[0]}."
    return Finding(words, (rate, target, *(start.figure for start in starts)))


def _arithmetic(rate: Figure, start: _Point, end: _Point) -> str:
    """From one start: what the rate makes of it, and what rate the end would take."""
    years = _years(start, end)
    grown = start.figure.value * Decimal((1 + float(rate.value) / 100) ** years)
    begun, made, wanted = told([start.figure.value, grown, end.figure.value], end.figure.unit)
    return (
        f"{begun} ({start.period.text}) would grow in {plain(Decimal(years), 3)} years to {made}, "
        f"whereas {wanted} takes {plain(Decimal(_needed(start, end)), 2)} percent a year"
    )


def _needed(start: _Point, end: _Point) -> float:
    """The growth a year, in percent, that leads from one value to the other."""
    growth: float = float(end.figure.value / start.figure.value) ** (1 / _years(start, end))
    return 100 * (growth - 1)


def _years(start: _Point, end: _Point) -> float:
    return (end.day - start.day).days / DAYS_A_YEAR


def _one_series(a: Figure, a_metric: str | None, b: Figure, b_metric: str | None) -> bool:
    """Whether two figures measure one thing at two times: of one metric, or alike in subject; in one unit and place."""
    same_thing = a_metric == b_metric if a_metric or b_metric else _subjects_meet(a, b)
    return a.unit == b.unit and same_thing and not _places_differ(a, b)


def _places_differ(a: Figure, b: Figure) -> bool:
    return bool(a.place and b.place and a.place.casefold() != b.place.casefold())


def _subjects_meet(a: Figure, b: Figure) -> bool:
    one, other = _telling(a.subject), _telling(b.subject)
    return len(one & other) >= SHARED * min(len(one), len(other)) > 0


def _telling(subject: str) -> frozenset[str]:
    """A subject's words without plural, and the initials of neighbours: "artificial intelligence" is also "ai"."""
    words = [word.casefold().removesuffix("s") for word in WORD.findall(subject)]
    told_words = [word for word in words if word and word not in EMPTY]
    initials = {one[0] + other[0] for one, other in itertools.pairwise(told_words)}
    return frozenset(told_words) | initials


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
