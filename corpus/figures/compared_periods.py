"""Times that are told by others: "40 a year earlier", and the years that a rate of growth spans ("from 8 in 2025 to 87 in 2030").

Finds no times itself (`corpus.figures.written_periods`), but says which of those of a sentence is counted from.
"""

import datetime as dt
import re

from corpus.figures.calendar_words import NUMBER, UNIT_OF_TIME, month_span
from corpus.figures.figure import Period
from corpus.figures.written_periods import WrittenPeriod
from corpus.number_words import value_of

EARLIER = (
    rf"(?:(?:in )?(?:the )?same (?:month|quarter|period|week) )?(?P<count>an?|one|the|{NUMBER}) (?P<unit>{UNIT_OF_TIME})s? "
    r"(?P<way>earlier|before|previously|prior|later)\b"
)
PREVIOUS = re.compile(rf"(?: (?:in|of|during))?,? the (?:previous|preceding|prior) (?P<unit>{UNIT_OF_TIME})\b")
# "483,000 a year earlier", "3 million tonnes of wheat a year before"; the number is what is compared with.
BEHIND = re.compile(
    rf"(?: (?!more|less|fewer|higher|lower|up|down|from|than|on)[\w-]+){{0,4}}?(?:, or [^,;.]{{1,40}})?,? {EARLIER}", re.I
)
# "58% on the same day last year", "the 251 ordered in the same period of 2024".
SAME_OF_OTHER = re.compile(
    r"(?: (?!more|less|fewer|higher|lower|up|down|from|than|as|times|\d)[\w-]+){0,3}? (?:on|in|during|over|for|at) "
    r"the (?:same|corresponding) (?P<unit>day|date|week|month|quarter|half|period|time)(?: of| in)? "
    r"(?:(?P<year>(?:19|20)\d\d)|last year|(?:the )?(?:previous|prior|preceding) year)\b",
    re.I,
)
# "Down from 6.3 percent in December and 6.8 percent a year earlier".
BASE = re.compile(
    r"\b(?:from|(?<!more )(?<!less )(?<!fewer )than|against|versus|vs\.?|compared (?:with|to)) "
    r"(?:[a-z]+ ){0,3}(?:[A-Z]{0,3}[$€£¥₹])?\d[\d.,]*[^,;.]{0,30}$"
)
AND_BASE = re.compile(r"\b(?:from|than|against|versus|compared (?:with|to)) [^;.,]*\d[^;,]{0,40}? and$")
COMPARED = re.compile(
    r"\b(?:than|versus|vs\.?|against|compared (?:with|to)|from|while|after|had (?:been|\w+ed)|had|was|were)"
    r"(?: (?:just|only|about|some|nearly|over|more than|fewer than|less than|around|an?))*"
    r"(?: (?:an?|the) (?:[\w-]+ ){1,3}of)? (?:[A-Z]{0,3}[$€£¥₹])?$"
)
SECOND_OF_TWO = re.compile(r"\W?\d[\d.,]*(?: (?:[mb]illion|trillion|bn|m))?, or $")  # "of $8 million, or 20 cents a share"
OPENS = re.compile(rf"^\W*{EARLIER}", re.I)
RATE = re.compile(
    r"\b(?:compound|annual(?:ised|ized)?|yearly|average)\b[^,;.]{0,30}\b(?:rate|growth)\b[^,;.]{0,20}$|\bCAGR\b[^,;.]{0,12}$",
    re.I,
)
RATE_BEHIND = re.compile(
    r" (?:a year|annually|(?:compound |average )?(?:annual|yearly) (?:growth )?(?:rate|growth)|CAGR|on average)", re.I
)


def growth_span(text: str, start: int, end: int, times: list[WrittenPeriod]) -> Period | None:
    """The years that a yearly rate of growth spans, where two times before it begin and end a change; nothing otherwise."""
    if not (RATE.search(text[:start]) or RATE_BEHIND.match(text, end)):
        return None
    before = [time for time in times if time.end <= start]
    if len(before) != 2 or ";" in text[before[0].end : start]:
        return None
    first, last = before
    between = text[first.end : last.start]
    change = re.search(r"\bfrom\b", text[: first.start]) and re.search(r"\bto\b", between)
    if not change or not (first.period.start and last.period.end) or first.period.start >= last.period.end:
        return None
    return Period(text[first.start : last.end], first.period.start, last.period.end)


def earlier_period(text: str, start: int, end: int, told_from: Period | None) -> Period | None:
    """The time of a number that stands for "a year earlier", counted from another time; unresolved where that is not known.

    Nothing where the number is not told so.
    """
    before = SECOND_OF_TWO.sub("", text[:start])
    match = OPENS.search(text)
    if match is None or match.end() > start:
        compared = COMPARED.search(before) or AND_BASE.search(before.rstrip())
        match = BEHIND.match(text, end) if compared else None
    if match is None:
        return _same_of_other(text, end, told_from) or _previous(text, end, told_from)
    words = match.group()[match.start("count") - match.start() :]
    if told_from is None or told_from.end is None:
        return Period(words, None, None)
    count = int(value_of(match["count"].lower().replace("the", "a"))) * (1 if match["way"].lower() == "later" else -1)
    first = _shifted(told_from.start, match["unit"].lower(), count) if told_from.start else None
    return Period(words, first, _shifted(told_from.end, match["unit"].lower(), count))


def is_base(before: str) -> bool:
    """Whether a time behind these words is that of a number that one before it is compared with: "12 from 15.9 billion"."""
    match = BASE.search(before)
    return match is not None and re.search(r"\d", before[: match.start()]) is not None


def _same_of_other(text: str, end: int, told_from: Period | None) -> Period | None:
    """ "On the same day last year", counted from the time told before it; unresolved where none is."""
    if not (match := SAME_OF_OTHER.match(text, end)):
        return None
    if told_from is None or told_from.end is None:
        return Period(match.group().strip(), None, None)
    years = int(match["year"]) - told_from.end.year if match["year"] else -1
    last = _shifted(told_from.end, "year", years)
    first = _shifted(told_from.start, "year", years) if told_from.start else None
    return Period(match.group().strip(), last if match["unit"].lower() in {"day", "date"} else first, last)


def _previous(text: str, end: int, told_from: Period | None) -> Period | None:
    """ "400 the previous year", which the year told before it is counted from; nothing where none is told."""
    match = PREVIOUS.match(text, end)
    if match is None or told_from is None or told_from.end is None or told_from.start is None:
        return None
    unit = match["unit"].lower()
    return Period(match.group().strip(" ,"), _shifted(told_from.start, unit, -1), _shifted(told_from.end, unit, -1))


def _shifted(day: dt.date, unit: str, count: int) -> dt.date:
    """A day so many calendar units later; the last day of a month stays the last."""
    if unit in {"day", "week"}:
        return day + dt.timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    last = month_span(months // 12, months % 12 + 1)[1]
    is_last = day == month_span(day.year, day.month)[1]
    return last if is_last else last.replace(day=min(day.day, last.day))
