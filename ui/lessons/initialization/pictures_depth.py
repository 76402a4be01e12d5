"""Pictures of deep networks before their first step, layer by layer."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from ann_core.lessons.initialization_depth import DEEPEST, REACH, Layers, Theory
from ui.lessons import plot

DECADES = ((-4, 2), (-10, 10), (-20, 4), (-4, 20), (-30, 30), (-80, 4), (-4, 80), (-100, 100), (-300, 100))
"""What a logarithmic axis spans, in powers of ten: the first of these that holds everything."""
ACROSS = (0.5, DEEPEST + 0.5)
STRONGER = [[0, plot.PALE], [1, plot.ACCENT]]
MARKS = (1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50)
"""Layers at which networks are shown as dots."""
Range = tuple[float, float]


def decades(*values: np.ndarray) -> Range:
    """The range of an axis that holds these numbers and does not move with every one of them."""
    found = np.concatenate([np.ravel(value) for value in values])
    powers = np.log10(found[np.isfinite(found) & (found > 0)]) if len(found) else found
    return next((span for span in DECADES if not len(powers) or span[0] <= powers.min() and powers.max() <= span[1]),
                DECADES[-1])


def deep(found: Layers, theory: Theory | None, span: Range) -> go.Figure:
    """Histograms of the outputs of each layer, and their spread: of all, between rows and between units."""
    fig = plot.panels(["Outputs of each layer: stronger where more of them lie", "Their spread, on a log scale"], stacked=True,
                      shared_xaxes=True)
    n = np.arange(1, len(found.spread) + 1)
    bins = found.outputs.shape[1]
    edges = np.linspace(-REACH, REACH, bins + 1)
    fig.add_trace(_map(n, (edges[:-1] + edges[1:]) / 2, found.outputs, "outputs"), 1, 1)
    for values, name, color, dash, width in (
            (found.spread, "all outputs", plot.ACCENT, "solid", 3.0), (found.rows, "between rows", plot.SECOND, "dash", 2.5),
            (found.units, "between units", plot.THIRD, "dashdot", 2.5)):
        fig.add_trace(plot.curve(n, _positive(values), name, color, dash, width), 2, 1)
    if theory:
        fig.add_trace(plot.curve(n, _positive(theory.spread), "all outputs, theory", plot.INK, "dot", 2), 2, 1)
    plot.axes(fig, "", "output", ACROSS, (-REACH, REACH), row=1, col=1)
    return plot.legend_below(_log(fig, "layer", "spread", span, row=2, col=1))


def back(found: Layers, theory: Theory | None, span: Range) -> go.Figure:
    """Histograms of the gradients of each layer's weights, and their sizes beside the spread of the outputs."""
    fig = plot.panels(["Gradients ∂L/∂w of each layer: stronger where more lie", "Outputs and gradients, on a log scale"],
                      stacked=True, shared_xaxes=True)
    hidden = np.arange(1, len(found.spread) + 1)
    fig.add_trace(_map(hidden, (found.edges[:-1] + found.edges[1:]) / 2, found.gradients, "gradients"), 1, 1)
    lines = [(found.spread, "spread of outputs", plot.MUTED, "solid"), (found.dW[:-1], "gradient ∂L/∂w", plot.ACCENT, "solid"),
             (found.dZ[:-1], "gradient ∂L/∂z", plot.FIRST, "dash")]
    if theory:
        lines.append((theory.back * found.dZ[-1], "∂L/∂z, theory", plot.INK, "dot"))
    for values, name, color, dash in lines:
        fig.add_trace(plot.curve(hidden, _positive(values), name, color, dash, 2.5), 2, 1)
    plot.axes(fig, "", "∂L/∂w, power of ten", ACROSS, span, row=1, col=1)
    return plot.legend_below(_log(fig, "layer", "size", span, row=2, col=1))


def factor(nets: np.ndarray, theory: Theory | None, span: Range) -> go.Figure:
    """The mean square of each layer's sums: of several networks, their median, and theory. nets: (networks, layers)"""
    at, shown = np.array(MARKS), nets[:, np.array(MARKS) - 1]
    median, every = _positive(np.median(shown, 0)), [v if v > 0 else None for v in shown.ravel()]
    traces = [plot.dots(np.tile(at, len(nets)), every, "each network", plot.ACCENT, 6, rim=0, opacity=0.5),
              plot.dots(at, median, "their median", plot.ACCENT, 12, "diamond")]
    if theory:
        traces.insert(0, plot.curve(np.arange(1, len(theory.q) + 1), _positive(theory.q), "theory", plot.INK, "dot", 2.5))
    return plot.legend_above(_log(go.Figure(traces), "layer", "mean square of the sums z", span))


def turns(found: Mapping[str, Sequence[np.ndarray]]) -> go.Figure:
    """The spread of the outputs, layer by layer, one line a network, by the networks' start."""
    traces = []
    for (name, nets), (color, dash) in zip(found.items(), ((plot.ACCENT, "solid"), (plot.SECOND, "dot")), strict=True):
        x = [n for net in nets for n in (*range(1, len(net) + 1), None)]
        y = [value for net in nets for value in (*_positive(net), None)]
        traces.append(plot.curve(x, y, name, color, dash, 2, opacity=0.8))
    return plot.legend_above(_log(go.Figure(traces), "layer", "spread of the outputs", (-3, 2)))


def _positive(values: np.ndarray) -> list[float | None]:
    """What has a place on a log scale."""
    return [float(value) if np.isfinite(value) and value > 0 else None for value in values]


def _log(fig: go.Figure, x: str, y: str, span: Range, **place: int) -> go.Figure:
    plot.axes(fig, x, y, ACROSS, span, **place)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if span[1] - span[0] <= 7 * step)
    return fig.update_yaxes(type="log", exponentformat="power", tick0=0, dtick=step, **place)


def _map(layers: np.ndarray, middle: np.ndarray, shares: np.ndarray, name: str) -> go.Heatmap:
    """One histogram a layer, seen from above. shares: (layers, bins), of the fullest bin; empty bins stay blank"""
    z = [[round(float(share), 3) or None for share in row] for row in shares.T]
    return go.Heatmap(x=layers, y=middle, z=z, name=name, zmin=0, zmax=1, colorscale=STRONGER, showscale=False,
                      hovertemplate="layer %{x}, about %{y:.3g}: %{z:.0%} of the fullest bin<extra></extra>")

