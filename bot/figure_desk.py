"""What the commands `/metric …` ask for, worked out away from the event loop. Sends nothing and lays nothing out."""

import asyncio
import difflib
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from bot.ask_series import Series, series_beside
from bot.chart_texts import alt_text, is_drawable
from bot.charts import chart
from bot.figure_export import ExportError, ExportFormat, export_figures
from bot.metric_series import UnknownMetricError, by_time, known_metric, newest, quotable, sure_metric
from bot.panels import CHOICE_LETTERS
from bot.services import Services, TimedReply
from bot.sheet_notes import finding_notes, relation_notes
from bot.wording import ENGLISH, N_, Wording, wording
from corpus.article import Article
from corpus.errors import CorpusbotError
from corpus.figure_store import StoredFigure
from corpus.figures.catalogue import Metric
from corpus.store import CorpusStore
from embeddings.metrics.metric_search import find_metrics, search_figures

SHOWN_HITS = 10  # figures of a search
MARK_BYTES = 5  # of a metric's mark in the id of a button
OFFERED = 3  # metrics that are named where none was found
LIKENESS = 0.4  # difflib's, from which on a title may be meant
MAX_FILE_BYTES = 8_000_000  # what Discord takes from a bot on any server, with room to spare
NO_METRICS = N_("The archive has no metrics. /metric search finds single figures all the same.")
# Matplotlib keeps fonts and caches that two threads must not use at once; and whoever waits for a picture must not
# take a thread from what has to be read before an acknowledgement.
DRAWING = ThreadPoolExecutor(1, "drawing")


class DeskError(CorpusbotError):
    """What a member asked for is not there; the text is for the member, and may hold what they typed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Figures of one metric or two, or those that a search found, with all that is said about them.

    `figures` are numbered from 1 in their order, `parts` are the titles that they stand under with how many each has, and
    `captions` say what each one measures where no title does. `articles` has every article that an "also in" names, by id,
    `metrics` those that the figures are of or that a search found, and `picture` is a PNG where there is something to draw.
    """

    parts: tuple[tuple[str, int], ...]
    figures: tuple[StoredFigure, ...]
    articles: Mapping[str, Article]
    metrics: tuple[Metric, ...] = ()
    captions: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    picture: bytes | None = None
    alt_text: str = ""


