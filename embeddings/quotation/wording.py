"""What kind of thing a changed word is: a figure, a unit, a date, a negation, a name, or just a word.

Names the kinds only: whether two wordings differ at all is settled by their tokens (`embeddings.quotation.typography`).
"""

import calendar
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from embeddings.duplicates import NUMBER_WORD
from embeddings.lexical_index import STOP_WORDS


class DifferenceKind(StrEnum):
    """What differs, the gravest first."""

    UNFOUND = "not in any article"
    NEGATION = "negation"
    FIGURE = "figure"
    UNIT = "unit"
    DATE = "date"
    COMPARISON = "comparison"
    NAME = "name"
    WORDS = "words"
    ORDER = "order"
    CASE = "capital letters"
    PUNCTUATION = "punctuation"
    OMISSION = "omission"
    SEAM = "put together"


GRAVITY = {kind: place for place, kind in enumerate(DifferenceKind)}

NEGATIONS = frozenset(
    """
    not no never none nobody nothing nowhere nor neither without cannot hardly barely scarcely rarely seldom non
    不 没 沒 无 無 未 非 否 莫 勿 别 毋
    """.split()
)
COMPARISONS = frozenset(
    """
    more less fewer most least over under above below beyond within about around nearly almost roughly approximately exactly
    only up down at before after until since increase increased decrease decreased rise rose fall fell higher lower than
    多 少 超 近 约 逾 余 以上 以下 升 降 增 减
    """.split()
)
UNITS = frozenset(
    """
    percent percentage per cent point points basis
    euro euros dollar dollars yuan rmb renminbi cny yen pound pounds rupee rupees franc francs won rouble roubles usd eur gbp
    jpy us hk s km m cm mm mi mile miles metre metres meter meters kilometre kilometres kilometer kilometers foot feet inch
    inches kg g mg t tonne tonnes ton tons kilogram kilograms gram grams litre litres liter liters barrel barrels
    hectare hectares acre acres watt watts kw mw gw tw kwh mwh gwh twh celsius fahrenheit degree degrees c f
    second seconds minute minutes hour hours day days week weeks month months quarter quarters year years decade decades
    century centuries hz khz mhz ghz bit bits byte bytes kb mb gb tb bn mn tn k b
    元 美元 欧 镑 吨 米 斤 里 年 月 日 天 时 分 秒 度
    """.split()
)
CHINESE_FIGURES = frozenset("〇零一二三四五六七八九十百千万萬亿億两兩")
DATE_WORDS = frozenset(
    name.lower() for names in (calendar.month_name, calendar.month_abbr, calendar.day_name, calendar.day_abbr) for name in names
) - {"", "may", "mar", "sun", "sat", "wed"}  # these are words as well, and dates only with a capital
CAPITAL_DATES = frozenset({"May", "Mar", "Sun", "Sat", "Wed"})
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def kind_of_change(quoted: Sequence[str], original: Sequence[str]) -> DifferenceKind:
    """The gravest kind among the words that a change put in and took out.

    Args:
        quoted: the tokens that the quotation has there; may be empty.
        original: the tokens that the article has there; may be empty.
    """
    if [token.casefold() for token in quoted] == [token.casefold() for token in original]:
        return DifferenceKind.CASE
    # What stands on both sides only changed its place among the others.
    put_in, taken_out = Counter(quoted) - Counter(original), Counter(original) - Counter(quoted)
    if not put_in and not taken_out:
        return DifferenceKind.ORDER
    return min((_kind_of_word(token) for token in put_in + taken_out), key=GRAVITY.__getitem__)


def _kind_of_word(token: str) -> DifferenceKind:
    word = token.casefold()
    if word in NEGATIONS or word.endswith("n't"):
        return DifferenceKind.NEGATION
    if YEAR.fullmatch(token) or word in DATE_WORDS or token in CAPITAL_DATES:
        return DifferenceKind.DATE
    if any(unicodedata.category(letter)[0] == "N" for letter in token) and len(token.strip("²³")):
        return DifferenceKind.FIGURE
    if NUMBER_WORD.fullmatch(token) or token in CHINESE_FIGURES:
        return DifferenceKind.FIGURE
    if word in UNITS or word.strip("²³") in UNITS or token in "%‰°+-±<>≤≥≈~" or unicodedata.category(token[0]) == "Sc":
        # A hyphen alone is punctuation: only the other signs are always part of a figure.
        return DifferenceKind.PUNCTUATION if token == "-" else DifferenceKind.UNIT
    if word in COMPARISONS:
        return DifferenceKind.COMPARISON
    if not token[0].isalnum():
        return DifferenceKind.PUNCTUATION
    return DifferenceKind.NAME if token[0].isupper() and word not in STOP_WORDS else DifferenceKind.WORDS
