"""The pictures of the lesson "Optimisers" on one weight, and what all of its pictures share."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ann_core.base.spelling import words
from ui.figure import Animation, Keyframe
from ui.lessons import plot

COLORS = {"sgd": plot.INK, "momentum": plot.FIRST, "nesterov": plot.POSITIVE, "adagrad": plot.SECOND, "adadelta": plot.MUTED,
          "rmsprop": plot.THIRD, "adam": plot.ACCENT, "adamw": plot.FOURTH, "nadam": plot.NEGATIVE}
DASHES = {"sgd": "solid", "momentum": "solid", "nesterov": "dash", "adagrad": "solid", "adadelta": "dot", "rmsprop": "dash",
          "adam": "solid", "adamw": "dashdot", "nadam": "dot"}
"""Of each optimiser, in all pictures."""
REACH, TOP = 3.0, 5.0
"""What the pictures of a bowl span: weights from −REACH to REACH, values up to TOP."""


def _bowl(start: float, k: float) -> list[go.Scatter]:
    """f = ½k w², a point on it, its tangent and the places where it was."""
    w, high = np.linspace(-REACH, REACH, 121), k * start**2 / 2
    return [plot.curve(w, k * w**2 / 2, "f", plot.MUTED, line_simplify=False),
            plot.curve([start], [high], "slope", plot.FOURTH, "dot"),
            plot.curve([start], [high], "way", plot.ACCENT, width=1, mode="lines+markers", opacity=0.6),
            plot.dots([start], [high], "point", size=16)]


def parabola(start: float) -> go.Figure:
    """One weight on ½w²."""
    return plot.framed(_bowl(start, 1), "weight w", "f(w) = ½w²", (-REACH, REACH), (-0.3, TOP))


def rolling(thetas: np.ndarray, k: float = 1.0) -> Animation:
    """The point on its way on ½k w², up to where it leaves the picture. thetas: (T + 1,)"""
    frames, f = [], k * thetas**2 / 2
    for t, (w, high) in enumerate(zip(thetas, f, strict=True)):
        inside = abs(w) <= REACH
        reach = np.array([w - 0.6, w + 0.6])
        frames.append(Keyframe({"point": {"x": [w], "y": [high]}, "way": {"x": thetas[:t + 1], "y": f[:t + 1]},
                                "slope": {"x": reach, "y": high + k * w * (reach - w)}},
                               caption=f"w = {words(w)}, f = {words(high)}" + ("." if inside else ": out of the picture.")))
        if not inside:
            break
    return Animation(frames, rate=4)


def border(product: float, k: float, edge: float | None) -> go.Figure:
    """One weight on ½k w², and below it the line of numbers on which ηk stands. edge: where the border is, if it is told"""
    fig = make_subplots(2, 1, row_heights=[0.78, 0.22], vertical_spacing=0.2)
    fig.add_traces(_bowl(1.0, k), 1, 1)
    marks = [(edge, f"border {words(edge)}")] if edge else []
    fig.add_traces([plot.curve([0, 4], [0, 0], "ηk from 0 to 4", plot.MUTED, width=2),
                    plot.dots([place for place, _ in marks], [0] * len(marks), "marks", plot.INK, 9, "line-ns-open",
                              mode="markers+text", text=[text for _, text in marks], textposition="top center", rim=2),
                    plot.dots([product], [0], "product", size=16, symbol="diamond")], 2, 1)
    plot.axes(fig, "weight w", f"½k w², k = {words(k)}", (-REACH, REACH), (-0.5, 9.3), row=1, col=1)
    plot.axes(fig, "rate times curvature, ηk", "", (-0.15, 4.15), (-1, 2), row=2, col=1)
    return fig.update_yaxes(visible=False, row=2, col=1).update_layout(margin={"t": 12, "b": 44, "l": 56, "r": 12})
