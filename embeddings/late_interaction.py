"""How well each word of a question is met by a passage, from the token vectors that the encoder makes anyway.

The score of a word is its highest cosine with any token of the passage (MaxSim: Khattab & Zaharia, SIGIR 2020). The
tokens of a chunk are encoded together, so each knows its neighbours: "it" is met where its name stands close by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import TokenVectors
from embeddings.lexical_index import Term, terms_of

# What a token of a word that tells nothing ("the", "is", "?") weighs, beside the rarity of the others (about 1 to 6).
PLAIN_WEIGHT = 0.15


@dataclass(frozen=True)
class Asked:
    """A question's tokens and what each weighs, shape (tokens,)."""

    tokens: TokenVectors
    weights: NDArray[np.float32]


@dataclass(frozen=True)
class Met:
    """How well a chunk meets a question, and each of its sentences by itself; 0 where there are no tokens."""

    chunk: float
    sentences: tuple[float, ...]


def weigh_tokens(tokens: TokenVectors, terms: Sequence[Term], rarity: Mapping[str, float]) -> Asked:
    """Give each token its share of its word's rarity."""
    weights = np.full(len(tokens), PLAIN_WEIGHT, dtype=np.float32)
    for term in terms:
        places = _places(term, tokens)
        weights[places] = rarity[term.stem] / max(1, len(places))
    return Asked(tokens, weights)


def meet(asked: Asked, chunk: TokenVectors, sentences: Sequence[tuple[int, int]]) -> Met:
    """Match a question's tokens with those of a chunk.

    Args:
        sentences: where each sentence starts and ends in the chunk's text.
    Returns:
        For the chunk the plain mean over the question's tokens, for a sentence the mean weighted by rarity.
    """
    if not len(asked.tokens) or not len(chunk):
        return Met(0.0, (0.0,) * len(sentences))
    cosines = asked.tokens.vectors @ chunk.vectors.T
    total = float(asked.weights.sum())
    # Tokens stand in the order of the text, so a sentence's are a run of them.
    runs = np.searchsorted(chunk.spans[:, 0], np.array(sentences))
    found = tuple(
        float(asked.weights @ cosines[:, first:last].max(axis=1)) / total if last > first else 0.0 for first, last in runs
    )
    return Met(float(cosines.max(axis=1).mean()), found)


def word_matches(asked: TokenVectors, terms: Sequence[Term], passage: str, tokens: TokenVectors) -> dict[str, float]:
    """How well a passage meets each word of a question.

    Args:
        tokens: the passage's.
    Returns:
        From a word's stem to a number from about 0.1 (nothing like it) to 1 (the same word). Where the encoder gives no
        token vectors, a word is met (1) or not (0) by its letters.
    """
    if not len(asked) or not len(tokens):
        held = {term.stem for term in terms_of(passage)}
        return {term.stem: float(term.stem in held) for term in terms}
    best = (asked.vectors @ tokens.vectors.T).max(axis=1)
    places = {term.stem: _places(term, asked) for term in terms}
    return {stem: float(best[found].mean()) if found else 0.0 for stem, found in places.items()}


def tokens_within(tokens: TokenVectors, start: int, end: int) -> TokenVectors:
    """The tokens that begin in a stretch of their text."""
    first, last = np.searchsorted(tokens.spans[:, 0], (start, end))
    return TokenVectors(tokens.vectors[first:last], tokens.spans[first:last])


def _places(term: Term, tokens: TokenVectors) -> list[int]:
    return [place for place, (start, end) in enumerate(tokens.spans) if term.start <= start and end <= term.end]
