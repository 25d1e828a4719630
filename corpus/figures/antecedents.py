"""What a word takes up from before: "it", "they", "them", or a number that stands for things named earlier.

Looks at one clause or sentence, the one before, for a noun of the same number: its subject, or what its verb is done to.
"""

import re

from corpus.figures.clause_subjects import head_of
from corpus.figures.clauses import Word, verb_groups, words_of
from corpus.figures.phrases import is_plural, phrase_after
from corpus.figures.predication import subject_words

SENTENCE_END = re.compile(r"[.!?][\"”]?\s+(?=[A-Z“\"])|\n+")
PARTICLES = frozenset("up out off down on away over in".split())  # "hands out dolls"
ONE, MANY = frozenset({"it", "its"}), frozenset({"they", "their", "them", "these", "those"})


def subject_before(previous: str, pronoun: str) -> list[Word]:
    """The noun of the sentence before that a pronoun stands for; its words count from that sentence's beginning.

    The subject where it is one or many as the pronoun is, otherwise the object, otherwise the subject all the same.
    """
    words = words_of(last_sentence(previous))
    groups = verb_groups(words)
    subject = subject_words(words[: groups[0].last], []) if groups else phrase_after(words)
    plural = None if pronoun not in ONE | MANY else pronoun in MANY
    if plural is None or not subject or is_plural(head_of(subject)) is plural:
        return subject
    return object_before(previous, plural) or subject


def object_before(previous: str, plural: bool | None = None) -> list[Word]:
    """What a verb of the last sentence of a text is done to, with its "of" phrase; the first that fits."""
    words = words_of(last_sentence(previous))
    for group in verb_groups(words):
        rest = words[group.last :]
        if rest and rest[0].low in PARTICLES:
            rest = rest[1:]
        found = phrase_after(rest)
        if found and (plural is None or is_plural(found[-1]) is plural):
            return found
    return []


def last_sentence(text: str) -> str:
    """The last sentence of a text."""
    return SENTENCE_END.split(text.strip())[-1]
