"""Where a sentence says what one currency is worth in another: "7.2 yuan to the dollar", "30 billion yuan ($4.2 billion)".

Judges single sentences; whether an article contradicts itself is for `corpus.figures.exchange_rates`. What only may be a rate
("3 yuan per dollar of sales", "lost 0.3 yuan against the dollar", "could fall to 7.5 yuan to the dollar") is passed over.
"""

import itertools
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.figures.figure import Bound
from corpus.figures.numbers import WrittenNumber, numbers_in
from corpus.units import is_money, unit_after

ABOUT = r"(?:(?:about|around|approximately|approx\.|roughly|some|circa|c\.|约|大约|大概)\s?|[~≈]\s?)?"
WORTH = rf"(?:or |i\.e\.,? |equivalent to |equal to |worth |约合|折合|合|相当于|即)?{ABOUT}(?:人民币)?"
IN_BRACKETS = re.compile(rf"\s?[(（\[]{WORTH}")
# "Cost 100 yuan or 14 dollars" may be a choice, "100 yuan, or 14 dollars" is none.
IN_OTHER_WORDS = re.compile(
    rf"(?:, (?:or|i\.e\.,?|that is,?|which is|equivalent to|equal to|worth) {ABOUT}|, (?:about|around|approximately|roughly) |"
    r" or (?:about|around|approximately|roughly|some) | \(?(?:equivalent|equal) to (?:about )?|"
    r"[，,]?\s?(?:约合|大约合|折合|约折合|相当于)(?:人民币)?(?:约|大约)?|[，,]\s?合)"
)
BRACKET_CLOSED = re.compile(
    r"(?: (?:at|by) [^()]{0,40}\brates?)?\s?[)）\]](?! (?:per|an?|each|more|less)\b)|[,;] (?=[$€£¥]|US\$|RMB)"
)
DAYS = r"[A-Z][a-z]+day|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber"
POINT = r"the (?:end|start|time|close|opening)|today|yesterday|now"
TIME = rf"(?:(?:in|since|on|at|as of|during) )?(?:last|this|\d{{4}}|early|late|mid|{POINT}|{DAYS})\b"
# What may stand behind an amount that ends here: neither "more" nor "per person" nor "of sales".
ENDED = re.compile(rf"\s?(?:$|[.,;:!?](?!\d)|[。；！？，、)）\]”\"—–])| {TIME}")
RATE_ENDED = re.compile(rf"{ENDED.pattern}| (?:and|but|while|from|after|as|compared)\b")
CLOSING = frozenset(")）]")
ROUND = frozenset(map(Decimal, (1, 10, 100, 1000, 10_000)))  # of what a rate is told for
EQUALS = re.compile(
    r"\s?[=＝≈]\s?| (?:is|was|equals?|equalled|equaled|is now|buys|bought|fetche[sd]|trade[sd] at|"
    rf"(?:is |was )?equivalent to|(?:is|was) (?:now )?(?:worth|equal to)) {ABOUT}|"
    r"\s?(?:可)?(?:约|大约)?(?:等于|合|折合|兑换|兑|换|相当于|为)(?:约|大约)?(?:人民币)?\s?"
)
FOR_EACH = re.compile(r" (?:for|to|per|against) (?:each |every )?|\s?/\s?|\s?(?:兑|对)\s?")
TO_THE = re.compile(r" (?:to|against) (?:the|an?|each|every) | (?:per|an?|for (?:each|every|an?)) |\s?/\s?")
SURELY_TO_THE = re.compile(r" (?:to|against) (?:the|an?|each|every) ")
AT = re.compile(rf"\bat {ABOUT}$")  # "sold at 7.1 yuan per dollar"
IS_WORTH = (
    r"(?:(?:is|was) (?:now )?(?:worth|equal to)|buys|bought|fetche[sd]|equals?|equalled|"
    r"(?:trade[sd]|stood|closed|opened|ended|settled)(?: on \w+day)? (?:at|around|near)|"
    r"(?:rose|fell|climbed|slipped|weakened|strengthened|dropped) to)"
)
THE_CURRENCY = re.compile(
    rf"(?<![\w-])(?:the|an?|each|every) (?P<name>[a-z. ]{{3,25}}?) {IS_WORTH} (?:about |around |roughly )?$", re.I
)
# What says that currencies are exchanged, where "7 yuan per dollar" alone may be what something earns.
CUE = re.compile(
    r"\b(?:exchang\w+|currenc\w+|(?:conversion|central|parity|official|market) rates?|convert\w+|trad(?:es?|ed|ing) at|fixing|"
    r"mid-?point|parity|peg(?:ged)?|weaken\w*|strengthen\w*|depreciat\w+|appreciat\w+|devalu\w+)\b|汇率|中间价|兑|折算",
    re.I,
)
# A change, a bound or a wish is no rate; "at 7.1 yuan per dollar" is one.
NO_LEVEL = re.compile(
    r"\b(?:by|than|lost|gained|lose|gain|fell|rose|dropped|slipped|added|shed|down|up|from|below|above|beyond|past|under|over|"
    rf"every|each)(?: an?)? {ABOUT}$|(?:\bnot|n['’]t|\bnever)(?: \w+){{0,3}} $",
    re.I,
)
NOT_REAL = re.compile(
    r"\b(?:if|were|would|could|might|may(?= [a-z])|should|will|suppos\w+|assum\w+|imagin\w+|hypothe\w+|expect\w*|forecast\w*|"
    r"target\w*|predict\w*|projects?|projected|aims?|hopes?|black[- ]market|unofficial)\b|"
    r"假设|如果|假如|预计|可能|有望|将(?:会|达|升|跌|贬)",
    re.I,
)
YUAN_QUOTED = re.compile(
    r"(?:人民币(?:对|兑)美元|美元(?:对|兑)人民币)[^，。；,;升贬涨跌调]{0,14}?(?:为|报|是|至|约|在|率|价)(?:1[:：])?$"
)
LEVEL = re.compile(rf"\b(?:at|to|around|near|of|is|was|reached|hit) {ABOUT}$")


