"""A message as a claim: the passages on it, and its numbers beside those of the articles. Sends nothing, lays nothing out.

Says what the articles give, never whether a claim is true: two numbers are the same, or differ in value, time, place, unit or
certainty, or the articles give no such number.
"""

import asyncio
import datetime as dt
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.claim_numbers import Comparison, compare_numbers
from bot.message_texts import has_words
from bot.metric_series import quotable
from bot.services import Services, TimedReply
from corpus.article import Article
from corpus.chunks import Sentence, split_article
from corpus.figures.extraction import figures_in
from corpus.scripts import is_mostly_wide
from embeddings.answers import Answer, Reply
from embeddings.crosslingual.languages import language_of
from embeddings.encoder import Encoder, Vectors
from embeddings.metrics.likeness import telling
from embeddings.quotes import Quote

CLAIM_ID = "message"  # the message as an article of its own; it is stored nowhere
LOOKED_UP = 1000  # letters of a message that passages are looked for with; what the encoder reads ends before
MOST_NUMBERS = 8  # compared of one message
MOST_SENTENCES = 4  # looked up one by one where the message as a whole finds nothing
LEAST_WORDS = 3  # telling ones, of a sentence that is looked up by itself
NEAREST_SHOWN = 2
SENTENCE_READ = 400  # letters of a sentence that numbers are read from: its time grows with the square of its numbers
KEPT_VECTORS = 4_000  # about 12 MB
Ask = Callable[[str], Awaitable[TimedReply]]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a message in its order; `unread` could not be read surely, `more` were not compared."""

    compared: tuple[Comparison, ...] = ()
    unread: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Passages:
    """What the articles say on a claim: the first `sure` of the quotes are about it, the others only come near.

    `cut` says that the message was too long to be looked up whole, `caution` that the passages may say something else.
    """

    quotes: tuple[Quote, ...]
    sure: int
    took_ms: float
    cut: bool = False
    caution: bool = False


class RememberingEncoder:
    """An encoder that keeps the newest vectors: the names of all metrics are compared with each message's figures.

    Not for two threads at once.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self.encode_with_tokens = encoder.encode_with_tokens
        self._encoder = encoder
        self._known: OrderedDict[str, Vectors] = OrderedDict()

    @property
    def digest(self) -> str:
        """The encoder's, which may have to read its files for it."""
        return self._encoder.digest

    @property
    def dimension(self) -> int:
        """The encoder's, which may have to be loaded for it."""
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As the encoder does, encoding only what is not kept."""
        if new := list(dict.fromkeys(text for text in texts if text not in self._known)):
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        for text in texts:
            self._known.move_to_end(text)
        found = np.array([self._known[text] for text in texts], np.float32).reshape(len(texts), self.dimension)
        while len(self._known) > KEPT_VECTORS:
            self._known.popitem(last=False)
        return found


class ClaimDesk:
    """Compares messages with the generation that answers questions."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._encoder = RememberingEncoder(services.encoder)
        self._turn = asyncio.Lock()  # one message after the other, so that answers are not held up

    async def numbers(self, text: str, written_on: dt.date | None) -> Numbers:
        """Read a message's numbers and find what the articles give for each, away from the event loop.

        Args:
            text: plain words.
            written_on: what "this year" counts from.
        Raises:
            StaleIndexError: there is no index.
            ModelError: the model cannot be loaded.
        """
        async with self._turn:
            return await asyncio.to_thread(self._numbers, text, written_on)

    def _numbers(self, text: str, written_on: dt.date | None) -> Numbers:
        claim = Article(CLAIM_ID, _readable(text), published_on=written_on, language=language_of(text))
        extraction = figures_in(claim)
        if not extraction.figures:
            return Numbers((), tuple(one.text for one in extraction.left_out))
        with self._services.generation() as generation:
            stored = quotable(generation.store.figures.all(), generation.store)
            metrics = generation.store.figures.metrics()
            compared = compare_numbers(claim, extraction.figures[:MOST_NUMBERS], stored, metrics, self._encoder)
        more = max(0, len(extraction.figures) - MOST_NUMBERS)
        return Numbers(tuple(compared), tuple(one.text for one in extraction.left_out), more)


