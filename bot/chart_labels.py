"""Finds a place for each label of a chart where it covers neither a point nor another label."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation
    from matplotlib.transforms import Bbox

MARK = 14  # pixels that a point reaches from its middle
NEAR, FAR = 24, 100  # pixels from a point to its label; the far ones are tied to it by a line
ASIDE = 20  # pixels by which a point is moved that would hide another
DARKER = 0.6
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

    One that finds no place is left with its first line, and where even that would cover something it is left out.

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
    for label in labels:
        coloured = looks | {"color": darker(label.colour)}
        for text in (label.text, label.text.partition("\n")[0]):
            if box := _placed(axes, label.point, text, coloured, taken):
                taken.append(box)
                break


def darker(colour: str) -> str:
    """A colour as "#RRGGBB" in which letters on a light ground are legible."""
    return "#" + "".join(f"{int(int(colour[place : place + 2], 16) * DARKER):02X}" for place in (1, 3, 5))


def _placed(axes: "Axes", point: tuple[float, float], text: str, looks: dict[str, Any], taken: "list[Bbox]") -> "Bbox | None":
    """The box of a label that was written at the first free place; nothing is written where there is none."""
    for offset, sides in _places():
        written = _written(axes, point, text, offset, sides, looks)
        box = written.get_window_extent()
        if _is_free(axes, box, taken):
            return box
        written.remove()
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


def _written(
    axes: "Axes",
    point: tuple[float, float],
    text: str,
    offset: tuple[float, float],
    sides: tuple[str, str],
    looks: dict[str, Any],
) -> "Annotation":
    far = max(map(abs, offset)) > 2 * NEAR
    line = {"arrowstyle": "-", "color": "#8A919C", "linewidth": 1.5, "shrinkB": 10} if far else None
    horizontal, vertical = sides
    return axes.annotate(
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


def _is_free(axes: "Axes", box: "Bbox", taken: "Sequence[Bbox]") -> bool:
    field, picture = axes.get_window_extent(), axes.figure.bbox
    # Sideways a label may leave the axes as far as the picture goes, but not over the numbers on the left.
    inside = field.x0 <= box.x0 and box.x1 <= picture.x1 - EDGE and field.y0 + 4 <= box.y0 and box.y1 <= field.y1 + 6
    return bool(inside and not any(box.overlaps(other) for other in taken))
