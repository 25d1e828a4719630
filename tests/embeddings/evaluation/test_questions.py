"""Labelled questions: what counts as right, which older files load, and what is said about a mistake in one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Article, Span
from embeddings.evaluation.labelled_files import EvaluationError
from embeddings.evaluation.questions import LabelledQuestion, Passage, read_question_files, read_questions
from embeddings.quotes import Quote

BOATS = {"id": "a", "q": "How many boats?", "answerable": True, "articles": ["harbour"], "answer": ["forty  ?boats"]}
PLANES = {"id": "d", "q": "How many planes?", "answerable": False, "articles": [], "answer": [], "type": "near-subject"}
FORTY = {"article": "harbour", "text": "There are forty (40) boats."}
SIDES = {
    "id": "c",
    "q": "Is the pier longer than the mole?",
    "kind": "comparing",
    "language": "de",
    "answerable": True,
    "parts": [{"article": "pier", "answer": ["90 metres"]}, {"article": "mole", "answer": ["70 metres", "seventy"]}],
    "spans": [{"article": "pier", "text": "The pier is 90 metres long."}],
    "turns": ["How long is the mole?"],
    "note": "keys that we do not know are no matter",
}


def quote(article_id: str, text: str) -> Quote:
    """A quote of a whole article."""
    span = Span(article_id, 0, len(text))
    return Quote(span, text, span, text, Article(id=article_id, text=text), 1, 1.0, 1)


def read(path: Path, *rows: dict[str, object]) -> list[LabelledQuestion]:
    """What is read from a file that holds these objects."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return read_questions(path)


def test_an_older_file_is_read(tmp_path: Path) -> None:
    """Without the newer keys a question is English and stands by itself; `type` is its kind."""
    boats, planes = read(tmp_path / "q.jsonl", BOATS, PLANES)
    assert (boats.id, boats.text, boats.answerable, boats.kind, boats.language) == ("a", BOATS["q"], True, "not given", "en")
    assert (boats.turns, boats.passages, boats.articles) == ((), (), {"harbour"})
    assert (planes.answerable, planes.kind, planes.patterns) == (False, "near-subject", ())


def test_a_newer_file_is_read(tmp_path: Path) -> None:
    """Language, kind, earlier questions, passages and the sides of a comparison come back."""
    (sides,) = read(tmp_path / "q.jsonl", SIDES)
    assert (sides.kind, sides.language, sides.turns) == ("comparing", "de", ("How long is the mole?",))
    assert sides.passages == (Passage("pier", "The pier is 90 metres long."),)
    assert sides.articles == {"pier", "mole"}
    assert [pattern.pattern for pattern in sides.patterns] == ["90 metres", "70 metres", "seventy"]


def test_right_needs_words_and_article(tmp_path: Path) -> None:
    """In any case and with any spaces, but from one of the articles, or from one that says the same."""
    (boats,) = read(tmp_path / "q.jsonl", BOATS)
    said = quote("harbour", "There are FORTY\n\nboats.")
    assert boats.is_answered_by(said)
    assert not boats.is_answered_by(quote("harbour", "There are fifty boats."))
    elsewhere = quote("pier", "There are forty boats.")
    assert not boats.is_answered_by(elsewhere)
    assert boats.is_answered_by(replace(elsewhere, twins=(said,)))


def test_a_comparison_is_covered_when_every_side_is(tmp_path: Path) -> None:
    """One side makes a quote right; all sides must stand in the quotes for the whole."""
    (sides,) = read(tmp_path / "q.jsonl", SIDES)
    pier, mole, other = quote("pier", "It is 90 metres."), quote("mole", "Seventy metres."), quote("mole", "90 metres")
    assert sides.is_answered_by(pier) and sides.is_answered_by(mole) and not sides.is_answered_by(other)
    assert sides.is_covered_by([pier, mole]) and sides.is_covered_by([other, mole, pier])
    assert not sides.is_covered_by([pier, other]) and not sides.is_covered_by([])


def test_nothing_answers_an_unanswerable_question(tmp_path: Path) -> None:
    """Whatever its label says besides."""
    (planes,) = read(tmp_path / "q.jsonl", PLANES | {"articles": ["pier"], "answer": ["planes"]})
    assert not planes.is_answered_by(quote("pier", "planes")) and not planes.is_covered_by([quote("pier", "planes")])


