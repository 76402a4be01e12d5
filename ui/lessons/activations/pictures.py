"""The pictures of the lesson "Activations"."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ann_core.base.spelling import words
from ann_core.lessons.activations import ONE_UNIT_GOAL, ONE_UNIT_ROWS, Depth, Traits, UnitPath, slope, slope_products
from ann_core.nn import activations as nn
from ann_core.nn.activations import ACTIVATIONS, Activation
from ann_core.nn.measures import FLAT
from ui.figure import Animation, Keyframe
from ui.lessons import plot

COLORS = (plot.ACCENT, plot.SECOND, plot.FIRST, plot.THIRD, plot.FOURTH, plot.POSITIVE, plot.NEGATIVE, plot.MUTED)
THREE = ("sigmoid", "tanh", "relu")
CLASSES = ("#e69f00", "#56b4e9", "#009e73")
Z = np.round(np.linspace(-6, 6, 241), 10)
LOG = {"type": "log", "exponentformat": "power"}
QUIET: dict[str, Any] = {"showlegend": False}


def look(key: str) -> dict[str, Any]:
    """How an activation's line is drawn: the same on every picture; sixteen of them by colour and dash."""
    place = list(ACTIVATIONS).index(key)
    return {"color": COLORS[place % 8], "dash": "solid" if place < 8 else "dash", "width": 2.4}


def _here(x: float, y: float, name: str, color: str, size: int = 13) -> go.Scatter:
    """The point where a control stands."""
    return plot.dots([x], [y], name, color, size, rim=2, **QUIET)


def purpose(before: Iterable[np.ndarray], after: Iterable[np.ndarray], nearest: np.ndarray | None, reach: float) -> go.Figure:
    """A grid before and after a stack of layers; dashed: what the nearest single linear layer makes of it.

    reach: how far out anything may lie
    """
    fig = plot.panels(["The inputs", "The same grid after all layers"])
    for column, pair in enumerate((before, after), 1):
        for lines, name, color in zip(pair, ("along input 1", "along input 2"), (plot.ACCENT, plot.SECOND), strict=True):
            fig.add_trace(plot.curve(*_joined(lines), name, color, width=2, showlegend=column == 1), 1, column)
    if nearest is not None:
        x, y = _joined(nearest.reshape(-1, *nearest.shape[2:]))
        fig.add_trace(plot.curve(x, y, "the nearest single linear layer", plot.MUTED, "dash", 1.3), 1, 2)
    for column, (across, up) in enumerate((("input 1", "input 2"), ("output 1", "output 2")), 1):
        plot.axes(fig, across, up, *[(-1.1, 1.1) if column == 1 else (-reach, reach)] * 2, row=1, col=column)
        fig.update_yaxes(row=1, col=column, scaleanchor=f"x{'' if column == 1 else 2}")
    return plot.legend_below(fig)


def _joined(lines: np.ndarray) -> tuple[list[float | None], list[float | None]]:
    """Coordinates of many lines (lines, points, 2), with None where the pen is lifted."""
    x, y = ([value for line in lines[..., axis] for value in (*(round(float(v), 5) for v in line), None)] for axis in (0, 1))
    return x, y


