"""How one word becomes another by a slip of the fingers: which words are near, and which of them is likelier."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

LONG = 8  # letters: from here on two slips are allowed, below only one
WHOLE_START = 5  # letters: in shorter words the first letter is never taken for the key beside it
VOWELS = str.maketrans("aeiouy", "......")
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
Shelves = Mapping[tuple[str, int], Sequence[str]]


def shelves(words: Iterable[str]) -> Shelves:
    """Words in lower case, by their first letter and length, so that few have to be compared with a misspelt one."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for word in words:
        found[word[0], len(word)].append(word)
    return found


def near(wrong: str, words: Shelves) -> list[str]:
    """The words that a misspelt one may stand for: one slip away, or two for a long word.

    A slip is a letter too many, too few or another one, or two neighbours swapped (optimal string alignment). Few slip
    at a word's start: the first letter is right, or swapped with the second, or the one slip was the key beside it.
    """
    limit = 2 if len(wrong) >= LONG else 1
    found: list[str] = []
    for first in {wrong[0], wrong[1]}:
        for length in range(len(wrong) - limit, len(wrong) + limit + 1):
            shelf = words.get((first, length), ())
            hits = process.extract(wrong, shelf, scorer=OSA.distance, score_cutoff=limit, limit=None)
            found += [word for word, _, _ in hits if wrong[0] == word[0] or wrong[:2] == word[1::-1]]
    if len(wrong) >= WHOLE_START:
        missed = [key + wrong[1:] for key in _beside(wrong[0])]
        found += [word for word in missed if word in words.get((word[0], len(word)), ()) and word not in found]
    return found


def slips(wrong: str, right: str) -> int:
    """How many slips lie between two words."""
    return int(OSA.distance(wrong, right))


def cost(wrong: str, right: str) -> tuple[int, int]:
    """How unlikely a misspelling is: first the slips, then their kind.

    Letters in another order come first, then a letter doubled or not and one vowel for another ("directer"), and last
    letters that are missing, too many or wrong.
    """
    sounds_alike = wrong.translate(VOWELS) == right.translate(VOWELS)
    return slips(wrong, right), 0 if reordered(wrong, right) else 1 if doubled(wrong, right) or sounds_alike else 2


def reordered(wrong: str, right: str) -> bool:
    """Whether two words have the same letters."""
    return sorted(wrong) == sorted(right)


def doubled(wrong: str, right: str) -> bool:
    """Whether two words differ in doubled letters only."""
    return _singled(wrong) == _singled(right)


def _singled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _beside(letter: str) -> str:
    """The keys beside and diagonally above and below a letter, on an American keyboard."""
    for row, keys in enumerate(KEYS):
        if (column := keys.find(letter)) >= 0:
            above = KEYS[row - 1][column : column + 2] if row else ""
            below = KEYS[row + 1][max(column - 1, 0) : column + 1] if row + 1 < len(KEYS) else ""
            return keys[max(column - 1, 0) : column] + keys[column + 1 : column + 2] + above + below
    return ""
