"""Pictures of one layer: its first weights, and the bells of its inputs and sums."""

import numpy as np
import plotly.graph_objects as go

from ann_core.lessons.initialization import Start, Sums
from ui.lessons import plot

WEIGHT_EDGES, SUM_EDGES = np.linspace(-2, 2, 82), np.linspace(-20, 20, 82)
"""Where the bins of the histograms begin and end; what lies beyond is not drawn."""
SIGNED = [[0, plot.NEGATIVE], [0.5, plot.GROUND], [1, plot.POSITIVE]]


def first(W: np.ndarray, start: Start) -> go.Figure:
    """The weights as a map, and their histogram with what theory says of it. W: (n_in, n_out)"""
    fig = plot.panels(["Each weight, from −1 (blue) to 1 (orange)", "How many have which value"], stacked=True,
                      vertical_spacing=0.24)
    n_in, n_out = W.shape
    units, inputs = np.arange(1, n_out + 1), np.arange(1, n_in + 1)
    fig.add_trace(go.Heatmap(
        x=units, y=inputs, z=W.round(4), name="weights", zmin=-1, zmax=1, colorscale=SIGNED, showscale=False,
        hovertemplate="from input %{y} to unit %{x}: %{z:.4f}<extra></extra>"), 1, 1)
    theory = np.diff(start.below(WEIGHT_EDGES, n_in, n_out))
    fig.add_trace(_steps(WEIGHT_EDGES, _shares(W, WEIGHT_EDGES), "this draw", plot.ACCENT, fill=True), 2, 1)
    fig.add_trace(_steps(WEIGHT_EDGES, theory / theory.max(), "theory", plot.INK, "dot"), 2, 1)
    fig.update_yaxes(autorange="reversed", row=1, col=1)
    plot.axes(fig, "to unit", "from input", row=1, col=1)
    plot.axes(fig, "weight", "share (fullest bin = 1)", (-2, 2), (0, 1.08), row=2, col=1)
    return plot.legend_below(fig)


def layer(found: Sums) -> go.Figure:
    """The bell of the inputs and that of the sums, each as high as its fullest bin; dotted: the bell that theory expects."""
    middle = (SUM_EDGES[:-1] + SUM_EDGES[1:]) / 2
    return plot.legend_above(plot.framed([
        _steps(SUM_EDGES, _shares(found.X, SUM_EDGES), "inputs x", plot.MUTED),
        _steps(SUM_EDGES, _shares(found.Z, SUM_EDGES), "sums z", plot.ACCENT, fill=True),
        plot.curve(middle, np.exp(-0.5 * (middle / found.spread) ** 2), "z by theory", plot.INK, "dot", 2)],
        "value", "share (fullest bin = 1)", (-20, 20), (0, 1.08)))


def _shares(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """How many of the values lie in each bin, as shares of the fullest one."""
    counts = np.histogram(values, edges)[0]
    return counts / counts.max()


def _steps(edges: np.ndarray, shares: np.ndarray, name: str, color: str, dash: str = "solid", fill: bool = False) -> go.Scatter:
    """The outline of a histogram."""
    return plot.curve((edges[:-1] + edges[1:]) / 2, shares, name, fill="tozeroy" if fill else None,
                      line={"color": color, "dash": dash, "width": 2, "shape": "hvh"})
