"""Replies as JSON records: the shape that `corpusbot ask --json` prints. Pure functions."""

from collections.abc import Sequence
from typing import Any

from bot.notes import referent_of
from corpus.article import Article, Span
from corpus.figure_store import StoredFigure
from corpus.figure_store import record as figure_record
from embeddings.answers import Answer, Reply
from embeddings.asking import Asked
from embeddings.quotes import Quote


def reply_record(reply: Reply, took_ms: float, asked: Asked | None = None, series: Sequence[StoredFigure] = ()) -> dict[str, Any]:
    """One reply as one JSON object.

    `nearest` is there only when we decline, and each of `asked` (the question that a follow-up stands for), `filters`
    (that its words ask for), `read_as` (the question with its misspelt words mended), `caution` and `disagreement` only
    when there is something to say.

    Args:
        series: the figures of the metric that the question is about, for `series`; without any there is no such key.
    """
    answered = isinstance(reply, Answer)
    record: dict[str, Any] = {
        "question": reply.question,
        **_asked_record(asked),
        "answered": answered,
        "reason": None if isinstance(reply, Answer) else reply.reason,
        "confidence": round(reply.confidence, 4),
        "quotes": [quote_record(quote) for quote in reply.quotes] if isinstance(reply, Answer) else [],
    }
    if not isinstance(reply, Answer):
        record["nearest"] = [quote_record(quote) for quote in reply.nearest]
    record |= _warnings(reply) | ({"series": [figure_record(one) for one in series]} if series else {})
    record["generation"] = reply.generation
    record["took_ms"] = round(took_ms, 1)
    return record


def _asked_record(asked: Asked | None) -> dict[str, Any]:
    if asked is None:
        return {}
    record: dict[str, Any] = {"asked": asked.question_asked} if asked.rewritten else {}
    return record | ({"filters": list(asked.filter_labels)} if asked.filter_labels else {})


def _warnings(reply: Reply) -> dict[str, Any]:
    record: dict[str, Any] = {"read_as": reply.read_as} if reply.read_as else {}
    if isinstance(reply, Answer):
        record |= {"caution": True} if reply.caution else {}
        record |= {"disagreement": reply.disagreement.sentence} if reply.disagreement else {}
    return record


def quote_record(quote: Quote) -> dict[str, Any]:
    """One quote with its source; `start` and `end` count code points of the article's cleaned text.

    `answer_part` (the words of the sentence that answer) and `referent` (what its pronoun stands for) are there where known.
    """
    return {
        "text": quote.text,
        "answer_text": quote.answer_text,
        **place_record(quote.article, quote.paragraph, quote.span),
        "score": round(quote.score, 4),
        "also_in": list(quote.also_in),
        **_marks(quote),
    }


def place_record(article: Article, paragraph: int | None, span: Span) -> dict[str, Any]:
    """Where a passage stands, and its source."""
    return {
        "article_id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "url": article.url,
        "kind": str(article.kind),
        "paragraph": paragraph,
        "start": span.start,
        "end": span.end,
    }


def _marks(quote: Quote) -> dict[str, Any]:
    part = quote.answer_part
    record: dict[str, Any] = {"referent": referent} if (referent := referent_of(quote)) else {}
    if part is not None:
        text = quote.text[part.start - quote.span.start : part.end - quote.span.start]
        record["answer_part"] = {"text": text, "start": part.start, "end": part.end}
    return record
