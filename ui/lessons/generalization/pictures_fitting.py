"""Pictures of too little and too much freedom: a polynomial, sizes of a network, a training as it overfits."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.data.made.surfaces import cubic
from ann_core.lessons.generalization import Course
from ann_core.lessons.generalization_curves import DEGREES, REACH, Polynomial
from ui.figure import Animation, Keyframe
from ui.lessons import plot
from ui.lessons.generalization.pictures import (
    COLORS,
    DASHES,
    HELD,
    LOSSES,
    SIDE,
    TEST,
    TRAINING,
    ground,
    logarithmic,
    parts,
    points,
)

FAR = 30.0
"""Beyond this a wild polynomial is cut off: the picture ends long before."""


def curve(fitted: Polynomial, true: bool) -> go.Figure:
    """Fifteen points and the polynomial; with the curve that they were drawn from where it is `true`."""
    x = np.linspace(-REACH, REACH, 401)
    drawn = [plot.curve(x, cubic(x[:, None]), "true curve", plot.MUTED, "dash")] if true else []
    return plot.legend_above(plot.framed([
        *drawn, plot.curve(x, np.clip(fitted(x), -FAR, FAR), f"polynomial of degree {len(fitted.c) - 1}"),
        plot.dots(fitted.x, fitted.y, "points", plot.INK, 10)], "x", "y", (-2.15, 2.15), (-2.2, 2.2)))


def degrees(train: Sequence[float], test: Sequence[float] | None, degree: int) -> go.Figure:
    """Distance from the points, and from the true curve, over the degree."""
    traces = [plot.curve(DEGREES, train, "from the points", COLORS[TRAINING], mode="lines+markers")]
    if test is not None:
        traces.append(plot.curve(DEGREES, test, "from the true curve", COLORS[TEST], DASHES[TEST], mode="lines+markers"))
    fig = plot.legend_above(plot.framed(traces, "degree", "distance (RMSE)", (-0.5, 14.5), None))
    return logarithmic(fig, (-2.2, 3.2)).add_vline(degree, line={"dash": "dot", "color": plot.MUTED})


def sizes(names: Sequence[int], values: Mapping[str, Array], what: str, losses: tuple[float, float] | None) -> go.Figure:
    """Loss or error over the width or the depth, by the rows that are judged. values: (draws, sizes)   losses: what the axis of
    a loss spans, in powers of ten; None where the error is shown"""
    x = [str(name) for name in names]
    fig = plot.legend_above(plot.framed(parts(x, values), what, "loss" if losses else "error: share of wrong answers",
                                        (-0.4, len(x) - 0.6), (-0.02, 0.66)))
    fig.update_xaxes(type="category", categoryarray=x)
    return logarithmic(fig, losses) if losses else fig


def film(course: Course, tests: bool) -> tuple[go.Figure, Animation]:
    """Left what the network decides, right its losses, as training goes on. tests: with the rows held out"""
    data, fig = course.run.data, make_subplots(1, 2, horizontal_spacing=0.12)
    assert data.plane is not None
    for trace in (ground(course.map(SIDE), data), *points(data, named=False)):
        fig.add_trace(trace, 1, 1)
    curves = {TRAINING: course.training[0]} | ({HELD: course.held[0]} if tests else {})
    for name, losses in curves.items():
        fig.add_trace(plot.curve(course.epochs, losses, f"loss on {name}", COLORS[name], DASHES[name]), 1, 2)
        fig.add_trace(plot.dots(course.epochs[-1:], losses[-1:], f"now, {name}", COLORS[name], 13, showlegend=False), 1, 2)
    plot.axes(fig, data.plane.x_name, data.plane.y_name, data.plane.ranges["x"], data.plane.ranges["y"], row=1, col=1)
    plot.axes(fig, "epoch", "loss", (-0.05, 3.05), None, row=1, col=2)
    fig.update_xaxes(type="log", dtick=1, row=1, col=2)
    frames = []
    for t, epoch in enumerate(course.epochs):
        if epoch:
            traces: dict[str, dict[str, Any]] = {"answer": {"z": course.map(SIDE, t).round(3)}}
            traces |= {f"now, {name}": {"x": [epoch], "y": [losses[t]]} for name, losses in curves.items()}
            frames.append(Keyframe(traces, caption=f"Epoch {epoch:,}: " + ", ".join(
                f"loss on {name} {words(losses[t], 3)}" for name, losses in curves.items()) + "."))
    return plot.legend_above(logarithmic(fig, LOSSES, row=1, col=2), 70), Animation(frames, rate=4, noun="Moment")
