"""Pictures of codes and of what comes back, for the lesson and the lab."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ui.colors import MANY
from ui.figure import Drag
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


def row_of(rows: dict[str, Array]) -> go.Figure:
    """Digits (64,) from 0 to 1 with their names above them."""
    return side_by_side({name: np.clip(x, 0, 1).reshape(8, 8) for name, x in rows.items()})


def itself(x: Array, back: Array) -> go.Figure:
    """A digit, what comes back, and where the two differ."""
    squares = ((back - x) ** 2).reshape(8, 8)
    return board(row(Grid("the picture "
                          "x", x.reshape(8, 8), reach=1, said=0), Grid("what comes back", np.clip(back, 0, 1).reshape(8, 8),
                                                                                  reach=1, said=0),
                     Grid("squared difference", squares, reach=0.5, said=0)))


def squeeze(x: Array, code: Array, back: Array) -> go.Figure:
    """A digit, its code as two cells, and what comes back."""
    return board(row(Grid("64 pixels", x.reshape(8, 8), reach=1, said=0),
                     Grid("code", code.reshape(-1, 1), reach=3, signed=True, said=1),
                     Grid("64 pixels again", np.clip(back, 0, 1).reshape(8, 8), reach=1, said=0)))


def race(errors: Array, epoch: int | None, sheet: float, mean: float, last: int) -> go.Figure:
    """A network's error by epoch, as far as it may be seen; PCA's and the mean's, which hold still."""
    traces = [plot.curve([0, last], [mean, mean], "always the mean digit", plot.MUTED, "dot"),
              plot.curve([0, last], [sheet, sheet], "PCA with 2 numbers", plot.SECOND, "dash"),
              plot.curve(np.arange(len(errors)), errors, "network", plot.ACCENT)]
    if epoch is not None:
        traces.append(plot.dots([epoch], [errors[epoch]], "this epoch", plot.ACCENT))
    return plot.legend_above(plot.framed(traces, "epoch", "mean squared error", (0, last), (0.025, 0.095)))


def width(codes: Sequence[int], sheets: Array, nets: Array, chosen: int) -> go.Figure:
    """Errors over the width of the code, of networks as far as they may be seen."""
    names = [str(code) for code in codes]
    at = codes.index(chosen)
    traces = [plot.curve(names, sheets, "PCA", plot.SECOND, "dash", mode="lines+markers"),
              plot.curve(names[:len(nets)], nets, "network", plot.ACCENT, mode="lines+markers"),
              plot.dots([names[at]], [sheets[at]], "this width", plot.INK, 14, "circle-open", 2)]
    fig = plot.framed(traces, "numbers in the code", "mean squared error", None, (0, 0.07))
    return plot.legend_above(fig).update_xaxes(type="category", categoryorder="array", categoryarray=names)


def by_class(errors: Array, mean: float) -> go.Figure:
    """What each class loses. mean: error of always answering the mean digit"""
    names = [str(k) for k in range(len(errors))]
    bars = go.Bar(x=names, y=errors, name="error", marker_color=plot.ACCENT)
    fig = plot.framed([bars, plot.curve([names[0], names[-1]], [mean, mean], "always the mean digit", plot.MUTED, "dot")],
                      "digit", "mean squared error", None, (0, 0.1))
    return plot.legend_above(fig).update_xaxes(type="category")


def odd(flowers: Array, oddities: Array, raw: Array) -> go.Figure:
    """Petals of all flowers, the odder the stronger, and one of the visitor's own. flowers: (150, 4)"""
    shade = {"color": np.sqrt(oddities).tolist(), "colorscale": [[0, plot.LINE], [1, plot.INK]], "size": 9, "cmin": 0,
             "line": {"color": plot.MUTED, "width": 0.5}}
    traces = [go.Scatter(x=flowers[:, 2], y=flowers[:, 3], mode="markers", marker=shade, name="150 flowers", hoverinfo="text",
                         text=[f"oddity {words(float(value), 2)}" for value in oddities]),
              plot.dots([raw[2]], [raw[3]], "your flower", plot.ACCENT, 16, rim=3)]
    bounds = reach_of(flowers)
    assert bounds.x and bounds.y
    return plot.legend_above(plot.framed(traces, "petal length in "
                                                 "cm", "petal width in cm", (bounds.x[0] - 0.3, bounds.x[1] + 0.3),
                                         (bounds.y[0] - 0.15, bounds.y[1] + 0.15)))


def reach_of(flowers: Array) -> Drag:
    """Where the visitor's flower may be dragged: as far as the others reach."""
    (left, low), (right, high) = flowers[:, 2:].min(0).tolist(), flowers[:, 2:].max(0).tolist()
    return Drag((left, right), (low, high), 0.1, "your flower")
