"""Dates as articles write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.written_dates import dates_in


@pytest.mark.parametrize(
    ("text", "written", "years", "month"),
    [
        ("It grew by September 2024.", "by September 2024", {2024}, 9),
        ("By the end of 2025 it grew.", "By the end of 2025", {2025}, 0),
        ("On August 14, 2025, it grew.", "August 14, 2025", {2025}, 8),
        ("It grew on Tuesday, September 23, 2025.", "Tuesday, September 23, 2025", {2025}, 9),
        ("It grew on 14 August 2025.", "14 August 2025", {2025}, 8),
        ("It grew in the first quarter of 2024.", "in the first quarter of 2024", {2024}, 0),
        ("It grew between 2025 and 2027.", "between 2025 and 2027", {2025, 2026, 2027}, 0),
        ("It grew from 2025 to 2027.", "from 2025 to 2027", {2025, 2026, 2027}, 0),
        ("The plan (2021-25) grew.", "2021-25", {2021, 2022, 2023, 2024, 2025}, 0),
        ("It grew on 2025-03-05.", "2025-03-05", {2025}, 0),
        ("It has grown since 2018.", "since 2018", {2018}, 0),
        ("It grew in May.", None, set(), 0),
        ("It grew in March.", "March", set(), 3),
        ("The 2030 Agenda cost 2025 yuan.", None, set(), 0),
        ("They may march.", None, set(), 0),
    ],
)
def test_a_date_is_read(text, written, years, month):
    """Days, months, years, quarters and spans of years, with "by" or "since" before them; names' years are none."""
    found = dates_in(text)
    assert [text[date.start : date.end] for date in found] == ([written] if written else [])
    if found:
        assert (found[0].years, found[0].month) == (years, month)


def test_dates_that_may_be_the_same():
    """Two dates meet unless their years or months part them."""
    first, second, third = (dates_in(text)[0] for text in ("by May 2024", "in 2024", "by June 2024"))
    assert first.meets(second)
    assert not first.meets(third)
    assert not dates_in("2025")[0].meets(second)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.text("0123456789-,. MarchMay", max_size=40)))
def test_dates_stand_in_order_inside_the_text(text):
    """Whatever the text, dates are stretches of it that do not overlap."""
    last = 0
    for found in dates_in(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end
