"""The figure store: what is written is read back, filters, the exported record, and tables that other programs can open."""

from __future__ import annotations

import datetime as dt
import json
import math
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from corpus import figure_store
from corpus.article import Article, Span
from corpus.chunks import split_article
from corpus.figure_store import FigureEntry, record
from corpus.figures.catalogue import Metric
from corpus.figures.figure import ARTICLE, Bound, Figure, LeftOut, Period, Status
from corpus.store import CorpusStore

HARBOUR = Article(
    id="harbour",
    text="A 🙂 day. The quay cost 1.2 million euros by the end of 2024. Some 40 to 60 cranes are wanted by 2030.",
    title="Quays",
    publisher="The Harbour Post",
    published_on=dt.date(2025, 3, 5),
    url="https://harbour.example/quays",
)
TIDES = Article(id="tides", text="Over 17.1% of the power is tidal. The quay cost 1.2 million euros by the end of 2024.")
EARLY = Article(id="early", text="It lit 188.2 quintillion lamps.", published_on=dt.date(2024, 1, 2))
COST = Metric("quay-cost", "Cost of the quay", {"zh": "码头造价", "de": "Kosten des Kais"}, ("price of the quay",), "EUR")
SHARE = Metric("tidal-share", "Tidal power's share", {}, (), "percent")


def figure(article: Article, text: str, value: str, unit: str, **others: Any) -> Figure:
    """A figure whose words stand in the article's text; its sentence ends with the next full stop and space."""
    start = article.text.index(text)
    before = article.text.rfind(". ", 0, start) + 2 if ". " in article.text[:start] else 0
    after = article.text.find(". ", start)
    number = Decimal(value)
    made = Figure(
        article_id=article.id,
        start=start,
        end=start + len(text),
        sentence_start=before,
        sentence_end=after + 1 if after >= 0 else len(article.text),
        text=text,
        value=number,
        low=number,
        high=number,
        bound=Bound.NONE,
        unit=unit,
        subject="quay",
        place=None,
        status=Status.REPORTED,
        period=None,
        speaker=ARTICLE,
    )
    return replace(made, **others)


