"""Figures as a file for other programs: CSV, JSON or Parquet. The fields are those of `corpus.figure_store.record`."""

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from corpus.errors import CorpusbotError
from corpus.figure_store import StoredFigure, record

if TYPE_CHECKING:
    from pyarrow import Schema

FIELDS = tuple(
    "metric value low high approximate unit text subject place status period_start period_end speaker article_id title publisher"
    " published_on start end sentence also_in".split()
)
NUMBERS, PLACES, DAYS = ("value", "low", "high"), ("start", "end"), ("period_start", "period_end", "published_on")


class ExportError(CorpusbotError):
    """Figures cannot be exported; the text says what is missing."""


class ExportFormat(StrEnum):
    """What a file of figures can be."""

    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def format_named(name: str) -> ExportFormat:
    """The format of a name, in any case.

    Raises:
        ExportError: there is none of this name.
    """
    try:
        return ExportFormat(name.lower())
    except ValueError:
        raise ExportError(f"{name[:40]!r} is no format. Choose csv, json or parquet.") from None


def export_figures(figures: Sequence[StoredFigure], form: ExportFormat) -> bytes:
    """A whole file, one record a figure, in order.

    Args:
        form: CSV and JSON are UTF-8. In CSV unknown values are empty and `also_in` has its ids parted by spaces. In Parquet
            `value`, `low` and `high` are 64-bit floats, days are dates, `also_in` is a list.
    Raises:
        ExportError: Parquet is asked for, and pyarrow is not installed.
    """
    records = [record(figure) for figure in figures]
    if form is ExportFormat.PARQUET:
        return _parquet(records)
    return (_csv(records) if form is ExportFormat.CSV else _json(records)).encode()


def _json(records: Sequence[dict[str, object]]) -> str:
    """An array with one record a line, so that a large file can be looked at and compared."""
    lines = ",\n".join(json.dumps(values, ensure_ascii=False) for values in records)
    return f"[\n{lines}\n]\n" if records else "[]\n"


def _csv(records: Sequence[dict[str, object]]) -> str:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, FIELDS)  # its line ends, \r\n, are those of RFC 4180
    writer.writeheader()
    writer.writerows({name: _cell(values[name]) for name in FIELDS} for values in records)
    return file.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(map(str, value)) if isinstance(value, list) else value


def _parquet(records: Sequence[dict[str, object]]) -> bytes:
    try:
        # 170 MB that hardly anyone needs: an extra, loaded only here.
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise ExportError(
            "Parquet files need pyarrow. Run: pip install 'corpusbot[parquet]', or choose --format csv or json."
        ) from None
    sink = io.BytesIO()
    rows = [{name: _typed(name, value) for name, value in values.items()} for values in records]
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=_schema()), sink)
    return sink.getvalue()


def _schema() -> "Schema":
    import pyarrow  # as above

    kinds: dict[str, Any] = dict.fromkeys(FIELDS, pyarrow.string())
    kinds |= dict.fromkeys(NUMBERS, pyarrow.float64()) | dict.fromkeys(PLACES, pyarrow.int64())
    kinds |= dict.fromkeys(DAYS, pyarrow.date32())
    kinds |= {"approximate": pyarrow.bool_(), "also_in": pyarrow.list_(pyarrow.string())}
    return pyarrow.schema([(name, kinds[name]) for name in FIELDS])


def _typed(name: str, value: object) -> object:
    if name in NUMBERS:
        # 188.2 quintillion is more than an INT64 column holds.
        return float(value)  # type: ignore[arg-type]
    return dt.date.fromisoformat(value) if name in DAYS and isinstance(value, str) else value
