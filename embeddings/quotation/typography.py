"""A text -> its words and signs, with what only the typesetter or the keyboard chose folded away.

Two texts have the same tokens exactly when they differ in nothing but typography: kinds of quotation marks and dashes,
spaces and line breaks, the ellipsis sign, composed or wide letter forms, and marks that no reader sees. Capitals, digits,
commas and every other sign stay as they are: superscripts too, since 10² is not 102.
"""

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus.cleaning import CONTROL, INVISIBLE

DOUBLE_MARKS = '"“”„‟«»「」『』〝〞〟❝❞﹁﹂﹃﹄＂｢｣″'
SINGLE_MARKS = "'‘’‚‛‹›ʼʻ`´＇′"
DASHES = "-‐‑‒–—―−⸺⸻─﹘﹣－"
ELISION, CUT = "…", "[…]"  # as it stands, and in brackets

# One letter for one letter, so that positions stay.
_ONE_FOR_ONE = {
    **dict.fromkeys(map(ord, DOUBLE_MARKS), '"'),
    **dict.fromkeys(map(ord, SINGLE_MARKS), "'"),
    **dict.fromkeys(map(ord, DASHES), "-"),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in DOUBLE_MARKS + SINGLE_MARKS + DASHES},
    **dict(zip(map(ord, "⋯µ￠￡￢￥￦"), "…μ¢£¬¥₩", strict=True)),
}
# Ligatures and half-width kana may become several letters, or one with the next.
_SOME_FOR_ONE = {code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFB00, 0xFB07), *range(0xFF65, 0xFFDD))}
_FOLDS = _SOME_FOR_ONE | _ONE_FOR_ONE
_MARKS = "".join(chr(code) for code in range(0x300, 0xFFFF) if unicodedata.category(chr(code))[0] == "M")
# The joiners and variation selectors are spelling in an article, but typography in a comparison.
UNSEEN = re.compile(f"{INVISIBLE.pattern}|{CONTROL.pattern}|[\u200c\u200d\ufe00-\ufe0f]")
_CARE = re.compile(f"{UNSEEN.pattern}|[{_MARKS}\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb\ufb00-\ufb06\uff65-\uffdc]")
_CLUSTER = re.compile(
    rf"(?s:[\u1100-\u115f\ua960-\ua97c]+[\u1160-\u11a7\ud7b0-\ud7c6]+[\u11a8-\u11ff]*|.)[{_MARKS}\uff9e\uff9f]*"
)

