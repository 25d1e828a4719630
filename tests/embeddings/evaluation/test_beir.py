"""Reading a labelled set in BEIR layout, or one sentence with file and line."""

import json
import re
from pathlib import Path

import pytest

from embeddings.evaluation.beir import read_retrieval_set
from embeddings.evaluation.labelled_files import EvaluationError

DOCUMENTS = [
    {"_id": "d1", "title": "Ferries", "text": "The ferry Auk crosses the bay.\n\nIt is electric."},
    {"_id": "d2", "title": "", "text": "Gulls nest on the cliff."},
]
QUESTIONS = [{"_id": "q1", "text": "What crosses the bay?"}, {"_id": "q2", "text": "Who sold the moon?", "metadata": {}}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, a question that one of them answers and a question that none answers."""
    place = tmp_path / "harbour-set"
    (place / "qrels").mkdir(parents=True)
    for name, rows in (("corpus", DOCUMENTS), ("queries", QUESTIONS)):
        (place / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n")
    (place / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\n")
    return place


def refusal(folder: Path) -> str:
    """The sentence with which a folder is refused."""
    with pytest.raises(EvaluationError) as refused:
        read_retrieval_set(folder)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_set_is_documents_questions_and_judgements(folder):
    """Everything comes back under its id; a judgement of 0 makes no answer."""
    read = read_retrieval_set(folder)
    assert read.name == "harbour-set"
    assert [(document.id, document.title, document.text) for document in read.documents] == [
        ("d1", "Ferries", "The ferry Auk crosses the bay.\n\nIt is electric."),
        ("d2", None, "Gulls nest on the cliff."),
    ]
    assert read.relevant == {"q1": {"d1": 1}}
    assert (read.answerable, read.unanswerable) == (["q1"], ["q2"])


def test_several_judgement_files_are_one(folder):
    """Judgements of all .tsv files count, with or without a header, with either line ending."""
    (folder / "qrels" / "dev.tsv").write_bytes(b"q2\td2\t2\r\n\r\n")
    assert read_retrieval_set(folder).relevant == {"q1": {"d1": 1}, "q2": {"d2": 2}}


def test_a_byte_order_mark_and_empty_lines_are_no_matter(folder):
    """Files as some programs write them are read as well."""
    path = folder / "queries.jsonl"
    path.write_text("\ufeff\n" + path.read_text() + "\n\n", encoding="utf-8")
    assert list(read_retrieval_set(folder).questions) == ["q1", "q2"]


def test_quotation_marks_in_ids_are_letters(folder):
    """A tab-separated file knows no quoting: a quotation mark is part of the id."""
    with (folder / "corpus.jsonl").open("a") as file:
        file.write(json.dumps({"_id": '"d3', "text": "Stalls."}) + "\n")
    with (folder / "qrels" / "test.tsv").open("a") as file:
        file.write('q2\t"d3\t1\n')
    assert read_retrieval_set(folder).relevant["q2"] == {'"d3': 1}


def test_a_document_without_text_may_be_judged(folder):
    """Public sets hold titles without text: they cannot be found, but do not stop the measuring."""
    with (folder / "corpus.jsonl").open("a") as file:
        file.write(json.dumps({"_id": "d3", "title": "Only a title", "text": ""}) + "\n")
    with (folder / "qrels" / "test.tsv").open("a") as file:
        file.write("q2\td3\t1\n")
    read = read_retrieval_set(folder)
    assert [document.id for document in read.documents] == ["d1", "d2"]
    assert read.relevant["q2"] == {"d3": 1}


@pytest.mark.parametrize(
    ("name", "line", "problem"),
    [
        ("corpus.jsonl", "{", "is not JSON"),
        ("corpus.jsonl", "[1]", "must be a JSON object"),
        ("corpus.jsonl", '{"text": "x"}', "'_id' is None"),
        ("corpus.jsonl", '{"_id": 7, "text": "x"}', "'_id' is 7"),
        ("corpus.jsonl", '{"_id": "d9", "text": 7}', "'text' is 7"),
        ("corpus.jsonl", '{"_id": "d9", "text": "\\ud800"}', "'text' is"),
        ("corpus.jsonl", '{"_id": "d1", "text": "again"}', "'d1' is taken by"),
        ("queries.jsonl", '{"_id": "q9"}', "'text' is None"),
        ("queries.jsonl", '{"_id": "q9", "text": ""}', "'text' is ''"),
        ("queries.jsonl", '{"_id": "q1", "text": "again"}', "'q1' is taken by"),
    ],
)
def test_a_malformed_row_is_named_by_file_and_line(folder, name, line, problem):
    """The sentence names the file, the line and what is wrong with it."""
    path = folder / name
    path.write_text(path.read_text() + line + "\n")
    sentence = refusal(folder)
    assert sentence.startswith(f"{path}:3: ")
    assert problem in sentence


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("q1\td1", "must be question, document and a whole number"),
        ("q1 d1 1", "must be question, document and a whole number"),
        ("q1\td1\tyes", "must be question, document and a whole number"),
        ("q1\td1\t1\tmore", "must be question, document and a whole number"),
        ("q9\td1\t1", "the question 'q9' does not exist"),
        ("q1\td9\t1", "the document 'd9' does not exist"),
    ],
)
def test_a_malformed_judgement_is_named_by_file_and_line(folder, line, problem):
    """A judgement that cannot be read or points nowhere is named by file and line."""
    path = folder / "qrels" / "test.tsv"
    path.write_text(path.read_text() + line + "\n")
    sentence = refusal(folder)
    assert sentence.startswith(f"{path}:4: ")
    assert problem in sentence


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_other_bytes_than_text_are_refused(folder, name):
    """A file that is no UTF-8 is named."""
    (folder / name).write_bytes(b"\xff\xfe\x00")
    assert re.match(re.escape(str(folder / name)) + ".* cannot be read", refusal(folder))


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named_with_the_layout(folder, name):
    """The sentence says what belongs into such a folder."""
    (folder / name).unlink()
    sentence = refusal(folder)
    assert Path(name).name.removesuffix("test.tsv") in sentence
    assert "A BEIR folder has" in sentence


def test_nothing_to_measure_is_said(folder):
    """Judgements that find no answer make no measure."""
    (folder / "qrels" / "test.tsv").write_text("q1\td1\t0\n")
    assert "nothing to measure; it has 2 documents and 0 answers" in refusal(folder)
