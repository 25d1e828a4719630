"""`bot.activity_export`: a file that reads back as it was, and that no spreadsheet executes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.activity import Kind, Outcome
from bot.activity_export import FIELDS, activity_csv, harmless
from tests.bot.sample_activity import NOON, kept_question


def read(content: bytes) -> list[dict[str, str]]:
    """The lines of a file as a program reads them."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_question_is_a_line() -> None:
    """All that is kept, without a member."""
    one = kept_question(
        asked_at=NOON + dt.timedelta(seconds=59),
        kind=Kind.CLAIM,
        text='Say "boat", twice;\nthen 漢字',
        outcome=Outcome.CAUTIOUS,
        took_ms=1234.56,
        articles=("a", "b"),
        helpful=2,
        unhelpful=1,
        reasons=("No date.", "Wrong place."),
    )
    (line,) = read(activity_csv([one]))
    assert tuple(line) == FIELDS
    assert line == {
        "asked_at": "2026-05-20T12:00Z",
        "kind": "claim",
        "question": 'Say "boat", twice;\nthen 漢字',
        "language": "en",
        "outcome": "cautious",
        "took_ms": "1235",
        "articles": "a b",
        "helpful": "2",
        "unhelpful": "1",
        "reasons": "No date. | Wrong place.",
    }


def test_an_empty_file_has_its_heading() -> None:
    """A spreadsheet shows the columns all the same."""
    assert activity_csv([]).decode("utf-8-sig") == ",".join(FIELDS) + "\r\n"


def test_a_spreadsheet_takes_it_for_utf8() -> None:
    """The mark at the beginning is what Excel looks for."""
    assert activity_csv([]).startswith(b"\xef\xbb\xbf")


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    " =1",
    "\r\n=1",
    "＝1",
    "\ufeff=1",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_question_or_reason_is_no_formula(formula: str) -> None:
    """A member's text must not be executed on the owner's machine."""
    (line,) = read(activity_csv([kept_question(text=formula, reasons=(formula,))]))
    for name in ("question", "reasons"):
        assert re.match(r"[\s\x00\ufeff\u200b]*'", line[name])
        assert line[name].replace("'", "") == formula.replace("'", "")


@given(st.text(alphabet="=+-@＝ ;\t\r\n\"',x1", max_size=12))
def test_no_cell_is_a_formula_however_the_file_is_cut(text: str) -> None:
    """Also where a spreadsheet parts cells at semicolons or tabs; nothing but apostrophes is added."""
    safe = harmless(text)
    assert not any(re.match(r"\s*[=+\-@＝]", cell) for cell in re.split(r"[;\t\r\n]", safe))
    assert safe.replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize("text", ["", "How many?", "well-known 1+1=2", "a@b; c", "'quoted'", "5 – 3"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    """Signs within a sentence are no formula."""
    assert harmless(text) == text
