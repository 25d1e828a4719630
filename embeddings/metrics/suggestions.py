"""New metrics for an operator's catalogue: figures without a name whose units are one and whose subjects mean the same.

Proposes only; what becomes a metric, and what it is called, is for a person to say.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from slugify import slugify

from corpus.figure_store import StoredFigure
from corpus.figures.catalogue import Catalogue
from corpus.scripts import HAN_LETTER
from corpus.units import is_money
from embeddings.encoder import Encoder

# Mean cosine of the subjects of one metric. At 0.6 the briefs' computing hubs and green computing facilities were one group.
ALIKE = 0.7
LEAST_FIGURES = 2  # what is told once makes no series
MOST_SUGGESTIONS = 50
MOST_ALIASES = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A metric that the catalogue might have, and the figures that would belong to it."""

    key: str
    title: str
    unit: str
    figures: tuple[StoredFigure, ...]


def suggest(figures: Sequence[StoredFigure], encoder: Encoder, taken: Catalogue) -> list[Suggestion]:
    """Propose metrics for the figures that have none.

    Args:
        taken: the catalogue in use, whose keys are not given again.
    Returns:
        The largest groups first, at most 50; empty where no two unnamed figures have a unit and a subject in common.
    """
    unnamed = [stored for stored in figures if stored.metric is None and stored.figure.subject.strip()]
    groups = [group for unit in _units(unnamed) for group in _groups(unit, encoder)]
    groups = sorted((group for group in groups if len(group) >= LEAST_FIGURES), key=len, reverse=True)
    keys = {metric.key for metric in taken.metrics}
    return [_suggestion(group, keys) for group in groups[:MOST_SUGGESTIONS]]


def as_toml(suggestions: Sequence[Suggestion]) -> str:
    """The suggestions as text to paste into a catalogue: each entry below a comment with its figures."""
    return "\n".join(_entry(suggestion) for suggestion in suggestions)


def _units(figures: Sequence[StoredFigure]) -> list[list[StoredFigure]]:
    """Figures by unit, money of all currencies together: one market is told in yuan and in dollars."""
    found: dict[str, list[StoredFigure]] = {}
    for stored in figures:
        found.setdefault("money" if is_money(stored.figure.unit) else stored.figure.unit, []).append(stored)
    return list(found.values())


def _groups(figures: Sequence[StoredFigure], encoder: Encoder) -> list[list[StoredFigure]]:
    """Figures of like subjects: each joins the group whose members are on average the most like it, or begins one."""
    subjects = list(dict.fromkeys(_described(stored) for stored in figures))
    vectors = dict(zip(subjects, encoder.encode(subjects), strict=True))
    groups: list[list[StoredFigure]] = []
    for stored in figures:
        own = vectors[_described(stored)]
        means = [sum(float(vectors[_described(other)] @ own) for other in group) / len(group) for group in groups]
        if means and max(means) >= ALIKE:
            groups[means.index(max(means))].append(stored)
        else:
            groups.append([stored])
    return groups


def _described(stored: StoredFigure) -> str:
    """What a figure measures; Chinese, which the encoder does not read, is alike only where it is equal."""
    subject = stored.figure.subject.strip()
    return subject if HAN_LETTER.search(subject) else subject.casefold()


def _suggestion(group: Sequence[StoredFigure], keys: set[str]) -> Suggestion:
    subjects = Counter(stored.figure.subject.strip() for stored in group)
    title = min(subjects, key=lambda subject: (-subjects[subject], len(subject)))
    unit = Counter(stored.figure.unit for stored in group).most_common(1)[0][0]
    return Suggestion(_free_key(title, keys), title[:1].upper() + title[1:], unit, tuple(group))


def _free_key(title: str, keys: set[str]) -> str:
    """A key from a title, with a number where it is taken; adds it to the keys."""
    stem = slugify(title, max_length=60, word_boundary=True) or "metric"
    key, number = stem, 2
    while key in keys:
        key, number = f"{stem}-{number}", number + 1
    keys.add(key)
    return key


def _entry(suggestion: Suggestion) -> str:
    subjects = dict.fromkeys(stored.figure.subject.strip() for stored in suggestion.figures)
    aliases = [subject for subject in subjects if subject.casefold() != suggestion.title.casefold()][:MOST_ALIASES]
    # A comment must stay on its line, whatever an article's id or number may hold.
    lines = [f"# {' '.join(stored.figure.text.split())} ({stored.article.id})" for stored in suggestion.figures]
    lines += ["[[metric]]", f"key = {_quoted(suggestion.key)}", f"title = {_quoted(suggestion.title)}"]
    lines += [f"aliases = [{', '.join(map(_quoted, aliases))}]", f"unit = {_quoted(suggestion.unit)}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's too, once DEL is escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
