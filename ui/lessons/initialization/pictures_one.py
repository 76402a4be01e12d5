"""Pictures of one layer: its first weights, and the bells of its inputs and sums."""

import numpy as np
import plotly.graph_objects as go
from scipy.special import ndtr

from ann_core.lessons.initialization import Start, Sums
from ui.lessons import plot

WEIGHT_EDGES, SUM_EDGES = np.linspace(-2, 2, 82), np.linspace(-20, 20, 82)
"""Where the bins of the histograms begin and end; what lies beyond is not drawn."""
TOPS = (0.5, 1.0, 3.0, 6.0, 12.0, 22.0)
"""Where an axis of densities ends: at the first of these below which all lie, so that it does not move with each of them."""
SIGNED = [[0, plot.NEGATIVE], [0.5, plot.GROUND], [1, plot.POSITIVE]]


def first(W: np.ndarray, start: Start) -> go.Figure:
    """The weights as a map of squares, and their histogram with what theory says of it. W: (n_in, n_out)"""
    fig = plot.panels(["Each square is one weight", "How many have which value"], horizontal_spacing=0.14)
    n_in, n_out = W.shape
    units, inputs = np.arange(1, n_out + 1), np.arange(1, n_in + 1)
    fig.add_trace(go.Heatmap(
        x=units, y=inputs, z=W.round(4), name="weights", zmin=-1, zmax=1, colorscale=SIGNED, showscale=False,
        hovertemplate="from input %{y} to unit %{x}: %{z:.4f}<extra></extra>"), 1, 1)
    fig.update_xaxes(constrain="domain", row=1, col=1)
    fig.update_yaxes(scaleanchor="x", constrain="domain", row=1, col=1)
    found = _density(W, WEIGHT_EDGES)
    theory = np.diff(start.below(WEIGHT_EDGES, n_in, n_out)) / np.diff(WEIGHT_EDGES)
    fig.add_trace(_steps(WEIGHT_EDGES, found, "this draw", plot.ACCENT, fill=True), 1, 2)
    fig.add_trace(_steps(WEIGHT_EDGES, theory, "theory", plot.INK, "dot"), 1, 2)
    fig.update_yaxes(autorange="reversed", row=1, col=1)
    plot.axes(fig, "to unit", "from input", row=1, col=1)
    plot.axes(fig, "weight", "density", (-2, 2), _up_to(found, theory), row=1, col=2)
    return plot.legend_below(fig)


def layer(found: Sums) -> go.Figure:
    """The bell of the inputs and that of the sums, both of area 1; dotted: the bell that theory expects."""
    X, Z = (_density(values, SUM_EDGES) for values in (found.X, found.Z))
    theory = np.diff(ndtr(SUM_EDGES / found.spread)) / np.diff(SUM_EDGES)
    return plot.legend_above(plot.framed([
        _steps(SUM_EDGES, X, "inputs x", plot.MUTED),
        _steps(SUM_EDGES, Z, "sums z", plot.ACCENT, fill=True),
        _steps(SUM_EDGES, theory, "z by theory", plot.INK, "dot")],
        "value", "density", (-20, 20), _up_to(X, Z, theory)))


def _density(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """The share of all values that lies in each bin, by its width."""
    return np.histogram(values, edges)[0] / (values.size * np.diff(edges))


def _up_to(*densities: np.ndarray) -> tuple[float, float]:
    most = max(float(density.max()) for density in densities)
    return 0, next((top for top in TOPS if 1.02 * most <= top), TOPS[-1])


def _steps(edges: np.ndarray, heights: np.ndarray, name: str, color: str, dash: str = "solid",
           fill: bool = False) -> go.Scatter:
    """The outline of a histogram."""
    return plot.curve((edges[:-1] + edges[1:]) / 2, heights, name, fill="tozeroy" if fill else None,
                      line={"color": color, "dash": dash, "width": 2, "shape": "hvh"})
