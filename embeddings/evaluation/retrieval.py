"""Measures the lexical, dense and fused rankings, the replies and the confidence on a BEIR folder, all in one run."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from embeddings.answers import Reply, answer_question
from embeddings.encoder import Encoded, Encoder
from embeddings.encoding import Progress, encode_chunks
from embeddings.evaluation.beir import RetrievalSet, read_retrieval_set
from embeddings.evaluation.outcomes import FIRST_QUOTES, Label, Outcome, outcome_of, passages_of
from embeddings.evaluation.questions import NO_KIND, hashed
from embeddings.evaluation.ranking_measures import measure_each
from embeddings.evaluation.report import Report, Source, make_report
from embeddings.evaluation.selection import Half, chosen
from embeddings.generation import Generation, open_current
from embeddings.question import read_question
from embeddings.quotes import Quote
from embeddings.reindex import reindex_articles
from embeddings.search import SearchResult
from embeddings.vector_cache import VectorCache

RANKINGS = ("lexical", "dense", "fused")
HITS = 50  # chunks; several may belong to one document, and ten documents are looked at
SET = "retrieval"
NOT_TIMED = "encode"  # the questions are encoded together beforehand, and kept for the next run
NOTE = "A first quote counts as right when it comes from a document that answers; latency leaves the encoding out."


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its reply, and the documents that each ranking found, best first."""

    id: str
    reply: Reply
    rankings: Mapping[str, Sequence[str]]


def evaluate_folder(
    folder: Path,
    data: Path,
    encoder: Encoder,
    half: Half = Half.ALL,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Index a BEIR folder by the same code that indexes a collection, ask its questions, and measure.

    Args:
        data: where the folder's index and known vectors are kept, so that a second run is faster.
        half, limit: as in `selection.chosen`; all documents are indexed in any case.
    Raises:
        EvaluationError: the folder cannot be read, or has no such questions.
    """
    labelled = read_retrieval_set(folder)
    identifiers = chosen(labelled.questions, half, limit)
    place = data / (re.sub(r"[^\w.-]", "_", folder.resolve().name) or "set")
    reindex_articles(labelled.documents, place, encoder, progress, keep=1, reads_figures=False)
    texts = [read_question(labelled.questions[identifier]).text for identifier in identifiers]
    with VectorCache(place / "vector_cache.db").open(encoder) as known:
        encoded, _ = encode_chunks(texts, encoder, known, progress)
    generation = open_current(place, encoder)
    try:
        asked = _ask_all(labelled, dict(zip(identifiers, encoded, strict=True)), generation, encoder, progress)
    finally:
        generation.close()
    source = Source(labelled.name, SET, str(half), encoder.name, generation.manifest.id, len(labelled.documents))
    return make_report(source, _outcomes(labelled, asked), [NOTE])


def _ask_all(
    labelled: RetrievalSet,
    questions: Mapping[str, Encoded],
    generation: Generation,
    encoder: Encoder,
    progress: Progress | None,
) -> list[Asked]:
    asked = []
    for number, (identifier, encoded) in enumerate(questions.items(), 1):
        text = labelled.questions[identifier]
        reply = answer_question(text, generation, encoder, encoded)
        found: Mapping[str, Sequence[str]] = {}
        if identifier in labelled.relevant:
            found = rankings(generation.searcher.search(read_question(text).text, encoded, HITS), generation)
        asked.append(Asked(identifier, reply, found))
        if progress and number % 10 == 0:
            progress(number, len(questions))
    return asked


def rankings(result: SearchResult, generation: Generation) -> dict[str, list[str]]:
    """The documents of each ranking, best first, each once; a document stands where its best chunk stands."""
    ids = list(dict.fromkeys([*result.lexical_ranking, *result.dense_ranking]))
    owner = {chunk.id: chunk.span.article_id for chunk in generation.store.chunks(ids)}
    return {
        "lexical": list(dict.fromkeys(owner[chunk_id] for chunk_id in result.lexical_ranking)),
        "dense": list(dict.fromkeys(owner[chunk_id] for chunk_id in result.dense_ranking)),
        "fused": list(dict.fromkeys(hit.chunk.span.article_id for hit in result.hits)),
    }


def _outcomes(labelled: RetrievalSet, asked: Sequence[Asked]) -> list[Outcome]:
    relevant = {entry.id: labelled.relevant[entry.id] for entry in asked if entry.id in labelled.relevant}
    measured = {
        ranking: measure_each({entry.id: entry.rankings.get(ranking, ()) for entry in asked}, relevant) for ranking in RANKINGS
    }
    return [
        _outcome(
            labelled,
            entry,
            {
                f"{ranking}/{name}": value
                for ranking, by_question in measured.items()
                for name, value in by_question.get(entry.id, {}).items()
            },
        )
        for entry in asked
    ]


def _outcome(labelled: RetrievalSet, asked: Asked, ranked: Mapping[str, float]) -> Outcome:
    wanted = labelled.relevant.get(asked.id, {})
    held = [_is_from(quote, wanted) for quote in passages_of(asked.reply)[:FIRST_QUOTES]]
    digest = hashed([labelled.questions[asked.id], sorted(wanted.items())])
    stage_ms = {stage: took for stage, took in asked.reply.stage_ms.items() if stage != NOT_TIMED}
    label = Label(asked.id, bool(wanted), NO_KIND, NO_KIND, digest)
    return outcome_of(label, asked.reply, held[:1] == [True], any(held), stage_ms, ranked)


def _is_from(quote: Quote, documents: Mapping[str, int]) -> bool:
    return any(identifier in documents for identifier in (quote.article.id, *quote.also_in))
