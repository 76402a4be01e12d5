"""Ideas on networks: hidden units on XOR, roles of layers, what the output units say, counting parameters."""

import math
from dataclasses import replace

import pandas as pd
import streamlit as st

from ann_core import RunConfig
from ann_core.base.spelling import signed, tex, words
from ann_core.lessons import neuron as core
from ann_core.lessons.neuron_network import shapes, two_outputs, unfolding
from ann_core.nn.config import NetworkConfig
from ann_core.nn.kinds import LayerConfig
from ui.figure import figure
from ui.lessons.neuron import SPLIT, controls
from ui.lessons.neuron import pictures_network as pictures
from ui.lessons.neuron.links import OUTPUTS
from ui.lessons.parts import tiles
from ui.question import answered, playing, told

MOST_DRAWN = 8
"""Layers that a drawing has room for."""


def hidden() -> None:
    """XOR comes apart in the space of two hidden units."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        seed = controls.one_of("hidden/seed", "First weights", range(6), spell=lambda s: str(s + 1),
                               help="Another number, other random weights to begin with.")
        corner = controls.one_of("hidden/corner", "Corner", range(4),
                                 spell=lambda i: f"{core.CORNERS[i][0]:g}, {core.CORNERS[i][1]:g}")
        found, x = unfolding(seed), core.CORNERS[corner]
        i, rests = controls.rest("hidden/at", len(found.epochs))
        W, b, h = found.W1[i], found.b1[i], found.hidden[i, corner]
        rows = [rf"h_{k + 1}&=\sigma({tex(W[0, k], 3)}\cdot {x[0]:g} {signed(W[1, k], 3)}\cdot {x[1]:g} {signed(b[k], 3)})"
                rf"\approx {tex(h[k], 3)}" for k in range(2)]
        w2, b2 = found.w2[i], found.b2[i]
        rows.append(rf"\hat y&=\sigma({tex(w2[0], 3)}\,h_1 {signed(w2[1], 3)}\,h_2 {signed(b2, 3)})"
                    rf"\approx {tex(found.answers[i, corner], 3)}")
        st.latex(r"\begin{aligned}" + r"\\".join(rows) + r"\end{aligned}")
        wrong = max((k for k in range(len(found.epochs)) if found.right(k) < 4), default=-1)
        tiles({"right at the start": f"{found.right(0)} of 4", "right at the end": told(f"{found.right(-1)} of 4"),
               "all four right from epoch": told(str(found.epochs[wrong + 1]))})
        st.caption(f"The formula holds for the chosen corner at **epoch {found.epochs[i]}**, where the film rests. An epoch "
                   f"is one "
                   "pass over the four corners. Solid and dashed at the left: the lines of the two hidden units.")
    with left:
        figure(pictures.hidden(found), key="neuron/hidden", height=400, **rests,
               animation=replace(pictures.unfolding(found, answered()), autoplay=playing()),
               alt="Left the four corners of XOR with the lines of both hidden units; right the same corners placed by the "
                   "outputs of the hidden units, with the line of the output unit.")


def network() -> None:
    """A network of the learner's own shape."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        config, n_in, n_out = _own_network()
        hidden = len(config.layers)
        nested = "x"
        for i in range(hidden + 1):
            nested = f"f_{i + 1}({nested})"
        st.latex(rf"\hat y={nested}")
        edges = [a * b for (a, b), _ in shapes(config, n_in, n_out)]
        tiles({"hidden layers": str(hidden), "output units": str(n_out), "edges": " + ".join(map(str, edges))})
        deep = "**deep**: it has more than one hidden layer" if hidden > 1 else "**not deep**: that takes two hidden layers"
        st.markdown(f"This network is {deep}.")
    with left:
        widths = [n_in, *(b for (_, b), _ in shapes(config, n_in, n_out))]
        figure(pictures.network(widths, _names(hidden)), key="neuron/network", height=380,
               alt=f"A network with {' – '.join(map(str, widths))} units; every unit is joined with all of the next layer.")
        st.caption("**Input layer**: one unit for each feature, a number that is known about an example. **Hidden layers**: "
                   "features of the network's own making. **Output layer**: the prediction. Dense: every unit feeds every "
                   "unit of the next layer.")


