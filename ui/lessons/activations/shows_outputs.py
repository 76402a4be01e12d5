"""Ideas on the output layer, and what to choose."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import tex, words
from ann_core.lessons import activations as core
from ann_core.nn import activations as nn
from ann_core.nn.activations import ACTIVATIONS, activation
from ui.figure import figure
from ui.lessons.activations import LABELS, TASKS, beside, controls, pictures, usual_output
from ui.lessons.activations.formulas import filled
from ui.lessons.parts import lined, tiles
from ui.question import told

HIDDEN = {name: LABELS[name] for name in ("relu", "leaky_relu")}
TEMPERATURES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


def softmax() -> None:
    """Three sums, their probabilities, and the temperature."""
    place, side = beside()
    columns, logits = st.columns(4), []
    for k, usual in enumerate((2.0, 1.0, 0.1)):
        with columns[k]:
            logits.append(controls.slider(f"softmax/z{k}", f"Sum z of class {k + 1}", -5.0, 5.0, usual, 0.1))
    with columns[3]:
        temperature = controls.series("softmax/temperature", "Temperature T", TEMPERATURES, 1.0,
                                      "Sums are divided by T before e is raised to them.")
    z = np.array(logits)
    p = nn.softmax(z, temperature)
    with place:
        figure(pictures.softmax(z, temperature), key=controls.key("softmax/picture"), height=360, least=480,
               alt="Probabilities of three classes: " + ", ".join(f"{value:.3f}" for value in p) + ".")
    tiles({f"class {k + 1}": f"{value:.4f}" for k, value in enumerate(p)} | {"all three together": f"{p.sum():.4f}"}, side)
    powers = [rf"e^{{{value:g}/{temperature:g}}}" for value in z]
    lined((r"p_1&=\frac{e^{z_1/T}}{\sum_k e^{z_k/T}}", rf"&=\frac{{{powers[0]}}}{{{' + '.join(powers)}}} = {p[0]:.4f}",
           rf"\textstyle\sum_k p_k&={' + '.join(f'{value:.4f}' for value in p)} = {p.sum():.4f}"))


def pair() -> None:
    """Two softmax units beside one sigmoid unit."""
    place, side = beside()
    columns = st.columns(3)
    with columns[0]:
        z0 = controls.slider("pair/z0", "Sum z₀ of class 0", -5.0, 5.0, 0.5, 0.1)
    with columns[1]:
        z1 = controls.slider("pair/z1", "Sum z₁ of class 1", -5.0, 5.0, 2.0, 0.1)
    with columns[2]:
        shift = controls.slider("pair/shift", "Add c to both", -100.0, 100.0, 0.0, 1.0)
    z = np.array([z0, z1])
    two, one = core.two_as_one(z, shift)
    with place:
        figure(pictures.pair(z, shift, two, one), key=controls.key("pair/picture"), height=360, least=480,
               alt=f"Two softmax units give {two[0]:.4f} and {two[1]:.4f}; one sigmoid unit gives {one:.4f}.")
    tiles({"softmax, class 1": f"{two[1]:.6f}", "sigmoid of z₁ − z₀": f"{one:.6f}", "softmax, both": f"{two.sum():.6f}"}, side)
    up, down = f"e^{{{z1 + shift:g}}}", f"e^{{{z0 + shift:g}}}"
    lined((rf"\frac{{e^{{z_1+c}}}}{{e^{{z_0+c}}+e^{{z_1+c}}}}&=\frac{{{up}}}{{{down}+{up}}} = {two[1]:.4f}",
           rf"\sigma(z_1-z_0)&=\frac{{1}}{{1+e^{{-({z1 - z0:g})}}}} = {one:.4f}"))


def choosing() -> None:
    """What suits the hidden units, and what the output."""
    place, side = beside()
    columns = st.columns(3)
    with columns[0]:
        task = controls.one_of("choosing/task", "What is to be predicted", {name: said for name, (said, *_) in TASKS.items()},
                               "two")
    with columns[1]:
        hidden = controls.one_of("choosing/hidden", "Hidden units", HIDDEN, "relu")
    with columns[2]:
        z = controls.slider("choosing/z", "Sum z of the output", -6.0, 6.0, 1.0, 0.1)
    output = usual_output(task)
    answer = _first_of_three if output == "softmax" else ACTIVATIONS[output].f
    label = told("softmax, the other two sums at 0" if output == "softmax" else LABELS[output])
    value = float(answer(np.array([z]))[0])
    with place:
        figure(pictures.choosing(activation(hidden), hidden, label, answer, z), key=controls.key("choosing/picture"),
               height=340, alt=f"Hidden units {HIDDEN[hidden]}, output {told(output)}: a sum of {z:g} becomes {words(value)}.")
    means = {"linear": "the value itself", "sigmoid": "probability of class 1",
             "softmax": "probability of class 1 of 3"}[output]
    tiles({"Hidden": HIDDEN[hidden], "Output": told(output), told(means, "it says"): f"{value:.4f}"}, side)
    power = rf"e^{{{z:g}}}"
    formula = rf"\frac{{{power}}}{{{power}+e^0+e^0}}" if output == "softmax" else filled(ACTIVATIONS[output], z, 0)
    st.latex(rf"\hat y = {told(formula)} = {tex(value)}" if formula != tex(value) else rf"\hat y = z = {tex(value)}")
    st.markdown("| what is to be predicted | output | hidden |\n|---|---|---|\n" + "\n".join(
        f"| {said[0]} | {told(usual_output(name))} | ReLU or leaky ReLU |" for name, said in TASKS.items()))


def _first_of_three(z: np.ndarray) -> np.ndarray:
    """The first probability of a softmax over (z, 0, 0)."""
    return nn.softmax(np.stack([z, np.zeros_like(z), np.zeros_like(z)], -1))[..., 0]
