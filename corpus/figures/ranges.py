"""Two written values that are one: "60 to 70 percent", "between 20 and 30 billion yuan", "3-5 years", "two or three".

"Rose from 20 to 30 percent" is a change between two values, not a range.
"""

import re
from dataclasses import dataclass
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
