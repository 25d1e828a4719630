"""Texts -> vectors, encoding only those that are not known yet."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from embeddings.encoder import BATCH_SIZE, Encoded, Encoder, Vectors
from embeddings.vector_cache import KnownVectors

Progress = Callable[[int, int], None]  # (texts done, texts in all)


def encode_texts(
    texts: Sequence[str], encoder: Encoder, known: KnownVectors, progress: Progress | None = None
) -> tuple[Vectors, int]:
    """Vectors for texts, encoding only those that are not known.

    Returns:
        Vectors, shape (len(texts), dimension), and how many texts were encoded.
    """
    vectors = known.get(texts)
    encoded = 0
    for batch in _batches(texts, vectors, progress):
        fresh = dict(zip(batch, encoder.encode(batch), strict=True))
        known.put(fresh)
        vectors.update(fresh)
        encoded += len(batch)
    if not texts:
        return np.zeros((0, encoder.dimension), dtype=np.float32), 0
    return np.stack([vectors[text] for text in texts]).astype(np.float32), encoded


def encode_chunks(
    texts: Sequence[str], encoder: Encoder, known: KnownVectors, progress: Progress | None = None
) -> tuple[list[Encoded], int]:
    """As `encode_texts`, with the token vectors that the same pass of the model yields."""
    found = known.get_encoded(texts)
    encoded = 0
    for batch in _batches(texts, found, progress):
        fresh = dict(zip(batch, encoder.encode_with_tokens(batch), strict=True))
        known.put_encoded(fresh)
        found.update(fresh)
        encoded += len(batch)
    return [found[text] for text in texts], encoded


def _batches(texts: Sequence[str], known: Mapping[str, object], progress: Progress | None) -> Iterator[list[str]]:
    """The unknown texts, each once, in batches; texts of like length in one batch waste least on padding."""
    new = sorted((text for text in dict.fromkeys(texts) if text not in known), key=len)
    for start in range(0, len(new), BATCH_SIZE):
        yield new[start : start + BATCH_SIZE]
        if progress:
            progress(min(len(texts), len(texts) - len(new) + start + BATCH_SIZE), len(texts))
    if progress:
        progress(len(texts), len(texts))
