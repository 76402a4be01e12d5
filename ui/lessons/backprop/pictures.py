"""The pictures of the lesson "Backpropagation": the network, values in ink and derivatives in the accent; curves of losses."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from ann_core.base.spelling import words
from ann_core.lessons.backprop_presets import XOR_EPOCHS, XOR_MEDIAN
from ann_core.scalar.chain import Net, Node, Path, Step, Trace
from ui.lessons import plot
from ui.text import plotly

SIGNS = {"below 0": plot.NEGATIVE, "above 0": plot.POSITIVE, "no weight": plot.MUTED, "in use": plot.ACCENT}
WIDE, NEAR = 2.8, 1.0
"""From an answer to the next layer's sums, where the weights stand; and from a sum to its answer."""
EDGE = 0.55
"""Room at both sides."""
Spots = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Shown:
    """What of a network is drawn.

    values, derivatives: the numbers whose value or derivative is known   lit: those that the present step is about
    edges: the ways that it uses, as (source, target)   new: new values of weights
    """

    values: Collection[str]
    derivatives: Collection[str] = ()
    lit: Collection[str] = ()
    edges: Collection[tuple[str, str]] = ()
    new: tuple[tuple[str, float], ...] = ()


def known(seen: Trace) -> set[str]:
    """What is given: all but sums, answers and the loss."""
    return {node.key for node in seen.nodes.values() if node.kind in ("input", "weight", "bias")}


def forward_shown(seen: Trace, at: int) -> Shown:
    """After so many steps forward."""
    step = _last(seen.forward, at)
    return Shown(known(seen) | {one.key for one in seen.forward[:at]}, (), *_of(step))


def backward_shown(seen: Trace, at: int) -> Shown:
    """After so many steps back."""
    step = _last(seen.backward, at)
    return Shown(set(seen.nodes), {one.key for one in seen.backward[:at]}, *_of(step))


def all_shown(seen: Trace) -> Shown:
    """Every value and derivative."""
    return Shown(set(seen.nodes), set(seen.nodes))


def paths_shown(seen: Trace, paths: Iterable[Path]) -> Shown:
    """Ways from a number to the loss."""
    paths = tuple(paths)
    return Shown(set(seen.nodes), set(seen.nodes), {key for path in paths for key in path.keys},
                 {(edge.source, edge.target) for path in paths for edge in path.edges})


def _last(steps: tuple[Step, ...], at: int) -> Step | None:
    return steps[at - 1] if at else None


def _of(step: Step | None) -> tuple[Collection[str], Collection[tuple[str, str]]]:
    return ((step.key,), step.edges) if step else ((), ())


def network(seen: Trace, shown: Shown) -> go.Figure:
    """Circles for inputs, sums, answers and the loss, lines for weights, and at them the numbers that are known."""
    places, tallest = spots(seen.net), max(seen.net.widths)
    fig = plot.sheet([*_lines(seen, places, shown), _circles(seen, places, shown)], (-EDGE, _width(places) + EDGE),
                     (-tallest / 2 - 0.12, tallest / 2 + 0.12),
                     [*(note for node in seen.nodes.values() for note in _numbers(seen, node, places, shown)),
                      *_names(seen.net, places)])
    return fig.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})


def size(seen: Trace, shown: Shown) -> dict[str, Any]:
    """Height of the picture of a network, its least width, and how far to the right the present step is, as a share of it."""
    places, widths = spots(seen.net), seen.net.widths
    tallest, wide = max(widths), _width(places) + 2 * EDGE
    # Sums and answers have more written at them than inputs.
    high = 170 if tallest == 1 else 104 if max(widths[1:]) < tallest else 134 if tallest == 2 else 118
    lit = [places[key][0] for key in shown.lit if key in places]
    return {"height": high * tallest + 30, "least": round(75 * wide),
            "toward": max(0.0, min(lit) - WIDE / 2 + EDGE) / wide if lit else 0.0}


def _width(places: Spots) -> float:
    return max(x for x, _ in places.values())


def spots(net: Net) -> Spots:
    """Where each input, sum, answer and the loss stand: columns to the right, rows around 0."""
    widths, places = net.widths, {}
    column, unit = 0.0, 0
    for layer, width in enumerate(widths):
        spread = 1.0 if layer else _spread(net)
        column += WIDE if layer else 0.0
        for i in range(width):
            row = ((width - 1) / 2 - i) * spread
            if layer:
                places[f"z{unit + i + 1}"], places[f"a{unit + i + 1}"] = (column, row), (column + NEAR, row)
            else:
                places[f"x{i + 1}"] = (column, row)
        column += NEAR if layer else 0.0
        unit += width if layer else 0
    return {**places, "L": (column + NEAR, 0.0)}


def _spread(net: Net) -> float:
    """How many rows the inputs stand apart: few inputs before many units fan out."""
    return max(1.0, (max(net.widths) - 1) / len(net.inputs))


