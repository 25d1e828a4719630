"""Figures made by hand, for the tests of what shows, draws, converts and exports them."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from decimal import Decimal
from typing import Any

from corpus.article import Article
from corpus.figure_store import StoredFigure
from corpus.figures.figure import ARTICLE, Bound, Figure, Period, Status
from tests.bot.sample_articles import FERRY, NOTICE, SOLAR

NUMBERS = itertools.count(1)
AUTUMN = Period("by the end of September 2024", None, dt.date(2024, 9, 30))
YEAR = Period("in 2025", dt.date(2025, 1, 1), dt.date(2025, 12, 31))
DECADE = Period("from 2025 to 2035", dt.date(2025, 1, 1), dt.date(2035, 12, 31))
UNRESOLVED = Period("this year", None, None)
CHINESE = Article(
    "chinese-article", "屋顶变蓝。", title="屋顶", publisher="海港报", published_on=dt.date(2025, 1, 2), language="zh"
)
ARTICLES = (SOLAR, FERRY, NOTICE, CHINESE)


def stored(
    text: str = "7,300", value: str = "7300", unit: str = "count", article: Article = SOLAR, **changes: Any
) -> StoredFigure:
    """A figure of an article; `changes` are of `Figure`, but for `metric` and `also_in`."""
    metric, also_in = changes.pop("metric", None), changes.pop("also_in", ())
    number = Decimal(value)
    figure = Figure(
        article.id, 0, len(text), 0, 20, text, number, number, number, Bound.NONE, unit, "solar roofs", "Vetluga",
        Status.REPORTED, AUTUMN, ARTICLE,
    )  # fmt: skip
    figure = replace(figure, **changes)
    return StoredFigure(next(NUMBERS), figure, article.text[:20], article, metric, 1.0, also_in)


def ranged(low: str, high: str, unit: str = "percent", **changes: Any) -> StoredFigure:
    """A figure with two values."""
    middle = (Decimal(low) + Decimal(high)) / 2
    return stored(f"{low} to {high}", str(middle), unit, low=Decimal(low), high=Decimal(high), **changes)
