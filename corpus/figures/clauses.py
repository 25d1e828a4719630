"""The parts of a sentence around a number, by rule: words with their kinds, verb groups, where a clause begins and ends.

No parser: English articles state figures in few shapes ("X reached 5", "5 of X", "with 5 as X"), and a word list tells a verb
in front of a number from a noun. What a shape means is read by `corpus.figures.subjects`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.figures.word_kinds import (
    ADVERBS,
    ALSO_NOUNS,
    AUXILIARIES,
    BE,
    BOUNDING,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE,
    FLOATING,
    INFINITIVES,
    INSIDE,
    INTENDING,
    IRREGULAR,
    LINKING,
    MIN_PAST,
    MODALS,
    PARTICIPLES,
    PREPOSITIONS,
    PRONOUNS,
    SAYING,
    SHOWING,
)

TOKEN = re.compile(r"U\.S\.|\w(?:[\w&+]|[’'.-](?=\w)|,(?=\d{3}))*[’']?|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or sign of a sentence: `sentence[start:end]`; `low` is it in small letters."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """The word in small letters, with a plain apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def is_sign(self) -> bool:
        """Whether it is punctuation."""
        return not self.text[0].isalnum()


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """The words `first` to `last` (excluded) that make one verb: "is expected to reach"; `verb` is its last word."""

    first: int
    last: int
    verb: str


def words_of(text: str) -> list[Word]:
    """The words and signs of a sentence, in order; a number with its commas is one word."""
    return [Word(match.group(), match.start(), match.end()) for match in TOKEN.finditer(text)]


def verb_groups(words: Sequence[Word]) -> list[VerbGroup]:
    """The verb groups of a run of words, in order."""
    found: list[VerbGroup] = []
    place = 0
    while place < len(words):
        if is_verb(words, place):
            last = _group_end(words, place)
            found.append(VerbGroup(place, last, words[last - 1].low))
            place = last
        else:
            place += 1
    return found


def is_verb(words: Sequence[Word], place: int) -> bool:
    """Whether a word is one of a verb group; "the related companies" and "the planned hubs" hold none."""
    low = words[place].low
    before = words[place - 1].low if place else ""
    behind = words[place + 1].low if place + 1 < len(words) else ""
    if words[place].text == "May" and place:
        return False  # the month
    if low == "to":
        return behind in INFINITIVES or _is_unknown_infinitive(words, place)
    if (
        low in SHOWING | SAYING
        and place
        and before not in DETERMINERS | {"of", "for"}
        and behind[:1].isalnum()
        and behind != "of"
    ):
        return True
    if low in AUXILIARIES or (before in AUXILIARIES and low in INFINITIVES) or (before in MODALS and low.isalpha()):
        return True
    if place == 0 and (low.endswith("ing") or (low.endswith("s") and words[0].text[0].isupper())):
        return False
    if before in DETERMINERS - FLOATING or before == "of" or before.endswith("'s"):
        return False
    if (
        low.endswith("ed")
        and before in PREPOSITIONS
        and behind.isalpha()
        and behind not in DETERMINERS | PREPOSITIONS | AUXILIARIES
    ):
        return False  # "the duty on imported steel"
    if low == "numbers" and not behind[:1].isdigit() and behind not in BOUNDING:
        return False
    if (
        low in FINITE
        and low.endswith("s")
        and low not in AUXILIARIES
        and behind in FINITE
        and not behind.endswith(("s", "ing", "ed"))
    ):
        return False  # "visitor numbers fell"
    if before[:1].isdigit() and low.endswith("s") and low not in IRREGULAR | AUXILIARIES:
        return False  # "40 trains"
    if behind == "of" and low in ALSO_NOUNS:
        return False  # "the cost of a pump"
    if low not in FINITE:
        return _looks_like_verb(words, place)
    if low.endswith("s") and low not in {"has", "was", "is", "does"}:
        # "It exceeds 5" and "its sales rises": a plural noun is seldom followed by a number's words.
        return behind not in {"of", "in", "and", ",", "are", "were", "have", "had", "will", "reached"}
    return not (low.endswith("ing") and behind in {"of"})


