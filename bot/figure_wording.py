"""A figure in words for people, in the reader's language: its value, the time it is about, and whether it was measured.

Numbers and names of units come from babel; what stands in an article is quoted elsewhere, never made here.
"""

import datetime as dt
import re
from decimal import Context, Decimal
from typing import Literal

from babel.core import get_global
from babel.dates import format_skeleton
from babel.numbers import format_compact_decimal, format_decimal, format_percent, get_currency_name
from babel.units import format_unit

from bot.wording import ENGLISH, Wording, wording
from corpus.figure_store import StoredFigure
from corpus.figures.bounds import bound_words
from corpus.figures.figure import Bound, Period, Status
from corpus.scripts import HAN_LETTER

SHOWN_DIGITS = Context(prec=5)  # as in 757.58 billion
COMPACT_FROM = 1_000_000  # below, the digits themselves read better: 4,500 and not 4.5 thousand
# Symbols with the steps that are in use: nobody writes megametres.
PREFIXES = (("", 0), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18), ("Z", 21), ("Y", 24))
SYMBOLS = {
    "FLOPS": ("FLOPS", PREFIXES),
    "byte": ("B", PREFIXES),
    "bit": ("bit", PREFIXES),
    "watt": ("W", PREFIXES),
    "watt_hour": ("Wh", PREFIXES),
    "hertz": ("Hz", PREFIXES),
    "metre": ("m", (("", 0), ("k", 3))),
    "gram": ("g", (("", 0), ("k", 3))),
    "litre": ("L", (("", 0),)),
}
# Unit, the steps from small to large, and babel's name of each; the largest that leaves one or more is taken.
LADDERS: dict[str, tuple[tuple[int, str], ...]] = {
    "second": ((1, "duration-second"), (60, "duration-minute"), (3600, "duration-hour"), (86400, "duration-day")),
    "month": ((1, "duration-month"), (12, "duration-year")),
    "square_metre": ((1, "area-square-meter"), (10_000, "area-hectare")),
    "cubic_metre": ((1, "volume-cubic-meter"),),
    "degC": ((1, "temperature-celsius"),),
}
HOURS = 3 * 86400  # articles say 72 hours, but hardly 120
# What the press calls the currency; babel's own is "Chinese yuan", "人民币", "Renminbi Yuan".
YUAN = {"en": "yuan", "zh": "元", "de": "Yuan", "es": "yuanes"}
# Before a number: what comes close to it is not "under" it, although it is no more.
NEARLY = re.compile(
    r"(?:\b(?:nearly|almost|close to|near(?:ing)?|approach(?:es|ed|ing)?)|将近|接近|近)(?:[有为达占]| (?:an?|the))?\s*$", re.I
)
# A value that reads well as it is written: digits first, nothing hyphenated, no unit spelled out at length.
PLAIN = re.compile(r"(?:(?:RMB|US\$|[$€£¥]) ?)?\d[\d,.]*(?: ?%| ?[A-Za-z]+(?: [A-Za-z]+)?| ?[\u4e00-\u9fff]{1,6})?")
PLAIN_LETTERS = 24


def written_value(stored: StoredFigure, say: Wording | None = None) -> str:
    """The value as the article writes it, with its own "over", "close to" or "about" where it gives a bound."""
    return _bounded(stored.figure.text, stored, say or wording())


def figure_value(stored: StoredFigure, say: Wording | None = None) -> str:
    """The value, or both values of a range, in short form: "nearly 600 billion yuan", "60% to 70%"."""
    say, figure = say or wording(), stored.figure
    if figure.is_range:
        return say(
            "{low} to {high}",
            low=value_words(figure.low, figure.unit, say.language),
            high=value_words(figure.high, figure.unit, say.language),
        )
    return _bounded(value_words(figure.value, figure.unit, say.language), stored, say)


