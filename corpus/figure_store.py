"""The figures of one corpus database, in tables that any SQLite program opens as they are (Datasette: `datasette corpus.db`).

    metrics            key, title, title_zh, aliases (a JSON list; titles in yet other languages are among them), unit:
                       the catalogue as it was at the reindex, in its order
    figures            one row a figure:
        id, metric     `metric` is a key of `metrics`, or empty where no metric fits
        value, low, high, unit         in base units: 600 billion yuan are 600000000000 CNY; all three are equal but for a range
        approximate, bound             1 for a range or a bound; `bound` is above, below, about or empty
        text           the number as written: `substr(articles.text, start + 1, end - start)`
        subject, place, status, speaker  what, whose or where, reported | forecast | target, who says so
        period_start, period_end, period_text  ISO days, both included, and the words; words without days were not resolved
        article_id, start, end, sentence_start, sentence_end  where it stands: code points from 0, end excluded
        score          how well the metric fits, as the matching told it
    figures_also_in    figure_id, article_id, start, end: where other articles make the same statement
    figures_left_out   article_id, start, end, text, reason: numbers that could not be read surely
    figures_with_source  a view: figures with the metric's title, the article's title, publisher, day and address,
                       the sentence, and `also_in` as a JSON list of article ids

Decides nothing: `embeddings.metrics.figure_indexing` says what goes in. Values are kept to about 15 digits (REAL).
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlite_utils import Database

from corpus.article import Article, Span
from corpus.figure_rows import COLUMNS, figure_of_row, figure_row, is_whole, iso_day
from corpus.figures.catalogue import Metric
from corpus.figures.figure import Figure, LeftOut


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A figure on its way into the store, with the other places where articles say the same."""

    figure: Figure
    metric: str | None = None
    score: float = 0.0
    also_in: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredFigure:
    """A figure with its number in the store, its sentence and its article.

    `also_in` names the other articles that make the same statement, by id.
    """

    id: int
    figure: Figure
    sentence: str
    article: Article
    metric: str | None
    score: float
    also_in: tuple[str, ...]


