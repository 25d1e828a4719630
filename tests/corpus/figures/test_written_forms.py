"""Numbers in every written form: what is formatted is read back as the same value, unit and stretch of text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.figures.figure import Bound
from corpus.figures.numbers import numbers_in

NOTE = "The bureau's latest note puts it at {} in all."
COUNTED = "The bureau's latest note lists {} companies in the valley."
RIDE = "A {} ride links the valleys."
PARK = "The {} park lies north of the valley."
CHINESE = "据统计，产业规模达到{}。"
SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
SHORT = {"m": 6, "bn": 9, "tn": 12}
SIGNS = {"RMB ": "CNY", "RMB": "CNY", "¥": "CNY", "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP"}
NAMES = {"yuan": "CNY", "U.S. dollars": "USD", "US dollars": "USD", "dollars": "USD", "euros": "EUR", "pounds": "GBP"}
PERCENT = ("%", " percent", " per cent", "％")
BYTES = {"kilo": ("KB", 3), "mega": ("MB", 6), "giga": ("GB", 9), "tera": ("TB", 12), "peta": ("PB", 15), "exa": ("EB", 18)}
FLOPS = {"TFLOPS": 12, "PFLOPS": 15, "EFLOPS": 18, "petaflops": 15, "exaflops": 18}
OPERATIONS = "floating-point operations per second"
PER_SECOND = {"quadrillion": 15, "quintillion": 18, "sextillion": 21}
TIMES = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


@dataclass(frozen=True)
class Form:
    """A number as it is written, what it is, and a sentence with a place for it."""

    text: str
    low: Decimal
    high: Decimal
    unit: str
    carrier: str = NOTE
    bound: Bound = Bound.NONE


def form(text: str, value: Decimal | int, unit: str, carrier: str = NOTE, bound: Bound = Bound.NONE) -> Form:
    """A form that is no range."""
    return Form(text, Decimal(value), Decimal(value), unit, carrier, bound)


def spelled(number: int, joined_by: str) -> str:
    """A number from 0 to 999 in English words: "three hundred and twenty-one" with " and "."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        return "-".join([TENS[number // 10 - 2], *([SMALL[number % 10]] if number % 10 else [])])
    rest = joined_by + spelled(number % 100, joined_by) if number % 100 else ""
    return f"{SMALL[number // 100]} hundred{rest}"


def decimals(most: int = 999) -> st.SearchStrategy[Decimal]:
    """Numbers above 0 with at most two decimals, as "17.1" or "600"."""
    whole = st.integers(1, most).map(Decimal)
    return whole | st.integers(1, most * 10).map(lambda n: Decimal(n).scaleb(-1)) | st.integers(1, 99_999).map(_hundredths)


def _hundredths(number: int) -> Decimal:
    return Decimal(number).scaleb(-2)


def with_commas(most: int) -> st.SearchStrategy[int]:
    """Whole numbers that are no year, whether or not a comma parts their thousands."""
    return st.integers(2, 999) | st.integers(2101, most)


@st.composite
def counts(draw: st.DrawFn) -> Form:
    """4,500 companies; 1.59 million companies."""
    if draw(st.booleans()):
        number = draw(with_commas(10**12))
        return form(f"{number:,}", number, "count", COUNTED)
    number, (scale, power) = draw(decimals()), draw(st.sampled_from([*SCALES.items()]))
    return form(f"{number} {scale}", number.scaleb(power), "count", COUNTED)


@st.composite
def counts_and_more(draw: st.DrawFn) -> Form:
    """130-plus companies."""
    number = draw(with_commas(99_999))
    return form(f"{number:,}-plus", number, "count", COUNTED, Bound.ABOVE)


@st.composite
def words(draw: st.DrawFn) -> Form:
    """Three hundred and twenty-one companies, with and without "and"."""
    number = draw(st.integers(2, 999))
    return form(spelled(number, draw(st.sampled_from([" and ", " "]))), number, "count", COUNTED)


@st.composite
def money_by_sign(draw: st.DrawFn) -> Form:
    """RMB 30 billion; US$5.2bn; £1,250."""
    sign, unit = draw(st.sampled_from([*SIGNS.items()]))
    kind = draw(st.sampled_from(["whole", "scale", "short"]))
    if kind == "whole":
        number = draw(st.integers(1, 10**9))
        return form(f"{sign}{number:,}", number, unit)
    value = draw(decimals())
    scale, power = draw(st.sampled_from([*(SCALES if kind == "scale" else SHORT).items()]))
    return form(f"{sign}{value}{' ' if kind == 'scale' else ''}{scale}", value.scaleb(power), unit)


@st.composite
def money_by_name(draw: st.DrawFn) -> Form:
    """600 billion yuan; 1.5 bn euros; 1,250 dollars."""
    name, unit = draw(st.sampled_from([*NAMES.items()]))
    if draw(st.booleans()):
        number = draw(st.integers(2, 10**9))
        return form(f"{number:,} {name}", number, unit)
    value, (scale, power) = draw(decimals()), draw(st.sampled_from([*SCALES.items(), ("bn", 9)]))
    return form(f"{value} {scale} {name}", value.scaleb(power), unit)


@st.composite
def money_in_chinese(draw: st.DrawFn) -> Form:
    """6000亿元."""
    value, (scale, power) = draw(decimals(9999)), draw(st.sampled_from([("亿", 8), ("万亿", 12), ("万", 4)]))
    return form(f"{value}{scale}元", value.scaleb(power), "CNY", CHINESE)


