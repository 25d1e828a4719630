"""A small collection and replies made from it, for the tests of `bot`."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.article import Article, Kind, Span
from corpus.collection import write_article
from embeddings.answers import Abstention, Answer
from embeddings.quotes import Quote

SOLAR = Article(
    id="solar-roofs",
    title="Roofs of Vetluga turn blue",
    publisher="Harbour Gazette",
    author="Ines Marlow",
    published_on=dt.date(2024, 5, 2),
    url="https://gazette.example/roofs?page=1",
    text=(
        "The town of Vetluga counted 7,300 solar roofs in April. Most of the solar roofs belong to schools.\n\n"
        "A baker in the old quarter sells bread that is baked with sunlight alone."
    ),
)
FERRY = Article(
    id="ferry-line",
    title="A ferry without a captain",
    publisher="Northern Courier",
    published_on=dt.date(2025, 3, 5),
    kind=Kind.BRIEF,
    text=(
        "The electric ferry Anneke crosses the strait in nineteen minutes.\n\n"
        "According to the article, the harbour office lends its tugboats to fishermen on Sundays."
    ),
)
NOTICE = Article(
    id="pasted-notice",
    text=(
        "The janitor wrote: @everyone must read **this** <@&42> note, see [the plan](https://plan.example) or `die`.\n\n"
        "Violins are tuned in the cellar of the museum."
    ),
)
ARTICLES = (SOLAR, FERRY, NOTICE)
SOLAR_QUESTION = "How many solar roofs did the town of Vetluga count in April?"
SOLAR_SENTENCE = "The town of Vetluga counted 7,300 solar roofs in April."
NOTICE_QUESTION = "What must everyone read, according to the janitor?"
OFF_SUBJECT_QUESTION = "Which penguin won the chess tournament?"


def write_collection(folder: Path, articles: tuple[Article, ...] = ARTICLES) -> Path:
    """Write articles into a collection folder, made if it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles:
        write_article(article, folder)
    return folder


def quote_of(article: Article, answer: str | None = None, **changes: Any) -> Quote:
    """A quote of an article's whole text, whose answering part is `answer` (all of it by default)."""
    answer = article.text if answer is None else answer
    start = article.text.index(answer)
    values: dict[str, Any] = {
        "span": Span(article.id, 0, len(article.text)),
        "text": article.text,
        "answer": Span(article.id, start, start + len(answer)),
        "answer_text": answer,
        "article": article,
        "paragraph": 1,
        "score": 0.87654321,
        "sentence_id": 1,
    }
    return Quote(**(values | changes))


def twin_of(quote: Quote, identifier: str) -> Quote:
    """The same statement in another article, of which only the id and the title are known."""
    return replace(quote, article=replace(quote.article, id=identifier, title=identifier, publisher=None, url=None))


def answer_of(*quotes: Quote, question: str = "Why?") -> Answer:
    """An answer that holds these quotes."""
    return Answer(question, quotes, 0.91239, "20250101T000000Z-00")


def abstention_of(reason: str, *nearest: Quote, question: str = "Why?") -> Abstention:
    """An abstention with these nearest passages."""
    return Abstention(question, reason, 0.12341, nearest, "20250101T000000Z-00")
