"""The catalogue of metrics: which series of figures have a name, read from a TOML file that an operator may edit.

Names no figure itself; `embeddings.metrics.matching` does, since that takes the encoder.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import CorpusbotError
from corpus.units import is_money

SHIPPED_CATALOGUE = Path(__file__).with_name("catalogue.toml")
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FIELDS = frozenset({"key", "title", "titles", "aliases", "unit"})
# The units that `Figure.unit` can have beside currencies.
UNITS = frozenset(
    """
    percent count ratio byte bit FLOPS second month metre square_metre cubic_metre gram ton watt watt_hour hertz litre degC
    """.split()
) | {"percentage point"}


class CatalogueError(CorpusbotError):
    """A catalogue cannot be read; the text names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A named series of figures.

    `titles` gives the title by language (`zh`), `aliases` what else it is called, in any language.
    """

    key: str
    title: str
    titles: Mapping[str, str]
    aliases: tuple[str, ...]
    unit: str

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called, the title first."""
        return (self.title, *self.titles.values(), *self.aliases)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All metrics, in the file's order; `digest` changes whenever one of them does."""

    metrics: tuple[Metric, ...]
    digest: str


def read_catalogue(path: Path) -> Catalogue:
    """Read a catalogue; an empty file is an empty catalogue.

    Raises:
        CatalogueError: the file is missing or no TOML, or an entry is incomplete, misspelt, double, or of an unknown unit.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CatalogueError(f"{path} does not exist. Set CATALOGUE_FILE to a catalogue of metrics, or unset it.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path} cannot be read: {error}.") from error
    if strange := sorted(content.keys() - {"metric"}):
        raise CatalogueError(f"{path}: {strange[0]!r} is unknown; a catalogue holds [[metric]] tables only.")
    entries = content.get("metric", [])
    if not isinstance(entries, list):
        raise CatalogueError(f"{path}: write [[metric]], with two brackets, above each entry.")
    metrics = tuple(_metric(path, number, entry) for number, entry in enumerate(entries, 1))
    _refuse_doubles(path, metrics)
    return Catalogue(metrics, _digest(metrics))


def fits(unit: str, metric: Metric) -> bool:
    """Whether figures in a unit can belong to a metric: the same unit, or money in another currency."""
    return unit == metric.unit or (is_money(unit) and is_money(metric.unit))


def _metric(path: Path, number: int, entry: Any) -> Metric:
    """One checked entry."""
    if not isinstance(entry, dict):
        raise CatalogueError(f"{path}, entry {number}: this is no table of key, title, aliases and unit.")
    where = f"{path}, entry {number} ({entry.get('key', 'without a key')})"
    if strange := sorted(entry.keys() - FIELDS):
        raise CatalogueError(f"{where}: {strange[0]!r} is unknown; an entry has {', '.join(sorted(FIELDS))}.")
    key, title, unit = (_text(where, entry, field) for field in ("key", "title", "unit"))
    if not KEY.fullmatch(key):
        raise CatalogueError(f"{where}: a key has lower-case letters, digits and single hyphens only, such as ai-companies.")
    if unit not in UNITS and not is_money(unit):
        raise CatalogueError(
            f"{where}: the unit {unit!r} is unknown. Write a currency code such as CNY, or one of {', '.join(sorted(UNITS))}."
        )
    titles, aliases = entry.get("titles", {}), entry.get("aliases", [])
    if not isinstance(titles, dict) or not all(_is_text(text) for text in titles.values()):
        raise CatalogueError(f'{where}: titles are written by language, such as titles.zh = "…".')
    if not isinstance(aliases, list) or not all(_is_text(text) for text in aliases):
        raise CatalogueError(f'{where}: aliases are a list of texts, such as ["AI companies", "AI firms"].')
    return Metric(key, title, titles, tuple(aliases), unit)


def _text(where: str, entry: Mapping[str, Any], field: str) -> str:
    value = entry.get(field)
    if not isinstance(value, str) or not value.strip():
        raise CatalogueError(f'{where}: {field} is missing. Write {field} = "…".')
    return value.strip()


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _refuse_doubles(path: Path, metrics: tuple[Metric, ...]) -> None:
    """Two metrics may share neither key nor title, or nobody could tell which one was asked for."""
    seen: dict[str, str] = {}
    for number, metric in enumerate(metrics, 1):
        for name in {metric.key, metric.title.casefold()}:
            if name in seen:
                raise CatalogueError(f"{path}, entry {number} ({metric.key}): {name!r} names {seen[name]} already.")
        seen |= dict.fromkeys((metric.key, metric.title.casefold()), metric.key)


def _digest(metrics: tuple[Metric, ...]) -> str:
    told = [[one.key, one.title, dict(one.titles), one.aliases, one.unit] for one in metrics]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
