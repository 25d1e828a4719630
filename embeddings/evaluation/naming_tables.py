"""Prints a report on the names of figures for people, and makes the record that machines read. Counts nothing itself."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from rich.console import Console

from embeddings.evaluation.catalogue import Unit, written, written_interval
from embeddings.evaluation.metric_naming import NameOutcome, NamingReport
from embeddings.evaluation.report import Measure
from embeddings.evaluation.saved_reports import DIGITS, FORMAT, VERSION
from embeddings.evaluation.tables import print_table, table_of

NAMES = "names"  # what was measured, in a report's record
LABELS = {"precision": "right names, of the names given", "recall": "right names, of figures with one"}


def print_naming_report(console: Console, report: NamingReport) -> None:
    """Print the shares, by file too where there are several, and every wrong name."""
    console.print(
        f"{report.set}: {len(report.outcomes)} figures to be named by {report.metrics} metrics (half: {report.half});"
        f" encoder {report.encoder}",
        style="bold",
        markup=False,
        soft_wrap=True,
    )
    columns = ["all", *(row.value for row in report.rows)]
    table = table_of("Figures named by metric, with 95 % intervals and the number of cases", "measure", *columns)
    for place, measure in enumerate(report.measures):
        others = [row.measures[place] for row in report.rows]
        table.add_row(LABELS[measure.key], *map(_cell, [measure, *others]))
    print_table(console, table)
    for note in (*report.notes, *_wrong_lines(report.outcomes)):
        console.print(note, markup=False, soft_wrap=True)


def _cell(measure: Measure) -> str:
    if measure.value is None:
        return "–"
    interval = written_interval(measure.interval, Unit.SCORE).replace(" ", "")
    return f"{written(measure.value, Unit.SCORE)} ({interval}) of {measure.questions}"


def _wrong_lines(outcomes: Sequence[NameOutcome]) -> list[str]:
    return [
        f"Wrong: {one.label.place}: {one.label.text!r} is {one.label.metric or 'without a name'}, but was"
        f" {f'named {one.given}' if one.given else 'not named' if one.is_read else 'not read'}."
        for one in outcomes
        if not one.is_right
    ]


def naming_record(report: NamingReport) -> dict[str, Any]:
    """A report on names as one JSON object; what was wrong by labelled line."""
    return {
        "report": FORMAT,
        "version": VERSION,
        "measured_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "measured": NAMES,
        "set": report.set,
        "half": report.half,
        "encoder": report.encoder,
        "figures": len(report.outcomes),
        "metrics": report.metrics,
        "results": {measure.key: _number(measure) for measure in report.measures},
        "by_file": {row.value: {measure.key: _number(measure) for measure in row.measures} for row in report.rows},
        "notes": list(report.notes),
        "wrong": [
            {
                "label": one.label.place,
                "text": one.label.text,
                "metric": one.label.metric,
                "given": one.given,
                "read": one.is_read,
            }
            for one in report.outcomes
            if not one.is_right
        ],
    }


def _number(measure: Measure) -> dict[str, Any]:
    interval = measure.interval
    return {
        "value": None if measure.value is None else round(measure.value, DIGITS),
        "interval": [round(interval.low, DIGITS), round(interval.high, DIGITS)] if interval else None,
        "cases": measure.questions,
    }
