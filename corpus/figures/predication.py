"""Which words are the subject of the verb in front of a number: "China's core AI industry" in "... is expected to reach 5".

Looks at one sentence only, and at most behind the number where the verb stands there ("8 come from China").
"""

import re
from collections.abc import Sequence

from corpus.figures.clause_subjects import BREAKS, DESCRIBING, head_of, nominal_words
from corpus.figures.clauses import VerbGroup, Word, is_verb, verb_groups
from corpus.figures.phrases import PROPERTIES, is_plural, phrase_after, phrase_before
from corpus.figures.word_kinds import ADVERBS, CONJUNCTIONS, DETERMINERS, INSIDE, INTENDING, LINKING, PREPOSITIONS, RELATIVES

INSIDE_SUBJECT = frozenset({"of", "in", "for", "on", "to", "at", "across", "within", "between", "by", "from"})
WANTING = frozenset(
    """
    expects expect expected expecting wants want wanted sees see forecasts projects predicts estimates causes caused allows
    allowed allow enables enabled helps helped help lets requires requiring believes considers
    """.split()
)
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
    if len(before) > 2 and before[-1].low in LINKING and is_plural(before[-2]) is False and is_plural(before[-3]):
        before = before[:-1]  # "prices start at 5"
    if len(before) < 2 or not before[-1].text.islower() or not before[-1].text.isalpha():
        return None
    low, left = before[-1].low, before[-2]
    if left.is_sign or left.low in PREPOSITIONS | DETERMINERS | CONJUNCTIONS or low in PREPOSITIONS | ADVERBS | DETERMINERS:
        return None
    third = low.endswith("s") and not low.endswith(("ss", "us", "is")) and not is_plural(left)
    several = is_plural(left) or (is_plural(head_of(before[:-1])) and not left.is_sign)
    plain = several and not is_plural(before[-1]) and low not in PROPERTIES
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
    while left and (left[-1].low.endswith("ly") or left[-1].low in {"almost", "also", "now", "then", "more"}):
        left = left[:-1]
    if not left:
        return []
    if words[group.first].low == "to":
        return _before_infinitive(left)
    whose = next((place for place in range(len(left) - 1, -1, -1) if left[place].low == "whose"), None)
    if whose is not None and left[whose + 1 :] and not any(word.is_sign for word in left[whose:]):
        return left[whose + 1 :]  # "Kestrel, whose loss came to 5"
    if left[-1].low in RELATIVES | {"that"}:
        return _antecedent(left[:-1])
    if left[-1].text == "," and _is_participle(group) and not verb_groups(left):
        return phrase_before(left[:-1], INSIDE_SUBJECT)  # "the fund, worth 5", "the harvest, estimated at 35"
    if left[-1].text == "," and (group.verb.endswith("ing") or not _is_inserted(left)):
        return []  # ", growing to 5" and "rose, reaching 5" have the subject of the verb before
    if left[-1].low in {"and", "or", "but", "then"} or left[-1].low.endswith("ly"):
        return []
    return nominal_words(left)


def _is_participle(group: VerbGroup) -> bool:
    return group.last - group.first == 1 and (group.verb == "worth" or group.verb.endswith("ed") or group.verb in DESCRIBING)


def _before_infinitive(left: Sequence[Word]) -> list[Word]:
    """ "For the industry to reach 5"; "plans to reach 5" has the subject of "plans"."""
    if (
        not verb_groups(left)
        and left[-1].low not in INTENDING | INSIDE
        and left[0].text[0].isupper()
        and is_plural(head_of(left))
    ):
        return list(left)  # a headline's future: "Bus fares in Perth to rise 5 percent"
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
        named = bool(inner) and inner[0].text[0].isupper() and not verb_groups(inner)  # "in Abilene, Texas,"
        named = named or (bool(inner) and inner[0].text[0].isdigit())  # ", 17 years late,"
        return (
            opens
            or named
            or (
                bool(inner)
                and (inner[0].low in PREPOSITIONS or inner[0].low.endswith(("ed", "ing")) or inner[0].low in DESCRIBING)
            )
        )
    return False


def _without_verb(words: Sequence[Word]) -> list[Word]:
    """A headline's or an insertion's noun: "core industry: 5 billion yuan", "a market of 5"."""
    left = list(words)
    if left and left[-1].text == "," and left[0].low in {"according", "among"} | PREPOSITIONS - {"of", "over"}:
        return []  # "According to the survey, 5 ..."
    while left and (left[-1].is_sign or left[-1].low in PREPOSITIONS | ADVERBS | {"up", "down"}):
        left = left[:-1]
    phrase = phrase_before(left, INSIDE_SUBJECT)
    if len(phrase) > 2 and phrase[0].low in {"a", "an", "each", "every"} and is_plural(phrase[-1]):
        return phrase[:-1]  # a verb that no list knows: "each rack draws"
    return phrase
