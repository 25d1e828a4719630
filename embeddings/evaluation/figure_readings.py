"""What is measured beside our own reading of figures: quantulum3, and a plain regular expression.

Both know numbers and units alone. Neither is used anywhere but here.
"""

import importlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from corpus.article import Article
from corpus.figures.figure import Extraction, Figure

OURS, QUANTULUM, REGEX = "corpusbot", "quantulum3", "regex"


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as a reader found it in `article.text[start:end]`, in base units; `figure` only where the reader is ours."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    figure: Figure | None = None


Reader = Callable[[Article], Sequence[Reading]]


def figure_reader(figures_in: Callable[[Article], Extraction]) -> Reader:
    """Our own reading, in the form in which it is measured."""

    def read(article: Article) -> list[Reading]:
        found = figures_in(article).figures
        return [Reading(figure.start, figure.end, figure.low, figure.high, figure.unit, figure) for figure in found]

    return read


def other_readers() -> tuple[dict[str, Reader], list[str]]:
    """The two readers that ours is measured beside, by name, and a note for each that is not installed."""
    try:
        parse = _quantulum()
    except ImportError:
        return {REGEX: read_plainly}, [f"{QUANTULUM} is not installed (pip install quantulum3), so its column is left out."]
    return {QUANTULUM: partial(_by_paragraph, partial(_quantities, parse)), REGEX: read_plainly}, []


def _by_paragraph(read: Callable[[str], Iterator[Reading]], article: Article) -> list[Reading]:
    return [
        Reading(paragraph.start + found.start, paragraph.start + found.end, found.low, found.high, found.unit)
        for paragraph in article.paragraphs()
        for found in read(article.text[paragraph.start : paragraph.end])
    ]


# Sign, digits, scale, and percent or currency: what is written in a quarter of an hour.
PLAIN = re.compile(
    r"(?P<before>US\$|RMB ?|[$¥€£])?(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?: (?P<scale>thousand|million|billion|trillion)\b)?"
    r"(?P<after>%| percent\b| per cent\b| yuan\b| (?:US |U\.S\. )?dollars\b| euros\b| pounds\b)?"
)
PLAIN_SCALES = {None: 0, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
PLAIN_UNITS = {"%": "percent", "per": "percent", "yuan": "CNY", "dollars": "USD", "euros": "EUR", "pounds": "GBP"} | {
    "US$": "USD", "$": "USD", "RMB": "CNY", "¥": "CNY", "€": "EUR", "£": "GBP",
}  # fmt: skip


def read_plainly(article: Article) -> list[Reading]:
    """Every run of digits, with what a short regular expression can tell of it; years and names are numbers to it too."""
    return _by_paragraph(_plain_numbers, article)


def _plain_numbers(text: str) -> Iterator[Reading]:
    for match in PLAIN.finditer(text):
        value = Decimal(match["digits"].replace(",", "")).scaleb(PLAIN_SCALES[match["scale"]])
        sign = (match["before"] or match["after"] or "").strip()
        unit = next((unit for word, unit in PLAIN_UNITS.items() if sign.startswith(word) or sign.endswith(word)), "count")
        yield Reading(*match.span(), value, value, unit)


def _quantulum() -> Callable[[str], list[Any]]:
    # Fetched by name: it is there for the tests alone, and brings no types. Takes two seconds.
    # Its classifier was trained with another scikit-learn than ours. It does without where it finds none.
    vars(importlib.import_module("quantulum3.classifier"))["USE_CLF"] = False
    parse: Callable[[str], list[Any]] = importlib.import_module("quantulum3.parser").parse
    return parse


def _quantities(parse: Callable[[str], list[Any]], text: str) -> Iterator[Reading]:
    for quantity in parse(text):
        # A range is a middle with half its width, a value alone has no uncertainty.
        middle, width = Decimal(repr(float(quantity.value))), Decimal(repr(float(quantity.uncertainty or 0)))
        unit, factor = _canonical(quantity.unit.name)
        start, end = quantity.span
        yield Reading(start, end, (middle - width) * factor, (middle + width) * factor, unit)


PREFIXES = {"": 0, "kilo": 3, "mega": 6, "giga": 9, "tera": 12, "peta": 15, "exa": 18, "zetta": 21, "centi": -2, "milli": -3}
PREFIXED = {name: name.replace(" ", "_") for name in ("byte", "watt", "watt hour", "hertz", "metre", "gram", "litre")}
PLAIN_NAMES: Mapping[str, tuple[str, str]] = {
    "dimensionless": ("count", "1"), "percentage": ("percent", "1"),
    "second": ("second", "1"), "minute": ("second", "60"), "hour": ("second", "3600"), "day": ("second", "86400"),
    "week": ("second", "604800"), "month": ("month", "1"), "year": ("month", "12"),
    "hectare": ("square_metre", "1E4"), "square metre": ("square_metre", "1"), "square kilometre": ("square_metre", "1E6"),
    "mile": ("metre", "1609.344"), "tonne": ("gram", "1E6"), "degree celsius": ("degC", "1"),
    "dollar": ("USD", "1"), "united states dollar": ("USD", "1"), "chinese yuan": ("CNY", "1"),
    "euro": ("EUR", "1"), "pound sterling": ("GBP", "1"), "japanese yen": ("JPY", "1"),
}  # fmt: skip


def _canonical(name: str) -> tuple[str, Decimal]:
    """A unit of quantulum3 in our words, generously: whatever names the right unit counts as right."""
    small = name.lower()
    if small in PLAIN_NAMES:
        unit, factor = PLAIN_NAMES[small]
        return unit, Decimal(factor)
    for prefix, power in PREFIXES.items():
        if known := PREFIXED.get(small.removeprefix(prefix)):
            return known, Decimal(1).scaleb(power)
    return name, Decimal(1)
