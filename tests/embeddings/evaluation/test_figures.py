"""Figures measured against labels: numbers that can be counted by hand, and what stands beside ours."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from corpus.article import Article
from corpus.figures.figure import ARTICLE, Bound, Extraction, Figure, Period, Status
from embeddings.evaluation.figure_details import content_words, same_speaker, same_subject
from embeddings.evaluation.figure_labels import FigureLabel, LabelledLine, read_figure_files
from embeddings.evaluation.figure_readings import OURS, QUANTULUM, REGEX, Reading, figure_reader, other_readers, read_plainly
from embeddings.evaluation.figure_tables import figure_record, print_figure_report
from embeddings.evaluation.figures import FigureReport, measure_figures, pairs
from embeddings.evaluation.labelled_files import EvaluationError

YEAR = dt.date(2024, 1, 1), dt.date(2024, 12, 31)
HARBOUR = Article("harbour", "# Cranes\n\nThe harbour has 12 cranes.\n\nIn 2024 trade grew 4.5 percent to 30 billion yuan.")
GROWTH = FigureLabel(
    "4.5 percent",
    1,
    Decimal("4.5"),
    Decimal("4.5"),
    Bound.NONE,
    "percent",
    Status.REPORTED,
    *YEAR,
    "trade",
    "the harbour",
    ARTICLE,
)
SUM = replace(GROWTH, text="30 billion yuan", low=Decimal(30 * 10**9), high=Decimal(30 * 10**9), unit="CNY")
CRANES = replace(
    GROWTH, text="12", low=Decimal(12), high=Decimal(12), unit="count", subject="cranes", period_start=None, period_end=None
)


def line(identifier: str, paragraph: int, *figures: FigureLabel, set_name: str = "briefs") -> LabelledLine:
    """A labelled paragraph of the harbour article."""
    return LabelledLine(identifier, "harbour", paragraph, "", None, figures, set_name, f"{set_name}.jsonl:1", "digest")


LINES = [line("a", 1, CRANES), line("b", 2, GROWTH, SUM)]


def figure_of(label: FigureLabel) -> Figure:
    """The figure of the harbour article that is just as its label says."""
    start = HARBOUR.text.index(label.text)
    period = Period("then", label.period_start, label.period_end) if label.period_end else None
    return Figure(
        "harbour", start, start + len(label.text), 0, len(HARBOUR.text), label.text, (label.low + label.high) / 2, label.low,
        label.high, label.bound, label.unit, label.subject, label.place, label.status, period, label.speaker,
    )  # fmt: skip


RIGHT = [figure_of(label) for label in (CRANES, GROWTH, SUM)]


def measured(figures: Iterable[Figure], lines: list[LabelledLine] | None = None) -> FigureReport:
    """What a reader that finds these figures, in every article, comes to."""
    extraction = Extraction(tuple(figures), ())
    return measure_figures("briefs", lines or LINES, {"harbour": HARBOUR}, {OURS: figure_reader(lambda _: extraction)})


def value(report: FigureReport, key: str) -> float | None:
    """One of our numbers."""
    measure = report.measure(f"{OURS}/{key}")
    assert measure is not None, key
    return measure.value


def test_all_is_right() -> None:
    """A reader that finds every figure as it is labelled gets 1 in every measure, over all cases."""
    report = measured(RIGHT)
    assert (report.lines, report.figures) == (2, 3)
    assert {measure.value for measure in report.measures} == {1.0}
    # Two have a date, all three a place, none a bound.
    assert {measure.key: measure.questions for measure in report.measures if measure.questions != 3} == {
        f"{OURS}/details/date_labelled": 2
    }
    assert all(not outcome.missed and not outcome.extra and not outcome.wrong for outcome in report.outcomes)


def test_spans_are_counted() -> None:
    """One of three is missed, one has a letter less, one is found where none is: 1 of 3 exactly, 2 of 3 by overlap."""
    year = replace(RIGHT[0], start=HARBOUR.text.index("2024"), end=HARBOUR.text.index("2024") + 4)
    short = replace(RIGHT[1], end=RIGHT[1].end - 1)
    report = measured([RIGHT[0], year, short])
    scores = [value(report, f"{kind}/{score}") for kind in ("spans", "overlaps") for score in ("precision", "recall", "f1")]
    assert scores == pytest.approx([1 / 3] * 3 + [2 / 3] * 3)
    assert [(outcome.missed, outcome.extra) for outcome in report.outcomes] == [((), ()), (("30 billion yuan",), ("2024",))]


def test_numbers_of_other_paragraphs_do_not_count() -> None:
    """Only what stands in a labelled paragraph is measured."""
    report = measured(RIGHT, [line("b", 2, GROWTH, SUM)])
    assert (report.figures, value(report, "spans/precision")) == (2, 1.0)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"low": Decimal(11)}, ("value_and_unit", "value")),
        ({"unit": "ratio"}, ("value_and_unit", "unit")),
        ({"bound": Bound.ABOUT}, ("bound",)),
        ({"status": Status.TARGET}, ("status",)),
        ({"period": Period("in 2024", *YEAR)}, ("date",)),
        ({"period": Period("that year", None, None)}, ()),
        ({"subject": "whales"}, ("subject",)),
        ({"place": None}, ("place",)),
        ({"place": "Harbour"}, ()),
        ({"speaker": "Ms Tan"}, ("speaker",)),
    ],
)
def test_each_detail_is_judged_by_itself(change: dict[str, object], wrong: tuple[str, ...]) -> None:
    """A wrong detail of a figure that was found counts in its own measure, and in none beside it."""
    report = measured([replace(RIGHT[0], **change), *RIGHT[1:]])  # type: ignore[arg-type]
    assert [one.details for one in report.outcomes[0].wrong] == ([wrong] if wrong else [])
    for detail in ("value_and_unit", "value", "unit", "bound", "status", "date", "subject", "place", "speaker"):
        assert value(report, f"details/{detail}") == pytest.approx(2 / 3 if detail in wrong else 1)


def test_any_wording_of_a_subject_is_right() -> None:
    """A label may give several, all of them right."""
    label = replace(CRANES, subject="lifting gear", subject_also=("cranes in use",))
    assert value(measured(RIGHT, [line("a", 1, label)]), "details/subject") == 1
    assert value(measured(RIGHT, [line("a", 1, replace(label, subject_also=()))]), "details/subject") == 0


def test_details_are_measured_on_figures_found() -> None:
    """A missed figure lowers recall, not the accuracy of the others; with none found there is no accuracy at all."""
    report = measured(RIGHT[:1])
    assert report.measure(f"{OURS}/details/date").questions == 1  # type: ignore[union-attr]
    nothing = measured([])
    assert (value(nothing, "spans/precision"), value(nothing, "spans/recall")) == (None, 0.0)
    assert nothing.measure(f"{OURS}/details/date") is None


def test_what_most_figures_lack_is_told_by_itself() -> None:
    """Who finds no date at all is right where none is labelled; of those labelled with one, none is right."""
    report = measured([replace(figure, period=None) for figure in RIGHT])
    assert (value(report, "details/date"), value(report, "details/date_labelled")) == (pytest.approx(1 / 3), 0)
    assert report.outcomes[1].wrong[0].details == ("date",)


def test_a_rounded_label_is_met() -> None:
    """A third of all is 33.33 in a label; 17.1 is not 17."""
    third = Decimal(100) / 3
    label = replace(CRANES, low=Decimal("33.33"), high=Decimal("33.33"))
    report = measured([replace(RIGHT[0], low=third, high=third)], [line("a", 1, label)])
    assert value(report, "details/value") == 1
    close = measured([replace(RIGHT[0], low=Decimal("12.1"), high=Decimal("12.1"))], [line("a", 1, CRANES)])
    assert value(close, "details/value") == 0


@pytest.mark.parametrize(
    ("label", "found", "same"),
    [
        ("AI companies", "the AI company", True),
        ("core AI industry scale", "core AI industry", True),
        ("core AI industry scale", "scale", False),
        ("patents", "share of all AI patents in the wide world", False),
        ("patents", "share of patents", True),
        ("cities", "city", True),
        ("相关企业", "企业", True),
        ("相关企业", "产业规模", False),
        ("", "", True),
        ("", "cities", False),
        ("of the", "", True),
    ],
)
def test_subjects_are_one(label: str, found: str, same: bool) -> None:
    """Half of the label's content words must be found, and a third of the found ones be the label's."""
    assert same_subject(label, found) is same


def test_content_words() -> None:
    """Capitals, stop words and plurals make no difference; "gas" and "glass" are no plurals."""
    assert content_words("The Cities of Glass, gas and status") == {"city", "glass", "gas", "status"}


@pytest.mark.parametrize(
    ("label", "found", "same"),
    [
        ("Ms Tan", "Tan", True),
        ("the National Data Administration", "National Data Administration", True),
        ("Ms Tan", "Ms Lee", False),
        (ARTICLE, "an article in Nature", False),
        (ARTICLE, ARTICLE, True),
    ],
)
def test_speakers_are_one(label: str, found: str, same: bool) -> None:
    """A name may be shorter or longer; the article itself is only itself."""
    assert same_speaker(label, found) is same


def test_each_reading_meets_one_label() -> None:
    """The very same span is taken first, so that a longer reading cannot take it away; no reading counts twice."""
    overlap = lambda a, b: a[0] < b[1] and b[0] < a[1]  # noqa: E731
    assert pairs([(0, 5), (6, 9)], [(0, 9)], overlap) == [(0, 0)]
    assert pairs([(0, 5), (6, 9)], [(3, 7), (0, 5)], overlap) == [(0, 1), (1, 0)]
    assert pairs([], [(0, 1)], overlap) == []


def test_intervals_come_from_whole_lines() -> None:
    """Every measure has an interval around it as soon as there are two lines, none for one."""
    spans = measured(RIGHT[:2]).measure(f"{OURS}/spans/recall")
    assert spans is not None and spans.interval is not None and spans.value is not None
    assert spans.interval.low <= spans.value <= spans.interval.high
    assert all(measure.interval is None for measure in measured(RIGHT, LINES[:1]).measures)


def test_articles_that_are_not_there_are_told() -> None:
    """Labels on an article that the collection lacks, or holds in other words, are left out, and the report says so."""
    elsewhere = replace(LINES[0], id="c", article_id="pier")
    other_words = [line("d", 1, replace(CRANES, text="77"), set_name="old"), line("e", 2, set_name="old")]
    report = measured(RIGHT, [*LINES, elsewhere, *other_words])
    assert (report.lines, value(report, "spans/f1")) == (2, 1.0)
    assert report.notes == (
        "Left out: 1 lines of briefs on pier, which is not in the collection.",
        "Left out: 2 lines of old on harbour, which is about another text than the collection's.",
    )
    with pytest.raises(EvaluationError, match="None of the 1 labelled lines is about an article of the collection"):
        measured(RIGHT, [elsewhere])


def test_what_stands_beside_ours() -> None:
    """A regular expression and, where it is installed, quantulum3; each reads paragraphs, in code points of the article."""
    readers, notes = other_readers()
    assert list(readers) == ([QUANTULUM, REGEX] if not notes else [REGEX])
    for read in readers.values():
        found = {HARBOUR.text[one.start : one.end]: (one.low, one.high, one.unit) for one in read(HARBOUR)}
        assert found["12"] == (12, 12, "count")
        assert found["4.5 percent"] == (Decimal("4.5"), Decimal("4.5"), "percent")
        assert found["30 billion yuan"] == (30 * 10**9, 30 * 10**9, "CNY")


@pytest.mark.parametrize(
    ("text", "span", "low", "high", "unit"),
    [
        ("It cost 84 billion U.S. dollars.", "84 billion U", 84 * 10**9, 84 * 10**9, "atomic mass unit"),
        ("It cost RMB 578.4 billion.", "578.4 billion", 5784 * 10**8, 5784 * 10**8, "count"),
        ("From 60 to 70 percent came.", "60 to 70 percent", 60, 70, "percent"),
        ("It holds 890 petabytes.", "890 petabytes", 890 * 10**15, 890 * 10**15, "byte"),
    ],
)
def test_what_quantulum_makes_of_it(text: str, span: str, low: Decimal, high: Decimal, unit: str) -> None:
    """Its units are put in our words as generously as can be; what it gets wrong stays wrong, and ranges are ranges."""
    pytest.importorskip("quantulum3")
    (found,) = other_readers()[0][QUANTULUM](Article("a", text))
    start = text.index(span)
    assert found == Reading(start, start + len(span), Decimal(low), Decimal(high), unit)


def test_quantulums_newtons() -> None:
    """The billion of "1.5 bn euros" is a newton to it, of bits or of barns as Python's hashes fall."""
    pytest.importorskip("quantulum3")
    (found,) = other_readers()[0][QUANTULUM](Article("a", "It cost 1.5 bn euros."))
    assert (found.low, found.unit.split()[-1]) == (Decimal("1.5"), "newton")


