"""Pictures of the lesson "Attention"."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.lessons.attention import QUESTION, TOKENS, Look, Seen
from ann_core.lessons.attention_trained import Lengths
from ui.lessons import plot

COLORS = (plot.FIRST, plot.SECOND, plot.THIRD)
"""Of the three tokens of an example."""


def squeeze(curves: Mapping[str, Lengths], earlier: Sequence[Lengths] = ()) -> go.Figure:
    """Shares of whole answers right, by the length of the question, of each network by its name. earlier: of the first one,
    after fewer steps"""
    looks = {"with attention": (plot.ACCENT, "solid"), "without attention": (plot.INK, "dash"),
             "without, four digits": (plot.INK, "dash")}
    traces = [plot.curve(found.length, found.whole, "with attention, fewer steps", plot.ACCENT, width=1, opacity=0.35,
                         showlegend=not i) for i, found in enumerate(earlier)]
    traces += [plot.curve(found.length, found.whole, name, *looks[name], mode="lines+markers", marker={"size": 9})
              for name, found in curves.items()]
    fig = plot.framed(traces, "digits of the question", "whole answers right", (3.7, 8.3), (-0.03, 1.05))
    return plot.legend_above(fig.update_xaxes(dtick=1))


def look(q: Array, found: Look) -> go.Figure:
    """The plane of the states with what is taken in; and the weights of three looks, of which the first one is q."""
    fig = plot.panels(["States e, the query q, and what is taken in, c", "Weights"], stacked=True, row_heights=[0.68, 0.32],
                      vertical_spacing=0.18)
    corners = np.concatenate([QUESTION, QUESTION[:1]])
    fig.add_trace(plot.curve(corners[:, 0], corners[:, 1], "between the states", plot.LINE, width=1.5, hoverinfo="skip"), 1, 1)
    fig.add_trace(_tokens(QUESTION, "states e", ("e₁", "e₂", "e₃")), 1, 1)
    fig.add_trace(way(q, "query q", plot.INK), 1, 1)
    fig.add_trace(plot.dots([found.taken[0, 0]], [found.taken[0, 1]], "taken in c", plot.ACCENT, 15, "diamond",
                            **named(("c",), place="bottom left")), 1, 1)
    fig.add_trace(weight_cells(found.weights, ("e₁", "e₂", "e₃"), ("yours", "second", "third")), 2, 1)
    plot.axes(fig, "first number", "second number", (-2.5, 2.9), (-2.5, 2.9), row=1, col=1)
    return fig.update_yaxes(autorange="reversed", row=2, col=1)


def views(seen: Seen, asking: int) -> go.Figure:
    """Keys and the query of a token; values and what it takes in; all weights."""
    fig = plot.panels(["Keys, and query q", "Values, and c taken in", "Weights"], rows=2, cols=2,
                      specs=[[{}, {}], [{"colspan": 2}, None]], row_heights=[0.58, 0.42], vertical_spacing=0.2)
    fig.add_trace(_tokens(seen.key, "keys", TOKENS), 1, 1)
    fig.add_trace(way(seen.query[asking], "query", plot.INK), 1, 1)
    fig.add_trace(_tokens(seen.value, "values", TOKENS, "square"), 1, 2)
    fig.add_trace(plot.dots([seen.out[asking, 0]], [seen.out[asking, 1]], "taken in", plot.ACCENT, 15, "diamond",
                            **named(("c",), place="bottom center")), 1, 2)
    fig.add_trace(weight_cells(seen.weights, TOKENS, TOKENS), 2, 1)
    for column, most in ((1, 2.9), (2, 6.9)):
        plot.axes(fig, "describes", "names" if column == 1 else "", *2 * ((-0.25 * most, most),), row=1, col=column)
    fig.update_yaxes(autorange="reversed", title_text="looks", row=2, col=1)
    return fig.update_xaxes(title_text="is looked at", row=2, col=1)


def order(T: int, sequence: Mapping[str, NDArray[np.int64]], shares: Mapping[str, Array], best: float | None) -> go.Figure:
    """A sequence with right and given answers, and the shares of right answers place by place. best: without positions"""
    fig = plot.panels(["One sequence", "All sequences that were kept for judging"], stacked=True, row_heights=[0.42, 0.58],
                      vertical_spacing=0.2)
    fig.add_trace(digit_rows(sequence), 1, 1)
    looks = {"with positions": (plot.ACCENT, "solid"), "without positions": (plot.INK, "dash"),
             "behind the mask": (plot.ACCENT, "solid")}
    places = np.arange(1, T + 1)
    for name, share in shares.items():
        fig.add_trace(plot.curve(places, share, name, *looks[name], mode="lines+markers", marker={"size": 9}), 2, 1)
    if best is not None:
        fig.add_trace(plot.curve([0.5, T + 0.5], [best, best], "the best without positions", plot.MUTED, "dot"), 2, 1)
    fig.update_xaxes(range=[0.4, T + 0.6], dtick=1)
    plot.axes(fig, "place", "share right", (0.4, T + 0.6), (-0.04, 1.06), row=2, col=1)
    return plot.legend_below(fig).update_layout(margin={"l": 128})


def mask(T: int, sees: NDArray[np.bool_], right: Array | None) -> go.Figure:
    """Row by row where a place may look, with the place of its answer, and its share of right answers. sees: (T, T)
    right: (T,), None before it may be seen"""
    fig = plot.panels(["Who may look where", "Right answers"], column_widths=[0.62, 0.38], horizontal_spacing=0.06)
    places = np.arange(1, T + 1)
    fig.add_trace(cells(0.4 * sees, places, places), 1, 1)
    fig.add_trace(plot.dots(places[::-1], places, "where its answer stands", plot.SECOND, 12, "x"), 1, 1)
    shown = np.zeros(T) if right is None else right
    fig.add_trace(go.Bar(y=places, x=shown, orientation="h", name="share of right answers", marker_color=plot.ACCENT,
                         width=0.6), 1, 2)
    plot.axes(fig, "place that is looked at", "place that looks", (0.4, T + 0.6), (T + 0.6, 0.4), row=1, col=1)
    plot.axes(fig, "share right", "", (0, 1.05), (T + 0.6, 0.4), row=1, col=2)
    return fig.update_xaxes(dtick=1, row=1, col=1).update_yaxes(dtick=1).update_yaxes(showticklabels=False, row=1, col=2)


def named(names: Sequence[str], mode: str = "markers+text", place: str | list[str] = "top right") -> dict[str, Any]:
    return {"mode": mode, "text": list(names), "textposition": place,
            "textfont": {"size": 13, "color": plot.INK}}


def _tokens(at: Array, name: str, names: Sequence[str], symbol: str = "circle") -> go.Scatter:
    """A vector of each token, as a point with its name."""
    return plot.dots(at[:, 0], at[:, 1], name, list(COLORS), 14, symbol,
                     **named(names, place=["bottom left", "top right", "top left"]))  # also where points coincide


def way(end: Array, name: str, color: str) -> go.Scatter:
    """A vector from the origin."""
    return plot.curve([0, float(end[0])], [0, float(end[1])], name, color, width=3,
                      **named(("", "q"), "lines+markers+text", "bottom left"), marker={"size": [0, 11], "symbol": "circle"})


def weight_cells(weights: Array, asked: Sequence[str], asking: Sequence[str]) -> go.Heatmap:
    """Rows of weights with their numbers."""
    return cells(weights, list(asked), list(asking), [[f"{w:.2f}" for w in row] for row in weights])


def cells(z: Any, x: Any, y: Any, text: Any = None) -> go.Heatmap:
    said = {} if text is None else {"text": text, "texttemplate": "%{text}", "textfont": {"size": 13}}
    return go.Heatmap(x=x, y=y, z=np.asarray(z).tolist(), zmin=0, zmax=1, xgap=2, ygap=2, showscale=False, hoverinfo="skip",
                      colorscale=[[0.0, plot.PANEL], [1.0, plot.ACCENT]], name="weights", **said)


def digit_rows(rows: Mapping[str, NDArray[np.int64]]) -> go.Heatmap:
    """Digits in rows; those of an answer that is right are coloured."""
    names, right = list(rows), rows["right answer"]
    z = [(row == right).astype(float) * 0.45 if name != "digits" else np.zeros(len(right)) for name, row in rows.items()]
    text = [[str(digit) for digit in row] for row in rows.values()]
    return go.Heatmap(x=np.arange(1, len(right) + 1), y=names[::-1], z=[row.tolist() for row in z[::-1]], text=text[::-1],
                      texttemplate="%{text}", textfont={"size": 13}, zmin=0, zmax=1, xgap=2, ygap=2, showscale=False,
                      hoverinfo="skip", colorscale=[[0.0, plot.PANEL], [1.0, plot.ACCENT]], name="sequence")

