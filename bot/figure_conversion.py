"""Converts a figure into another unit of its dimension, through pint; between currencies only by a rate that an article gives.

pint takes half a second to load, so only a conversion that was asked for loads it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import cache
from pathlib import Path
from tokenize import TokenError
from typing import TYPE_CHECKING

from corpus.article import Article
from corpus.errors import CorpusbotError
from corpus.figure_store import StoredFigure
from corpus.figures.exchange_rates import ExchangeRate, nearest_rate
from corpus.units import CURRENCIES, is_money

if TYPE_CHECKING:
    from pint import UnitRegistry

# pint has neither FLOPS nor counts, and makes bytes, percent and ratios plain numbers that convert into each other.
DEFINITIONS = (
    "FLOP = [floating_point_operation] = FLOP = flop",
    "FLOPS = FLOP / second = FLOPS = flops",
    "bit = [information] = b",
    "byte = 8 * bit = B = octet",
    "KB = 1000 * byte",
    "percent = [share] = %",
    "permille = 0.1 * percent = ‰",
    "percentage_point = [difference_of_shares] = pp",
    "basis_point = 0.01 * percentage_point",
    "count = [number_of_things]",
    "ratio = [multiple]",
    "square_metre = metre ** 2 = _ = square_meter",
    "cubic_metre = metre ** 3 = _ = cubic_meter",
    "square_kilometre = 1000000 * square_metre = _ = square_kilometer = km2",
    "ton = [ton_of_any_kind]",  # metric, short or long: an article's "tons" do not tell
)
SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15, "quintillion": 18}
CALENDAR = frozenset({"month", "quarter", "year", "decade", "century"})
DIGITS = Context(prec=15)  # as many as the store keeps; drops what dividing by seconds in an hour leaves behind
EXAMPLES = {
    "FLOPS": "PFLOPS or EFLOPS",
    "byte": "PB or TB",
    "square_metre": "hectare or square kilometre",
    "second": "hour or day",
}
# What is handed to pint: it calculates, too, and would take long over "byte ** 999999999".
NAME = re.compile(r"[A-Za-zµ°%‰][A-Za-z_µ° /]{0,40}[23²³]?")
# Written in small letters: to pint a "pflops" is the billionth part of a millionth of a FLOPS, and "pb" are picobits.
SMALL_LETTERS = re.compile(r"([kmgtpezy])(flops|b)")
WRITTEN = re.compile(rf"(?:({'|'.join(SCALES)})\b\s*)?(.*)", re.IGNORECASE | re.DOTALL)


class ConversionError(CorpusbotError):
    """A unit is unknown, of another dimension, or a currency for which there is no rate."""


@dataclass(frozen=True, slots=True)
class ConvertedFigure:
    """A figure's values in another unit, beside the figure as the article has it.

    `rate` is the article's rate of exchange by which it came into another currency.
    """

    stored: StoredFigure
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str  # as it was asked for: "PFLOPS", "billion CNY"
    rate: ExchangeRate | None = None


def convert_figures(figures: Sequence[StoredFigure], target: str, articles: Sequence[Article] = ()) -> list[ConvertedFigure]:
    """Convert every figure, in order; raises as `converted` does, and then none is converted.

    Args:
        articles: the collection, in which rates of exchange are looked for. Whoever gives it shows the rates that were used.
    """
    return [_converted_figure(stored, target, articles) for stored in figures]


def in_unit(figures: Sequence[StoredFigure], target: str) -> list[StoredFigure]:
    """The same figures with their values and units exchanged; their words as written stay. Raises as `converted` does.

    No currency is exchanged for another: neither a picture nor an exported record has a place for whose rate was used.
    """
    _refuse_exchange(figures, target)
    return [
        replace(one.stored, figure=replace(one.stored.figure, value=one.value, low=one.low, high=one.high, unit=one.unit))
        for one in convert_figures(figures, target)
    ]


def converted(value: Decimal, unit: str, target: str, rate: ExchangeRate | None = None) -> Decimal:
    """A value in another unit, to 15 digits; in another currency, to as many as the rate has.

    Args:
        unit: as `Figure.unit` has it.
        target: any unit that pint reads, of the same dimension, perhaps behind a scale: "PFLOPS", "hectare", "billion yuan".
            A scale alone, "million", keeps the unit.
        rate: between the two currencies; only needed for that.
    Raises:
        ConversionError: the sentence says whether it is unknown, of another dimension, or another currency.
    """
    scale, name = _parts(target)
    if scale and not name:
        name = unit
    amount = _in_money(value, unit, name, rate) if is_money(unit) or currency_code(name) else _in_unit(value, unit, name)
    return DIGITS.divide(amount, Decimal(10) ** SCALES.get(scale, 0))


def unit_name(target: str, unit: str) -> str:
    """A unit that was asked for as it is shown: a currency by its code, and `unit` itself behind a scale alone."""
    scale, name = _parts(target)
    return " ".join(part for part in (scale, currency_code(name) or name or unit) if part)


def currency_code(name: str) -> str | None:
    """The ISO 4217 code of a currency that is named by code, sign or word ("yuan"); nothing where it is no currency."""
    if is_money(name.upper()) and len(name) == 3:
        return name.upper()
    wanted = name.casefold()
    return next((code for code, signs, names in CURRENCIES if wanted in {sign.casefold() for sign in (*signs, *names)}), None)


def _converted_figure(stored: StoredFigure, target: str, articles: Sequence[Article]) -> ConvertedFigure:
    figure = stored.figure
    code = _other_currency(figure.unit, target)
    rate = nearest_rate(articles, figure, code) if code else None
    value, low, high = (converted(number, figure.unit, target, rate) for number in (figure.value, figure.low, figure.high))
    return ConvertedFigure(stored, value, low, high, unit_name(target, figure.unit), rate)


def _other_currency(unit: str, target: str) -> str | None:
    """The currency that money of one currency is wanted in; nothing where it is no other one."""
    code = currency_code(_parts(target)[1]) if is_money(unit) else None
    return code if code != unit else None


def _refuse_exchange(figures: Sequence[StoredFigure], target: str) -> None:
    for unit in {stored.figure.unit for stored in figures}:
        if code := _other_currency(unit, target):
            raise ConversionError(
                f"{unit} is not converted into {code} here: a file or a picture cannot say which article's rate of exchange was"
                f" used, and there may be no rate. corpusbot metrics show KEY --unit {code} does say it. {_try(unit)}"
            )


def _parts(target: str) -> tuple[str, str]:
    """The scale in small letters and the unit's name, each perhaps empty."""
    match = WRITTEN.fullmatch(" ".join(target.split()))
    assert match is not None  # the pattern takes any text
    return (match[1] or "").lower(), match[2]


