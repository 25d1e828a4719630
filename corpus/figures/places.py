"""Places and bodies that a text names: countries in base form, cities, companies, "the world".

Knows countries and parts of the world from Unicode's CLDR; every other capitalised name is taken as written. Does not say which
of them a number belongs to (`corpus.figures.subjects`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from corpus.country_names import homes_of_languages, territories
from corpus.figures.name_words import CHANGING, MASS, MORE_PEOPLES, MORE_PLACES, NO_NAME, NO_PEOPLES, ROLES, SAID, SETTLEMENT
from corpus.figures.word_kinds import ADVERBS, AUXILIARIES, CONJUNCTIONS, DETERMINERS, FINITE, PREPOSITIONS, PRONOUNS

WORLD = "the world"
WORLD_WORDS = r"(?P<world>\b(?:[Tt]he world(?:['’]s)?|[Ww]orld['’]s|[Ww]orldwide|[Gg]lobal(?! [A-Z][a-z])|[Gg]lobally)(?![\w-]))"
WORD = r"[A-ZÀ-Þ][\w&+]*(?:['’-][A-Za-z]\w*)*"
PARTICLE = r"(?:(?:del?|della|dal?|dos?|du|di|van|von|der|den|el|al)(?:[ ]l[ae]s?)?)"  # "Rio de Janeiro", "Pan del Sur"
# "Commission on Trade", but "Copper on the London Metal Exchange".
ABOUT = r"(?<=ion |tee |cil |nce |nel |rum |ute |tre |ter |ard )on"
CAPITALISED = re.compile(
    rf"{WORLD_WORDS}|(?<![\w-])(?P<name>(?:U\.S\.|{WORD})(?:[ ](?:(?:of|for|{ABOUT}|and|&)[ ](?:the[ ])?|{PARTICLE}[ ])?{WORD})*)"
)
TITLE = re.compile(
    r"(?:\b(?:[Pp]resident|[Pp]remier|[Mm]inister|Mr|Ms|Dr|[Pp]rofessor|[Dd]irector|[Cc]hairman|[Cc]aptain|[Ee]ngineer)\.? )$"
)
# "according to" and who says it: whoever speaks is not what is measured.
ATTRIBUTION = re.compile(
    rf"\b[Aa]ccording to [^,;.]*|(?<!from )(?<!in )(?<!near )\b(?:[Tt]he )?{WORD}(?: {WORD})*(?:, [^,;]*,)?"
    rf" (?:also |further |has )?{SAID}\b|"
    rf"\b{SAID} (?:by )?(?:the )?{WORD}\.?(?: {WORD})*|\btold the {WORD}(?: {WORD})*"
)
# Examples and titles: "four bodies including the Bank of Ghana", "the so-called Big Dig".
BY_THE_WAY = re.compile(
    r"(?:\b(?:(?:led|headed|backed|founded) by|including|such as|like|notably|especially|so-called|called|"
    r"dubbed|named|nicknamed|worth of)"
    r"(?: the)?|[\"“][^\"“”]*[,:]) $"
)
AT = re.compile(r"\b(?:in|at|near|from|outside|of|to) (?:the )?$", re.I)
SEAT = re.compile(r"-(?:based|born|listed|headquartered)$")
ENDS_SENTENCE = re.compile(r"(?:^|[.!?:;][\"”’)]*\s+|[\"“”]\s?|\n)$")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place where a text names it: `text[start:end]`, with a possessive's "'s"; `name` is its base form.

    A seat is said of a body: "Paris-based".
    """

    start: int
    end: int
    name: str
    is_possessive: bool
    is_world: bool
    is_seat: bool = False


def places_in(text: str, context: str = "", speakers: bool = False) -> list[PlaceMention]:
    """The places and bodies that a sentence names, in order; who is only quoted is left out.

    Args:
        context: the article's text, which shows whether a sentence's first word has its capital elsewhere, too.
        speakers: with those who are quoted.
    """
    spoken = [] if speakers else [match.span() for match in ATTRIBUTION.finditer(text)]
    found = [mention for match in CAPITALISED.finditer(text) for mention in _mentions(match, text, context or text)]
    own = [mention for mention in found if not any(first <= mention.start < last for first, last in spoken)]
    return _without_seats(text, [mention for mention in own if not BY_THE_WAY.search(text[: mention.start])])


