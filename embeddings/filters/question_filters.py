"""A question's words -> the filters that they ask for: "according to China Daily", "in articles since March 2025".

A filter on the source is meant as one and is `explicit`. A bare "in 2025" may be about what happened as well as about when it
was reported: it is not explicit, and whoever calls tries it softly. Reads no store and runs no search.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from corpus.article import Article
from corpus.store import Filters
from embeddings.filters.named_sources import (
    CHINESE_PIECE,
    PIECE,
    SAYING,
    Part,
    publisher_in,
    title_in,
    unknown_source_in,
    without,
)
from embeddings.filters.publication_dates import CHINESE, MOMENT, Period, label_of, period_of
from embeddings.lexical_index import informative_terms
from embeddings.question import MAX_QUESTION_LENGTH

PIECES = rf"(?:articles|stories|pieces|news|op-eds|reports|{PIECE})"
NO_CONTENT = re.compile(rf"{PIECES}|{SAYING}|published|op|ed|show", re.I)


@dataclass(frozen=True, slots=True)
class FoundFilters:
    """What a question's words say about the articles wanted.

    `rest` is the question without those words, and the whole question when there is no filter. `labels` are for display.
    `unknown_source` is an outlet that the question names and the collection does not have: the caller declines.
    """

    filters: Filters
    rest: str
    labels: tuple[str, ...] = ()
    explicit: bool = False
    unknown_source: str | None = None


def filters_in(question: str, articles: Sequence[Article], today: dt.date) -> FoundFilters:
    """Read the filters that a question asks for in its words.

    Args:
        articles: the collection: only its publishers and titles can be asked for.
        today: what "last year" counts from; a moment after it is no filter.
    Returns:
        Explicit filters together; else a bare time phrase that some article was published in; else none.
    """
    text = " ".join(question.split())[:MAX_QUESTION_LENGTH]
    if unknown := unknown_source_in(text, articles):
        return FoundFilters(Filters(), question, (), True, unknown)
    rest, parts = text, []
    for read in (title_in, publisher_in, partial(_published, today=today)):
        if part := read(rest, articles):
            parts.append(part)
            rest = part.rest
    explicit = bool(parts)
    if not parts and (bare := _bare_time(text, articles, today)):
        parts, rest = [bare], bare.rest
    if not parts or not _asks(rest):
        return FoundFilters(Filters(), question)
    return FoundFilters(_joined([part.filters for part in parts]), rest, tuple(part.label for part in parts), explicit)


def _joined(filters: Sequence[Filters]) -> Filters:
    """One filter of several parts; each kind was read at most once."""
    return Filters(
        next((one.article_ids for one in filters if one.article_ids), ()),
        next((one.publisher for one in filters if one.publisher), None),
        next((one.since for one in filters if one.since), None),
        next((one.until for one in filters if one.until), None),
    )


def _asks(rest: str) -> bool:
    """Whether a question is left: a word other than "article" and "say"."""
    if re.search(r"^who\b|[\u3400-\u9fff]{3,}", rest, re.I):
        return True
    return any(not NO_CONTENT.fullmatch(term.word) for term in informative_terms(rest))


PREPOSITION = r"(?:in|of|from|during|since|after|before|until|till|up to|prior to|dated|on)"
LAST = r"(?:[Tt]his|[Ll]ast) (?:year|month|week)"
WRITTEN = r"(?:published|reported|written|printed)"
TIME = (
    rf"(?:(?i:(?P<prep>{PREPOSITION})) (?P<first>{MOMENT})|(?P<lone>{LAST}|yesterday)"
    rf"|(?i:between|from) (?P<start>{MOMENT}) (?:and|to|until) (?P<end>{MOMENT}))"
)
CHINESE_TIME = (
    rf"(?:在|自从|自|根据)?(?P<first>{CHINESE})(?:[到至和与](?P<end>{CHINESE}|(?:1[0-2]|[1-9])月)(?:之间|期间)?)?"
    r"(?P<prep>以来|之后|以后|之前|以前|起)?"
)
# Each takes out all that it matches but what it calls "kept".
EXPLICIT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[,(]?\s*\b(?i:(?:according to|in|from) (?:the |any |all )?{PIECES}) (?:{WRITTEN} )?{TIME}\)?,?",
        rf"(?P<kept>\b(?i:articles|stories|reports|coverage|reporting|news)) (?:{WRITTEN} )?{TIME}",
        # "The Government Work Report of 2025" is a name.
        rf"(?P<kept>\b(?:article|story|op-ed|report)) (?:{WRITTEN} )?{TIME}",
        rf"(?P<kept>\b{WRITTEN}) {TIME}",
        rf"\b(?P<lone>{LAST})['’]s (?P<kept>{PIECES})\b",
        r"\b(?P<first>(?:19|20)\d\d) (?P<kept>articles|news articles|coverage|news)\b",
        rf"{CHINESE_TIME}的?(?:发表的|发布的|刊登的)?{CHINESE_PIECE}[中里]?[,，]?",
    )
)
BARE = tuple(
    re.compile(pattern)
    for pattern in (
        # Not before a name or number that goes on: "in 2025 Government Work Report", "in 2025-26", "last year's fair".
        rf"[,(]?\s*\b(?!(?:of|on|dated)\b){TIME}(?!['’]|[\d%-]| [A-Z]\w|\w)\)?,?",
        rf"{CHINESE_TIME}[,，]?",
    )
)
# The year of a forecast is when it comes true.
FORECAST = re.compile(r"\b(?:will|would|expected|projected|predicted|forecast|planned|estimated)\b|预计|将", re.I)


def _published(text: str, articles: Sequence[Article], today: dt.date) -> Part | None:
    """A phrase that says when the articles wanted were published."""
    for pattern in EXPLICIT:
        for match in pattern.finditer(text):
            period = _period(match, today)
            kept = match.groupdict().get("kept") or ""
            # What "was reported in 2024" may be an event of that year.
            if period and not (kept.lower() == "reported" and not _any_within(articles, period)):
                return _dated(text, match, period, kept)
    return None


def _bare_time(text: str, articles: Sequence[Article], today: dt.date) -> Part | None:
    """A time phrase that may mean the publication; not in a forecast, nor when no article is from then."""
    for match in (match for pattern in BARE for match in pattern.finditer(text) if not FORECAST.search(text)):
        period = _period(match, today)
        if period and _any_within(articles, period):
            return _dated(text, match, period, "")
    return None


def _any_within(articles: Sequence[Article], period: Period) -> bool:
    days = [article.published_on for article in articles if article.published_on]
    return any((not period.since or day >= period.since) and (not period.until or day <= period.until) for day in days)


def _period(match: re.Match[str], today: dt.date) -> Period | None:
    held = match.groupdict()
    first = held.get("start") or held.get("first") or held.get("lone")
    return period_of((held.get("prep") or "").lower(), first, held.get("end"), today) if first else None


def _dated(text: str, match: re.Match[str], period: Period, kept: str) -> Part:
    return Part(Filters(since=period.since, until=period.until), label_of(period), without(text, match, kept))
