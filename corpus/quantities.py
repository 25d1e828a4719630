"""Numbers as English articles write them: where each stands, its value, and what it measures.

For comparing what sentences say and what a question asks for; the figures that are kept are `corpus.figures`', with units of
their own (`corpus.units`). Years and days are no quantities (`corpus.written_dates`), nor are the numbers of names: "GPT-5.5",
"6G", "the 360 Security Group".
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.number_words import COMMON_SCALES, HAN_SCALES, PARTS, SCALES, SMALL, TENS, WORD_VALUES, value_of
from corpus.written_dates import dates_in

FRACTIONS = ("half", "third", "quarter", "fifth", "tenth")
FACTORS: Mapping[str, float] = (
    {word: 10.0 ** SCALES[word] for word in (*COMMON_SCALES, "mn", "bn", "tn")}
    | {"k": 1e3, "m": 1e6}
    | {sign: 10.0**power for sign, power in HAN_SCALES.items()}
)
# What is measured, and how much of it one unit is. SI prefixes for bytes: the press does not use binary ones.
UNITS: Mapping[str, tuple[str, float]] = {
    r"percentage points?": ("percentage points", 1),
    r"per ?cent|%|％": ("percent", 1),
    r"yuan|RMB|renminbi|CNY|元": ("yuan", 1),
    r"(?:US )?dollars?|USD": ("dollars", 1),
    r"euros?|EUR": ("euros", 1),
    r"pounds?(?: sterling)?|GBP": ("pounds", 1),
    r"yen|JPY": ("yen", 1),
    r"rupees?": ("rupees", 1),
    r"zettabytes?|ZB": ("bytes", 1e21),
    r"exabytes?|EB": ("bytes", 1e18),
    r"petabytes?|PB": ("bytes", 1e15),
    r"terabytes?|TB": ("bytes", 1e12),
    r"gigabytes?|GB": ("bytes", 1e9),
    r"ZFLOPS": ("operations per second", 1e21),
    r"EFLOPS|exaflops": ("operations per second", 1e18),
    r"PFLOPS|petaflops": ("operations per second", 1e15),
    r"TFLOPS|teraflops": ("operations per second", 1e12),
    r"FLOPS|(?:floating-point )?operations per second": ("operations per second", 1),
    r"square kilomet(?:re|er)s?|km²": ("square metres", 1e6),
    r"square met(?:re|er)s?|m²": ("square metres", 1),
    r"hectares?": ("square metres", 1e4),
    r"kilomet(?:re|er)s?|km": ("metres", 1e3),
    r"met(?:re|er)s?": ("metres", 1),
    r"miles?": ("metres", 1609.344),
    r"(?:metric )?ton(?:ne)?s?": ("kilograms", 1e3),
    r"kilograms?|kg": ("kilograms", 1),
    r"[tT]erawatt-hours?|TWh": ("kilowatt-hours", 1e9),
    r"gigawatt-hours?|GWh": ("kilowatt-hours", 1e6),
    r"kilowatt-hours?|kWh": ("kilowatt-hours", 1),
    r"gigawatts?|GW": ("watts", 1e9),
    r"megawatts?|MW": ("watts", 1e6),
    r"kilowatts?|kW": ("watts", 1e3),
    r"(?:consecutive )?years?(?: old)?|year-old": ("hours", 8766),
    r"(?:consecutive )?months?": ("hours", 730.5),
    r"weeks?": ("hours", 168),
    r"(?:consecutive )?days?": ("hours", 24),
    r"hours?": ("hours", 1),
    r"minutes?": ("hours", 1 / 60),
    r"seconds?": ("hours", 1 / 3600),
    r"times?(?: a day| a week)?": ("times", 1),
}
CURRENCY_SIGNS: Mapping[str, str] = {
    "US$": "dollars", "$": "dollars", "USD": "dollars", "€": "euros", "EUR": "euros", "£": "pounds", "GBP": "pounds",
    "RMB": "yuan", "CNY": "yuan", "¥": "yuan",
}  # fmt: skip
ABOVE = r"well over|just over|over|more than|above|at least|no (?:less|fewer) than|upwards of|exceeding"
BELOW = r"nearly|almost|close to|under|below|(?:less|fewer) than|just under|up to|at most|no more than|as many as|as much as"
ABOUT = r"about|around|approximately|roughly|some|an estimated|only|just"


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
SPELLED = rf"(?:{'|'.join(TENS)})(?:-(?:{'|'.join(SMALL[1:10])}))?|{_any(WORD_VALUES)}"
NUMBER = rf"(?:{DIGITS}|(?i:\b(?:{SPELLED})\b))"
SHARE = r"(?i:\b(?:one|two|three|four|\d+) (?:in|out of)(?: every)? (?:two|three|four|five|six|ten|a hundred|\d+)\b)"
PART = rf"(?i:\b(?:(?:a|one|two|three)[ -](?:{'|'.join(FRACTIONS[1:])})s?|half) of\b)"
VAGUE = (
    r"(?i:\b(?:several|a few|many|(?:dozens|hundreds|(?:(?:tens|hundreds) of )?(?:thousands|millions|billions|trillions)) of)\b)"
)
# Letters before or behind a digit make a name of it: "GPT-5.5", "V4", "6G", "COVID-19".
START = r"(?<![A-Za-zÀ-ɏ\d_.,/:])(?<![A-Za-z]-)(?<!\b[Nn]o\. )(?<!#)"
PEOPLES = r"(?:[A-Z]\w*(?:ese|ish|[ai]an|ean|man|ench|utch|reek|wiss|can)|AI|UN|EU|US|R&D)\b"
QUANTITY = re.compile(
    rf"(?:\b(?i:(?P<bound>(?P<above>{ABOVE})|(?P<below>{BELOW})|(?P<about>{ABOUT}))) )?"
    rf"(?:(?P<share>{SHARE})|(?P<part>{PART})|(?P<vague>{VAGUE})(?: (?P<few>{'|'.join(UNITS)})(?![A-Za-z]))?|"
    rf"{START}(?:(?P<sign>{_any(CURRENCY_SIGNS)}) ?)?(?P<number>{NUMBER})"
    rf"(?:(?: to | and (?=[\d.,]+ ?(?:{_any(FACTORS)}|%|per))| ?[-–] ?)(?:{_any(CURRENCY_SIGNS)})?(?P<second>{DIGITS})(?![\d,]))?"
    rf"(?P<plus>\+|-plus)?(?:[ -]?(?P<scale>{_any(FACTORS)})(?![A-Za-z]))?"
    rf"(?:[ -]?(?P<unit>{'|'.join(UNITS)})(?![A-Za-z]))?)"
    rf"(?![A-Za-z\d]|[.,:]\d|-[A-Z\d]| (?:am|pm|a\.m\.|p\.m\.)(?!\w))"
)
NAME_BEHIND = re.compile(rf" (?!{PEOPLES})[A-Z][a-z]")
LABEL = re.compile(r"\b(?:article|chapter|section|page|phase|version|level|stage|paragraph|table|No\.|number) $", re.I)
NOUN = re.compile(
    r"[ -]?((?:(?!(?:of|in|by|at|on|for|from|to|with|and|or|as|per|is|are|was|were|had|has|have|come)\b)[\w&’'+-]+ ?){0,5})"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number where a text writes it: `text[start:end]`, with its unit and with "nearly" or "over" before it.

    `value` and `high` are in the dimension's own unit (yuan, bytes, hours …) and are equal but for a range; `step` is the
    size of the last written digit, trailing zeros left out. `dimension` is "" for things counted, which `noun` names. `bound`
    is "above", "below", "about" or ""; "vague" for "several weeks" and "millions of", whose value is no number (NaN).
    """

    start: int
    end: int
    value: float
    high: float
    step: float
    dimension: str
    noun: str
    bound: str


