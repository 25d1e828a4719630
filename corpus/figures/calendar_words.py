"""The days that the words of a time stand for: "by the end of September 2024", "the first half of last year".

Counts calendar units itself, since dateparser gives a single day for each ("last year" is a day in it) and takes "on Wednesday"
in a text of a Wednesday for the week before; it reads "three years ago", where it is right.
Finds no times in a text: `corpus.figures.written_periods` does.
"""

import calendar
import datetime as dt
import re

from corpus.number_words import SMALL, value_of
from corpus.written_dates import MONTH, MONTHS, WEEKDAY, YEAR

Days = tuple[dt.date | None, dt.date | None]  # both included; the first is nothing for a day up to which something holds
Span = tuple[dt.date, dt.date]

UNIT_OF_TIME = r"(?:year|month|week|day|decade|quarter)"
NUMBER = rf"(?:\d{{1,2}}|{'|'.join((*SMALL[1:13], 'fifteen', 'twenty'))})"
PARTS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 0}
STEPS = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}
DAY_ONLY = re.compile(r"\b(?:by|as of|as at|until|till|through|up to)\b", re.I)
OPEN = re.compile(r"\b(?:since|from)\b", re.I)
BEFORE = re.compile(r"\bbefore\b", re.I)
AFTER = re.compile(r"\bafter\b", re.I)
AT_END = re.compile(r"\bend of\b", re.I)
AT_START = re.compile(r"\b(?:beginning|start) of\b", re.I)
AT_MIDDLE = re.compile(r"\bmiddle of\b|\bmid-", re.I)
RANGE = re.compile(
    rf"(?P<left>{YEAR}|{MONTH}(?:,? {YEAR})?) ?(?:to|and|until|till|through|[-–—]) ?(?P<right>(?:{MONTH},? )?\d{{2,4}}|{MONTH})\b"
)
FIRST_MONTHS = re.compile(rf"\bfirst (?P<number>{NUMBER}) months\b", re.I)
PART_OF_YEAR = re.compile(
    r"(?P<part>first|second|third|fourth|last(?= \w+ of)|1st|2nd|3rd|4th)[ -](?P<kind>quarter|half)\b", re.I
)
# "July-September", "April to June": months of one year.
MONTHS_SPAN = re.compile(rf"(?P<left>{MONTH}) ?[-–—] ?(?P<right>{MONTH})\b")
# China's plans since the sixth (1981-85) begin with years that end in 1 or 6.
FIVE_YEAR_PLAN = re.compile(r"\b(?P<number>\d{1,2})th Five[- ]Year Plan\b", re.I)
FIRST_PLAN, OLDEST_PLAN = 1951, 6
CODED_PART = re.compile(r"\b(?P<kind>[QH])(?P<part>[1-4])\b")
DAY_AND_MONTH = re.compile(
    rf"(?:(?P<month>{MONTH}) (?P<day>\d{{1,2}})(?!\d)|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{MONTH}))"
)
LENGTH = re.compile(
    rf"\b(?P<step>past|last|previous|next|coming|following) (?:(?P<number>{NUMBER}) )?(?P<unit>{UNIT_OF_TIME})(?P<plural>s?)\b",
    re.I,
)
RELATIVE = re.compile(r"\b(?P<which>(?<=end of )the|this|last|next|current|previous) (?P<unit>year|month|quarter|week)\b", re.I)


def days_of(words: str, published_on: dt.date | None) -> Days:
    """The first and the last day that a time in words stands for.

    "By 2035", "as of" and "the end of" name a last day only. "Since 2018" lasts until the day of publication, and has a first
    day only where that is unknown or earlier. "Early 2025" is given as all of 2025: the words do not say more.

    Returns:
        Both nothing where the words need a day of publication that is not known.
    """
    days = _span(words, published_on)
    if days is None:
        return None, None
    first, last = days
    if AT_END.search(words):
        first = last
    elif AT_START.search(words):
        last = first
    elif AT_MIDDLE.search(words):
        first = last = first + (last - first) / 2
    return _bounded(words, first, last, published_on)


