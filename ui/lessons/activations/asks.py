"""The questions of the lesson "Activations". A draw gives other numbers for the same question."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons import activations as core
from ann_core.lessons.ask import Ask, numbers
from ann_core.nn import activations as nn
from ann_core.nn.activations import ACTIVATIONS, activation
from ui.lessons.activations import LABELS, RATE, ROWS, START, UNITS, USUAL_ALPHA, WIDTH, usual_output, verdict


def purpose() -> Ask:
    W, b = core.turn_and_stretch(10, 0)
    X = np.concatenate(core.grid_lines()).reshape(-1, 2)
    out = core.stacked(X, W, b, ACTIVATIONS["linear"])
    product, bias = core.collapsed(W, b)
    nothing = bool(np.allclose(X @ product + bias, out))
    return Ask("Ten linear layers in a row, without a bend: how much more can they do than one?", {
        "Ten times as much": "That would take a bend after each of them, which no other layer could undo.",
        "Nothing more": "That would be so if their product were a layer of the same kind."}, int(nothing),
        "Multiplied together, their matrices are one matrix. Ten layers were worked out just now: one layer gives the same "
        f"outputs, off by at most {words(np.abs(X @ product + bias - out).max(), 1)}, which is rounding.",
        scene=[{"purpose/function": "linear", "purpose/layers": layers} for layers in (1, 2, 3, 4)])


def gallery() -> Ask:
    names = ("sigmoid", "tanh", "hard_sigmoid")
    steep = [float(core.slope(ACTIVATIONS[name], np.zeros(1))[0]) for name in names]
    return Ask("Which of these is steepest at z = 0?", dict(zip((LABELS[name] for name in names), (
        "That would be so if it went from −1 to 1 like tanh: it is half as high and twice as wide.",
        "That would be so if it climbed from −1 to 1 in less room than the others need.",
        "That would be so if it climbed within less than 1: it takes the whole way from −3 to 3."), strict=True)),
        int(np.argmax(steep)), "At 0 their slopes are " + ", ".join(map(words, steep)) + ", in this order.",
        scene=[{"gallery/chosen": list(names), "gallery/z": z} for z in (3.0, 0.0)])


def properties() -> Ask:
    names = ("tanh", "leaky_relu", "relu")
    nowhere = [not core.traits(activation(name, USUAL_ALPHA.get(name))).saturates for name in names]
    return Ask("Which of these goes flat on no side?", dict(zip((LABELS[name] for name in names), (
        "That would be so if it went on rising beyond −1 and 1.", "That would be so if it had some slope on both sides.",
        "That would be so if it had a slope on the left, where it is 0."), strict=True)), nowhere.index(True),
        "Its slope is α on the left and 1 on the right, however far out. The other two have a side where nothing changes.",
        scene=({"properties/wishes": ["flat"], "properties/function": "leaky_relu"},))


def slopes(draw: int = 0) -> Ask:
    (n,) = numbers(draw, (5,), (3, 4, 8))
    right = float(core.slope_products(ACTIVATIONS["sigmoid"], 0.0, n)[-1])
    return Ask.of_values(f"{n} sigmoid layers: what is the most that their slopes, multiplied, can be?", {
        0.25 * n: "That would be so if the slopes were added.", 0.25 / n: "That would be so if they shared one slope.",
        0.25 ** n: ""}, right, f"Each slope is at most 0.25, so the product is at most 0.25 to the power of {n}: "
        f"{words(right, 3)}.", lambda v: words(v, 3), scene=[{"slopes/layers": n, "slopes/z": z} for z in (2.0, 0.0)])


def conditions(draw: int = 0) -> Ask:
    (sigma,) = numbers(draw, (2.0,), (0.05, 0.2, 0.3, 1.0))
    said = {"vanishes": "That would take smaller weights: each layer would make less of it.",
            "arrives": "That would take middling weights, near Xavier's σ = 0.32.",
            "explodes": "That would take larger weights: they would outweigh the slopes."}
    ratio = float(core.through_depth(ACTIVATIONS["tanh"], 20, UNITS, 50, 0, "normal", sigma).gradient[0])
    return Ask(f"Twenty tanh layers whose weights have the size σ = {words(sigma)}. The gradient on its way to layer 1 …", said,
               list(said).index(verdict(ratio)),
               f"Measured {words(ratio, small=2)} times the last layer's. tanh has slopes of at most 1, the weights decide the "
               "rest.", scene=[{"conditions/function": "tanh", "conditions/layers": 20, "conditions/sigma": size}
                               for size in (0.3, sigma)])


def dead() -> Ask:
    unit = core.train_unit(ACTIVATIONS["relu"], START, -3.0, 1000, RATE)
    share = float(unit.loss[-1] / unit.loss[0])
    return Ask("A ReLU unit is off for every row. What does its loss do in 1,000 more steps?", {
        "It falls to 0": "That would take a slope everywhere, as leaky ReLU has.",
        "It halves": "That would take at least some rows that switch the unit on.",
        "It stays as it is": "That would be so if no row gave a gradient."},
        int(np.argmin(np.abs(np.array([0, 0.5, 1]) - share))),
        "f′(z) is 0 for every row, so the gradient is 0 and no step moves anything. Only other inputs, when the layers before "
        "it learn, could wake such a unit.", scene=({"dead/bias": -3.0},), plays=4)


def selu() -> Ask:
    depth = core.through_depth(ACTIVATIONS["selu"], 20, WIDTH, ROWS, 0, "he_normal")
    logs = np.abs(np.log10([0.01, 1, 100]) - np.log10(depth.variance[-1]))
    return Ask("Give SELU weights with twice the variance (He's rule instead of LeCun's). After 20 layers the variance is …", {
        "far below 1": "That would take weights with less variance than LeCun's.",
        "about 1": "That would take exactly LeCun's, Var(W) = 1/n.", "far above 1": "That would take weights with more."},
        int(np.argmin(logs)), f"Measured {depth.variance[-1]:.0f}. The two constants in SELU are worked out for Var(W) = 1/n, "
        "and only for that.",
        scene=[{"selu/others": [], "selu/layers": 20, "selu/weights": rule} for rule in ("lecun_normal", "he_normal")])


def softmax() -> Ask:
    z = np.array([2.0, 1.0, 0.1])
    before, after = nn.softmax(z), nn.softmax(z + 100)
    kind = 1 if np.allclose(before, after) else 0 if after.max() > before.max() else 2
    return Ask("Add 100 to all three sums. What happens to the probabilities?", {
        "The largest goes to 1": "That would be so if the sums were multiplied: then their differences would grow.",
        "Nothing": "That would be so if only differences counted.",
        "They all become equal": "That would be so if the differences between the sums shrank to 0."}, kind,
        "e¹⁰⁰ stands in every term above and below the line, and cancels. Only differences between the sums count.",
        scene=[{f"softmax/z{k}": value + up for k, value in enumerate(z.tolist())} for up in (-2.0, 2.0)])


def pair(draw: int = 0) -> Ask:
    z0, z1 = numbers(draw, (3.0, 3.0), (1.0,), (-2.0, 4.0))
    two, _ = core.two_as_one(np.array([z0, z1]), 0.0)
    text = f"Both sums are {words(z0)}." if z0 == z1 else f"z₀ is {words(z0)}, z₁ is {words(z1)}."
    return Ask.of_values(f"{text} How probable is class 1?", {
        0.05: "That would take a z₁ that lies 3 below z₀.", 0.5: "That would take two sums that are the same.",
        0.95: "That would take a z₁ that lies 3 above z₀."}, float(two[1]),
        f"The difference z₁ − z₀ is {words(z1 - z0)}, and σ({words(z1 - z0)}) = {words(float(two[1]), 2)}.",
        lambda v: f"about {v:g}",
        scene=[{"pair/shift": 0.0, "pair/z0": z0, "pair/z1": at} for at in (0.0, z1)])


def choosing(draw: int = 0) -> Ask:
    (task,) = numbers(draw, ("regression",), ("two", "several", "regression"))
    text = {"regression": "How many minutes late will the bus be?", "two": "Will the bus be late, yes or no?",
            "several": "Will the bus be early, on time or late?"}[task]
    reason = {"regression": "Minutes are a number without fixed limits, so the output must be free to be any number: no "
                            "squeezing.",
              "two": "One probability says it all: that of yes; no has the rest.",
              "several": "Each of the three gets a probability, and together they make 1."}[task]
    outputs = {"linear": "That would be so if a number were asked for, as minutes are.",
               "sigmoid": "That would be so if the question were answered by yes or no.",
               "softmax": "That would be so if there were several kinds to choose from."}
    return Ask(f"{text} Which output suits?", outputs, list(outputs).index(usual_output(task)), reason,
               scene=({"choosing/task": task},))
