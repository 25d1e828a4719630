"""One question, one generation -> an answer or an abstention.

Joins reading the question, searching, quoting and declining; each of those lives in its own module.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.store import Filters, StoredChunk
from embeddings.abstention import Abstainer, default_abstainer
from embeddings.crosslingual.foreign_answers import NOT_PREPARED, ForeignWeighed, weigh_foreign
from embeddings.crosslingual.languages import ENGLISH, language_of
from embeddings.disagreement import Disagreement, disagreements
from embeddings.encoder import Encoded, Encoder, TokenVectors
from embeddings.evidence import NO_EVIDENCE, Evidence, gather_evidence
from embeddings.generation import Generation
from embeddings.late_interaction import tokens_within, word_matches
from embeddings.question import Question, compares, read_question
from embeddings.quotes import (
    FURTHER_SHARE,
    MAX_QUOTES,
    Quote,
    Ranked,
    distinct,
    quote_candidates,
    rank_sentences,
    side_by_side,
    verified,
    with_answer_part,
)
from embeddings.reader import Reader
from embeddings.search import SearchResult

HITS = 10
# The best candidates whose scores lie this close together are read, and the reader's log-odds, times the weight, added. On our
# 1,113 tuning cases the first quote is right in 87.9 % of the answerable ones (without 84.9 %), one of three in 92.8 % (91.0 %);
# of three candidates read it is 87.5 and 91.0 %. Weights of 0.02 to 0.04 do about as well, 0.06 does worse.
CONTENDERS, CLOSE, READING_WEIGHT = 5, 0.15, 0.03


@dataclass(frozen=True)
class Answer:
    """Quotes that answer, best first; never empty."""

    question: str
    quotes: tuple[Quote, ...]
    confidence: float
    generation: str
    stage_ms: Mapping[str, float] = field(default_factory=dict, compare=False)
    language: str = ENGLISH  # of the question, ISO 639-1; the quotes are English
    read_as: str | None = None  # the question with its misspelt words mended, where there were any
    caution: bool = False  # the closest passages; none may answer exactly
    disagreement: Disagreement | None = None  # of the first two quotes on the number asked for
    further: tuple[Quote, ...] = ()  # distinct passages that come less close, best first; on request only


@dataclass(frozen=True)
class Abstention:
    """The articles do not answer, or not surely enough: why, and what comes nearest (which is not an answer)."""

    question: str
    reason: str
    confidence: float
    nearest: tuple[Quote, ...]
    generation: str
    stage_ms: Mapping[str, float] = field(default_factory=dict, compare=False)
    language: str = ENGLISH  # of the question, ISO 639-1; the reason is in English
    read_as: str | None = None  # the question with its misspelt words mended, where there were any


Reply = Answer | Abstention


@dataclass(frozen=True)
class Weighed:
    """Everything that a decision rests on: the search, the passages that could be quoted and the evidence."""

    result: SearchResult
    candidates: list[Quote]
    evidence: Evidence


def weigh(
    question: Question,
    generation: Generation,
    encoded: Encoded,
    filters: Filters | None = None,
    hits: int = HITS,
) -> Weighed:
    """Search, pick the passages that could be quoted, and read the evidence off them."""
    result = generation.searcher.search(question.text, encoded, hits, filters)
    ranked = rank_sentences(result)
    # Compared with the store before they are weighed: a damaged quote must not stand for its intact twin.
    candidates = verified(quote_candidates(ranked, generation.store), generation.store.read_span)
    if not candidates or not question.terms:
        return Weighed(result, candidates, NO_EVIDENCE)
    passages = {entry.scored.sentence.id: entry for entry in reversed(ranked)}
    candidates, reading = read_through(question, candidates, passages, generation.reader)
    first = candidates[0]
    answering = passages[first.sentence_id]
    tokens = quote_tokens(first, answering.hit.chunk, generation)
    matches = word_matches(encoded.tokens, question.terms, first.text, tokens)
    unknown = generation.searcher.lexical.unknown(question.terms)
    evidence = gather_evidence(question, result, ranked, first, answering, matches, unknown, reading)
    return Weighed(result, candidates, evidence)


def read_through(
    question: Question, candidates: list[Quote], passages: Mapping[int, Ranked], reader: Reader | None
) -> tuple[list[Quote], float]:
    """The candidates with the one first that also reads like the answer, and the log-odds that it is; 0 without a reader.

    Args:
        candidates: best first, at least one.
        passages: where each one's answering sentence stands, by its number.
    """
    if reader is None:
        return candidates, 0.0
    close = [quote for quote in candidates[:CONTENDERS] if quote.score >= candidates[0].score - CLOSE]
    readings = reader.read(question.text, [passage_around(passages[quote.sentence_id]) for quote in close])
    read = sorted(zip(close, readings, strict=True), key=lambda pair: -(pair[0].score + READING_WEIGHT * pair[1]))
    return [*(quote for quote, _ in read), *candidates[len(close) :]], read[0][1]


def passage_around(answering: Ranked) -> list[str]:
    """The sentence that answers best with the ones before and behind it in its chunk: what the reader reads."""
    sentences = answering.hit.sentences
    place = next(place for place, scored in enumerate(sentences) if scored is answering.scored)
    return [scored.sentence.text for scored in sentences[max(0, place - 1) : place + 2]]


def quote_tokens(quote: Quote, chunk: StoredChunk, generation: Generation) -> TokenVectors:
    """The tokens of a quote, as they were encoded in the chunk that it is from."""
    start, end = quote.span.start - chunk.span.start, quote.span.end - chunk.span.start
    return tokens_within(generation.tokens.tokens_of(chunk.id), start, end)


def answer_question(
    text: str,
    generation: Generation,
    encoder: Encoder,
    encoded: Encoded | None = None,
    filters: Filters | None = None,
    count: int = MAX_QUOTES,
    abstainer: Abstainer | None = None,
    further_share: float = FURTHER_SHARE,
    second: Encoder | None = None,
) -> Reply:
    """Answer a question from one generation by quoting, or decline.

    Args:
        encoded: the question's vectors, if it is encoded already (as `read_question(text).text`).
        filters: only articles that pass.
        count: quotes wanted, at least one.
        further_share: a further quote's score must be at least this share of the first one's.
        second: the encoder for questions in other languages; without it such a question is declined.
    """
    question = typed = read_question(text)
    identifier = generation.manifest.id
    if not question.terms:
        return Abstention(question.text, "There are no words in this question to look for.", 0.0, (), identifier)
    language = language_of(question.text)
    reader = encoder if language == ENGLISH else second
    if reader is None or (language != ENGLISH and generation.foreign is None):
        return Abstention(question.text, NOT_PREPARED, 0.0, (), identifier, language=language)
    started = time.perf_counter()
    read_as = None
    if language == ENGLISH and (mended := generation.speller.mended(question.text)).changes:
        question, read_as, encoded = read_question(mended.text), mended.text, None
    if encoded is None or language != ENGLISH:
        (encoded,) = reader.encode_with_tokens([question.text])
    encoded_at = time.perf_counter()
    weighed: Weighed | ForeignWeighed
    if language == ENGLISH:
        weighed = weigh(question, generation, encoded, filters)
        verdict = (abstainer or default_abstainer(encoder.name)).judge(weighed.evidence)
    else:
        weighed = weigh_foreign(question.text, language, generation, reader, encoded.vector, HITS, filters)
        verdict = weighed.verdict
    chosen = distinct(weighed.candidates, generation.vectors.sentence_cosine, count)
    stage_ms = {
        "encode": 1000 * (encoded_at - started),
        "answer": 1000 * (time.perf_counter() - encoded_at),
        **weighed.result.stage_ms,
    }
    if filters and not weighed.result.hits:
        return Abstention(typed.text, "No article passes the filters.", 0.0, (), identifier, stage_ms, language, read_as)
    if weighed.result.hits and not chosen:
        reason = "The passages found do not match their articles any more, so they are not shown."
        return Abstention(typed.text, reason, 0.0, (), identifier, stage_ms, language, read_as)
    if not verdict.answered:
        reason = verdict.reason or "The articles do not answer this."
        return Abstention(typed.text, reason, verdict.confidence, tuple(chosen), identifier, stage_ms, language, read_as)
    kept = [quote for quote in chosen if quote.score >= further_share * chosen[0].score]
    shared = (verdict.confidence, identifier, stage_ms, language, read_as, verdict.caution)
    if language != ENGLISH:
        return Answer(typed.text, tuple(kept), *shared, further=_without(chosen, kept))
    if compares(question.text):
        kept = side_by_side(kept if len({quote.article.id for quote in kept}) > 1 else chosen)
    differing = next((found for found in disagreements(question, chosen) if found.one == 0), None)
    if differing:
        # Both stand together, whatever came between them.
        other = chosen[differing.other]
        kept = [kept[0], other, *(quote for quote in kept[1:] if quote is not other)]
    marked = tuple(with_answer_part(quote, question) for quote in kept)
    return Answer(typed.text, marked, *shared, disagreement=differing, further=_without(chosen, kept))


def _without(quotes: Sequence[Quote], taken: Sequence[Quote]) -> tuple[Quote, ...]:
    return tuple(quote for quote in quotes if not any(quote is one for one in taken))
