"""Measures how well figures are read out of articles, against labels: the spans, and what is said of each figure.

Reads no labels (`.figure_labels`), no articles (`.figure_readings`) and prints nothing (`.figure_tables`). A labelled figure is
*found* when a reading overlaps its span; each reading finds one. What is said of a figure is measured on those found.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.article import Article
from embeddings.evaluation.figure_details import DETAILS, LABELLED, verdicts
from embeddings.evaluation.figure_labels import LabelledLine, LocatedLine, Place, located
from embeddings.evaluation.figure_readings import OURS, Reader, Reading
from embeddings.evaluation.labelled_files import EvaluationError
from embeddings.evaluation.report import Measure, Row, ratio_of_sums
from embeddings.evaluation.selection import Half

Likeness = Callable[[Place, Place], bool]
SPANS: Mapping[str, Likeness] = {
    "spans": lambda label, span: label == span,
    "overlaps": lambda label, span: label[0] < span[1] and span[0] < label[1],
}
SCORES = ("precision", "recall", "f1")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A figure that was found, and what is wrong in what is said of it."""

    text: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """What one reader found in one labelled line.

    `counts` holds, by measure, the cases that are right and all cases: every measure is a ratio of two such sums.
    """

    line: LabelledLine
    counts: Mapping[str, tuple[int, int]]
    missed: tuple[str, ...]
    extra: tuple[str, ...]
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True)
class FigureReport:
    """Everything that one measuring of figures found; `measures` are named "reader/measure", `rows` and `outcomes` are ours."""

    set: str
    half: str
    lines: int
    figures: int
    readers: tuple[str, ...]
    measures: tuple[Measure, ...]
    rows: tuple[Row, ...]
    outcomes: tuple[LineOutcome, ...]
    notes: tuple[str, ...]

    def measure(self, key: str) -> Measure | None:
        """One measure by "reader/measure"; nothing where the reader does not say such a thing."""
        return next((measure for measure in self.measures if measure.key == key), None)


def measure_figures(
    name: str,
    lines: Sequence[LabelledLine],
    articles: Mapping[str, Article],
    readers: Mapping[str, Reader],
    half: Half = Half.ALL,
    notes: Iterable[str] = (),
) -> FigureReport:
    """Read the articles of some labelled lines by each reader, and measure the figures against the labels.

    Args:
        articles: the collection, by id; lines about others are left out, with a note.
        readers: by name; one of them is `OURS`.
    Raises:
        EvaluationError: two figures of a line overlap, or no line is about an article of the collection.
    """
    there, left_out = _held(lines, articles)
    if not there:
        raise EvaluationError(
            f"None of the {len(lines)} labelled lines is about an article of the collection. Set COLLECTION_DIR."
        )
    outcomes = {reader: _outcomes(there, read) for reader, read in readers.items()}
    measures = [measure for reader, of_reader in outcomes.items() for measure in _measures(of_reader, f"{reader}/")]
    ours = tuple(outcomes.get(OURS, ()))
    figures = sum(len(place.places) for place in there)
    return FigureReport(
        name, str(half), len(there), figures, tuple(readers), tuple(measures), _rows(ours), ours, (*left_out, *notes)
    )


def _held(lines: Sequence[LabelledLine], articles: Mapping[str, Article]) -> tuple[list[LocatedLine], list[str]]:
    """The lines that the collection holds, and a note on each article that it does not, or holds in other words."""
    found = [(line, located(line, articles)) for line in lines]
    # A paragraph without figures fits any article: one label that does not fit shows that the file is about another text.
    others = {(line.set, line.article_id) for line, place in found if place is None}
    notes = []
    for name, article_id in sorted(others, key=str):
        left_out = sum((line.set, line.article_id) == (name, article_id) for line in lines)
        why = "is about another text than the collection's" if article_id in articles else "is not in the collection"
        notes.append(f"Left out: {left_out} lines of {name} on {article_id}, which {why}.")
    return [place for line, place in found if place and (line.set, line.article_id) not in others], notes


