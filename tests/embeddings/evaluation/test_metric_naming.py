"""How well figures are named by metric: labels in, shares out, each figure that got a wrong name told."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from corpus.article import Article
from corpus.figures.figure import Figure
from embeddings.evaluation.labelled_files import EvaluationError
from embeddings.evaluation.metric_naming import NameLabel, NamingReport, holds_names, measure_names, read_name_labels
from embeddings.evaluation.naming_tables import naming_record, print_naming_report
from embeddings.evaluation.selection import Half
from embeddings.metrics.matching import MetricMatch

ROOT = Path(__file__).resolve().parents[3]
CRANES = {"sentence": "The harbour has 12 cranes.", "text": "12", "metric": "cranes"}
FERRIES = {"sentence": "The harbour has 40 ferries.", "text": "40", "metric": "ferries"}
STALLS = {"sentence": "The harbour has 90 stalls.", "text": "90", "metric": None}
OF_ARTICLE = {"article_id": "quay", "text": "5", "occurrence_in_article": 1, "metric": "cranes"}
QUAY = Article("quay", "Of 5 old cranes none works. The new quay has 5 cranes.")
METRICS = ("cranes", "ferries")


def written(path: Path, *rows: dict[str, Any]) -> Path:
    """A file with an object a line."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def by_last_word(figures: Sequence[Figure], sentences: Sequence[str]) -> list[MetricMatch]:
    """Names a figure as its sentence ends, so that "stalls" is a name that no metric has, and ferries get none."""
    words = [sentence.rstrip(".").split()[-1] for sentence in sentences]
    assert len(words) == len(figures)
    return [MetricMatch(None if word == "ferries" else word, 1.0) for word in words]


def measured(labels: Sequence[NameLabel], *articles: Article) -> NamingReport:
    """A report on some labels, named by their last word."""
    return measure_names(labels, {one.id: one for one in articles}, METRICS, by_last_word, Half.ALL, "last-word")


def test_precision_is_of_the_names_given_and_recall_of_the_figures_with_one(tmp_path: Path) -> None:
    """Cranes are named rightly, stalls though they have no name, ferries not."""
    report = measured(read_name_labels([written(tmp_path / "a.jsonl", CRANES, FERRIES, STALLS)]))
    assert [(one.key, one.value, one.questions) for one in report.measures] == [("precision", 0.5, 2), ("recall", 0.5, 2)]
    assert [one.is_right for one in report.outcomes] == [True, False, False]
    assert (report.set, report.encoder, report.metrics, report.rows) == ("a", "last-word", 2, ())


def test_a_figure_of_an_article_is_found_at_its_place(tmp_path: Path) -> None:
    """The second "5" of the article is the one that is meant; of two files each has its own numbers."""
    files = [written(tmp_path / "a.jsonl", OF_ARTICLE), written(tmp_path / "b.jsonl", FERRIES)]
    report = measured(read_name_labels(files), QUAY)
    assert [outcome.given for outcome in report.outcomes] == ["cranes", None]
    assert [(row.value, [one.value for one in row.measures]) for row in report.rows] == [("a", [1, 1]), ("b", [None, 0])]


def test_a_figure_that_is_not_read_counts_as_not_named(tmp_path: Path) -> None:
    """Nobody is helped by a name that a missed figure would have had."""
    label = {"sentence": "Its harbour opened in 1961.", "text": "1961", "metric": "cranes"}
    report = measured(read_name_labels([written(tmp_path / "a.jsonl", label, CRANES)]))
    assert [(outcome.is_read, outcome.given) for outcome in report.outcomes] == [(False, None), (True, "cranes")]
    assert [one.value for one in report.measures] == [1, 0.5]


def test_labels_on_articles_that_are_not_there_are_left_out_and_said(tmp_path: Path) -> None:
    """Of another collection nothing can be measured; of a part of it, the part is."""
    labels = read_name_labels([written(tmp_path / "a.jsonl", CRANES, OF_ARTICLE)])
    for articles in ([], [Article("quay", "The quay has 5 cranes.")]):
        report = measured(labels, *articles)
        assert len(report.outcomes) == 1
        assert report.notes == ("Left out: 1 labels on articles that the collection lacks or holds in other words.",)
    with pytest.raises(EvaluationError, match="Set COLLECTION_DIR"):
        measured([label for label in labels if label.article_id])


