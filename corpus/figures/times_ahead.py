"""Whether a time without a year is yet to come: "will close by March" means the next March, "closed in March" the last one."""

import datetime as dt
import re

from corpus.figures.attachment import clause_around
from corpus.figures.calendar_words import Days, days_of
from corpus.written_dates import MONTH, WEEKDAY, YEAR

# Each sign takes the verb along that it governs: the "opened" of "will be opened" is not past.
VERB = r"(?: not| also| only| \w+ly)?(?: be| have)?(?: been)? \w+"
SIGN = re.compile(
    r"(?P<ahead>\b(?:will|shall|would|may(?= [a-z])|might)" + VERB + r"|[’']ll" + VERB + r"|\b(?:is|are)(?: (?:un)?likely| set|"
    r" due| scheduled| expected| forecast| planned| slated| going| poised)?(?: \w+ly)? to" + VERB +
    r"|\b(?:plan|aim|want|intend|hope|expect|promise|vow|pledge|seek|need|ha)(?:s|ve)? to" + VERB +
    r"|\b(?:expects?|forecasts?|plans?|due|scheduled|ha(?:s|ve) $)(?:\b|$))"
    r"|(?P<past>\b(?:was|were|had|did|rose|fell|grew|sold|made|won|lost|came|went|held|cut|paid|saw|hit|met|took|gave|began|"
    r"spent|built|bought|brought|left|kept|stood|led|sent|set|ran|told|said|"
    r"(?<!\b(?:on|of|an) )(?<!\b(?:for|the|all) )(?<!\ba )[a-z]{2,}ed|"
    r"ha(?:s|ve) (?:been )?\w+(?:ed|en|wn|lt|ld|ght))\b)"
)  # fmt: skip
# A headline has no full stop and tells the future by a bare infinitive: "Fares to rise 4.6% in January".
HEADLINE = re.compile(r"^(?:[\w’'&%-]+ ){1,9}to (?=[a-z]+ )(?:[^.!?]|\.(?=\d))*$")
BARE_VERB = re.compile(r"\bto [a-z]+ ")
MOVABLE = re.compile(rf"\b(?:{MONTH}|{WEEKDAY}|(?:first|second|third|fourth) (?:quarter|half))")
FIXED = re.compile(rf"{YEAR}|\b(?:this|last|next|past|year|ago|since)\b", re.I)


def days_ahead(sentence: str, start: int, end: int, published_on: dt.date) -> Days | None:
    """The days of a time `sentence[start:end]` that is yet to come; nothing where it is past, or says itself which it is."""
    words = sentence[start:end]
    if FIXED.search(words) or not MOVABLE.search(words) or not _is_ahead(sentence, start, end):
        return None
    if re.match("from ", words, re.I):
        return None, None  # it has no last day
    first, last = days_of(words, published_on)
    if last is None or last >= published_on:
        return None
    if re.search(WEEKDAY, words) and not re.search(MONTH, words):
        week = dt.timedelta(days=7)
        return (first + week if first else None), last + week
    return days_of(words, published_on.replace(year=published_on.year + 1, day=min(published_on.day, 28)))


def _is_ahead(sentence: str, start: int, end: int) -> bool:
    """Whether the nearest verb before a time looks ahead, or the first one behind it where none stands before."""
    left, right = clause_around(sentence, start, end)
    if HEADLINE.search(sentence) and BARE_VERB.search(sentence[:start]):
        return True
    if before := list(SIGN.finditer(sentence, left, start)):
        return before[-1]["ahead"] is not None
    behind = SIGN.search(sentence, end, right)
    return behind is not None and behind["ahead"] is not None
