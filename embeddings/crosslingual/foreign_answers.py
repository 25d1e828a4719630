"""A question in another language, one generation -> ranked English chunks, quotes, and whether they answer.

Joins the modules of this package; `embeddings.answers` makes the reply. English questions pass through untouched.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.scripts import is_mostly_wide
from corpus.store import Filters
from embeddings.abstention import Verdict, log_odds
from embeddings.abstention import default_abstainer as english_abstainer
from embeddings.crosslingual.cross_lingual import (
    CrossLingualEvidence,
    ForeignQuestion,
    default_abstainer,
    gather_evidence,
    lends_english,
    rank_chunks,
    rank_sentences,
    read_foreign_question,
)
from embeddings.crosslingual.decline_reasons import Declined, Reason
from embeddings.crosslingual.foreign_index import ForeignIndex
from embeddings.crosslingual.glossary import english_terms
from embeddings.crosslingual.languages import ENGLISH, language_of
from embeddings.crosslingual.word_by_word import SaidWord, say
from embeddings.encoder import Encoded, Encoder, Vectors
from embeddings.evidence import CLEAR_NO
from embeddings.generation import Generation
from embeddings.lexical_index import Term
from embeddings.question import Question, read_question
from embeddings.quotes import Quote, Ranked, quote_candidates, verified
from embeddings.quotes import rank_sentences as rank_english
from embeddings.search import CANDIDATES, SENTENCES_SEARCHED, Hit, SearchResult
from embeddings.weighing import passage_around, weigh

# Of the English ranking beside the multilingual encoder's: on our 236 answerable tuning questions the first quote is right in
# 82.2 % without it, in 87.3, 88.1 and 88.6 % with a weight of 1, 1.5 and 3, and in 88.6 % by the English one alone.
ENGLISH_WEIGHT = 2.0
SURE_ODDS = 6.0  # log-odds beyond which the English evidence tells no more
NOT_PREPARED = Declined(Reason.NOT_PREPARED).sentence
NO_PASSAGE = Verdict(False, 0.0, reason=Declined(Reason.NO_PASSAGE).sentence)
# One in each way of telling a language; asked before the first real question, so that it need not wait for the tables.
WARM_UP_QUESTIONS = ("Wie viele Menschen waren im März 2025 dort?", "那里有多少人？")


@dataclass(frozen=True)
class ForeignWeighed:
    """The search for a question in another language, the passages that could be quoted, and the decision."""

    result: SearchResult
    candidates: list[Quote]
    verdict: Verdict
    evidence: CrossLingualEvidence | None = None


def weigh_foreign(
    text: str,
    language: str,
    generation: Generation,
    second: Encoder,
    vector: Vectors,
    hits: int,
    filters: Filters | None = None,
    first: Encoder | None = None,
) -> ForeignWeighed:
    """Search, pick the passages that could be quoted, and decide.

    Args:
        text: as `embeddings.question.read_question` tidies it.
        second: the encoder that made the generation's second vectors.
        vector: of the question, from that encoder.
        first: the encoder for English questions, with which the question, said in English word by word, is weighed as well,
            if corpusbot knows it.
    """
    foreign = _index_of(generation)
    question = read_foreign_question(text, language, foreign.known)
    result = search_foreign(question, generation, vector, hits, filters)
    ranked = rank_sentences(result.hits)
    if not ranked:
        return ForeignWeighed(result, [], NO_PASSAGE)
    said: list[SaidWord] = []
    english: _InEnglish | None = None
    if first is not None and lends_english(first.name) and not _in_language(ranked[0], language, generation):
        said = say(text, language, question.terms, foreign.english_words(second, first))
        english = _in_english(question.in_english(said), generation, first, filters)
    merged = _merged(ranked, english.ranked) if english else ranked
    # Compared with the store before they are weighed, as in `embeddings.weighing`.
    candidates = verified(quote_candidates(merged, generation.store), generation.store.read_span)
    if not candidates:
        return ForeignWeighed(result, candidates, NO_PASSAGE)
    every = [*result.hits, *(english.hits if english else [])]
    scored = [entry.scored for entry in ranked]
    evidence = gather_evidence(question, every, scored, candidates[0], foreign.known, result.rarity, second.encode, said)
    if english:
        # Read, but not moved by it: on our tuning questions that put the right quote first in 85.2 instead of 88.6 %.
        passage = passage_around(next(entry for entry in merged if entry.scored.sentence.id == candidates[0].sentence_id))
        reading = generation.reader.read(english.question.text, [passage])[0] if generation.reader else 0.0
        odds = max(-SURE_ODDS, min(SURE_ODDS, english.odds))
        evidence = replace(evidence, english_odds=odds, reads_answer=reading, reads_no=min(0.0, reading + CLEAR_NO))
    curve = default_abstainer(first.name if first and english else "")
    return ForeignWeighed(result, candidates, curve.judge(evidence), evidence)


def _in_language(entry: Ranked, language: str, generation: Generation) -> bool:
    """Whether a sentence is in the question's own language, so that English would only lead away from it."""
    sentence = entry.scored.sentence
    return is_mostly_wide(sentence.text) or generation.store.article(sentence.span.article_id).language == language


@dataclass(frozen=True)
class _InEnglish:
    """A question said in English word by word, and what English makes of it."""

    question: Question
    ranked: list[Ranked]
    hits: list[Hit]
    odds: float  # log-odds, by the English evidence, that the collection answers it


