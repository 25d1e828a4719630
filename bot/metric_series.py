"""The figures of one metric put in order and compared, for the terminal and for Discord alike. Prints nothing."""

import datetime as dt
import difflib
import itertools
import logging
from collections.abc import Sequence

from bot.article_names import plain
from bot.relation_wording import finding_words, relation_words
from bot.wording import Wording, wording
from corpus.article import Span
from corpus.errors import CorpusbotError
from corpus.figure_store import StoredFigure
from corpus.figures.catalogue import Metric
from corpus.figures.figure import Figure, Status
from corpus.figures.relations import RelationKind, implausible, relation
from corpus.scripts import HAN_LETTER
from corpus.store import CorpusStore
from embeddings.metrics.metric_search import find_metrics

MOST_LIKE = 3  # keys that are offered for one that is unknown
LIKENESS = 0.4  # difflib's, from which on a key may be meant
log = logging.getLogger(__name__)


class UnknownMetricError(CorpusbotError):
    """No metric has this key; the text names the nearest ones."""


def known_metric(key: str, metrics: Sequence[Metric]) -> Metric:
    """The metric with a key; its exact title, in any language, is taken as well.

    Raises:
        UnknownMetricError: there is none; the sentence names up to three that may be meant.
    """
    for metric in metrics:
        if key == metric.key or key.casefold() in {name.casefold() for name in (metric.title, *metric.titles.values())}:
            return metric
    if not metrics:
        raise UnknownMetricError(
            f"There is no metric {key!r}: the catalogue is empty. Run: corpusbot metrics suggest, or set CATALOGUE_FILE."
        )
    found = [metric.key for metric in find_metrics(key, metrics, None)]
    near = (found or difflib.get_close_matches(key.casefold(), [metric.key for metric in metrics], cutoff=LIKENESS))[:MOST_LIKE]
    cure = f"Did you mean {' or '.join(near)}?" if near else "Run: corpusbot metrics"
    raise UnknownMetricError(f"There is no metric {key[:80]!r}. {cure}")


def by_time(figures: Sequence[StoredFigure]) -> list[StoredFigure]:
    """Figures by the time that they are about, those without a day last; of one time by their article's day."""
    return sorted(figures, key=lambda stored: (_end(stored) or dt.date.max, _published(stored), stored.id))


def newest(figures: Sequence[StoredFigure]) -> StoredFigure | None:
    """The last measured figure, or where nothing is measured and dated the last of all; nothing of none."""
    ordered = by_time(figures)
    measured = [one for one in ordered if _end(one) and one.figure.status is Status.REPORTED]
    return (measured or ordered)[-1] if ordered else None


def quotable(figures: Sequence[StoredFigure], store: CorpusStore) -> list[StoredFigure]:
    """The figures whose sentence and number stand in the database letter for letter; others are logged and never shown."""
    kept = []
    for stored in figures:
        figure = stored.figure
        sentence = store.read_span(Span(figure.article_id, figure.sentence_start, figure.sentence_end))
        if sentence == stored.sentence and store.read_span(Span(figure.article_id, figure.start, figure.end)) == figure.text:
            kept.append(stored)
        else:
            log.error("figure %d does not match article %s and is not shown", stored.id, figure.article_id)
    return kept


def relation_lines(figures: Sequence[StoredFigure], every: bool = False, say: Wording | None = None) -> list[str]:
    """How figures of one metric stand to each other, as "[1] and [2]: …", numbered from 1 in the order given.

    Args:
        every: all pairs; by default those that agree or conflict, and of those that merely differ only neighbours.
    """
    found, say = [], say or wording()
    for (first, one), (second, other) in itertools.combinations(enumerate(figures, 1), 2):
        what = relation(one.figure, other.figure)
        if every or what.kind is not RelationKind.DIFFER or second == first + 1:
            told = {"one": f"[{first}]", "other": f"[{second}]", "words": relation_words(what.words, say)}
            if what.kind is RelationKind.CONFLICT:
                found.append(say("{one} and {other}: conflict, {words}.", **told))
            else:
                found.append(say("{one} and {other}: {words}.", **told))
    return found


def finding_lines(figures: Sequence[StoredFigure], all_figures: Sequence[StoredFigure], say: Wording | None = None) -> list[str]:
    """What cannot be right about these figures, also beside others of the collection, a sentence or two each.

    Args:
        figures: those that are shown, numbered from 1 in the order given.
        all_figures: every figure that may stand against them, these included.
    """
    numbers = {_place(stored.figure): number for number, stored in enumerate(figures, 1)}
    found = []
    for finding in implausible([one.figure for one in all_figures], [one.metric for one in all_figures]):
        shown = [f"[{numbers[_place(figure)]}]" for figure in finding.figures if _place(figure) in numbers]
        if shown:
            found.append(f"{' '.join(shown)}: {finding_words(finding.words, say or wording())}")
    return found


def paragraph_of(stored: StoredFigure) -> int | None:
    """The number of the paragraph that a figure stands in; nothing in a heading."""
    start = stored.figure.start
    return next((one.number for one in stored.article.paragraphs() if one.start <= start < one.end), None)


def _place(figure: Figure) -> tuple[str, int, int]:
    return figure.article_id, figure.start, figure.end


def _end(stored: StoredFigure) -> dt.date | None:
    return stored.figure.period.end if stored.figure.period else None


def _published(stored: StoredFigure) -> dt.date:
    return stored.article.published_on or dt.date.max


def sure_metric(name: str, named: Sequence[Metric]) -> Metric | None:
    """The only metric that has all words of a name in a title or alias; a guess would show other numbers than were meant."""
    asked = plain(name)
    words = set(asked.split())

    def has(title: str) -> bool:
        held = plain(title)
        begun = all(any(own.startswith(word) for own in held.split()) for word in words)
        return begun or (HAN_LETTER.search(asked) is not None and asked in held)

    found = [one for one in named if asked and any(map(has, (one.title, *one.titles.values(), *one.aliases)))]
    return found[0] if len(found) == 1 else None
