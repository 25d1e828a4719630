"""The numbers of a text that measure or count something, each with value, unit, bound, place and the noun that it counts.

Knows nothing of time, subject and speaker (`corpus.figures.extraction` puts those together). What cannot be read surely is
left out and said, so that no number is lost in silence and none is guessed.
"""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.figures.bounds import bound_of
from corpus.figures.counted_nouns import noun_after
from corpus.figures.doubts import doubt_of
from corpus.figures.figure import Bound, LeftOut
from corpus.figures.national_money import CHINA, with_money
from corpus.figures.no_figures import no_figures_in
from corpus.figures.ranges import ReadNumber, joined
from corpus.figures.written_values import values_in
from corpus.number_forms import WIDE
from corpus.units import CURRENCIES

# Units of `corpus.units` by the names that figures have: those of pint, but for percent and counts.
UNIT_NAMES: Mapping[str | None, str] = {
    None: "count", "%": "percent", "s": "second", "m": "metre", "m²": "square_metre", "g": "gram", "W": "watt", "Wh": "watt_hour",
    "Hz": "hertz", "m/s": "metre / second", "bit/s": "bit / second", "byte/s": "byte / second", "L": "litre",
    "m³": "cubic_metre", "°C": "degC", "¥": "CNY",
}  # fmt: skip
WITHOUT_NOUN = frozenset({"percent", "percentage point", *(code for code, _, _ in CURRENCIES)})
TONNE = Decimal(1_000_000)  # grams
DIGITS = re.compile(r"\d[\d,.\u2009\u202f\u00a0]*")


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number where a text writes it: `text[start:end]` is all of it, with currency, scale and unit.

    `value`, `low` and `high` count base units and are equal but for a range, whose `value` is its middle. `unit` is as in
    `corpus.figures.figure.Figure`; `noun` is empty for money, percent, and where no noun follows.
    """

    start: int
    end: int
    text: str
    value: Decimal
    low: Decimal
    high: Decimal
    bound: Bound
    unit: str
    noun: str


@dataclass(frozen=True, slots=True)
class NumbersRead:
    """The numbers of a text, in order and without overlaps, and what could not be read surely."""

    numbers: tuple[WrittenNumber, ...]
    left_out: tuple[LeftOut, ...]


def numbers_in(text: str, context: str = "") -> NumbersRead:
    """Read the numbers of a text, usually a sentence.

    Args:
        context: the article around it, which tells what "¥" and "kroner" stand for.
    """
    read = _with_tons(with_money(text, joined(text, values_in(text)), context or text), context or text)
    doubts = [(number, doubt_of(text, number, context or text)) for number in read]
    numbers = tuple(_shared_bounds(text, [_written(text, number) for number, doubt in doubts if not doubt]))
    left_out = [_left_out(text, number.start, number.end, doubt) for number, doubt in doubts if doubt]
    left_out += _unread(text, read)
    return NumbersRead(numbers, tuple(sorted(left_out, key=lambda one: one.start)))


def _with_tons(numbers: list[ReadNumber], context: str) -> list[ReadNumber]:
    """The numbers, tons as metric ones where the article is about China, which has no others."""
    if not CHINA.search(context):
        return numbers
    return [replace(one, low=one.low * TONNE, high=one.high * TONNE, unit="g") if one.unit == "ton" else one for one in numbers]


def _written(text: str, number: ReadNumber) -> WrittenNumber:
    unit = UNIT_NAMES.get(number.unit, number.unit or "count")
    bound = bound_of(text, number.start, number.end)
    return WrittenNumber(
        start=number.start,
        end=number.end,
        text=text[number.start : number.end],
        value=(number.low + number.high) / 2,
        low=number.low,
        high=number.high,
        bound=bound if bound is not Bound.NONE else number.bound,
        unit=unit,
        noun="" if unit in WITHOUT_NOUN else noun_after(text, number.end),
    )


def _shared_bounds(text: str, numbers: list[WrittenNumber]) -> list[WrittenNumber]:
    """ "Up to 35 million or 7%" bounds both."""
    for place, (first, second) in enumerate(itertools.pairwise(numbers), 1):
        if second.bound is Bound.NONE and text[first.end : second.start] == " or ":
            numbers[place] = replace(second, bound=first.bound)
    return numbers


def _unread(text: str, read: list[ReadNumber]) -> list[LeftOut]:
    """The digits that are neither read nor known to be no figure."""
    plain = text.translate(WIDE)
    known = [(one.start, one.end) for one in read] + [(one.start, one.end) for one in no_figures_in(plain)]
    return [
        _left_out(text, *match.span(), "not read as a number")
        for match in DIGITS.finditer(plain)
        if not any(start < match.end() and match.start() < end for start, end in known)
    ]


def _left_out(text: str, start: int, end: int, reason: str) -> LeftOut:
    return LeftOut(start, end, text[start:end], reason)
