"""Labelled questions about the collection that is indexed: what they ask and what a right quote is. Asks nothing itself.

A file holds a JSON object a line:

    id, q, answerable    the question, and whether the articles answer it
    articles, answer     ids in which the answer stands; regular expressions, one of which a right quote matches
                         (in any case, spaces folded)
    parts                instead of those two, for a question that compares: [{"article": id, "answer": [...]}, ...]
    spans                passages that answer, letter for letter: [{"article": id, "text": passage}, ...]
    kind, language       what the question is like (older files say `type`); the language it is asked in, else "en"
    turns                for a follow-up question: what was asked before it, in order
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from embeddings.evaluation.labelled_files import EvaluationError, Row, json_rows, shown
from embeddings.quotes import Quote

NO_KIND = "not given"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a full answer holds: most questions have one, a comparing one has one for each side."""

    articles: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    def is_held_by(self, quote: Quote) -> bool:
        """Whether a quote comes from one of the articles, or is said in one of them too, and holds the answer."""
        text = folded(quote.text)
        return bool({quote.article.id, *quote.also_in} & self.articles) and any(p.search(text) for p in self.patterns)


@dataclass(frozen=True, slots=True)
class Passage:
    """The letters of a passage that answers, and the article in which they stand."""

    article_id: str
    text: str


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question, and what a right answer is."""

    id: str
    text: str
    answerable: bool
    parts: tuple[Part, ...]
    kind: str = NO_KIND
    language: str = "en"
    turns: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    digest: str = ""  # another one means that the question, or what counts as right, was changed

    @property
    def articles(self) -> frozenset[str]:
        """The ids of all articles in which an answer stands."""
        return frozenset().union(*(part.articles for part in self.parts))

    @property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """Every pattern of every part."""
        return tuple(pattern for part in self.parts for pattern in part.patterns)

    def is_answered_by(self, quote: Quote) -> bool:
        """Whether a quote holds an answer, or one side of it where the question compares."""
        return any(part.is_held_by(quote) for part in self.parts)

    def is_covered_by(self, quotes: Iterable[Quote]) -> bool:
        """Whether each part stands in one of some quotes."""
        shown = list(quotes)
        return bool(self.parts) and all(any(part.is_held_by(quote) for quote in shown) for part in self.parts)


def read_question_files(paths: Iterable[Path]) -> list[LabelledQuestion]:
    """Read several files as one set.

    Raises:
        EvaluationError: as `read_questions`, or an id stands in two files.
    """
    taken: dict[str, Path] = {}
    found = []
    for path in paths:
        for question in read_questions(path):
            if question.id in taken:
                raise EvaluationError(f"{path}: the id {question.id!r} is taken by {taken[question.id]}. Change one of them.")
            taken[question.id] = path
            found.append(question)
    return found


def read_questions(path: Path) -> list[LabelledQuestion]:
    """Read a file of labelled questions.

    Raises:
        EvaluationError: the file cannot be read, a line is malformed, an id is there twice, or none of a question's answers is
            found in a passage that is said to answer it.
    """
    found: dict[str, LabelledQuestion] = {}
    for row in json_rows(path, "A file of labelled questions holds a JSON object a line."):
        question = _question(row)
        if question.id in found:
            raise EvaluationError(f"{row.place}: the id {question.id!r} is taken by an earlier line. Change one of them.")
        found[question.id] = question
    if not found:
        raise EvaluationError(f"{path}: there are no questions in it.")
    return list(found.values())


def _question(row: Row) -> LabelledQuestion:
    answerable = row.flag("answerable")
    parts = tuple(_side(side) for side in row.rows("parts")) or _whole(row)
    if answerable and not parts:
        raise EvaluationError(f"{row.place}: the question is answerable, but 'articles' or 'answer' is missing or empty.")
    question = LabelledQuestion(
        row.text("id"),
        row.text("q"),
        answerable,
        parts if answerable else (),
        row.text("kind", str(row.values.get("type") or NO_KIND)),
        row.text("language", "en"),
        row.texts("turns"),
        tuple(Passage(span.text("article"), span.text("text")) for span in row.rows("spans")),
        hashed(row.values),
    )
    _check_passages(question, row.place)
    return question


def _check_passages(question: LabelledQuestion, place: str) -> None:
    """Refuse a passage that holds none of the answers: no quote of it would ever count as right.

    Mostly a bracket or a plus was meant as such, but stands for something else in a regular expression.
    """
    for passage in question.passages if question.answerable else ():
        text = folded(passage.text)
        if not any(pattern.search(text) for pattern in question.patterns):
            raise EvaluationError(
                f"{place}: no 'answer' is found in the passage {shown(passage.text)}. Answers are regular expressions: "
                "write a backslash before signs like ( ) + ? . that stand for themselves."
            )


def folded(text: str) -> str:
    """A text as answers are looked for in it: every run of spaces is one."""
    return " ".join(text.split())


def hashed(label: object) -> str:
    """A short digest of a question and of what counts as right, by which a changed label is noticed."""
    return hashlib.sha256(json.dumps(label, sort_keys=True).encode()).hexdigest()[:16]


def _whole(row: Row) -> tuple[Part, ...]:
    articles, patterns = frozenset(row.texts("articles")), _patterns(row)
    return (Part(articles, patterns),) if articles and patterns else ()


def _side(row: Row) -> Part:
    patterns = _patterns(row)
    if not patterns:
        raise row.wrong("answer", "a list of one or more regular expressions")
    return Part(frozenset([row.text("article")]), patterns)


def _patterns(row: Row) -> tuple[re.Pattern[str], ...]:
    found = []
    for pattern in row.texts("answer"):
        try:
            found.append(re.compile(pattern, re.IGNORECASE))
        except re.error as error:
            raise EvaluationError(f"{row.place}: the answer {pattern!r} is no regular expression ({error}).") from error
    return tuple(found)
