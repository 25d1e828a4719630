"""Whether a number was measured, is expected or is wanted, told by the verbs and nouns that govern it.

The nearest sign before the number decides ("is expected to", "aims to", "has reached"); a number that opens its clause, such as
"3,000 jobs will go", is decided by the first sign behind it. Without any sign a time after publication makes a forecast.
"""

import re
from dataclasses import dataclass

from corpus.article import Article
from corpus.figures.attachment import clause_around
from corpus.figures.figure import Period, Status
from corpus.figures.period_contexts import NEW_PREDICATE
from corpus.figures.status_contexts import (
    AFTERMATH,
    ATTRIBUTIVE,
    COMPARED,
    JUST_PROMISED,
    OF_ANOTHER,
    PAST_BEFORE,
    PROMISED,
    SHARE_WANTS,
    WORDS_BEFORE,
    is_headline_to_come,
    is_present,
    is_starting_value,
    names_another,
    own_clause_start,
)

BE = r"(?:(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|also\s+|now\s+)?)?"
FORECAST = re.compile(
    "|".join(
        (
            rf"\b{BE}(?:(?<!than )expected|projected|forecast(?:ed|s)?|predict(?:ed|s)?|anticipated)\b",
            rf"\b{BE}(?:(?:un)?likely|set|poised|slated|going) to\b",
            rf"\b{BE}on (?:track|course) (?:to|for)\b",
            rf"\b{BE}due to (?=reach|open|be|rise|grow|start)",
            rf"\b{BE}estimated to (?=reach|exceed|grow|hit|rise|surpass|top|increase|climb|be worth)",
            r"\b(?:expects?|anticipates?|foresees?|projections?|predictions?|forecasting|outlook)\b",
            r"\bprojects (?=that|the|an?|\w+ing)\b",
            r"\bseen (?:reaching|growing|rising|hitting|exceeding)\b",
        )
    ),
    re.I,
)
# "Fewer than 60 may survive" guesses at the present. "May" with a capital is a month.
NOW_MAY = (
    r"(?:(?:still|already|now|well|only) )*(?:survive|exist|live|hold|contain|have (?:been|\w+ed)|be (?:as|home|living|hidden))\b"
)
MODAL = re.compile(
    rf"\b(?:will|would|could(?! not| only|n)|(?:may(?= [a-z])|might)(?! {NOW_MAY}))\b|['’]ll\b|\b(?:is|are) to (?=[a-z]+\b)"
)
PLAN = r"(?:plan|guidelines?|strategy|roadmap|blueprint)"
TARGET = re.compile(
    "|".join(
        (
            r"\baim(?:s|ed|ing)?\b(?: (?:to|at|for|of|is|was)\b)?",
            r"\b(?:plan(?:s|ned)?|(?:is|are|was|were) planning) (?:to|for|on)\b|\b(?:is|are|was|were) planned\b",
            r"\b(?:goals?|objectives?|ambitions?|targets?(?! group)|targeting|targeted)\b",
            r"\b(?:intend(?:s|ed)?|seek(?:s|ing)?|hop(?:es?|ed|ing)|wants?|wanted|bid|commit(?:s|ted|ting)?(?: itself)?) to\b",
            r"\b(?:wants?|wanted|demand(?:s|ed)|urge[sd]|call(?:s|ed) (?:for|on)) (?:[\w’'-]+ ){1,6}to (?=[a-z])",
            r"\bdemand(?:s|ed) (?:that|an?)\b",
            rf"\b(?:wants?|seeks?|demands?) (?=(?:no more than |no fewer than |at most )?{WORDS_BEFORE}\W?\d)",
            r"\b(?:vow(?:s|ed|ing)?|pledg(?:es?|ed|ing)|striv(?:es?|ing))\b",
            r"\bpromis(?:es|ed|ing)\b(?= to| that)",
            r"\bshould (?=(?:\w+ly )?(?:reach|exceed|surpass|rise|grow|increase|have|be)\b[^,;]*\bby\b)",
            rf"\b(?:[Uu]nder|[Aa]ccording to) (?:the|an?|its|this|that) (?:[\w’'+\"“”-]+ ){{0,4}}{PLAN}\b",
        )
    )
)
REPORTING = """
    is are was were has have had reached stood rose fell grew exceeded exceeds surpassed totaled totalled amounted account
    accounts accounted hit came comes ranks ranked numbered sold spent made built opened recorded counted attended sent won
    held invested raised doubled tripled jumped climbed dropped declined increased decreased expanded produced received
    employs employed holds runs serves served paid saw announced completed approved added gained lost earned posted
""".split()
# "Will have" and "will have built" report nothing.
NO_SIGN_AFTER = ("to", "will", "would", "could", "may", "might", "should", "must", "can", "have", "be", "been", "being")
BARE = "".join(rf"(?<!{word} )" for word in NO_SIGN_AFTER)
REPORTED = re.compile(rf"{BARE}\b(?:(?:{'|'.join(REPORTING)})\b|{PAST_BEFORE})")
CHINESE_FORECAST = re.compile(r"预计|预测|预期|有望|可能|(?<![主名麻健武老])将(?!军|领|士|近)|估计到")
CHINESE_TARGET = re.compile(
    r"目标|力争|争取|计划(?!生育|[”》])|旨在|确保|拟|打算|提出到|要求到|(?:今年|明年|年内|年底前|未来)(?:还|将)?要"
)
CHINESE_REPORTED = re.compile(r"已经|已|曾|(?<!将)(?<!预计)(?<!有望)(?<!目标)实现了|达到了|超过了|增长了")

