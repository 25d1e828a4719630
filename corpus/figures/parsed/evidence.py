"""What speaks for or against a candidate: its kind, its noun's place beside the number, the words around, and what the rules say.

Evidence is a weight by name, 1 for what is so. The names are those of `weights.json`, where each has been fitted a weight.
"""

from __future__ import annotations  # spaCy, whose types are named, is loaded when a sentence is parsed

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from corpus.figures.parsed.candidates import TOLD, Asked, Candidate
from corpus.figures.parsed.phrases import content_words
from corpus.figures.parsed.trees import meant, path_between, subject_of_verb

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

BOUNDS = frozenset("over more than about some nearly almost only just least most around roughly".split())
PRONOUNS = frozenset("they it them those these that one ones".split())
NEAR = 4  # words between a noun and its number that are told in full
Evidence = Mapping[str, float]


def evidence(asked: Asked, candidates: Collection[Candidate]) -> list[Evidence]:
    """What is known of each candidate, in their order."""
    context = _context(asked)
    told_noun = _told_noun(asked)
    told_role = _role(asked, told_noun) if told_noun is not None else "none"
    return [dict(_of_candidate(asked, one, context, told_noun, told_role)) for one in candidates]


def _of_candidate(
    asked: Asked, candidate: Candidate, context: Collection[str], told_noun: Token | None, told_role: str
) -> Iterator[tuple[str, float]]:
    kind, unit = f"kind {candidate.kind}", f"unit {_unit(asked)}"
    noun = told_noun if TOLD in candidate.kind else candidate.noun
    words, told = content_words(candidate.words), content_words(asked.told)
    new = f"new {min(len(words - told), 5)}"
    length = f"words {min(len(words), 9)}"
    for name in (kind, f"{kind}, {unit}", f"{kind}, verb {asked.verb.lemma_.lower()}", f"{kind}, hangs {asked.anchor.dep_}",
                 f"{kind}, {new}", length, f"{length}, {unit}", f"first {candidate.words.split()[0].lower()}",
                 f"{kind}, shape {asked.shape}", f"{kind}, shape {asked.shape}, {unit}", f"{kind}, told {told_role}",
                 f"{kind}, {length}"):  # fmt: skip
        yield name, 1
    for name in context:
        yield f"{kind}, {name}", 1
    yield "words", min(len(words), 10) / 10
    yield from _beside_told(asked, words, told, told_role)
    if not told:
        yield f"{kind}, nothing told", 1
    if TOLD in candidate.kind:
        yield f"{kind}, told words {min(len(told), 5)}", 1
        yield f"told last {asked.told.split()[-1].lower()}", 1
    if candidate.kind.startswith("before") or "+before" in candidate.kind:
        yield f"{kind}, pronoun {any(token.lower_ in PRONOUNS for token in asked.tree[: asked.number[0].i])}", 1
    if noun is not None:
        yield from _of_noun(asked, noun, kind, unit, context)


def _beside_told(asked: Asked, words: frozenset[str], told: frozenset[str], told_role: str) -> Iterator[tuple[str, float]]:
    """How much a candidate and what the rules say have in common, by how the rules came to it."""
    shared = len(words & told)
    own, others = shared / max(len(words), 1), shared / max(len(told), 1)
    yield "of its words told", own
    yield "of told words its", others
    for name in (f"shape {asked.shape}", f"told {told_role}", f"unit {_unit(asked)}"):
        yield f"of its words told, {name}", own
        yield f"of told words its, {name}", others


def _of_noun(asked: Asked, noun: Token, kind: str, unit: str, context: Collection[str]) -> Iterator[tuple[str, float]]:
    """Where the noun stands: its place in the grammar, the way to it, and the words between."""
    role, way = f"role {_role(asked, noun)}", f"way {path_between(asked.anchor, noun)}"
    rough = role.partition(":")[0]
    entity, lemma = f"name {noun.ent_type_ or 'none'}", f"noun {noun.lemma_.lower()}"
    side = "behind" if noun.i > asked.anchor.i else "before"
    for name in (role, f"{role}, {unit}", f"{role}, hangs {asked.anchor.dep_}", f"{role}, {kind}", f"{role}, {kind}, {unit}",
                 f"{role}, verb {asked.verb.lemma_.lower()}", f"{rough}, {kind}, {unit}", way, f"{way}, {unit}", f"{way}, {kind}",
                 entity, f"{entity}, {rough}", lemma, f"{lemma}, {unit}", f"tag {noun.tag_}", side,
                 f"{side}, {unit}"):  # fmt: skip
        yield name, 1
    for name in context:
        yield f"{rough}, {name}", 1
        yield f"{role}, {name}", 1
    yield from _between(asked, noun)


