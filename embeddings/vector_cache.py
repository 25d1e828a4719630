"""Vectors already made, of texts and of their tokens, by (text digest, encoder digest): nothing is encoded twice.

Only a saving of time: deleting the file costs one full encoding and nothing else.
"""

import hashlib
import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from sqlite_utils import Database

from embeddings.encoder import Encoded, Encoder, TokenVectors, Vectors
from embeddings.token_index import rounded, unrounded

log = logging.getLogger(__name__)


class VectorCache:
    """A file of vectors; a missing or damaged one is begun anew."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def open(self, encoder: Encoder) -> Iterator["KnownVectors"]:
        """The vectors that this encoder made before."""
        try:
            known = KnownVectors(self._path, encoder)
        except sqlite3.DatabaseError:
            log.warning("the vector cache is damaged and is begun anew")
            self._path.unlink(missing_ok=True)
            known = KnownVectors(self._path, encoder)
        try:
            yield known
        finally:
            known.close()


class KnownVectors:
    """The vectors of one encoder."""

    def __init__(self, path: Path, encoder: Encoder) -> None:
        self._digest = encoder.digest
        self._dimension = encoder.dimension
        self._db = Database(sqlite3.connect(path))
        try:
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS vectors"
                " (text_digest TEXT, encoder_digest TEXT, vector BLOB, PRIMARY KEY (text_digest, encoder_digest)) WITHOUT ROWID"
            )
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS tokens (text_digest TEXT, encoder_digest TEXT, vectors BLOB, spans BLOB,"
                " PRIMARY KEY (text_digest, encoder_digest)) WITHOUT ROWID"
            )
            # Damage in the middle of a file would show only when its page is read, in the middle of a reindex.
            if (found := self._db.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
                raise sqlite3.DatabaseError(found)
            self._db.execute("SELECT text_digest, encoder_digest, vector FROM vectors LIMIT 0")
            self._db.execute("SELECT text_digest, encoder_digest, vectors, spans FROM tokens LIMIT 0")
        except sqlite3.DatabaseError:
            self._db.conn.close()
            raise

    def get(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """The known vectors among these texts; one of another length is taken for unknown."""
        found = {}
        for text in dict.fromkeys(texts):
            row = self._db.execute(
                "SELECT vector FROM vectors WHERE text_digest = ? AND encoder_digest = ?", (_digest(text), self._digest)
            ).fetchone()
            if row and len(row[0]) == 4 * self._dimension:
                found[text] = np.frombuffer(row[0], dtype=np.float32)
        return found

    def put(self, vectors: Mapping[str, Vectors]) -> None:
        """Remember vectors."""
        with self._db.conn:
            self._db.conn.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                [(_digest(text), self._digest, vector.astype(np.float32).tobytes()) for text, vector in vectors.items()],
            )

    def get_encoded(self, texts: Sequence[str]) -> dict[str, Encoded]:
        """Among these texts, those whose vector and whose tokens are known."""
        found = {}
        for text, vector in self.get(texts).items():
            row = self._db.execute(
                "SELECT vectors, spans FROM tokens WHERE text_digest = ? AND encoder_digest = ?", (_digest(text), self._digest)
            ).fetchone()
            if row and len(row[0]) * 8 == len(row[1]) * self._dimension:
                vectors = np.frombuffer(row[0], dtype=np.int8).reshape(-1, self._dimension)
                spans = np.frombuffer(row[1], dtype=np.int32).reshape(-1, 2)
                found[text] = Encoded(vector, TokenVectors(unrounded(vectors), spans))
        return found

    def put_encoded(self, encoded: Mapping[str, Encoded]) -> None:
        """Remember texts with their tokens, these as roughly as an index keeps them."""
        self.put({text: found.vector for text, found in encoded.items()})
        rows = []
        for text, found in encoded.items():
            vectors = rounded(found.tokens.vectors)
            rows.append((_digest(text), self._digest, vectors.tobytes(), found.tokens.spans.astype(np.int32).tobytes()))
        with self._db.conn:
            self._db.conn.executemany("INSERT OR REPLACE INTO tokens VALUES (?, ?, ?, ?)", rows)

    def close(self) -> None:
        """Let go of the file."""
        self._db.conn.close()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
