"""Where a quotation's pieces could come from, and the passage that each fits best.

Judges nothing: how far a fit is from the quotation is for `embeddings.quotation.quotation_check` to say.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from corpus.article import Article
from embeddings.quotation.alignment import ADDED, DROPPED, MAX_CELLS, Move, Step, align
from embeddings.quotation.typography import CUT, ELISION, Tokens, tokens_of

# Long articles are compared in windows that overlap by more than most quotations are long.
WINDOW_TOKENS, WINDOW_STEP = 4_000, 3_000
CANDIDATES = 3  # windows that a piece is aligned with
FEW_WINDOWS = 20  # so few that every word may be asked for
MIN_PIECE, MAX_PIECE = 5, 300  # tokens; shorter sentences stay with the next one
LONG_PIECE = 8  # tokens; of a shorter sentence a changed word or two is half
SEAM_COST = 8  # two words' worth: what it costs to say that a text jumps to another place
FOUND_SHARE = 0.5  # of a piece's letters that its passage has; measured on unrelated and on altered sentences
PAIR_WEIGHT = 2.0  # two neighbouring words tell more than each by itself
KEPT = (Step.SAME, Step.RECASED)
Feature = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """A piece of a quotation on the passage that it fits best; positions count tokens of both texts, ends excluded."""

    article: Article
    first: int
    last: int
    begin: int
    end: int
    cost: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of an article, in tokens."""

    article: Article
    begin: int
    end: int


class Passages:
    """All stretches of the articles that share words with one quotation."""

    def __init__(self, quoted: Tokens, articles: Sequence[Article]) -> None:
        self.quoted = quoted
        self._windows = [window for article in articles for window in _windows(article)]
        self._holders: dict[Feature, list[int]] = defaultdict(list)
        sought = _features(quoted.caseless)
        for number, window in enumerate(self._windows):
            held = tokens_of(window.article.text).caseless[window.begin : window.end]
            for feature in sought.intersection(chain(held, pairwise(held))):
                self._holders[feature].append(number)

    def nearest(self, first: int, last: int) -> list[Window]:
        """The windows that hold the most of some tokens of the quotation and of their pairs, rare ones counting more."""
        scores: dict[int, float] = defaultdict(float)
        for feature in sorted(_features(self.quoted.caseless[first:last]), key=str):
            holders = self._holders.get(feature, [])
            # What stands nearly everywhere tells nothing; it only takes time.
            if len(holders) > max(FEW_WINDOWS, len(self._windows) // 2):
                continue
            weight = math.log(1 + len(self._windows) / max(1, len(holders))) * (PAIR_WEIGHT if isinstance(feature, tuple) else 1)
            for number in holders:
                scores[number] += weight
        best = sorted(scores, key=lambda number: (-scores[number], number))
        return [self._windows[number] for number in best[:CANDIDATES]]

    def fit(self, first: int, last: int, after: Fit | None = None) -> Fit | None:
        """The passage that some tokens of the quotation fit best.

        Args:
            after: the fit of the tokens before; what goes on from there is preferred.
        Returns:
            Nothing where no article shares a word, or where all would be too long to compare.
        """
        windows = self.nearest(first, last)
        if after:
            windows.insert(0, Window(after.article, after.end, after.end + WINDOW_TOKENS))
        best: Fit | None = None
        for window in windows:
            original = tokens_of(window.article.text).keys[window.begin : window.end]
            if not original or (last - first) * len(original) > MAX_CELLS:
                continue
            found = align(self.quoted.keys[first:last], original)
            if best is None or found.cost < best.cost:
                moves = tuple(move.shifted(first, window.begin) for move in found.moves)
                best = Fit(window.article, first, last, moves[0].begin, moves[-1].end, found.cost, moves)
        return best


def _features(keys: Sequence[str]) -> set[Feature]:
    return {*keys, *pairwise(keys)}


def _windows(article: Article) -> list[Window]:
    count = len(tokens_of(article.text).keys)
    if count <= WINDOW_TOKENS:
        return [Window(article, 0, count)]
    return [Window(article, begin, begin + WINDOW_TOKENS) for begin in range(0, count, WINDOW_STEP)]


def pieces_of(text: str, quoted: Tokens) -> list[tuple[int, int]]:
    """Cut a quotation into sentences, and at omission signs, which belong to no piece; positions count tokens."""
    pieces: list[tuple[int, int]] = []
    begin = 0
    count = len(quoted.keys)
    for place in range(count):
        if quoted.keys[place] in (ELISION, CUT):
            pieces.append((begin, place))
            begin = place + 1
        elif place + 1 - begin >= MAX_PIECE or (place + 1 - begin >= MIN_PIECE and _ends_sentence(text, quoted, place)):
            pieces.append((begin, place + 1))
            begin = place + 1
    if pieces and pieces[-1][1] == begin and count - begin < MIN_PIECE:
        begin = pieces.pop()[0]
    pieces.append((begin, count))
    return [(first, last) for first, last in pieces if first < last]


def _ends_sentence(text: str, quoted: Tokens, place: int) -> bool:
    if place + 1 == len(quoted.keys):
        return True
    if "\n" in text[quoted.ends[place] : quoted.starts[place + 1]]:
        return True
    following = quoted.keys[place + 1]
    # A closing mark belongs to the sentence before it.
    stop = quoted.keys[place] if quoted.keys[place] not in ('"', ")", "]") or not place else quoted.keys[place - 1]
    return stop in (".", "!", "?", "。") and not following[0].islower() and following not in (".", "!", "?", ")", "]")


def share_found(quoted: Tokens, moves: Sequence[Move], first: int, last: int) -> float:
    """The share of the letters of some tokens of a quotation that a passage has in the same places, from 0 to 1."""
    keys = quoted.keys[first:last]
    same = [move.first - first for move in moves if move.step in KEPT and first <= move.first < last]
    letters = [len(token) if token[0].isalnum() else 0 for token in keys]
    # Signs alone never decide.
    share = sum(letters[place] for place in same) / sum(letters) if any(letters) else 1.0
    # In a few words one long one can outweigh all that stayed.
    return max(share, len(same) / len(keys)) if len(keys) < LONG_PIECE else share


def joined(fits: Sequence[Fit]) -> list[Fit]:
    """The same fits, but those that follow each other both in the quotation and in the article made one."""
    out: list[Fit] = []
    for fit in fits:
        before = out[-1] if out else None
        if before and before.article is fit.article and (before.last, before.end) == (fit.first, fit.begin):
            fit = replace(before, last=fit.last, end=fit.end, cost=before.cost + fit.cost, moves=(*before.moves, *fit.moves))
            out.pop()
        out.append(fit)
    return out


def is_elided(quoted: Tokens, before: Fit, after: Fit) -> bool:
    """Whether a quotation says itself, by an omission sign, that it leaves out what lies between two passages."""
    between = quoted.keys[before.last : after.first]
    return bool(between) and all(token in (ELISION, CUT) for token in between)


def cost_of(quoted: Tokens, fits: Sequence[Fit], unfound: Sequence[tuple[int, int]]) -> int:
    """What it costs to explain a quotation by several passages and by sentences that stand nowhere."""
    cost = sum(fit.cost for fit in fits) + sum(ADDED * (last - first) for first, last in unfound)
    for before, fit in pairwise(fits):
        onward = before.article is fit.article and fit.begin >= before.end
        if not onward:
            cost += SEAM_COST
        elif not is_elided(quoted, before, fit):
            cost += min(SEAM_COST, DROPPED * (fit.begin - before.end))
    return cost