def _in_money(value: Decimal, unit: str, name: str, rate: ExchangeRate | None) -> Decimal:
    code = currency_code(name)
    if not is_money(unit):
        raise ConversionError(f"{code} is a currency, but the figures are in {unit}. {_try(unit)}")
    if code is None:
        raise ConversionError(f"{name[:40]!r} is no currency, but the figures are in {unit}. {_try(unit)}")
    if code == unit:
        return value
    if rate is None or not rate.joins(unit, code):
        raise ConversionError(
            f"{unit} is not converted into {code}: the articles give no sure rate of exchange, and none is guessed. {_try(unit)}"
        )
    return rate.exchanged(value, unit)


def _in_unit(value: Decimal, unit: str, name: str) -> Decimal:
    import pint  # half a second, as said above

    unreadable = ConversionError(f"{name[:40]!r} is no unit that can be read; the figures are in {unit}. {_try(unit)}")
    name = SMALL_LETTERS.sub(_capitals, name, count=1) if SMALL_LETTERS.fullmatch(name) else name
    if not NAME.fullmatch(name):
        raise unreadable
    try:
        wanted = _registry().parse_units(_pint_name(name))
        _refuse_mixed_months(unit, str(wanted))
        return Decimal(_registry().Quantity(value, _pint_name(unit)).to(wanted).magnitude)
    except pint.DimensionalityError:
        raise ConversionError(f"{name[:40]} measures something else: the figures are in {unit}. {_try(unit)}") from None
    # pint fails in many ways on what is no unit, with nothing in them that says anything to a reader.
    except (pint.PintError, ValueError, TypeError, AttributeError, SyntaxError, TokenError):
        raise unreadable from None


def _capitals(match: re.Match[str]) -> str:
    return ("k" if match[1] == "k" else match[1].upper()) + match[2].upper()


def _pint_name(name: str) -> str:
    """pint takes a space for a multiplication, but for that behind "square"."""
    return name if name.startswith(("square ", "cubic ", "sq ")) else name.replace(" ", "_")


def _refuse_mixed_months(unit: str, wanted: str) -> None:
    """pint takes every month for a twelfth of 365.25 days."""
    if (unit in CALENDAR) != (wanted in CALENDAR) and {unit, wanted} & CALENDAR and _is_time(unit):
        example = "year" if unit in CALENDAR else "day"
        raise ConversionError(f"{unit} is not converted into {wanted}: months differ in length. Try --unit with {example}.")


def _is_time(unit: str) -> bool:
    return unit in CALENDAR or unit == "second"


def _try(unit: str) -> str:
    examples = EXAMPLES.get(unit) or ("million or billion" if is_money(unit) or unit == "count" else None)
    return f"Try --unit with {examples}." if examples else f"Leave --unit out, or give one that measures the same as {unit}."


@cache
def _registry() -> "UnitRegistry[Decimal]":
    """pint's units with ours put in place of those that mean something else to it."""
    import pint  # half a second, as said above

    # An empty one first: pint works the default units out at once, and would keep the meaning that `byte` had then.
    registry: UnitRegistry[Decimal] = pint.UnitRegistry(None, non_int_type=Decimal, on_redefinition="ignore")
    registry.load_definitions(Path(pint.__file__).with_name("default_en.txt"))
    for definition in DEFINITIONS:
        registry.define(definition)
    return registry