@dataclass(frozen=True, slots=True)
class MetricCount:
    """A metric, how many figures it has, at least one, and its newest one."""

    metric: Metric
    count: int
    newest: StoredFigure


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

    async def sheet(self, names: Sequence[str], language: str, every: bool = False, drawn: bool = True) -> Sheet:
        """What the articles say of one metric or two, as members name them or by their marks (see `mark_of`).

        Args:
            language: of titles and of our own words, ISO 639-1.
            every: compare each figure with each other one.
            drawn: with a chart, if there is one.
        Raises:
            DeskError: there is no such metric, or no figure of it.
        """
        return await asyncio.get_running_loop().run_in_executor(DRAWING, self._sheet, names, language, every, drawn)

    async def counts(self) -> list[MetricCount]:
        """Every metric that the articles give a figure of, in the catalogue's order."""
        return await asyncio.to_thread(self._counts)

    async def found(self, words: str, language: str) -> Sheet:
        """The metrics and figures that words mean, best first; perhaps none."""
        return await asyncio.to_thread(self._found, words, language)

    async def file(self, name: str | None, form: ExportFormat, language: str = ENGLISH) -> ExportedFile:
        """The figures of one metric, or all of them, as a file.

        Raises:
            DeskError: there is no such metric, the format cannot be written here, or the file is too large for Discord.
        """
        return await asyncio.to_thread(self._file, name, form, language)

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

    def _sheet(self, names: Sequence[str], language: str, every: bool, drawn: bool) -> Sheet:
        say = wording(language)
        wanted = list({metric.key: metric for metric in (self._meant(name, say) for name in names)}.values())
        with self._services.generation() as generation:
            store = generation.store
            groups = [(metric, by_time(quotable(store.figures.all(metric.key), store))) for metric in wanted]
            figures = [one for _, group in groups for one in group]
            if not figures:
                names_told = _named((title_in(one, language) for one in wanted), say)
                raise DeskError(say("The articles give no figure for {names}.", names=names_told))
            sheet = Sheet(
                parts=tuple((title_in(metric, language), len(group)) for metric, group in groups),
                figures=tuple(figures),
                articles=_twins(figures, store),
                metrics=tuple(wanted),
                findings=tuple(finding_notes(figures, store.figures.all(), say)),
            )
        if len(wanted) > 1:  # figures of two metrics neither agree nor conflict
            return sheet
        picture, words = _drawn(wanted[0], figures, say) if drawn else (None, "")
        return replace(sheet, relations=tuple(relation_notes(figures, every, say)), picture=picture, alt_text=words)

    def _meant(self, name: str, say: Wording) -> Metric:
        """The metric that a member named by a choice, its title, words that find it, or a button's mark."""
        named = self._metrics()
        if marked := [metric for metric in named if name in (mark_of(metric), metric.key[:CHOICE_LETTERS])]:
            return marked[0]
        try:
            return known_metric(name, named)
        except UnknownMetricError:
            if sure := sure_metric(name, named):
                return sure
        if not named:
            raise DeskError(say(NO_METRICS))
        near = find_metrics(name, named, self._services.encoder) if name.strip() else []
        if not near:
            titled = {title: metric for metric in named for title in (metric.title, *metric.titles.values())}
            near = [titled[title] for title in difflib.get_close_matches(name, titled, OFFERED, LIKENESS)]
        titles = list(dict.fromkeys(title_in(metric, say.language) for metric in near))
        cure = say("Did you mean {names}?", names=_named(titles[:OFFERED], say)) if titles else say("See /metric list.")
        sentence = say("There is no metric “{name}”.", name=name)
        raise DeskError(say("{sentence} {next}", sentence=sentence, next=cure))

    def _counts(self) -> list[MetricCount]:
        with self._services.generation() as generation:
            store = generation.store
            named, figures = store.figures.metrics(), quotable(store.figures.all(named_only=True), store)
        groups = [(metric, [one for one in figures if one.metric == metric.key]) for metric in named]
        return [MetricCount(metric, len(group), last) for metric, group in groups if (last := newest(group))]

    def _found(self, words: str, language: str) -> Sheet:
        with self._services.generation() as generation:
            store, encoder = generation.store, self._services.encoder
            named = store.figures.metrics()
            metrics = find_metrics(words, named, encoder) if words.strip() else []
            hits = search_figures(words, quotable(store.figures.all(), store), encoder, named)
            figures = _by_sentence([stored for stored, _ in hits[:SHOWN_HITS]])
            titles = {metric.key: title_in(metric, language) for metric in named}
            return Sheet(
                parts=(("", len(figures)),),
                figures=tuple(figures),
                articles=_twins(figures, store),
                metrics=tuple(metrics),
                captions=tuple(titles.get(one.metric or "", one.figure.subject) for one in figures),
            )

    def _file(self, name: str | None, form: ExportFormat, language: str) -> ExportedFile:
        say = wording(language)
        metric = self._meant(name, say) if name is not None else None
        with self._services.generation() as generation:
            figures = quotable(generation.store.figures.all(metric.key if metric else None), generation.store)
        try:
            content = export_figures(figures, form)
        except ExportError:
            raise DeskError(say("This bot cannot write {form} files. Choose csv or json instead.", form=form)) from None
        if len(content) > MAX_FILE_BYTES:
            count = len(figures)
            raise DeskError(
                say("The {count} figures are too large for a file in Discord. Export one metric at a time.", count=count)
            )
        return ExportedFile(f"{metric.key[:80] if metric else 'figures'}.{form}", content, len(figures))


def title_in(metric: Metric, language: str) -> str:
    """A metric's title in a language, or its own where the catalogue has none."""
    return metric.titles.get(language, metric.title)


def mark_of(metric: Metric) -> str:
    """A metric in ten letters: a key may be longer than the id of a button, and hold any signs."""
    return hashlib.blake2b(metric.key.encode(), digest_size=MARK_BYTES).hexdigest()


def _by_sentence(figures: Sequence[StoredFigure]) -> list[StoredFigure]:
    """The best first, and those of one sentence beside each other."""
    places = [(one.figure.article_id, one.figure.sentence_start) for one in figures]
    return sorted(figures, key=lambda one: places.index((one.figure.article_id, one.figure.sentence_start)))


def _twins(figures: Sequence[StoredFigure], store: CorpusStore) -> dict[str, Article]:
    return {name: store.article(name) for one in figures for name in one.also_in}


def _named(titles: Iterable[str], say: Wording) -> str:
    return say(", ").join(f"“{title}”" for title in titles)


def _drawn(metric: Metric, figures: Sequence[StoredFigure], say: Wording) -> tuple[bytes | None, str]:
    """A chart and its words, where the figures are of two days or more."""
    days = {one.figure.period.end for one in figures if one.figure.period and one.figure.period.is_resolved}
    if len(days) < 2:
        return None, ""
    title = title_in(metric, say.language)
    drawn = chart(title if is_drawable(title) else metric.title, figures, say=say)
    return drawn, alt_text(title, figures, say)
