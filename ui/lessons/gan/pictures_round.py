"""The picture of one round: three true and three made samples on the plane, moment after moment."""

from collections.abc import Callable
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ann_core.base.arrays import Array
from ann_core.lessons.gan_round import POINTS, Round
from ui.figure import Animation, Keyframe
from ui.lessons import plot
from ui.lessons.gan import pictures
from ui.lessons.gan.pictures import MADE, PLANE, SIDE, TRUE, arrow_lines, places

LONG = 0.9
"""The longest arrow, in units of the plane."""


def plane(found: Round) -> go.Figure:
    """The first moment of the round, before anything is made."""
    look: dict[str, Any] = {"mode": "markers+text", "text": [str(i + 1) for i in range(POINTS)], "size": 19,
                            "textposition": "middle center", "textfont": {"color": plot.GROUND, "size": 11}}
    return pictures.plane([
        pictures.field(found.before),
        plot.dots(*places(found.true[POINTS:]), name="other true samples", color=TRUE, size=4, symbol="square", rim=0,
                  opacity=0.4, hoverinfo="skip", showlegend=False),
        plot.curve([], [], "step", showlegend=False, hoverinfo="skip"),
        plot.dots(*places(found.true[:POINTS]), name="true", color=TRUE, symbol="square", **look),
        plot.dots(*places(found.noise[0][:POINTS]), name="made", color=MADE, **look)])


def film(found: Round) -> Animation:
    """Noise, samples and verdicts, the judge's turn, the arrows, the generator's turn."""
    z, later = (noise[:POINTS] for noise in found.noise)
    fakes, drawn = found.before.made(z), found.judged.made(later)
    moved = found.after.made(later)
    old, new = _field(found.before.verdicts), _field(found.judged.verdicts)
    none: dict = {"x": [], "y": []}
    pulls = found.judged.pulls(drawn)
    arrows = dict(zip("xy", arrow_lines(drawn, LONG * pulls / (np.linalg.norm(pulls, axis=1).max() or 1.0)), strict=True))
    frames = (
        ({"made": _at(z), "judge": old, "step": none}, "1. The generator gets noise: three points, drawn in the same plane"),
        ({"made": _at(fakes), "judge": old, "step": none}, "2. It makes a sample of each, and the judge says what it thinks"),
        ({"made": _at(fakes), "judge": new, "step": none}, "3. The judge's turn: one step, and what it says changes"),
        ({"made": _at(drawn), "judge": new, "step": arrows},
         "4. New noise, new samples; the slope comes back through the judge"),
        ({"made": _at(moved), "judge": new, "step": arrows},
         "5. The generator's turn: one step, and its samples move a little"))
    return Animation([Keyframe(traces, caption=caption) for traces, caption in frames], rate=0.5, noun=None)


def _at(X: Array) -> dict:
    x, y = places(X)
    return {"x": x.tolist(), "y": y.tolist()}


def _field(verdicts: Callable[[Array], Array]) -> dict:
    return {"z": verdicts(PLANE.reshape(-1, 2)).reshape(SIDE, SIDE).round(3).tolist()}
