"""The pictures of the lesson on activations. Colours are the names of tokens, see `ui.figure`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ann_core.lessons.activations import ONE_UNIT_GOAL, ONE_UNIT_ROWS, Depth, Traits, Unit, slope, slope_products
from ann_core.nn.activations import ACTIVATIONS, Activation, softmax
from ann_core.nn.measures import FLAT
from ui.lessons.numbers import words

COLORS = [f"var(--{name})" for name in ("accent", "second", "first", "third", "fourth", "positive", "negative", "muted")]
ACCENT, MUTED, INK = "var(--accent)", "var(--muted)", "var(--ink)"
NEGATIVE, POSITIVE = "var(--negative)", "var(--positive)"
Z = np.round(np.linspace(-6, 6, 241), 10)
GRID = np.linspace(-1, 1, 9)
ALONG = np.linspace(-1, 1, 41)


def look(key: str, **more: Any) -> dict[str, Any]:
    """How an activation's line is drawn: the same on every picture; sixteen of them by colour and dash."""
    place = list(ACTIVATIONS).index(key)
    return {"color": COLORS[place % 8], "dash": "solid" if place < 8 else "dash", "width": 2.4, **more}


def _panels(titles: Sequence[str], stacked: bool = False, **more: Any) -> go.Figure:
    shape = {"rows": len(titles), "cols": 1} if stacked else {"rows": 1, "cols": len(titles)}
    fig = make_subplots(**{**shape, "subplot_titles": titles, "horizontal_spacing": 0.1, "vertical_spacing": 0.14, **more})
    fig.update_annotations(font={"size": 13, "color": INK})
    fig.update_layout(margin={"t": 32, "b": 40, "l": 56, "r": 12})
    return fig


def _legend(fig: go.Figure) -> go.Figure:
    return fig.update_layout(showlegend=True, legend={"orientation": "h", "y": -0.14, "x": 0}, margin={"b": 66})


def _line(x: Any, y: Any, name: str, line: Mapping[str, Any], legend: bool = False, **more: Any) -> go.Scatter:
    return go.Scatter(x=np.asarray(x), y=np.asarray(y), name=name, mode="lines", line=dict(line), showlegend=legend, **more)


def _point(x: float, y: float, name: str, color: str, size: int = 13) -> go.Scatter:
    return go.Scatter(x=[x], y=[y], name=name, mode="markers", showlegend=False,
                      marker={"size": size, "color": color, "line": {"width": 2, "color": "var(--ground)"}})


def grid_lines() -> tuple[np.ndarray, np.ndarray]:
    """Straight lines over the plane, (lines, points, 2): along the first input, then along the second."""
    across = np.stack([np.stack([ALONG, np.full_like(ALONG, at)], -1) for at in GRID])
    return across, across[..., ::-1]


def bent_grid(before: Sequence[np.ndarray], after: Iterable[np.ndarray], nearest: Iterable[np.ndarray]) -> go.Figure:
    """A grid before and after a stack of layers; dashed: what the nearest single linear layer makes of it."""
    fig = _panels(["The inputs", "The same grid after all layers"])

    def joined(lines: np.ndarray) -> np.ndarray:
        gap = np.full((len(lines), 1, 2), np.nan)
        return np.concatenate([lines, gap], 1).reshape(-1, 2)

    for column, pair in enumerate((before, after), 1):
        for lines, name, color in zip(pair, ("along input 1", "along input 2"), (ACCENT, "var(--second)"), strict=True):
            x, y = _with_gaps(joined(lines))
            fig.add_trace(_line(x, y, name, {"color": color, "width": 2}, column == 1), 1, column)
    x, y = _with_gaps(np.concatenate([joined(lines) for lines in nearest]))
    fig.add_trace(_line(x, y, "the nearest single linear layer", {"color": MUTED, "width": 1.3, "dash": "dash"}, True), 1, 2)
    for column, (across, up) in enumerate((("input 1", "input 2"), ("output 1", "output 2")), 1):
        fig.update_xaxes(title=across, row=1, col=column)
        fig.update_yaxes(title=up, row=1, col=column, scaleanchor=f"x{'' if column == 1 else 2}")
    return _legend(fig)


