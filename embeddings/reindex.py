"""What changed -> encode only that -> a new generation -> verify -> swap.

The old generation answers until the last step; a crash at any instant leaves it in place.
"""

import datetime as dt
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.article import Article
from corpus.collection import read_collection
from corpus.errors import CollectionError
from corpus.figures.catalogue import Catalogue
from corpus.store import CorpusStore
from embeddings.encoder import Encoder
from embeddings.encoding import Progress
from embeddings.errors import ReindexRunningError, StaleIndexError
from embeddings.generation import (
    CURRENT,
    STORE,
    current_id,
    generations_folder,
    open_generation,
    remove_old,
    swap_current,
)
from embeddings.index_files import IndexWriter
from embeddings.manifest import Manifest
from embeddings.vector_cache import VectorCache

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
    catalogue: Catalogue | None = None,
) -> ReindexReport:
    """Build a new generation from a collection folder and make it the one that answers.

    Args:
        second: encodes the same texts once more, for questions in other languages.
        progress: called with (texts done, texts in all) as encoding goes on.
        keep: how many generations stay on disk, for rolling back.
        catalogue: the metrics that figures belong to; without one, figures are stored but none is named.
    Raises:
        CollectionError, ArticleError: the collection cannot be read; nothing has changed.
        ReindexRunningError: another reindex is at work in `data`.
        StaleIndexError: the new generation failed its own check; the old one goes on answering.
    """
    articles = read_collection(collection)
    return reindex_articles(articles, data, encoder, progress, keep, second, catalogue)


def reindex_articles(
    articles: Sequence[Article],
    data: Path,
    encoder: Encoder,
    progress: Progress | None = None,
    keep: int = KEPT_GENERATIONS,
    second: Encoder | None = None,
    catalogue: Catalogue | None = None,
    reads_figures: bool = True,
) -> ReindexReport:
    """As `reindex`, from articles that are already read.

    Args:
        reads_figures: `False` for an index that is only searched, as by an evaluation; it holds no figures then.
    """
    with _alone(data):
        before = _articles_before(data)
        identifier = _new_id(data)
        # A name with a leading dot is never taken for a generation, so a crash leaves no half-built one to be read.
        part = generations_folder(data) / f".{identifier}.part"
        for leftover in generations_folder(data).glob(".*.part"):
            shutil.rmtree(leftover, ignore_errors=True)
        part.mkdir()
        try:
            writer = IndexWriter(encoder, VectorCache(data / "vector_cache.db"), second, catalogue, reads_figures)
            written = writer.write(articles, part, identifier, progress)
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
        written.manifest,
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(i for i in after.keys() & before.keys() if after[i] != before[i])),
        tuple(sorted(before.keys() - after.keys())),
        written.encoded,
        written.reused,
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
