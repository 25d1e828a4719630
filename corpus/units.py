"""Units and currencies as the press writes them, each as a factor of one unit that stands for its kind.

Only what converts exactly: metric prefixes, hours in a day, hectares in a square kilometre. No exchange rates. pint 0.25.3 was
weighed: half a second to load, and it knows neither FLOPS nor currencies, and reads "as" as attoseconds.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel.core import get_global

LARGE = (
    ("kilo", "k", 3), ("mega", "M", 6), ("giga", "G", 9), ("tera", "T", 12),
    ("peta", "P", 15), ("exa", "E", 18), ("zetta", "Z", 21), ("yotta", "Y", 24),
)  # fmt: skip
SMALL = (("centi", "c", -2), ("milli", "m", -3), ("micro", "µ", -6), ("nano", "n", -9))

# Unit, its names (any case), its symbols (this case only), whether prefixes for parts of it are in use.
PREFIXED: tuple[tuple[str, tuple[str, ...], tuple[str, ...], bool], ...] = (
    ("FLOPS", ("flops", "flop/s", "flop"), ("FLOPS", "FLOP/s", "Flops", "Flop/s", "flops", "flop/s"), False),
    ("byte", ("bytes", "byte"), ("B",), False),
    ("bit", ("bits", "bit"), ("b", "bit"), False),
    ("bit/s", ("bits per second", "bit per second", "bits a second"), ("bps", "bit/s", "b/s"), False),
    ("byte/s", ("bytes per second", "byte per second", "bytes a second"), ("B/s",), False),
    ("W", ("watts", "watt"), ("W",), False),
    ("Wh", ("watt hours", "watt hour", "watthours", "watthour"), ("Wh",), False),
    ("Hz", ("hertz",), ("Hz",), False),
    ("m", ("metres", "metre", "meters", "meter"), ("m",), True),
    ("g", ("grams", "gram", "grammes", "gramme"), ("g",), True),
    ("L", ("litres", "litre", "liters", "liter"), ("L", "l"), True),
)
NEVER_ALONE = frozenset({"B", "b", "b/s", "B/s"})  # without a prefix no unit: "7B parameters" are seven billion
# Short for other units, in small letters only: "12 PCs" are computers.
SHORT: Mapping[str, tuple[str, str]] = {
    "pc": ("%", "1"), "bps": ("percentage point", "0.01"), "bp": ("percentage point", "0.01"), "lb": ("g", "453.59237"),
    "lbs": ("g", "453.59237"), "oz": ("g", "28.349523125"), "ft": ("m", "0.3048"), "bbl": ("barrel", "1"),
    "km/h": ("m/s", "0.2777777777777777777777777778"), "kph": ("m/s", "0.2777777777777777777777777778"), "m/s": ("m/s", "1"),
    "mph": ("m/s", "0.44704"),
}  # fmt: skip

# Unit, factor, names (any case). Left out: "second", which also ranks ("two second-tier cities") but after a hyphen.
PLAIN: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("%", "1", ("%", "percent", "per cent", "pct")),
    ("percentage point", "1", ("percentage points", "percentage point", "pp")),
    ("percentage point", "0.01", ("basis points", "basis point")),
    ("FLOPS", "1", ("floating point operations per second", "floating point operations a second")),
    ("percentage point", "1", ("个百分点", "個百分點")),
    ("s", "0.001", ("milliseconds", "millisecond")),
    ("s", "1", ("seconds",)),
    ("s", "60", ("minutes", "minute", "min", "分钟")),
    ("s", "3600", ("hours", "hour", "hrs", "hr", "小时", "个小时")),
    ("s", "86400", ("days", "day")),
    ("s", "604800", ("weeks", "week")),
    ("s", "86400", ("day olds", "day old")),
    ("s", "604800", ("week olds", "week old")),
    ("s", "1209600", ("fortnights", "fortnight")),
    ("month", "1", ("months", "month", "month olds", "month old", "个月")),
    ("month", "12", ("years", "year", "year olds", "year old")),  # "a 17-year-old"
    ("month", "120", ("decades", "decade")),
    ("month", "1200", ("centuries", "century")),
    ("m", "1609.344", ("miles", "mile")),
    ("m", "0.3048", ("feet", "foot")),
    ("m", "0.0254", ("inches", "inch")),
    ("m", "0.9144", ("yards", "yard")),
    ("m", "1852", ("nautical miles", "nautical mile")),
    ("m", "1000", ("公里", "千米")),
    ("m", "1852", ("海里",)),
    ("m", "1", ("米",)),
    ("m", "0.01", ("厘米",)),
    ("m", "0.001", ("毫米",)),
    (
        "m/s",
        "0.2777777777777777777777777778",
        (
            "kilometres per hour",
            "kilometre per hour",
            "kilometers per hour",
            "kilometer per hour",
            "kilometres an hour",
            "kilometers an hour",
            "km per hour",
            "km an hour",
            "km/h",
            "kph",
            "公里每小时",
            "公里/小时",
        ),
    ),
    ("m/s", "0.44704", ("miles per hour", "mile per hour", "miles an hour")),
    ("m/s", "1", ("metres per second", "meters per second", "metres a second", "meters a second")),
    ("m²", "1e-6", ("square millimetres", "square millimetre", "square millimeters", "square millimeter", "mm²")),
    ("m²", "1e-4", ("square centimetres", "square centimetre", "square centimeters", "square centimeter", "cm²")),
    ("m²", "1e6", ("平方公里",)),
    ("m²", "10000", ("公顷",)),
    ("m²", "1", ("平方米",)),
    ("g", "1000", ("公斤", "千克")),
    ("W", "1e6", ("兆瓦",)),
    ("W", "1e9", ("吉瓦",)),
    ("L", "0.001", ("毫升",)),
    ("m²", "4046.8564224", ("acres", "acre")),
    ("Wh", "1000", ("千瓦时",)),
    ("W", "1000", ("千瓦",)),
    ("m²", "1", ("square metres", "square metre", "square meters", "square meter", "sq m", "m²", "m2")),
    ("m²", "10000", ("hectares", "hectare", "ha")),
    ("m²", "1e6", ("square kilometres", "square kilometre", "square kilometers", "square kilometer", "sq km", "km²", "km2")),
    ("g", "1e6", ("tonnes", "tonne", "metric tonnes", "metric tons", "metric ton")),
    ("g", "28.349523125", ("ounces", "ounce")),
    ("g", "1e9", ("kilotonnes", "kilotonne")),
    ("g", "1e12", ("megatonnes", "megatonne")),
    ("g", "1e15", ("gigatonnes", "gigatonne")),
    ("ton", "1", ("tons", "ton")),  # metric, short or long: not to be told from the word
    ("USD", "0.01", ("US cents", "US cent", "U.S. cents", "U.S. cent")),
    ("EUR", "0.01", ("euro cents", "euro cent", "eurocents", "eurocent")),
    ("GBP", "0.01", ("pence",)),
    ("°C", "1", ("degrees celsius", "degree celsius", "°C", "摄氏度")),
    ("m³", "1", ("cubic metres", "cubic metre", "cubic meters", "cubic meter", "m³", "m3", "立方米")),
    ("m³", "1e9", ("cubic kilometres", "cubic kilometre", "cubic kilometers", "cubic kilometer", "km³")),
    ("m³", "0.028316846592", ("cubic feet", "cubic foot")),
    ("barrel", "1", ("barrels", "barrel", "桶")),  # counted as the press does, not turned into litres
)

# ISO 4217 code, signs and codes that stand before the number, names that stand after it.
CURRENCIES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("USD", ("US$", "USD", "$"), ("US dollars", "US dollar", "U.S. dollars", "dollars", "dollar", "USD", "美元")),
    ("CNY", ("RMB", "CN¥", "CNY"), ("Chinese yuan", "yuan", "renminbi", "RMB", "CNY", "元人民币", "人民币", "元")),
    ("EUR", ("€", "EUR"), ("euros", "euro", "EUR", "€", "欧元")),
    ("GBP", ("£", "GBP"), ("pounds sterling", "British pounds", "pounds", "pound", "GBP", "英镑")),
    ("JPY", ("JP¥", "JPY"), ("Japanese yen", "yen", "JPY", "日元")),
    ("HKD", ("HK$", "HKD"), ("Hong Kong dollars", "HKD", "港元")),
    ("AUD", ("A$", "AUD"), ("Australian dollars", "AUD")),
    ("CAD", ("C$", "CAD"), ("Canadian dollars", "CAD")),
    ("INR", ("₹", "Rs.", "Rs", "INR"), ("Indian rupees", "rupees", "rupee", "INR")),
    ("KRW", ("₩", "KRW"), ("South Korean won", "KRW", "韩元")),  # "won" alone is a verb
    ("SGD", ("S$", "SGD"), ("Singapore dollars", "SGD")),
    ("TWD", ("NT$", "TWD"), ("New Taiwan dollars", "TWD")),
    ("NZD", ("NZ$", "NZD"), ("New Zealand dollars", "NZD")),
    ("BRL", ("R$", "BRL"), ("Brazilian reais", "reais", "BRL")),
    ("CHF", ("CHF",), ("Swiss francs", "CHF")),
    ("MYR", ("MYR",), ("Malaysian ringgit", "ringgit", "MYR")),
    ("AED", ("AED",), ("UAE dirhams", "AED")),
    ("SAR", ("SAR",), ("Saudi riyals", "SAR")),
    ("RUB", ("₽", "RUB"), ("Russian rubles", "Russian roubles", "rubles", "roubles", "RUB")),
    ("MXN", ("MXN",), ("Mexican pesos", "MXN")),
    ("ARS", ("ARS",), ("Argentine pesos", "Argentinian pesos", "ARS")),
    ("CLP", ("CLP",), ("Chilean pesos", "CLP")),
    ("COP", (), ("Colombian pesos",)),  # COP30 is a conference
    ("PHP", (), ("Philippine pesos",)),
    ("PKR", ("PKR",), ("Pakistani rupees", "Pakistan rupees", "PKR")),
    ("LKR", ("LKR",), ("Sri Lankan rupees", "Sri Lanka rupees", "LKR")),
    ("IDR", ("IDR",), ("Indonesian rupiah", "rupiah", "IDR")),
    ("THB", ("THB",), ("Thai baht", "baht", "THB")),
    ("VND", ("₫", "VND"), ("Vietnamese dong", "VND")),
    ("TRY", (), ("Turkish lira", "Turkish liras")),  # its code is a verb
    ("SEK", ("SEK",), ("Swedish kronor", "Swedish crowns", "kronor", "SEK")),
    ("NOK", ("NOK",), ("Norwegian kroner", "Norwegian crowns", "NOK")),
    ("DKK", ("DKK",), ("Danish kroner", "Danish crowns", "DKK")),
    ("CZK", ("CZK",), ("Czech crowns", "Czech korunas", "CZK")),
    ("PLN", ("PLN",), ("Polish zlotys", "Polish zloty", "zlotys", "PLN")),
    ("HUF", ("HUF",), ("Hungarian forints", "forints", "HUF")),
    ("ZAR", ("ZAR",), ("South African rand", "rand", "ZAR")),
    ("NGN", ("₦", "NGN"), ("Nigerian naira", "naira", "NGN")),
    ("KES", ("KES",), ("Kenyan shillings", "KES")),
    ("BDT", ("BDT",), ("Bangladeshi taka", "taka", "BDT")),
    ("GHS", ("GHS",), ("Ghanaian cedis", "cedis", "GHS")),
    ("ETB", ("ETB",), ("Ethiopian birr", "birr", "ETB")),
    ("UAH", ("₴", "UAH"), ("Ukrainian hryvnia", "hryvnias", "hryvnia", "UAH")),
    ("BGN", ("BGN",), ("Bulgarian leva", "leva", "BGN")),
    ("RON", (), ("Romanian lei", "RON")),
    ("EGP", ("EGP",), ("Egyptian pounds", "EGP")),
    ("ILS", ("₪", "ILS"), ("Israeli shekels", "shekels", "ILS")),
    ("KZT", ("₸", "KZT"), ("Kazakh tenge", "tenge", "KZT")),
    ("QAR", ("QAR",), ("Qatari riyals", "QAR")),
    ("KWD", ("KWD",), ("Kuwaiti dinars", "KWD")),
    ("MAD", (), ("Moroccan dirhams",)),
)
HYPHENATED_SECOND = re.compile(r"-second(?![\w-])", re.I)  # "a 90-second clip"
CODES = [sign for _, signs, _ in CURRENCIES for sign in signs if re.fullmatch("[A-Z]{3}", sign)]


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit that stands for its kind, and how many of it one of this makes: a petabyte is 10^15 bytes."""

    name: str
    factor: Decimal
    end: int


