"""Numbers as articles write them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.quantities import quantities_in


@pytest.mark.parametrize(
    ("text", "written", "value", "dimension"),
    [
        ("It cost nearly 600 billion yuan.", "nearly 600 billion yuan", 600e9, "yuan"),
        ("It cost RMB 30 billion.", "RMB 30 billion", 30e9, "yuan"),
        ("It cost $757.58 billion.", "$757.58 billion", 757.58e9, "dollars"),
        ("It cost €3.5m.", "€3.5m", 3.5e6, "euros"),
        ("它值1.2万亿元。", "1.2万亿元", 1.2e12, "yuan"),
        ("Over 4,500 boats sank.", "Over 4,500", 4500, ""),
        ("Some 60 percent sank.", "Some 60 percent", 60, "percent"),
        ("Below 1% sank.", "Below 1%", 1, "percent"),
        ("One in five sank.", "One in five", 20, "percent"),
        ("Two thirds of them sank.", "Two thirds", 200 / 3, "percent"),
        ("Half of them sank.", "Half", 50, "percent"),
        ("It holds 890 petabytes.", "890 petabytes", 890e15, "bytes"),
        ("It has 1.59 million PFLOPS.", "1.59 million PFLOPS", 1.59e21, "operations per second"),
        ("It took under 72 hours.", "under 72 hours", 72, "hours"),
        ("A 5,300-hectare farm.", "5,300-hectare", 53e6, "square metres"),
        ("It knows 130-plus tongues.", "130-plus", 130, ""),
        ("Twenty-five boats.", "Twenty-five", 25, ""),
        ("A dozen boats.", "A dozen", 12, ""),
    ],
)
def test_a_number_with_unit_and_bound(text, written, value, dimension):
    """Scales, units and number words are read, and "nearly" or "over" belongs to the words."""
    (found,) = quantities_in(text)
    assert text[found.start : found.end] == written
    assert found.value == pytest.approx(value)
    assert found.dimension == dimension


@pytest.mark.parametrize(
    "text",
    [
        "In 2025 and by March 5, 2024.",
        "GPT-5.5, V4, 6G and COVID-19.",
        "The 360 Security Group met.",
        "The UN 2030 Agenda.",
        "Chapter 3 and No. 7.",
        "The period 2021-25.",
        "At 9.30 am.",
        "One of them.",
        "",
    ],
)
def test_what_is_no_quantity(text):
    """Years, days and the numbers of names are left out."""
    assert quantities_in(text) == []


def test_ranges_vague_numbers_and_things_counted():
    """A range has two values, "several weeks" none, and what is counted is named."""
    (span,) = quantities_in("It took 10 to 15 percent.")
    assert (span.value, span.high) == (10, 15)
    (vague,) = quantities_in("It took several weeks.")
    assert math.isnan(vague.value)
    assert (vague.dimension, vague.bound) == ("hours", "vague")
    (counted,) = quantities_in("It holds over 35,000 old maps of Oslo.")
    assert (counted.noun, counted.bound, counted.step) == ("old maps", "above", 1000)


@pytest.mark.parametrize(
    "text", ["9" * 400, "1" + "0" * 400, "ſix boats", "٣٤ boats", "1.2.3.4", "1,2,3", "half of", "one in", "$" * 99]
)
def test_strange_numbers_are_taken(text):
    """Endless, foreign and broken numbers raise nothing."""
    quantities_in(text)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.text("0123456789.,%$ -millonbtrhudexf亿", max_size=40)))
def test_quantities_stand_in_order_inside_the_text(text):
    """Whatever the text, quantities are stretches of it that do not overlap."""
    last = 0
    for found in quantities_in(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end
