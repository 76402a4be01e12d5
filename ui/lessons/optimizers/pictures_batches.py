"""The pictures of the lesson "Optimisers" on batches."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from ann_core.lessons.optimizers_batches import Bundle, Moment
from ui.lessons import plot
from ui.lessons.optimizers import BATCHES

SHOWN = 60
"""Arrows in the picture: more would only make a blot."""


def arrows(bundle: Bundle, reach: float) -> go.Figure:
    """The gradient of all rows as one long arrow, those of some batches around it. reach: of the picture, in its lengths"""
    ends = bundle.arrows[:SHOWN]
    x, y = ([part for end in column.tolist() for part in (0.0, end, None)] for column in ends.T)
    fig = plot.framed([
        plot.curve(x, y, "one batch each", plot.ACCENT, width=1, opacity=0.55),
        plot.dots(ends[:, 0], ends[:, 1], "their ends", plot.ACCENT, 6, showlegend=False),
        plot.curve([0, 1], [0, 0], "all rows", plot.INK, width=4),
        plot.dots([1], [0], "end", plot.INK, 13, "triangle-right", showlegend=False)],
        "along the gradient of all rows (its length is 1)", "sideways", (-0.6 * reach, 1.4 * reach), (-reach, reach))
    return plot.legend_above(fig.update_yaxes(scaleanchor="x"))


def spread(moment: Moment, measured: Mapping[int, float], size: int, theory: bool) -> go.Figure:
    """How far batches are off, over their size: what was measured, and the line of theory where that is told."""
    B = np.geomspace(1, BATCHES[-2], 60)
    fig = plot.framed([
        *([plot.curve(B, moment.spread(B), "theory", plot.MUTED, "dash")] if theory else []),
        plot.dots(list(measured), list(measured.values()), "200 batches measured", plot.ACCENT, 9),
        *([plot.dots([size], [measured[size]], "chosen", plot.POSITIVE, 15, "circle-open", 3)] if size in measured else [])],
        "rows in a batch", "spread ÷ length of the full gradient")
    fig.update_xaxes(type="log", tickvals=BATCHES, range=(-0.1, 2.8))
    return plot.legend_above(fig.update_yaxes(type="log", range=(-1.4, 1.8), dtick=1))


def course(courses: Mapping[int, tuple[np.ndarray, np.ndarray]], over: str, last: float) -> go.Figure:
    """The loss of all rows over epochs or steps. courses: places and losses by size of the batch, the chosen one first"""
    styles = [(plot.ACCENT, "solid"), (plot.INK, "dash"), (plot.MUTED, "dot")]
    return plot.legend_above(plot.framed([
        plot.curve(x, y, "all rows" if size == BATCHES[-1] else f"{size} row{'s' * (size > 1)} a batch", color, dash,
                   mode="lines+markers", marker={"size": 5})
        for (size, (x, y)), (color, dash) in zip(courses.items(), styles, strict=False)],
        over, "loss of all rows", (-0.02 * last, 1.02 * last), (0, 0.75)))
