"""Reads a retrieval set in BEIR layout: corpus.jsonl, queries.jsonl, qrels/*.tsv (Thakur et al., NeurIPS 2021)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.article import Article
from corpus.cleaning import normalise
from corpus.errors import CorpusbotError


class EvaluationError(CorpusbotError):
    """A labelled set cannot be read; the text names file and line."""


@dataclass(frozen=True)
class RetrievalSet:
    """Documents, questions, and which documents answer which question.

    A question that is not in `relevant` has no answer in the documents.
    """

    name: str
    documents: list[Article]
    questions: dict[str, str]
    relevant: dict[str, dict[str, int]]

    @property
    def answerable(self) -> list[str]:
        """Ids of the questions that some document answers."""
        return [identifier for identifier in self.questions if identifier in self.relevant]

    @property
    def unanswerable(self) -> list[str]:
        """Ids of the questions that no document answers."""
        return [identifier for identifier in self.questions if identifier not in self.relevant]


def read_retrieval_set(folder: Path) -> RetrievalSet:
    """Read a BEIR folder.

    Raises:
        EvaluationError: a file is missing, a line malformed, or a judgement names an unknown question or document.
    """
    rows = _unique_rows(folder / "corpus.jsonl")
    # Some public sets hold documents with a title and no text: they cannot be found, but questions may point to them.
    documents = [
        Article(id=identifier, text=normalise(_text(row, "text", place)), title=str(row.get("title") or "") or None)
        for identifier, (row, place) in rows.items()
        if row.get("text")
    ]
    questions = {
        identifier: _text(row, "text", place) for identifier, (row, place) in _unique_rows(folder / "queries.jsonl").items()
    }
    files = sorted((folder / "qrels").glob("*.tsv"))
    if not files:
        raise EvaluationError(f"{folder / 'qrels'} holds no .tsv file. A BEIR folder has qrels/test.tsv.")
    relevant: dict[str, dict[str, int]] = {}
    for question, document, grade, place in (row for path in files for row in _judgements(path)):
        if question not in questions or document not in rows:
            missing = f"question {question!r}" if question not in questions else f"document {document!r}"
            raise EvaluationError(f"{place}: the {missing} does not exist in this folder.")
        if grade > 0:
            relevant.setdefault(question, {})[document] = grade
    if not documents or not relevant:
        raise EvaluationError(
            f"{folder}: there is nothing to measure; it has {len(documents)} documents and {len(relevant)} answers."
        )
    return RetrievalSet(folder.name, documents, questions, relevant)


def _unique_rows(path: Path) -> dict[str, tuple[dict[str, Any], str]]:
    found: dict[str, tuple[dict[str, Any], str]] = {}
    for row, place in _json_lines(path):
        identifier = _text(row, "_id", place)
        if identifier in found:
            raise EvaluationError(f"{place}: the _id {identifier!r} is taken by {found[identifier][1]}.")
        found[identifier] = (row, place)
    return found


def _json_lines(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(
            f"{path} cannot be read: {error}. A BEIR folder has corpus.jsonl, queries.jsonl and qrels/."
        ) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as error:
                raise EvaluationError(f"{path}:{number}: is not JSON ({error}).") from error
            if not isinstance(row, dict):
                raise EvaluationError(f"{path}:{number}: must be a JSON object.")
            yield row, f"{path}:{number}"


def _text(row: dict[str, Any], key: str, place: str) -> str:
    value = row.get(key)
    # JSON can hold half of a surrogate pair, which no file can.
    if not isinstance(value, str) or not value or re.search("[\ud800-\udfff]", value):
        raise EvaluationError(f"{place}: {key!r} is {value!r}, but must be text.")
    return value


def _judgements(path: Path) -> Iterator[tuple[str, str, int, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read: {error}.") from error
    for number, line in enumerate(lines, 1):
        row = line.rstrip("\r").split("\t")
        if row == [""] or (number == 1 and row[-1] == "score"):
            continue
        try:
            question, document, grade = row
            yield question, document, int(grade), f"{path}:{number}"
        except ValueError:
            raise EvaluationError(f"{path}:{number}: must be question, document and a whole number, parted by tabs.") from None
