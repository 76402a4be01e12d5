"""Pictures of one recurrent unit: its states over time, and the part of every step in a derivative."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ann_core.base.spelling import words
from ann_core.lessons.recurrence import Unit
from ui.lessons import plot


def state(unit: Unit, at: int, answered: bool) -> go.Figure:
    """Inputs and states of a sequence, one above the other. at: the step that is looked at   answered: the later states may be
    seen, too"""
    fig = plot.panels(["Inputs x", "State h"], stacked=True)
    steps, last = np.arange(1, len(unit.x) + 1), len(unit.x) if answered else at
    fig.add_trace(go.Bar(x=steps, y=unit.x, name="input x", marker_color=plot.MUTED, width=0.5), 1, 1)
    fig.add_trace(plot.curve([0, *steps[:last]], [0.0, *unit.states[:last]], "state h", mode="lines+markers",
                             marker={"size": 9}), 2, 1)
    fig.add_trace(plot.dots([at], [unit.states[at - 1]], "this step", plot.SECOND, 15), 2, 1)
    for row in (1, 2):
        plot.axes(fig, "step t" if row == 2 else "", "", (-0.3, len(unit.x) + 0.5), (-1.15, 1.15), row=row, col=1)
    return fig.update_xaxes(dtick=1)


def unrolled(unit: Unit, parts: NDArray[np.float64], name: str, answered: bool) -> go.Figure:
    """The unit once for each step, the same weights at every one; below, the part of each step in a derivative."""
    fig = plot.panels(["One unit, step after step", f"The part of each step in ∂L/∂{name}"], stacked=True, vertical_spacing=0.2,
                      row_heights=[0.5, 0.5])
    steps = list(range(1, len(unit.x) + 1))
    across: list[float | None] = [x for t in steps for x in (t - 0.82, t - 0.18, None)]
    up: list[float | None] = [x for t in steps for x in (t, t, None)]
    on = {"w": plot.LINE, "u": plot.LINE, "b": plot.LINE, name: plot.ACCENT}
    fig.add_trace(plot.curve(across, [1, 1, None] * len(steps), "u, the same at every step", on["u"], hoverinfo="skip"), 1, 1)
    fig.add_trace(plot.curve(up, [0.15, 0.72, None] * len(steps), "w, the same at every step", on["w"], hoverinfo="skip"), 1, 1)
    fig.add_trace(plot.dots([0, *steps], [1] * (len(steps) + 1), "states", plot.PANEL, 46, mode="markers+text",
                            text=["0", *(words(round(float(h), 2)) for h in unit.states)], rim=2,
                            marker={"size": 46, "color": plot.PANEL, "line": {"color": plot.INK, "width": 1.5}},
                            textfont={"size": 13, "color": plot.INK}, hoverinfo="skip"), 1, 1)
    fig.add_trace(plot.dots(steps, [0] * len(steps), "inputs", mode="text", text=[f"x = {words(float(x))}" for x in unit.x],
                            textfont={"size": 13, "color": plot.INK}, hoverinfo="skip"), 1, 1)
    names = [(x, y, text) for t in steps for x, y, text in ((t - 0.5, 1.2, "u"), (t + 0.12, 0.42, "w"))]
    fig.add_trace(plot.dots([x for x, _, _ in names], [y for _, y, _ in names], "names", mode="text",
                            text=[text for _, _, text in names], textfont={"size": 14, "color": plot.INK}, hoverinfo="skip"),
                  1, 1)
    bars = [*parts, float(parts.sum())] if answered else list(parts)
    under = [f"step {t}" for t in steps] + ["all together"] * answered
    fig.add_trace(go.Bar(x=under, y=bars, name="adds", width=0.5, marker_color=[plot.MUTED] * len(steps) + [plot.ACCENT]), 2, 1)
    plot.axes(fig, "", "", (-0.45, len(steps) + 0.45), (-0.3, 1.5), row=1, col=1)
    fig.update_xaxes(visible=False, row=1, col=1).update_yaxes(visible=False, row=1, col=1)
    plot.axes(fig, "", "", None, _reach(bars), row=2, col=1)
    return fig


def _reach(values: Sequence[float]) -> tuple[float, float]:
    """A round range around 0 that holds them and stays the same for numbers that are nearly alike."""
    most = max(0.25, 1.1 * float(np.abs(values).max()))
    top = next(step for step in (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0) if step >= most or step == 100.0)
    return -top, top
