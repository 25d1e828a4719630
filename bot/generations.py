"""Which generation answers: the newest that can be opened, kept open for those who still read an older one."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from embeddings.encoder import Encoder
from embeddings.errors import StaleIndexError
from embeddings.generation import Generation, current_id, open_current
from embeddings.reranker import Reranker

log = logging.getLogger(__name__)


@dataclass
class _Open:
    """An opened generation, how many questions are reading it, and whether a newer one has taken its place."""

    generation: Generation
    readers: int = 0
    retired: bool = False


class CurrentGeneration:
    """Opens generations as they take each other's place, here or in another process; for any number of threads."""

    def __init__(self, data_dir: Path, encoder: Encoder, second: Encoder | None = None, reranker: Reranker | None = None) -> None:
        """Open nothing yet.

        Args:
            second: the encoder for questions in other languages.
            reranker: puts the first hits of a search into another order.
        """
        self._data_dir, self._encoder, self._second, self._reranker = data_dir, encoder, second, reranker
        self._lock = threading.Lock()
        self._open: _Open | None = None

    @contextmanager
    def held(self) -> Iterator[Generation]:
        """The generation that answers now; it stays open until the block ends, whatever takes its place meanwhile.

        Raises:
            StaleIndexError: there is none that can be read.
        """
        held = self._enter()
        try:
            yield held.generation
        finally:
            self._leave(held)

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            if self._open is not None:
                self._open.generation.close()
                self._open = None

    def _enter(self) -> _Open:
        with self._lock:
            try:
                newest = current_id(self._data_dir)
                if self._open is None or (newest is not None and newest != self._open.generation.manifest.id):
                    self._replace(_Open(open_current(self._data_dir, self._encoder, self._second, self._reranker)))
            except StaleIndexError:
                if self._open is None:
                    raise
                log.exception("the newest index cannot be opened; answering from %s", self._open.generation.manifest.id)
            assert self._open is not None
            self._open.readers += 1
            return self._open

    def _replace(self, fresh: _Open) -> None:
        old, self._open = self._open, fresh
        if old is not None:
            old.retired = True
            if not old.readers:
                old.generation.close()

    def _leave(self, held: _Open) -> None:
        with self._lock:
            held.readers -= 1
            if held.retired and not held.readers:
                held.generation.close()
