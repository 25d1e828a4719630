"""Moments in a question's words -> the days that they span.

Only phrases that these patterns find are given to dateparser: on a whole question it takes "may" for a month.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
YEAR = r"(?:19|20)\d\d"
DAY = r"\d{1,2}(?:st|nd|rd|th)?(?!\d)"
RELATIVE = r"(?:[Tt]his|[Ll]ast) (?:year|month|week)|yesterday"
CHINESE = rf"(?:去年|今年|前年|上个?月|这个?月|本月|本周|上周|{YEAR}年(?:(?:1[0-2]|0?[1-9])月(?:(?:3[01]|[12]\d|0?[1-9])日)?)?)"
# A moment; a month alone counts after a preposition only, which the caller sees to.
MOMENT = (
    rf"(?:{YEAR}-\d\d-\d\d|{DAY}(?: of)? {MONTH}(?:,? {YEAR})?|{MONTH} {DAY}(?:,? {YEAR})?|{MONTH},? {YEAR}|{CHINESE}"
    rf"|{YEAR}(?![\d-])|{MONTH}(?![a-z])|{RELATIVE})"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days; both ends are in it, and `None` is an open end."""

    since: dt.date | None
    until: dt.date | None


@lru_cache(maxsize=16)
def _parser(today: dt.date) -> Any:
    from dateparser.date import DateDataParser  # its language tables take half a second to load

    settings = {
        "RELATIVE_BASE": dt.datetime.combine(today, dt.time()),
        "PREFER_DATES_FROM": "past",
        "PREFER_DAY_OF_MONTH": "first",
    }
    return DateDataParser(languages=["en", "zh"], settings=settings)


def days_of(moment: str, today: dt.date) -> Period | None:
    """The days of a moment: all of a month for "March 2025"; `None` for a day that no calendar has."""
    moment = moment.strip()
    if year := re.fullmatch(rf"({YEAR})年?", moment):
        return Period(dt.date(int(year[1]), 1, 1), dt.date(int(year[1]), 12, 31))
    if moment == "前年":
        return days_of(str(today.year - 2), today)
    found = _parser(today).get_date_data(moment)
    if found.date_obj is None:
        return None
    day = found.date_obj.date()
    if found.period == "year":
        return Period(day.replace(month=1, day=1), day.replace(month=12, day=31))
    if found.period == "month":
        return Period(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))
    if found.period == "week":
        monday = day - dt.timedelta(days=day.weekday())
        return Period(monday, monday + dt.timedelta(days=6))
    return Period(day, day)


def period_of(preposition: str, first: str, second: str | None, today: dt.date) -> Period | None:
    """The days that "since September 2025" or "between March and May 2025" spans.

    Args:
        preposition: in lower case; English or Chinese.
        second: the other end of "between … and …"; its year counts for both when the first names none.
    Returns:
        `None` for a moment that no calendar has, and for one that begins after today: nothing is published yet then.
    """
    if second:
        year = re.search(YEAR, second)
        if year and not re.search(YEAR, first):
            first = f"{year.group()}年{first}" if "月" in first else f"{first} {year.group()}"
        if "月" in second and not year and (year := re.search(YEAR, first)):
            second = f"{year.group()}年{second}"
    start, end = days_of(first, today), days_of(second or first, today)
    if start is None or end is None or start.since is None or start.since > today:
        return None
    if second:
        return Period(start.since, end.until) if end.until and start.since <= end.until else None
    return _open(preposition, start)


def _open(preposition: str, days: Period) -> Period:
    assert days.since and days.until
    one_day = dt.timedelta(days=1)
    if preposition in {"since", "以来", "起", "以后至今"}:
        return Period(days.since, None)
    if preposition in {"after", "之后", "以后"}:
        return Period(days.until + one_day, None)
    if preposition in {"before", "之前", "以前", "prior to"}:
        return Period(None, days.since - one_day)
    if preposition in {"until", "till", "up to"}:
        return Period(None, days.until)
    return days


def label_of(period: Period) -> str:
    """A period in short words, as it is shown: "since 1 Sep 2025", "published in 2025", "published 1 Mar 2025 to 31 May 2025"."""
    since, until = period.since, period.until
    if since and until:
        if (since.month, since.day, until.month, until.day) == (1, 1, 12, 31) and since.year == until.year:
            return f"published in {since.year}"
        return f"published on {_day(since)}" if since == until else f"published {_day(since)} to {_day(until)}"
    return f"since {_day(since)}" if since else f"until {_day(until)}" if until else ""


def _day(day: dt.date) -> str:
    # strftime's names of months follow the machine's language.
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
