"""Which words are the subject of the verb in front of a number: "China's core AI industry" in "... is expected to reach 5".

Looks at one sentence only, and at most behind the number where the verb stands there ("8 come from China").
"""

import re
from collections.abc import Sequence

from corpus.figures.clauses import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    INSIDE,
    IRREGULAR,
    PREPOSITIONS,
    RELATIVES,
    SAYING,
    VerbGroup,
    Word,
    is_verb,
    verb_groups,
)
from corpus.figures.phrases import PROPERTIES, is_plural, phrase_after, phrase_before

# A new clause begins behind these, unless a relative clause is only put in.
BREAKS = frozenset(
    {";", ":", "—", "–", "(", "“", '"', "that", "while", "whereas", "although", "though", "but", "because", "if", "so"}
)
INSIDE_SUBJECT = frozenset({"of", "in", "for", "on", "to", "at", "across", "within", "between", "by", "from"})
WANTING = frozenset(
    """
    expects expect expected expecting wants want wanted sees see forecasts projects predicts estimates causes caused allows
    allowed allow enables enabled helps helped help lets requires requiring believes considers
    """.split()
)
MODIFYING = frozenset("worldwide overall daily monthly yearly annual combined online".split())  # adverbs that describe, too
INSERTED = re.compile(r"^(?:now|then|once|which|who|where|whose|as|a|an|the|including|such)$")


def subject_words(before: Sequence[Word], behind: Sequence[Word]) -> list[Word]:
    """The words of the subject, in order; empty where the clause has none.

    Args:
        before: the words in front of the number, without "nearly" and the like.
        behind: the words behind it.
    """
    groups = verb_groups(before)
    if found := _of_many(before, behind):
        return found
    if not groups and (unknown := _unknown_verb(before)):
        groups = [unknown]
    while groups:
        group = groups[-1]
        if found := _of_group(before, group):
            return found
        groups = groups[:-1]
    return _without_verb(before)


def _unknown_verb(before: Sequence[Word]) -> VerbGroup | None:
    """The word right before the number, where it can only be a verb: "the hall seats 60", "the allies control 92 percent"."""
    if len(before) < 2 or not before[-1].text.islower() or not before[-1].text.isalpha():
        return None
    low, left = before[-1].low, before[-2]
    if left.is_sign or left.low in PREPOSITIONS | DETERMINERS | CONJUNCTIONS or low in PREPOSITIONS | ADVERBS | DETERMINERS:
        return None
    third = low.endswith("s") and not low.endswith(("ss", "us", "is")) and not is_plural(left)
    plain = is_plural(left) and not is_plural(before[-1]) and low not in PROPERTIES
    return VerbGroup(len(before) - 1, len(before), low) if third or plain else None


def _of_many(before: Sequence[Word], behind: Sequence[Word]) -> list[Word]:
    """ "Of the top 10 open-source models in the world, 8 come from China": those of which it is a part."""
    if not behind or not is_verb(behind, 0) or not before or before[-1].text != ",":
        return []
    for place, word in enumerate(before):
        if word.low in {"of", "among"} and (place == 0 or before[place - 1].text in {",", "that"}):
            rest = [w for w in before[place + 1 :] if w.low not in DETERMINERS | {"top"} and not w.text[0].isdigit()]
            return phrase_after(rest)
    return []


def _of_group(words: Sequence[Word], group: VerbGroup) -> list[Word]:
    left = list(words[: group.first])
    if not left:
        return []
    if words[group.first].low == "to":
        return _before_infinitive(left)
    if left[-1].low in RELATIVES | {"that"}:
        return _antecedent(left[:-1])
    if left[-1].text == "," and _is_participle(group) and not verb_groups(left):
        return phrase_before(left[:-1])  # "the fund, worth 5", "the harvest, estimated at 35"
    if left[-1].text == "," and not _is_inserted(left):
        return []  # ", growing to 5" and "rose, reaching 5" have the subject of the verb before
    if left[-1].low in {"and", "or", "but", "then"} or left[-1].low.endswith("ly"):
        return []
    return _nominal(left)


