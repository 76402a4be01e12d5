"""The pictures of the lesson "Optimisers" on one weight, and what all of its pictures share."""

import numpy as np
import plotly.graph_objects as go

from ann_core.base.spelling import words
from ui.figure import Animation, Keyframe
from ui.lessons import plot

COLORS = {"sgd": plot.INK, "momentum": plot.FIRST, "nesterov": plot.POSITIVE, "adagrad": plot.SECOND, "adadelta": plot.MUTED,
          "rmsprop": plot.THIRD, "adam": plot.ACCENT, "adamw": plot.FOURTH, "nadam": plot.NEGATIVE}
DASHES = {"sgd": "solid", "momentum": "solid", "nesterov": "dash", "adagrad": "solid", "adadelta": "dot", "rmsprop": "dash",
          "adam": "solid", "adamw": "dashdot", "nadam": "dot"}
"""Of each optimiser, in all pictures."""
REACH, TOP = 3.0, 5.0
"""What the picture of the bowl spans: weights from −REACH to REACH, values up to TOP."""


def parabola(start: float) -> go.Figure:
    """f = ½w², a point on it that is dragged along, its tangent and the places where it was."""
    w, high = np.linspace(-REACH, REACH, 121), start**2 / 2
    return plot.framed([
        plot.curve(w, w**2 / 2, "½w²", plot.MUTED), plot.curve([start], [high], "slope", plot.FOURTH, "dot"),
        plot.curve([start], [high], "way", plot.ACCENT, width=1, mode="lines+markers", opacity=0.6),
        plot.dots([start], [high], "point", size=16)], "weight w", "f(w) = ½w²", (-REACH, REACH), (-0.3, TOP))


def rolling(thetas: np.ndarray) -> Animation:
    """The point on its way, up to where it leaves the picture. thetas: (T + 1,)"""
    frames = []
    for t, w in enumerate(thetas):
        inside, f = abs(w) <= REACH, words(w * w / 2)
        reach = np.array([w - 0.6, w + 0.6])
        frames.append(Keyframe({"point": {"x": [w], "y": [w * w / 2]},
                                "way": {"x": thetas[:t + 1], "y": thetas[:t + 1]**2 / 2},
                                "slope": {"x": reach, "y": w * w / 2 + w * (reach - w)}},
                               caption=f"w = {words(w)}, f = {f}" + ("." if inside else ": out of the picture.")))
        if not inside:
            break
    return Animation(frames, rate=4)
