"""Which of a sentence's numbers or dates a question asks for.

Of those that measure what is asked, the one that stands nearest to the question's words; `None` where two stand as near.
"""

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from corpus.quantities import UNITS, Quantity, quantities_in
from corpus.written_dates import WrittenDate, dates_in
from embeddings.lexical_index import STOP_WORDS, Term, terms_of
from embeddings.question import AUXILIARY, COUNTED_END, AnswerKind, Question

Found = TypeVar("Found", Quantity, WrittenDate)
CLAUSE_BORDER = re.compile(r"[,;:()—]|\b(?:while|whereas|but|which|and)\b")
LONGEST_SENTENCE = 1200  # letters; what is longer is no sentence but a table or list without stops
BORDER_WORDS = 5  # a comma or "while" parts as much as five words do
MARGIN = 1.25  # how much nearer the best must stand than the next
ALIKE = 0.8  # difflib's ratio at which two words are one, misspelt
COUNTED = re.compile(
    rf"\b(?:how many|number of)\s+(?:(?:of|the|its|their|these|those)\s+)*(?!{AUXILIARY}\b)(.+?){COUNTED_END}",
    re.I,
)
# "How much electricity": the sentence must speak of it; "how much is", "how much money" and "how much more" name no such thing.
MASS = re.compile(
    rf"\bhow much (?:of )?(?!{AUXILIARY}\b|money\b|more\b|less\b|higher\b|larger\b|bigger\b|it\b|they\b|the\b)"
    rf"(?:[\w-]+ ){{0,3}}?([\w-]+)"
    rf"(?=\s+(?:{AUXILIARY})\b)",
    re.I,
)
BEFORE = re.compile(r"\bused? to\b|\b(?:before|formerly|previously|originally|at first)\b", re.I)
SHARE = re.compile(r"\b(?:percentage|per ?cent|%|share|proportion|rate|fraction)\b", re.I)
DURATION = re.compile(r"\bhow (?:long|old|quickly|fast|soon)\b|\btime\b", re.I)
TIMES = re.compile(r"\bhow often\b|\bhow many times\b", re.I)
SIZE = re.compile(
    r"\bhow (?:much|big|large|high|far)\b|\b(?:size|scale|volume|value|worth|cost|costs|price|revenue|amount|budget|turnover"
    r"|capacity|area|figures?|forecast)\b",
    re.I,
)
NO_SIZE = frozenset({"percent", "percentage points", "hours", "times"})
# Questions of no kind that want a number all the same: "what is its price?", "what will it reach by 2030?", "size of the market".
ASKS_SIZE = re.compile(
    r"\bwhat (?:is|was|are|were) (?:(?:the|its|their|his|her|total|annual|expected|\w+['’]s)\s+){1,4}(?:size|scale|volume|value"
    r"|price|cost|worth|revenue|capacity|area|share|rate)\b"
    r"|\bwhat (?:is|was|are|were|will|does|did|would) .*\b(?:reach|grow to|amount to|cost)\b"
    r"|\b(?:which|what|the) figures?\b|\bhow (?:quickly|soon)\b|\bto what (?:is|was|has|have|did|does)\b",
    re.I,
)
INTERROGATIVE = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.I)
SIZE_KEYWORD = re.compile(r"\b(?:size|scale|share|number|percent|percentage|rate|value|price|cost|volume)\b", re.I)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants measured: the counted things' words, and whether a dimension will do."""

    counted: tuple[str, ...]
    fits: Callable[[str], bool]


def wanted_quantity(question: Question) -> Wanted | None:
    """What number a question asks for; `None` where it asks for none."""
    text = question.text
    if question.kind is not AnswerKind.NUMBER and not (question.kind is AnswerKind.ANY and _asks_size(text)):
        return None
    if units := _units_asked(text):
        return Wanted((), lambda dimension: dimension in units)
    if TIMES.search(text):
        return Wanted((), lambda dimension: dimension == "times")
    if match := COUNTED.search(text):
        return Wanted(tuple(term.word.lower() for term in terms_of(match[1])), lambda dimension: dimension != "percent")
    if SHARE.search(text):
        return Wanted((), lambda dimension: dimension in {"percent", "percentage points"})
    if re.search(r"\bby how much\b", text, re.I):
        return Wanted((), lambda dimension: dimension != "times")
    if SIZE.search(text):
        return Wanted((), lambda dimension: dimension not in NO_SIZE)
    if DURATION.search(text):
        return Wanted((), lambda dimension: dimension == "hours")
    return Wanted((), lambda dimension: dimension not in NO_SIZE) if ASKS_SIZE.search(text) else None


def _asks_size(text: str) -> bool:
    keywords = not INTERROGATIVE.search(text) and SIZE_KEYWORD.search(text)
    return bool(keywords or ASKS_SIZE.search(text))


def _units_asked(text: str) -> frozenset[str]:
    """The dimensions that a question names: "how many petabytes", "in billion yuan"."""
    named = re.search(
        rf"\bhow many (?P<one>{'|'.join(UNITS)})(?!\w)|\bin (?:[mbtr]+illion )?(?P<two>{'|'.join(UNITS)})(?= |\?|$)"
        r"|\b(?P<three>yuan|dollars|euros)\b",
        text,
    )
    if not named:
        return frozenset()
    unit = named["one"] or named["two"] or named["three"]
    return frozenset(dimension for pattern, (dimension, _) in UNITS.items() if re.fullmatch(pattern, unit))


