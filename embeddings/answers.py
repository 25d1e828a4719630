"""One question, one generation -> an answer or an abstention.

Joins reading the question, searching, quoting and declining; each of those lives in its own module.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.store import Filters
from embeddings.abstention import NO_EVIDENCE, Abstainer, Evidence, default_abstainer, gather_evidence
from embeddings.encoder import Encoded, Encoder, TokenVectors
from embeddings.generation import Generation
from embeddings.late_interaction import tokens_within, word_matches
from embeddings.question import Question, read_question
from embeddings.quotes import FURTHER_SHARE, MAX_QUOTES, Quote, distinct, quote_candidates, rank_sentences, verified
from embeddings.search import SearchResult

HITS = 10


@dataclass(frozen=True)
class Answer:
    """Quotes that answer, best first; never empty."""

    question: str
    quotes: tuple[Quote, ...]
    confidence: float
    generation: str
    stage_ms: Mapping[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Abstention:
    """The articles do not answer, or not surely enough: why, and what comes nearest (which is not an answer)."""

    question: str
    reason: str
    confidence: float
    nearest: tuple[Quote, ...]
    generation: str
    stage_ms: Mapping[str, float] = field(default_factory=dict, compare=False)


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
    first = candidates[0]
    matches = word_matches(encoded.tokens, question.terms, first.text, quote_tokens(first, result, generation))
    unknown = generation.searcher.lexical.unknown(question.terms)
    evidence = gather_evidence(question, result, [entry.scored for entry in ranked], first, matches, unknown)
    return Weighed(result, candidates, evidence)


def quote_tokens(quote: Quote, result: SearchResult, generation: Generation) -> TokenVectors:
    """The tokens of a quote, as they were encoded in their chunk."""
    chunk = next(hit.chunk for hit in result.hits if any(s.sentence.id == quote.sentence_id for s in hit.sentences))
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
) -> Reply:
    """Answer a question from one generation by quoting, or decline.

    Args:
        encoded: the question's vectors, if it is encoded already (as `read_question(text).text`).
        filters: only articles that pass.
        count: quotes wanted, at least one.
    """
    question = read_question(text)
    identifier = generation.manifest.id
    if not question.terms:
        return Abstention(question.text, "There are no words in this question to look for.", 0.0, (), identifier)
    started = time.perf_counter()
    if encoded is None:
        (encoded,) = encoder.encode_with_tokens([question.text])
    encoded_at = time.perf_counter()
    weighed = weigh(question, generation, encoded, filters)
    verdict = (abstainer or default_abstainer()).judge(weighed.evidence)
    chosen = distinct(weighed.candidates, generation.vectors.sentence_cosine, count)
    stage_ms = {
        "encode": 1000 * (encoded_at - started),
        "answer": 1000 * (time.perf_counter() - encoded_at),
        **weighed.result.stage_ms,
    }
    if filters and not weighed.result.hits:
        return Abstention(question.text, "No article passes the filters.", 0.0, (), identifier, stage_ms)
    if weighed.result.hits and not chosen:
        reason = "The passages found do not match their articles any more, so they are not shown."
        return Abstention(question.text, reason, 0.0, (), identifier, stage_ms)
    if not verdict.answered:
        reason = verdict.reason or "The articles do not answer this."
        return Abstention(question.text, reason, verdict.confidence, tuple(chosen), identifier, stage_ms)
    kept = tuple(quote for quote in chosen if quote.score >= FURTHER_SHARE * chosen[0].score)
    return Answer(question.text, kept, verdict.confidence, identifier, stage_ms)
