"""The pictures of the lesson "Optimisers" on the rate over time, and on flat and hilly ground."""

import numpy as np
import plotly.graph_objects as go

from ann_core.base.spelling import words
from ann_core.lessons.optimizers_grounds import Curve
from ann_core.lessons.optimizers_surfaces import Surface
from ui.figure import Animation, Keyframe
from ui.lessons import plot
from ui.lessons.optimizers.pictures_paths import ground, ways


def schedule(rates: np.ndarray, w: np.ndarray, rms: np.ndarray, jitter: float | None) -> go.Figure:
    """The rate over steps; below it one run and how far many are off. jitter: what theory expects of a constant rate"""
    fig = plot.panels(("Learning rate", "A weight under noise"), stacked=True, shared_xaxes=True, row_heights=[0.35, 0.65])
    t = np.arange(len(rates))
    fig.add_trace(plot.curve(t, rates, "rate", plot.SECOND, showlegend=False), 1, 1)
    lower = [plot.curve(t, w, "w of one run", plot.ACCENT, width=1),
             plot.curve(t, rms, "√ of the mean of w², 200 runs", plot.INK)]
    if jitter is not None:
        lower.append(plot.curve(t[[0, -1]], [jitter] * 2, "theory, constant rate", plot.POSITIVE, "dash", 2, hoverinfo="skip"))
    fig.add_traces(lower, 2, 1)
    plot.axes(fig, "", "η", (0, t[-1]), (-0.01, 0.115), row=1, col=1)
    plot.axes(fig, "step t", "w", (0, t[-1]), (-1.1, 2.1), row=2, col=1)
    return plot.legend_below(fig)


def _from_above(surface: Surface) -> go.Contour:
    """The surface as contours."""
    x, y = (np.linspace(*surface.span(axis), 91) for axis in (0, 1))
    return ground(surface.value(np.stack(np.meshgrid(x, y), -1)), x, y)


def on_surface(surface: Surface, path: np.ndarray, key: str, later: bool) -> go.Figure:
    """The way of an optimiser on a surface, with its lowest points. path: (T + 1, 2)   later: what is to come, too, faintly"""
    fig = ways([_from_above(surface)], {key: path}, ("x", "y"), (surface.span(0), surface.span(1)), later)
    low = np.array(surface.minima)
    return fig.add_trace(plot.dots(low[:, 0], low[:, 1], "lowest", plot.SECOND, 13, "star"))


def hill(curve: Curve, start: float, span: plot.Range, heights: plot.Range, name: str) -> go.Figure:
    """A cost over one weight, and a point that rolls on it."""
    w = np.linspace(*span, 241)
    high = curve.f(np.array([start]))
    return plot.framed([
        plot.curve(w, curve.f(w), name, plot.MUTED, line_simplify=False),
        plot.curve([start], high, "way", plot.ACCENT, width=1, mode="lines+markers", opacity=0.5),
        plot.dots([start], high, "point", size=16)], "weight w", name, span, heights)


def rolls(curve: Curve, weights: np.ndarray, shown: np.ndarray, span: plot.Range) -> Animation:
    """The point on its way, up to where it leaves the picture. weights: (T + 1,)   shown: the steps that are seen"""
    out = np.flatnonzero((weights[shown] < span[0]) | (weights[shown] > span[1]))
    seen = weights[shown[:out[0] + 1] if len(out) else shown]
    f = curve.f(seen)
    return Animation([Keyframe({"point": {"x": [w], "y": [high]}, "way": {"x": seen[:n + 1], "y": f[:n + 1]}},
                               caption=f"Step {t}: w = {words(w)}, f = {words(high)}"
                                       + ("." if span[0] <= w <= span[1] else ": out of the picture."))
                      for n, (t, w, high) in enumerate(zip(shown, seen, f, strict=False))], rate=12)
