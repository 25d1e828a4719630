"""A question that is really about a metric -> what the articles say of that metric at other times. Answers nothing itself."""

import logging
import re
from dataclasses import dataclass

from bot.metric_series import by_time, quotable
from bot.services import Services, TimedReply
from corpus.errors import CorpusbotError
from corpus.figure_store import StoredFigure
from corpus.figures.catalogue import Metric
from corpus.scripts import HAN_LETTER, narrow
from embeddings.answers import Answer
from embeddings.generation import Generation
from embeddings.lexical_index import informative_terms
from embeddings.metrics.likeness import PLAIN_WORDS
from embeddings.question import AnswerKind, Question, read_question
from embeddings.quotes import Quote

NUMBERS = frozenset({AnswerKind.NUMBER, AnswerKind.MONEY})
LEAST = 2  # figures; one alone stands in the quotation already
PLAIN_STEMS = frozenset(term.stem for term in informative_terms(" ".join(sorted(PLAIN_WORDS))))
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Series:
    """A metric and what the articles say of it, in order of time; two figures or more."""

    metric: Metric
    figures: tuple[StoredFigure, ...]


def series_beside(timed: TimedReply, services: Services) -> Series | None:
    """The series that belongs under an answer; nothing for an abstention, or where it cannot be read.

    Blocks while it reads the database.
    """
    if not isinstance(timed.reply, Answer):
        return None
    question = timed.reply.read_as or (timed.asked.question_asked if timed.asked else timed.reply.question)
    try:
        with services.generation() as generation:
            return series_of(question, timed.reply, generation)
    except CorpusbotError as error:  # the answer stands without it
        log.warning("no series could be read: %s", type(error).__name__)
        return None


def series_of(text: str, answer: Answer, generation: Generation) -> Series | None:
    """The series of the metric that a question is about.

    Args:
        text: the question, with what was mended or put into it.
    Returns:
        `None` where the answering sentence gives no figure of a metric, where the question asks for no number and names no
        metric, where two metrics may be meant, where there is one figure only, or where another generation answered.
    """
    if generation.manifest.id != answer.generation:
        return None
    named = {metric.key: metric for metric in generation.store.figures.metrics()}
    question, quote = read_question(text), answer.quotes[0]
    held = [one for one in generation.store.figures.all(article_id=quote.article.id, named_only=True) if _is_in(one, quote)]
    keys = {key for one in held if (key := one.metric) and _is_meant(question, named[key], one, quote)}
    told = {key for key in keys if names_metric(text, named[key])}
    keys = told if len(told) == 1 else keys
    if len(keys) != 1:
        return None
    metric = named[keys.pop()]
    figures = by_time(quotable(generation.store.figures.all(metric=metric.key), generation.store))
    return Series(metric, tuple(figures)) if len(figures) >= LEAST else None


def names_metric(text: str, metric: Metric) -> bool:
    """Whether a question has a metric's title, or another of its names, in it, or is the beginning of one."""
    asked = _plain(text)
    return any(_holds(asked, name) or (len(asked) > 2 and name.startswith(asked)) for name in map(_plain, metric.names))


def _holds(asked: str, name: str) -> bool:
    if HAN_LETTER.search(name):
        return name in asked
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", asked) is not None


def _is_in(one: StoredFigure, quote: Quote) -> bool:
    """Whether a figure stands in the sentence that answers."""
    figure, answer = one.figure, quote.answer
    return figure.article_id == answer.article_id and answer.start <= figure.start < figure.end <= answer.end


def _is_meant(question: Question, metric: Metric, one: StoredFigure, quote: Quote) -> bool:
    """Whether a question asks for this very figure, or for a number of this metric."""
    if names_metric(question.text, metric):
        return True
    if question.kind not in NUMBERS:
        return False
    if quote.answer_part is not None:
        return quote.answer_part.start < one.figure.end and one.figure.start < quote.answer_part.end
    asked = {term.stem for term in question.words} - PLAIN_STEMS
    return any(asked & {term.stem for term in informative_terms(name)} for name in metric.names)


def _plain(text: str) -> str:
    return " ".join(narrow(text).casefold().replace("-", " ").strip(" ?？。.!").split())
