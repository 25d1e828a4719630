"""Reads files that hold a JSON object a line; every mistake in one is a sentence with file, line and value.

Knows nothing of what the objects mean (`embeddings.evaluation.questions`, `.beir`, `.saved_reports`).
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import CorpusbotError

LONGEST_SHOWN = 80  # characters of a value that a sentence repeats


class EvaluationError(CorpusbotError):
    """A labelled set or a saved report cannot be read; the text names file and line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One JSON object and where it stands, as `file:line`. Each reading names the place when the value is another kind."""

    values: Mapping[str, Any]
    place: str

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty.

        Args:
            default: what stands for a missing key; without one the key must be there.
        Raises:
            EvaluationError: it is anything else.
        """
        value = self.values.get(key, default)
        # JSON can hold half of a surrogate pair, which no file can.
        if not isinstance(value, str) or not value.strip() or re.search("[\ud800-\udfff]", value):
            raise self.wrong(key, "text")
        return value

    def flag(self, key: str) -> bool:
        """True or false; raises as `text` does."""
        value = self.values.get(key)
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false")
        return value

    def number(self, key: str) -> float:
        """A number; raises as `text` does."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(key, "a number")
        return float(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; none when the key is missing; raises as `text` does."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
            raise self.wrong(key, "a list of texts")
        return tuple(value)

    def rows(self, key: str) -> tuple["Row", ...]:
        """A list of JSON objects; none when the key is missing; raises as `text` does."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.wrong(key, "a list of objects")
        return tuple(Row(entry, f"{self.place}: {key}[{number}]") for number, entry in enumerate(value))

    def numbers(self, key: str) -> dict[str, float]:
        """An object of numbers by name; raises as `text` does."""
        value = self.values.get(key)
        if not isinstance(value, dict) or not all(isinstance(entry, int | float) for entry in value.values()):
            raise self.wrong(key, "an object of numbers")
        return {str(name): float(entry) for name, entry in value.items()}

    def wrong(self, key: str, wanted: str) -> EvaluationError:
        """The sentence that a key does not hold what it must."""
        return EvaluationError(f"{self.place}: {key!r} is {shown(self.values.get(key))}, but must be {wanted}.")


def shown(value: object) -> str:
    """A value as a sentence repeats it: not all of a long one."""
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def json_rows(path: Path, cure: str = "") -> Iterator[Row]:
    """The objects of a file, empty lines left out.

    Args:
        cure: a sentence that is added when the file cannot be read.
    Raises:
        EvaluationError: the file cannot be read as UTF-8 text, or a line is no JSON object.
    """
    for number, line in enumerate(read_lines(path, cure), 1):
        if line.strip():
            place = f"{path}:{number}"
            try:
                values = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise EvaluationError(f"{place}: is not JSON ({error}).") from error
            if not isinstance(values, dict):
                raise EvaluationError(f"{place}: must be a JSON object.")
            yield Row(values, place)


def read_lines(path: Path, cure: str = "") -> list[str]:
    """The lines of a UTF-8 file, with or without a byte order mark; raises as `json_rows` does."""
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read: {error}. {cure}".rstrip()) from error
