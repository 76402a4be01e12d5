"""Pictures of inputs: the points in their plane, what a network gains from them, what leaving one out costs."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data import FEATURES
from ann_core.data.made.features import compute
from ann_core.lessons.generalization import Course
from ui.lessons import plot
from ui.lessons.generalization.pictures import band, logarithmic

GIVEN = {"x₁, x₂": (plot.SECOND, "dash", "square"), "x₁, x₂, x₁², x₂²": (plot.ACCENT, "solid", "circle")}
"""How the two sets of inputs look that a network is given."""
UNTOLD = 0.75
"""How long a bar is while its length is not told."""


def seen(course: Course, pair: tuple[str, str]) -> go.Figure:
    """The training rows as the network gets them, in the plane of two inputs; and its line, where it has no hidden layer and
    no other inputs."""
    data = course.run.data
    X = compute(pair, data.points_train)
    traces = []
    for c in (0, 1):
        x, y = X[data.y_train == c].T.round(3)
        traces.append(plot.dots(x, y, f"class {c}", plot.CLASS_COLORS[c], 7, plot.CLASS_SYMBOLS[c], rim=1))
    (low, high), (bottom, top) = (_room(X[:, i]) for i in (0, 1))
    if data.features == pair and len(course.run.net.layers) == 1:
        views = course.run.net.parameters.view(course.thetas[-1])
        w = views["layers.0.W"][:, 0] / data.scaler.scale
        b = float(views["layers.0.b"][0] - w @ data.scaler.center)
        if abs(w[1]) > 1e-9:
            ends = np.array([low, high])
            traces.append(plot.curve(ends, -(w[0] * ends + b) / w[1], "line of the network", plot.INK))
    return plot.legend_above(plot.framed(traces, FEATURES[pair[0]].label, FEATURES[pair[1]].label, (low, high), (bottom, top)))


def _room(values: Array) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return low - 0.06 * (high - low), high + 0.06 * (high - low)


def gain(epochs: NDArray[np.int64], losses: Mapping[str, Array]) -> go.Figure:
    """Loss on rows held out over the epochs, by what the network is given. losses: (draws, T)"""
    x = epochs[1:].tolist()
    fig = plot.framed([trace for name, drawn in losses.items() for trace in band(x, drawn[:, 1:], name, *GIVEN[name])],
                      "epoch", "loss on rows held out", (-0.05, 2.52))
    fig.update_xaxes(type="log", dtick=1)
    return plot.legend_above(logarithmic(fig, (-2.3, 0.3)))


def dropping(names: Sequence[str], losses: Sequence[float | None], whole: float) -> go.Figure:
    """The validation loss without each input. losses: None where it is not told   whole: with all"""
    fig = plot.framed([go.Bar(x=[UNTOLD if loss is None else loss for loss in losses], y=names, orientation="h",
                              name="without it", marker_color=[plot.LINE if loss is None else plot.ACCENT for loss in losses],
                              text=["?" if loss is None else f"{loss:.3f}" for loss in losses], textposition="outside",
                              cliponaxis=False)],
                      "validation loss", "left out", (0, 0.85), (len(names) - 0.4, -0.6))
    return fig.update_yaxes(type="category").add_vline(whole, line={"dash": "dash", "color": plot.INK, "width": 1.5})