def asked_quantity(question: Question, sentence: str) -> Quantity | None:
    """The number of a sentence that a question asks for; `None` where that is not sure."""
    wanted = wanted_quantity(question)
    if not wanted or len(sentence) > LONGEST_SENTENCE:
        return None
    if (mass := MASS.search(question.text)) and not _shares_word(sentence, [mass[1].lower()]):
        return None
    said, before = quantities_in(question.text), bool(BEFORE.search(question.text))
    found = [
        quantity
        for quantity in quantities_in(sentence)
        if wanted.fits(quantity.dimension)
        and _is_start(quantity, sentence) <= before
        and not any(_same_value(quantity, other) for other in said)
    ]
    if wanted.counted:
        found = _counting(found, wanted.counted, sentence)
    elif before and (starts := [quantity for quantity in found if _is_start(quantity, sentence)]):
        found = starts
    elif SIZE.search(question.text):
        # "Eight hubs" is no size; "400 million" without a noun may be one.
        found = [quantity for quantity in found if quantity.dimension or not quantity.noun or quantity.value >= 1e6]
    return _nearest(question, sentence, found)


def _same_value(one: Quantity, other: Quantity) -> bool:
    return one.value == other.value and (one.dimension == other.dimension or not one.dimension or not other.dimension)


def _is_start(quantity: Quantity, sentence: str) -> bool:
    """ "From several weeks to 72 hours": what was before is no answer to what is."""
    before, behind = sentence[: quantity.start].lower(), sentence[quantity.end :]
    is_range = quantity.high > quantity.value  # "from 5 to 10 percent" is one answer
    return not is_range and before.endswith("from ") and " to " in behind[:60]


def _counting(found: Sequence[Quantity], counted: Sequence[str], sentence: str) -> list[Quantity]:
    """Those that count what is asked: it stands behind the number, or the number stands alone ("… numbered 4,500")."""
    behind = [q for q in found if _shares_word(f"{sentence[q.start : q.end]} {q.noun}", counted)]
    if behind:
        heads = [q for q in behind if q.noun and _alike(q.noun.split()[-1].lower(), counted[-1])]
        return heads or behind
    return [q for q in found if not q.dimension and not q.noun]


def _shares_word(text: str, counted: Sequence[str]) -> bool:
    words = [term.word.lower() for term in terms_of(text) if not term.is_number]
    return any(_alike(word, other) for word in words for other in counted)


def _alike(word: str, other: str) -> bool:
    return word == other or (len(word) > 3 and difflib.SequenceMatcher(None, word, other).ratio() >= ALIKE)


def asked_date(question: Question, sentence: str) -> WrittenDate | None:
    """The date of a sentence that a question asks for; `None` where that is not sure."""
    said = dates_in(question.text)
    found = [date for date in dates_in(sentence) if not any(_said(date, other) for other in said)]
    if re.search(r"\b(?:which|what) year\b", question.text, re.I):
        found = [date for date in found if date.years]
    since = [date for date in found if sentence[date.start : date.end].lower().startswith(("since", "from"))]
    if re.match(r"\W*since\b", question.text, re.I) and since:
        found = since
    return _nearest(question, sentence, found)


def _said(date: WrittenDate, other: WrittenDate) -> bool:
    return date.years <= other.years and (not date.month or date.month == other.month)


def _nearest(question: Question, sentence: str, found: Sequence[Found]) -> Found | None:
    """The candidate nearest to the question's words; none when the next stands about as near."""
    if len(found) < 2:
        return found[0] if found else None
    scored = sorted(((nearness(question, sentence, one.start, one.end), one) for one in found), key=lambda pair: -pair[0])
    (best, winner), (second, _) = scored[:2]
    return winner if best > 0 and best >= MARGIN * second else None


def nearness(question: Question, sentence: str, start: int, end: int) -> float:
    """How near a part of a sentence stands to the question's words: each word that is held counts 1 / (1 + words between).

    A border of clauses counts as several words; the words that name what is asked count double; a year that the question
    names counts by the date next to the part.
    """
    words = terms_of(sentence)
    focus = {term.stem for term in question.focus}
    total = 0.0
    for term in question.terms:
        if term.word.lower() in STOP_WORDS:
            continue
        gaps = [words_between(sentence, word.start, word.end, start, end) for word in words if _meets(word, term)]
        total += (2.0 if term.stem in focus or term.is_number else 1.0) / (1 + min(gaps)) if gaps else 0.0
    return total


def _meets(word: Term, term: Term) -> bool:
    return word.stem == term.stem or (not term.is_number and len(term.word) > 4 and _alike(word.word.lower(), term.word.lower()))


def words_between(text: str, start: int, end: int, other_start: int, other_end: int) -> int:
    """How many words stand between two parts of a text; a border of clauses counts as several. 0 where they overlap."""
    if start < other_end and other_start < end:
        return 0
    between = text[end:other_start] if end <= other_start else text[other_end:start]
    return len(between.split()) + BORDER_WORDS * len(CLAUSE_BORDER.findall(between))
