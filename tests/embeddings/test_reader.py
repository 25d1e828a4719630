"""The reader: what it says of passages, which encoder it fits, and its file."""

from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import SentenceTransformerEncoder
from embeddings.errors import ModelError
from embeddings.model_files import KNOWN, LARGE, larger_folder
from embeddings.reader import Reader, reader_file, reader_for
from tests.fake_encoder import FakeEncoder

WORDS = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "<mask>",
    "the",
    "ferry",
    "bay",
    "gull",
    "crosses",
    "is",
    "white",
    "who",
    "what",
    "?",
    ".",
]
PASSAGES = [["the ferry crosses the bay.", "the gull is white."], ["the bay."], ["the gull."] * 5]
LAYERS, APART, WIDTH, RANK = 3, 2, 16, 2


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sentence encoder of the larger one's kind: random, of three layers and sixteen word pieces."""
    import torch
    import transformers
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    folder = tmp_path_factory.mktemp("tiny")
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    torch.manual_seed(7)
    config = transformers.MPNetConfig(
        vocab_size=len(WORDS), hidden_size=WIDTH, num_hidden_layers=LAYERS, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=64, initializer_range=0.3,
    )  # fmt: skip
    transformers.MPNetModel(config).save_pretrained(folder / "bare")
    transformers.MPNetTokenizerFast(vocab=str(folder / "vocab.txt"), model_max_length=48).save_pretrained(folder / "bare")
    network = Transformer(str(folder / "bare"))
    SentenceTransformer(modules=[network, Pooling(WIDTH)], device="cpu").save(str(folder / "model"))
    return folder / "model"


@pytest.fixture
def encoder(tiny_model: Path) -> SentenceTransformerEncoder:
    """An encoder that has no reader of its own."""
    return SentenceTransformerEncoder(str(tiny_model))


def write_additions(path: Path, digest: str, size: float = 0.5, without: str | None = None) -> None:
    """A file of random additions to the last layer."""
    import torch
    from safetensors.torch import save_file

    torch.manual_seed(3)
    about = {"encoder_digest": digest, "apart": str(APART)}
    weights = {
        "layers.0.intermediate.dense.A": torch.randn(RANK, WIDTH),
        "layers.0.intermediate.dense.B": size * torch.randn(32, RANK),
        "layers.0.output.LayerNorm.weight": torch.ones(WIDTH),
        "seg": torch.randn(2, WIDTH),
        "ans.weight": torch.randn(1, WIDTH),
        "ans.bias": torch.zeros(1),
    }
    kept = {name: value.half() for name, value in weights.items() if name != without}
    save_file(kept, path, {name: value for name, value in about.items() if name != without})


@pytest.fixture
def reader(encoder: SentenceTransformerEncoder, tmp_path: Path) -> Reader:
    """A reader with random additions."""
    write_additions(tmp_path / "tiny.safetensors", encoder.digest)
    return Reader(encoder, tmp_path / "tiny.safetensors")


def test_passages_read_together_are_read_as_if_alone(reader: Reader) -> None:
    """Shorter passages are filled up to the longest one, which must not be seen."""
    together = reader.read("who crosses the bay?", PASSAGES)
    assert len(together) == len(PASSAGES)
    for passage, value in zip(PASSAGES, together, strict=True):
        assert reader.read("who crosses the bay?", [passage]) == pytest.approx([value], abs=1e-4)


def test_question_and_each_sentence_matter(reader: Reader) -> None:
    """Another question, or a sentence more, is another reading."""
    (first,) = reader.read("who crosses the bay?", PASSAGES[:1])
    assert reader.read("what is white?", PASSAGES[:1]) != pytest.approx([first], abs=1e-4)
    assert reader.read("who crosses the bay?", [PASSAGES[0][:1]]) != pytest.approx([first], abs=1e-4)


def test_nothing_is_read_of_nothing(encoder: SentenceTransformerEncoder, tmp_path: Path) -> None:
    """No passages, no readings, and no file is asked for."""
    assert Reader(encoder, tmp_path / "none").read("who?", []) == []