@dataclass(frozen=True, slots=True)
class Equality:
    """Two amounts that `text[start:end]` says are worth the same, the second as the article worked it out from the first.

    `is_rate` where the rate itself is said, for 1, 10, 100 … of a currency; `digits` are those of the second amount.
    """

    start: int
    end: int
    first: Decimal
    first_unit: str
    second: Decimal
    second_unit: str
    is_rate: bool
    digits: int


def equalities_in(text: str, context: str) -> list[Equality]:
    """What a sentence says surely of the worth of currencies, in order.

    Args:
        context: the article around it, which tells whose "dollars" and "¥" these are.
    """
    numbers = numbers_in(text, context).numbers
    found = [pair for one, two in itertools.pairwise(numbers) if (pair := _pair(text, one, two))]
    if not NOT_REAL.search(text):
        found += [one for number in numbers if (one := _told(text, number, context))]
    return sorted(found, key=lambda one: one.start)


def _pair(text: str, one: WrittenNumber, two: WrittenNumber) -> Equality | None:
    """Two neighbouring amounts of money as an equality; nothing where the words around them may mean something else."""
    if not _are_two_currencies(one, two):
        return None
    between, behind = text[one.end : two.start], text[two.end :]
    if (rated := ROUND & {one.value, two.value}) and not NOT_REAL.search(text) and not NO_LEVEL.search(text[: one.start]):
        linked = EQUALS.fullmatch(between) or (FOR_EACH.fullmatch(between) and CUE.search(text))
        if linked and ENDED.match(behind):
            # The amount that is not 1, 10, 100 … carries the digits.
            return _equality(two, one, True) if two.value in rated and one.value not in rated else _equality(one, two, True)
    if two.bound is not Bound.NONE and two.bound is not Bound.ABOUT and two.bound is not one.bound:
        return None
    if IN_BRACKETS.fullmatch(between) and (closed := BRACKET_CLOSED.match(behind)):
        whole = closed.group()[-1] in CLOSING
        return replace(_equality(one, two, False), end=two.end + (closed.end() if whole else 0))
    return _equality(one, two, False) if IN_OTHER_WORDS.fullmatch(between) and ENDED.match(behind) else None