def _in_english(text: str, generation: Generation, first: Encoder, filters: Filters | None) -> _InEnglish | None:
    """Weigh a question said in English; nothing where no word of it is left."""
    question = read_question(text)
    if not question.terms:
        return None
    (encoded,) = first.encode_with_tokens([question.text])
    weighed = weigh(question, generation, encoded, filters)
    confidence = english_abstainer(first.name).confidence(weighed.evidence)
    return _InEnglish(question, rank_english(weighed.result), weighed.result.hits, log_odds(confidence))


def _merged(ranked: Sequence[Ranked], english: Sequence[Ranked]) -> list[Ranked]:
    """Both rankings as one: a sentence that one of them lacks has there what its last one has."""
    ranks = {entry.scored.sentence.id: entry.rank for entry in english}
    own = {entry.scored.sentence.id: entry for entry in ranked}
    lowest, lowest_own = min(ranks.values(), default=0.0), ranked[-1].rank
    found = [replace(entry, rank=entry.rank + ENGLISH_WEIGHT * ranks.get(number, lowest)) for number, entry in own.items()]
    others = [entry for entry in english if entry.scored.sentence.id not in own]
    found += [replace(entry, rank=lowest_own + ENGLISH_WEIGHT * entry.rank) for entry in others]
    return sorted(found, key=lambda entry: -entry.rank)


def search_foreign(
    question: ForeignQuestion, generation: Generation, vector: Vectors, count: int, filters: Filters | None = None
) -> SearchResult:
    """Rank the chunks for a question in another language; as `embeddings.search.Searcher.search` does in English."""
    store, vectors, lexical = generation.store, _index_of(generation).vectors, generation.searcher.lexical
    terms = english_terms(question.terms)
    article_ids = store.article_ids(filters) if filters else None
    if article_ids == []:
        return SearchResult(question.text, terms, {}, [])
    found = _candidates(terms, generation, vector, article_ids)
    started = time.perf_counter()
    chunks = store.chunks(found.chunk_ids)
    rarity = lexical.rarity(terms)
    # Exact cosines for every candidate, also those that only the words found.
    sentence_ids = [sentence.id for chunk in chunks for sentence in chunk.sentences]
    sentence_cosines = vectors.nearest_sentences(vector, len(sentence_ids), sentence_ids)
    chunk_cosines = vectors.nearest_chunks(vector, len(chunks), found.chunk_ids)
    hits = rank_chunks(question, chunks, sentence_cosines, chunk_cosines, rarity)
    stage_ms = {**found.stage_ms, "rank": 1000 * (time.perf_counter() - started)}
    return SearchResult(question.text, terms, rarity, hits[:count], found.by_words, found.by_meaning, stage_ms)


@dataclass(frozen=True)
class _Candidates:
    by_words: list[int]
    by_meaning: list[int]  # owners of the nearest sentences, best first
    chunk_ids: list[int]  # all that are ranked
    stage_ms: Mapping[str, float]


def _candidates(terms: Sequence[Term], generation: Generation, vector: Vectors, article_ids: Sequence[str] | None) -> _Candidates:
    """The chunks that hold English words of the question, or are near it in meaning."""
    store, vectors = generation.store, _index_of(generation).vectors
    among_sentences = None if article_ids is None else store.sentence_ids(article_ids)
    among_chunks = None if article_ids is None else store.chunk_ids(article_ids)
    started = time.perf_counter()
    by_words = list(generation.searcher.lexical.nearest(terms, CANDIDATES, article_ids))
    after_words = time.perf_counter()
    near = vectors.nearest_sentences(vector, SENTENCES_SEARCHED, among_sentences)
    owners = store.chunks_of_sentences(list(near))
    by_meaning = list(dict.fromkeys(owners[sentence_id] for sentence_id in near))
    near_chunks = vectors.nearest_chunks(vector, CANDIDATES, among_chunks)
    stage_ms = {"lexical": 1000 * (after_words - started), "dense": 1000 * (time.perf_counter() - after_words)}
    chunk_ids = list(dict.fromkeys([*by_words, *by_meaning[:CANDIDATES], *near_chunks]))
    return _Candidates(by_words, by_meaning, chunk_ids, stage_ms)


def search_any(
    text: str,
    generation: Generation,
    encoded: Encoded,
    second: Encoder | None,
    count: int,
    filters: Filters | None = None,
) -> SearchResult:
    """Rank the chunks for a question in any language, as answering it does.

    Args:
        encoded: the question's vectors from the first encoder; not used where the second one answers.
    """
    language = language_of(text)
    if language == ENGLISH or second is None or generation.foreign is None:
        return generation.searcher.search(text, encoded, count, filters)
    question = read_foreign_question(text, language, generation.foreign.known)
    return search_foreign(question, generation, second.encode([text])[0], count, filters)


def warm_up(generation: Generation, first: Encoder, second: Encoder) -> None:
    """Load what the first question in another language would wait for (about 7 s); nothing without such an index.

    Raises:
        ModelError: a model cannot be loaded.
    """
    if generation.foreign is None:
        return
    second.encode(["warm up"])
    generation.foreign.english_words(second, first)
    for text in WARM_UP_QUESTIONS:
        read_foreign_question(text, language_of(text), generation.foreign.known)


def _index_of(generation: Generation) -> ForeignIndex:
    if generation.foreign is None:
        raise ValueError(f"generation {generation.manifest.id} holds nothing for questions in other languages")
    return generation.foreign
