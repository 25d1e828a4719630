"""`corpusbot evaluate`: sets in, tables and files out, and one clear sentence about every mistake."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from bot.evaluate_command import evaluate
from bot.services import Services
from embeddings.evaluation.labelled_files import EvaluationError
from embeddings.evaluation.selection import half_of
from tests.bot.sample_articles import OFF_SUBJECT_QUESTION, SOLAR_QUESTION, SOLAR_SENTENCE
from tests.fake_encoder import FakeEncoder

QUESTIONS = [
    {
        "id": "roofs",
        "kind": "direct",
        "answerable": True,
        "q": SOLAR_QUESTION,
        "articles": ["solar-roofs"],
        "answer": ["7,300"],
        "spans": [{"article": "solar-roofs", "text": SOLAR_SENTENCE}],
    },
    {"id": "chess", "kind": "off-subject", "language": "de", "answerable": False, "q": OFF_SUBJECT_QUESTION},
]
FIGURES = {
    "id": "cranes",
    "text": "The harbour has 4,500 cranes.",
    "figures": [
        {"text": "4,500", "value": 4500, "unit": "count", "status": "reported", "subject": "cranes", "place": "the harbour"},
    ],
}
Run = Callable[..., Result]


@pytest.fixture
def run(services: Services, home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command over the sample collection, indexed; its output is piped."""
    monkeypatch.setattr("bot.services.SentenceTransformerEncoder", lambda *_: FakeEncoder())
    app = typer.Typer()
    app.command()(evaluate)
    return lambda *arguments: CliRunner().invoke(app, [*map(str, arguments), *(["--data", str(home / "data")])])


@pytest.fixture
def questions(home: Path) -> Path:
    """Two labelled questions about the sample collection."""
    return written(home / "questions.jsonl", QUESTIONS)


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    """A file with an object a line."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def records(ended: Result) -> list[dict[str, Any]]:
    """The JSON objects on standard output, one a line."""
    assert ended.exit_code == 0, ended.exception
    return [json.loads(line) for line in ended.stdout.splitlines()]


def refusal(ended: Result) -> str:
    """The sentence with which the command ended; nothing was printed."""
    assert isinstance(ended.exception, EvaluationError), ended
    assert ended.stdout == "" and "\n" not in str(ended.exception)
    return str(ended.exception)


def test_questions_are_asked_and_measured(run: Run, questions: Path) -> None:
    """One is answered by the first quote, the other declined: all replies are right, with numbers for machines."""
    (record,) = records(run(questions, "--json"))
    assert (record["set"], record["measured"], record["questions"], record["unanswerable"]) == ("questions", "questions", 1, 1)
    assert record["results"]["replies"]["right"] == record["results"]["quotes"]["first"] == 1
    assert record["results"]["chunks"]["recall@10"] == 1
    assert record["failures"] == []
    assert {"encode_p50", "total_p95"} <= set(record["results"]["latency_ms"])
    assert [outcome["id"] for outcome in record["outcomes"]] == ["roofs", "chess"]


def test_tables_for_people(run: Run, questions: Path) -> None:
    """Tables of quotes, declining, kinds, languages and latency; no line is longer than 130 columns."""
    ended = run(questions)
    assert ended.exit_code == 0, ended.exception
    for words in ("answer in the first quote", "F1 of declining", "off-subject", "By language", "total", "100.0%"):
        assert words in ended.stdout
    assert max(len(line) for line in ended.stdout.splitlines()) <= 130


def test_a_folder_and_files_in_one_run(run: Run, questions: Path, home: Path) -> None:
    """Files of questions are pooled into one report, each folder has its own; every report is one line of JSON."""
    folder = home / "town"
    (folder / "qrels").mkdir(parents=True)
    written(folder / "corpus.jsonl", [{"_id": "d1", "text": "The ferry crosses the bay."}, {"_id": "d2", "text": "Gulls nest."}])
    written(folder / "queries.jsonl", [{"_id": "q1", "text": "What crosses the bay?"}])
    (folder / "qrels" / "test.tsv").write_text("q1\td1\t1\n")
    more = written(home / "more.jsonl", [QUESTIONS[1] | {"id": "again"}])
    pooled, measured = records(run(questions, folder, more, "--json"))
    assert (pooled["set"], len(pooled["outcomes"])) == ("questions + more", 3)
    assert (measured["set"], measured["measured"]) == ("town", "retrieval")
    assert measured["results"]["fused"]["recall@1"] == 1


def test_a_half_or_a_few_of_the_questions(run: Run, questions: Path) -> None:
    """--half and --limit choose by the ids."""
    half = half_of("roofs")
    assert all(half_of(found["id"]) is half for found in records(run(questions, "--half", half, "--json"))[0]["outcomes"])
    assert len(records(run(questions, "--limit", "1", "--json"))[0]["outcomes"]) == 1


def test_files_are_written_and_compared(run: Run, questions: Path, home: Path) -> None:
    """--out writes a report that --compare reads, --plot a picture; a report is like itself."""
    ended = run(questions, "--out", home / "a.json", "--plot", home / "risk.png")
    assert ended.exit_code == 0, ended.exception
    assert "a.json" in ended.stderr and (home / "risk.png").read_bytes().startswith(b"\x89PNG")
    compared = run("--compare", home / "a.json", home / "a.json")
    assert compared.exit_code == 0, compared.exception
    assert "2 shared questions" in compared.stdout and "the same" in compared.stdout
    (record,) = records(run("--compare", home / "a.json", home / "a.json", "--json"))
    assert (record["shared"], {found["verdict"] for found in record["differences"]}) == (2, {"the same"})


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "either sets to measure or --compare"),
        (("questions.jsonl", "--compare", "a.json", "b.json"), "either sets to measure or --compare"),
        (("--compare", "a.json", "b.json", "--plot", "c.png"), "not with --compare"),
        (("questions.jsonl", "--half", "best"), "'best'"),
        (("questions.jsonl", "--limit", "0"), "greater than or equal to 1"),
    ],
)
def test_options_that_do_not_go_together(run: Run, arguments: tuple[str, ...], words: str) -> None:
    """A wrong call ends with code 2 and says what to give."""
    ended = run(*arguments)
    assert ended.exit_code == 2
    assert words in " ".join(ended.stderr.replace("│", " ").split())


def test_bad_input_is_named(run: Run, questions: Path, home: Path) -> None:
    """A path that is nothing, a malformed line, a taken id, a report that is none: file, line and value."""
    assert "missing is neither a folder in BEIR layout nor a .jsonl file" in refusal(run("missing"))
    assert "missing.jsonl cannot be read" in refusal(run("missing.jsonl"))
    bad = written(home / "bad.jsonl", [QUESTIONS[0] | {"answerable": 1}])
    assert "bad.jsonl:1: 'answerable' is 1, but must be true or false" in refusal(run(bad))
    twice = written(home / "twice.jsonl", QUESTIONS)
    assert "twice.jsonl: the id 'roofs' is taken by" in refusal(run(questions, twice))
    assert "questions.jsonl:1: 'report' is None" in refusal(run("--compare", questions, questions))


def test_labelled_figures_are_measured_without_an_index(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of figures is known by its content; the articles are read from the collection, and no model is loaded."""
    monkeypatch.setattr("bot.services.Services", None)
    app = typer.Typer()
    app.command()(evaluate)
    labels = written(home / "labels.jsonl", [FIGURES])
    ended = CliRunner().invoke(app, [str(labels), "--out", str(home / "figures.json")])
    assert ended.exit_code == 0, ended.exception
    for words in ("labels: 1 labelled figures in 1 paragraphs", "corpusbot", "regex", "value and unit"):
        assert words in ended.stdout
    (record,) = records(CliRunner().invoke(app, [str(labels), "--json"]))
    assert (record["measured"], record["results"]["regex"]["spans/recall"]["value"]) == ("figures", 1)
    compared = CliRunner().invoke(app, ["--compare", str(home / "figures.json"), str(home / "figures.json")])
    assert "figures.json:1 is a report on figures; only reports on questions can be compared" in refusal(compared)
    plotted = CliRunner().invoke(app, [str(labels), "--plot", str(home / "a.png")])
    assert "labels.jsonl holds figures, of which there is no risk-coverage curve" in refusal(plotted)


