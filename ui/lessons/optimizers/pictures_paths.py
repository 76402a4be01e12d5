"""The pictures of the lesson "Optimisers" that show ways over two weights, or one weight over steps."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ann_core.base.spelling import words
from ui.figure import Animation, Keyframe
from ui.lessons import plot
from ui.lessons.optimizers import LABELS
from ui.lessons.optimizers.pictures import COLORS, DASHES

STYLES = {key: (COLORS[key], DASHES[key]) for key in COLORS}


def ground(f: np.ndarray, x: np.ndarray, y: np.ndarray) -> go.Contour:
    """A surface from above; the heights are spread out by their logarithm. f: (len(y), len(x))"""
    colors = [[0, plot.ACCENT], [0.5, plot.MUTED], [1, plot.LINE]]
    return go.Contour(x=x, y=y, z=np.log10(f + 1e-3), name="f", colorscale=colors, ncontours=16,
                      showscale=False, hoverinfo="skip", contours={"coloring": "lines"}, line={"width": 1})


def ways(below: Iterable[go.Contour], paths: Mapping[str, np.ndarray], names: tuple[str, str],
         spans: tuple[plot.Range, plot.Range], later: bool) -> go.Figure:
    """Paths (T + 1, 2) of optimisers over a surface, by their keys. later: what is still to come is drawn, too, faintly"""
    traces = []
    for key, path in paths.items():
        if later:
            traces.append(plot.curve(path[:, 0], path[:, 1], f"{LABELS[key]} later", COLORS[key], "solid", 1, opacity=0.3,
                                     showlegend=False, hoverinfo="skip"))
        traces += [plot.curve(path[:, 0], path[:, 1], LABELS[key], COLORS[key], DASHES[key], 2, mode="lines+markers",
                              marker={"size": 4}),
                   plot.dots(path[-1:, 0], path[-1:, 1], f"{LABELS[key]} now", COLORS[key], 13, showlegend=False)]
    starts = [path[0] for path in paths.values()][:1]
    first = [plot.dots([x], [y], "start", plot.INK, 13, "circle-open", 2.5) for x, y in starts]
    return plot.legend_above(plot.framed([*below, *first, *traces], *names, *spans))


def walking(paths: Mapping[str, np.ndarray], costs: Mapping[str, np.ndarray], shown: Iterable[int],
            labels: Mapping[str, str] = LABELS, rate: float = 8) -> Animation:
    """All of them at each of these steps; who ended earlier waits at the end."""
    frames = []
    for t in shown:
        traces: dict[str, Any] = {}
        said = []
        for key, path in paths.items():
            at = min(t, len(path) - 1)
            traces |= {labels[key]: {"upto": at + 1},
                       f"{labels[key]} now": {"x": path[at:at + 1, 0], "y": path[at:at + 1, 1]}}
            said.append(f"{labels[key]} at {words(path[at, 0], 3)}, {words(path[at, 1], 3)} with f = "
                        f"{words(costs[key][at], 3)}")
        frames.append(Keyframe(traces, caption=f"Step {t}: " + "; ".join(said) + "."))
    return Animation(frames, rate=rate)


def over_steps(courses: Mapping[str, np.ndarray], y: str, y_range: plot.Range, labels: Mapping[str, str] = LABELS,
               first: int = 0, level: float | None = None,
               styles: Mapping[str, tuple[str, str]] = STYLES, **more: Any) -> go.Figure:
    """Numbers after each step, by the optimiser's key or another one that labels and styles know.

    first: the step of the first number   level: a line to look at   styles: colour and dash   more: of the curves
    """
    traces = [plot.curve(np.arange(len(values)) + first, values, labels[key], *styles[key], **more)
              for key, values in courses.items()]
    last = max(map(len, courses.values())) - 1 + first
    fig = plot.framed(traces, "step t", y, (first, last), y_range)
    if level is not None:
        fig.add_hline(level, line={"color": plot.MUTED, "width": 1})
    return plot.legend_above(fig)


def rates(values: np.ndarray, labels: Mapping[str, str]) -> go.Figure:
    """The effective rates (T, 2) of a frequent and a rare weight; nothing where a weight has had no gradient yet."""
    return over_steps({"frequent": values[:, 0], "rare": values[:, 1]}, "effective rate", (0, 0.105), labels, 1,
                      line_shape="hv", styles={"frequent": (plot.SECOND, "solid"), "rare": (plot.POSITIVE, "dash")})


def forgetting(gradient: np.ndarray, memories: Mapping[str, np.ndarray], effective: Mapping[str, np.ndarray]) -> go.Figure:
    """Gradients (T,) and what optimisers remember of their size; below, their effective rates."""
    fig = plot.panels(("Remembered size of the gradient, √G", "Effective rate: what a gradient is multiplied by"), stacked=True,
                      shared_xaxes=True)
    t = np.arange(1, len(gradient) + 1)
    fig.add_traces([plot.curve(t, gradient, "gradient", plot.LINE, width=5),
                    *(plot.curve(t, values, f"√G of {LABELS[key]}", *STYLES[key], showlegend=False)
                      for key, values in memories.items())], 1, 1)
    fig.add_traces([plot.curve(t, values, LABELS[key], *STYLES[key]) for key, values in effective.items()], 2, 1)
    plot.axes(fig, "", "√G", (1, t[-1]), (-0.2, 5), row=1, col=1)
    plot.axes(fig, "step t", "effective rate", (1, t[-1]), (-3, 0.5), row=2, col=1)
    return plot.legend_below(fig.update_yaxes(type="log", dtick=1, row=2, col=1))