def quantities_in(text: str) -> list[Quantity]:
    """The quantities that a text writes, in order; none overlaps another or a date."""
    taken = [(date.start, date.end) for date in dates_in(text)]
    found = []
    for match in QUANTITY.finditer(text):
        start, end = match.span()
        inside = any(first < end and start < last for first, last in taken)
        if not inside and not _is_name(match, text):
            found.append(_read(match, text))
    return found


def _is_name(match: re.Match[str], text: str) -> bool:
    """A bare number before a capital ("360 Security Group") or behind a label ("Chapter 3"); "one" that counts nothing."""
    if match["unit"] or match["sign"] or match["scale"] or not match["number"]:
        return False
    behind = text[match.end() : match.end() + 40]
    if NAME_BEHIND.match(behind) or LABEL.search(text[: match.start()]):
        return True
    return match["number"].casefold() in {"one", "zero"} and not re.match(r" [a-z]+", behind.replace(" of ", " | "))


def _read(match: re.Match[str], text: str) -> Quantity:
    bound = next((kind for kind in ("above", "below", "about") if match[kind]), "above" if match["plus"] else "")
    noun = NOUN.match(text, match.end())
    words = noun[1].strip() if noun else ""
    if match["vague"]:
        return Quantity(match.start(), match.end(), math.nan, math.nan, 1.0, _unit(match["few"])[0], words, "vague")
    if match["share"] or match["part"]:
        value = _fraction(match["share"] or match["part"])
        end = match.end() - (3 if match["part"] else 0)  # without " of"
        return Quantity(match.start(), end, value, value, 1.0, "percent", words, bound)
    dimension, factor = _unit(match["unit"])
    factor *= FACTORS[match["scale"]] if match["scale"] else 1.0
    low = float(value_of(match["number"]))
    high = float(value_of(match["second"])) if match["second"] else low
    step = _step(match["number"]) * factor
    dimension = CURRENCY_SIGNS[match["sign"]] if match["sign"] else dimension
    return Quantity(match.start(), match.end(), low * factor, max(low, high) * factor, step, dimension, words, bound)


def _unit(written: str | None) -> tuple[str, float]:
    if not written:
        return "", 1.0
    return next(meaning for pattern, meaning in UNITS.items() if re.fullmatch(pattern, written))


def _step(number: str) -> float:
    """The last written digit's size: 0.1 for "1.7", 100 for "4,500" and for "600"."""
    if not number[0].isdigit():
        return 1.0
    whole, _, decimals = number.replace(",", "").partition(".")
    if decimals:
        return 10.0 ** -len(decimals)
    return 10.0 ** min(300, len(whole) - max(1, len(whole.rstrip("0"))))


def _fraction(words: str) -> float:
    """ "One in five" is 20 percent, "two thirds of" 66.7."""
    parts = re.findall(r"\d+|[a-z]+", words.casefold())
    if "in" in parts or "out" in parts:
        first, last = (float(value_of(part)) for part in (parts[0], "a hundred" if parts[-1] == "hundred" else parts[-1]))
        return 100 * first / max(last, 1.0)
    name = next(part for part in FRACTIONS if re.search(rf"{part}s?$", words.casefold().removesuffix(" of")))
    count = 1.0 if parts[0] == "half" else float(value_of(parts[0]))
    return 100 * count * (1 / PARTS[name])
