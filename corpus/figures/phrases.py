"""Noun phrases: where one ends before or behind a place in a sentence, and how it is named without its place and articles."""

import re
from collections.abc import Sequence

from corpus.figures.clauses import Word, is_verb
from corpus.figures.name_words import SETTLEMENT
from corpus.figures.places import PlaceMention, places_in
from corpus.figures.word_kinds import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    EACH,
    FINITE,
    INSIDE,
    IRREGULAR,
    NO_PLURAL,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SAYING,
)

MAX_PHRASE_WORDS = 7
PLURAL = re.compile(r"(?:(?<![sui])s|people|children|women|men|data)$", re.I)
# What is measured of a thing: a thing's name stands before it ("core AI industry scale"), a rate's behind it.
PROPERTIES = frozenset(
    """
    scale size volume value worth capacity area length weight height depth speed number total amount quantity output level price
    pricing cost rate growth share ratio proportion percentage increase decrease decline rise drop reduction improvement gain
    market annual compound average overall combined aggregate yearly monthly year-on-year cumulative total net gross unit
    accuracy population penetration
    """.split()
)
TIME_UNITS = frozenset(
    "times seconds minutes hours days weeks months years decades centuries second minute hour day week month year".split()
)
RATES = frozenset("rate share ratio proportion percentage".split())
CHANGES = frozenset("increase decrease decline rise drop fall reduction improvement gain growth jump surge cut".split())
HEDGES = r"(?:expected|projected|estimated|forecast|predicted|anticipated|so-called|whopping|staggering|mere|record)"
POSTPOSED = re.compile(  # "companies related to it"
    r"(?<=[a-z]) (?:related|linked|connected|cited|based|located|registered|needed|used|required|expected)"
    r" (?:to|in|by|for|on|at)\b.*"
)
LOCATED_AT = re.compile(
    r"(?<=[a-z]) (?:at|in|near|off|outside) (?:the )?(?:[a-z-]+ ){1,3}(?:of|in) [A-Z]\w+$|"
    r" at (?:the )?[A-Z]\w+(?: [a-z]+)?$| between [A-Z][\w ]* and [A-Z]\w*$"
)
LOCATED_ROW = re.compile(r"\b(?:in|across|within|throughout|from|around|near) (?:[A-Z]\w+, )*[A-Z]\w+(,? and |, )$")
TIME = (
    r"(?:last|this|next|the previous|the same|the current) (?:year|month|quarter|week|decade)|"
    r"(?:in|by|during|since|until|for|from|as of|at) (?:the )?(?:(?:end|beginning|start|first \w+|second \w+|third \w+|"
    r"fourth \w+) (?:of )?)?(?:[A-Z][a-z]+ )?(?:\d{1,2}, )?(?:19|20)\d\d(?:[-–]\d+)?|year[- ]on[- ]year|nationwide|today|so far"
)
AROUND_WORLD = r"(?:around|across|in|all over|of|throughout) the (?:world|globe)|worldwide|globally"


def phrase_after(words: Sequence[Word]) -> list[Word]:
    """The noun phrase that begins a run of words; empty where none does, as before a verb or a preposition.

    A plural ends it, so that "4,500 companies linked to AI" gives "companies"; "countries and regions" are one.
    """
    found: list[Word] = []
    for place, word in enumerate(words[:MAX_PHRASE_WORDS]):
        if word.text[0].isdigit() and not found:
            break
        if _ends_phrase(words, place, bool(found)):
            break
        if word.low in DETERMINERS or word.low == "such":
            continue
        found.append(word)
        if is_plural(word) and not _goes_on(words, place):
            return found + _second_half(words, place + 1)
    return found


def is_plural(word: Word) -> bool:
    """Whether a word looks like a plural noun."""
    return PLURAL.search(word.text) is not None and word.low not in NO_PLURAL and not word.text.endswith(("'s", "’s"))


