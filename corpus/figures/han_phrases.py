"""Numbers that Chinese writes as phrases: 百分之六十, 三分之二, 四成, 一半, 3倍, 八个枢纽.

Reads no figures with a scale ("6000亿元"); those are `corpus.number_forms`.
"""

import re
from decimal import Decimal

from corpus.figures.number_phrases import NumberPhrase
from corpus.number_words import HAN_DIGITS, HAN_SIZES

ONES = {**HAN_DIGITS, "两": 2}
SIGNS = "".join((*ONES, *HAN_SIZES))
NUMBER = rf"(?:\d+(?:\.\d+)?|[{SIGNS}]+(?:点[{''.join(HAN_DIGITS)}]+)?)"
# What stands between a number and what it counts; "年", "月" and "日" make dates.
MEASURES = "个|家|款|项|座|种|位|名|台|部|件|张|条|次|例|所|人|国|大类|类|万|亿"
HAN_PHRASE = re.compile(
    rf"百分之(?P<percent>{NUMBER})|(?P<below>{NUMBER})分之(?P<above>{NUMBER})|(?P<times>{NUMBER})倍"
    # "近四成", "两成五"; not "三家成立", "第三成功".
    rf"|(?<![第{SIGNS}\d.])(?P<tenths>[一两{''.join(HAN_DIGITS)}]|[1-9](?:\.\d)?)成(?P<half>半|[一二三四五六七八九])?"
    rf"(?!员(?!工)|[立功为果长绩都熟交效品人分型本就年语份套{SIGNS}])|(?P<halved>一半(?!以?时间)|半数(?!以?时间))"
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
        if sign in HAN_SIZES:
            total, digit = total + (1 if digit is None else digit) * HAN_SIZES[sign], None
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
    elif match["tenths"]:
        tenths = han_value(match["tenths"])
        value, unit = (10 * tenths + _ones(match["half"]) if tenths is not None else None), "%"
    elif match["halved"]:
        value, unit = Decimal(50), "%"
    elif match["times"]:
        value, unit = han_value(match["times"]), "ratio"
    else:
        return _counted(match)
    return NumberPhrase(match.start(), match.end(), value, unit) if value is not None else None


def _ones(sign: str | None) -> Decimal:
    """What stands behind 成: the 五 and the 半 of "两成五" and "两成半" are five in a hundred."""
    return Decimal(5 if sign == "半" else ONES[sign] if sign else 0)


def _counted(match: re.Match[str]) -> NumberPhrase | None:
    value = han_value(match["count"])
    return NumberPhrase(match.start(), match.end(), value, None) if value is not None and value > 1 else None
