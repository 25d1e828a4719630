"""Reports of `corpusbot evaluate` on the terminal, in files, and beside each other. Measures nothing.

`bot.evaluate_command` imports it when it runs: what draws and prints takes a while to load.
"""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.console import err, out
from bot.terminal import print_json
from embeddings.evaluation.comparison import compare_reports
from embeddings.evaluation.figure_tables import FIGURES, figure_record, print_figure_report
from embeddings.evaluation.figures import FigureReport
from embeddings.evaluation.labelled_files import EvaluationError
from embeddings.evaluation.metric_naming import NamingReport
from embeddings.evaluation.naming_tables import NAMES, naming_record, print_naming_report
from embeddings.evaluation.report import Report
from embeddings.evaluation.risk_plot import plot_risk_coverage
from embeddings.evaluation.saved_reports import read_reports, report_record, write_records
from embeddings.evaluation.tables import WIDTH, print_comparisons, print_report

AnyReport = Report | FigureReport | NamingReport


def tell(reports: Sequence[AnyReport], as_json: bool, out_file: Path | None, plot: Path | None) -> None:
    """Print reports as tables or as JSON, one a line, and write them to files where these are named.

    Raises:
        EvaluationError: a file cannot be written.
    """
    console = _wide_console()
    records = [_record(report) for report in reports]
    for report, record in zip(reports, records, strict=True):
        if as_json:
            print_json(out, record)
        else:
            _print(console, report)
    if out_file:
        write_records(records, out_file)
        err.print(f"The report is in {out_file}.", markup=False, soft_wrap=True)
    if plot:
        plot_risk_coverage([report for report in reports if isinstance(report, Report)], plot)
        err.print(f"The risk-coverage curve is in {plot}.", markup=False, soft_wrap=True)


def _record(report: AnyReport) -> dict[str, Any]:
    if isinstance(report, FigureReport):
        return figure_record(report)
    return naming_record(report) if isinstance(report, NamingReport) else report_record(report)


def _print(console: Console, report: AnyReport) -> None:
    if isinstance(report, FigureReport):
        print_figure_report(console, report)
    elif isinstance(report, NamingReport):
        print_naming_report(console, report)
    else:
        print_report(console, report)


def _wide_console() -> Console:
    # Without a terminal rich folds tables at 80 columns.
    return Console(highlight=False, width=None if out.is_terminal else WIDTH)


def compare_saved(first: Path, second: Path, as_json: bool) -> None:
    """Compare two files of reports, question by question.

    Raises:
        EvaluationError: a file cannot be read, or holds reports that cannot be compared.
    """
    reports = read_reports(first), read_reports(second)
    if of_figures := [report for saved in reports for report in saved if report.measured in (FIGURES, NAMES)]:
        raise EvaluationError(f"{of_figures[0].place} is a report on figures; only reports on questions can be compared.")
    comparisons = compare_reports(*reports)
    if not as_json:
        print_comparisons(_wide_console(), comparisons)
        return
    for comparison in comparisons:
        differences = [{**asdict(found), "verdict": found.verdict} for found in comparison.differences]
        record = {"set": comparison.first.set, "shared": comparison.shared, "left_out": comparison.left_out}
        print_json(out, {**record, "differences": differences})