def _ends_phrase(words: Sequence[Word], place: int, begun: bool) -> bool:
    word = words[place]
    low = word.low
    if low == "such" and place + 1 < len(words) and words[place + 1].low != "as":
        return False
    if word.is_sign or low in PREPOSITIONS | CONJUNCTIONS | RELATIVES | AUXILIARIES:
        return True
    if low in ADVERBS or (low in PRONOUNS and low not in DETERMINERS) or (low in DETERMINERS and begun):
        return True
    third = begun and low in FINITE and low.endswith("s") and place + 1 < len(words)
    if third and words[place + 1].low in DETERMINERS | {"not", "only", "more", "to"}:
        return True
    if begun and low.endswith("s") and _is_third_person(words, place):
        return True
    past = (low in FINITE or low.endswith("ed")) and not low.endswith(("ing", "s"))
    behind = words[place + 1] if place + 1 < len(words) else None
    # "related companies" go on, "models released by" and "patents reached 5" do not.
    if past and begun:
        return behind is None or behind.is_sign or behind.low in PREPOSITIONS | DETERMINERS or low in IRREGULAR
    return low in IRREGULAR and low not in INSIDE and is_verb(words, place)


def _is_third_person(words: Sequence[Word], place: int) -> bool:
    """Whether a noun phrase follows, as in "a check replaces the old one"; "40 cars a day" are cars."""
    behind = [word.low for word in words[place + 1 : place + 3]]
    return len(behind) == 2 and behind[0] in {"the", "its", "their", "a", "an"} and behind[1] not in EACH


def _goes_on(words: Sequence[Word], place: int) -> bool:
    """Whether another noun stands behind a plural one: "systems engineers", "goods exports"."""
    if place + 1 >= len(words):
        return False
    behind = words[place + 1]
    if words[place].low == "data" and behind.text[0].islower():
        return behind.low not in FINITE | PREPOSITIONS | AUXILIARIES | ADVERBS | CONJUNCTIONS | RELATIVES
    return is_plural(behind) and behind.low not in FINITE | PREPOSITIONS | AUXILIARIES | ADVERBS | {"as", "this"}


def _second_half(words: Sequence[Word], place: int) -> list[Word]:
    """ "and UN agencies" behind "countries", where a verb, a preposition or the end follows it."""
    if place >= len(words) or words[place].low not in {"and", "or"}:
        return []
    for last in range(place + 1, min(place + 4, len(words))):
        word = words[last]
        if word.is_sign or word.text[0].isdigit() or word.low in PREPOSITIONS | DETERMINERS | AUXILIARIES | PRONOUNS:
            return []
        if word.low in FINITE and not word.low.endswith("ed"):
            return []
        if is_plural(word):
            behind = words[last + 1] if last + 1 < len(words) else None
            ends = behind is None or behind.is_sign or behind.low in PREPOSITIONS or is_verb(words, last + 1)
            return list(words[place : last + 1]) if ends or behind is None or behind.low in FINITE | {"sent"} else []
    return []


def phrase_before(words: Sequence[Word], through: frozenset[str] = frozenset({"of"})) -> list[Word]:
    """The noun phrase that ends a run of words, with its "of" phrases; `through` are the prepositions that it may hold."""
    first = len(words)
    while first > 0:
        word = words[first - 1]
        low = word.low
        blocked = low in (PREPOSITIONS - through) | RELATIVES | AUXILIARIES or (low in CONJUNCTIONS and low != "and")
        if word.is_sign or blocked or (is_verb(words, first - 1) and _governs(words, first - 1)):
            break
        first -= 1
    found = list(words[first:])
    while found and found[0].low in {"of", "and", "in", "for", "to"}:
        found = found[1:]
    return found


def _governs(words: Sequence[Word], place: int) -> bool:
    """Whether a word that may be a plural noun is the verb before a noun: "shows an increase"."""
    return (
        not words[place].low.endswith("s")
        or words[place].low in SAYING | IRREGULAR
        or (place + 1 < len(words) and words[place + 1].low in DETERMINERS)
    )


def is_property(words: Sequence[Word]) -> bool:
    """Whether a phrase only says what is measured ("a total volume"), not of what."""
    names = [word.low for word in words if word.low not in DETERMINERS]
    rest = all(name in PROPERTIES or name.endswith("ed") for name in names[:-1])
    return bool(names) and names[-1] != "market" and names[-1] in PROPERTIES and rest


