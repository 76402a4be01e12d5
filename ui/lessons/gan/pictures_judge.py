"""Pictures of the judge alone: densities and verdicts over a line, gradients that it leaves the generator."""

import numpy as np
import plotly.graph_objects as go

from ann_core.lessons.gan_judge import AHEAD, LOSSES, Ahead, OnALine
from ui.lessons import plot
from ui.lessons.gan.pictures import MADE, TRUE

COLORS = {"minimax": (plot.FIRST, "dash", "square"), "non_saturating": (plot.SECOND, "solid", "circle")}


def best(found: OnALine, at: float, asked: bool) -> go.Figure:
    """Densities above, verdicts below. asked: whether the best judge may be seen"""
    fig = plot.panels(("how often numbers come", "what a judge says of them"), stacked=True, shared_xaxes=True)
    seen = np.abs(found.x) <= 4
    x = found.x[seen]
    fig.add_trace(plot.curve(x, found.p[seen].round(4), "true, p", TRUE), 1, 1)
    fig.add_trace(plot.curve(x, found.q[seen].round(4), "made, q", MADE, "dash"), 1, 1)
    if asked:
        fig.add_trace(plot.curve(x, found.best[seen].round(4), "the best judge", plot.INK, "dot"), 2, 1)
    fig.add_trace(plot.curve(x, found.learned[seen].round(4), "learned", plot.ACCENT), 2, 1)
    plot.axes(fig, "", "density", (-4, 4), (0, 1.4), row=1, col=1)
    return plot.legend_below(plot.axes(fig, "number x", "D(x)", (-4, 4), (-0.03, 1.03), row=2, col=1))


def ahead(found: Ahead, at: int, layer: int) -> go.Figure:
    """The size of a layer's gradient over the judge's turns alone, for both losses; the moment that is looked at."""
    turns = [str(count) for count in AHEAD]
    traces = []
    for key, name in LOSSES.items():
        color, dash, symbol = COLORS[key]
        sizes = found.sizes[key][:, layer]
        traces += [plot.curve(turns, sizes, name, color, dash, mode="lines+markers", marker={"symbol": symbol, "size": 8}),
                   plot.dots([turns[at]], [sizes[at]], f"{name} here", color, 16, f"{symbol}-open", 3, showlegend=False)]
    fig = plot.framed(traces, "turns that the judge took alone", "RMS of ∂L/∂W, log scale", None, (-4.5, 1))
    return plot.legend_above(fig.update_yaxes(type="log", dtick=1, exponentformat="power").update_xaxes(type="category"))
