"""A generation is checked when it is opened, and one line says which one answers."""

import json
import sqlite3
from pathlib import Path

import pytest

from embeddings import generation as generation_module
from embeddings.answers import answer_question
from embeddings.errors import StaleIndexError
from embeddings.generation import (
    CURRENT,
    STORE,
    VECTORS,
    current_id,
    generations_folder,
    open_current,
    open_generation,
    remove_old,
    swap_current,
)
from embeddings.manifest import MANIFEST, Manifest
from embeddings.reindex import reindex
from embeddings.token_index import TOKEN_PLACES, TOKEN_VECTORS
from tests.fake_encoder import FakeEncoder


def current_folder(data: Path) -> Path:
    """The folder of the generation that answers."""
    return generations_folder(data) / (current_id(data) or "")


def refusal(data: Path, encoder: FakeEncoder | None = None) -> str:
    """The sentence with which the current generation is refused."""
    with pytest.raises(StaleIndexError) as refused:
        open_current(data, encoder or FakeEncoder())
    sentence = str(refused.value)
    assert "corpusbot reindex" in sentence
    assert "\n" not in sentence
    return sentence


def change_manifest(data: Path, **values: object) -> None:
    """Write other values into the current manifest."""
    path = current_folder(data) / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def test_a_generation_says_what_it_was_built_from(town_index, fake_encoder):
    """The manifest names the encoder and counts what is there, and comes back from disk as it was written."""
    manifest = Manifest.read(current_folder(town_index))
    assert (manifest.encoder, manifest.encoder_digest, manifest.dimension) == ("fake-words", fake_encoder.digest, 1024)
    generation = open_current(town_index, fake_encoder)
    assert generation.store.counts() == {"articles": 4, "chunks": manifest.chunks, "sentences": manifest.sentences}
    assert generation.manifest == manifest
    assert manifest.id == current_id(town_index)
    generation.close()


def test_five_files_and_one_line(town_index):
    """A generation is a folder of five files; CURRENT is one line with its id."""
    assert {path.name for path in current_folder(town_index).iterdir()} == {MANIFEST, STORE, VECTORS, TOKEN_VECTORS, TOKEN_PLACES}
    assert (town_index / CURRENT).read_text() == f"{current_id(town_index)}\n"


def test_another_model_is_refused(town_index):
    """Vectors of another model are never compared with this one's; both models are named."""
    sentence = refusal(town_index, FakeEncoder("other-model"))
    assert "'fake-words'" in sentence
    assert "'other-model'" in sentence


def test_another_dimension_is_refused(town_index):
    """A manifest that promises other vectors than the encoder makes is refused."""
    encoder = FakeEncoder()
    change_manifest(town_index, dimension=7)
    assert "vectors of 7 numbers" in refusal(town_index, encoder)


def test_another_chunker_is_refused(town_index):
    """An index cut by other rules is refused, since its positions would be others."""
    change_manifest(town_index, chunker_version="0")
    assert "cut by chunker 0" in refusal(town_index)


@pytest.mark.parametrize("kind", ["articles", "chunks", "sentences"])
def test_counts_must_agree(town_index, kind):
    """A manifest that promises more than is there is refused, with both numbers."""
    held = json.loads((current_folder(town_index) / MANIFEST).read_text())[kind]
    change_manifest(town_index, **{kind: held + 1})
    assert f"says {held + 1} {kind}, the database holds {held}" in refusal(town_index)


def test_words_without_vectors_are_refused(town_index, town_collection, fake_encoder):
    """Vectors of another generation do not fit, even if the manifest and the database agree."""
    first = current_folder(town_index)
    (town_collection / "cliffs.md").unlink()
    reindex(town_collection, town_index, fake_encoder)
    (current_folder(town_index) / VECTORS).write_bytes((first / VECTORS).read_bytes())
    assert "is inconsistent" in refusal(town_index)


@pytest.mark.parametrize("name", [MANIFEST, STORE, VECTORS])
def test_a_missing_file_is_named(town_index, name):
    """A file that is missing is named with the cure."""
    path = current_folder(town_index) / name
    path.unlink()
    assert f"{path} is missing" in refusal(town_index)


@pytest.mark.parametrize("share", [0, 0.02, 0.5, 0.95])
@pytest.mark.parametrize("name", [MANIFEST, STORE, VECTORS])
def test_a_truncated_file_is_named(town_index, name, share):
    """A file cut short anywhere is named with the cure, whichever library reads it."""
    path = current_folder(town_index) / name
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    assert str(path) in refusal(town_index)


