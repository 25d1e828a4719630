"""The measures are right: by hand, by a second implementation, and better together than apart."""

import hashlib
import io
import json
import math
import random
from pathlib import Path

import pytest
from rich.console import Console

from embeddings.evaluation.beir import read_retrieval_set
from embeddings.evaluation.ranking_measures import MEASURES, measure_each
from embeddings.evaluation.retrieval import RANKINGS, evaluate_folder
from embeddings.evaluation.selection import Half, half_of
from embeddings.evaluation.tables import print_report
from embeddings.metrics import figure_indexing
from tests.conftest import SHARED
from tests.fake_encoder import FakeEncoder

SQUAD = SHARED / "eval" / "squad2-dev"
SAMPLED_DOCUMENTS, SAMPLED_QUESTIONS = 20, 60

DOCUMENTS = {
    "auk": "The electric ferry Auk crosses the bay eleven times a day.",
    "puffin": "The diesel ferry Puffin will be sold to a museum.",
    "market": "The fish market has forty stalls.",
    "cliff": "Gulls and gannets nest on the cliff.",
}
QUESTIONS = {
    "times": "How many times a day does the electric ferry cross the bay?",
    "gulls": "Which birds nest on the cliff?",
    "stalls": "How many stalls has the fish market?",
    "moon": "Who sold a zeppelin in Patagonia?",
}
JUDGEMENTS = {"times": {"auk": 1}, "gulls": {"cliff": 1}, "stalls": {"market": 1, "puffin": 1}}


def write_set(folder: Path, documents: dict[str, str], questions: dict[str, str], judgements: dict[str, dict[str, int]]) -> Path:
    """Write a folder in BEIR layout."""
    (folder / "qrels").mkdir(parents=True)
    for name, rows in (("corpus", documents), ("queries", questions)):
        lines = [json.dumps({"_id": identifier, "text": text}) for identifier, text in rows.items()]
        (folder / f"{name}.jsonl").write_text("\n".join(lines))
    rows = [f"{question}\t{document}\t{grade}" for question, found in judgements.items() for document, grade in found.items()]
    (folder / "qrels" / "test.tsv").write_text("\n".join(["query-id\tcorpus-id\tscore", *rows]))
    return folder


def measure(rankings: dict[str, list[str]], relevant: dict[str, dict[str, int]]) -> dict[str, float]:
    """The mean of each measure."""
    each = measure_each(rankings, relevant)
    return {name: sum(values[name] for values in each.values()) / len(each) for name in MEASURES}


# --- the formulas ----------------------------------------------------------------------------------------------------------


def test_measures_by_hand():
    """Two questions: one answered second, one with two answers found first and fourth."""
    relevant = {"a": {"x": 1}, "b": {"y": 1, "z": 1}}
    run = {"a": ["o", "x"], "b": ["y", "o", "p", "z"]}
    ideal = 1 + 1 / math.log2(3)
    expected = {
        "recall@1": (0 + 1 / 2) / 2,
        "recall@3": (1 + 1 / 2) / 2,
        "recall@5": 1,
        "recall@10": 1,
        "mrr@10": (1 / 2 + 1) / 2,
        "ndcg@10": (1 / math.log2(3) + (1 + 1 / math.log2(5)) / ideal) / 2,
    }
    assert measure(run, relevant) == {name: pytest.approx(value, abs=1e-4) for name, value in expected.items()}


def test_a_question_without_hits_counts_as_missed():
    """A ranking that finds nothing for a question does not leave it out of the mean."""
    assert measure({"a": ["x"]}, {"a": {"x": 1}, "b": {"y": 1}})["recall@1"] == 0.5
    assert measure({}, {"a": {"x": 1}}) == dict.fromkeys(MEASURES, 0.0)
    assert measure_each({"a": ["x"]}, {}) == {}


def second_implementation(run: dict[str, list[str]], relevant: dict[str, dict[str, int]]) -> dict[str, float]:
    """The same measures, written once more from their definitions."""
    sums = dict.fromkeys(MEASURES, 0.0)
    for question, wanted in relevant.items():
        ranked = run.get(question, [])
        for count in (1, 3, 5, 10):
            sums[f"recall@{count}"] += len(set(ranked[:count]) & set(wanted)) / len(wanted)
        sums["mrr@10"] += next((1 / place for place, name in enumerate(ranked[:10], 1) if name in wanted), 0)
        gain = sum(wanted.get(name, 0) / math.log2(place + 1) for place, name in enumerate(ranked[:10], 1))
        best = sum(grade / math.log2(place + 1) for place, grade in enumerate(sorted(wanted.values(), reverse=True)[:10], 1))
        sums["ndcg@10"] += gain / best
    return {name: total / len(relevant) for name, total in sums.items()}


@pytest.mark.parametrize("seed", range(5))
def test_a_second_implementation_agrees(seed):
    """Random rankings and grades give the same numbers by both implementations."""
    chance = random.Random(seed)
    documents = [f"d{number}" for number in range(30)]
    relevant = {
        f"q{n}": {name: chance.randint(1, 3) for name in chance.sample(documents, chance.randint(1, 12))} for n in range(20)
    }
    run = {question: chance.sample(documents, chance.randint(0, 30)) for question in relevant}
    expected = second_implementation(run, relevant)
    assert measure(run, relevant) == {name: pytest.approx(value, abs=6e-5) for name, value in expected.items()}


# --- a whole folder ----------------------------------------------------------------------------------------------------------


