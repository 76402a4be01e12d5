"""Pictures of codes and of what comes back, for the lesson and the lab."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ui.colors import MANY
from ui.lessons import plot
from ui.lessons.convolution.pictures import Grid, board, row

POINT = "the point"
"""What is dragged through the plane."""


def plane(codes: Array, of: NDArray, names: Sequence[str], reach: float, at: tuple[float, float] | None = None,
          mark: float = 7) -> go.Figure:
    """Codes (N, 2) in the colours of their classes, or, without names, of their values `of`; and a point to drag."""
    traces = []
    for c, name in enumerate(names):
        mine = codes[of == c]
        traces.append(_dots(mine, name, MANY[c % len(MANY)], "circle" if c < len(MANY) else "square", mark))
    if not names:
        told = [words(float(value), 3) for value in of]
        shade = {"color": of.tolist(), "colorscale": [[0, plot.NEGATIVE], [0.5, plot.MUTED], [1, plot.POSITIVE]], "size": mark}
        traces.append(go.Scatter(x=codes[:, 0], y=codes[:, 1], mode="markers", marker=shade, text=told, hoverinfo="text",
                                 name="rows"))
    if at is not None:
        traces.append(plot.dots([at[0]], [at[1]], POINT, plot.ACCENT, 16, rim=3, showlegend=False))
    fig = plot.framed(traces, "first number of the code", "second number", (-reach, reach), (-reach, reach))
    return plot.legend_below(fig) if names else fig


def _dots(codes: Array, name: str, color: str, symbol: str, size: float) -> go.Scatter:
    marker = {"color": color, "symbol": symbol, "size": size, "line": {"color": plot.MUTED, "width": 0.5}}
    return go.Scatter(x=codes[:, 0], y=codes[:, 1], name=name, mode="markers", marker=marker, hoverinfo="name")


def side_by_side(pictures: dict[str, Array]) -> go.Figure:
    """Pictures (H, W) from 0 to 1 with their names above them."""
    return board(row(*(Grid(name, values, reach=1, said=0) for name, values in pictures.items())))


def as_plane(codes: Array) -> Array:
    """Codes as places in a plane: of one number a line, of more the first two. (N, k) -> (N, 2)"""
    return codes[:, :2] if codes.shape[1] > 1 else np.column_stack([codes[:, 0], np.zeros(len(codes))])
