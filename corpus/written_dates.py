"""Dates as English articles write them: where each stands in a text, and which days it covers.

Only dates that name a year, a month or a weekday; "last week" is none, since the text does not say which week.
"""

import calendar
import re
from dataclasses import dataclass

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
MONTH = rf"(?:(?:{'|'.join(calendar.month_name[1:])})\b|(?:{'|'.join(calendar.month_abbr[1:])}|Sept)\b\.?)"
WEEKDAY = rf"(?:{'|'.join(calendar.day_name)})"
YEAR = r"(?:18|19|20)\d\d"
# "The 2025 Government Work Report" and "the 2030 Agenda" are names, "2024 billion" is a number.
PLAIN_YEAR = (
    rf"(?<![\w$€£¥.,+-]){YEAR}s?(?![\w%°]|[.,]\d|-(?!\d)"
    r"| ?(?:[Pp]er ?cent|hundred|thousand|[mbtr]+illion|yuan|RMB|dollars|euros)\b"
    rf"| (?!{MONTH})[A-Z][a-z])"
)
LEAD = (
    r"(?:(?:by|since|until|before|after|from|as of|through|during|at|around|in|on)\s+)?"
    r"(?:the\s+)?(?:(?:very )?(?:end|beginning|start|middle|turn)\s+of\s+|(?:early|late|mid)[\s-])(?:the\s+)?"
    rf"|(?:by|since|until|before|after|as of|from(?! {YEAR} to\b))\s+"
)
DAY = r"(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?"
QUARTER = r"the (?:first|second|third|fourth|last|1st|2nd|3rd|4th) (?:quarter|half)(?: of)?"
BODY = "|".join(
    (
        r"(?<![\d-])(?:1[89]|20)\d\d-\d\d-\d\d(?![\d-])",
        rf"between {YEAR} and {YEAR}\b",
        rf"from {YEAR} to {YEAR}\b",
        rf"(?<![\w.,-]){YEAR} ?[-–—] ?(?:{YEAR}|\d\d)(?![\w%])",
        rf"(?:{WEEKDAY}, )?{MONTH} {DAY}(?:,? {YEAR})?(?![\w%]|[.,]\d)",
        rf"(?:{WEEKDAY},? )?(?<![\d.,]){DAY}(?: of)? {MONTH}(?:,? {YEAR})?(?!\w)",
        rf"{MONTH}(?: of)?,? {YEAR}(?!\w)",
        rf"(?:in )?{QUARTER} (?:{YEAR}|(?:the|this|that|last|next) year)\b",
        rf"{QUARTER}\b(?! of)",
        rf"(?:early|late|mid)-{YEAR}s?(?!\w)",
        PLAIN_YEAR,
        # "May" alone is mostly no month.
        rf"(?<=\bin )(?!May\b|Mar\b|Jan\b){MONTH}(?! [A-Z\d])",
        rf"\b{WEEKDAY}\b",
    )
)
WRITTEN_DATE = re.compile(rf"\b(?P<lead>(?i:{LEAD}))?(?P<body>{BODY})")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date where a text writes it: `text[start:end]`, with "by", "since" or "the end of" before it.

    `years` are those it names or spans (empty for a weekday or a month alone), `month` is 0 where none is named.
    """

    start: int
    end: int
    years: frozenset[int]
    month: int

    def meets(self, other: "WrittenDate") -> bool:
        """Whether two dates may be the same time, as far as both tell."""
        same_year = not self.years or not other.years or not self.years.isdisjoint(other.years)
        return same_year and (not self.month or not other.month or self.month == other.month)


def dates_in(text: str) -> list[WrittenDate]:
    """The dates that a text writes, in order; none overlaps another."""
    return [_read(match) for match in WRITTEN_DATE.finditer(text)]


def _read(match: re.Match[str]) -> WrittenDate:
    body = match["body"]
    found = [int(year) for year in re.findall(rf"(?<!\d){YEAR}(?!\d\d)", body)]
    if short := re.fullmatch(rf"({YEAR}) ?[-–—] ?(\d\d)", body):
        found = [int(short[1]), int(short[1][:2] + short[2])]
    years = frozenset(range(min(found), max(found) + 1)) if found else frozenset()
    month = re.search(MONTH, body)
    number = MONTHS[month.group().rstrip(".").lower()] if month else 0
    start = match.start("body") if match["lead"] and body.startswith(("from", "between")) else match.start()
    end = match.end() - (len(body) - len(body.rstrip()))
    return WrittenDate(start, end, years, number)
