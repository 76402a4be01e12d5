"""Pictures of a gradient's way back through time, on logarithmic axes that hold still."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ann_core.base.arrays import Array
from ann_core.lessons.recurrence_trained import Course
from ann_core.lessons.recurrence_way import Way
from ui.figure import Animation, Keyframe
from ui.lessons import plot

LOG = {"type": "log", "exponentformat": "power"}
FLOOR = 1e-30
"""The lowest size that is drawn; 0 and what is no number lies below all pictures."""


def drawn(values: Array) -> Array:
    """Sizes as a logarithmic axis can take them."""
    return np.clip(np.nan_to_num(values, nan=FLOOR, posinf=1e30), FLOOR, 1e30)


def factors(way: Way) -> tuple[Array, Array]:
    """Running products from the last step back, of the first network: by slopes, and by weights. The last step is 1. (T,)"""
    by_slope = np.append(np.cumprod(way.by_slope[:0:-1, 0])[::-1], 1.0)
    by_weights = np.append(np.cumprod(way.by_weights[-2::-1, 0])[::-1], 1.0)
    return by_slope, by_weights


def _shown(way: Way) -> dict[str, Array]:
    slopes, weights = factors(way)
    return {"‖∂L/∂h‖": way.size[:, 0], "slopes": slopes, "weights": weights, "both": slopes * weights}


def through(way: Way, low: int) -> go.Figure:
    """The gradient of every state, and what slopes and weights have made of it since the last step. low: the lowest power of
    ten on the second axis"""
    fig = plot.panels(["What reaches the state of each step", "Since the last step: multiplied by"], stacked=True)
    steps, shown = np.arange(1, len(way.size) + 1), _shown(way)
    looks: dict[str, dict[str, Any]] = {
        "both": {"color": plot.ACCENT, "width": 5.0}, "slopes": {"color": plot.FIRST, "dash": "dash"},
        "weights": {"color": plot.SECOND, "dash": "dot"}}
    fig.add_trace(go.Bar(x=steps, y=drawn(shown["‖∂L/∂h‖"]), name="‖∂L/∂h‖", marker_color=plot.ACCENT, showlegend=False), 1, 1)
    for name, look in looks.items():
        fig.add_trace(plot.curve(steps, drawn(shown[name]), name, **look), 2, 1)
    span = (0.4, len(steps) + 0.6)
    plot.axes(fig, "", "‖∂L/∂h‖", span, (low - 3, 1), row=1, col=1)
    plot.axes(fig, "step t", "factor", span, (low, 2), row=2, col=1)
    return plot.legend_below(fig.update_yaxes({**LOG, "dtick": 3 if low > -13 else 6}))


def learning(course: Course) -> Animation:
    """The same while a network learns."""
    frames = [Keyframe({name: {"y": drawn(values).tolist()} for name, values in _shown(way).items()},
                       caption=f"After {step} steps of learning: {100 * share:.0f} % right")
              for step, way, share in zip(course.step, course.ways, course.right[:, 0], strict=True)]
    return Animation(frames, rate=2.0, noun=None)


def largest(way: Way, bound: Array, answered: bool) -> go.Figure:
    """Twenty networks: the gradient of each state as a multiple of the last one's, and the most it can be."""
    steps = np.arange(1, len(way.size) + 1)
    traces: list[Any] = []
    if answered:
        traces = [plot.curve(steps, drawn(way.size[:, k] / way.size[-1, k]), "20 networks" if k == 0 else f"network {k + 1}",
                             plot.ACCENT, width=1, opacity=0.6, showlegend=k == 0, hoverinfo="skip")
                  for k in range(way.size.shape[1])]
    traces.append(plot.curve(steps, drawn(bound), "at most: largest singular value, step by step", plot.INK, "dash"))
    traces.append(plot.curve([1, steps[-1]], [1, 1], "as large as at the last step", plot.MUTED, "dot", 1.5))
    fig = plot.framed(traces, "step t", "‖∂L/∂h‖, last step = 1", (0.5, steps[-1] + 0.5), (-10, 14))
    return plot.legend_above(fig.update_yaxes({**LOG, "dtick": 4}), 84)


def clipping(courses: Sequence[tuple[str, Course | None]]) -> go.Figure:
    """The share of right answers of twenty networks, without and with clipping. None: not to be seen yet"""
    fig = plot.panels([name for name, _ in courses])
    for column, (name, course) in enumerate(courses, 1):
        if course is not None:
            for k in range(course.right.shape[1]):
                fig.add_trace(plot.curve(course.step, course.right[:, k], f"{name}, network {k + 1}",
                                         (plot.MUTED, plot.ACCENT)[column - 1], width=1.2, opacity=0.6, hoverinfo="skip"), 1,
                              column)
        fig.add_trace(plot.curve([0, 100], [0.25, 0.25], "guessing", plot.INK, "dot", 1.5, hoverinfo="skip"), 1, column)
        plot.axes(fig, "step of learning", "share of right answers" if column == 1 else "", (0, 106), (0, 1.05), row=1,
                  col=column)
    return fig
