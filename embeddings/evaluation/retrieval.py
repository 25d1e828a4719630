"""Measures the lexical, dense and fused rankings, and the confidence, on a BEIR folder, all in one run.

The formulas are those of ir-measures; AUROC is scikit-learn's.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import RR, R, nDCG
from rich.console import Console
from rich.table import Table

from embeddings.abstention import default_abstainer
from embeddings.answers import weigh
from embeddings.encoder import Encoder
from embeddings.evaluation.beir import RetrievalSet, read_retrieval_set
from embeddings.generation import Generation, open_current
from embeddings.question import read_question
from embeddings.reindex import Progress, encode_known, reindex_articles
from embeddings.search import SearchResult
from embeddings.vector_cache import VectorCache

MEASURES = {
    "recall@1": R @ 1,
    "recall@3": R @ 3,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "mrr@10": RR @ 10,
    "ndcg@10": nDCG @ 10,
}
RANKINGS = ("lexical", "dense", "fused")
HITS = 50  # chunks; several may belong to one document, and ten documents are looked at

# Question id to document id to score.
Run = dict[str, dict[str, float]]


def evaluate_folder(folder: Path, data: Path, encoder: Encoder, progress: Progress | None = None) -> dict[str, Any]:
    """Index a BEIR folder by the same code that indexes a collection, ask all its questions, and measure.

    Args:
        data: where the folder's index and known vectors are kept, so that a second run is faster.
    Returns:
        `{"set", "questions", "unanswerable", "results": {ranking: {measure: value}}, "auroc": value or None}`.
    Raises:
        EvaluationError: the folder cannot be read.
    """
    labelled = read_retrieval_set(folder)
    place = data / (re.sub(r"[^\w.-]", "_", folder.resolve().name) or "set")
    reindex_articles(labelled.documents, place, encoder, progress, keep=1)
    texts = {identifier: read_question(text).text for identifier, text in labelled.questions.items()}
    vectors, _ = encode_known(list(texts.values()), encoder, VectorCache(place / "vector_cache.db"), progress)
    by_question = dict(zip(texts, vectors, strict=True))
    generation = open_current(place, encoder)
    try:
        runs, confidence = _ask_all(labelled, generation, encoder, by_question, progress)
    finally:
        generation.close()
    answerable = set(labelled.answerable)
    return {
        "set": labelled.name,
        "questions": len(answerable),
        "unanswerable": len(labelled.unanswerable),
        "documents": len(labelled.documents),
        "encoder": encoder.name,
        "results": {name: measure(runs[name], labelled.relevant) for name in RANKINGS},
        "auroc": auroc(confidence, answerable),
    }


def _ask_all(
    labelled: RetrievalSet, generation: Generation, encoder: Encoder, vectors: Mapping[str, Any], progress: Progress | None
) -> tuple[dict[str, Run], dict[str, float]]:
    runs: dict[str, Run] = {name: {} for name in RANKINGS}
    confidence: dict[str, float] = {}
    abstainer = default_abstainer()
    for number, (identifier, text) in enumerate(labelled.questions.items(), 1):
        question = read_question(text)
        weighed = weigh(question, generation, encoder, vectors[identifier], hits=HITS)
        confidence[identifier] = abstainer.confidence(weighed.evidence)
        if identifier in labelled.relevant:
            for name, documents in rankings(weighed.result, generation).items():
                runs[name][identifier] = {document: -float(place) for place, document in enumerate(documents)}
        if progress and number % 10 == 0:
            progress(number, len(labelled.questions))
    return runs, confidence


def rankings(result: SearchResult, generation: Generation) -> dict[str, list[str]]:
    """The documents of each ranking, best first, each once; a document stands where its best chunk stands."""
    ids = list(dict.fromkeys([*result.lexical_ranking, *result.dense_ranking]))
    owner = {chunk.id: chunk.span.article_id for chunk in generation.store.chunks(ids)}
    return {
        "lexical": list(dict.fromkeys(owner[chunk_id] for chunk_id in result.lexical_ranking)),
        "dense": list(dict.fromkeys(owner[chunk_id] for chunk_id in result.dense_ranking)),
        "fused": list(dict.fromkeys(hit.chunk.span.article_id for hit in result.hits)),
    }


def measure(run: Run, relevant: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    """Mean of each measure over the answerable questions; a question without hits counts as missed."""
    judgements = {question: dict(documents) for question, documents in relevant.items()}
    # ir-measures leaves out questions that the run does not name.
    complete = {question: run.get(question) or {"": 0.0} for question in judgements}
    values = ir_measures.calc_aggregate(list(MEASURES.values()), judgements, complete)
    return {name: round(float(values[formula]), 4) for name, formula in MEASURES.items()}


def auroc(confidence: Mapping[str, float], answerable: set[str]) -> float | None:
    """How well the confidence tells answerable questions from the others: 0.5 is chance, 1 is perfect.

    Nothing when the set holds only one of the two kinds.
    """
    from sklearn.metrics import roc_auc_score  # a second to load, for this one number

    labels = [question in answerable for question in confidence]
    if len(set(labels)) < 2:
        return None
    return round(float(roc_auc_score(labels, list(confidence.values()))), 4)


def print_evaluation(console: Console, measured: Mapping[str, Any]) -> None:
    """Print the table for people."""
    table = Table(title=f"{measured['set']}: {measured['questions']} questions over {measured['documents']} documents")
    table.add_column("ranking")
    for name in MEASURES:
        table.add_column(name, justify="right")
    for ranking, values in measured["results"].items():
        table.add_row(ranking, *(f"{values[name]:.4f}" for name in MEASURES))
    console.print(table)
    if measured["auroc"] is None:
        console.print("AUROC of the confidence: not defined, the set holds no unanswerable questions.")
    else:
        console.print(f"AUROC of the confidence over {measured['unanswerable']} unanswerable questions: {measured['auroc']:.4f}")
