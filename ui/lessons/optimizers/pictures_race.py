"""The race of optimisers on a surface: from above or in space, with everybody's way as an animation."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.lessons.optimizers_race import Race
from ann_core.lessons.optimizers_surfaces import Surface
from ui.figure import Animation, Keyframe
from ui.lessons import plot
from ui.lessons.optimizers.pictures import COLORS, DASHES
from ui.lessons.optimizers.racing import NAMES

SIDE = 81
"""Points of a surface along each axis."""
PICTURES = 121
"""At most so many moments of a race are shown: the first steps one by one, later ones fewer."""
FADED = 0.35
GROUND = [[0, plot.GROUND], [1, plot.LINE]]
"""Heights in grey, so that the ways stand out."""


def shown_steps(steps: int) -> Array:
    """The steps that the animation shows."""
    return np.unique(np.round(steps * np.linspace(0, 1, PICTURES) ** 2)).astype(int)


def heights(costs: Array) -> Array:
    """Costs span many powers of ten: ln(1 + f) shows the depth and the slopes alike."""
    return np.log1p(costs)


def contour(told: Race, whole: bool) -> go.Figure:
    """From above: the ways as far as the race has come. whole: and faint to its end"""
    surface, far = told.surface, 4 * told.surface.reach
    x, y, ground = _ground(surface)
    minima, (start_x, start_y) = surface.shown(np.array(surface.minima, float)), told.places[0, :1].T
    ways = {key: np.clip(told.places[:, i], -far, far).round(4) for i, key in enumerate(told.names)}
    ends = np.array([way[-1] for way in ways.values()])
    quiet: Any = {"hoverinfo": "skip"}
    fig = go.Figure([
        go.Contour(x=x, y=y, z=ground, name="cost", colorscale=GROUND, showscale=False, ncontours=16, **quiet,
                   line={"color": plot.MUTED, "width": 0.5}),
        plot.dots(minima[:, 0], minima[:, 1], "lowest", plot.INK, 11, "star-open", **quiet),
        *(plot.curve(way[:, 0], way[:, 1], f"{NAMES[key]}, whole way", COLORS[key], DASHES[key], 1.5, opacity=FADED,
                     showlegend=False, **quiet) for key, way in ways.items() if whole),
        *(plot.curve(way[:, 0], way[:, 1], NAMES[key], COLORS[key], DASHES[key], **quiet) for key, way in ways.items()),
        plot.dots(ends[:, 0], ends[:, 1], "now", _colors(told), 11, showlegend=False, text=_labels(told),
                  hovertemplate="%{text}<extra></extra>"),
        plot.dots(start_x, start_y, "start", plot.ACCENT, 15, "circle-open", 2.5, showlegend=False)])
    plot.axes(fig, "x", "y", surface.span(0), surface.span(1))
    fig.update_yaxes(scaleanchor="x", constrain="domain").update_xaxes(constrain="domain")
    return plot.legend_above(fig, 64)


def space(told: Race, whole: bool) -> go.Figure:
    """In space: the ways a little above the surface, or it would hide half of them. whole: as in `contour`"""
    surface, inside = told.surface, told.surface.inside(told.places)
    x, y, ground = _ground(surface)
    high = np.where(inside, heights(np.where(inside, told.costs, 0)), np.nan) + _lift(surface)
    places = np.where(inside[..., None], told.places, np.nan)
    ways = {key: {"x": places[:, i, 0], "y": places[:, i, 1], "z": high[:, i], "mode": "lines", "hoverinfo": "skip",
                  "line": {"color": COLORS[key], "width": 6}} for i, key in enumerate(told.names)}
    fig = go.Figure([
        go.Surface(x=x, y=y, z=ground, name="cost", colorscale=GROUND, showscale=False, hoverinfo="skip", opacity=0.9),
        *(go.Scatter3d(**way, name=f"{NAMES[key]}, whole way", opacity=FADED, showlegend=False)
          for key, way in ways.items() if whole),
        *(go.Scatter3d(**way, name=NAMES[key]) for key, way in ways.items()),
        go.Scatter3d(x=places[-1, :, 0], y=places[-1, :, 1], z=high[-1], name="now", mode="markers", showlegend=False,
                     text=_labels(told), hovertemplate="%{text}<extra></extra>", marker={"color": _colors(told), "size": 6})])
    sides = {f"{axis}axis": {"title": {"text": axis}, "range": surface.span(i)} for i, axis in enumerate("xy")}
    fig.update_layout(scene={**sides, "zaxis_title_text": "ln(1 + f)",
                             "camera": {"eye": {"x": 0.8, "y": -1.3, "z": 1.5}, "center": {"x": 0, "y": 0, "z": -0.15}}})
    return plot.legend_above(fig, 64)


def film(told: Race, flat: bool) -> Animation:
    """Everybody on the way, step after step."""
    lift, frames = 0.0 if flat else _lift(told.surface), []
    for t in shown_steps(told.steps):
        inside = told.surface.inside(told.places[t])
        at = np.where(inside[:, None], told.places[t], np.nan)
        now = {"x": at[:, 0], "y": at[:, 1]}
        if not flat:
            now["z"] = heights(np.where(inside, told.costs[t], np.nan)) + lift
        frames.append(Keyframe({"now": now, **{NAMES[key]: {"upto": int(t) + 1} for key in told.names}},
                               caption=_caption(told, int(t))))
    return Animation(frames, rate=12, noun=None)


def _ground(surface: Surface) -> tuple[Array, Array, Array]:
    """Its heights on a grid: x, y, (y, x)."""
    x, y = (np.linspace(*surface.span(axis), SIDE) for axis in (0, 1))
    return x, y, heights(surface.value(np.stack(np.meshgrid(x, y), -1))).round(3)


def _lift(surface: Surface) -> float:
    """How far above the surface a way is drawn."""
    return 0.015 * float(np.ptp(_ground(surface)[2]))


def _colors(told: Race) -> list[str]:
    return [COLORS[key] for key in told.names]


def _labels(told: Race) -> list[str]:
    return [NAMES[key] for key in told.names]


def _caption(told: Race, t: int) -> str:
    """Who is where after t steps."""
    by: dict[str, list[str]] = {"arrived": [], "on the way": [], "left": []}
    for key in told.order:
        by[told.state(key, t)].append(key)
    parts = [f"Step {t}."]
    if by["arrived"]:
        parts.append(f"Arrived: {', '.join(f'{NAMES[key]} ({told.arrived[key]})' for key in by['arrived'])}.")
    if by["on the way"]:
        costs = {key: float(told.costs[t, told.names.index(key)]) for key in by["on the way"]}
        best = min(costs, key=costs.__getitem__)
        parts.append(f"On the way: {len(costs)}, the lowest {NAMES[best]} with f = {words(costs[best])}.")
    if by["left"]:
        parts.append(f"Left the picture: {', '.join(f'{NAMES[key]} ({told.left[key]})' for key in by['left'])}.")
    return " ".join(parts)
