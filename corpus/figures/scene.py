"""A sentence parted at one of its numbers: what stands before and behind, and the subject of its verb.

The shapes in which a number's subject is said are `corpus.figures.before_number` and `corpus.figures.behind_number`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Article
from corpus.figures.clauses import Word, verb_groups, words_of
from corpus.figures.phrases import is_plural, named, phrase_after
from corpus.figures.places import places_in
from corpus.figures.predication import subject_words

BOUND = re.compile(
    r"(?:(?:^|\s)(?:nearly|almost|over|under|above|below|about|around|approximately|roughly|some|just|only|well|"
    r"(?:as (?:many|much|high|low) as)|(?:(?:more|less|fewer|greater|higher|lower) than)|(?:no (?:more|less|fewer) than)|"
    r"at (?:least|most)|close to|up to|an estimated|an? (?:average|total|record|whopping) (?:of )?|another|a|an|the|these|this|"
    r"those|its|their|all|between|top))+\s*[\"“(]?$",
    re.I,
)
LINK = re.compile(r"\b(to|at|by|from|for|of|with|in|on|within|around|among|as|between)\s*$")
# Belongs to the number though its span ends before: "130-plus", "43-year-old", "2,000-seat".
CLOSELY_BEHIND = re.compile(r"-plus|\+|-old|-(?=[a-z])")
BACK = 800  # code points before a sentence in which "the industry" may have its full name: a paragraph
BRACKETED = re.compile(r"\([^()]*\)")
YEAR = re.compile(r"(?:19|20)\d\d")
TIMES = frozenset("the first this last next".split())  # "for the first time" is no part of a thing
SCALE_WORDS = frozenset("thousand million billion trillion".split())
AMOUNT_WORDS = frozenset("dollars euros pounds yuan yen percent".split())

# Verbs that say how much their subject is; by their beginning.
MEASURING = tuple(
    """
    is are was were be been reach hit total exceed surpass top amount number cost come came stand stood average near remain rise
    rose fall fell grow grew climb jump drop worth equal earn fetch bring brought sell sold pass cross weigh measure post record
    report declin increas decreas generat doubl
    """.split()
)

Measured = tuple[str, tuple[int, int]]  # the words, and the stretch of the sentence in which a place would be theirs


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence of an article with one number, `text[start:end]`; `offset` is where the sentence begins in the article.

    `bare` is what stands before the number, without "nearly" and the like, and `link` its last word if that is a preposition.
    """

    article: Article
    offset: int
    text: str
    start: int
    end: int
    bare: str
    link: str
    unit: str

    @property
    def number(self) -> str:
        """The number as written."""
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        """All that stands before the number."""
        return self.text[: self.start]

    @property
    def behind(self) -> str:
        """All that stands behind the number."""
        return self.text[self.end :]

    @property
    def previous(self) -> str:
        """The text in front of the sentence, as far back as a paragraph."""
        return self.article.text[max(self.offset - BACK, 0) : self.offset]

    @property
    def words_behind(self) -> list[Word]:
        """The words behind the number; their places count from its end."""
        return words_of(self.behind)

    @property
    def subject(self) -> list[Word]:
        """The subject of the verb that the number belongs to."""
        return subject_words(words_of(self.bare), self.words_behind)

    def named(self, words: Sequence[Word], offset: int = 0) -> str:
        """What words of this sentence are called as a subject; nothing for a place alone, which is whose and not what."""
        if not words:
            return ""
        start, end = words[0].start + offset, words[-1].end + offset
        # Four more letters for "the ".
        if any(start <= place.start <= start + 4 and place.end == end for place in places_in(self.text, self.article.text)):
            return ""
        return named(self.text[start:end], self.article.text)

    def span(self, words: Sequence[Word], offset: int = 0) -> tuple[int, int]:
        """Where words stand in the sentence; an empty stretch for none."""
        return (words[0].start + offset, words[-1].end + offset) if words else (self.start, self.start)


def scene_of(article: Article, sentence: tuple[int, int], number: tuple[int, int], unit: str) -> Scene:
    """Part a sentence at a number; both are given as places in the article's text."""
    text = article.text[sentence[0] : sentence[1]]
    start, end = number[0] - sentence[0], number[1] - sentence[0]
    close = CLOSELY_BEHIND.match(text, end)
    bare = BRACKETED.sub(lambda match: " " * len(match[0]), BOUND.sub("", text[:start]).rstrip())
    link = LINK.search(bare)
    return Scene(article, sentence[0], text, start, close.end() if close else end, bare, link[1] if link else "", unit)


def begins_clause(scene: Scene, clauses: re.Pattern[str]) -> bool:
    """Whether a number is its clause's subject: no verb and no preposition in front of it.

    Args:
        clauses: what parts one clause from the next.
    """
    return not scene.link and not verb_groups(words_of(clauses.split(scene.bare)[-1]))


def whole_phrase(words: Sequence[Word]) -> list[Word]:
    """A noun phrase with the "of" phrase behind it: "downloads of open-source models"."""
    found = phrase_after(words)
    rest = [word for word in words if found and word.start > found[-1].end]
    if len(rest) > 1 and rest[0].low in {"of", "for"} and rest[1].low not in TIMES and (more := phrase_after(rest[1:])):
        return [*found, rest[0], *more]
    return found


def counted_before(words: Sequence[Word]) -> list[Word]:
    """The last counted things of a run of words: "over 100,000 high-quality datasets nationwide, "."""
    for place in range(len(words) - 2, -1, -1):
        is_number = words[place].text[0].isdigit() and not YEAR.fullmatch(words[place].text)
        first = place + 2 if words[place + 1].low in SCALE_WORDS else place + 1
        if is_number and first < len(words) and words[first].low not in AMOUNT_WORDS:
            phrase = phrase_after(words[first:])
            return phrase if phrase and is_plural(phrase[-1]) else []
    return []
