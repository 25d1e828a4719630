"""Draws how a server's questions went over time as a PNG, in the look of `bot.charts`. Pure: counts in, bytes out."""

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.activity import Outcome
from bot.activity_statistics import Stretch
from bot.chart_texts import MAX_ALT_TEXT, families, is_drawable, shortened
from bot.charts import (
    ANY_DAY,
    COLOURS,
    DOTS_PER_INCH,
    FAINT,
    GROUND,
    HEIGHT,
    INK,
    MARGIN,
    SOURCE_POINTS,
    TITLE_POINTS,
    WIDTH,
)
from bot.wording import N_, Wording, wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture
    from matplotlib.text import Text

# In the order of the bars from below; green and orange, and blue and vermilion, are told apart by colour-blind readers, too.
OUTCOME_COLOURS = dict(zip(Outcome, (COLOURS[2], COLOURS[5], COLOURS[0], COLOURS[1]), strict=True))
OUTCOME_WORDS = {
    Outcome.ANSWERED: N_("answered"),
    Outcome.CAUTIOUS: N_("answered with caution"),
    Outcome.DECLINED: N_("not in the articles"),
    Outcome.FAILED: N_("failed"),
}
LEFT, RIGHT, BOTTOM, TOP = 90, 130, 70, 170  # pixels around the axes, for the numbers, the days, the title and the key
MARK_ROOM, GAP = 30, 30  # pixels of a mark in the key, and from one to the next
KEY_TOP, KEY_LINE = 84, 40  # pixels from the top to the key's first line, and between two of its lines
MOST_TICKS = 3  # days named
BAR_WIDTH = 0.8  # of the room that each stretch has
MOST_LEVELS = 5  # numbers on the left


def outcome_words(outcome: Outcome, say: Wording) -> str:
    """How a question went, in words."""
    return say(OUTCOME_WORDS[outcome])


def activity_title(stretches: Sequence[Stretch], say: Wording) -> str:
    """What the chart shows: questions per day or per week."""
    weekly = any(one.first != one.last for one in stretches)
    return say("Questions per week") if weekly else say("Questions per day")


def activity_alt_text(stretches: Sequence[Stretch], say: Wording) -> str:
    """The chart in words for those who cannot see it; at most 1,024 characters."""
    busiest = max(stretches, key=lambda one: sum(one.outcomes.values()))
    counts = ", ".join(f"{outcome_words(outcome, say)} {count}" for outcome, count in _totals(stretches).items())
    dates = say("From {first} to {last}.", first=say.day(stretches[0].first), last=say.day(stretches[-1].last))
    most = say("Most on {day}: {count}.", day=say.day(busiest.first), count=sum(busiest.outcomes.values()))
    chart = say("Chart: {title}.", title=activity_title(stretches, say))
    return shortened(f"{chart} {dates} {counts}. {most}", MAX_ALT_TEXT)


def activity_chart(stretches: Sequence[Stretch], say: Wording | None = None) -> bytes:
    """Draw a bar for each stretch, one part above the other for each way that questions went.

    Args:
        stretches: at least one, oldest first (`bot.activity_statistics.over_time`).
        say: the reader's language; English where the machine has no font for it.
    Returns:
        A PNG, 1100 by 680 pixels.
    """
    say = say if say and is_drawable(say.day(ANY_DAY)) else wording()
    picture, axes = _empty_chart(activity_title(stretches, say))
    _draw_bars(axes, stretches)
    _scale(axes, stretches, say)
    _write_key(picture, _totals(stretches), say)
    file = io.BytesIO()
    # Without a note on the software, the same counts give the same bytes.
    picture.savefig(file, format="png", facecolor=GROUND, metadata={"Software": None})
    return file.getvalue()


def _totals(stretches: Sequence[Stretch]) -> dict[Outcome, int]:
    """How many questions went how; only of the ways that there are."""
    totals = {outcome: sum(one.outcomes.get(outcome, 0) for one in stretches) for outcome in Outcome}
    return {outcome: count for outcome, count in totals.items() if count}


