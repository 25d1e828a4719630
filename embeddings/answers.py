"""One question, one generation -> an answer or an abstention.

Joins reading the question, searching, quoting and declining; each of those lives in its own module.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.store import Filters
from embeddings.abstention import Abstainer, default_abstainer
from embeddings.crosslingual.foreign_answers import NOT_PREPARED, ForeignWeighed, weigh_foreign
from embeddings.crosslingual.languages import ENGLISH, language_of
from embeddings.disagreement import Disagreement, disagreements
from embeddings.encoder import Encoded, Encoder
from embeddings.generation import Generation
from embeddings.question import compares, read_question
from embeddings.quotes import FURTHER_SHARE, MAX_QUOTES, Quote, distinct, side_by_side, with_answer_part
from embeddings.weighing import HITS, Weighed, weigh


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
        weighed = weigh_foreign(question.text, language, generation, reader, encoded.vector, HITS, filters, encoder)
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
