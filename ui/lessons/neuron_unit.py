"""Ideas of the lesson "Neuron" on one unit: its sum, its boundary, its activation."""

import numpy as np
import pandas as pd
import streamlit as st

from ann_core.lessons import neuron as core
from ann_core.nn.activations import ACTIVATIONS
from ui.figure import Drag, Place, figure
from ui.lesson import Ask
from ui.lessons import neuron_pictures as draw
from ui.lessons.neuron import SPLIT, controls
from ui.lessons.numbers import ask, factor, signed, tex, tiles, words

OUTPUTS = {"sigmoid": r"\sigma", "tanh": r"\tanh", "step": r"\operatorname{step}", "relu": r"\operatorname{ReLU}"}


def weighted(w: tuple[float, ...], x: tuple[float, ...], b: float) -> str:
    """x·w + b with numbers, as a formula."""
    return " + ".join(rf"{factor(v)}\times {factor(a)}" for a, v in zip(w, x, strict=True)) + " " + signed(b)


def what_show() -> None:
    left, right = st.columns(SPLIT, gap="large")
    with right:
        w, b = controls.slider("what/w", "w", -1.0, 2.0, 0.8), controls.slider("what/b", "b", -1.0, 3.0, 0.0)
        shown = controls.toggle("what/rule", "Show the rule f* behind the examples", False)
        st.latex(rf"\begin{{aligned}}\hat y=f(x)&=w\,x+b\\f(5)&={tex(w)}\times 5 {signed(b)}="
                 rf"{tex(core.weighted_sum([5], [w], b))}\end{{aligned}}")
        gaps = [abs(y - core.weighted_sum([x], [w], b)) for x, y in core.EXAMPLES]
        tiles({"prediction at x = 5": words(core.weighted_sum([5], [w], b)),
               "mean distance to the examples": words(float(np.mean(gaps)), 3)})
    fig = draw.blank((0, 5.4), (-0.6, 6.4), "x, what is known", "y, what is to be predicted")
    if shown:
        draw.line(fig, "f*", (0, 5.4), [core.weighted_sum([x], core.RULE[:1], core.RULE[1]) for x in (0, 5.4)], draw.MUTED,
                  "dash")
        draw.note(fig, 5.1, core.weighted_sum([5.1], core.RULE[:1], core.RULE[1]), "f*", draw.MUTED, yshift=14)
    for i, (x, y) in enumerate(core.EXAMPLES):
        draw.line(fig, f"gap {i + 1}", (x, x), (y, core.weighted_sum([x], [w], b)), draw.MUTED, "dot", 1.5, hoverinfo="skip")
    draw.line(fig, "f", (0, 5.4), [core.weighted_sum([x], [w], b) for x in (0, 5.4)])
    draw.dots(fig, "examples", [x for x, _ in core.EXAMPLES], [y for _, y in core.EXAMPLES], "var(--fourth)")
    draw.dots(fig, "prediction", [5], [core.weighted_sum([5], [w], b)], marker={"symbol": "diamond-open"})
    with left:
        figure(fig, key="neuron/what", height=380, alt="Eight examples, the line that predicts y from x, and the gaps between.")


def what_ask() -> Ask:
    change = core.weighted_sum([5], [0.8], 1) - core.weighted_sum([5], [0.8], 0)
    return ask("Keep w. Raise b by 1. What happens to the prediction at x = 5?", (0, 1, 5), change,
               "b is added as it is; only w is multiplied by x.", lambda v: f"up by {v:g}" if v else "it stays")


BOUNDS = -100.0, 100.0
SUMS = {"5 × 0.8": ((5.0,), (0.8,), 0.0), "1 × 3 + 2": ((1.0,), (3.0,), 2.0), "two inputs": ((1.0, 2.0), (0.5, -0.3), 0.4)}


