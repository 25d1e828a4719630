"""What a number measures, and whose or where: "core AI industry scale" of China, by the shapes in which articles state figures.

Rules, no model. Reads one sentence, and those before only where it leans on them ("it", "the industry", "this 5 billion").
"""

import re
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import lru_cache

from corpus.article import Article
from corpus.figures.antecedents import SENTENCE_END, last_sentence, subject_before
from corpus.figures.before_number import lasting, object_of_verb, paid, property_in, property_of, stated
from corpus.figures.behind_number import adjectival, as_many, counted, part_of, predicate, share, standing_for
from corpus.figures.belonging import belongs_to, place_behind, place_in_clause
from corpus.figures.clauses import words_of
from corpus.figures.han_subjects import measured_in_chinese
from corpus.figures.measures import of_its_own, with_measure
from corpus.figures.number_lists import place_in_row, teller
from corpus.figures.numbers import WrittenNumber, numbers_in
from corpus.figures.phrases import named, phrase_before
from corpus.figures.places import places_in
from corpus.figures.scene import BACK, Measured, Scene, scene_of
from corpus.figures.shared_subjects import number_before, shared
from corpus.figures.word_kinds import PRONOUNS
from corpus.scripts import is_mostly_wide

NAMED_THING = re.compile(r"\b[Tt]he ([A-Z]\w+)(?= [a-z])")  # "the Danube fell to 5"
THE_FIGURE = re.compile(r"\b(?:the|that|this) (?:figure|number|total|tally|toll|share|proportion|rate|ratio)\b(?! of\b)")
THEN_IT_WAS = re.compile(
    r"\b(?:year|quarter|month|week|decade)s? (?:before|earlier|ago),? (?:it|they) (?:was|were|had been|stood at)$"
)
NEAR = 5  # words between "the figure" and its number
SHAPES = (counted, as_many, adjectival, predicate, share, part_of, property_of, lasting, property_in, paid, object_of_verb)
# What is no thing at all: a sentence misread is better said to measure nothing that is known.
NO_SUBJECT = re.compile(
    r"^(?:cent|per ?cent|percentage points?|[mb]illion|trillion|yuan|dollars|euros|pounds|points?|centimetres|kilometres|metres) "
    r"(?!of\b|charts?\b|markets?\b|bonds?\b|systems?\b)|"
    r"^(?:says?|said|cent|per ?cent|[mb]illion|trillion|yuan|dollars|euros)$|\b(?:says|said|told|warned|calculates)$"
)
MOST_WORDS = 13
WHEN_IT = re.compile(r"[a-z\d],? (?:when|until|before|after|as|and) (?:they|it)$")
GENERAL = frozenset({"industry", "market", "sector", "economy"})  # which one was said before: "the industry"
SAYING = "saying"  # the shape of what a quoted saying says, which nothing outside may add to
QUOTED_SAYING = re.compile(r"(?<=[a-z] )[\"“]([a-z]+ing [^\"”]+)[\"”]")  # begins with a verb that has no subject

# Where the numbers begin that wait for what another one measures: in "500, up from 300, and 400" each could ask the next.
WAITING: ContextVar[frozenset[int]] = ContextVar("WAITING", default=frozenset())


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number measures, in the article's words, and whose or where that is; no place where none is written."""

    words: str
    place: str | None
    shape: str = field(
        default="", compare=False
    )  # which reading of the sentence told it, for whoever weighs it against others: "counted", "stated"


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
        return Subject(*measured_in_chinese(text, number[0] - sentence[0], number[1] - sentence[0], unit), shape="chinese")
    scene = scene_of(article, sentence, number, unit)
    start = max(sentence[0] - BACK, 0)
    previous = "" if saying else re.sub(r"(?m)^#.*$", "", article.text[start : sentence[0]]).strip()
    found = _in_english(scene, previous, noun)
    return replace(found, place=place_in_row(scene) or found.place, shape=SAYING if saying else found.shape)