def test_what_was_fitted_changes_the_reading(encoder: SentenceTransformerEncoder, tmp_path: Path) -> None:
    """The additions are added: with larger ones the same passage reads otherwise."""
    for name, size in (("small", 0.0), ("large", 2.0)):
        write_additions(tmp_path / name, encoder.digest, size)
    small, large = (Reader(encoder, tmp_path / name).read("who?", PASSAGES[:1]) for name in ("small", "large"))
    assert small != pytest.approx(large, abs=1e-3)


def test_the_encoder_stays_as_it_was(encoder: SentenceTransformerEncoder, reader: Reader) -> None:
    """The reader adds to layers of its own, not to those that make the vectors of the index."""
    before = encoder.encode(["the ferry crosses the bay."])
    reader.read("who crosses the bay?", PASSAGES)
    assert np.array_equal(encoder.encode(["the ferry crosses the bay."]), before)


def test_only_the_very_encoder_has_its_reader(
    encoder: SentenceTransformerEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another encoder's states would mean nothing to it: of the same name with other weights, or of another kind."""
    monkeypatch.setattr("embeddings.reader.FITTED", tmp_path)
    write_additions(reader_file(encoder.name), encoder.digest)
    assert reader_for(encoder) is not None
    write_additions(reader_file(encoder.name), "e" * 64)
    assert reader_for(encoder) is None
    assert reader_for(FakeEncoder()) is None


@pytest.mark.parametrize("damage", ["cut", "empty"])
def test_a_damaged_file_is_named(
    encoder: SentenceTransformerEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    """The sentence names the file and says what to do, when the index is opened."""
    monkeypatch.setattr("embeddings.reader.FITTED", tmp_path)
    path = reader_file(encoder.name)
    write_additions(path, encoder.digest)
    path.write_bytes(path.read_bytes()[: 40 if damage == "cut" else 0])
    with pytest.raises(ModelError, match=r"reader\.safetensors.* cannot be loaded .* Install corpusbot anew"):
        reader_for(encoder)


@pytest.mark.parametrize("missing", ["apart", "seg", "layers.0.intermediate.dense.B", "ans.bias"])
def test_a_file_that_lacks_something_is_named(encoder: SentenceTransformerEncoder, tmp_path: Path, missing: str) -> None:
    """The same when it is read."""
    write_additions(tmp_path / "reader.safetensors", encoder.digest, without=missing)
    with pytest.raises(ModelError, match=r"reader\.safetensors cannot be loaded \(KeyError\)"):
        Reader(encoder, tmp_path / "reader.safetensors").read("who?", PASSAGES)


def test_the_reader_that_ships_is_the_larger_encoders() -> None:
    """It was fitted with the very weights that are trusted, and no other known encoder has one."""
    from safetensors import safe_open

    with safe_open(reader_file(LARGE.name), framework="numpy") as file:
        assert file.metadata()["encoder_digest"] == LARGE.digest
    assert [name for name in KNOWN if reader_file(name).is_file()] == [LARGE.name]


@pytest.mark.skipif(not larger_folder().is_dir(), reason="the larger encoder is not installed; make demo installs it")
def test_the_reader_tells_what_a_passage_answers() -> None:
    """The same passage, words of which stand in all four questions: it answers two and only seems to answer the others."""
    passage = [
        "The ferry to Marlow Island was sold in March to the shipping line Benholt, which paid 14 million crowns.",
        "Its captain, Ida Solberg, will stay on board, but the winter timetable is to be cut to three sailings a week.",
    ]
    asked = ["What did Benholt pay for the ferry?", "Who is the captain of the ferry?"]
    unanswered = ["What does a ticket for the ferry cost?", "Who was the captain of the ferry before Ida Solberg?"]
    reader = reader_for(SentenceTransformerEncoder(LARGE.name))
    assert reader is not None
    sure = [reader.read(question, [passage])[0] for question in (*asked, *unanswered)]
    assert min(sure[:2]) > max(sure[2:])