def _outcomes(lines: Sequence[LocatedLine], read: Reader) -> list[LineOutcome]:
    known: dict[str, Sequence[Reading]] = {}
    for line in lines:
        if line.article.source_digest not in known:
            known[line.article.source_digest] = read(line.article)
    return [_outcome(line, known[line.article.source_digest]) for line in lines]


def _outcome(line: LocatedLine, readings: Sequence[Reading]) -> LineOutcome:
    start, end = line.window
    here = sorted((one for one in readings if start <= one.start and one.end <= end), key=lambda one: one.start)
    spans = [(one.start, one.end) for one in here]
    matched = pairs(line.places, spans, SPANS["overlaps"])
    labels = line.line.figures
    judged = [(labels[label].text, verdicts(labels[label], here[reading])) for label, reading in matched]
    met, read = {label for label, _ in matched}, {reading for _, reading in matched}
    wrong = [
        Wrong(text, tuple(detail for detail in said if not said[detail] and LABELLED not in detail)) for text, said in judged
    ]
    return LineOutcome(
        line.line,
        _span_counts(line.places, spans) | _detail_counts([said for _, said in judged]),
        tuple(label.text for number, label in enumerate(labels) if number not in met),
        tuple(line.article.text[slice(*span)] for number, span in enumerate(spans) if number not in read),
        tuple(one for one in wrong if one.details),
    )


def _span_counts(labels: Sequence[Place], spans: Sequence[Place]) -> dict[str, tuple[int, int]]:
    counts: dict[str, tuple[int, int]] = {}
    for kind, alike in SPANS.items():
        found = len(pairs(labels, spans, alike))
        # In the order of SCORES; F1 is twice the hits over labels and readings together.
        sums = (found, len(spans)), (found, len(labels)), (2 * found, len(spans) + len(labels))
        counts |= {f"{kind}/{score}": pair for score, pair in zip(SCORES, sums, strict=True)}
    return counts


def _detail_counts(judged: Sequence[Mapping[str, bool]]) -> dict[str, tuple[int, int]]:
    by_detail = {detail: [said[detail] for said in judged if detail in said] for detail in DETAILS}
    return {f"details/{detail}": (sum(right), len(right)) for detail, right in by_detail.items() if right}


def pairs(labels: Sequence[Place], spans: Sequence[Place], alike: Likeness) -> list[tuple[int, int]]:
    """Which label is met by which span, each once: those of the very same place first, then in order of the text."""
    found: dict[int, int] = {}
    for meets in (SPANS["spans"], alike):
        for label in sorted(range(len(labels)), key=labels.__getitem__):
            free = (span for span in range(len(spans)) if span not in found.values() and meets(labels[label], spans[span]))
            if label not in found and (span := next(free, None)) is not None:
                found[label] = span
    return sorted(found.items())


def _measures(outcomes: Sequence[LineOutcome], prefix: str) -> list[Measure]:
    keys = [f"{kind}/{name}" for kind in SPANS for name in SCORES]
    keys += [f"details/{detail}" for detail in DETAILS]
    told = {key for outcome in outcomes for key in outcome.counts}
    found = [
        ratio_of_sums(prefix + key, [outcome.counts.get(key, (0, 0)) for outcome in outcomes]) for key in keys if key in told
    ]
    # Twice the figures, more or less, are under F1's line; people are told how many there are.
    figures = sum(len(outcome.line.figures) for outcome in outcomes)
    return [replace(measure, questions=figures) if measure.key.endswith("/f1") else measure for measure in found]


def _rows(outcomes: Sequence[LineOutcome]) -> tuple[Row, ...]:
    """Our numbers for each file; none where all is of one."""
    names = sorted({outcome.line.set for outcome in outcomes})
    if len(names) < 2:
        return ()
    by_name = {name: [outcome for outcome in outcomes if outcome.line.set == name] for name in names}
    return tuple(Row("file", name, len(of_file), tuple(_measures(of_file, ""))) for name, of_file in by_name.items())