def _without_seats(text: str, places: list[PlaceMention]) -> list[PlaceMention]:
    """Without the "Texas" of "in Abilene, Texas, will", and without the "Paris-based" of a firm that is named, too."""
    wider = {
        right.start
        for left, right in pairwise(places)
        if text[left.end : right.start] in {", ", ", in "}
        and AT.search(text[: left.start])
        and re.match(r"[,.;)]|$", text[right.end :])
    }
    named = [place for place in places if place.start not in wider and not place.is_seat]
    seats = [place for place in places if place.is_seat]
    return sorted([*named, *([] if any(not place.is_world for place in named) else seats)], key=lambda place: place.start)


def _mentions(match: re.Match[str], text: str, context: str) -> Iterator[PlaceMention]:
    if match["world"]:
        yield PlaceMention(match.start(), match.end(), WORLD, match[0][-2:] in {"'s", "’s"}, True)
        return
    # "China's State Council" are two names.
    start = match.start()
    for part in re.split(r"((?<=['’]s) | and )", match["name"]):
        if part not in {" ", " and "}:
            yield from _named(part, start, text, context)
        start += len(part)


def _named(written: str, start: int, text: str, context: str) -> Iterator[PlaceMention]:
    """The place of one capitalised name, if it names any; "Chinese" is China, "In Beijing" is Beijing."""
    if text[start - 1 : start] in {'"', "“"} or text[:start].endswith(" + "):
        return  # a quoted title, a technology
    first, _, rest = written.partition(" ")
    if rest and is_first_word(text, start) and first not in countries() and not _begins_name(first, context):
        name = re.sub(r"^(?:of|for|on|and|&) (?:the )?", "", rest)  # "Shares of Kestrel"
        yield from _named(name, start + len(written) - len(name), text, context)
        return
    possessive = bool(re.search(r"['’]s?$", written))
    name = re.sub(r"['’]s$|(?<=s)['’]$|-[A-Z]?\d\w*$", "", written)  # "DeepSeek-V4" is DeepSeek's
    end = start + len(written)
    if seat := SEAT.search(name):
        yield PlaceMention(start, end, countries().get(name[: seat.start()], name[: seat.start()]), False, False, True)
        return
    if name in countries():
        yield PlaceMention(start, end, countries()[name], possessive, False)
    elif first in countries() and (_is_technical(rest) or _is_people(first)) and not _is_body(rest, text[end:]):
        yield PlaceMention(start, start + len(first), countries()[first], False, False)
    elif _is_place_name(name, start, text, context):
        yield PlaceMention(start, end, name, possessive, False)


def _is_place_name(name: str, start: int, text: str, context: str) -> bool:
    words = name.split()
    if words[-1] in NO_NAME or all(word in NO_NAME for word in words) or re.search(r"\d", name) or TITLE.search(text[:start]):
        return False
    behind = text[start + len(name) :]
    if words[0].startswith("AI+") or re.match(r" \+|[-–—]\d| (?:of )?\d", behind):
        return False  # a technology or a version: "BeiDou + drone technology", "GPT-5.5"
    if len(words) == 1 and name.isupper():
        # "CNC rate" is no rate of a body called CNC, "TSMC earned" and "TSMC's" are.
        return len(name) > 2 and not re.match(r" [a-z]+(?<!ed)(?<!as)(?<!is)(?<!will)(?<!of)(?<!in)(?<!and)\b", behind)
    listed = r", (?:an? |whose |the [A-Z])|(?:, [A-Z]\w+)*,? and [A-Z]"
    if re.match(listed, behind) and not MASS.search(name) and not name.endswith("s"):
        return True  # "Vela, the Oslo-based developer, raised", "Oslo, Bergen and Narvik"
    return (
        not is_first_word(text, start)
        or len(words) > 1
        or SETTLEMENT.search(name) is not None
        or _is_known(name, context)
        or _acts(name, behind, context)
    )


