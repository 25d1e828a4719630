"""What changed -> encode only that -> a new generation -> verify -> swap.

The old generation answers until the last step; a crash at any instant leaves it in place.
"""

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from corpus.article import Article
from corpus.chunks import CHUNKER_VERSION, split_article
from corpus.collection import read_collection
from corpus.errors import CollectionError
from corpus.store import CorpusStore, StoredChunk
from embeddings.encoder import Encoder
from embeddings.encoding import Progress, encode_chunks, encode_texts
from embeddings.errors import ReindexRunningError, StaleIndexError
from embeddings.generation import (
    CURRENT,
    SECOND_VECTORS,
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
from embeddings.vector_cache import VectorCache
from embeddings.vector_index import VectorIndex

KEPT_GENERATIONS = 3


@dataclass(frozen=True)
class ReindexReport:
    """What a reindex did."""

    manifest: Manifest
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    encoded: int  # texts, by the first encoder
    reused: int


def reindex(
    collection: Path,
    data: Path,
    encoder: Encoder,
    progress: Progress | None = None,
    keep: int = KEPT_GENERATIONS,
    second: Encoder | None = None,
) -> ReindexReport:
    """Build a new generation from a collection folder and make it the one that answers.

    Args:
        second: encodes the same texts once more, for questions in other languages.
        progress: called with (texts done, texts in all) as encoding goes on.
        keep: how many generations stay on disk, for rolling back.
    Raises:
        CollectionError, ArticleError: the collection cannot be read; nothing has changed.
        ReindexRunningError: another reindex is at work in `data`.
        StaleIndexError: the new generation failed its own check; the old one goes on answering.
    """
    articles = read_collection(collection)
    return reindex_articles(articles, data, encoder, progress, keep, second)


def reindex_articles(
    articles: Sequence[Article],
    data: Path,
    encoder: Encoder,
    progress: Progress | None = None,
    keep: int = KEPT_GENERATIONS,
    second: Encoder | None = None,
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
                articles, part, identifier, encoder, second, VectorCache(data / "vector_cache.db"), progress
            )
            open_generation(part, encoder, second).close()
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
    articles: Sequence[Article],
    folder: Path,
    identifier: str,
    encoder: Encoder,
    second: Encoder | None,
    cache: VectorCache,
    progress: Progress | None,
) -> tuple[Manifest, int, int]:
    with CorpusStore.create(folder / STORE) as store:
        for article in articles:
            store.add_article(article, split_article(article))
        store.finish()
        chunks = store.all_chunks()
        counts = store.counts()
    if not chunks:
        raise CollectionError("The collection's articles hold no sentence. Add articles with: corpusbot import PATH")
    texts = sum(len(chunk.sentences) + 1 for chunk in chunks)
    total = 2 * texts if second else texts
    token_count, encoded = _save_vectors(chunks, folder, encoder, cache, _part(progress, 0, total))
    if second:
        _save_second_vectors(chunks, folder, second, cache, _part(progress, texts, total))
    manifest = Manifest(
        id=identifier,
        encoder=encoder.name,
        encoder_digest=encoder.digest,
        dimension=encoder.dimension,
        chunker_version=CHUNKER_VERSION,
        tokens=token_count,
        content_digest=content_digest(articles),
        built_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        second_encoder=second.name if second else None,
        second_encoder_digest=second.digest if second else None,
        second_dimension=second.dimension if second else 0,
        **counts,
    )
    manifest.write(folder)
    return manifest, encoded, texts - encoded


def _save_vectors(
    chunks: Sequence[StoredChunk], folder: Path, encoder: Encoder, cache: VectorCache, progress: Progress | None
) -> tuple[int, int]:
    """Save vectors of sentences, chunks and tokens; how many tokens there are, and how many texts were encoded."""
    sentences = [sentence for chunk in chunks for sentence in chunk.sentences]
    with cache.open(encoder) as known:
        # Chunks first: a chunk of one sentence has then given that sentence its vector too.
        texts = [chunk.text for chunk in chunks]
        whole, chunks_encoded = encode_chunks(texts, encoder, known, progress)
        texts = [sentence.text for sentence in sentences]
        vectors, sentences_encoded = encode_texts(texts, encoder, known, _part(progress, len(chunks), len(chunks) + len(texts)))
    index = VectorIndex(encoder.dimension)
    index.add_sentences([sentence.id for sentence in sentences], vectors)
    index.add_chunks([chunk.id for chunk in chunks], np.stack([encoded.vector for encoded in whole]))
    index.save(folder / VECTORS)
    tokens = {chunk.id: encoded.tokens for chunk, encoded in zip(chunks, whole, strict=True)}
    return save_tokens(tokens, folder), chunks_encoded + sentences_encoded


def _save_second_vectors(
    chunks: Sequence[StoredChunk], folder: Path, second: Encoder, cache: VectorCache, progress: Progress | None
) -> None:
    """Save the same texts' vectors for questions in other languages; this encoder's tokens are not used."""
    sentences = [sentence for chunk in chunks for sentence in chunk.sentences]
    with cache.open(second) as known:
        texts = [chunk.text for chunk in chunks] + [sentence.text for sentence in sentences]
        vectors, _ = encode_texts(texts, second, known, progress)
    index = VectorIndex(second.dimension)
    index.add_chunks([chunk.id for chunk in chunks], vectors[: len(chunks)])
    index.add_sentences([sentence.id for sentence in sentences], vectors[len(chunks) :])
    index.save(folder / SECOND_VECTORS)


def _part(progress: Progress | None, before: int, total: int) -> Progress | None:
    """The progress of one part of the work, told as that of the whole."""
    return progress and (lambda done, _: progress(before + done, total))


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


def roll_back(data: Path, encoder: Encoder, second: Encoder | None = None) -> str:
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
        open_generation(generations_folder(data) / earlier[-1], encoder, second).close()
        swap_current(data, earlier[-1])
        return earlier[-1]
