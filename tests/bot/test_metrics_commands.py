"""`corpusbot metrics …`, run as the console script does, over an index built from articles written for these tests."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

import bot.cli
from bot.metric_series import UnknownMetricError, by_time, finding_lines, known_metric, newest, paragraph_of, relation_lines
from bot.metric_tables import print_figures, print_quotes
from corpus.article import Article
from corpus.figures.catalogue import Metric
from corpus.figures.figure import Status
from tests.bot.sample_articles import write_collection
from tests.bot.sample_figures import AUTUMN, DECADE, FERRY, YEAR, stored
from tests.fake_encoder import FakeEncoder

TOWN = Article(
    id="solar-town",
    title="Solar roofs in a small town",
    publisher="Harbour Gazette",
    published_on=dt.date(2024, 5, 2),
    text=(
        "Vetluga is a town by the river.\n\n"
        "The number of solar roofs in Vetluga was 7,300 by the end of September 2023.\n\n"
        "The roofs cost 12 million euros by the end of 2023."
    ),
)
LATER = Article(
    id="solar-town-later",
    title="More solar roofs",
    publisher="Northern Courier",
    published_on=dt.date(2025, 3, 5),
    text=(
        "The number of solar roofs in Vetluga was 9,100 by the end of 2024.\n\n"
        "The number of solar roofs in Vetluga was 7,300 by the end of September 2023, a clerk recalls."
    ),
)
CATALOGUE = """
[[metric]]
key = "solar-roofs"
title = "Number of solar roofs"
titles.zh = "太阳能屋顶数量"
aliases = ["solar roofs in Vetluga", "number of solar roofs in Vetluga"]
unit = "count"

