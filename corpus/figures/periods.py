"""Which time of its sentence a number is about.

A time in the number's own clause comes first, the nearest of several; one that opens the sentence or stands in an earlier
clause holds for the numbers behind it. Times of something else are passed over: what a number is compared with ("than in 2019"),
when a body was founded, when somebody said it. Where nothing is sure there is no period. What a time's words mean is read by
`corpus.figures.written_periods`.
"""

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter

from corpus.article import Article, Paragraph
from corpus.chunks import sentences_of
from corpus.figures.attachment import distance, in_brackets, is_one_clause, is_one_part
from corpus.figures.calendar_words import FIVE_YEAR_PLAN, year_span
from corpus.figures.compared_periods import earlier_period, growth_span, is_base
from corpus.figures.figure import Period
from corpus.figures.period_contexts import closes_aside, is_parted_before, is_parted_behind, without_list
from corpus.figures.written_periods import WrittenPeriod, periods_in
from corpus.number_words import SMALL

OWN_NUMBER = 20  # in words: "500 in 2023" keeps its year from the number after it
OPENING_WORDS = 12  # a time that opens the sentence is at most so far from any of its numbers
COMPARED = re.compile(
    r"\b(?:than|versus|vs\.?|against|compared (?:with|to)|relative to|beat|beats|beating)"
    r"(?: (?:that|those|the (?:figure|level)s?))?(?: of)?\W*$"
    r"|\b(?:twice|double|triple|times|half) (?:that|those|the (?:figure|level|number|total|amount)s?)(?: of)?\W*$"
    r"|\b(?:twice|times|half|than) what [\w ]{1,30}$"
    r"|\bthan (?:it|they|he|she|we|analysts|economists) (?:had )?(?:\w+ed|thought|foresaw)(?: (?:in|on))?\W*$"
    r"|\b(?:its|the|their|a)(?: [\w-]+){0,2} (?:peak|high|low|trough|record)s?"
    r"(?: (?:reached|set|seen|hit))?(?: (?:in|of|from))?\W*$"
    r"|\b(?:than|as) (?:in|on|during|at) the (?:same|corresponding) (?:day|week|month|quarter|period|time)\W*$",
    re.I,
)
# Before "from 2023": a change since then, not a time in which something began.
CHANGE = re.compile(
    r"(?:\b(?:up|down|rise|rose|risen|increased?|grew|grown|growth|fell|fallen|percent|per cent|points|fold|doubled|times)|%)"
    r"(?: [\w.]+){0,3} $",
    re.I,
)
RECORD_SINCE = re.compile(
    r"\b(?:\w+est|most|first|second|third|fourth|fifth|sixth|seventh|best|worst|record|least|only)\b[^,;]{0,40}$", re.I
)
BRACKETED = re.compile(r"\([^()]*[a-z]{3,}[^()]*$")  # "(listed since 1998)" is about what stands before it; "(2024: 540)" is not
EVENT = re.compile(
    r"\b(?:founded|established|launched|opened|created|born|adopted|signed|released|published|issued|unveiled|set up|started|"
    r"begun|inaugurated|proposed|introduced|formed|dates|dating|effect)(?: (?:on|in))? ?$",
    re.I,
)
SAID = re.compile(
    r"\b(?:said|says|told|announced|noted|added|wrote|stressed|conference|briefing|interview|speech|statement|report|reported)"
    r"(?: [\w’']+){0,3} ?$"
)
CHANGED = re.compile(r"\b(?:rose|fell|grew|increased|decreased|declined|dropped|climbed|jumped|sold|exported|last|earlier)\b")
# "The mill, built in 1962, …"; a survey "conducted in 2024" found what held then.
FOUND_THEN = (
    r"(?:conduct|carri|held|measur|count|record|survey|valu|estimat|report|compil|bas|updat|collect|compar|follow|need|includ)"
)
PARTICIPLE = (
    rf"(?:\w+ly )?(?:(?!{FOUND_THEN})\w+ed|built|begun|drawn up|bought|sold|taken over|set up|laid|cut|made|won|dug|lost)"
)
ASIDE = re.compile(rf", (?:which|who|whose|where|to be|due|set|originally|first|{PARTICIPLE})\b[^,]*$")
# "The mill completed in 1962 employs …": the participle is the subject's, since a verb of its own follows.
BUILT = re.compile(r"^(?:The|An?|Its|This|That|Their|Our)(?: [\w-]+){1,4} (?:built|completed|finished|erected|constructed) in $")
VERB_BEHIND = re.compile(r"^ (?:\w+ly )?(?!was|were)(?:is|are|has|can|now|[a-z]{3,}s)\b")
ITS_YEAR = re.compile(r"(?: [a-z]+)? (?:report|survey|study|paper|law|agreement|edition|book|film)\b")  # "a 2024 report"
# "8% below the 2024 level", "the bond due 2031".
LEVEL_OF_YEAR = re.compile(r" (?:level|figure|peak|average|total|high|low|record)s?\b")
COMPARED_LEVEL = re.compile(r"\b(?:below|above|from|than|on|off|of|over|under) (?:the|its|their) $")
DUE_YEAR = re.compile(r"\b(?:due|maturing) $")
# "… in the first quarter, of which 1,450 went to fruit pickers".
PART_OF_IT = re.compile(r", (?:of (?:which|whom|them|these)|including|among them)\b")
WHEN = re.compile(r",? when\b")
SPAN_OF_YEARS = re.compile(r"\b(?:and|to) (?P<last>\d{4})$")
NEXT_CLAUSE = re.compile(r"[;:]|, (?:and|but|while|whereas|said)\b")
FROM_NUMBER = re.compile(r"\bfrom \W?\d[^;]*$")
NOW = re.compile(r"\b(?:now|currently|today|nowadays|at present|so far|to date|目前|现在)\b|目前|现有", re.I)
NOW_BEHIND = re.compile(r" (?:now|today|currently|at present)(?=[,.;)]|$)")
PRESENT = re.compile(
    r"\b(?:has|have|is|are|gives?|offers?|serves?|employs?|runs|includes?|covers?)\b"
    r"(?! (?:\w+ly )?(?:been|gone|risen|fallen|grown|climbed|dropped)\b)"
)
# "2,000-seat", "three-day", but not "130-plus" or "twenty-three".
AND_PRESENT = re.compile(r"\band (?:it )?(?:has|is|employs|serves|runs|covers|gives|offers)\b")
ATTRIBUTE = re.compile(
    rf"(?:\d|(?:{'|'.join(SMALL[1:11])}))-(?!plus|halves|thirds?|quarters?|fifths?|sixths?|tenths?|per)"
    r"(?:$|(?:(?:square|cubic)-)?\w+$)",
    re.I,
)
RESPECTIVELY = re.compile(r"\brespectively\b|分别")
DIGIT_OR_COUNT = re.compile(rf"\d|\b(?:{'|'.join(SMALL[2:13])})\b", re.I)
BY_THEN = re.compile(r"^\W*(?:by|until) (?:then|that (?:time|date|year|day))\b|^\W*(?:届时|到那时)", re.I)
SAME_TIME = re.compile(
    r"^\W*(?:(?:in|over|during|at|for) )?(?:the same|that) (?:time|year|month|quarter|period|day|date)\b"
    r"|^\W*(?:同年|同期|当年|同月)",
    re.I,
)
GOES_ON = re.compile(r"^\W*(?:(?:it|they|he|she|the (?:city|company|country|province|industry|sector)) )?also\b|^此外还", re.I)


