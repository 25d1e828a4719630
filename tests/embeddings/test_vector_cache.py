"""Vectors already made are kept, and a damaged file of them costs time only."""

import sqlite3

import numpy as np
import pytest

from embeddings.encoding import encode_chunks, encode_texts
from embeddings.reindex import reindex
from embeddings.vector_cache import VectorCache
from tests.fake_encoder import FakeEncoder

TEXTS = ["a red fox", "a blue whale", "🙂"]


@pytest.fixture
def cache(tmp_path) -> VectorCache:
    """An empty cache."""
    return VectorCache(tmp_path / "vector_cache.db")


def fill(cache: VectorCache, encoder: FakeEncoder) -> None:
    """Remember the vectors of all texts."""
    with cache.open(encoder) as known:
        known.put(dict(zip(TEXTS, encoder.encode(TEXTS), strict=True)))


def test_known_vectors_come_back_unchanged(cache, fake_encoder):
    """What was put in comes back, number for number; unknown texts are left out."""
    fill(cache, fake_encoder)
    with cache.open(fake_encoder) as known:
        found = known.get([*TEXTS, "unknown", TEXTS[0]])
    assert list(found) == TEXTS
    np.testing.assert_array_equal(np.stack(list(found.values())), fake_encoder.encode(TEXTS))


def test_another_encoders_vectors_are_unknown(cache, fake_encoder):
    """Vectors belong to the encoder that made them, and one encoder's do not push out another's."""
    fill(cache, fake_encoder)
    other = FakeEncoder("other")
    with cache.open(other) as known:
        assert known.get(TEXTS) == {}
    fill(cache, other)
    with cache.open(fake_encoder) as known:
        assert len(known.get(TEXTS)) == 3


def test_a_vector_of_another_length_is_unknown(cache, fake_encoder):
    """A vector that cannot be the encoder's is made again."""
    with cache.open(fake_encoder) as known:
        known.put({TEXTS[0]: np.ones(3, dtype=np.float32)})
        assert known.get(TEXTS) == {}


def test_only_unknown_texts_are_encoded_and_each_once(cache, fake_encoder):
    """A text that comes twice is encoded once; a known one not at all; the order of the texts is kept."""
    fill(cache, fake_encoder)
    fake_encoder.encoded.clear()
    texts = ["new", TEXTS[1], "new", "newer"]
    with cache.open(fake_encoder) as known:
        vectors, encoded = encode_texts(texts, fake_encoder, known)
    assert sorted(fake_encoder.encoded) == ["new", "newer"]
    assert encoded == 2
    np.testing.assert_array_equal(vectors, FakeEncoder().encode(texts))


def test_known_tokens_come_back_rounded(cache, fake_encoder):
    """A chunk's vector comes back as it was, its tokens as an index keeps them, and nothing is encoded again."""
    with cache.open(fake_encoder) as known:
        first, encoded = encode_chunks(["red fox", ""], fake_encoder, known)
        again, encoded_again = encode_chunks(["", "red fox", "red fox"], fake_encoder, known)
    assert (encoded, encoded_again) == (2, 0)
    np.testing.assert_array_equal(again[1].vector, first[0].vector)
    np.testing.assert_array_equal(again[2].tokens.vectors, first[0].tokens.vectors)
    np.testing.assert_array_equal(again[1].tokens.spans, [[0, 3], [4, 7]])
    assert len(again[0].tokens) == 0


def test_a_text_without_known_tokens_is_encoded_again(cache, fake_encoder):
    """A vector alone, as it is remembered for a sentence, is not enough for a chunk."""
    fill(cache, fake_encoder)
    with cache.open(fake_encoder) as known:
        assert known.get_encoded(TEXTS) == {}
        assert encode_chunks(TEXTS, fake_encoder, known)[1] == len(TEXTS)


@pytest.mark.parametrize("damage", ["text", "half", "middle", "empty", "other table", "index"])
def test_a_damaged_file_is_begun_anew(town_collection, tmp_path, damage, caplog):
    """Whatever has become of the file, a reindex goes through, encodes what is needed and leaves a good file."""
    data, path = tmp_path / "data", tmp_path / "data" / "vector_cache.db"
    total = reindex(town_collection, data, FakeEncoder()).encoded
    content = path.read_bytes()
    if damage == "other table":
        path.unlink()
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE vectors (name TEXT)")
        db.close()
    else:
        broken = {
            "text": b"This is not a database." * 500,
            "half": content[: len(content) // 2],
            "middle": content[:4096] + b"\xff" * 4096 + content[8192:],
            "empty": b"",
            "index": content[:4096] + bytes(len(content) - 4096),
        }
        path.write_bytes(broken[damage])
    assert reindex(town_collection, data, FakeEncoder()).encoded == total
    assert ("begun anew" in caplog.text) is (damage != "empty")
    assert reindex(town_collection, data, FakeEncoder()).encoded == 0
