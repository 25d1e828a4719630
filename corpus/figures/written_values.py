"""Single numbers of a text with unit and place: plain ones, phrases, and those with "+" or 多 inside.

Joins no ranges (`corpus.figures.ranges`) and weighs no doubts (`corpus.figures.doubts`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.figures.figure import Bound
from corpus.figures.han_phrases import han_phrases_in
from corpus.figures.no_figures import no_figures_in
from corpus.figures.number_phrases import NumberPhrase, phrases_in
from corpus.number_forms import WIDE, NumberForm, form_at, forms_in
from corpus.number_words import COMMON_SCALES, SCALES
from corpus.units import unit_after

MORE = re.compile(r"(?:\+|-plus\b| ?plus\b(?= [a-z])|[多余餘])")
STRETCHED = re.compile(
    r" (?:consecutive|straight|full|whole|calendar|working|business|successive|solid|long)(?= (?:hour|day|week|month|"
    r"year|decade)s?\b)"
)
# "Net zero" and "zero emissions" count nothing, "a million-dollar prize" says only how large.
IDLE = re.compile(rf"(?:zero|{'|'.join(COMMON_SCALES)})-", re.I)
LASTING = re.compile(r"\b(?:in|within|for|just|only|than|by|about|every) $", re.I)
# Not in `corpus.units`, which reads "2025年" as well.
HAN_UNITS = {
    "年": ("month", 12),
    "岁": ("month", 12),
    "天": ("s", 86400),
    "周": ("s", 604800),
    "秒": ("s", 1),
    "吨": ("g", 10**6),
}
HAN_UNIT = re.compile(r"[年岁天周秒吨](?![代津月\d])")
YEN_OR_YUAN = re.compile(r"(?<![A-Za-z])[¥￥](?=\s?\d)")
PLAIN = re.compile(r"\d+(?:[, \u2009\u202f\u00a0]\d{2,3})*(?:\.\d+)?|\.\d+")
A_SCALE = re.compile(r"\ban? $", re.I)
LAST_SCALE = re.compile(rf"\b({'|'.join(SCALES)})\b", re.I)
# Units that are told in steps, and what stands between: "two hours and 31 minutes", "6 feet 2 inches"; not "5 km and 400 metres".
STEPPED: Mapping[str, tuple[str, ...]] = {"s": (" ", " and "), "month": (" ", " and "), "m": (" ",), "g": (" ",)}
POINTS = re.compile(r"[ -]points?\b(?! of\b)")
CHANGED = re.compile(
    r"\b(?:up|down|higher|lower|r[io]se|fell|fall|gain\w*|drop\w*|slip\w*|lost|los[et]|by|more|fewer|less|lead|ahead|climb\w*|"
    r"shed|added|jump\w*|slid|of|margin|swing|cut|rais\w+)\b[^,;]{0,30}$"
)
COMPARED = re.compile(r" (?:lower|higher|less|more|fewer|up|down|behind|ahead|below|above)\b")
INDEX = re.compile(
    r"\b(?:index|indices|indexes|Dow|Nasdaq|Nikkei|FTSE|DAX|stocks?|shares|bourse|scor\w+|game|match|season|league|team|basis|"
    r"benchmark|rebounds?|exam|test)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """One value, `text[start:end]`, in the base unit of `corpus.units` ("%", "s", "CNY"), "ratio", "¥", or nothing for a count.

    `figure` is the number before its scale and unit and `scale` what a scale word makes of it: 1.2 and 10^12 for "1.2 trillion
    yuan".
    """

    start: int
    end: int
    value: Decimal
    unit: str | None
    figure: Decimal
    scale: Decimal
    bound: Bound = Bound.NONE
    is_phrase: bool = False


def values_in(text: str) -> list[WrittenValue]:
    """The values of a text in order, without overlaps, and without what is no figure."""
    plain = text.translate(WIDE)
    aside = [(one.start, one.end, one.kind) for one in no_figures_in(plain)]
    phrases = [*phrases_in(plain), *han_phrases_in(plain)]
    # "Eight of the top ten" counts, though "top ten" alone does not.
    kept = [_of_phrase(one) for one in phrases if not _overlaps(one, ((a, b) for a, b, kind in aside if kind != "ranking"))]
    taken = [(a, b) for a, b, _ in aside] + [(one.start, one.end) for one in kept]
    parted = YEN_OR_YUAN.sub("$", plain)  # ¥ multiplies as $ does: "¥5m"
    forms = [_signed(plain, _of_form(parted, form)) for form in forms_in(parted) if not _overlaps(form, taken)]
    apart = _apart(sorted([*kept, *(form for form in forms if form)], key=lambda one: one.start))
    return _in_points(plain, _joined(plain, apart))


def _joined(text: str, values: list[WrittenValue]) -> list[WrittenValue]:
    """ "Two hours and 31 minutes": what is told in a larger and a smaller unit is one value."""
    found: list[WrittenValue] = []
    for value in values:
        last = found[-1] if found else None
        if (
            last is not None
            and value.unit == last.unit
            and text[last.end : value.start] in STEPPED.get(value.unit or "", ())
            and value.value < _step(last)
        ):
            found[-1] = replace(last, end=value.end, value=last.value + value.value, scale=Decimal(1))
        else:
            found.append(value)
    return found


def _step(value: WrittenValue) -> Decimal:
    """What one of a value's own unit is worth: 3600 for two hours."""
    return value.value / value.figure if value.figure else Decimal(0)