def gallery(chosen: Mapping[str, Activation], z: float) -> go.Figure:
    """Each function above its slope, with points where z stands."""
    fig = plot.panels(["f(z): what the unit puts out", "f′(z): how steep that curve is, its slope"], stacked=True,
                      shared_xaxes=True)
    for key, act in chosen.items():
        at = np.array([z])
        for row, values, here in ((1, act.f(Z), act.f(at)), (2, slope(act, Z), slope(act, at))):
            fig.add_trace(plot.curve(Z, values, act.label, **look(key), showlegend=row == 1), row, 1)
            fig.add_trace(_here(z, float(here[0]), f"{act.label} at z", look(key)["color"], 9), row, 1)
    plot.axes(fig, "z", "f(z)", (-6, 6), (-2.2, 4), row=1, col=1)
    plot.axes(fig, "z", "f′(z)", (-6, 6), (-1.15, 1.85), row=2, col=1)
    plot.legend_above(fig, 40 + 20 * -(-len(chosen) // 7), 0.08)
    return fig.update_layout(margin={"l": 60})


def properties(acts: Mapping[str, Activation], found: Mapping[str, Traits], fits: Mapping[str, bool], chosen: str) -> go.Figure:
    """All functions side by side. Grey and dotted: their flat parts. Pale: what was not asked for."""
    fig = make_subplots(4, 4, subplot_titles=[("✓ " if fits[key] else "") + act.label for key, act in acts.items()],
                        horizontal_spacing=0.03, vertical_spacing=0.09)
    for i, (key, act) in enumerate(acts.items()):
        value, flat = act.f(Z), np.abs(slope(act, Z)) <= FLAT * found[key].steepest
        for part, line in ((~flat, {"width": 3.6 if key == chosen else 2.2}),
                           (flat, {"color": plot.MUTED, "width": 2.2, "dash": "dot"})):
            drawn = [round(float(v), 5) if inside else None for v, inside in zip(value, part, strict=True)]
            fig.add_trace(plot.curve(Z, drawn, act.label, **line, opacity=1 if fits[key] else 0.22, hoverinfo="skip"),
                          i // 4 + 1, i % 4 + 1)
    fig.update_annotations(font={"size": 12, "color": plot.INK})
    fig.update_xaxes(range=(-6, 6), showticklabels=False, showgrid=False, zeroline=True)
    fig.update_yaxes(range=(-2, 3), showticklabels=False, showgrid=False, zeroline=True)
    return fig.update_layout(margin={"t": 26, "b": 8, "l": 8, "r": 8})


def slopes(z: float, layers: int, most: bool) -> go.Figure:
    """Left: three slopes, and where z stands. Right: their product, layer after layer; dashed, if wanted, the most that
    sigmoids can."""
    fig = plot.panels(["The slope at z (drag a point)", f"The product of {layers} slopes (log scale)"])
    n, found = np.arange(1, layers + 1), [0.25 ** layers]
    for key in THREE:
        act, line = ACTIVATIONS[key], look(key)
        fig.add_trace(plot.curve(Z, slope(act, Z), act.label, **line), 1, 1)
        products = [p or None for p in slope_products(act, z, layers)]
        fig.add_trace(plot.curve(n, products, f"{act.label}: product", **line, mode="lines+markers",
                                 marker={"color": line["color"]}, **QUIET), 1, 2)
        fig.add_trace(_here(z, float(slope(act, np.array([z]))[0]), f"{act.label} at z", line["color"]), 1, 1)
        found += [p for p in products if p]
    if most:
        fig.add_trace(plot.curve(n, 0.25 ** n, "0.25ⁿ: the most that n sigmoid slopes make", plot.INK, "dash", 1.5), 1, 2)
    plot.axes(fig, "z", "f′(z)", (-6, 6), (-0.06, 1.12), row=1, col=1)
    plot.axes(fig, "layers n", "", (0.5, layers + 0.5), (_decades(min(found), 3), 0.4), row=1, col=2)
    return plot.legend_below(fig.update_yaxes(**LOG, row=1, col=2))


def conditions(depth: Depth, reference: Depth, name: str) -> go.Figure:
    """The size of the gradient at each layer; the last layer's is 1. Dashed: the same with Xavier's weights."""
    fig = plot.panels(["Gradient of each layer, log scale, last one = 1"])
    n = np.arange(1, len(depth.gradient) + 1)
    fig.add_traces([plot.curve(n, reference.gradient, f"{name} with Xavier's weights", plot.MUTED, "dash", 2),
                    plot.curve(n, depth.gradient, f"{name} with your weights", width=2.6, mode="lines+markers")])
    ends = np.concatenate([depth.gradient, reference.gradient])
    plot.axes(fig, "layer (1 is next to the inputs)", "size of the gradient", (0.5, len(n) + 0.5),
              (min(-12, _decades(ends.min(), 6)), max(6, -_decades(1 / ends.max(), 6))))
    return plot.legend_below(fig.update_yaxes(**LOG))


def _decades(value: float, step: int) -> int:
    """A power of ten below the value, in whole steps: an axis that begins there seldom moves."""
    return step * math.floor(math.log10(value) / step)


def dead(units: Mapping[str, tuple[Activation, UnitPath]], whole: bool) -> go.Figure:
    """What two units put out for each row, against the goal; the loss of both as they learn, at the start of the film.

    whole: the loss to the end, else as far as the film has come
    """
    fig = plot.panels(["What each unit answers", "Loss, step by step"])
    fig.add_trace(plot.curve(ONE_UNIT_ROWS, ONE_UNIT_GOAL, "the goal", plot.MUTED, "dash", 2), 1, 1)
    for key, (act, unit) in units.items():
        line = look(key)
        fig.add_trace(plot.curve(ONE_UNIT_ROWS, _answers(act, unit, 0), act.label, **line), 1, 1)
        known = len(unit.loss) if whole else 1
        fig.add_trace(plot.curve(np.arange(known), unit.loss[:known], f"{act.label}: loss", **line, **QUIET), 1, 2)
        fig.add_trace(_here(0, float(unit.loss[0]), f"{act.label} now", line["color"]), 1, 2)
    plot.axes(fig, "input x", "output", None, (-2.2, 3.4), row=1, col=1)
    losses = [unit.loss for _, unit in units.values()]
    plot.axes(fig, "step", "loss", (-0.03 * len(losses[0]), len(losses[0])), (-0.03, 1.08 * max(map(max, losses))),
              row=1, col=2)
    return plot.legend_below(fig)


def moments(steps: int) -> list[int]:
    """The steps that a film of so many shows; most lie at its beginning."""
    return [0, *sorted({round(float(step)) for step in np.geomspace(1, steps, 60)})]


def learning(units: Mapping[str, tuple[Activation, UnitPath]], steps: Sequence[int], whole: bool) -> Animation:
    """Both units as they learn, at these steps. whole: the losses stand there to the end anyhow"""

    def frame(step: int) -> Keyframe:
        traces: dict[str, dict] = {}
        for act, unit in units.values():
            traces[act.label] = {"y": _answers(act, unit, step).tolist()}
            traces[f"{act.label} now"] = {"x": [step], "y": [float(unit.loss[step])]}
            if not whole:
                known = [one for one in steps if one <= step]
                traces[f"{act.label}: loss"] = {"x": known, "y": unit.loss[known].tolist()}
        return Keyframe(traces, caption=f"Step {step}. " + " ".join(
            f"{act.label}: ∂L/∂w = {words(unit.dw[step])}, loss {unit.loss[step]:.4f}." for act, unit in units.values()))

    return Animation([frame(step) for step in steps], rate=20, noun=None)


def _answers(act: Activation, unit: UnitPath, step: int) -> np.ndarray:
    """What the unit puts out for every row at a step."""
    return act.f(unit.w[step] * ONE_UNIT_ROWS + unit.b[step])


def selu(found: Mapping[str, Depth]) -> go.Figure:
    """Mean and variance of every layer's outputs."""
    fig = plot.panels(["Mean of the outputs (SELU's goal: 0)", "Their variance (goal: 1; log scale)"])
    for key, depth in found.items():
        n, line = np.arange(1, len(depth.mean) + 1), look(key) | {"width": 4 if key == "selu" else 2}
        fig.add_trace(plot.curve(n, depth.mean, ACTIVATIONS[key].label, **line), 1, 1)
        fig.add_trace(plot.curve(n, depth.variance, f"{ACTIVATIONS[key].label}: variance", **line, **QUIET), 1, 2)
    for column, goal in ((1, 0), (2, 1)):
        fig.add_hline(goal, line={"color": plot.MUTED, "dash": "dash", "width": 1.2}, row=1, col=column)
    fig.update_xaxes(title="layer")
    return plot.legend_below(fig.update_yaxes(**LOG, row=1, col=2))


def softmax(logits: np.ndarray, temperature: float) -> go.Figure:
    """The probabilities as bars, and how they move with the temperature."""
    fig = plot.panels([f"Probabilities at T = {temperature:g}", "Probabilities over the temperature"])
    temperatures = np.geomspace(0.1, 10, 81)
    p, curves = nn.softmax(logits, temperature), np.stack([nn.softmax(logits, t) for t in temperatures])
    for k, (color, dash) in enumerate(zip(CLASSES, ("solid", "dash", "dot"), strict=True)):
        name = f"class {k + 1}"
        fig.add_trace(_bars([name], [p[k]], name, color, 3, textfont={"color": plot.INK, "size": 14}), 1, 1)
        fig.add_trace(plot.curve(temperatures, curves[:, k], name, color, dash, 2.4), 1, 2)
        fig.add_trace(_here(temperature, float(p[k]), f"{name} now", color), 1, 2)
    fig.update_yaxes(title="probability", range=(0, 1.12))
    fig.update_xaxes(title="temperature T (log scale)", type="log", tickvals=[0.1, 0.3, 1, 3, 10], row=1, col=2)
    return plot.legend_below(fig)


def _bars(x: Sequence[str], y: Iterable[float], name: str, color: Any, digits: int, **more: Any) -> go.Bar:
    """Probabilities, each with its number above."""
    return go.Bar(x=x, y=y, name=name, marker={"color": color}, width=0.6, text=[f"{value:.{digits}f}" for value in y],
                  textposition="outside", **QUIET, **more)


def pair(z: np.ndarray, shift: float, two: np.ndarray, one: float) -> go.Figure:
    """Two softmax units as bars; one sigmoid unit as a curve over the difference of their sums."""
    fig = plot.panels([f"Two softmax units, both moved by {words(shift)}", "One sigmoid unit"])
    fig.add_trace(_bars(["class 0", "class 1"], two, "softmax", list(plot.CLASS_COLORS), 4), 1, 1)
    far = np.linspace(-12, 12, 241)
    fig.add_trace(plot.curve(far, ACTIVATIONS["sigmoid"].f(far), "σ(z₁ − z₀)", **look("sigmoid")), 1, 2)
    fig.add_trace(_here(float(z[1] - z[0]), one, "now", plot.POSITIVE), 1, 2)
    fig.update_yaxes(title="probability", range=(0, 1.12))
    return fig.update_xaxes(title="difference of the sums, z₁ − z₀", row=1, col=2)


def choosing(hidden: Activation, key: str, output: str, answer: Callable[[np.ndarray], np.ndarray], z: float) -> go.Figure:
    """The hidden units' function, and what the output makes of its own sum."""
    fig = plot.panels([f"Hidden units: {hidden.label}", f"Output: {output}"])
    fig.add_trace(plot.curve(Z, hidden.f(Z), hidden.label, **look(key)), 1, 1)
    fig.add_trace(plot.curve(Z, answer(Z), output, width=2.4), 1, 2)
    fig.add_trace(_here(z, float(answer(np.array([z]))[0]), "your sum", plot.ACCENT), 1, 2)
    plot.axes(fig, "z", "f(z)", (-6, 6), row=1, col=1)
    return plot.axes(fig, "z", "answer", (-6, 6), row=1, col=2)
