"""The picture of one Transformer block: every value on its way as a grid of numbers, half by half."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ann_core.base.arrays import Array
from ann_core.lessons.attention_block import STEPS, D, Step, T
from ui.figure import Press
from ui.lessons import plot
from ui.lessons.convolution.pictures import Grid, board

NAMES: Mapping[str, Mapping[str, str]] = {
    "before": {"x": "x", "n1": "norm of x", "a": "attention", "r": "r = x + attention", "n2": "norm of r", "f": "feed-forward",
               "out": "out = r + feed-forward"},
    "after": {"x": "x", "a": "attention", "s1": "x + attention", "r": "r = norm of it", "f": "feed-forward",
              "s2": "r + feed-forward", "out": "out = norm of it"}}
"""What the values are called, in their order, with layer norm before or after each half."""
BETWEEN, BELOW, LABELS = 2.4, 3.6, 1.6
"""Cells between two grids, between the halves, and at the left for the tokens' names."""
REACH = {False: 2.0, True: 4.0}
"""The size in full colour, of values and of gradients."""


def block(norm: str, found: Mapping[str, Array], part: str, back: bool, hidden: str = "",
          ) -> tuple[go.Figure, dict[str, Press]]:
    """Both halves, one below the other, the first one's result beginning the second; and what can be pressed, by the value's
    key and the half. found: values, or gradients if it goes back   part: the value that is looked at   hidden: the value that
    may not be seen yet"""
    grids: list[Grid] = []
    notes: list[dict[str, Any]] = []
    over, boxes, presses = [], [], {}
    for half, steps in enumerate((STEPS[norm][:3], STEPS[norm][3:])):
        keys = [steps[0].of, *(step.key for step in steps)]
        row = {key: Grid(NAMES[norm][key] if i or not half else "r", np.zeros((T, D)) if key == hidden else found[key],
                         i * (D + BETWEEN), half * (T + BELOW), REACH[back], True, 0 if key == hidden else 2)
               for i, key in enumerate(keys)}
        grids += row.values()
        notes += _arrows(row, steps, back)
        notes += [plot.note(-0.8, row[keys[0]].center(t, 0)[1], f"token {t + 1}", plot.MUTED, xanchor="right", font={
            "color": plot.MUTED, "size": 12}) for t in range(T)]
        over.append(_past(row, steps, half, back))
        for key, grid in row.items():
            left, top = grid.left - 0.5, 0.5 - grid.top
            boxes.append({"type": "rect", "name": f"{key} {half}", "x0": left, "x1": left + D, "y0": top - T, "y1": top,
                          "line": {"width": 3.5 * (key == part), "color": plot.ACCENT}})
            presses[f"{key} {half}"] = Press(label=NAMES[norm][key], chosen=key == part)
        if hidden in row:
            notes.append(plot.note(*row[hidden].center((T - 1) / 2, (D - 1) / 2), "?"))
    fig = board(grids, over, notes).update_layout(shapes=boxes)
    fig.update_xaxes(range=[-LABELS - 1.2, 4 * D + 3 * BETWEEN - 0.2]).update_yaxes(range=[-2 * T - BELOW - 1.2, 1.6])
    return fig, presses


def toward(norm: str, part: str) -> float:
    """How far to the right a value stands, from 0 to 1."""
    place = list(NAMES[norm]).index(part)
    return ((place - 1) % 3 + 1.5) / 4 if place else 0.125


def _arrows(row: Mapping[str, Grid], steps: tuple[Step, ...], back: bool) -> Iterator[dict[str, Any]]:
    """From each value to the next one; and back, as the gradient goes. A plus where the residual way comes in."""
    for step in steps:
        before, after = row[step.of], row[step.key]
        y = after.center((T - 1) / 2, 0)[1]
        left, right = (before.left + D - 0.3, y), (after.left - 0.7, y)
        yield plot.arrow(right, left) if back else plot.arrow(left, right, plot.MUTED)
        if step.past:
            x, under = (row[step.past] if back else after).center(T, (D - 1) / 2)
            yield plot.arrow((x, under - 0.6), (x, under + 0.4), plot.ACCENT if back else plot.MUTED)
            yield plot.note((left[0] + right[0]) / 2, y + 0.55, "+")


def _past(row: Mapping[str, Grid], steps: tuple[Step, ...], half: int, back: bool) -> go.Scatter:
    """The residual way, below the grids."""
    step = next(step for step in steps if step.past)
    start, end = (row[key].center(T, (D - 1) / 2) for key in (step.past, step.key))
    y = [start[1] + 0.4, start[1] - 0.6, start[1] - 0.6, start[1] + 0.4]
    return plot.curve([start[0], start[0], end[0], end[0]], y, f"residual way {half + 1}",
                      plot.ACCENT if back else plot.MUTED, hoverinfo="skip")

