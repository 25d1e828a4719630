"""FAISS over sentence and chunk vectors."""

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.errors import StaleIndexError
from embeddings.vector_index import VectorIndex


def unit(*numbers: float) -> np.ndarray:
    """A vector of length 1 in that direction."""
    vector = np.array(numbers, dtype=np.float32)
    return vector / np.linalg.norm(vector)


@pytest.fixture
def index() -> VectorIndex:
    """Three sentences, two of them in chunk 1, one in chunk 2."""
    made = VectorIndex(2)
    made.add_sentences([1, 2, 3], np.stack([unit(1, 0), unit(1, 1), unit(0, 1)]))
    made.add_chunks([1, 2], np.stack([unit(2, 1), unit(0, -1)]))
    return made


def test_hits_come_by_falling_cosine(index):
    """The nearest sentences come first, each with its cosine as computed by hand."""
    found = index.nearest_sentences(unit(1, 0), 3)
    assert list(found) == [1, 2, 3]
    np.testing.assert_allclose(list(found.values()), [1, 0.5**0.5, 0], atol=1e-6)


def test_sentences_and_chunks_never_mix(index):
    """Sentence 1 and chunk 1 have one number each, and neither is taken for the other."""
    assert set(index.nearest_sentences(unit(0, -1), 10)) == {1, 2, 3}
    assert list(index.nearest_chunks(unit(0, -1), 10)) == [2, 1]
    assert index.counts() == {"sentences": 3, "chunks": 2}
    assert len(index) == 5


def test_a_search_can_be_limited(index):
    """Only the sentences asked for are looked at, ones that do not exist are passed over."""
    assert list(index.nearest_sentences(unit(1, 0), 3, among=[3, 2, 99])) == [2, 3]
    assert index.nearest_sentences(unit(1, 0), 3, among=[]) == {}
    assert index.nearest_chunks(unit(1, 0), 0) == {}


def test_an_empty_index_finds_nothing():
    """Nothing indexed, nothing found, no error."""
    assert VectorIndex(2).nearest_sentences(unit(1, 0), 5) == {}
    assert VectorIndex(2).nearest_chunks(unit(1, 0), 5) == {}


def test_the_index_is_an_exact_inner_product_with_numbers(index, tmp_path):
    """On disk it is FAISS's IndexIDMap over an inner-product index, over unit vectors."""
    index.save(tmp_path / "vectors.faiss")
    stored = faiss.read_index(str(tmp_path / "vectors.faiss"))
    assert isinstance(stored, faiss.IndexIDMap)
    assert stored.metric_type == faiss.METRIC_INNER_PRODUCT
    np.testing.assert_allclose(np.linalg.norm(stored.index.reconstruct_n(0, 5), axis=1), 1, atol=1e-6)


def test_two_sentences_can_be_compared(index):
    """The cosine of two stored sentences; an unknown number is a KeyError."""
    assert index.sentence_cosine(1, 2) == pytest.approx(0.5**0.5)
    with pytest.raises(KeyError):
        index.sentence_vector(4)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 40), st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_the_search_is_exact(count, wanted, seed):
    """The search finds what sorting all cosines finds."""
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(count, 5)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    made = VectorIndex(5)
    made.add_sentences(range(10, 10 + count), vectors)
    made.add_chunks(range(10, 10 + count), -vectors)
    question = vectors[random.integers(count)]
    found = made.nearest_sentences(question, wanted)
    np.testing.assert_allclose(list(found.values()), np.sort(vectors @ question)[::-1][:wanted], atol=1e-5)
    for number, cosine in found.items():
        assert cosine == pytest.approx(float(vectors[number - 10] @ question), abs=1e-5)


def test_a_saved_index_answers_as_before(index, tmp_path):
    """Saving and loading changes no hit."""
    path = tmp_path / "vectors.faiss"
    index.save(path)
    assert VectorIndex.load(path, 2).nearest_sentences(unit(1, 3), 3) == index.nearest_sentences(unit(1, 3), 3)


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
def test_a_truncated_file_is_one_sentence_with_the_cure(index, tmp_path, share):
    """A file cut short anywhere is refused in our words, not in those of FAISS."""
    path = tmp_path / "vectors.faiss"
    index.save(path)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(StaleIndexError, match=r"damaged or truncated. Run: corpusbot reindex"):
        VectorIndex.load(path, 2)


def test_damaged_numbers_are_found_out(index, tmp_path):
    """Vectors that are not of length 1 any more, NaN included, are refused when the index is loaded."""
    path = tmp_path / "vectors.faiss"
    index.save(path)
    content = path.read_bytes()
    place = content.index(unit(1, 1).tobytes())
    for damage in (b"\xff\xff\xff\xff", np.float32(0.2).tobytes(), np.float32(3e38).tobytes()):
        path.write_bytes(content[:place] + damage + content[place + 4 :])
        with pytest.raises(StaleIndexError, match=r"is damaged.*Run: corpusbot reindex"):
            VectorIndex.load(path, 2)


def test_other_files_are_refused(index, tmp_path):
    """A missing file, another kind of index and another dimension are each named with the cure."""
    path = tmp_path / "vectors.faiss"
    with pytest.raises(StaleIndexError, match=r"is missing. Run: corpusbot reindex"):
        VectorIndex.load(path, 2)
    faiss.write_index(faiss.IndexFlatIP(2), str(path))
    with pytest.raises(StaleIndexError, match="is not an index that corpusbot made"):
        VectorIndex.load(path, 2)
    index.save(path)
    with pytest.raises(StaleIndexError, match="vectors of 2 numbers, but its manifest says 3"):
        VectorIndex.load(path, 3)


def test_a_folder_that_cannot_be_written_is_one_sentence(index, tmp_path):
    """A save that fails says so in our words."""
    with pytest.raises(StaleIndexError, match="cannot be written"):
        index.save(tmp_path / "nowhere" / "vectors.faiss")
