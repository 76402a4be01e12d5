"""Pictures of learning: the loss over a weight, a line through points, the factors of a gradient, one valley or two."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ann_core.base.spelling import words
from ann_core.lessons import neuron as core
from ui.figure import Animation, Keyframe
from ui.lessons import plot
from ui.lessons.story import SOLD, SUN

LOSSES = {"squared_error": "squared error", "binary_cross_entropy": "log loss"}
HANDLE = -1.6
"""The height at which w is dragged, below the loss."""


def slope(w: float, cost: float, slope: float, after: float) -> go.Figure:
    """The loss over w with its slope where w stands, and w after one step."""
    W = np.linspace(-1.2, 2.7, 157)
    return plot.framed([
        plot.curve(W, [core.cost(v, 1.0) for v in W], "loss"),
        plot.curve((w - 0.6, w + 0.6), (cost - 0.6 * slope, cost + 0.6 * slope), "slope", plot.INK, "dash", 2),
        plot.curve((w, w), (HANDLE, 14), "here", plot.MUTED, "dot", 1.5),
        plot.dots([w], [cost], "loss now", size=15),
        plot.dots([w], [HANDLE], "w", size=15, symbol="diamond"),
        *([plot.dots([after], [HANDLE], "w after the step", size=13, symbol="diamond-open", rim=2)] if after != w else [])],
        "w (b stays 1)", "loss L over the eight examples", (-1.2, 2.7), (-2.5, 14),
        [plot.arrow((w, -0.7), (after, -0.7))] if abs(after - w) > 0.08 else [])


def regression(w: float, b: float, sample: tuple[float, float]) -> go.Figure:
    """The examples, the neuron's line with one day's error, and the exact line."""
    (x, y), (best_w, best_b), end = sample, core.least_squares(), 4.6
    xs, ys = zip(*core.EXAMPLES, strict=True)
    return plot.framed([
        plot.curve((0, end), [best_b, best_w * end + best_b], "exact solution", plot.MUTED, "dash", 5),
        plot.curve((0, end), [b, w * end + b], "neuron"),
        plot.curve((x, x), (y, core.weighted_sum([x], [w], b)), "error of the day", plot.INK, "dot", 2.5),
        plot.dots(xs, ys, "examples", plot.FOURTH),
        plot.dots([x], [y], "the day", plot.INK, 24, "circle-open", 2.5)], SUN, SOLD, (0, end), (-0.3, 5.2))


def classification(y: int, z: float, dz: float) -> go.Figure:
    """Over z: the derivative of log loss, the slope of the sigmoid, and their product."""
    Z = np.linspace(-8, 8, 241)
    log, square = core.factors(Z, y), core.factors(Z, y, "squared_error")
    fig = plot.framed([
        plot.curve(Z, log.by_loss, "∂L/∂p of log loss", plot.FIRST, "dash", 2),
        plot.curve(Z, log.by_slope, "σ′ = p (1 − p)", plot.SECOND, "dot", 2.5),
        plot.curve(Z, log.dz, "their product p − y", width=3.5),
        plot.curve(Z, square.dz, "with squared error: (p − y) σ′", plot.MUTED, "dashdot", 2),
        plot.dots([z], [dz], "∂L/∂z", size=15)], "z = w x + b", "factor", (-8, 8), (-8.2, 8.2))
    fig.add_shape(type="line", x0=z, x1=z, y0=-8.2, y1=8.2, line={"color": plot.MUTED, "dash": "dot", "width": 1})
    return plot.legend_above(fig, 80, 0.02)


def convex(start: float) -> go.Figure:
    """Both losses over one weight, each with a point that rolls down it."""
    W, at = np.linspace(-4, 7, 221), np.array([start])
    fig = make_subplots(1, 2, horizontal_spacing=0.13)
    told = (("squared_error", "mean of ½(p − y)²", 0.33, plot.INK),
            ("binary_cross_entropy", "mean log loss", 11.0, plot.ACCENT))
    for col, (loss, title, top, color) in enumerate(told, 1):
        plot.axes(fig, "w", title, (-4, 7), (-0.07 * top, top), row=1, col=col)
        fig.add_trace(plot.curve(W, core.shelf_cost(W, loss), LOSSES[loss], color), 1, col)
        fig.add_trace(plot.dots(at, core.shelf_cost(at, loss), f"point, {LOSSES[loss]}", plot.POSITIVE, 15), 1, col)
    return fig.add_trace(plot.dots([start], [-0.04 * told[0][2]], "start", size=15, symbol="diamond"))


def rolling(paths: dict[str, np.ndarray]) -> Animation:
    """The points on their way. paths: the weight after each step, by loss"""
    steps = len(next(iter(paths.values()))) - 1
    shown = sorted({0, *range(1, 20), *range(20, 60, 4), *range(60, steps + 1, 10)})
    places = {loss: core.shelf_cost(path, loss) for loss, path in paths.items()}
    return Animation([Keyframe({f"point, {LOSSES[loss]}": {"x": [float(path[k])], "y": [float(places[loss][k])]}
                                for loss, path in paths.items()},
                               caption=f"After {k} steps: " + ", ".join(f"{LOSSES[loss]} at w = {words(path[k], 3)}"
                                                                       for loss, path in paths.items()) + ".")
                      for k in shown], rate=12, noun=None)
