"""Quotations -> the texts of an answer's pages, within Discord's limits. Pure functions: nothing is sent from here.

A quotation is never cut and keeps its number on every page; where one does not fit, fewer stand on a page. Above the
quotations stands the head (question, small print, warnings), under them what belongs to the whole answer.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.notes import answer_notes
from bot.panels import TEXTS_TOTAL
from bot.passage_links import passage_url
from bot.render import (
    ALSO_IN_SHOWN,
    TITLE_SHOWN,
    block_quote,
    escape,
    question_line,
    quoted,
    shortened,
    small,
    small_print,
    source_words,
)
from bot.services import TimedReply
from bot.wording import Wording
from corpus.article import Paragraph
from corpus.chunks import sentences_of
from embeddings.answers import Abstention
from embeddings.quotes import Quote

FOOT_ROOM = 200  # letters for the line that says which passages a page shows
CONTEXT_ROOM = 1300  # letters of one passage's surroundings: three of them fit into a message
MOST_ROOM = TEXTS_TOTAL - 400  # letters of one passage's surroundings at most, beside its heading
HEAD_ROOM = 2400  # letters of the head with all its small print
WARNING_SHOWN = 400  # letters, before escaping
LEAST_ROOM = 800  # letters for quotations; a table under them gives way before


@dataclass(frozen=True, slots=True)
class Page:
    """Texts of one page, safe to send, and the numbers of the first and last passage on it; 0 and 0 where it has none.

    `foot` says which of all passages they are; empty where they are all.
    """

    texts: tuple[str, ...]
    first: int = 0
    last: int = 0
    foot: str = ""


def head_text(timed: TimedReply, say: Wording, question: str | None = None, notes: Sequence[str] = ()) -> str:
    """What stands above the quotations: the question, what was made of it, why we decline, and warnings.

    Args:
        question: as it was typed; left out where the member's own message stands above the answer.
        notes: what else was made of it, a line each, not yet escaped.
    """
    reply = timed.reply
    warnings = [escape(shortened(line, WARNING_SHOWN)) for line in answer_notes(reply, say)]
    if isinstance(reply, Abstention):
        heading, reason = say("The articles do not answer this."), say.reason(reply.reason)
        # Some reasons are that sentence itself.
        warnings.append(f"**{heading}**" + ("" if reason == heading else f" {escape(shortened(reason, WARNING_SHOWN))}"))
    above = [question_line(question)] if question else []
    told = small_print(timed, say, notes)
    # What a warning says matters more than what was made of the question.
    fits = sum(map(len, (*above, told, *warnings))) <= HEAD_ROOM
    return "\n".join([*above, *([told] if told and fits else []), *warnings])


def room_beside(*texts: str) -> int:
    """How many letters of quotations a page holds beside other texts."""
    return TEXTS_TOTAL - FOOT_ROOM - sum(map(len, texts))


def answer_pages(passages: Sequence[Quote | None], sure: int, a_page: int, room: int, say: Wording) -> list[Page]:
    """All pages: first those that answer, then those that only come near; at least one.

    Args:
        passages: in the order of their numbers; `None` for one that the archive no longer holds.
        sure: how many of them answer; of an abstention none does, and its first page shows none.
        a_page: passages, at most.
        room: letters that they may take, as `room_beside` gives it.
    """
    # Of passages that do not answer, no words do.
    texts = [_passage_text(number, quote, room, say, number <= sure) for number, quote in enumerate(passages, 1)]
    groups = [] if sure else [Page(())]
    for first, last in ((1, sure), (sure + 1, len(passages))):
        groups += _packed(texts, first, last, a_page, room)
    return [_explained(page, len(passages), sure, say) for page in groups] or [Page(())]


def _packed(texts: Sequence[str], first: int, last: int, a_page: int, room: int) -> list[Page]:
    """The passages from number `first` to `last`, as many to a page as fit."""
    pages: list[Page] = []
    kept: list[str] = []
    for number in range(first, last + 1):
        text = texts[number - 1]
        if kept and (len(kept) == a_page or sum(map(len, kept)) + len(text) > room):
            pages.append(Page(tuple(kept), number - len(kept), number - 1))
            kept = []
        kept.append(text)
    return [*pages, Page(tuple(kept), last - len(kept) + 1, last)] if kept else pages


def _explained(page: Page, count: int, sure: int, say: Wording) -> Page:
    """A page with a line above passages that do not answer, and one below that counts."""
    if not page.texts:
        return page
    foot = say("Passages {first} to {last} of {count}", first=page.first, last=page.last, count=count)
    if page.first == page.last:
        foot = say("Passage {number} of {count}", number=page.first, count=count)
    near = say("These passages come near the question; they may not answer it.")
    nearest = say("The passages below are the nearest ones. They are not an answer.")
    above = [f"*{near if sure else nearest}*"] if page.first > sure else []
    alone = page.first == 1 and page.last == count
    return replace(page, texts=(*above, *page.texts), foot="" if alone else small(foot))


def _passage_text(number: int, quote: Quote | None, room: int, say: Wording, marked: bool) -> str:
    if quote is None:
        gone = say("This passage is no longer in the archive as it was shown. Please ask again.")
        return f"**[{number}]** *{gone}*"
    source = small(source_text(number, quote, say))
    for body in (quoted(quote, marked=marked), quoted(quote, only_answer=True, marked=marked)):
        if len(body) + len(source) + 1 <= room:
            return f"{body}\n{source}"
    return f"*{_too_long(say)}*\n{source}"


def _too_long(say: Wording) -> str:
    """What stands in the place of a passage that no message holds."""
    return say("The passage is longer than Discord can show.")


# --- context ---------------------------------------------------------------------------------------------------------


def context_texts(numbered: Sequence[tuple[int, Quote]], say: Wording) -> list[str]:
    """The paragraphs around passages, each once, its passages in bold, with their sources.

    Of a long paragraph, the sentences nearest to the passages are shown.

    Args:
        numbered: passages with their numbers.
    """
    groups: dict[tuple[str, int, int], list[tuple[int, Quote]]] = {}
    for number, quote in numbered:
        around = _paragraphs_of(quote)
        groups.setdefault((quote.article.id, around[0].start, around[-1].end), []).append((number, quote))
    return [text for group in groups.values() for text in _group_texts(group, say)]


def _group_texts(group: Sequence[tuple[int, Quote]], say: Wording) -> list[str]:
    """One text for the passages of a paragraph; one each where they stand too far apart for that."""
    whole = _context_text(group, say)
    return [whole] if whole is not None else [text for one in group if (text := _context_text([one], say))]


def _paragraphs_of(quote: Quote) -> list[Paragraph]:
    return [one for one in quote.article.paragraphs() if one.end > quote.span.start and one.start < quote.span.end]


def _context_text(group: Sequence[tuple[int, Quote]], say: Wording) -> str | None:
    """The paragraph around passages; `None` where several of them are too far apart for a message."""
    quotes = [quote for _, quote in group]
    around = _paragraphs_of(quotes[0])
    source = small("\n".join(source_text(number, quote, say) for number, quote in group))
    room = CONTEXT_ROOM - len(source)
    block = _context_block(quotes, around[0].start, around[-1].end)
    if len(block) > room:
        block = _context_block(quotes, *_narrowed(quotes, around, room))
    most = MOST_ROOM - len(source)
    if len(block) > most and len(group) > 1:
        return None
    if len(block) > most:
        block = quoted(quotes[0], only_answer=True)
    if len(block) > most:
        block = f"*{_too_long(say)}*"
    heading = [small(escape(shortened(around[0].heading, TITLE_SHOWN)))] if around[0].heading else []
    return "\n".join([*heading, block, source])


def _context_block(quotes: Sequence[Quote], first: int, last: int) -> str:
    spans = sorted((quote.span.start - first, quote.span.end - first) for quote in quotes)
    apart = [span for place, span in enumerate(spans) if not place or span[0] >= spans[place - 1][1]]
    return block_quote(quotes[0].article.text[first:last], apart)


def _narrowed(quotes: Sequence[Quote], around: Sequence[Paragraph], room: int) -> tuple[int, int]:
    """Where a stretch of whole sentences around passages begins and ends, one more before and one more behind in turn."""
    sentences = [one.span for paragraph in around for one in sentences_of(quotes[0].article, paragraph)]
    start, end = min(quote.span.start for quote in quotes), max(quote.span.end for quote in quotes)
    before = [one.start for one in reversed(sentences) if one.start < start]
    behind = [one.end for one in sentences if one.end > end]
    for earlier, later in itertools.zip_longest(before, behind):
        if earlier is not None and len(_context_block(quotes, earlier, end)) <= room:
            start = earlier
        if later is not None and len(_context_block(quotes, start, later)) <= room:
            end = later
    return start, end


# --- sources ---------------------------------------------------------------------------------------------------------


def source_text(number: int, quote: Quote, say: Wording) -> str:
    """The source of a quotation: its number, what it is, a link to the passage where there is one, and "also in"."""
    also = [say("Also in: {source}", source=source_of(twin, say)) for twin in quote.twins[:ALSO_IN_SHOWN]]
    if (more := len(quote.twins) - ALSO_IN_SHOWN) > 0:
        also.append(say("Also in {count} more", count=more))
    return "\n".join([f"**[{number}]** {source_of(quote, say)}", *also])


def source_of(quote: Quote, say: Wording) -> str:
    """Title, publisher, date, paragraph, and a link to the very passage."""
    line = source_words(quote.article, quote.paragraph, say)
    url = passage_url(quote.article, quote.text)
    return f"{line} · [{say('open')}](<{url}>)" if url else line
