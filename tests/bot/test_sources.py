"""`bot.sources`: how a source is named."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.sources import source_line, title_of
from corpus.article import Article, Kind
from tests.bot.sample_articles import FERRY, NOTICE, SOLAR


def test_an_original_is_named_with_publisher_and_date() -> None:
    """Title in quotation marks, publisher, day in words."""
    assert source_line(SOLAR) == "“Roofs of Vetluga turn blue”, Harbour Gazette, 2 May 2024"


def test_a_brief_is_said_to_be_one() -> None:
    """A reader sees that the words are our account and not the publisher's."""
    article = replace(FERRY, title="AI in the ports", publisher="China Economic Net")
    assert source_line(article, 4) == "brief of “AI in the ports”, China Economic Net, 5 Mar 2025, ¶ 4"


def test_what_is_unknown_is_said_to_be_unknown() -> None:
    """Publisher, date and title are never left out in silence."""
    assert source_line(NOTICE, 1) == "untitled article, publisher unknown, date unknown, ¶ 1"
    assert source_line(replace(NOTICE, kind=Kind.BRIEF)) == "brief of untitled article, publisher unknown, date unknown"


@pytest.mark.parametrize(("title", "shown"), [("Plain", "“Plain”"), ("[On roofs]", "[On roofs]"), (None, "untitled article")])
def test_a_title_of_our_own_making_has_no_quotation_marks(title: str | None, shown: str) -> None:
    """Only the publisher's words stand in quotation marks; a description keeps its square brackets."""
    assert title_of(Article(id="a", text="x", title=title)) == shown


def test_days_have_no_leading_zero() -> None:
    """5 March is not 05 March."""
    assert "1 Jan 2030" in source_line(replace(SOLAR, published_on=dt.date(2030, 1, 1)))
