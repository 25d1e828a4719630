"""Numbers of a text in one form, however they are written: 1.59 million PFLOPS, 1,590,000 petaflops, 1590 EFLOPS.

Ordinals ("78th"), fractions in words ("half a million") and figures inside names ("GPT4", "V4", "5G") are no numbers here.
A range's first number has the unit only where it is written twice ("60% to 70%").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from text_to_num import find_numbers

from corpus.number_words import HAN_SCALES, SCALES, SPELLED
from corpus.units import CODES, currency_before, unit_after

# In English style a comma parts thousands; a version such as "1.2.3" and a figure that ends a name are left out.
# A currency's code may stand close before it, and a Chinese letter that does not rank ("超过4500家", but "第3").
# "1,20,000" is how India writes it.
FIGURE = re.compile(
    rf"(?:(?<![^\W\u4e00-\u9fff])(?<![.第])|(?<={'|'.join(CODES)})|(?<=\bRs)|(?<=\bRs\.))(?<![A-Z][-–—])(?<!\d,)"
    r"(\d{1,2}(?:,\d\d)+,\d{3}(?![\d,])(?:\.\d+)?|"
    r"\d{1,3}(?:[,\u2009\u202f\u00a0]\d{3})+(?!\d)(?:\.\d+)?|(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?![\w,-]| \d)|\d+(?:\.\d+)?)"
    r"(?!\.?\d)|(?:(?<=[\s(~$€£])|^)\.\d+(?![\d.]|[ -]cal)"
)
WIDE = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
SCALE_POWERS = {**SCALES, **HAN_SCALES}
LETTERS = {"k": 3, "K": 3, "M": 6, "B": 9, "T": 12}  # only without a space: "7B parameters"
WORD_SCALE = re.compile(rf"[\s-]?((?:{'|'.join(SCALES)})(?![A-Za-z])|{'|'.join(HAN_SCALES)})", re.I)
LETTER_SCALE = re.compile(r"([kKMBT])(?![A-Za-z0-9/])")
MONEY_SCALE = re.compile(r"m(?![A-Za-z0-9/])")  # "$5m" are millions, "190m" metres
# What comes in millions where "m" stands before it: metres measure neither weights nor people.
MILLIONS = re.compile(
    r"m(?= (?:metric |short |new |extra |more |fewer |square |cubic )?(?:tonnes?|tons?|barrels?|lit(?:re|er)s?|hectares?|acres?|"
    r"bushels?|kilowatt\S*|megawatt\S*|dollars?|euros?|pounds?|yuan|yen|rupees|pesos|kroner|kronor|francs|rand|hours|days|miles|km|"
    r"kilomet(?:re|er)s|met(?:re|er)s|feet|people|passengers?|users|customers|subscribers|followers|viewers|listeners|readers|"
    r"visitors|visits|arrivals|nights|tourists|travellers|migrants|refugees|workers|employees|jobs|households|homes|families|"
    r"adults|children|pensioners|taxpayers|motorists|commuters|drivers|farmers|soldiers|troops|civilians|pupils|students|patients|"
    r"deaths|births|cases|infections|jabs|voters|votes|residents|inhabitants|citizens|members|fans|spectators|shares|vehicles|"
    r"cars|phones|handsets|devices|computers|chips|units|containers|parcels|bottles|boxes|meals|tickets|copies|books|songs|"
    r"downloads|streams|views|messages|images|videos|documents|pages|lines|tokens|parameters|doses|trips|journeys|bookings|"
    r"orders|transactions|payments|contracts|accounts|applications|claims|visas|signatures|animals|birds|cattle|pigs|sheep)\b)"
)
ONE_OF_A_SCALE = re.compile(r"(?<!half )(?<!quarter )(?<!quarter of )\ban?\s$", re.I)
# "1.1m pick-ups" are no longer than others; what may be so high or long is in the list. "Arrivals hit 2.3m in 2025."
MANY = re.compile(
    r"(?<=\.\d)m(?= (?!waves|walls|fences|hurdles|trees|poles|boards|planks|pipes|tubes|screens|blades|panels|strips|gaps|holes|"
    r"tunnels|cliffs|drops|sharks|snakes|across|less|is|was|has)[a-z-]{2,}s\b)"
)
MANY_IN_YEAR = re.compile(r"m(?= (?:in|of) (?:19|20)\d\d\b| (?:last|this) (?:year|month|quarter)\b)")
LENGTHS = re.compile(
    r"\b(?:jump\w*|leap\w*|threw|throw\w*|vault\w*|sea|snow|water|river|lake|level|waves?|tides?|tall|high|heights?|deep|depths?|long|"
    r"lengths?|wide|widths?|grew to|glaciers?|ice|dunes?|rain\w*)\b",
    re.I,
)
MINUS = re.compile(r"(?:^|[^\w)%])[-−]$")
MINUS_WORD = re.compile(r"(?<![\d%] )\bminus $", re.I)  # "minus 12 degrees Celsius"
SPELLED_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]|\d+")
NUMBER_WORDS = re.compile(rf"\b{SPELLED}\b", re.I)


@dataclass(frozen=True, slots=True)
class NumberForm:
    """A number of a text: `text[start:end]` is all of it, with currency, scale and unit.

    `value` counts the unit that stands for its kind: bytes for petabytes, seconds for hours. `figure` is the number before
    that: 890 for "890 petabytes". `unit` is nothing for a bare number, also before a word such as "companies".
    """

    value: Decimal
    unit: str | None
    start: int
    end: int
    figure: Decimal


def forms_in(text: str) -> list[NumberForm]:
    """All numbers of a text, in order, without overlaps."""
    plain = text.translate(WIDE)  # sign for sign, so that places stay right
    found: list[NumberForm] = []
    for start, end, figure in sorted([*_figures(plain), *_spelled(plain)]):
        if found and start < found[-1].end:
            continue
        if form := form_at(plain, start, end, figure):
            found.append(form)
    return found


def same(a: NumberForm, b: NumberForm) -> bool:
    """Whether two numbers are one: the same value of the same unit."""
    return a.value == b.value and a.unit == b.unit


def meets(asked: NumberForm, stated: NumberForm) -> bool:
    """Whether a passage's number is the one that a question has; a bare number asks for no unit.

    So "1.59 million" is met by "1.59 million PFLOPS", but "60%" not by "60 countries".
    """
    return same(asked, stated) or (asked.unit is None and asked.value == stated.figure)


def _figures(text: str) -> Iterator[tuple[int, int, Decimal]]:
    for match in FIGURE.finditer(text):
        yield match.start(), match.end(), Decimal(re.sub(r"[, \u2009\u202f\u00a0]", "", match.group()))


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, as text2num wants it."""

    match: re.Match[str]

    def text(self) -> str:
        return self.match.group()

    def nt_separated(self, previous: "_Token") -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return self.match.group().isdigit()


