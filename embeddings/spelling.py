"""Misspelt words of a question -> the collection's words that were meant.

A word is changed only where it is nobody's word: neither the collection nor English holds it. A number, a word in
capitals and a person's short name are never changed, and a word that could mean two others stays as it is.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from embeddings.lexical_index import STOP_WORDS, stem
from embeddings.names import places
from embeddings.slips import Shelves, cost, doubled, near, reordered, shelves, slips
from embeddings.surface_words import SurfaceWord, common_english_words, english_words, may_be_halves, surface_words

SHORTEST = 4  # letters: shorter words are near to too many others
SWAPPED_NAME = 5  # letters: "Chnia" may be China
LONG_NAME = 6  # letters: shorter names are often one letter apart ("Wang", "Kang")
SURE_HALF = 5  # letters of one half of a name that vouch for the other half ("Hongyi" for "Zhou")
SURE = (1, 0)  # the least cost that there is


@dataclass(frozen=True, slots=True)
class Change:
    """What a question wrote, what the collection writes, and where in the question it began (code points)."""

    wrong: str
    right: str
    start: int


@dataclass(frozen=True, slots=True)
class Mended:
    """A question with its misspelt words mended, and what was changed, in order."""

    text: str
    changes: tuple[Change, ...]


@cache
def _english_shelves() -> Shelves:
    return shelves(common_english_words())


class Speller:
    """The words of one generation. Reads only, so threads may share it."""

    def __init__(self, words: Mapping[str, int], stems: Collection[str] | None = None) -> None:
        """Take in a collection's words.

        Args:
            words: surface form to number of chunks, as `count_surface_words` counts them.
            stems: those of all words, where an index has them; stemming 20,000 words takes over a second.
        """
        self._compounds = {re.sub("[- ]", "", word.lower()): word for word in words if not word.isalpha()}
        self._names = frozenset(tuple(word.split()) for word in words if " " in word and not word.islower())
        self._frequency: Counter[str] = Counter()
        self._form: dict[str, str] = {}  # in lower case where the collection has it so, else its commonest form
        for word in sorted((word for word in words if word.isalpha()), key=lambda word: (not word.islower(), -words[word])):
            self._frequency[word.lower()] += words[word]
            self._form.setdefault(word.lower(), word)
        self._stems = frozenset(map(stem, self._frequency) if stems is None else stems)
        self._shelves = shelves(word for word in self._frequency if len(word) >= SHORTEST)

    def mended(self, question: str) -> Mended:
        """Mend the words of an English question that were meant to be words of the collection.

        Returns:
            The question itself without changes where nothing is misspelt, where no single word was clearly meant, or where
            most words are unknown: another language.
        """
        tokens = surface_words(question)
        unknown = [token for token in tokens if self._is_unknown(token.low)]
        if len(unknown) > 2 and 2 * len(unknown) > len(tokens):
            return Mended(question, ())
        changes = {change.start: change for change in self._joined(question, tokens)}
        for token in unknown:
            inside = any(start <= token.start < start + len(change.wrong) for start, change in changes.items())
            if not inside and (right := self._meant(token)):
                changes[token.start] = Change(token.word, right, token.start)
        text = question
        for start in sorted(changes, reverse=True):
            text = text[:start] + changes[start].right + text[start + len(changes[start].wrong) :]
        return Mended(text, tuple(changes[start] for start in sorted(changes)))

    def _is_unknown(self, low: str) -> bool:
        if low in STOP_WORDS or low in english_words() or not low.isascii():
            return False
        return stem(low) not in self._stems and stem(low) not in places()

    def _meant(self, token: SurfaceWord) -> str | None:
        """The word that was meant, as the collection writes it; nothing where that is not clear."""
        if (half := self._by_other_half(token)) or len(token.word) < SHORTEST or token.word.isupper():
            return half
        if token.low in self._compounds:
            return self._compounds[token.low]
        nearest = self._nearest(token)
        return self._written(nearest, token.word) if nearest else None

    def _nearest(self, token: SurfaceWord) -> str | None:
        """The one word at the least cost, the commoner of two.

        None where a common English word is nearer, or where two are as near and as common.
        """
        words = [word for word in near(token.low, self._shelves) if self._may_become(token, word)]
        costs = {word: (*cost(token.low, word), self._is_unlikely(token, word)) for word in words}
        if not costs:
            return None
        least = min(costs.values())
        if least[:2] > SURE and any(cost(token.low, word) < least[:2] for word in near(token.low, _english_shelves())):
            return None
        by_stem: Counter[str] = Counter()
        for word in costs:
            by_stem[stem(word)] += self._frequency[word] if costs[word] == least else 0
        (best, most), *others = by_stem.most_common(2)
        if others and others[0][1] == most:
            return None
        forms = [word for word in costs if costs[word] == least and stem(word) == best]
        return min(forms, key=lambda word: (-self._frequency[word], word))

    def _may_become(self, token: SurfaceWord, word: str) -> bool:
        """Whether no name is turned into another's: names take one slip, and short ones not even that."""
        one = slips(token.low, word) == 1
        if self._is_name(word):
            if not token.is_name and len(word) >= LONG_NAME and word in english_words():
                return True  # "Institute", that has a capital in this collection only
            return one and len(token.low) >= LONG_NAME and self._fits_neighbours(token, self._form[word])
        if not token.is_name:
            return True
        if word[0] not in token.low[:2]:
            return False  # "Villion" is no "Billion", though the keys lie side by side
        return one and (len(token.low) >= LONG_NAME or (len(token.low) >= SWAPPED_NAME and reordered(token.low, word)))

    def _is_unlikely(self, token: SurfaceWord, word: str) -> bool:
        """Of two words as near, a name is meant by a name ("Bejing"), and a small word ("being") least of all."""
        return word in STOP_WORDS or (token.is_name and self._form[word].islower())

    def _is_name(self, low: str) -> bool:
        """Never without its capital; a country is as safe as any other word."""
        return not self._form[low].islower() and stem(low) not in places()

    def _fits_neighbours(self, token: SurfaceWord, name: str) -> bool:
        """Whether a name stands beside plain words ("Alibaba Cloud") or as the collection has it: no "Li" for a "Zhou"."""
        before = not token.before or _is_plain(token.before) or (token.before, name) in self._names
        return before and (not token.after or _is_plain(token.after) or (name, token.after) in self._names)

    def _by_other_half(self, token: SurfaceWord) -> str | None:
        """The half of a two-word name that the other half vouches for: "Zhu Hongyi" can only be Zhou Hongyi."""
        firsts = {first for first, second in self._names if second == token.after and _is_same_half(token.word, first, second)}
        seconds = {second for first, second in self._names if first == token.before and _is_same_half(token.word, second, first)}
        meant = firsts | seconds
        return meant.pop() if len(meant) == 1 else None

    def _joined(self, question: str, tokens: Sequence[SurfaceWord]) -> list[Change]:
        """Words that the collection writes as one ("chat bot") and English does not."""
        changes: list[Change] = []
        taken = 0
        for first, second in pairwise(tokens):
            if first.start >= taken and question[first.end : second.start] == " " and self._belong(first, second):
                right = self._written(first.low + second.low, first.word)
                changes.append(Change(question[first.start : second.end], right, first.start))
                taken = second.end
        return changes

    def _belong(self, first: SurfaceWord, second: SurfaceWord) -> bool:
        low = first.low + second.low
        if not may_be_halves(first.low, second.low) or low in english_words():
            return False
        # "new town" is no "Newtown", but "deep seek" can only be "DeepSeek".
        form = self._form.get(low, "")
        return low in self._form and (not form.istitle() or (first.word.istitle() and second.word.istitle()))

    def _written(self, low: str, wrong: str) -> str:
        """A word as the collection writes it; a common word has its capital from the question alone."""
        form = low if low in english_words() else self._form[low]
        return form[0].upper() + form[1:] if wrong[0].isupper() else form


def _is_plain(word: str) -> bool:
    return len(word) >= SHORTEST and word.lower() in english_words()


def _is_same_half(wrong: str, right: str, other: str) -> bool:
    """Whether half a name differs by a doubled letter, or, beside a long other half, by a letter too many or too few."""
    wrong, right = wrong.lower(), right.lower()
    if min(len(wrong), len(right)) >= SHORTEST and doubled(wrong, right):
        return True
    return len(other) >= SURE_HALF and wrong[0] == right[0] and len(wrong) != len(right) and slips(wrong, right) == 1
