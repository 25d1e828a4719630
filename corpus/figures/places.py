"""Places and bodies that a text names: countries in base form, cities, companies, "the world".

Knows countries and parts of the world from Unicode's CLDR; every other capitalised name is taken as written. Does not say which
of them a number belongs to (`corpus.figures.subjects`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from corpus.figures.clauses import ADVERBS, AUXILIARIES, CONJUNCTIONS, DETERMINERS, FINITE, PREPOSITIONS, PRONOUNS

WORLD = "the world"
# What CLDR lacks or names otherwise than the press does.
MORE_PLACES: Mapping[str, str] = {
    "US": "United States", "U.S.": "United States", "USA": "United States", "America": "United States", "UK": "United Kingdom",
    "Britain": "United Kingdom", "EU": "European Union", "UN": "United Nations", "UAE": "United Arab Emirates",
    "Hong Kong": "Hong Kong", "Macao": "Macao", "Turkey": "Turkey", "Czech Republic": "Czechia", "Global South": "Global South",
    "Middle East": "Middle East", "ASEAN": "ASEAN", "Chinese mainland": "China",
    "Türkiye": "Turkey",
}  # fmt: skip
MORE_PEOPLES: Mapping[str, str] = {
    "American": "United States", "British": "United Kingdom", "Indian": "India", "Brazilian": "Brazil", "Mexican": "Mexico",
    "Canadian": "Canada", "Australian": "Australia", "Egyptian": "Egypt", "African": "Africa", "European": "Europe",
    "Asian": "Asia", "Swiss": "Switzerland", "Austrian": "Austria", "Belgian": "Belgium", "Israeli": "Israel",
    "Pakistani": "Pakistan", "Iranian": "Iran", "Portuguese": "Portugal", "South African": "South Africa",
    "Saudi": "Saudi Arabia",
}  # fmt: skip
# Languages of CLDR that are spoken by no one people, or whose name is also another word.
NO_PEOPLES = frozenset({"English", "Arabic", "Latin", "Sanskrit", "Church", "Tongan", "Interlingua", "Spanish Sign"})
WORLD_WORDS = r"(?P<world>\b(?:[Tt]he world(?:['’]s)?|[Ww]orld['’]s|[Ww]orldwide|[Gg]lobal(?! [A-Z][a-z])|[Gg]lobally)(?![\w-]))"
WORD = r"[A-ZÀ-Þ][\w&+]*(?:['’-][A-Za-z]\w*)*"
CAPITALISED = re.compile(
    rf"{WORLD_WORDS}|(?<![\w-])(?P<name>(?:U\.S\.|{WORD})(?:[ ](?:(?:of|for|on|and)[ ](?:the[ ])?)?{WORD})*)"
)
# Capitalised words that name no place or body, alone or as a name's last word.
NO_NAME = frozenset(
    """
    Intelligence AI AI+ API CNC GDP IT ICT GPU GPUs CPU SME SMEs CEO CFO IPO LLM LLMs VR AR EV EVs RMB USD EUR CNY PC R&D OK TV
    GHz MHz kHz Hz TWh GWh MWh kWh kW TW FLOPS PFLOPS
    EFLOPS ZFLOPS TFLOPS PB TB EB GB MW GW Internet I
    January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    Initiative Report Plan Act Agreement Resolution Summit Conference Award Programme Program Index Day Revolution Goals Agenda
    Sessions Forum Treaty Strategy Project Guideline Guidelines Law Congress Earth President Premier Minister Mr Ms Dr Professor
    Director Secretary Chairman Chairwoman Captain Engineer
    """.split()
)
# First words that stand without an article and yet are no names.
MASS = re.compile(
    r"(?:tion|sion|ment|ity|ness|ance|ence|ing|ism|ship|age|ure|th|ware|ly|ics|power|fall)$|^(?:Research|Output|Revenue|Income|Demand|Supply|Trade|"
    r"Talent|Exchange|Data|Turnover|Profit|Traffic|Water|Power|Energy|Steel|Coal|Oil|Gas|Work|Today|Everyone|Nobody|Half|Each|Every|"
    r"People|Women|Children|Men|Yesterday|This|That|These|Those|There|It|He|She|They|We|You|Who|What|Which|One|Most|More|Many|Both|"
    r"All|Some|Few|None|Here|Rice|Wheat|Corn|Beef|Staff|Debt|Cash|Capital|Waste|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twenty|"
    r"Thirty|Forty|Fifty|Hundred|Million)$"
)
# What these verbs say is said of things: nobody's place is measured by them.
CHANGING = frozenset(
    "fell falls rose rises dropped drops climbed climbs slid eased jumped slowed surged plunged traded trades costs cost".split()
)
TITLE = re.compile(
    r"(?:\b(?:[Pp]resident|[Pp]remier|[Mm]inister|Mr|Ms|Dr|[Pp]rofessor|[Dd]irector|[Cc]hairman|[Cc]aptain|[Ee]ngineer)\.? )$"
)
SAID = (
    r"(?:said|says|told|tells|wrote|writes|noted|notes|added|adds|explained|stressed|emphasi[sz]ed|observed|estimated|"
    r"estimates|predicts?|predicted|forecasts?|expects?|announced|argues|argued|reported|reports|pointed out|believes)"
)
# "according to" and who says it: whoever speaks is not what is measured.
ATTRIBUTION = re.compile(
    rf"\b[Aa]ccording to [^,;.]*|(?<!from )(?<!in )(?<!near )\b(?:[Tt]he )?{WORD}(?: {WORD})*(?:, [^,;]*,)?"
    rf" (?:also |further |has )?{SAID}\b|"
    rf"\b{SAID} (?:by )?{WORD}(?: {WORD})*|\btold the {WORD}(?: {WORD})*"
)
ENDS_SENTENCE = re.compile(r"(?:^|[.!?:;][\"”’)]*\s+|[\"“”]\s?|\n)$")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place where a text names it: `text[start:end]`, with a possessive's "'s"; `name` is its base form."""

    start: int
    end: int
    name: str
    is_possessive: bool
    is_world: bool