def test_the_halves_are_those_that_the_threshold_knows(tmp_path: Path) -> None:
    """By CRC-32 of the line, odd is reported; the shipped labels have both."""
    files = [ROOT / "tests" / "figures" / name for name in ("metrics.jsonl", "near_metrics.jsonl")]
    reported, tuning = (read_name_labels(files, half) for half in (Half.REPORTED, Half.TUNING))
    assert all(zlib.crc32(label.line.encode()) % 2 for label in reported)
    assert len(reported) + len(tuning) == len(read_name_labels(files))
    assert min(len(reported), len(tuning)) > 40
    assert len(read_name_labels(files, Half.REPORTED, limit=5)) == 5


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (CRANES | {"text": "13"}, "'13' is not in the sentence"),
        (CRANES | {"article_id": "quay"}, "either 'sentence' or 'article_id'"),
        ({"text": "12", "metric": None}, "either 'sentence' or 'article_id'"),
        (CRANES | {"metric": 5}, "'metric' is 5"),
        (OF_ARTICLE | {"occurrence_in_article": -1}, "a whole number from 0"),
    ],
)
def test_a_mistake_in_a_label_is_told_with_its_line(tmp_path: Path, row: dict[str, Any], said: str) -> None:
    """File, line, and what is wrong."""
    with pytest.raises(EvaluationError, match=rf"a\.jsonl:2: .*{said}"):
        read_name_labels([written(tmp_path / "a.jsonl", STALLS, row)])


def test_a_line_that_stands_twice_and_an_empty_half_are_told(tmp_path: Path) -> None:
    """Twice the same figure would count twice."""
    with pytest.raises(EvaluationError, match=r"a\.jsonl:2: the same line is .*a\.jsonl:1 already"):
        read_name_labels([written(tmp_path / "a.jsonl", CRANES, CRANES)])
    (label,) = read_name_labels([written(tmp_path / "a.jsonl", CRANES)])
    other = Half.TUNING if label.half is Half.REPORTED else Half.REPORTED
    with pytest.raises(EvaluationError, match="None of the 1 figures is in the half"):
        read_name_labels([tmp_path / "a.jsonl"], other)


def test_a_metric_that_the_catalogue_lacks_is_told(tmp_path: Path) -> None:
    """Another catalogue than the labelled one cannot be measured with these labels."""
    labels = read_name_labels([written(tmp_path / "a.jsonl", CRANES | {"metric": "windmills"})])
    with pytest.raises(EvaluationError, match=r"the catalogue has no metric 'windmills'\. Set CATALOGUE_FILE"):
        measured(labels)


def test_a_file_of_names_is_known_by_its_first_line(tmp_path: Path) -> None:
    """Labelled figures and questions are other kinds, a missing file is none."""
    assert holds_names(written(tmp_path / "a.jsonl", STALLS))
    assert not holds_names(written(tmp_path / "b.jsonl", {"id": "x", "q": "Who?", "answerable": False}))
    assert not holds_names(written(tmp_path / "c.jsonl", {"id": "x", "text": "12 cranes", "figures": []}))
    assert not holds_names(tmp_path / "missing.jsonl")


def test_the_table_has_both_shares_and_every_wrong_name(tmp_path: Path) -> None:
    """What is printed, and what machines read, say the same."""
    report = measured(read_name_labels([written(tmp_path / "a.jsonl", CRANES, FERRIES, STALLS)]))
    printed = io.StringIO()
    print_naming_report(Console(file=printed, width=128), report)
    assert "a: 3 figures to be named by 2 metrics (half: all); encoder last-word" in printed.getvalue()
    assert "right names, of the names given" in printed.getvalue()
    assert "a.jsonl:2: '40' is ferries, but was not named." in printed.getvalue()
    assert "a.jsonl:3: '90' is without a name, but was named stalls." in printed.getvalue()
    record = naming_record(report)
    assert (record["measured"], record["results"]["precision"]["value"], record["figures"]) == ("names", 0.5, 3)
    assert [wrong["text"] for wrong in record["wrong"]] == ["40", "90"]
    assert json.loads(json.dumps(record)) == record
