"""Recall, reciprocal rank and nDCG of rankings, for each question. The formulas are those of ir-measures."""

from collections.abc import Mapping, Sequence

import ir_measures
from ir_measures import RR, R, nDCG

MEASURES = {
    "recall@1": R @ 1,
    "recall@3": R @ 3,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "mrr@10": RR @ 10,
    "ndcg@10": nDCG @ 10,
}

# Question id to what was found, best first.
Rankings = Mapping[str, Sequence[str]]
# Question id to what answers it, with a grade above 0.
Judgements = Mapping[str, Mapping[str, int]]


def measure_each(rankings: Rankings, relevant: Judgements) -> dict[str, dict[str, float]]:
    """Each measure for each question that has an answer; a question for which nothing was found counts 0 throughout."""
    judgements = {question: dict(found) for question, found in relevant.items()}
    # ir-measures leaves out questions that the run does not name, and ranks by score.
    run = {question: _by_rank(rankings.get(question, ())) for question in judgements}
    names = {str(formula): name for name, formula in MEASURES.items()}
    values: dict[str, dict[str, float]] = {question: {} for question in judgements}
    if judgements:
        for metric in ir_measures.iter_calc(list(MEASURES.values()), judgements, run):
            values[metric.query_id][names[str(metric.measure)]] = float(metric.value)
    return values


def _by_rank(found: Sequence[str]) -> dict[str, float]:
    return {name: -float(place) for place, name in enumerate(found)} or {"": 0.0}
