"""Numbers that share what the one before them measures: "600 yuan (about $84)", "Bergen 1,100", "up 5 percent", "half of it".

Finds that other number and says what it measures; what a number measures by itself is read by `corpus.figures.subjects`.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from corpus.figures.belonging import belongs_to, place_behind
from corpus.figures.clauses import verb_groups, words_of
from corpus.figures.numbers import WrittenNumber, numbers_in
from corpus.figures.phrases import is_plural, phrase_after
from corpus.figures.places import places_in
from corpus.figures.scene import MEASURING, Scene
from corpus.figures.word_kinds import AUXILIARIES, CONJUNCTIONS, DETERMINERS, FINITE, PREPOSITIONS
from corpus.units import is_money

AGAIN = re.compile(r"(?:[(]|,? ?\b(?:or|equivalent to|equal to|equates? (?:with|to)|equating to|that is,?|i\.e\.,?))$")
MAX_AGAIN = 40  # code points between a number and the same one said in another way
# "..., up 5 percent", "..., against 6,000 in 2024": the same thing at another time, in another place, or its change.
BESIDE = re.compile(
    r"(?:[,;(]|,? and) ?(?:\b(?:up|down|from|worth|against|versus|as against|and|but|compared (?:with|to)|well|far)"
    r"(?: from| by)?)$|"
    r"\b(?:against|versus|compared (?:with|to)|above|below|than) (?:an?|the|its) (?:[a-z]+ )?"
    r"(?:target|goal|average|record|limit|quota|norm|forecast|estimate)(?: of)?$|"
    r"\b(?:against|compared (?:with|to)|versus|up from|down from|instead of|rather than)$|"
    r", an? (?:[a-z-]+ )*(?:rise|increase|decrease|drop|fall|decline|jump|gain|growth|reduction|surge)(?: of)?$"
)
COMPARED = re.compile(
    r" (?:(?:\w+er|more|less) than|(?:above|below|ahead of|behind|short of|up on|down on) |"
    r"of the (?:[a-z]+ )?(?:total|whole)\b|as (?:many|much|high|large|big|long|far)\b|\w+er$)"
)
OF_IT = re.compile(r" of (?:it|that)\b(?! \w+s\b)")
OF_THEM = re.compile(r" of (?:them|these|those|whom|which)\b(?! \w+s\b)")
SIZES = frozenset({"metre", "square_metre", "gram", "litre", "watt", "hertz", "byte", "degC"})
LONG = re.compile(
    r"(?: (?:long|high|tall|wide|deep|thick|across|old|in [a-z]+))?(?:,? and|,|,? but)"
    r"(?: (?:weigh(?:s|ed|ing)|measur(?:es|ed|ing)))?"
)
ELSEWHERE = re.compile(
    r"(?P<link>,|,? and|; | than|against|compared with) ?(?:followed by )?(?P<of>(?:that|those) (?:of|in|from) )?"
    r"(?:the )?(?P<other>[A-Za-z][\w-]*(?: [A-Z]\w*)*)(?:['’]s)?(?: with| at| to| by)?$"
)

Shared = tuple[str, str | None]  # the words, and whose or where
OfNumber = Callable[[Scene, WrittenNumber], Shared]


def shared(scene: Scene, of_number: OfNumber) -> Shared | None:
    """What the number before measures, and the place of this one, where the sentence says both of one thing.

    Args:
        of_number: what another number of the sentence measures, and whose or where.
    """
    before = number_before(scene)
    if not before:
        return None
    if scene.subject and scene.subject[0].low in {"those", "that"} and len(scene.subject) > 1:
        place = belongs_to(scene.text, (scene.start, scene.end), scene.span(scene.subject), "", "", "")
        return of_number(scene, before)[0], place
    if _is_bare(scene) and before.unit == "count":
        return _elsewhere(scene, before, of_number) or of_number(scene, before)
    shapes = (_held_by, _again, _same_part, _from_to, _dimensions, _elliptical, _beside, _elsewhere)
    return next((found for shape in shapes if (found := shape(scene, before, of_number))), None)


def number_before(scene: Scene, same_unit: bool = False) -> WrittenNumber | None:
    """The last number in front of this one in its sentence; on demand the last of its unit."""
    earlier = [one for one in numbers_of(scene) if one.end <= scene.start and (not same_unit or is_alike(one.unit, scene.unit))]
    return earlier[-1] if earlier else None


def is_alike(one: str, other: str) -> bool:
    """Whether two units can measure the same thing: the same unit, or two currencies."""
    return one == other or (is_money(one) and is_money(other))


def numbers_of(scene: Scene) -> tuple[WrittenNumber, ...]:
    """All numbers of a sentence, in order."""
    return _numbers(scene.text, scene.article.text)


@lru_cache(maxsize=64)  # every number of a sentence asks for them
def _numbers(text: str, context: str) -> tuple[WrittenNumber, ...]:
    return numbers_in(text, context).numbers


def _is_bare(scene: Scene) -> bool:
    """Whether a count stands without what it counts, as in "and will add eight this year"."""
    words = scene.words_behind
    if scene.unit != "count" or scene.link or scene.bare.endswith((",", "(")) or re.match(r" of\b", scene.behind):
        return False
    groups = verb_groups(words_of(scene.bare))
    if groups and groups[-1].verb.startswith(MEASURING):
        return False  # "and the trees numbered 900"
    return not phrase_after(words) or words[0].low in {"this", "last", "next", "in"}


def _held_by(scene: Scene, before: WrittenNumber, of_number: OfNumber) -> Shared | None:
    """ "Ahead of Norway with 310", "leaving Spain at 4 percent": what the number before measures, of another holder."""
    before = number_before(scene, same_unit=True) or before
    phrase = phrase_after(scene.words_behind)
    told = scene.behind.startswith(" of ") or (phrase and (scene.unit == "count") and is_plural(phrase[-1]))
    if scene.link not in {"with", "at", "on"} or told or before.unit != scene.unit:
        return None
    places = [place for place in places_in(scene.text, scene.article.text) if before.end <= place.start < scene.start]
    if re.search(r"\b(?:it|them) with$", scene.bare):
        return of_number(scene, before)  # "will close 30 shops, leaving it with 410"
    if not places or re.fullmatch(r",? (?:with|at|on)", scene.bare[places[-1].end :]) is None:
        return None
    words, _ = of_number(scene, before)
    return (words, places[-1].name) if words else None


def _again(scene: Scene, before: WrittenNumber, of_number: OfNumber) -> Shared | None:
    """ "600 billion yuan (about $84 billion)", "equivalent to 310 times ...", "half of it": the number before again."""
    if OF_IT.match(scene.behind) or (scene.unit == "count" and OF_THEM.match(scene.behind)):
        words, place = of_number(scene, before)
        return words, place_behind(scene.text, scene.end, scene.article.text) or place
    if scene.unit == "percent" and re.match(r" of (?:its|their)\b", scene.behind):
        return None  # "5 billion yuan, or 19 percent of its revenue"
    near = len(scene.bare) - before.end < MAX_AGAIN
    return of_number(scene, before) if near and AGAIN.search(scene.bare) else None


def _elliptical(scene: Scene, before: WrittenNumber, of_number: OfNumber) -> Shared | None:
    """ "41 percent went to roads, 27 percent to schools": the verb is left out, what is measured with it."""
    link = re.match(r" (to|into|for|on|in|from|by|at|with|through|via)\b", scene.behind)
    bare = re.search(r"(?:[,;]|\b(?:and|but))$", scene.bare)
    if scene.unit == "count" or before.unit != scene.unit or not link or not bare:
        return None
    between = scene.text[before.end : scene.start]
    if not re.search(rf"\b{link[1]}\b", between) or verb_groups(words_of(re.split(rf"\b{link[1]}\b", between, maxsplit=1)[1])):
        return None
    words, place = of_number(scene, before)
    head, goal = words.rpartition(f" {link[1]} ")[0], phrase_after(words_of(scene.behind[link.end() :]))
    if head and (own := scene.named(goal, scene.end + link.end())):
        words = f"{head} {link[1]} {own}"
    return (words, place_behind(scene.text, scene.end, scene.article.text) or place) if words else None


def _same_part(scene: Scene, before: WrittenNumber, of_number: OfNumber) -> Shared | None:
    """ "Use 30 percent of it, but in 2010 they used 14 percent": a bare percentage that something is done to."""
    words = words_of(scene.bare)
    groups = verb_groups(words)
    bare = not scene.link and re.match(r"\s*(?:[.,;]|$)", scene.behind) and groups and groups[-1].last == len(words)
    if scene.unit != "percent" or before.unit != "percent" or not bare or groups[-1].verb.startswith(MEASURING):
        return None
    return of_number(scene, before) if re.match(r" of\b", scene.text[before.end :]) else None


def _dimensions(scene: Scene, before: WrittenNumber, of_number: OfNumber) -> Shared | None:
    """ "40 metres long and 6 metres wide", "weighs 9 tonnes and 12 metres high": sizes of one thing."""
    if scene.unit not in SIZES or before.unit not in SIZES:
        return None
    return of_number(scene, before) if LONG.fullmatch(scene.text[before.end : scene.start].rstrip()) else None


def _from_to(scene: Scene, before: WrittenNumber, of_number: OfNumber) -> Shared | None:
    """ "Fell from 5 percent to 4 percent", "eased to 3 percent in May from 4 percent": one thing, at its two ends."""
    between = scene.text[before.end : scene.start]
    if scene.link not in {"from", "to"} or before.unit != scene.unit or re.search(r"[,;:]", between):
        return None
    phrase = phrase_after(scene.words_behind)
    if verb_groups(words_of(between)[:-1]) or (scene.unit == "count" and phrase and is_plural(phrase[-1])):
        return None
    return of_number(scene, before)


def _beside(scene: Scene, before: WrittenNumber, of_number: OfNumber) -> Shared | None:
    """ ", up 5 percent", ", compared with 8 in Peru": the same thing; its place may be another."""
    beside = BESIDE.search(scene.bare)
    compares = scene.bare.endswith(",") and (scene.unit == "ratio" or COMPARED.match(scene.behind))
    if not beside and not compares:
        return None
    phrase = phrase_after(scene.words_behind)
    if scene.unit == "count" and phrase and is_plural(phrase[-1]):
        return None  # it counts something by itself: ", against 40 ferries"
    own = place_behind(scene.text, scene.end, scene.article.text) if beside else None
    words, place = of_number(scene, before)
    return (words, own or place) if words else None


def _elsewhere(scene: Scene, before: WrittenNumber, of_number: OfNumber) -> Shared | None:
    """ "Shenzhen has 2,600 firms, Hangzhou 1,100": the same elsewhere; "mills had 5 and ports 7": the same of others."""
    match = ELSEWHERE.search(scene.bare)
    if (
        not match
        or not is_alike(before.unit, scene.unit)
        or before.end > match.start()
        or match["other"].lower() in PREPOSITIONS | DETERMINERS | CONJUNCTIONS
    ):
        return None
    between = scene.text[before.end : match.start()]
    if verb_groups(words_of(between)) or match["other"] in FINITE | AUXILIARIES:
        return None
    words, place = of_number(scene, before)
    other = match["other"]
    if other[0].isupper():
        return words, other
    if match["of"]:
        return f"{words.partition(' of ')[0]} of {other}", place  # "the share of wind was 27 percent, that of coal 22"
    if phrase_after(scene.words_behind) or scene.unit in {"second", "month"} or re.search(r" (?:with|at|to|by)$", match[0]):
        return None
    own = belongs_to(scene.text, (scene.start, scene.end), match.span("other"), "", "", "")
    return scene.named(words_of(other), match.start("other")), own
