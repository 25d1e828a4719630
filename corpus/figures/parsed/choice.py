"""Picks what a number measures: of everything that the grammar of its sentence offers, what the fitted weights favour.

The rules of `corpus.figures.subjects` are one candidate among them. Sentences in Chinese are left to the rules alone.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from corpus.article import Article
from corpus.figures.parsed.candidates import TOLD, Asked, Candidate, asked_of, candidates
from corpus.figures.parsed.evidence import Evidence, evidence
from corpus.figures.parsed.phrases import content_words
from corpus.figures.parsed.trees import number_tokens, tree_of
from corpus.figures.subjects import SAYING, Subject, without_place
from corpus.scripts import is_mostly_wide

WEIGHTS = "weights.json"
NUMBER = re.compile(r"[\d$€£¥]")  # "$19.6 billion" is no thing that is measured
OF_A_COUNT = re.compile(r"^(?:total )?(?:number|amount|count|quantity) of ")
SHORT = 7  # content words of what the rules say; what is longer has taken in too much


def chosen_subject(article: Article, sentence: tuple[int, int], number: tuple[int, int], unit: str, told: Subject) -> str:
    """What a number measures, in words of its sentence.

    Args:
        sentence: start and end of its sentence in the article's text, in code points.
        number: start and end of the number, with its scale, sign and unit.
        unit: as in `corpus.figures.figure.Figure`.
        told: what the rules without grammar say.
    Returns:
        The words; empty where neither grammar nor rules find any.
    """
    asked = asked_in(article, sentence, number, unit, told) if told.shape != SAYING else None
    offered = candidates(asked) if asked else []
    if not asked or not offered:
        return told.words
    chosen = best(offered, evidence(asked, offered), fitted_weights())
    return chosen.words if chosen.kind == TOLD else _without_owner(chosen.words, told.place)


def _without_owner(words: str, place: str | None) -> str:
    """What is measured without whose or where it is: "rents" of "Salisbury rents", "roofs" of "number of roofs in Oslo"."""
    words = OF_A_COUNT.sub("", words)
    if not place:
        return words
    name = re.escape(place)
    return re.sub(rf"^{name} (?=\w)| (?:in|across) {name}(?= |$)", "", without_place(words, place))


def asked_in(article: Article, sentence: tuple[int, int], number: tuple[int, int], unit: str, told: Subject) -> Asked | None:
    """A number in its parsed sentence; nothing in Chinese, and where a sentence is too long to be parsed."""
    text = article.text[slice(*sentence)]
    tree = None if is_mostly_wide(text) else tree_of(text)
    tokens = number_tokens(tree, number[0] - sentence[0], number[1] - sentence[0]) if tree else []
    if not tree or not tokens:
        return None
    paragraph = article.text[: sentence[0]].rstrip(" ").rpartition("\n")[2]
    before = tree_of(paragraph) if paragraph and not is_mostly_wide(paragraph) else None
    last = list(before.sents)[-1] if before else None
    words = "" if NUMBER.match(told.words) else told.words
    return asked_of(tree, tokens, unit, words, told.shape, last)


def best(offered: Sequence[Candidate], known: Sequence[Evidence], weights: Mapping[str, float]) -> Candidate:
    """The candidate with the highest sum of weights, the first of equals; never one that only says less than the rules.

    "AI industry" does not take the place of "AI industry scale".
    """
    scores = [sum(weights.get(name, 0.0) * amount for name, amount in one.items()) for one in known]
    chosen = offered[max(range(len(offered)), key=lambda place: (scores[place], -place))]
    told = content_words(offered[0].words) if offered[0].kind == TOLD else frozenset()
    return offered[0] if len(told) <= SHORT and content_words(chosen.words) <= told else chosen


@cache
def fitted_weights() -> Mapping[str, float]:
    """The weight of each piece of evidence; `benchmarks/fit_subjects.py` writes them."""
    file = resources.files("corpus.figures.parsed").joinpath(WEIGHTS)
    weights: Mapping[str, float] = json.loads(file.read_text(encoding="utf-8"))["weights"]
    return weights