def places_in(text: str, context: str = "") -> list[PlaceMention]:
    """The places and bodies that a sentence names, in order; who is only quoted is left out.

    Args:
        context: the article's text, which shows whether a sentence's first word has its capital elsewhere, too.
    """
    spoken = [match.span() for match in ATTRIBUTION.finditer(text)]
    found = (mention for match in CAPITALISED.finditer(text) for mention in _mentions(match, text, context or text))
    return [mention for mention in found if not any(first <= mention.start < last for first, last in spoken)]


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
        yield from _named(rest, start + len(first) + 1, text, context)
        return
    possessive = bool(re.search(r"['’]s?$", written))
    name = re.sub(r"['’]s$|(?<=s)['’]$|-[A-Z]?\d\w*$", "", written)  # "DeepSeek-V4" is DeepSeek's
    end = start + len(written)
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
    return not is_first_word(text, start) or len(words) > 1 or _is_known(name, context) or _acts(name, behind, context)


def _begins_name(word: str, context: str) -> bool:
    """Whether a sentence's first word belongs to the name behind it: "Zephyr Air", but "In Beijing", "Yesterday Tesla"."""
    low = word.lower()
    small = low in PREPOSITIONS | DETERMINERS | CONJUNCTIONS | ADVERBS | PRONOUNS | {"then", "today", "only", "even"}
    common = MASS.search(word) is not None or re.search(rf"\b{re.escape(low)}s?\b", context) is not None
    return _is_known(word, context) or not (small or common or low.endswith(("s", "er", "cy", "by", "st", "th", "ed")))


def is_first_word(text: str, start: int) -> bool:
    """Whether a capital may be due only to the place at a sentence's beginning."""
    return ENDS_SENTENCE.search(text[:start]) is not None


def _is_known(word: str, context: str) -> bool:
    """Whether a word has its capital in the midst of some sentence, or inside: "DeepSeek"."""
    bare = re.sub(r"['’]s?$", "", word)
    return bare[1:] != bare[1:].lower() or re.search(rf"[a-z,] {re.escape(bare)}\b(?! [A-Z])", context) is not None


def _acts(word: str, behind: str, context: str) -> bool:
    """Whether a sentence's first word stands alone before a verb or a possessive, as only names, plurals and substances do."""
    if word.endswith("s") or MASS.search(word) or re.search(rf"\b{re.escape(word.lower())}\b", context):
        return False
    verb = re.match(r" ([a-z]+)\b", behind)
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
    return not _is_technical(words) and len(words.split()) > 1 and not behind.startswith(" industry")


@cache
def countries() -> Mapping[str, str]:
    """Names of countries, peoples and parts of the world, each with the country's name in English, from Unicode's CLDR."""
    from babel import Locale  # its data files take a tenth of a second to read

    names = {name: name for code, name in Locale("en").territories.items() if code not in {"001", "ZZ", "XA", "XB"}}
    return {**names, **peoples(), **MORE_PLACES}


@cache
def peoples() -> Mapping[str, str]:
    """Adjectives of peoples with their country: the world's languages name them ("Chinese" goes with "China")."""
    from babel import Locale, core  # as above

    english, likely = Locale("en"), core.get_global("likely_subtags")
    found: dict[str, str] = {}
    for code, name in english.languages.items():
        country = english.territories.get(likely.get(code, "").rpartition("_")[2])
        if len(code) == 2 and name.isalpha() and country and name not in NO_PEOPLES:
            found[name] = country
    return {**found, **MORE_PEOPLES}
