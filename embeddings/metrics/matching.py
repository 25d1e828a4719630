"""Which metric of the catalogue a figure belongs to: its unit must fit, and the words around it must mean the metric's name.

Reads no numbers and compares none; `corpus.figures.relations` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.figures.catalogue import Catalogue, Metric, fits
from corpus.figures.figure import Figure
from embeddings.conversation.referents import is_place
from embeddings.encoder import Encoder
from embeddings.lexical_index import terms_of
from embeddings.metrics.likeness import COSINE_WEIGHT, Surroundings, backing, cosines, overlap, rarities, surroundings, telling

Scores = NDArray[np.float64]
# Fitted with all-mpnet-base-v2 on the lines of tests/figures/metrics.jsonl and near_metrics.jsonl whose CRC-32 is even: the
# middle of what names best there (25 of 26 names right, all 25 figures named). On the odd lines 33 of 33 names are right and
# 33 of 35 figures named; from 0.50 to 0.65 the odd lines change by one figure.
THRESHOLD = 0.64
# Of a score; the rest is how near the words around the figure are to the best name. Without it "12,000 complaints about patents"
# were patents.
BACKING_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class MetricMatch:
    """The metric a figure belongs to, or none, and how well the best one that its unit allows fits: 0 to 1."""

    key: str | None
    score: float


def match_metrics(
    figures: Sequence[Figure], sentences: Sequence[str], catalogue: Catalogue, encoder: Encoder
) -> list[MetricMatch]:
    """Name figures.

    Args:
        sentences: each figure's sentence, `article.text[sentence_start:sentence_end]`.
    Returns:
        One match a figure, in their order; without a key where no metric fits well enough.
    """
    if not figures or not catalogue.metrics:
        return [MetricMatch(None, 0.0) for _ in figures]
    around = [surroundings(figure, sentence) for figure, sentence in zip(figures, sentences, strict=True)]
    metrics = catalogue.metrics
    scores = _scores(figures, around, metrics, encoder)
    narrow = [bool(_places(metric)) for metric in metrics]
    return [_match(row, metrics, narrow) for row in scores]


def _match(row: Scores, metrics: Sequence[Metric], narrow: Sequence[bool]) -> MetricMatch:
    """The best metric for one figure; one that names the figure's place comes before those of no place."""
    found = [column for column, score in enumerate(row) if score >= THRESHOLD]
    named = [column for column in found if narrow[column]] or found
    if not named:
        return MetricMatch(None, float(row.max()))
    best = max(named, key=lambda column: float(row[column]))
    return MetricMatch(metrics[best].key, float(row[best]))


def _scores(figures: Sequence[Figure], around: Sequence[Surroundings], metrics: Sequence[Metric], encoder: Encoder) -> Scores:
    """How well each metric fits each figure: shape (figures, metrics), 0 where unit or place rule it out."""
    near = _nearness(around, metrics, encoder)
    rarity = rarities(metric.names for metric in metrics)
    words = [frozenset().union(*map(telling, metric.names)) for metric in metrics]
    places = [_places(metric) for metric in metrics]
    found = np.zeros(near.shape, dtype=np.float64)
    for row, (figure, one) in enumerate(zip(figures, around, strict=True)):
        for column, metric in enumerate(metrics):
            if fits(figure.unit, metric) and _place_fits(places[column], figure, one):
                weight = 0.0 if one.is_foreign else BACKING_WEIGHT
                backed = backing(figure.subject, words[column], rarity)
                found[row, column] = weight * backed + (1 - weight) * near[row, column]
    return found


def _nearness(around: Sequence[Surroundings], metrics: Sequence[Metric], encoder: Encoder) -> Scores:
    """How near the words around each figure are to each metric's best name, in meaning and letters: shape (figures, metrics)."""
    names = [(column, name) for column, metric in enumerate(metrics) for name in metric.names]
    meanings = cosines(around, [name for _, name in names], encoder)
    rarity = rarities(metric.names for metric in metrics)
    found = np.zeros((len(around), len(metrics)), dtype=np.float64)
    for row, one in enumerate(around):
        weight = 0.0 if one.is_foreign else COSINE_WEIGHT
        for place, (column, name) in enumerate(names):
            score = weight * float(meanings[row, place]) + (1 - weight) * overlap(one, name, rarity)
            found[row, column] = max(found[row, column], score)
    return found


def _places(metric: Metric) -> frozenset[str]:
    """The places that a metric's title names, in lower case: "Core AI industry size of Beijing"."""
    return frozenset(term.word.lower() for term in terms_of(metric.title) if is_place(term.word))


def _place_fits(places: frozenset[str], figure: Figure, one: Surroundings) -> bool:
    """Whether a figure is of the places that a metric names; where none is known to be the figure's, the words near it tell."""
    held = (figure.place or one.near).lower()
    return all(place in held for place in places)
