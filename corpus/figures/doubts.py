"""Numbers that are written, but cannot be read surely, and why: a rate, an unknown currency, "pounds" that weigh.

Decides no names and dates (`corpus.figures.no_figures`): what is here is counted as left out.
"""

import re

from corpus.figures.national_money import JAPAN
from corpus.figures.ranges import ReadNumber

RATE = re.compile(
    r"\s?/\s?(?:h|s|hr|sec|second|min|day|d|hour|km|m|kg|kWh|year|yr|month|week)\b| (?:per|an|a) (?:second|minute|hour)\b"
)
UNKNOWN_UNIT = re.compile(r" ?(?:[kKMGTP]?bps|mAh|mu|jin|rpm|mph|kph|fps|dpi|ppi|bpm|b?hp|knots?|[A-Za-z]{1,4}/[a-z]{1,4})\b")
SINGULAR = re.compile(r" [a-z]+(?<!s)(?<!ed)(?: [a-z]+(?<!s))?(?=[.,;:]|$| (?:is|was|has|of|in|and|or)\b)")
RATED = frozenset({"m", "g", "byte", "bit", "L", "Wh", "W", "s", "month", "m²", "m³", "ton"})
OTHER_MONEY = re.compile(
    r"[ -]?(?:[A-Z]\w+ )?(?:dollars?|pounds?|rupees?|pesos?|francs?|dinars?|dirhams?|kron[aoe]r?|crowns?|rials?|riyals?|"
    r"rupiah|baht|dong|"
    r"lira|liras|zlotys?|rand|shillings?|naira|won|ringgit|tenge|soms?|kwacha|taka|kyat|cents?)\b"
)
OTHER_SIGN = re.compile(r"(?:[A-Za-z]\$|[฿₱₺₲₵₡]|(?<![A-Za-z])R)\s?$")
WEIGHS = re.compile(r"\b(?:weigh\w*|heav\w+|lifts?|lifting|carr\w+|payload|kilograms?)\b", re.I)
# The rupee has more countries than one; of an article that names another beside India it is not sure.
# Its states (Constitution of India, First Schedule) but Punjab, which Pakistan has too, and its largest cities.
INDIA = re.compile(
    r"\b(?:India\w*|Delhi|Mumbai|Bengaluru|Bangalore|Chennai|Kolkata|Ahmedabad|Pune|Jaipur|Lucknow|Kochi|Nagpur|Surat|Andhra|"
    r"Arunachal|Assam|Bihar|Chhattisgarh|Goa|Gujarat|Haryana|Himachal|Jharkhand|Karnataka|Kerala|Madhya|Maharashtra|Manipur|"
    r"Meghalaya|Mizoram|Nagaland|Odisha|Rajasthan|Sikkim|Tamil Nadu|Telangana|Tripura|Uttar|Uttarakhand|West Bengal)\b"
)
OTHER_RUPEES = re.compile(
    r"\b(?:Pakistan\w*|Sri Lanka\w*|Nepal\w*|Mauriti\w+|Seychell\w+|Maldiv\w+|Karachi|Lahore|Colombo|Kathmandu)\b"
)
# "The index edged up to 50.6 in January from 49.9".
PER = re.compile(r"\bper\b")  # "deaths per million tonnes are down to 0.038"
INDEX = re.compile(r"\d+\.\d+")
NOTHING_COUNTED = re.compile(r"[.,;)](?!\d)|$| (?:in|from|on|at|by|last|this|for|when|after|against|compared|a (?:year|month))\b")
PROPORTION = re.compile(r"(?: to |-to-)(?:one|1)\b(?![.,]?\d|%| (?:percent|per cent|[mbtr]+illion|[a-z]+s)\b)")
TO_ONE = re.compile(r"(?<!from )\b(?<![\d.,])[\w.]+ to $")
COUNTED = re.compile(r" (?:people|children|(?:wo)?men)\b| (?!across|acres|less|is|was|has|always)(?:[a-z]+ )?[a-z]{2,}s\b")


def doubt_of(text: str, number: ReadNumber, context: str) -> str:
    """Why the number `text[start:end]` is not sure; an empty string where it is.

    Args:
        context: the whole article, which tells what ¥ stands for.
    """
    written, behind = text[number.start : number.end], text[number.end :]
    if number.unit == "¥" and JAPAN.search(text):  # and China in the article: `national_money` has settled the others
        return "¥ may be yen or yuan"
    if number.unit in RATED and RATE.match(behind):
        return "a rate, whose unit is not known"
    if number.unit is None and (OTHER_MONEY.match(behind) or OTHER_SIGN.search(text[: number.start])):
        return "an unknown currency"
    if number.unit == "INR" and re.search(r"(?<!ndian )rupee|^Rs", written) and not _is_indian(context):
        return "rupees of an unsaid country"
    if number.unit == "GBP" and re.search(r"\d[ -]pounds?$", written) and ("-pound" in written or WEIGHS.search(text)):
        return "pounds may be money or weight"
    if number.unit == "ton":
        return "tons may be metric, short or long"
    return _bare_doubt(written, number, text[: number.start], behind)


def _bare_doubt(written: str, number: ReadNumber, before: str, behind: str) -> str:
    if number.unit == "m" and re.search(r"\dm$", written) and COUNTED.match(behind):
        return "m may be metres or millions"
    if number.unit is None and re.match(r"(?:[-\s]?degrees?\b|°(?!C))", behind):
        return "degrees of an unsaid kind"
    if number.unit is None and UNKNOWN_UNIT.match(behind):
        return "an unknown unit"
    if number.unit is None and written.isdigit() and SINGULAR.match(behind) and re.search(r"\b[Tt]he $", before):
        return "may be a name"  # "the 618 festival"
    if number.unit is None and INDEX.fullmatch(written) and NOTHING_COUNTED.match(behind) and not PER.search(before):
        return "a decimal that counts nothing and has no unit"
    if number.unit is None and _is_proportion(written, before, behind):
        return "a proportion"
    if number.unit is None and re.match(r" (?:operations|calculations|computations) (?:per|a) second\b", behind):
        return "operations per second of an unsaid kind"
    if re.match(r"[½⅓⅔¼¾⅛]|/\d|\.\d|[,:]\d| and a half\b|[×^]", behind):
        return "part of a number that is written in an unknown way"
    return ""


def _is_proportion(written: str, before: str, behind: str) -> bool:
    """Whether a number is one side of "5 to 1"; "from 5 to 1" is a change."""
    if PROPORTION.match(behind):
        return not re.search(r"\bfrom $", before)
    return bool(written == "1" and TO_ONE.search(before) and PROPORTION.match(f" to 1{behind}"))


def _is_indian(context: str) -> bool:
    return bool(INDIA.search(context)) and not OTHER_RUPEES.search(context)
