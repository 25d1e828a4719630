"""Reads a retrieval set in BEIR layout: corpus.jsonl, queries.jsonl, qrels/*.tsv (Thakur et al., NeurIPS 2021)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article
from corpus.cleaning import normalise
from embeddings.evaluation.labelled_files import EvaluationError, Row, json_rows, read_lines

LAYOUT = "A BEIR folder has corpus.jsonl, queries.jsonl and qrels/."


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Judgement:
    """How well a document answers a question (0: not at all), and where that is written."""

    question: str
    document: str
    grade: int
    place: str


def read_retrieval_set(folder: Path) -> RetrievalSet:
    """Read a BEIR folder.

    Raises:
        EvaluationError: a file is missing, a line malformed, or a judgement names an unknown question or document.
    """
    rows = _unique_rows(folder / "corpus.jsonl")
    # Some public sets hold documents with a title and no text: they cannot be found, but questions may point to them.
    documents = [
        Article(id=identifier, text=normalise(row.text("text")), title=str(row.values.get("title") or "") or None)
        for identifier, row in rows.items()
        if row.values.get("text")
    ]
    questions = {identifier: row.text("text") for identifier, row in _unique_rows(folder / "queries.jsonl").items()}
    relevant: dict[str, dict[str, int]] = {}
    for judgement in _all_judgements(folder / "qrels"):
        if judgement.question not in questions:
            raise EvaluationError(f"{judgement.place}: the question {judgement.question!r} does not exist in this folder.")
        if judgement.document not in rows:
            raise EvaluationError(f"{judgement.place}: the document {judgement.document!r} does not exist in this folder.")
        if judgement.grade > 0:
            relevant.setdefault(judgement.question, {})[judgement.document] = judgement.grade
    if not documents or not relevant:
        raise EvaluationError(
            f"{folder}: there is nothing to measure; it has {len(documents)} documents and {len(relevant)} answers."
        )
    return RetrievalSet(folder.name or folder.resolve().name, documents, questions, relevant)


def _unique_rows(path: Path) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in json_rows(path, LAYOUT):
        identifier = row.text("_id")
        if identifier in found:
            raise EvaluationError(f"{row.place}: the _id {identifier!r} is taken by {found[identifier].place}.")
        found[identifier] = row
    return found


def _all_judgements(folder: Path) -> Iterator[Judgement]:
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise EvaluationError(f"{folder} holds no .tsv file. A BEIR folder has qrels/test.tsv.")
    for path in files:
        yield from _judgements(path)


def _judgements(path: Path) -> Iterator[Judgement]:
    for number, line in enumerate(read_lines(path), 1):
        row = line.rstrip("\r").split("\t")
        if row == [""] or (number == 1 and row[-1] == "score"):
            continue
        place = f"{path}:{number}"
        try:
            question, document, grade = row
            yield Judgement(question, document, int(grade), place)
        except ValueError:
            raise EvaluationError(f"{place}: must be question, document and a whole number, parted by tabs.") from None
