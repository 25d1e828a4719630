"""What a follow-up can point back to: the names of a text and their kinds, a question's subject, an answer's speaker.

Rules over capitals and prepositions, no grammar: where they find nothing, they say so by `None`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from embeddings.lexical_index import STOP_WORDS, stem
from embeddings.names import long_places, places
from embeddings.question import AUXILIARY, COMMON_NAMES, HOW_MANY

# Chinese names of places that the press writes about most and that CLDR, which knows countries, lacks.
CHINESE_CITIES: Mapping[str, str] = {
    "北京": "Beijing", "上海": "Shanghai", "深圳": "Shenzhen", "广州": "Guangzhou", "杭州": "Hangzhou", "天津": "Tianjin",
    "重庆": "Chongqing", "成都": "Chengdu", "武汉": "Wuhan", "南京": "Nanjing", "苏州": "Suzhou", "西安": "Xi'an",
    "合肥": "Hefei", "贵州": "Guizhou", "广东": "Guangdong", "浙江": "Zhejiang", "山东": "Shandong", "河北": "Hebei",
    "内蒙古": "Inner Mongolia", "新疆": "Xinjiang", "西藏": "Tibet", "义乌": "Yiwu", "香港": "Hong Kong", "澳门": "Macao",
    "台北": "Taipei", "纽约": "New York", "伦敦": "London", "巴黎": "Paris", "东京": "Tokyo", "欧洲": "Europe", "非洲": "Africa",
}  # fmt: skip
REGIONS = frozenset({"asia", "africa", "europe", "america", "south", "north", "east", "west", "province", "city", "region", "us"})
BODIES = frozenset(
    """
    academy administration agency association bank bureau center centre college commission committee company
    conference congress council court daily department forum foundation fund group hospital initiative institute
    laboratory ministry museum net network news office organisation organization parliament party plan police program
    programme report resolution school service society summit times union university workshop
    """.split()
)
TITLES = frozenset(
    "captain chairman chairwoman director dr founder general governor king mayor minister mr mrs ms premier president"
    " professor queen secretary sir".split()
)
MONTHS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday"
    " thursday friday saturday sunday".split()
)
YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")
WORD = r"[\"“]?(?:\d+ (?=[A-Z]))?[A-Z][\w+]*(?:[-.][\w+]*\w|['’](?!s\b)\w+)*[\"”]?"
BODY_AHEAD = rf"(?=(?:{WORD} )*(?:{'|'.join(word.capitalize() for word in sorted(BODIES))})\b)"
NAME = re.compile(rf"(?<!\w){WORD}(?: (?:(?:of|for|on) (?:the )?|and {BODY_AHEAD})?{WORD})*")


class NameKind(StrEnum):
    """What a name names, as far as its form tells."""

    PERSON = "person"
    PLACE = "place"
    BODY = "body"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a talk and what was answered.

    `question` is the resolved text, so that a follow-up of a follow-up finds what it is about. `quotes` are the texts of
    the answer's quotes, best first, and empty when the bot declined; `answer` is the first quote's answering sentence.
    """

    question: str
    quotes: tuple[str, ...] = ()
    answer: str = ""

    @property
    def said(self) -> str:
        """The sentence that answered; empty when none did."""
        return self.answer or (self.quotes[0] if self.quotes else "")


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where it stands: `text[start:end]`, without a possessive s."""

    text: str
    kind: NameKind
    start: int
    end: int


def names_in(text: str) -> list[Name]:
    """The names of a text in their order; months, "AI" and a sentence's plain first word are none."""
    found = []
    for match in NAME.finditer(text):
        words = [(match.start() + w.start(), w.group()) for w in re.finditer(r"\S+", match.group())]
        while words and _opens_no_name(words[0][1], len(words) > 1):
            words = words[1:]
        if not words or _is_plain_opening(words, text):
            continue
        name = text[words[0][0] : match.end()].strip('"“”') if len(words) == 1 else text[words[0][0] : match.end()]
        start = text.index(name, words[0][0])
        found.append(Name(name, name_kind(name, text[:start]), start, start + len(name)))
    return found


def names_of_kind(text: str, kind: NameKind) -> list[str]:
    """The names of one kind in a text, in their order."""
    return [name.text for name in names_in(text) if name.kind is kind]


def _opens_no_name(word: str, more: bool) -> bool:
    bare = word.strip('"“”').lower()
    if bare == "ai" and more:  # "AI companies" is no name, "AI Plan" is one
        return False
    return (bare in STOP_WORDS and not word.isupper()) or bare in TITLES | MONTHS | COMMON_NAMES - {"ai+"}


def _is_plain_opening(words: list[tuple[int, str]], text: str) -> bool:
    """A sentence's first word has its capital from there, unless it is a place or has an inner capital."""
    start, word = words[0]
    opens = not text[:start].strip('"“ ') or text[:start].rstrip()[-1:] in ".!?:"
    lone = len(words) == 1 and word[1:] == word[1:].lower() and not is_place(word)
    return lone and (opens or word.strip('"“”').lower() == "ai+")


def name_kind(name: str, before: str = "") -> NameKind:
    """What kind of thing a name names; `before` is the text that leads up to it."""
    words = name.replace('"', "").split()
    last = words[-1].lower()
    if last in BODIES or words[0].lower() in BODIES:
        return NameKind.BODY
    if is_place(name) or last in REGIONS:
        return NameKind.PLACE
    if len(words) <= 2 and re.search(r"\b(?:in|from|near)\s+(?:the\s+)?$", before):
        return NameKind.PLACE
    if len(words) in (2, 3) and all(re.fullmatch(r"[A-Z][a-zé’'-]+", word) for word in words):
        return NameKind.PERSON
    return NameKind.OTHER


