"""Pictures of several units: a network, XOR in the space of two hidden units, the curves of output units."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ann_core.lessons import neuron as core
from ann_core.lessons.neuron_network import Unfolding
from ann_core.nn.activations import ACTIVATIONS
from ui.figure import Animation, Keyframe
from ui.lessons import plot
from ui.lessons.neuron.pictures_unit import border

CORNERS = [(x1, x2, y) for (x1, x2), y in zip(core.CORNERS, core.TABLES["XOR"], strict=True)]
LOW, HIGH = -0.35, 1.35
"""What both planes of the corners span."""


def hidden(found: Unfolding) -> go.Figure:
    """Left the corners of XOR with the lines of both hidden units, right the same corners placed by the outputs of these
    units, with the line of the output unit; before training."""
    fig = make_subplots(1, 2, horizontal_spacing=0.12)
    plot.axes(fig, "x₁", "x₂", (LOW, HIGH), (LOW, HIGH), row=1, col=1)
    plot.axes(fig, "h₁, first hidden unit", "h₂, second hidden unit", (LOW, HIGH), (LOW, HIGH), row=1, col=2)
    moment = _moment(found, 0).traces
    for name, color, dash, col in (("h₁ = ½", plot.ACCENT, "solid", 1), ("h₂ = ½", plot.ACCENT, "dash", 1),
                                   ("output = ½", plot.INK, "solid", 2)):
        fig.add_trace(plot.curve(**moment[name], name=name, color=color, dash=dash), 1, col)
    for c in (0, 1):
        x1, x2, _ = zip(*(corner for corner in CORNERS if corner[2] == c), strict=True)
        look: dict[str, Any] = {
            "color": plot.CLASS_COLORS[c], "size": 15, "symbol": plot.CLASS_SYMBOLS[c], "mode": "markers+text",
            "text": [f"{one:g}, {other:g}" for one, other in zip(x1, x2, strict=True)]}
        fig.add_trace(plot.dots(x1, x2, f"class {c}", textposition="top center", **look), 1, 1)
        name = f"class {c}, hidden"
        fig.add_trace(plot.dots(**moment[name], name=name, textposition="top center" if c else "bottom center", **look), 1, 2)
    return fig


def unfolding(found: Unfolding, counts: bool) -> Animation:
    """The corners and the lines as training goes. counts: say how many corners are right"""
    return Animation([_moment(found, i, counts) for i in range(len(found.epochs))], rate=12, noun=None)


def _moment(found: Unfolding, i: int, counts: bool = False) -> Keyframe:
    def ends(w: np.ndarray, b: float) -> dict[str, list[float]]:
        return dict(zip("xy", border([float(v) for v in w], float(b), LOW, HIGH), strict=True))

    traces = {"h₁ = ½": ends(found.W1[i, :, 0], found.b1[i, 0]), "h₂ = ½": ends(found.W1[i, :, 1], found.b1[i, 1]),
              "output = ½": ends(found.w2[i], found.b2[i])}
    for c in (0, 1):
        at = found.hidden[i][[corner[2] == c for corner in CORNERS]]
        traces[f"class {c}, hidden"] = {"x": at[:, 0].tolist(), "y": at[:, 1].tolist()}
    return Keyframe(traces, caption=f"Epoch {found.epochs[i]}{f': {found.right(i)} of 4 corners are right' * counts}.")


def network(widths: Sequence[int], names: Sequence[str], most: int = 10) -> go.Figure:
    """Layers of units, every unit joined with every unit of the next layer. Of large layers a part is drawn."""
    drawn = [min(width, most) for width in widths]
    places = [[(i, (count - 1) / 2 - k) for k in range(count)] for i, count in enumerate(drawn)]
    top = max(drawn) / 2
    xs: list[float | None] = []
    ys: list[float | None] = []
    for before, after in pairwise(places):
        for one in before:
            for other in after:
                xs += [one[0], other[0], None]
                ys += [one[1], other[1], None]
    colors = [plot.MUTED, *[plot.ACCENT] * (len(widths) - 2), plot.POSITIVE]
    units = [plot.dots([x for x, _ in layer], [y for _, y in layer], name, color, 18 if max(drawn) <= 8 else 13)
             for layer, name, color in zip(places, names, colors, strict=True)]
    notes = [plot.note(i, top + 0.45, name + (f" ({part} drawn)" if part < width else ""))
             for i, (name, part, width) in enumerate(zip(names, drawn, widths, strict=True))]
    return plot.sheet([plot.curve(xs, ys, "edges", plot.MUTED, width=0.7, hoverinfo="skip"), *units],
                      (-0.5, len(widths) - 0.5), (-top - 0.6, top + 0.9), notes)


def outputs(z: float, name: str, soft: float, sigmoid: float, tanh: float) -> go.Figure:
    """Sigmoid and tanh over z, where they decide, and what the three outputs say at z. name: of z"""
    Z, quiet = np.linspace(-8, 8, 241), dict[str, Any](dash="dot", width=1, showlegend=False)
    return plot.legend_above(plot.framed([
        plot.curve(Z, ACTIVATIONS["sigmoid"].f(Z), "sigmoid(z), and softmax"),
        plot.curve(Z, np.tanh(Z / 2), "tanh(z / 2)", plot.SECOND, "dash"),
        plot.curve((-8, 8), (0.5, 0.5), "decides at 0.5", **quiet),
        plot.curve((-8, 8), (0, 0), "decides at 0", plot.SECOND, **quiet),
        plot.curve((0, 0), (-1.15, 1.15), "z = 0", plot.MUTED, **quiet),
        plot.dots([z], [sigmoid], "sigmoid here", size=15),
        plot.dots([z], [soft], "softmax here", plot.INK, 26, "circle-open", 2),
        plot.dots([z], [tanh], "tanh here", plot.SECOND, 15, "square")],
        name, "output", (-8, 8), (-1.15, 1.15),
        [plot.note(-6.6, 0.5, "sigmoid decides", plot.ACCENT, yshift=11),
         plot.note(6.8, 0, "tanh decides", plot.SECOND, yshift=11)]), 80, 0.02)
