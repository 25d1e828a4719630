"""Measures answers and abstentions on labelled questions over the collection that is indexed.

A file of labelled questions holds a JSON object a line: `id`, `q`, `answerable`, `articles` (ids in which the answer
stands), `answer` (regular expressions, one of which an answering passage matches, in any case, spaces folded).
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from embeddings.answers import Answer, Reply
from embeddings.evaluation.beir import EvaluationError
from embeddings.quotes import Quote

FIRST_QUOTES = 3


@dataclass(frozen=True)
class LabelledQuestion:
    """A question, and what a right answer is."""

    id: str
    text: str
    answerable: bool
    articles: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    def is_answered_by(self, quote: Quote) -> bool:
        """Whether a quote comes from one of the articles and holds the answer."""
        text = " ".join(quote.text.split())
        return bool({quote.article.id, *quote.also_in} & self.articles) and any(p.search(text) for p in self.patterns)


def read_questions(path: Path) -> list[LabelledQuestion]:
    """Read a file of labelled questions.

    Raises:
        EvaluationError: the file cannot be read, or a line is malformed.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read: {error}.") from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(_question(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError, re.error) as error:
                raise EvaluationError(
                    f"{path}:{number}: is not a labelled question ({type(error).__name__}: {error})."
                ) from error
    if not found:
        raise EvaluationError(f"{path}: there are no questions in it.")
    return found


def _question(row: dict[str, Any]) -> LabelledQuestion:
    patterns = tuple(re.compile(pattern, re.IGNORECASE) for pattern in row.get("answer", ()))
    return LabelledQuestion(str(row["id"]), str(row["q"]), bool(row["answerable"]), frozenset(row.get("articles", ())), patterns)


def measure_answers(questions: Iterable[LabelledQuestion], ask: Callable[[str], Reply]) -> dict[str, Any]:
    """Ask each question and count.

    Returns:
        `answerable`, `right_first` (answered, and the first quote holds the answer), `right_in_three`,
        `wrongly_declined`; `unanswerable`, `declined`; and `failures`, the ids of all questions that went wrong.
    """
    counts = dict.fromkeys(("answerable", "right_first", "right_in_three", "wrongly_declined", "unanswerable", "declined"), 0)
    failures: list[str] = []
    for question in questions:
        reply = ask(question.text)
        answered = isinstance(reply, Answer)
        good = not answered
        if question.answerable:
            held = [question.is_answered_by(quote) for quote in reply.quotes] if isinstance(reply, Answer) else []
            good = bool(held[:1]) and held[0]
            counts["answerable"] += 1
            counts["right_first"] += good
            counts["right_in_three"] += any(held[:FIRST_QUOTES])
            counts["wrongly_declined"] += not answered
        else:
            counts["unanswerable"] += 1
            counts["declined"] += good
        if not good:
            failures.append(question.id)
    return {**counts, "failures": failures}


def print_answers(console: Console, name: str, measured: dict[str, Any]) -> None:
    """Print the counts for people."""
    table = Table(title=f"{name}: {measured['answerable']} answerable and {measured['unanswerable']} unanswerable questions")
    for column in ("right in the first quote", "in the first three", "wrongly declined", "unanswerable declined"):
        table.add_column(column, justify="right")
    answerable, unanswerable = measured["answerable"] or 1, measured["unanswerable"] or 1
    table.add_row(
        f"{measured['right_first']} ({measured['right_first'] / answerable:.1%})",
        f"{measured['right_in_three']} ({measured['right_in_three'] / answerable:.1%})",
        f"{measured['wrongly_declined']} ({measured['wrongly_declined'] / answerable:.1%})",
        f"{measured['declined']} ({measured['declined'] / unanswerable:.1%})",
    )
    console.print(table)
    if measured["failures"]:
        console.print(f"Went wrong: {', '.join(measured['failures'])}", soft_wrap=True)
