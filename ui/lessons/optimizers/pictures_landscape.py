"""The cost of a network along a plane through its last parameters, with the path of training as an animation."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.lessons.optimizers_landscape import SIDE, Plane
from ui.figure import Animation, Keyframe
from ui.lessons import plot
from ui.lessons.optimizers.pictures_race import heights, shown_steps

ROOM = 0.25
"""Around the path, as a share of its extent."""


def span(values: Array) -> tuple[float, float]:
    """A range that holds the path and its end at 0, with room, and at least 1 to either side."""
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    room = ROOM * (high - low)
    return min(low - room, -1.0), max(high + room, 1.0)


def grid(plane: Plane) -> tuple[Array, Array, Array]:
    """α, β and the cost there (β, α)."""
    alpha, beta = (np.linspace(*span(values), SIDE) for values in plane.path.T)
    return alpha, beta, plane.surface(alpha, beta)


def landscape(ground: tuple[Array, Array, Array], path: Array, costs: Array, top: float, flat: bool) -> go.Figure:
    """From above or in space. path: (T, 2)   costs: of each moment, at which it is drawn in space   top: the highest cost"""
    alpha, beta, cost = ground
    below: Any = {"x": alpha.round(4), "y": beta.round(4), "z": heights(cost).round(4), "name": "cost",
                  "colorscale": [[0, plot.GROUND], [1, plot.FOURTH]], "showscale": False, "hoverinfo": "skip"}
    way: Any = {"x": path[:, 0].round(4), "y": path[:, 1].round(4)} | ({} if flat else {"z": heights(costs)})
    kind, scale = (go.Scatter, 1.0) if flat else (go.Scatter3d, 0.5)
    line = {"color": plot.ACCENT, "width": 3 if flat else 6}
    fig = go.Figure([
        go.Contour(**below, ncontours=20, line={"color": plot.MUTED, "width": 0.5}) if flat else
        go.Surface(**below, opacity=0.9),
        kind(**way, name="whole path", mode="lines", line=line, opacity=0.35, showlegend=False, hoverinfo="skip"),
        kind(**way, name="path", mode="lines", line=line, hoverinfo="skip"),
        *(_mark(kind, way, place, name, color, symbol, size * scale) for name, place, color, symbol, size in (
            ("start", 0, plot.FIRST, "square-open", 15), ("end", -1, plot.SECOND, "diamond-open", 15),
            ("now", -1, plot.POSITIVE, "circle", 11)))])
    if flat:
        plot.axes(fig, "α along d₁", "β along d₂", (alpha[0], alpha[-1]), (beta[0], beta[-1]))
    else:
        fig.update_layout(scene={"xaxis_title_text": "α", "yaxis_title_text": "β", "zaxis_title_text": "ln(1 + cost)",
                                 "zaxis_range": (0, 1.05 * float(heights(np.array(top)))),
                                 "camera": {"eye": {"x": 1.1, "y": -1.4, "z": 1.0}, "center": {"x": 0, "y": 0, "z": -0.15}}})
    return plot.legend_above(fig)


def _mark(kind: Any, way: Any, place: int, name: str, color: str, symbol: str, size: float) -> Any:
    """A place on the way."""
    return kind(**{axis: values[[place]] for axis, values in way.items()}, name=name, mode="markers", hoverinfo="skip",
                marker={"color": color, "size": size, "symbol": symbol, "line": {"width": 2.5 if "open" in symbol else 0}})


def film(path: Array, heights_at: Array, real: Array, steps: NDArray[np.int64], flat: bool) -> Animation:
    """The path of training. heights_at: the costs at which it is drawn   real: what it cost   steps: of each moment"""
    frames = []
    for t in shown_steps(len(path) - 1):
        now = {"x": path[t:t + 1, 0], "y": path[t:t + 1, 1]} | ({} if flat else {"z": heights(heights_at[t:t + 1])})
        frames.append(Keyframe({"path": {"upto": int(t) + 1}, "now": now},
                               caption=f"Step {steps[t]:,}: the cost is {words(real[t])}."))
    return Animation(frames, rate=12, noun=None)
