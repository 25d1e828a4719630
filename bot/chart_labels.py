"""Finds a place for each label of a chart where it covers neither a point nor another label."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

MARK = 14  # pixels that a point reaches from its middle
NEAR, FAR = 24, 100  # pixels from a point to its label; the far ones are tied to it by a line
NEAR_ENOUGH = 48  # pixels from which on a label is tied to its point
ASIDE = 20  # pixels by which a point is moved that would hide another
DARKER = 0.6
MOST_LABELS = 40  # more find no room, and looking for it takes long
STEPS = 40  # places of a line at which it is looked whether it runs over something
EDGE = 10  # pixels that stay free at the picture's edges


@dataclass(frozen=True, slots=True)
class Label:
    """What is written at a point, which is given in the axes' own numbers, and the colour of the point."""

    point: tuple[float, float]
    text: str
    colour: str


def apart(axes: "Axes", points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points in the axes' own numbers, those that would hide another moved aside by some pixels; the axes are scaled already."""
    spots: list[tuple[float, float]] = []
    for point in points:
        x, y = (float(number) for number in axes.transData.transform(point))
        while any(abs(x - other) < MARK and abs(y - height) < MARK for other, height in spots):
            x += ASIDE
        spots.append((x, y))
    moved = [tuple(axes.transData.inverted().transform(spot)) for spot in spots]
    return [(float(x), y) for (x, _), (_, y) in zip(moved, points, strict=True)]


def place_labels(axes: "Axes", labels: Sequence[Label], families: Sequence[str], points: float, ground: str) -> None:
    """Write all labels, the first ones where they read best.

    One that finds no place is left with its first line, and where even that would cover something it is left out. Of very many
    only every second, third, … is written.

    Args:
        points: the size of the letters.
        ground: the colour behind them, drawn around the letters where they cross a line.
    """
    from matplotlib.patheffects import withStroke  # loaded by now
    from matplotlib.transforms import Bbox

    looks = {"family": list(families), "fontsize": points, "parse_math": False, "linespacing": 1.1, "zorder": 4}
    looks["path_effects"] = [withStroke(linewidth=4, foreground=ground)]
    spots = [axes.transData.transform(label.point) for label in labels]
    taken = [Bbox.from_bounds(x - MARK, y - MARK, 2 * MARK, 2 * MARK) for x, y in spots]
    for label in labels[:: max(1, -(-len(labels) // MOST_LABELS))]:
        coloured = looks | {"color": darker(label.colour)}
        for text in (label.text, label.text.partition("\n")[0]):
            if box := _placed(axes, label.point, text, coloured, taken):
                taken.append(box)
                break


def darker(colour: str) -> str:
    """A colour as "#RRGGBB" in which letters on a light ground are legible."""
    return "#" + "".join(f"{int(int(colour[place : place + 2], 16) * DARKER):02X}" for place in (1, 3, 5))


def _placed(axes: "Axes", point: tuple[float, float], text: str, looks: dict[str, Any], taken: "list[Bbox]") -> "Bbox | None":
    """The box of a label that is written at the first free place; nothing is written where there is none."""
    from matplotlib.transforms import Bbox  # loaded by now

    # Measured once and without its line: that takes matplotlib fifty times as long.
    measured = axes.annotate(text, point, (0, 0), textcoords="offset pixels", annotation_clip=False, **looks)
    size = measured.get_window_extent()
    measured.remove()
    x, y = (float(number) for number in axes.transData.transform(point))
    for (right, up), (horizontal, vertical) in _places():
        left = x + right - size.width * {"left": 0.0, "center": 0.5, "right": 1.0}[horizontal]
        bottom = y + up - size.height * {"bottom": 0.0, "center": 0.5, "top": 1.0}[vertical]
        box = Bbox.from_bounds(left, bottom, size.width, size.height)
        if _is_free(axes, box, taken) and not _is_crossed((x, y), box, taken):
            _write(axes, point, text, (right, up), (horizontal, vertical), looks)
            return box
    return None


def _places() -> Iterator[tuple[tuple[float, float], tuple[str, str]]]:
    """Offsets in pixels with the side of the label that is turned to the point, best first."""
    for reach in (NEAR, FAR, 1.7 * FAR):
        slant = reach * 0.7
        yield (0, reach - 4), ("center", "bottom")
        yield (reach, 0), ("left", "center")
        yield (-reach, 0), ("right", "center")
        yield (0, 4 - reach), ("center", "top")
        yield (slant, slant), ("left", "bottom")
        yield (-slant, slant), ("right", "bottom")
        yield (slant, -slant), ("left", "top")
        yield (-slant, -slant), ("right", "top")


def _write(
    axes: "Axes",
    point: tuple[float, float],
    text: str,
    offset: tuple[float, float],
    sides: tuple[str, str],
    looks: dict[str, Any],
) -> None:
    far = max(map(abs, offset)) > NEAR_ENOUGH
    line = {"arrowstyle": "-", "color": "#8A919C", "linewidth": 1.5, "shrinkB": 10} if far else None
    horizontal, vertical = sides
    axes.annotate(
        text,
        point,
        offset,
        textcoords="offset pixels",
        ha=horizontal,
        va=vertical,
        arrowprops=line,
        annotation_clip=False,
        **looks,
    )


def _is_crossed(point: tuple[float, float], box: "Bbox", taken: "Sequence[Bbox]") -> bool:
    """Whether the line from a point to a far label would run over another point or label."""
    x, y = point
    end_x, end_y = min(max(x, box.x0), box.x1), min(max(y, box.y0), box.y1)
    length = max(abs(end_x - x), abs(end_y - y))
    if length <= NEAR_ENOUGH:
        return False
    steps = [step / STEPS for step in range(1, STEPS) if step / STEPS * length > MARK]
    on_line = [(x + (end_x - x) * share, y + (end_y - y) * share) for share in steps]
    return any(other.contains(*spot) for other in taken for spot in on_line)


def _is_free(axes: "Axes", box: "Bbox", taken: "Sequence[Bbox]") -> bool:
    field, picture = axes.get_window_extent(), axes.figure.bbox
    # Sideways a label may leave the axes as far as the picture goes, but not over the numbers on the left.
    inside = field.x0 <= box.x0 and box.x1 <= picture.x1 - EDGE and field.y0 + 4 <= box.y0 and box.y1 <= field.y1 + 6
    return bool(inside and not any(box.overlaps(other) for other in taken))
