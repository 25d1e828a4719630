"""The words and signs that numbers are written with, English and Chinese, and what each is worth.

Finds no number in a text: `corpus.number_forms`, `corpus.figures.number_phrases`, `corpus.figures.han_phrases` and
`corpus.quantities` do, and each chooses which of the words it takes.
"""

from collections.abc import Mapping
from decimal import Decimal

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()  # the place of each is its value
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
# The power of ten that a word multiplies by.
SCALES: Mapping[str, int] = {
    "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15, "quintillion": 18,
    "sextillion": 21, "mn": 6, "mln": 6, "bn": 9, "tn": 12, "trn": 12, "lakh": 5, "crore": 7,
}  # fmt: skip
# Also behind "a", "half a" and "a quarter of a".
COMMON_SCALES = ("hundred", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion")
WORD_VALUES: Mapping[str, Decimal] = (
    {word: Decimal(value) for value, word in enumerate(SMALL)}
    | {word: Decimal(10 * value) for value, word in enumerate(TENS, 2)}
    | {"a dozen": Decimal(12), "half a": Decimal("0.5")}
    | {f"a {scale}": Decimal(10) ** SCALES[scale] for scale in COMMON_SCALES}
)
ARTICLES = frozenset({"a", "an"})  # one, before "dozen" and "quarter"
# How many of a part make one whole.
PARTS: Mapping[str, int] = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twentieth": 20, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
# A regular expression for one word of a number. Loose, since readers look again: it takes "canteen", too.
SPELLED = "(?:" + "|".join((*SMALL[:13], r"\w+teen", *TENS, "hundred", "thousand", "(?:[mb]|tr|quadr|quint)illion")) + ")"

HAN_DIGITS: Mapping[str, int] = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
HAN_SIZES: Mapping[str, int] = {"十": 10, "百": 100, "千": 1000}
# Powers of ten, as above, mostly behind figures: "6000亿". 万亿 comes before 万, which it begins with.
HAN_SCALES: Mapping[str, int] = {"万亿": 12, "亿": 8, "千万": 7, "百万": 6, "万": 4}


def value_of(written: str) -> Decimal:
    """What a number of figures or of English words is worth: "1,200", "eight", "forty-two", "a hundred"; "a" is one.

    Raises:
        KeyError: the words are none of `WORD_VALUES`.
    """
    word = written.casefold().replace(",", "").strip()  # the old long s of "ſix" matches an s, too
    if word[0].isdigit():
        return Decimal(word)
    if word in ARTICLES:
        return Decimal(1)
    return WORD_VALUES[word] if word in WORD_VALUES else sum((WORD_VALUES[part] for part in word.split("-")), Decimal(0))
