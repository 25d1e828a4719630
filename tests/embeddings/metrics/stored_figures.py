"""Stored figures made by hand from sentences, for the tests of what names and finds them."""

from decimal import Decimal

from corpus.article import Article
from corpus.figure_store import StoredFigure
from corpus.figures.figure import ARTICLE, Bound, Figure, Status


def stored(
    sentence: str,
    text: str,
    unit: str,
    subject: str,
    place: str | None = None,
    metric: str | None = None,
    article_id: str = "one",
) -> StoredFigure:
    """A figure `text` of a sentence that is all of its article."""
    start = sentence.index(text)
    one = Decimal(1)
    figure = Figure(
        article_id, start, start + len(text), 0, len(sentence), text, one, one, one, Bound.NONE, unit, subject, place,
        Status.REPORTED, None, ARTICLE,
    )  # fmt: skip
    return StoredFigure(start, figure, sentence, Article(article_id, sentence), metric, 0.0, ())
