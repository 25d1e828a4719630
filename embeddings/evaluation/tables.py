"""Prints reports and comparisons for people, in tables of at most 128 columns. Counts nothing itself."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from embeddings.evaluation.catalogue import RANKINGS, WHERE_ANSWERED, Unit, entry_of, written, written_interval
from embeddings.evaluation.comparison import Comparison
from embeddings.evaluation.ranking_measures import MEASURES
from embeddings.evaluation.report import ROW_KEYS, Measure, Report

WIDTH = 128  # columns, where the output is no terminal with a width of its own
MOST_FAILURES = 60  # ids that are listed
ANSWER_GROUPS = ("replies", "quotes", "length")
DECLINING_GROUPS = ("declining", "confidence")
SAME_AS_RECALL = "declining/rightly_declined"  # counted question by question, for comparisons
ROW_HEADINGS = {
    "replies/right": "right\nreplies",
    "quotes/first": "first\nquote",
    "quotes/first_three": "first\nthree",
    "quotes/token_iou": "token\nIoU",
    "chunks/recall@5": "chunks\nrecall@5",
    "declining/rightly_declined": "rightly\ndeclined",
    "declining/wrongly_declined": "wrongly\ndeclined",
    "replies/with_caution": "with\ncaution",
}


def print_report(console: Console, report: Report) -> None:
    """Print everything that one measuring found."""
    source = report.source
    what = "documents" if source.measured == "retrieval" else "articles"
    console.print(
        f"{source.set}: {report.answerable} answerable and {len(report.outcomes) - report.answerable} unanswerable questions"
        f" (half: {source.half}) over {source.documents} {what}; encoder {source.encoder}, index {source.generation}",
        style="bold",
        markup=False,
    )
    by_key = {measure.key: measure for measure in report.measures}
    for table in (_rankings(by_key), _answers(by_key), _declining(by_key), *_breakdowns(report), _latency(by_key)):
        if table.row_count:
            print_table(console, table)
    for note in report.notes:
        console.print(f"Note: {note}", markup=False)
    if source.measured == "questions":
        _print_failures(console, report)


def print_table(console: Console, table: Table) -> None:
    """Print a table under its title, which stands on a line of its own."""
    # A title of its own, since rich folds one that is wider than the table.
    console.print(f"\n{table.title}", style="italic", soft_wrap=True, markup=False)
    table.title = None
    console.print(table)


def table_of(title: str, first: str, *columns: str) -> Table:
    """A table without rows: the first column holds words, all others numbers."""
    table = Table(title=title)
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _rankings(by_key: dict[str, Measure]) -> Table:
    measured = [ranking for ranking in RANKINGS if f"{ranking}/recall@1" in by_key]
    counted = by_key[f"{measured[0]}/recall@1"].questions if measured else 0
    table = table_of(f"Rankings over {counted} questions, with 95 % intervals", "measure", *measured)
    for name in MEASURES if measured else ():
        found = [by_key[f"{ranking}/{name}"] for ranking in measured]
        table.add_row(name, *(f"{written(one.value, Unit.SCORE)} ({_narrow(one)})" for one in found))
    return table


def _narrow(measure: Measure) -> str:
    return written_interval(measure.interval, Unit.SCORE).replace(" ", "")


def _answers(by_key: dict[str, Measure]) -> Table:
    title = "Replies and quotes; of the answerable questions, a declined one counts as wrong"
    table = table_of(title, "measure", "value", "95 % interval", "questions", "where answered", "95 % interval")
    for key, measure in by_key.items():
        group, _, name = key.partition("/")
        if group in ANSWER_GROUPS:
            table.add_row(*_cells(measure), *_short(by_key.get(f"{WHERE_ANSWERED}/{name}")))
    return table


def _declining(by_key: dict[str, Measure]) -> Table:
    table = table_of("Declining and confidence", "measure", "value", "95 % interval", "questions")
    for key, measure in by_key.items():
        if key.partition("/")[0] in DECLINING_GROUPS and key != SAME_AS_RECALL:
            table.add_row(*_cells(measure))
    return table


def _cells(measure: Measure) -> tuple[str, str, str, str]:
    entry = entry_of(measure.key)
    interval = written_interval(measure.interval, entry.unit)
    return entry.label, written(measure.value, entry.unit), interval, str(measure.questions)


def _short(measure: Measure | None) -> tuple[str, str]:
    return ("", "") if measure is None else _cells(measure)[1:3]


def _breakdowns(report: Report) -> list[Table]:
    shown = [key for key in ROW_KEYS if any(measure.key == key for row in report.rows for measure in row.measures)]
    tables: dict[str, Table] = {}
    for row in report.rows:
        if row.by not in tables:
            headings = [ROW_HEADINGS[key] for key in shown]
            tables[row.by] = table_of(f"By {row.by}", row.by, "questions", headings[0], "95 %\ninterval", *headings[1:])
        by_key = {measure.key: measure for measure in row.measures}
        cells = [_written(by_key.get(key)) for key in shown]
        interval = written_interval(by_key[shown[0]].interval, Unit.SHARE)
        tables[row.by].add_row(row.value, str(row.questions), cells[0], interval, *cells[1:])
    return list(tables.values())


def _written(measure: Measure | None) -> str:
    return "" if measure is None else written(measure.value, entry_of(measure.key).unit)


def _latency(by_key: dict[str, Measure]) -> Table:
    table = table_of("Latency in milliseconds (a stage may hold others)", "stage", "median", "95th percentile", "questions")
    stages = dict.fromkeys(key.rsplit("_", 1)[0] for key in by_key if key.startswith("latency_ms/"))
    for stage in stages:
        median, high = by_key[f"{stage}_p50"], by_key[f"{stage}_p95"]
        table.add_row(stage.removeprefix("latency_ms/"), f"{median.value:.1f}", f"{high.value:.1f}", str(median.questions))
    return table


def _print_failures(console: Console, report: Report) -> None:
    failures = [outcome.label.id for outcome in report.outcomes if not outcome.reply_is_right]
    if failures:
        more = f" and {len(failures) - MOST_FAILURES} more" if len(failures) > MOST_FAILURES else ""
        console.print(f"Went wrong: {', '.join(failures[:MOST_FAILURES])}{more}", markup=False)


def print_comparisons(console: Console, comparisons: Sequence[Comparison]) -> None:
    """Print each comparison, one line a measure, with the verdict in words."""
    for comparison in comparisons:
        console.print(f"A: {comparison.first.place}, {comparison.first.set}", soft_wrap=True, markup=False)
        console.print(f"B: {comparison.second.place}, {comparison.second.set}", soft_wrap=True, markup=False)
        left_out = f"; {comparison.left_out} that only one of them has are left out" if comparison.left_out else ""
        table = table_of(f"{comparison.shared} shared questions{left_out}", "measure", "A", "B", "differ", "p", "test", "verdict")
        for difference in comparison.differences:
            entry = entry_of(difference.key)
            numbers = [written(value, entry.unit) for value in (difference.first, difference.second)]
            p = f"{difference.p:.3f}" if difference.p >= 0.001 else "< 0.001"
            cells = (*numbers, f"{difference.differing} of {difference.questions}", p, difference.test, difference.verdict)
            table.add_row(entry.label, *cells)
        print_table(console, table)
    console.print(
        "More than noise: p < 0.05 for this measure by itself. Of twenty measures that differ by chance alone, one looks so."
    )
