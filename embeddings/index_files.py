"""Articles -> the files of a new generation: texts, words, vectors, figures, manifest.

Writes into a folder that nobody reads yet; `embeddings.reindex` has it checked and puts it in place.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.article import Article
from corpus.chunks import CHUNKER_VERSION, split_article
from corpus.errors import CollectionError
from corpus.figures.catalogue import Catalogue
from corpus.figures.extraction import EXTRACTOR_VERSION
from corpus.store import CorpusStore, StoredChunk
from embeddings.encoder import Encoder
from embeddings.encoding import Progress, encode_chunks, encode_texts
from embeddings.generation import SECOND_VECTORS, STORE, VECTORS
from embeddings.manifest import Manifest
from embeddings.metrics.figure_indexing import KnownFirst, collection_figures, store_figures
from embeddings.token_index import save_tokens
from embeddings.vector_cache import VectorCache
from embeddings.vector_index import VectorIndex


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and for how many texts the first encoder was asked or its vectors were known."""

    manifest: Manifest
    encoded: int
    reused: int


@dataclass(frozen=True, slots=True)
class IndexWriter:
    """What makes vectors and names figures; the same for every generation of an installation.

    `second` encodes the same texts once more, for questions in other languages; without a `catalogue` no figure is named, and
    without `reads_figures` none is read.
    """

    encoder: Encoder
    cache: VectorCache
    second: Encoder | None = None
    catalogue: Catalogue | None = None
    reads_figures: bool = True

    def write(self, articles: Sequence[Article], folder: Path, identifier: str, progress: Progress | None) -> Written:
        """Write all files of a generation into an empty folder.

        Raises:
            CollectionError: no article holds a sentence.
        """
        figures = collection_figures(articles if self.reads_figures else [])
        with CorpusStore.create(folder / STORE) as store:
            for article in articles:
                store.add_article(article, split_article(article))
            chunks = store.all_chunks()
            if not chunks:
                raise CollectionError("The collection's articles hold no sentence. Add articles with: corpusbot import PATH")
            texts = sum(len(chunk.sentences) + 1 for chunk in chunks)
            vectors = 2 * texts if self.second else texts
            total = vectors + len(figures.figures)
            tokens, encoded = self._save_vectors(chunks, folder, _part(progress, 0, total))
            if self.second:
                self._save_second_vectors(chunks, folder, self.second, _part(progress, texts, total))
            with self.cache.open(self.encoder) as known:
                encoder = KnownFirst(self.encoder, known, _part(progress, vectors, total), len(figures.figures))
                store_figures(figures, articles, store.figures, self.catalogue, encoder)
            store.finish()
            counts = store.counts() | store.figures.totals() | {"tokens": tokens}
        if progress:
            progress(total, total)
        manifest = self._manifest(identifier, counts, articles)
        manifest.write(folder)
        return Written(manifest, encoded, texts - encoded)

    def _manifest(self, identifier: str, counts: dict[str, int], articles: Sequence[Article]) -> Manifest:
        return Manifest(
            id=identifier,
            encoder=self.encoder.name,
            encoder_digest=self.encoder.digest,
            dimension=self.encoder.dimension,
            chunker_version=CHUNKER_VERSION,
            content_digest=content_digest(articles),
            built_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            second_encoder=self.second.name if self.second else None,
            second_encoder_digest=self.second.digest if self.second else None,
            second_dimension=self.second.dimension if self.second else 0,
            catalogue_digest=self.catalogue.digest if self.catalogue else None,
            extractor_version=EXTRACTOR_VERSION if self.reads_figures else None,
            **counts,
        )

    def _save_vectors(self, chunks: Sequence[StoredChunk], folder: Path, progress: Progress | None) -> tuple[int, int]:
        """Save vectors of sentences, chunks and tokens; how many tokens there are, and how many texts were encoded."""
        sentences = [sentence for chunk in chunks for sentence in chunk.sentences]
        with self.cache.open(self.encoder) as known:
            # Chunks first: a chunk of one sentence has then given that sentence its vector too.
            texts = [chunk.text for chunk in chunks]
            whole, chunks_encoded = encode_chunks(texts, self.encoder, known, progress)
            texts = [sentence.text for sentence in sentences]
            part = _part(progress, len(chunks), len(chunks) + len(texts))
            vectors, sentences_encoded = encode_texts(texts, self.encoder, known, part)
        index = VectorIndex(self.encoder.dimension)
        index.add_sentences([sentence.id for sentence in sentences], vectors)
        index.add_chunks([chunk.id for chunk in chunks], np.stack([encoded.vector for encoded in whole]))
        index.save(folder / VECTORS)
        tokens = {chunk.id: encoded.tokens for chunk, encoded in zip(chunks, whole, strict=True)}
        return save_tokens(tokens, folder), chunks_encoded + sentences_encoded

    def _save_second_vectors(
        self, chunks: Sequence[StoredChunk], folder: Path, second: Encoder, progress: Progress | None
    ) -> None:
        """Save the same texts' vectors for questions in other languages; this encoder's tokens are not used."""
        sentences = [sentence for chunk in chunks for sentence in chunk.sentences]
        with self.cache.open(second) as known:
            texts = [chunk.text for chunk in chunks] + [sentence.text for sentence in sentences]
            vectors, _ = encode_texts(texts, second, known, progress)
        index = VectorIndex(second.dimension)
        index.add_chunks([chunk.id for chunk in chunks], vectors[: len(chunks)])
        index.add_sentences([sentence.id for sentence in sentences], vectors[len(chunks) :])
        index.save(folder / SECOND_VECTORS)


def content_digest(articles: Sequence[Article]) -> str:
    """SHA-256 over all articles and their sources: another one means that the collection has changed."""
    digests = sorted(article.source_digest for article in articles)
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _part(progress: Progress | None, before: int, total: int) -> Progress | None:
    """The progress of one part of the work, told as that of the whole."""
    return progress and (lambda done, _: progress(before + done, total))
