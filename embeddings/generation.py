"""One immutable index on disk, its manifest, and which one is current.

    DATA_DIR/CURRENT                     one line: the id of the generation that answers
    DATA_DIR/generations/<id>/corpus.db  articles, sentences, chunks, words, figures
    DATA_DIR/generations/<id>/vectors.faiss
    DATA_DIR/generations/<id>/token_vectors.i8, token_places.npy
    DATA_DIR/generations/<id>/vectors.multilingual.faiss      only when there is a second encoder
    DATA_DIR/generations/<id>/manifest.json

A generation is written elsewhere, verified, moved into place and only then named in CURRENT; nothing in it changes
afterwards. Builds nothing itself (`embeddings.index_files`).
"""

import json
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from corpus.chunks import CHUNKER_VERSION
from corpus.errors import StoreError
from corpus.store import CorpusStore
from embeddings.crosslingual.foreign_index import ForeignIndex
from embeddings.encoder import Encoder
from embeddings.errors import StaleIndexError
from embeddings.reranker import Reranker
from embeddings.search import Searcher
from embeddings.spelling import Speller
from embeddings.surface_words import count_surface_words
from embeddings.token_index import TokenIndex
from embeddings.vector_index import VectorIndex

MANIFEST, STORE, VECTORS, CURRENT = "manifest.json", "corpus.db", "vectors.faiss", "CURRENT"
SECOND_VECTORS = "vectors.multilingual.faiss"
CURE = "Run: corpusbot reindex"
GENERATION_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}")


@dataclass(frozen=True)
class Manifest:
    """What a generation was built from, and how much is in it."""

    id: str
    encoder: str
    encoder_digest: str
    dimension: int
    chunker_version: str
    articles: int
    chunks: int
    sentences: int
    tokens: int
    content_digest: str
    built_at: str  # UTC, ISO 8601
    # Of the encoder for questions in other languages; a generation made without one, or before there was one, has none.
    second_encoder: str | None = None
    second_encoder_digest: str | None = None
    second_dimension: int = 0
    # A generation made before there were figures has none; without a catalogue none of its figures belongs to a metric.
    figures: int = 0
    figures_left_out: int = 0  # numbers that could not be read surely
    catalogue_digest: str | None = None
    extractor_version: str | None = None

    @property
    def figures_told(self) -> str:
        """How many figures there are and how many numbers could not be read surely, in words."""
        return f"{self.figures} figures ({self.figures_left_out} numbers left out)"

    def write(self, folder: Path) -> None:
        """Write `manifest.json` into a generation's folder."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read a generation's manifest.

        Raises:
            StaleIndexError: missing, malformed or with other fields.
        """
        path = folder / MANIFEST
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise StaleIndexError(f"{path} is missing. {CURE}") from None
        except (OSError, ValueError, TypeError) as error:
            raise StaleIndexError(f"{path} is damaged or was written by another corpusbot. {CURE}") from error


@dataclass(frozen=True)
class Generation:
    """An opened generation: everything that is needed to answer from it."""

    manifest: Manifest
    store: CorpusStore
    vectors: VectorIndex
    tokens: TokenIndex
    searcher: Searcher
    foreign: ForeignIndex | None = None  # for questions in other languages

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
    """
    if not folder.is_dir():
        raise StaleIndexError(f"The index {folder} is missing. {CURE}")
    manifest = Manifest.read(folder)
    check_encoder(manifest, encoder, folder)
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
    return Generation(manifest, store, vectors, tokens, Searcher(store, vectors, tokens, reranker=reranker), foreign)


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


def check_counts(manifest: Manifest, stored: Mapping[str, int], vectors: Mapping[str, int], folder: Path) -> None:
    """Refuse a generation whose files hold other numbers of things than its manifest promises.

    Raises:
        StaleIndexError: they do.
    """
    for kind, number in stored.items():
        promised = getattr(manifest, kind)
        if number != promised or vectors.get(kind, promised) != promised:
            raise StaleIndexError(
                f"{folder} is inconsistent: its manifest says {promised} {kind}, the database holds {number}"
                f" and the vectors {vectors.get(kind, 'none')}. {CURE}"
            )


def check_encoder(manifest: Manifest, encoder: Encoder, folder: Path) -> None:
    """Refuse a generation whose vectors come from another model or another cutting of the text.

    Raises:
        StaleIndexError: they do.
    """
    if manifest.encoder_digest != encoder.digest:
        raise StaleIndexError(f"{folder} holds vectors from {manifest.encoder!r}, but MODEL_NAME is {encoder.name!r}. {CURE}")
    if manifest.dimension != encoder.dimension:
        raise StaleIndexError(
            f"{folder} holds vectors of {manifest.dimension} numbers, but {encoder.name!r} makes {encoder.dimension}. {CURE}"
        )
    if manifest.chunker_version != CHUNKER_VERSION:
        raise StaleIndexError(f"{folder} was cut by chunker {manifest.chunker_version}, this is {CHUNKER_VERSION}. {CURE}")


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
