"""What around a number says that a forecast or a target is not about it: a past time, "from 25 percent to", "against a target".

The signs of forecasts and targets themselves are `corpus.figures.status`'s.
"""

import re

from corpus.number_words import SPELLED

# "The raise from 25 to 50 percent": the first value is the one that holds.
FROM = re.compile(
    r"\bfrom (?:(?:about|around|roughly|some|nearly|over|just|today[’']s|the current|an? record|an? peak of|"
    r"an? low of|an? high of) )*"
    r"(?:[A-Z]{0,3}[$€£¥₹])?$"
)
TO_BEHIND = re.compile(r"[^,;.]{0,60}\bto (?:(?:about|around|nearly|over|some|at least|as much as) )*\W?(?:\d|[a-z]+ )")
COMPARED = re.compile(
    r"\b(?:up|down|compared (?:with|to)|against|versus|after|following|from|[a-z]+er than|"
    r"(?:compared (?:with|to)|against|versus|from) [^;.,]*\d[^;,]{0,30} and)(?: from)?"
    r"(?: (?:an?|the|last year[’']s|about|nearly|over|only|just|some|growth|rise|fall|drop|increase|decrease|decline|gain|"
    r"loss|of|"
    r"average|figure|record|low|high))* \W?(?:[A-Z]{2,3}\W?)?$"
)
# "Averaged 1.54 million against a target of 2 million", "missed its goal": the sign's number is another.
OF_ANOTHER = re.compile(
    r"\b(?:against|versus|than|above|below|beyond|short of|miss(?:ed|es|ing)|beat(?:s|ing)?|exceed(?:s|ed|ing)) [^,;.]{0,40}$"
)
# "A survey of 1,200 firms", "against one in 20 today".
SURVEYED = re.compile(
    r"\b(?:survey|poll|study|sample|panel|analysis|review|trial|interview)s? (?:of|with|among|covering) (?:[a-z]+ )?$", re.I
)
SPEAKS_BEHIND = re.compile(r"(?: [a-z]+){1,6} (?:told|said|say)\b")  # "…, two people who know the plan told Reuters"
TODAY_BEHIND = re.compile(r"(?: [a-z-]+)? (?:now|today|at present|currently)\b(?=[.,;)]|$)")
# "Beat forecasts with a profit of 8 million": only "forecasts of 8 million" tells a forecast.
MET = re.compile(r"\b(?:beat|beats|beating|missed|missing|misses|met|exceeded|topped|surpassed)(?: [\w’']+){0,3} $")
# "Of the $90m pledged, only …": pledged before, not now.
GIVEN = re.compile(r"\d\S*(?: [a-z]+)? $")
GIVEN_BEHIND = re.compile(r"[,.;]| (?:by|in|so far|at|last|this)\b")
SAYS_WHICH = re.compile(r" (?:of|for|that|to)\b")
# "The £2.1bn scheme, due to open …": what the scheme costs is told, not expected.
ATTRIBUTIVE = re.compile(r"^(?:[$€£¥₹]|[A-Z]{1,3}\$|Rs|\d[\d.,]*-)")
HEADLINE = re.compile(r"^(?:[\w’'&-]+ ){1,9}to (?=[a-z]+ )")
FULL_STOP = re.compile(r"[.!?。][”\"’)]?\s*$")
FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|said|says|[a-z]{2,}ed)\b")
# "46 percent planned to buy …": what a share of people want is found, not planned.
SHARE_WANTS = re.compile(
    r"(?:%|\b(?:in|out of) (?:every )?[a-z\d]+|\bper ?cent|\b(?:half|third|quarter)s?)"
    r"(?: of [^,;.]{1,60}?(?<! and)(?<! but))?(?: who| that)? $"
)
PROMISED = re.compile(
    r"[^;]*?, (?:[\w’'.-]+ ){1,6}(?:promise[sd]|vow(?:s|ed)|pledge[sd])\b(?! to| that)(?:[,.;]|$| (?:in|on|at|last)\b)"
)
# "…, the mayor promised, three of them under the river".
JUST_PROMISED = re.compile(r", [^,;]{2,60} (?:promised|vowed|pledged), (?:\w+ly )?$")
OWN_VERB = re.compile(r"\b(?:[a-z]{2,}ed|is|are|was|were|has|have|had|made|sold|won|lost|rose|fell|grew|spent|built|drew|took)\b")
WORDS_BEFORE = (
    r"(?:(?:about|around|some|over|nearly|almost|only|just|up to|at least|more than|fewer than|roughly|another|a|an|the) )*"
)
# "… will cut 400 jobs, after losses of £374m": what went before is no forecast.
AFTERMATH = re.compile(
    r"\b(?:after|following|despite|because of|owing to|thanks to) (?!reaching|it|they)(?:[\w’'-]+ ){0,4}(?:of|to|by) \W?$"
)
# Whatever verb stands right before a number in the past tense reports it: "averaged 1.54 million", "grounded eleven".
PAST_BEFORE = (
    r"(?!(?:planned|proposed|projected|targeted|intended|needed|required|promised|expected|estimated)\b)[a-z]{3,}ed"
    rf"(?= {WORDS_BEFORE}(?:\d|[$€£¥₹]|[A-Z]{{1,3}}\$|(?i:{SPELLED})\b))"
)


def is_present(text: str, start: int, end: int) -> bool:
    """Whether a number is of the present whatever the sentence expects: "a survey of 1,200 firms", "against one in 20 today"."""
    speaks = text[:start].endswith(", ") and SPEAKS_BEHIND.match(text, end)
    return bool(speaks or SURVEYED.search(text[:start]) or TODAY_BEHIND.match(text, end))


def is_starting_value(text: str, start: int, end: int) -> bool:
    """Whether a number is the first of "from A to B"."""
    return bool(FROM.search(text[:start]) and TO_BEHIND.match(text, end))


def is_headline_to_come(text: str, start: int) -> bool:
    """Whether a headline's bare infinitive governs a number: "Fares to rise 4.6% in January"."""
    match = HEADLINE.match(text[:start])
    return bool(match and not FULL_STOP.search(text) and not FINITE.search(text[: match.end()]))


def names_another(text: str, start: int, end: int) -> bool:
    """Whether a sign `text[start:end]` is only what something was measured by: "beat forecasts", "missed its target"."""
    before = text[:start]
    if text[start:end] in {"pledged", "vowed", "planned", "targeted"} and GIVEN.search(before):
        return GIVEN_BEHIND.match(text, end) is not None
    return bool(MET.search(before) and not SAYS_WHICH.match(text, end))


def own_clause_start(text: str, start: int) -> int:
    """Where the signs that may govern a number begin: behind a semicolon, if the words from there on have a verb."""
    cut = max(text.rfind("; ", 0, start), text.rfind("；", 0, start)) + 1
    return cut if cut and OWN_VERB.search(text[cut:start]) else 0
