"""Whether what is said of a figure is what its label says: value, unit, bound, status, date, subject, place, speaker.

The rules were set before anything was measured; docs/evaluation.md tells them.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from corpus.figures.figure import ARTICLE, Bound, Figure, Status
from embeddings.evaluation.figure_labels import FigureLabel
from embeddings.evaluation.figure_readings import Reading
from embeddings.evaluation.spans import TOKEN
from embeddings.lexical_index import STOP_WORDS

LABEL_SHARE = 0.5  # of the label's content words must be among those found
FOUND_SHARE = 0.34  # of the words found must be the label's: a third, so that a whole sentence is no subject
ROUNDED_FROM = 2  # decimals: a label with so many may be a rounded one, as 33.33 for a third


def _value(label: FigureLabel, reading: Reading) -> bool:
    return _same(label.low, reading.low) and _same(label.high, reading.high)


def _same(label: Decimal, found: Decimal) -> bool:
    decimals = -int(label.as_tuple().exponent)
    return label == found or (decimals >= ROUNDED_FROM and label == round(found, decimals))


def _unit(label: FigureLabel, reading: Reading) -> bool:
    return label.unit == reading.unit


def _date(label: FigureLabel, figure: Figure) -> bool:
    found = (figure.period.start, figure.period.end) if figure.period else (None, None)
    return found == (label.period_start, label.period_end)


# What every reader says of a figure, and what ours alone does.
OF_ALL: Mapping[str, Callable[[FigureLabel, Reading], bool]] = {
    "value_and_unit": lambda label, reading: _value(label, reading) and _unit(label, reading),
    "value": _value,
    "unit": _unit,
}
OF_OURS: Mapping[str, Callable[[FigureLabel, Figure], bool]] = {
    "bound": lambda label, figure: label.bound is figure.bound,
    "status": lambda label, figure: label.status is figure.status,
    "date": _date,
    "subject": lambda label, figure: any(same_subject(one, figure.subject) for one in (label.subject, *label.subject_also)),
    "place": lambda label, figure: _name(label.place) == _name(figure.place),
    "speaker": lambda label, figure: same_speaker(label.speaker, figure.speaker),
}


# Most figures have none of these, so that who never finds any is right mostly: what is labelled is told by itself too.
IS_LABELLED: Mapping[str, Callable[[FigureLabel], bool]] = {
    "bound": lambda label: label.bound is not Bound.NONE,
    "status": lambda label: label.status is not Status.REPORTED,
    "date": lambda label: label.period_end is not None,
    "place": lambda label: label.place is not None,
    "speaker": lambda label: label.speaker != ARTICLE,
}
LABELLED = "_labelled"  # ends the names of these measures
DETAILS = (*OF_ALL, *OF_OURS, *(detail + LABELLED for detail in IS_LABELLED))


def verdicts(label: FigureLabel, reading: Reading) -> dict[str, bool]:
    """What a reading says of a figure, by name in the order of `DETAILS`, and whether it is right."""
    said = {detail: right(label, reading) for detail, right in OF_ALL.items()}
    if figure := reading.figure:
        said |= {detail: right(label, figure) for detail, right in OF_OURS.items()}
        said |= {detail + LABELLED: said[detail] for detail, is_labelled in IS_LABELLED.items() if is_labelled(label)}
    return said


def same_subject(label: str, found: str) -> bool:
    """Whether two subjects are one: enough of the label's content words are found, and enough of those found are the label's.

    Content words are in lower case, without stop words and without the ending of a plural; a subject without any is like
    another such only.
    """
    wanted, said = content_words(label), content_words(found)
    if not wanted or not said:
        return wanted == said
    shared = len(wanted & said)
    return shared / len(wanted) >= LABEL_SHARE and shared / len(said) >= FOUND_SHARE


def same_speaker(label: str, found: str) -> bool:
    """Whether two speakers are one: alike but for capitals and "the", or the words of one are all among the other's."""
    if ARTICLE in (label, found):
        return label == found
    wanted, said = content_words(label), content_words(found)
    return wanted == said or bool(wanted and said and (wanted <= said or said <= wanted))


def _name(place: str | None) -> str:
    return re.sub(r"^the\s+|['’]s?$", "", " ".join((place or "").casefold().split()))


def content_words(text: str) -> frozenset[str]:
    """The words that say what a subject is: "the AI companies" has `ai` and `company`; Chinese counts by signs."""
    return frozenset(_singular(word) for word in TOKEN.findall(text.lower()) if word not in STOP_WORDS)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