[[metric]]
key = "ferries"
title = "Number of ferries"
unit = "count"
"""
FIRST = "The number of solar roofs in Vetluga was 7,300 by the end of September 2023."


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture
def metrics(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path) -> Command:
    """Runs `corpusbot metrics …` over an index of two articles and a catalogue of two metrics; its output is piped."""
    monkeypatch.setattr("bot.services.SentenceTransformerEncoder", lambda name, check_cache: FakeEncoder())
    monkeypatch.setenv("COLLECTION_DIR", str(write_collection(home / "articles", (TOWN, LATER))))
    monkeypatch.setenv("OMP_WAIT_POLICY", "PASSIVE")
    (home / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setenv("CATALOGUE_FILE", str(home / "catalogue.toml"))

    def run(*arguments: str, command: str = "metrics") -> Ended:
        monkeypatch.setattr(sys, "argv", ["corpusbot", command, *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            bot.cli.main()
        printed = capsys.readouterr()
        return Ended(ended.value.code if isinstance(ended.value.code, int) else 0, printed.out, printed.err)

    assert run(command="reindex").code == 0
    return run


def is_one_clear_sentence(ended: Ended, *words: str) -> bool:
    """Whether a command failed as it should: code 2, nothing on standard output, the words, no traceback."""
    complaint = " ".join(re.sub("[╭╮╰╯─│]", " ", ended.err).split())
    assert (ended.code, ended.out) == (2, ""), ended
    assert "Traceback" not in complaint
    assert all(word in complaint for word in words), complaint
    return True


def test_the_list_has_counts_and_newest_values(metrics: Command) -> None:
    """Each metric with key, title, count and newest value; what has no metric is counted."""
    ended = metrics()
    assert (ended.code, ended.err) == (0, "")
    assert re.search(r"solar-roofs +Number of solar roofs +2 +9,100 +by 31 Dec 2024", ended.out)
    assert re.search(r"ferries +Number of ferries +0 *\n", ended.out)
    assert "3 figures, 1 of them without a metric" in ended.out


def test_show_has_a_table_quotes_and_relations(metrics: Command) -> None:
    """In order of time, letter for letter, each with its source, and the other article that says the same."""
    ended = metrics("show", "solar-roofs")
    assert (ended.code, ended.err) == (0, "")
    assert re.search(r"\[1\] +7,300 +by 30 Sep 2023 +reported +the article +solar-town +2\n", ended.out)
    assert re.search(r"\[2\] +9,100 +by 31 Dec 2024 +reported +the article +solar-town-later +1\n", ended.out)
    assert f"[1] “{FIRST}”\n    “Solar roofs in a small town”, Harbour Gazette, 2 May 2024, ¶ 2\n" in ended.out
    assert "    also in “More solar roofs”, Northern Courier, 5 Mar 2025\n" in ended.out
    assert "[1] and [2]: they differ in date" in ended.out
    assert "\x1b" not in ended.out


def test_a_metric_is_known_by_its_title_in_any_language(metrics: Command) -> None:
    """A journalist need not know the key."""
    assert (
        metrics("show", "太阳能屋顶数量").out
        == metrics("show", "solar-roofs").out
        == metrics("show", "number of solar roofs").out
    )


def test_show_converts_within_a_dimension(metrics: Command) -> None:
    """The value as written stays, the converted one stands beside it."""
    ended = metrics("show", "solar-roofs", "--unit", "thousand")
    assert "in thousand count" in ended.out
    assert re.search(r"\[1\] +7,300 +7\.3 +by", ended.out)


def test_a_metric_without_figures_is_an_answer(metrics: Command) -> None:
    """Exit code 1, as everywhere when the articles say nothing."""
    ended = metrics("show", "ferries")
    assert (ended.code, "no such figure" in ended.out) == (1, True)


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (["--since", "2024-01-01"], ["9,100"]),
        (["--article", "solar-town"], ["7,300"]),
        (["--article", "solar-town-later"], ["7,300", "9,100"]),
        (["--since", "2023-01-01"], ["7,300", "9,100"]),
    ],
    ids=str,
)
def test_options_choose_figures(metrics: Command, options: list[str], shown: list[str]) -> None:
    """By the time a figure is about, and by article, the one that repeats it included."""
    table = metrics("show", "solar-roofs", *options).out.partition("\n\n")[0]
    assert re.findall(r"\d,\d00", table) == shown


def test_compare_sets_all_pairs_or_two_metrics_beside_each_other(metrics: Command) -> None:
    """One metric: every pair. Two: one table in order of time that names the metric of each figure."""
    assert "[1] and [2]: " in metrics("compare", "solar-roofs").out
    ended = metrics("compare", "solar-roofs", "ferries")
    assert ended.out.startswith("Number of solar roofs / Number of ferries\n")
    assert re.search(r"\[1\] +Number of solar roofs +7,300", ended.out)
    assert is_one_clear_sentence(metrics("compare", "a", "b", "c"), "3 keys")


def test_search_finds_metrics_and_figures(metrics: Command) -> None:
    """By words, in English and Chinese; nothing near is told with exit code 1."""
    ended = metrics("search", "solar roofs")
    assert ended.code == 0
    assert "solar-roofs  Number of solar roofs" in ended.out and FIRST in ended.out
    assert "solar-roofs  Number of solar roofs" in metrics("search", "太阳能屋顶").out
    for words in ("zebra xylophone", " "):
        nothing = metrics("search", words)
        assert (nothing.code, "No figure" in nothing.out) == (1, True)


def test_export_writes_every_figure_or_one_metric(metrics: Command) -> None:
    """To standard output, and nothing else there; positions cut the figure from its article."""
    records = json.loads(metrics("export", "--format", "json").out)
    assert [(one["metric"], one["value"]) for one in records] == [
        ("solar-roofs", 7300),
        (None, 12000000),
        ("solar-roofs", 9100),
    ]
    assert all(TOWN.text[one["start"] : one["end"]] == one["text"] for one in records[:2])
    assert (records[0]["also_in"], records[1]["unit"]) == (["solar-town-later"], "EUR")
    rows = list(csv.DictReader(io.StringIO(metrics("export", "solar-roofs", "--unit", "thousand").out)))
    assert [(row["value"], row["unit"]) for row in rows] == [("7.3", "thousand count"), ("9.1", "thousand count")]


def test_export_into_a_file(metrics: Command, home: Path) -> None:
    """Standard output stays empty; Parquet needs a file."""
    ended = metrics("export", "--out", "figures.csv")
    assert (ended.code, ended.out, ended.err) == (0, "", "3 figures are in figures.csv.\n")
    assert (home / "figures.csv").read_text(encoding="utf-8").startswith("metric,value,")
    assert is_one_clear_sentence(metrics("export", "--format", "parquet"), "--out")


def test_chart_writes_a_picture_and_tells_what_it_shows(metrics: Command, home: Path) -> None:
    """A PNG, and its description on standard output."""
    ended = metrics("chart", "solar-roofs", "--out", "roofs.png")
    assert ended.code == 0
    assert ended.out.startswith("Chart: Number of solar roofs. 7,300, by 30 Sep 2023, reported (Harbour Gazette")
    with Image.open(home / "roofs.png") as image:
        assert image.format == "PNG"


def test_suggest_has_nothing_for_a_single_figure(metrics: Command) -> None:
    """What is told once makes no series; exit code 1 and an empty standard output."""
    ended = metrics("suggest")
    assert (ended.code, ended.out) == (1, "")


def test_suggest_proposes_a_catalogue(metrics: Command, home: Path) -> None:
    """Without a catalogue, TOML that is one once it is saved; and show says that there is none yet."""
    (home / "catalogue.toml").write_text("", encoding="utf-8")
    metrics(command="reindex")
    assert is_one_clear_sentence(metrics("show", "solar-roofs"), "catalogue is empty", "metrics suggest")
    proposed = metrics("suggest").out
    (home / "catalogue.toml").write_text(proposed, encoding="utf-8")
    assert "[[metric]]" in proposed
    assert metrics(command="reindex").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "solar-rofs"], ["'solar-rofs'", "Did you mean solar-roofs"]),
        (["show", "x" * 500], ["There is no metric"]),
        (["show", "solar-roofs", "--unit", "hectare"], ["hectare", "count"]),
        (["show", "solar-roofs", "--article", "nowhere"], ["no article 'nowhere'", "solar-town"]),
        (["show", "solar-roofs", "--since", "May"], ["'May'"]),
        (["export", "--format", "xml"], ["'xml' is no format", "parquet"]),
        (["export", "--unit", "thousand"], ["one metric"]),
        (["export", "--out", "no/such/folder.csv"], ["cannot be written"]),
        (["chart", "solar-roofs", "--out", "no/such/folder.png"], ["cannot be written"]),
        (["chart", "ferries", "--out", "none.png"], ["nothing to draw"]),
        (["--since", "2024-01-01", "show", "solar-roofs"], ["behind the subcommand"]),
    ],
    ids=lambda value: " ".join(value)[:40],
)
def test_bad_input_is_one_clear_sentence(metrics: Command, arguments: list[str], words: list[str]) -> None:
    """Code 2, nothing on standard output, what is wrong and what to do."""
    assert is_one_clear_sentence(metrics(*arguments), *words)


def test_markup_in_an_article_is_printed_as_letters() -> None:
    """A quotation is never read as the terminal's markup, in the table or under it."""
    console = Console(file=io.StringIO(), width=200, highlight=False)
    figures = [replace(stored("[red]7[/red]", speaker="[b]a clerk[/b] :smile:"), sentence="[red]7[/red] roofs")]
    print_figures(console, figures)
    print_quotes(console, figures, lambda name: TOWN)
    assert isinstance(console.file, io.StringIO)
    printed = console.file.getvalue()
    assert "“[red]7[/red] roofs”" in printed and "[b]a clerk[/b] :smile:" in printed


