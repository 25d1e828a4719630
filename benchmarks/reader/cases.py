"""Passages with questions that they answer and questions that they only seem to answer.

`passages/*.jsonl` hold a JSON object a line: `id`, `passage`, `questions`: [{"q", "answer", "kind"}, ...]. `answer` is the
passage's own words, or null where the passage does not answer. `answering/*.jsonl` hold, for questions without an answer, a
sentence that would give it: `id` of the passage, `number` of the question (from 0), `sentence`, `answer`, and `after` how many of
the passage's sentences it stands.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from corpus.article import Article
from corpus.chunks import sentences_of
from embeddings.evaluation.labelled_files import Row, json_rows

ONE_IN = 10


@dataclass(frozen=True, slots=True)
class Case:
    """One question to one passage; `answer` is the first and last letter of the answer in it, or none."""

    id: str
    passage_id: str
    passage: str
    question: str
    answer: tuple[int, int] | None
    kind: str

    @property
    def kept_aside(self) -> bool:
        """Whether it is measured and never fitted on: all cases of every tenth passage, by the hash of its id."""
        return int(hashlib.sha256(self.passage_id.encode()).hexdigest(), 16) % ONE_IN == 0


def read_cases(passages: Iterable[Path]) -> list[Case]:
    """All cases of some files, in their order.

    Raises:
        EvaluationError: a file cannot be read, a line is none of these, or an answer is not in its passage.
    """
    return [case for path in passages for row in json_rows(path) for case in _cases(row)]


def read_contrasts(passages: Iterable[Path], answering: Iterable[Path]) -> list[Case]:
    """Each question without an answer twice: in its passage with the sentence that answers it, and with that of another question.

    Neither the question nor the passage tells which of the two it is; only both together do.
    Raises:
        EvaluationError: as above, or a sentence belongs to no question without an answer.
    """
    unanswered = {case.id: case for case in read_cases(passages) if case.answer is None}
    answered = [_answered(row, unanswered) for path in answering for row in json_rows(path)]
    contrasts = []
    for _, group in groupby(answered, key=lambda case: case.passage_id):
        cases = list(group)
        for case, other in zip(cases, [*cases[1:], cases[0]], strict=True):
            contrasts += [case, replace(case, id=f"{case.id}-otherwise", passage=other.passage, answer=None)]
    return contrasts


def _cases(row: Row) -> list[Case]:
    identifier, passage = row.text("id"), row.text("passage")
    cases = []
    for number, asked in enumerate(row.rows("questions")):
        answer = _answer_in(asked, passage) if asked.values.get("answer") is not None else None
        cases.append(Case(f"{identifier}-{number}", identifier, passage, asked.text("q"), answer, asked.text("kind")))
    return cases


def _answered(row: Row, cases: dict[str, Case]) -> Case:
    """The case of a question without an answer, in a passage that has one."""
    case = cases.get(f"{row.text('id')}-{row.number('number'):.0f}")
    if case is None:
        raise row.wrong("number", "that of a question which its passage does not answer")
    article = Article(case.passage_id, case.passage)
    ends = [0, *(sentence.span.end for paragraph in article.paragraphs() for sentence in sentences_of(article, paragraph))]
    end = ends[min(int(row.number("after")), len(ends) - 1)]
    sentence = row.text("sentence")
    before, behind = case.passage[:end].strip(), case.passage[end:].strip()
    passage = " ".join(part for part in (before, sentence, behind) if part)
    first, last = _answer_in(row, sentence)
    shift = len(before) + 1 if before else 0
    return Case(f"{case.id}-answered", case.passage_id, passage, case.question, (shift + first, shift + last), case.kind)


def _answer_in(row: Row, text: str) -> tuple[int, int]:
    """The first and last letter of a row's answer in a text."""
    answer = row.text("answer")
    start = text.find(answer)
    if start < 0:
        raise row.wrong("answer", "words of its text, letter for letter")
    return start, start + len(answer)