def period_of(article: Article, sentence: tuple[int, int], number: tuple[int, int]) -> Period | None:
    """The as-of date or period that a number is about.

    Args:
        sentence, number: first and last place in the article's text, the last excluded.
    Returns:
        Nothing where the sentence gives the number no time. A period without days where it gives one that only the article's
        date could resolve; one with a first day only for "since 2026" in an article without a date.
    """
    text = article.text[slice(*sentence)]
    start, end = number[0] - sentence[0], number[1] - sentence[0]
    if ATTRIBUTE.search(text[start:end]) or text[end : end + 1] == "-":
        return None  # "the 2,000-seat hall opened in 2000" does not count its seats in 2000
    written = [time for time in periods_in(text, article.published_on) if time.end <= start or time.start >= end]
    if spanned := growth_span(text, start, end, written):
        return spanned
    if earlier := earlier_period(text, start, end, _told_from(article, sentence, start, written)):
        return earlier if earlier.is_resolved else None
    if then := _of_when_clause(text, start, written):
        return then
    if len(written) > 1 and RESPECTIVELY.search(text):
        return None  # which of the numbers is which year's is not guessed
    if NOW_BEHIND.match(text, end):
        return None  # "up from 60 now"
    ranked = sorted((cost, place) for place, time in enumerate(written) if (cost := _cost(text, start, end, time)) is not None)
    if ranked:
        return written[ranked[0][1]].period
    return None if written else _continued(article, sentence, text)