def _in_english(scene: Scene, previous: str, noun: str) -> Subject:
    """What a number of an English sentence measures, given the paragraph before the sentence."""
    if another := _of_another(scene, previous):
        return Subject(of_its_own(scene, another.words), another.place, shape="another")
    text, context = scene.text, scene.article.text
    (words, span), shape = _measured(scene)
    words = "" if words.lower() in PRONOUNS else words
    if not words and (before := number_before(scene, same_unit=True)):
        return Subject(*_of_number(scene, before), shape="before")  # "Oslo built 12 docks last year and will add eight"
    shape = shape if words else "taken up"
    words = words or _taken_up(scene, previous) or _not_repeated(scene, noun)
    words = _in_full(words or named(noun, context), text, previous, context)
    if not words and (own := NAMED_THING.search(scene.before)):
        words = own[1]
    place = belongs_to(text, (scene.start, scene.end), span, words, previous, context)
    if place == words:
        place = next((other.name for other in places_in(text, context) if other.name != words), None)
    if NO_SUBJECT.search(words) or len(words.split()) > MOST_WORDS:
        words = ""
    return Subject(with_measure(scene, without_place(words, place)), place, shape)


def without_place(words: str, place: str | None) -> str:
    """What is measured without whose it is: "shares" of "shares of Kestrel"."""
    return re.sub(rf" (?:of|at|by|under|for) (?:[\w-]+ ){{0,3}}{re.escape(place)}$", "", words) if place else words


def _of_another(scene: Scene, previous: str) -> Subject | None:
    """What another number measures, where this one is of the same: in a row, compared, said again, "the figure"."""
    if row := teller(scene):
        return Subject(*_of_number(scene, row))
    if found := shared(scene, _of_number):
        return Subject(*found)
    return _repeated(scene) or _said_figure(scene, previous)


def _not_repeated(scene: Scene, noun: str) -> str:
    """What a bare count leaves out because the sentence before said it: "in 2010 there were 490,000"."""
    taken = standing_for(scene, plural=True) if scene.unit == "count" and not noun else None
    return taken[0] if taken else ""


def _saying_around(text: str, sentence: tuple[int, int], number: tuple[int, int]) -> tuple[int, int] | None:
    """The quoted words around a number that are a thing by themselves, as in: an effect of "paying one yuan to earn ten"."""
    for match in QUOTED_SAYING.finditer(text, *sentence):
        if match.start(1) < number[0] and number[1] <= match.end(1):
            return match.span(1)
    return None


def _measured(scene: Scene) -> tuple[Measured, str]:
    """What the first shape that fits says, and that shape's name."""
    for shape in SHAPES:
        if measured := shape(scene):
            return measured, shape.__name__
    return stated(scene), stated.__name__


def _of_number(scene: Scene, number: WrittenNumber) -> tuple[str, str | None]:
    """What another number of the same sentence measures, and whose or where; nothing where that one asks for this one."""
    sentence = scene.offset, scene.offset + len(scene.text)
    place = scene.offset + number.start, scene.offset + number.end
    waiting = WAITING.get()
    if place[0] in waiting:
        return "", None
    token = WAITING.set(waiting | {scene.offset + scene.start})
    try:
        found = subject_of(scene.article, sentence, place, number.noun, number.unit)
    finally:
        WAITING.reset(token)
    there = place_in_clause(scene.text, scene.start, scene.article.text)  # "while in Peru it rose to 5"
    return found.words, there or found.place


def _said_figure(scene: Scene, previous: str) -> Subject | None:
    """ "Put the figure at 5", "the share was 5 percent": what the number measures that was said before."""
    named_so = THE_FIGURE.search(scene.bare) or THEN_IT_WAS.search(scene.bare)
    if not named_so or len(words_of(scene.bare[named_so.end() :])) > NEAR:
        return None
    there = place_in_clause(scene.text, scene.start, scene.article.text) or place_behind(
        scene.text, scene.end, scene.article.text
    )
    if before := number_before(scene, same_unit=True):
        found, place = _of_number(scene, before)
        return Subject(found, there or place) if found else None
    last = last_sentence(previous)
    numbers = [one for one in numbers_in(last, scene.article.text).numbers if one.unit == scene.unit]
    start = scene.article.text.rfind(last, 0, scene.offset) if numbers else -1
    if start < 0:
        return None
    number = start + numbers[-1].start, start + numbers[-1].end
    other = subject_of(scene.article, (start, start + len(last)), number, numbers[-1].noun, scene.unit)
    return Subject(other.words, there or other.place) if other.words else None


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
    """What "it" is: the subject that the sentence has before it, or a noun of the sentence before."""
    subject = scene.subject
    if not subject or subject[-1].low not in PRONOUNS:
        return ""
    if WHEN_IT.search(scene.bare[: subject[-1].end]) and (
        same := subject_before(scene.bare[: subject[0].start], subject[-1].low)
    ):
        return named(" ".join(word.text for word in same), scene.article.text)  # "exports doubled, when they reached 18 billion"
    if not previous:
        return ""
    first = subject_before(previous, subject[-1].low)
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
