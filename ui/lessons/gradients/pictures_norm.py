"""The pictures of batch normalisation."""

import numpy as np
import plotly.graph_objects as go

from ann_core.base.arrays import Array
from ann_core.lessons.gradients_norm import BATCH, Kept
from ui.lessons import plot

REACH = 4.0
SIGMOID = np.linspace(-REACH, REACH, 161)


def batch_norm(before: Array, after: Array) -> go.Figure:
    """The sums of one unit over a batch on the sigmoid's curve, before and after."""
    curve = 1 / (1 + np.exp(-SIGMOID))
    rows = [f"row {n + 1}" for n in range(len(before))]
    fig = plot.panels(["Before: sums z of one unit", "After: γ ẑ + β"], stacked=True, shared_xaxes=True, vertical_spacing=0.2)
    for row, (z, name, color) in enumerate(((before, "before", plot.MUTED), (after, "after", plot.ACCENT)), 1):
        fig.add_trace(plot.curve(SIGMOID, curve, "sigmoid", plot.LINE, width=2, hoverinfo="skip"), row, 1)
        fig.add_trace(plot.dots(np.clip(z, -REACH, REACH), 1 / (1 + np.exp(-z)), name, color, 9, text=rows, opacity=0.75,
                                hovertemplate="%{text}: %{x:.3f}<extra></extra>"), row, 1)
        plot.axes(fig, "what the activation gets" * (row == 2), "it says", (-REACH, REACH), (-0.08, 1.08), row=row, col=1)
    return fig


def in_use(kept: Kept, step: int, reach: float, top: float) -> go.Figure:
    """Mean and variance of each batch, and the running ones that follow them slowly. reach: how far means are from 0   top: the
    largest variance"""
    steps = np.arange(1, len(kept.batch_mean) + 1)
    fig = plot.panels(["Mean of the unit's sums", "Variance"], stacked=True, shared_xaxes=True)
    for row, (what, batch, running) in enumerate((("", kept.batch_mean, kept.mean),
                                                  (" variance", kept.batch_variance, kept.variance)), 1):
        for trace in (plot.dots(steps, batch, f"of the batch{what}", plot.SECOND, 8, showlegend=row == 1),
                      plot.curve(np.arange(len(running)), running, f"running{what}", showlegend=row == 1),
                      plot.dots([step], running[[step]], "here", size=13, symbol="diamond", showlegend=False)):
            fig.add_trace(trace, row, 1)
    plot.axes(fig, "", "", (-1, len(steps) + 1), (-1.1 * reach, 1.1 * reach), row=1, col=1)
    plot.axes(fig, "step", "", (-1, len(steps) + 1), (-0.1 * top, 1.1 * top), row=2, col=1)
    return plot.legend_below(fig)


def one_row(rows: Array, hat: Array, chosen: int, used: float) -> go.Figure:
    """What one row's sum becomes by the number of rows that it is judged with; level: in use, where that does not matter."""
    here = rows == chosen
    fig = plot.framed([plot.curve([0, BATCH + 1], [used, used], "in use, by the running statistics", plot.ACCENT),
                       plot.curve(rows, hat, "in training, by the batch", plot.SECOND, mode="lines+markers", width=1.5),
                       plot.dots(rows[here], hat[here], "here", plot.SECOND, 14, "diamond", showlegend=False)],
                      "rows that are judged together", "ẑ of the same row", (0, BATCH + 1), (-REACH, REACH))
    return plot.legend_above(fig)
