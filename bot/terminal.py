"""Replies on a terminal: coloured for people, plain when piped, JSON for machines. Prints nothing of its own finding.

`corpusbot articles` prints through this module too, so what needs the index is imported where a reply is printed.
"""

import json
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.notes import answer_notes, marked_part, question_notes, referent_of, wording_for
from bot.sources import source_line, title_of
from bot.wording import Wording
from corpus.article import Article, Kind

if TYPE_CHECKING:
    from bot.ask_series import Series
    from bot.services import TimedReply
    from embeddings.quotes import Quote


def print_json(console: Console, record: Any) -> None:
    """Print one JSON value on one line, exactly, whatever the terminal's width."""
    console.file.write(json.dumps(record, ensure_ascii=False) + "\n")
    console.file.flush()


def print_reply(console: Console, timed: "TimedReply", series: "Series | None" = None) -> None:
    """Print a reply in the asker's language: quotes with their sources, or why there are none.

    Args:
        series: the figures of the metric that the question is about, for a table under the quotes.
    """
    from embeddings.answers import Answer  # loads FAISS, which a list of articles does not need

    reply, say = timed.reply, wording_for(timed.reply)
    # The lines may hold words of the question: no markup and no :emoji: is made of them.
    for line in question_notes(timed):
        console.print(Text(line, style="dim"), soft_wrap=True)
    for line in answer_notes(reply):
        console.print(Text(line, style="yellow"), soft_wrap=True)
    if isinstance(reply, Answer):
        _print_quotes(console, reply.quotes, say)
    else:
        console.print(Text.assemble((say("No answer in the articles."), "bold"), " ", say.reason(reply.reason)), soft_wrap=True)
        if reply.nearest:
            console.print(say("Nearest passages (not an answer):"), style="dim")
            _print_quotes(console, reply.nearest[:2], say)
    if series:
        _print_series(console, series, say)
    console.print(Text(_measures(timed, say), style="dim"), soft_wrap=True)


def _measures(timed: "TimedReply", say: Wording) -> str:
    confidence, took = f"{timed.reply.confidence:.2f}", f"{timed.took_ms:.0f}"
    return say(
        "confidence {confidence} · {took} ms · index {generation}",
        confidence=confidence,
        took=took,
        generation=timed.reply.generation,
    )


def _print_quotes(console: Console, quotes: "tuple[Quote, ...]", say: Wording) -> None:
    for number, quote in enumerate(quotes, 1):
        if console.is_terminal:
            console.print(Padding(marked_text(quote), (0, 2)))
        else:
            # Piped output is read by programs: no line breaks of ours inside a quotation.
            console.print(Text("  ") + marked_text(quote), soft_wrap=True)
        twins = [source_line(twin.article, twin.paragraph, say) for twin in quote.twins]
        also = "".join("\n      " + say("also in {source}", source=twin) for twin in twins)
        link = f"\n      {quote.article.url}" if quote.article.url else ""
        line = f"  [{number}] {source_line(quote.article, quote.paragraph, say)}{link}{also}"
        console.print(Text(line, style="cyan"), soft_wrap=True)
        console.print()


def _print_series(console: Console, series: "Series", say: Wording) -> None:
    """A table whose letters stand for the sources under it."""
    from bot.figure_lines import figure_lines, source_letters  # babel's tables, which a list of articles does not need

    letters = source_letters(series.figures)
    articles = {one.article.id: one.article for one in series.figures}
    console.print(Text(f"  {series.metric.titles.get(say.language, series.metric.title)}", style="bold"), soft_wrap=True)
    for line in figure_lines(series.figures, [letters[one.article.id] for one in series.figures], say):
        console.print(Text(f"  {line}"), soft_wrap=True)
    for name, letter in letters.items():
        console.print(Text(f"  {letter} {source_line(articles[name], say=say)}", style="cyan"), soft_wrap=True)
    console.print()


def marked_text(quote: "Quote") -> Text:
    """The quote with the words that answer in bold; on a plain terminal the letters alone."""
    referent = referent_of(quote)
    before = f"[{referent}] “" if referent else "“"
    text = Text(f"{before}{quote.text}”")
    start, end = marked_part(quote)
    text.stylize("bold", len(before) + start, len(before) + end)
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


def print_timed_record(console: Console, timed: "TimedReply", series: "Series | None" = None) -> None:
    """Print a reply as one JSON object on one line; `series` as `print_reply` has it."""
    from bot.records import reply_record  # loads FAISS, as above

    print_json(console, reply_record(timed.reply, timed.took_ms, timed.asked, series.figures if series else ()))
