"""A question in another language -> ranked English chunks, and how sure we may be that they answer.

Reads no index: it is given cosines from the multilingual encoder and ranks by them together with the names, numbers and
subject words that `embeddings.crosslingual.glossary` knows in English. Its hits go into `embeddings.quotes` like those of
an English question.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from corpus.store import StoredChunk
from embeddings.abstention import Verdict
from embeddings.crosslingual.collection_words import CollectionWords, passage_stems
from embeddings.crosslingual.decline_reasons import Declined, Reason
from embeddings.crosslingual.foreign_focus import Encode, focus_gap, focus_of
from embeddings.crosslingual.glossary import ForeignTerm, TermKind, read_terms
from embeddings.crosslingual.word_by_word import SaidWord, words_and_phrases
from embeddings.evidence import named_around
from embeddings.question import AnswerKind, fits_kind
from embeddings.quotes import CHUNKS_QUOTED, Quote, Ranked
from embeddings.ranking import Signals, WeightedSum
from embeddings.search import Hit, ScoredSentence

COEFFICIENTS = Path(__file__).with_name("cross_lingual.json")
# Tried on the 50 answerable questions of the tuning half of tests/questions/languages.jsonl, over the five briefs: recall@1
# and @5 of the right chunk 0.92 and 0.98, against 0.80 and 0.94 by cosines alone. Weights of 0.5 to 0.85 for the sentence
# and 0 to 0.3 for the coverage give 0.86 to 0.92 and 0.96 to 0.98.
FUSION = WeightedSum(lexical=0.0, sentence=0.7, cosine=0.3, coverage=0.2, phrases=0.0)
CHUNK_WEIGHT = 0.6  # in ranking sentences; 0 to 0.6 set as many first quotes right, 0.8 and 1 one fewer
OFF_SUBJECT = 0.2  # cosine; it only chooses the words in which we decline, not whether
FOCUS_NOT_MET = 0.5  # likewise; from this gap on the reason names what is asked for
KNOWN = 0.6  # cosine of a question's word with the nearest of the collection, from which on it counts as known
ASKED_WITH: Mapping[AnswerKind, str] = {
    AnswerKind.NUMBER: "How many", AnswerKind.DATE: "When", AnswerKind.PERSON: "Who", AnswerKind.PLACE: "Where"
}  # fmt: skip
LOOKED_AT = 3  # best sentences that may bear the answer, as in `embeddings.evidence`

# The words that ask for a number, date, person or place; a language that is not here has questions of any kind.
KIND_PATTERNS: Mapping[str, tuple[tuple[AnswerKind, re.Pattern[str]], ...]] = {
    language: tuple((kind, re.compile(pattern, re.I)) for kind, pattern in patterns)
    for language, patterns in {
        "zh": (
            (AnswerKind.DATE, r"什么时候|何时|何年|哪(?:一)?(?:年|天)|哪个月|几月|几号|什么时间"),
            (AnswerKind.NUMBER, r"多少|几(?:个|家|位|种|次|项|成|所|座|倍|款|名|亿|万)|第几|多(?:大|高|长|久|快|强)|占比|比例"),
            (AnswerKind.PERSON, r"谁|何人|哪(?:一)?位"),
            (AnswerKind.PLACE, r"哪(?:个|一)?(?:国|城市|省|地区)|在哪(?:里|儿)|何处"),
        ),
        "de": (
            (AnswerKind.DATE, r"\bwann\b|\bwelche[ms]? (?:jahr|tag|monat|datum)\b"),
            (AnswerKind.NUMBER, r"\bwie ?viele?[nr]?\b|\bwie (?:groß|hoch|lange?|alt|weit|oft|stark)\b|\bwelche[rn]? anteil\b"),
            (AnswerKind.PERSON, r"\b(?:wer|wem|wen|wessen)\b"),
            (AnswerKind.PLACE, r"\b(?:wo|woher|wohin)\b|\bwelche[ms]? (?:land|stadt|provinz|region)\b"),
        ),
        "es": (
            (AnswerKind.DATE, r"\bcu[aá]ndo\b|\bqu[eé] (?:a[nñ]o|fecha|mes|d[ií]a)\b"),
            (AnswerKind.NUMBER, r"\bcu[aá]nt[oa]s?\b|\bqu[eé] (?:porcentaje|n[uú]mero|cantidad|tama[nñ]o|valor|proporci[oó]n)\b"),
            (AnswerKind.PERSON, r"\bqui[eé]n(?:es)?\b"),
            (AnswerKind.PLACE, r"\bd[oó]nde\b|\bqu[eé] (?:pa[ií]s|ciudad|provincia|regi[oó]n)\b"),
        ),
    }.items()
}


@dataclass(frozen=True, slots=True)
class ForeignQuestion:
    """A question in another language, and what of it can be looked for in English."""

    text: str
    language: str
    terms: tuple[ForeignTerm, ...]
    kind: AnswerKind

    def in_english(self, said: Sequence[SaidWord]) -> str:
        """The question in English words: "How many China AI companies?"; for searching and reading, not for people."""
        return f"{ASKED_WITH.get(self.kind, 'What')} {' '.join(word.english for word in said)}?"


def read_foreign_question(text: str, language: str, known: CollectionWords) -> ForeignQuestion:
    """Read a question.

    Args:
        language: ISO 639-1, as `embeddings.crosslingual.languages.language_of` gives it.
        known: the collection's own words (`embeddings.crosslingual.collection_words`).
    """
    kind = next((kind for kind, pattern in KIND_PATTERNS.get(language, ()) if pattern.search(text)), AnswerKind.ANY)
    return ForeignQuestion(text, language, tuple(read_terms(text, language, known)), kind)


def rank_chunks(
    question: ForeignQuestion,
    chunks: Sequence[StoredChunk],
    sentence_cosines: Mapping[int, float],
    chunk_cosines: Mapping[int, float],
    rarity: Mapping[str, float],
) -> list[Hit]:
    """Rank chunks for a question in another language.

    Args:
        chunks: the candidates.
        sentence_cosines: of every sentence of the candidates with the question, by sentence id.
        chunk_cosines: of every candidate, by chunk id.
        rarity: of the stems of `embeddings.crosslingual.glossary.english_terms`, as `LexicalIndex.rarity` gives it.
    Returns:
        All candidates by falling score.
    """
    hits = []
    for chunk in chunks:
        sentences = tuple(
            ScoredSentence(s, sentence_cosines[s.id], coverage(question.terms, rarity, passage_stems(s.text)))
            for s in chunk.sentences
        )
        signals = Signals(
            sentence=max((scored.score for scored in sentences), default=0.0),
            cosine=chunk_cosines[chunk.id],
            coverage=coverage(question.terms, rarity, passage_stems(chunk.text)),
        )
        hits.append(Hit(chunk, FUSION(signals), signals, sentences))
    return sorted(hits, key=lambda hit: (-hit.score, hit.chunk.id))


def rank_sentences(hits: Sequence[Hit]) -> list[Ranked]:
    """All sentences of the best chunks, best first; as `embeddings.quotes.rank_sentences` does with token vectors."""
    ranked = [
        Ranked(scored, hit, scored.score + CHUNK_WEIGHT * hit.score) for hit in hits[:CHUNKS_QUOTED] for scored in hit.sentences
    ]
    return sorted(ranked, key=lambda entry: -entry.rank)  # stable: of equals, the one in the better chunk comes first


def coverage(terms: Sequence[ForeignTerm], rarity: Mapping[str, float], stems: frozenset[str]) -> float:
    """The share of a question's known words that a passage holds, each weighted by its rarity; 0 when none is known."""
    total = sum(term.weight(rarity) for term in terms)
    return sum(term.weight(rarity) for term in terms if term.held_by(stems)) / total if total else 0.0


