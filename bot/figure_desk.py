"""What the commands `/metric …` ask for, worked out away from the event loop. Sends nothing and lays nothing out."""

import asyncio
import difflib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.ask_series import Series, series_beside
from bot.chart_texts import alt_text, is_drawable
from bot.charts import chart
from bot.figure_export import ExportError, ExportFormat, export_figures
from bot.metric_series import UnknownMetricError, by_time, finding_lines, known_metric, newest, quotable, relation_lines
from bot.services import Services, TimedReply
from corpus.article import Article
from corpus.errors import CorpusbotError
from corpus.figure_store import StoredFigure
from corpus.figures.catalogue import Metric
from corpus.store import CorpusStore
from embeddings.metrics.metric_search import find_metrics, search_figures

SHOWN_HITS = 10  # figures of a search
OFFERED = 3  # metrics that are named where none was found
LIKENESS = 0.4  # difflib's, from which on a title may be meant
MAX_FILE_BYTES = 8_000_000  # what Discord takes from a bot on any server, with room to spare
# Matplotlib keeps fonts and caches that two threads must not use at once.
DRAWING = threading.Lock()


class DeskError(CorpusbotError):
    """What a member asked for is not there; the text is for the member, and may hold what they typed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Figures of one metric or two, or those that a search found, with all that is said about them.

    `figures` are numbered from 1 in their order; `marks` has the letter of each one's metric where there are two, `articles`
    every article that an "also in" names, by id, `picture` a PNG where there is something to draw.
    """

    titles: tuple[str, ...]
    figures: tuple[StoredFigure, ...]
    articles: Mapping[str, Article]
    marks: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    picture: bytes | None = None
    alt_text: str = ""


