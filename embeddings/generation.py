"""One immutable index on disk, and which one is current.

    DATA_DIR/CURRENT                     one line: the id of the generation that answers
    DATA_DIR/generations/<id>/corpus.db  articles, sentences, chunks, words, figures
    DATA_DIR/generations/<id>/vectors.faiss
    DATA_DIR/generations/<id>/token_vectors.i8, token_places.npy
    DATA_DIR/generations/<id>/vectors.multilingual.faiss      only when there is a second encoder
    DATA_DIR/generations/<id>/manifest.json

A generation is written elsewhere, verified, moved into place and only then named in CURRENT; nothing in it changes
afterwards. Builds nothing itself (`embeddings.index_files`).
"""

import os
import re
import shutil
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.errors import StoreError
from corpus.store import CorpusStore
from embeddings.crosslingual.foreign_index import ForeignIndex
from embeddings.encoder import Encoder
from embeddings.errors import StaleIndexError
from embeddings.manifest import CURE, Manifest, check_counts, check_encoder
from embeddings.reader import Reader, reader_for
from embeddings.reranker import Reranker
from embeddings.search import Searcher
from embeddings.spelling import Speller
from embeddings.surface_words import count_surface_words
from embeddings.token_index import TokenIndex
from embeddings.vector_index import VectorIndex

STORE, VECTORS, CURRENT = "corpus.db", "vectors.faiss", "CURRENT"
SECOND_VECTORS = "vectors.multilingual.faiss"
GENERATION_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}")


@dataclass(frozen=True)
class Generation:
    """An opened generation: everything that is needed to answer from it."""

    manifest: Manifest
    store: CorpusStore
    vectors: VectorIndex
    tokens: TokenIndex
    searcher: Searcher
    foreign: ForeignIndex | None = None  # for questions in other languages
    reader: Reader | None = None  # for the encoders that corpusbot has one for

    @cached_property
    def speller(self) -> Speller:
        """Mends misspelt words of a question; made at the first one, in about 0.1 s for a hundred articles."""
        return Speller(count_surface_words(chunk.text for chunk in self.store.all_chunks()), self.store.vocabulary())

    def close(self) -> None:
        """Let go of its files."""
        self.store.close()
        self.tokens.close()


def generations_folder(data: Path) -> Path:
    """Where the generations lie."""
    return data / "generations"


def current_id(data: Path) -> str | None:
    """The id that CURRENT names; nothing before the first reindex.

    Raises:
        StaleIndexError: CURRENT is not one line with an id.
    """
    path = data / CURRENT
    try:
        name = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StaleIndexError(f"{path} cannot be read. {CURE}") from error
    if not GENERATION_ID.fullmatch(name):
        raise StaleIndexError(f"{path} names no generation: {name[:60]!r}. {CURE}")
    return name


def swap_current(data: Path, generation_id: str) -> None:
    """Make another generation the one that answers, in one step that a crash cannot halve."""
    part = data / f"{CURRENT}.part"
    with part.open("w", encoding="utf-8") as file:
        file.write(f"{generation_id}\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, data / CURRENT)


def open_current(data: Path, encoder: Encoder, second: Encoder | None = None, reranker: Reranker | None = None) -> Generation:
    """Open the generation that answers; the arguments are those of `open_generation`.

    Raises:
        StaleIndexError: there is none, it does not fit the encoder or it is damaged; the sentence names the cure.
    """
    name = current_id(data)
    if name is None:
        raise StaleIndexError(f"There is no index in {data} yet. {CURE}")
    return open_generation(generations_folder(data) / name, encoder, second, reranker)


def open_generation(
    folder: Path, encoder: Encoder, second: Encoder | None = None, reranker: Reranker | None = None
) -> Generation:
    """Open and check one generation against its manifest and the encoders.

    Args:
        second: for questions in other languages; without it, vectors made by such an encoder are left alone.
        reranker: puts the first hits of each search into another order.
    Raises:
        StaleIndexError: another model, chunker or count, or a missing, damaged or truncated file.
        ModelError: the reader for this encoder is damaged.
    """
    if not folder.is_dir():
        raise StaleIndexError(f"The index {folder} is missing. {CURE}")
    manifest = Manifest.read(folder)
    check_encoder(manifest, encoder, folder)
    reader = reader_for(encoder)
    vectors = VectorIndex.load(folder / VECTORS, manifest.dimension)
    with ExitStack() as opened:
        tokens = opened.enter_context(closing(TokenIndex.load(folder, manifest.dimension)))
        try:
            store = opened.enter_context(CorpusStore.open(folder / STORE))
            store.check_texts()
        except StoreError as error:
            raise StaleIndexError(str(error)) from error
        stored = store.counts() | store.figures.totals() | {"tokens": len(tokens)}
        check_counts(manifest, stored, vectors.counts(), folder)
        foreign = open_foreign(manifest, store, second, folder)
        opened.pop_all()  # from here on `Generation.close` lets go of them
    searcher = Searcher(store, vectors, tokens, reranker=reranker)
    return Generation(manifest, store, vectors, tokens, searcher, foreign, reader)


def open_foreign(manifest: Manifest, store: CorpusStore, second: Encoder | None, folder: Path) -> ForeignIndex | None:
    """What a generation holds for questions in other languages; nothing when it was made, or is opened, without an encoder.

    Raises:
        StaleIndexError: another second model made the vectors, or their file is missing or damaged.
    """
    if second is None or manifest.second_encoder is None:
        return None
    if (manifest.second_encoder_digest, manifest.second_dimension) != (second.digest, second.dimension):
        raise StaleIndexError(
            f"{folder} holds second vectors from {manifest.second_encoder!r}, which are not those of {second.name!r}. {CURE}"
        )
    vectors = VectorIndex.load(folder / SECOND_VECTORS, second.dimension)
    check_counts(manifest, store.counts(), vectors.counts(), folder)
    return ForeignIndex(vectors, second.digest, store)


def remove_old(data: Path, keep: int) -> list[str]:
    """Delete all but the newest generations; the current one always stays.

    Returns:
        The ids that are gone.
    """
    current = current_id(data)
    names = sorted(
        (path.name for path in generations_folder(data).iterdir() if path.is_dir() and not path.name.startswith(".")),
        reverse=True,
    )
    gone = [name for name in names[keep:] if name != current]
    for name in gone:
        shutil.rmtree(generations_folder(data) / name, ignore_errors=True)
    return gone
