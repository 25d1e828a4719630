"""What of a pasted text is the quotation: without the marks around it, and without a last line that names the source.

Compares nothing with articles but a line that may be a source, so that no sentence of theirs is taken for one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Article
from embeddings.quotation.typography import DOUBLE_MARKS, SINGLE_MARKS, UNSEEN, tokens_of

MAX_SOURCE_LETTERS, MAX_SOURCE_LINES = 300, 8
ARTICLE_SHARE = 0.5  # of a line's runs of three words that the articles hold: then it is their text, not a source

_MARKS = re.escape(DOUBLE_MARKS + SINGLE_MARKS)
_BLANK = re.compile(rf"\s|{UNSEEN.pattern}")
_DOTS = r"(?:[…⋯]++|\.(?:[^\S\n]?\.){2,}+)"
# One sign at either end, also read backwards. Possessive throughout: 20,000 full stops must not be tried in every way.
_OMITTED = re.compile(rf"[\[(\])]\s*+{_DOTS}\s*+[\[(\])]|{_DOTS}")
_SIGN = re.compile(rf"[{_MARKS}]|{_BLANK.pattern}|{_OMITTED.pattern}")
_STOP_OUTSIDE = re.compile(rf"[.,;:](?=\s{{0,3}}[{_MARKS}])")  # read backwards
_MARK = re.compile(f"[{_MARKS}]")

_PREFIX = re.compile(
    r"\s*(?:[-‐–—―−~]+\s*|\[\d+\]\s*|[(（]|also in |(?:source|from|via|quoted from|来源|來源|出处)\s*[:：]\s*)",
    re.IGNORECASE,
)
# A line of its own, or what follows the closing mark on the same line.
_LAST_LINE = re.compile(rf"(?:\n|(?<=[{_MARKS}])(?=\s*[-–—―(（]))[^\n]*$")
_CERTAIN = re.compile(r"¶\s*\d|^\s*https?://\S+\s*$")
_CONNECTORS = frozenset("a and by da de der di for in la le of on the to van von 年 月 日".split())
_YEAR = re.compile(r"(?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th)?")


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of a pasted text as the quotation; `text` begins `start` letters into the paste."""

    text: str
    start: int
    stripped: tuple[str, ...] = ()  # what was taken off, such as "outer quotation marks"
    source_lines: tuple[str, ...] = ()

    @property
    def source(self) -> str | None:
        """The lines that were taken for a source, on one line."""
        return " ".join(self.source_lines) or None


def readings_of(text: str) -> list[Reading]:
    """The ways to read a pasted text, from all of it to what is left without sources and outer marks."""
    readings = [_bare(text, 0, len(text))]
    whole = readings[0]
    end, lines = whole.start + len(whole.text), list[str]()
    while len(lines) < MAX_SOURCE_LINES and (match := _LAST_LINE.search(text, whole.start, end)) and _looks_like_source(match[0]):
        lines.insert(0, match[0].strip())
        end = match.start()
        bare = _bare(text, whole.start, end)
        readings.append(Reading(bare.text, bare.start, (), tuple(lines)))
        end = bare.start + len(bare.text)
    return [*readings, *(inner for reading in readings if (inner := _without_marks(reading)).stripped)]


def _bare(text: str, start: int, end: int) -> Reading:
    while start < end and _BLANK.match(text[start]):
        start += 1
    while start < end and _BLANK.match(text[end - 1]):
        end -= 1
    return Reading(text[start:end], start)


def _without_marks(reading: Reading) -> Reading:
    head = _signs_before(reading.text)
    rest = reading.text[len(head) :]
    opened = bool(_MARK.search(head))
    # In “China leads”. the full stop is not the quotation's.
    stop = match[0] if opened and (match := _STOP_OUTSIDE.match(rest[::-1])) else ""
    tail = _signs_before(rest[::-1][len(stop) :])[::-1] + stop
    # Alone at the end a mark may belong to the last word: "6 feet 4\"", "the companies'".
    before = rest[: len(rest) - len(tail)]
    if not opened and _MARK.search(tail) and (tail[0] in SINGLE_MARKS or before[-1:].isdigit()):
        tail, before = "", rest
    marks = ("outer quotation marks",) if _MARK.search(head + tail) else ()
    omitted = ("omission signs at the ends",) if _OMITTED.search(head) or _OMITTED.search(tail) else ()
    return Reading(before, reading.start + len(head), (*marks, *omitted), reading.source_lines)


def _signs_before(text: str) -> str:
    """The quotation marks, omission signs and blanks that a text begins with."""
    place = 0
    while match := _SIGN.match(text, place):
        place = match.end()
    return text[:place]


def _looks_like_source(line: str) -> bool:
    if len(line) > MAX_SOURCE_LETTERS or not line.strip():
        return False
    return bool(_CERTAIN.search(line) or _PREFIX.match(line))


def is_source_line(line: str, articles: Sequence[Article]) -> bool:
    """Whether a last line names a source: it holds a known title, publisher or author, or nothing but names and a date.

    A line whose words the articles themselves hold is their text, and is checked like the rest.
    """
    if _CERTAIN.search(line):
        return True
    words = tokens_of(_PREFIX.sub("", line, count=1)).keys
    runs = [f" {' '.join(words[place : place + 3])} " for place in range(len(words) - 2)]
    held = sum(any(run in tokens_of(article.text).line for article in articles) for run in runs)
    if runs and held >= ARTICLE_SHARE * len(runs):
        return False
    known = {name.casefold() for article in articles for name in (article.title, article.publisher, article.author) if name}
    if any(name in line.casefold() for name in known):
        return True
    return all(not word[0].isalnum() or word[0].isupper() or word in _CONNECTORS or _YEAR.fullmatch(word) for word in words)