def test_figures_and_questions_in_one_run(run: Run, questions: Path, home: Path) -> None:
    """Each kind of file has its own report, the figures first."""
    of_figures, of_questions = records(run(questions, written(home / "labels.jsonl", [FIGURES]), "--json"))
    assert (of_figures["measured"], of_questions["measured"]) == ("figures", "questions")


def test_names_of_figures_are_measured_with_the_model_and_the_catalogue(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table of its own, beside other kinds; two such reports are not compared."""
    catalogue = '[[metric]]\nkey = "cranes"\ntitle = "Number of harbour cranes"\nunit = "count"\n'
    (home / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    monkeypatch.setenv("CATALOGUE_FILE", str(home / "catalogue.toml"))
    names = [
        {"sentence": "The number of harbour cranes is 4,500.", "text": "4,500", "metric": "cranes"},
        {"sentence": "The ferry carried 12,400 passengers.", "text": "12,400", "metric": None},
    ]
    labels = written(home / "names.jsonl", names)
    ended = run(labels, "--out", home / "names.json")
    assert ended.exit_code == 0, ended.exception
    assert "names: 2 figures to be named by 1 metrics" in ended.stdout
    of_figures, of_names = records(run(labels, written(home / "labels.jsonl", [FIGURES]), "--json"))
    assert (of_figures["measured"], of_names["measured"]) == ("figures", "names")
    assert [of_names["results"][share]["value"] for share in ("precision", "recall")] == [1, 1]
    assert "only reports on questions can be compared" in refusal(run("--compare", home / "names.json", home / "names.json"))
    assert "there is no risk-coverage curve" in refusal(run(labels, "--plot", home / "a.png"))


@pytest.mark.parametrize("target", ["missing/a.json", "."])
def test_a_file_that_cannot_be_written_is_told_before_the_work(run: Run, target: str) -> None:
    """Nothing is measured for minutes only to be lost."""
    assert "cannot be written" in refusal(run("missing.jsonl", "--out", target))