def named(text: str, context: str) -> str:
    """A noun phrase as a subject is called: without articles, hedges, times, and the place whose it is.

    "The scale of China's core AI industry" and "China's core AI industry scale" become one; a name alone becomes nothing.
    """
    words = _without_places(re.sub(r"\s+", " ", text).strip(" ,\"“”'‘’"), context)
    words = re.sub(rf"(?:^| )(?:{TIME})(?= |$)", "", words).strip(' ,"“”')
    words = re.sub(
        r"^(?:(?:the|a|an|its|their|his|her|our|this|these|those|such|all|each|every|some|another)(?: |$))+",
        "",
        words,
        flags=re.I,
    )
    words = re.sub(r"^(?:(?:over|nearly|about) )?\d[\d,.]*(?: (?:thousand|million|billion|trillion))? (?=[a-z])", "", words)
    words = re.sub(r"^(?:\d[\d,.]*|[a-z]+(?=-[a-z]+-old))-[a-z]+(?:-old)? (?=[a-z])", "", words)
    words = re.sub(rf"^{HEDGES} (?=\w)", "", words)
    words = re.sub(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve) (?=(?:[a-z-]+ )?[a-z]+s\b)", "", words)
    words = LOCATED_AT.sub("", POSTPOSED.sub("", words))
    words = re.sub(r"\b\d[\w.,]*-[a-z-]+ (?=[a-z])", "", words)
    words = re.sub(r"\b(of|for|in|on|to|and|with) (?:the|a|an|its|their) ", r"\1 ", words)
    words = re.sub(r"(?: (?:of|in|for|and|at|by|from|across))+$", "", words.strip(" ,"))
    return _in_order(_small_first(words, context))


def _without_places(text: str, context: str) -> str:
    """Without "China's", "Chinese" at the beginning, "in China", "worldwide"; other names stay."""
    text = re.sub(rf"(?:^|[ ,]+)(?:{AROUND_WORLD})(?=[ ,]|$)", "", text)
    for place in reversed(places_in(text, context)):
        text = _without(text, place)
    return text.strip(" ,")


def _without(text: str, place: PlaceMention) -> str:
    before, behind = text[: place.start], text[place.end :]
    alone = not re.sub(r"(?i)^the$", "", before.strip()) and not behind.strip(" ,")
    leading = re.fullmatch(r"(?i)\s*(?:the |all )?", before) is not None
    located = re.search(r"(?i)(?:^|[ ,]+)(?:in|across|within|throughout|from|around|near|outside|off) (?:the )?$", before)
    if alone:
        return ""
    if place.is_possessive or (leading and re.match(r" [a-z]+['’]s ", behind)):
        return re.sub(r"(?i)\bthe $", "", before) + re.sub(r"^ [a-z]+['’]s ", "", behind).lstrip()
    if leading and SETTLEMENT.search(place.name) and re.match(r" [a-z]", behind):
        return behind.lstrip()  # "Salisbury rents"
    if leading and not (place.name == text[place.start : place.end] and place.name[0].isupper() and _is_body(text, place)):
        return re.sub(r"(?i)\bthe $", "", before) + behind.lstrip()
    if row := LOCATED_ROW.search(before):
        return text[: row.start(1)] + behind  # "fares in Turin and Genoa"
    return text[: located.start()] + behind if located else text


def _is_body(text: str, place: PlaceMention) -> bool:
    """Whether a name at the beginning goes on as the thing's own: "DeepSeek models" are a kind of models."""
    return text[place.end : place.end + 1] == " "


def _small_first(words: str, context: str) -> str:
    """Without a capital that only the sentence's beginning gave: "Intelligent computing power"."""
    first = words.partition(" ")[0]
    if first[1:] != first[1:].lower() or len(first) < 2 or re.search(rf"[a-z,] {re.escape(first)}\b", context):
        return words
    return words[:1].lower() + words[1:]


def _in_order(words: str) -> str:
    """ "Number of companies" are companies, "scale of the industry" is the industry scale; "share of downloads" stays."""
    words = re.sub(r"^(?:total )?(?:number|amount|count|quantity) of ", "", words)
    match = re.fullmatch(
        r"((?:(?:total|overall|combined|annual|average|market) )*(?:scale|size|volume|value|output)) of (.+)", words
    )
    return f"{match[2]} {match[1]}" if match else words


def composed(owner: str, measured: str) -> str:
    """A thing and what is measured of it: "core AI industry scale", "annual growth rate of core AI industry"."""
    if not owner or not measured or owner.endswith(measured):
        return owner or measured
    last = measured.split()[-1]
    if last in RATES:
        return f"{measured} of {re.sub(r' (?:scale|size)$', '', owner)}"
    return f"{owner} {measured}"
