"""Replies on a terminal: coloured for people, plain when piped, JSON for machines. Prints nothing of its own finding.

`corpusbot articles` prints through this module too, so what needs the index is imported where a reply is printed.
"""

import json
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.sources import source_line, title_of
from corpus.article import Article, Kind

if TYPE_CHECKING:
    from bot.services import TimedReply
    from embeddings.quotes import Quote


def print_json(console: Console, record: Any) -> None:
    """Print one JSON value on one line, exactly, whatever the terminal's width."""
    console.file.write(json.dumps(record, ensure_ascii=False) + "\n")
    console.file.flush()


def print_reply(console: Console, timed: "TimedReply") -> None:
    """Print a reply: quotes with their sources, or why there are none."""
    from embeddings.answers import Answer  # loads FAISS, which a list of articles does not need

    reply = timed.reply
    if isinstance(reply, Answer):
        _print_quotes(console, reply.quotes)
    else:
        # The reason may hold words of the question: no markup and no :emoji: is made of them.
        console.print(Text.assemble(("No answer in the articles.", "bold"), " ", reply.reason), soft_wrap=True)
        if reply.nearest:
            console.print("Nearest passages (not an answer):", style="dim")
            _print_quotes(console, reply.nearest[:2])
    console.print(
        f"confidence {reply.confidence:.2f} · {timed.took_ms:.0f} ms · index {reply.generation}", style="dim", soft_wrap=True
    )


def _print_quotes(console: Console, quotes: "tuple[Quote, ...]") -> None:
    for number, quote in enumerate(quotes, 1):
        if console.is_terminal:
            console.print(Padding(marked_text(quote), (0, 2)))
        else:
            # Piped output is read by programs: no line breaks of ours inside a quotation.
            console.print(Text("  ") + marked_text(quote), soft_wrap=True)
        also = "".join(f"\n      also in {source_line(twin.article, twin.paragraph)}" for twin in quote.twins)
        link = f"\n      {quote.article.url}" if quote.article.url else ""
        line = f"  [{number}] {source_line(quote.article, quote.paragraph)}{link}{also}"
        console.print(Text(line, style="cyan"), soft_wrap=True)
        console.print()


def marked_text(quote: "Quote") -> Text:
    """The quote with its answering sentence in bold; on a plain terminal the letters alone."""
    text = Text(f"“{quote.text}”")
    text.stylize("bold", 1 + quote.answer.start - quote.span.start, 1 + quote.answer.end - quote.span.start)
    return text


def print_articles(console: Console, articles: list[Article]) -> None:
    """List articles, one block each; what is unknown is said to be unknown."""
    for article in articles:
        day = article.published_on.isoformat() if article.published_on else "date unknown"
        kind = "brief" if article.kind is Kind.BRIEF else "original"
        console.print(Text(article.id, style="bold"), soft_wrap=True)
        console.print(Text(f"  {title_of(article)}"), soft_wrap=True)
        facts = [article.publisher or "publisher unknown", article.author or "author unknown", day, article.language, kind]
        console.print(Text(f"  {' · '.join(facts)} · {len(article.paragraphs())} paragraphs", style="dim"), soft_wrap=True)


def article_record(article: Article) -> dict[str, Any]:
    """One article as a JSON object, with its cleaned text."""
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "url": article.url,
        "language": article.language,
        "kind": str(article.kind),
        "digest": article.digest,
        "text": article.text,
    }


def print_timed_record(console: Console, timed: "TimedReply") -> None:
    """Print a reply as one JSON object on one line."""
    from bot.records import reply_record  # loads FAISS, as above

    print_json(console, reply_record(timed.reply, timed.took_ms))
