"""Ideas on depth: slopes that multiply, units that die, and signals that keep their size."""

from dataclasses import replace

import numpy as np
import streamlit as st

from ann_core.base.spelling import signed, tex, words
from ann_core.lessons import activations as core
from ann_core.nn.activations import ACTIVATIONS, activation
from ann_core.nn.initializers import INITIALIZERS
from ui.figure import Drag, figure
from ui.lessons.activations import LABELS, RATE, ROWS, START, UNITS, WIDTH, beside, controls, pictures, seed, verdict
from ui.lessons.parts import lined, tiles
from ui.question import answered, playing, told

THREE = {name: LABELS[name] for name in pictures.THREE}
SIGMAS = (0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0)
STEPS = 400
WEIGHTS = {"lecun_normal": "LeCun", "he_normal": "He", "own": "usual"}
OTHERS = {name: LABELS[name] for name in ("sigmoid", "tanh", "relu", "elu")}


def slopes() -> None:
    """Three slopes at the same z, multiplied layer after layer."""
    place, side = beside()
    left, right = st.columns(2)
    with left:
        z = controls.slider("slopes/z", "z in every layer", -6.0, 6.0, 0.5, 0.1)
    with right:
        layers = controls.slider("slopes/layers", "Layers", 1, 20, 10, 1)

    def moved(_: str, values: dict[str, float]) -> None:
        controls.put("slopes/z", round(values["x"], 1))

    with place:
        figure(pictures.slopes(z, layers, answered()), key=controls.key("slopes/picture"), height=400, least=540, on=moved,
               drag={f"{label} at z": Drag(x=(-6, 6), step=0.1, label=f"z, on the slope of {label}")
                     for label in THREE.values()},
               alt=f"The slopes of sigmoid, tanh and ReLU with points at z = {z:g}, and their products over {layers} layers.")
    at = {name: float(core.slope(ACTIVATIONS[name], np.array([z]))[0]) for name in THREE}
    through = {name: float(core.slope_products(ACTIVATIONS[name], z, layers)[-1]) for name in THREE}
    tiles({f"{THREE[name]}: {layers} slopes multiplied": words(value, small=2) for name, value in through.items()} |
          {f"Most for {layers} sigmoid slopes": told(words(0.25 ** layers, small=2))}, side)
    s = float(ACTIVATIONS["sigmoid"].f(np.array([z]))[0])
    lined([r"\sigma'(z)&=\sigma(z)\,(1-\sigma(z))",
           rf"&={tex(s)}\cdot{tex(1 - s)} = {tex(at['sigmoid'])}", r"&\le\sigma'(0) = 0.25",
           rf"\tanh'(z)&=1-\tanh^2 z = {tex(at['tanh'])} \le 1", rf"\mathrm{{ReLU}}'(z)&={at['relu']:g}",
           rf"{tex(at['sigmoid'])}^{{{layers}}}&={tex(through['sigmoid'], small=3)}",
           *([rf"0.25^{{{layers}}}&={tex(0.25 ** layers, small=3)}"] if answered() else [])])
    st.caption("At z = 0 the sigmoid's slope reaches its most: σ′(0) = 0.25. ReLU has a corner there; the engine counts it as "
               "off (slope 0). A product of 0 has no place on the log scale. Weights come into the real gradient too: see the "
               "next idea.")


def conditions() -> None:
    """How much of a gradient arrives, by the size of the weights."""
    place, side = beside()
    columns = st.columns(3)
    with columns[0]:
        name = controls.one_of("conditions/function", "Activation", THREE, "tanh")
    with columns[1]:
        sigma = controls.series("conditions/sigma", "Size of the weights σ", SIGMAS, 0.1,
                                "Weights are drawn from a normal distribution; σ is its spread. Xavier's rule gives "
                                "√(2 / (10 + 10)) = 0.32 for layers of ten units.")
    with columns[2]:
        layers = controls.slider("conditions/layers", "Layers of ten units", 2, 30, 20, 1)
    act = ACTIVATIONS[name]
    depth = core.through_depth(act, layers, UNITS, 50, 0, "normal", sigma)
    usual = core.through_depth(act, layers, UNITS, 50, 0, "glorot_normal")
    first, slopes = float(depth.gradient[0]), float(depth.by_slope[:-1].mean())
    a_layer = first ** (1 / (layers - 1))
    with place:
        figure(pictures.conditions(depth, usual, act.label), key=controls.key("conditions/picture"), height=380,
               alt=f"The gradient layer by layer, {act.label}, weights of size {sigma:g}: it {verdict(first)}.")
    tiles({"The gradient": verdict(first), "at layer 1 (last layer: 1)": words(first, small=2),
           "with Xavier's weights": words(float(usual.gradient[0]), small=2)}, side)
    lined((r"dZ^{[l]}&=\big(dZ^{[l+1]}\,W^{[l+1]\top}\big)\odot f'(Z^{[l]})",
           rf"\text{{a layer: }}&\ \underbrace{{\sqrt{{{UNITS}}}\cdot {sigma:g}}}_{{\text{{weights}}}}\cdot"
           rf"\underbrace{{{tex(slopes, 3)}}}_{{\text{{slopes}}}} = {tex(depth.by_weights * slopes, 3)}",
           rf"\text{{measured: }}&\ {tex(a_layer, 3)}"))
    st.caption("Measured: 50 random rows go forward, a random gradient goes back. [l]: layer number l. ⊙ multiplies number by "
               "number. Slopes: the typical f′(z) in these layers, as a root mean square. "
               "The product of averages is a guide only: large gradients and steep slopes need not "
               "meet. Xavier's weights have the spread "
               f"√(2/(n_in + n_out)), here {words((1 / UNITS) ** 0.5, 2)}.")