def is_place(name: str) -> bool:
    """Whether a name is a country, a people or a city that we know."""
    bare = name.removeprefix("the ").strip('"“”').lower()
    return bare in long_places() or bare in _cities() or stem(bare) in places() or bare in {"us", "uk", "eu", "uae"}


@cache
def _cities() -> frozenset[str]:
    """Cities in lower case: those that time zones are named after, and our own table."""
    from babel import core  # as in `corpus.country_names`

    zones = core.get_global("zone_territories")
    return frozenset(zone.rpartition("/")[2].replace("_", " ").lower() for zone in zones) | {
        city.lower() for city in CHINESE_CITIES.values()
    }


# The subject's end: what a question goes on with after naming it.
NP_END = (
    rf"(?=\s+(?:{AUXILIARY}|be|been|being|have|expected|projected|predicted|forecast|supposed|in|by|at|since|during|until|to|from"
    r"|allow\w*|mean\w*|support\w*|include\w*|say|says|make|makes|come|comes|work|works|look|looks|help|helps"
    r"|compared)\b|[?.,]|$)"
)
OBJECT = re.compile(
    rf"\b(?i:did|does|do|has|have|had|will)\s+(?:the\s+)?(?:[a-z]+\s+)?{WORD}(?:\s{WORD})*\s+(?P<verb>[a-z]+)\s+"
    rf"(?:about\s+)?(?!(?:in|at|by|on|for|to|from|with|since|during|until|as)\b)(?P<np>\S.*?){NP_END}"
)
# In the order in which they are tried; each group "np" is the thing asked about.
SUBJECTS = (
    re.compile(r"\bhow many (?P<np>(?:(?!(?:of|are|is|do|does|did|has|have)\b)[\w-]+ ){0,4}?[a-z-]+(?<!s)s)\b", re.I),
    re.compile(rf"\b{HOW_MANY}(?P<np>.+?){NP_END}", re.I),
    OBJECT,
    re.compile(rf"\b{AUXILIARY} (?P<np>(?:the|[A-Z]\w+['’]s) .+?){NP_END}"),
    re.compile(rf"\bwho (?!{AUXILIARY}\b)\w+ (?P<np>.+?){NP_END}", re.I),
    re.compile(rf"\b{AUXILIARY} (?P<np>\S.*?){NP_END}", re.I),
)
OWN = re.compile(r"^(?:its|their|his|her)\s+", re.I)


def subject_of(question: str) -> str | None:
    """The thing that a question is about, in its own words: "the market for care robots" for "How big is the market …"."""
    for pattern in SUBJECTS:
        match = pattern.search(question)
        if match and re.search(r"\w", match["np"]):
            helped = re.match(r"(?:did|do|does|has|have|had)\b", match.group(), re.I) is not None
            return _named_part(OWN.sub("the ", match["np"].strip(' ,"“”')), helped)
    return None


def _named_part(phrase: str, helped: bool) -> str:
    """A name without the verb that follows it; any other phrase whole. `helped`: by "did", which leaves the verb behind."""
    names = names_in(f"of {phrase}")
    if names and names[0].kind is NameKind.BODY and f"of {phrase}"[: names[0].start] in {"of ", "of the "}:
        return phrase[: names[0].end - len("of ")]
    if names and helped and re.fullmatch(r" [a-z]+", f"of {phrase}"[names[-1].end :]):
        return phrase[: names[-1].end - len("of ")]
    return phrase


SPEAKING = (
    r"(?:said|says|stressed|noted|observed|explained|added|wrote|writes|argued|stated|agreed|told(?: the)? [\w ]+?|warned"
    r"|believes|concludes)"
)
SPEAKER = re.compile(
    rf"(?P<who>{WORD}(?: {WORD})+)(?:, [^,]+(?:, [^,]+)??,)? (?:also |therefore |then )?{SPEAKING}\b|[Aa]ccording to"
    rf" (?P<whom>{WORD}(?: {WORD})+)"
)
CLAIMS = (
    re.compile(rf"\b{SPEAKING} (?:also )?that (?P<claim>.+)$"),
    re.compile(r"^According to [^,]+, (?P<claim>.+)$"),
    re.compile(rf"^(?P<claim>.+), (?:[^,]+ {SPEAKING}|according to [^,]+)\.?$"),
)


def speaker_of(text: str) -> str | None:
    """The person whose words a passage gives; `None` where none is named."""
    for match in SPEAKER.finditer(text):
        names = names_in(" " + (match["who"] or match["whom"]))
        if names and names[-1].kind is NameKind.PERSON:
            return names[-1].text
    return None


def claim_of(sentence: str, longest: int = 160) -> str | None:
    """What is said in a sentence that says who says it, cut at a comma or word; `None` when it names no speaker."""
    for pattern in CLAIMS:
        if match := pattern.search(sentence):
            claim = match["claim"].rstrip(" .")
            if len(claim) <= longest:
                return claim
            comma = claim.rfind(",", 40, longest)  # not so early that nothing is claimed
            return claim[: comma if comma > 0 else claim.rfind(" ", 0, longest)]
    return None