def unit_after(text: str, place: int) -> Unit | None:
    """The unit or currency that begins at a place, a space or a hyphen before it left out; nothing where none does."""
    match = _after().match(text, place)
    if match is None:
        second = HYPHENATED_SECOND.match(text, place)
        return Unit("s", Decimal(1), second.end()) if second else None
    written = re.sub(r"[\s-]+", " ", match.group(1))
    name, factor = _symbols().get(written) or _names()[written.lower()]
    return Unit(name, factor, match.end())


def currency_before(text: str, place: int) -> Unit | None:
    """The currency whose sign ends at a place, a space left out; its `end` is where the sign begins."""
    match = _before().search(text[max(place - 5, 0) : place])
    if match is None:
        return None
    code = next(code for code, signs, _ in CURRENCIES if match.group(1) in signs)
    return Unit(code, Decimal(1), place - len(match.group()))


def is_money(unit: str) -> bool:
    """Whether a unit is a currency's ISO 4217 code, also of one that is not among `CURRENCIES`."""
    return unit in get_global("all_currencies")


@cache
def _symbols() -> dict[str, tuple[str, Decimal]]:
    """Symbols as they must be written: "MW" is no "mW"."""
    found: dict[str, tuple[str, Decimal]] = {}
    for unit, _, symbols, parts in PREFIXED:
        for symbol in symbols:
            if symbol not in NEVER_ALONE:
                found[symbol] = unit, Decimal(1)
            for _, prefix, power in (*LARGE, *(SMALL if parts else ())):
                found[prefix + symbol] = unit, Decimal(10) ** power
    found |= {symbol: (unit, Decimal(factor)) for symbol, (unit, factor) in SHORT.items()}
    return found | {"K" + symbol: (unit, Decimal(1000)) for unit, symbol in (("byte", "B"), ("bit", "b"))}


