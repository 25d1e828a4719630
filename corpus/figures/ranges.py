"""Two written values that are one: "60 to 70 percent", "between 20 and 30 billion yuan", "3-5 years", "two or three"; and
values that share a unit: "12, 9 and 7 percent".

"Rose from 20 to 30 percent" is a change between two values, not a range.
"""

import itertools
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.figures.figure import Bound
from corpus.figures.written_values import WrittenValue

LINK = re.compile(r"(?P<to>-? to | ?[-–—~～至到] ?|-to-| or )|(?P<and> and )")
BETWEEN = re.compile(r"\bbetween (?:about |around |roughly |an estimated )?$", re.I)
FROM = re.compile(r"\bfrom (?:about |around |roughly |nearly |over |some |more than )?$", re.I)
BY = re.compile(r"\bby (?:about |around |roughly |nearly |over |some |more than )?$", re.I)
# Verbs and nouns of change: both values stood, one after the other.
CHANGE = re.compile(
    r"\b(?:r[io]s(?:e|es|en|ing)|gr[eo]w(?:n|s|ing|th)?|f[ea]ll(?:s|en|ing)?|increas\w+|decreas\w+|dropp?\w*|declin\w+|climb\w*|jump\w*|"
    r"surg\w+|soar\w*|expand\w*|shr[aiu]nk\w*|went|go(?:es|ing)?|gone|up|down|cut\w*|reduc\w+|rais\w+|lift\w*|lower\w*|mov\w+|improv\w+|"
    r"chang\w+|widen\w*|narrow\w*|slump\w*|slid\w*|doubl\w+|tripl\w+|slow\w*|accelerat\w+|compress\w*|shorten\w*|boost\w*|upgrad\w+|"
    r"edg(?:es|ed|ing)|tick(?:s|ed|ing)|swell\w*|swoll\w*|c[oa]me|swell|plung\w+|scal\w+|push\w*)\b[^.;]*$",
    re.I,
)

EXTENT = re.compile(r" (?:wide|tall|high|deep|long|thick|across)\b")
CHANGED_TO = re.compile(
    r"(?: (?:of [a-z ]{2,20} )?(?:in|last|this) [\w ]{3,20})?,? (?:to|(?:up |down )?from|against) "
    r"(?:about |nearly |over |a record )?"
)
NO_NOUN = re.compile(r"[.,;]|$| (?:in|last|this|by|a year|the year|now|today)\b")
# "5 billion less than it predicted", "or about 700 million in all", "a profit of 12 million a year earlier": still money.
AGAIN_BEFORE = re.compile(
    r"(?:\b(?:from|against|versus|vs\.?|than|to|or|but|instead of)|\bcompared (?:with|to)|\b(?:profit|loss|surplus|deficit|"
    r"income|revenue|turnover|budget|debt) of)"
    r"(?: (?:about|nearly|over|just|only|some|around|roughly|a record|a mere|a further))* $"
)
AGAIN_BEHIND = re.compile(
    r" (?:(?:less|more|higher|lower|short) (?:than|of)|(?:below|above) (?:the|its|their|what)|in (?:all|total)|altogether|"
    r"a (?:year|quarter|month|week) (?:earlier|before|ago)|the (?:year|quarter|month|week) before)\b"
)
MONEY = re.compile(r"[A-Z]{3}")
MILLION = 10**6
# "65 degrees Celsius instead of 90 degrees".
DEGREES = re.compile(r"[ -]degrees\b(?! (?:of|in|from|and [a-z]+ degrees))")
MILLIONS = re.compile(r"[\d.,]+m ")
LISTED = re.compile(r", ")
LISTING = re.compile(r"\b(?:of|by|at|to|with|for|about|both) $")  # "hired 12 and 5 percent left" lists nothing
LAST_LISTED = re.compile(r",? (?:and|or) ")
SMALL_ENOUGH = 1000  # "3, 4 and 5 billion" share the scale, "1,200, 900 and 2 million" do not
CHANGED = re.compile(r"\b(?:rose|grew|fell|dropped|climbed|jumped|gained|lost|slid|surged|soared|slumped|sank) $")


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number or range, `text[start:end]`, in a base unit of `corpus.units`, "ratio", "¥", or nothing for a count."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str | None
    bound: Bound


