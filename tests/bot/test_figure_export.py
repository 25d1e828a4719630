"""`bot.figure_export`: the promised fields in every format, and nothing lost on the way."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sys

import pytest

from bot.figure_export import FIELDS, ExportError, ExportFormat, export_figures, format_named
from corpus.figures.figure import Bound
from tests.bot.sample_figures import FERRY, UNRESOLVED, YEAR, ranged, stored

LARGE = "188200000000000000000"  # more than 64 bits hold
FIGURES = [
    stored("7,300", metric="solar-roofs", also_in=("ferry-line", "pasted-notice"), bound=Bound.ABOVE),
    ranged("17.1", "20", article=FERRY, period=YEAR),
    stored("188.2 quintillion", LARGE, "FLOPS", period=UNRESOLVED, place=None),
]


def test_json_is_one_array_of_records() -> None:
    """Exactly the promised fields in their order; whole numbers are written out, unknown is null."""
    roofs, share, speed = json.loads(export_figures(FIGURES, ExportFormat.JSON))
    assert list(roofs) == list(FIELDS)
    assert (roofs["metric"], roofs["value"], roofs["approximate"]) == ("solar-roofs", 7300, True)
    assert (roofs["also_in"], roofs["published_on"]) == (["ferry-line", "pasted-notice"], "2024-05-02")
    assert (share["metric"], share["low"], share["high"], share["period_start"]) == (None, 17.1, 20, "2025-01-01")
    assert (speed["value"], speed["place"], speed["period_end"]) == (int(LARGE), None, None)


def test_csv_has_a_header_and_a_row_a_figure() -> None:
    """Read back, each cell is what the record has; lists are parted by spaces, unknown is empty."""
    content = export_figures(FIGURES, ExportFormat.CSV).decode()
    roofs, share, speed = csv.DictReader(io.StringIO(content, newline=""))
    assert list(roofs) == list(FIELDS)
    assert (roofs["value"], roofs["approximate"], roofs["also_in"]) == ("7300", "true", "ferry-line pasted-notice")
    assert (share["metric"], share["low"], share["text"]) == ("", "17.1", "17.1 to 20")
    assert (speed["value"], speed["period_end"]) == (LARGE, "")


def test_parquet_keeps_types() -> None:
    """Days are days, numbers are floats that hold every scale, and the list stays a list."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")
    table = parquet.read_table(io.BytesIO(export_figures(FIGURES, ExportFormat.PARQUET)))
    assert table.column_names == list(FIELDS)
    roofs, share, speed = table.to_pylist()
    assert roofs["also_in"] == ["ferry-line", "pasted-notice"]
    assert (roofs["published_on"], share["period_end"]) == (dt.date(2024, 5, 2), dt.date(2025, 12, 31))
    assert (speed["value"], speed["period_end"], roofs["start"]) == (float(LARGE), None, 0)


@pytest.mark.parametrize("form", list(ExportFormat))
def test_no_figures_are_an_empty_file_of_the_format(form: ExportFormat) -> None:
    """Nothing found is still a file that programs read."""
    if form is ExportFormat.PARQUET:
        pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")
    content = export_figures([], form)
    assert {"csv": content.decode("latin-1").strip() == ",".join(FIELDS), "json": content == b"[]\n"}.get(
        form, content[:4] == b"PAR1"
    )


def test_parquet_without_pyarrow_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named, and the formats that work without it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"corpusbot\[parquet\].*csv or json"):
        export_figures(FIGURES, ExportFormat.PARQUET)


def test_a_format_is_named_in_any_case() -> None:
    """And an unknown one is refused with those there are."""
    assert format_named("JSON") is ExportFormat.JSON
    with pytest.raises(ExportError, match=r"'xml' is no format\. Choose csv, json or parquet\."):
        format_named("xml")
