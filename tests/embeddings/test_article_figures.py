"""An article's named figures are told in its own words, also where an earlier article says the same."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from corpus.article import Article
from corpus.figures.catalogue import Catalogue, Metric
from embeddings.article_figures import named_figures
from embeddings.generation import open_current
from embeddings.reindex import reindex_articles
from tests.fake_encoder import FakeEncoder

CATALOGUE = Catalogue((Metric("solar-roofs", "Number of solar roofs", {}, ("solar roofs",), "count"),), "digest-1")
EARLY = Article(
    "early",
    "The number of solar roofs in Vetluga was 9,100 by the end of 2024. Nine ferries crossed the bay.",
    published_on=dt.date(2025, 1, 5),
)
LATE = Article(
    "late",
    "The council met on Friday. By the end of 2024 there were 9,100 solar roofs in Vetluga, and by the end of 2023 there had"
    " been 7,300 solar roofs in Vetluga.",
    published_on=dt.date(2025, 3, 5),
)


def test_a_repeated_statement_is_told_in_each_articles_own_words(tmp_path: Path) -> None:
    """The store keeps it once; position, sentence and "also in" are those of the article that is shown."""
    reindex_articles([EARLY, LATE], tmp_path, FakeEncoder(), catalogue=CATALOGUE)
    generation = open_current(tmp_path, FakeEncoder())
    try:
        for article, other in ((EARLY, LATE), (LATE, EARLY)):
            found = {one.figure.text: one for one in named_figures(article, generation.store)}
            shared = found["9,100"]
            assert shared.metric == "solar-roofs" and shared.article == article and shared.also_in == (other.id,)
            assert shared.sentence in article.text
            assert article.text[shared.figure.start : shared.figure.end] == "9,100"
        assert [one.figure.text for one in named_figures(LATE, generation.store)] == ["9,100", "7,300"]
    finally:
        generation.close()


def test_without_metrics_there_are_none(tmp_path: Path) -> None:
    """Figures that nobody has named are searched for by words instead."""
    reindex_articles([EARLY], tmp_path, FakeEncoder())
    generation = open_current(tmp_path, FakeEncoder())
    try:
        assert generation.store.figures.all() and named_figures(EARLY, generation.store) == []
    finally:
        generation.close()
