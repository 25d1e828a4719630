"""One article -> the few sentences that tell most of it, each verbatim and able to stand by itself.

Chosen with the vectors that the generation already holds: nothing is encoded, no word is written. Which sentences are split
where is settled before (`corpus.chunks`).
"""

import re
from collections.abc import Collection, Sequence

import numpy as np

from corpus.figures.figure import Figure
from corpus.scripts import is_mostly_wide, word_count
from corpus.store import CorpusStore, StoredSentence
from embeddings.encoder import Vectors
from embeddings.referent import leans
from embeddings.vector_index import VectorIndex

KEY_SENTENCES = 4  # wanted of an article
# How much a sentence's nearness to the whole article counts against how little it repeats those chosen: maximal marginal
# relevance, Carbonell & Goldstein, SIGIR 1998.
RELEVANCE = 0.7
# For a sentence with a named figure, in cosine: as much as parts the middle sentence of our five articles from the best third.
FIGURE_BONUS = 0.1
LEAST_WORDS, MOST_WORDS = 8, 50  # shorter ones say little, longer ones are hard to read at a glance
# What Chinese sentences begin with that cannot be understood without the one before.
CHINESE_LEANING = re.compile(
    r"[\s“”「『（(]*(?:这|该|此|其|它|他|她|上述|前者|后者|同时|另外|不过|然而|但|因此|所以|而且|并且|例如|比如)"
)
ENDS = re.compile(r"[.!。！][\"”’'」』)）]*$")
QUOTATION_PAIRS = ("“”", "「」", "『』", "()", "（）")


def key_sentences(
    article_id: str,
    store: CorpusStore,
    vectors: VectorIndex,
    figures: Sequence[Figure] = (),
    count: int = KEY_SENTENCES,
    most_letters: int | None = None,
) -> list[StoredSentence]:
    """The sentences that come nearest to the whole article without repeating each other, spread over its paragraphs.

    Args:
        figures: the article's figures of named metrics; a sentence that holds one is preferred.
        count: sentences wanted, at least one; a short article gives fewer.
        most_letters: longer sentences are passed over.
    Returns:
        In the order of the text, each compared with the store letter for letter. Empty for an article without sentences.
    """
    every = [sentence for chunk in store.chunks(store.chunk_ids([article_id])) for sentence in chunk.sentences]
    sentences = [
        one for one in every if store.read_span(one.span) == one.text and len(one.text) <= (most_letters or len(one.text))
    ]
    candidates = [one for one in sentences if stands_alone(one.text)] or sentences
    if not candidates:
        return []
    meanings = np.array([vectors.sentence_vector(one.id) for one in candidates], dtype=np.float32)
    middle = np.mean([vectors.sentence_vector(one.id) for one in every], axis=0)
    held = np.array([_holds_one(one, figures) for one in candidates])
    telling = meanings @ (middle / np.linalg.norm(middle)) + FIGURE_BONUS * held
    chosen = _spread(meanings, telling, [one.paragraph for one in candidates], count)
    return [candidates[place] for place in sorted(chosen)]


def stands_alone(sentence: str) -> bool:
    """Whether a sentence is whole and can be understood without the one before it."""
    if not LEAST_WORDS <= word_count(sentence) <= MOST_WORDS or not ENDS.search(sentence):
        return False
    if any(sentence.count(pair[0]) != sentence.count(pair[1]) for pair in QUOTATION_PAIRS) or sentence.count('"') % 2:
        return False
    return not (CHINESE_LEANING.match(sentence) if is_mostly_wide(sentence) else leans(sentence))


def _holds_one(sentence: StoredSentence, figures: Sequence[Figure]) -> bool:
    return any(sentence.span.start <= figure.start < figure.end <= sentence.span.end for figure in figures)


def _spread(meanings: Vectors, telling: Vectors, paragraphs: Sequence[int], count: int) -> Collection[int]:
    """Take the sentence that tells most of what is not yet told, one of each paragraph before a second of any."""
    chosen: list[int] = []
    while len(chosen) < min(count, len(paragraphs)):
        left = [place for place in range(len(paragraphs)) if place not in chosen]
        used = {paragraphs[place] for place in chosen}
        fresh = [place for place in left if paragraphs[place] not in used] or left
        repeated = (meanings @ meanings[chosen].T).max(axis=1) if chosen else np.zeros(len(paragraphs))
        worth = RELEVANCE * telling - (1 - RELEVANCE) * repeated
        chosen.append(max(fresh, key=lambda place: float(worth[place])))
    return chosen