def _in_points(text: str, values: list[WrittenValue]) -> list[WrittenValue]:
    """ "Hit 19.8 percent, up 2.6 points": points of a percentage, where the sentence has one and no index or score."""
    percents = [value.end for value in values if value.unit in {"%", "percentage point"}]
    if not percents or INDEX.search(text):
        return values
    return [_as_points(text, value) if value.unit is None and value.start > percents[0] else value for value in values]


def _as_points(text: str, value: WrittenValue) -> WrittenValue:
    match = POINTS.match(text, value.end)
    is_change = match and (CHANGED.search(text, 0, value.start) or COMPARED.match(text, match.end()))
    return replace(value, end=match.end(), unit="percentage point") if match and is_change else value


def _apart(values: list[WrittenValue]) -> list[WrittenValue]:
    found: list[WrittenValue] = []
    for value in values:
        if not found or value.start >= found[-1].end:
            found.append(value)
    return found


def _overlaps(one: NumberForm | NumberPhrase, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < one.end and one.start < end for start, end in spans)


def _of_phrase(phrase: NumberPhrase) -> WrittenValue:
    return WrittenValue(phrase.start, phrase.end, phrase.value, phrase.unit, phrase.value, Decimal(1), is_phrase=True)


def _of_form(text: str, form: NumberForm) -> WrittenValue | None:
    written = text[form.start : form.end]
    if (
        written.casefold() == "zero"
        or IDLE.match(written)
        or (written.casefold() == "one day" and not LASTING.search(text[: form.start]))
    ):
        return None
    first = _digits(text, form)
    for read in (_with_more, _stretched):
        if wider := read(text, form, first):
            return wider
    return _plain(text, form, first)


def _digits(text: str, form: NumberForm) -> tuple[int, int, Decimal] | None:
    """Where a form's digits stand, and their value; nothing for spelled numbers."""
    match = PLAIN.search(text, form.start, form.end)
    return (*match.span(), Decimal(re.sub(r"[^\d.]", "", match.group()))) if match else None


def _plain(text: str, form: NumberForm, digits: tuple[int, int, Decimal] | None) -> WrittenValue:
    if digits and digits[2]:
        scale = abs(form.figure / digits[2])
    else:
        scales = LAST_SCALE.findall(text[form.start : form.end])
        scale = Decimal(10) ** SCALES[scales[-1].lower()] if scales and not digits else Decimal(1)
    if form.unit is None and (han := HAN_UNIT.match(text, form.end)):
        unit, factor = HAN_UNITS[han.group()]
        return WrittenValue(form.start, han.end(), form.value * factor, unit, form.figure / scale, scale)
    return WrittenValue(_with_article(text, form.start), form.end, form.value, form.unit, form.figure / scale, scale)


def _with_article(text: str, start: int) -> int:
    """Where "a million" begins: its "a" is the number."""
    match = A_SCALE.search(text[:start]) if LAST_SCALE.match(text, start) else None
    return match.start() if match else start


def _with_more(text: str, form: NumberForm, digits: tuple[int, int, Decimal] | None) -> WrittenValue | None:
    """ "130-plus", "20+ years", "1 million+ users", "100多亿元"."""
    if not (match := MORE.match(text, form.end)):
        return None
    if digits and form.end == digits[1] and (again := form_at(text, digits[0], match.end(), digits[2])):
        wider = _plain(text, again, digits)
    else:
        wider = replace(_plain(text, form, digits), end=match.end())
    # "多" stays outside the number unless a unit follows it.
    end = wider.end if wider.end > match.end() or match.group()[0] in "+- " else form.end
    return replace(wider, end=end, bound=Bound.ABOVE)


def _stretched(text: str, form: NumberForm, digits: tuple[int, int, Decimal] | None) -> WrittenValue | None:
    """ "12 consecutive years": the word between belongs to the number's span."""
    match = STRETCHED.match(text, form.end)
    if form.unit or not match:
        return None
    again = form_at(text, form.start, match.end(), form.figure)
    return WrittenValue(again.start, again.end, again.value, again.unit, again.figure, Decimal(1)) if again else None


def _signed(text: str, value: WrittenValue | None) -> WrittenValue | None:
    """A number behind ¥, whose currency is told later from what the text is about, unless its name follows."""
    if value is None or not YEN_OR_YUAN.match(text, value.start):
        return value
    named = unit_after(text, value.end)
    if named and named.name in {"CNY", "JPY"}:
        return replace(value, unit=named.name, end=named.end)
    return replace(value, unit="¥")
