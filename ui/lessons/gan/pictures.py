"""The pictures of the lesson "GAN": samples on a plane, the judge's verdict behind them, slopes as arrows."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ann_core.base.arrays import Array
from ann_core.lessons.gan import Players
from ui.lessons import plot

REACH, SIDE = 3.2, 41
"""The plane of samples goes from −REACH to REACH; points of it along each axis."""
LOW = 0.2
"""Verdicts below it, and above 1 − LOW, have the full colour: a judge that is fooled says nearly ½ everywhere."""
COLORS = f"Colour: what the judge says, from made ({LOW:g} or less) over the line of ½ to true ({1 - LOW:g} or more)."
TRUE, MADE = plot.POSITIVE, plot.NEGATIVE
PLANE = np.stack(np.meshgrid(*[np.linspace(-REACH, REACH, SIDE)] * 2), -1)


def places(X: Array) -> tuple[Array, Array]:
    """x and y of points (n, 2), as they travel."""
    x, y = X.T.round(3)
    return x, y


def true(X: Array) -> go.Scatter:
    """Samples of the data."""
    return plot.dots(*places(X), name="true", color=TRUE, size=6, symbol="square", rim=0, opacity=0.55, hoverinfo="skip")


def made(X: Array, size: float = 6) -> go.Scatter:
    """Samples of the generator."""
    return plot.dots(*places(X), name="made", color=MADE, size=size, rim=0.5, hoverinfo="skip")


def field(players: Players) -> go.Contour:
    """What the judge says everywhere, with a line at one half."""
    x = PLANE[0, :, 0]
    z = players.verdicts(PLANE.reshape(-1, 2)).reshape(SIDE, SIDE)
    return go.Contour(x=x, y=x, z=z.round(3), name="judge", zmin=LOW, zmax=1 - LOW, zauto=False, opacity=0.45, showscale=False,
                      colorscale=[[0, plot.NEGATIVE], [0.5, plot.GROUND], [1, plot.POSITIVE]], hoverinfo="skip",
                      showlegend=False, contours={"start": 0.5, "end": 0.5, "size": 1, "coloring": "heatmap"},
                      line={"color": plot.INK, "width": 1.5})


def plane(traces: Iterable[go.Scatter | go.Contour], names: tuple[str, str] = ("x₁", "x₂")) -> go.Figure:
    """A square part of a plane."""
    fig = plot.framed(traces, *names, (-REACH, REACH), (-REACH, REACH))
    return plot.legend_above(fig.update_yaxes(scaleanchor="x", constrain="domain").update_xaxes(constrain="domain"), 30)


def grid(reach: float = 2.0, step: float = 0.5, along: int = 161) -> Array:
    """A grid of lines, one after the other, with a gap (NaN) behind each. Returns (n, 2)"""
    t, gap = np.linspace(-reach, reach, along), np.full((1, 2), np.nan)
    lines = [np.column_stack(pair) for at in np.arange(-reach, reach + step / 2, step)
             for pair in ((t, np.full(along, at)), (np.full(along, at), t))]
    return np.concatenate([part for line in lines for part in (line, gap)])


def _with_gaps(X: Array) -> tuple[Any, Any]:
    """x and y of a line with gaps (NaN), as they travel."""
    x, y = ([None if np.isnan(v) else v for v in values.tolist()] for values in places(X))
    return x, y


def _lines(X: Array) -> go.Scatter:
    return plot.curve(*_with_gaps(X), name="grid", color=plot.MUTED, width=1, opacity=0.6, hoverinfo="skip")


def noise(drawn: Array, at: tuple[float, float], walk: Array | None) -> go.Figure:
    """The plane of noise, and the point that is looked at. walk: a straight way (n, 2)"""
    traces = [plot.dots(*places(drawn), name="noise", color=plot.MUTED, size=5, rim=0, hoverinfo="skip")]
    if walk is not None:
        traces = [_lines(grid()), *traces]
        traces.append(plot.curve(*places(walk), name="a straight way", dash="dot"))
    traces.append(plot.dots([at[0]], [at[1]], "noise z", plot.ACCENT, 15, "diamond"))
    return plane(traces, names=("z₁", "z₂"))


def samples(players: Players, drawn: Array, data: Array, at: tuple[float, float], walk: Array | None) -> go.Figure:
    """What the generator makes of one noise point, among true samples; of all noise, grid and straight way, where they may be
    seen: samples between the clouds would tell."""
    traces = [true(data)]
    if walk is not None:
        traces.append(made(players.made(drawn)))
        lines = grid()
        bent = np.full_like(lines, np.nan)
        fine = ~np.isnan(lines[:, 0])
        bent[fine] = players.made(lines[fine])
        traces = [_lines(bent), *traces, plot.curve(*places(players.made(walk)), name="its image", dash="dot")]
    x = players.made(np.array([at]))[0]
    return plane([*traces, plot.dots([x[0]], [x[1]], "sample x", plot.ACCENT, 15, "diamond")])


def judge(players: Players, drawn: Array, data: Array, at: tuple[float, float]) -> go.Figure:
    """The judge's verdict over the plane, samples of both kinds, and one that is looked at."""
    return plane([field(players), true(data), made(players.made(drawn)),
                  plot.dots([at[0]], [at[1]], "sample x", plot.ACCENT, 15, "diamond")])


def arrow_lines(X: Array, by: Array) -> tuple[Any, Any]:
    """Arrows from points (n, 2) as one line with gaps: shafts, and heads in proportion. Returns x, y"""
    across = 0.14 * np.column_stack([-by[:, 1], by[:, 0]])
    end = X + by
    back = end - 0.28 * by
    ways = np.stack([X, end, back + across, end, back - across, np.full_like(X, np.nan)], 1).reshape(-1, 2)
    return _with_gaps(ways)


def pulls(players: Players, X: Array, arrows: Array, chosen: int, data: Array) -> go.Figure:
    """Arrows on generated samples. arrows: (N, 2), in units of the plane"""
    others = np.arange(len(X)) != chosen
    look: dict[str, Any] = {"hoverinfo": "skip", "showlegend": False}
    return plane([field(players), true(data), made(X, size=7),
                  plot.curve(*arrow_lines(X[others], arrows[others]), name="arrows", color=plot.INK, width=2, **look),
                  plot.curve(*arrow_lines(X[[chosen]], arrows[[chosen]]), name="its arrow", width=4, **look),
                  plot.dots([X[chosen, 0]], [X[chosen, 1]], "looked at", plot.ACCENT, 14, "circle-open", 3, hoverinfo="skip")])
