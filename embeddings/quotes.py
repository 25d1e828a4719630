"""Ranked chunks -> quotes, each a verbatim span that stands by itself.

Writes no word of its own, and does not decide whether the quotes answer (`embeddings.abstention`).
"""

import itertools
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.article import Article, Span
from corpus.store import CorpusStore, StoredSentence
from embeddings.answer_part import answer_part
from embeddings.duplicates import same_statement
from embeddings.question import Question
from embeddings.referent import leans, referent
from embeddings.search import Hit, ScoredSentence, SearchResult, words_of

MAX_QUOTES = 5
CHUNKS_QUOTED = 10  # ranked chunks whose sentences compete to be quoted
# A sentence's rank is its chunk's score plus these times how well its tokens meet the question's and its own cosine. By
# softmax regression on the tuning halves of squad2-dev and of the labelled questions; by five-fold cross-validation the best
# sentence holds the answer in 0.79 (squad2-dev) and 0.85 (ours), against 0.77 and 0.84 for its cosine and words alone. Tried
# and dropped, since no more were right: bonuses for numbers, dates and names where they are asked for, for the thing asked
# for, the neighbours' scores, place and length, and a second encoder's cosine.
LATE_WEIGHT, COSINE_WEIGHT = 0.8, 0.25
# For the share of the question's years and other numbers that a sentence holds. Years: from 0.05 to 0.2 one to three more first
# quotes are right on each of the four tuning sets, and none fewer; other numbers: one more of 186, none fewer.
NUMBER_WEIGHT = 0.15
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# A neighbour joins the quote when its score is at least this share of the best sentence's.
NEIGHBOUR_SHARE = 0.62
MAX_QUOTE_WORDS = 90
BEFORE = 6  # sentences in which a name is looked for
# Further quotes must come close to the first, or they only dilute it.
FURTHER_SHARE = 0.78

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Quote:
    """A verbatim passage and its source. `text == article.text[span.start:span.end]`."""

    span: Span
    text: str
    answer: Span
    answer_text: str
    article: Article
    paragraph: int
    score: float
    sentence_id: int
    twins: tuple["Quote", ...] = ()  # the same statement in other articles, one quote each
    referent: str | None = None  # what "it" or "the plan" at its start stands for, verbatim from an earlier sentence
    answer_part: Span | None = None  # the words of the answering sentence that give the answer, where that is sure

    @property
    def also_in(self) -> tuple[str, ...]:
        """The ids of the other articles that make the same statement."""
        return tuple(twin.article.id for twin in self.twins)


@dataclass(frozen=True)
class Ranked:
    """A sentence that competes to be quoted, its chunk and its rank."""

    scored: ScoredSentence
    hit: Hit
    rank: float


def rank_sentences(result: SearchResult) -> list[Ranked]:
    """All sentences of the best chunks, best first."""
    numbers = frozenset(term.stem for term in result.terms if NUMBER.fullmatch(term.word))
    ranked = [
        Ranked(
            scored, hit, hit.score + LATE_WEIGHT * scored.late + COSINE_WEIGHT * scored.cosine + _numbers_held(scored, numbers)
        )
        for hit in result.hits[:CHUNKS_QUOTED]
        for scored in hit.sentences
    ]
    return sorted(ranked, key=lambda entry: -entry.rank)  # stable: of equals, the one in the better chunk comes first


def _numbers_held(scored: ScoredSentence, numbers: frozenset[str]) -> float:
    return NUMBER_WEIGHT * len(numbers & words_of(scored.sentence.text).stems) / len(numbers) if numbers else 0.0


def quote_candidates(ranked: Sequence[Ranked], store: CorpusStore) -> list[Quote]:
    """One quote around each of the best sentences; a sentence stands in one quote only."""
    quotes: list[Quote] = []
    used: set[int] = set()
    for entry in ranked[: 4 * MAX_QUOTES]:
        if entry.scored.sentence.id in used:
            continue
        run = _run_around(entry)
        run = [sentence for sentence in run if sentence.id not in used]
        if entry.scored.sentence not in run or not _adjacent(run):
            run = [entry.scored.sentence]
        used.update(sentence.id for sentence in run)
        quotes.append(_quote(entry, run, store))
    return quotes