def _empty_chart(title: str) -> "tuple[Picture, Axes]":
    # Matplotlib takes a second to load, and only a picture needs it. Without pyplot it opens no window and keeps no state.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Picture

    picture = Picture(figsize=(WIDTH / DOTS_PER_INCH, HEIGHT / DOTS_PER_INCH), dpi=DOTS_PER_INCH, facecolor=GROUND)
    FigureCanvasAgg(picture)
    _write(picture, MARGIN, HEIGHT - 30, title, fontsize=TITLE_POINTS, weight="bold")
    box = (LEFT / WIDTH, BOTTOM / HEIGHT, (WIDTH - LEFT - RIGHT) / WIDTH, (HEIGHT - BOTTOM - TOP) / HEIGHT)
    axes = picture.add_axes(box, facecolor=GROUND)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.grid(axis="y", color=FAINT, linewidth=1)
    axes.set_axisbelow(True)
    return picture, axes


def _write(picture: "Picture", x: float, y: float, text: str, **looks: Any) -> "Text":
    """Text whose left end is `x`, and middle `y` pixels from the lower left corner."""
    usual: dict[str, Any] = {"color": INK, "family": families(), "va": "center", "parse_math": False, "fontsize": SOURCE_POINTS}
    return picture.text(x / WIDTH, y / HEIGHT, text, **(usual | looks))


def _draw_bars(axes: "Axes", stretches: Sequence[Stretch]) -> None:
    below = [0] * len(stretches)
    for outcome, colour in OUTCOME_COLOURS.items():
        counts = [one.outcomes.get(outcome, 0) for one in stretches]
        axes.bar(range(len(stretches)), counts, BAR_WIDTH, below, color=colour)
        below = [sum(pair) for pair in zip(below, counts, strict=True)]


def _scale(axes: "Axes", stretches: Sequence[Stretch], say: Wording) -> None:
    """Whole numbers on the left, and a few days below, the last one among them."""
    highest = max(sum(one.outcomes.values()) for one in stretches)
    axes.set_ylim(0, max(highest, 1) * 1.08)
    axes.set_xlim(-0.7, max(len(stretches) - 0.3, 3))  # a few days do not fill the picture
    axes.locator_params(axis="y", nbins=MOST_LEVELS, integer=True)
    step = -(-len(stretches) // MOST_TICKS)
    named = range(len(stretches) - 1, -1, -step)
    axes.set_xticks(list(named), [say.day(stretches[place].first) for place in named])
    axes.tick_params(length=0, labelsize=SOURCE_POINTS - 1, labelcolor=INK, labelfontfamily=list(families()))


def _write_key(picture: "Picture", totals: Mapping[Outcome, int], say: Wording) -> None:
    """Which colour is what, with how many there were, under the title; only of the colours that are there."""
    from matplotlib.lines import Line2D  # loaded by now

    x, y = float(MARGIN), HEIGHT - KEY_TOP
    for outcome, count in totals.items():
        text = _write(picture, 0, y, f"{outcome_words(outcome, say)} {count}")
        width = _width(picture, text)
        if x > MARGIN and x + MARK_ROOM + width > WIDTH - MARGIN:
            x, y = float(MARGIN), y - KEY_LINE
        looks: dict[str, Any] = {"marker": "s", "markersize": 15, "color": OUTCOME_COLOURS[outcome], "linestyle": "none"}
        picture.add_artist(Line2D([(x + 10) / WIDTH], [y / HEIGHT], **looks))
        text.set(x=(x + MARK_ROOM) / WIDTH, y=y / HEIGHT)
        x += MARK_ROOM + width + GAP


def _width(picture: "Picture", text: "Text") -> float:
    """How many pixels a text takes from left to right."""
    return float(text.get_window_extent(picture.canvas.get_renderer()).width)  # type: ignore[attr-defined]
