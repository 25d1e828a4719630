"""The times that an English or Chinese sentence writes, each with the days that it covers.

Goes further than `corpus.written_dates`, which finds dates to compare: here "by the end of last month" is resolved against the
day of publication, and stays unresolved where the article has none. Which number a time belongs to is not decided here.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.figures.calendar_words import NUMBER, PART_OF_YEAR, PARTS, UNIT_OF_TIME, Days, days_of, part_span
from corpus.figures.chinese_periods import chinese_periods
from corpus.figures.figure import Period
from corpus.figures.times_ahead import days_ahead
from corpus.figures.trailing_periods import TRAILING_TIME, trailing_days
from corpus.written_dates import MONTH, WEEKDAY, YEAR, dates_in

POINT = rf"(?:(?:early|late|mid)[ -])?(?:(?:{MONTH},? )?{YEAR}(?![\d%]|[.,]\d)|{MONTH}(?! [A-Z]))"
PREPOSITION = (
    r"(?:by|since|until|till|before|after|from|as of|as at|through|throughout|during|at|around|in|on|over|within|for|of)"
)
EDGE = r"(?i:(?:very )?(?:end|beginning|start|middle)\s+of|early|late|mid|earlier)[\s-]+"
LEAD = rf"(?:\b(?i:{PREPOSITION})\s+)?(?:(?i:the)\s+)?(?:{EDGE})?"
YEARS_OF = r"(?:(?i:over|during|in|for) )?(?:(?i:the) (?:years|period) )?"
OWN = re.compile(
    "|".join(
        (
            rf"\b(?:(?i:in|over|during|for) (?i:the) )?(?i:first) {NUMBER} months"
            rf"(?: of (?:{YEAR}|this year|last year|the year))?\b",
            rf"{LEAD}(?i:the )?\d{{1,2}}th (?i:five)[- ](?i:year plan)(?: (?i:period))?(?: \({YEAR}[-–]{YEAR}\))?",
            rf"{LEAD}{MONTH} ?[-–—] ?{MONTH}(?: {YEAR})?(?![\w])",
            rf"\b(?:in )?{YEAR} and {YEAR}(?= (?:together|combined|taken together)\b)",
            r"\b(?i:by|until|before) (?:the )?year[- ]end\b|\bfor the (?:full|whole) year\b",
            r"\b(?i:first|second|third|fourth)-(?:quarter|half)\b",
            rf"\b{TRAILING_TIME}\b",
            r"\b(?i:by|at|until) the end of the year\b",
            rf"\b{YEARS_OF}(?i:from|between) {POINT} (?:to|and|until|till|through) {POINT}",
            rf"\b{YEAR} to {YEAR}(?![\d%]| ?(?:percent|per cent|yuan|[mbtr]+illion))",
            rf"{LEAD}(?:(?:Q[1-4]|H[12])(?: of)?,? {YEAR}|{YEAR} (?:Q[1-4]|H[12])|FY ?{YEAR})\b",
            rf"{LEAD}(?:the )?(?i:first|second|third|fourth|last) (?:quarter|half) of the year\b",
            rf"{LEAD}(?:the )?(?i:this|last|next|the current|the previous|that) (?:year|quarter|month|week)\b(?!['’]s)",
            rf"{LEAD}(?:the )?(?i:past|last|next|coming|previous|following) (?:{NUMBER} )?(?:{UNIT_OF_TIME}s?)\b",
            rf"{LEAD}(?i:a|an|{NUMBER}) {UNIT_OF_TIME}s? ago\b",
            rf"\b(?i:in|at|by|since|until|till|before|after|from|as of|through|during|last|next|this) "
            rf"(?:the )?(?:(?:end|beginning|start|middle) of |early |late |mid-)?{MONTH}(?!,? ?\d|\w)",
            rf"\b(?i:last|next|this) {WEEKDAY}\b",
            r"\b(?i:yesterday)\b",
            # A year before a name ("by 2025 Beijing"), which `written_dates` takes for a part of it.
            rf"\b(?i:by|in|since|until|as of) {YEAR}(?= [A-Z][a-z])",
        )
    )
)
BEFORE_DATE = re.compile(rf"\b{PREPOSITION} (?:the (?:years? |end |beginning |start )?)?$|\b(?:entering) $", re.I)
# "Summit 2030", "Made in China 2025": the last word of a name. A sentence may begin with "Entering 2025".
NAME_BEFORE = re.compile(
    r"(?:^|[\s“\"(])(?!(?:In|By|Since|From|Entering|For|Over|During|Until|Before|After|Year|The)\s)[A-Z][\w’'+-]*\s$"
)
NAME_BEHIND = re.compile(r"\s(?:[A-Z][\w-]+\s)+(?:Report|Agenda|Summit|Plan|Goals?|Games|Index|Session|Conference|Expo)")
# "(5 gigawatts in 2023)", "against 40 in 2023", "since 2019": years of something else.
ASIDES = re.compile(
    rf"\([^()]*\)|\b(?:against|than|versus|compared with|compared to|up from|down from)\b(?:[^,.;]|\.(?=\d))*?\b{YEAR}|"
    rf"\b(?:since|founded in) {YEAR}|\b(?:peak|high|low|record|level)s? (?:in|of|from) {YEAR}|\bthe {YEAR} (?:level|peak|average)"
)
# "49.3 percent in the first, figures show".
ELIDED_PART = re.compile(
    r"\b(?:in|during|from) the (?P<part>first|second|third|fourth)(?=[,.;]|$| (?:and|when|but|as|while|to|after)\b)", re.I
)
NAMED_PART = re.compile(rf"{PART_OF_YEAR.pattern}(?:(?: of)?,? (?:{YEAR}|last year|this year))?", re.I)
DECADE = re.compile(r"(?:the )?(?:early |mid-|late )?\d{4}s")
YEAR_ALONE = re.compile(rf"{YEAR}s?")


@dataclass(frozen=True, slots=True)
class WrittenPeriod:
    """A time where a sentence writes it: `sentence[start:end]` is the text of its period."""

    start: int
    end: int
    period: Period


@lru_cache(maxsize=256)
def periods_in(sentence: str, published_on: dt.date | None) -> tuple[WrittenPeriod, ...]:
    """The times of a sentence, in order, none overlapping another; years that are part of a name are left out.

    A time without a year ("in August", "on Tuesday") is the last such time up to the day of publication. It stays unresolved
    where the sentence names another year, since it may be one of that year.
    """
    found: list[tuple[int, int]] = []
    elided = tuple(_elided(sentence, published_on))
    for start, end in sorted([*_own(sentence), *_dates(sentence)], key=lambda place: (place[0], -place[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    years = _years(sentence) if published_on and found else []
    periods = [_written(sentence, start, end, published_on, _is_of_another(years, end, published_on)) for start, end in found]
    return tuple(sorted([*periods, *elided, *_chinese(sentence, published_on)], key=lambda written: written.start))


def _elided(sentence: str, published_on: dt.date | None) -> Iterator[WrittenPeriod]:
    """ "49.3 percent in the first", where the sentence has named another quarter or half; the last such one before that."""
    for match in ELIDED_PART.finditer(sentence):
        named = list(NAMED_PART.finditer(sentence, 0, match.start()))
        first, _ = days_of(named[-1].group(), published_on) if named else (None, None)
        if first is None:
            continue
        told, part = named[-1], PARTS[match["part"].lower()]
        year = first.year - (part > PARTS[told["part"].lower()])
        yield WrittenPeriod(match.start(), match.end(), Period(match.group(), *part_span(year, told["kind"], part)))


def _own(sentence: str) -> Iterator[tuple[int, int]]:
    for match in OWN.finditer(sentence):
        if NAME_BEHIND.match(sentence, match.end()):
            continue
        before = BEFORE_DATE.search(sentence[: match.start()])
        yield before.start() if before else match.start(), match.end()


def _dates(sentence: str) -> Iterator[tuple[int, int]]:
    for date in dates_in(sentence):
        body = sentence[date.start : date.end]
        alone = YEAR_ALONE.fullmatch(body)
        if (alone and NAME_BEFORE.search(sentence[: date.start])) or NAME_BEHIND.match(sentence, date.end):
            continue
        before = BEFORE_DATE.search(sentence[: date.start])
        yield before.start() if before else date.start, date.end


def _years(sentence: str) -> list[tuple[int, int]]:
    """The years that a sentence names outside its asides, decades left out, each with the place where it does."""
    main = ASIDES.sub(lambda match: " " * len(match[0]), sentence)
    return [(date.start, year) for date in dates_in(main) for year in date.years if not DECADE.match(main, date.start)]


def _is_of_another(named: list[tuple[int, int]], end: int, published_on: dt.date | None) -> bool:
    """Whether a month without a year may be of a year that is named; not of one that is ahead and said behind its `end`."""
    if published_on is None:
        return False
    years = {year for start, year in named if start < end or year <= published_on.year}
    return bool(years) and published_on.year not in years


def _written(sentence: str, start: int, end: int, published_on: dt.date | None, other_year: bool) -> WrittenPeriod:
    words = sentence[start:end]
    sure = (
        re.search(YEAR, words)
        or re.search(r"\b(?:year|this|last|next|past|coming|ago|yesterday)\b", words, re.I)
        or not other_year
    )
    first, last = _days(sentence, start, end, published_on) if sure else (None, None)
    return WrittenPeriod(start, end, Period(words, first, last))


def _days(sentence: str, start: int, end: int, published_on: dt.date | None) -> Days:
    if trailing := trailing_days(sentence[start:end], published_on):
        return trailing
    ahead = days_ahead(sentence, start, end, published_on) if published_on else None
    return ahead or days_of(sentence[start:end], published_on)


def _chinese(sentence: str, published_on: dt.date | None) -> Iterator[WrittenPeriod]:
    for start, end, days in chinese_periods(sentence, published_on):
        yield WrittenPeriod(start, end, Period(sentence[start:end], *days))
