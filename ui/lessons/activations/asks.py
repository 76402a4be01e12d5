"""The questions of the lesson "Activations"."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons import activations as core
from ann_core.lessons.ask import Ask
from ann_core.nn import activations as nn
from ann_core.nn.activations import ACTIVATIONS, activation
from ui.lessons.activations import LABELS, RATE, ROWS, START, TASKS, UNITS, USUAL_ALPHA, WIDTH, usual_output, verdict


def purpose() -> Ask:
    W, b = core.turn_and_stretch(10, 0)
    X = np.concatenate(core.grid_lines()).reshape(-1, 2)
    out = core.stacked(X, W, b, ACTIVATIONS["linear"])
    product, bias = core.collapsed(W, b)
    nothing = bool(np.allclose(X @ product + bias, out))
    return Ask("Ten linear layers in a row: how much more can they do than one?", ("Ten times as much", "Nothing more"),
               int(nothing),
               "Multiplied together, their matrices are one matrix. Ten layers were worked out just now: one layer gives the "
               f"same outputs, off by at most {words(np.abs(X @ product + bias - out).max(), 1)}, which is rounding.")


def gallery() -> Ask:
    names = ("sigmoid", "tanh", "hard_sigmoid")
    steep = [float(core.slope(ACTIVATIONS[name], np.zeros(1))[0]) for name in names]
    return Ask("Which of these is steepest at z = 0?", tuple(LABELS[name] for name in names), int(np.argmax(steep)),
               "At 0 their slopes are " + ", ".join(map(words, steep)) + ", in this order.")


def properties() -> Ask:
    names = ("tanh", "leaky_relu", "relu")
    nowhere = [not core.traits(activation(name, USUAL_ALPHA.get(name))).saturates for name in names]
    return Ask("Which of these goes flat on no side?", tuple(LABELS[name] for name in names), nowhere.index(True),
               "Its slope is α on the left and 1 on the right, however far out. The other two have a side where nothing "
               "changes.")


def slopes() -> Ask:
    right = float(core.slope_products(ACTIVATIONS["sigmoid"], 0.0, 5)[-1])
    return Ask.of_values("Five sigmoid layers: what is the most that their five slopes, multiplied, can be?",
                         (0.25 * 5, 0.25 / 5, 0.25 ** 5), right,
                         f"Each slope is at most 0.25, so the product is at most 0.25⁵ = {words(right, 3)}.",
                         lambda v: words(v, 3))


def conditions() -> Ask:
    said = ("vanishes", "arrives", "explodes")
    ratio = float(core.through_depth(ACTIVATIONS["tanh"], 20, UNITS, 50, 0, "normal", 2.0).gradient[0])
    return Ask("Twenty tanh layers with large weights (σ = 2). The gradient on its way to layer 1 …", said,
               said.index(verdict(ratio)),
               f"Measured {words(ratio, small=2)} times the last layer's. tanh has slopes of at most 1, but large weights "
               f"outweigh them.")


def dead() -> Ask:
    unit = core.train_unit(ACTIVATIONS["relu"], START, -3.0, 1000, RATE)
    share = float(unit.loss[-1] / unit.loss[0])
    return Ask("A ReLU unit is off for every row. What does its loss do in 1,000 more steps?",
               ("It falls to 0", "It halves", "It stays as it is"), int(np.argmin(np.abs(np.array([0, 0.5, 1]) - share))),
               "f′(z) is 0 for every row, so the gradient is 0 and no step moves anything. Only other inputs, when the "
               "layers before it learn, could wake such a unit.")


def leaky() -> Ask:
    return Ask.of_values("α = 2 and z = 1. What is max(αz, z)?", (1.0, 2.0, -2.0), max(2.0 * 1, 1.0),
                         f"max(2, 1) = 2, but leaky ReLU gives {activation('leaky_relu', 2.0).f(np.ones(1))[0]:g} there: "
                         "above 0 it never changes z.")


def selu() -> Ask:
    depth = core.through_depth(ACTIVATIONS["selu"], 20, WIDTH, ROWS, 0, "he_normal")
    logs = np.abs(np.log10([0.01, 1, 100]) - np.log10(depth.variance[-1]))
    return Ask("Give SELU weights with twice the variance (He's rule instead of LeCun's). After 20 layers the variance is …",
               ("far below 1", "about 1", "far above 1"), int(np.argmin(logs)),
               f"Measured {depth.variance[-1]:.0f}. The two constants in SELU are worked out for Var(W) = 1/n, and only for "
               f"that.")


def softmax() -> Ask:
    z = np.array([2.0, 1.0, 0.1])
    before, after = nn.softmax(z), nn.softmax(z + 100)
    kind = 1 if np.allclose(before, after) else 0 if after.max() > before.max() else 2
    return Ask("Add 100 to all three sums. What happens to the probabilities?",
               ("The largest goes to 1", "Nothing", "They all become equal"), kind,
               "e¹⁰⁰ stands in every term above and below the line, and cancels. Only differences between the sums count.")


def pair() -> Ask:
    two, _ = core.two_as_one(np.array([3.0, 3.0]), 0.0)
    return Ask.of_values("Both sums are 3. How probable is class 1?", (0.0, 0.5, 1.0), float(two[1]),
                         "The difference is 0, and σ(0) = 0.5.")


def choosing() -> Ask:
    outputs = tuple(usual_output(task) for task in TASKS)
    return Ask("How many minutes late will the bus be? Which output suits?", outputs, outputs.index(usual_output("regression")),
               "Minutes are a number without fixed limits, so the output must be free to be any number: no squeezing.")
