"""Two reports are compared question by question; the tests that tell a difference from noise are checked by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binomtest
from scipy.stats import permutation_test as scipy_permutation_test

from embeddings.evaluation.comparison import (
    MCNEMAR,
    PERMUTATION,
    compare_reports,
    mcnemar_exact,
    permutation_test,
    swap_test,
)
from embeddings.evaluation.confidence import Decisions, auroc, declining_recall
from embeddings.evaluation.labelled_files import EvaluationError
from embeddings.evaluation.report import make_report
from embeddings.evaluation.saved_reports import read_reports
from tests.embeddings.sample_reports import outcome, report_of, saved

# --- the tests ---------------------------------------------------------------------------------------------------------


def test_mcnemar_by_hand() -> None:
    """Six of six differing questions for one side: 2/64. Five of six: 2 * 7/64. An even split, or none: 1."""
    assert mcnemar_exact(6, 0) == mcnemar_exact(0, 6) == 2 / 64
    assert mcnemar_exact(5, 1) == 14 / 64
    assert mcnemar_exact(3, 3) == mcnemar_exact(0, 0) == 1


@pytest.mark.parametrize(("better", "worse"), [(1, 4), (17, 8), (40, 70), (900, 1000)])
def test_mcnemar_agrees_with_the_binomial_test(better: int, worse: int) -> None:
    """SciPy's exact binomial test gives the same."""
    assert mcnemar_exact(better, worse) == pytest.approx(binomtest(better, better + worse).pvalue)


def test_permutation_by_hand() -> None:
    """Three changes upwards: of 8 ways to give signs, two are as far from 0. Unchanged questions count for nothing."""
    assert permutation_test([0.1, 0.2, 0.3]) == permutation_test([0.1, 0.0, 0.2, 0.3, 0.0]) == 2 / 8
    assert permutation_test([0.1, -0.1]) == permutation_test([0.0, 0.0]) == 1


@pytest.mark.parametrize("size", [9, 60])
def test_permutation_agrees_with_scipy(size: int) -> None:
    """SciPy's paired permutation test gives the same, up to the chance in its own draws."""
    chance = np.random.default_rng(size)
    change = chance.normal(0.3, 1, size)
    expected = scipy_permutation_test((change,), np.mean, permutation_type="samples", n_resamples=20_000, rng=chance).pvalue
    assert permutation_test(list(change)) == pytest.approx(expected, abs=0.015)


def test_swaps_by_hand() -> None:
    """Of two questions one was declined by one side only: each swap gives a difference as great, so p is 1."""
    one, other = (
        Decisions(np.array([0.9, 0.4]), np.array([True, False]), np.array([True, answered]), np.array([True, False]))
        for answered in (True, False)
    )
    assert declining_recall(other) - declining_recall(one) == 1
    assert swap_test(declining_recall, one, other) == 1
    assert swap_test(declining_recall, one, one) == 1


def test_swaps_find_a_difference_in_a_number_over_all_questions() -> None:
    """Confidences that part right from wrong have a far better AUROC than confidences by chance."""
    chance = np.random.default_rng(3)
    answerable = np.arange(60) % 2 == 0
    known, guessed = (
        Decisions(confidence, answerable, answerable, answerable)
        for confidence in (0.5 * answerable + 0.5 * chance.random(60), chance.random(60))
    )
    assert swap_test(auroc, guessed, known) < 0.01
    assert swap_test(auroc, guessed, Decisions(chance.random(60), answerable, answerable, answerable)) > 0.05


# --- comparing ---------------------------------------------------------------------------------------------------------


def test_a_great_difference_is_more_than_noise(tmp_path: Path) -> None:
    """Eight more right of ten: McNemar for yes and no, a permutation test for scores, and the verdict in words."""
    first = read_reports(saved(tmp_path / "a.json", report_of([False] * 8 + [True] * 2)))
    second = read_reports(saved(tmp_path / "b.json", report_of([True] * 10)))
    (comparison,) = compare_reports(first, second)
    found = {difference.key: difference for difference in comparison.differences}
    right, score = found["replies/right"], found["fused/ndcg@10"]
    assert (right.first, right.second, right.differing, right.p, right.test) == (0.2, 1, 8, 2 / 256, MCNEMAR)
    assert (score.test, score.p) == (PERMUTATION, 2 / 256)
    assert right.verdict == score.verdict == "B is better, more than noise"
    (backwards,) = compare_reports(second, first)
    assert backwards.differences[0].verdict == "B is worse, more than noise"


def test_a_small_difference_is_noise(tmp_path: Path) -> None:
    """Two more right of ten is nothing to go by; no difference is the same."""
    first = read_reports(saved(tmp_path / "a.json", report_of([False] * 2 + [True] * 8)))
    second = read_reports(saved(tmp_path / "b.json", report_of([True] * 10)))
    (comparison,) = compare_reports(first, second)
    assert {found.key: found.verdict for found in comparison.differences} == {
        "replies/right": "no more than noise",
        "quotes/first": "no more than noise",
        "length/words": "the same",
        "confidence/ece": "no more than noise",
        "confidence/aurc": "no more than noise",
        "fused/ndcg@10": "no more than noise",
    }


def test_only_shared_questions_are_compared(tmp_path: Path) -> None:
    """A half, or a larger set, is compared on what both have, and the rest is counted."""
    first = read_reports(saved(tmp_path / "a.json", report_of([True] * 4)))
    second = read_reports(saved(tmp_path / "b.json", report_of([True] * 7, name="other")))
    (comparison,) = compare_reports(first, second)
    assert (comparison.shared, comparison.left_out) == (4, 3)


def test_reports_on_folders_are_matched_by_name(tmp_path: Path) -> None:
    """A file may hold several reports; each is compared with its like."""
    folders = [report_of([True], "retrieval", "one"), report_of([True] * 2, "retrieval", "two")]
    first = read_reports(saved(tmp_path / "a.json", report_of([True] * 3), *folders))
    found = compare_reports(first, read_reports(saved(tmp_path / "b.json", *reversed(folders))))
    assert [(comparison.first.set, comparison.second.set) for comparison in found] == [("one", "one"), ("two", "two")]


def test_what_does_not_match_is_refused(tmp_path: Path) -> None:
    """Another kind of measuring, no shared question, or other labels: each is a sentence that names both files."""
    questions = read_reports(saved(tmp_path / "a.json", report_of([True])))
    folder = read_reports(saved(tmp_path / "b.json", report_of([True], "retrieval")))
    with pytest.raises(EvaluationError, match=r"measure different things: .*a\.json:1 .*b\.json:1"):
        compare_reports(questions, folder)
    relabelled = read_reports(saved(tmp_path / "c.json", report_of([True], digest="other")))
    with pytest.raises(EvaluationError, match=r"different labels: 1 shared questions, such as 'q0'"):
        compare_reports(questions, relabelled)
    strangers = make_report(report_of([True]).source, [outcome("q7", True)])
    with pytest.raises(EvaluationError, match=r"share no question"):
        compare_reports(questions, read_reports(saved(tmp_path / "d.json", strangers)))