def outputs() -> None:
    """Two softmax units, one sigmoid unit, one tanh unit: the same decision."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        z0 = controls.slider("outputs/z0", "z₀, sum of the unit for class 0", -4.0, 4.0, 0.5)
        z1 = controls.slider("outputs/z1", "z₁, sum of the unit for class 1", -4.0, 4.0, 1.7)
        soft, sigmoid, tanh = two_outputs(z0, z1)
        z = z1 - z0
        e0, e1 = tex(math.exp(z0)), tex(math.exp(z1))
        st.latex(rf"\begin{{aligned}}\tfrac{{e^{{z_1}}}}{{e^{{z_0}}+e^{{z_1}}}}&=\tfrac{{{e1}}}{{{e0}+{e1}}}={tex(soft)}\\"
                 rf"\sigma({told('z_1-z_0', 'z')})&=\sigma({tex(z)})={tex(sigmoid)}\\"
                 rf"\tanh\tfrac{{z}}{{2}}=2\,\sigma(z)-1&=2\cdot {tex(sigmoid)}-1={tex(tanh)}\end{{aligned}}")
        decide = [("two softmax units", soft, "0.5"),
                  (told("one sigmoid unit, z = z₁ − z₀", "one sigmoid unit"), sigmoid, "0.5"),
                  ("one tanh unit, z / 2", tanh, "0")]
        rows = [(name, words(value), limit, str(int(value > float(limit)))) for name, value, limit in decide]
        st.table(pd.DataFrame(rows, columns=["output", "says", "decides at", "class"]).set_index("output"))
    with left:
        figure(pictures.outputs(z, told("z = z₁ − z₀", "z, the sum of the sigmoid unit"), soft, sigmoid, tanh),
               key="neuron/outputs", height=400,
               alt="Sigmoid and tanh over z, with what each output says at the present z.")
        tiles({"softmax": words(soft), "sigmoid": words(sigmoid), "tanh": words(tanh)})


def count() -> None:
    """The parameters of a network, layer by layer."""
    left, right = st.columns(SPLIT, gap="large")
    with right:
        which = controls.one_of("count/which", "Whose network", ("drawn here", "in the Playground"),
                                help="The one in the Playground is the one you have there now; before you were there, its "
                                     "usual one.")
        if which == "drawn here":
            config, n_in, n_out = _own_network(task=False)
        else:
            run = st.session_state.get("playground/settings") or RunConfig()
            config, (_, n_in, n_out) = run.network, run.data.shape
        found = shapes(config, n_in, n_out)
        total = config.count_parameters(n_in, n_out)
        parts = [rf"({a}\cdot {b}+{b})" for (a, b), _ in found]
        parts = [*parts[:2], r"\dots", parts[-1]] if len(parts) > 5 else parts
        normed = total - sum((a + 1) * b for (a, b), _ in found)
        st.latex("+".join(parts) + (f"+{normed}" if normed else "") + f"={total}")
        tiles({"parameters": f"{total:,}", "weights": f"{sum(a * b for (a, b), _ in found):,}",
               "biases": f"{sum(b for (_, b), _ in found):,}"})
        if normed:
            st.caption(f"{normed} more are scales and shifts of batch normalisation.")
    names = _names(len(config.layers))
    with left:
        widths = [n_in, *(b for (_, b), _ in shapes(config, n_in, n_out))]
        if len(widths) <= MOST_DRAWN:
            figure(pictures.network(widths, names), key="neuron/count", height=300,
                   alt=f"The network that is counted: {' – '.join(map(str, widths))} units.")
        rows = [(name, f"({a}, {b})", f"({b},)", (a + 1) * b) for name, ((a, b), _) in zip(names[1:], found, strict=True)]
        table = pd.DataFrame(rows, columns=["layer", "shape of W (n_in, n_out)", "shape of b (n_out,)", "parameters"])
        st.dataframe(table, hide_index=True, height="content" if len(rows) < 10 else 380)
        st.caption("In W, the weight wᵢⱼ stands in row i and column j: it joins unit i of the layer before to unit j. None of "
                   f"them belongs to an example: there are {sum(a * b for (a, b), _ in found):,}, for ten or a million.")


def _own_network(task: bool = True) -> tuple[NetworkConfig, int, int]:
    """The learner's network: its settings, inputs and output units. task: whether the control of what it predicts is drawn."""
    n_in = int(controls.slider("network/inputs", "Inputs", 1, 6, 2, 1))
    hidden = int(controls.slider("network/hidden", "Hidden layers", 0, 4, 2, 1))
    units = int(controls.slider("network/units", "Units in each hidden layer", 1, 8, 4, 1))
    out = (controls.one_of("network/output", "It predicts", list(OUTPUTS), "two classes") if task
           else controls.value("network/output", "two classes"))
    return NetworkConfig(layers=(LayerConfig(units=units),) * hidden), n_in, OUTPUTS[out]


def _names(hidden: int) -> list[str]:
    """What the layers are called in a drawing."""
    return ["inputs", *(f"hidden {i + 1}" for i in range(hidden)), "output"]
