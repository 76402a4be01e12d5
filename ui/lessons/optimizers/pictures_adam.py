"""The pictures of the lesson "Optimisers" on Adam's means and on all nine together."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from ann_core.base.spelling import words
from ui.lessons import plot
from ui.lessons.optimizers import LABELS
from ui.lessons.optimizers.pictures import COLORS
from ui.lessons.optimizers.pictures_paths import over_steps

MEANS = ("m", "√v", "m̂", "√v̂")


def means(values: Sequence[float], g: float) -> go.Figure:
    """Mean and size of the gradients so far, as they stand and (where that is told) corrected, as shares of the gradient."""
    shares = np.array(values) / g
    return plot.framed([go.Bar(x=MEANS[:len(values)], y=shares, name="share of g", text=[words(value, 3) for value in values],
                               textposition="outside", cliponaxis=False, hoverinfo="skip",
                               marker_color=[plot.FOURTH, plot.THIRD, plot.ACCENT, plot.ACCENT][:len(values)])],
                       "", f"share of g = {words(g)}", (-0.5, len(MEANS) - 0.5), (0, 1.25))


def lengths(bare: np.ndarray, corrected: np.ndarray | None) -> go.Figure:
    """How long Adam's steps are, in rates. corrected: with the correction at the start, where that is told"""
    styles = {"bare": (plot.MUTED, "dash"), "corrected": (plot.ACCENT, "solid")}
    courses = {"bare": bare} | ({} if corrected is None else {"corrected": corrected})
    labels = {"bare": "without correction: m ÷ √v", "corrected": "with correction: m̂ ÷ √v̂"}
    return over_steps(courses, "step ÷ η", (0, 7.2), labels, 1, styles=styles)


def nine(courses: Mapping[str, np.ndarray], front: str, t: int) -> go.Figure:
    """All optimisers on one bowl, the chosen one in front, at the step t."""
    far = {key: w for key, w in courses.items() if key != front}
    fig = plot.framed([
        *(plot.curve(np.arange(len(w)), w, LABELS[key], plot.MUTED, width=1, opacity=0.5, showlegend=False)
          for key, w in far.items()),
        plot.curve(np.arange(len(courses[front])), courses[front], LABELS[front], COLORS[front], width=3),
        plot.dots([t], [courses[front][t]], "after this step", COLORS[front], 13, showlegend=False)],
        "step t", "w", (0, len(courses[front]) - 1), (-0.7, 1.05))
    return plot.legend_above(fig.add_hline(0, line={"color": plot.MUTED, "width": 1}))
