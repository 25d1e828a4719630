"""What a number may measure, by the grammar of its sentence: each noun with its clause, and measures by the number's unit.

Most are wrong; `corpus.figures.parsed.choice` picks one. All are phrases of the text, but for the plain word of a measure.
"""

from __future__ import annotations  # spaCy, whose types are named, is loaded when a sentence is parsed

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.figures.measures import AMOUNTS as AMOUNT_NAMES
from corpus.figures.measures import INNER, OWN_MEASURES, SAYS_SHARE
from corpus.figures.parsed.measure_words import AMOUNTS, DOINGS, HAVING, MEASURES, SPEEDS
from corpus.figures.parsed.phrases import (
    OF,
    behind_verb,
    content_words,
    doer,
    is_finite,
    is_thing,
    left_behind,
    noun_phrase,
    relative_clause,
    verb_group,
    with_prepositions,
    written,
)
from corpus.figures.parsed.trees import SUBJECTS, VERBS, anchor, verb_over
from corpus.units import is_money

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

TOLD = "told"  # the kind of what the rules without grammar say
MOST_WORDS = 16
FOLLOWING = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj"})
BELONGING = frozenset({"with", "of"})  # "a hand with 22 joints": joints of the hand
PART_OF = frozenset({"of", "in", "among"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a number may measure: its words, how they were put together, and the noun that they are about."""

    words: str
    kind: str
    noun: Token | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A number in its parsed sentence: its tokens, the one by which it hangs, and the verb above it."""

    tree: Doc
    number: tuple[Token, ...]
    anchor: Token
    verb: Token
    unit: str  # as in `corpus.figures.figure.Figure`
    told: str  # what the rules without grammar say
    shape: str  # and how they came to it
    before: Span | None = None  # the sentence before, in the same paragraph

    @property
    def places(self) -> Collection[int]:
        """The number's places in the tree."""
        return {token.i for token in self.number}

    @property
    def measured_in(self) -> str:
        """The kind of unit: "money" and "time" for any of theirs."""
        if self.unit in {"month", "second"}:
            return "time"
        return "money" if is_money(self.unit) else self.unit


def asked_of(tree: Doc, number: list[Token], unit: str, told: str, shape: str, before: Span | None = None) -> Asked:
    """Find a number's place in its sentence."""
    top = anchor(number)
    return Asked(tree, tuple(number), top, verb_over(top), unit, told, shape, before)


def candidates(asked: Asked) -> list[Candidate]:
    """Everything that a number may measure; what the rules say first, and no words twice in one kind."""
    found: dict[tuple[str, str], Candidate] = {}
    for words, kind, noun in _all(asked):
        tidy = " ".join(words.split()).strip(" ,-")
        if tidy and len(tidy.split()) <= MOST_WORDS and (kind == TOLD or not _repeats(tidy)):
            found.setdefault((tidy.lower(), kind), Candidate(tidy, kind, noun))
    return list(found.values())


def _all(asked: Asked) -> Iterator[tuple[str, str, Token | None]]:
    if asked.told:
        yield asked.told, TOLD, None
        for measure in _measures(asked, asked.told):
            yield f"{measure} {asked.told}", f"{_short(measure)}+{TOLD}", None
    for noun in asked.tree:
        if noun.i not in asked.places and is_thing(noun) and not (noun.dep_ in {"compound", "nmod"} and is_thing(noun.head)):
            yield from _of_noun(asked, noun)
    yield from _of_whole(asked)
    yield from _of_clause(asked)
    yield from _of_told(asked)
    yield from _of_sentence_before(asked)


def _repeats(words: str) -> bool:
    """Whether a word is said twice: "height of height of towers"."""
    said = [word for word in words.lower().split() if content_words(word)]
    return len(said) != len(set(said))


def _measures(asked: Asked, words: str) -> tuple[str, ...]:
    """What may be said to be measured of a thing; nothing where it is a measure: there is no share of a growth rate."""
    phrase = INNER.split(words.lower(), maxsplit=1)[0]
    main = phrase.rpartition(" ")[2]
    if asked.unit == "percent":
        is_measure = SAYS_SHARE.search(phrase) is not None
    else:
        is_measure = main in OWN_MEASURES or (
            asked.measured_in == "money" and (main in AMOUNT_NAMES or main.removesuffix("s") in AMOUNT_NAMES)
        )
    if is_measure:
        return ()
    return ("speed of",) if asked.unit in SPEEDS else MEASURES.get(asked.measured_in, ())


def _short(measure: str) -> str:
    return measure.split()[0]


def _of_noun(asked: Asked, noun: Token) -> Iterator[tuple[str, str, Token | None]]:
    """A noun by itself, with its phrases and clauses, and with the verb that it belongs to."""
    places = asked.places
    plain, of, whole = (
        written(tokens)
        for tokens in (noun_phrase(noun, places), with_prepositions(noun, places, OF), with_prepositions(noun, places))
    )
    yield plain, "noun", noun
    if of != plain:
        yield of, "noun of", noun
    if whole != of:
        yield whole, "noun prep", noun
    for measure in _measures(asked, of):
        yield f"{measure} {of}", f"{_short(measure)}+noun", noun
    if clause := relative_clause(noun, places):
        yield from _also_share(asked, f"{of} {written(clause)}", "noun clause", noun)
    verb = noun.head.head if noun.dep_ == "conj" and noun.head.head.pos_ in VERBS else noun.head
    if verb.pos_ in VERBS:
        yield from _with_verb(asked, noun, verb, of)
    if noun.dep_ == "pobj":
        yield from _behind_preposition(asked, noun, of)


def _also_share(asked: Asked, words: str, kind: str, noun: Token | None) -> Iterator[tuple[str, str, Token | None]]:
    """The words, and as a share where the number is one."""
    yield words, kind, noun
    for measure in _measures(asked, words)[:1]:
        yield f"{measure} {words}", f"{_short(measure)}+{kind}", noun


def _with_verb(asked: Asked, noun: Token, verb: Token, phrase: str) -> Iterator[tuple[str, str, Token | None]]:
    """What does or undergoes something: "companies that make chips", "wafers that the plant makes", "time to train the model"."""
    group, task = written(verb_group(verb)), asked.measured_in == "time"
    if noun.dep_ in SUBJECTS:
        behind = written(behind_verb(verb, asked.places))
        # "Patents that reached 5 million" says no more than patents.
        if is_finite(verb) and (behind or verb.i != asked.verb.i or asked.anchor.head.i == noun.i):
            yield from _also_share(asked, f"{phrase} that {group} {behind}", "noun that does", noun)
            yield f"{phrase} that {group}", "noun that does, short", noun
        if task:
            yield f"time for {phrase} to {verb.lemma_} {behind}", "time to do", noun
    elif noun.dep_ in {"dobj", "conj", "attr"}:
        behind, by = written(behind_verb(verb, asked.places, {noun.i})), doer(verb, asked.places)
        if by and is_finite(verb):
            yield from _also_share(asked, f"{phrase} that {by} {group} {behind}", "noun that is done", noun)
            yield f"{phrase} that {by} {group}", "noun that is done, short", noun
        if by and verb.lemma_.lower() in HAVING:
            yield f"{phrase} of {by}", "noun of owner", noun
        if verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.lower_.endswith("ed")):
            yield from _also_share(asked, f"{phrase} {verb.lower_} {behind}", "noun done", noun)
        if task:
            yield f"time to {verb.lemma_} {phrase} {behind}", "time to do", noun


def _behind_preposition(asked: Asked, noun: Token, phrase: str) -> Iterator[tuple[str, str, Token | None]]:
    """ "Hours of audio on which the model was trained", "engineers of the team"."""
    preposition = noun.head
    above = preposition.head
    if above.pos_ in VERBS and is_finite(above):
        behind = written(behind_verb(above, asked.places, {preposition.i}))
        group, by = written(verb_group(above)), doer(above, asked.places)
        yield f"{phrase} {preposition.lower_} which {by} {group} {behind}", "noun in which", noun
        yield f"{phrase} {preposition.lower_} which {by} {group}", "noun in which, short", noun
    elif preposition.lower_ in BELONGING and is_thing(above) and above.i not in asked.places:
        yield f"{phrase} of {written(noun_phrase(above, asked.places))}", "noun of noun", noun


def _of_whole(asked: Asked) -> Iterator[tuple[str, str, Token | None]]:
    """What the number is a part of, with what that part does: "share of adults who would not let software decide"."""
    top, verb, places = asked.anchor, asked.anchor.head, asked.places
    things = [
        thing
        for child in top.rights
        if child.dep_ == "prep" and child.lower_ in PART_OF
        for thing in child.children
        if thing.dep_ == "pobj" and thing.i not in places and is_thing(thing)
    ]
    for thing in things:
        long = written([*with_prepositions(thing, places, OF), *relative_clause(thing, places)])
        yield from _also_share(asked, long, "whole", thing)
        if verb.pos_ not in VERBS or not is_finite(verb):
            continue
        group = written(verb_group(verb))
        if top.dep_ in SUBJECTS:
            behind = written(behind_verb(verb, places))
            yield from _also_share(asked, f"{long} that {group} {behind}", "whole that does", thing)
            yield from _also_share(
                asked, f"{written(noun_phrase(thing, places))} that {group} {behind}", "whole that does, short", thing
            )
        elif by := doer(verb, places):
            yield from _also_share(asked, f"{long} that {by} {group}", "whole that is done", thing)


def _of_clause(asked: Asked) -> Iterator[tuple[str, str, Token | None]]:
    """What is done in the number's own clause: "spending on chips", "time that customers were without power"."""
    verb, places = asked.verb, asked.places
    if verb.pos_ not in VERBS:
        return
    by, behind = doer(verb, places), written(behind_verb(verb, places))
    group = written(verb_group(verb))
    if doing := DOINGS.get(verb.lemma_.lower()):
        yield f"{doing} {behind}", "doing", None
        if by:
            yield f"{doing} of {by}", "doing of", None
            yield f"{doing} {behind} of {by}", "doing of, long", None
    if (amount := AMOUNTS.get(asked.measured_in)) and is_finite(verb):
        if by:
            yield f"{amount} that {by} {group} {behind} {left_behind(verb, places)}", "amount that", None
        if asked.anchor.dep_ in SUBJECTS:
            yield f"{amount} that {group} {behind}", "amount that does", None
    if asked.measured_in == "time":
        yield f"time to {verb.lemma_} {behind}", "time to", None


def _of_told(asked: Asked) -> Iterator[tuple[str, str, Token | None]]:
    """What the rules say, with what the number's clause says of it."""
    verb, places, told = asked.verb, asked.places, asked.told
    if not told or verb.pos_ not in VERBS or verb.lower_ in told.lower():
        return
    group, by, behind = written(verb_group(verb)), doer(verb, places), written(behind_verb(verb, places))
    if not is_finite(verb):
        return
    if asked.anchor.dep_ in SUBJECTS or asked.anchor.head.dep_ in SUBJECTS:
        yield from _also_share(asked, f"{told.removeprefix('share of ')} that {group} {behind}", f"{TOLD} that does", None)
    elif by and by.lower() not in told.lower() and told.lower() not in by.lower():
        left = left_behind(verb, places)
        yield f"{told} that {by} {group} {behind} {left}", f"{TOLD} that is done", None
        yield f"{told} that {by} {group} {left}", f"{TOLD} that is done, short", None
        if verb.lemma_.lower() in HAVING:
            yield f"{told} of {by}", f"{TOLD} of owner", None


def _of_sentence_before(asked: Asked) -> Iterator[tuple[str, str, Token | None]]:
    """What the sentence before speaks of, for "of those", "it" and bare numbers."""
    verb, places = asked.verb, asked.places
    for noun in asked.before or ():
        if noun.dep_ not in FOLLOWING or not is_thing(noun):
            continue
        phrase, kind = written(with_prepositions(noun, (), OF)), f"before: {noun.dep_}"
        yield phrase, kind, None
        for measure in _measures(asked, phrase)[:1]:
            yield f"{measure} {phrase}", f"{_short(measure)}+{kind}", None
        if verb.pos_ in VERBS and is_finite(verb):
            clause = f"{written(verb_group(verb))} {written(behind_verb(verb, places))}"
            yield from _also_share(asked, f"{phrase} that {clause}", f"{kind} that does", None)
