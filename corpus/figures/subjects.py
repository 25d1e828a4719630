"""What a number measures, and whose or where: "core AI industry scale" of China, by the shapes in which articles state figures.

Rules, no model. Reads one sentence, and those before only where it leans on them ("it", "the industry", "this 5 billion").
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.article import Article
from corpus.figures.before_number import lasting, object_of_verb, paid, property_in, property_of, stated
from corpus.figures.behind_number import adjectival, counted, part_of, predicate, share
from corpus.figures.belonging import belongs_to
from corpus.figures.clauses import PRONOUNS, verb_groups, words_of
from corpus.figures.han_subjects import measured_in_chinese
from corpus.figures.numbers import WrittenNumber
from corpus.figures.phrases import named, phrase_after, phrase_before
from corpus.figures.predication import subject_words
from corpus.figures.scene import Measured, Scene, scene_of
from corpus.figures.shared_subjects import number_before, shared
from corpus.scripts import is_mostly_wide

BACK = 800  # code points before a sentence in which "the industry" may have its full name: a paragraph
SHAPES = (counted, adjectival, predicate, share, part_of, property_of, lasting, property_in, paid, object_of_verb)
GENERAL = frozenset({"industry", "market", "sector", "economy"})  # which one was said before: "the industry"
QUOTED_SAYING = re.compile(r"(?<=[a-z] )[\"“]([a-z]+ing [^\"”]+)[\"”]")  # begins with a verb that has no subject
SENTENCE_END = re.compile(r"[.!?][\"”]?\s+(?=[A-Z“\"])|\n+")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number measures, in the article's words, and whose or where that is; no place where none is written."""

    words: str
    place: str | None


@lru_cache(maxsize=512)  # a number may ask for the one before it, which was read just then: a list of them takes no longer
def subject_of(article: Article, sentence: tuple[int, int], number: tuple[int, int], noun: str, unit: str) -> Subject:
    """What a number measures and to whom it belongs.

    Args:
        sentence: start and end of its sentence in the article's text, in code points.
        number: start and end of the number, with its scale, sign and unit.
        noun: the noun behind a bare number, as it was read with it; taken where the rules find none.
        unit: as in `corpus.figures.figure.Figure`.
    Returns:
        The words, empty where the sentence does not say it, and the place, or nothing.
    """
    saying = _saying_around(article.text, sentence, number)
    sentence = saying or sentence
    text = article.text[sentence[0] : sentence[1]]
    if is_mostly_wide(text):
        return Subject(*measured_in_chinese(text, number[0] - sentence[0], number[1] - sentence[0], unit))
    scene = scene_of(article, sentence, number, unit)
    if found := shared(scene, _of_number):
        return Subject(*found)
    if repeated := _repeated(scene):
        return repeated
    words, span = _measured(scene)
    start = max(sentence[0] - BACK, 0)
    previous = "" if saying else re.sub(r"(?m)^#.*$", "", article.text[start : sentence[0]]).strip()
    words = "" if words.lower() in PRONOUNS else words
    if not words and (before := number_before(scene, same_unit=True)):
        return Subject(*_of_number(scene, before))  # "Oslo built 12 docks last year and will add eight"
    words = _in_full(words or _taken_up(scene, previous) or named(noun, article.text), text, previous, article.text)
    return Subject(words, belongs_to(text, (scene.start, scene.end), span, words, previous, article.text))


def _saying_around(text: str, sentence: tuple[int, int], number: tuple[int, int]) -> tuple[int, int] | None:
    """The quoted words around a number that are a thing by themselves, as in: an effect of "paying one yuan to earn ten"."""
    for match in QUOTED_SAYING.finditer(text, *sentence):
        if match.start(1) < number[0] and number[1] <= match.end(1):
            return match.span(1)
    return None


def _measured(scene: Scene) -> Measured:
    found = (shape(scene) for shape in SHAPES)
    return next((measured for measured in found if measured), None) or stated(scene)


def _of_number(scene: Scene, number: WrittenNumber) -> tuple[str, str | None]:
    """What another number of the same sentence measures, and whose or where."""
    sentence = scene.offset, scene.offset + len(scene.text)
    place = scene.offset + number.start, scene.offset + number.end
    found = subject_of(scene.article, sentence, place, number.noun, number.unit)
    return found.words, found.place


def _repeated(scene: Scene) -> Subject | None:
    """ "This 1.2 trillion yuan": what it was when it was first said."""
    text, first = scene.article.text, scene.offset
    start = text.rfind(scene.number, max(first - BACK, 0), first)
    if start < 0 or not re.search(r"\b(?:this|these|that|those) $", scene.before, re.I):
        return None
    ends = [match.end() for match in SENTENCE_END.finditer(text[:first])]
    sentence = max((end for end in ends if end <= start), default=0), next((end for end in ends if end > start), first)
    return subject_of(scene.article, sentence, (start, start + len(scene.number)), "", scene.unit)


def _taken_up(scene: Scene, previous: str) -> str:
    """What "it" is: the subject of the sentence before."""
    subject = scene.subject
    if not previous or not subject or subject[-1].low not in PRONOUNS:
        return ""
    words = words_of(SENTENCE_END.split(previous)[-1])
    groups = verb_groups(words)
    first = subject_words(words[: groups[0].last], []) if groups else phrase_after(words)
    return named(" ".join(word.text for word in first), scene.article.text)


def _in_full(words: str, text: str, previous: str, context: str) -> str:
    """ "Industry" of "the industry" as the sentences before call it: "core AI industry"."""
    head = words.removesuffix(" scale").rpartition(" ")[2]
    if head not in GENERAL or not re.search(rf"\b(?:the|this) {head}\b", text, re.I):
        return words
    phrases = [phrase_before(words_of(match[1]), frozenset()) for match in re.finditer(rf"(.*?\b{head})\b", previous)]
    names = [named(" ".join(word.text for word in phrase), context) for phrase in phrases]
    longer = [name for name in names if name.endswith(f" {head}")]
    return re.sub(rf"(?<![\w-]){head}\b", longer[-1], words, count=1) if longer else words
