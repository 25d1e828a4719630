"""The subject among all the words in front of a verb: without "By 2025,", insertions, and clauses before its own.

Which verb it is and what stands behind it is for `corpus.figures.predication`.
"""

from collections.abc import Sequence

from corpus.figures.clauses import VerbGroup, Word, verb_groups
from corpus.figures.word_kinds import ADVERBS, AUXILIARIES, CONJUNCTIONS, DETERMINERS, IRREGULAR, PREPOSITIONS, PRONOUNS, SAYING

# A new clause begins behind these, unless a relative clause is only put in.
BREAKS = frozenset(
    {";", ":", "—", "–", "(", "“", '"', "that", "while", "whereas", "although", "though", "but", "because", "if", "so"}
)
# In front of an "as" that compares or describes.
NO_CLAUSE = frozenset(
    """
    such well known seen described regarded named listed same serve serves served work works worked act acts acted used treated
    far long soon much many sold marketed classified classed viewed billed
    """.split()
)
MODIFYING = frozenset("worldwide overall daily monthly yearly annual combined online".split())  # adverbs that describe, too
# Past participles of irregular verbs that describe a noun: "houses built by", "money spent on".
DESCRIBING = frozenset(
    """
    spent made built sold held paid bought sent given taken written grown born found left lost run put set cut known seen hit
    """.split()
)


def nominal_words(left: Sequence[Word]) -> list[Word]:
    """The subject among all the words before a verb: from the clause's beginning, without "By 2025," and insertions."""
    words = _own_clause(_without_insertions(left))
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.text == ",":
            parts.append([])
        else:
            parts[-1].append(word)
    if len(parts) > 1 and parts[-1] and parts[-1][0].low == "with":
        return parts[-1][1:]
    nominal = [part for part in parts if part and not _is_adverbial(part)]
    if not nominal and parts[0] and parts[0][0].low.endswith("ing"):
        return _trimmed(parts[0])  # "Shipping a box costs 5"
    if not nominal:
        # "In Japan the satellite weighs 5": no comma parts the place from the subject.
        last = parts[-1]
        if last and last[-1].low in PRONOUNS:
            return last[-1:]  # "while in Peru they rose"
        return next((last[place:] for place in range(len(last) - 1, 1, -1) if last[place].low in {"the", "its", "their"}), [])
    return _trimmed(nominal[-1] if _has_verb(nominal[0]) else nominal[0])


def _has_verb(part: Sequence[Word]) -> bool:
    return bool(_sure_groups(part))


def _sure_groups(words: Sequence[Word]) -> list[VerbGroup]:
    """The verb groups left of a clause's verb: there "ticket prices" and "tea exports" are nouns."""
    groups = verb_groups(words)
    return [
        group
        for group in groups
        if group.last - group.first > 1 or not group.verb.endswith("s") or group.verb in AUXILIARIES | SAYING | IRREGULAR
    ]


def head_of(phrase: Sequence[Word]) -> Word:
    """The noun that a phrase is about: "researchers" in "researchers at a university"."""
    ends = [place for place, word in enumerate(phrase) if place and (word.low in PREPOSITIONS or word.is_sign)]
    return phrase[(ends[0] if ends else len(phrase)) - 1]


def _is_adverbial(part: Sequence[Word]) -> bool:
    first = part[0].low
    return (
        (first in PREPOSITIONS and not (first == "over" and len(part) > 1 and part[1].text[0].isdigit()))
        or (first in ADVERBS | CONJUNCTIONS and not (first in MODIFYING and len(part) > 1 and part[1].text.islower()))
        or (first.endswith("ly") and len(part) == 1)
        or (first.endswith(("ed", "ing")) and len(part) > 1 and part[1].low in PREPOSITIONS | DETERMINERS | {"to"})
        or first
        in {"having", "being", "however", "moreover", "meanwhile", "instead", "furthermore", "according", "regarding", "entering"}
    )


def _without_insertions(left: Sequence[Word]) -> list[Word]:
    """Without ", which ..., " and ", as ..., " between subject and verb."""
    words = list(left)
    while words and words[-1].text == ",":
        commas = [place for place, word in enumerate(words[:-1]) if word.text == ","]
        if not commas:
            return words[:-1]
        words = words[: commas[-1]]
    return words


def _own_clause(words: Sequence[Word]) -> list[Word]:
    """The words behind the last break: a stop, "that", a verb of saying, or an "and" with a verb before it."""
    first = 0
    for place, word in enumerate(words):
        low = word.low
        joins = low in {"and", "or", "when", "where", "which", "who"} and _joins_clauses(words, first, place)
        joins = joins or (low == "as" and _opens_clause(words, first, place))
        if word.text in BREAKS or low in BREAKS or joins or (low in SAYING and is_verb_of_saying(words, place)):
            first = place + 1
    rest = list(words[first:])
    groups = [group for group in _sure_groups(rest) if not _is_reduced(rest, group)]
    # A verb left over here belongs to a clause before: "data show the industry at 5" is read elsewhere.
    if groups and groups[-1].last < len(rest) and not any(word.text == "," for word in rest[groups[-1].last :]):
        tail = rest[groups[-1].last :]
        return tail if len(tail) > 1 or groups[0].first == 0 else rest
    return rest


def _is_reduced(words: Sequence[Word], group: VerbGroup) -> bool:
    """Whether a participle only describes the noun before it: "time spent on paperwork" in front of the clause's verb."""
    behind = words[group.last].low if group.last < len(words) else ""
    participle = group.verb.endswith("ed") or group.verb in DESCRIBING
    return group.last - group.first == 1 and group.first > 0 and participle and behind in PREPOSITIONS | {"to"}


def _opens_clause(words: Sequence[Word], first: int, place: int) -> bool:
    """Whether "as" begins a clause of its own behind a verb: "narrowed to 12 as imports", not "known as" and "such as"."""
    before = words[place - 1].low if place else ""
    if before in NO_CLAUSE or any(word.text == "," for word in words[place:]):
        return False
    return bool(verb_groups(words[first:place]))


def is_verb_of_saying(words: Sequence[Word], place: int) -> bool:
    """Whether "forecasts" or "show" is a verb here: something is said behind it, and someone says it."""
    return 0 < place < len(words) - 1 and words[place - 1].low not in DETERMINERS | {"of"} and words[place + 1].low != "of"


def _joins_clauses(words: Sequence[Word], first: int, place: int) -> bool:
    if words[place].low in {"where", "when"}:
        return True
    return bool(verb_groups(words[first:place]))


def _trimmed(words: Sequence[Word]) -> list[Word]:
    """Without conjunctions at the beginning and a time or place adverb at the end."""
    found = list(words)
    while found and (
        found[0].low in CONJUNCTIONS | ADVERBS or found[0].low.endswith("ly") or found[0].low in {"overall", "over"}
    ):
        found = found[1:]
    while found and found[-1].low in {"now", "then", "already", "also", "today", "alone"}:
        found = found[:-1]
    return found
