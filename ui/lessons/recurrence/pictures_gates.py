"""Pictures of gates: how far each stands open at every step, and what reaches cells and states on the way back."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from ann_core.base.arrays import Array
from ann_core.lessons.recurrence_trained import Watched
from ann_core.lessons.recurrence_way import Way
from ui.lessons import plot
from ui.lessons.recurrence.pictures_way import LOG, drawn

GATE = [[0.0, plot.PANEL], [1.0, plot.ACCENT]]
SIGNED = [[0.0, plot.NEGATIVE], [0.5, plot.PANEL], [1.0, plot.POSITIVE]]
COLORS = {"bias 0": (plot.MUTED, "dot"), "bias 1": (plot.FIRST, "dash"), "bias 3": (plot.ACCENT, "solid")}


def gates(seen: Watched, name: str, unit: int, at: int, kept: Array) -> go.Figure:
    """A gate of all units over a sequence; below, one unit's cell, and what of it is still there at the end.

    unit: from 1   at: the step that is looked at, from 1   kept: ∂c_T/∂c_t of that unit along the direct way (T,)"""
    T, n = seen.parts[name].shape
    signed, most = name in ("cell", "candidate"), max(1.0, float(np.ceil(np.abs(seen.parts["cell"]).max())))
    fig = plot.panels([f"{name}{'' if signed else ' gate'} of all {n} units", f"Unit {unit}: its cell c",
                       f"Unit {unit}: ∂c/∂c of the last step to each"], stacked=True, row_heights=[0.5, 0.25, 0.25],
                      vertical_spacing=0.13)
    reach = most if name == "cell" else 1.0
    fig.add_trace(go.Heatmap(z=seen.parts[name].T, x=np.arange(1, T + 1), y=np.arange(1, n + 1), name=name, xgap=1, ygap=1,
                             zmin=-reach if signed else 0, zmax=reach, colorscale=SIGNED if signed else GATE, showscale=False,
                             hovertemplate="step %{x}, unit %{y}: %{z:.3f}<extra></extra>"), 1, 1)
    x, y = [at - 0.5, at + 0.5, at + 0.5, at - 0.5, at - 0.5], [unit - 0.5, unit - 0.5, unit + 0.5, unit + 0.5, unit - 0.5]
    fig.add_trace(plot.curve(x, y, "looked at", plot.INK, width=2.5, hoverinfo="skip"), 1, 1)
    steps = np.arange(1, T + 1)
    for row, (values, called, color) in enumerate(((seen.parts["cell"][:, unit - 1], "cell c", plot.FIRST),
                                                   (kept, "∂c/∂c", plot.ACCENT)), 2):
        fig.add_trace(plot.curve(steps, values, called, color), row, 1)
        fig.add_trace(plot.dots([at], [values[at - 1]], f"{called} at this step", color, 10), row, 1)
    plot.axes(fig, "", "unit", (0.4, T + 0.6), (0.4, n + 0.6), row=1, col=1)
    plot.axes(fig, "", "", (0.4, T + 0.6), (-most, most), row=2, col=1)
    plot.axes(fig, "step t", "", (0.4, T + 0.6), (0, 1.05), row=3, col=1)
    return fig.update_xaxes(tickvals=steps[::2], ticktext=[f"{t}<br>{seen.symbols[t - 1]}" for t in steps[::2]], tickangle=0,
                            row=1, col=1)


def forget(ways: Mapping[str, Way]) -> go.Figure:
    """What reaches cells and states before the first step, for several forget biases: medians of twenty networks."""
    fig = plot.panels(["Cell: ‖∂L/∂c‖, last step = 1", "State: ‖∂L/∂h‖, last step = 1"])
    for name, way in ways.items():
        steps, (color, dash) = np.arange(1, len(way.size) + 1), COLORS[name]
        assert way.cell is not None
        for column, sizes in enumerate((way.cell, way.size), 1):
            middle = drawn(np.median(sizes / sizes[-1], 1))
            fig.add_trace(plot.curve(steps, middle, name, color, dash, showlegend=column == 1), 1, column)
            plot.axes(fig, "step t", "", (0.5, steps[-1] + 0.5), (-14, 2), row=1, col=column)
    return plot.legend_below(fig.update_yaxes({**LOG, "dtick": 2}))


def gru(counts: Sequence[tuple[str, int]], answered: bool) -> go.Figure:
    """Parameters of one layer of each kind."""
    shown = [(name, count) for name, count in counts if answered or name != "GRU"]
    return plot.framed([go.Bar(x=[name for name, _ in shown], y=[count for _, count in shown], name="parameters", width=0.5,
                               marker_color=[plot.ACCENT if name == "GRU" else plot.MUTED for name, _ in shown])],
                       "", "parameters", None, (0, 6_000))


def arriving(ways: Mapping[str, Way]) -> go.Figure:
    """What reaches each state before the first step: medians of twenty networks."""
    looks = ((plot.MUTED, "dot"), (plot.FIRST, "dash"), (plot.FIRST, "solid"), (plot.ACCENT, "dash"), (plot.ACCENT, "solid"))
    traces = [plot.curve(np.arange(1, len(way.size) + 1), drawn(np.median(way.size / way.size[-1], 1)), name, color, dash)
              for (name, way), (color, dash) in zip(ways.items(), looks, strict=True)]
    length = len(next(iter(ways.values())).size)
    fig = plot.framed(traces, "step t", "‖∂L/∂h‖, last step = 1", (0.5, length + 0.5), (-7, 1))
    return plot.legend_above(fig.update_yaxes({**LOG, "dtick": 1}), 64)