# "A poll finds that 46 percent plan to …": what a number of them want is counted, not planned.
WANTING = re.compile(
    r"(?:(?:who|that) )?(?:plan(?:s|ned)? (?:to|on)|(?:are|were) planning to|expects?|intend(?:s|ed)? to|hop(?:es?|ed) to|"
    r"wants?(?: to)?|wanted to|aim(?:s|ed)? (?:to|for|at)|seeks? to|sought to|vow(?:s|ed)?|pledg(?:es?|ed)|commit(?:s|ted) to|"
    # What they would do, too, is what they are.
    r"would (?:not |never |rather |also |still |now )?(?:ban|accept|let|trust|vote|buy|pay|use|prefer|support|back|recommend|"
    r"consider|choose|pick|welcome|feel|mind|hire|switch|swap|move|take|give up|be (?:willing|happy|ready|prepared|comfortable)))"
)
OTHER_NUMBER = re.compile(r", (?:[a-z]+ )?\d[\d,.]*%?(?: [\w-]+){0,3} $")  # "of the 200 firms, 90 plan to …"
SUBJECT_BEHIND = re.compile(r" (?:of )?(?:[\w’'-]+ ){0,7}(?:who |that )?|(?: [\w’'-]+){1,5}, [^,;]{2,60}, ")
# "One in three cars sold in India will run on batteries": the first verb only says which cars.
PARTICIPLE = re.compile(
    r"(?:sold|made|built|produced|held|added|posted|paid|recorded|employed|invested|raised|earned|sent|received|spent|announced) "
    r"(?:in|by|at|from|to|on|with|over|across|worldwide|last|this|there)\b[^,]*\b(?:will|would|is|are|could|may)\b"
)
OWN_CLAUSE = re.compile(r"\b(?:f[io]u?nds?|sa(?:ys|id)|shows?|showed|suggests?|suggested|reports?|reported) that\b")
# "The plant, with a crew of 300, will close": the verb behind is not the number's.
IN_ASIDE = re.compile(
    r", (?:with|home to|worth|of which|which|whose|who|where|built|made|including|employing|covering|\w+ed)\b[^,;]*$"
)
DEFINITE = re.compile(r"\b(?:the|its|their|this|that) (?:[a-z]+ )?$", re.I)  # "the 48-kilometre tunnel will …"
UP_FROM = re.compile(
    r"\b(?:up|down|compared (?:with|to)|against|versus)(?: from)? "
    r"(?:(?:about|nearly|over|only|just|some) )?\W?(?:[A-Z]{2,3}\W?)?$"
)
NEW_SUBJECT = re.compile(r";|\bwhile\b|\bbut\b")
# "Sold 300 and will sell more", "77 percent said they would wait".
NO_SUBJECT = re.compile(r"\band\s+(?:\w+ly\s+)?$|^[^,]*\b(?:said|say|says|think|believe)\b")
NOW = re.compile(r"\b(?:now|currently|already)\s[^,]*$")  # "the tariff, now 20 percent, could fall"
FROM = re.compile(r"\bfrom \W?(?:[A-Z]{2,3}\W?)?$")  # "expected to reach 150, up from 38 in 2024"
COPULA = re.compile(r"(?:is|are|was|were)")
NEAR = re.compile(r"(?:\s+[\w’'-]+){0,5}\s+")  # "the projection of the bank is", "is the rate expected"
# Where two overlap the earlier one of these counts.
SIGNS = (
    (TARGET, Status.TARGET),
    (FORECAST, Status.FORECAST),
    (MODAL, Status.FORECAST),
    (CHINESE_TARGET, Status.TARGET),
    (CHINESE_FORECAST, Status.FORECAST),
    (REPORTED, Status.REPORTED),
    (CHINESE_REPORTED, Status.REPORTED),
)


WHEN = re.compile(r"\d,? when [^;,]*$")


@dataclass(frozen=True, slots=True, order=True)
class _Sign:
    """A word that tells a status; a modal verb ("will") tells less than a verb of its own."""

    start: int
    end: int
    status: Status
    is_modal: bool


