"""Draws the figures of a metric over time as a PNG. Pure: figures in, bytes out; matplotlib needs no display for it.

Made for Discord, which shows a picture 280 (on a telephone) to 550 pixels wide before it is clicked: very large letters, and
a light ground of its own that is legible in the dark theme and in the light one.
"""

import datetime as dt
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.chart_axes import date_numbers, scale_time
from bot.chart_labels import Label, apart, place_labels
from bot.chart_texts import families, is_drawable, legend, notes, point_label, shortened
from bot.figure_conversion import in_unit
from bot.figure_wording import has_sign, short_number, status_words, unit_name, value_words
from bot.wording import Wording, wording
from corpus.errors import CorpusbotError
from corpus.figure_store import StoredFigure
from corpus.figures.figure import Period, Status

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture
    from matplotlib.text import Text

WIDTH, HEIGHT, DOTS_PER_INCH = 800, 680, 100  # pixels
GROUND, INK, FAINT = "#F6F7F9", "#1F2328", "#C9CED6"
# Okabe & Ito's colours, which colour-blind readers can tell apart, without the yellow that is lost on a light ground.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
TITLE_POINTS, TEXT_POINTS, SOURCE_POINTS = 25, 20, 19  # type sizes; a point is 1/72 inch
FEW = 6  # labels that find room in large letters
LINE = 36  # pixels from one line under the chart to the next
MARGIN, LEFT, TOP = 24, 120, 122  # pixels: at all sides, left and above of the axes
MAX_SOURCES = 4
LEAST_TITLE = 18  # points that a long title is made smaller to before it is cut
RANGE_WIDTH = 12  # points
LOG_FROM = 50  # times the smallest value, from which on a linear axis would press the small ones together
LONG_PERIOD = dt.timedelta(days=400)  # drawn as a line from its start to its end
ANY_DAY = dt.date(2025, 3, 5)  # written out, it shows which letters a language takes


class ChartError(CorpusbotError):
    """There is nothing to draw; the text says why."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A figure with its day and colour."""

    stored: StoredFigure
    day: dt.date
    colour: str

    @property
    def ends(self) -> tuple[dt.date, ...]:
        """First and last day of a period of years; nothing for a shorter one."""
        period = self.stored.figure.period
        if period is None or period.start is None or period.end is None or period.end - period.start < LONG_PERIOD:
            return ()
        return period.start, period.end


def chart(title: str, figures: Sequence[StoredFigure], unit: str | None = None, say: Wording | None = None) -> bytes:
    """Draw figures over time: reported ones solid, forecasts and targets hollow, ranges as bars, one colour an article.

    Args:
        figures: of one metric. Those without a day, or in another unit than most, stand in a line under the chart.
        unit: convert into it first; by default the figures' own.
        say: the reader's language; English where the machine has no font for it.
    Returns:
        A PNG, 800 by 680 pixels.
    Raises:
        ChartError: no figure has a day.
        ConversionError: `unit` does not fit.
    """
    say = say if say and is_drawable(say.day(ANY_DAY)) else wording()
    figures = in_unit(figures, unit) if unit else figures
    drawn, undated, other_unit = _sorted_out(figures)
    if not drawn:
        raise ChartError(f"None of the {len(figures)} figures has a known date, so there is nothing to draw over time.")
    footer = [*_sources(drawn, say), *((None, note) for note in notes(undated, other_unit, say))]
    picture, axes = _empty_chart(title, len(footer))
    _scale(axes, drawn, say)
    _clear_left(picture, axes)
    spots = apart(axes, [(date_numbers([one.day])[0], float(one.stored.figure.value)) for one in drawn])
    for one, spot in zip(drawn, spots, strict=True):
        _draw(axes, one, spot[0])
    _write_key(picture, drawn, say)
    for number, (colour, text) in enumerate(footer):
        _write_source(picture, LINE * (len(footer) - number) - LINE / 4, colour, text)
    labels = [Label(spot, point_label(one.stored, say), one.colour) for one, spot in zip(drawn, spots, strict=True)]
    place_labels(axes, labels, families(), TEXT_POINTS if len(labels) <= FEW else SOURCE_POINTS - 3, GROUND)
    return _png(picture)