def _ways(seen: Trace) -> Iterable[tuple[str, str, Node | None]]:
    """(from, to, its weight) for every line."""
    for node in seen.nodes.values():
        if node.between:
            yield (*node.between, node)
    for edge in seen.edges:
        if edge.source[0] in "za" and edge.target[0] in "aL":
            yield edge.source, edge.target, None


def _lines(seen: Trace, places: Spots, shown: Shown) -> Iterator[go.Scatter]:
    drawn: dict[str, tuple[list, list]] = {name: ([], []) for name in SIGNS}
    for source, target, weight in _ways(seen):
        used = (source, target) in shown.edges or (weight is not None and (weight.key, target) in shown.edges)
        sign = "no weight" if weight is None or weight.value == 0 else "above 0" if weight.value > 0 else "below 0"
        xs, ys = drawn["in use" if used else sign]
        xs += [places[source][0], places[target][0], None]
        ys += [places[source][1], places[target][1], None]
    for name, (xs, ys) in drawn.items():
        yield plot.curve(xs, ys, name, SIGNS[name], width=5 if name == "in use" else 2, hoverinfo="skip")


def _circles(seen: Trace, places: Spots, shown: Shown) -> go.Scatter:
    lit = [key in shown.lit for key in places]
    rim = {"color": [plot.ACCENT if on else plot.MUTED for on in lit], "width": [3 if on else 1.2 for on in lit]}
    xs, ys = zip(*places.values(), strict=True)
    return plot.dots(xs, ys, "numbers", mode="markers+text",
                     text=[seen.nodes[key].symbol for key in places], hoverinfo="skip",
                     textfont={"size": 16, "color": plot.INK},
                     marker={"size": 42, "color": [plot.PALE if on else plot.PANEL for on in lit], "line": rim})


def _numbers(seen: Trace, node: Node, places: Spots, shown: Shown) -> Iterator[dict[str, Any]]:
    """A number's value, and below it its derivative: under a circle, on a weight's line, or above a unit for its bias."""
    value, edge, units = words(dict(shown.new).get(node.key, node.value)), "center", seen.net.widths
    if node.kind in ("weight", "bias"):
        value = f"{node.symbol} = {value}"
    if node.between:
        (x, y), (u, v) = places[node.between[0]], places[node.between[1]]
        t, edge = _along(units[node.layer - 1], units[node.layer], _spread(seen.net) if node.layer == 1 else 1.0)
        here, up, down = (x + t * (u - x), y + t * (v - y)), 9, -9
    elif node.kind == "bias":
        here, up, down = places[f"z{node.key[1:]}"], 51, 34
    else:
        here, up, down = places[node.key], -32, -50
    lit, learned = node.key in shown.lit, node.key in shown.derivatives
    if node.key in shown.values:
        yield _note(here, value, down if node.kind == "bias" and not learned else up, plot.INK, lit, edge)
    if learned:
        yield _note(here, f"∂ {words(node.gradient)}", down, plot.ACCENT, lit, edge)


def _along(before: int, units: int, spread: float) -> tuple[float, str]:
    """Where on the lines between two layers numbers stand without hiding each other, and which of their edges stands there."""
    if before == units == 1:
        return 0.5, "center"
    if units >= before:
        return before * spread / (1 + before * spread), "right"
    return min(0.3, spread / (units + spread)), "center" if units == 1 else "left"


def _note(here: tuple[float, float], text: str, shift: int, color: str, bold: bool = False,
          edge: str = "center") -> dict[str, Any]:
    return plot.note(*here, f"<b>{text}</b>" if bold else text, yshift=shift, font={"color": color, "size": 13},
                     bgcolor=plot.GROUND, borderpad=1, xanchor=edge)


def _names(net: Net, places: Spots) -> Iterator[dict[str, Any]]:
    """What the inputs are, and the target beside the loss."""
    for i, name in enumerate(net.input_names):
        yield _note(places[f"x{i + 1}"], plotly(name if len(name) <= 14 else f"{name[:13]}…"), 32, plot.MUTED)
    yield _note(places["L"], f"target {', '.join(words(target, 7) for target in net.targets)}", 34, plot.MUTED)


def update(losses: Sequence[float]) -> go.Figure:
    """The loss over the steps taken."""
    fig = plot.framed([plot.curve(list(range(len(losses))), list(losses), "loss")], "steps taken", "loss L")
    return fig.update_xaxes(rangemode="tozero").update_yaxes(rangemode="tozero")


def xor(epochs: Sequence[float], errors: Sequence[float]) -> go.Figure:
    """The mean squared error over the epochs; dashed, the median of other starts."""
    fig = plot.framed([
        plot.curve([0, XOR_EPOCHS], [XOR_MEDIAN] * 2, "median of 40 starts", plot.MUTED, "dash", 1.5),
        plot.curve(epochs, errors, "mean squared error", mode="lines+markers", marker={"size": 7})],
        "epoch", "mean squared error", (0, XOR_EPOCHS), (-3.2, 0))
    return fig.update_yaxes(type="log")