@cache
def _names() -> dict[str, tuple[str, Decimal]]:
    """Names in lower case."""
    found: dict[str, tuple[str, Decimal]] = {}
    for unit, names, _, parts in PREFIXED:
        for name in names:
            found[name] = unit, Decimal(1)
            for prefix, _, power in (*LARGE, *(SMALL if parts else ())):
                found[prefix + name] = unit, Decimal(10) ** power
    found |= {name.lower(): (unit, Decimal(factor)) for unit, factor, names in PLAIN for name in names}
    return found | {name.lower(): (code, Decimal(1)) for code, _, names in CURRENCIES for name in names}


@cache
def _after() -> re.Pattern[str]:
    symbols, names = _pattern(_symbols()), _pattern(_names())
    # A word ends where no Latin letter or digit follows; a Chinese sign may.
    return re.compile(rf"[\s-]?({symbols}|(?i:{names}))(?:(?<=[\u4e00-\u9fff])|(?![A-Za-z0-9²³]))")


@cache
def _before() -> re.Pattern[str]:
    signs = sorted((sign for _, signs, _ in CURRENCIES for sign in signs), key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z])({'|'.join(map(re.escape, signs))})\s?$")


def _pattern(written: dict[str, tuple[str, Decimal]]) -> str:
    longest_first = sorted(written, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in longest_first)
