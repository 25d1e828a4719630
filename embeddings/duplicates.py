"""Whether two statements say the same: near in meaning, with the same figures and the same names.

A figure or a speaker that differs makes two statements, however alike the rest is.
"""

import calendar
import re
from collections.abc import Callable

from embeddings.lexical_index import STOP_WORDS, WORD, stem
from embeddings.names import places

ALIKE = 0.86  # cosine; on our five articles every pair above it that passes the other tests is one statement
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# "Eight models" and "nine models", "5 million" and "5 billion" are two figures.
NUMBER_WORD = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|hundreds?|thousands?|millions?|billions?|trillions?"
    r"|half|third|quarter|double|triple|twice)\b",
    re.IGNORECASE,
)
NAME = re.compile(r"\b[A-Z][\w-]*")
# "Lopez said that …": the first word is a speaker, not merely the beginning of a sentence.
SPEAKER_FIRST = re.compile(
    r"\W*[A-Z]\w+ (?:add|announce|argue|claim|emphasi[sz]e|explain|note|observe|predict|report|say|said|state|stresse?|tell|told|"
    r"think|thought|warn|write|wrote)(?:s|d|ed)?\b"
)
MONTHS = frozenset(calendar.month_name[1:])


def same_statement(one: str, other: str, cosine: Callable[[], float]) -> bool:
    """Whether two sentences make the same statement.

    Args:
        cosine: of their vectors; asked for only when letters, figures and names have not settled it.
    """
    if _letters(one) == _letters(other):
        return True
    if figures(one) != figures(other) or not _same_names(one, other):
        return False
    return cosine() >= ALIKE


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def figures(text: str) -> frozenset[str]:
    """The numbers of a sentence without their separators of thousands, and those in words."""
    return frozenset(number.replace(",", "") for number in NUMBER.findall(text)) | {
        word.lower() for word in NUMBER_WORD.findall(text)
    }


def _same_names(one: str, other: str) -> bool:
    """Whether two sentences speak of the same people, bodies and places; one of them may leave a place or month out."""
    left_out, right_out = names(one) - names_held(other), names(other) - names_held(one)
    if not left_out or not right_out:
        return all(name in MONTHS or stem(name.lower()) in places() for name in left_out | right_out)
    return False


def names(text: str) -> frozenset[str]:
    """The capitalised words of a sentence; its first word, which has a capital anyhow, only where it speaks ("Lopez said")."""
    found = {match.group() for match in NAME.finditer(text) if match.group().lower() not in STOP_WORDS}
    first = None if SPEAKER_FIRST.match(text) else WORD.search(text)
    return frozenset(found - ({first.group()} if first else set()))


def names_held(text: str) -> frozenset[str]:
    """The names that a sentence holds in any form: its capitalised words, the first one too, and what its words shorten to.

    "artificial intelligence" holds "AI".
    """
    letters = [word[0].upper() for word in re.findall(r"[^\W\d_]+", text)]
    short = {"".join(letters[place : place + size]) for size in range(2, 6) for place in range(len(letters) - size + 1)}
    return frozenset({match.group() for match in NAME.finditer(text)} | short)