def plain_value(stored: StoredFigure, say: Wording | None = None) -> str:
    """The value as the article writes it where that reads well; "eight", "5,300-hectare" or a foreign one does not."""
    say, text = say or wording(), stored.figure.text
    if stored.article.language == say.language and len(text) <= PLAIN_LETTERS and PLAIN.fullmatch(text):
        return written_value(stored, say)
    return figure_value(stored, say)


def value_words(value: Decimal, unit: str, language: str = ENGLISH) -> str:
    """A value with its unit, five digits long at most: "600 billion yuan", "1.59 ZFLOPS", "17.1%", "72 hours".

    Args:
        unit: as `Figure.unit` has it, or a unit that a figure was converted into.
    """
    if unit == "percent":
        return format_percent(SHOWN_DIGITS.divide(value, Decimal(100)), locale=language, decimal_quantization=False)
    if unit in SYMBOLS:
        return _with_prefix(value, unit, language)
    if unit in LADDERS:
        return _on_ladder(value, unit, language)
    if unit in get_global("all_currencies"):
        return _money(value, unit, language)
    return " ".join(part for part in (number_words(value, language), _plain_unit(unit, language)) if part)


def number_words(value: Decimal, language: str = ENGLISH) -> str:
    """A number, five digits long at most, with its scale in words from a million on: "4,500", "1.73 trillion"."""
    rounded = SHOWN_DIGITS.create_decimal(value)
    if abs(value) < COMPACT_FROM:
        exact = value if value == value.to_integral_value() else rounded
        return format_decimal(exact, locale=language, decimal_quantization=False)
    if abs(value) >= 10**18:  # babel's scales end with trillions
        return f"{rounded:.5g}".replace("e+", " × 10^")
    # Chinese has only one form, which babel calls the short one.
    form: Literal["short", "long"] = "short" if language == "zh" else "long"
    return str(format_compact_decimal(rounded, format_type=form, locale=language, fraction_digits=4))


def short_number(value: Decimal, language: str = ENGLISH) -> str:
    """As `number_words` has it, with its scale in letters: "1.5T" and "500B" on an axis."""
    if not COMPACT_FROM <= abs(value) < 10**18:
        return number_words(value, language)
    return str(format_compact_decimal(SHOWN_DIGITS.create_decimal(value), locale=language, fraction_digits=4))


def unit_name(unit: str, language: str = ENGLISH) -> str:
    """What numbers of a unit count, such as "yuan"; empty for those that are never parted from it, such as "%" and hours."""
    if has_sign(unit) or unit in LADDERS:
        return ""
    return _currency(unit, language) if unit in get_global("all_currencies") else _plain_unit(unit, language)


def has_sign(unit: str) -> bool:
    """Whether a unit is written as a short sign behind the number: "%", "PFLOPS"."""
    return unit == "percent" or unit in SYMBOLS


def period_words(period: Period | None, say: Wording | None = None) -> str:
    """The time a figure is about: "2025", "Sep 2024", "by 30 Sep 2024", "2025–2035", or the words where no day is known."""
    say = say or wording()
    if period is None:
        return say("no date given")
    if period.end is None:
        return say("“{words}” (no day known)", words=period.text)
    if period.start is None:
        return say("by {day}", day=say.day(period.end))
    return _between(period.start, period.end, say)


def short_period(period: Period | None, say: Wording | None = None) -> str:
    """As `period_words` has it, but what ends with a month or a year names no day: "by end of Sep 2024", "by end of 2025"."""
    say = say or wording()
    if period is None or period.end is None or period.start is not None:
        return period_words(period, say)
    after = period.end + dt.timedelta(days=1)
    if (after.month, after.day) == (1, 1):
        return say("by end of {time}", time=_named(period.end, "y", say))
    return say("by end of {time}", time=_named(period.end, "yMMM", say)) if after.day == 1 else period_words(period, say)


