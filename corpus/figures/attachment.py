"""How near a number and a phrase of its sentence stand: fewer words, no comma and no new clause between them is nearer."""

import re

COMMA = 6  # in words: "in 2023, 500 people" is farther than four words of the same part
CLAUSE = 25  # a new clause is farther than any distance inside one
NEW_CLAUSE = re.compile(
    r";|；|。|: | [—–] |,? \b(?:while|whereas|but|although|though|because|whose|which|who|where)\b|, (?:and|or|yet|so)\b(?! \d)"
)
COMMAS = re.compile(r"(?<!\d),|,(?!\d)|，|、|—|[()（）]")
WORDS = re.compile(r"[A-Za-z0-9][\w’'.,%-]*|[\u4e00-\u9fff]{1,2}")


def distance(between: str) -> int:
    """How far apart two things are, in words, given the text between them."""
    clauses = len(NEW_CLAUSE.findall(between))
    return len(WORDS.findall(between)) + COMMA * max(len(COMMAS.findall(between)) - clauses, 0) + CLAUSE * clauses


def is_one_clause(between: str) -> bool:
    """Whether no new clause begins in the text between two things."""
    return NEW_CLAUSE.search(between) is None


def is_one_part(between: str) -> bool:
    """Whether not even a comma stands between two things."""
    return is_one_clause(between) and COMMAS.search(between) is None


def in_brackets(text: str, place: int) -> bool:
    """Whether a bracket that opens before a place is still open there."""
    return text.rfind("(", 0, place) > text.rfind(")", 0, place)


def clause_around(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause of `sentence[start:end]` begins and ends."""
    ends = [match for match in NEW_CLAUSE.finditer(sentence) if match.end() <= start or match.start() >= end]
    left = max((match.end() for match in ends if match.end() <= start), default=0)
    return left, min((match.start() for match in ends if match.start() >= end), default=len(sentence))