def status_of(article: Article, sentence: tuple[int, int], number: tuple[int, int], period: Period | None) -> Status:
    """Whether the article reports a number, or gives it as a forecast or as somebody's target.

    Args:
        sentence, number: first and last place in the article's text, the last excluded.
        period: the number's time; one that begins after publication cannot have been measured.
    """
    text = article.text[slice(*sentence)]
    start, end = number[0] - sentence[0], number[1] - sentence[0]
    if is_present(text, start, end):
        return Status.REPORTED
    before = _before(text, start)
    status = before or _behind(text, start, end)
    if before is None and _is_past(article, period):
        return Status.REPORTED  # "the population, 83 million in 2021, will shrink"
    if JUST_PROMISED.search(text[:start]) or (status is Status.FORECAST and PROMISED.match(text, end)):
        return Status.TARGET
    if status is not Status.REPORTED and is_starting_value(text, start, end) and not _is_to_come(article, period, sure=True):
        return Status.REPORTED
    if status in {Status.FORECAST, Status.TARGET} and _is_past(article, period) and COMPARED.search(text[:start]):
        return Status.REPORTED
    if status is Status.FORECAST and _is_past(article, period) and WHEN.search(text[:start]):
        return Status.REPORTED  # "down from 58 million in 2025, when 1.1 million hectares were left unsown"
    if status is Status.FORECAST and AFTERMATH.search(text[:start]) and not _is_to_come(article, period, sure=True):
        return Status.REPORTED
    if status is None and is_headline_to_come(text, start):
        return Status.FORECAST
    compared = UP_FROM.search(text[:start]) and not _is_to_come(article, period, sure=True)
    if compared or (FROM.search(text[:start]) and _is_past(article, period)):
        return Status.REPORTED
    if status in {None, Status.REPORTED} and _is_to_come(article, period, sure=status is None):
        return Status.FORECAST
    return status or Status.REPORTED


def _signs(text: str) -> list[_Sign]:
    """The signs of a text, in order, none overlapping another."""
    found: list[_Sign] = []
    for pattern, status in SIGNS:
        for match in pattern.finditer(text):
            if not any(match.start() < sign.end and sign.start < match.end() for sign in found):
                found.append(_Sign(match.start(), match.end(), status, pattern in {MODAL, CHINESE_FORECAST}))
    found = [sign for sign in found if not names_another(text, sign.start, sign.end)]
    wanted = {sign for sign in found if WANTING.match(text, sign.start) and SHARE_WANTS.search(text[: sign.start])}
    return sorted(sign for sign in found if sign not in wanted)


def _before(text: str, start: int) -> Status | None:
    """What the nearest sign before a number says. A modal verb leaves the word to the target before it: "vows that … will"."""
    if NEW_PREDICATE.search(text[:start]):
        return Status.REPORTED
    left = own_clause_start(text, start)
    signs = [sign for sign in _signs(text) if left <= sign.start and sign.end <= start]
    if not signs:
        return Status.REPORTED if left else None
    *earlier, last = signs
    if not earlier:
        return last.status
    between = text[earlier[-1].end : last.start]
    if COPULA.fullmatch(text[last.start : last.end]) and NEAR.fullmatch(between):
        return earlier[-1].status  # "the goal is"
    if last.is_modal and earlier[-1].status is Status.TARGET and not NEW_SUBJECT.search(between):
        return Status.TARGET
    return last.status


def _behind(text: str, start: int, end: int) -> Status | None:
    """What the first sign behind a number says, where it stands in the number's clause and has no subject of its own."""
    left, right = clause_around(text, start, end)
    if NOW.search(text[left:start]) or _is_attribute(text, left, start, end):
        return None
    if IN_ASIDE.search(text[left:start]) and (closing := re.search(r", ", text[end:right])):
        right = end + closing.start()
    signs = [sign for sign in _signs(text) if end <= sign.start < right]
    if not signs or NO_SUBJECT.search(text[end : signs[0].start]) or OWN_CLAUSE.search(text[end : signs[0].start]):
        return None
    between = text[end : signs[0].start]
    if WANTING.match(text, signs[0].start) and (SUBJECT_BEHIND.fullmatch(between) or OTHER_NUMBER.search(between)):
        return None
    if OF_ANOTHER.search(between):
        return None
    first, *others = signs
    if first.status is Status.REPORTED and others and PARTICIPLE.match(text, first.start):
        return others[0].status
    if COPULA.fullmatch(text[first.start : first.end]) and others and NEAR.fullmatch(text[first.end : others[0].start]):
        return others[0].status  # "68% is the rate expected"
    return first.status


def _is_attribute(text: str, left: int, start: int, end: int) -> bool:
    """Whether a number only says which thing is meant: "the 48-kilometre tunnel will …", "the £2.1bn scheme is likely to …"."""
    if not DEFINITE.search(text[left:start]):
        return False
    return "-" in text[start : end + 1] or bool(ATTRIBUTIVE.match(text[start:end]) and re.match(r" [a-z]+\b(?<! of)", text[end:]))


def _is_past(article: Article, period: Period | None) -> bool:
    return bool(period and period.end and article.published_on and period.end < article.published_on)


def _is_to_come(article: Article, period: Period | None, sure: bool) -> bool:
    """Whether a time lies after the day of publication; with a verb that reports, only if all of it does."""
    published_on = article.published_on
    if period is None or published_on is None or period.end is None:
        return False
    if period.start:
        return period.start > published_on
    return sure and period.end > published_on and period.end.year > published_on.year