# --- whether it answers --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CrossLingualEvidence:
    """What speaks for and against answering, each from 0 to 1 but for the log-odds.

    Tried and left out, since none helped in cross-validation: the chunk's cosine, the lead over the sixth chunk, and the
    share (not the presence) of lacking names. A bonus, in ranking sentences, for the kind of answer that is wanted set no
    first quote right that was wrong without it.
    """

    cosine: float  # highest cosine of one of the best sentences
    uncovered: float  # share of the question's known words, by rarity, that the chunk of the first quote lacks
    any_missing: float  # 1 when the first quote and its surroundings lack a name or number of the question
    unknown: float  # 1 when such a name or number stands nowhere in the collection
    lacks_kind: float  # 1 when the question wants a number, date, person or place and the first quote holds none
    lacking: tuple[str, ...] = ()  # the question's own words for what is lacking
    focus_gap: float = 0.0  # 1 when the first quote has no word like the one that names what is asked for
    focus: str | None = None  # its word for what is asked for, where that is not met
    worst_word: float = 1.0  # how well the first quote meets the least met of the question's words, as a cosine
    second_word: float = 1.0  # the same of the next
    mean_word: float = 1.0  # the same, on average
    least_known: float = 1.0  # how near the collection's words come to the least known of the question's
    second_known: float = 1.0  # the same of the next
    unknown_count: float = 0.0  # how many of them it does not know
    english_odds: float = 0.0  # log-odds of the English evidence for the question said in English word by word
    reads_answer: float = 0.0  # log-odds, by the reader, that the first quote answers that; 0 where nothing was read
    reads_no: float = 0.0  # how far those lie below a clear no, at most 0

    def values(self) -> dict[str, float]:
        """The numbers, by name."""
        return {name: float(value) for name, value in asdict(self).items() if isinstance(value, float | int)}


