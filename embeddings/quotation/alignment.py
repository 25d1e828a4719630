"""Which words of a quotation stand for which words of a passage, at the least cost.

A quotation is laid on a passage from its first word to its last, while the passage may begin before and end behind it
(semi-global alignment, Sellers 1980). Libraries of edit distances compare whole with whole, or give a window without
the words' correspondence; here each row is one step of numpy.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from embeddings.quotation.typography import CUT, ELISION

# A replaced word must be cheaper than one added and one dropped, and at the ends cheaper than one added.
ADDED, DROPPED, REPLACED, OTHER_KIND, OTHER_CASE = 4, 3, 3, 6, 1
MAX_CELLS = 8_000_000  # of the table of costs: 32 MB
Table = npt.NDArray[np.int32]


class Step(StrEnum):
    """What became of the passage's words."""

    SAME = "same"
    RECASED = "in other capitals"
    REPLACED = "replaced"
    ADDED = "added"
    DROPPED = "dropped"
    ELIDED = "elided"


@dataclass(frozen=True, slots=True)
class Move:
    """One step: tokens `first:last` of the quotation stand for tokens `begin:end` of the passage."""

    step: Step
    first: int
    last: int
    begin: int
    end: int

    def shifted(self, quoted: int, original: int) -> "Move":
        """The same step in longer texts that begin so many tokens earlier."""
        return Move(self.step, self.first + quoted, self.last + quoted, self.begin + original, self.end + original)


@dataclass(frozen=True, slots=True)
class Alignment:
    """The cheapest way to make the quotation of the passage, step by step."""

    cost: int
    moves: tuple[Move, ...]


def align(quoted: tuple[str, ...], original: tuple[str, ...]) -> Alignment:
    """Lay a quotation on the stretch of a passage that it fits best; the first such stretch of several.

    An omission sign in the quotation stands for any number of the passage's words, at no cost.

    Args:
        quoted: its tokens; at least one.
        original: the passage's tokens; `len(quoted) * len(original)` is at most about `MAX_CELLS`.
    """
    prices = _prices(quoted, original)
    rows = np.zeros((len(quoted) + 1, len(original) + 1), np.int32)
    skipped = np.arange(len(original) + 1, dtype=np.int32) * DROPPED
    for number, token in enumerate(quoted, 1):
        before = rows[number - 1]
        if token in (ELISION, CUT):
            rows[number] = np.minimum.accumulate(before)
            continue
        row = before + ADDED
        np.minimum(row[1:], before[:-1] + prices[token], out=row[1:])
        # The running minimum lets words be dropped after any column.
        rows[number] = np.minimum.accumulate(row - skipped) + skipped
    end = int(rows[-1].argmin())
    return Alignment(int(rows[-1, end]), _moves(rows, quoted, prices, end))


def _prices(quoted: tuple[str, ...], original: tuple[str, ...]) -> dict[str, Table]:
    """For each word of the quotation, what it costs in the place of each of the passage's words."""
    numbers, exact, caseless, kinds = _numbered(original)
    prices = {}
    for token in dict.fromkeys(quoted):
        price = np.where(kinds == numbers.get(_kind(token), -1), REPLACED, OTHER_KIND).astype(np.int32)
        price[caseless == numbers.get(f"case {token.casefold()}", -1)] = OTHER_CASE
        price[exact == numbers.get(token, -1)] = 0
        prices[token] = price
    return prices


@lru_cache(maxsize=64)
def _numbered(original: tuple[str, ...]) -> tuple[dict[str, int], Table, Table, Table]:
    """A number for each token, for each without regard to capitals, and for each kind of token; kept for the next piece."""
    numbers: dict[str, int] = {}

    def numbered(form: Callable[[str], str]) -> Table:
        return np.fromiter((numbers.setdefault(form(token), len(numbers)) for token in original), np.int32, len(original))

    return numbers, numbered(str), numbered(lambda token: f"case {token.casefold()}"), numbered(_kind)


def _kind(token: str) -> str:
    return "kind number" if token[0].isdigit() else "kind word" if token[0].isalpha() else "kind sign"


def _moves(rows: Table, quoted: tuple[str, ...], prices: dict[str, Table], end: int) -> tuple[Move, ...]:
    moves: list[Move] = []
    number, place = len(quoted), end
    while number:
        token, cost = quoted[number - 1], rows[number, place]
        if token in (ELISION, CUT):
            begin = int(np.flatnonzero(rows[number - 1, : place + 1] == cost)[-1])
            moves.append(Move(Step.ELIDED, number - 1, number, begin, place))
            number, place = number - 1, begin
        elif place and cost == rows[number - 1, place - 1] + prices[token][place - 1]:
            step = {0: Step.SAME, OTHER_CASE: Step.RECASED}.get(int(prices[token][place - 1]), Step.REPLACED)
            moves.append(Move(step, number - 1, number, place - 1, place))
            number, place = number - 1, place - 1
        elif cost == rows[number - 1, place] + ADDED:
            moves.append(Move(Step.ADDED, number - 1, number, place, place))
            number -= 1
        else:
            moves.append(Move(Step.DROPPED, number, number, place - 1, place))
            place -= 1
    return tuple(reversed(moves))