def _between(asked: Asked, noun: Token) -> Iterator[tuple[str, float]]:
    """What lies between a noun and its number, and whether the noun has another number."""
    first, last = asked.number[0].i, asked.number[-1].i
    tree, anchor = asked.tree, asked.anchor
    between = tree[min(noun.i, anchor.i) + 1 : max(noun.i, anchor.i)]
    counts = {
        "nouns": sum(token.pos_ in {"NOUN", "PROPN"} for token in between),
        "verbs": sum(token.pos_ == "VERB" for token in between),
        "commas": sum(token.text in {",", ";"} for token in between),
        "numbers": sum(token.like_num for token in between),
        "tokens": len(between) // 2,
    }
    for name, count in counts.items():
        yield f"between {name} {min(count, 4)}", 1
    if noun.i < first and first - noun.i <= NEAR:
        yield f"then {_said(tree[noun.i + 1 : first])}", 1
    if noun.i > last and noun.i - last <= NEAR:
        yield f"until {_said(tree[last + 1 : noun.i])}", 1
    if any(child.like_num and child.i not in asked.places for child in noun.children):
        yield "has another number", 1


def _said(tokens: Span) -> str:
    return " ".join(token.lower_ for token in tokens if token.lower_ not in BOUNDS)


def _context(asked: Asked) -> list[str]:
    """The words on both sides of the number, without "more than" and the like."""
    tree, before, behind = asked.tree, asked.number[0].i - 1, asked.number[-1].i + 1
    while before >= 0 and tree[before].lower_ in BOUNDS:
        before -= 1

    def word(place: int) -> tuple[str, str]:
        return (tree[place].lower_, tree[place].pos_) if 0 <= place < len(tree) else ("end", "end")

    return [
        f"before {word(before)[0]}",
        f"before that {word(before - 1)[0]}",
        f"before is {word(before)[1]}",
        f"behind {word(behind)[0]}",
        f"behind that {word(behind + 1)[0]}",
        f"behind is {word(behind)[1]}",
    ]


def _unit(asked: Asked) -> str:
    kind = asked.measured_in
    return kind if kind in {"percent", "percentage point", "count", "ratio", "time", "money", "byte", "FLOPS"} else "other"


def _told_noun(asked: Asked) -> Token | None:
    """The noun of the sentence that the rules' words are about: the nearest of its last noun that has one."""
    head = asked.told
    for measure in ("share", "price", "cost", "age", "length", "weight", "time", "duration", "area", "value", "number"):
        head = head.removeprefix(f"{measure} of ").removeprefix(f"{measure} for ")
    for joint in (" of ", " that ", " who ", " in ", " on ", " for ", " to ", " by ", " from ", " with ", " at "):
        head = head.partition(joint)[0]
    for word in reversed(head.lower().split()):
        same = [
            token
            for token in asked.tree
            if token.lower_ == word and token.pos_ in {"NOUN", "PROPN"} and token.i not in asked.places
        ]
        if same:
            return min(same, key=lambda token: abs(token.i - asked.anchor.i))
    return None


def _role(asked: Asked, noun: Token) -> str:
    """The place of a noun beside the number: counted by it, subject of its verb, behind a preposition of either, or far."""
    anchor, verb, places = asked.anchor, asked.verb, asked.places
    subject = subject_of_verb(verb)
    subject = meant(subject) if subject is not None else None
    if anchor.head.i == noun.i:
        return "counted" if anchor.dep_ in {"nummod", "quantmod", "nmod", "amod", "compound"} else f"above: {anchor.dep_}"
    if subject is not None and subject.i == noun.i:
        return "subject: own" if subject.head.i == verb.i else "subject: far"
    if subject is not None and subject.is_ancestor(noun):
        return f"in subject: {noun.dep_} {noun.head.lower_ if noun.dep_ == 'pobj' else ''}".rstrip()
    side = "behind" if noun.i > anchor.i else "before"
    if noun.head.i == verb.i:
        return f"of verb: {noun.dep_} {side}"
    if noun.dep_ == "pobj":
        preposition = noun.head
        if preposition.head.i in places:
            return f"of number: {preposition.lower_}"
        if preposition.head.i == verb.i:
            return f"with verb: {preposition.lower_} {side}"
    if anchor.is_ancestor(noun):
        return "below"
    return f"over: {noun.dep_}" if noun.is_ancestor(anchor) else "elsewhere"
