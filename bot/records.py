"""Replies as JSON records: the shape that `corpusbot ask --json` prints. Pure functions."""

from typing import Any

from embeddings.answers import Answer, Reply
from embeddings.quotes import Quote


def reply_record(reply: Reply, took_ms: float) -> dict[str, Any]:
    """One reply as one JSON object; `nearest` is there only when we decline."""
    answered = isinstance(reply, Answer)
    record: dict[str, Any] = {
        "question": reply.question,
        "answered": answered,
        "reason": None if isinstance(reply, Answer) else reply.reason,
        "confidence": round(reply.confidence, 4),
        "quotes": [quote_record(quote) for quote in reply.quotes] if isinstance(reply, Answer) else [],
    }
    if not isinstance(reply, Answer):
        record["nearest"] = [quote_record(quote) for quote in reply.nearest]
    record["generation"] = reply.generation
    record["took_ms"] = round(took_ms, 1)
    return record


def quote_record(quote: Quote) -> dict[str, Any]:
    """One quote with its source; `start` and `end` count code points of the article's cleaned text."""
    article = quote.article
    return {
        "text": quote.text,
        "answer_text": quote.answer_text,
        "article_id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "url": article.url,
        "kind": str(article.kind),
        "paragraph": quote.paragraph,
        "start": quote.span.start,
        "end": quote.span.end,
        "score": round(quote.score, 4),
        "also_in": list(quote.also_in),
    }
