"""`bot.figure_conversion`: exact within a dimension, a sentence everywhere else."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest

from bot.figure_conversion import ConversionError, convert_figures, converted, in_unit, unit_name
from tests.bot.sample_figures import ranged, stored


@pytest.mark.parametrize(
    ("value", "unit", "target", "expected"),
    [
        ("1590000000000000000000", "FLOPS", "PFLOPS", "1590000"),
        ("1590000000000000000000", "FLOPS", "million PFLOPS", "1.59"),
        ("188200000000000000000", "FLOPS", "EFLOPS", "188.2"),
        ("188200000000000000000", "FLOPS", "exaflops", "188.2"),
        ("188200000000000000000", "FLOPS", "PFLOP/s", "188200"),
        ("188200000000000000000", "FLOPS", "eflops", "188.2"),
        ("890000000000000000", "byte", "petabyte", "890"),
        ("890000000000000000", "byte", "PB", "890"),
        ("890000000000000000", "byte", "pb", "890"),
        ("8", "byte", "bit", "64"),
        ("53000000", "square_metre", "hectare", "5300"),
        ("53000000", "square_metre", "square kilometre", "53"),
        ("53000000", "square_metre", "km2", "53"),
        ("259200", "second", "hours", "72"),
        ("600", "second", "minute", "10"),
        ("18", "month", "year", "1.5"),
        ("17.1", "percent", "permille", "171"),
        ("2", "percentage point", "percentage point", "2"),
        ("4500", "count", "thousand", "4.5"),
        ("600000000000", "CNY", "billion yuan", "600"),
        ("600000000000", "CNY", "trillion", "0.6"),
        ("5000000000", "watt", "GW", "5"),
        ("100", "degC", "degF", "212"),
    ],
)
def test_a_value_is_converted_exactly(value: str, unit: str, target: str, expected: str) -> None:
    """Any unit of the same dimension, with a scale in words or not; no digit is lost or added."""
    assert converted(Decimal(value), unit, target) == Decimal(expected)


@pytest.mark.parametrize(
    ("unit", "target", "said"),
    [
        ("CNY", "USD", "no sure rate"),
        ("CNY", "dollars", "no sure rate"),
        ("CNY", "PFLOPS", "no currency"),
        ("byte", "USD", "is a currency"),
        ("byte", "percent", "measures something else"),
        ("percent", "count", "measures something else"),
        ("percent", "percentage point", "measures something else"),
        ("FLOPS", "hertz", "measures something else"),
        ("ton", "kilogram", "measures something else"),
        ("second", "month", "differ in length"),
        ("month", "day", "differ in length"),
        ("byte", "nonsense", "no unit"),
        ("byte", "", "no unit"),
        ("byte", "3 GB", "no unit"),
        ("byte", "GB ** 99999999", "no unit"),
        ("byte", "(", "no unit"),
        ("byte", "x" * 5000, "no unit"),
    ],
)
def test_what_cannot_be_converted_is_one_sentence(unit: str, target: str, said: str) -> None:
    """The sentence says why, names the figures' own unit, and is short whatever was typed."""
    with pytest.raises(ConversionError, match=said) as refused:
        converted(Decimal(1), unit, target)
    assert unit in str(refused.value)
    assert len(str(refused.value)) < 250


def test_figures_are_converted_with_both_ends_of_a_range() -> None:
    """Value, low and high change together; the words as written stay."""
    (one,) = convert_figures([ranged("1000", "3000", "byte")], "kB")
    assert (one.low, one.value, one.high, one.unit) == (1, 2, 3, "kB")
    (same,) = in_unit([ranged("1000", "3000", "byte")], "kB")
    assert (same.figure.low, same.figure.high, same.figure.unit, same.figure.text) == (1, 3, "kB", "1000 to 3000")


def test_one_figure_that_does_not_fit_stops_all() -> None:
    """A series is never half converted."""
    with pytest.raises(ConversionError):
        convert_figures([stored(unit="CNY"), stored(unit="USD")], "CNY")


@pytest.mark.parametrize(
    ("target", "unit", "name"),
    [
        ("  PFLOPS ", "FLOPS", "PFLOPS"),
        ("Billion  Yuan", "CNY", "billion CNY"),
        ("million", "count", "million count"),
        ("cny", "CNY", "CNY"),
    ],
)
def test_a_unit_is_shown_as_it_was_asked_for(target: str, unit: str, name: str) -> None:
    """Currencies by their code, spaces once, and the figures' own unit behind a scale alone."""
    assert unit_name(target, unit) == name


def test_pint_is_loaded_only_for_a_conversion() -> None:
    """It takes half a second, which nobody waits for who converts nothing."""
    program = "import sys, bot.figure_conversion; sys.exit('pint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
