"""The days of a stretch that is told by its end: "the year to March 2026", "the six months ended June 30", "the quarter to June".

Other times are `corpus.figures.calendar_words`'s; which number one belongs to is not decided here.
"""

import datetime as dt
import re

from corpus.figures.calendar_words import NUMBER, Days, days_of, month_span
from corpus.number_words import value_of
from corpus.written_dates import MONTH, YEAR

END_DAY = rf"(?:{MONTH} \d{{1,2}}(?!\d)(?:, ?{YEAR})?|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? {YEAR})?)"
END_MONTH = rf"(?:the end of |end-|early |mid-|late )?{MONTH}(?:,? {YEAR})?"
LENGTH = (
    rf"(?:(?P<number>{NUMBER})[ -](?P<unit>months?|weeks?|quarters?|years?)|"
    r"(?P<one>(?:financial |fiscal )?year|quarter|half(?:[ -]year)?|month|week))"
)
TRAILING = rf"{LENGTH} (?:to|through|ended|ending|until|that ended)(?: in| on)? (?P<end>{END_DAY}|{END_MONTH})"
# Group names may stand in one pattern only once, so that those who search among other times take this one.
TRAILING_TIME = rf"(?:(?i:in|over|during|for) )?(?i:the) {re.sub(r'[?]P<[a-z]+>', '?:', TRAILING)}"
PATTERN = re.compile(TRAILING)
MONTHS = {"month": 1, "quarter": 3, "half": 6, "half year": 6, "half-year": 6, "year": 12}


def trailing_days(words: str, published_on: dt.date | None) -> Days | None:
    """The first and the last day of a stretch up to a month or day; nothing where the words tell no such stretch.

    A month without a year is the last one up to the day of publication.

    Returns:
        Both empty where only an unknown day of publication would tell.
    """
    if not (match := PATTERN.search(words)):
        return None
    _, last = days_of(match["end"], published_on)
    if last is None:
        return None, None
    count = int(value_of(match["number"] or "1"))
    unit = (match["unit"] or match["one"]).removesuffix("s").rsplit("cial ", 1)[-1].removeprefix("fiscal ")
    if unit == "week":
        return last - dt.timedelta(days=7 * count - 1), last
    return _months_before(last, count * MONTHS[unit]), last


def _months_before(last: dt.date, count: int) -> dt.date:
    """The first day of a stretch of whole months that ends with a day: 1 April of the year to 31 March."""
    after = last + dt.timedelta(days=1)
    months = after.year * 12 + after.month - 1 - count
    first, end = month_span(months // 12, months % 12 + 1)
    return first + dt.timedelta(days=min(after.day, end.day) - 1)