def _spelled(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """Numbers in English words; "one" alone is a pronoun, and "million" alone counts only after "a"."""
    if not NUMBER_WORDS.search(text):
        return
    tokens = [_Token(match) for match in SPELLED_TOKEN.finditer(text)]
    for number in find_numbers(tokens, "en", threshold=0):
        start, end = tokens[number.start].match.start(), tokens[number.end - 1].match.end()
        words = text[start:end].lower()
        alone = words.rstrip("s") in SCALES and not ONE_OF_A_SCALE.search(text[max(start - 20, 0) : start])
        if not number.is_ordinal and not alone and (words != "one" or _is_scaled(text, end)):
            yield start, end, Decimal(number.text)


def _is_scaled(text: str, place: int) -> bool:
    return WORD_SCALE.match(text, place) is not None or unit_after(text, place) is not None


def form_at(text: str, start: int, end: int, figure: Decimal) -> NumberForm | None:
    """A bare number `text[start:end]` with its sign, scale and unit; nothing where a letter follows that is no unit ("5G")."""
    sign = currency_before(text, start)
    figure, place = _scaled(text, end, figure, money=sign is not None)
    unit = unit_after(text, place)
    if sign:
        # "US$5 million dollars" has its currency twice; "$5 a day" is no number of days.
        start, place = sign.end, unit.end if unit and unit.name == sign.name else place
        unit = sign
    elif unit:
        place = unit.end
    if place == end and re.match(r"[A-Za-z]", text[end : end + 1]):
        return None
    if MINUS.search(text[max(start - 2, 0) : start]):
        start, figure = start - 1, -figure
    elif unit and (word := MINUS_WORD.search(text[max(start - 8, 0) : start])):
        start, figure = start - len(word.group()), -figure
    return NumberForm(figure * unit.factor if unit else figure, unit.name if unit else None, start, place, figure)


def _millions(text: str, place: int) -> re.Match[str] | None:
    """The "m" at a place, where what it counts cannot be metres."""
    if match := MILLIONS.match(text, place) or MANY.match(text, place):
        return match
    match = MANY_IN_YEAR.match(text, place)
    return match if match and not LENGTHS.search(text) else None


def _scaled(text: str, place: int, figure: Decimal, money: bool) -> tuple[Decimal, int]:
    """A number with the words and letters that multiply it: "1.5 billion", "600bn", "6000亿"."""
    while match := WORD_SCALE.match(text, place):
        figure, place = figure * Decimal(10) ** SCALE_POWERS[match.group(1).lower()], match.end()
    if match := LETTER_SCALE.match(text, place):
        figure, place = figure * Decimal(10) ** LETTERS[match.group()], match.end()
    elif match := MONEY_SCALE.match(text, place) if money else _millions(text, place):
        figure, place = figure * 10**6, match.end()
    return figure, place
