"""The words of a text as they are written: with their capitals, beside which other words, and whether English has them.

Stems and rarities are `embeddings.lexical_index`'s.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from embeddings.lexical_index import STOP_WORDS

# Letters only; what stands beside a digit, inside an address or before "n't" is no word.
WORD = re.compile(r"(?<![\w@#/\\.])[^\W\d_]+(?![\w@/\\]|\.\w|['’]t\b)")
COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]{2,}-[^\W\d_]{2,}(?![\w-])")
SHORTEST_HALF = 3  # letters of a word that was written together with another
COMMON = 15_000  # by rank in Google Books: "relieve" is among them, "frey" and "fey" are not


@dataclass(frozen=True, slots=True)
class SurfaceWord:
    """A word of a question; `before` and `after` are its neighbours where both are names by their capitals."""

    word: str
    start: int
    is_name: bool
    before: str | None
    after: str | None

    @property
    def low(self) -> str:
        """The word in lower case."""
        return self.word.lower()

    @property
    def end(self) -> int:
        """Where the word ends."""
        return self.start + len(self.word)


def count_surface_words(texts: Iterable[str]) -> dict[str, int]:
    """The words of a collection as `Speller` wants them: each with the number of texts that hold it.

    Besides single words, in their own case, there are compounds ("open-source"), neighbours that both begin with a
    capital ("Zhou Hongyi"), and other neighbours that more than one text has ("data set").
    """
    found: Counter[str] = Counter()
    neighbours: Counter[str] = Counter()
    for text in texts:
        tokens = surface_words(text)
        names = {f"{token.word} {token.after}" for token in tokens if token.after}
        found.update({token.word for token in tokens} | set(COMPOUND.findall(text.lower())) | names)
        pairs = [(a, b) for a, b in pairwise(tokens) if text[a.end : b.start] == " " and may_be_halves(a.low, b.low)]
        neighbours.update({f"{a.low} {b.low}" for a, b in pairs if not a.after})
    return dict(found) | {pair: texts_with for pair, texts_with in neighbours.items() if texts_with > 1}


@cache
def english_words() -> frozenset[str]:
    """82,765 English words in lower case, British and American: SCOWL's that Google Books has, as symspellpy ships them."""
    return frozenset(_by_frequency())


@cache
def common_english_words() -> frozenset[str]:
    """The 15,000 words that Google Books has most often: what people write, "receive" but not "frey"."""
    return frozenset(_by_frequency()[:COMMON])


def _by_frequency() -> list[str]:
    lines = (resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    return [line.partition(" ")[0] for line in lines.splitlines() if line]


def surface_words(text: str) -> list[SurfaceWord]:
    """All words of a text in order, without numbers, what holds digits, addresses and "n't"."""
    found = list(WORD.finditer(text))
    shouted = text.isupper()
    capital = [match.group()[0].isupper() and match.group().lower() not in STOP_WORDS and not shouted for match in found]
    beside = [
        a and b and text[first.end() : second.start()] == " "
        for (first, second), (a, b) in zip(pairwise(found), pairwise(capital), strict=True)
    ]
    tokens = []
    for place, match in enumerate(found):
        before = found[place - 1].group() if place and beside[place - 1] else None
        after = found[place + 1].group() if place < len(beside) and beside[place] else None
        # The first word of a sentence has its capital for nothing, unless another follows.
        begins = text[: match.start()].rstrip(" \"'“‘(")[-1:] in ".!?:\n"
        is_name = capital[place] and (not begins or after is not None)
        tokens.append(SurfaceWord(match.group(), match.start(), is_name, before, after))
    return tokens


def may_be_halves(first: str, second: str) -> bool:
    """Whether two words might be written as one; small words are too often part of longer ones ("to day")."""
    return min(len(first), len(second)) >= SHORTEST_HALF and STOP_WORDS.isdisjoint((first, second))