# Scripts that set no spaces between words: each letter counts as a word.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTERS = rf"[^\W\d_{SPACELESS}]+(?:[{_MARKS}]+[^\W\d_{SPACELESS}]*)*"
# Possessive: thousands of full stops must not be tried in every way.
_DOTS = r"(?:\.(?:[^\S\n]?\.){2,}+|\.?…)(?:[^\S\n]?[.…])*+"
# Most tokens are plain words: the first alternative is theirs alone, and makes the whole three times as fast.
TOKEN = re.compile(
    rf"[A-Za-z]+(?![^ ,.\n])|{_LETTERS}(?:'{_LETTERS})*|\d+(?:[.,]\d+)*|[{SPACELESS}][{_MARKS}]*"
    rf"|(?P<cut>\[\s*+{_DOTS}\s*+\]|\(\s*+{_DOTS}\s*+\))|(?P<elision>{_DOTS})|(?P<heading>^\#{{1,6}}(?=[ \t]|\Z))|(?P<dash>-+)"
    rf"|(?P<mark>''|['\"])|\S[{_MARKS}]*",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Tokens:
    """The words and signs of a text in order; the k-th stands at `text[starts[k]:ends[k]]`."""

    keys: tuple[str, ...]
    starts: "array[int]"
    ends: "array[int]"

    @cached_property
    def line(self) -> str:
        """All tokens between single spaces, to be searched as a string."""
        return f" {' '.join(self.keys)} "

    @cached_property
    def caseless(self) -> tuple[str, ...]:
        """The tokens without regard to capitals."""
        return tuple(map(str.casefold, self.keys))

    def places_of(self, other: "Tokens") -> list[int]:
        """The numbers of the tokens at which the other tokens begin; overlapping places are all given."""
        found, before, tokens = [], 0, 0
        place = self.line.find(other.line)
        while place >= 0:
            tokens += self.line.count(" ", before, place)
            found.append(tokens)
            before, place = place, self.line.find(other.line, place + 1)
        return found

    def between(self, first: int, last: int) -> tuple[int, int]:
        """Where the tokens from `first` up to `last` (excluded) stand in the text; for none, the place before `first`."""
        if first < last:
            return self.starts[first], self.ends[last - 1]
        place = self.ends[first - 1] if first else 0
        return place, place


@lru_cache(maxsize=2_000)
def tokens_of(text: str) -> Tokens:
    """Cut a text into words, numbers and signs; kept, since the same articles are compared with many quotations."""
    folded, starts, ends = _folded(text)
    keys: list[str] = []
    bounds: list[int] = []
    for match in TOKEN.finditer(folded):
        if match.lastgroup is None:
            keys.append(match[0])
        elif match.lastgroup != "heading":  # our files' way of writing a heading
            keys.append(_key(match, folded))
        else:
            continue
        bounds += match.span()
    return Tokens(
        tuple(keys), array("L", [starts[place] for place in bounds[::2]]), array("L", [ends[place - 1] for place in bounds[1::2]])
    )


def _key(match: "re.Match[str]", folded: str) -> str:
    if match.lastgroup == "mark":
        # Behind a digit the marks are feet and inches, or minutes and seconds.
        after_digit = match.start() > 0 and folded[match.start() - 1].isdigit()
        return match.group() if after_digit and len(match.group()) == 1 else '"'
    return {"dash": "-", "elision": ELISION, "cut": CUT}[match.lastgroup or ""]


def _folded(text: str) -> tuple[str, "range | list[int]", "range | list[int]"]:
    """The folded text, and for each of its letters where what it came from begins and ends."""
    if unicodedata.is_normalized("NFC", text) and not _CARE.search(text):
        return text.translate(_ONE_FOR_ONE), range(len(text)), range(1, len(text) + 1)
    seen = [(place, letter) for place, letter in enumerate(text) if not UNSEEN.match(letter)]
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer("".join(letter for _, letter in seen)):
        letters = unicodedata.normalize("NFC", unicodedata.normalize("NFC", cluster.group()).translate(_FOLDS))
        out.append(letters)
        starts += [seen[cluster.start()][0]] * len(letters)
        ends += [seen[cluster.end() - 1][0] + 1] * len(letters)
    return "".join(out), starts, ends


# --- where a quotation may be cut --------------------------------------------------------------------------------------

_NUMERALS = "〇零一二三四五六七八九十百千万萬亿億两兩"
# What belongs to a number or turns a word round: (what ends before the cut, what begins behind it).
_GLUED = [
    (re.compile(before), re.compile(behind))
    for before, behind in (
        (r"\d[.,:/'’\-‐‑–—]$", r"\d"),
        (r"\d$", r"[.,:/'’\-‐‑–—]\d"),
        (r"(?:^|[^\w.,:/)-])[-−–+±<>≤≥≈~.]$", r"[$€£¥₩₹]?\d"),
        (r"\d$", r"[%％‰°℃℉′″$€£¥₩₹+]"),
        (r"\d°$", r"[CF]\b"),
        (r"[$€£¥₩₹￥]$", r"\d"),
        (r"\d$", rf"[{_NUMERALS}]"),
        (rf"[{_NUMERALS}]$", rf"[{_NUMERALS}]"),
        (r"n$", r"['’]t\b"),
        (r"n['’]$", r"t\b"),
        (r"(?i:\b(?:non|anti|un|counter|pseudo|quasi|semi|half|ex))[-‐‑–]$", r"\w"),
        (r"(?i:\b(?:non|anti|un|counter|pseudo|quasi|semi|half|ex))$", r"[-‐‑–]\w"),
        (r"\w$", r"[-‐‑–](?i:free|less)\b"),
    )
]
_BASE = re.compile(rf"[^\W_{SPACELESS}]")
_MARK = re.compile(f"[{_MARKS}\u200d]")


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text begins and ends between words: "5 million" is not whole in "15 million" or "$5 million"."""
    return not (start > 0 and _is_glued(text, start)) and not (end < len(text) and _is_glued(text, end))


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch of text until it cuts no word, no number from its sign or unit, and no word from its "non-" or "n't".

    Returns:
        The same positions where the stretch is cut between words.
    """
    while start > 0 and _is_glued(text, start):
        start -= 1
    while end < len(text) and _is_glued(text, end):
        end += 1
    return start, end


def _is_glued(text: str, place: int) -> bool:
    before, behind = text[place - 1], text[place]
    if before.isspace() or behind.isspace():
        return False
    if _MARK.match(behind) or (_BASE.match(before) and _BASE.match(behind)):
        return True
    if _MARK.match(before) and _BASE.match(behind):
        return True
    head, tail = text[place : place + 8], text[max(0, place - 12) : place]
    return any(end.search(tail) and begin.match(head) for end, begin in _GLUED)


# --- what differs ------------------------------------------------------------------------------------------------------

_FEATURES = {
    "quotation marks and apostrophes": re.compile(f"[{re.escape(DOUBLE_MARKS + SINGLE_MARKS)}]"),
    "dashes": re.compile(f"[{re.escape(DASHES)}]+"),
    "omission signs": re.compile(r"\.(?:\s?\.)+|[…⋯]+"),
    "spaces and line breaks": re.compile(r"\s+"),
    "invisible marks": UNSEEN,
    "heading signs": re.compile(r"^#{1,6}(?=[ \t]|\Z)", re.MULTILINE),
}


def typographic_differences(quoted: str, original: str) -> tuple[str, ...]:
    """Name what differs between two texts of the same tokens, such as "dashes"; empty when nothing does."""
    found = [name for name, sign in _FEATURES.items() if sign.findall(quoted) != sign.findall(original)]
    left, right = quoted, original
    for sign in _FEATURES.values():
        left, right = sign.sub("", left), sign.sub("", right)
    return tuple([*found, "forms of letters"] if left != right else found)
