"""What a generation holds for questions in other languages: the second encoder's vectors, and the collection's words."""

from dataclasses import dataclass
from functools import cached_property

from corpus.store import CorpusStore
from embeddings.crosslingual.collection_words import CollectionWords, collection_words
from embeddings.vector_index import VectorIndex


@dataclass(frozen=True)
class ForeignIndex:
    """The second vectors of one generation; the sentences and chunks have the same numbers as in the first."""

    vectors: VectorIndex
    digest: str  # of the encoder that made the vectors
    store: CorpusStore

    @cached_property
    def known(self) -> CollectionWords:
        """The collection's own words; read at the first question, since most questions are in English."""
        return collection_words(chunk.text for chunk in self.store.all_chunks())