# --- passages ----------------------------------------------------------------------------------------------------------


async def passages_on(text: str, numbers: Numbers, ask: Ask) -> Passages:
    """The passages on a claim.

    Where the message as it stands finds none, it is looked up without its numbers, which may be others than the articles'; then
    its sentences one by one.

    Args:
        text: plain words, from which `numbers` were read.
        ask: answers one question; its errors are passed on.
    """
    bare = _without(text, numbers)
    sentences = _sentences(bare)
    asker = _Asker(ask)
    looked_up = _beginning(text)
    await asker.take(looked_up)
    if not asker.answers and bare != text and has_words(bare):
        await asker.take(_beginning(bare), only_sure=True)
    if not asker.answers and len(sentences) > 1:
        for sentence in sentences[:MOST_SENTENCES]:
            await asker.take(sentence, only_sure=True)
    sure = _each_once(quote for reply in asker.answers for quote in reply.quotes)
    near = () if sure else _each_once(quote for reply in asker.others for quote in _quotes_of(reply))[:NEAREST_SHOWN]
    caution = bool(sure) and all(reply.caution for reply in asker.answers)
    return Passages(sure or near, len(sure), asker.took_ms, len(looked_up) < len(text), caution)


class _Asker:
    """Asks one question after the other, and keeps what answers apart from what does not."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self.answers: list[Answer] = []
        self.others: list[Reply] = []
        self.took_ms = 0.0

    async def take(self, question: str, only_sure: bool = False) -> None:
        """Ask one.

        Args:
            only_sure: count a cautious answer as none, since the question is less than what the message says.
        """
        timed = await self._ask(question)
        self.took_ms += timed.took_ms
        if isinstance(timed.reply, Answer) and not (only_sure and timed.reply.caution):
            self.answers.append(timed.reply)
        else:
            self.others.append(timed.reply)


def _quotes_of(reply: Reply) -> tuple[Quote, ...]:
    return reply.quotes if isinstance(reply, Answer) else reply.nearest


def _each_once(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    return tuple({quote.answer: quote for quote in reversed(list(quotes))}.values())[::-1]


def _sentences(text: str) -> list[str]:
    """The sentences that say enough to be looked up by themselves; where no spaces part words, all of them."""
    found = [sentence.text[:LOOKED_UP] for sentence in _split(text)]
    return [sentence for sentence in found if len(telling(sentence)) >= LEAST_WORDS or is_mostly_wide(sentence)]


def _sentence_ends(text: str) -> list[int]:
    return [sentence.span.end for sentence in _split(text)]


def _split(text: str) -> list[Sentence]:
    claim = Article(CLAIM_ID, text, language=language_of(text))
    return [sentence for chunk in split_article(claim) for sentence in chunk.sentences]


def _readable(text: str) -> str:
    """The text with blanks behind the first letters of a very long sentence, so that every place stays where it is."""
    for sentence in _split(text):
        start, end = min(sentence.span.start + SENTENCE_READ, sentence.span.end), sentence.span.end
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _without(text: str, numbers: Numbers) -> str:
    """A message's words without the numbers that were read."""
    for figure in sorted((one.claimed for one in numbers.compared), key=lambda one: -one.start):
        text = text[: figure.start] + text[figure.end :]
    return text


def _beginning(text: str) -> str:
    """As much of a long text as is looked up, to the end of a sentence where one ends."""
    if len(text) <= LOOKED_UP:
        return text
    ends = [end for end in _sentence_ends(text) if end <= LOOKED_UP]
    return text[: max(ends, default=LOOKED_UP)]
