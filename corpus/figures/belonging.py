"""Whose or where a figure is: the place nearest to what is measured, then the subject's, then one said before.

Does not find places (`corpus.figures.places`); decides between those that a sentence, or the one before it, names.
"""

import re
from collections.abc import Sequence

from corpus.figures.antecedents import last_sentence
from corpus.figures.attachment import NEW_CLAUSE, in_brackets
from corpus.figures.places import WORLD, PlaceMention, countries, places_in

# "310 in place, and", "306 built, which": nothing behind these belongs to the number.
CLAUSE_END = re.compile(
    r"[;:()—]|,(?! [A-Z]|\d)|\b(?:while|which|who|that|whereas|but|with|and (?=(?:the|its|their|over|more|about)))"
)
LOCATED = re.compile(
    r"\b(?:in|across|within|throughout|of|from|around|inside|among|by|at|near|outside|for|to|into|off)(?: the)?(?: [\w-]+){0,2} $"
)
LEANS = re.compile(
    r"\b(?:it|its|they|their|these|those|this)\b|"
    r"^(?:[^,]*, )?(?:the|this) (?:country|nation|company|city|province|region|firm|industry|"
    r"market|sector|government)(?:'s|’s)?\b",
    re.I,
)
NATIONAL = re.compile(r"\bnationwide\b|\bnational\b|\bthe country\b")
OWNED = re.compile(r"\b(?:its|their)\b[^,;]*$")
APPOSED = re.compile(r"^, (?:the|an?|one of|part of|owner of|maker of)\b[^,]*$")
QUOTES = '"“”'
OF_PLACES = re.compile(r"\b(?:countries|nations|cities|regions|provinces|economies)\b")


def belongs_to(
    text: str, number: tuple[int, int], measured: tuple[int, int], words: str, previous: str, context: str
) -> str | None:
    """The place of a figure in base form, or nothing where none is written.

    Args:
        text: its sentence.
        number: start and end of the number in it.
        measured: start and end of what it measures.
        words: what it measures.
        previous: the paragraph before the sentence.
        context: the article's text.
    """
    places = places_in(text, context)
    behind = _behind(text, number[1], places)
    inside = _best([place for place in places if measured[0] <= place.start < measured[1]], text)
    if OF_PLACES.search(words):
        return behind.name if behind and behind.start >= measured[1] else None  # "80 countries" are themselves the places
    if inside and (inside.is_possessive or not words.startswith("share")):
        return inside.name
    if words.startswith("share") and (holder := _before(text, number[0], places)):
        return holder.name
    if behind:
        return behind.name
    before = _before(text, number[0], places)
    if before:
        return before.name
    if re.match(r"(?:In|Of|Among|With|By|From|For|Across|Under|At|On|After|Throughout)\b", text) and (
        later := [p for p in places if not p.is_world]
    ):
        return later[0].name
    return (
        _of_speaker(text, number, places)
        or _leaning(text, number[0], previous, context)
        or _elsewhere(text, number[1], places)
        or _of_itself(text, number[0], context)
        or (None if places else _carried_over(previous, context))
    )


def _of_itself(text: str, start: int, context: str) -> str | None:
    """Whose a figure is that a body tells of itself: "Toyama Steel said it would cut 40 jobs"."""
    said = [place for place in places_in(text, context, speakers=True) if place.end <= start and not place.is_world]
    own = (
        said
        and re.match(r" [\w ]+? (?:it|they|its|their)\b", text[said[0].end : start])
        and not re.search(r"[\"“]", text[:start])
    )
    return said[0].name if own else None


def _carried_over(previous: str, context: str) -> str | None:
    """Whose the sentence before is, where this one names no place: "Sales at Hallam fell to 5. Losses were 2"."""
    places = [place for place in places_in(last_sentence(previous), context) if not place.is_world]
    first = places[:1] if len({place.name for place in places}) == 1 or (places and places[0].is_possessive) else []
    return first[0].name if first else None


