"""The pictures of the lesson "Gradients": the way back, layer by layer, and runs without and with a cure."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ann_core.lessons.gradients import Chain, Trial, WayBack
from ui.lessons import plot

LOG = {"type": "log", "exponentformat": "power", "dtick": 4}
MOST_NAMED = 12
"""So many layers have their number on the axis; of more, every second one."""
KINDS = {"error": ("error ŷ − y", plot.INK, "circle"), "weight": ("times a weight", plot.SECOND, "square"),
         "slope": ("times a slope", plot.FIRST, "diamond"), "input": ("times x", plot.FOURTH, "circle")}
"""What a factor is called, its colour and its sign: the same on every picture."""
FLOOR, EDGE = 1e-25, 1e-18
"""The lowest size that is drawn; what is 0 lies below all pictures, and is said in words. The lower edge of a product's
picture, where its zeros are drawn."""
CALM, CURED = plot.MUTED, plot.ACCENT


def product(chain: Chain) -> go.Figure:
    """The running product of a chain's factors, from the error back to the first weight."""
    kinds, factors = zip(*chain.way(), strict=True)
    size = np.maximum(np.abs(np.cumprod(factors)), EDGE)
    names = _factor_names(len(chain.slopes))
    traces: list[Any] = [plot.curve(names, size, "product so far", plot.LINE, width=2, hoverinfo="skip", showlegend=False)]
    for kind, (label, color, symbol) in KINDS.items():
        at = [i for i, one in enumerate(kinds) if one == kind]
        traces.append(plot.dots([names[i] for i in at], size[at], label, color, 11, symbol,
                                customdata=[factors[i] for i in at],
                                hovertemplate="%{x}: factor %{customdata:.4g}, so far %{y:.3g}<extra></extra>"))
    fig = plot.framed(traces, "from the output back to layer 1", "size of the product so far", None, (-18.8, 11))
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
    fig = plot.framed(traces, "layer", "factor since the output", None, (-15, 13))
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
    traces = [plot.curve(_numbers(len(way.gradient)), np.maximum(way.gradient, FLOOR), name if i else "the other sizes",
                         plot.MUTED, "dot", 1, hovertemplate=f"{name}: %{{y:.2g}}<extra></extra>", showlegend=i == 0)
              for i, (name, way) in enumerate((name, way) for name, way in ways.items() if name != chosen)]
    way = ways[chosen]
    layers = _numbers(len(way.gradient))
    traces.append(plot.curve(layers, np.maximum(way.gradient, FLOOR), f"gradient at {chosen}", width=3.5, mode="lines+markers",
                             marker={"size": 9}))
    ends = np.array([0.4, len(layers) + 0.6])
    for size, name, color, dash in ((way.largest, "above: explodes", plot.POSITIVE, "dash"),
                                    (way.smallest, "below: vanishes", plot.NEGATIVE, "dash")):
        traces.append(plot.curve(ends, [size, size], name, color, dash, 1.5, hoverinfo="skip"))
    every = np.concatenate([np.maximum(one.gradient, FLOOR) for one in ways.values()])
    low, high = (4 * turn(np.log10(edge) / 4) for turn, edge in ((np.floor, every.min()), (np.ceil, every.max())))
    fig = plot.framed(traces, "layer", "RMS of ∂L/∂W, log scale", None, (min(low, -8) - 1, max(high, 4) + 1))
    return plot.legend_above(fig.update_yaxes(LOG).update_xaxes(_layers(len(layers))), 64)


def _leaving(loss: np.ndarray) -> np.ndarray:
    """A loss to be drawn: where it overflows it leaves the picture, and does not come back."""
    return np.where(np.cumsum(np.isinf(loss)) > 1, np.nan, np.clip(loss, 1e-5, 1e9))


def effect(trials: Sequence[tuple[str, Trial | None]], seed: int, gradient: bool = True, layers: int = 0) -> go.Figure:
    """Two runs of one seed: gradients by layer at the start, the output's at one place, and the training loss. None: not to be
    shown yet; gradient: whether the second one's gradient may be shown; layers: that there is room for, if it is more"""
    most = max(layers, *(len(trial.gradient) for _, trial in trials if trial))
    counted = len({len(trial.gradient) for _, trial in trials if trial} | {most}) == 1
    fig = plot.panels(["Gradient at the start, RMS of ∂L/∂W", "Training loss"], stacked=True, vertical_spacing=0.2)
    looks: tuple[dict[str, Any], ...] = ({"color": CALM, "dash": "dash"}, {"color": CURED, "dash": "solid"})
    for i, ((name, trial), look) in enumerate(zip(trials, looks, strict=True)):
        if trial is None:
            continue
        size = trial.gradient[:, seed]
        marked: dict[str, Any] = {"mode": "lines+markers", "marker": {"size": 8, "symbol": ("circle-open", "circle")[i]}}
        if gradient or i == 0:
            fig.add_trace(plot.curve(_numbers(most)[-len(size):], np.where(size > 0, np.maximum(size, FLOOR), np.nan), name,
                                     **look, **marked, showlegend=False), 1, 1)
        fig.add_trace(plot.curve(trial.epoch, _leaving(trial.loss[:, seed]), name, **look), 2, 1)
    plot.axes(fig, "layer" if counted else "layers before the output", "", None, (-17, 8), row=1, col=1)
    plot.axes(fig, "epoch", "", (0, max(t.epoch[-1] for _, t in trials[:1] if t)), (-5, 6.2), row=2, col=1)
    fig.update_xaxes(_layers(most) if counted else _before(most), row=1, col=1)
    fig.update_yaxes(LOG, row=1, col=1).update_yaxes({**LOG, "dtick": 3}, row=2, col=1)
    return plot.legend_below(fig).update_layout(legend_y=-0.16)
