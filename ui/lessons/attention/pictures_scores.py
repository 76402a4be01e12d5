"""Pictures of the ideas on scores and heads."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.lessons.attention_heads import Looks
from ann_core.lessons.attention_scores import STATES, score
from ann_core.lessons.attention_spread import KEYS, SIZES
from ui.lessons import plot
from ui.lessons.attention.pictures import cells, digit_rows, named, way, weight_cells

COLORS = (plot.FIRST, plot.SECOND, plot.THIRD, plot.FOURTH)
"""Of the four states."""
NAMES = ("e₁", "e₂", "e₃", "e₄")
PLANE, GRID = (-0.4, 3.4), np.linspace(-0.4, 3.4, 39)
TOP = {"dot": 8.0, "general": 8.0, "additive": 4.0}
"""The score at which the ground has its full colour, and lines at eight heights below; it holds still while a query moves."""
LARGEST = 1.08
"""The top of axes for weights."""


def scores(kind: str, q: Array, weights: Mapping[str, Array]) -> go.Figure:
    """The plane of states on the ground of a query's score; and the weights that each of the scores gives."""
    fig = plot.panels(["Score of every state, by lines of equal height", "Weights"], stacked=True, row_heights=[0.66, 0.34],
                      vertical_spacing=0.17)
    across, up = np.meshgrid(GRID, GRID)
    ground = score(kind, q, np.stack([across.ravel(), up.ravel()], -1)).scores.reshape(across.shape)
    fig.add_trace(go.Contour(
        x=GRID, y=GRID, z=ground.round(3).tolist(), name="score", zmin=0, zmax=TOP[kind], showscale=False, hoverinfo="skip",
        colorscale=[[0.0, plot.GROUND], [1.0, plot.PALE]], line={"color": plot.MUTED, "width": 1},
        contours={"start": -TOP[kind] / 2, "end": 3 * TOP[kind], "size": TOP[kind] / 8, "showlabels": True,
                  "labelfont": {"size": 11, "color": plot.MUTED}}), 1, 1)
    fig.add_trace(way(q, "query q", plot.INK), 1, 1)
    fig.add_trace(plot.dots(STATES[:, 0], STATES[:, 1], "states", list(COLORS), 14, **named(NAMES)), 1, 1)
    fig.add_trace(weight_cells(np.stack(list(weights.values())), NAMES, list(weights)), 2, 1)
    plot.axes(fig, "first number", "second number", PLANE, PLANE, row=1, col=1)
    return fig.update_yaxes(autorange="reversed", row=2, col=1).update_layout(margin={"l": 72})


def root(weights: Array, d: int, slopes: Mapping[str, Sequence[float]]) -> go.Figure:
    """The weights of one look; and the softmax's slope over d. slopes: at all SIZES, by name"""
    fig = plot.panels(["Weights of one look at eight keys", "Slope of the softmax, on average"], stacked=True,
                      row_heights=[0.45, 0.55], vertical_spacing=0.24)
    fig.add_trace(go.Bar(x=np.arange(1, KEYS + 1), y=weights, name="weight", marker_color=plot.ACCENT, width=0.6), 1, 1)
    looks = {"with √d": (plot.ACCENT, "solid"), "without": (plot.INK, "dash")}
    for name, values in slopes.items():
        fig.add_trace(plot.curve(SIZES, values, name, *looks[name], mode="lines+markers", marker={"size": 8}), 2, 1)
    fig.add_vline(d, line={"color": plot.MUTED, "width": 1.5, "dash": "dot"}, row=2, col=1)
    plot.axes(fig, "key", "weight", (0.4, KEYS + 0.6), (0, LARGEST), row=1, col=1)
    plot.axes(fig, "numbers d of a query", "Σ p (1 − p)", None, (0, 1), row=2, col=1)
    fig.update_xaxes(dtick=1, row=1, col=1)
    fig.update_xaxes(type="log", range=[-0.1, np.log10(SIZES[-1]) + 0.1], tickvals=SIZES, row=2, col=1)
    fig.update_traces(showlegend=False, selector={"type": "bar"})
    return plot.legend_below(fig)


def by_hand(numbers: Sequence[int], one: Looks, two: Looks) -> go.Figure:
    """The weights of one head, and of two; and what each takes in."""
    rows = ["one head", "head 1 of 2", "head 2 of 2"]
    fig = plot.panels(["Weights", "Takes in"], column_widths=[0.62, 0.38], shared_yaxes=True, horizontal_spacing=0.06)
    weights = np.concatenate([one.weights, two.weights])
    fig.add_trace(weight_cells(weights, [f"{number} at {place}" for place, number in enumerate(numbers, 1)], rows), 1, 1)
    taken = [float(part[0]) for part in (*one.taken, *two.taken)]
    fig.add_trace(go.Bar(y=rows, x=taken, orientation="h", name="takes in", marker_color=plot.ACCENT, width=0.6,
                         text=[f"{value:.1f}" for value in taken], textposition="outside", hoverinfo="skip"), 1, 2)
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(title_text="number and place", row=1, col=1)
    return fig.update_xaxes(range=[0, 11.5], row=1, col=2).update_layout(margin={"l": 92})


def trained(sequence: Mapping[str, NDArray[np.int64]], weights: Array) -> go.Figure:
    """Where each head looks, with the place of the answer; and what is answered. sequence: rows of digits, as in `order`
    weights: (heads, T, T)"""
    heads, T, _ = weights.shape
    places = np.arange(1, T + 1)
    fig = plot.panels([*(f"Head {head + 1}" for head in range(heads)), "One sequence"], rows=2, cols=heads,
                      specs=[[{}] * heads, [{"colspan": heads}, *[None] * (heads - 1)]], row_heights=[0.68, 0.32],
                      vertical_spacing=0.2, horizontal_spacing=0.06, shared_yaxes=True)
    for column, P in enumerate(weights, 1):
        fig.add_trace(cells(P, places, places), 1, column)
        fig.add_trace(plot.dots(places[::-1], places, "where its answer stands", plot.SECOND, 9, "x"), 1, column)
        plot.axes(fig, "place looked at", "" if column > 1 else "place that looks", (0.4, T + 0.6), (T + 0.6, 0.4),
                  row=1, col=column)
    fig.add_trace(digit_rows(sequence), 2, 1)
    fig.update_yaxes(dtick=1, row=1).update_xaxes(dtick=1)
    return fig.update_layout(margin={"l": 100})
