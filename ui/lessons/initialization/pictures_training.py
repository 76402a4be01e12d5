"""Pictures of what training makes of first weights."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ann_core.lessons.initialization_training import EPOCHS, EVERY, Learned, Symmetry
from ui.lessons import plot

COLORS = (plot.ACCENT, plot.SECOND, plot.FIRST, plot.THIRD, plot.FOURTH, plot.POSITIVE, plot.INK, plot.MUTED)
DASHES = ("solid", "dash", "dot", "dashdot") * 2


def symmetry(found: Symmetry) -> go.Figure:
    """The weight from x₁ to each hidden unit over the epochs. Of equal ones the first line is the widest, so that all show."""
    weights = found.parameters[:, :, 0].round(5).T
    wider = 0 if np.ptp(weights, 0).any() else len(weights)
    fig = plot.framed([plot.curve(np.arange(EPOCHS + 1), weight, f"unit {unit + 1}", COLORS[unit],
                                  width=max(2.5, wider - unit + 1.5)) for unit, weight in enumerate(weights)],
                      "epoch", "weight from x₁ to each unit", (0, EPOCHS), (-3, 3))
    return plot.legend_above(fig, 64)


def learns(found: Learned, names: Sequence[str]) -> go.Figure:
    """The loss of each start as it is trained: above those with one size for every layer, below those with a rule for it."""
    epochs, half = np.arange(0, EPOCHS + 1, EVERY), len(names) // 2
    fig = plot.panels(["The same for every layer", "A size for each layer, by a rule"], stacked=True, shared_xaxes=True)
    for i, (loss, name, color, dash) in enumerate(zip(found.loss.T, names, COLORS, DASHES, strict=True)):
        fig.add_trace(plot.curve(epochs, [float(v) if v > 0 else None for v in loss], name, color, dash), 1 + i // half, 1)
    for row in (1, 2):
        fig.add_trace(plot.curve([0, EPOCHS], [np.log(2)] * 2, "guessing: ln 2", plot.LINE, width=1.5, showlegend=row == 1),
                      row, 1)
        plot.axes(fig, "epoch" * (row == 2), "loss", (0, EPOCHS), (-5.5, 1.2), row=row, col=1)
    return plot.legend_below(fig.update_yaxes(type="log", exponentformat="power", nticks=6))
