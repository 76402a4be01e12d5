"""Pictures of looking both ways, of layers on top of each other, and of depth beside time."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from ann_core.base.arrays import Array
from ann_core.lessons.recurrence_trained import Watched
from ui.lessons import plot
from ui.lessons.recurrence.pictures_way import LOG, drawn


def marked(forward: Watched, both: Watched, answered: bool) -> go.Figure:
    """A sequence with its markers, the right answers, and what two networks say. 1: a marker is yet to come"""
    T = len(forward.symbols)
    rows = [("marker", [float(symbol == "marker") for symbol in forward.symbols]), ("right answer", forward.answer.tolist()),
            ("forward says", forward.said.tolist())] + ([("both ways says", both.said.tolist())] if answered else [])
    names, z = [name for name, _ in rows][::-1], [row for _, row in rows][::-1]
    cells = go.Heatmap(x=np.arange(1, T + 1), y=names, z=z, zmin=0, zmax=1, xgap=2, ygap=2, showscale=False, hoverinfo="skip",
                       colorscale=[[0.0, plot.PANEL], [1.0, plot.ACCENT]], name="sequence",
                       text=[["yes" if v else "·" for v in row] for row in z], texttemplate="%{text}", textfont={"size": 11})
    fig = plot.framed([cells], "step t", "", (0.4, T + 0.6), (-0.6, 3.6)).update_layout(margin={"l": 104})
    return fig.update_xaxes(dtick=1 if T < 13 else 2)


def by_step(forward: Array, best: Array | None = None, both: Array | None = None) -> go.Figure:
    """Shares of right answers step by step, the middle of twenty networks; and, where it may be seen, the best that looking
    back can do."""
    steps = np.arange(1, len(forward) + 1)
    traces = [plot.curve(steps, np.median(forward, 1), "forward only", plot.FIRST, mode="lines+markers")]
    if best is not None:
        traces.append(plot.curve(steps, best, "the best that looking back can do", plot.INK, "dash", 2))
    if both is not None:
        traces.append(plot.curve(steps, np.median(both, 1), "both ways", plot.ACCENT, mode="lines+markers"))
    return plot.legend_above(plot.framed(traces, "step t", "share of right answers", (0.5, steps[-1] + 0.5), (0.4, 1.04)), 64)


def stacked(pairs: Sequence[tuple[float, float]]) -> go.Figure:
    """The forecast errors of one and of two layers, pair by pair."""
    numbers = [str(k) for k in range(1, len(pairs) + 1)]
    traces = [go.Bar(x=numbers, y=[pair[i] for pair in pairs], name=name, marker_color=color)
              for i, (name, color) in enumerate((("one layer", plot.MUTED), ("two layers", plot.ACCENT)))]
    fig = plot.framed(traces, "series, each with its own networks", "mean squared error", None, (0, 0.013))
    return plot.legend_above(fig.update_xaxes(type="category"))


def depth(stack: Mapping[str, Array], chain: Mapping[str, Array]) -> go.Figure:
    """What reaches every layer of a stack and every step of a chain, on the same axes, as multiples of the last one."""
    fig = plot.panels(["Depth: a stack of layers", "Time: a chain of steps"])
    looks = {"without a cure": (plot.MUTED, "dot"), "with it": (plot.ACCENT, "solid")}
    for column, (what, ways) in enumerate((("layer", stack), ("step t", chain)), 1):
        for name, sizes in ways.items():
            color, dash = looks[name]
            fig.add_trace(plot.curve(np.arange(1, len(sizes) + 1), drawn(sizes), name, color, dash, 3, showlegend=column == 1),
                          1, column)
        n = max(len(sizes) for sizes in ways.values())
        plot.axes(fig, what, "‖∂L/∂h‖, last one = 1" if column == 1 else "", (0.5, n + 0.5), (-12, 8), row=1, col=column)
    return plot.legend_below(fig.update_yaxes({**LOG, "dtick": 4}))
