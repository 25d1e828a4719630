"""Measures how well figures are named by metric, against labels: how many of the names given are right, how many figures get one.

Names nothing itself (`embeddings.metrics.matching`), and prints nothing (`.naming_tables`). A label is a line of JSON: a
`sentence`, or `article_id` and `occurrence_in_article` (from 0), the figure's `text` in it, and its `metric`, null for none.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article
from corpus.figures.extraction import figures_in
from corpus.figures.figure import Figure
from embeddings.evaluation.labelled_files import EvaluationError, Row, json_rows, read_lines
from embeddings.evaluation.report import Measure, ratio_of_sums
from embeddings.evaluation.report import Row as ReportRow
from embeddings.evaluation.selection import Half, chosen
from embeddings.metrics.matching import MetricMatch

CURE = "A file of figures named by metric holds a JSON object a line, with 'text' and 'metric'."
Naming = Callable[[Sequence[Figure], Sequence[str]], Sequence[MetricMatch]]


@dataclass(frozen=True, slots=True)
class NameLabel:
    """One figure and the key of its metric, or none: `text` is found in a sentence of its own, or in an article."""

    set: str
    place: str  # file:line
    line: str  # as it stands in the file: its CRC-32 says which half it is in
    sentence: str | None
    article_id: str | None
    text: str
    occurrence: int  # from 0
    metric: str | None

    @property
    def half(self) -> Half:
        """The half that a label is in for good: the threshold was fitted on lines whose CRC-32 is even."""
        return Half.REPORTED if zlib.crc32(self.line.encode()) % 2 else Half.TUNING


@dataclass(frozen=True, slots=True)
class NameOutcome:
    """The name that a labelled figure got; `is_read` is false where the figure was not found in the text at all."""

    label: NameLabel
    given: str | None
    is_read: bool

    @property
    def is_right(self) -> bool:
        """Whether the name is the label's, where one is none, too."""
        return self.given == self.label.metric


@dataclass(frozen=True, slots=True)
class NamingReport:
    """Everything that one measuring of names found; `rows` are by file, none where all is of one."""

    set: str
    half: str
    encoder: str
    metrics: int
    measures: tuple[Measure, ...]
    rows: tuple[ReportRow, ...]
    outcomes: tuple[NameOutcome, ...]
    notes: tuple[str, ...]


def holds_names(path: Path) -> bool:
    """Whether a file's first object names a figure's metric; not so where it cannot be read, which others say."""
    try:
        first = next(json_rows(path), None)
    except EvaluationError:
        return False
    return first is not None and {"text", "metric"} <= set(first.values)


def read_name_labels(paths: Iterable[Path], half: Half = Half.ALL, limit: int | None = None) -> list[NameLabel]:
    """Read files of labels as one set, in order: a half of them, at most `limit`, always the same ones.

    Raises:
        EvaluationError: a file cannot be read, a line does not hold what it must or stands there twice, or nothing is left.
    """
    labels: dict[str, NameLabel] = {}
    for path in paths:
        lines = [line for line in read_lines(path, CURE) if line.strip()]
        for row, line in zip(json_rows(path, CURE), lines, strict=True):
            if line in labels:
                raise EvaluationError(f"{row.place}: the same line is {labels[line].place} already. Remove one.")
            labels[line] = _label(row, path.stem, line)
    kept = [line for line, label in labels.items() if half in (Half.ALL, label.half)]
    if not kept:
        raise EvaluationError(f"None of the {len(labels)} figures is in the half {str(half)!r}. Use --half all.")
    return [labels[line] for line in chosen(kept, Half.ALL, limit)]


def _label(row: Row, name: str, line: str) -> NameLabel:
    metric = row.text("metric") if row.values.get("metric") is not None else None
    occurrence = row.values.get("occurrence_in_article", 0)
    if not isinstance(occurrence, int) or occurrence < 0:
        raise row.wrong("occurrence_in_article", "a whole number from 0")
    sentence, article_id = (row.text(key) if key in row.values else None for key in ("sentence", "article_id"))
    if (sentence is None) == (article_id is None):
        raise EvaluationError(f"{row.place}: must have either 'sentence' or 'article_id'.")
    label = NameLabel(name, row.place, line, sentence, article_id, row.text("text"), occurrence, metric)
    if sentence is not None and _place(sentence, label) is None:
        raise EvaluationError(f"{row.place}: {label.text!r} is not in the sentence.")
    return label