@dataclass(frozen=True, slots=True)
class MetricCount:
    """A metric's title, how many figures it has, and its newest one."""

    title: str
    count: int
    newest: StoredFigure | None


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file to attach, and how many figures are in it."""

    name: str
    content: bytes
    count: int


class FigureDesk:
    """Answers the commands `/metric …` from the generation that answers questions."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._known: tuple[str, tuple[Metric, ...]] = ("", ())

    async def choices(self, typed: str) -> list[Metric]:
        """The metrics that a member may mean while typing, at most 25, best first; found by letters, without the model.

        Raises:
            StaleIndexError: there is no index; so do all others here.
        """
        return await asyncio.to_thread(lambda: find_metrics(typed, self._metrics(), None))

    async def sheet(self, names: Sequence[str], language: str, every: bool = False) -> Sheet:
        """What the articles say of one metric or two, as members name them.

        Args:
            language: of titles, ISO 639-1.
            every: compare each figure with each other one.
        Raises:
            DeskError: there is no such metric, or no figure of it.
        """
        return await asyncio.to_thread(self._sheet, names, language, every)

    async def counts(self, language: str) -> list[MetricCount]:
        """Every metric, in the catalogue's order."""
        return await asyncio.to_thread(self._counts, language)

    async def found(self, words: str, language: str) -> Sheet:
        """The metrics and figures that words mean, best first; perhaps none."""
        return await asyncio.to_thread(self._found, words, language)

    async def file(self, name: str | None, form: ExportFormat) -> ExportedFile:
        """The figures of one metric, or all of them, as a file.

        Raises:
            DeskError: there is no such metric, the format cannot be written here, or the file is too large for Discord.
        """
        return await asyncio.to_thread(self._file, name, form)

    async def series(self, timed: TimedReply) -> Series | None:
        """The series that belongs under an answer, if any."""
        return await asyncio.to_thread(series_beside, timed, self._services)

    # --- in a thread -----------------------------------------------------------------------------------------------

    def _metrics(self) -> tuple[Metric, ...]:
        """The metrics of the current generation, read once."""
        with self._services.generation() as generation:
            if self._known[0] != generation.manifest.id:
                self._known = (generation.manifest.id, tuple(generation.store.figures.metrics()))
        return self._known[1]

    def _sheet(self, names: Sequence[str], language: str, every: bool) -> Sheet:
        wanted = list({metric.key: metric for metric in map(self._meant, names)}.values())
        titles = {metric.key: title_in(metric, language) for metric in wanted}
        with self._services.generation() as generation:
            store = generation.store
            figures = by_time([one for key in titles for one in quotable(store.figures.all(key), store)])
            if not figures:
                raise DeskError(f"The articles give no figure for {' or '.join(f'“{title}”' for title in titles.values())}.")
            articles, findings = _twins(figures, store), finding_lines(figures, store.figures.all())
        if len(wanted) > 1:  # figures of two metrics neither agree nor conflict
            letters = dict(zip(titles, "AB", strict=True))
            marks = tuple(letters[one.metric or ""] for one in figures)
            return Sheet(tuple(titles.values()), tuple(figures), articles, marks, findings=tuple(findings))
        picture, words = _drawn(titles[wanted[0].key], wanted[0].title, figures)
        relations = tuple(relation_lines(figures, every))
        shown = tuple(titles.values()), tuple(figures), articles
        return Sheet(*shown, relations=relations, findings=tuple(findings), picture=picture, alt_text=words)

    def _meant(self, name: str) -> Metric:
        """The metric that a member named by a choice, its title, or words that find it."""
        named = self._metrics()
        try:
            return known_metric(name, named)
        except UnknownMetricError:
            if found := find_metrics(name, named, None) if name.strip() else []:
                return found[0]
        if not named:
            raise DeskError("The archive has no metrics. /metric search finds single figures all the same.")
        near = find_metrics(name, named, self._services.encoder) if name.strip() else []
        titles = [metric.title for metric in near] or difflib.get_close_matches(name, [m.title for m in named], OFFERED, LIKENESS)
        cure = f"Did you mean {' or '.join(f'“{title}”' for title in titles[:OFFERED])}?" if titles else "See /metric list."
        raise DeskError(f"There is no metric “{name}”. {cure}")

    def _counts(self, language: str) -> list[MetricCount]:
        with self._services.generation() as generation:
            store = generation.store
            named, figures = store.figures.metrics(), quotable(store.figures.all(named_only=True), store)
        groups = {metric.key: [one for one in figures if one.metric == metric.key] for metric in named}
        return [MetricCount(title_in(metric, language), len(groups[metric.key]), newest(groups[metric.key])) for metric in named]

    def _found(self, words: str, language: str) -> Sheet:
        with self._services.generation() as generation:
            store, encoder = generation.store, self._services.encoder
            named = store.figures.metrics()
            metrics = find_metrics(words, named, encoder) if words.strip() else []
            hits = search_figures(words, quotable(store.figures.all(), store), encoder, named)
            figures = tuple(stored for stored, _ in hits[:SHOWN_HITS])
            return Sheet(tuple(title_in(metric, language) for metric in metrics), figures, _twins(figures, store))

    def _file(self, name: str | None, form: ExportFormat) -> ExportedFile:
        metric = self._meant(name) if name is not None else None
        with self._services.generation() as generation:
            figures = quotable(generation.store.figures.all(metric.key if metric else None), generation.store)
        try:
            content = export_figures(figures, form)
        except ExportError:
            raise DeskError(f"This bot cannot write {form} files. Choose csv or json instead.") from None
        if len(content) > MAX_FILE_BYTES:
            raise DeskError(f"The {len(figures)} figures are too large for a file in Discord. Export one metric at a time.")
        return ExportedFile(f"{metric.key[:80] if metric else 'figures'}.{form}", content, len(figures))


def title_in(metric: Metric, language: str) -> str:
    """A metric's title in a language, or its own where the catalogue has none."""
    return metric.titles.get(language, metric.title)


def _twins(figures: Sequence[StoredFigure], store: CorpusStore) -> dict[str, Article]:
    return {name: store.article(name) for one in figures for name in one.also_in}


def _drawn(title: str, english_title: str, figures: Sequence[StoredFigure]) -> tuple[bytes | None, str]:
    """A chart and its words, where the figures are of two days or more."""
    days = {one.figure.period.end for one in figures if one.figure.period and one.figure.period.is_resolved}
    if len(days) < 2:
        return None, ""
    with DRAWING:
        title = title if is_drawable(title) else english_title
        return chart(title, figures), alt_text(title, figures)
