"""How near in meaning the words around a figure are to a name: the encoder's cosine, and the words that both hold.

Knows no thresholds; those who ask do.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpus.figures.figure import Figure
from corpus.scripts import HAN_LETTER, is_mostly_wide
from embeddings.encoder import Encoder, Vectors
from embeddings.lexical_index import STOP_WORDS, informative_terms

COSINE_WEIGHT = 0.5  # in a score; the rest is the share of words: see `embeddings.metrics.matching.THRESHOLD`
# Where a sentence turns from one figure to the next.
TURN = re.compile(r"[;；:：]|,? (?:while|whereas|whose)\b|, (?:and|but|with)\b|\band its\b|，而|[—–]{1,2}")
# Words of nearly every figure: that something is a number says nothing of which.
PLAIN_WORDS = frozenset("number size scale total rate share volume amount level value".split())


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words that tell what a figure measures.

    `near` is its subject with place and the part of the sentence that it stands in; `sentence` is all of it.
    """

    near: str
    sentence: str

    @property
    def is_foreign(self) -> bool:
        """Whether the encoder, which reads English, cannot tell what this means."""
        return is_mostly_wide(self.sentence)


def surroundings(figure: Figure, sentence: str) -> Surroundings:
    """Put the words around a figure together, subject first; the number itself is left out.

    Args:
        sentence: `article.text[figure.sentence_start:figure.sentence_end]`.
    """
    start, end = figure.start - figure.sentence_start, figure.end - figure.sentence_start
    before = [match.end() for match in TURN.finditer(sentence, 0, max(start, 0))]
    after = TURN.search(sentence, end)
    clause = f"{sentence[before[-1] if before else 0 : start]} {sentence[end : after.start() if after else None]}"
    told = ", ".join(part for part in (figure.subject, figure.place or "", " ".join(clause.split())) if part)
    return Surroundings(told, f"{sentence[:start]} {sentence[end:]}")


def cosines(around: Sequence[Surroundings], names: Sequence[str], encoder: Encoder) -> Vectors:
    """The likeness in meaning of each figure's words to each name, 0 to 1: float32, shape (figures, names).

    0 where either is in Chinese, of which the encoder knows single letters only.
    """
    known = [row for row, one in enumerate(around) if not one.is_foreign]
    columns = [column for column, name in enumerate(names) if not HAN_LETTER.search(name)]
    found = np.zeros((len(around), len(names)), dtype=np.float32)
    if known and columns:
        texts = encoder.encode([around[row].near for row in known])
        titles = encoder.encode([names[column] for column in columns])
        found[np.ix_(known, columns)] = np.clip(texts @ titles.T, 0, 1)
    return found


def rarities(groups: Iterable[Iterable[str]]) -> dict[str, float]:
    """How much each word of the names tells: more the fewer metrics have it, little where it is of every number.

    Args:
        groups: the names of each metric.
    """
    held = [{stem for name in names for stem in telling(name)} for names in groups]
    counts = Counter(stem for stems in held for stem in stems)
    plain = {stem for word in PLAIN_WORDS for stem in telling(word)}
    return {stem: (0.25 if stem in plain else 1.0) * math.log(1 + len(held) / count) for stem, count in counts.items()}


def overlap(one: Surroundings, name: str, rarity: Mapping[str, float]) -> float:
    """The share of a name's words that stand around the figure, each weighed by how much it tells: 0 to 1.

    A word that stands elsewhere in the sentence counts half.
    """
    words, near, far = telling(name), _with_initials(one.near), _with_initials(one.sentence)
    whole = sum(rarity.get(stem, 1.0) for stem in words)
    met = sum(rarity.get(stem, 1.0) * (1.0 if stem in near else 0.5) for stem in words if stem in near | far)
    return met / whole if whole else 0.0


def backing(subject: str, words: frozenset[str], rarity: Mapping[str, float]) -> float:
    """The share of a figure's subject that a metric's names know, 0 to 1; half where the article names no subject."""
    own = telling(subject)
    whole = sum(rarity.get(stem, 1.0) for stem in own)
    return sum(rarity.get(stem, 1.0) for stem in own & words) / whole if whole else 0.5


@lru_cache(maxsize=20_000)  # the same names and sentences are compared with each other again and again
def telling(text: str) -> frozenset[str]:
    """A text's words as stems, without stop words and numbers."""
    return frozenset(term.stem for term in informative_terms(text) if not term.is_number and term.word.lower() not in STOP_WORDS)


@lru_cache(maxsize=20_000)
def _with_initials(text: str) -> frozenset[str]:
    """The same with the initials of words side by side: "artificial intelligence" is also "ai"."""
    words = [(term.word, term.start, term.end) for term in informative_terms(text) if not term.is_piece]
    pairs = ((one, other) for one, other in itertools.pairwise(words) if other[1] == one[2] + 1)
    return telling(text) | {(one[0][0] + other[0][0]).lower() for one, other in pairs}
