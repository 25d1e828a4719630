"""Whether two statements say the same: near in meaning, with the same figures and the same names.

A figure or a speaker that differs makes two statements, however alike the rest is.
"""

import re
from collections.abc import Callable

from embeddings.lexical_index import STOP_WORDS, WORD

ALIKE = 0.86  # cosine; on our five articles every pair above it that passes the other tests is one statement
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NAME = re.compile(r"\b[A-Z][\w-]*")


def same_statement(one: str, other: str, cosine: Callable[[], float]) -> bool:
    """Whether two sentences make the same statement.

    Args:
        cosine: of their vectors; asked for only when letters, figures and names have not settled it.
    """
    if _letters(one) == _letters(other):
        return True
    if figures(one) != figures(other) or not (names(one) <= names(other) or names(other) <= names(one)):
        return False
    return cosine() >= ALIKE


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def figures(text: str) -> frozenset[str]:
    """The numbers of a sentence without their separators of thousands."""
    return frozenset(number.replace(",", "") for number in NUMBER.findall(text))


def names(text: str) -> frozenset[str]:
    """The capitalised words of a sentence, the first word left out unless it is no common word."""
    found = {match.group() for match in NAME.finditer(text) if match.group().lower() not in STOP_WORDS}
    first = WORD.search(text)
    return frozenset(found - ({first.group()} if first else set()))