def measure_names(
    labels: Sequence[NameLabel], articles: Mapping[str, Article], metrics: Sequence[str], naming: Naming, half: Half, encoder: str
) -> NamingReport:
    """Name the labelled figures, all at once, and count the names.

    Args:
        articles: the collection, by id; labels about others, or about words that it does not hold, are left out, with a note.
        metrics: the keys of the catalogue that names them.
        naming: gives a match for each figure and its sentence, as `match_metrics` does.
        encoder: its name, for the report.
    Raises:
        EvaluationError: no label is about an article of the collection, or one names a metric that the catalogue lacks.
    """
    if unknown := [label for label in labels if label.metric is not None and label.metric not in metrics]:
        raise EvaluationError(
            f"{unknown[0].place}: the catalogue has no metric {unknown[0].metric!r}. Set CATALOGUE_FILE to the labelled one."
        )
    found = [(label, article) for label in labels if (article := _held(label, articles))]
    if not found:
        raise EvaluationError(f"None of the {len(labels)} labels is about an article of the collection. Set COLLECTION_DIR.")
    outcomes = _outcomes(found, naming)
    name = " + ".join(dict.fromkeys(label.set for label in labels))
    left_out = len(labels) - len(found)
    notes = [f"Left out: {left_out} labels on articles that the collection lacks or holds in other words."] if left_out else []
    return NamingReport(
        name, str(half), encoder, len(metrics), tuple(_measures(outcomes)), _rows(outcomes), tuple(outcomes), tuple(notes)
    )


def _held(label: NameLabel, articles: Mapping[str, Article]) -> Article | None:
    article = Article("sentence", label.sentence) if label.sentence is not None else articles.get(label.article_id or "")
    return article if article and _place(article.text, label) is not None else None


def _place(text: str, label: NameLabel) -> int | None:
    """Where the labelled words begin; nothing where the text does not have them often enough."""
    place = -1
    for _ in range(label.occurrence + 1):
        place = text.find(label.text, place + 1)
        if place < 0:
            return None
    return place


def _outcomes(found: Sequence[tuple[NameLabel, Article]], naming: Naming) -> list[NameOutcome]:
    read = {article.source_digest: figures_in(article).figures for _, article in found}
    figures = [_figure(label, article, read[article.source_digest]) for label, article in found]
    named = [(figure, article) for figure, (_, article) in zip(figures, found, strict=True) if figure is not None]
    sentences = [article.text[figure.sentence_start : figure.sentence_end] for figure, article in named]
    matches = iter(naming([figure for figure, _ in named], sentences))
    return [
        NameOutcome(label, next(matches).key if figure else None, figure is not None)
        for (label, _), figure in zip(found, figures, strict=True)
    ]


def _figure(label: NameLabel, article: Article, figures: Sequence[Figure]) -> Figure | None:
    start = _place(article.text, label)
    assert start is not None  # `_held` has looked
    end = start + len(label.text)
    return next((figure for figure in figures if figure.start < end and start < figure.end), None)


def _measures(outcomes: Sequence[NameOutcome]) -> list[Measure]:
    right = [one.is_right and one.given is not None for one in outcomes]
    given, wanted = [one.given is not None for one in outcomes], [one.label.metric is not None for one in outcomes]
    return [ratio_of_sums(key, list(zip(right, of, strict=True))) for key, of in (("precision", given), ("recall", wanted))]


def _rows(outcomes: Sequence[NameOutcome]) -> tuple[ReportRow, ...]:
    names = dict.fromkeys(outcome.label.set for outcome in outcomes)
    by_name = {name: [outcome for outcome in outcomes if outcome.label.set == name] for name in names}
    rows = tuple(ReportRow("file", name, len(of_file), tuple(_measures(of_file))) for name, of_file in by_name.items())
    return rows if len(rows) > 1 else ()
