"""Pictures of one unit: its line, its sum, its boundary in the plane, its activation."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ann_core.base.spelling import words
from ann_core.lessons import neuron as core
from ann_core.lessons.neuron_kinds import EXAMPLES, FIELDS
from ann_core.nn.activations import ACTIVATIONS
from ui.lessons import plot
from ui.lessons.story import SOLD, SUN

REACH = 2.0
"""The plane with a boundary goes from −REACH to REACH, and so do its weights and bias."""
RAIL = 2.3
"""Where the bias stands beside the plane."""
HANDLE = -1.15
"""The height at which z is dragged, below the activation."""
Points = Sequence[tuple[float, float, int]]
"""(x₁, x₂, class)"""


def what(w: float, b: float, rule: bool) -> go.Figure:
    """The examples, the line through them with the gaps, and if wanted the rule behind."""
    ends, (x, y) = (0.0, 5.4), zip(*core.EXAMPLES, strict=True)
    traces, notes = [], []
    if rule:
        told = (core.RULE[:1], core.RULE[1])
        traces = [plot.curve(ends, [core.weighted_sum([end], *told) for end in ends], "f*", plot.MUTED, "dash")]
        notes = [plot.note(5.1, core.weighted_sum([5.1], *told), "f*", plot.MUTED, yshift=14)]
    traces += [plot.curve((at, at), (high, core.weighted_sum([at], [w], b)), f"gap {i}", plot.MUTED, "dot", 1.5,
                          hoverinfo="skip") for i, (at, high) in enumerate(core.EXAMPLES, 1)]
    traces += [plot.curve(ends, [core.weighted_sum([end], [w], b) for end in ends], "f"),
               plot.dots(x, y, "examples", plot.FOURTH),
               plot.dots([5], [core.weighted_sum([5], [w], b)], "prediction", symbol="diamond-open")]
    return plot.framed(traces, SUN, SOLD, ends, (-0.6, 6.4), notes)


def kinds(chosen: str) -> go.Figure:
    """Three fields, one inside the other, and a point for each example; the chosen one is larger."""
    places = {key: (x, y) for (key, x, y) in (("rules", -1.6, -0.9), ("line", -0.9, 0.3), ("groups", -0.55, -0.75), (
        "digits", 0.35, 0.05), ("autoencoder", 1.3, -0.1), ("gan", 0.75, -0.55))}
    x, y = zip(*places.values(), strict=True)
    names = [plot.note(*at, name, bgcolor=plot.GROUND)
             for name, at in zip(FIELDS, ((0, 1.5), (0.25, 0.95), (0.85, 0.5)), strict=True)]
    fig = plot.sheet([plot.dots(x, y, "examples", plot.MUTED, 9, text=[EXAMPLES[key].label for key in places],
                                hovertemplate="%{text}<extra></extra>"),
                      plot.dots([places[chosen][0]], [places[chosen][1]], "chosen", plot.ACCENT, 18, "diamond")],
                     (-2.6, 2.6), (-1.9, 1.9), names)
    for (low, high, half), color in zip(((-2.5, 2.5, 1.8), (-1.4, 1.95, 1.25), (-0.05, 1.75, 0.85)), (
            plot.MUTED, plot.FOURTH, plot.ACCENT), strict=True):
        middle = 0 if half > 1.5 else -0.05
        fig.add_shape(type="circle", x0=low, x1=high, y0=middle - half, y1=middle + half, line={"color": color, "width": 2},
                      layer="below")
    return fig


def sum_(x: Sequence[float], w: Sequence[float], b: float, z: float) -> go.Figure:
    """A neuron: inputs at the left, the product on each edge, the sum in the circle."""
    look: dict[str, Any] = {"mode": "markers+text", "hoverinfo": "skip", "textfont": {"size": 16, "color": plot.INK}}
    names = [f"x{'₁₂'[i] if len(x) > 1 else ''} = {words(v)}" for i, v in enumerate(x)] + ["1"]
    middle = len(x) / 2
    traces, notes = [], []
    for row, (name, weight, value) in enumerate(zip(names, (*w, b), (*x, 1.0), strict=True)):
        color = plot.CLASS_COLORS[weight * value > 0] if weight * value else plot.MUTED
        wide = 1.5 + min(6.0, abs(weight * value))
        traces += [plot.curve((0, 1.4), (row, middle), f"edge {row}", color, width=wide, hoverinfo="skip"),
                   plot.dots([0], [row], name, text=[name], **look,
                             marker={"color": plot.PANEL, "size": 66, "line": {"color": plot.MUTED, "width": 1.5}})]
        told = f"{words(value)} × {words(weight)} = {words(value * weight)}" if row < len(x) else f"bias {words(b)}"
        notes.append(plot.note(0.72, row + (middle - row) * 0.51, told, bgcolor=plot.GROUND, borderpad=3))
    traces.append(plot.dots([1.4], [middle], "sum", text=[f"Σ = {words(z)}"], **look,
                            marker={"color": plot.WASH, "size": 92, "line": {"color": plot.ACCENT, "width": 2.5}}))
    notes += [plot.arrow((1.62, middle), (2.1, middle), plot.MUTED), plot.note(2.28, middle, f"z = {words(z)}")]
    return plot.sheet(traces, (-0.35, 2.5), (len(x) + 0.6, -0.6), notes)


def plane(points: Points, w: Sequence[float], b: float, bias: bool, labels: Sequence[str] = ()) -> go.Figure:
    """Points of two classes and the boundary z = 0. The weights are an arrow from the origin to (w₁, w₂), the bias stands on a
    rail at the right."""
    fig = _square([go.Scatter(x=xs, y=ys, mode="none", fill="toself", fillcolor=shade, opacity=0.13, hoverinfo="skip")
                   for shade, (xs, ys) in zip(plot.CLASS_COLORS, (_side([-v for v in w], -b), _side(w, b)), strict=True)],
                  "x₁", "x₂", (-REACH - 0.1, RAIL + 0.25), (-REACH - 0.1, REACH + 0.1))
    fig.add_traces([plot.curve(*border(w, b), "boundary", plot.INK), plot.curve((0, w[0]), (0, w[1]), "weight arrow")])
    for c in (0, 1):
        told = {"text": [label for label, point in zip(labels, points, strict=True) if point[2] == c],
                "mode": "markers+text", "textposition": "top center"} if labels else {}
        fig.add_trace(_class(points, c, **told))
    named: dict[str, Any] = {"size": 15, "symbol": "diamond", "mode": "markers+text", "textposition": "top center",
                             "textfont": {"size": 16, "color": plot.ACCENT}}
    fig.add_trace(plot.dots([w[0]], [w[1]], "weights", text=["w"], **named))
    if bias:
        fig.add_traces([plot.curve((RAIL, RAIL), (-REACH, REACH), "rail", plot.LINE, width=5),
                        plot.dots([RAIL], [b], "bias", text=["b"], **named)])
    return fig


def perceptron(points: Points, visit: core.Visit) -> go.Figure:
    """The boundary and the weights before and after an example, which is ringed, its correction as an arrow."""
    before, after, (x1, x2) = visit.before[:2], visit.after[:2], core.CORNERS[visit.sample]
    notes = []
    traces = [plot.curve(*border(before, visit.before[2]), "boundary before", plot.MUTED, "dash"),
               plot.curve(*border(after, visit.after[2]), "boundary after")]
    traces += [_class(points, c) for c in (0, 1)]
    traces += [plot.dots([x1], [x2], "example", plot.INK, 30, "circle-open", 2.5),
               plot.curve((0, before[0]), (0, before[1]), "weights before", plot.MUTED, "dash", 1.5),
               plot.curve((0, after[0]), (0, after[1]), "weights after", width=1.5)]
    if before != after:
        notes.append(plot.arrow(before, after))
    else:
        traces.append(plot.dots([after[0]], [after[1]], "weights", symbol="diamond"))
    if max(map(abs, after)) < REACH:
        notes.append(plot.note(*after, "w", plot.ACCENT, yshift=16))
    return _square(traces, "x₁ (and w₁)", "x₂ (and w₂)", (-2.1, 2.1), (-2.1, 2.1), notes)


def threshold(kind: str, z: float, a: float, border: bool) -> go.Figure:
    """An activation over z, and where z stands. border: whether the place where it decides is shown"""
    Z, least = np.linspace(-6, 6, 241), core.THRESHOLDS[kind]
    says = a > least
    return plot.framed([
        plot.curve(Z, ACTIVATIONS[kind].f(Z), kind),
        *([plot.curve((-6, 6), (least, least), "threshold", plot.INK, "dash", 1.5)] if border else []),
        plot.curve((0, 0), (-1.25, 1.25), "z = 0", plot.MUTED, "dot", 1.5),
        plot.curve((z, z), (HANDLE, 1.25), "here", plot.ACCENT, "dot", 1.5),
        plot.dots([z], [a], "output", plot.CLASS_COLORS[says], 15, plot.CLASS_SYMBOLS[says]),
        plot.dots([z], [HANDLE], "z", size=15, symbol="diamond")],
        "z", "output a", (-6, 6), (-1.25, 1.25),
        [plot.note(-4.6, least, f"decides at {least:g}", plot.INK, yshift=12)] if border else [])


def shift(kind: str, w: float, b: float, middle: float | None) -> go.Figure:
    """An activation over x with its bias and without. middle: where z = 0, if that is in the picture"""
    X, act = np.linspace(-5, 5, 241), ACTIVATIONS[kind]
    traces = [plot.curve(X, act.f(w * X), "without the bias", plot.MUTED, "dash", 2),
              plot.curve(X, act.f(w * X + b), "with the bias"),
              plot.dots([0], [core.answer(kind, b)], "output at x = 0", size=13, symbol="circle-open", rim=3)]
    if middle is not None:
        traces += [plot.curve((middle, middle), (HANDLE, core.answer(kind, 0)), "middle line", plot.ACCENT, "dot", 1.5),
                   plot.dots([middle], [HANDLE], "middle", size=15, symbol="diamond")]
    return plot.framed(traces, "x", "output a", (-5, 5), (-1.3, 2.2))


def border(w: Sequence[float], b: float, low: float = -REACH, high: float = REACH) -> tuple[list[float], list[float]]:
    """The ends of w·x + b = 0 across the square from `low` to `high`; nothing when both weights are 0."""
    if w[0] == w[1] == 0:
        return [], []
    if abs(w[1]) >= abs(w[0]):
        return [low, high], [-(w[0] * x + b) / w[1] for x in (low, high)]
    return [-(w[1] * y + b) / w[0] for y in (low, high)], [low, high]


def _side(w: Sequence[float], b: float, reach: float = REACH) -> tuple[list[float], list[float]]:
    """The corners of the part of the square where z > 0."""
    corners = [(-reach, -reach), (reach, -reach), (reach, reach), (-reach, reach)]
    z = [w[0] * x + w[1] * y + b for x, y in corners]
    found = []
    for i, j in zip(range(4), (1, 2, 3, 0), strict=True):
        if z[i] > 0:
            found.append(corners[i])
        if (z[i] > 0) != (z[j] > 0):
            t, (x, y), (u, v) = z[i] / (z[i] - z[j]), corners[i], corners[j]
            found.append((x + t * (u - x), y + t * (v - y)))
    return [x for x, _ in found], [y for _, y in found]


def _class(points: Points, c: int, **more: Any) -> go.Scatter:
    """The points of a class."""
    x1, x2, _ = zip(*(point for point in points if point[2] == c), strict=True)
    return plot.dots(x1, x2, f"class {c}", plot.CLASS_COLORS[c], 15, plot.CLASS_SYMBOLS[c], **more)


def _square(traces: Sequence[go.Scatter], x: str, y: str, x_range: plot.Range, y_range: plot.Range,
            notes: Sequence[dict] = ()) -> go.Figure:
    """A plot with the same scale on both axes."""
    fig = plot.framed(traces, x, y, x_range, y_range, notes).update_xaxes(constrain="domain")
    return fig.update_yaxes(scaleanchor="x", constrain="domain")
