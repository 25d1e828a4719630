"""Question -> ranked chunks: joins the encoder, the two indexes and the ranking.

Chooses no quotes and declines nothing; that is `embeddings.quotes`.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from corpus.store import CorpusStore, Filters, StoredChunk, StoredSentence
from embeddings.encoder import Encoded, Vectors
from embeddings.late_interaction import Asked, meet, weigh_tokens
from embeddings.lexical_index import LexicalIndex, Term, informative_terms, terms_of
from embeddings.ranking import DEFAULT_FUSION, FIRST_FUSION, Fusion, Signals, coverage, sentence_score, word_pairs
from embeddings.reranker import Reranker, rerank
from embeddings.token_index import TokenIndex
from embeddings.vector_index import VectorIndex

CANDIDATES = 60  # chunks that each list sends to the fusion
SENTENCES_SEARCHED = 300
RERANKED = 10  # chunks that a cross-encoder reads, where there is one: about 0.1 s each for a small model
RERANKER_WEIGHT = 0.5  # not fitted: no weights of a cross-encoder are at hand
LOOKED_AT_CLOSELY = 40  # chunks whose tokens are compared with the question's


@dataclass(frozen=True)
class ScoredSentence:
    """A sentence of a hit and how well it fits the question."""

    sentence: StoredSentence
    cosine: float
    coverage: float
    late: float = 0.0  # how well its tokens meet the question's words, by rarity

    @property
    def score(self) -> float:
        """Cosine and word coverage together."""
        return sentence_score(self.cosine, self.coverage)


@dataclass(frozen=True)
class Hit:
    """A chunk, its score and what the score was made from."""

    chunk: StoredChunk
    score: float
    signals: Signals
    sentences: tuple[ScoredSentence, ...] = ()


@dataclass(frozen=True)
class SearchResult:
    """The ranked chunks for a question, and what was learnt of its words on the way."""

    question: str
    terms: list[Term]
    rarity: Mapping[str, float]
    hits: list[Hit]
    lexical_ranking: list[int] = field(default_factory=list)
    dense_ranking: list[int] = field(default_factory=list)
    stage_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """The stems of a text and its neighbouring pairs."""

    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@lru_cache(maxsize=20_000)
def words_of(text: str) -> Words:
    """The words of a stored text; kept, since the same sentences are looked at for many questions."""
    terms = terms_of(text)
    return Words(frozenset(term.stem for term in terms), word_pairs(terms))


class Searcher:
    """Searches one generation. Holds no state between questions, so threads may share it."""

    def __init__(
        self,
        store: CorpusStore,
        vectors: VectorIndex,
        tokens: TokenIndex,
        fusion: Fusion = DEFAULT_FUSION,
        first: Fusion = FIRST_FUSION,
        reranker: Reranker | None = None,
    ) -> None:
        self.store = store
        self.vectors = vectors
        self.tokens = tokens
        self.lexical = LexicalIndex(store)
        self._fusion = fusion
        self._first = first
        self._reranker = reranker

    def search(self, question: str, encoded: Encoded, count: int = 10, filters: Filters | None = None) -> SearchResult:
        """Rank the chunks for a question.

        Args:
            encoded: the question's vectors.
            count: hits wanted; a smaller collection gives fewer.
            filters: only articles that pass.
        Returns:
            Hits by falling score; empty when no article passes the filters.
        """
        started = time.perf_counter()
        vector = encoded.vector
        article_ids = self.store.article_ids(filters) if filters else None
        terms = informative_terms(question)
        if article_ids == []:
            return SearchResult(question, terms, {}, [])
        among_sentences, among_chunks = self._among(article_ids)
        lexical = self.lexical.nearest(terms, CANDIDATES, article_ids)
        after_lexical = time.perf_counter()
        near = self.vectors.nearest_sentences(vector, SENTENCES_SEARCHED, among_sentences)
        owners = self.store.chunks_of_sentences(list(near))
        dense: dict[int, float] = {}
        for sentence_id, cosine in near.items():
            dense.setdefault(owners[sentence_id], cosine)
        near_chunks = self.vectors.nearest_chunks(vector, CANDIDATES, among_chunks)
        after_dense = time.perf_counter()
        candidates = list(dict.fromkeys([*lexical, *list(dense)[:CANDIDATES], *near_chunks]))
        rarity = self.lexical.rarity(terms)
        hits = self._hits(question, vector, candidates, lexical, terms, rarity)
        hits = self._look_closer(hits, weigh_tokens(encoded.tokens, terms, rarity))
        if self._reranker:
            scores = self._reranker.scores(question, [hit.chunk.text for hit in hits[:RERANKED]])
            hits = rerank(hits, scores, RERANKER_WEIGHT)
        stages = {
            "lexical": after_lexical - started,
            "dense": after_dense - after_lexical,
            "rank": time.perf_counter() - after_dense,
        }
        return SearchResult(
            question,
            terms,
            rarity,
            hits[:count],
            list(lexical),
            list(dense),
            {name: 1000 * seconds for name, seconds in stages.items()},
        )

    def _among(self, article_ids: Sequence[str] | None) -> tuple[list[int] | None, list[int] | None]:
        if article_ids is None:
            return None, None
        return self.store.sentence_ids(article_ids), self.store.chunk_ids(article_ids)

    def _hits(
        self,
        question: str,
        vector: Vectors,
        candidates: list[int],
        lexical: Mapping[int, float],
        terms: list[Term],
        rarity: Mapping[str, float],
    ) -> list[Hit]:
        chunks = self.store.chunks(candidates)
        # Exact cosines for every candidate, also those that only the words found.
        sentence_ids = [sentence.id for chunk in chunks for sentence in chunk.sentences]
        sentence_cosines = self.vectors.nearest_sentences(vector, len(sentence_ids), sentence_ids)
        chunk_cosines = self.vectors.nearest_chunks(vector, len(candidates), candidates)
        best_lexical = max(lexical.values(), default=0.0)
        asked_pairs = word_pairs(terms_of(question))
        shared = {chunk.id: len(asked_pairs & words_of(chunk.text).pairs) for chunk in chunks}
        most_shared = max(shared.values(), default=0)
        hits = []
        for chunk in chunks:
            sentences = tuple(
                ScoredSentence(s, sentence_cosines[s.id], coverage(terms, rarity, words_of(s.text).stems))
                for s in chunk.sentences
            )
            signals = Signals(
                lexical=lexical.get(chunk.id, 0.0) / best_lexical if best_lexical > 0 else 0.0,
                sentence=max((s.score for s in sentences), default=0.0),
                cosine=chunk_cosines[chunk.id],
                coverage=coverage(terms, rarity, words_of(chunk.text).stems),
                phrases=shared[chunk.id] / most_shared if most_shared else 0.0,
            )
            hits.append(Hit(chunk, self._first(signals), signals, sentences))
        return _best_first(hits)

    def _look_closer(self, hits: list[Hit], asked: Asked) -> list[Hit]:
        """Rank the best hits anew with their tokens; the others follow as they are."""
        if not len(asked.tokens) or not len(self.tokens):
            # A model without token vectors: the words themselves stand in for them.
            return [replace(hit, sentences=tuple(replace(s, late=s.coverage) for s in hit.sentences)) for hit in hits]
        closer = [self._with_tokens(hit, asked) for hit in hits[:LOOKED_AT_CLOSELY]]
        # What was not looked at stays behind what was, whatever the scales of the two sums.
        floor = min((hit.score for hit in closer), default=0.0)
        rest = [replace(hit, score=floor - place) for place, hit in enumerate(hits[LOOKED_AT_CLOSELY:], 1)]
        return [*_best_first(closer), *rest]

    def _with_tokens(self, hit: Hit, asked: Asked) -> Hit:
        met = meet(asked, self.tokens.tokens_of(hit.chunk.id), hit.chunk.sentence_bounds)
        signals = replace(hit.signals, late_chunk=met.chunk, late_sentence=max(met.sentences, default=0.0))
        sentences = tuple(replace(s, late=late) for s, late in zip(hit.sentences, met.sentences, strict=True))
        return Hit(hit.chunk, self._fusion(signals), signals, sentences)


def _best_first(hits: Sequence[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: -hit.score)  # stable: equals keep the order that they had
