"""The token vectors of one generation's chunks, on disk: build, save, load, look up.

A token is kept as `dimension` whole numbers from -127 to 127, a quarter of float32: on the tuning half of squad2-dev no
measure differed. Only the rows of the chunks that a question has found are read.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import TokenVectors
from embeddings.errors import StaleIndexError

STEPS = 127  # int8
LENGTH_TOLERANCE = 0.06  # rounding 384 numbers to 1/127 changes a length by less than this
CHECKED_TOGETHER = 65_536  # rows that the check of a file reads at once
CURE = "Run: corpusbot reindex"
# Columns of the places' table: chunk, and the token's first and last letter in the chunk's text.
CHUNK, START, END = 0, 1, 2
TOKEN_VECTORS, TOKEN_PLACES = "token_vectors.i8", "token_places.npy"


def rounded(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Unit vectors as they are kept, shape unchanged."""
    return np.round(vectors * STEPS).astype(np.int8)


def unrounded(vectors: NDArray[np.int8]) -> NDArray[np.float32]:
    """Kept vectors as numbers again, of about length 1."""
    return np.asarray(vectors.astype(np.float32) / STEPS, dtype=np.float32)


class TokenIndex:
    """An opened file of token vectors and the table of their places. Threads may share it."""

    def __init__(self, vectors: BinaryIO, places: NDArray[np.int32], dimension: int) -> None:
        self._vectors = vectors
        self._places = places  # int32, shape (tokens, 3), by chunk and start
        self._dimension = dimension

    def __len__(self) -> int:
        return len(self._places)

    def close(self) -> None:
        """Let go of the file."""
        self._vectors.close()

    def tokens_of(self, chunk_id: int) -> TokenVectors:
        """The tokens of one chunk, each span in letters of the chunk's text; none when it has none."""
        first, last = np.searchsorted(self._places[:, CHUNK], (chunk_id, chunk_id + 1))
        return TokenVectors(unrounded(self._rows(int(first), int(last))), self._places[first:last, START:])

    def _rows(self, first: int, last: int) -> NDArray[np.int8]:
        # Unlike seek and read, pread is one step that other threads cannot come between.
        content = os.pread(self._vectors.fileno(), (last - first) * self._dimension, first * self._dimension)
        return np.frombuffer(content, dtype=np.int8).reshape(-1, self._dimension)

    @classmethod
    def load(cls, folder: Path, dimension: int) -> Self:
        """Open the files of a generation.

        Raises:
            StaleIndexError: missing, truncated, of another shape, or not unit vectors; the sentence names the cure.
        """
        path = folder / TOKEN_VECTORS
        places = _read_places(folder / TOKEN_PLACES)
        try:
            index = cls(path.open("rb"), places, dimension)
        except OSError:
            raise StaleIndexError(f"{path} is missing. {CURE}") from None
        if path.stat().st_size != len(places) * dimension:
            index.close()
            raise StaleIndexError(f"{path} is damaged or truncated, or does not fit {TOKEN_PLACES}. {CURE}")
        if not index._is_intact():
            index.close()
            raise StaleIndexError(f"{path} is damaged: not all of its vectors have length 1. {CURE}")
        return index

    def _is_intact(self) -> bool:
        for first in range(0, len(self), CHECKED_TOGETHER):
            lengths = np.linalg.norm(unrounded(self._rows(first, min(len(self), first + CHECKED_TOGETHER))), axis=1)
            if np.any(np.abs(lengths - 1) > LENGTH_TOLERANCE):
                return False
        return True


def save_tokens(tokens: Mapping[int, TokenVectors], folder: Path) -> int:
    """Write each chunk's tokens into a generation's folder; the spans count letters of the chunk's text.

    Returns:
        How many tokens there are.
    Raises:
        StaleIndexError: the files cannot be written.
    """
    ordered = sorted(tokens.items())
    places = [np.insert(found.spans, 0, chunk_id, axis=1) for chunk_id, found in ordered]
    table = np.concatenate([np.zeros((0, 3), dtype=np.int32), *places]).astype(np.int32)
    try:
        with (folder / TOKEN_VECTORS).open("wb") as file:
            for _, found in ordered:
                file.write(rounded(found.vectors).tobytes())
        np.save(folder / TOKEN_PLACES, table, allow_pickle=False)
    except OSError as error:
        raise StaleIndexError(f"{folder} cannot be written: {error.strerror}. Free space, then reindex.") from error
    return len(table)


def _read_places(path: Path) -> NDArray[np.int32]:
    if not path.is_file():
        raise StaleIndexError(f"{path} is missing. {CURE}")
    try:
        places: NDArray[np.int32] = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise StaleIndexError(f"{path} is damaged or truncated. {CURE}") from error
    good = places.dtype == np.int32 and places.ndim == 2 and places.shape[1] == 3
    if not good or np.any(np.diff(places[:, CHUNK]) < 0) or np.any(places[:, END] <= places[:, START]):
        raise StaleIndexError(f"{path} is damaged: it is no table of places. {CURE}")
    return places
