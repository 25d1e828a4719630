"""Reports as JSON, one a line: written whole, read back as far as a comparison needs them."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from embeddings.evaluation.labelled_files import EvaluationError, Row, json_rows
from embeddings.evaluation.outcomes import Label, Outcome
from embeddings.evaluation.report import Measure, Report
from embeddings.evaluation.report import Row as ReportRow

FORMAT, VERSION = "corpusbot evaluate", 1
DIGITS = 4
CURE = "A report is what corpusbot evaluate --out FILE writes."


@dataclass(frozen=True, slots=True)
class SavedReport:
    """What was measured, and what came of each question."""

    place: str
    set: str
    measured: str
    outcomes: Mapping[str, Outcome]  # by the question's id


def report_record(report: Report) -> dict[str, Any]:
    """A report as one JSON object; numbers by group and name, outcomes by question."""
    source = report.source
    return {
        "report": FORMAT,
        "version": VERSION,
        "measured_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        **asdict(source),
        "questions": report.answerable,
        "unanswerable": len(report.outcomes) - report.answerable,
        "results": _by_group(report.measures, lambda measure: _rounded(measure.value)),
        "intervals": _by_group(report.measures, _ends),
        "counted": _by_group(report.measures, lambda measure: measure.questions),
        "auroc": _rounded(report.value("confidence/auroc")),
        "breakdowns": _breakdowns(report.rows),
        "notes": list(report.notes),
        "failures": [outcome.label.id for outcome in report.outcomes if not outcome.reply_is_right],
        "outcomes": [_outcome_record(outcome) for outcome in report.outcomes],
    }


def _by_group(measures: Iterable[Measure], told: Any) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for measure in measures:
        group, _, name = measure.key.partition("/")
        found.setdefault(group, {})[name] = told(measure)
    return found


def _ends(measure: Measure) -> list[float] | None:
    return [round(measure.interval.low, DIGITS), round(measure.interval.high, DIGITS)] if measure.interval else None


def _breakdowns(rows: Iterable[ReportRow]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(row.by, {})[row.value] = {
            "questions": row.questions,
            "results": {measure.key: _rounded(measure.value) for measure in row.measures},
            "intervals": {measure.key: _ends(measure) for measure in row.measures},
        }
    return found


def _outcome_record(outcome: Outcome) -> dict[str, Any]:
    return {
        **asdict(outcome.label),
        "answered": outcome.answered,
        "caution": outcome.caution,
        "confidence": _rounded(outcome.confidence),
        "first_is_right": outcome.first_is_right,
        "values": {key: _rounded(value) for key, value in outcome.values.items()},
        "stage_ms": {stage: round(took, 2) for stage, took in outcome.stage_ms.items()},
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def write_reports(reports: Sequence[Report], path: Path) -> None:
    """Write reports to a file, one a line; raises as `write_records` does."""
    write_records(map(report_record, reports), path)


def write_records(records: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write the records of reports of any kind to a file, one a line.

    Raises:
        EvaluationError: the file cannot be written.
    """
    try:
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    except OSError as error:
        raise EvaluationError(f"{path} cannot be written: {error.strerror}.") from error


def read_reports(path: Path) -> list[SavedReport]:
    """Read what `write_reports` wrote.

    Raises:
        EvaluationError: the file cannot be read, or is no report.
    """
    try:
        found = [_saved(row) for row in json_rows(path)]
    except EvaluationError as error:
        raise EvaluationError(f"{error} {CURE}") from error
    if not found:
        raise EvaluationError(f"{path} holds no report. {CURE}")
    return found


def _saved(row: Row) -> SavedReport:
    if row.values.get("report") != FORMAT:
        raise row.wrong("report", repr(FORMAT))
    if row.values.get("version") != VERSION:
        raise row.wrong("version", f"{VERSION}, which this corpusbot reads")
    outcomes = [_outcome(entry) for entry in row.rows("outcomes")]
    return SavedReport(row.place, row.text("set"), row.text("measured"), {outcome.label.id: outcome for outcome in outcomes})


def _outcome(row: Row) -> Outcome:
    return Outcome(
        Label(row.text("id"), row.flag("answerable"), row.text("kind"), row.text("language"), row.text("digest")),
        row.flag("answered"),
        row.flag("caution"),
        row.number("confidence"),
        row.flag("first_is_right"),
        row.numbers("values"),
        row.numbers("stage_ms"),
    )
