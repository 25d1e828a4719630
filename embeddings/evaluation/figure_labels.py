"""Labelled figures: what a file of them must hold, and where each labelled figure stands in its article.

Reads no figure out of a text itself and measures nothing (`embeddings.evaluation.figures`).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from corpus.article import Article
from corpus.figures.figure import ARTICLE, Bound, Status
from embeddings.evaluation.labelled_files import EvaluationError, Row, json_rows, read_lines
from embeddings.evaluation.questions import hashed

CURE = "A file of labelled figures holds a JSON object a line."
Choice = TypeVar("Choice", bound=StrEnum)
Place = tuple[int, int]  # code points, end excluded


@dataclass(frozen=True, slots=True)
class FigureLabel:
    """One figure as it ought to be read; `text` is its span, the `occurrence`-th (from 1) in its paragraph or text.

    `subject_also` are wordings that are as right as `subject`.
    """

    text: str
    occurrence: int
    low: Decimal
    high: Decimal
    bound: Bound
    unit: str
    status: Status
    period_start: dt.date | None
    period_end: dt.date | None
    subject: str
    place: str | None
    speaker: str
    subject_also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """All figures of one paragraph of an article (`paragraph` from 1, headings left out), or of a text of its own."""

    id: str
    article_id: str | None
    paragraph: int
    text: str
    published_on: dt.date | None
    figures: tuple[FigureLabel, ...]
    set: str  # the name of its file
    place: str  # file:line
    digest: str


@dataclass(frozen=True, slots=True)
class LocatedLine:
    """A labelled line in its article: the stretch that is looked at, and the place of each labelled figure, in their order."""

    line: LabelledLine
    article: Article
    window: Place
    places: tuple[Place, ...]


def holds_figures(path: Path) -> bool:
    """Whether a file's first object has the key `figures`; not so where it cannot be read, which others say."""
    try:
        first = next(json_rows(path), None)
    except EvaluationError:
        return False
    return first is not None and "figures" in first.values


def read_figure_files(paths: Iterable[Path]) -> list[LabelledLine]:
    """Read several files of labelled figures as one set.

    Raises:
        EvaluationError: a file cannot be read or is empty, a line is malformed, or an id is there twice.
    """
    taken: dict[str, LabelledLine] = {}
    for path in paths:
        if not any(line.strip() for line in read_lines(path, CURE)):
            raise EvaluationError(f"{path}: there are no labelled figures in it.")
        for row in json_rows(path, CURE):
            line = _line(row, path.stem)
            if other := taken.get(line.id):
                raise EvaluationError(f"{row.place}: the id {line.id!r} is taken by {other.place}. Change one of them.")
            taken[line.id] = line
    return list(taken.values())


def _line(row: Row, name: str) -> LabelledLine:
    article_id = None if row.values.get("article_id") is None else row.text("article_id")
    if (article_id is None) == (row.values.get("text") is None):
        raise EvaluationError(f"{row.place}: give either 'article_id' and 'paragraph', or 'text'.")
    if not isinstance(row.values.get("figures"), list):
        raise row.wrong("figures", "a list of objects, empty where there is no figure")
    line = LabelledLine(
        row.text("id"),
        article_id,
        1 if article_id is None else _counted(row, "paragraph"),
        "" if article_id else row.text("text"),
        _day(row, "published_on"),
        tuple(_figure(entry) for entry in row.rows("figures")),
        name,
        row.place,
        hashed(row.values),
    )
    if article_id is None:
        located(line, {})  # a text of its own must hold its figures
    return line


def _figure(row: Row) -> FigureLabel:
    low, high = _ends(row)
    label = FigureLabel(
        row.text("text"),
        _counted(row, "occurrence") if "occurrence" in row.values else 1,
        low,
        high,
        _one_of(row, "bound", Bound),
        row.text("unit"),
        _one_of(row, "status", Status),
        _day(row, "period_start"),
        _day(row, "period_end"),
        _words(row, "subject") or "",
        _words(row, "place"),
        row.text("speaker", ARTICLE),
        row.texts("subject_also"),
    )
    if label.period_start and (label.period_end is None or label.period_end < label.period_start):
        raise row.wrong("period_end", "a day that is not before 'period_start'")
    return label


def _ends(row: Row) -> tuple[Decimal, Decimal]:
    """The two ends of a range, or twice the value; a range has no `value`, a value no other ends."""
    value, low, high = (_number(row, key) for key in ("value", "low", "high"))
    if value is None:
        if low is None or high is None or low >= high:
            raise row.wrong("value", "a number; or null, with 'low' below 'high', for a range")
        return low, high
    for key, end in (("low", low), ("high", high)):
        if end not in (None, value):
            raise row.wrong(key, f"null or the value, {value}; a range has the value null")
    return value, value


def _number(row: Row, key: str) -> Decimal | None:
    if (value := row.values.get(key)) is None:
        return None
    row.number(key)
    number = Decimal(str(value))  # as it is written: 17.1, not the binary number next to it
    if not number.is_finite():
        raise row.wrong(key, "a number or null")
    return number


def _counted(row: Row, key: str) -> int:
    value = row.values.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise row.wrong(key, "a whole number from 1")
    return value


def _words(row: Row, key: str) -> str | None:
    return None if row.values.get(key) in (None, "") else row.text(key)


def _one_of(row: Row, key: str, choices: type[Choice]) -> Choice:
    try:
        return choices(row.values.get(key) or "")
    except ValueError:
        raise row.wrong(key, f"one of: {', '.join(repr(str(choice)) for choice in choices)}") from None


def _day(row: Row, key: str) -> dt.date | None:
    if (value := row.values.get(key)) is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise row.wrong(key, "a date like 2025-03-05, or null") from None


def located(line: LabelledLine, articles: Mapping[str, Article]) -> LocatedLine | None:
    """Find a line's article, paragraph and figures.

    Returns:
        Nothing when the article, the paragraph or a figure's words are not there: the collection may hold an original where
        the label is about a brief.
    Raises:
        EvaluationError: a text of its own lacks a figure's words, or two figures of a line overlap.
    """
    article = articles.get(line.article_id) if line.article_id else Article(line.id, line.text, published_on=line.published_on)
    if article is None or (window := _window(line, article)) is None:
        return None
    found = [(label, _find(article.text, window, label)) for label in line.figures]
    lost = next((label for label, place in found if place is None), None)
    if lost and line.article_id is None:
        raise EvaluationError(f"{line.place}: {lost.text!r} does not occur {lost.occurrence} times in the text.")
    places = tuple(place for _, place in found if place is not None)
    in_order = sorted(places)
    if any(after[0] < before[1] for before, after in pairwise(in_order)):
        raise EvaluationError(f"{line.place}: two figures overlap in the text. Check 'text' and 'occurrence'.")
    return None if lost else LocatedLine(line, article, window, places)


def _window(line: LabelledLine, article: Article) -> Place | None:
    if line.article_id is None:
        return 0, len(article.text)
    found = next((paragraph for paragraph in article.paragraphs() if paragraph.number == line.paragraph), None)
    return (found.start, found.end) if found else None


def _find(text: str, window: Place, label: FigureLabel) -> Place | None:
    start, end = window
    place = start - 1
    for _ in range(label.occurrence):
        place = text.find(label.text, place + 1, end)
        if place < 0:
            return None
    return place, place + len(label.text)
