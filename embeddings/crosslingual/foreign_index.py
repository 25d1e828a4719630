"""What a generation holds for questions in other languages: the second encoder's vectors, and the collection's words."""

import threading
from dataclasses import dataclass, field
from functools import cached_property

from corpus.store import CorpusStore
from embeddings.crosslingual.collection_words import CollectionWords, collection_words
from embeddings.crosslingual.word_by_word import EnglishWords
from embeddings.encoder import Encoder, common_words_of
from embeddings.vector_index import VectorIndex


@dataclass(frozen=True)
class ForeignIndex:
    """The second vectors of one generation; the sentences and chunks have the same numbers as in the first."""

    vectors: VectorIndex
    digest: str  # of the encoder that made the vectors
    store: CorpusStore

    _turn: threading.Lock = field(default_factory=threading.Lock, compare=False, repr=False)
    _english: dict[str, EnglishWords] = field(default_factory=dict, compare=False, repr=False)

    def english_words(self, second: Encoder, first: Encoder) -> EnglishWords:
        """The English words that questions are said in; read and encoded at the first question, about 4 s.

        Args:
            second: the encoder that made the vectors.
            first: the one for English questions, which lends its list of common words.
        Raises:
            ModelError: a model cannot be loaded.
        """
        with self._turn:
            if first.digest not in self._english:
                texts = [chunk.text for chunk in self.store.all_chunks()]
                self._english[first.digest] = EnglishWords(texts, common_words_of(first), second.encode)
            return self._english[first.digest]

    @cached_property
    def known(self) -> CollectionWords:
        """The collection's own words; read at the first question, since most questions are in English."""
        return collection_words(chunk.text for chunk in self.store.all_chunks())