# --- series, without an index ----------------------------------------------------------------------------------------


def test_figures_are_in_order_of_time_with_undated_ones_last() -> None:
    """And the newest is the last that was measured, not the last that is expected."""
    late, undated, early = stored(period=DECADE, status=Status.FORECAST), stored(period=None), stored(period=AUTUMN)
    assert by_time([late, undated, early]) == [early, late, undated]
    assert newest([late, undated, early]) == early
    assert newest([late]) == late
    assert newest([]) is None


def test_relations_name_both_figures() -> None:
    """A conflict is called one; figures that merely differ are told from their neighbours only, unless all are wanted."""
    figures = [stored(), stored("9,100", "9100", article=FERRY), stored("9,500", "9500", period=YEAR)]
    lines = relation_lines(figures)
    assert lines[0].startswith("[1] and [2]: conflict, ")
    assert [line[:11] for line in lines] == ["[1] and [2]", "[2] and [3]"]
    assert len(relation_lines(figures, every=True)) == 3


def test_findings_name_the_figures_that_are_shown() -> None:
    """A stock that shrinks to a tenth is pointed out by the numbers of the table, and left out where it is not shown."""
    large, small = stored(value="73000", metric="solar-roofs"), stored(value="7300", period=YEAR, metric="solar-roofs", start=9)
    (line,) = finding_lines([large, small], [large, small])
    assert line.startswith(("[1] [2]: ", "[2] [1]: "))
    assert finding_lines([], [large, small]) == []


def test_an_unknown_key_names_the_nearest() -> None:
    """At most three; without any likeness, where to look."""
    named = [Metric(key, key.title(), {}, (), "count") for key in ("solar-roofs", "solar-parks", "ferries")]
    with pytest.raises(UnknownMetricError, match="Did you mean solar-roofs"):
        known_metric("solar-roof", named)
    with pytest.raises(UnknownMetricError, match="Run: corpusbot metrics"):
        known_metric("zzzz", named)


def test_a_paragraph_is_counted_as_in_quotes() -> None:
    """From 1."""
    assert paragraph_of(stored(start=3)) == 1