def _cost(text: str, start: int, end: int, time: WrittenPeriod) -> int | None:
    """How far a time is from a number, in words; nothing where it is the time of something else."""
    if _is_of_another(text, start, end, time):
        return None
    between = text[time.end : start] if time.end <= start else text[end : time.start]
    if FIVE_YEAR_PLAN.search(time.period.text) and _opening(text, time) is None and not is_one_part(between):
        return None  # what a plan's years are said of beside is mostly told of no time
    said = 2 * OPENING_WORDS if SAID.search(text[: time.start]) and _opening(text, time) is None else 0
    if said and (CHANGED.search(text) or time.period.start == time.period.end):
        return None  # the day on which somebody speaks is not the day that is spoken of
    if time.start >= end:
        behind = _cost_behind(text, end, time)
        return None if behind is None else behind + said
    between = text[time.end : start]
    if NOW.search(between):
        return None
    if is_parted_before(text, start, end, time.start, time.end, opens=_opening(text, time) is not None):
        return None
    opening = _opening(text, time)
    if opening is None and AND_PRESENT.search(between):
        return None
    if not is_one_clause(between) and opening is None and PRESENT.search(_last_clause(between)):
        return None
    own = OWN_NUMBER if _has_own_number(text, time) else 0
    cost = distance(between)
    return (min(cost, OPENING_WORDS) if opening is not None else cost) + own + said


def _cost_behind(text: str, end: int, time: WrittenPeriod) -> int | None:
    """How far a time behind the number is: it must be in the same clause, and not be another number's."""
    between = text[end : time.start]
    if is_parted_behind(text, end, time.start):
        return None
    between = without_list(re.sub(r" ?\([^()]*\)", "", between))
    if FROM_NUMBER.search(between) and not re.search(r" to \W?\d", between):
        return None  # "fell to 9,000 from 11,000 in 2020"
    if not is_one_clause(between) and not SAID.search(between):
        return None
    if not is_one_part(between) and DIGIT_OR_COUNT.search(re.split(r", |，", between)[-1]):
        return None
    return distance(between)


def _is_of_another(text: str, start: int, end: int, time: WrittenPeriod) -> bool:
    before = text[: time.start]
    words = time.period.text.lower()
    if re.fullmatch(r"\d{4}", words) and (ITS_YEAR.match(text, time.end) or DUE_YEAR.search(before)):
        return True
    if LEVEL_OF_YEAR.match(text, time.end) and COMPARED_LEVEL.search(text[: time.end - len(words.split()[-1])]):
        return True
    if words.startswith(("since", "from")) and time.period.start and RECORD_SINCE.search(before):
        return True
    if COMPARED.search(before) or (re.fullmatch(r"(?:from|over|on) (?:18|19|20)\d\d", words) and CHANGE.search(before)):
        return True
    if (
        BRACKETED.search(before)
        and ")" in text[time.end : start if time.end <= start else len(text)]
        and not in_brackets(text, start)
    ):
        return True
    if time.end <= start:
        between = text[time.end : start]
        if is_base(before):
            return True
        if BUILT.search(text[: time.end - len(words.split()[-1])]) and VERB_BEHIND.search(between):
            return True
        aside = ASIDE.search(before)
        if aside and "," in between and not closes_aside(before[: aside.start()]):
            return True
        goes_on = (is_one_part(between) and " and " not in between) or PART_OF_IT.match(between)
        return EVENT.search(before) is not None and not goes_on
    between = text[end : time.start]
    now = NOW.search(text[max(start - 25, 0) : start]) is not None
    return (EVENT.search(before) is not None or now) and not is_one_part(between)


