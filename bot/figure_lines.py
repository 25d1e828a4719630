"""Figures as lines of a compact table in letters of one width, for a terminal. Pure functions.

Discord's tables are lines of plain text (`bot.figure_render`): of letters of one width, a telephone shows about thirty.
"""

from collections.abc import Sequence
from string import ascii_lowercase

from rich.cells import cell_len, set_cell_size

from bot.figure_wording import figure_value, is_nearly, period_words, status_words, value_words, written_value
from bot.wording import Wording, wording
from corpus.figure_store import StoredFigure
from corpus.figures.figure import Bound

WIDTH = 78  # columns: an old terminal's 80 without the two that the table is moved in by
MARK_WIDTH, TIME_WIDTH, STATUS_WIDTH = 3, 24, 8  # the value has what they leave, at least 40
BOUND_SIGNS = {Bound.NONE: "", Bound.ABOVE: ">", Bound.BELOW: "<", Bound.ABOUT: "~"}


def figure_lines(figures: Sequence[StoredFigure], marks: Sequence[str], say: Wording | None = None) -> list[str]:
    """A line for each figure: its mark, the value as written, the time it is about, and whether it was measured.

    Args:
        marks: what stands before each figure, such as the number of its quotation; at most three letters long.
    Returns:
        Lines of at most 78 columns. A value too long for its column is given in short form ("188.2 EFLOPS", then
        ">600 billion yuan"); what is too long all the same ends with an ellipsis.
    """
    say = say or wording()
    others = [
        (mark, period_words(one.figure.period, say), status_words(one.figure.status, say))
        for mark, one in zip(marks, figures, strict=True)
    ]
    columns = zip((MARK_WIDTH, TIME_WIDTH, STATUS_WIDTH), zip(*others, strict=True), strict=True) if others else ()
    width = WIDTH - sum(min(widest, max(map(cell_len, column))) + 1 for widest, column in columns)
    rows = [(mark, short_value(one, width, say), *rest) for (mark, *rest), one in zip(others, figures, strict=True)]
    return aligned(rows, (MARK_WIDTH, width, TIME_WIDTH, STATUS_WIDTH))


def short_value(stored: StoredFigure, width: int, say: Wording | None = None) -> str:
    """The value as the article writes it; where that is wider than `width` columns, in short form, its bound a sign at last."""
    figure, language = stored.figure, (say or wording()).language
    sign = BOUND_SIGNS[Bound.ABOUT if is_nearly(stored) else figure.bound]
    signed = f"{sign}{value_words(figure.value, figure.unit, language)}"
    short = figure_value(stored, say)
    last = short if figure.is_range else signed
    return next((text for text in (written_value(stored, say), short) if cell_len(text) <= width), last)


def source_letters(figures: Sequence[StoredFigure]) -> dict[str, str]:
    """A letter for each article, by id, in the order of the figures: a, b, …, z, aa, bb."""
    names = dict.fromkeys(one.article.id for one in figures)
    return {name: ascii_lowercase[place % 26] * (1 + place // 26) for place, name in enumerate(names)}


def aligned(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Rows as lines, each column as wide as its longest cell but no wider than `widths` has it, parted by a space.

    A cell that does not fit ends with an ellipsis; Chinese signs count two columns.
    """
    cells = [[_cell(text, width) for text, width in zip(row, widths, strict=True)] for row in rows]
    columns = [max((cell_len(row[place]) for row in cells), default=0) for place in range(len(widths))]
    return [" ".join(set_cell_size(text, width) for text, width in zip(row, columns, strict=True)).rstrip() for row in cells]


def _cell(text: str, width: int) -> str:
    """Text of one line and at most `width` columns."""
    text = " ".join(text.split())
    return text if cell_len(text) <= width else f"{set_cell_size(text, width - 1).rstrip()}…"
