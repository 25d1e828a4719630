"""FAISS over sentence and chunk vectors: build, nearest, scores, save, load.

One exact inner-product index (`IndexIDMap` over `IndexFlatIP`) holds both kinds; sentence n has the number 2n, chunk n
has 2n + 1. Knows nothing of texts or filters beyond the numbers it is given.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors
from embeddings.errors import StaleIndexError

LENGTH_TOLERANCE = 1e-3  # far above float32 rounding, far below any damaged bit that could change a ranking


class VectorIndex:
    """Vectors of one generation, searched exactly."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._index: Any = faiss.IndexIDMap(faiss.IndexFlatIP(dimension))

    def add_sentences(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Add unit vectors, shape (len(ids), dimension)."""
        self._add([2 * number for number in ids], vectors)

    def add_chunks(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Add unit vectors, shape (len(ids), dimension)."""
        self._add([2 * number + 1 for number in ids], vectors)

    def _add(self, numbers: list[int], vectors: Vectors) -> None:
        if len(numbers):
            self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), np.asarray(numbers, dtype=np.int64))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest_sentences(self, question: Vectors, count: int, among: Iterable[int] | None = None) -> dict[int, float]:
        """The sentences closest in meaning to a question.

        Args:
            question: float32, shape (dimension,), length 1.
            count: wanted; a smaller index gives fewer.
            among: only these sentences; `None` for all.
        Returns:
            Sentence id to cosine, by falling cosine.
        """
        return self._nearest(question, count, 0, among)

    def nearest_chunks(self, question: Vectors, count: int, among: Iterable[int] | None = None) -> dict[int, float]:
        """The chunks closest in meaning to a question, as `nearest_sentences` does it."""
        return self._nearest(question, count, 1, among)

    def _nearest(self, question: Vectors, count: int, kind: int, among: Iterable[int] | None) -> dict[int, float]:
        if among is not None:
            wanted = np.asarray([2 * number + kind for number in among], dtype=np.int64)
            count = min(count, len(wanted))
        else:
            wanted = self._numbers(kind)
            count = min(count, len(wanted))
        if count <= 0:
            return {}
        parameters: Any = faiss.SearchParameters(sel=faiss.IDSelectorBatch(wanted))  # type: ignore[call-arg]
        cosines, numbers = self._index.search(question.reshape(1, -1), count, params=parameters)
        return {int(n) // 2: float(c) for n, c in zip(numbers[0], cosines[0], strict=True) if n >= 0}

    def sentence_vector(self, sentence_id: int) -> Vectors:
        """The vector of one sentence, shape (dimension,).

        Raises:
            KeyError: there is none with this number.
        """
        places = np.flatnonzero(faiss.vector_to_array(self._index.id_map) == 2 * sentence_id)
        if not len(places):
            raise KeyError(sentence_id)
        vector: Vectors = self._index.index.reconstruct(int(places[0]))
        return vector

    def sentence_cosine(self, one: int, other: int) -> float:
        """How alike two sentences are, from -1 to 1."""
        return float(np.dot(self.sentence_vector(one), self.sentence_vector(other)))

    def _numbers(self, kind: int) -> NDArray[np.int64]:
        numbers: NDArray[np.int64] = faiss.vector_to_array(self._index.id_map)
        chosen: NDArray[np.int64] = numbers[numbers % 2 == kind]
        return chosen

    def counts(self) -> dict[str, int]:
        """How many sentence and chunk vectors there are."""
        return {"sentences": len(self._numbers(0)), "chunks": len(self._numbers(1))}

    def save(self, path: Path) -> None:
        """Write the index to a file.

        Raises:
            StaleIndexError: the file cannot be written.
        """
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise StaleIndexError(f"{path} cannot be written. Free space or mend the folder's rights, then reindex.") from error

    @classmethod
    def load(cls, path: Path, dimension: int) -> "VectorIndex":
        """Read an index.

        Raises:
            StaleIndexError: missing, truncated, of another kind or another dimension; the sentence names the cure.
        """
        cure = "Run: corpusbot reindex"
        if not path.is_file():
            raise StaleIndexError(f"{path} is missing. {cure}")
        try:
            # FAISS answers a truncated file with a RuntimeError that names its own source lines.
            index = faiss.read_index(str(path))
        except (RuntimeError, MemoryError) as error:
            raise StaleIndexError(f"{path} is damaged or truncated. {cure}") from error
        if not isinstance(index, faiss.IndexIDMap):
            raise StaleIndexError(f"{path} is not an index that corpusbot made. {cure}")
        if index.d != dimension:
            raise StaleIndexError(f"{path} holds vectors of {index.d} numbers, but its manifest says {dimension}. {cure}")
        with np.errstate(over="ignore", invalid="ignore"):
            lengths = np.linalg.norm(index.index.reconstruct_n(0, index.ntotal), axis=1)
        # Written so that NaN, which is neither more nor less than anything, fails too.
        if not np.all(np.abs(lengths - 1) < LENGTH_TOLERANCE):
            raise StaleIndexError(f"{path} is damaged: not all of its vectors have length 1. {cure}")
        loaded = cls(dimension)
        loaded._index = index
        return loaded
