"""Ideas of the lesson "Neuron" on networks: roles of layers, counting parameters, and what the output units say."""

import math

import numpy as np
import pandas as pd
import streamlit as st

from ann_core import RunConfig
from ann_core.data import offered
from ann_core.lessons.neuron_network import shapes, two_outputs
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.config import LayerConfig, NetworkConfig
from ui.figure import figure
from ui.lesson import Ask
from ui.lessons import neuron_pictures as draw
from ui.lessons.neuron import SPLIT, controls
from ui.lessons.numbers import ask, tex, tiles, words

OUTPUTS = {"a number": 1, "two classes": 1, "3 classes": 3, "5 classes": 5}
MOST_DRAWN = 8
"""Layers that a drawing has room for."""


def own_network(task: bool = True) -> tuple[NetworkConfig, int, int]:
    """The learner's network: its settings, inputs and output units. task: whether the control of what it predicts is drawn."""
    n_in = int(controls.slider("network/inputs", "Inputs", 1, 6, 2, 1))
    hidden = int(controls.slider("network/hidden", "Hidden layers", 0, 4, 2, 1))
    units = int(controls.slider("network/units", "Units in each hidden layer", 1, 8, 4, 1))
    out = (controls.one_of("network/output", "It predicts", list(OUTPUTS), "two classes") if task
           else controls.value("network/output", "two classes"))
    return NetworkConfig(layers=(LayerConfig(units=units),) * hidden), n_in, OUTPUTS[out]


def in_the_playground() -> RunConfig:
    """A network of the same shape, on data with as many outputs; further inputs are made from the first two."""
    source = {"a number": "plane", "two classes": "moons"}.get(controls.value("network/output", "two classes"), "blobs")
    hidden, units = int(controls.value("network/hidden", 2)), int(controls.value("network/units", 4))
    return RunConfig.model_validate({
        "data": {"source": source, "classes": max(2, OUTPUTS[controls.value("network/output", "two classes")]),
                 "features": offered(2)[:int(controls.value("network/inputs", 2))]},
        "network": {"layers": ({"units": units},) * hidden}})


def names_of(hidden: int) -> list[str]:
    """What the layers are called in a drawing."""
    return ["inputs", *(f"hidden {i + 1}" for i in range(hidden)), "output"]


def network_show() -> None:
    left, right = st.columns(SPLIT, gap="large")
    with right:
        config, n_in, n_out = own_network()
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
        widths = [n_in, *(layer.units for layer in config.layers if isinstance(layer, LayerConfig)), n_out]
        figure(draw.network_drawing(widths, names_of(hidden)), key="neuron/network", height=380,
               alt=f"A network with {' – '.join(map(str, widths))} units; every unit is joined with all of the next layer.")
        st.caption("**Input layer**: one unit for each feature, a number that is known about a sample. **Hidden layers**: "
                   "features of the network's own making. **Output layer**: the prediction. Dense: every unit feeds every "
                   "unit of the next layer.")


def network_ask() -> Ask:
    digits = RunConfig.model_validate({"data": {"source": "digits"}}).data.shape[2]
    return ask("A network is to tell ten digits apart, 0 to 9. How many output units?", (1, 2, 10), digits,
               "One for each class. One unit is enough for a number or for two classes.")


def count_show() -> None:
    left, right = st.columns(SPLIT, gap="large")
    with right:
        which = controls.one_of("count/which", "Whose network", ("drawn here", "in the Playground"),
                                help="The one in the Playground is the one you have there now; before you were there, its "
                                     "usual one.")
        if which == "drawn here":
            config, n_in, n_out = own_network(task=False)
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
    names = names_of(len(config.layers))
    with left:
        widths = [n_in, *(layer.units for layer in config.layers if isinstance(layer, LayerConfig)), n_out]
        if len(widths) <= MOST_DRAWN:
            figure(draw.network_drawing(widths, names), key="neuron/count", height=300,
                   alt=f"The network that is counted: {' – '.join(map(str, widths))} units.")
        rows = [(name, f"({a}, {b})", f"({b},)", (a + 1) * b) for name, ((a, b), _) in zip(names[1:], found, strict=True)]
        table = pd.DataFrame(rows, columns=["layer", "shape of W (n_in, n_out)", "shape of b (n_out,)", "parameters"])
        st.dataframe(table, hide_index=True, height="content" if len(rows) < 10 else 380)