@pytest.mark.parametrize("content", ["null", "[]", "{}", '{"id": 1}', "\x00", '"text"', '{"unknown": 1}'])
def test_a_malformed_manifest_is_named(town_index, content):
    """A manifest with other fields, or that is no manifest, is refused as damaged."""
    (current_folder(town_index) / MANIFEST).write_text(content)
    assert "is damaged or was written by another corpusbot" in refusal(town_index)


def test_a_database_without_a_table_is_refused(town_index):
    """A database that lacks a table is refused in our words."""
    path = current_folder(town_index) / STORE
    with sqlite3.connect(path) as db:
        db.execute("DROP TABLE sentences")
    db.close()
    assert str(path) in refusal(town_index)


def test_a_database_of_another_layout_is_refused(town_index):
    """A database of a later corpusbot is refused with both layouts."""
    with sqlite3.connect(current_folder(town_index) / STORE) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    assert "layout 99" in refusal(town_index)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"..",
        b".hidden",
        b"../../etc",
        b"a/b",
        b"a\\b",
        b"\xff\xfe\x00",
        b"two\nlines",
        b"nul\x00",
        b"x" * 5_000,
        "🙂".encode(),
    ],
)
def test_garbage_in_current_is_refused(town_index, content):
    """CURRENT with anything but one id gives one sentence with the cure, and leads out of no folder."""
    (town_index / CURRENT).write_bytes(content)
    assert CURRENT in refusal(town_index)


def test_an_id_without_a_folder_is_refused(town_index):
    """CURRENT may name a generation that is gone."""
    (town_index / CURRENT).write_text("20200101T000000Z-00\n")
    assert "20200101T000000Z-00 is missing" in refusal(town_index)


def test_no_index_yet(tmp_path):
    """Before the first reindex the sentence says how to make one."""
    assert "There is no index" in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 5_000, b"20200101T000000Z-00"])
def test_a_reindex_cures_a_bad_current(town_index, town_collection, fake_encoder, content):
    """The cure that the sentences name works."""
    (town_index / CURRENT).write_bytes(content)
    reindex(town_collection, town_index, fake_encoder)
    open_current(town_index, fake_encoder).close()


def test_a_swap_that_fails_leaves_the_old_one(town_index, fake_encoder, monkeypatch):
    """CURRENT is replaced in one step: where that step fails, it still names the old generation."""
    before = current_id(town_index)

    def fail(*paths):
        raise OSError("no space")

    monkeypatch.setattr(generation_module.os, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        swap_current(town_index, "20990101T000000Z-00")
    assert current_id(town_index) == before


def test_a_reader_keeps_the_generation_it_opened(town_index, town_collection, fake_encoder):
    """Answers go on from an opened generation while others are built and old ones removed."""
    generation = open_current(town_index, fake_encoder)
    question = "How much is a single ticket?"
    before = answer_question(question, generation, fake_encoder)
    for name in ("cliffs", "ferry"):
        (town_collection / f"{name}.md").unlink()
        reindex(town_collection, town_index, fake_encoder, keep=1)
    assert not (generations_folder(town_index) / generation.manifest.id).exists()
    assert answer_question(question, generation, fake_encoder) == before
    generation.close()


def make_generations(data: Path, *names: str) -> None:
    """Empty folders under those names."""
    for name in names:
        (generations_folder(data) / name).mkdir(parents=True)


def test_old_generations_are_removed_but_never_the_current(tmp_path):
    """The newest stay, and the current one, however old it is; half-built ones are not counted."""
    make_generations(tmp_path, "2020-00", "2021-00", "2022-00", "2023-00", ".2024-00.part")
    swap_current(tmp_path, "2020-00")
    assert sorted(remove_old(tmp_path, 2)) == ["2021-00"]
    assert remove_old(tmp_path, 0) == ["2023-00", "2022-00"]
    assert {path.name for path in generations_folder(tmp_path).iterdir()} == {"2020-00", ".2024-00.part"}


def test_a_generation_can_be_opened_by_its_folder(town_index, fake_encoder):
    """Any generation on disk can be opened and checked, not only the current one."""
    open_generation(current_folder(town_index), fake_encoder).close()
    with pytest.raises(StaleIndexError, match="nowhere is missing"):
        open_generation(generations_folder(town_index) / "nowhere", fake_encoder)
