"""Questions that one can ask of an article: made from its named figures, and each asked of the bot before anybody sees it.

A question is kept only if the bot's first quotation is of that very article and its answering sentence holds the figure.
Found out at first use and remembered as long as the generation answers; asked one after the other in the queue of all
questions, so that nobody's own question waits for more than one of them.
"""

import asyncio
import itertools
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.errors import log_failure
from bot.metric_series import quotable
from bot.question_templates import CHINESE, ENGLISH, questions_for
from bot.services import Services
from corpus.article import Article
from corpus.errors import CorpusbotError
from corpus.figure_store import StoredFigure
from embeddings.answers import Answer, Reply
from embeddings.article_figures import named_figures
from embeddings.generation import Generation
from embeddings.quotes import Quote

WANTED = 4  # questions of an article
MOST_ASKED = 24  # of an article, before the search for more is given up: seconds on a small machine
READY = 4  # examples that are looked for before anybody wants them, as many as the welcome shows
LOOK_AGAIN_SECONDS = 30.0  # how soon after a rebuild they are looked for anew
MOST_ARTICLES = 12  # looked at for examples
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StarterQuestion:
    """A question that the bot answers, the quotation that it answers with, and the key of the metric that it asks for."""

    text: str
    quote: Quote
    metric: str | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question that may be kept, and the figure that its answer must hold."""

    text: str
    stored: StoredFigure


class StarterQuestions:
    """Finds and remembers the questions of the generation that answers now."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._generation = ""
        self._known: dict[tuple[str, str], tuple[StarterQuestion, ...]] = {}
        self._turn = asyncio.Lock()  # two who open one article at once must not have its questions asked twice

    async def of_article(self, article_id: str, language: str) -> tuple[StarterQuestion, ...]:
        """Up to four questions of one article, of as many metrics as it has.

        Args:
            language: of who will ask, ISO 639-1; where no question in it is answered, English ones are given, and Chinese ones
                of a Chinese article.
        Returns:
            Nothing where the article has no named figure, or while questions cannot be answered.
        """
        async with self._turn:
            try:
                return await self._of_article(article_id, language)
            except CorpusbotError as error:  # an article can be shown without questions
                log.warning("no questions could be tried: %s", type(error).__name__)
                return ()

    async def examples(self, language: str, count: int = 2) -> tuple[StarterQuestion, ...]:
        """Questions of the collection, each of another article where there are enough; newest articles first.

        Returns:
            Fewer, or nothing, where few articles have named figures, or while there is no index.
        """
        try:
            ids = await asyncio.to_thread(self._telling_articles)
        except CorpusbotError as error:
            log.warning("no examples could be made: %s", type(error).__name__)
            return ()
        found: list[tuple[StarterQuestion, ...]] = []
        for article_id in ids[:MOST_ARTICLES]:
            if questions := await self.of_article(article_id, language):
                found.append(questions)
            if len(found) == count:
                break
        return tuple(_varied(found, count))

    async def keep_ready(self) -> None:
        """Find the examples of each generation before anybody wants them; runs until it is cancelled."""
        ready = ""
        while True:
            try:
                generation = await asyncio.to_thread(self._generation_now)
                if generation != ready:
                    for language in (ENGLISH, CHINESE):
                        await self.examples(language, READY)
                    ready = generation
            except CorpusbotError as error:  # there may be an index later
                log.info("no examples yet: %s", type(error).__name__)
            except Exception as error:
                log_failure("the search for examples", error)
                return
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def _of_article(self, article_id: str, language: str) -> tuple[StarterQuestion, ...]:
        language = CHINESE if language == CHINESE else ENGLISH
        generation, by_language = await asyncio.to_thread(self._candidates, article_id, language)
        if generation != self._generation:
            self._generation, self._known = generation, {}
        key = article_id, language
        if key in self._known:
            return self._known[key]
        kept: tuple[StarterQuestion, ...] = ()
        for candidates in by_language:
            kept = kept or await self._answered(candidates, generation)
        with self._services.generation() as now:
            if now.manifest.id == generation:  # replies of another generation say nothing about this one
                self._known[key] = kept
        return kept

    async def _answered(self, candidates: Iterable[_Candidate], generation: str) -> tuple[StarterQuestion, ...]:
        """The first question that the bot answers of each figure, four of them at most."""
        kept: dict[int, StarterQuestion] = {}
        for candidate in itertools.islice(candidates, MOST_ASKED):
            if candidate.stored.id in kept:
                continue
            reply = (await self._services.ask(candidate.text)).reply
            if reply.generation == generation and (quote := holding_quote(reply, candidate.stored)):
                kept[candidate.stored.id] = StarterQuestion(candidate.text, quote, candidate.stored.metric)
            if len(kept) == WANTED:
                break
        return tuple(kept.values())

    # --- in a thread -----------------------------------------------------------------------------------------------

    def _generation_now(self) -> str:
        with self._services.generation() as generation:
            return generation.manifest.id

    def _candidates(self, article_id: str, language: str) -> tuple[str, list[list[_Candidate]]]:
        """The generation, and what may be asked, in the language wanted first."""
        with self._services.generation() as generation:
            try:
                article = generation.store.article(article_id)
            except KeyError:  # the archive was rebuilt without it
                return generation.manifest.id, []
            languages = [language, *([CHINESE] if article.language == CHINESE else []), ENGLISH]
            made = [_questions(article, generation, one) for one in dict.fromkeys(languages)]
            return generation.manifest.id, made

    def _telling_articles(self) -> list[str]:
        """The articles that have named figures, the newest first, those without a day last."""
        with self._services.generation() as generation:
            figures = generation.store.figures.all(named_only=True)
        articles = {one.article.id: one.article for one in figures}.values()
        dated = [one for one in articles if one.published_on]
        return [one.id for one in sorted(dated, key=_day, reverse=True)] + [one.id for one in articles if not one.published_on]