def test_a_changed_label_has_another_digest(tmp_path: Path) -> None:
    """Two measurings can tell whether they were judged alike."""
    one, same, other = (
        read(tmp_path / "q.jsonl", row)[0].digest for row in (BOATS, dict(reversed(BOATS.items())), BOATS | {"answer": ["boats"]})
    )
    assert one == same != other


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "is not JSON"),
        ("[1]", "must be a JSON object"),
        ('{"id": "x"}', "'answerable' is None, but must be true or false"),
        (json.dumps(PLANES | {"answerable": "no"}), "'answerable' is 'no'"),
        (json.dumps(PLANES | {"id": 7}), "'id' is 7, but must be text"),
        (json.dumps(PLANES | {"q": " "}), "'q' is ' '"),
        (json.dumps(PLANES | {"language": None}), "'language' is None"),
        (json.dumps(PLANES | {"turns": "How many?"}), "'turns' is 'How many?', but must be a list of texts"),
        (json.dumps(PLANES | {"spans": ["text"]}), "'spans' is ['text'], but must be a list of objects"),
        (json.dumps(PLANES | {"spans": [{"article": "pier"}]}), "spans[0]: 'text' is None"),
        (json.dumps(PLANES | {"id": "a"}), "the id 'a' is taken"),
        (json.dumps(BOATS | {"id": "x", "answer": ["("]}), "the answer '(' is no regular expression"),
        (
            json.dumps(BOATS | {"id": "x", "answer": ["forty (40) boats"], "spans": [FORTY]}),
            "no 'answer' is found in the passage 'There are forty (40) boats.'",
        ),
        (json.dumps(BOATS | {"id": "x", "answer": []}), "'articles' or 'answer' is missing or empty"),
        (json.dumps(BOATS | {"id": "x", "articles": []}), "'articles' or 'answer' is missing or empty"),
        (json.dumps(SIDES | {"parts": [{"article": "pier"}]}), "parts[0]: 'answer' is None"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    """File, line and value are told, in one line."""
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps(BOATS) + "\n\n" + line + "\n", encoding="utf-8")
    with pytest.raises(EvaluationError) as refused:
        read_questions(path)
    assert str(refused.value).startswith(f"{path}:3: ") and problem in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_long_value_is_shortened(tmp_path: Path) -> None:
    """A sentence about a whole paragraph does not repeat it."""
    with pytest.raises(EvaluationError) as refused:
        read(tmp_path / "q.jsonl", PLANES | {"answerable": "no " * 1000})
    assert len(str(refused.value)) < 300


def test_files_are_pooled_when_their_ids_differ(tmp_path: Path) -> None:
    """Several files are one set; an id that stands in two of them is named with both."""
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    read(one, BOATS)
    read(two, PLANES)
    assert [question.id for question in read_question_files([one, two])] == ["a", "d"]
    read(two, PLANES, BOATS)
    with pytest.raises(EvaluationError, match=r"two\.jsonl: the id 'a' is taken by .*one\.jsonl"):
        read_question_files([one, two])


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe"], ids=["empty", "blank", "no text"])
def test_a_file_without_questions_is_refused(tmp_path: Path, content: bytes) -> None:
    """The sentence names the file."""
    path = tmp_path / "q.jsonl"
    path.write_bytes(content)
    with pytest.raises(EvaluationError, match=r"q\.jsonl"):
        read_questions(path)


def test_the_shipped_sets_can_be_read() -> None:
    """Every labelled set of ours is well formed, and no id or question stands in two of them."""
    folder = Path(__file__).resolve().parents[2] / "questions"
    # Dialogues are tested by themselves: a line of theirs is a talk, not a question.
    questions = read_question_files(path for path in sorted(folder.glob("*.jsonl")) if path.stem != "dialogues")
    assert len(questions) > 300
    alone = [question.text.casefold() for question in questions if not question.turns]
    assert len(set(alone)) == len(alone)
    assert all(question.patterns and question.articles for question in questions if question.answerable)
