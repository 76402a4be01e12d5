"""The pictures of the lesson "Gradients": the way back, layer by layer, and runs without and with a cure."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ann_core.lessons.gradients import Chain, Trial, WayBack
from ui.lessons import plot

LOG = {"type": "log", "exponentformat": "power", "dtick": 1}
"""Each line is ten times the one below."""
MOST_NAMED = 12
"""So many layers have their number on the axis; of more, every second one."""
KINDS = {"error": ("error ŷ − y", plot.INK, "circle"), "weight": ("times a weight", plot.SECOND, "square"),
         "slope": ("times a slope", plot.FIRST, "diamond"), "input": ("times x", plot.FOURTH, "circle")}
"""What a factor is called, its colour and its sign: the same on every picture."""
Span = tuple[float, float]
PRODUCT, SHARES, SIZES, EFFECT, LOSS = (-6, 3), (-8, 5), (-8, 3), (-10, 2), (-4, 1)
"""Powers of ten that axes span, whatever is turned, so that pictures can be compared. What lies beyond is marked."""
CALM, CURED = plot.MUTED, plot.ACCENT


def product(chain: Chain) -> go.Figure:
    """The running product of a chain's factors, from the error back to the first weight."""
    kinds, factors = zip(*chain.way(), strict=True)
    size, names = np.abs(np.cumprod(factors)), np.array(_factor_names(len(chain.slopes)))
    traces: list[Any] = [plot.curve(names, _drawn(size), "product so far", plot.LINE, width=2, hoverinfo="skip",
                                    showlegend=False), *_beyond(names, size, PRODUCT)]
    for kind, (label, color, symbol) in KINDS.items():
        at = [i for i, one in enumerate(kinds) if one == kind]
        traces.append(plot.dots(names[at], _drawn(size)[at], label, color, 11, symbol,
                                customdata=[factors[i] for i in at],
                                hovertemplate="%{x}: factor %{customdata:.4g}, so far %{y:.3g}<extra></extra>"))
    fig = plot.framed(traces, "from the output back to layer 1", "size of the product so far", None, PRODUCT)
    fig.update_xaxes(categoryorder="array", categoryarray=names)
    return plot.legend_above(fig.update_yaxes(LOG), 64)


def _factor_names(layers: int) -> list[str]:
    """error, w₄, f′(z₃), w₃, …, f′(z₁), x"""
    low = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
    pairs = [name for k in range(layers, 0, -1) for name in (f"w{k + 1}".translate(low), f"f′(z{str(k).translate(low)})")]
    return ["error", *pairs, "x"]


def bound(way: WayBack, steepest: float, whole: bool) -> go.Figure:
    """What slopes and weights have multiplied a gradient by, from the output back to each layer; the bound of the slopes.

    whole: with the product of both, which tells how much arrives
    """
    L = len(way.gradient)
    names = _numbers(L)
    back = slice(None, None, -1)
    slopes, weights = (np.cumprod(part[back])[back] for part in (way.by_slope, way.by_weights))
    limit = steepest ** np.arange(L - 1, -1, -1)
    traces = [plot.curve(names, limit, "the most that the slopes can be", plot.MUTED, "dash", 2),
              plot.curve(names, slopes, "slopes, multiplied", plot.FIRST, mode="lines+markers", marker={"symbol": "diamond"}),
              plot.curve(names, weights, "weights, multiplied", plot.SECOND, mode="lines+markers",
                         marker={"symbol": "square"})]
    veil = 1.0 if whole else np.nan  # a curve without places keeps its name and its room
    traces.append(plot.curve(names, slopes * weights * veil, "both together", plot.ACCENT, width=3.5))
    traces.append(plot.dots(names[:1], [way.ratio * veil], "layer 1's share", plot.ACCENT, 15, "star"))
    for sizes in (slopes, weights, slopes * weights * veil):  # the star is the last one's first
        traces += _beyond(names, sizes, SHARES)
    fig = plot.framed(traces, "layer", "what is left since the output", None, SHARES)
    return plot.legend_above(fig.update_yaxes(LOG).update_xaxes(_layers(L)), 64)


def _numbers(layers: int) -> np.ndarray:
    """Where layers stand on an axis, the output's last."""
    return np.arange(1, layers + 1)


def _layers(layers: int) -> dict[str, Any]:
    """An axis of so many layers."""
    shown = range(1, layers, 1 if layers <= MOST_NAMED else 2)
    return {"tickvals": [*shown, layers], "ticktext": [*map(str, shown), "out"], "range": (0.4, layers + 0.6), "tickangle": 0}


def _before(layers: int) -> dict[str, Any]:
    """The same, counted back from the output."""
    axis = _layers(layers)
    return {**axis, "ticktext": [*(str(layers - place) for place in axis["tickvals"][:-1]), "out"]}


