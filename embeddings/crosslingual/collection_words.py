"""The words of a collection that questions in other languages may use: their stems, and names as they run together."""

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from embeddings.lexical_index import terms_of

CAPITALISED = re.compile(r"\b[A-Z][A-Za-z'’]+(?: [A-Z][A-Za-z'’]+)*")


@dataclass(frozen=True, slots=True)
class CollectionWords:
    """The words of a collection, as far as questions in other languages may use them."""

    stems: frozenset[str]
    capitalised: frozenset[str]  # stems of words that begin with a capital
    joined: Mapping[str, frozenset[str]]  # "xushan" -> the stems of "Xu Shan"
    written: Mapping[frozenset[str], str]  # those stems -> "Xu Shan"


def collection_words(texts: Iterable[str]) -> CollectionWords:
    """Read the words off a collection's chunks; once per generation is enough."""
    stems: set[str] = set()
    capitalised: set[str] = set()
    joined: dict[str, frozenset[str]] = {}
    written: dict[frozenset[str], str] = {}
    for text in texts:
        stems.update(passage_stems(text))
        for match in CAPITALISED.finditer(text):
            parts = [re.sub(r"['’]s$", "", word) for word in match.group().split()]
            # Of "Mayor Shen Lanfang", each word and each pair may be a name.
            for words in [*([word] for word in parts), *itertools.pairwise(parts)]:
                names = frozenset(term.stem for term in terms_of(" ".join(words)))
                capitalised.update(names)
                written.setdefault(names, " ".join(words))
                joined["".join(re.findall(r"[a-z]", "".join(words).lower()))] = names
    return CollectionWords(frozenset(stems), frozenset(capitalised), joined, written)


@lru_cache(maxsize=20_000)
def passage_stems(text: str) -> frozenset[str]:
    """The stems of a passage; a number such as "4,500" counts whole and by its parts. Kept, as `embeddings.search` does."""
    return frozenset(part for term in terms_of(text) for part in (term.stem, *term.stem.split()))
