"""Draws the risk-coverage curves of reports as a PNG, with the points at which the bot works marked."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from embeddings.evaluation.confidence import Decisions, risk_area, risk_curve
from embeddings.evaluation.labelled_files import EvaluationError
from embeddings.evaluation.outcomes import Outcome
from embeddings.evaluation.report import Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INCHES = (8.0, 5.2)
DOTS_PER_INCH = 150
# Okabe & Ito's colours, which colour-blind readers can tell apart.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")


def plot_risk_coverage(reports: Sequence[Report], path: Path) -> None:
    """Write one picture with a curve for each report.

    Raises:
        EvaluationError: the file cannot be written.
    """
    # Matplotlib takes a second to load, and only a picture needs it. A Figure without pyplot draws with Agg, on no display.
    from matplotlib.figure import Figure
    from matplotlib.ticker import PercentFormatter

    figure = Figure(figsize=INCHES, dpi=DOTS_PER_INCH, layout="constrained")
    axes = figure.add_subplot()
    for number, report in enumerate(reports):
        _draw(axes, report, COLOURS[number % len(COLOURS)])
    axes.set(
        title="Risk of a wrong reply, by the share of questions answered",
        xlabel="coverage: share of questions answered, the most confident first",
        ylabel="risk: wrong first quote, or no answer exists",
        xlim=(0, 1.02),
        ylim=(0, None),
    )
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="upper left", edgecolor="none", framealpha=0.8, fontsize="small")
    try:
        figure.savefig(path, format="png")
    except OSError as error:
        raise EvaluationError(f"{path} cannot be written: {error.strerror}.") from error


def _draw(axes: "Axes", report: Report, colour: str) -> None:
    decisions = Decisions.of(report.outcomes)
    curve = risk_curve(decisions)
    coverage = np.arange(1, len(curve) + 1) / len(curve)
    name = f"{report.source.set} ({report.source.half}, {len(curve)} questions)"
    axes.plot(coverage, curve, color=colour, label=f"{name}, area {risk_area(decisions):.3f}")
    perfect = risk_curve(Decisions(decisions.right.astype(float), decisions.answerable, decisions.answered, decisions.right))
    axes.plot(coverage, perfect, color=colour, linestyle=":", linewidth=1, label="the same, had the confidence been perfect")
    answered = [outcome for outcome in report.outcomes if outcome.answered]
    _mark(axes, report, answered, colour, "o", "answered")
    sure = [outcome for outcome in answered if not outcome.caution]
    if len(sure) < len(answered):
        _mark(axes, report, sure, colour, "s", "answered without caution")


def _mark(axes: "Axes", report: Report, answered: Sequence[Outcome], colour: str, marker: str, name: str) -> None:
    """The point at which the bot works: how much it answers, and how much of that is wrong."""
    if not answered:
        return
    coverage = len(answered) / len(report.outcomes)
    risk = sum(not outcome.first_is_right for outcome in answered) / len(answered)
    label = f"{name}: {coverage:.0%} of the questions at a risk of {risk:.1%}"
    axes.plot([coverage], [risk], marker=marker, markersize=8, linestyle="none", color=colour, label=label, zorder=3)