def sizes(ways: Mapping[str, WayBack], chosen: str) -> go.Figure:
    """The gradient of each layer for several sizes of first weights; the chosen one stands out, between the sizes at which it
    would vanish and explode."""
    traces = [plot.curve(_numbers(len(way.gradient)), _drawn(way.gradient), name if i else "the other sizes",
                         plot.MUTED, "dot", 1, hovertemplate=f"{name}: %{{y:.2g}}<extra></extra>", showlegend=i == 0)
              for i, (name, way) in enumerate((name, way) for name, way in ways.items() if name != chosen)]
    way = ways[chosen]
    layers = _numbers(len(way.gradient))
    traces.append(plot.curve(layers, _drawn(way.gradient), f"gradient at {chosen}", width=3.5, mode="lines+markers",
                             marker={"size": 9}))
    traces += _beyond(layers, way.gradient, SIZES)
    ends = np.array([0.4, len(layers) + 0.6])
    for size, name, color, dash in ((way.largest, "above: explodes", plot.POSITIVE, "dash"),
                                    (way.smallest, "below: vanishes", plot.NEGATIVE, "dash")):
        traces.append(plot.curve(ends, [size, size], name, color, dash, 1.5, hoverinfo="skip"))
    fig = plot.framed(traces, "layer", "size of the gradient", None, SIZES)
    return plot.legend_above(fig.update_yaxes(LOG).update_xaxes(_layers(len(layers))), 64)


def _leaving(loss: np.ndarray) -> np.ndarray:
    """A loss to be drawn: where it overflows it leaves the picture, and does not come back."""
    return np.where(np.cumsum(np.isinf(loss)) > 1, np.nan, np.clip(loss, 1e-5, 1e9))


def _drawn(size: np.ndarray) -> np.ndarray:
    """Sizes that have a place on an axis of powers: 0 has none."""
    return np.where(size > 0, size, np.nan)


def _beyond(places: np.ndarray, size: np.ndarray, span: Span) -> list[go.Scatter]:
    """Triangles at the edge where a line lies beyond its picture, pointing to where it is; none where all of it is inside."""
    low, high = (10.0 ** power for power in span)
    under, over = size < low, size > high
    out = under | over
    triangles = np.where(over, "triangle-up", "triangle-down")[out].tolist()
    if not out.any():
        return []
    return [plot.dots(places[out], np.clip(size, low, high)[out], "beyond the picture", plot.INK, 11, triangles,
                      cliponaxis=False, showlegend=False, customdata=size[out],
                      hovertemplate="%{x}: %{customdata:.2g}<extra></extra>")]


def effect(trials: Sequence[tuple[str, Trial | None]], seed: int, gradient: bool = True, layers: int = 0) -> go.Figure:
    """Two runs of one seed: gradients by layer at the start, the output's at one place, and the training loss. None: not to be
    shown yet; gradient: whether the second one's gradient may be shown; layers: that there is room for, if it is more"""
    most = max(layers, *(len(trial.gradient) for _, trial in trials if trial))
    counted = len({len(trial.gradient) for _, trial in trials if trial} | {most}) == 1
    fig = plot.panels(["Size of the gradient at the start: each line is 100 times the one below",
                       "Training loss: each line is 10 times the one below"], stacked=True, vertical_spacing=0.2)
    looks: tuple[dict[str, Any], ...] = ({"color": CALM, "dash": "dash"}, {"color": CURED, "dash": "solid"})
    for i, ((name, trial), look) in enumerate(zip(trials, looks, strict=True)):
        if trial is None:
            continue
        size = trial.gradient[:, seed]
        marked: dict[str, Any] = {"mode": "lines+markers", "marker": {"size": 8, "symbol": ("circle-open", "circle")[i]}}
        if gradient or i == 0:
            places = _numbers(most)[-len(size):]
            fig.add_trace(plot.curve(places, _drawn(size), name, **look, **marked, showlegend=False), 1, 1)
            fig.add_traces(_beyond(places, size, EFFECT), 1, 1)
        fig.add_trace(plot.curve(trial.epoch, _leaving(trial.loss[:, seed]), name, **look), 2, 1)
    plot.axes(fig, "layer" if counted else "layers before the output", "", None, EFFECT, row=1, col=1)
    plot.axes(fig, "epoch", "", (0, max(t.epoch[-1] for _, t in trials[:1] if t)), LOSS, row=2, col=1)
    fig.update_xaxes(_layers(most) if counted else _before(most), row=1, col=1)
    fig.update_yaxes({**LOG, "dtick": 2}, row=1, col=1).update_yaxes(LOG, row=2, col=1)
    return plot.legend_below(fig).update_layout(legend_y=-0.16)
