"""Phrases of a parsed sentence as a table would say them: a noun with what tells it from others, a verb with what is behind it.

Without articles, owners, times and numbers. A "not" is always kept: a share of those who would not is another share.
"""

from __future__ import annotations  # spaCy, whose types are named, is loaded when a sentence is parsed

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from corpus.figures.parsed.trees import THINGS, is_time, meant, subject_of_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

WORD = re.compile(r"\w+")
LITTLE_WORDS = frozenset(
    """
    a about after all also am an and any are as at be been before being between both but by can could did do does doing down
    during each few for from had has have having he her his how i in into is it its itself may might more most much must no nor
    not of off on once one only or other our out over own per same she should so some such t than that the their them then there
    these they this those through to too under up was we were what when where which while who whom whose will with would you your
    """.split()
)
LEFT_OUT = frozenset({"det", "poss", "punct", "predet", "preconj", "quantmod", "advmod", "expl"})
NOT_BEFORE_NOUN = frozenset("det poss case predet preconj cc relcl appos nummod advmod quantmod prep neg mark punct".split())
NO_WORDS = frozenset({"NUM", "PUNCT", "SYM", "SPACE"})
UNIT_WORDS = frozenset("percent % per cent points basis million billion trillion yuan dollars euros pounds".split())
OTHER_CLAUSES = frozenset("punct conj cc advcl nsubj nsubjpass parataxis npadvmod".split())
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
OBJECTS = frozenset({"dobj", "attr", "oprd", "dative"})
OF = frozenset({"of"})
BEHIND_OBJECT = frozenset({"of", "in", "on", "for"})
MOST_BEHIND = 10  # words behind a verb
MOST_IN_CLAUSE = 10  # words of a relative clause; a longer one says more than what tells things apart


def written(tokens: Iterable[Token]) -> str:
    """Words in the order and spelling of the sentence, with a space wherever something stood between."""
    text, last = "", None
    for token in sorted({token.i: token for token in tokens}.values(), key=lambda token: token.i):
        if last is not None and (last.i != token.i - 1 or last.whitespace_):
            text += " "
        text += _in_a_table(token)
        last = token
    return text.strip(" -–'’\"“”,")


def _in_a_table(token: Token) -> str:
    """A word without the capital that only the sentence's beginning gave it."""
    is_capital = token.is_sent_start and token.pos_ != "PROPN" and token.text[1:] == token.text[1:].lower()
    return token.text.lower() if is_capital else token.text


def content_words(text: str) -> frozenset[str]:
    """The words of a phrase that tell it from others, in the singular: "the AI companies" has `ai` and `company`."""
    return frozenset(_singular(word) for word in WORD.findall(text.lower()) if word not in LITTLE_WORDS)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def is_thing(token: Token) -> bool:
    """Whether a word names a thing, and not a time, a unit or a scale."""
    return token.pos_ in THINGS and not is_time(token) and token.lower_ not in UNIT_WORDS


def noun_phrase(noun: Token, number: Collection[int]) -> list[Token]:
    """A noun with the words in front that describe it: "open-source models"."""
    found = [noun]
    for child in noun.lefts:
        is_apart = child.dep_ in NOT_BEFORE_NOUN and child.text != "-"
        if child.i in number or is_apart or is_time(child) or child.pos_ == "NUM" or child.like_num:
            continue
        found += [token for token in child.subtree if token.i not in number and token.dep_ not in {"det", "poss", "case"}]
    return [token for token in found if token.text == "-" or token.pos_ != "PUNCT"]


def with_prepositions(noun: Token, number: Collection[int], only: Collection[str] | None = None) -> list[Token]:
    """A noun phrase with those behind its prepositions: "sales of phones in shops"; `only` of some prepositions."""
    found = noun_phrase(noun, number)
    for child in noun.rights:
        if (
            child.dep_ != "prep"
            or (only is not None and child.lower_ not in only)
            or any(token.i in number for token in child.subtree)
        ):
            continue
        thing = next((token for token in child.children if token.dep_ in {"pobj", "pcomp"}), None)
        if thing is not None and not is_time(thing):
            inner = with_prepositions(thing, number, OF) if thing.pos_ in THINGS else kept(child.subtree, number)
            found += [child, *inner]
    return found


def relative_clause(noun: Token, number: Collection[int]) -> list[Token]:
    """The clause that tells a noun's things from others: "that use AI to read scans"; nothing where it is long."""
    found = [token for child in noun.rights if child.dep_ in {"relcl", "acl"} for token in kept(child.subtree, number)]
    return found if len(found) <= MOST_IN_CLAUSE else []


def kept(tokens: Iterable[Token], number: Collection[int]) -> list[Token]:
    """Words without articles, owners, times, numbers and their units."""
    return [
        token
        for token in tokens
        if token.i not in number
        and (token.text == "-" or (token.dep_ not in LEFT_OUT and token.pos_ not in NO_WORDS))
        and not is_time(token)
        and token.lower_ not in UNIT_WORDS
    ]


def verb_group(verb: Token) -> list[Token]:
    """A verb with its auxiliaries, its "not" and its particle: "would not let", "turned away"."""
    return [verb, *(child for child in verb.children if child.dep_ in {"aux", "auxpass", "neg", "prt"})]


def is_finite(verb: Token) -> bool:
    """Whether a verb can follow "that": "plants make", "were built"; not "to make", "making"."""
    first = min((token for token in verb_group(verb) if token.dep_ != "neg"), key=lambda token: token.i)
    return first.tag_ in FINITE


def left_behind(verb: Token, number: Collection[int]) -> str:
    """The preposition that a number leaves behind when it goes: "for", of "accounts for 60 percent"."""
    return next(
        (child.lower_ for child in verb.rights if child.dep_ == "prep" and any(token.i in number for token in child.children)), ""
    )


def behind_verb(verb: Token, number: Collection[int], but: Collection[int] = ()) -> list[Token]:
    """What a verb has behind it: its object, prepositions and what somebody says; not the phrase of the number.

    Args:
        but: places of children that are left out.
    """
    found: list[Token] = []
    for child in verb.rights:
        if child.i in but or child.dep_ in OTHER_CLAUSES or is_time(child):
            continue
        if child.dep_ in OBJECTS and child.pos_ in THINGS:
            found += with_prepositions(child, number, BEHIND_OBJECT)
        elif child.dep_ in OBJECTS | {"acomp"}:
            found.append(child)
        elif child.dep_ in {"prep", "agent"}:
            found += _behind_preposition(child, number)
        elif child.dep_ in {"xcomp", "ccomp"}:
            found += child.subtree
    return kept(found, number)[:MOST_BEHIND]


def _behind_preposition(preposition: Token, number: Collection[int]) -> list[Token]:
    thing = next((token for token in preposition.children if token.dep_ in {"pobj", "pcomp"}), None)
    if thing is None or thing.i in number or is_time(thing) or any(token.i in number for token in thing.lefts):
        return []
    return [preposition, *with_prepositions(thing, number, OF)] if thing.pos_ in THINGS else []


def doer(verb: Token, number: Collection[int]) -> str:
    """Who or what does it: the subject's phrase, or its pronoun; empty where it is the number itself."""
    subject = subject_of_verb(verb)
    subject = meant(subject) if subject is not None else None
    if subject is None or subject.i in number:
        return ""
    return written(with_prepositions(subject, number, OF)) if subject.pos_ in THINGS else subject.text.lower()
