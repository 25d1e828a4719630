"""Numbers that are written as phrases: "one in five", "two thirds of", "eight of the top ten", "half a million", "threefold".

Reads no plain numbers (`corpus.number_forms`) and no Chinese phrases (`corpus.figures.han_phrases`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from corpus.number_forms import form_at
from corpus.number_words import COMMON_SCALES, PARTS, SCALES, SMALL, TENS, value_of
from corpus.units import unit_after

FIGURES = r"\d{1,3}(?:,\d{3})+|\d+"
ONES = "|".join(SMALL[1:10])
PART = "|".join(name for name in PARTS if name != "half")
COUNT = rf"(?:a hundred|a thousand|(?:{'|'.join(TENS)})(?:-(?:{ONES}))?|{'|'.join(reversed(SMALL[1:]))}|{FIGURES})"
EDGE = r"(?<![\w.,$€£¥-])"
# "Of 40 Bank Street", but "in four Germans" and "in five British adults".
END = r"\b(?![.,]?\d|[-%]| per ?cent|(?-i: [A-Z][a-z]+(?<!s)\b(?! [a-z])))"
IN_FIVE = re.compile(
    rf"{EDGE}(?P<part>{COUNT})(?:[ -]in(?: every)?|[ -]out of(?: every)?| of every| [a-z]+s out of)[ -](?P<total>{COUNT}){END}",
    re.I,
)
OF_TEN = re.compile(
    rf"{EDGE}(?P<part>{COUNT}) (?:out )?of (?:(?:the|its|their|these|those|all) )?(?:[A-Za-z]+[’']s )?(?:top |first |"
    rf"largest |leading )?"
    rf"(?P<total>{COUNT}){END}",
    re.I,
)
# "The first half of 2025" and "the first three quarters" are times.
NO_TIME = r"(?<!first )(?<!second )(?<!last )(?<!past )(?<!next )(?<!previous )(?<!other )"
SOME_PARTS = re.compile(
    rf"{EDGE}{NO_TIME}(?P<count>{ONES})[ -](?P<name>{PART})s?\b"
    r"(?! of an? |[ -](?:of (?:18|19|20)\d\d|centur|hour|year|place|day|time\b|generation|round|floor|edition))",
    re.I,
)
A_PART = re.compile(rf"{EDGE}{NO_TIME}an? (?P<name>{PART})(?= of (?!an? |centur))", re.I)
HALF = re.compile(
    rf"{EDGE}{NO_TIME}(?P<name>half)\b(?![- ](?:an? |hour|year|day|century|time\b|of (?:18|19|20)\d\d|of an? )|-)"
    r"(?:(?<=than half)|(?<=over half)|(?<=bout half)|(?<=arly half)|(?<=most half)|(?<=oughly half)|(?<=ly half)|(?<=to half)"
    r"|(?<=ome half)|(?= (?:of|the|its|their|all)\b| [\w-]+['’]s?\b))",
    re.I,
)
# "Fell by a third", "nearly a third are", "a third more"; "by a third party" is an ordinal.
PART_LEAD = re.compile(
    r"\b(?:by|r[io]s\w+|gr[eo]w\w*|f[ea]ll\w*|shr[aiu]nk\w*|lost|gain\w*|up|down|dropp?\w*|declin\w+|increas\w+|decreas\w+|"
    r"cut|jump\w*|climb\w*|slid|surg\w+|than|about|nearly|almost|over|roughly|around|some|just|only|least) $",
    re.I,
)
ALONE_PART = re.compile(
    rf"{EDGE}{NO_TIME}an? (?P<name>{PART})(?=[.,;:)!?]|$|"
    r" (?:in|on|to|from|since|over|after|this|last|and|or|but|compared|within|between|as|at|during|when|while|because|year|"
    r"against|if|than|are|were|have|had|said|say|is|was|now|still|more|less|fewer|do|expect|plan|want|work|live|use|own|"
    r"(?:long|short|high|low|larg|small|bigg|fast|slow|cheap|heavi|light|wid)er)\b)",
    re.I,
)
COMPARED_PART = re.compile(
    r" (?:more|less|fewer|(?:long|short|high|low|larg|small|bigg|fast|slow|cheap|heavi|light|wid)er|as (?:many|much))\b"
)
# "… have raised prices and a quarter have cut jobs"; "and a third was hurt" is an ordinal.
LISTED_PART = re.compile(r"(?:^|, |; |\b(?:and|but|while|whereas) )$", re.I)
PLURAL_BEHIND = re.compile(r" (?:are|were|have|say|do|expect|plan|want|work|live|use|own)\b")
HALF_AS = re.compile(
    r"\bhalf(?= as (?:many|much|[a-z]+ as)\b)|(?<=\bby )half(?=[.,;]|$| (?:in|to|since|by|over|from|and)\b)", re.I
)
TWICE = re.compile(
    r"\b(?:twice|thrice)(?= (?:as [a-z]+|what|its|their|those|that(?! (?:year|month|week|day))|the (?:[a-z]+ )?(?:number|"
    r"size|amount|pay|salary|wage|income|budget|revenue|output|turnover|profit|"
    r"rate|pace|level|price|average|length|width|height|weight|area|population|figure|share|volume|value|cost|total|speed|power|"
    r"capacity))\b)",
    re.I,
)
DIVIDED = re.compile(r"(?<![\w/.,])(?P<above>[1-9]\d?)/(?P<below>[1-9]\d?)(?= of\b)")
HALF_A_MILLION = re.compile(
    rf"\b(?P<count>an? |{ONES} )?(?P<name>half|quarters?)(?: of)? an? (?P<scale>{'|'.join(COMMON_SCALES)})\b", re.I
)
HALF_AN_HOUR = re.compile(
    r"\bhalf an?(?= (?:hour|year|day|century|decade|minute|kilomet|mile|percent|metre|meter)[a-z]*\b)", re.I
)
TIMES = re.compile(rf"{EDGE}(?P<number>(?:{FIGURES})(?:\.\d+)?|{COUNT}) times\b(?! (?:an?|per|each|every) )", re.I)
FOLD = re.compile(rf"{EDGE}(?P<number>\d+(?:\.\d+)?(?=[x×](?!\w)|[ -]?fold\b)|{COUNT}(?=[ -]?fold\b))(?:[x×]|[ -]?fold)", re.I)
AND_A_HALF = re.compile(rf"{EDGE}(?P<count>{COUNT}) and a half(?=[ -])", re.I)
FACTOR = re.compile(rf"(?<=factor of )(?P<number>(?:{FIGURES})(?:\.\d+)?|{COUNT}){END}", re.I)
ONE_OR = re.compile(rf"{EDGE}(?P<count>one)(?= (?:or|to) (?:two|three|four|five|six|ten|\d))", re.I)
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
POWER = re.compile(r"(?<![\w.,])(?P<number>\d+(?:\.\d+)?) ?[×x*] ?10(?:\^(?P<up>\d{1,2})|(?P<over>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))")
DOZEN = re.compile(rf"{EDGE}(?P<count>half a|a|{ONES}) dozen\b", re.I)
# "Three times as many" and "grew three times" compare; "three times" alone counts.
COMPARED = re.compile(
    r" (?:as|more|less|fewer|the|that|those|what|all|its|their|over(?! the)|total|today|current|[a-z]+er|[\w.]+(?:['’]s|s['’]))\b"
)
GROWN = re.compile(
    r"\b(?:gr[eo]w\w*|r[io]s(?:e|en|ing)|increas\w+|multipl\w+|expand\w+|jump\w*|surg\w+|climb\w*|up|by|equal\w*(?: to)?|"
    r"equivalent to) "
    r"(?:[\w,]+ ){0,4}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class NumberPhrase:
    """A number written as a phrase, `text[start:end]`; `unit` is "%", "ratio", nothing for a count, or one of `corpus.units`."""

    start: int
    end: int
    value: Decimal
    unit: str | None


def phrases_in(text: str) -> list[NumberPhrase]:
    """The phrases of a text in order; where two overlap, the one that begins first, and of those the longer."""
    every = [phrase for pattern, read in READERS for match in pattern.finditer(text) if (phrase := read(match))]
    found: list[NumberPhrase] = []
    for phrase in sorted(every, key=lambda phrase: (phrase.start, -phrase.end)):
        if not found or phrase.start >= found[-1].end:
            found.append(phrase)
    return found


def _one_in_five(match: re.Match[str]) -> NumberPhrase | None:
    part, total = value_of(match["part"]), value_of(match["total"])
    if part > total or not 1 < total <= 1000:
        return None
    return NumberPhrase(match.start(), match.end(), 100 * part / total, "%")


def _eight_of_ten(match: re.Match[str]) -> NumberPhrase | None:
    """ "One of the three largest" counts three."""
    if re.match(r"one of the\b", match.group(), re.I):
        return None
    part = value_of(match["part"])
    return NumberPhrase(match.start(), match.end(), part, None) if part <= value_of(match["total"]) else None


def _part(match: re.Match[str]) -> NumberPhrase:
    count = value_of(match["count"]) if "count" in match.re.groupindex else Decimal(1)
    return NumberPhrase(match.start(), match.end(), 100 * count / PARTS[match["name"].casefold()], "%")


def _alone_part(match: re.Match[str]) -> NumberPhrase | None:
    before, behind = match.string[: match.start()], match.string[match.end() :]
    led = PART_LEAD.search(before) or COMPARED_PART.match(behind)
    return _part(match) if led or (LISTED_PART.search(before) and PLURAL_BEHIND.match(behind)) else None


def _half(match: re.Match[str]) -> NumberPhrase:
    return NumberPhrase(match.start(), match.end(), Decimal(50), "%")


def _twice(match: re.Match[str]) -> NumberPhrase:
    return NumberPhrase(match.start(), match.end(), Decimal(2 if match.group().casefold() == "twice" else 3), "ratio")


def _divided(match: re.Match[str]) -> NumberPhrase:
    return NumberPhrase(match.start(), match.end(), 100 * Decimal(match["above"]) / Decimal(match["below"]), "%")


def _half_a_million(match: re.Match[str]) -> NumberPhrase:
    """ "Half a million", "a quarter of a billion yuan"."""
    parts = PARTS[match["name"].casefold().rstrip("s")]
    value = value_of(match["count"] or "a") * 10 ** SCALES[match["scale"].casefold()] / parts
    unit = unit_after(match.string, match.end())
    return NumberPhrase(match.start(), unit.end, value * unit.factor, unit.name) if unit else _counted(match, value)


def _counted(match: re.Match[str], value: Decimal) -> NumberPhrase:
    return NumberPhrase(match.start(), match.end(), value, None)


def _half_an_hour(match: re.Match[str]) -> NumberPhrase | None:
    unit = unit_after(match.string, match.end())
    return NumberPhrase(match.start(), unit.end, unit.factor / 2, unit.name) if unit else None


def _times(match: re.Match[str]) -> NumberPhrase | None:
    compared = COMPARED.match(match.string, match.end()) or GROWN.search(match.string[: match.start()])
    return NumberPhrase(match.start(), match.end(), value_of(match["number"]), "ratio") if compared else None


def _fold(match: re.Match[str]) -> NumberPhrase:
    return NumberPhrase(match.start(), match.end(), value_of(match["number"]), "ratio")


def _and_a_half(match: re.Match[str]) -> NumberPhrase | None:
    """ "Two and a half years", "one and a half million tonnes"."""
    form = form_at(match.string, match.start(), match.end(), value_of(match["count"]) + Decimal("0.5"))
    return NumberPhrase(form.start, form.end, form.value, form.unit) if form else None


def _power(match: re.Match[str]) -> NumberPhrase | None:
    """ "1.59 × 10^21 FLOPS"."""
    power = int((match["up"] or match["over"]).translate(SUPERSCRIPTS))
    form = form_at(match.string, match.start(), match.end(), Decimal(match["number"]).scaleb(power))
    return NumberPhrase(form.start, form.end, form.value, form.unit) if form else None


def _one(match: re.Match[str]) -> NumberPhrase:
    """The "one" of "one or two years"; alone it counts nothing."""
    return _counted(match, Decimal(1))


def _dozen(match: re.Match[str]) -> NumberPhrase:
    return _counted(match, 12 * value_of(match["count"]))


READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], NumberPhrase | None]], ...] = (
    (IN_FIVE, _one_in_five),
    (OF_TEN, _eight_of_ten),
    (SOME_PARTS, _part),
    (A_PART, _part),
    (HALF, _part),
    (ALONE_PART, _alone_part),
    (HALF_AS, _half),
    (TWICE, _twice),
    (DIVIDED, _divided),
    (HALF_A_MILLION, _half_a_million),
    (HALF_AN_HOUR, _half_an_hour),
    (TIMES, _times),
    (FOLD, _fold),
    (AND_A_HALF, _and_a_half),
    (POWER, _power),
    (FACTOR, _fold),
    (ONE_OR, _one),
    (DOZEN, _dozen),
)