def _bounded(words: str, first: dt.date, last: dt.date, published_on: dt.date | None) -> Days:
    is_point = AT_END.search(words) or AT_START.search(words) or AT_MIDDLE.search(words)
    if RANGE.search(words):
        return first, last
    if OPEN.search(words):
        return lasting(first, published_on)
    if AFTER.search(words):
        return lasting(last + dt.timedelta(days=1), published_on)
    if BEFORE.search(words):
        return None, first - dt.timedelta(days=1)
    return (None, last) if is_point or DAY_ONLY.search(words) else (first, last)


def lasting(first: dt.date, published_on: dt.date | None) -> Days:
    """From a day until the day of publication, where that is known and not earlier."""
    return first, published_on if published_on and published_on >= first else None


def year_span(year: int) -> Span:
    """The first and the last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def month_span(year: int, month: int) -> Span:
    """The first and the last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def part_span(year: int, kind: str, part: int) -> Span:
    """The first and the last day of a quarter or a half of a year; part 0 is the last one."""
    months = 3 if kind.lower().startswith("q") else 6
    part = part or 12 // months
    return dt.date(year, (part - 1) * months + 1, 1), month_span(year, part * months)[1]


def _span(words: str, on: dt.date | None) -> Span | None:
    """What the words stand for before "by", "since" or "the end of" change it."""
    try:
        if match := re.search(r"\d{4}-\d\d-\d\d", words):
            return (dt.date.fromisoformat(match.group()),) * 2
        if match := FIVE_YEAR_PLAN.search(words):
            return _plan(int(match["number"]))
        if match := MONTHS_SPAN.search(words):
            return _months(match, words, on)
        if match := FIRST_MONTHS.search(words):
            return _first_months(match, words, on)
        if match := RANGE.search(words):
            return _range(match, on)
        if match := PART_OF_YEAR.search(words) or CODED_PART.search(words):
            return _part(match, words, on)
        if match := DAY_AND_MONTH.search(words):
            return _day(match, words, on)
    except ValueError:  # "February 30" is no day
        return None
    if match := re.search(MONTH, words):
        return _month(MONTHS[match.group().rstrip(".").lower()], words, on)
    if match := re.search(rf"({YEAR})(s?)", words):
        first, last = year_span(int(match[1]))
        return (first, dt.date(int(match[1]) + 9, 12, 31)) if match[2] else (first, last)
    return _relative(words, on) if on else None


def _first_months(match: re.Match[str], words: str, on: dt.date | None) -> Span | None:
    last = int(value_of(match["number"]))
    year = _year(words, on)
    if year is None and on:  # the last such stretch up to the day of publication
        year = on.year if month_span(on.year, last)[1] <= on else on.year - 1
    return (dt.date(year, 1, 1), month_span(year, last)[1]) if year else None


def _months(match: re.Match[str], words: str, on: dt.date | None) -> Span | None:
    """The months from one to another, of the year that is named, or the last ones up to the day of publication."""
    left, right = (MONTHS[match[side].rstrip(".").lower()] for side in ("left", "right"))
    year = _year(words, on)
    if year is None and on:
        year = on.year if dt.date(on.year, left, 1) <= on else on.year - 1
    return (dt.date(year, left, 1), month_span(year, right)[1]) if year and left <= right else None


def _plan(number: int) -> Span | None:
    first = FIRST_PLAN + 5 * number
    return (dt.date(first, 1, 1), dt.date(first + 4, 12, 31)) if number >= OLDEST_PLAN else None


def _range(match: re.Match[str], on: dt.date | None) -> Span | None:
    left, right = match["left"], match["right"]
    if re.fullmatch(r"\d\d", right):
        right = left[:2] + right  # 2021-25
    if not re.search(YEAR, left) and (year := re.search(YEAR, right)):
        left = f"{left} {year.group()}"
    first, last = _span(left, on), _span(right, on)
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _year(words: str, on: dt.date | None) -> int | None:
    """The year that words name, or name by its distance from the article's."""
    if match := re.search(rf"(?<!\d){YEAR}(?!\d)", words):
        return int(match.group())
    if on and (match := re.search(r"\b(this|the|last|next|current|previous) year\b", words, re.I)):
        return on.year + STEPS.get(match[1].lower(), 0)
    return None


