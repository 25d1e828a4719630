"""How exact a written number is, how near two of them are, and how to say amounts so that they can be compared at sight.

Knows nothing of time or place; `corpus.figures.relations` does.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from corpus.figures.figure import Bound, Figure
from corpus.number_words import SCALES

DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
# What "over", "nearly" and "about" leave open, as a share of the number: what `embeddings.disagreement` allows too.
OPEN = Decimal("0.1")
TOLD_SCALES = [(SCALES[word], word) for word in ("quintillion", "quadrillion", "trillion", "billion", "million")]
SIGNS = {"percent": "%", "percentage point": " percentage points", "ratio": " times", "count": ""}
BYTES = ((18, "exabytes"), (15, "petabytes"), (12, "terabytes"), (9, "gigabytes"))
# What the press calls currencies; others keep their code.
CURRENCIES = {"CNY": "yuan", "USD": "US dollars", "EUR": "euros", "GBP": "pounds", "JPY": "yen"}
UNITS = {
    "FLOPS": "operations per second",
    "square_metre": "square metres",
    "degC": "°C",
    "byte": "bytes",
    "watt_hour": "watt hours",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """The values that a written number may stand for, both ends included."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Reach") -> bool:
        """Whether one value can be both."""
        return self.low <= other.high and other.low <= self.high


def rounded(figure: Figure) -> Reach:
    """What a figure may stand for if only its digits were rounded: 1.7 trillion may be anything from 1.65 to 1.75 trillion.

    Zeros that end a whole number count as rounded away (4,500 may be 4,450 to 4,550) behind its first two digits; numbers in
    words and small counts are exact.
    """
    half = _last_digit(figure) / 2
    return Reach(figure.low - half, figure.high + half)


def allowed(figure: Figure) -> Reach:
    """What a figure may stand for if its "over", "nearly" or "about" is taken at its word, as far as one says so in earnest."""
    reach = rounded(figure)
    room = OPEN * max(abs(figure.low), abs(figure.high))
    below = room if figure.bound in (Bound.BELOW, Bound.ABOUT) else Decimal(0)
    above = room if figure.bound in (Bound.ABOVE, Bound.ABOUT) else Decimal(0)
    return Reach(reach.low - below, reach.high + above)


def contradicts_bound(figure: Figure, value: Decimal) -> bool:
    """Whether a value lies on the wrong side of a bound: 4,000 of "over 4,500"; a figure without one rules out the most."""
    reach = rounded(figure)
    if figure.bound is Bound.ABOVE:
        return value < reach.low
    if figure.bound is Bound.BELOW:
        return value > reach.high
    return not reach.low <= value <= reach.high


def _last_digit(figure: Figure) -> Decimal:
    """What one of the last digit told is worth; nothing for numbers in words and for things counted one by one."""
    written = [match.group().replace(",", "") for match in DIGITS.finditer(figure.text)]
    if not written or not Decimal(written[-1]) or not figure.high:
        return Decimal(0)
    worth, step = abs(figure.high / Decimal(written[-1])), min(_step(number) for number in written)
    counted = figure.unit == "count" and worth == 1 and step < 100
    return Decimal(0) if counted else step * worth


def _step(number: str) -> Decimal:
    """What the last digit told stands for: 0.1 in 1.7, 100 in 4500; two digits always tell, so 10 in 600."""
    if "." in number:
        return Decimal(1).scaleb(-len(number.partition(".")[2]))
    zeros = len(number) - len(number.rstrip("0"))
    return Decimal(1).scaleb(max(0, min(zeros, len(number) - 2)))


def told(values: list[Decimal], unit: str) -> list[str]:
    """Say amounts of one unit in one scale: 1,590 quintillion and 188.2 quintillion operations per second.

    The scale is that of the smallest, so that no reader has to move a decimal point.
    """
    smallest = min((abs(value) for value in values if value), default=Decimal(0))
    scales = BYTES if unit == "byte" else TOLD_SCALES
    power, scale = next(((power, name) for power, name in scales if smallest >= Decimal(10) ** power), (0, ""))
    name = "" if unit == "byte" and scale else CURRENCIES.get(unit, UNITS.get(unit, unit.replace("_", " ")))
    ending = SIGNS.get(unit, f" {name}" if name else "")
    return [f"{plain(value.scaleb(-power), 5)}{f' {scale}' if scale else ''}{ending}" for value in values]


def plain(number: Decimal, digits: int = 4) -> str:
    """A number rounded to as many digits, but never a whole place, commas between thousands: 1,729.5 as 1,730, 0.3500 as 0.35."""
    if not number:
        return "0"
    places = max(0, digits - 1 - number.adjusted())
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