def joined(text: str, values: list[WrittenValue]) -> list[ReadNumber]:
    """The values in order, those of a range as one; of a change, the first takes its unit from the second."""
    values = _elided(text, _shared(text, values))
    found: list[ReadNumber] = []
    place = 0
    while place < len(values):
        pair = values[place : place + 2]
        if len(pair) == 2 and (both := _pair(text, pair[0], pair[1])):
            found += both
            place += 2
        else:
            found.append(_single(values[place]))
            place += 1
    return found


def _shared(text: str, values: list[WrittenValue]) -> list[WrittenValue]:
    """The values, those of a list with the unit that only its last one has: "12, 9 and 7 percent", "5 and 10 kilometres"."""
    found = list(values)
    for place, last in enumerate(values):
        first = _list_start(text, values, place)
        behind = text[last.end : last.end + 40]
        several = place - first > 1 or "respectively" in behind
        if first == place or last.is_phrase or (not several and (last.unit is None or _is_pair(text, values[first], last))):
            continue
        for number in range(first, place):
            found[number] = _like(found[number], last, several and all(_is_small(one) for one in values[first:place]))
    return found


def _elided(text: str, values: list[WrittenValue]) -> list[WrittenValue]:
    """The values, with the unit that is not said again: "366 metres long and 51 wide", "9.1m tonnes, up from 7.1m"."""
    found = list(values)
    for place, (before, value) in enumerate(itertools.pairwise(values), 1):
        found[place] = _money_again(text, found, place)
        if before.unit == "m" and value.unit is None and EXTENT.match(text, value.end) and not value.is_phrase:
            found[place] = replace(value, value=value.value * _factor(before), unit="m")
        if _says_again(text, before, value):
            found[place] = replace(value, value=value.value * _factor(before), unit=before.unit)
        if before.unit == "°C" and value.unit is None and (degrees := DEGREES.match(text, value.end)):
            found[place] = replace(value, unit="°C", end=degrees.end())
        if text[value.start : value.end].endswith(f"{value.figure}m") and value.unit == "m" and _is_in_millions(text, before):
            found[place] = replace(value, value=value.figure * 10**6 * _factor(before), unit=before.unit, scale=before.scale)
    return found


def _says_again(text: str, before: WrittenValue, value: WrittenValue) -> bool:
    """Whether a number goes on with what was measured: "from 150bn cubic metres in 2021 to 31bn last year"."""
    is_plain = value.unit is None and not value.is_phrase and value.scale == before.scale != 1
    if not is_plain or before.unit in {None, "%", "percentage point", "ratio"}:
        return False
    return bool(CHANGED_TO.fullmatch(text[before.end : value.start]) and NO_NOUN.match(text, value.end))


def _money_again(text: str, values: list[WrittenValue], place: int) -> WrittenValue:
    """A number of millions without a noun, in the currency of the last amount before it, where it is compared with that."""
    value = values[place]
    if value.unit is not None or value.is_phrase or value.scale < MILLION:
        return value
    earlier = [one for one in reversed(values[:place]) if one.scale >= MILLION or one.unit == "%"]
    # "3 million cars for 5 billion euros, up from 2 million": those are cars.
    before = next((one for one in earlier if one.scale == value.scale), earlier[0] if earlier else None)
    if before is None or not before.unit or not MONEY.fullmatch(before.unit):
        return value
    behind = AGAIN_BEHIND.match(text, value.end)
    if behind or (AGAIN_BEFORE.search(text[: value.start]) and NO_NOUN.match(text, value.end)):
        return replace(value, value=value.value * _factor(before), unit=before.unit)
    return value


def _is_in_millions(text: str, value: WrittenValue) -> bool:
    return value.unit != "m" and value.scale == 10**6 and MILLIONS.match(text, value.start) is not None


def _list_start(text: str, values: list[WrittenValue], place: int) -> int:
    """Which value begins the list that ends with this one; the same where there is no list."""
    first, link = place, LAST_LISTED
    while (
        first
        and not text.endswith("the ", 0, values[first - 1].start)
        and link.fullmatch(text[values[first - 1].end : values[first].start])
        and _is_bare(values[first - 1], values[place])
    ):
        first, link = first - 1, LISTED
    return first


