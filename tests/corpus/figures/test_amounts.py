"""How far a written number reaches, and amounts told side by side."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_figures import figure

from corpus.figures.amounts import Reach, plain, rounded, told


@pytest.mark.parametrize(
    ("text", "value", "unit", "half"),
    [
        ("1.7 trillion yuan", "1.7e12", "CNY", "5e10"),
        ("1729.5 billion yuan", "1729.5e9", "CNY", "5e7"),
        ("600 billion yuan", "6e11", "CNY", "5e9"),
        ("4,500", "4500", "count", "50"),
        ("306", "306", "count", "0"),
        ("eight", "8", "count", "0"),
        ("60 percent", "60", "percent", "0.5"),
        ("1.59 million PFLOPS", "1.59e21", "FLOPS", "5e18"),
        ("0 percent", "0", "percent", "0"),
    ],
)
def test_a_number_reaches_half_its_last_digit(text, value, unit, half):
    """Rounding can have moved a number by half of what its last telling digit is worth."""
    assert rounded(figure(text, value, unit)) == Reach(Decimal(value) - Decimal(half), Decimal(value) + Decimal(half))


def test_amounts_of_one_pair_have_one_scale():
    """No reader has to move a decimal point to compare."""
    assert told([Decimal("1.59e21"), Decimal("188.2e18")], "FLOPS") == [
        "1,590 quintillion operations per second",
        "188.2 quintillion operations per second",
    ]
    assert told([Decimal("890e15"), Decimal("400e15")], "byte") == ["890 petabytes", "400 petabytes"]
    assert told([Decimal("60"), Decimal("17.1")], "percent") == ["60%", "17.1%"]
    assert told([Decimal(0)], "count") == ["0"]
    assert told([Decimal("5.3e7")], "square_metre") == ["53 million square metres"]


@given(st.decimals(min_value="0.001", max_value="1e15", allow_nan=False, allow_infinity=False))
def test_a_plain_number_is_near_the_number(number):
    """Four digits are enough for one part in a thousand."""
    assert abs(Decimal(plain(number).replace(",", "")) - number) <= max(number * Decimal("0.001"), Decimal("0.0001"))
