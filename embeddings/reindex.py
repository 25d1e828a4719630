"""What changed -> encode only that -> a new generation -> verify -> swap.

The old generation answers until the last step; a crash at any instant leaves it in place.
"""

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from corpus.article import Article
from corpus.chunks import CHUNKER_VERSION, split_article
from corpus.collection import read_collection
from corpus.errors import CollectionError
from corpus.store import CorpusStore
from embeddings.encoder import BATCH_SIZE, Encoded, Encoder, Vectors
from embeddings.errors import ReindexRunningError, StaleIndexError
from embeddings.generation import (
    CURRENT,
    STORE,
    VECTORS,
    Manifest,
    current_id,
    generations_folder,
    open_generation,
    remove_old,
    swap_current,
)
from embeddings.token_index import save_tokens
from embeddings.vector_cache import KnownVectors, VectorCache
from embeddings.vector_index import VectorIndex

KEPT_GENERATIONS = 3
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ReindexReport:
    """What a reindex did."""

    manifest: Manifest
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    encoded: int
    reused: int


def reindex(
    collection: Path,
    data: Path,
    encoder: Encoder,
    progress: Progress | None = None,
    keep: int = KEPT_GENERATIONS,
) -> ReindexReport:
    """Build a new generation from a collection folder and make it the one that answers.

    Args:
        progress: called with (texts done, texts in all) as encoding goes on.
        keep: how many generations stay on disk, for rolling back.
    Raises:
        CollectionError, ArticleError: the collection cannot be read; nothing has changed.
        ReindexRunningError: another reindex is at work in `data`.
        StaleIndexError: the new generation failed its own check; the old one goes on answering.
    """
    articles = read_collection(collection)
    return reindex_articles(articles, data, encoder, progress, keep)


def reindex_articles(
    articles: Sequence[Article],
    data: Path,
    encoder: Encoder,
    progress: Progress | None = None,
    keep: int = KEPT_GENERATIONS,
) -> ReindexReport:
    """As `reindex`, from articles that are already read."""
    with _alone(data):
        before = _articles_before(data)
        identifier = _new_id(data)
        # A name with a leading dot is never taken for a generation, so a crash leaves no half-built one to be read.
        part = generations_folder(data) / f".{identifier}.part"
        for leftover in generations_folder(data).glob(".*.part"):
            shutil.rmtree(leftover, ignore_errors=True)
        part.mkdir()
        try:
            manifest, encoded, reused = _build(
                articles, part, identifier, encoder, VectorCache(data / "vector_cache.db"), progress
            )
            open_generation(part, encoder).close()
            _flush(part)
            os.replace(part, generations_folder(data) / identifier)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        swap_current(data, identifier)
        remove_old(data, keep)
    after = {article.id: article.source_digest for article in articles}
    return ReindexReport(
        manifest,
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(i for i in after.keys() & before.keys() if after[i] != before[i])),
        tuple(sorted(before.keys() - after.keys())),
        encoded,
        reused,
    )


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    try:
        generations_folder(data).mkdir(parents=True, exist_ok=True)
        lock = FileLock(data / "reindex.lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise ReindexRunningError("A reindex is already running. Wait until it is done.") from None
    except OSError as error:
        raise CollectionError(f"The data folder {data} cannot be written: {error.strerror}. Set DATA_DIR.") from error
    try:
        yield
    finally:
        lock.release()


def _articles_before(data: Path) -> dict[str, str]:
    """The articles of the generation that answers now; none when it cannot be read."""
    try:
        name = current_id(data)
        if name is None:
            return {}
        with CorpusStore.open(generations_folder(data) / name / STORE) as store:
            return {article.id: article.source_digest for article in store.articles()}
    except Exception:  # a damaged old index is a reason to rebuild it, not to refuse to
        return {}


def _new_id(data: Path) -> str:
    """An id that sorts by time: the UTC second, and a number where several fall into one."""
    second = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    # One more than the highest: the number of a generation that was removed is not given again.
    numbers = [int(path.name.rpartition("-")[2]) for path in generations_folder(data).glob(f"{second}-[0-9]*")]
    return f"{second}-{max(numbers, default=-1) + 1:02d}"


def _build(
    articles: Sequence[Article], folder: Path, identifier: str, encoder: Encoder, cache: VectorCache, progress: Progress | None
) -> tuple[Manifest, int, int]:
    with CorpusStore.create(folder / STORE) as store:
        for article in articles:
            store.add_article(article, split_article(article))
        store.finish()
        chunks = store.all_chunks()
        counts = store.counts()
    if not chunks:
        raise CollectionError("The collection's articles hold no sentence. Add articles with: corpusbot import PATH")
    sentences = [sentence for chunk in chunks for sentence in chunk.sentences]
    total = len(sentences) + len(chunks)
    with cache.open(encoder) as known:
        # Chunks first: a chunk of one sentence has then given that sentence its vector too.
        texts = [chunk.text for chunk in chunks]
        whole, chunks_encoded = encode_chunks(texts, encoder, known, _part(progress, 0, total))
        texts = [sentence.text for sentence in sentences]
        vectors, sentences_encoded = encode_texts(texts, encoder, known, _part(progress, len(chunks), total))
    index = VectorIndex(encoder.dimension)
    index.add_sentences([sentence.id for sentence in sentences], vectors)
    index.add_chunks([chunk.id for chunk in chunks], np.stack([encoded.vector for encoded in whole]))
    index.save(folder / VECTORS)
    tokens = {chunk.id: encoded.tokens for chunk, encoded in zip(chunks, whole, strict=True)}
    token_count = save_tokens(tokens, folder)
    encoded = chunks_encoded + sentences_encoded
    manifest = Manifest(
        id=identifier,
        encoder=encoder.name,
        encoder_digest=encoder.digest,
        dimension=encoder.dimension,
        chunker_version=CHUNKER_VERSION,
        tokens=token_count,
        content_digest=content_digest(articles),
        built_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        **counts,
    )
    manifest.write(folder)
    return manifest, encoded, total - encoded


def _part(progress: Progress | None, before: int, total: int) -> Progress | None:
    """The progress of one part of the work, told as that of the whole."""
    return progress and (lambda done, _: progress(before + done, total))


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


def content_digest(articles: Sequence[Article]) -> str:
    """SHA-256 over all articles and their sources: another one means that the collection has changed."""
    digests = sorted(article.source_digest for article in articles)
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _flush(folder: Path) -> None:
    """Have the files on disk before anything points to them."""
    for path in [*folder.iterdir(), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def roll_back(data: Path, encoder: Encoder) -> str:
    """Make the generation before the current one answer again.

    Returns:
        Its id.
    Raises:
        StaleIndexError: there is none before, or it cannot be opened.
    """
    with _alone(data):
        current = current_id(data) or ""
        names = sorted(path.name for path in generations_folder(data).iterdir() if not path.name.startswith("."))
        earlier = [name for name in names if name < current]
        if not earlier:
            raise StaleIndexError(f"There is no generation before {current or CURRENT}. Nothing was changed.")
        open_generation(generations_folder(data) / earlier[-1], encoder).close()
        swap_current(data, earlier[-1])
        return earlier[-1]