def gather_evidence(
    question: ForeignQuestion,
    hits: Sequence[Hit],
    ranked: Sequence[ScoredSentence],
    first: Quote,
    known: CollectionWords,
    rarity: Mapping[str, float],
    encode: Encode | None = None,
    said: Sequence[SaidWord] = (),
) -> CrossLingualEvidence:
    """Read the evidence off a ranking.

    Args:
        hits: as `rank_chunks` gives them; the chunk of `first` must be among them.
        ranked: the sentences that compete to be quoted, best first.
        first: the quote around the best of them.
        rarity: as for `rank_chunks`.
        encode: unit vectors of texts; without it, what is asked for counts as met, and so do the words.
        said: the question in English, word by word.
    """
    hit = next(hit for hit in hits if any(scored.sentence.id == first.sentence_id for scored in hit.sentences))
    named = [term for term in question.terms if term.kind is not TermKind.WORD]
    around = passage_stems(named_around(first, hit))
    lacking = [term for term in named if not term.held_by(around)]
    focus = focus_of(question.text, question.language) if encode else None
    gap = focus_gap(focus, first.text, encode) if focus and encode else 0.0
    given = frozenset(part.lower() for term in question.terms for part in term.source.split())
    return CrossLingualEvidence(
        cosine=max(scored.cosine for scored in ranked[:LOOKED_AT]),
        # A language without a glossary has few known words, or none: that must not speak against it.
        uncovered=1 - coverage(question.terms, rarity, passage_stems(hit.chunk.text)) if question.terms else 0.0,
        any_missing=float(bool(lacking)),
        unknown=float(any(not term.held_by(known.stems) for term in named)),
        lacks_kind=float(question.kind is not AnswerKind.ANY and not fits_kind(first.text, question.kind, given)),
        focus_gap=gap,
        lacking=tuple(term.source for term in lacking),
        focus=focus if gap > FOCUS_NOT_MET else None,
        **(_word_evidence(said, first.text, encode) if encode else {}),
    )


def _word_evidence(said: Sequence[SaidWord], passage: str, encode: Encode) -> dict[str, float]:
    """How well a passage, and the collection, know the words of a question that no glossary knows."""
    sources = [word.source for word in said if not word.is_term]
    parts = words_and_phrases([passage])
    if not sources or not parts:
        return {}
    vectors = encode([*sources, *parts])
    met = sorted(float(best) for best in (vectors[: len(sources)] @ vectors[len(sources) :].T).max(axis=1))
    known = sorted(word.own for word in said if not word.is_term)
    return {
        "worst_word": met[0],
        "second_word": met[min(1, len(met) - 1)],
        "mean_word": sum(met) / len(met),
        "least_known": known[0],
        "second_known": known[min(1, len(known) - 1)],
        "unknown_count": float(sum(own < KNOWN for own in known)),
    }


@dataclass(frozen=True)
class CrossLingualAbstainer:
    """A logistic curve over the evidence, and the confidence from which on we answer."""

    weights: Mapping[str, float]
    bias: float
    threshold: float

    def confidence(self, evidence: CrossLingualEvidence) -> float:
        """How likely the passages answer, from 0 to 1."""
        values = evidence.values()
        total = self.bias + sum(weight * values[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))

    def judge(self, evidence: CrossLingualEvidence) -> Verdict:
        """Answer or decline, with the reason in words."""
        confidence = self.confidence(evidence)
        if confidence >= self.threshold:
            return Verdict(True, confidence)
        return Verdict(False, confidence, reason=reason(evidence))


def reason(evidence: CrossLingualEvidence) -> str:
    """Why we decline; in English, as the articles are (`embeddings.crosslingual.decline_reasons` has all sentences)."""
    if evidence.lacking:
        return Declined(Reason.LACKING, evidence.lacking).sentence
    if evidence.cosine < OFF_SUBJECT:
        return Declined(Reason.OFF_SUBJECT).sentence
    if evidence.focus:
        return Declined(Reason.LACKS_FOCUS, (evidence.focus,)).sentence
    if evidence.lacks_kind:
        return Declined(Reason.LACKS_KIND).sentence
    return Declined(Reason.NEAR).sentence


def coefficients_file(first: str) -> Path:
    """Where the coefficients lie for collections whose English questions an encoder of that name answers."""
    path = COEFFICIENTS.with_name(f"{COEFFICIENTS.stem}.{Path(first).name}.json")
    return path if first and path.is_file() else COEFFICIENTS


def lends_english(first: str) -> bool:
    """Whether we know how sure the English evidence of an encoder is, so that it may be weighed."""
    return coefficients_file(first) != COEFFICIENTS


@cache
def default_abstainer(first: str = "") -> CrossLingualAbstainer:
    """The fitted abstainer; its file says what it was fitted on.

    Args:
        first: the name of the encoder for English questions. How sure its evidence is differs from one to the other, so that
            an unknown one's counts for nothing.
    """
    content = json.loads(coefficients_file(first).read_text(encoding="utf-8"))
    return CrossLingualAbstainer(content["weights"], content["bias"], content["threshold"])
