"""Money whose name or sign several countries share: "1.2 billion kroner" are Norway's where the article names Norway alone.

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
PESOS = {
    "MXN": r"Mexic(?:o|ans?)", "ARS": r"Argentin(?:a|es?|ians?)|Buenos Aires", "CLP": r"Chil(?:e|eans?)|Santiago",
    "COP": r"Colombia(?:ns?)?|Bogot[aá]", "PHP": r"Philippines?|Filipin[oa]s?|Manila", "UYU": r"Uruguay\w*", "CUP": r"Cuba\w*",
    "DOP": r"Dominican\w*",
}  # fmt: skip
DIRHAMS = {"AED": r"UAE|Emirat(?:es|is?)|Dubai|Abu Dhabi", "MAD": r"Morocc(?:o|ans?)|Casablanca|Rabat"}
RIYALS = {"SAR": r"Saudis?|Riyadh|Jeddah", "QAR": r"Qatar(?:is?)?|Doha", "OMR": r"Oman\w*", "YER": r"Yemen\w*", "IRR": r"Iran\w*"}
DINARS = {
    "KWD": r"Kuwait\w*", "IQD": r"Iraq\w*", "JOD": r"Jordan\w*", "RSD": r"Serbia\w*", "DZD": r"Algeria\w*",
    "TND": r"Tunisia\w*", "BHD": r"Bahrain\w*", "LYD": r"Libya\w*", "MKD": r"Macedonia\w*",
}  # fmt: skip
SHILLINGS = {"KES": r"Kenya(?:ns?)?|Nairobi", "UGX": r"Uganda\w*", "TZS": r"Tanzania\w*", "SOS": r"Somali\w*"}
FRANCS = {
    "CHF": r"Switzerland|Swiss", "CDF": r"Congo\w*",
    "RWF": r"Rwanda\w*", "BIF": r"Burundi\w*", "GNF": r"Guinea\w*", "DJF": r"Djibouti\w*", "KMF": r"Comor\w+",
    "XOF": r"CFA|Senegal\w*|Ivory Coast|Ivorian|Mali|Benin|Togo\w*|Niger|Burkina\w*|Cameroon\w*|Gabon\w*|Chad\w*",
    "FRF": r"France|French|Belgi\w+|Luxembourg\w*",
}  # fmt: skip
SHARED: tuple[tuple[re.Pattern[str], Mapping[str, str]], ...] = (
    (re.compile(r"[ -](?:cents?|centimes?)\b"), {}),
    (re.compile(r"[ -]kron(?:er?)\b"), KRONER),
    (re.compile(r"[ -]krona\b"), {"SEK": KRONOR["SEK"], "ISK": CROWNS["ISK"]}),
    (re.compile(r"[ -]crowns?\b"), CROWNS),
    (re.compile(r"[ -]francs?\b"), FRANCS),
    (re.compile(r"[ -]pesos?\b"), PESOS),
    (re.compile(r"[ -]dirhams?\b"), DIRHAMS),
    (re.compile(r"[ -]riyals?\b"), RIYALS),
    (re.compile(r"[ -]dinars?\b"), DINARS),
    (re.compile(r"[ -]shillings?\b"), SHILLINGS),
    (re.compile(r"[ -]liras?\b"), {"TRY": r"Turkey|Turkish|Türkiye|Turks?|Istanbul|Ankara"}),
)
CENTS = SHARED[0][0]
# Also a verb: "3 won medals". With a scale or thousands it is money.
WON = re.compile(r"[ -]won\b(?! (?:the|an?|by|their|its|[a-z]+s)\b)")
KOREA = {
    "KRW": r"(?<!North )(?<!North-)Korea(?:ns?)?|Seoul|Busan|Incheon",
    "KPW": r"North[ -]Korea(?:ns?)?|Pyongyang|(?:North and South|South and North) Korea|Koreas",
}
MUCH = 1000
# Francs of Africa differ by region and those of France are history: their codes only keep "francs" from being Swiss.
READABLE = frozenset({"NOK", "DKK", "SEK", "CZK", "CHF", "TRY", "KRW", *PESOS, *DIRHAMS, *RIYALS, *DINARS, *SHILLINGS})
JAPAN = re.compile(
    r"\b(?:Japan(?:ese)?|Tokyo|Osaka|Kyoto|Yokohama|Nagoya|Kobe|Fukuoka|Sapporo|Kumamoto|Hokkaido|Okinawa|yen|Nikkei)\b|日本|日元"
)
CHINA = re.compile(r"\b(?:Chin\w+|yuan|RMB|renminbi|Beijing|Shanghai|Shenzhen|Guangzhou|Hangzhou)\b|中国|元")


def with_money(text: str, numbers: list[ReadNumber], context: str) -> list[ReadNumber]:
    """The numbers, those before a shared name of money with its currency where the context names one of its countries alone."""
    return [_with_sign(number, context) if number.unit else _with_money(text, number, context) for number in numbers]


def _with_sign(number: ReadNumber, context: str) -> ReadNumber:
    """ "¥" is the yen's in an article of Japan that never names China."""
    if number.unit == "¥" and JAPAN.search(context) and not CHINA.search(context):
        return replace(number, unit="JPY")
    return number


def _with_money(text: str, number: ReadNumber, context: str) -> ReadNumber:
    if (match := WON.match(text, number.end)) and number.high >= MUCH and (code := _only(KOREA, context)):
        return replace(number, unit=code, end=match.end())
    for name, countries in SHARED:
        if match := name.match(text, number.end):
            if name is CENTS and (money := _cents_of(context)):
                return replace(number, low=number.low / 100, high=number.high / 100, unit=money, end=match.end())
            if code := _only(countries, context):
                return replace(number, unit=code, end=match.end())
    return number


def _cents_of(context: str) -> str | None:
    """Whose cents they are: of the dollar, the euro or the Swiss franc, where the article counts in one of them alone."""
    dollars = re.search(r"(?<![A-Za-z])(?:US)?\$|\bdollars?\b", context)
    others = re.search(r"(?<!US)(?<=[A-Za-z])\$|\b(?:Australian|Canadian|Hong Kong|Singapore|Zealand|Taiwan)\b|\brand\b", context)
    euros = re.search(r"€|\beuros?\b", context)
    francs = re.search(r"\bSwiss francs?\b|\bCHF\b", context)
    named = [code for code, found in (("USD", dollars), ("EUR", euros), ("CHF", francs)) if found]
    return named[0] if len(named) == 1 and not others else None


def _only(countries: Mapping[str, str], context: str) -> str | None:
    """The code of the one country that is named; nothing where several are, or one whose money is not told apart."""
    named = [code for code, words in countries.items() if re.search(rf"\b(?:{words})\b", context)]
    return named[0] if len(named) == 1 and named[0] in READABLE else None
