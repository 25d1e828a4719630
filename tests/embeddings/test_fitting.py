"""Fitting the confidence on labelled questions."""

import numpy as np
import pytest

from embeddings.abstention import read_abstainer
from embeddings.evaluation.fitting import FEWEST, fit_abstention, gather, thresholds
from embeddings.evaluation.labelled_files import EvaluationError
from embeddings.evaluation.questions import LabelledQuestion, read_questions
from embeddings.evidence import NO_EVIDENCE, Evidence


def labelled(tmp_path, count: int) -> list[LabelledQuestion]:
    """Questions of both kinds, half and half."""
    good = '{{"id": "g{n}", "q": "Is {n} good?", "answerable": true, "articles": ["a"], "answer": ["x"]}}'
    bad = '{{"id": "b{n}", "q": "Is {n} bad?", "answerable": false}}'
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(row.format(n=n) for n in range(count) for row in (good, bad)), encoding="utf-8")
    return read_questions(path)


def evidence(questions: list[LabelledQuestion]) -> list[Evidence]:
    """A good match for answerable questions, a bad one for the others, with some overlap."""
    chance = np.random.default_rng(5)
    names = list(NO_EVIDENCE.values())
    found = []
    for question in questions:
        values = dict.fromkeys(names, 0.0) | {"sentence_match": chance.normal(0.8 if question.answerable else 0.4, 0.1)}
        found.append(Evidence(**values))
    return found


def test_what_separates_the_two_kinds_gets_the_weight(tmp_path):
    """The fitted curve trusts the match, tells answerable from unanswerable, and its file is read back."""
    questions = labelled(tmp_path, 60)
    fitted = fit_abstention(questions, evidence(questions), "invented")
    assert max(fitted.weights, key=lambda name: abs(fitted.weights[name])) == "sentence_match"
    assert fitted.auroc > 0.95
    assert fitted.declined_of_answerable <= 0.06
    fitted.write(tmp_path / "abstention.json")
    curve = read_abstainer(tmp_path / "abstention.json")
    good, bad = (curve.judge(found) for found in evidence(questions)[:2])
    assert good.answered
    assert not bad.answered


def test_too_few_questions_are_refused(tmp_path):
    """With a handful of questions nothing can be fitted, and the sentence says how many are needed."""
    questions = labelled(tmp_path, FEWEST - 1)
    with pytest.raises(EvaluationError, match=f"at least {FEWEST} of each"):
        fit_abstention(questions, evidence(questions), "invented")


def test_the_thresholds_by_hand():
    """The first declines a twentieth of the answerable; from the second on nineteen of twenty are answerable."""
    confidence = np.concatenate([np.linspace(0.5, 1, 101), np.linspace(0, 0.6, 100)])
    answerable = np.arange(201) < 101
    decline, caution = thresholds(confidence, answerable)
    assert decline == pytest.approx(0.525)
    above = confidence >= caution
    assert answerable[above].mean() >= 0.95
    assert caution > decline


def test_where_all_are_answerable_nothing_is_cautioned():
    """The second threshold never lies below the first."""
    decline, caution = thresholds(np.array([0.9, 0.8, 0.1]), np.array([True, True, False]))
    assert caution >= decline


def test_evidence_is_gathered_in_order(tmp_path, town, fake_encoder):
    """One piece of evidence a question, also for one without words."""
    questions = labelled(tmp_path, 3)
    assert len(gather(questions, town, fake_encoder)) == len(questions)