def _is_participle(group: VerbGroup) -> bool:
    return group.last - group.first == 1 and (group.verb == "worth" or group.verb.endswith("ed"))


def _before_infinitive(left: Sequence[Word]) -> list[Word]:
    """ "For the industry to reach 5"; "plans to reach 5" has the subject of "plans"."""
    if left[-1].low in INSIDE:
        return phrase_before(left[:-1])  # "with its population projected to exceed 5"
    for place in range(len(left) - 1, -1, -1):
        if (left[place].text in BREAKS and left[place:] != [left[-1]]) or left[place].text == ",":
            break
        if left[place].low in WANTING and place + 1 < len(left):
            return list(left[place + 1 :])  # "expects stocks to reach 5"
        if left[place].low == "for" and place + 1 < len(left):
            return list(left[place + 1 :])
    return []


def _antecedent(left: Sequence[Word]) -> list[Word]:
    """What "which" takes up: the noun before it, or the clause's subject where only a place stands between."""
    while left and (left[-1].is_sign or left[-1].low in PREPOSITIONS):
        left = left[:-1]
    phrase = phrase_before(left)
    name = [word for word in phrase if word.low not in DETERMINERS]
    groups = verb_groups(left)
    if name and all(word.text[0].isupper() for word in name) and groups:
        return _of_group(left, groups[-1]) or phrase
    return phrase


def _is_inserted(left: Sequence[Word]) -> bool:
    """Whether a comma closes an insertion: "Beijing, as a source of innovation, will have"."""
    commas = [place for place, word in enumerate(left) if word.text == ","]
    if len(commas) >= 2:
        inner = left[commas[-2] + 1 : commas[-1]]
        opens = INSERTED.match(inner[0].low) is not None if inner else False
        return opens or (bool(inner) and (inner[0].low in PREPOSITIONS or inner[0].low.endswith(("ed", "ing"))))
    return False


def _nominal(left: Sequence[Word]) -> list[Word]:
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
    if not nominal:
        # "In Japan the satellite weighs 5": no comma parts the place from the subject.
        last = parts[-1]
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


def _is_adverbial(part: Sequence[Word]) -> bool:
    first = part[0].low
    return (
        (first in PREPOSITIONS and not (first == "over" and len(part) > 1 and part[1].text[0].isdigit()))
        or (first in ADVERBS | CONJUNCTIONS and not (first in MODIFYING and len(part) > 1 and part[1].text.islower()))
        or (first.endswith("ly") and len(part) == 1)
        or first in {"however", "moreover", "meanwhile", "instead", "furthermore", "according", "regarding", "entering"}
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
        if word.text in BREAKS or low in BREAKS or joins or (low in SAYING and is_verb_of_saying(words, place)):
            first = place + 1
    rest = list(words[first:])
    groups = _sure_groups(rest)
    # A verb left over here belongs to a clause before: "data show the industry at 5" is read elsewhere.
    if groups and groups[-1].last < len(rest) and not any(word.text == "," for word in rest[groups[-1].last :]):
        tail = rest[groups[-1].last :]
        return tail if len(tail) > 1 or groups[0].first == 0 else rest
    return rest


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


def _without_verb(words: Sequence[Word]) -> list[Word]:
    """A headline's or an insertion's noun: "core industry: 5 billion yuan", "a market of 5"."""
    left = list(words)
    while left and (left[-1].is_sign or left[-1].low in PREPOSITIONS | ADVERBS):
        left = left[:-1]
    phrase = phrase_before(left, INSIDE_SUBJECT)
    if len(phrase) > 2 and phrase[0].low in {"a", "an", "each", "every"} and is_plural(phrase[-1]):
        return phrase[:-1]  # a verb that no list knows: "each rack draws"
    return phrase
