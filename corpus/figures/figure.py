"""What a figure is: a number of an article with its unit, and everything the article says of it.

Reads no text itself; `corpus.figures.extraction` does.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    """Whether a figure was measured, is expected, or is wanted."""

    REPORTED = "reported"
    FORECAST = "forecast"
    TARGET = "target"


class Bound(StrEnum):
    """What stands before or behind a number: "over 4,500" is above, "nearly 600 billion" below, "about 30" about."""

    NONE = ""
    ABOVE = "above"
    BELOW = "below"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a figure is about, and the words that say so: `text` as written.

    Both ends are included; `start` is nothing for "by the end of 2024", which names a day only. Words that cannot be resolved
    ("this year" in an article without a date) leave both empty.
    """

    text: str
    start: dt.date | None
    end: dt.date | None

    @property
    def is_resolved(self) -> bool:
        """Whether a day is known."""
        return self.end is not None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of an article: `article.text[start:end]`, all of it, with its currency, scale and unit.

    `low`, `value` and `high` count whole base units (600 billion yuan are 600000000000 CNY, 890 petabytes 890 * 10^15 bytes) and
    are equal but for a range, whose `value` is its middle. `unit` is an ISO 4217 code for money, `percent`, `percentage point`,
    `count`, `ratio` ("three times"), `byte`, `FLOPS`, or a unit of pint.
    """

    article_id: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    text: str
    value: Decimal
    low: Decimal
    high: Decimal
    bound: Bound
    unit: str
    subject: str  # what it measures, in the article's words: "core AI industry", "AI companies"
    place: str | None  # whose or where: "China", "Beijing", "the world", "DeepSeek"
    status: Status
    period: Period | None
    speaker: str  # a person or body in the article's words, or ARTICLE

    @property
    def is_range(self) -> bool:
        """Whether two values were written."""
        return self.low != self.high

    @property
    def is_approximate(self) -> bool:
        """Whether the article gives a bound, a range or an estimate instead of the number itself."""
        return self.bound is not Bound.NONE or self.is_range


ARTICLE = "the article"  # the speaker where the article, or its author, says it itself


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A number that could not be read surely: where it stands and why it is no figure."""

    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article's numbers are: the figures, in order, and those that were left out."""

    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...]