def _are_two_currencies(one: WrittenNumber, two: WrittenNumber) -> bool:
    written = all(is_money(number.unit) and number.low == number.high and number.value > 0 for number in (one, two))
    return written and one.unit != two.unit


def _told(text: str, number: WrittenNumber, context: str) -> Equality | None:
    """The rate for one of a currency that is only named: "7.2 yuan to the dollar", "the dollar was worth 7.1 yuan"."""
    if number.low != number.high or number.value <= 0 or number.bound not in (Bound.NONE, Bound.ABOUT):
        return None
    return _of_yuan(text, number) or _of_named_behind(text, number, context) or _of_named_before(text, number, context)


def _of_yuan(text: str, number: WrittenNumber) -> Equality | None:
    """Of the yuan and the dollar, Chinese quotes yuan for a dollar in either order."""
    quoted = YUAN_QUOTED.search(text[: number.start]) if number.unit in ("count", "CNY") else None
    if quoted is None or not ENDED.match(text[number.end :]):
        return None
    return _rate(number, "USD", "CNY", quoted.start(), number.end)


def _of_named_behind(text: str, number: WrittenNumber, context: str) -> Equality | None:
    before, behind = text[: number.start], text[number.end :]
    link = TO_THE.match(behind)
    if link is None or NO_LEVEL.search(before) or not (SURELY_TO_THE.match(behind) or AT.search(before) or CUE.search(text)):
        return None
    name = _currency_at(text, number.end + link.end(), context)
    if name is None or not RATE_ENDED.match(text[name[1] :]):
        return None
    unit = number.unit if is_money(number.unit) else _only_other(before, name[0], context)
    return _rate(number, name[0], unit, number.start, name[1]) if unit and unit != name[0] else None


def _of_named_before(text: str, number: WrittenNumber, context: str) -> Equality | None:
    named = THE_CURRENCY.search(text[: number.start]) if is_money(number.unit) else None
    if named is None or not ENDED.match(text[number.end :]):
        return None
    name = _currency_at(text, named.start("name"), context)
    if name is None or name[0] == number.unit or name[1] != named.end("name"):
        return None
    return _rate(number, name[0], number.unit, named.start(), number.end)


def _currency_at(text: str, place: int, context: str) -> tuple[str, int] | None:
    """The currency that is named at a place and where its name ends; an article may mean another country's dollar."""
    unit = unit_after(text, place)
    if unit is None or not is_money(unit.name) or unit.factor != 1:
        return None
    read = numbers_in(f"5 {text[place : unit.end].strip()}", context).numbers
    return (read[0].unit, unit.end) if read and is_money(read[0].unit) else None


def _only_other(before: str, unit: str, context: str) -> str | None:
    """The one currency beside `unit` that is named before a bare number: "the yuan traded at 7.12 to the dollar"."""
    if not LEVEL.search(before) or not CUE.search(before):
        return None
    named = {found[0] for match in re.finditer(r"\b[A-Za-z]+", before) if (found := _currency_at(before, match.start(), context))}
    others = named - {unit}
    return others.pop() if len(others) == 1 else None


def _rate(number: WrittenNumber, one: str, unit: str, start: int, end: int) -> Equality:
    return Equality(start, end, Decimal(1), one, number.value, unit, True, significant_digits(number))


def _equality(one: WrittenNumber, two: WrittenNumber, is_rate: bool) -> Equality:
    start, end = min(one.start, two.start), max(one.end, two.end)
    return Equality(start, end, one.value, one.unit, two.value, two.unit, is_rate, significant_digits(two))


def significant_digits(number: WrittenNumber) -> int:
    """How many digits of a number say something: 2 of "4.2 billion", 2 of "14 million", 1 of "700,000"."""
    written = re.search(r"\d[\d.,]*", number.text)
    if written is None:  # spelled
        return len(number.value.normalize().as_tuple().digits)
    digits = re.sub(r"\D", "", written.group()).lstrip("0")
    # In full a number ends with zeros that may be rounded, before a scale they are counted: "140 billion".
    is_full = "." not in written.group() and int(digits or 0) == number.value >= 1000
    return len(digits.rstrip("0") if is_full else digits) or 1
