"""Is a pasted quotation what an article says, letter for letter? And if not, what differs?

Reads articles only: no model, no index. A quotation is exact, exact but for typography, altered or not found; there is no
degree of likeness in between, since one digit or one "not" makes another statement.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.article import Article
from corpus.errors import CorpusbotError
from embeddings.quotation.differences import Difference, Place, differences_between, place_at, place_of, whole_sentences
from embeddings.quotation.passages import FOUND_SHARE, LONG_PIECE, Fit, Passages, cost_of, joined, pieces_of, share_found
from embeddings.quotation.readings import Reading, is_source_line, readings_of
from embeddings.quotation.typography import CUT, ELISION, is_whole, tokens_of, typographic_differences
from embeddings.quotation.wording import DifferenceKind

MAX_LETTERS = 20_000  # about eight pages; a longer text would take more than a few seconds
NEAR_SHARE = 0.25  # of its letters in the same order: below it a passage has little but common words in common


class QuotationError(CorpusbotError):
    """A text that cannot be checked: nothing in it, or too much."""


class Verdict(StrEnum):
    """How a quotation stands to the articles, the best first."""

    EXACT = "exact"
    TYPOGRAPHY = "exact but for typography"
    ALTERED = "altered"
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class QuotationCheck:
    """What was found out about a quotation.

    `places` are all places of an exact quotation, and the passages that an altered one was made from; `nearest` is the
    passage, in whole sentences, that comes nearest to what stands nowhere. `typography` names what differs in typography only.
    `source_line` was taken for a source and not checked.
    """

    verdict: Verdict
    places: tuple[Place, ...] = ()
    differences: tuple[Difference, ...] = ()
    nearest: Place | None = None
    typography: tuple[str, ...] = ()
    source_line: str | None = None

    @property
    def only_omissions(self) -> bool:
        """Whether all that differs is what the quotation itself says it leaves out: "exact with omission"."""
        return bool(self.differences) and {each.kind for each in self.differences} == {DifferenceKind.OMISSION}


def check_quotation(text: str, articles: Sequence[Article]) -> QuotationCheck:
    """Compare a pasted quotation, a sentence or whole paragraphs, with the articles.

    Outer quotation marks, omission signs at the ends and a last line that names a source are not part of the quotation.
    A text from several places is altered, even where each piece is exact: no article says it so.

    Raises:
        QuotationError: no word in the text, or more than `MAX_LETTERS`.
    """
    if len(text) > MAX_LETTERS:
        raise QuotationError(
            f"The text has {len(text):,} letters; at most {MAX_LETTERS:,} are checked at once. Check it in parts."
        )
    if not any(letter.isalnum() for letter in text):
        raise QuotationError("There are no words to check. Paste a quotation, such as a sentence of an article.")
    readings = [reading for reading in readings_of(text) if _may_be(reading, articles)]
    for find, verdict in ((_literal_places, Verdict.EXACT), (_typographic_places, Verdict.TYPOGRAPHY)):
        for reading in readings:
            if places := tuple(find(reading.text, articles)):
                return _found(verdict, reading, places)
    return _explained(readings[-1], articles)


def _may_be(reading: Reading, articles: Sequence[Article]) -> bool:
    has_words = any(letter.isalnum() for letter in reading.text)
    return has_words and all(is_source_line(line, articles) for line in reading.source_lines)


def _found(verdict: Verdict, reading: Reading, places: tuple[Place, ...]) -> QuotationCheck:
    typography = (*reading.stripped, *typographic_differences(reading.text, places[0].text))
    verdict = Verdict.TYPOGRAPHY if typography else verdict
    return QuotationCheck(verdict, places, typography=typography, source_line=reading.source)


def _literal_places(quoted: str, articles: Sequence[Article]) -> Iterator[Place]:
    for article in articles:
        start = article.text.find(quoted)
        while start >= 0:
            end = start + len(quoted)
            # "5 million" does not stand in "15 million".
            if is_whole(article.text, start, end):
                yield place_at(article, start, end)
            start = article.text.find(quoted, start + 1)


def _typographic_places(quoted: str, articles: Sequence[Article]) -> Iterator[Place]:
    sought = tokens_of(quoted)
    for article in articles:
        tokens = tokens_of(article.text)
        for first in tokens.places_of(sought):
            bounds = tokens.between(first, first + len(sought.keys))
            if is_whole(article.text, *bounds):
                yield place_at(article, *bounds)


# --- altered or not found ----------------------------------------------------------------------------------------------


def _explained(reading: Reading, articles: Sequence[Article]) -> QuotationCheck:
    """Say from which passages a quotation that stands nowhere was made, and what differs."""
    quoted = tokens_of(reading.text)
    passages = Passages(quoted, articles)
    pieces = pieces_of(reading.text, quoted)
    fits, unfound = _fitted(passages, pieces)
    if len(pieces) > 1 and (whole := passages.fit(0, len(quoted.keys))) is not None:
        long = [(first, last) for first, last in ((0, len(quoted.keys)), *pieces) if last - first >= LONG_PIECE]
        held = all(share_found(quoted, whole.moves, *piece) >= FOUND_SHARE for piece in long)
        if held and whole.cost <= cost_of(quoted, fits, unfound):
            fits, unfound = [whole], []
    differences = differences_between(reading, quoted, fits, unfound)
    verdict = Verdict.NOT_FOUND if unfound else Verdict.ALTERED if differences else Verdict.TYPOGRAPHY
    return QuotationCheck(
        verdict,
        tuple(dict.fromkeys(place_of(fit) for fit in fits)),
        differences,
        _nearest(passages, unfound[0]) if unfound else None,
        typography=() if verdict is not Verdict.TYPOGRAPHY else reading.stripped,
        source_line=reading.source,
    )


def _fitted(passages: Passages, pieces: Sequence[tuple[int, int]]) -> tuple[list[Fit], list[tuple[int, int]]]:
    """The pieces that stand somewhere, those that follow each other made one, and the pieces that do not."""
    fits: list[Fit] = []
    unfound: list[tuple[int, int]] = []
    for first, last in pieces:
        fit = passages.fit(first, last, fits[-1] if fits else None)
        if fit is not None and share_found(passages.quoted, fit.moves, first, last) >= FOUND_SHARE:
            fits.append(fit)
        elif unfound and set(passages.quoted.keys[unfound[-1][1] : first]) <= {ELISION, CUT}:
            unfound[-1] = (unfound[-1][0], last)
        else:
            unfound.append((first, last))
    return joined(fits), unfound


def _nearest(passages: Passages, piece: tuple[int, int]) -> Place | None:
    fit = passages.fit(*piece)
    if fit is None or share_found(passages.quoted, fit.moves, *piece) < NEAR_SHARE:
        return None
    return whole_sentences(place_of(fit))
