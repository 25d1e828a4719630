"""Finding metrics by name while somebody types, and figures by words.

Metrics are found by letters alone, in English and Chinese, in well under a millisecond each; only where letters find nothing,
and an encoder is at hand, by meaning. Which figures a metric has is not decided here.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz

from corpus.figure_store import StoredFigure
from corpus.figures.catalogue import Metric
from corpus.scripts import HAN_LETTER, narrow
from embeddings.encoder import Encoder
from embeddings.lexical_index import informative_terms
from embeddings.metrics.likeness import COSINE_WEIGHT, PLAIN_WORDS, cosines, overlap, surroundings

MOST_METRICS = 25  # what Discord shows below a field that is being typed in
LEAST_LIKENESS = 75  # of 100 in rapidfuzz: "computng pwer" has 92 with "computing power", "patents" and "parents" 86
LEAST_MEANING = 0.45  # cosine of two names that mean the same; unrelated ones stay below 0.3
# Cosine, or its mean with the share of words: on the briefs "robots for old people" reaches 0.55, unrelated words at most 0.44.
FOUND = 0.5
EMPTY = frozenset("a about and are by for from how in is it its many much of on or s the there to what which".split())
NAMED = 1.0  # a figure of the very metric that was named


def find_metrics(words: str, metrics: Sequence[Metric], encoder: Encoder | None) -> list[Metric]:
    """Find the metrics that somebody means.

    Returns:
        At most 25, best first: exact key, title or alias; one that begins so; one that has the words; one that was meant with a
        typing mistake; last, with an encoder and nothing else found, one that means the same. All of them, in their own order,
        for no words at all.
    """
    asked = _plain(words)
    if not asked:
        return list(metrics[:MOST_METRICS])
    ranked = [(score, place) for place, metric in enumerate(metrics) if (score := _score(asked, metric)) > 0]
    if not ranked and encoder and metrics and not HAN_LETTER.search(words):
        ranked = _by_meaning(words, metrics, encoder)
    ranked.sort(key=lambda entry: (-entry[0], entry[1]))
    return [metrics[place] for _, place in ranked[:MOST_METRICS]]


def search_figures(
    words: str, figures: Sequence[StoredFigure], encoder: Encoder, metrics: Sequence[Metric] = ()
) -> list[tuple[StoredFigure, float]]:
    """Find the figures around which an article says what the words mean.

    Args:
        metrics: the catalogue's, so that words in Chinese, or a metric's exact name, find its figures whatever the article says.
    Returns:
        Figures with their score (0 to 1), best first, those of one score in the order given; empty when none is near.
    """
    if not figures or not informative_terms(words):
        return []
    named = {metric.key for metric in metrics if _plain(words) in _names(metric)}
    around = [surroundings(stored.figure, stored.sentence) for stored in figures]
    meanings = cosines(around, [words], encoder)[:, 0]
    found = []
    for stored, one, meaning in zip(figures, around, meanings, strict=True):
        weight = 0.0 if one.is_foreign or HAN_LETTER.search(words) else COSINE_WEIGHT
        alike = max(float(meaning), weight * float(meaning) + (1 - weight) * overlap(one, words, {}))
        score = NAMED if stored.metric in named else alike
        if score >= FOUND:
            found.append((stored, score))
    return sorted(found, key=lambda entry: -entry[1])


def _score(asked: str, metric: Metric) -> float:
    """How well words name a metric, from 4 (exactly) to 0 (not at all)."""
    names = _names(metric)
    if asked in names:
        return 4.0
    if any(name.startswith(asked) for name in names):
        return 3.0
    if share := _shared_words(asked, names):
        return 1.0 + share
    likeness = max(_likeness(asked, name) for name in names)
    return likeness / 100 if likeness >= LEAST_LIKENESS else 0.0


def _shared_words(asked: str, names: Sequence[str]) -> float:
    """The share of the asked words that one name has, a last word also unfinished; at least half must be there, one telling."""
    if HAN_LETTER.search(asked):
        return max(_shared_signs(asked, name) for name in names)
    words = [word for word in _words(asked) if word not in EMPTY] or list(_words(asked))
    best = 0.0
    for name in names:
        own = _words(name)
        met = [word for word in words if word in own or _begins(word, own, last=word == words[-1])]
        if set(met) - PLAIN_WORDS and 2 * len(met) >= len(words):
            best = max(best, (len(met) / len(words)) * (1 + 1 / (1 + len(own))) / 2)
    return best


def _begins(word: str, own: Sequence[str], last: bool) -> bool:
    """Whether a word is begun by what was typed, or is the same but for a plural."""
    return any((last and one.startswith(word)) or one.rstrip("s") == word.rstrip("s") for one in own)


def _shared_signs(asked: str, name: str) -> float:
    """The share of pairs of Chinese signs that a name has of those asked; at least half, all of a pair or two."""
    if asked in name:
        return 1.0
    pairs = {asked[place : place + 2] for place in range(len(asked) - 1)}
    share = sum(pair in name for pair in pairs) / len(pairs) if pairs else 0.0
    return share / 2 if 2 * share >= 1 and len(pairs) > 2 else 0.0


def _likeness(asked: str, name: str) -> float:
    """Likeness of letters, 0 to 100; short words must be alike as a whole, or "api" would be in "capital"."""
    whole = fuzz.ratio(asked, name)
    return max(whole, fuzz.token_sort_ratio(asked, name), fuzz.partial_ratio(asked, name) if len(asked) >= 6 <= len(name) else 0)


def _by_meaning(words: str, metrics: Sequence[Metric], encoder: Encoder) -> list[tuple[float, int]]:
    names = [(place, name) for place, metric in enumerate(metrics) for name in metric.names if not HAN_LETTER.search(name)]
    vectors = encoder.encode([words, *(name for _, name in names)])
    best: dict[int, float] = {}
    for (place, _), cosine in zip(names, vectors[1:] @ np.asarray(vectors[0]), strict=True):
        best[place] = max(best.get(place, 0.0), float(cosine))
    return [(cosine, place) for place, cosine in best.items() if cosine >= LEAST_MEANING]


def _names(metric: Metric) -> tuple[str, ...]:
    return (_plain(metric.key.replace("-", " ")), *(_plain_name(name) for name in metric.names))


@lru_cache(maxsize=10_000)
def _plain_name(name: str) -> str:
    return _plain(name)


@lru_cache(maxsize=10_000)
def _words(name: str) -> tuple[str, ...]:
    return tuple(name.split())


def _plain(text: str) -> str:
    """Lower case, narrow letters, single spaces, hyphens as spaces: keys and titles are typed alike."""
    return " ".join(narrow(text).casefold().replace("-", " ").strip(" ?？。.!").split())
