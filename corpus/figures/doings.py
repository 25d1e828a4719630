"""What counted things, or a part of them, do or suffer: sheep "killed by wolves", a share of nurses "that work with a robot".

Only the words that follow in the same clause; what the things themselves are is read by `corpus.figures.subjects`.
"""

import re
from collections.abc import Sequence

from corpus.figures.clauses import VerbGroup, Word, verb_groups, words_of
from corpus.figures.phrases import is_plural
from corpus.figures.scene import Scene, begins_clause
from corpus.figures.word_kinds import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE,
    INFINITIVES,
    INSIDE,
    IRREGULAR,
    MODALS,
    PARTICIPLES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
)

MOST = 7  # words of what is told; more are a sentence and no heading
NEAR = 8  # words between the things and their verb: "hospitals across China use"
# What follows belongs to another clause, or says when, where and since when.
END = re.compile(
    r"[.;:,!?)”\"—–]|\b(?:and|but|while|whereas|although|because|as|after|before|when|where|up|down|compared|according|from|last|this|"
    r"next|since|during|related|(?:in|by) (?:(?:the )?(?:first|second|third|fourth|last|past)|(?:19|20)\d\d|[A-Z]\w+))\b(?!-)"
)
CLAUSES = re.compile(r"[,;:]|\b(?:that|and|but|while)\b")
NAMING = re.compile(r",? (?:who|which|that|whose) | (?:for|with|without|against|about|aged|on|per|to) (?!(?:19|20)\d\d)")
PASSING = ADVERBS | INSIDE | frozenset("regularly".split())
BEING = BE | MODALS | frozenset("have has had to".split())
BEFORE_NOUN = PASSING | frozenset("of the its our their new more other".split())
UNFINISHED = PREPOSITIONS | DETERMINERS | CONJUNCTIONS | AUXILIARIES | PRONOUNS
# Who does this has, names or reaches the number of things, and does nothing to them; by the verb's beginning.
HAVING = re.compile(
    r"ha[sdv]|employ|operat|own|includ|cover|reach|exceed|total|number|count|serv|h[oe]ld|host|contain|compris|span|boast|offer|involv|"
    r"add|top|pass|need|requir|is|are|was|were|be|report|record|show|claim|sa[yi]|expect|plan|aim|list|increas|rais|grew|cut|doubl|fell|rose"
)
PAST = re.compile(r"(?:ed|[nt])$")


def told_of_counted(scene: Scene, noun: str) -> str:
    """What tells counted things from others, behind or before them: "killed by wolves"; empty where nothing does.

    Args:
        noun: the things as they stand behind the number; those said elsewhere are told there.
    """
    place = scene.behind.find(noun)
    if place < 0 or any(word.low not in BEFORE_NOUN for word in words_of(scene.behind[:place])):
        return ""
    rest = scene.behind[place + len(noun) :]
    if NAMING.match(rest) and not rest.startswith(", that"):
        return _heading(rest.lstrip(" ,"))
    return _done_by(scene, rest) or _done_to(scene)


def told_of_part(scene: Scene) -> str:
    """What the part does with which a clause begins: "One in four nurses now works with a robot"; empty where it does not."""
    words = scene.words_behind
    return _predicate(words, scene.behind, _first_verb(words)) if begins_clause(scene, CLAUSES) else ""


def _done_by(scene: Scene, rest: str) -> str:
    """ "18 infants were ventilated by hand" are "ventilated by hand"; "9,000 hospitals use AI" are those "that use AI"."""
    words = words_of(rest)
    group = _first_verb(words)
    if group is None and words and words[0].low in INFINITIVES:
        group = VerbGroup(0, 1, words[0].low)  # "30 hospitals use the tool"
    if group is None or not begins_clause(scene, CLAUSES):
        return ""
    verb = words[group.first : group.last]
    own = [word for word in verb if word.low not in BEING | PASSING and not word.low.endswith("ly")]
    if not own:
        return ""
    told = _heading(rest[own[0].start :])
    passive = any(word.low in BE for word in verb)
    return told if passive or not told else f"that {told}"


def _done_to(scene: Scene) -> str:
    """ "Wolves killed 1,130 sheep": killed."""
    words = words_of(scene.bare)
    groups = verb_groups(words)
    if scene.link or not groups or groups[-1].last != len(words):
        return ""
    verb = groups[-1].verb
    return verb if PAST.search(verb) and not HAVING.match(verb) else ""


def _first_verb(words: Sequence[Word]) -> VerbGroup | None:
    """The verb of the clause that goes on behind a number, near it and before any sign."""
    first = next((group for group in verb_groups(words) if group.first <= NEAR), None)
    if first is None and words and words[0].low in FINITE | IRREGULAR | PARTICIPLES:
        first = VerbGroup(0, 1, words[0].low)
    first = first or next(
        (VerbGroup(place, place + 1, words[place].low) for place in range(1, NEAR) if _is_plain(words, place)), None
    )
    return first if first and not any(word.is_sign for word in words[: first.first]) else None


def _is_plain(words: Sequence[Word], place: int) -> bool:
    """Whether a word is the verb of several, in its plain form: "households in Lima own a phone"."""
    if place >= len(words) or not words[place].text.islower() or words[place - 1].is_sign:
        return False
    low, before = words[place].low, words[place - 1]
    if low in INFINITIVES:
        return before.low not in DETERMINERS | PREPOSITIONS | AUXILIARIES
    other = low in UNFINISHED | PASSING | RELATIVES or is_plural(words[place]) or not low.isalpha() or low.endswith(("ed", "ing"))
    return is_plural(before) and not other and place + 1 < len(words) and not words[place + 1].is_sign


def _predicate(words: Sequence[Word], text: str, group: VerbGroup | None) -> str:
    if group is None:
        return ""
    told = [word for word in _to_end(text[words[group.first].start :]) if word.low not in PASSING][:MOST]
    return " ".join(word.text for word in told) if len(told) > 1 or (told and told[0].low not in AUXILIARIES) else ""


def _to_end(rest: str) -> list[Word]:
    end = END.search(rest, 1)
    return words_of(rest[: end.start()] if end else rest)


def _heading(rest: str) -> str:
    """The first words of what is told, without a last one that waits for more; nothing for a single word."""
    told = _to_end(rest)[:MOST]
    told = told[: next((place for place, word in enumerate(told) if word.text[0].isdigit()), len(told))]
    while told and (told[-1].low in UNFINISHED or (len(told) > 2 and told[-2].low in RELATIVES)):
        told = told[:-1]
    return " ".join(word.text for word in told) if len(told) > 1 else ""
