"""The number of a quote that answers a question, and what its sentence tells about it: words, names, places and date."""

import math
import re
from dataclasses import dataclass

from corpus.quantities import Quantity
from corpus.written_dates import WrittenDate, dates_in
from embeddings.asked_figures import asked_quantity, words_between
from embeddings.conversation.referents import NameKind, names_in
from embeddings.lexical_index import STOP_WORDS, terms_of
from embeddings.name_roles import SPEECH
from embeddings.question import FRAMING_WORDS, Question
from embeddings.quotes import Quote

NEAR = 12  # words (and borders of clauses) between a number and a word that tells what it measures
ATTRIBUTION = re.compile(
    rf"[Aa]ccording to (?:the )?[^,;.]+[,.]?|[^,;.]*\b{SPEECH}(?: (?:the |to the )?[\w ]{{1,30}})?"
    r" (?:on [^,;.]+(?:, \d{4})?, )?that\b"
    rf"|, (?:the )?[\w .]{{1,40}} {SPEECH}(?=[,.]|$)"
)
# What a number covers, beside the places that are named.
WORLD = "world"
WHOLE_WORLD = re.compile(r"\b(?:worldwide|global(?:ly)?|in the world|around the (?:world|globe)|international(?:ly)?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Measured:
    """The number of a quote that answers the question, and what its sentence tells about it.

    `words`, `names` and `scope` (places, "world") are stems near the number; `held` are all stems of the sentence.
    """

    place: int
    quote: Quote
    quantity: Quantity
    date: WrittenDate | None
    words: frozenset[str]
    names: frozenset[str]
    scope: frozenset[str]
    held: frozenset[str]

    @property
    def text(self) -> str:
        """The answering sentence."""
        return self.quote.answer_text

    @property
    def years(self) -> frozenset[int]:
        """The years it is true of: those its sentence gives, else that of publication; empty when neither is known."""
        published = self.quote.article.published_on
        return self.date.years if self.date else frozenset({published.year} if published else ())


def measured_in(question: Question, place: int, quote: Quote) -> Measured | None:
    """Find the number of a quote's answering sentence that the question asks for; `None` where none is sure."""
    text = quote.answer_text
    quantity = asked_quantity(question, text)
    if not quantity or math.isnan(quantity.value):
        return None
    plain = ATTRIBUTION.sub(lambda match: " " * len(match.group()), text)
    names, scope = _names_near(quantity, plain)
    held = frozenset(term.stem for term in terms_of(text)) | ({WORLD} if WHOLE_WORLD.search(text) else set())
    return Measured(place, quote, quantity, _date_of(quantity, text), _telling(quantity, plain), names, scope, held)


def _names_near(quantity: Quantity, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of the names near a number, persons left out, and of the places among them."""
    parts = [(match.start(), match.end(), [WORLD]) for match in WHOLE_WORLD.finditer(text)]
    names: set[str] = set()
    for name in names_in(text):
        stems = [term.stem for term in terms_of(name.text) if term.word.lower() not in STOP_WORDS]
        if name.kind is NameKind.PLACE:
            parts.append((name.start, name.end, stems))
        elif name.kind is not NameKind.PERSON and _is_near(quantity, text, name.start, name.end):
            names.update(stems)
    return frozenset(names), frozenset(
        one for start, end, stems in parts if _is_near(quantity, text, start, end) for one in stems
    )


def _is_near(quantity: Quantity, text: str, start: int, end: int) -> bool:
    return not quantity.start <= start < quantity.end and words_between(text, start, end, quantity.start, quantity.end) <= NEAR


def _date_of(quantity: Quantity, text: str) -> WrittenDate | None:
    """The date that stands nearest to a number, counting borders of clauses."""
    dates = [date for date in dates_in(text) if date.years]
    return min(dates, key=lambda date: words_between(text, date.start, date.end, quantity.start, quantity.end), default=None)


def _telling(quantity: Quantity, text: str) -> frozenset[str]:
    """The stems of the words near a number that tell what it measures."""
    return frozenset(
        term.stem
        for term in terms_of(text)
        if not term.is_number
        and term.word.lower() not in STOP_WORDS | FRAMING_WORDS
        and _is_near(quantity, text, term.start, term.end)
    )
