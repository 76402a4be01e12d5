"""Pictures of how far a score can be trusted: repeated estimates, a search, the best of many, features beyond the rows."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

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


def places(tried: dict[str, Array], losses: dict[str, Array], second: str) -> go.Figure:
    """Where the trials lie, the better ones larger. tried: (n, 2) by the way to search, losses: (n,)"""
    fig = plot.legend_above(plot.framed([go.Scatter(
        x=at[:, 0], y=at[:, 1], name=name, mode="markers", opacity=0.8, text=[f"{loss:.3f}" for loss in losses[name]],
        marker={"color": HOW[name][0], "symbol": HOW[name][2], "size": 7 + 15 * np.clip((0.7 - losses[name]) / 0.6, 0, 1)},
        hovertemplate="rate %{x:.3g}, loss %{text}<extra></extra>") for name, at in tried.items()],
        "learning rate", AXES[second], _around(RATES), _around(SECOND[second])))
    axis = {"type": "log", "dtick": 1, "exponentformat": "power"}
    return fig.update_xaxes(axis).update_yaxes(axis)


def _around(ends: tuple[float, float]) -> tuple[float, float]:
    """A logarithmic axis around these ends, in powers of ten."""
    low, high = np.log10(ends)
    return float(low - 0.3), float(high + 0.3)


def search(losses: dict[str, Array]) -> go.Figure:
    """The lowest validation loss so far, by the way to search."""
    fig = plot.framed([
        plot.curve(np.arange(1, len(found) + 1), np.minimum.accumulate(found), name, HOW[name][0], HOW[name][1],
                   mode="lines+markers", marker={"symbol": HOW[name][2], "size": 7}) for name, found in losses.items()],
        "trials so far", "lowest validation loss", (0.3, 16.7), tuple(np.log10((0.05, 2.5))))
    return plot.legend_above(fig.update_yaxes(type="log", tickvals=(0.05, 0.1, 0.2, 0.5, 1, 2)))


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
