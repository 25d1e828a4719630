"""What differs between a quotation and the passages it was made from, each difference with its position in both texts.

Finds no passages (`embeddings.quotation.passages`) and gives no verdict (`embeddings.quotation.quotation_check`).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise

from corpus.article import Article, Paragraph, Span
from corpus.chunks import sentences_of
from embeddings.quotation.alignment import Step
from embeddings.quotation.passages import Fit, is_elided
from embeddings.quotation.readings import Reading
from embeddings.quotation.typography import Tokens, tokens_of, whole_words
from embeddings.quotation.wording import DifferenceKind, kind_of_change

LONG_CHANGE = 8  # tokens; a longer change is told as words, whatever it holds
SHOWN_GAP = 80  # tokens; more left out than this is a jump to another place


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands; `paragraph` counts from 1 and is that of its beginning, `None` in a heading."""

    article: Article
    span: Span
    paragraph: int | None

    @property
    def text(self) -> str:
        """The article's own letters there."""
        return self.article.quote(self.span)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: `quoted` is what the paste has, `original` what the article has; either may be empty.

    `quoted == paste[quoted_start:quoted_end]`, and `original` is what `span` stands for. Without a span nothing in the
    articles answers to it. Of a seam (`DifferenceKind.SEAM`) the span is the place at which the text goes on.
    """

    kind: DifferenceKind
    quoted: str
    original: str
    span: Span | None
    quoted_start: int
    quoted_end: int


def place_at(article: Article, start: int, end: int) -> Place:
    """The stretch of an article between two positions, with its paragraph."""
    number = next((each.number for each in _paragraphs(article) if each.start <= start < each.end), None)
    return Place(article, Span(article.id, start, end), number)


@lru_cache(maxsize=1_000)
def _paragraphs(article: Article) -> tuple[Paragraph, ...]:
    return tuple(article.paragraphs())


def place_of(fit: Fit) -> Place:
    """The passage of a fit, widened to whole words and numbers."""
    return place_at(fit.article, *whole_words(fit.article.text, *_bounds(fit)))


def whole_sentences(place: Place) -> Place:
    """The same place, widened to whole sentences, and to the whole line where it begins or ends in a heading."""
    article, start, end = place.article, place.span.start, place.span.end
    touched = [one for one in _paragraphs(article) if one.start < end and one.end > start]
    spans = [one.span for paragraph in touched for one in sentences_of(article, paragraph)]
    spans = [span for span in spans if span.start < end and span.end > start]
    if not any(span.start <= start for span in spans):
        start = article.text.rfind("\n", 0, start) + 1
    if not any(span.end >= end for span in spans):
        end = line_end if (line_end := article.text.find("\n", end)) >= 0 else len(article.text)
    return place_at(article, min([start, *(span.start for span in spans)]), max([end, *(span.end for span in spans)]))


def _bounds(fit: Fit) -> tuple[int, int]:
    return tokens_of(fit.article.text).between(fit.begin, fit.end)


def differences_between(
    reading: Reading, quoted: Tokens, fits: Sequence[Fit], unfound: Sequence[tuple[int, int]]
) -> tuple[Difference, ...]:
    """All differences in the order of the quotation.

    Args:
        quoted: the tokens of the reading.
        fits: the passages in the order of the quotation.
        unfound: the tokens (first, last excluded) of the sentences that stand nowhere.
    """
    found = [difference for fit in fits for difference in _within(reading, quoted, fit)]
    found = _order_named(found)
    for before, fit in pairwise(fits):
        found += _at_seam(reading, quoted, before, fit)
    for first, last in unfound:
        found.append(_difference(reading, quoted, (first, last), None, (0, 0), DifferenceKind.UNFOUND))
    return tuple(sorted(found, key=lambda each: (each.quoted_start, each.quoted_end)))


def _difference(
    reading: Reading,
    quoted: Tokens,
    tokens: tuple[int, int],
    article: Article | None,
    bounds: tuple[int, int],
    kind: DifferenceKind,
) -> Difference:
    start, end = quoted.between(*tokens)
    span = Span(article.id, *bounds) if article else None
    original = article.text[slice(*bounds)] if article and kind is not DifferenceKind.SEAM else ""
    return Difference(kind, reading.text[start:end], original, span, reading.start + start, reading.start + end)


def _within(reading: Reading, quoted: Tokens, fit: Fit) -> Iterator[Difference]:
    original = tokens_of(fit.article.text)
    for step, group in groupby(fit.moves, key=lambda move: move.step if move.step in (Step.SAME, Step.ELIDED) else None):
        run = list(group)
        for moves in [[move] for move in run] if step is Step.ELIDED else [run]:
            tokens, stretch = (moves[0].first, moves[-1].last), (moves[0].begin, moves[-1].end)
            words, others = quoted.keys[slice(*tokens)], original.keys[slice(*stretch)]
            if step is Step.SAME or words == others:
                continue
            kind = DifferenceKind.OMISSION if step is Step.ELIDED and others else _kind(words, others)
            yield _difference(reading, quoted, tokens, fit.article, original.between(*stretch), kind)
    yield from _at_ends(reading, quoted, fit)


def _kind(quoted: Sequence[str], original: Sequence[str]) -> DifferenceKind:
    return DifferenceKind.WORDS if max(len(quoted), len(original)) > LONG_CHANGE else kind_of_change(quoted, original)


def _at_ends(reading: Reading, quoted: Tokens, fit: Fit) -> Iterator[Difference]:
    """What belongs to the first or last number or word and was cut off, such as the "$" of "$5"."""
    start, end = _bounds(fit)
    whole_start, whole_end = whole_words(fit.article.text, start, end)
    for place, bounds in ((fit.first, (whole_start, start)), (fit.last, (end, whole_end))):
        if bounds[0] < bounds[1]:
            kind = kind_of_change((), tokens_of(fit.article.text[slice(*bounds)]).keys)
            yield _difference(reading, quoted, (place, place), fit.article, bounds, kind)


def _at_seam(reading: Reading, quoted: Tokens, before: Fit, fit: Fit) -> Iterator[Difference]:
    """What lies between two passages that the quotation puts together."""
    elided = is_elided(quoted, before, fit)
    tokens = (before.last if elided else fit.first, fit.first)
    onward = before.article is fit.article and before.end <= fit.begin
    if not onward:
        yield _difference(reading, quoted, tokens, fit.article, _bounds(fit), DifferenceKind.SEAM)
        return
    original = tokens_of(fit.article.text)
    bounds = original.between(before.end, fit.begin)
    if elided:
        yield _difference(reading, quoted, tokens, fit.article, bounds, DifferenceKind.OMISSION)
    elif fit.begin - before.end > SHOWN_GAP:
        yield _difference(reading, quoted, tokens, fit.article, _bounds(fit), DifferenceKind.SEAM)
    elif before.end < fit.begin:
        kind = _kind((), original.keys[before.end : fit.begin])
        yield _difference(reading, quoted, tokens, fit.article, bounds, kind)


_MOVABLE = (DifferenceKind.WORDS, DifferenceKind.NAME, DifferenceKind.PUNCTUATION, DifferenceKind.DATE)


def _order_named(differences: Sequence[Difference]) -> list[Difference]:
    """The same differences; where the same words only stand in another order, they are said to."""
    movable = [each for each in differences if each.kind in _MOVABLE]
    put_in = Counter(token for each in movable for token in tokens_of(each.quoted).caseless)
    taken_out = Counter(token for each in movable for token in tokens_of(each.original).caseless)
    if not movable or put_in != taken_out:
        return list(differences)
    return [replace(each, kind=DifferenceKind.ORDER) if each in movable else each for each in differences]