def _part(match: re.Match[str], words: str, on: dt.date | None) -> Span | None:
    part = int(match["part"]) if match["part"].isdigit() else PARTS[match["part"].lower()]
    if year := _year(words, on):
        return part_span(year, match["kind"], part)
    if on is None or re.search(r"\byear\b", words):
        return None
    this_year = part_span(on.year, match["kind"], part)
    return this_year if this_year[0] <= on else part_span(on.year - 1, match["kind"], part)


def _day(match: re.Match[str], words: str, on: dt.date | None) -> Span | None:
    month = MONTHS[(match["month"] or match["month2"]).rstrip(".").lower()]
    day = int(match["day"] or match["day2"])
    year = _year(words, on)
    if year is None and on is None:
        return None
    date = dt.date(year or on.year, month, day)  # type: ignore[union-attr]
    if year is None and on and date > on:
        date = date.replace(year=on.year - 1)
    return date, date


def _month(month: int, words: str, on: dt.date | None) -> Span | None:
    if year := _year(words, on):
        return month_span(year, month)
    if on is None:
        return None
    if re.search(r"\bnext\b", words, re.I):
        return month_span(on.year + (month <= on.month), month)
    return month_span(on.year - (month > on.month), month)


def _relative(words: str, on: dt.date) -> Span | None:
    if re.search(r"\b(?:year[- ]end|(?:full|whole) year)\b", words, re.I):
        return year_span(on.year)
    if match := re.search(WEEKDAY, words):
        return (_weekday(match.group(), words, on),) * 2
    if match := re.search(r"\bago\b|\byesterday\b", words, re.I):
        return _ago(words, on)
    match = LENGTH.search(words)
    if match and (match["number"] or match["plural"] or match["unit"] == "decade" or match["step"].lower() in {"past", "coming"}):
        return _length(match, on)
    match = RELATIVE.search(words)
    return _unit(match["unit"].lower(), STEPS.get(match["which"].lower(), 0), on) if match else None


def _weekday(name: str, words: str, on: dt.date) -> dt.date:
    behind = (on.weekday() - list(calendar.day_name).index(name)) % 7
    if re.search(r"\bnext\b", words, re.I):
        return on + dt.timedelta(days=7 - behind)
    return on - dt.timedelta(days=behind)


def _ago(words: str, on: dt.date) -> Span | None:
    import dateparser  # its language tables take half a second to load

    phrase = re.search(rf"(?:\ban?|\b{NUMBER}) {UNIT_OF_TIME}s? ago|yesterday", words, re.I)
    settings = {"RELATIVE_BASE": dt.datetime.combine(on, dt.time())}
    found = dateparser.parse(phrase.group(), languages=["en"], settings=settings) if phrase else None
    if not found:
        return None
    if "year" in words or "decade" in words:
        return year_span(found.year)
    return month_span(found.year, found.month) if "month" in words else (found.date(), found.date())


def _length(match: re.Match[str], on: dt.date) -> Span | None:
    """ "The past five years", up to the day of publication, or from it."""
    if match["plural"] and not match["number"]:
        return None  # "the past years" are any number
    count = int(value_of(match["number"] or "1")) * STEPS[match["step"].lower()]
    other = _shifted(on, match["unit"].lower(), count)
    return (other, on) if count < 0 else (on, other)


def _shifted(on: dt.date, unit: str, count: int) -> dt.date:
    if unit in {"day", "week"}:
        return on + dt.timedelta(days=count * (7 if unit == "week" else 1))
    months = on.year * 12 + on.month - 1 + count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    last = month_span(months // 12, months % 12 + 1)[1]
    return last.replace(day=min(on.day, last.day))


def _unit(unit: str, step: int, on: dt.date) -> Span:
    if unit == "week":
        monday = on + dt.timedelta(days=7 * step - on.weekday())
        return monday, monday + dt.timedelta(days=6)
    there = _shifted(on, unit, step)
    if unit == "quarter":
        return part_span(there.year, "quarter", (there.month + 2) // 3)
    return month_span(there.year, there.month) if unit == "month" else year_span(there.year)
