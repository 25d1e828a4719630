"""All SQL of one corpus database: articles, sentences, chunks and the words of the chunks (`corpus.figure_store`: figures).

Ranks nothing beyond what FTS5 returns, and never changes a database once it is built (see `embeddings.generation`).
"""

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlite_utils import Database

from corpus.article import Article, Kind, Span
from corpus.chunks import Chunk, Sentence
from corpus.errors import StoreError
from corpus.figure_store import FigureStore
from corpus.migrations import LATEST, migrate
from corpus.scripts import spaced

SQL_VARIABLES = 900  # SQLite takes at least 999 in one statement
ARTICLE_COLUMNS = ("id", "title", "publisher", "author", "published_on", "url", "language", "kind", "text")
T = TypeVar("T")


@dataclass(frozen=True)
class Filters:
    """Which articles a question is about. Articles of unknown date or publisher pass no filter on it.

    `since` and `until` are both included; `publisher` matches any part of the name, in any case.
    """

    article_ids: tuple[str, ...] = ()
    publisher: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    def __bool__(self) -> bool:
        return bool(self.article_ids or self.publisher or self.since or self.until)


@dataclass(frozen=True)
class StoredSentence:
    """A sentence with its number in the store and in the vector index."""

    id: int
    chunk_id: int
    span: Span
    text: str
    paragraph: int


@dataclass(frozen=True)
class StoredChunk:
    """A chunk with its number and its sentences in order."""

    id: int
    span: Span
    text: str
    heading: str | None
    sentences: tuple[StoredSentence, ...]

    @property
    def sentence_bounds(self) -> list[tuple[int, int]]:
        """Where each sentence starts and ends in the chunk's own text."""
        return [(s.span.start - self.span.start, s.span.end - self.span.start) for s in self.sentences]


