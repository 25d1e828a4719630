"""Numbers that Chinese writes as phrases: 百分之六十, 三分之二, 3倍, 八个枢纽.

Reads no figures with a scale ("6000亿元"); those are `corpus.number_forms`.
"""

import re
from decimal import Decimal

from corpus.figures.number_phrases import NumberPhrase

ONES = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
SIZES = {"十": 10, "百": 100, "千": 1000}
SIGNS = "零〇一二三四五六七八九十百千两"
NUMBER = rf"(?:\d+(?:\.\d+)?|[{SIGNS}]+(?:点[零〇一二三四五六七八九]+)?)"
# What stands between a number and what it counts; "年", "月" and "日" make dates.
MEASURES = "个|家|款|项|座|种|位|名|台|部|件|张|条|次|例|所|人|国|大类|类|万|亿"
HAN_PHRASE = re.compile(
    rf"百分之(?P<percent>{NUMBER})|(?P<below>{NUMBER})分之(?P<above>{NUMBER})|(?P<times>{NUMBER})倍"
    rf"|(?<![第{SIGNS}\d])(?P<count>[{SIGNS}]+)(?={MEASURES})"
)


def han_phrases_in(text: str) -> list[NumberPhrase]:
    """The Chinese phrases of a text, in order; "一个" is an article, and a number that cannot be read is left out."""
    return [phrase for match in HAN_PHRASE.finditer(text) if (phrase := _read(match))]


def han_value(written: str) -> Decimal | None:
    """The value of figures or of Chinese signs below ten thousand ("三百零五", "二点五"); nothing for other runs of signs."""
    if written[0].isdigit():
        return Decimal(written)
    head, _, decimals = written.partition("点")
    value = _whole(head)
    if value is None or not decimals:
        return value
    return value + Decimal("0." + "".join(str(ONES[sign]) for sign in decimals))


def _whole(signs: str) -> Decimal | None:
    total, digit = 0, None
    for sign in signs:
        if sign in SIZES:
            total, digit = total + (1 if digit is None else digit) * SIZES[sign], None
        elif digit:
            return None  # "二三" is "two or three" or a year
        else:
            digit = ONES[sign]
    return Decimal(total + (digit or 0))


def _read(match: re.Match[str]) -> NumberPhrase | None:
    if match["below"]:
        below, above = han_value(match["below"]), han_value(match["above"])
        value, unit = (100 * above / below if below and above is not None else None), "%"
    elif match["percent"]:
        value, unit = han_value(match["percent"]), "%"
    elif match["times"]:
        value, unit = han_value(match["times"]), "ratio"
    else:
        return _counted(match)
    return NumberPhrase(match.start(), match.end(), value, unit) if value is not None else None


def _counted(match: re.Match[str]) -> NumberPhrase | None:
    value = han_value(match["count"])
    return NumberPhrase(match.start(), match.end(), value, None) if value is not None and value > 1 else None