def _of_when_clause(text: str, start: int, written: list[WrittenPeriod]) -> Period | None:
    """The time that a clause of "when" goes on from: "58 million in 2025, when 1.1 million hectares were left unsown"."""
    for time in written:
        match = WHEN.match(text, time.end)
        if match is None or match.end() > start or not time.period.is_resolved or NEXT_CLAUSE.search(text, match.end(), start):
            continue
        if any(match.end() <= other.start < start for other in written):
            continue
        ends = SPAN_OF_YEARS.search(time.period.text)  # "between 2020 and 2024, when they reached 18 billion"
        return Period(ends["last"], *year_span(int(ends["last"]))) if ends else time.period
    return None


def _opening(text: str, time: WrittenPeriod) -> int | None:
    """Where the sentence, or a "that" clause of it, opens with a time; nothing where it does not."""
    before = text[: time.start]
    return time.start if re.search(r"^\W*(?:[A-Z]\w+ )?$|\bthat \W*$|^\W*(?:预计|据预测)?$", before) else None


def _last_clause(between: str) -> str:
    return re.split(r";|\bwhile\b|\bwhereas\b|\bbut\b|, and\b|\bwhich\b|\bwho\b", between)[-1]


def _has_own_number(text: str, time: WrittenPeriod) -> bool:
    """Whether a number stands right before a time, as in "500 cars in 2023"."""
    before = re.split(r"[,;，；]\s|\band\b", text[: time.start])[-1]
    return re.search(r"\d[A-Za-z\d.%]*(?: [\w-]+){0,3} ?$", before) is not None


def _continued(article: Article, sentence: tuple[int, int], text: str) -> Period | None:
    """The time of the sentence before, where this one says that it goes on with it and that one has a single time."""
    if not (BY_THEN.search(text) or SAME_TIME.search(text) or GOES_ON.search(text)):
        return None
    before = _sentence_before(article, sentence)
    times = periods_in(before, article.published_on) if before else ()
    if len(times) != 1 or SAID.search(before[: times[0].start]) or EVENT.search(before[: times[0].start]):
        return None
    period = times[0].period
    if BY_THEN.search(text):
        return replace(period, start=None)
    same_year = re.search(r"\b(?:same|that) year\b|同年|当年", text[:40], re.I)
    if same_year and period.end:
        return replace(period, start=dt.date(period.end.year, 1, 1), end=dt.date(period.end.year, 12, 31))
    return period


def _told_from(article: Article, sentence: tuple[int, int], start: int, written: list[WrittenPeriod]) -> Period | None:
    """The time from which "a year earlier" counts: the last one before the number, or that of the sentence before."""
    before = [time for time in written if time.end <= start] or written
    if before:
        # "5.9 percent in January, down from 6.3 in December and 6.8 a year earlier" counts from January.
        return next(
            (time for time in reversed(before) if not is_base(article.text[sentence[0] : sentence[0] + time.start])), before[-1]
        ).period
    times = periods_in(_sentence_before(article, sentence), article.published_on)
    return times[0].period if len(times) == 1 else None


def _sentence_before(article: Article, sentence: tuple[int, int]) -> str:
    """The sentence before, in the same paragraph; empty where there is none."""
    for paragraph in article.paragraphs():
        if paragraph.start <= sentence[0] < paragraph.end:
            spans = _sentences(article, paragraph)
            place = bisect_right(spans, sentence[0], key=itemgetter(1)) - 1
            return article.text[slice(*spans[place])] if place >= 0 else ""
    return ""


@lru_cache(maxsize=4)  # all figures of a paragraph ask in turn, and splitting a page of one paragraph takes long
def _sentences(article: Article, paragraph: Paragraph) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a paragraph start and end."""
    return tuple((found.span.start, found.span.end) for found in sentences_of(article, paragraph))