def dead() -> None:
    """A ReLU unit that is off for every row, and a leaky one from the same start."""
    place, side = beside()
    left, right = st.columns(2)
    with left:
        bias = controls.slider("dead/bias", "Bias b at the start", -4.0, 2.0, -3.0, 0.1)
    with right:
        alpha = controls.slider("dead/alpha", "α of leaky ReLU", 0.01, 0.3, 0.1, 0.01)
    acts = {"relu": activation("relu"), "leaky_relu": activation("leaky_relu", alpha)}
    units = {name: (act, core.train_unit(act, START, bias, STEPS, RATE)) for name, act in acts.items()}
    steps = pictures.moments(STEPS)
    moment, rests = controls.rest("dead/at", len(steps))
    t = steps[moment]
    with place:
        figure(pictures.dead(units, answered()), key=controls.key("dead/picture"), height=360, **rests,
               animation=replace(pictures.learning(units, steps, answered()), autoplay=playing()),
               alt=f"A ReLU unit and a leaky ReLU unit learn the same goal from bias {bias:g}, side by side.")
    relu, leaky = (unit for _, unit in units.values())
    rows = len(core.ONE_UNIT_ROWS)
    z = relu.w[t] * core.ONE_UNIT_ROWS + relu.b[t]
    tiles({"Rows that switch ReLU on": f"{int((z > 0).sum())} of {rows}", "ReLU: gradient ∂L/∂w": words(relu.dw[t]),
           "leaky ReLU: gradient ∂L/∂w": words(leaky.dw[t]),
           f"ReLU: loss after {STEPS} steps": told(f"{relu.loss[-1]:.4f}"),
           f"leaky ReLU: loss after {STEPS} steps": told(f"{leaky.loss[-1]:.4f}")}, side)
    lined((rf"z&={tex(relu.w[t], 3)}\,x {signed(relu.b[t], 3)}\ \text{{from}}\ {tex(z.min(), 3)}\ \text{{to}}\ "
           rf"{tex(z.max(), 3)}\ \text{{(ReLU)}}",
           rf"\frac{{\partial L}}{{\partial w}}&=\frac1{{{rows}}}\sum_i (a_i-y_i)\,f'(z_i)\,x_i",
           rf"&={tex(relu.dw[t])}\ \text{{(ReLU)}},\ {tex(leaky.dw[t])}\ \text{{(leaky ReLU)}}"))
    st.caption(f"The formula holds for **step {t}**, where the film rests. One unit, one input, {rows} rows, weight 1 at the "
               f"start, rate {RATE:g}. On the way ReLU's f′ is 0 where z ≤ "
               "0, leaky ReLU's is α.")


def selu() -> None:
    """Mean and variance through many layers."""
    place, side = beside()
    columns = st.columns([2.6, 2.1, 2, 1.4])
    with columns[0]:
        others = controls.some_of("selu/others", "Beside SELU", OTHERS, ("tanh", "relu"))
    with columns[1]:
        weights = controls.one_of("selu/weights", "First weights", WEIGHTS, "lecun_normal")
    with columns[2]:
        layers = controls.slider("selu/layers", "Layers", 5, 50, 50, 1)
    with columns[3]:
        draw = seed("selu/seed")
    rules = {name: ACTIVATIONS[name].initializer if weights == "own" else weights for name in ("selu", *others)}
    found = {name: core.through_depth(ACTIVATIONS[name], layers, WIDTH, ROWS, draw, rule) for name, rule in rules.items()}
    selu = found["selu"]
    said = {f"{LABELS[name]}: variance after layer {layers}": words(float(depth.variance[-1]), small=2)
            for name, depth in found.items()}
    with place:
        figure(pictures.selu(found), key=controls.key("selu/picture"), height=380, least=540,
               alt="Mean and variance of the outputs, layer by layer. " + "; ".join(f"{n}: {v}" for n, v in said.items()) + ".")
    tiles(dict(list(said.items())[:3]) | {"SELU: mean": f"{selu.mean[-1]:.2f}"}, side)
    spread = INITIALIZERS[rules["selu"]].spread(WIDTH, WIDTH, 1.0) ** 2
    rule = rf"\frac{{{round(spread * WIDTH)}}}{{n_{{in}}}} = \frac{{{round(spread * WIDTH)}}}{{{WIDTH}}} = {tex(spread)}"
    lined((rf"\mathrm{{Var}}(W)&={rule}", r"a&=\lambda\,\mathrm{ELU}_\alpha(z)",
           rf"\overline{{a^{{[{layers}]}}}}&={selu.mean[-1]:.3f}",
           rf"\mathrm{{Var}}(a^{{[{layers}]}})&={tex(float(selu.variance[-1]), 3)}"))
    usual = "; ".join(f"{LABELS[name]}: {INITIALIZERS[ACTIVATIONS[name].initializer].label}" for name in found)
    st.caption(f"Measured, not trained: {ROWS} rows of normal numbers (mean 0, variance 1) go through layers of {WIDTH} units "
               f"without bias. [l]: layer number l, here {layers}. "
               f"Weights by LeCun's rule have variance 1/n, by He's 2/n. Usual: {usual}.")
