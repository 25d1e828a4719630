"""Reports are saved, read back, printed and drawn."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from embeddings.evaluation.comparison import MCNEMAR, compare_reports
from embeddings.evaluation.labelled_files import EvaluationError
from embeddings.evaluation.report import Report
from embeddings.evaluation.risk_plot import plot_risk_coverage
from embeddings.evaluation.saved_reports import read_reports, report_record
from embeddings.evaluation.tables import print_comparisons, print_report
from tests.embeddings.sample_reports import report_of, saved

# --- saving ------------------------------------------------------------------------------------------------------------


def test_a_report_comes_back_as_it_was(tmp_path: Path) -> None:
    """Outcomes are read back with everything that a comparison needs."""
    report = report_of([True, False, True])
    (found,) = read_reports(saved(tmp_path / "a.json", report))
    assert (found.set, found.measured, found.place) == ("set", "questions", f"{tmp_path / 'a.json'}:1")
    assert tuple(found.outcomes.values()) == report.outcomes


def test_the_record_holds_numbers_intervals_and_failures() -> None:
    """Numbers by group and name, each with its interval and over how many questions; ids of what went wrong."""
    record = json.loads(json.dumps(report_record(report_of([True, False, True, True]))))
    assert record["results"]["quotes"]["first"] == 0.75
    assert record["counted"]["quotes"]["first"] == 4
    low, high = record["intervals"]["quotes"]["first"]
    assert 0 <= low < 0.75 < high <= 1
    assert record["results"]["latency_ms"] == {"answer_p50": 4, "answer_p95": 4, "total_p50": 5, "total_p95": 5}
    assert record["failures"] == ["q1"]
    assert set(record["breakdowns"]["kind"]) == {"direct", "keyword"}
    assert record["auroc"] is None  # there are no unanswerable questions
    assert (record["questions"], record["unanswerable"], record["half"], record["notes"]) == (4, 0, "all", ["Mind the gap."])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "holds no report"),
        ("{", "is not JSON"),
        ('{"set": "squad"}', "'report' is None, but must be 'corpusbot evaluate'"),
        ('{"report": "corpusbot evaluate", "version": 9}', "'version' is 9, but must be 1"),
        ('{"report": "corpusbot evaluate", "version": 1, "outcomes": 3}', "'outcomes' is 3"),
        ('{"report": "corpusbot evaluate", "version": 1, "outcomes": [{"id": 4}]}', "outcomes[0]: 'id' is 4"),
        ('{"report": "corpusbot evaluate", "version": 1, "outcomes": []}', "'set' is None"),
    ],
)
def test_a_file_that_is_no_report_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    """The sentence names the file, what is wrong and where reports come from."""
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError) as refused:
        read_reports(path)
    assert str(path) in str(refused.value) and problem in str(refused.value) and "--out FILE" in str(refused.value)


@pytest.mark.parametrize("value", ['"x"', "true", "null"])
def test_a_number_that_is_none_is_named(tmp_path: Path, value: str) -> None:
    """A report that was changed by hand is refused by key and value."""
    path = saved(tmp_path / "a.json", report_of([True]))
    path.write_text(path.read_text(encoding="utf-8").replace('"confidence": 0.95', f'"confidence": {value}'), encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"outcomes\[0\]: 'confidence' is .*must be a number"):
        read_reports(path)


# --- showing -----------------------------------------------------------------------------------------------------------


def printed(*reports: Report) -> str:
    """What people see of reports."""
    output = io.StringIO()
    console = Console(file=output, width=128)
    for report in reports:
        print_report(console, report)
    return output.getvalue()


def test_tables_hold_the_numbers_and_stay_narrow() -> None:
    """Every table is there, the numbers are the measured ones, and no line is longer than 128 columns."""
    shown = printed(report_of([True, False, True, True] * 30))
    for words in (
        "By kind",
        "Latency in milliseconds",
        "answer in the first quote",
        "75.0%",
        "Note: Mind the gap.",
        "Went wrong: q1,",
    ):
        assert words in shown
    assert max(len(line) for line in shown.splitlines()) <= 128


def test_a_comparison_is_printed_in_words(tmp_path: Path) -> None:
    """Both numbers, the test, p and the verdict stand in one line."""
    first = read_reports(saved(tmp_path / "a.json", report_of([False] * 8 + [True] * 2)))
    output = io.StringIO()
    second = read_reports(saved(tmp_path / "b.json", report_of([True] * 11)))
    print_comparisons(Console(file=output, width=128), compare_reports(first, second))
    line = next(line for line in output.getvalue().splitlines() if "answer in the first quote" in line)
    for words in ("20.0%", "100.0%", "8 of 10", "0.008", MCNEMAR, "B is better, more than noise"):
        assert words in line
    assert "10 shared questions; 1 that only one of them has" in output.getvalue()
    assert max(len(line) for line in output.getvalue().splitlines()) <= 128


def test_the_risk_coverage_curve_is_drawn(tmp_path: Path) -> None:
    """A PNG for one report or several, also where nothing was answered."""
    path = tmp_path / "risk.png"
    plot_risk_coverage([report_of([True, False, True]), report_of([True])], path)
    assert path.read_bytes().startswith(b"\x89PNG") and path.stat().st_size > 10_000
    with pytest.raises(EvaluationError, match="cannot be written"):
        plot_risk_coverage([report_of([True])], tmp_path / "missing" / "risk.png")