def _run_around(entry: Ranked) -> list[StoredSentence]:
    """The answering sentence, neighbours that answer nearly as well, and what it needs to stand by itself."""
    sentences = list(entry.hit.sentences)
    first = last = next(place for place, s in enumerate(sentences) if s is entry.scored)
    enough = NEIGHBOUR_SHARE * entry.scored.score
    while first and leans(sentences[first].sentence.text) and _fits(sentences[first - 1 : last + 1]):
        first -= 1
    if last + 1 < len(sentences) and sentences[last + 1].score >= enough and _fits(sentences[first : last + 2]):
        last += 1
    if first == last and first and sentences[first - 1].score >= enough and _fits(sentences[first - 1 : last + 1]):
        first -= 1
    return [scored.sentence for scored in sentences[first : last + 1]]


def _fits(sentences: Sequence[ScoredSentence]) -> bool:
    return sum(len(scored.sentence.text.split()) for scored in sentences) <= MAX_QUOTE_WORDS


def _adjacent(run: Sequence[StoredSentence]) -> bool:
    return all(b.id == a.id + 1 for a, b in itertools.pairwise(run))


def _quote(entry: Ranked, run: Sequence[StoredSentence], store: CorpusStore) -> Quote:
    answer = entry.scored.sentence
    article = store.article(answer.span.article_id)
    span = Span(article.id, run[0].span.start, run[-1].span.end)
    before = [scored.sentence.text for scored in entry.hit.sentences if scored.sentence.span.end <= span.start]
    meant = referent(run[0].text, before[-BEFORE:], entry.hit.chunk.heading)
    named = meant.name if meant else None
    text = article.quote(span)
    return Quote(span, text, answer.span, answer.text, article, answer.paragraph, entry.rank, answer.id, referent=named)


def with_answer_part(quote: Quote, question: Question) -> Quote:
    """A quote that tells which words of it answer, where that is sure."""
    part = answer_part(question, quote.answer_text)
    if part is None:
        return quote
    start = quote.answer.start
    return replace(quote, answer_part=Span(quote.article.id, start + part[0], start + part[1]))


def distinct(quotes: Sequence[Quote], cosine: Callable[[int, int], float], count: int) -> list[Quote]:
    """The first `count` statements; one that several articles make appears once, with "also in".

    Args:
        cosine: of two sentences, by their numbers.
    """
    kept: list[Quote] = []
    for quote in quotes:
        twin = next((place for place, other in enumerate(kept) if _same(quote, other, cosine)), None)
        if twin is None:
            if len(kept) < count:
                kept.append(quote)
        elif quote.article.id not in {kept[twin].article.id, *kept[twin].also_in}:
            kept[twin] = replace(kept[twin], twins=(*kept[twin].twins, quote))
    return kept


def side_by_side(quotes: Sequence[Quote]) -> list[Quote]:
    """The same quotes, the best one of another article right after the first: for a question that compares articles."""
    other = next((quote for quote in quotes if quote.article.id != quotes[0].article.id), None)
    if other is None:
        return list(quotes)
    return [quotes[0], other, *(quote for quote in quotes[1:] if quote is not other)]


def _same(one: Quote, other: Quote, cosine: Callable[[int, int], float]) -> bool:
    return same_statement(one.answer_text, other.answer_text, lambda: cosine(one.sentence_id, other.sentence_id))


def verified(quotes: Sequence[Quote], read_span: Callable[[Span], str]) -> list[Quote]:
    """Only the quotes that the store gives back letter for letter; the others are logged by article and position."""
    kept = []
    for quote in quotes:
        if is_verbatim(quote, read_span):
            kept.append(quote)
        else:
            log.error(
                "dropped a quote that does not match its article: %s %d-%d", quote.article.id, quote.span.start, quote.span.end
            )
    return kept


def is_verbatim(quote: Quote, read_span: Callable[[Span], str]) -> bool:
    """Whether a quote, and the answering part in it, are what the store holds at their positions."""
    inside = quote.span.start <= quote.answer.start <= quote.answer.end <= quote.span.end
    return inside and read_span(quote.span) == quote.text and read_span(quote.answer) == quote.answer_text