class CorpusStore:
    """One corpus database. Open it as a context manager, or call `close`."""

    def __init__(self, db: Database, path: Path) -> None:
        self._db = db
        self.path = path
        self._articles: dict[str, Article] = {}

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make an empty database in the latest layout.

        Raises:
            StoreError: the file exists or cannot be written.
        """
        if path.exists():
            raise StoreError(f"{path} exists already. A corpus database is written once.")
        try:
            db = Database(sqlite3.connect(path))
        except sqlite3.Error as error:
            raise StoreError(f"{path} cannot be written: {error}.") from error
        migrate(db)
        return cls(db, path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a finished database for reading only; several threads may read from it.

        Raises:
            StoreError: missing, damaged or of another layout; the sentence names the cure.
        """
        cure = "Run: corpusbot reindex"
        if not path.is_file():
            raise StoreError(f"{path} is missing. {cure}")
        connection = None
        try:
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            intact = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        except sqlite3.DatabaseError as error:
            if connection is not None:
                connection.close()
            raise StoreError(f"{path} is damaged ({error}). {cure}") from error
        if intact != "ok":
            connection.close()
            raise StoreError(f"{path} is damaged. {cure}")
        if version != LATEST:
            connection.close()
            raise StoreError(f"{path} has layout {version}, but this corpusbot reads layout {LATEST}. {cure}")
        if not {"articles", "chunks", "sentences", "chunks_fts", "chunks_vocabulary", "figures", "metrics"} <= tables:
            connection.close()
            raise StoreError(f"{path} is the database of another program. {cure}")
        return cls(Database(connection), path)

    def close(self) -> None:
        """Let go of the file."""
        self._db.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def figures(self) -> FigureStore:
        """The figures of these articles, to be read or, in a database that is being made, to be stored."""
        return FigureStore(self._db, self.article)

    # --- writing ---------------------------------------------------------------------------------------------------

    def add_article(self, article: Article, chunks: Iterable[Chunk]) -> None:
        """Store an article with its chunks and sentences, all or nothing."""
        # Not `with self._db.conn`: sqlite-utils commits each statement unless a transaction of its own is open.
        with self._db.atomic():
            values = {name: getattr(article, name) for name in (*ARTICLE_COLUMNS, "digest", "source_digest")}
            values["published_on"] = article.published_on.isoformat() if article.published_on else None
            values["kind"] = str(article.kind)
            self._db["articles"].insert(values)  # type: ignore[union-attr]
            for chunk in chunks:
                self._add_chunk(chunk)

    def _add_chunk(self, chunk: Chunk) -> None:
        chunk_id = self._db.execute(
            "INSERT INTO chunks (article_id, start, end, heading, text) VALUES (?, ?, ?, ?, ?) RETURNING id",
            (chunk.span.article_id, chunk.span.start, chunk.span.end, chunk.heading, chunk.text),
        ).fetchone()[0]
        self._db.execute("INSERT INTO chunks_fts(rowid, text) VALUES (?, ?)", (chunk_id, spaced(chunk.text)))
        self._db.conn.executemany(
            "INSERT INTO sentences (chunk_id, article_id, start, end, paragraph) VALUES (?, ?, ?, ?, ?)",
            [(chunk_id, *_sentence_row(sentence)) for sentence in chunk.sentences],
        )

    def finish(self) -> None:
        """Settle the file when all is stored: statistics for the planner, one file without a journal."""
        self._db.execute("INSERT INTO chunks_fts(chunks_fts) VALUES ('optimize')")
        self._db.conn.commit()
        self._db.execute("ANALYZE")
        self._db.conn.commit()

    # --- reading ---------------------------------------------------------------------------------------------------

    def counts(self) -> dict[str, int]:
        """How many articles, chunks and sentences there are."""
        return {name: self._rows(f"SELECT count(*) FROM {name}")[0][0] for name in ("articles", "chunks", "sentences")}

    def check_texts(self) -> None:
        """Compare every article's text with the digest that was stored with it.

        Raises:
            StoreError: a text is not the one that was indexed, so that its positions quote other words.
        """
        for article_id, text, digest in self._rows("SELECT id, text, digest FROM articles"):
            if hashlib.sha256(text.encode()).hexdigest() != digest:
                raise StoreError(f"{self.path} is damaged: the text of {article_id} was changed. Run: corpusbot reindex")

    def articles(self) -> list[Article]:
        """All articles, by id."""
        return [self.article(row[0]) for row in self._rows("SELECT id FROM articles ORDER BY id")]

    def article(self, article_id: str) -> Article:
        """One article.

        Raises:
            KeyError: there is none with this id.
        """
        if article_id not in self._articles:
            rows = self._rows(f"SELECT {', '.join(ARTICLE_COLUMNS)} FROM articles WHERE id = ?", (article_id,))
            if not rows:
                raise KeyError(article_id)
            values = dict(zip(ARTICLE_COLUMNS, rows[0], strict=True))
            day = values["published_on"]
            values |= {"published_on": dt.date.fromisoformat(day) if day else None, "kind": Kind(values["kind"])}
            self._articles[article_id] = Article(**values)
        return self._articles[article_id]

    def read_span(self, span: Span) -> str:
        """The letters of a span, read from the database itself and not from anything kept in memory.

        Empty when there is no such article.
        """
        # SQLite's substr counts from 1, in code points, as our positions do.
        rows = self._rows(
            "SELECT substr(text, ?, ?) FROM articles WHERE id = ?", (span.start + 1, span.end - span.start, span.article_id)
        )
        return rows[0][0] if rows else ""

    def chunks(self, chunk_ids: Sequence[int]) -> list[StoredChunk]:
        """Chunks with their sentences, in the order asked for."""
        sentences: dict[int, list[StoredSentence]] = {}
        for sentence in self._sentences(chunk_ids):
            sentences.setdefault(sentence.chunk_id, []).append(sentence)
        found: dict[int, StoredChunk] = {}
        for part in _parts(chunk_ids):
            for row in self._rows(
                f"SELECT id, article_id, start, end, text, heading FROM chunks WHERE id IN ({_marks(part)})", part
            ):
                found[row[0]] = StoredChunk(row[0], Span(*row[1:4]), row[4], row[5], tuple(sentences.get(row[0], ())))
        return [found[chunk_id] for chunk_id in chunk_ids if chunk_id in found]

    def _sentences(self, chunk_ids: Sequence[int]) -> list[StoredSentence]:
        found: list[StoredSentence] = []
        for part in _parts(chunk_ids):
            rows = self._rows(
                "SELECT id, chunk_id, article_id, start, end, paragraph FROM sentences"
                f" WHERE chunk_id IN ({_marks(part)}) ORDER BY id",
                part,
            )
            for number, chunk_id, article_id, start, end, paragraph in rows:
                text = self.article(article_id).text[start:end]
                found.append(StoredSentence(number, chunk_id, Span(article_id, start, end), text, paragraph))
        return found

    def all_chunks(self) -> list[StoredChunk]:
        """Every chunk, by number."""
        return self.chunks([row[0] for row in self._rows("SELECT id FROM chunks ORDER BY id")])

    def chunk_ids(self, article_ids: Sequence[str]) -> list[int]:
        """The chunks of some articles."""
        return self._ids("chunks", article_ids)

    def sentence_ids(self, article_ids: Sequence[str]) -> list[int]:
        """The sentences of some articles."""
        return self._ids("sentences", article_ids)

    def _ids(self, table: str, article_ids: Sequence[str]) -> list[int]:
        return [
            row[0]
            for part in _parts(article_ids)
            for row in self._rows(f"SELECT id FROM {table} WHERE article_id IN ({_marks(part)}) ORDER BY id", part)
        ]

    def chunks_of_sentences(self, sentence_ids: Sequence[int]) -> dict[int, int]:
        """The chunk that each sentence belongs to."""
        found: dict[int, int] = {}
        for part in _parts(sentence_ids):
            found.update(self._rows(f"SELECT id, chunk_id FROM sentences WHERE id IN ({_marks(part)})", part))
        return found

    def match(self, fts_query: str, count: int, article_ids: Sequence[str] | None = None) -> list[tuple[int, float]]:
        """Chunks that match an FTS5 query, best first, as (chunk id, BM25 score: higher is better).

        Args:
            fts_query: in FTS5 syntax; `embeddings.lexical_index` makes one from a user's words.
            article_ids: only chunks of these articles; `None` for all.
        """
        only = "" if article_ids is None else f"AND chunks.article_id IN ({_marks(article_ids)})"
        rows = self._rows(
            "SELECT chunks_fts.rowid, -bm25(chunks_fts) AS score FROM chunks_fts JOIN chunks ON chunks.id = chunks_fts.rowid"
            f" WHERE chunks_fts MATCH ? {only} ORDER BY score DESC, chunks_fts.rowid LIMIT ?",
            [fts_query, *(article_ids or ()), count],
        )
        return [(row[0], row[1]) for row in rows]

    def chunk_frequency(self, stems: Iterable[str]) -> dict[str, int]:
        """In how many chunks each stemmed word occurs; a word that never occurs is left out."""
        found: dict[str, int] = {}
        for part in _parts(list(stems)):
            found.update(self._rows(f"SELECT term, doc FROM chunks_vocabulary WHERE term IN ({_marks(part)})", part))
        return found

    def vocabulary(self) -> list[str]:
        """Every stemmed word of the collection; of scripts without spaces, every letter and every pair of neighbours."""
        return [row[0] for row in self._rows("SELECT term FROM chunks_vocabulary ORDER BY term")]

    def article_ids(self, filters: Filters) -> list[str]:
        """The articles that pass all filters, by id."""
        kept = []
        for article in self.articles():
            day = article.published_on
            if (
                (not filters.article_ids or article.id in filters.article_ids)
                and (not filters.publisher or filters.publisher.casefold() in (article.publisher or "").casefold())
                and (not filters.since or (day is not None and day >= filters.since))
                and (not filters.until or (day is not None and day <= filters.until))
            ):
                kept.append(article.id)
        return kept

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._db.execute(sql, tuple(values)).fetchall()


def _sentence_row(sentence: Sentence) -> tuple[str, int, int, int]:
    return (sentence.span.article_id, sentence.span.start, sentence.span.end, sentence.paragraph)


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def _parts(values: Sequence[T]) -> Iterable[Sequence[T]]:
    """A long list in pieces that SQLite takes as variables of one statement."""
    for start in range(0, len(values), SQL_VARIABLES):
        yield values[start : start + SQL_VARIABLES]
