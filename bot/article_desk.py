"""What the commands `/article …` ask for, worked out away from the event loop. Sends nothing and lays nothing out."""

import asyncio
import weakref
from collections.abc import Mapping
from dataclasses import dataclass

from bot.article_names import Name, exact_article, find_articles, find_publishers, label_of, name_of, plain
from bot.figure_desk import title_in
from bot.metric_series import quotable
from bot.panels import CHOICE_LETTERS
from bot.render import shortened
from bot.services import Services
from bot.starter_questions import StarterQuestion, StarterQuestions
from bot.wording import ENGLISH, wording
from corpus.article import Article
from corpus.errors import CorpusbotError
from corpus.figure_store import StoredFigure
from corpus.store import StoredSentence
from embeddings.article_figures import named_figures
from embeddings.errors import StaleIndexError
from embeddings.generation import Generation
from embeddings.key_sentences import key_sentences

SENTENCE_LETTERS = 600  # of a key sentence: four of them are shown together, and none is ever cut
LONG_LETTERS = 2500  # where an article has long ones alone: one of them is shown
OFFERED = 3  # articles that are named where none was found


class UnknownArticleError(CorpusbotError):
    """No article has this name, or several may be meant; `near` has those."""

    def __init__(self, near: tuple[Article, ...]) -> None:
        super().__init__("there is no such article")
        self.near = near


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article of the list, how many paragraphs it has, and how many figures of named metrics."""

    article: Article
    paragraphs: int
    figures: int


@dataclass(frozen=True, slots=True)
class ArticleSheet:
    """What is shown of one article.

    `figures` has the figures by the title of their metric, in text order; `key_sentences` and `figures` are verbatim.
    `questions` are found separately (`bot.starter_questions`), for each is asked first.
    """

    article: Article
    paragraphs: int
    key_sentences: tuple[StoredSentence, ...]
    figures: Mapping[str, tuple[StoredFigure, ...]]
    questions: tuple[StarterQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """What is kept in memory of one generation."""

    generation: str
    names: tuple[Name, ...] = ()
    publishers: tuple[str, ...] = ()
    rows: tuple[ArticleRow, ...] = ()


# What was read of the generation that answers, so that typing does not read the database letter by letter.
_read_last: "weakref.WeakKeyDictionary[Services, _Known]" = weakref.WeakKeyDictionary()


def article_choices(services: Services, typed: str, language: str = ENGLISH) -> list[tuple[str, str]]:
    """The articles that a member may mean while typing, by title, publisher, author or day, in any language.

    Blocks while it reads the database, once a generation.

    Args:
        language: of the words around titles and of the days, ISO 639-1.
    Returns:
        At most 25 pairs of a label (at most 100 letters) and the article's id, best first; nothing without an index.
    """
    try:
        names = _known(services).names
    except StaleIndexError:  # the command itself says so
        return []
    return [(label_of(article, wording(language)), article.id) for article in find_articles(typed, names)]


def publisher_choices(services: Services, typed: str) -> list[tuple[str, str]]:
    """The publishers that a member may mean while typing; blocks as `article_choices` does.

    Returns:
        At most 25 pairs of a label and what to filter by (the name, or of a very long one its first 100 letters).
    """
    try:
        publishers = _known(services).publishers
    except StaleIndexError:
        return []
    return [(shortened(name, CHOICE_LETTERS), name[:CHOICE_LETTERS]) for name in find_publishers(typed, publishers)]


class ArticleDesk:
    """Answers the commands `/article …` from the generation that answers questions."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.starters = StarterQuestions(services)

    async def choices(self, typed: str, language: str) -> list[tuple[str, str]]:
        """As `article_choices`."""
        return await asyncio.to_thread(article_choices, self._services, typed, language)

    async def listed(self) -> tuple[ArticleRow, ...]:
        """All articles, the newest first, those without a day last.

        Raises:
            StaleIndexError: there is no index.
        """
        return (await asyncio.to_thread(_known, self._services)).rows

    async def sheet(self, name: str, language: str) -> ArticleSheet:
        """What is shown of the article with an id, a title, or words that only one article has, yet without questions.

        Args:
            language: of titles of metrics and of questions, ISO 639-1.
        Raises:
            UnknownArticleError: there is none, or several may be meant.
            StaleIndexError: there is no index.
        """
        return await asyncio.to_thread(lambda: self._sheet(self._meant(name), language))

    # --- in a thread -----------------------------------------------------------------------------------------------

    def _meant(self, name: str) -> str:
        names = _known(self._services).names
        if article := exact_article(name, names):
            return article.id
        sure = find_articles(name, names, mistakes=False)
        if len(sure) == 1 and plain(name):
            return sure[0].id
        raise UnknownArticleError(tuple(find_articles(name, names)[:OFFERED]) if plain(name) else ())

    def _sheet(self, article_id: str, language: str) -> ArticleSheet:
        with self._services.generation() as generation:
            store = generation.store
            try:
                article = store.article(article_id)
            except KeyError:  # the archive was rebuilt without it just now
                raise UnknownArticleError(()) from None
            figures = quotable(named_figures(article, store), store)
            held = [one.figure for one in figures]
            told = article_id, store, generation.vectors, held
            sentences = key_sentences(*told, most_letters=SENTENCE_LETTERS) or key_sentences(*told, most_letters=LONG_LETTERS)
            titles = {metric.key: title_in(metric, language) for metric in store.figures.metrics()}
        by_title: dict[str, tuple[StoredFigure, ...]] = {}
        for one in figures:
            title = titles[one.metric or ""]
            by_title[title] = (*by_title.get(title, ()), one)
        return ArticleSheet(article, len(article.paragraphs()), tuple(sentences), by_title)


def _known(services: Services) -> _Known:
    """The articles of the current generation, read once."""
    with services.generation() as generation:
        known = _read_last.get(services)
        if known is None or known.generation != generation.manifest.id:
            known = _read_last[services] = _reading(generation)
    return known


def _reading(generation: Generation) -> _Known:
    store = generation.store
    dated = [one for one in store.articles() if one.published_on]
    articles = sorted(dated, key=lambda one: str(one.published_on), reverse=True)
    articles += [one for one in store.articles() if not one.published_on]
    counts: dict[str, int] = {}
    for one in store.figures.all(named_only=True):
        for name in (one.article.id, *one.also_in):
            counts[name] = counts.get(name, 0) + 1
    return _Known(
        generation.manifest.id,
        tuple(name_of(article) for article in articles),
        tuple(sorted({article.publisher for article in articles if article.publisher}, key=str.casefold)),
        tuple(ArticleRow(article, len(article.paragraphs()), counts.get(article.id, 0)) for article in articles),
    )
