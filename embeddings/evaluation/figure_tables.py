"""Prints a report on figures for people, and makes the record that machines read. Counts nothing itself."""

import datetime as dt
from typing import Any

from rich.console import Console

from embeddings.evaluation.catalogue import Unit, written, written_interval
from embeddings.evaluation.figures import FigureReport, LineOutcome
from embeddings.evaluation.report import Measure
from embeddings.evaluation.saved_reports import DIGITS, FORMAT, VERSION
from embeddings.evaluation.tables import print_table, table_of

FIGURES = "figures"  # what was measured, in a report's record
TITLES = {
    "spans": "Spans: the very same letters, with 95 % intervals",
    "overlaps": "Spans: at least one letter in common, with 95 % intervals",
    "details": "What is said of the figures found (by overlap), with 95 % intervals and the number of cases",
}
LABELS = {
    "spans/precision": "precision",
    "spans/recall": "recall",
    "spans/f1": "F1",
    "overlaps/precision": "precision",
    "overlaps/recall": "recall",
    "overlaps/f1": "F1",
    "details/value_and_unit": "value and unit",
    "details/value": "value",
    "details/unit": "unit",
    "details/subject": "subject",
    "details/date": "date",
    "details/date_labelled": "  where one is given",
    "details/status": "status",
    "details/status_labelled": "  forecasts and targets",
    "details/bound": "bound",
    "details/bound_labelled": "  where one is given",
    "details/place": "place",
    "details/place_labelled": "  where one is given",
    "details/speaker": "speaker",
    "details/speaker_labelled": "  not the article",
}
IN_ROWS = ("spans/f1", "details/value_and_unit", "details/status", "details/date", "details/subject")
ROW_HEADINGS = ("span F1", "value and unit", "status", "date", "subject")


def print_figure_report(console: Console, report: FigureReport) -> None:
    """Print everything that one measuring of figures found."""
    console.print(
        f"{report.set}: {report.figures} labelled figures in {report.lines} paragraphs and texts (half: {report.half})",
        style="bold",
        markup=False,
        soft_wrap=True,
    )
    for group, title in TITLES.items():
        table = table_of(title, "measure", *report.readers)
        for key in (key for key in LABELS if key.startswith(f"{group}/")):
            table.add_row(LABELS[key], *(_cell(report.measure(f"{reader}/{key}")) for reader in report.readers))
        print_table(console, table)
    _print_rows(console, report)
    for note in report.notes:
        console.print(f"Note: {note}", markup=False, soft_wrap=True)


def _cell(measure: Measure | None) -> str:
    if measure is None or measure.value is None:
        return "–"
    value, interval = written(measure.value, Unit.SCORE), written_interval(measure.interval, Unit.SCORE).replace(" ", "")
    return f"{value} ({interval}) of {measure.questions}"


def _print_rows(console: Console, report: FigureReport) -> None:
    if not report.rows:
        return
    table = table_of("Our own reading, by file", "file", "lines", *ROW_HEADINGS)
    for row in report.rows:
        by_key = {measure.key: measure.value for measure in row.measures}
        table.add_row(row.value, str(row.questions), *(written(by_key.get(key), Unit.SCORE) for key in IN_ROWS))
    print_table(console, table)


def figure_record(report: FigureReport) -> dict[str, Any]:
    """A report on figures as one JSON object; numbers by reader and measure, what went wrong by labelled line."""
    return {
        "report": FORMAT,
        "version": VERSION,
        "measured_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "measured": FIGURES,
        "set": report.set,
        "half": report.half,
        "lines": report.lines,
        "figures": report.figures,
        "results": {reader: _results(report, reader) for reader in report.readers},
        "by_file": {row.value: {measure.key: _number(measure) for measure in row.measures} for row in report.rows},
        "notes": list(report.notes),
        "outcomes_by_line": [_line_record(outcome) for outcome in report.outcomes],
    }


def _results(report: FigureReport, reader: str) -> dict[str, dict[str, Any]]:
    found = {key: report.measure(f"{reader}/{key}") for key in LABELS}
    return {key: _number(measure) for key, measure in found.items() if measure is not None}


def _number(measure: Measure) -> dict[str, Any]:
    interval = measure.interval
    return {
        "value": None if measure.value is None else round(measure.value, DIGITS),
        "interval": [round(interval.low, DIGITS), round(interval.high, DIGITS)] if interval else None,
        "cases": measure.questions,
    }


def _line_record(outcome: LineOutcome) -> dict[str, Any]:
    return {
        "id": outcome.line.id,
        "digest": outcome.line.digest,
        "figures": len(outcome.line.figures),
        "missed": list(outcome.missed),
        "extra": list(outcome.extra),
        "wrong": [{"text": wrong.text, "details": list(wrong.details)} for wrong in outcome.wrong],
    }
