"""The picture of clipping."""

import numpy as np
import plotly.graph_objects as go

from ann_core.base.arrays import Array
from ui.lessons import plot

REACH = 5.6


def clip(g: Array, by_norm: Array, by_value: Array, limit: float) -> go.Figure:
    """A gradient as an arrow, the circle and the square that clipping keeps it in, and both clipped arrows."""
    turn = np.linspace(0, 2 * np.pi, 121)
    corners = limit * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
    fig = plot.framed([
        plot.curve(limit * np.cos(turn), limit * np.sin(turn), "length c", plot.SECOND, "dot", 1.5, hoverinfo="skip"),
        plot.curve(corners[:, 0], corners[:, 1], "each part up to c", plot.THIRD, "dash", 1.5, hoverinfo="skip"),
        _arrow(g, "gradient", plot.ACCENT, 15), _arrow(by_norm, "by norm: shortened", plot.SECOND, 11, "circle"),
        _arrow(by_value, "by value: bent", plot.THIRD, 11, "square")],
        "part along w₁", "part along w₂", (-REACH, REACH), (-REACH, REACH))
    return plot.legend_above(fig.update_yaxes(scaleanchor="x"), 64)


def _arrow(to: Array, name: str, color: str, size: int, symbol: str = "diamond") -> go.Scatter:
    return go.Scatter(x=[0, to[0]], y=[0, to[1]], name=name, mode="lines+markers", line={"color": color, "width": 3},
                      marker={"size": [0, size], "symbol": symbol, "color": color})
