"""The time axis of a chart: years named in their middle, months where the figures lie close together."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MONTHS_UNTIL = 540  # days between the first figure and the last up to which months are named, not only years
MOST_YEARS = 6  # named on one axis
MOST_MONTHS = 4
LEAST_DAYS = 120  # that an axis shows
ROOM = 0.2  # of the axis, at both ends, for the labels of the outermost points


def date_numbers(days: Sequence[dt.date]) -> list[float]:
    """Days as matplotlib counts them."""
    # Not `matplotlib.dates`, which takes half a second to load: its numbers are days since 1970, too.
    return [float(day.toordinal() - dt.date(1970, 1, 1).toordinal()) for day in days]


def scale_time(axes: "Axes", days: Sequence[dt.date], ends: Sequence[dt.date] = ()) -> None:
    """Set the axis so that all days, and the ends of long periods, have room; a year's name stands in its middle.

    Args:
        days: at least one.
    """
    first, last = min([*days, *ends]), max([*days, *ends])
    span = max((last - first).days, LEAST_DAYS)
    middle = first + (last - first) / 2
    half = dt.timedelta(days=span * (0.5 + ROOM))
    start, end = middle - half, middle + half
    axes.set_xlim(*date_numbers([start, end]))
    if span <= MONTHS_UNTIL:
        _name_months(axes, start, end)
    else:
        _name_years(axes, start, end)


def _name_months(axes: "Axes", start: dt.date, end: dt.date) -> None:
    months = [dt.date(year, month, 1) for year in range(start.year, end.year + 1) for month in range(1, 13)]
    shown = [day for day in months if start <= day <= end]
    step = next(step for step in (1, 2, 3, 6, 12) if len(shown) <= MOST_MONTHS * step or step == 12)
    named = [day for day in shown if (day.month - 1) % step == 0]
    axes.set_xticks(date_numbers(named), [f"{day.month}/{day.year}" for day in named])


def _name_years(axes: "Axes", start: dt.date, end: dt.date) -> None:
    years = range(start.year, end.year + 1)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if len(years) <= MOST_YEARS * step or step == 100)
    bounds = [dt.date(year, 1, 1) for year in years if start <= dt.date(year, 1, 1) <= end]
    named = [dt.date(year, 7, 1) for year in years if year % step == 0 and start <= dt.date(year, 7, 1) <= end]
    axes.set_xticks(date_numbers(named), [str(day.year) for day in named])
    for bound in bounds if step == 1 else ():
        axes.axvline(date_numbers([bound])[0], color="#E4E7EB", linewidth=1, zorder=0)