def holding_quote(reply: Reply, stored: StoredFigure) -> Quote | None:
    """The first quotation of an answer, if it is of the figure's article and its answering sentence holds the figure.

    Returns:
        `None` as well for an abstention, and for an answer that the bot itself is not sure of.
    """
    if not isinstance(reply, Answer) or reply.caution:
        return None
    quote, figure = reply.quotes[0], stored.figure
    inside = quote.answer.start <= figure.start < figure.end <= quote.answer.end
    return quote if inside and quote.article.id == figure.article_id else None


def _varied(found: Sequence[Sequence[StarterQuestion]], count: int) -> list[StarterQuestion]:
    """One question of each article before a second of any, and of an article one of a metric that was not asked for yet."""
    left = [list(questions) for questions in found]
    chosen: list[StarterQuestion] = []
    while len(chosen) < count and any(left):
        for questions in filter(None, left):
            metrics = {one.metric for one in chosen}
            best = next((one for one in questions if one.metric not in metrics), questions[0])
            questions.remove(best)
            if best.text not in {one.text for one in chosen}:
                chosen.append(best)
    return chosen[:count]


def _questions(article: Article, generation: Generation, language: str) -> list[_Candidate]:
    """All questions about an article's figures: the most exact one about a figure of each metric first."""
    store = generation.store
    metrics = {metric.key: metric for metric in store.figures.metrics()}
    figures = _by_turns(quotable(named_figures(article, store), store))
    made = [[_Candidate(text, one) for text in questions_for(one, metrics[one.metric or ""], language)] for one in figures]
    # A text that fits two figures asks for neither.
    texts = [one.text for group in made for one in group]
    exact = [[one for one in group if texts.count(one.text) == 1] for group in made]
    return [one for group in exact for one in group]


def _by_turns(figures: Sequence[StoredFigure]) -> list[StoredFigure]:
    """One figure of each metric before a second one of any, in text order."""
    groups: dict[str | None, list[StoredFigure]] = {}
    for one in figures:
        groups.setdefault(one.metric, []).append(one)
    return [one for row in itertools.zip_longest(*groups.values()) for one in row if one is not None]


def _day(article: Article) -> str:
    return str(article.published_on)