def _of_speaker(text: str, number: tuple[int, int], places: Sequence[PlaceMention]) -> str | None:
    """Whose the speaker's "we" is: "We have 40 nurses," said the head of Lagos General."""
    opened = max(text.rfind(sign, 0, number[0]) for sign in QUOTES)
    closed = min((at for sign in QUOTES if (at := text.find(sign, number[1])) >= 0), default=-1)
    if opened < 0 or closed < 0 or not re.search(r"\b(?:we|our|us|my)\b", text[opened:closed], re.I):
        return None
    later = [place for place in places if place.start > closed and not place.is_world]
    return later[0].name if later else None


def place_behind(text: str, end: int, context: str) -> str | None:
    """The place that is said right behind a number, as in "8.5 gigawatts in Germany"; nothing where none is."""
    found = _behind(text, end, places_in(text, context))
    return found.name if found else None


def place_in_clause(text: str, start: int, context: str) -> str | None:
    """The place before a number in its own clause: "in Oslo it rose, while in Rome it was 5"; nothing in a first clause."""
    breaks = [match.end() for match in NEW_CLAUSE.finditer(text, 0, start)]
    found = [place for place in places_in(text, context) if breaks and breaks[-1] <= place.start and place.end <= start]
    return found[-1].name if found else None


def _best(places: Sequence[PlaceMention], text: str) -> PlaceMention | None:
    """The one that owns, before one that only lies around it: "China's share of global downloads"."""
    owners = [place for place in places if place.is_possessive and not place.is_world]
    known = [place for place in places if not place.is_world]
    located = [place for place in known if re.search(r"\b(?:in|at|near) (?:the )?$", text[: place.start])]
    return next(iter([*owners, *located, *known, *places]), None)  # "the Lumen site in Bergen"


def _behind(text: str, end: int, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place that is said with the counted thing: "projects of Gaza Province", "companies worldwide"."""
    stop = CLAUSE_END.search(text, end)
    last = stop.start() if stop else len(text)
    near = [place for place in places if end <= place.start < last]
    return next((place for place in near if place.is_world or LOCATED.search(text[end : place.start])), None)


def _before(text: str, start: int, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The nearest place before the number; a country or an owner before the world."""
    earlier = [place for place in places if place.end <= start and not _is_bracketed_off(text, place, start)]
    known = [place for place in earlier if not place.is_world]
    if len(known) > 1:
        since = text[known[-1].end : start]
        if OWNED.search(since) and text[: known[0].start] in {"", "The "}:
            return known[0]  # "Kestrel will list in Rome, where …; its debt is 5"
        if "," in since and APPOSED.search(text[known[-2].end : known[-1].start]):
            return known[-2]  # "Harrow, the Leeds shoe chain, sold 5"
    if known:
        return known[-1]
    # "The top models in the world, while its price": the world is named in passing there.
    return next((place for place in earlier if not re.search(r"[,;:]", text[place.end : start])), None)


def _is_bracketed_off(text: str, place: PlaceMention, start: int) -> bool:
    """Whether a place stands in brackets that close before the number: "Profit (listed in London) was 5"."""
    return in_brackets(text, place.start) and ")" in text[place.end : start]


def _elsewhere(text: str, end: int, places: Sequence[PlaceMention]) -> str | None:
    """The only place that the rest of the sentence names, as in "1,900 homes were connected to Gdansk's network"."""
    stop = re.search(r"(?<=.)(?:[,;:—”\"]| (?:while|whereas|but|said|says)\b)", text[end:])
    last = end + stop.start() if stop else len(text)
    near = {place.name for place in places if end <= place.start < last and not place.is_world}
    return near.pop() if len(near) == 1 else None


def _leaning(text: str, start: int, previous: str, context: str) -> str | None:
    """The place of the sentence before, where this one takes something up from it."""
    if not previous or not (LEANS.search(text[:start]) or NATIONAL.search(text)):
        return None
    last = re.split(r"(?<=[.!?])[”\"]?\s+(?=[A-Z“\"])", previous)[-1]
    places = [place for place in places_in(last, context) if place.name != WORLD]
    owners = [place for place in places if place.is_possessive or place.name in countries().values()]
    if not places and NATIONAL.search(text):
        owners = [place for place in places_in(previous, context) if place.name in countries().values()][-1:]
    found = next(iter(owners or places), None)
    return found.name if found else None
