"""Token vectors on disk: what comes back, and what damage is noticed."""

from contextlib import closing

import numpy as np
import pytest

from embeddings.encoder import TokenVectors
from embeddings.errors import StaleIndexError
from embeddings.token_index import TOKEN_PLACES, TOKEN_VECTORS, TokenIndex, rounded, save_tokens, unrounded

DIMENSION = 8


def some_tokens(count: int, seed: int) -> TokenVectors:
    """Random unit vectors, each token three letters long."""
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    starts = 4 * np.arange(count, dtype=np.int32)
    return TokenVectors(vectors, np.stack([starts, starts + 3], axis=1).astype(np.int32))


@pytest.fixture
def tokens() -> dict[int, TokenVectors]:
    """Three chunks, one of them without a token, not in order."""
    return {7: some_tokens(5, 1), 2: some_tokens(3, 2), 4: TokenVectors.none(DIMENSION)}


def test_saved_tokens_come_back(tokens, tmp_path):
    """Each chunk gets its own tokens back, in order, to about a hundredth; others and empty ones have none."""
    assert save_tokens(tokens, tmp_path) == 8
    with closing(TokenIndex.load(tmp_path, DIMENSION)) as index:
        assert len(index) == 8
        for chunk_id in (2, 7):
            found = index.tokens_of(chunk_id)
            np.testing.assert_array_equal(found.spans, tokens[chunk_id].spans)
            np.testing.assert_allclose(found.vectors, tokens[chunk_id].vectors, atol=0.5 / 127 + 1e-6)
        assert len(index.tokens_of(4)) == len(index.tokens_of(3)) == len(index.tokens_of(99)) == 0


@pytest.mark.parametrize("tokens", [{}, {1: TokenVectors.none(DIMENSION)}])
def test_an_encoder_without_tokens_has_an_empty_index(tokens, tmp_path):
    """No token at all is saved and loaded like any number of them."""
    save_tokens(tokens, tmp_path)
    with closing(TokenIndex.load(tmp_path, DIMENSION)) as index:
        assert len(index) == 0


def test_rounding_twice_changes_nothing(tokens):
    """What comes out of the cache is kept as it went in."""
    kept = rounded(tokens[7].vectors)
    np.testing.assert_array_equal(rounded(unrounded(kept)), kept)


@pytest.mark.parametrize("name", [TOKEN_VECTORS, TOKEN_PLACES])
@pytest.mark.parametrize("damage", ["missing", "half", "empty", "text", "zeros", "pickle", "folder"])
def test_damage_is_noticed(tokens, tmp_path, name, damage):
    """Whatever has become of a file, the error is one sentence that names the cure."""
    save_tokens(tokens, tmp_path)
    path = tmp_path / name
    content = path.read_bytes()
    path.unlink()
    if damage == "folder":
        path.mkdir()
    elif damage == "pickle":
        with path.open("wb") as file:
            np.save(file, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    elif damage != "missing":
        spoilt = {"half": content[: len(content) // 2], "empty": b"", "text": b"not an array", "zeros": bytes(len(content))}
        path.write_bytes(spoilt[damage])
    with pytest.raises(StaleIndexError, match="Run: corpusbot reindex"):
        TokenIndex.load(tmp_path, DIMENSION)


def test_another_dimension_is_noticed(tokens, tmp_path):
    """Tokens of another model than the manifest's are refused."""
    save_tokens(tokens, tmp_path)
    with pytest.raises(StaleIndexError, match="does not fit"):
        TokenIndex.load(tmp_path, DIMENSION + 1)


def test_a_folder_that_cannot_be_written_is_told(tokens, tmp_path):
    """The error says where and why."""
    with pytest.raises(StaleIndexError, match="cannot be written"):
        save_tokens(tokens, tmp_path / "missing")