def _sorted_out(figures: Sequence[StoredFigure]) -> tuple[list[_Drawn], list[StoredFigure], list[StoredFigure]]:
    """What can be drawn, by day; what has no day; what is in another unit than most."""
    dated = [stored for stored in figures if stored.figure.period and stored.figure.period.is_resolved]
    undated = [stored for stored in figures if stored not in dated]
    if not dated:
        return [], undated, []
    unit = Counter(stored.figure.unit for stored in dated).most_common(1)[0][0]
    fitting = [stored for stored in dated if stored.figure.unit == unit]
    articles = list(dict.fromkeys(stored.article.id for stored in fitting))
    colours = {article: COLOURS[number % len(COLOURS)] for number, article in enumerate(articles)}
    drawn = [_Drawn(stored, _day(stored.figure.period), colours[stored.article.id]) for stored in fitting]
    drawn.sort(key=lambda one: (one.day, one.stored.figure.value))
    return drawn, undated, [stored for stored in dated if stored.figure.unit != unit]


def _day(period: Period | None) -> dt.date:
    """Where a period stands on the axis: a year in its middle, so that 2025 is not drawn where 2026 begins.

    Of several years at their end, with a line back to their start: what is "reached from 2025 to 2035" is reached in 2035.
    """
    assert period is not None and period.end is not None  # only dated figures are drawn
    if period.start is None or period.end - period.start >= LONG_PERIOD:
        return period.end
    return period.start + (period.end - period.start) / 2


def _sources(drawn: Sequence[_Drawn], say: Wording) -> list[tuple[str | None, str]]:
    """A line for each article with its colour, in order of the points; too many are counted."""
    sources = {one.stored.article.id: (one.colour, one.stored.article) for one in drawn}
    words = legend([article for _, article in sources.values()], say)
    lines: list[tuple[str | None, str]] = [(colour, text) for (colour, _), text in zip(sources.values(), words, strict=True)]
    if len(lines) <= MAX_SOURCES:
        return lines
    return [*lines[: MAX_SOURCES - 1], (None, say("and {count} more articles", count=len(lines) - MAX_SOURCES + 1))]


def _empty_chart(title: str, lines_below: int) -> "tuple[Picture, Axes]":
    """A picture with its title and axes, with room for lines under it."""
    # Matplotlib takes a second to load, and only a picture needs it. Without pyplot it opens no window and keeps no state.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Picture

    picture = Picture(figsize=(WIDTH / DOTS_PER_INCH, HEIGHT / DOTS_PER_INCH), dpi=DOTS_PER_INCH, facecolor=GROUND)
    FigureCanvasAgg(picture)
    if is_drawable(title):
        written = _write(picture, MARGIN, HEIGHT - 30, title, TITLE_POINTS, weight="bold")
        points = TITLE_POINTS
        while _end_of(picture, written) > WIDTH - MARGIN and points > LEAST_TITLE:
            points -= 1
            written.set_fontsize(points)
        _cut(picture, written)
    bottom = LINE * lines_below + 68
    box = (LEFT / WIDTH, bottom / HEIGHT, (WIDTH - LEFT - 40) / WIDTH, (HEIGHT - bottom - TOP) / HEIGHT)
    axes = picture.add_axes(box, facecolor=GROUND)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.grid(axis="y", color=FAINT, linewidth=1)
    axes.set_axisbelow(True)
    return picture, axes


def _write(picture: "Picture", x: float, y: float, text: str, points: float, **looks: Any) -> "Text":
    """Text whose left end is `x`, and middle `y` pixels from the lower left corner; a "$" in it is a dollar, not mathematics."""
    everywhere: dict[str, Any] = {"color": INK, "family": families(), "va": "center", "parse_math": False}
    return picture.text(x / WIDTH, y / HEIGHT, text, fontsize=points, **(everywhere | looks))


def _scale(axes: "Axes", drawn: Sequence[_Drawn], say: Wording) -> None:
    """Set both axes so that all points and their labels have room."""
    figures = [one.stored.figure for one in drawn]
    low, high = float(min(f.low for f in figures)), float(max(f.high for f in figures))
    if low > 0 and high > LOG_FROM * low:
        axes.set_yscale("log")
        axes.set_ylim(low / 4, high * 6)
    else:
        room = (max(high, 0) - min(low, 0)) or 1
        axes.set_ylim(min(low - room / 4, 0) if low < 0 else 0, max(high, 0) + room * 0.38)
        axes.locator_params(axis="y", nbins=5)
    axes.yaxis.set_major_formatter(lambda value, _: _tick(value, figures[0].unit, say))
    axes.yaxis.minorticks_off()
    scale_time(axes, [one.day for one in drawn], [end for one in drawn for end in one.ends])
    axes.tick_params(length=0, labelsize=SOURCE_POINTS, labelcolor=INK, labelfontfamily=list(families()))