QUAY = figure(
    HARBOUR,
    "1.2 million euros",
    "1200000",
    "EUR",
    period=Period("by the end of 2024", None, dt.date(2024, 12, 31)),
    place="Ellery",
)
CRANES = figure(
    HARBOUR,
    "40 to 60",
    "50",
    "count",
    low=Decimal(40),
    high=Decimal(60),
    bound=Bound.ABOUT,
    status=Status.TARGET,
    period=Period("by 2030", dt.date(2025, 1, 1), dt.date(2030, 12, 31)),
    speaker="the harbour master",
)
TIDAL = figure(TIDES, "17.1%", "17.1", "percent", bound=Bound.ABOVE, period=Period("this year", None, None))
LAMPS = figure(EARLY, "188.2 quintillion", "188200000000000000000", "count", subject="")
REPEATED = Span("tides", TIDES.text.index("1.2"), TIDES.text.index("1.2") + 17)
ENTRIES = [
    FigureEntry(QUAY, "quay-cost", 0.75, (REPEATED,)),
    FigureEntry(CRANES),
    FigureEntry(TIDAL, "tidal-share", 0.5),
    FigureEntry(LAMPS),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A finished database of the three articles with their figures."""
    path = tmp_path / "corpus.db"
    with CorpusStore.create(path) as store:
        for article in (HARBOUR, TIDES, EARLY):
            store.add_article(article, split_article(article))
        store.figures.add_metrics([SHARE, COST])
        store.figures.add(ENTRIES[:2])
        store.figures.add(ENTRIES[2:])
        store.figures.add_left_out("tides", [LeftOut(0, 4, "Over", "it may be a name")])
        store.finish()
    return path


@pytest.fixture
def store(path: Path) -> Iterator[CorpusStore]:
    with CorpusStore.open(path) as opened:
        yield opened


def texts(store: CorpusStore, **filters: Any) -> list[str]:
    """The figures that pass some filters, as written."""
    return [stored.figure.text for stored in store.figures.all(**filters)]


# --- round trip ------------------------------------------------------------------------------------------------------


def test_figures_come_back_as_they_went_in(store: CorpusStore) -> None:
    """Every value of every figure is read back, by the article's day and then in text order, with sentence and article."""
    stored = store.figures.all()
    assert [one.figure for one in stored] == [LAMPS, QUAY, CRANES, TIDAL]
    assert [one.article for one in stored] == [EARLY, HARBOUR, HARBOUR, TIDES]
    assert [(one.metric, one.score) for one in stored] == [(None, 0), ("quay-cost", 0.75), (None, 0), ("tidal-share", 0.5)]
    assert stored[1].sentence == "The quay cost 1.2 million euros by the end of 2024."
    assert [one.also_in for one in stored] == [(), ("tides",), (), ()]
    assert len({one.id for one in stored}) == 4


@pytest.mark.parametrize("written", ["0.1", "17.1", "33.333333", "188.2E18", "6E11", "-40", "1.59E24", "0", "123456789012345"])
def test_a_value_is_the_same_number_afterwards(tmp_path: Path, written: str) -> None:
    """A REAL gives the decimal number back that went in, not the nearest binary one."""
    made = figure(EARLY, "188.2 quintillion", written, "count")
    with CorpusStore.create(tmp_path / "corpus.db") as store:
        store.add_article(EARLY, split_article(EARLY))
        store.figures.add([FigureEntry(made)])
        (stored,) = store.figures.all()
    assert stored.figure == made
    assert math.isclose(float(str(record(stored)["value"])), float(written))


def test_metrics_come_back_in_the_catalogues_order(store: CorpusStore) -> None:
    """Title, Chinese title, aliases and unit are those of the catalogue; a German title can still be found, as an alias."""
    share, cost = store.figures.metrics()
    assert share == SHARE
    assert cost == replace(COST, titles={"zh": "码头造价"}, aliases=("price of the quay", "Kosten des Kais"))


def test_counts(store: CorpusStore) -> None:
    """Figures are counted by metric, those without one under `None`; left-out numbers are counted too."""
    assert store.figures.counts() == {None: 2, "quay-cost": 1, "tidal-share": 1}
    assert store.figures.left_out() == 1
    assert store.figures.totals() == {"figures": 4, "figures_left_out": 1}


def test_a_database_without_figures_has_none(tmp_path: Path) -> None:
    """Nothing stored is nothing found, and storing nothing is no error."""
    with CorpusStore.create(tmp_path / "corpus.db") as store:
        store.figures.add([])
        store.figures.add_metrics([])
        store.figures.add_left_out("ice", [])
        assert store.figures.all() == [] == store.figures.metrics()
        assert store.figures.counts() == {}


def test_figures_are_stored_together_or_not_at_all(tmp_path: Path) -> None:
    """When one of several cannot be stored, none is."""
    broken = FigureEntry(replace(TIDAL, unit=None))  # type: ignore[arg-type]
    with CorpusStore.create(tmp_path / "corpus.db") as store:
        store.add_article(HARBOUR, split_article(HARBOUR))
        with pytest.raises(sqlite3.IntegrityError):
            store.figures.add([ENTRIES[0], broken])
        assert store.figures.totals() == {"figures": 0, "figures_left_out": 0}


# --- filters ---------------------------------------------------------------------------------------------------------


def test_figures_of_one_metric(store: CorpusStore) -> None:
    """A metric's key gives its figures, an unknown one none; `named_only` gives those of any metric."""
    assert texts(store, metric="quay-cost") == ["1.2 million euros"]
    assert texts(store, metric="nonsense") == []
    assert texts(store, named_only=True) == ["1.2 million euros", "17.1%"]


def test_figures_of_one_article_with_those_it_repeats(store: CorpusStore) -> None:
    """What an article says is found by its id, also where another article keeps the figure."""
    assert texts(store, article_id="harbour") == ["1.2 million euros", "40 to 60"]
    assert texts(store, article_id="tides") == ["1.2 million euros", "17.1%"]
    assert texts(store, article_id="tides", metric="tidal-share") == ["17.1%"]


@pytest.mark.parametrize(
    ("since", "found"),
    [
        (dt.date(2024, 1, 2), ["188.2 quintillion", "1.2 million euros", "40 to 60"]),
        (dt.date(2024, 12, 31), ["1.2 million euros", "40 to 60"]),
        (dt.date(2025, 1, 1), ["40 to 60"]),
        (dt.date(2031, 1, 1), []),
    ],
)
def test_figures_since_a_day(store: CorpusStore, since: dt.date, found: list[str]) -> None:
    """The end of the figure's own time counts, included; else its article's day; with neither it passes no filter on days."""
    assert texts(store, since=since) == found


# --- the exported record ---------------------------------------------------------------------------------------------


def test_a_record_has_the_agreed_fields(store: CorpusStore) -> None:
    """Names, order and values are those that are promised to readers of an export."""
    assert record(store.figures.all(metric="quay-cost")[0]) == {
        "metric": "quay-cost",
        "value": 1200000,
        "low": 1200000,
        "high": 1200000,
        "approximate": False,
        "unit": "EUR",
        "text": "1.2 million euros",
        "subject": "quay",
        "place": "Ellery",
        "status": "reported",
        "period_start": None,
        "period_end": "2024-12-31",
        "speaker": ARTICLE,
        "article_id": "harbour",
        "title": "Quays",
        "publisher": "The Harbour Post",
        "published_on": "2025-03-05",
        "start": QUAY.start,
        "end": QUAY.end,
        "sentence": "The quay cost 1.2 million euros by the end of 2024.",
        "also_in": ["tides"],
    }
    fields = "metric value low high approximate unit text subject place status period_start period_end speaker"
    fields += " article_id title publisher published_on start end sentence also_in"
    assert [list(record(stored)) for stored in store.figures.all()] == [fields.split()] * 4


def test_a_record_can_be_written_as_json(store: CorpusStore) -> None:
    """Whole numbers have no point, others do; unknown is null; a range and a bound are approximate."""
    lamps, _, cranes, tidal = (json.loads(json.dumps(record(stored))) for stored in store.figures.all())
    assert str(lamps["value"]) == "188200000000000000000"
    assert (cranes["low"], cranes["value"], cranes["high"], cranes["approximate"]) == (40, 50, 60, True)
    assert (tidal["value"], tidal["approximate"]) == (17.1, True)
    assert (tidal["title"], tidal["published_on"], tidal["period_end"], tidal["metric"]) == (None, None, None, "tidal-share")


# --- the tables, for other programs ------------------------------------------------------------------------------------


def test_the_view_joins_figure_metric_and_article(path: Path) -> None:
    """A program that knows SQL only finds the sentence, the number as it stands in the text, the source and the repeats."""
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        rows = {row["text"]: row for row in connection.execute("SELECT * FROM figures_with_source")}
        cut = connection.execute(
            "SELECT substr(articles.text, start + 1, end - start), figures.text FROM figures JOIN articles"
            " ON articles.id = article_id"
        ).fetchall()
    connection.close()
    assert len(rows) == 4 == len(cut)
    assert all(found == written for found, written in cut)
    quay = rows["1.2 million euros"]
    assert (quay["metric_title"], quay["title"], quay["url"]) == ("Cost of the quay", "Quays", HARBOUR.url)
    assert quay["sentence"] == "The quay cost 1.2 million euros by the end of 2024."
    assert json.loads(quay["also_in"]) == ["tides"]
    assert rows["17.1%"]["period_text"] == "this year" and json.loads(rows["17.1%"]["also_in"]) == []


def test_the_tables_are_plain(path: Path) -> None:
    """Plain types, a foreign key to each table that is referred to, no row without its partner, nothing virtual."""
    with sqlite3.connect(path) as connection:
        layout = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'figures%' OR name = 'metrics'"))
        types = {row[2] for table in layout for row in connection.execute(f"PRAGMA table_info({table})")}
        keys = {(row[2], row[3], row[4]) for row in connection.execute("PRAGMA foreign_key_list(figures)")}
        loose = connection.execute("PRAGMA foreign_key_check").fetchall()
        indexed = {row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index'") if row[0]}
    connection.close()
    assert {"figures", "metrics", "figures_also_in", "figures_left_out", "figures_with_source"} <= set(layout)
    assert "VIRTUAL" not in "".join(layout.values())
    assert types <= {"INTEGER", "REAL", "TEXT", ""}  # an expression in a view has no type
    assert keys == {("metrics", "metric", "key"), ("articles", "article_id", "id")}
    assert loose == []
    assert any("metric" in sql for sql in indexed) and any("article_id" in sql for sql in indexed)


def test_every_column_is_documented(path: Path) -> None:
    """The module's docstring names each column of each table."""
    with sqlite3.connect(path) as connection:
        for table in ("figures", "metrics", "figures_also_in", "figures_left_out"):
            for row in connection.execute(f"PRAGMA table_info({table})"):
                assert row[1] in str(figure_store.__doc__), (table, row[1])
    connection.close()
