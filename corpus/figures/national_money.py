"""Money whose name several countries share: "1.2 billion kroner" are Norway's where the article names Norway alone.

Reads no number and knows no sign of a currency (`corpus.units`); what no country or more than one explains stays as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from corpus.figures.ranges import ReadNumber

# What the article must name, by ISO 4217 code; other countries with money of that name stand under their codes, too.
KRONER = {"NOK": r"Nor(?:way|wegians?)", "DKK": r"Denmark|Danish|Danes?"}
KRONOR = {"SEK": r"Swed(?:en|ish|es?)"}
CROWNS = {**KRONER, **KRONOR, "CZK": r"Czech(?:s|ia)?", "ISK": r"Iceland\w*"}
FRANCS = {
    "CHF": r"Switzerland|Swiss", "CDF": r"Congo\w*",
    "RWF": r"Rwanda\w*", "BIF": r"Burundi\w*", "GNF": r"Guinea\w*", "DJF": r"Djibouti\w*", "KMF": r"Comor\w+",
    "XOF": r"CFA|Senegal\w*|Ivory Coast|Ivorian|Mali|Benin|Togo\w*|Niger|Burkina\w*|Cameroon\w*|Gabon\w*|Chad\w*",
    "FRF": r"France|French|Belgi\w+|Luxembourg\w*",
}  # fmt: skip
SHARED: tuple[tuple[re.Pattern[str], Mapping[str, str]], ...] = (
    (re.compile(r"[ -]kron(?:er?)\b"), KRONER),
    (re.compile(r"[ -]krona\b"), {"SEK": KRONOR["SEK"], "ISK": CROWNS["ISK"]}),
    (re.compile(r"[ -]crowns?\b"), CROWNS),
    (re.compile(r"[ -]francs?\b"), FRANCS),
)
# Francs of Africa differ by region and those of France are history: their codes only keep "francs" from being Swiss.
READABLE = frozenset({"NOK", "DKK", "SEK", "CZK", "CHF"})


def with_money(text: str, numbers: list[ReadNumber], context: str) -> list[ReadNumber]:
    """The numbers, those before a shared name of money with its currency where the context names one of its countries alone."""
    return [_with_money(text, number, context) if number.unit is None else number for number in numbers]


def _with_money(text: str, number: ReadNumber, context: str) -> ReadNumber:
    for name, countries in SHARED:
        if match := name.match(text, number.end):
            named = [code for code, words in countries.items() if re.search(rf"\b(?:{words})\b", context)]
            if len(named) == 1 and named[0] in READABLE:
                return replace(number, unit=named[0], end=match.end())
    return number