def _is_unknown_infinitive(words: Sequence[Word], place: int) -> bool:
    """ "Plans to plant 5 trees": a verb that no list knows, between one of intent and what it is done to."""
    if place == 0 or place + 2 >= len(words) or words[place - 1].low not in INTENDING | INSIDE:
        return False
    object_ = words[place + 2]
    return words[place + 1].text.islower() and (object_.text[0].isdigit() or object_.low in DETERMINERS)


def _looks_like_verb(words: Sequence[Word], place: int) -> bool:
    """Whether a word that no list knows stands and ends as a verb: "delayed 130 ships", "traded at", "each seats 60"."""
    low = words[place].low
    behind = words[place + 1] if place + 1 < len(words) else None
    before = words[place - 1] if place else None
    if not low.isalpha() or not before or before.is_sign or before.low in PREPOSITIONS | CONJUNCTIONS - {"and"}:
        return False
    opens = behind is not None and (behind.text[0].isdigit() or behind.text in "$€£¥" or behind.low in DETERMINERS | BOUNDING)
    if low.endswith("ed") and len(low) > MIN_PAST:
        linked = behind is not None and (
            (behind.low in LINKING and place + 2 == len(words)) or behind.low in {"up", "down", "back"}
        )
        to_number = place + 2 < len(words) and words[place + 2].text[0].isdigit() and words[place + 1].low in LINKING
        return behind is None or opens or linked or to_number or _follows_noun(words, place)
    third = low.endswith("s") and not low.endswith(("ss", "us", "is"))
    return third and opens and before.low not in CONJUNCTIONS - {"and"} and words[place].text.islower()


def _follows_noun(words: Sequence[Word], place: int) -> bool:
    """Whether a past form stands behind a whole noun phrase: "the council's board approved bonds"; "state owned firms" is one."""
    before, behind = words[place - 1], words[place + 1]
    noun = before.text.islower() and before.low not in ADVERBS | DETERMINERS | AUXILIARIES | INSIDE | PRONOUNS
    owned = place > 1 and (words[place - 2].low in {"the", "its", "their"} or words[place - 2].low.endswith(("'s", "s'")))
    return noun and owned and before.low.isalpha() and not before.low.endswith(("ly", "ed")) and behind.text[0].isalpha()


def _group_end(words: Sequence[Word], place: int) -> int:
    end = place + 1
    if words[place].low not in AUXILIARIES:
        return end
    modal = words[place].low in MODALS
    while end < len(words):
        low = words[end].low
        participle = low.endswith("ed") or low in IRREGULAR | PARTICIPLES
        known = low in AUXILIARIES - {"to"} or low in INSIDE or low in INFINITIVES or participle or low.endswith("ly")
        if modal and low.isalpha():
            known = True  # "will slow", "will eventually slow": whatever stands there is a verb
        if words[end - 1].low in BE | INSIDE and low.endswith("ing") and low.isalpha() and _in_progress(words, end):
            known = True  # "is sinking", "are now hiring"
        modal = modal and (low in INSIDE or low.endswith("ly"))
        if low == "to" and end + 1 < len(words) and words[end + 1].low in INFINITIVES:
            known = True
        if not known or (low not in AUXILIARIES and low not in INSIDE and not _follows_auxiliary(words, end)):
            break
        end += 1
    while end - 1 > place and (
        words[end - 1].low.endswith("ly") or words[end - 1].low in {"nearly", "almost", "about", "only", "just"}
    ):
        end -= 1
    return end


def _in_progress(words: Sequence[Word], place: int) -> bool:
    """Whether only a form of "be" and adverbs stand before a word, as in "is now sinking"."""
    while place and (words[place - 1].low in INSIDE or words[place - 1].low.endswith("ly")):
        place -= 1
    return place > 0 and words[place - 1].low in BE


def _follows_auxiliary(words: Sequence[Word], place: int) -> bool:
    before = words[place - 1].low
    return before in AUXILIARIES or before in INSIDE or before.endswith("ly")
