"""What stands before or behind a number and says that it is not exact: "over", "nearly", "about", "or more", 近, 左右.

Reads no number itself.
"""

import re

from corpus.figures.figure import Bound

BEFORE = (
    (Bound.BELOW, r"no(?:t)? (?:more|greater|higher|larger|longer) than|not (?:exceed(?:ing)?|over|above)|"
        r"at (?:the )?most|a maximum of|"
     r"nearly|almost|close to|near(?:ing)?|approach(?:es|ed|ing)?|just (?:under|below)|"
        r"(?:(?:just|well|far|a little|slightly|f[ae]ll(?:s|ing|en)?|stop(?:s|ped|ping)?|[cC]ome[s]?|came) )(?:shy|short) of|"
     r"under|below|up to|(?:less|fewer|lower|smaller) than|as (?:many|much|high) as|"
        r"不超过|将近|接近|不到|不足|低于|少于|最多|至多|近"),
    (Bound.ABOVE, r"no(?:t)? (?:less|fewer|lower) than|not (?:under|below)|at least|a minimum of|upwards? of|north of|"
        r"in excess of|"
     r"(?:well |just |slightly |far )?(?:over|above)|beyond|(?:more|greater|higher|larger) than|"
     r"exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops|crossed|(?:has|have|had) passed|"
     r"不少于|不低于|超过|突破|至少|高于|大于|多于|逾|超"),
    (Bound.ABOUT, r"about|around|approximately|approx\.|roughly|some|(?:an )?estimated|circa|ca\.|c\.|"
     r"in the (?:region|order) of|on the order of|~|≈|大约|大概|约"),
)  # fmt: skip
BEHIND = (
    (Bound.ABOVE, r" ?(?:or (?:more|above|over|older|longer|higher)|and (?:more|above|over|older|up)\b)|多|余|以上"),
    (Bound.BELOW, r" ?(?:or (?:less|fewer|below|under|younger|lower))\b|以下|以内"),
    (Bound.ABOUT, r" (?:or so|or thereabouts|give or take)\b|左右|上下"),
)
LEADS = tuple(
    (
        bound,
        re.compile(
            rf"(?:(?<![\w-])|(?<=[\u4e00-\u9fff])|(?=[\u4e00-\u9fff~≈]))(?:{words})(?:[有为达占]| (?:a|an|the|by))?\s?$", re.I
        ),
    )
    for bound, words in BEFORE
)
TAILS = tuple((bound, re.compile(words, re.I)) for bound, words in BEHIND)
# A bound behind a counted noun still belongs to the number: "80 countries or more".
NOUN_BETWEEN = re.compile(r"(?: [a-z-]+){1,2}(?= or (?:more|less|fewer|so)\b)")
# "Spread over 17 provinces", "handed over 12 ships"; "$5 billion over ten years", but "for over ten years".
EXTENT = re.compile(
    r"\b(?:spread\w*|scattered|distributed|staggered|phased|presid\w+|rul(?:es?|ed|ing)|hand(?:s|ed|ing)?) over $", re.I
)
DURING = re.compile(
    r"\d[^.;]*(?<!\bfor)(?<!\bwith)(?<!\bof)(?<!\bafter)(?<!\bin)(?<!\bhas)(?<!\bhave)(?<!\bhad)(?<!\btook)(?<!\btakes)(?<!\btake)"
    r"(?<!\blasted)(?<!\blasts) over $"
)
# "Under a 20-year contract" names the contract.
ATTRIBUTE_OF = re.compile(r"\b(?:under|over) (?:an?|its|the|their) $", re.I)
REACH = 200  # letters: an amount farther away is of another clause
STRETCH = re.compile(r"[ -](?:hour|day|week|month|quarter|year|decade)s?$")
# "Close to the 5 million mark" is a bound, "well above the 5 million of last year" compares with an exact number.
DEFINITE = re.compile(r"\bthe $", re.I)
MARK = re.compile(r"[ -](?:[a-z]+[ -]){0,2}(?:mark|threshold|level|line|limit|barrier|milestone)\b")


def bound_of(text: str, start: int, end: int) -> Bound:
    """The bound of the number `text[start:end]`; none where the text gives the number itself."""
    lead = text[max(start - 40, 0) : start]
    if EXTENT.search(lead) or (STRETCH.search(text[start:end]) and DURING.search(text[max(start - REACH, 0) : start])):
        return Bound.NONE
    if ATTRIBUTE_OF.search(lead) and "-" in text[start:end]:
        return Bound.NONE
    leads = [(match.start(), bound) for bound, pattern in LEADS if (match := pattern.search(lead))]
    if leads and DEFINITE.search(lead) and not MARK.match(text, end):
        return Bound.NONE
    if leads:
        return min(leads)[1]  # "no fewer than" begins before "fewer than"
    if between := NOUN_BETWEEN.match(text, end):
        end = between.end()
    return next((bound for bound, pattern in TAILS if pattern.match(text, end)), Bound.NONE)


VERB = re.compile(r"passed|exceed|surpass|top|cross|approach|nearing|exceeding|超过|突破|接近")


def bound_words(text: str, start: int) -> str:
    """The words of a bound that stand right before a number, in lower case: "close to"; empty where none do, or a verb does."""
    lead = text[max(start - 40, 0) : start]
    found = [match for _, pattern in LEADS if (match := pattern.search(lead))]
    words = min(found, key=lambda match: match.start()).group().strip().lower() if found else ""
    return "" if VERB.search(words) else words