def test_without_quantulum(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its column is left out, with a note that says how to get it."""
    monkeypatch.setitem(sys.modules, "quantulum3", None)
    monkeypatch.delitem(sys.modules, "quantulum3.classifier", raising=False)
    readers, (note,) = other_readers()
    assert list(readers) == [REGEX] and "pip install quantulum3" in note


def test_the_plain_expression() -> None:
    """Sign, digits, scale and unit; a year is a number to it."""
    text = "In 2024 RMB 1.5 billion, US$3 million, €20 and 17% of 4,500."
    found = [(text[one.start : one.end], one.low, one.unit) for one in read_plainly(Article("a", text))]
    assert found == [
        ("2024", 2024, "count"),
        ("RMB 1.5 billion", 15 * 10**8, "CNY"),
        ("US$3 million", 3 * 10**6, "USD"),
        ("€20", 20, "EUR"),
        ("17%", 17, "percent"),
        ("4,500", 4500, "count"),
    ]


def printed(report: FigureReport) -> str:
    """The report as a terminal of 128 columns shows it."""
    console = Console(file=StringIO(), width=128)
    print_figure_report(console, report)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_tables_for_people() -> None:
    """A column for each reader, the number of cases with each measure, a line for each file, and the notes."""
    readers = {OURS: figure_reader(lambda _: Extraction(tuple(RIGHT), ())), REGEX: read_plainly}
    lines = [LINES[0], replace(LINES[1], set="more")]
    shown = printed(measure_figures("all", lines, {"harbour": HARBOUR}, readers, notes=["One thing."]))
    for words in (
        "all: 3 labelled figures in 2 paragraphs",
        OURS,
        REGEX,
        "1.000 (1.000–1.000) of 3",
        "subject",
        "more",
        "Note: One",
    ):
        assert words in shown
    assert max(map(len, shown.splitlines())) <= 128


def test_the_record_for_machines() -> None:
    """Numbers by reader and measure, and what went wrong line by line, in plain JSON."""
    record = json.loads(json.dumps(figure_record(measured([replace(RIGHT[0], unit="ratio"), *RIGHT[1:]]))))
    assert (record["report"], record["measured"], record["half"], record["figures"]) == (
        "corpusbot evaluate",
        "figures",
        "all",
        3,
    )
    assert record["results"][OURS]["details/unit"]["value"] == pytest.approx(0.6667)
    assert record["results"][OURS]["spans/f1"]["cases"] == 3
    assert record["outcomes_by_line"][0]["wrong"] == [{"text": "12", "details": ["value_and_unit", "unit"]}]


def test_labels_of_a_file_are_measured(tmp_path: Path) -> None:
    """From a file with a text of its own to the numbers: the plain expression reads all of it."""
    figure = {"text": "17%", "value": 17, "low": None, "high": None, "bound": "", "unit": "percent", "status": "reported",
              "period_start": None, "period_end": None, "subject": "sales", "place": None, "speaker": ARTICLE}  # fmt: skip
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "x", "text": "Sales rose 17%.", "figures": [figure]}), encoding="utf-8")
    report = measure_figures("a", read_figure_files([tmp_path / "a.jsonl"]), {}, {REGEX: read_plainly})
    assert {measure.key: measure.value for measure in report.measures}[f"{REGEX}/details/value_and_unit"] == 1
    assert report.outcomes == () and report.rows == ()
