"""Articles -> their figures, named by metric, each statement once -> the figure store of a new generation.

Reads no number itself (`corpus.figures.extraction`), and knows nothing of generations (`embeddings.reindex`).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.article import Article, Span
from corpus.figure_store import FigureEntry, FigureStore
from corpus.figures.catalogue import Catalogue
from corpus.figures.extraction import figures_in
from corpus.figures.figure import Figure, LeftOut
from corpus.figures.relations import same_statement
from embeddings.encoder import Encoded, Encoder, Vectors
from embeddings.encoding import Progress, encode_chunks, encode_texts
from embeddings.metrics.matching import MetricMatch, match_metrics
from embeddings.vector_cache import KnownVectors

TELLING_VALUE = 100  # two articles that both speak of "two countries" need not mean the same two; of 35,000 visitors they do
TOO_LARGE = "larger than the database can hold"


@dataclass(frozen=True, slots=True)
class CollectionFigures:
    """The figures of all articles in order, and by article id the numbers that were left out."""

    figures: tuple[Figure, ...]
    left_out: Mapping[str, tuple[LeftOut, ...]]


def collection_figures(articles: Iterable[Article]) -> CollectionFigures:
    """Read every article's numbers. One beyond what a REAL can hold (about 10^308) is left out, as what cannot be read is."""
    figures: list[Figure] = []
    left_out: dict[str, tuple[LeftOut, ...]] = {}
    for article in articles:
        extraction = figures_in(article)
        fitting = [figure for figure in extraction.figures if _fits(figure)]
        too_large = [LeftOut(f.start, f.end, f.text, TOO_LARGE) for f in extraction.figures if not _fits(f)]
        figures += fitting
        left_out[article.id] = tuple(sorted((*extraction.left_out, *too_large), key=lambda one: one.start))
    return CollectionFigures(tuple(figures), left_out)


def _fits(figure: Figure) -> bool:
    return all(math.isfinite(float(value)) for value in (figure.low, figure.value, figure.high))


def store_figures(
    found: CollectionFigures, articles: Sequence[Article], store: FigureStore, catalogue: Catalogue | None, encoder: Encoder
) -> None:
    """Name the figures of a collection, join those that several articles state, and store everything.

    Args:
        catalogue: the metrics; without one, or with an empty one, no figure is named and nothing is encoded.
        encoder: tells how near a figure's words are to a metric's.
    """
    texts = {article.id: article.text for article in articles}
    if catalogue and catalogue.metrics:
        sentences = [texts[figure.article_id][figure.sentence_start : figure.sentence_end] for figure in found.figures]
        matches = match_metrics(found.figures, sentences, catalogue, encoder)
        store.add_metrics(catalogue.metrics)
    else:
        matches = [MetricMatch(None, 0.0)] * len(found.figures)
    store.add(statements(found.figures, matches, articles))
    for article_id, left_out in found.left_out.items():
        store.add_left_out(article_id, left_out)


@dataclass(slots=True)
class _Statement:
    """A figure that is kept, with the places that say the same as they are found."""

    figure: Figure
    match: MetricMatch
    also_in: list[Span] = field(default_factory=list)

    def is_repeated_by(self, figure: Figure) -> bool:
        return self.figure.article_id != figure.article_id and same_statement(self.figure, figure)


def statements(figures: Sequence[Figure], matches: Sequence[MetricMatch], articles: Sequence[Article]) -> list[FigureEntry]:
    """Join the figures by which several articles make one statement; the article published first keeps it.

    Articles of unknown day come last, and of the same day by id. What one article says twice stays two figures.
    Returns:
        The figures that are kept, by article in this order, within an article in text order.
    """
    by_day = sorted(articles, key=lambda article: (article.published_on is None, str(article.published_on), article.id))
    rank = {article.id: place for place, article in enumerate(by_day)}
    kept: list[_Statement] = []
    alike: dict[tuple[str, ...], list[_Statement]] = {}
    pairs = sorted(zip(figures, matches, strict=True), key=lambda pair: (rank[pair[0].article_id], pair[0].start))
    for figure, match in pairs:
        group = _group(figure, match)
        rivals = alike.setdefault(group, []) if group else []
        first = next((statement for statement in rivals if statement.is_repeated_by(figure)), None)
        if first:
            first.also_in.append(Span(figure.article_id, figure.start, figure.end))
        else:
            kept.append(_Statement(figure, match))
            rivals.append(kept[-1])
    return [FigureEntry(one.figure, one.match.key, one.match.score, tuple(one.also_in)) for one in kept]


def _group(figure: Figure, match: MetricMatch) -> tuple[str, ...] | None:
    """What two figures must share to be one statement; nothing where a figure says too little to be recognised."""
    if match.key is not None:
        return (match.key,)
    dated = figure.period is not None and figure.period.is_resolved
    if not figure.subject or not (dated or abs(figure.value) >= TELLING_VALUE):
        return None
    return (figure.unit, figure.subject.casefold())


class KnownFirst:
    """An encoder that asks for known vectors first, so that a reindex encodes no words around a figure twice."""

    def __init__(self, encoder: Encoder, known: KnownVectors, progress: Progress | None = None, total: int = 0) -> None:
        """Stand in for an encoder.

        Args:
            progress: called with (texts done, `total`), never falling and never beyond `total`, however much is encoded.
        """
        self.name, self.digest, self.dimension = encoder.name, encoder.digest, encoder.dimension
        self._encoder, self._known = encoder, known
        self._progress, self._total, self._done = progress, total, 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As the encoder does, encoding only what is not known."""
        return encode_texts(texts, self._encoder, self._known, self._tell)[0]

    def encode_with_tokens(self, texts: Sequence[str]) -> list[Encoded]:
        """As the encoder does, encoding only what is not known."""
        return encode_chunks(texts, self._encoder, self._known, self._tell)[0]

    def _tell(self, done: int, _: int) -> None:
        self._done = max(self._done, min(done, self._total))
        if self._progress:
            self._progress(self._done, self._total)
