"""A question in another language said in English word by word, with the multilingual encoder for a dictionary.

Each word is said as the English word whose vector lies nearest: one of the collection's words and short phrases, or a common
word that the collection lacks. Knows no grammar, and what it says is never shown: it is what the English search, the evidence
and the reader (`embeddings.weighing`) are given to see whether a passage answers. Names and numbers come from
`embeddings.crosslingual.glossary`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.chinese_words import telling_stretches
from embeddings.crosslingual.glossary import HAN, ForeignTerm
from embeddings.crosslingual.languages import SMALL_WORDS
from embeddings.encoder import Vectors
from embeddings.lexical_index import STOP_WORDS

Encode = Callable[[Sequence[str]], Vectors]
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
FOREIGN_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
PHRASE = re.compile(r"[A-Za-z'’\- ]+")
LONGEST_PHRASE = 3  # words
COMMON_WORDS = 10_000  # of the first encoder's own list, which begins with the commonest
OWN_FIRST = 0.08  # cosine by which a word that the collection lacks must lie nearer than its own nearest
BATCH = 512
# Cutting Chinese into words: what a word of one letter, and every further word, costs in letters times cosine.
LONGEST_CHINESE = 6
ONE_LETTER, ANY_WORD = 0.5, 0.25
# What asks, in languages whose small words (`embeddings.crosslingual.languages`) are few for telling what a question is about.
ASKING: Mapping[str, frozenset[str]] = {
    "de": frozenset(
        """viel viele vielen wann wer wem wen was welche welcher welches welchen welchem wo warum wieso weshalb wofür hoch groß
        lange lang gibt gab denn laut genau eigentlich nennt heißt heißen seine seiner seinen seinem seines ihre ihrer ihren
        ihrem durch hier dort dabei etwa rund pro je alle allen aller jede jeder jedes diese dieser dieses diesem
        diesen""".split()
    ),
    "es": frozenset(
        """cuántos cuántas cuánto cuánta cuándo quién quiénes qué cuál cuáles dónde cómo por hay según llama llaman dijo dice
        había cada todo toda todos todas este esta estos estas ese esa esos esas""".split()
    ),
}


@dataclass(frozen=True, slots=True)
class SaidWord:
    """A word of a question and the English one it is said as.

    `own` is the cosine with the nearest word or phrase of the collection, from -1 to 1; 1 for names and numbers it holds.
    """

    start: int
    source: str
    english: str
    own: float
    is_term: bool  # known by the glossary, as a name or number, or the same in English


class EnglishWords:
    """English words with their vectors: those of a collection, and common ones beside them.

    About 4 s for 14,000 words, and 2 kB for each; threads may share one.
    """

    def __init__(self, texts: Iterable[str], common: Sequence[str], encode: Encode) -> None:
        """Encode the words of a collection's texts, and of `common` those that it lacks."""
        own = words_and_phrases(texts)
        lower = {word.lower() for word in own}
        others = [word for word in common[:COMMON_WORDS] if word not in lower and word not in STOP_WORDS]
        self.words = [*own, *others]
        self.own = len(own)
        batches = [encode(self.words[place : place + BATCH]) for place in range(0, len(self.words), BATCH)]
        self._vectors = np.concatenate(batches) if batches else np.zeros((0, 0), dtype=np.float32)
        self._encode = encode

    def nearest(self, sources: Sequence[str]) -> dict[str, tuple[str, float, float]]:
        """For each word of another language the English one, its cosine, and the cosine of the collection's nearest."""
        every = list(dict.fromkeys(sources))
        if not every or not self.own:
            return {source: (source, 0.0, 0.0) for source in every}
        cosines = self._encode(every) @ self._vectors.T
        return {source: self._chosen(source, row) for source, row in zip(every, cosines, strict=True)}

    def _chosen(self, source: str, cosines: Vectors) -> tuple[str, float, float]:
        near = int(cosines[: self.own].argmax())
        own = float(cosines[near])
        best = int(cosines.argmax())
        # "seine" is no river: a common word that is written alike is another language's.
        if own >= float(cosines[best]) - OWN_FIRST or self.words[best] == source.lower():
            return self.words[near], own, own
        return self.words[best], float(cosines[best]), own


def words_and_phrases(texts: Iterable[str]) -> list[str]:
    """The words of texts that tell something, and what stands together in up to three of them."""
    found: dict[str, None] = {}
    for text in texts:
        for run in PHRASE.findall(text):
            words = WORD.findall(run)
            for size in range(1, LONGEST_PHRASE + 1):
                for place in range(len(words) - size + 1):
                    part = words[place : place + size]
                    if part[0].lower() not in STOP_WORDS and part[-1].lower() not in STOP_WORDS and len(part[0]) > 1:
                        found[" ".join(part) if size == 1 and part[0].isupper() else " ".join(part).lower()] = None
    return list(found)


def say(question: str, language: str, terms: Sequence[ForeignTerm], english: EnglishWords) -> list[SaidWord]:
    """Say the telling words of a question in English, in their order.

    Args:
        language: ISO 639-1, as `embeddings.crosslingual.languages.language_of` gives it.
        terms: what `embeddings.crosslingual.glossary.read_terms` knows of it.
    """
    said: list[SaidWord] = []
    rest = question
    for term in terms:
        place = rest.find(term.source)
        if place < 0 or not term.source.strip():
            continue
        rest = rest[:place] + "\0" * len(term.source) + rest[place + len(term.source) :]
        said.append(SaidWord(place, term.source, term.written or term.source, 1.0, is_term=True))
    pieces = _chinese_pieces(rest, english) if HAN.search(rest) else _words(rest, language)
    near = english.nearest([source for _, source in pieces])
    said += [SaidWord(start, source, near[source][0], near[source][2], is_term=False) for start, source in pieces]
    return sorted(said, key=lambda word: word.start)


def _words(text: str, language: str) -> list[tuple[int, str]]:
    small = ASKING.get(language, frozenset()) | set(SMALL_WORDS.get(language, "").split())
    found = [(match.start(), match.group()) for match in FOREIGN_WORD.finditer(text)]
    return [(start, word) for start, word in found if len(word) > 1 and word.lower() not in small]


def _chinese_pieces(text: str, english: EnglishWords) -> list[tuple[int, str]]:
    """Chinese cut into words: of all ways to cut a stretch, the one whose words English has the nearest words for."""
    stretches = [
        (run.start() + start, run.group()[start:end])
        for run in HAN.finditer(text)
        for start, end in telling_stretches(run.group())
    ]
    parts = {
        stretch[start:end]
        for _, stretch in stretches
        for start in range(len(stretch))
        for end in range(start + 1, min(len(stretch), start + LONGEST_CHINESE) + 1)
    }
    near = english.nearest(sorted(parts))
    worth = {part: len(part) * near[part][1] - (ONE_LETTER if len(part) == 1 else ANY_WORD) for part in parts}
    return [(start + place, piece) for start, stretch in stretches for place, piece in _cut(stretch, worth)]


def _cut(stretch: str, worth: Mapping[str, float]) -> list[tuple[int, str]]:
    best: list[tuple[float, int]] = [(0.0, 0)]  # of each first part of the stretch: its worth, and where its last word begins
    for end in range(1, len(stretch) + 1):
        starts = range(max(0, end - LONGEST_CHINESE), end)
        best.append(max((best[start][0] + worth[stretch[start:end]], start) for start in starts))
    pieces: list[tuple[int, str]] = []
    end = len(stretch)
    while end:
        start = best[end][1]
        pieces.append((start, stretch[start:end]))
        end = start
    return pieces[::-1]