def sum_show() -> None:
    left, right = st.columns(SPLIT, gap="large")
    with right:
        which = controls.one_of("sum/which", "Example", list(SUMS))
        usual = SUMS[which]
        x, w = [], []
        for i, (value, weight) in enumerate(zip(*usual[:2], strict=True)):
            one, other = st.columns(2)
            with one:
                x.append(controls.number(f"sum/{which}/x{i + 1}", f"x{'₁₂'[i]}", *BOUNDS, value, 0.1))
            with other:
                w.append(controls.number(f"sum/{which}/w{i + 1}", f"w{'₁₂'[i]}", *BOUNDS, weight, 0.1))
        b = controls.number(f"sum/{which}/b", "b", *BOUNDS, usual[2], 0.1)
        z = core.weighted_sum(x, w, b)
        st.latex(rf"\begin{{aligned}}z&=\sum_i x_i w_i+b\\&={weighted(tuple(w), tuple(x), b)}={tex(z)}\end{{aligned}}")
    with left:
        figure(draw.unit_drawing(x, w, b, z), key="neuron/sum", height=340,
               alt=f"A neuron with {len(x)} inputs; its sum is {words(z)}.")
        products = {f"x{'₁₂'[i]} × w{'₁₂'[i]}": f"{words(x[i])} × {f'({words(w[i])})' if w[i] < 0 else words(w[i])} = "
                                               f"{words(x[i] * w[i])}" for i in range(len(x))}
        tiles({**products, "b": words(b), "z": words(z)})


def sum_ask() -> Ask:
    return ask("x = (2, 3), w = (4, −1), b = 1. What does the circle hold?", (8, 5, 6), core.weighted_sum((2, 3), (4, -1), 1),
               "2 × 4 = 8 and 3 × (−1) = −3; with the bias 8 − 3 + 1 = 6. One number, not a table of products.")


def bias_show() -> None:
    left, right = st.columns(SPLIT, gap="large")
    with right:
        on, most = controls.toggle("bias/on", "Use a bias", True), len(core.GROUPS)
        st.caption(f"With one, all {most} can be right; without, at most {core.groups_best_without_bias()}.")
        w, b = draw.plane_controls("bias", on, (1.0, 0.9, -1.0))
        st.latex(rf"z={tex(w[0])}\,x_1 {signed(w[1])}\,x_2 {signed(b)}=0")
        away = core.distance_to_origin(w, b)
        tiles({"right": f"{core.groups_right(w, b)} of {most}",
               "z at (0, 0)": words(core.weighted_sum((0, 0), w, b)),
               "boundary to origin": "no boundary" if away is None else words(away, 3)})
        st.caption(f"If x₁ grows by 1, z changes by w₁ = {words(w[0])}; x₂ by 1, z by w₂ = {words(w[1])}.")
    with left:
        draw.plane("bias", core.GROUPS, w, b, on,
                   f"Twelve points of two classes and the boundary of a neuron: w = {w}, b = {b}.")
        st.caption("Drag the diamond **w**: the boundary turns, always square to the arrow; a longer arrow brings it nearer "
                   "to the origin. Drag the diamond **b** at the right: it shifts. Circles: class 0, squares: class 1; the "
                   "neuron says class 1 on the orange side.")


def bias_ask() -> Ask:
    return ask("Without a bias, what is z at the origin (0, 0), for any weights?", (-1, 0, 1),
               core.weighted_sum((0, 0), (0.6, 1.2), 0), "Every product is 0 there, so the boundary z = 0 goes through it.")


