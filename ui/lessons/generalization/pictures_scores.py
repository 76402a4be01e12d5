"""Pictures of how far a score can be trusted: repeated estimates, a search, the best of many, features beyond the rows."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ann_core.base.arrays import Array
from ann_core.lessons.generalization_curves import ROWS, SIZES
from ann_core.lessons.generalization_scores import RATES, SECOND, TRIED
from ui.lessons import plot
from ui.lessons.generalization.pictures import COLORS, DASHES, TEST, TRAINING, VALIDATION, band, logarithmic

ONE, FOLDS = "one split", "k folds"
GRID, RANDOM = "grid", "at random"
HOW = {GRID: (plot.SECOND, "dash", "square"), RANDOM: (plot.ACCENT, "solid", "circle")}
"""How the two ways to search look."""
AXES = {"l2": "L2 λ", "batch_size": "batch size"}


def folds(single: Sequence[float], mean: Sequence[float], truth: float | None) -> go.Figure:
    """One dot for each shuffle of the rows, by how the error is estimated; and the error itself, where it is told."""
    rows = ((ONE, single, plot.SECOND, "square"), (FOLDS, mean, plot.ACCENT, "circle"))
    spread = np.linspace(-0.25, 0.25, len(single)) if len(single) > 1 else np.zeros(1)
    fig = plot.framed([plot.dots(values, at + spread, name, color, 12, symbol)
                       for at, (name, values, color, symbol) in enumerate(rows)],
                      "estimated error", "", (-0.02, 0.52), (1.6, -0.6))
    fig.update_yaxes(tickvals=[0, 1], ticktext=[ONE, FOLDS])
    if truth is not None:
        fig.add_vline(truth, line={"color": plot.INK, "dash": "dash", "width": 1.5})
    return fig


def search(places: dict[str, Array], losses: dict[str, Array], second: str, where: bool) -> go.Figure:
    """Left the trials, the better the larger, where they are told; right the lowest validation loss so far. places: (n, 2)"""
    fig = make_subplots(1, 2, horizontal_spacing=0.14)
    for name, (color, dash, symbol) in HOW.items():
        found = losses[name]
        if where:
            fig.add_trace(go.Scatter(
                x=places[name][:, 0], y=places[name][:, 1], name=name, mode="markers", opacity=0.8, showlegend=False,
                marker={"color": color, "size": 7 + 15 * np.clip((0.7 - found) / 0.6, 0, 1), "symbol": symbol},
                text=[f"{loss:.3f}" for loss in found],
                hovertemplate="rate %{x:.3g}, loss %{text}<extra></extra>"), 1, 1)
        so_far = plot.curve(np.arange(1, len(found) + 1), np.minimum.accumulate(found), f"{name}: best so far", color, dash,
                            mode="lines+markers", marker={"symbol": symbol, "size": 7})
        fig.add_trace(so_far, 1, 2)
    for axis, ends, label in (("x", RATES, "learning rate"), ("y", SECOND[second], AXES[second])):
        low, high = np.log10(ends)
        fig.update_layout({f"{axis}axis": {"type": "log", "range": (low - 0.3, high + 0.3), "title": {"text": label},
                                           "dtick": 1, "exponentformat": "power"}})
    plot.axes(fig, "trials so far", "lowest validation loss", (0.3, 16.7), (0, 0.75), row=1, col=2)
    return plot.legend_above(fig)


def curse(validation: Array, test: Array | None) -> go.Figure:
    """The best validation score so far, and the test score of the network that has it. (draws, 64) each"""
    x = list(range(1, TRIED + 1))
    traces = [*band(x, validation, "best on validation rows so far", COLORS[VALIDATION], DASHES[VALIDATION], mode="lines")]
    if test is not None:
        traces += band(x, test, "the same network on test rows", COLORS[TEST], DASHES[TEST], mode="lines")
    fig = plot.framed(traces, "networks tried", "accuracy", (-0.05, 1.85), (0.35, 1.0))
    fig.update_xaxes(type="log", tickvals=[1, 2, 4, 8, 16, 32, 64])
    return plot.legend_above(fig.add_hline(0.5, line={"dash": "dot", "color": plot.MUTED}))


def descent(train: Array, test: Array | None, at: int) -> go.Figure:
    """Distance from the rows, and from the truth, over the number of features. (draws, sizes) each"""
    x = list(SIZES)
    traces = [*band(x, np.maximum(train, 1e-4), "on training rows", COLORS[TRAINING], DASHES[TRAINING])]
    if test is not None:
        traces += band(x, test, "on new rows", COLORS[TEST], DASHES[TEST], "square")
    fig = plot.framed(traces, "features, P", "distance (RMSE)", (-0.1, 3.3))
    fig.update_xaxes(type="log", tickvals=[1, 10, ROWS, 200, 1600])
    fig.add_vline(at, line={"dash": "dot", "color": plot.MUTED})
    return plot.legend_above(logarithmic(fig, (-2.2, 2.2)))
