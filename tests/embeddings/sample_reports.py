"""Reports made by hand, for the tests of saving, printing and comparing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from embeddings.evaluation.outcomes import Label, Outcome
from embeddings.evaluation.report import Report, Source, make_report
from embeddings.evaluation.saved_reports import write_reports


def outcome(identifier: str, right: bool, score: float = 0.5, digest: str = "same") -> Outcome:
    """An answerable question that was answered, rightly or wrongly."""
    label = Label(identifier, True, "direct" if int(identifier[1:]) % 2 else "keyword", "en", digest)
    values = {"replies/right": float(right), "quotes/first": float(right), "fused/ndcg@10": score, "length/words": 20.0}
    return Outcome(label, True, identifier == "q1", 0.5 + score / 2, right, values, {"answer": 4.0, "total": 5.0})


def report_of(rights: Sequence[bool], measured: str = "questions", name: str = "set", digest: str = "same") -> Report:
    """A report on q0, q1, …: a question that was answered rightly scores 0.9, any other 0.2."""
    outcomes = [outcome(f"q{number}", right, 0.9 if right else 0.2, digest) for number, right in enumerate(rights)]
    return make_report(Source(name, measured, "all", "fake", "g1", 4), outcomes, ["Mind the gap."])


def saved(path: Path, *reports: Report) -> Path:
    """A file of reports."""
    write_reports(reports, path)
    return path