def _begins_name(word: str, context: str) -> bool:
    """Whether a sentence's first word belongs to the name behind it: "Zephyr Air", but "In Beijing", "Yesterday Tesla"."""
    low = word.lower()
    small = low in PREPOSITIONS | DETERMINERS | CONJUNCTIONS | ADVERBS | PRONOUNS | {"then", "today", "only", "even"}
    common = MASS.search(word) is not None or re.search(rf"\b{re.escape(low)}s?\b", context) is not None
    return (
        _is_known(word, context)
        or SETTLEMENT.search(word) is not None
        or not (
            small
            or common
            or low.endswith(("s", "cy", "by", "st", "th", "ed", "maker", "owner", "ader", "urer", "grower"))
            or low in ROLES
        )
    )


def is_first_word(text: str, start: int) -> bool:
    """Whether a capital may be due only to the place at a sentence's beginning."""
    return ENDS_SENTENCE.search(text[:start]) is not None


def _is_known(word: str, context: str) -> bool:
    """Whether a word has its capital in the midst of some sentence, or inside: "DeepSeek"."""
    bare = re.sub(r"['’]s?$", "", word)
    return bare[1:] != bare[1:].lower() or re.search(rf"[a-z,] {re.escape(bare)}\b(?! [A-Z])", context) is not None


def _acts(word: str, behind: str, context: str) -> bool:
    """Whether a sentence's first word stands alone before a verb or a possessive, as only names, plurals and substances do."""
    singular = re.match(r" (?:intends|plans|wants|aims|hopes|expects|has|seeks|needs|makes|spends) ", behind)  # "Brussels wants"
    if (word.endswith("s") and not singular) or MASS.search(word) or re.search(rf"\b{re.escape(word.lower())}\b", context):
        return False
    verb = re.match(r" ([a-z]+)\b(?! (?:on|by|with) [a-z])", behind)
    if not verb:
        return behind.startswith(("'s ", "’s "))
    if verb[1] in CHANGING or re.match(r" (?:is|was|will be) (?:[a-z]+ )?\d", behind):
        return False  # "Copper fell to 5", "Rainfall was 5 percent lower": a thing
    known = verb[1] in (FINITE | AUXILIARIES) - {"to"} or verb[1] in {"set", "plans"}
    if verb[1].endswith("ed") or (verb[1].endswith("s") and verb[1] not in AUXILIARIES):
        # "Hanover scrapped 45 buses" and "Oslo holds the fleet" act, "Ticket prices in Oslo" do not.
        return (known and verb[1].endswith("ed")) or re.match(
            r" [a-z]+ (?:[\d$€£¥]|(?:the|a|an|its|about|over|nearly|some|to) )", behind
        ) is not None
    return known


def _is_technical(words: str) -> bool:
    return all(word in NO_NAME or word.isupper() for word in words.split())


def _is_people(word: str) -> bool:
    return word in peoples()


def _is_body(words: str, behind: str) -> bool:
    """Whether a people's adjective begins a body's name: "Chinese Academy of Sciences"."""
    return not _is_technical(words) and words[:1].isupper() and not behind.startswith(" industry")


@cache
def countries() -> Mapping[str, str]:
    """Names of countries, peoples and parts of the world, each with the country's name in English, from Unicode's CLDR."""
    names = {name: name for code, name in territories().items() if code not in {"001", "ZZ", "XA", "XB"}}
    return {**names, **peoples(), **MORE_PLACES}


@cache
def peoples() -> Mapping[str, str]:
    """Adjectives of peoples with their country: the world's languages name them ("Chinese" goes with "China")."""
    found = {name: country for name, country in homes_of_languages().items() if country and name not in NO_PEOPLES}
    all_ = {**found, **MORE_PEOPLES}
    return {**all_, **{f"{name}s": country for name, country in all_.items() if name.endswith("n")}}