def test_a_tiny_folder_measured_by_hand(tmp_path):
    """With the stand-in encoder every answer shares its words with the question: found first, wherever it can be."""
    folder = write_set(tmp_path / "town set", DOCUMENTS, QUESTIONS, JUDGEMENTS)
    report = evaluate_folder(folder, tmp_path / "data", FakeEncoder())
    assert (report.source.set, report.source.documents, report.answerable, len(report.outcomes)) == ("town set", 4, 3, 4)
    for ranking in ("dense", "fused"):
        assert report.value(f"{ranking}/mrr@10") == 1
        assert report.value(f"{ranking}/recall@1") == pytest.approx((1 + 1 + 1 / 2) / 3)
        assert report.value(f"{ranking}/recall@10") == 1
    # No word of the third question stands in "puffin": the words alone can never find it.
    assert report.value("lexical/recall@10") == pytest.approx((1 + 1 + 1 / 2) / 3)
    assert report.value("confidence/auroc") == 1
    assert all(outcome.first_is_right == outcome.label.answerable for outcome in report.outcomes)


def test_a_second_run_encodes_nothing_and_measures_the_same(tmp_path):
    """Vectors of documents and questions are kept beside the set's index."""
    folder = write_set(tmp_path / "set", DOCUMENTS, QUESTIONS, JUDGEMENTS)
    first = evaluate_folder(folder, tmp_path / "data", FakeEncoder())
    encoder = FakeEncoder()
    second = evaluate_folder(folder, tmp_path / "data", encoder)
    assert [outcome.values for outcome in second.outcomes] == [outcome.values for outcome in first.outcomes]
    assert encoder.encoded == []


def test_measuring_a_search_reads_no_figures(tmp_path, monkeypatch):
    """A folder of many thousand documents is indexed without looking for numbers, which no ranking uses."""
    monkeypatch.delattr(figure_indexing, "figures_in")
    folder = write_set(tmp_path / "set", DOCUMENTS, QUESTIONS, JUDGEMENTS)
    assert evaluate_folder(folder, tmp_path / "data", FakeEncoder()).value("fused/mrr@10") == 1


def test_each_question_has_an_outcome_of_its_own(tmp_path):
    """Rankings are told for the answerable questions, the decision and the time of each stage for all."""
    folder = write_set(tmp_path / "set", DOCUMENTS, QUESTIONS, JUDGEMENTS)
    outcomes = {found.label.id: found for found in evaluate_folder(folder, tmp_path / "data", FakeEncoder()).outcomes}
    assert list(outcomes) == list(QUESTIONS)
    assert outcomes["stalls"].values["fused/recall@1"] == 0.5
    assert {key.split("/")[0] for key in outcomes["moon"].values} <= {"replies", "declining", "length", "confidence"}
    assert all(outcome.stage_ms and "encode" not in outcome.stage_ms for outcome in outcomes.values())


def test_a_half_of_the_questions_is_asked(tmp_path):
    """Only the questions of that half are there, and all documents still compete."""
    folder = write_set(tmp_path / "set", DOCUMENTS, QUESTIONS, JUDGEMENTS)
    halves = [evaluate_folder(folder, tmp_path / "data", FakeEncoder(), half) for half in (Half.TUNING, Half.REPORTED)]
    for report, half in zip(halves, (Half.TUNING, Half.REPORTED), strict=True):
        assert [outcome.label.id for outcome in report.outcomes] == [name for name in QUESTIONS if half_of(name) is half]
        assert (report.source.half, report.source.documents) == (str(half), 4)


def test_the_table_shows_every_measure(tmp_path):
    """What people see are the measured numbers within 130 columns, and what is not defined is a dash."""
    folder = write_set(tmp_path / "set", DOCUMENTS, {"gulls": QUESTIONS["gulls"]}, {"gulls": JUDGEMENTS["gulls"]})
    output = io.StringIO()
    print_report(Console(file=output, width=128), evaluate_folder(folder, tmp_path / "data", FakeEncoder()))
    for word in (*MEASURES, *RANKINGS, "1.000", "–"):
        assert word in output.getvalue()


@pytest.mark.skipif(not SQUAD.is_dir(), reason=f"the evaluation set is not on this machine: {SQUAD} does not exist")
def test_words_and_vectors_together_beat_either_alone(tmp_path, real_encoder):
    """On a fixed sample of SQuAD 2.0, recall@1 of the fused ranking is not below the better of the two."""
    whole = read_retrieval_set(SQUAD)

    def chance(identifier: str) -> str:
        return hashlib.sha256(identifier.encode()).hexdigest()

    answered = {document for found in whole.relevant.values() for document in found}
    texts = {document.id: document.text for document in whole.documents if document.id in answered}
    documents = {identifier: texts[identifier] for identifier in sorted(texts, key=chance)[:SAMPLED_DOCUMENTS]}
    inside = {name: found for name, found in whole.relevant.items() if set(found) <= set(documents)}
    judgements = {name: inside[name] for name in sorted(inside, key=chance)[:SAMPLED_QUESTIONS]}
    questions = {name: whole.questions[name] for name in judgements}
    assert (len(documents), len(questions)) == (SAMPLED_DOCUMENTS, SAMPLED_QUESTIONS)
    folder = write_set(tmp_path / "sample", documents, questions, judgements)
    report = evaluate_folder(folder, tmp_path / "data", real_encoder)
    lexical, dense, fused = (report.value(f"{ranking}/recall@1") for ranking in RANKINGS)
    assert fused >= max(lexical, dense) - 0.02
    assert fused > 0.7
