"""The thing that a question in another language asks for, and whether an English passage speaks of it.

"¿Cuántos parámetros tiene DeepSeek?" is not answered by a sentence about DeepSeek without any word for parameters. No
dictionary has all such words, so the multilingual encoder compares them with the passage's own, one by one.
"""

import itertools
import re
from collections.abc import Callable, Mapping, Sequence

from embeddings.encoder import Vectors
from embeddings.lexical_index import STOP_WORDS

Encode = Callable[[Sequence[str]], Vectors]
# The counted thing, or who is asked for; a language that is not here has no such rule.
FOCUS_PATTERNS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    language: tuple(re.compile(pattern, re.I) for pattern in patterns)
    for language, patterns in {
        "zh": (
            r"(?:多少|几)(?:个|名|位|家|种|次|项|所|座|款|台|份)?+([㐀-䶿一-鿿]{2,6})",
            r"的([㐀-䶿一-鿿]{2,4})(?:叫什么|是谁)",
            r"谁是.*?的?([㐀-䶿一-鿿]{2,4})[？?]?$",
        ),
        "de": (r"\bwie ?viele?[nr]? ([\w-]+)", r"\bwer (?:ist|war|sind|waren) (?:der|die|das) ([\w-]+)"),
        "es": (r"\bcu[aá]nt[oa]s? ([\w-]+)", r"\bqui[eé]n(?:es)? (?:es|fue|era|son|fueron) (?:el|la|los|las) ([\w-]+)"),
    }.items()
}
# Words that follow "how many" without being what is counted: units, "there are", "are worth".
NO_FOCUS = frozenset(
    """
    prozent prozentpunkte millionen milliarden billionen mal euro dollar yuan menschen leute personen ist sind war waren hat
    haben gibt gab kostet
    millones veces por ciento puntos euros dólares dolares yuanes personas gente es son era fue hay ha cuesta vale se
    """.split()
)
CHINESE_NO_FOCUS = re.compile(r"^(?:[亿万]?(?:元|美元|人民币|欧元)|百分|来自|亿|万|是|在|了|时间|年|天|钱|人)")
# Cosines between one word and another; read off the tuning half of the questions in other languages.
NOT_MET, MET = 0.5, 0.65


def focus_of(text: str, language: str) -> str | None:
    """The word for what is asked for, as it stands in the question; none where no rule says."""
    for pattern in FOCUS_PATTERNS.get(language, ()):
        if match := pattern.search(text):
            word = match.group(1)
            return None if word.lower() in NO_FOCUS or CHINESE_NO_FOCUS.search(word) else word
    return None


def focus_gap(focus: str, passage: str, encode: Encode) -> float:
    """How badly a passage misses a word of another language: 0 met, 1 not met at all.

    Args:
        encode: unit vectors of texts, from the multilingual encoder.
    """
    words = re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", passage)
    pairs = [" ".join(pair) for pair in itertools.pairwise(words) if not any(word.lower() in STOP_WORDS for word in pair)]
    known = list(dict.fromkeys([*(word for word in words if word.lower() not in STOP_WORDS), *pairs]))
    if not known:
        return 1.0
    vectors = encode([focus, *known])
    best = float((vectors[1:] @ vectors[0]).max())
    return 1 - min(1.0, max(0.0, (best - NOT_MET) / (MET - NOT_MET)))
