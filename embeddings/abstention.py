"""How sure we may be that a passage answers: readable evidence, a fitted logistic curve, a threshold and a reason.

The coefficients, and the data they were fitted on, are in `abstention.json` beside this file.
"""

import json
import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from corpus.article import Article
from embeddings.names import missing_names
from embeddings.question import FRAMING_WORDS, AnswerKind, Question, fits_kind
from embeddings.quotes import Quote
from embeddings.search import Hit, ScoredSentence, SearchResult

COEFFICIENTS = Path(__file__).with_name("abstention.json")
SENTENCES_BEFORE = 1  # a speaker is often named one sentence earlier
LOOKED_AT = 3  # best sentences that may bear the answer
OFF_SUBJECT = 0.35  # cosine; it only chooses the words in which we decline, not whether


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against answering. The numbers run from 0 to 1, most often."""

    cosine: float  # highest cosine of one of the best sentences
    chunk_cosine: float  # cosine of the whole chunk that the first quote stands in
    word_match: float  # how well the telling words are met by the first quote, each weighted by its rarity
    missing_names: float  # share of the telling words that are names, years or numbers and that the passage lacks
    any_missing: float  # 1 when there is such a word
    focus_gap: float  # 1 when the thing asked for (the counted thing, the deed) is not met at all by the first quote
    unknown_words: float  # share of the telling words that stand nowhere in the collection
    lacks_kind: float  # 1 when the question wants a number, date, person or place and the first quote holds none
    margin: float  # lead of the best chunk over the sixth
    missing: tuple[str, ...] = ()  # names, years and numbers of the question that the passage lacks
    focus: tuple[str, ...] = ()  # the thing asked for, where it is not met

    def values(self) -> dict[str, float]:
        """The numbers, by name."""
        return {name: float(value) for name, value in asdict(self).items() if not isinstance(value, tuple)}


NO_EVIDENCE = Evidence(0, 0, 0, 1, 1, 1, 1, 1, 0)


def gather_evidence(
    question: Question,
    result: SearchResult,
    ranked: Sequence[ScoredSentence],
    first: Quote,
    matches: Mapping[str, float],
    unknown: Set[str],
) -> Evidence:
    """Read the evidence off a search.

    Args:
        ranked: the sentences that compete to be quoted, best first.
        first: the quote around the best of them.
        matches: how well that quote meets each word of the question (`embeddings.late_interaction`).
        unknown: the question's stems that the collection never uses.
    """
    hit = next(hit for hit in result.hits if any(scored.sentence.id == first.sentence_id for scored in hit.sentences))
    weight = {term.stem: result.rarity.get(term.stem, 0.0) for term in question.terms}
    total = sum(weight.values()) or 1.0
    missing = missing_names(question.terms, question.names, question.text, named_around(first, hit))
    asked = frozenset(term.word.lower() for term in question.terms)
    lacks_kind = question.kind is not AnswerKind.ANY and not fits_kind(first.text, question.kind, asked)
    later = result.hits[5].score if len(result.hits) > 5 else 0.0
    gap = focus_gap(question, matches)
    return Evidence(
        cosine=max(scored.cosine for scored in ranked[:LOOKED_AT]),
        chunk_cosine=hit.signals.cosine,
        word_match=word_match(question, matches, weight),
        missing_names=sum(weight[term.stem] for term in missing) / total,
        any_missing=float(bool(missing)),
        focus_gap=gap,
        unknown_words=sum(weight[stem] for stem in unknown) / total,
        lacks_kind=float(lacks_kind),
        margin=max(0.0, result.hits[0].score - later),
        missing=tuple(term.word for term in missing),
        focus=tuple(term.word for term in question.focus) if gap > 0.5 else (),
    )


def named_around(quote: Quote, hit: Hit) -> str:
    """Where a name of the question may stand: in the quote, just before it, in its heading or in its source line."""
    before = [s.sentence.text for s in hit.sentences if s.sentence.span.end <= quote.span.start][-SENTENCES_BEFORE:]
    return " ".join([*before, quote.text, hit.chunk.heading or "", source_words(quote.article)])


# A word whose best token lies below the first is not met, above the second it is; read off the development questions.
NOT_MET, MET = 0.2, 0.8
FOCUS_NOT_MET, FOCUS_MET = 0.25, 0.6


def word_match(question: Question, matches: Mapping[str, float], weight: Mapping[str, float]) -> float:
    """How well the telling words are met, 0 to 1, by rarity; words that only frame the question do not count."""
    telling = {term.stem for term in question.terms if term.word.lower() not in FRAMING_WORDS}
    total = sum(weight[stem] for stem in telling) or 1.0
    return sum(weight[stem] * _between(matches.get(stem, 0.0), NOT_MET, MET) for stem in telling) / total


def focus_gap(question: Question, matches: Mapping[str, float]) -> float:
    """How badly the thing asked for is missed: 0 met (or no rule says what it is), 1 not met at all."""
    if not question.focus:
        return 0.0
    return 1 - _between(min(matches.get(term.stem, 0.0) for term in question.focus), FOCUS_NOT_MET, FOCUS_MET)


def _between(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def source_words(article: Article) -> str:
    """What a question may name to mean an article: its title, publisher and author.

    Not its date: a question about another year would pass for one about the year of publication.
    """
    return " ".join(part for part in (article.title, article.publisher, article.author) if part)


@dataclass(frozen=True)
class Verdict:
    """Whether to answer, how sure we are (0 to 1), and if not, why."""

    answered: bool
    confidence: float
    reason: str | None = None


@dataclass(frozen=True)
class Abstainer:
    """A logistic curve over the evidence, and the confidence from which on we answer."""

    weights: dict[str, float]
    bias: float
    threshold: float

    def confidence(self, evidence: Evidence) -> float:
        """How likely the passages answer, from 0 to 1."""
        total = self.bias + sum(self.weights[name] * value for name, value in evidence.values().items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))

    def judge(self, evidence: Evidence) -> Verdict:
        """Answer or decline, with the reason in words."""
        confidence = self.confidence(evidence)
        if confidence >= self.threshold:
            return Verdict(True, confidence)
        return Verdict(False, confidence, reason(evidence))


def reason(evidence: Evidence) -> str:
    """Why we decline: off the subject, or near it."""
    if evidence.cosine < OFF_SUBJECT:
        return "The articles are about other things."
    if evidence.missing:
        return f"The passages nearest to the question do not mention {', '.join(evidence.missing[:3])}."
    if evidence.focus:
        return f"The articles touch on this, but the nearest passages do not speak of {' '.join(evidence.focus[:3])}."
    if evidence.lacks_kind:
        return "The articles touch on this but do not give what was asked."
    return "The articles come near this but do not answer it."


@cache
def default_abstainer() -> Abstainer:
    """The curve that ships with corpusbot."""
    fitted = json.loads(COEFFICIENTS.read_text(encoding="utf-8"))
    return Abstainer(fitted["weights"], fitted["bias"], fitted["threshold"])