def _is_bare(value: WrittenValue, last: WrittenValue) -> bool:
    return value.unit in {None, last.unit} and value.scale == 1 and not value.is_phrase


def _is_small(value: WrittenValue) -> bool:
    return value.figure < SMALL_ENOUGH


def _is_pair(text: str, first: WrittenValue, last: WrittenValue) -> bool:
    """Whether two values are a range ("two or three percent", "between 5 and 10"), or the first counts what was named before."""
    before = text[max(first.start - 40, 0) : first.start]
    return (
        not text[first.start].isdigit()
        or " or " in text[first.end : last.start]
        or BETWEEN.search(before) is not None
        or not LISTING.search(before)
    )


def _like(value: WrittenValue, last: WrittenValue, scaled: bool) -> WrittenValue:
    factor = _factor(last) if value.unit is None else Decimal(1)
    return replace(value, value=value.value * factor * (last.scale if scaled else 1), unit=last.unit)


def _single(value: WrittenValue) -> ReadNumber:
    return ReadNumber(value.start, value.end, value.value, value.value, value.unit, value.bound)


def _pair(text: str, first: WrittenValue, second: WrittenValue) -> list[ReadNumber] | None:
    """A range as one number, a change as two; nothing where two values have nothing to do with each other."""
    link = LINK.fullmatch(text[first.end : second.start])
    if not link or first.bound is not Bound.NONE or (first.is_phrase and first.unit and second.unit != first.unit):
        return None
    before = text[: first.start]
    if link["and"] and not BETWEEN.search(before):
        return None
    if first.unit and second.unit and first.unit != second.unit:
        return None
    if first.unit and not second.unit and text[first.start].isdigit():
        return None  # "Rose 0.5 percent to 3,400 points"
    if link.group() == " to " and _is_step(before, first, second):
        return None
    low, unit = _completed(first, second)
    high = second.value if second.unit or not first.unit else _high(first, second)
    lead = FROM.search(before)
    if link.group().strip(" -") == "to":
        if lead and CHANGE.search(before[: lead.start()][-60:]):
            return [
                ReadNumber(first.start, first.end, low, low, unit, Bound.NONE),
                ReadNumber(second.start, second.end, high, high, unit, second.bound),
            ]
        if first.unit and second.unit and CHANGE.search(before[-20:]):
            return None  # "Rose 5 percent to 20 percent"
    return [ReadNumber(first.start, second.end, low, high, unit, second.bound)] if low < high else None


def _is_step(before: str, first: WrittenValue, second: WrittenValue) -> bool:
    """Whether "fell by 3,400 to 21,000" says a step and where it led, each with its own scale and unit.

    "By 5 to 10 percent" is a range; so is "by 20 to 30", whose ends lie too near for a step and a level.
    """
    borrowed = (second.scale != 1 and first.scale == 1) or first.unit != second.unit
    if borrowed or first.unit in {"%", "percentage point"} or second.value < 3 * first.value:
        return False
    return bool(CHANGE.search(before[-60:]) if BY.search(before) else CHANGED.search(before))


def _completed(first: WrittenValue, second: WrittenValue) -> tuple[Decimal, str | None]:
    """The first value with the scale and unit that only the second has: 1.2 trillion yuan of "1.2 to 1.5 trillion yuan"."""
    unit = first.unit or second.unit
    factor = _factor(second) if first.unit is None and second.unit else Decimal(1)
    value = first.value * factor
    scaled = value * second.scale
    high = second.value if second.unit or not first.unit else _high(first, second)
    # "500,000 to 1 million": the first number has no scale to borrow.
    return (scaled if first.scale == 1 and second.scale != 1 and scaled < high else value), unit


def _high(first: WrittenValue, second: WrittenValue) -> Decimal:
    return second.value * _factor(first)


def _factor(value: WrittenValue) -> Decimal:
    """How many base units one written unit makes: 12 for years, 10^15 for petabytes."""
    number = value.figure * value.scale
    return value.value / number if number else Decimal(1)