def count_ask() -> Ask:
    right = NetworkConfig(layers=()).count_parameters(3, 4)
    return ask("A dense layer takes 3 inputs to 4 units. How many parameters?", (7, 12, 16), right,
               "3 · 4 = 12 weights, W has the shape (3, 4), and 4 biases: 16.")


def outputs_show() -> None:
    left, right = st.columns(SPLIT, gap="large")
    with right:
        z0 = controls.slider("outputs/z0", "z₀, sum of the unit for class 0", -4.0, 4.0, 0.5)
        z1 = controls.slider("outputs/z1", "z₁, sum of the unit for class 1", -4.0, 4.0, 1.7)
        soft, sigmoid, tanh = two_outputs(z0, z1)
        z = z1 - z0
        e0, e1 = tex(math.exp(z0)), tex(math.exp(z1))
        st.latex(rf"\begin{{aligned}}\tfrac{{e^{{z_1}}}}{{e^{{z_0}}+e^{{z_1}}}}&=\tfrac{{{e1}}}{{{e0}+{e1}}}={tex(soft)}\\"
                 rf"\sigma(z_1-z_0)&=\sigma({tex(z)})={tex(sigmoid)}\\"
                 rf"\tanh\tfrac{{z}}{{2}}=2\,\sigma(z)-1&=2\cdot {tex(sigmoid)}-1={tex(tanh)}\end{{aligned}}")
        decide = [("two softmax units", soft, "0.5"), ("one sigmoid unit, z = z₁ − z₀", sigmoid, "0.5"),
                  ("one tanh unit, z / 2", tanh, "0")]
        rows = [(name, words(value), limit, int(value > float(limit))) for name, value, limit in decide]
        st.table(pd.DataFrame(rows, columns=["output", "says", "decides at", "class"]).set_index("output"))
    Z = np.linspace(-8, 8, 241)
    fig = draw.blank((-8, 8), (-1.15, 1.15), "z = z₁ − z₀", "output")
    draw.line(fig, "sigmoid(z), and softmax", Z, ACTIVATIONS["sigmoid"].f(Z))
    draw.line(fig, "tanh(z / 2)", Z, np.tanh(Z / 2), "var(--second)", "dash")
    draw.line(fig, "decides at 0.5", (-8, 8), (0.5, 0.5), draw.ACCENT, "dot", 1, showlegend=False)
    draw.line(fig, "decides at 0", (-8, 8), (0, 0), "var(--second)", "dot", 1, showlegend=False)
    draw.line(fig, "z = 0", (0, 0), (-1.15, 1.15), draw.MUTED, "dot", 1, showlegend=False)
    draw.dots(fig, "sigmoid here", [z], [sigmoid], size=15)
    draw.dots(fig, "softmax here", [z], [soft], draw.INK, 26,
              marker={"symbol": "circle-open", "line": {"width": 2, "color": draw.INK}})
    draw.dots(fig, "tanh here", [z], [tanh], "var(--second)", 15, marker={"symbol": "square"})
    draw.note(fig, -6.6, 0.5, "sigmoid decides", draw.ACCENT, yshift=11)
    draw.note(fig, 6.8, 0, "tanh decides", "var(--second)", yshift=11)
    draw.legend_above(fig)
    with left:
        figure(fig, key="neuron/outputs", height=400, alt="Sigmoid and tanh over z, with what each output says at the present "
                        "z.")
        tiles({"softmax": words(soft), "sigmoid": words(sigmoid), "tanh": words(tanh)})


def outputs_ask() -> Ask:
    change = two_outputs(3.5, 4.7)[0] - two_outputs(0.5, 1.7)[0]
    return ask("Both sums z₀ and z₁ rise by 3. What happens to the probability of class 1?", (-1, 0, 1), round(change, 9),
               "Only the difference z₁ − z₀ counts. That is why one sigmoid unit can do the work of two softmax units.",
               lambda v: {-1: "it falls", 0: "it stays", 1: "it rises"}[int(v)])
