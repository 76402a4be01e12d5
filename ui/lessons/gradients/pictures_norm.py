"""The pictures of batch normalisation."""

import numpy as np
import plotly.graph_objects as go

from ann_core.base.arrays import Array
from ann_core.lessons.gradients_norm import Kept
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


def in_use(kept: Kept, step: int) -> go.Figure:
    """The mean of each batch, and the running mean that follows them slowly."""
    steps = np.arange(1, len(kept.batch_mean) + 1)
    return plot.legend_above(plot.framed([
        plot.dots(steps, kept.batch_mean, "mean of the batch", plot.SECOND, 8),
        plot.curve(np.arange(len(kept.mean)), kept.mean, "running mean", plot.ACCENT),
        plot.dots([step], kept.mean[[step]], "here", plot.ACCENT, 14, "diamond", hoverinfo="skip")],
        "step", "mean of the unit's sums", (-1, len(steps) + 1), (-2.2, 2.2)))