def threshold_show() -> None:
    left, right = st.columns(SPLIT, gap="large")
    with right:
        kind = controls.one_of("threshold/kind", "Activation", list(core.THRESHOLDS))
        z = controls.slider("threshold/z", "z", -6.0, 6.0, 1.2)
        a, least = core.answer(kind, z), core.THRESHOLDS[kind]
        says = int(a > least)
        compared = ">" if says else r"\le"
        st.latex(rf"a={OUTPUTS[kind]}(z)={OUTPUTS[kind]}({tex(z)})={tex(a)}\ {compared}\ {least:g}")
        tiles({"output a": words(a), "decides at": f"{least:g}", "decision": f"class {says}"})
        rows = [(name, words(core.answer(name, z)), f"{limit:g}", int(core.answer(name, z) > limit))
                for name, limit in core.THRESHOLDS.items()]
        st.table(pd.DataFrame(rows, columns=["activation", "output", "decides at", "class"]).set_index("activation"))
    fig = draw.blank((-6, 6), (-1.25, 1.25), "z", "output a")
    Z = np.linspace(-6, 6, 241)
    draw.line(fig, kind, Z, ACTIVATIONS[kind].f(Z))
    draw.line(fig, "threshold", (-6, 6), (least, least), draw.INK, "dash", 1.5)
    draw.note(fig, -4.6, least, f"decides at {least:g}", draw.INK, yshift=12)
    draw.line(fig, "z = 0", (0, 0), (-1.25, 1.25), draw.MUTED, "dot", 1.5)
    draw.line(fig, "here", (z, z), (-1.15, 1.25), draw.ACCENT, "dot", 1.5)
    draw.dots(fig, "output", [z], [a], draw.CLASS_COLORS[says], 15, marker={"symbol": draw.CLASS_SYMBOLS[says]})
    draw.dots(fig, "z", [z], [-1.15], marker={"symbol": "diamond"}, size=15)
    with left:
        figure(fig, key="neuron/threshold", height=380, alt=f"The {kind} over z, with its threshold and the present z.",
               drag={"z": Drag((-6, 6), None, 0.1, "z")}, follow=(Place("here", ("z.x", "z.x"), (-1.15, 1.25)),),
               on=lambda _, to: controls.put("threshold/z", round(to["x"], 1)))


def threshold_ask() -> Ask:
    return ask("What does the sigmoid give at z = 0?", (0, 0.5, 1), core.answer("sigmoid", 0),
               "1/(1 + e⁰) = 1/2: its threshold lies exactly where z = 0, and so do those of tanh and step.")


def shift_show() -> None:
    left, right = st.columns(SPLIT, gap="large")
    with right:
        kind = controls.one_of("shift/kind", "Activation", list(OUTPUTS), spell=lambda k: ACTIVATIONS[k].label)
        w, b = controls.slider("shift/w", "w", -3.0, 3.0, 1.0), controls.slider("shift/b", "b", -4.0, 4.0, 2.0)
        rest = core.answer(kind, b)
        st.latex(rf"\begin{{aligned}}a(x)&={OUTPUTS[kind]}(w\,x+b)\\a(0)&={OUTPUTS[kind]}({tex(w)}\cdot 0 {signed(b)})"
                 rf"={tex(rest)}\end{{aligned}}")
        middle = -b / w if w else None
        tiles({"z = 0 at x = −b/w": "nowhere" if middle is None else words(middle), "output when x = 0": words(rest),
               "without the bias": words(core.answer(kind, 0))})
    fig = draw.blank((-5, 5), (-1.3, 2.2), "x", "output a")
    X = np.linspace(-5, 5, 241)
    draw.line(fig, "without the bias", X, ACTIVATIONS[kind].f(w * X), draw.MUTED, "dash", 2)
    draw.line(fig, "with the bias", X, ACTIVATIONS[kind].f(w * X + b))
    draw.dots(fig, "output at x = 0", [0], [rest], size=13,
              marker={"symbol": "circle-open", "line": {"width": 3, "color": draw.ACCENT}})
    reachable = middle is not None and abs(middle) <= 5
    if reachable:
        draw.line(fig, "middle line", (middle, middle), (-1.15, core.answer(kind, 0)), draw.ACCENT, "dot", 1.5)
        draw.dots(fig, "middle", [middle], [-1.15], marker={"symbol": "diamond"}, size=15)

    with left:
        figure(fig, key="neuron/shift", height=380, alt="An activation with and without its bias, over the input x.",
               drag={"middle": Drag((-5, 5), None, 0.1, "where z = 0")} if reachable else {},
               on=lambda _, to: controls.put("shift/b", round(min(4.0, max(-4.0, -w * to["x"])), 1) + 0.0))
        st.caption("Dashed: the same unit without its bias. Drag the diamond, the place where z = 0. ReLU: 0 below 0, else z.")


def shift_ask() -> Ask:
    return ask("w = 1, and b goes from 0 to 2. Where does the curve go?", (2, -2), -2 / 1,
               "z = x + 2 is 0 at x = −2: whatever happened at x = 0 now happens two to the left.",
               lambda v: "2 to the right" if v > 0 else "2 to the left")
