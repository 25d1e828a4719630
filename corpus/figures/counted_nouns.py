"""What a number counts: the run of words behind it, as far as its noun ("AI companies", "valid invention patents").

A rule of thumb without a parser: the run ends at the first small word, and behind the first plural.
"""

import re

STOPS = frozenset(
    """
    a about above according across after against ago alike along already also although altogether am among an and annually any are
    around as at back be became because become been before behind being below between beyond both but by came can come comes could
    despite did do does down due during each either ever every except far for from further give given gives go goes had has
    have he her here him his how however if in including inside instead into is it its itself join joined just last later
    less like made make makes may me might more most much must near nearly neither next no nor not now of off old on once one
    only onto or other others our out outside over own per plus rather same set she should since so some still such than
    that the their them then there these they this those though through throughout thus till to today together too toward
    towards under underwent until up upon us use used uses via was we went were what when where whereas whether which while
    who whom whose why will with within without would year-on-year yesterday yet you your worldwide nationwide globally
    """.split()
)
WORD = re.compile(r"[ -]?([^\W\d_][\w&’'+/.-]*\w|[^\W\d_])(?=[\s.,;:!?)”\"’'—–]|$)")
PLURALS = frozenset(
    "people children men women data media staff species aircraft personnel police cattle women’s teeth feet".split()
)
NO_PLURALS = ("ss", "us", "is", "’s", "'s", "ics", "ous")
MEASURES = "个家款项座种位名台部件张条次例所"
HAN_NOUN = re.compile(rf"[多余餘]?[{MEASURES}]?([\u4e00-\u9fffA-Za-z]{{1,8}}?)(?=[，。、；：！？来的在和与及已被是为将]|$)")
MAX_WORDS = 6


def noun_after(text: str, end: int) -> str:
    """The words behind a number that ends at a place, up to the noun that it counts; nothing where none stands there."""
    if (match := HAN_NOUN.match(text, end)) and re.match(r"[\u4e00-\u9fff]", text[end : end + 1]):
        return "" if match.group(1) in MEASURES else match.group(1)
    words, places = _run(text, end)
    for number, word in enumerate(words):
        following = words[number + 1] if number + 1 < len(words) else ""
        if is_plural(word) and not is_plural(following):
            return text[places[0][0] : places[number][1]]
    return text[places[0][0] : places[-1][1]] if places else ""


def is_plural(word: str) -> bool:
    """Whether a word looks like the plural of a noun."""
    low = word.casefold()
    return low in PLURALS or (len(low) > 2 and low.endswith("s") and not low.endswith(NO_PLURALS))


def _run(text: str, place: int) -> tuple[list[str], list[tuple[int, int]]]:
    words: list[str] = []
    places: list[tuple[int, int]] = []
    while len(words) < MAX_WORDS and (match := WORD.match(text, place)) and match.group(1).casefold() not in STOPS:
        words.append(match.group(1))
        places.append(match.span(1))
        place = match.end()
    return words, places
