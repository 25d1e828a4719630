"""The layout of a corpus database, as numbered steps. Append only: a step that has shipped never changes."""

from collections.abc import Callable

from sqlite_utils import Database

from corpus.scripts import spaced


def _articles_sentences_chunks(db: Database) -> None:
    db["articles"].create(  # type: ignore[union-attr]
        {
            "id": str,
            "title": str,
            "publisher": str,
            "author": str,
            "published_on": str,
            "url": str,
            "language": str,
            "kind": str,
            "text": str,
            "digest": str,
            "source_digest": str,
        },
        pk="id",
        not_null={"language", "kind", "text", "digest", "source_digest"},
    )
    db["chunks"].create(  # type: ignore[union-attr]
        {"id": int, "article_id": str, "start": int, "end": int, "heading": str, "text": str},
        pk="id",
        foreign_keys=[("article_id", "articles", "id")],
        not_null={"article_id", "start", "end", "text"},
    )
    db["sentences"].create(  # type: ignore[union-attr]
        {"id": int, "chunk_id": int, "article_id": str, "start": int, "end": int, "paragraph": int},
        pk="id",
        foreign_keys=[("chunk_id", "chunks", "id"), ("article_id", "articles", "id")],
        not_null={"chunk_id", "article_id", "start", "end", "paragraph"},
    )
    db["chunks"].create_index(["article_id"])  # type: ignore[union-attr]
    db["sentences"].create_index(["chunk_id"])  # type: ignore[union-attr]
    db["chunks"].enable_fts(  # type: ignore[union-attr]
        ["text"], fts_version="FTS5", tokenize="porter unicode61 remove_diacritics 2", create_triggers=True
    )
    db.execute("CREATE VIRTUAL TABLE chunks_vocabulary USING fts5vocab('chunks_fts', 'row')")


def _words_without_spaces(db: Database) -> None:
    """The word index holds what `corpus.scripts.spaced` makes of a chunk: unicode61 takes a run of Chinese for one word."""
    for trigger in ("chunks_ai", "chunks_ad", "chunks_au"):
        db.execute(f"DROP TRIGGER {trigger}")
    db.execute("DROP TABLE chunks_vocabulary")
    db.execute("DROP TABLE chunks_fts")
    # Without a content of its own: the pieces of a Chinese text are four times as long as the text and are never shown.
    db.execute("CREATE VIRTUAL TABLE chunks_fts USING fts5(text, content='', tokenize='porter unicode61 remove_diacritics 2')")
    db.execute("CREATE VIRTUAL TABLE chunks_vocabulary USING fts5vocab('chunks_fts', 'row')")
    for chunk_id, text in db.execute("SELECT id, text FROM chunks ORDER BY id").fetchall():
        db.execute("INSERT INTO chunks_fts(rowid, text) VALUES (?, ?)", (chunk_id, spaced(text)))


def _figures(db: Database) -> None:
    """Figures and the metrics they belong to; `corpus.figure_store` says what each column holds."""
    place: dict[str, type] = {"article_id": str, "start": int, "end": int}
    to_article = ("article_id", "articles", "id")
    db.table("metrics").create(
        {"key": str, "title": str, "title_zh": str, "aliases": str, "unit": str}, pk="key", not_null={"title", "aliases", "unit"}
    )
    db.table("figures").create(
        {
            "id": int,
            "metric": str,
            "value": float,
            "low": float,
            "high": float,
            "approximate": int,
            **dict.fromkeys(("bound", "unit", "text", "subject", "place", "status"), str),
            **dict.fromkeys(("period_start", "period_end", "period_text", "speaker"), str),
            **place,
            "sentence_start": int,
            "sentence_end": int,
            "score": float,
        },
        pk="id",
        foreign_keys=[("metric", "metrics", "key"), to_article],
        not_null={"value", "low", "high", "unit", "text", "status", "speaker", "article_id", "start", "end"},
    )
    db.table("figures_also_in").create(
        {"figure_id": int, **place},
        pk=("figure_id", "article_id", "start"),
        foreign_keys=[("figure_id", "figures", "id"), to_article],
    )
    db.table("figures_left_out").create({**place, "text": str, "reason": str}, foreign_keys=[to_article])
    for table, column in (("figures", "metric"), ("figures", "article_id"), ("figures_also_in", "article_id")):
        db.table(table).create_index([column])
    db.create_view("figures_with_source", FIGURES_WITH_SOURCE)


FIGURES_WITH_SOURCE = """
SELECT figures.id, metric, metrics.title AS metric_title, value, low, high, approximate, bound, figures.unit, figures.text,
    subject, place, status, period_start, period_end, period_text, speaker,
    figures.article_id, articles.title, publisher, published_on, url, start, "end",
    substr(articles.text, sentence_start + 1, sentence_end - sentence_start) AS sentence,
    (SELECT json_group_array(article_id) FROM
        (SELECT DISTINCT article_id FROM figures_also_in WHERE figure_id = figures.id ORDER BY article_id)) AS also_in,
    score
FROM figures
JOIN articles ON articles.id = figures.article_id
LEFT JOIN metrics ON metrics.key = figures.metric
"""

MIGRATIONS: list[Callable[[Database], None]] = [_articles_sentences_chunks, _words_without_spaces, _figures]
LATEST = len(MIGRATIONS)


def migrate(db: Database) -> None:
    """Bring a database to the latest layout, each step in one transaction; `user_version` counts the steps done."""
    done: int = db.execute("PRAGMA user_version").fetchone()[0]
    for number, step in enumerate(MIGRATIONS[done:], done + 1):
        # Not `with db.conn`: sqlite-utils commits each statement unless a transaction of its own is open.
        with db.atomic():
            step(db)
            db.execute(f"PRAGMA user_version = {number}")