class FigureStore:
    """The figures of a corpus database; `CorpusStore.figures` gives it."""

    def __init__(self, db: Database, article: Callable[[str], Article]) -> None:
        """Read from and write to an open database.

        Args:
            article: gives an article of the same database by its id.
        """
        self._db = db
        self._article = article

    # --- writing ---------------------------------------------------------------------------------------------------

    def add_metrics(self, metrics: Iterable[Metric]) -> None:
        """Store the catalogue's metrics, all or none; before the figures that name them."""
        rows = [
            {
                "key": metric.key,
                "title": metric.title,
                "title_zh": metric.titles.get("zh"),
                "aliases": json.dumps([*metric.aliases, *_other_titles(metric)], ensure_ascii=False),
                "unit": metric.unit,
            }
            for metric in metrics
        ]
        with self._db.atomic():
            self._db.table("metrics").insert_all(rows)

    def add(self, entries: Iterable[FigureEntry]) -> None:
        """Store figures, all or none; their articles and metrics are there already."""
        with self._db.atomic():
            first = self._rows("SELECT coalesce(max(id), 0) + 1 FROM figures")[0][0]
            numbered = list(enumerate(entries, first))
            self._db.table("figures").insert_all([_entry_row(number, entry) for number, entry in numbered])
            self._db.table("figures_also_in").insert_all(
                [
                    {"figure_id": number, "article_id": span.article_id, "start": span.start, "end": span.end}
                    for number, entry in numbered
                    for span in entry.also_in
                ]
            )

    def add_left_out(self, article_id: str, left_out: Iterable[LeftOut]) -> None:
        """Store the numbers of one article that could not be read surely, all or none."""
        with self._db.atomic():
            self._db.table("figures_left_out").insert_all(
                [
                    {"article_id": article_id, "start": one.start, "end": one.end, "text": one.text, "reason": one.reason}
                    for one in left_out
                ]
            )

    # --- reading ---------------------------------------------------------------------------------------------------

    def all(
        self,
        metric: str | None = None,
        article_id: str | None = None,
        since: dt.date | None = None,
        named_only: bool = False,
    ) -> list[StoredFigure]:
        """Figures that pass all filters, by their article's day (unknown ones last), within an article in text order.

        Args:
            metric: only figures of the metric with this key.
            article_id: only what this article says, be it kept as another article's figure that is "also in" this one.
            since: only figures about a time that ends on this day or later; where a figure names none, its article's day
                counts, and one without either is left out.
            named_only: only figures that belong to a metric.
        """
        tests: dict[str, tuple[object, ...]] = {}
        if metric is not None:
            tests["figures.metric = ?"] = (metric,)
        if article_id is not None:
            also_in = "SELECT figure_id FROM figures_also_in WHERE article_id = ?"
            tests[f"(figures.article_id = ? OR figures.id IN ({also_in}))"] = (article_id, article_id)
        if since is not None:
            tests["coalesce(period_end, published_on) >= ?"] = (since.isoformat(),)
        if named_only:
            tests["figures.metric IS NOT NULL"] = ()
        return self._stored(" AND ".join(tests) or "1", [value for values in tests.values() for value in values])

    def _stored(self, condition: str, values: Sequence[object]) -> list[StoredFigure]:
        columns = ", ".join(f"figures.{name}" for name in COLUMNS)
        rows = self._rows(
            f"SELECT figures.id, metric, score, {columns} FROM figures JOIN articles ON articles.id = figures.article_id"
            f" WHERE {condition} ORDER BY published_on IS NULL, published_on, figures.article_id, figures.start, figures.id",
            values,
        )
        also_in = self._also_in()
        found = []
        for number, metric, score, *row in rows:
            figure = figure_of_row(row)
            article = self._article(figure.article_id)
            sentence = article.text[figure.sentence_start : figure.sentence_end]
            found.append(StoredFigure(number, figure, sentence, article, metric, score, also_in.get(number, ())))
        return found

    def _also_in(self) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for number, article_id in self._rows("SELECT DISTINCT figure_id, article_id FROM figures_also_in ORDER BY article_id"):
            found[number] = (*found.get(number, ()), article_id)
        return found

    def counts(self) -> dict[str | None, int]:
        """How many figures each metric has; `None` counts those without a metric. A metric without figures is not named."""
        return dict(self._rows("SELECT metric, count(*) FROM figures GROUP BY metric"))

    def metrics(self) -> list[Metric]:
        """The catalogue as it was at the reindex, in its order; titles in yet other languages have become aliases."""
        return [
            Metric(key, title, {"zh": title_zh} if title_zh else {}, tuple(json.loads(aliases)), unit)
            for key, title, title_zh, aliases, unit in self._rows(
                "SELECT key, title, title_zh, aliases, unit FROM metrics ORDER BY rowid"
            )
        ]

    def left_out(self) -> int:
        """How many numbers could not be read surely."""
        return self._count("figures_left_out")

    def totals(self) -> dict[str, int]:
        """How many figures there are, and how many numbers were left out, by the names that a manifest uses."""
        return {"figures": self._count("figures"), "figures_left_out": self.left_out()}

    def _count(self, table: str) -> int:
        return int(self._rows(f"SELECT count(*) FROM {table}")[0][0])

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._db.execute(sql, tuple(values)).fetchall()


def record(stored: StoredFigure) -> dict[str, object]:
    """A figure as it is exported: numbers in base units, whole ones as int; days as `YYYY-MM-DD`; unknown is `None`."""
    figure, article, period = stored.figure, stored.article, stored.figure.period
    return {
        "metric": stored.metric,
        "value": _number(figure.value),
        "low": _number(figure.low),
        "high": _number(figure.high),
        "approximate": figure.is_approximate,
        "unit": figure.unit,
        "text": figure.text,
        "subject": figure.subject,
        "place": figure.place,
        "status": str(figure.status),
        "period_start": iso_day(period.start if period else None),
        "period_end": iso_day(period.end if period else None),
        "speaker": figure.speaker,
        "article_id": figure.article_id,
        "title": article.title,
        "publisher": article.publisher,
        "published_on": iso_day(article.published_on),
        "start": figure.start,
        "end": figure.end,
        "sentence": stored.sentence,
        "also_in": list(stored.also_in),
    }


def _other_titles(metric: Metric) -> list[str]:
    return [title for language, title in metric.titles.items() if language != "zh"]


def _entry_row(number: int, entry: FigureEntry) -> dict[str, object]:
    approximate = int(entry.figure.is_approximate)
    return {"id": number, "metric": entry.metric, "score": entry.score, "approximate": approximate} | figure_row(entry.figure)


def _number(value: Decimal) -> int | float:
    return int(value) if is_whole(value) else float(value)