@st.composite
def percentages(draw: st.DrawFn) -> Form:
    """17.1%; 60 per cent; 3.5 percentage points."""
    value = draw(decimals())
    if draw(st.integers(0, 4)) == 0:
        return form(f"{value} percentage points", value, "percentage point")
    return form(f"{value}{draw(st.sampled_from(PERCENT))}", value, "percent")


@st.composite
def volumes(draw: st.DrawFn) -> Form:
    """890 petabytes; 890 PB."""
    value, (prefix, (symbol, power)) = draw(decimals()), draw(st.sampled_from([*BYTES.items()]))
    return form(f"{value} {draw(st.sampled_from([prefix + 'bytes', symbol]))}", value.scaleb(power), "byte")


@st.composite
def computing_power(draw: st.DrawFn) -> Form:
    """1.59 million PFLOPS; 25 EFLOPS; 188.2 quintillion floating-point operations per second."""
    value = draw(decimals())
    if draw(st.booleans()):
        scale, power = draw(st.sampled_from([*PER_SECOND.items()]))
        return form(f"{value} {scale} {OPERATIONS}", value.scaleb(power), "FLOPS")
    (scale, more), (name, power) = draw(st.sampled_from([("", 0), (" million", 6)])), draw(st.sampled_from([*FLOPS.items()]))
    return form(f"{value}{scale} {name}", value.scaleb(more + power), "FLOPS")


@st.composite
def measures(draw: st.DrawFn) -> Form:
    """30-minute, 72 hours, 5,300-hectare."""
    number, kind = draw(with_commas(99_999)), draw(st.sampled_from(["ride", "time", "park"]))
    if kind == "park":
        return form(f"{number:,}-hectare", number * 10_000, "square_metre", PARK)
    name, factor = draw(st.sampled_from([*TIMES.items()]))
    if kind == "ride":
        return form(f"{number:,}-{name}", number * factor, "second", RIDE)
    return form(f"{number:,} {name}s", number * factor, "second")


@st.composite
def ranges(draw: st.DrawFn) -> Form:
    """60 to 70 percent; 60%-70%; 1.2 billion to 1.5 billion yuan; $3 billion to $4 billion; 40–50 companies."""
    low, high = sorted(draw(st.lists(st.integers(2, 999).map(Decimal), min_size=2, max_size=2, unique=True)))
    written, unit, power, carrier = draw(
        st.sampled_from(
            [
                ("{} to {} percent", "percent", 0, NOTE),
                ("{}-{} percent", "percent", 0, NOTE),
                ("{}–{}%", "percent", 0, NOTE),
                ("{}% to {}%", "percent", 0, NOTE),
                ("{} percent to {} percent", "percent", 0, NOTE),
                ("{} billion to {} billion yuan", "CNY", 9, NOTE),
                ("{} to {} million euros", "EUR", 6, NOTE),
                ("${} billion to ${} billion", "USD", 9, NOTE),
                ("{} to {}", "count", 0, COUNTED),
                ("{}–{}", "count", 0, COUNTED),
                ("{} to {} hours", "second", None, NOTE),
            ]
        )
    )
    factor = Decimal(3600) if power is None else Decimal(1).scaleb(power)
    return Form(written.format(low, high), low * factor, high * factor, unit, carrier)


FORMS = {
    "counts": counts(),
    "plus": counts_and_more(),
    "words": words(),
    "money by sign": money_by_sign(),
    "money by name": money_by_name(),
    "money in Chinese": money_in_chinese(),
    "percentages": percentages(),
    "volumes": volumes(),
    "computing power": computing_power(),
    "measures": measures(),
    "ranges": ranges(),
}


def read_back(written: Form) -> None:
    """The carrier holds one number, and it is the one that was put into it."""
    before, _, after = written.carrier.partition("{}")
    text = f"{before}{written.text}{after}"
    found = numbers_in(text).numbers
    assert [(one.text, one.low, one.high, one.unit, one.bound) for one in found] == [
        (written.text, written.low, written.high, written.unit, written.bound)
    ], text
    assert (found[0].start, found[0].end) == (len(before), len(before) + len(written.text))
    assert found[0].value == (written.low + written.high) / 2


@pytest.mark.parametrize("kind", FORMS)
def test_what_is_written_is_read_back(kind: str) -> None:
    """Whatever the value, each written form gives it back: value, unit, bound, and the letters from first to last."""

    @settings(max_examples=200, deadline=None)
    @given(FORMS[kind])
    def check(written: Form) -> None:
        read_back(written)

    check()


@pytest.mark.parametrize(
    ("text", "value", "unit", "carrier"),
    [
        ("600 billion yuan", "600e9", "CNY", NOTE),
        ("RMB 30 billion", "30e9", "CNY", NOTE),
        ("¥1.2 trillion", "1.2e12", "CNY", NOTE),
        ("1729.5 billion yuan", "1729.5e9", "CNY", NOTE),
        ("$757.58 billion", "757.58e9", "USD", NOTE),
        ("6000亿元", "6000e8", "CNY", CHINESE),
        ("1.59 million PFLOPS", "1.59e21", "FLOPS", NOTE),
        (f"188.2 quintillion {OPERATIONS}", "188.2e18", "FLOPS", NOTE),
        ("890 petabytes", "890e15", "byte", NOTE),
        ("5,300-hectare", "53e6", "square_metre", PARK),
        ("30-minute", "1800", "second", RIDE),
        ("72 hours", "259200", "second", NOTE),
        ("¥5m", "5e6", "CNY", NOTE),
        ("$5m", "5e6", "USD", NOTE),
    ],
)
def test_forms_of_the_articles(text: str, value: str, unit: str, carrier: str) -> None:
    """The forms that the articles themselves have."""
    read_back(form(text, Decimal(value), unit, carrier))
