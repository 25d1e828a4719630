"""What between a number and a time says that they have nothing to do with each other: a verb of its own, a comparison, an aside.

Which of several times is a number's is `corpus.figures.periods`'s to say.
"""

import re

# The comma before "raised" in "Mistral, the model developer, raised" closes an aside.
CLOSING = re.compile(
    r"^[^,]+, (?:the|an?|which|who|whose|where|part|one|owner|maker|[\w-]+-(?:based|owned|listed|backed|born))\b[^,]*$"
)
# "… by 2040, and subsidises up to 1 million yen"; "…, said Marc, who added that its 640 shops".
NEW_PREDICATE = re.compile(
    r", (?:and|but|yet) (?:it |also )*[a-z]+(?:es|s) (?:(?:up to|over|about|nearly|more than|at least|"
    r"some|an?|the|its|their) )*\W?$"
)
OWN_THAT = re.compile(
    r"\b(?:add(?:s|ed)|note[sd]|sa(?:ys|id)|explain(?:s|ed)|stress(?:es|ed)|point(?:s|ed) out|claim(?:s|ed)) that\b"
)
THAN_CLAUSE = re.compile(r"\bthan (?:its|his|her|their|our|the|those|these|any|all|what)\b[^,]*$")
# "Eased to 2.9% in February from 3.1%", "the slowest pace in four years": neither is February's.
STARTED_FROM = re.compile(r"\bto \W?\d[^,;]*\bfrom (?:about |nearly |over |just )?\W?$")
REACHED = re.compile(r"\bto \W?\d")
RECORD_IN = re.compile(
    r"\b(?:\w+est|most|first|worst|best|least|lowest)\b[^,;.]{0,40} (?:in|for) (?:more than |nearly |over |at least |almost )?$"
)
STRETCH = re.compile(r"[ -](?:hour|day|week|month|quarter|year|decade)s?$")
# "Its best year since it opened in 1987", "38% expect to hire in the second quarter", "the scheme, due to open in 2029".
SUBORDINATE = re.compile(
    r"\b(?:since|when|after|before|until|once|because) (?:it|they|he|she|its?|their|the)\b|\d[^,;]*\bthat (?:it|they|he|she|we)\b"
)
WANTED = re.compile(r"^(?: of [^,;.]{1,40})? (?:plan(?:ned)?|expect(?:ed)?|intend(?:ed)?|want(?:ed)?|hope[d]?|aim(?:ed)?) to\b")
DUE = re.compile(r", (?:now )?(?:due|to be|set|scheduled|slated|announced|unveiled|agreed|signed|launched|completed) [^,]*$")
# "Issued by four departments, …": the number is in an aside that ends before the time.
IN_ASIDE = re.compile(
    r", (?:(?:jointly|also|first|all|mostly|now|\w+ly) )?(?:[a-z]+ed|made|built|led|won|"
    r"held|set up) (?:by|with|in|at|from)\b[^,]*$"
)
# "Up 11% on the year and 94% since 2015": the first has its own time.
ON_THE_YEAR = re.compile(r"^ (?:on the (?:year|month|quarter|week|day)|year[ -]on[ -]year|month[ -]on[ -]month),? and \W?\d")
# "Fell 2.1 percent, or 512 points, to 23,880 on Monday" is all of Monday.
LEVEL_GOES_ON = re.compile(r"(?:, or [^,;]{1,40})?,? to \W?\d[\d.,]*\S*")
LIST_GOES_ON = re.compile(r"(?:, \W?\d[\d.,]*%?)*,? (?:and|or) \W?\d[\d.,]*\S*")


def is_parted_before(text: str, start: int, end: int, time_start: int, time_end: int, *, opens: bool) -> bool:
    """Whether a time `text[time_start:time_end]` cannot be that of the number `text[start:end]` behind it.

    Args:
        opens: the time opens the sentence, and so holds for what somebody says in it, too.
    """
    before, between = text[:start], text[time_end:start]
    if STARTED_FROM.search(before) and REACHED.search(text[:time_start]):
        return True
    if RECORD_IN.search(before) and STRETCH.search(text[start:end]):
        return True
    return bool(THAN_CLAUSE.search(between) or NEW_PREDICATE.search(between) or (OWN_THAT.search(between) and not opens))


def is_parted_behind(text: str, end: int, time_start: int) -> bool:
    """Whether a time that begins at a place cannot be that of the number before it."""
    between = without_list(text[end:time_start])
    if IN_ASIDE.search(text[:end]) and "," in between:
        return True
    return bool(ON_THE_YEAR.match(between) or DUE.search(between) or SUBORDINATE.search(between) or WANTED.search(between))


def without_list(between: str) -> str:
    """The text behind a number without the rest of its list: "9 and 7 percent" behind "12, "."""
    listed = LEVEL_GOES_ON.match(between) or LIST_GOES_ON.match(between)
    return between[listed.end() :] if listed else between


def closes_aside(before: str) -> bool:
    """Whether a comma behind these words closes an aside: "Mistral, the model developer"."""
    return CLOSING.search(before) is not None
