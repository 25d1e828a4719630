"""Numbers as other languages write them, as English writes them: "1.5万亿" is 1.5 trillion, "4.500" in German 4,500."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from corpus.number_words import HAN_SCALES, SCALES
from embeddings.lexical_index import stem

# A German "Billion" and a Spanish "billón" are an English trillion.
FACTORS: Mapping[str, Mapping[str, int]] = {
    "zh": {sign: 10 ** HAN_SCALES[sign] for sign in ("万亿", "亿", "百万", "万")},
    "de": {"billionen": 10**12, "billion": 10**12, "milliarden": 10**9, "milliarde": 10**9, "millionen": 10**6, "million": 10**6},
    "es": {"mil millones": 10**9, "billones": 10**12, "billón": 10**12, "millones": 10**6, "millón": 10**6, "mil": 10**3},
}
ENGLISH_FACTORS = [(word, 10 ** SCALES[word]) for word in ("trillion", "billion", "million")]


@dataclass(frozen=True, slots=True)
class ForeignNumber:
    """A number of a question: where it begins, as it is written, and the sets of stems that English may write."""

    start: int
    source: str
    english: tuple[frozenset[str], ...]


def read_numbers(text: str, language: str) -> list[ForeignNumber]:
    """The figures of a text in order; numbers in words ("drei", "三") are left out.

    In Chinese a comma parts thousands as in English; elsewhere a point may, so both readings count.
    """
    return [ForeignNumber(m.start(), m.group(), _english(m, language)) for m in _pattern(language).finditer(text)]


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = sorted(map(re.escape, FACTORS.get(language, {})), key=len, reverse=True)
    factor = rf"(?:\s*({'|'.join(words)})(?![a-zó]))?" if words else "()"
    # Not the 4 of "V4".
    return re.compile(rf"(?<![A-Za-z\d])(\d+(?:[.,]\d+)*){factor}", re.I)


def _english(match: re.Match[str], language: str) -> tuple[frozenset[str], ...]:
    figure, factor = match.group(1), (match.group(2) or "").lower()
    forms = [figure] if language == "zh" else [figure, figure.translate(str.maketrans(".,", ",."))]
    if not factor:
        return tuple(dict.fromkeys(frozenset({stem(form)}) for form in forms))
    return tuple(dict.fromkeys(_with_factor(_value(form) * FACTORS[language][factor]) for form in forms))


def _value(figure: str) -> float:
    """A figure in English style, where commas part thousands; 0 for a version such as "1.2.3"."""
    try:
        return float(figure.replace(",", ""))
    except ValueError:
        return 0.0


def _with_factor(value: float) -> frozenset[str]:
    for word, factor in ENGLISH_FACTORS:
        if value >= factor:
            return frozenset({stem(f"{value / factor:g}"), stem(word)})
    return frozenset({stem(f"{value:,.0f}")})
