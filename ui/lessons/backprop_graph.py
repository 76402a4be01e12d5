"""The picture of the lesson "Backpropagation": circles, weights as lines, values in ink, derivatives in the accent."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from ann_core.scalar.chain import Edge, Net, Node, Path, Step, Trace
from ui.figure import figure
from ui.lessons.numbers import words
from ui.text import plotly

ACCENT, INK, MUTED, GROUND = "var(--accent)", "var(--ink)", "var(--muted)", "var(--ground)"
SIGNS = {"below 0": "var(--negative)", "above 0": "var(--positive)", "no weight": MUTED, "in use": ACCENT}
Note = dict[str, Any]
WIDE, NEAR = 2.8, 1.0
"""From an answer to the next layer's sums, where the weights stand; and from a sum to its answer."""


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


def paths_shown(seen: Trace, paths: Iterable[Path]) -> Shown:
    """Ways from a number to the loss."""
    paths = tuple(paths)
    edges: list[Edge] = [edge for path in paths for edge in path.edges]
    return Shown(set(seen.nodes), set(seen.nodes), {key for path in paths for key in path.keys},
                 {(edge.source, edge.target) for edge in edges})


def _last(steps: tuple[Step, ...], at: int) -> Step | None:
    return steps[at - 1] if at else None


def _of(step: Step | None) -> tuple[Collection[str], Collection[tuple[str, str]]]:
    return ((step.key,), step.edges) if step else ((), ())


def spots(net: Net) -> dict[str, tuple[float, float]]:
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


def draw(seen: Trace, shown: Shown, key: str, alt: str) -> None:
    """Shows it; the same `key` changes the same picture in place."""
    net, places = seen.net, spots(seen.net)
    tallest = max(net.widths)
    # Sums and answers have more written at them than inputs.
    high = 170 if tallest == 1 else 104 if max(net.widths[1:]) < tallest else 134 if tallest == 2 else 118
    fig = go.Figure(layout={"showlegend": False, "hovermode": "closest", "margin": {"l": 0, "r": 0, "t": 0, "b": 0}})
    width = max(x for x, _ in places.values())
    fig.update_xaxes(range=(-0.55, width + 0.55), visible=False, fixedrange=True)
    fig.update_yaxes(range=(-tallest / 2 - 0.12, tallest / 2 + 0.12), visible=False, fixedrange=True)
    _lines(fig, seen, places, shown)
    _circles(fig, seen, places, shown)
    written = [note for node in seen.nodes.values() for note in _numbers(seen, node, places, shown)]
    fig.layout.annotations = [*written, *_names(net, places)]  # all at once, which is much faster than one by one
    figure(fig, key=f"backprop/{key}", height=high * tallest + 30, least=round(75 * (width + 1.1)),
           toward=_middle(places, shown, width), alt=alt)


def _middle(places: dict[str, tuple[float, float]], shown: Shown, width: float) -> float:
    """How far to the right the present step is, as a share of the picture."""
    lit = [places[key][0] for key in shown.lit if key in places]
    return (sum(lit) / len(lit) + 0.55) / (width + 1.1) if lit else 0.0


def _ways(seen: Trace) -> Iterable[tuple[str, str, Node | None]]:
    """(from, to, its weight) for every line."""
    for node in seen.nodes.values():
        if node.between:
            yield (*node.between, node)
    for edge in seen.edges:
        if edge.source[0] in "za" and edge.target[0] in "aL":
            yield edge.source, edge.target, None


def _lines(fig: go.Figure, seen: Trace, places: dict[str, tuple[float, float]], shown: Shown) -> None:
    drawn: dict[str, tuple[list, list]] = {name: ([], []) for name in SIGNS}
    for source, target, weight in _ways(seen):
        used = (source, target) in shown.edges or (weight is not None and (weight.key, target) in shown.edges)
        sign = "no weight" if weight is None or weight.value == 0 else "above 0" if weight.value > 0 else "below 0"
        xs, ys = drawn["in use" if used else sign]
        xs += [places[source][0], places[target][0], None]
        ys += [places[source][1], places[target][1], None]
    for name, (xs, ys) in drawn.items():
        fig.add_scatter(x=xs, y=ys, name=name, mode="lines", hoverinfo="skip",
                        line={"color": SIGNS[name], "width": 5 if name == "in use" else 2})


def _circles(fig: go.Figure, seen: Trace, places: dict[str, tuple[float, float]], shown: Shown) -> None:
    keys = list(places)
    lit = [key in shown.lit for key in keys]
    rim = {"color": [ACCENT if on else MUTED for on in lit], "width": [3 if on else 1.2 for on in lit]}
    fig.add_scatter(x=[places[key][0] for key in keys], y=[places[key][1] for key in keys], name="numbers",
                    mode="markers+text", text=[seen.nodes[key].symbol for key in keys], hoverinfo="skip",
                    textfont={"size": 16, "color": INK},
                    marker={"size": 42, "color": ["var(--pale)" if on else "var(--panel)" for on in lit], "line": rim})


def _numbers(seen: Trace, node: Node, places: dict[str, tuple[float, float]], shown: Shown) -> Iterator[Note]:
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
        yield _note(here, value, down if node.kind == "bias" and not learned else up, INK, lit, edge)
    if learned:
        yield _note(here, f"∂ {words(node.gradient)}", down, ACCENT, lit, edge)


def _along(before: int, units: int, spread: float) -> tuple[float, str]:
    """Where on the lines between two layers numbers stand without hiding each other, and which of their edges stands there."""
    if before == units == 1:
        return 0.5, "center"
    if units >= before:
        return before * spread / (1 + before * spread), "right"
    return min(0.3, spread / (units + spread)), "center" if units == 1 else "left"


def _note(here: tuple[float, float], text: str, shift: int, color: str, bold: bool = False, edge: str = "center") -> Note:
    return {"x": here[0], "y": here[1], "text": f"<b>{text}</b>" if bold else text, "yshift": shift, "showarrow": False,
            "font": {"color": color, "size": 13}, "bgcolor": GROUND, "borderpad": 1, "xanchor": edge}


def _names(net: Net, places: dict[str, tuple[float, float]]) -> Iterator[Note]:
    """What the inputs are, and the target beside the loss."""
    for i, name in enumerate(net.input_names):
        yield _note(places[f"x{i + 1}"], plotly(name if len(name) <= 14 else f"{name[:13]}…"), 32, MUTED)
    yield _note(places["L"], f"target {', '.join(words(target, 7) for target in net.targets)}", 34, MUTED)
