"""Figures made by hand, for the tests of what compares them, and figures as the rules alone read them."""

import datetime as dt
from decimal import Decimal

from corpus.article import Article
from corpus.chunks import split_article
from corpus.figures.figure import ARTICLE, Bound, Figure, Period, Status
from corpus.figures.numbers import numbers_in
from corpus.figures.subjects import Subject, subject_of


def period(text: str, end: str | None, start: str | None = None) -> Period:
    """A period from ISO days."""
    return Period(text, dt.date.fromisoformat(start) if start else None, dt.date.fromisoformat(end) if end else None)


def figure(
    text: str,
    value: str,
    unit: str = "CNY",
    subject: str = "core AI industry",
    when: Period | None = None,
    place: str | None = "China",
    status: Status = Status.REPORTED,
    bound: Bound = Bound.NONE,
    article_id: str = "one",
    high: str | None = None,
    sentence_start: int = 0,
) -> Figure:
    """A figure that begins its sentence; a range where `high` is given, from `value` to it."""
    low, top = Decimal(value), Decimal(high or value)
    return Figure(
        article_id=article_id,
        start=sentence_start,
        end=sentence_start + len(text),
        sentence_start=sentence_start,
        sentence_end=sentence_start + 100,
        text=text,
        value=(low + top) / 2,
        low=low,
        high=top,
        bound=bound,
        unit=unit,
        subject=subject,
        place=place,
        status=status,
        period=when,
        speaker=ARTICLE,
    )


def by_rules(text: str) -> list[tuple[str, Subject]]:
    """Each number of a text as written, and what the rules say that it measures, before grammar is asked."""
    article = Article("a", text)
    found = []
    for sentence in (one.span for chunk in split_article(article) for one in chunk.sentences):
        for number in numbers_in(text[sentence.start : sentence.end], text).numbers:
            place = sentence.start + number.start, sentence.start + number.end
            found.append((number.text, subject_of(article, (sentence.start, sentence.end), place, number.noun, number.unit)))
    return found
