"""A sentence's dependency tree by spaCy, and what stands where in it: a number's own place, its verb, a verb's subject.

Knows no phrases; `corpus.figures.parsed.phrases` puts words together.
"""

from __future__ import annotations  # spaCy, whose types are named, is loaded when a sentence is parsed

import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.figures.parsed.parser import parser

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_CHARACTERS = 1_200  # a longer "sentence" is a table or a list that nobody ended
KEPT = 256  # trees of sentences with several numbers, which follow each other
TURN = threading.Lock()  # a claim may be read while the index is rebuilt, and spaCy does not say that it bears both at once
STEPS = 5  # clauses to go back for a subject that is said once: "rose, fell and rose again"
THINGS = frozenset({"NOUN", "PROPN"})
VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
WITHOUT_SUBJECT = frozenset({"conj", "xcomp", "advcl", "acl", "ccomp", "pcomp"})
RELATIVE = frozenset({"which", "that", "who", "whom"})
TIMES = frozenset({"DATE", "TIME"})
CALENDAR = frozenset(
    """
    january february march april may june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday year years month months week weeks quarter quarters day days today yesterday tomorrow hour hours
    morning evening night decade decades
    """.split()
)


@lru_cache(maxsize=KEPT)
def tree_of(sentence: str) -> Doc | None:
    """Parse one English sentence; nothing for one that is too long to be one."""
    if len(sentence) > MOST_CHARACTERS:
        return None
    with TURN:
        return parser()(sentence)


def number_tokens(tree: Doc, start: int, end: int) -> list[Token]:
    """The tokens of a number that stands at `start` to `end`, in code points of the sentence."""
    return [token for token in tree if token.idx < end and token.idx + len(token) > start]


def anchor(number: list[Token]) -> Token:
    """The token by which a number hangs in its sentence: "percent" of "3 percent"."""
    own = {token.i for token in number}
    tops = [token for token in number if token.head.i not in own or token.head.i == token.i]
    return tops[-1] if tops else number[-1]


def is_time(token: Token) -> bool:
    """Whether a word names a time: it is part of a date, or of the calendar."""
    return token.ent_type_ in TIMES or token.lower_ in CALENDAR


def verb_over(token: Token) -> Token:
    """The verb that a word depends on; the top of the tree where there is none."""
    while token.head.i != token.i:
        token = token.head
        if token.pos_ in VERBS:
            return token
    return token


def subject_of_verb(verb: Token, steps: int = STEPS) -> Token | None:
    """The head of a verb's subject, also where it is said with another verb: "rose 3 percent and fell 2"."""
    own = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if own is not None or not steps or verb.dep_ not in WITHOUT_SUBJECT or verb.head.i == verb.i:
        return own
    if verb.dep_ == "acl":
        return verb.head  # "a plant making 5 tonnes"
    if (
        verb.dep_ == "xcomp"
        and (thing := next((child for child in verb.head.children if child.dep_ == "dobj"), None)) is not None
    ):
        return thing  # "let software approve loans"
    above = verb.head if verb.head.pos_ in VERBS else verb_over(verb.head)
    return subject_of_verb(above, steps - 1) if above.i != verb.i and above.pos_ in VERBS else None


def meant(token: Token) -> Token:
    """What a relative pronoun stands for: "plants", of "plants, which make 5 tonnes"."""
    if token.lower_ not in RELATIVE:
        return token
    above = token
    while above.head.i != above.i:
        if above.dep_ == "relcl":
            return above.head
        above = above.head
    return token


def path_between(one: Token, other: Token) -> str:
    """The way from one word to another: relations up to what both hang on, a bar, and relations down."""
    up = [one, *one.ancestors]
    depth = {token.i: place for place, token in enumerate(up)}
    down: list[str] = []
    while other.i not in depth:
        down.append(other.dep_)
        if other.head.i == other.i:
            return "none"
        other = other.head
    return "^".join(token.dep_ for token in up[: depth[other.i]]) + "|" + "v".join(reversed(down))
