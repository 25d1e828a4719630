"""Labelled figures: what a file may hold, where its figures stand, and what is said about a mistake in it."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article, read_article
from corpus.figures.figure import Bound, Status
from embeddings.evaluation.figure_labels import LabelledLine, holds_figures, located, read_figure_files
from embeddings.evaluation.labelled_files import EvaluationError

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = ROOT / "tests" / "figures"
CRANES = {
    "text": "12",
    "occurrence": 1,
    "value": 12,
    "low": 12,
    "high": 12,
    "bound": "above",
    "unit": "count",
    "status": "reported",
    "period_start": None,
    "period_end": "2024-12-31",
    "subject": "cranes",
    "place": "the harbour",
    "speaker": "the article",
}
TRADE = CRANES | {"text": "3 to 4.5 percent", "value": None, "low": 3, "high": 4.5, "unit": "percent", "bound": None}
LINE = {
    "id": "a",
    "text": "It has over 12 cranes. Trade grew 3 to 4.5 percent.",
    "published_on": "2025-02-01",
    "figures": [CRANES, TRADE],
}
HARBOUR = Article("harbour", "# 2024\n\nNothing here.\n\nOf 5 old and 5 new cranes, 15 work.")
OF_ARTICLE = {
    "id": "b",
    "article_id": "harbour",
    "paragraph": 2,
    "figures": [CRANES | {"text": "5", "occurrence": 2, "value": 5, "low": 5, "high": 5}],
}


def read(path: Path, *rows: Any) -> list[LabelledLine]:
    """What is read from a file that holds these objects, or lines."""
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return read_figure_files([path])


def test_a_text_of_its_own(tmp_path: Path) -> None:
    """Text, date and each figure come back; a range has two ends, a value is both of its ends."""
    (line,) = read(tmp_path / "traps.jsonl", LINE)
    assert (line.id, line.article_id, line.set, line.published_on) == ("a", None, "traps", dt.date(2025, 2, 1))
    cranes, trade = line.figures
    assert (cranes.low, cranes.high, cranes.bound, cranes.status) == (12, 12, Bound.ABOVE, Status.REPORTED)
    assert (cranes.period_start, cranes.period_end, cranes.place) == (None, dt.date(2024, 12, 31), "the harbour")
    assert (trade.low, trade.high, trade.bound) == (3, Decimal("4.5"), Bound.NONE)


def test_figures_stand_in_their_paragraph(tmp_path: Path) -> None:
    """Headings are no paragraphs, and an occurrence counts within the paragraph alone."""
    (line,) = read(tmp_path / "briefs.jsonl", OF_ARTICLE)
    found = located(line, {"harbour": HARBOUR})
    assert found is not None
    assert HARBOUR.text[slice(*found.window)].startswith("Of 5 old")
    (place,) = found.places
    assert HARBOUR.text[place[0] :].startswith("5 new")


@pytest.mark.parametrize(
    ("articles", "change"),
    [({}, {}), ({"harbour": HARBOUR}, {"paragraph": 3}), ({"harbour": Article("harbour", "One.\n\nTwo.")}, {})],
    ids=["no such article", "no such paragraph", "other words"],
)
def test_what_is_not_in_the_collection(tmp_path: Path, articles: dict[str, Article], change: dict[str, int]) -> None:
    """A collection may lack the article, or hold it in other words: that is no mistake, but nothing is found."""
    (line,) = read(tmp_path / "briefs.jsonl", OF_ARTICLE | change)
    assert located(line, articles) is None


def test_a_text_makes_an_article(tmp_path: Path) -> None:
    """A text of its own is an article with its date, whatever the collection holds."""
    (line,) = read(tmp_path / "traps.jsonl", LINE)
    found = located(line, {})
    assert found is not None
    assert (found.article.id, found.article.published_on, found.window) == ("a", dt.date(2025, 2, 1), (0, len(line.text)))
    assert [found.article.text[start:end] for start, end in found.places] == ["12", "3 to 4.5 percent"]


def changed(**values: object) -> dict[str, object]:
    """The text of its own with another first figure."""
    return LINE | {"figures": [CRANES | values]}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{", "is not JSON"),
        ("[]", "must be a JSON object"),
        (LINE | {"id": ""}, "'id' is ''"),
        (LINE | {"article_id": "harbour"}, "give either 'article_id' and 'paragraph', or 'text'"),
        ({"id": "a", "figures": []}, "give either 'article_id' and 'paragraph', or 'text'"),
        (OF_ARTICLE | {"paragraph": 0}, "'paragraph' is 0, but must be a whole number from 1"),
        ({"id": "a", "article_id": "harbour", "figures": []}, "'paragraph' is None"),
        (LINE | {"published_on": "May"}, "'published_on' is 'May', but must be a date like"),
        (LINE | {"figures": {}}, "'figures' is {}, but must be a list of objects"),
        (LINE | {"figures": [1]}, "'figures' is [1], but must be a list of objects"),
        (changed(text="99"), "'99' does not occur 1 times"),
        (changed(occurrence=2), "'12' does not occur 2 times"),
        (changed(occurrence=True), "'occurrence' is True"),
        (changed(value="12"), "'value' is '12', but must be a number"),
        (changed(value=None), "'value' is None, but must be a number; or null, with 'low' below 'high'"),
        (changed(low=11), "'low' is 11, but must be null or the value, 12"),
        (changed(value=float("nan")), "'value' is nan"),
        (changed(bound="over"), "'bound' is 'over', but must be one of: '', 'above', 'below', 'about'"),
        (changed(status=None), "'status' is None, but must be one of: 'reported', 'forecast', 'target'"),
        (changed(unit=None), "'unit' is None"),
        (changed(period_end=2024), "'period_end' is 2024, but must be a date"),
        (changed(period_start="2025-01-01"), "'period_end' is '2024-12-31', but must be a day that is not before"),
        (changed(subject=3), "'subject' is 3"),
        (changed(speaker=None), "'speaker' is None"),
        (LINE | {"figures": [CRANES, CRANES | {"text": "over 12"}]}, "two figures overlap"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, row: Any, words: str) -> None:
    """Whatever is wrong with a line, one sentence names file and line, and says what must stand there."""
    path = tmp_path / "bad.jsonl"
    with pytest.raises(EvaluationError) as failure:
        read(path, {"id": "first", "text": "None.", "figures": []}, row)
    assert str(failure.value).startswith(f"{path}:2: ") and words in str(failure.value)
    assert "\n" not in str(failure.value)


def test_empty_files_and_taken_ids(tmp_path: Path) -> None:
    """A file without a line, or that is not there, and an id that stands twice are named."""
    with pytest.raises(EvaluationError, match=r"a\.jsonl: there are no labelled figures in it"):
        read(tmp_path / "a.jsonl", "")
    with pytest.raises(EvaluationError, match=r"none\.jsonl cannot be read"):
        read_figure_files([tmp_path / "none.jsonl"])
    with pytest.raises(EvaluationError, match=r"b\.jsonl:2: the id 'a' is taken by .*b\.jsonl:1"):
        read(tmp_path / "b.jsonl", LINE, LINE)


@pytest.mark.parametrize(
    ("content", "held"),
    [
        ('\n{"id": "a", "figures": []}\n', True),
        ('{"id": "a", "q": "?"}\n{"figures": []}', False),
        ("{", False),
        ("[]", False),
        ("", False),
    ],
)
def test_files_of_figures_are_known_by_content(tmp_path: Path, content: str, held: bool) -> None:
    """The first object tells; a broken or missing file is left to those who say what is wrong with it."""
    (tmp_path / "a.jsonl").write_text(content, encoding="utf-8")
    assert holds_figures(tmp_path / "a.jsonl") is held
    assert not holds_figures(tmp_path / "missing.jsonl")


def test_the_shipped_labels_fit_the_shipped_articles() -> None:
    """Every labelled figure of the briefs stands where its label says, and every paragraph of each brief has its line."""
    lines = read_figure_files([SHIPPED / "briefs.jsonl", SHIPPED / "traps.jsonl"])
    briefs = (ROOT / "corpus" / "articles").glob("*.brief.md")
    articles = {article.id: article for article in map(read_article, briefs)}
    assert [line.place for line in lines if located(line, articles) is None] == []
    labelled = {(line.article_id, line.paragraph) for line in lines if line.article_id}
    assert labelled == {(article.id, paragraph.number) for article in articles.values() for paragraph in article.paragraphs()}
