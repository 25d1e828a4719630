"""Reads the written passages: their sentences, the sentences that may be added, and the questions with the one that answers each.

`passages/*.jsonl` hold a JSON object a line: `id`, `passage`, `questions`: [{"q", "answer", "kind"}, ...]. `answer` is the
passage's own words, or null where the passage does not answer. `answering/*.jsonl`, of the same names, hold for each question
without an answer a sentence that would give it: `id` of the passage, `number` of the question (from 0), `sentence`, `answer`, and
`after` how many of the passage's sentences it stands.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article
from corpus.chunks import sentences_of
from embeddings.evaluation.labelled_files import Row, json_rows

ONE_IN = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a passage: its own number `number`, or that of an added one."""

    is_added: bool
    number: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the sentence that answers it, and the first and last letter of the answer in that sentence."""

    question: str
    place: Place
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage's own sentences, those that may be added with how many of its own they stand behind, and its questions."""

    id: str
    set: str  # the name of its file
    own: tuple[str, ...]
    added: tuple[tuple[str, int], ...]
    asked: tuple[Asked, ...]

    @property
    def kept_aside(self) -> bool:
        """Whether it is measured and never fitted on: one passage of ten, by the hash of its set and id."""
        return int(hashlib.sha256((self.set + self.id).encode()).hexdigest(), 16) % ONE_IN == 0

    def version(self, added: Iterable[int], without: int | None = None) -> list[tuple[Place, str]]:
        """Its sentences in order, with some of the added ones and, where asked for, without one of its own."""
        wanted = set(added)
        sentences: list[tuple[Place, str]] = []
        for number in range(len(self.own) + 1):
            sentences += [(Place(True, k), text) for k, (text, after) in enumerate(self.added) if k in wanted and after == number]
            if number < len(self.own) and number != without:
                sentences.append((Place(False, number), self.own[number]))
        return sentences


def read_passages(paths: Iterable[Path], answering: Path) -> list[Passage]:
    """All passages of some files.

    Args:
        answering: the folder with the sentences that answer.
    Raises:
        EvaluationError: a file cannot be read, a line is none of these, or an answer is not in its text.
    """
    found = []
    for path in paths:
        sentences = {(row.text("id"), int(row.number("number"))): row for row in json_rows(answering / path.name)}
        found += [_passage(row, path.stem, sentences) for row in json_rows(path)]
    return found


def _passage(row: Row, name: str, answering: dict[tuple[str, int], Row]) -> Passage:
    identifier = row.text("id")
    article = Article(identifier, row.text("passage"))
    own = [sentence for paragraph in article.paragraphs() for sentence in sentences_of(article, paragraph)]
    added: list[tuple[str, int]] = []
    asked = []
    for number, question in enumerate(row.rows("questions")):
        if question.values.get("answer") is not None:
            start = _start_in(question, article.text)
            place = next((k for k, sentence in enumerate(own) if sentence.span.start <= start < sentence.span.end), None)
            if place is not None:
                start -= own[place].span.start
                end = min(len(own[place].text), start + len(question.text("answer")))
                asked.append(Asked(question.text("q"), Place(False, place), start, end))
        elif fill := answering.get((identifier, number)):
            start = _start_in(fill, fill.text("sentence"))
            added.append((fill.text("sentence"), min(int(fill.number("after")), len(own))))
            asked.append(Asked(question.text("q"), Place(True, len(added) - 1), start, start + len(fill.text("answer"))))
    return Passage(identifier, name, tuple(sentence.text for sentence in own), tuple(added), tuple(asked))


def _start_in(row: Row, text: str) -> int:
    start = text.find(row.text("answer"))
    if start < 0:
        raise row.wrong("answer", "words of its text, letter for letter")
    return start
