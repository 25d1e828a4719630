"""The sentence-transformers encoder: the installed model, another folder, a hub id."""

import threading
from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import Encoder, SentenceTransformerEncoder
from embeddings.errors import ModelError
from embeddings.question import read_question
from embeddings.reindex import reindex
from tests.fake_encoder import FakeEncoder

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "ferry", "bay", "gull", "##s", "crosses", "."]


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder with a random BERT of one layer and twelve word pieces."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=32,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    body = Transformer(str(folder / "bert"), max_seq_length=16)
    SentenceTransformer(modules=[body, Pooling(16, "mean")], device="cpu").save(str(folder / "model"))
    return folder / "model"


def cosines(encoder: Encoder, *texts: str) -> np.ndarray:
    """The cosine of every text with every other."""
    vectors = encoder.encode(texts)
    return vectors @ vectors.T


# --- the default model ---------------------------------------------------------------------------------------------


def test_default_vectors_have_length_one(real_encoder):
    """The default model gives float32 vectors of its dimension and length 1, also for strange texts."""
    vectors = real_encoder.encode(["A ferry.", "", "🙂", "渡轮", "word " * 2000])
    assert vectors.shape == (5, real_encoder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_default_vectors_know_meaning(real_encoder):
    """Texts that mean the same are nearer to each other than texts that share words only."""
    likeness = cosines(real_encoder, "The ship sank in a storm.", "A vessel went down in rough weather.", "The ship of state.")
    assert likeness[0, 1] > likeness[0, 2]


def test_a_text_gets_one_vector_alone_or_in_company(real_encoder):
    """What else is encoded at the same time does not change a text's vector beyond rounding."""
    alone = real_encoder.encode(["A short text."])[0]
    together = real_encoder.encode(["A much longer text about ferries, gulls and the bay.", "A short text.", "x"])[1]
    np.testing.assert_allclose(alone, together, atol=1e-5)


def test_no_texts_give_no_vectors(real_encoder):
    """An empty list is no special case for the caller."""
    assert real_encoder.encode([]).shape == (0, real_encoder.dimension)
    assert real_encoder.encode_with_tokens([]) == []


def test_tokens_know_where_they_stand(real_encoder):
    """Each token vector has length 1, and the tokens' places cover the words of the text in order."""
    text = "Zürich's 4,500 ferries 🙂 cross."
    (tokens,) = [text.tokens for text in real_encoder.encode_with_tokens([text])]
    assert len(tokens.spans) == len(tokens.vectors)
    assert tokens.spans.tolist() == sorted(tokens.spans.tolist())
    assert "".join(text[start:end] for start, end in tokens.spans) == text.replace(" ", "")
    np.testing.assert_allclose(np.linalg.norm(tokens.vectors, axis=1), 1, atol=1e-5)


def test_threads_may_share_an_encoder(real_encoder):
    """Questions from several threads get the vectors that they would get one after the other."""
    texts = [f"Question {number} about ferries" for number in range(6)]
    expected = real_encoder.encode(texts)
    found: dict[int, np.ndarray] = {}

    def ask(number: int) -> None:
        real_encoder.encode_with_tokens([texts[number]])
        found[number] = real_encoder.encode([texts[number]])[0]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    np.testing.assert_allclose(np.stack([found[number] for number in range(len(texts))]), expected, atol=1e-5)


def test_half_a_letter_in_a_question_breaks_nothing(real_encoder):
    """Half of a surrogate pair, which JSON can hold, reaches the model as a sign it knows."""
    assert real_encoder.encode([read_question("ferry \ud83d crossing").text]).shape == (1, real_encoder.dimension)


# --- another folder --------------------------------------------------------------------------------------------------


def test_another_folder_is_loaded(tiny_model):
    """MODEL_NAME may be any sentence-transformers folder; its size is its own."""
    encoder = SentenceTransformerEncoder(str(tiny_model))
    assert encoder.name == str(tiny_model)
    assert encoder.dimension == 16
    vectors = encoder.encode(["the ferry crosses the bay.", "gulls"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    (tokens,) = [text.tokens for text in encoder.encode_with_tokens(["gulls"])]
    assert tokens.spans.tolist() == [[0, 4], [4, 5]]


def test_another_folders_digest_follows_its_files(tiny_model, tmp_path):
    """The digest of a folder is that of its files, so vectors of a changed model are never taken for the old ones."""
    encoder = SentenceTransformerEncoder(str(tiny_model))
    before = encoder.digest
    assert SentenceTransformerEncoder(str(tiny_model)).digest == before
    extra = tiny_model / "note.txt"
    extra.write_text("x")
    try:
        assert SentenceTransformerEncoder(str(tiny_model)).digest != before
    finally:
        extra.unlink()


def test_a_collection_can_be_indexed_with_another_model(tiny_model, town_collection, tmp_path):
    """An index built with another model says so in its manifest."""
    encoder = SentenceTransformerEncoder(str(tiny_model))
    manifest = reindex(town_collection, tmp_path / "other", encoder).manifest
    assert (manifest.encoder, manifest.dimension, manifest.encoder_digest) == (str(tiny_model), 16, encoder.digest)


def test_a_folder_without_a_model_is_refused(tmp_path):
    """A folder that holds no model gives one sentence that says what MODEL_NAME may be."""
    with pytest.raises(ModelError, match=r"cannot be loaded.*Set MODEL_NAME to"):
        SentenceTransformerEncoder(str(tmp_path)).encode(["x"])


def test_a_hub_id_that_cannot_be_reached_is_one_sentence(monkeypatch):
    """Without a network, a hub id gives one clear sentence with the id and the cure, and no traceback of a library."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    encoder = SentenceTransformerEncoder("corpusbot-tests/there-is-no-such-model")
    with pytest.raises(ModelError, match="'corpusbot-tests/there-is-no-such-model' cannot be loaded") as refused:
        encoder.load()
    assert "Set MODEL_NAME" in str(refused.value)
    assert "\n" not in str(refused.value)


# --- the stand-in ----------------------------------------------------------------------------------------------------


def test_the_stand_in_can_be_computed_by_hand():
    """Two texts of n and m words that share k have the cosine k / sqrt(n * m)."""
    likeness = cosines(FakeEncoder(), "red fox", "the red fox jumps over", "blue whale", "fox red")
    np.testing.assert_allclose(likeness[0], [1, 2 / 6**0.5, 0, 1], atol=1e-6)


def test_the_stand_in_gives_unit_vectors_for_any_text():
    """No text is without a vector, as with the real model."""
    encoder = FakeEncoder(dimension=8)
    vectors = encoder.encode(["", "the of", "🙂", "a word"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert encoder.encode([]).shape == (0, 8)
    assert encoder.encoded == ["", "the of", "🙂", "a word"]
    assert FakeEncoder().encode_with_tokens([""])[0].tokens.vectors.shape == (0, 1024)