def _tick(value: float, unit: str, say: Wording) -> str:
    """A value on the axis; with its unit where that is a sign, since each point names it anyhow."""
    number = Decimal(f"{value:.6g}")
    return value_words(number, unit, say.language) if has_sign(unit) else short_number(number, say.language)


def _clear_left(picture: "Picture", axes: "Axes") -> None:
    """Move the axes so that the longest number on the left is not cut."""
    numbers = axes.yaxis.get_tightbbox(picture.canvas.get_renderer())  # type: ignore[attr-defined]
    box = axes.get_position()
    missing = (MARGIN - numbers.x0) / WIDTH if numbers else 0
    axes.set_position((box.x0 + missing, box.y0, box.width - missing, box.height))


def _draw(axes: "Axes", one: _Drawn, x: float) -> None:
    """A point, with a bar from the lower to the upper value of a range and a line over a period of years."""
    figure = one.stored.figure
    looks = _looks(figure.status, one.colour)
    if figure.is_range:
        ends = [float(figure.low), float(figure.high)]
        axes.plot([x, x], ends, color=one.colour, linewidth=RANGE_WIDTH, alpha=0.35, solid_capstyle="butt")
        axes.plot([x, x], ends, "_", color=one.colour, markersize=26, markeredgewidth=3)
        looks |= {"markersize": 10, "markeredgewidth": 3}
    if one.ends:
        axes.plot(date_numbers(one.ends), [float(figure.value)] * 2, color=one.colour, linewidth=3, alpha=0.5, zorder=2)
    axes.plot([x], [float(figure.value)], linestyle="none", zorder=3, **looks)


def _looks(status: Status, colour: str) -> dict[str, Any]:
    solid = status is Status.REPORTED
    return {
        "marker": "D" if status is Status.TARGET else "o",
        "markersize": 15 if status is Status.TARGET else 17,
        "markerfacecolor": colour if solid else GROUND,
        "markeredgecolor": colour,
        "markeredgewidth": 4,
    }


def _write_key(picture: "Picture", drawn: Sequence[_Drawn], say: Wording) -> None:
    """Which mark is what, under the title; only of the marks that are there."""
    x, y = MARGIN + 10.0, HEIGHT - 82.0
    there = {one.stored.figure.status for one in drawn}
    for status in (status for status in Status if status in there):
        _mark(picture, x, y, _looks(status, INK))
        x = _end_of(picture, _write(picture, x + 22, y, status_words(status, say), SOURCE_POINTS)) + 40
    if any(one.stored.figure.is_range for one in drawn):
        _mark(picture, x, y, {"marker": "|", "markersize": 24, "markeredgewidth": RANGE_WIDTH, "color": INK, "alpha": 0.35})
        x = _end_of(picture, _write(picture, x + 20, y, say("range of values"), SOURCE_POINTS)) + 40
    if unit := unit_name(drawn[0].stored.figure.unit, say.language):
        written = _write(picture, WIDTH - MARGIN, y, unit, SOURCE_POINTS, ha="right")
        if _start_of(picture, written) < x:  # the alternative text has it
            written.remove()


def _start_of(picture: "Picture", text: "Text") -> float:
    return float(text.get_window_extent(picture.canvas.get_renderer()).x0)  # type: ignore[attr-defined]


def _end_of(picture: "Picture", text: "Text") -> float:
    return float(text.get_window_extent(picture.canvas.get_renderer()).x1)  # type: ignore[attr-defined]


def _mark(picture: "Picture", x: float, y: float, looks: dict[str, Any]) -> None:
    from matplotlib.lines import Line2D  # loaded by now

    picture.add_artist(Line2D([x / WIDTH], [y / HEIGHT], linestyle="none", **looks))


def _write_source(picture: "Picture", y: float, colour: str | None, text: str) -> None:
    if colour:
        _mark(picture, MARGIN + 10, y, {"marker": "o", "markersize": 13, "color": colour})
    written = _write(picture, MARGIN + (30 if colour else 0), y, text, SOURCE_POINTS)
    _cut(picture, written)


def _cut(picture: "Picture", written: "Text") -> None:
    """Shorten a text until it fits; letters differ in width."""
    while _end_of(picture, written) > WIDTH - MARGIN:
        written.set_text(shortened(written.get_text(), len(written.get_text()) - 3))


def _png(picture: "Picture") -> bytes:
    file = io.BytesIO()
    # Without a note on the software, the same figures give the same bytes.
    picture.savefig(file, format="png", facecolor=GROUND, metadata={"Software": None})
    return file.getvalue()
