"""An encoder that can be computed by hand: a text is the words it holds, and nothing else.

Each word, in lower case, owns one of `dimension` places (CRC-32 of its letters). A text's vector counts its words, each
at its place, and is brought to length 1. So two texts of n and m different words that share k have the cosine
k / sqrt(n * m): 1 for the same words in any order, 0 for none in common. Stop words ("the", "is") count for nothing,
unless a text holds nothing else; a text without any word points to a place of its own, the last one.

It needs no model and no network, gives the same vectors in every process, and remembers what it was asked to encode.
"""

import re
import zlib
from collections.abc import Sequence

import numpy as np

from embeddings.encoder import Encoded, TokenVectors, Vectors
from embeddings.lexical_index import STOP_WORDS

WORD = re.compile(r"[^\W_]+")


class FakeEncoder:
    """Implements `embeddings.encoder.Encoder`.

    Attributes:
        encoded: every text that was ever encoded, in order; `encoded.count(text)` tells how often.
    """

    def __init__(self, name: str = "fake-words", dimension: int = 1024) -> None:
        """Make an encoder; another name or dimension gives another digest, as another model would."""
        self.name = name
        self.dimension = dimension
        self.encoded: list[str] = []

    @property
    def digest(self) -> str:
        """Name and dimension: whatever else could change the vectors does not exist."""
        return f"{self.name}/{self.dimension}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32, shape (len(texts), dimension)."""
        self.encoded += texts
        return np.array([self._text_vector(text) for text in texts], dtype=np.float32).reshape(len(texts), self.dimension)

    def encode_with_tokens(self, texts: Sequence[str]) -> list[Encoded]:
        """With one vector a word, stop words included: 1 at the word's place, so equal words have cosine 1 and others 0."""
        return [Encoded(vector, self._word_vectors(text)) for text, vector in zip(texts, self.encode(texts), strict=True)]

    def _word_vectors(self, text: str) -> TokenVectors:
        words = list(WORD.finditer(text))
        vectors = np.zeros((len(words), self.dimension), dtype=np.float32)
        for row, word in zip(vectors, words, strict=True):
            row[self.place(word.group())] = 1
        return TokenVectors(vectors, np.array([word.span() for word in words], dtype=np.int32).reshape(-1, 2))

    def load(self) -> None:
        """Nothing to load."""

    def place(self, word: str) -> int:
        """Where a word counts; two words share a place about once in `dimension` pairs."""
        return zlib.crc32(word.lower().encode()) % (self.dimension - 1)

    def _text_vector(self, text: str) -> Vectors:
        words = [word.lower() for word in WORD.findall(text)]
        vector = np.zeros(self.dimension, dtype=np.float32)
        for word in [word for word in words if word not in STOP_WORDS] or words:
            vector[self.place(word)] += 1
        if not words:
            vector[-1] = 1
        return vector / np.linalg.norm(vector)