def status_words(status: Status, say: Wording | None = None) -> str:
    """Whether a figure was measured, is expected, or is wanted."""
    say = say or wording()
    return {Status.REPORTED: say("reported"), Status.FORECAST: say("forecast"), Status.TARGET: say("target")}[status]


def is_nearly(stored: StoredFigure) -> bool:
    """Whether the article says that the value comes close to a number: "nearly", "close to", 近."""
    figure = stored.figure
    before = stored.sentence[: figure.start - figure.sentence_start]
    return figure.bound is Bound.BELOW and NEARLY.search(before) is not None


def _bounded(text: str, stored: StoredFigure, say: Wording) -> str:
    """A value with its bound, in the article's own word where the reader has its language: "up to" is not "nearly"."""
    figure = stored.figure
    if figure.bound is Bound.NONE or text.endswith(("plus", "+", "多", "余")):
        return text
    start = figure.start - figure.sentence_start
    word = bound_words(stored.sentence, start) if stored.article.language == say.language else ""
    if word:
        return f"{word}{'' if HAN_LETTER.search(word) else ' '}{text}"
    if is_nearly(stored):
        return say("nearly {value}", value=text)
    if figure.bound is Bound.ABOUT:
        return say("about {value}", value=text)
    return say("over {value}", value=text) if figure.bound is Bound.ABOVE else say("under {value}", value=text)


def _between(start: dt.date, end: dt.date, say: Wording) -> str:
    after = end + dt.timedelta(days=1)
    if (start.month, start.day, after.month, after.day) == (1, 1, 1, 1):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    months = (after.year - start.year) * 12 + after.month - start.month
    if start.day == after.day == 1 and months == 1:
        return _named(start, "yMMM", say)
    if start.day == after.day == 1 and months == 3 and start.month % 3 == 1:
        return _named(start, "yQQQ", say)
    return say.day(start) if start == end else f"{say.day(start)} – {say.day(end)}"


def _named(day: dt.date, skeleton: str, say: Wording) -> str:
    return str(format_skeleton(skeleton, day, locale=say.language))


def _with_prefix(value: Decimal, unit: str, language: str) -> str:
    symbol, prefixes = SYMBOLS[unit]
    prefix, power = max(
        ((name, power) for name, power in prefixes if abs(value) >= Decimal(10) ** power or power == 0),
        key=lambda found: found[1],
    )
    return f"{number_words(SHOWN_DIGITS.divide(value, Decimal(10) ** power), language)} {prefix}{symbol}"


def _on_ladder(value: Decimal, unit: str, language: str) -> str:
    """The largest step that leaves a whole number, or else the largest that leaves one or more."""
    steps = [(size, name) for size, name in LADDERS[unit] if abs(value) >= size] or list(LADDERS[unit][:1])
    if unit == "second" and abs(value) <= HOURS:
        steps = [step for step in steps if step[0] < 86400]
    whole = [step for step in steps if value % step[0] == 0]
    size, name = (whole or steps)[-1]
    amount = SHOWN_DIGITS.divide(value, Decimal(size))
    # babel 2.18.0 does not find the long Chinese names; the short ones are the same words.
    return str(format_unit(amount, name, length="short" if language == "zh" else "long", locale=language))


def _money(value: Decimal, code: str, language: str) -> str:
    name = _currency(code, language)
    number = number_words(value, language)
    if language == "zh":
        return f"{number}{name}"
    # "600.000 millones de yuanes"
    joint = " de " if language == "es" and number[-1:].isalpha() else " "
    return f"{number}{joint}{name}"


def _currency(code: str, language: str) -> str:
    if code == "CNY":
        return YUAN.get(language, YUAN[ENGLISH])
    return str(get_currency_name(code, count=2, locale=language))


def _plain_unit(unit: str, language: str) -> str:
    say = wording(language)
    if unit == "percentage point":
        return say("percentage points")
    if unit == "ratio":
        return say("times")
    return "" if unit == "count" else unit.replace("_", " ")
