"""Pictures of what training makes of first weights."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ann_core.lessons.initialization_training import EPOCHS, EVERY, Learned, Symmetry
from ui.lessons import plot

COLORS = (plot.ACCENT, plot.SECOND, plot.FIRST, plot.THIRD, plot.FOURTH, plot.POSITIVE, plot.INK, plot.MUTED)
DASHES = ("solid", "dash", "dot", "dashdot") * 2


def symmetry(found: Symmetry) -> go.Figure:
    """Both weights of each hidden unit over the epochs. The first unit's line is the widest, so that equal ones all show."""
    fig = plot.panels(["Weight from x₁ to each unit", "Weight from x₂ to each unit"], stacked=True, shared_xaxes=True)
    units = found.parameters.shape[1]
    for unit in range(units):
        for place in range(2):
            fig.add_trace(plot.curve(np.arange(EPOCHS + 1), found.parameters[:, unit, place].round(5), f"unit {unit + 1}",
                                     COLORS[unit], width=units - unit + 1.5, showlegend=place == 0), place + 1, 1)
    plot.axes(fig, "", "weight", (0, EPOCHS), (-3, 3), row=1, col=1)
    return plot.legend_below(plot.axes(fig, "epoch", "weight", (0, EPOCHS), (-3, 3), row=2, col=1))


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