def _with_gaps(points: np.ndarray) -> tuple[list[float | None], list[float | None]]:
    """Coordinates with None where the pen is lifted."""
    x, y = ([None if np.isnan(value) else round(value, 5) for value in column] for column in points.T)
    return x, y


def gallery(chosen: Mapping[str, Activation], z: float) -> go.Figure:
    """Each function above its slope, with points where z stands."""
    fig = _panels(["f(z): what the unit puts out", "f′(z): the slope, which training multiplies by"], stacked=True,
                  shared_xaxes=True)
    for key, act in chosen.items():
        at = np.array([z])
        for row, values, here in ((1, act.f(Z), act.f(at)), (2, slope(act, Z), slope(act, at))):
            fig.add_trace(_line(Z, values, act.label, look(key)), row, 1)
            fig.add_trace(_point(z, float(here[0]), f"{act.label} at z", look(key)["color"], 9), row, 1)
    fig.update_xaxes(title="z", range=[-6, 6])
    fig.update_yaxes(title="f(z)", range=[-2.2, 4], row=1, col=1)
    fig.update_yaxes(title="f′(z)", range=[-1.15, 1.85], row=2, col=1)
    return fig.update_layout(margin={"l": 60})


def small_multiples(acts: Mapping[str, Activation], found: Mapping[str, Traits], fits: Mapping[str, bool],
                    chosen: str) -> go.Figure:
    """All functions side by side. Grey and dotted: their flat parts. Pale: what was not asked for."""
    fig = make_subplots(4, 4, subplot_titles=[("✓ " if fits[key] else "") + act.label for key, act in acts.items()],
                        horizontal_spacing=0.03, vertical_spacing=0.09)
    for i, (key, act) in enumerate(acts.items()):
        value, flat = act.f(Z), np.abs(slope(act, Z)) <= FLAT * found[key].steepest
        for part, line in ((~flat, {"color": ACCENT, "width": 3.6 if key == chosen else 2.2}),
                           (flat, {"color": MUTED, "width": 2.2, "dash": "dot"})):
            drawn = [round(float(v), 5) if inside else None for v, inside in zip(value, part, strict=True)]
            fig.add_trace(go.Scatter(x=Z, y=drawn, mode="lines", line=line, name=act.label, showlegend=False,
                                     opacity=1 if fits[key] else 0.22, hoverinfo="skip"), i // 4 + 1, i % 4 + 1)
    fig.update_annotations(font={"size": 12, "color": INK})
    fig.update_xaxes(range=[-6, 6], showticklabels=False, showgrid=False, zeroline=True)
    fig.update_yaxes(range=[-2, 3], showticklabels=False, showgrid=False, zeroline=True)
    return fig.update_layout(margin={"t": 26, "b": 8, "l": 8, "r": 8})


THREE = ("sigmoid", "tanh", "relu")


def slopes(z: float, layers: int) -> go.Figure:
    """Left: three slopes, and where z stands. Right: their product, layer after layer; dashed the most that sigmoids can."""
    fig = _panels(["The slope at z (drag a point)", f"The product of {layers} slopes (log scale)"])
    n = np.arange(1, layers + 1)
    for key in THREE:
        act = ACTIVATIONS[key]
        fig.add_trace(_line(Z, slope(act, Z), act.label, look(key), True), 1, 1)
        products = slope_products(act, z, layers)
        fig.add_trace(go.Scatter(x=n, y=[p or None for p in products], mode="lines+markers", name=f"{act.label}: product",
                                 line=look(key), marker={"color": look(key)["color"]}, showlegend=False), 1, 2)
        fig.add_trace(_point(z, float(slope(act, np.array([z]))[0]), f"{act.label} at z", look(key)["color"]), 1, 1)
    fig.add_trace(_line(n, 0.25 ** n, "0.25ⁿ: the most that n sigmoid slopes make",
                        {"color": INK, "dash": "dash", "width": 1.5}, True), 1, 2)
    fig.update_xaxes(title="z", range=[-6, 6], row=1, col=1)
    fig.update_xaxes(title="layers n", row=1, col=2, range=[0.5, layers + 0.5])
    fig.update_yaxes(title="f′(z)", range=[-0.06, 1.12], row=1, col=1)
    found = [p for key in THREE for p in slope_products(ACTIVATIONS[key], z, layers) if p]
    lowest = float(np.log10(min(0.25 ** layers, *found)))
    fig.update_yaxes(type="log", exponentformat="power", row=1, col=2, range=[lowest * 1.08 - 0.1, 0.4])
    return _legend(fig)


def gradients(depth: Depth, reference: Depth, name: str) -> go.Figure:
    """The size of the gradient at each layer; the last layer's is 1. Dashed: the same with Xavier's weights."""
    fig = _panels(["How much gradient reaches each layer (log scale, last layer = 1)"])
    n = np.arange(1, len(depth.gradient) + 1)
    fig.add_trace(_line(n, reference.gradient, f"{name} with Xavier's "
                                               f"weights", {"color": MUTED, "dash": "dash", "width": 2}, True))
    fig.add_trace(go.Scatter(x=n, y=depth.gradient, name=f"{name} with your weights", mode="lines+markers",
                             line={"color": ACCENT, "width": 2.6}))
    ends = np.log10(np.concatenate([depth.gradient, reference.gradient]))
    fig.update_xaxes(title="layer (1 is next to the inputs)", range=[0.5, len(n) + 0.5])
    fig.update_yaxes(title="size of the gradient", type="log", exponentformat="power",
                     range=[min(-3.0, float(ends.min()) - 0.5), max(3.0, float(ends.max()) + 0.5)])
    return _legend(fig)


def learning_units(units: Mapping[str, tuple[Activation, Unit]], step: int) -> go.Figure:
    """What two units put out for each row, against the goal; the loss of both as they learn, and where the film stands."""
    fig = _panels(["What each unit answers", "Loss, step by step"])
    fig.add_trace(_line(ONE_UNIT_ROWS, ONE_UNIT_GOAL, "the goal", {"color": MUTED, "dash": "dash", "width": 2}, True), 1, 1)
    for key, (act, unit) in units.items():
        fig.add_trace(_line(ONE_UNIT_ROWS, answers(act, unit, step), act.label, look(key), True), 1, 1)
        fig.add_trace(_line(np.arange(len(unit.loss)), unit.loss, f"{act.label}: loss", look(key)), 1, 2)
        fig.add_trace(_point(step, float(unit.loss[step]), f"{act.label} now", look(key)["color"]), 1, 2)
    fig.update_xaxes(title="input x", row=1, col=1)
    fig.update_yaxes(title="output", range=[-2.2, 3.4], row=1, col=1)
    fig.update_xaxes(title="step", row=1, col=2)
    fig.update_yaxes(title="loss", rangemode="tozero", row=1, col=2)
    return _legend(fig)


def answers(act: Activation, unit: Unit, step: int) -> np.ndarray:
    """What the unit puts out for every row at a step."""
    return act.f(unit.w[step] * ONE_UNIT_ROWS + unit.b[step])


def two_leaky(leaky: Activation, alpha: float, z: float) -> go.Figure:
    """Leaky ReLU, and the shorthand max(αz, z), which is the same up to α = 1 only."""
    fig = _panels([f"α = {alpha:g}"])
    fig.add_trace(_line(Z, leaky.f(Z), "leaky ReLU", look("leaky_relu", width=5), True))
    fig.add_trace(_line(Z, np.maximum(alpha * Z, Z), "max(αz, z)", {"color": POSITIVE, "dash": "dash", "width": 2.4}, True))
    for value, name, color in ((float(leaky.f(np.array([z]))[0]), "leaky ReLU at z", COLORS[4]),
                               (max(alpha * z, z), "max(αz, z) at z", POSITIVE)):
        fig.add_trace(_point(z, value, name, color))
    fig.update_xaxes(title="z", range=[-3, 3])
    fig.update_yaxes(title="output", range=[-6.2, 6.2])
    return _legend(fig)


def depth_statistics(found: Mapping[str, Depth]) -> go.Figure:
    """Mean and variance of every layer's outputs."""
    fig = _panels(["Mean of the outputs (SELU's goal: 0)", "Variance of the outputs (SELU's goal: 1; log scale)"])
    for key, depth in found.items():
        n, line = np.arange(1, len(depth.mean) + 1), look(key, width=4 if key == "selu" else 2)
        fig.add_trace(_line(n, depth.mean, ACTIVATIONS[key].label, line, True), 1, 1)
        fig.add_trace(_line(n, depth.variance, f"{ACTIVATIONS[key].label}: variance", line), 1, 2)
    for column, goal in ((1, 0), (2, 1)):
        fig.add_hline(goal, line={"color": MUTED, "dash": "dash", "width": 1.2}, row=1, col=column)
    fig.update_xaxes(title="layer")
    fig.update_yaxes(type="log", exponentformat="power", row=1, col=2)
    return _legend(fig)


CLASS_COLORS = ("#e69f00", "#56b4e9", "#009e73")


def tempered(logits: np.ndarray, temperature: float) -> go.Figure:
    """The probabilities as bars, and how they move with the temperature."""
    fig = _panels([f"Probabilities at T = {temperature:g}", "The same for every temperature"])
    temperatures = np.geomspace(0.1, 10, 81)
    curves = np.stack([softmax(logits, t) for t in temperatures])
    p = softmax(logits, temperature)
    for k, color in enumerate(CLASS_COLORS):
        fig.add_trace(go.Bar(x=[f"class {k + 1}"], y=[p[k]], marker={"color": color}, name=f"class {k + 1}", width=0.6,
                             text=[f"{p[k]:.3f}"], textposition="outside", textfont={"color": INK, "size": 14},
                             showlegend=False), 1, 1)
        fig.add_trace(_line(temperatures, curves[:, k], f"class {k + 1}",
                            {"color": color, "width": 2.4, "dash": ("solid", "dash", "dot")[k]}, True), 1, 2)
        fig.add_trace(_point(temperature, float(p[k]), f"class {k + 1} now", color), 1, 2)
    fig.update_yaxes(title="probability", range=[0, 1.12])
    fig.update_xaxes(title="temperature T (log scale)", type="log", tickvals=[0.1, 0.3, 1, 3, 10], row=1, col=2)
    return _legend(fig)


def one_or_two(z: np.ndarray, shift: float, two: np.ndarray, one: float) -> go.Figure:
    """Two softmax units as bars; one sigmoid unit as a curve over the difference of their sums."""
    fig = _panels([f"Two softmax units, both moved by {words(shift)}", "One sigmoid unit"])
    fig.add_trace(go.Bar(x=["class 0", "class 1"], y=two, marker={"color": [NEGATIVE, POSITIVE]}, width=0.6, showlegend=False,
                         text=[f"{value:.4f}" for value in two], textposition="outside", name="softmax"), 1, 1)
    far = np.linspace(-12, 12, 241)
    fig.add_trace(_line(far, ACTIVATIONS["sigmoid"].f(far), "σ(z₁ − z₀)", look("sigmoid")), 1, 2)
    fig.add_trace(_point(float(z[1] - z[0]), one, "now", POSITIVE), 1, 2)
    fig.update_yaxes(title="probability", range=[0, 1.12])
    fig.update_xaxes(title="difference of the sums, z₁ − z₀", row=1, col=2)
    return fig


def chosen_pair(hidden: Activation, key: str, output: str, answer: Any, z: float) -> go.Figure:
    """The hidden units' function, and what the output makes of its own sum."""
    fig = _panels([f"Hidden units: {hidden.label}", f"Output: {output}"])
    fig.add_trace(_line(Z, hidden.f(Z), hidden.label, look(key)), 1, 1)
    values = answer(Z)
    fig.add_trace(_line(Z, values, output, {"color": ACCENT, "width": 2.4}), 1, 2)
    fig.add_trace(_point(z, float(answer(np.array([z]))[0]), "your sum", ACCENT), 1, 2)
    fig.update_xaxes(title="z", range=[-6, 6])
    fig.update_yaxes(title="f(z)", row=1, col=1)
    fig.update_yaxes(title="answer", row=1, col=2)
    return fig
