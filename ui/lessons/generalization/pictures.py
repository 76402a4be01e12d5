"""What the pictures of the lesson "Generalisation" are made of: a plane with its points, curves by the rows that are judged."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ann_core.base.arrays import Array
from ann_core.data import Prepared
from ui.lessons import plot

SIDE = 31
"""Points of a plane along each axis."""
TRAINING, VALIDATION, TEST, LOWEST = "training rows", "validation rows", "test rows", "test rows, at their lowest"
HELD = "held-out rows"
"""Where none of them choose: they are test rows, by the name that needs no explanation."""
COLORS = {TRAINING: plot.ACCENT, VALIDATION: plot.THIRD, TEST: plot.SECOND, LOWEST: plot.FOURTH, HELD: plot.SECOND}
DASHES = {TRAINING: "solid", VALIDATION: "dot", TEST: "dash", LOWEST: "dashdot", HELD: "dash"}
SYMBOLS = {TRAINING: "circle", VALIDATION: "diamond", TEST: "square", LOWEST: "triangle-down"}
LOSSES = -3.2, 1.2
"""What an axis of losses spans, in powers of ten."""


def ground(z: Array, data: Prepared) -> go.Contour:
    """The probability of class 1 over the plane, with a line at one half. z: (SIDE, SIDE)"""
    assert data.plane is not None
    x, y = (np.linspace(*data.plane.ranges[axis], len(z)) for axis in "xy")
    return go.Contour(x=x, y=y, z=np.round(z, 3), name="answer", zmin=0, zmax=1, zauto=False, opacity=0.55, showscale=False,
                      colorscale=[[0, plot.NEGATIVE], [0.5, plot.GROUND], [1, plot.POSITIVE]], hoverinfo="skip",
                      contours={"start": 0.5, "end": 0.5, "size": 1, "coloring": "heatmap"},
                      line={"color": plot.INK, "width": 2})


def points(data: Prepared, held: bool = True, named: bool = True) -> list[go.Scatter]:
    """The rows on the plane by class: full where they are learned, small and faint where they are held out. named: and the
    faint ones stand in the legend"""
    found = []
    for c in (0, 1):
        look: dict[str, Any] = {"color": plot.CLASS_COLORS[c], "symbol": plot.CLASS_SYMBOLS[c]}
        if held:
            x, y = data.points_test[data.y_test == c].T.round(3)
            found.append(plot.dots(x, y, f"class {c}, held out", size=5, rim=0, opacity=0.4, showlegend=named,
                                   **look))
        x, y = data.points_train[data.y_train == c].T.round(3)
        found.append(plot.dots(x, y, f"class {c}, training", size=9, **look))
    return found


def plane(z: Array, data: Prepared, held: bool = True) -> go.Figure:
    """What a network answers over the plane, and the rows. z: (SIDE, SIDE)"""
    assert data.plane is not None
    ranges = data.plane.ranges
    return plot.legend_below(plot.framed([ground(z, data), *points(data, held)], data.plane.x_name, data.plane.y_name,
                                         ranges["x"], ranges["y"]))


def band(x: Sequence[Any], values: Array, name: str, color: str, dash: str, symbol: str = "circle",
         mode: str = "lines+markers") -> list[go.Scatter]:
    """The median over draws, and behind it where 80 % of them lie. values: (draws, len(x))"""
    low, middle, high = np.quantile(values, (0.1, 0.5, 0.9), axis=0)
    traces = [plot.curve(x, middle, name, color, dash, mode=mode, marker={"symbol": symbol, "size": 7})]
    if len(values) > 1:
        traces.insert(0, go.Scatter(x=[*x, *reversed(x)], y=[*high, *low[::-1]], name=f"{name}: 80 % of the draws",
                                    mode="lines", fill="toself", fillcolor=color, line={"width": 0}, opacity=0.16,
                                    hoverinfo="skip", showlegend=False))
    return traces


def parts(x: Sequence[Any], values: Mapping[str, Array]) -> list[go.Scatter]:
    """A band for each kind of rows that is given. values: (draws, len(x)) by the rows that are judged"""
    return [trace for name, drawn in values.items()
            for trace in band(x, drawn, name, COLORS[name], DASHES[name], SYMBOLS[name])]


def logarithmic(fig: go.Figure, powers: tuple[float, float] = LOSSES, **place: Any) -> go.Figure:
    """With a logarithmic axis upwards between these powers of ten."""
    return fig.update_yaxes(type="log", range=powers, dtick=1, exponentformat="power", **place)
