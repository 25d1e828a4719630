"""Whether the sources give different numbers for one thing that was asked: "890 petabytes" here and "400 petabytes" there.

Compares only the number that answers the question in each quote. Silent wherever the two might measure different things: an
alarm that is false would be worse than one that is missing.
"""

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.article import Article
from corpus.quantities import NOUN, Quantity
from corpus.written_dates import dates_in
from embeddings.conversation.referents import is_place
from embeddings.lexical_index import STOP_WORDS, stem, terms_of
from embeddings.measured_figures import Measured, measured_in
from embeddings.question import FRAMING_WORDS, Question
from embeddings.quotes import Quote

ROUNDING = 0.1  # of the larger value: "over 4,500" and 4,700 may be one number, written twice
SHARED = 0.5  # share of the fewer telling words that two sentences must have in common around their numbers
# "How long does it take?": an answer need not say "long".
MEASURING = frozenset({"far", "fast", "long", "often", "old", "quickly", "soon"})
LONGEST_LABEL = 60  # letters of a title that stands for a source without a publisher
# What parts two quantities that are otherwise described alike.
QUALIFIERS = frozenset(
    stem(word)
    for word in """
    annual average below cumulative daily decline decrease domestic drop each export fall female foreign former growth half import
    increase less male minimum maximum monthly net new part per planned previous private public retail rise rural sold target
    urban weekly yearly
    """.split()
)

OPENS_SENTENCE = re.compile(
    r"(?:By|In|Since|Until|Before|After|From|As|At|On|The|Through|During|Around|Between|Over|Early|Late|Mid)\b"
)


class DisagreementKind(StrEnum):
    """Whether two numbers contradict each other, or are true of different times."""

    DIFFER = "differ"
    DIFFERENT_DATES = "different dates"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two quotes, by their places in the list, that give different numbers for what was asked.

    `figures` are the two numbers as written, `sentence` says it to the reader, with sources and dates.
    """

    one: int
    other: int
    figures: tuple[str, str]
    kind: DisagreementKind
    sentence: str


def disagreements(question: Question, quotes: Sequence[Quote]) -> list[Disagreement]:
    """Find the quotes that differ on the number asked for.

    Returns:
        One entry for each two values that differ, in the order of the quotes; empty when the question asks for no number
        and when the numbers agree as far as they are written out (1.7 trillion and 1,729.5 billion do).
    """
    measured = [one for place, quote in enumerate(quotes) if (one := measured_in(question, place, quote))]
    found: list[Disagreement] = []
    seen: set[frozenset[float]] = set()
    for one, other in itertools.combinations(measured, 2):
        values = frozenset({one.quantity.value, other.quantity.value})
        if values not in seen and _comparable(question, one, other) and _unequal(one.quantity, other.quantity):
            seen.add(values)
            found.append(_disagreement(one, other))
    return found


def _comparable(question: Question, one: Measured, other: Measured) -> bool:
    """Whether two numbers measure one thing, as far as the words around them tell."""
    asked = frozenset(term.stem for term in question.terms)
    return (
        one.quote.answer != other.quote.answer
        and one.quantity.dimension == other.quantity.dimension
        and _same_things(one.quantity, other.quantity)
        and not (one.scope | one.names) - other.held - asked
        and not (other.scope | other.names) - one.held - asked
        and one.words & QUALIFIERS == other.words & QUALIFIERS
        and _described_alike(one.words, other.words)
        and _asked_of(question, one, other)
    )


def _asked_of(question: Question, one: Measured, other: Measured) -> bool:
    """Whether both numbers are what was asked: their sentences share the question's words, and have its places and times."""
    telling = {
        term.stem
        for term in question.terms
        if not term.is_number and term.word.lower() not in STOP_WORDS | FRAMING_WORDS | MEASURING
    }
    wanted = {stem(name.removesuffix("s")) for name in _places_in(question.text)}
    return (
        len(telling & one.held & other.held) >= min(2, len(telling))
        and wanted <= {stem(part.removesuffix("s")) for part in one.held}
        and wanted <= {stem(part.removesuffix("s")) for part in other.held}
        and _meets_question(question, one)
        and _meets_question(question, other)
    )


def _places_in(text: str) -> list[str]:
    """The places that a question names, "Beijings" too."""
    return [term.word.lower() for term in terms_of(text) if is_place(term.word) or is_place(term.word.removesuffix("s"))]


def _same_things(one: Quantity, other: Quantity) -> bool:
    """Whether two counts count the same: one noun, and no adjectives that share nothing ("valid patents", "AI patents")."""
    if one.dimension or not one.noun or not other.noun:
        return True
    first, second = ([stem(word.lower()) for word in re.findall(r"\w+", noun)] for noun in (one.noun, other.noun))
    shared = set(first) & set(second)
    if not shared:
        return False
    left, right = set(first) - shared, set(second) - shared
    return not (left and right) or len(shared) >= 2


def _meets_question(question: Question, one: Measured) -> bool:
    """Whether a number is of the time that the question names, if it names one."""
    asked = dates_in(question.text)
    if not asked or one.date is None:
        return not asked or any(not date.years.isdisjoint(one.years) for date in asked)
    return any(date.meets(one.date) for date in asked)


def _described_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = one & other
    return len(shared) >= 2 and len(shared) >= SHARED * min(len(one), len(other))


def _unequal(one: Quantity, other: Quantity) -> bool:
    """Whether two values differ by more than their writing: the last digits written, "over" and "nearly", ranges."""
    low, high = sorted((one, other), key=lambda quantity: quantity.value)
    gap = low.high, high.value
    if gap[0] >= gap[1]:
        return False
    distance, allowed = gap[1] - gap[0], ROUNDING * gap[1]
    if {low.bound, high.bound} - {""} and distance <= allowed:
        return False
    return distance > min(max(low.step, high.step) / 2, allowed)


def _disagreement(one: Measured, other: Measured) -> Disagreement:
    apart = _of_different_dates(one, other)
    kind = DisagreementKind.DIFFERENT_DATES if apart else DisagreementKind.DIFFER
    opening = "The figures are of different dates" if apart else "The sources differ"
    told = f"{_figure(one)} ({_source(one)}) and {_figure(other)} ({_source(other)})"
    return Disagreement(one.place, other.place, (_figure(one), _figure(other)), kind, f"{opening}: {told}.")


def _of_different_dates(one: Measured, other: Measured) -> bool:
    """Whether two numbers are known to be of different times; what no sentence dates is of the year of publication."""
    if one.date and other.date:
        return not one.date.meets(other.date)
    return bool((one.date or other.date) and one.years and other.years and one.years.isdisjoint(other.years))


def _figure(one: Measured) -> str:
    """A number as written, with the things that it counts."""
    noun = None if one.quantity.dimension else NOUN.match(one.text, one.quantity.end)
    return one.text[one.quantity.start : noun.end() if noun else one.quantity.end].strip()


def _source(one: Measured) -> str:
    """ "by September 2024; China Economic Net, 5 Mar 2025": the date the number has in its sentence, source, publication."""
    article = one.quote.article
    day = f", {_day(article.published_on)}" if article.published_on else ""
    own = f"{_within(one.text[one.date.start : one.date.end])}; " if one.date else ""
    return f"{own}{_label(article)}{day}"


def _within(date: str) -> str:
    """A date that opened its sentence, as it stands within another: "by 2025", but "March 2025"."""
    return date[0].lower() + date[1:] if OPENS_SENTENCE.match(date) else date


def _label(article: Article) -> str:
    label = article.publisher or article.title or article.id
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%b} {day.year}"
