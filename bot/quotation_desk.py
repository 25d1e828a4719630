"""Which words of a message are a quotation, and what the check of each finds. Sends nothing and lays nothing out.

People write around what they quote ("As the Gazette wrote: …"): only what they mark as a quotation is checked then.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.message_texts import block_quotes, has_words, marked_quotes, plain_words, word_total
from bot.services import Services
from corpus.article import Article
from embeddings.quotation.quotation_check import QuotationCheck, Verdict, check_quotation

MOST_QUOTATIONS = 4  # checked of one message
INTRODUCTION = 8  # words around a quotation that are taken for the writer's own, whatever they are
GOOD = (Verdict.EXACT, Verdict.TYPOGRAPHY)


class Part(StrEnum):
    """What of a message was checked."""

    WHOLE = "the whole message"
    BLOCK = "a block quote"
    MARKED = "the words in quotation marks"


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """A quotation as it was checked, what of the message it is, and what was found; differences count letters of `text`."""

    text: str
    part: Part
    found: QuotationCheck


def check_message(content: str, articles: Sequence[Article]) -> tuple[CheckedQuotation, ...]:
    """Check the quotations of a message: its block quotes, else all of it, or what stands in quotation marks in other talk.

    Args:
        content: as it was written, with markup.
    Raises:
        QuotationError: there are no words in it, or too many.
    """
    as_typed = _checked(content, Part.WHOLE, articles)
    if as_typed.found.verdict in GOOD:
        return (as_typed,)
    if blocks := block_quotes(content):
        return tuple(_checked(block, Part.BLOCK, articles) for block in blocks[:MOST_QUOTATIONS])
    plain = plain_words(content)
    read = [as_typed, *([_checked(plain, Part.WHOLE, articles)] if plain != content and has_words(plain) else [])]
    whole = min(reversed(read), key=_deviation)
    if whole.found.verdict in GOOD:
        return (whole,)
    marked, around = marked_quotes(plain)
    if marked and _is_talk(around, articles):
        return tuple(_checked(one, Part.MARKED, articles) for one in marked[:MOST_QUOTATIONS])
    return (whole,)


def _checked(text: str, part: Part, articles: Sequence[Article]) -> CheckedQuotation:
    return CheckedQuotation(text, part, check_quotation(text, articles))


def _deviation(checked: CheckedQuotation) -> tuple[int, int]:
    """How far a text is from an article: by its verdict, then by how much differs."""
    return list(Verdict).index(checked.found.verdict), len(checked.found.differences)


def _is_talk(around: str, articles: Sequence[Article]) -> bool:
    """Whether the words around marked ones are the writer's own, and not an article's that quotes somebody."""
    if word_total([around]) <= INTRODUCTION or not has_words(around):
        return True
    found = check_quotation(around, articles)
    return found.verdict is Verdict.NOT_FOUND and not found.places


class QuotationDesk:
    """Checks quotations against the articles of the generation that answers questions."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._turn = asyncio.Lock()  # one at a time: a long text can take a second of one core

    async def check(self, *contents: str) -> tuple[CheckedQuotation, ...]:
        """Check the quotations of a message, away from the event loop.

        Args:
            contents: ways to read it, of which the one that is nearest to an article counts, the first of equals.
        Raises:
            QuotationError: there are no words in it, or too many.
            StaleIndexError: there is no index.
        """
        async with self._turn:
            return await asyncio.to_thread(self._check, contents)

    def _check(self, contents: Sequence[str]) -> tuple[CheckedQuotation, ...]:
        with self._services.generation() as generation:
            articles = generation.store.articles()
            return min((check_message(content, articles) for content in contents), key=lambda found: max(map(_deviation, found)))
