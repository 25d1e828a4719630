"""Labelled questions: what counts as right, as declined and as a mistake in the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.article import Article, Span
from embeddings.answers import Abstention, Answer
from embeddings.evaluation.beir import EvaluationError
from embeddings.evaluation.questions import measure_answers, read_questions
from embeddings.quotes import Quote

QUESTIONS = [
    {"id": "a", "q": "How many boats?", "answerable": True, "articles": ["harbour"], "answer": ["forty  ?boats"]},
    {"id": "b", "q": "Which pier?", "answerable": True, "articles": ["pier"], "answer": ["north pier"]},
    {"id": "c", "q": "Who paid?", "answerable": True, "articles": ["harbour"], "answer": ["council"]},
    {"id": "d", "q": "How many planes?", "answerable": False, "articles": [], "answer": []},
    {"id": "e", "q": "How many trains?", "answerable": False, "articles": [], "answer": []},
]


def quote(article_id: str, text: str) -> Quote:
    """A quote of a whole article."""
    span = Span(article_id, 0, len(text))
    return Quote(span, text, span, text, Article(id=article_id, text=text), 1, 1.0, 1)


def written(path: Path, rows: list[dict[str, object]]) -> Path:
    """A file of labelled questions."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_counts_by_hand(tmp_path: Path) -> None:
    """Right needs the pattern in the first quote and the right article; declining an answerable question is a mistake."""
    replies = {
        "How many boats?": Answer("", (quote("harbour", "There are FORTY\n\nboats."),), 0.9, "g"),
        "Which pier?": Answer("", (quote("harbour", "The north pier."), quote("pier", "The north pier.")), 0.9, "g"),
        "Who paid?": Abstention("", "no", 0.1, (), "g"),
        "How many planes?": Abstention("", "no", 0.1, (), "g"),
        "How many trains?": Answer("", (quote("pier", "Trains."),), 0.9, "g"),
    }
    measured = measure_answers(read_questions(written(tmp_path / "q.jsonl", QUESTIONS)), lambda text: replies[text])
    assert measured == {
        "answerable": 3,
        "right_first": 1,
        "right_in_three": 2,
        "wrongly_declined": 1,
        "unanswerable": 2,
        "declined": 1,
        "failures": ["b", "c", "e"],
    }


@pytest.mark.parametrize(
    ("line", "named"),
    [("{", ":2:"), ('{"id": "x"}', ":2:"), ('{"id": "x", "q": "?", "answerable": true, "answer": ["("]}', ":2:"), ("[1]", ":2:")],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str, named: str) -> None:
    """File and line are told."""
    path = written(tmp_path / "q.jsonl", QUESTIONS[:1])
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=named):
        read_questions(path)


def test_the_shipped_sets_can_be_read() -> None:
    """Every labelled set of ours is well formed, and no id or question stands in two of them."""
    folder = Path(__file__).resolve().parents[2] / "questions"
    questions = [question for path in sorted(folder.glob("*.jsonl")) for question in read_questions(path)]
    assert len(questions) > 300
    assert len({question.id for question in questions}) == len(questions)
    assert len({question.text.casefold() for question in questions}) == len(questions)
    assert all(question.patterns and question.articles for question in questions if question.answerable)
