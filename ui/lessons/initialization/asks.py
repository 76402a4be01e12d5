"""The questions of the lesson "Initialisation". A draw gives other numbers for the same question."""

import numpy as np

from ann_core.base.spelling import power_of_ten, words
from ann_core.lessons import initialization as core
from ann_core.lessons import initialization_depth as depth
from ann_core.lessons.ask import Ask, numbers
from ann_core.lessons.initialization import Start
from ann_core.nn.activations import ACTIVATIONS
from ui.lessons.initialization import ACTS, LEARNERS, NETWORKS, OPTIMIZERS, UNITS_FROM, learned, measured, spreads
from ui.lessons.initialization import symmetry as trained


def first() -> Ask:
    start = Start("glorot_normal")
    one, other = (start.draw((32, 32), draw) for draw in (0, 1))
    sizes = [float(np.sqrt(np.mean(W ** 2))) for W in (one, other)]
    alike = abs(np.log(sizes[1] / sizes[0])) < 0.1
    return Ask("The weights are drawn once more, under another number. What changes?", {
        "Nothing": "That would be so if nothing were left to chance, as with zeros and constant.",
        "Each weight, not their usual size": "That would be so if chance made each weight, and the rule their size.",
        "Each weight, and their usual size": "That would be so if the rule left the size to chance, too."},
        0 if np.array_equal(one, other) else 1 if alike else 2,
        f"Chance makes each weight anew; how large they usually are is the rule's: {words(sizes[0], 3)} in one draw, "
        f"{words(sizes[1], 3)} in the other. Only zeros and constant are not drawn: they are always the same.",
        scene=[{"first/initializer": start.initializer, "first/shape": "32 × 32", "first/draw": draw} for draw in (0, 1, 2)])


def symmetry(draw: int = 0) -> Ask:
    value, activation, optimizer = numbers(draw, (0.5, "tanh", "sgd"), (0.1, 0.5), ("tanh", "relu", "sigmoid"),
                                           ("sgd", "adam"))
    start = Start("constant", value)
    apart = float(trained(start, activation, optimizer).apart[-1])
    usual = float(trained(UNITS_FROM[list(UNITS_FROM)[-1]], activation, optimizer).apart[-1])
    return Ask(f"Eight {ACTS[activation]} units start with all weights {words(value)} and train for 100 epochs with "
               f"{OPTIMIZERS[optimizer]}. How far apart are the two most different units then?", {
        "Exactly 0": "That would be so if each of them got the same gradient in every step.",
        "A little, by rounding": "That would be so if their sums were added up in different orders. Here the same numbers go "
                                 "through the same steps.",
        f"About {words(usual, 2)}": "That would be so from random weights, such as Xavier's: then each unit gets a gradient of "
                                    "its own."},
        0 if apart == 0 else 1 if apart < 1e-6 else 2,
        "Equal units get equal gradients, so every step keeps them equal. Whatever the number of units, they learn what one "
        "unit can.", scene=[{"symmetry/activation": activation, "symmetry/optimizer": optimizer, "symmetry/start": name}
                            for name in (list(UNITS_FROM)[-1], start.label)])


def layer(draw: int = 0) -> Ask:
    (n,) = numbers(draw, (100,), (16, 25, 64))
    found = core.sums(n, 1.0)
    return Ask.of_values(f"A unit has {n} inputs of spread 1; its weights have the variance 1. What spread do its sums have?", {
        1.0: f"That would be so if Var(W) were 1/{n}.", float(np.sqrt(n)): "That would be so if the variances added up.",
        float(n): "That would be so if all terms were equal: then they would add up. Terms of both signs partly cancel."},
        float(found.Z.std()), f"{n} terms, each of variance 1, have the variance {n} together, and so the spread √{n} = "
        f"{words(np.sqrt(n))}. Measured: {words(found.Z.std(), 3)}.",
        scene=[{"layer/inputs": "normal", "layer/variance": 1.0, "layer/n_in": size} for size in (1, n)])


def deep(draw: int = 0) -> Ask:
    activation, sigma = numbers(draw, ("tanh", 0.01), ("linear", "tanh", "relu"), (0.01, 0.02, 0.05))
    start = Start("normal", sigma)
    at = [float(np.median([spreads(start, activation, seed, 10)[n] for seed in range(depth.SEEDS)])) for n in (0, 9)]
    exponent = round(np.log10(at[1]))

    def other(power: int) -> str:
        return (f"That would be so at about σ = {words(sigma * (10.0 ** power / at[1]) ** 0.1, 2)}: each layer multiplies the "
                "spread by the same factor, and that would be nearer to 1.")

    powers = (-2, round(exponent / 2), exponent)
    return Ask(f"{ACTS[activation]}, {depth.WIDTH} units a layer, normal weights, σ = {words(sigma)}: layer 1's outputs have a "
               f"spread of {words(at[0], 2)}. And layer 10's?", {f"about {power_of_ten(p)}": other(p) for p in powers},
               int(np.argmin([abs(np.log10(at[1]) - p) for p in powers])),
               f"Measured: {words(at[1], 2)}, the median of {depth.SEEDS} networks. Each layer multiplies the spread by about "
               f"{words((at[1] / at[0]) ** (1 / 9), 2)}.",
               scene=[{"deep/activation": activation, "deep/initializer": "normal", "deep/sigma": sigma, "deep/layers": n}
                      for n in (1, 4, 7, 10)])


def factor() -> Ask:
    kept = depth.kept(ACTIVATIONS["relu"], 1.0)
    variance = kept.square - kept.mean ** 2
    reasons = {"ReLU keeps half of the mean square": kept.square, "ReLU keeps half of the variance": variance,
               "A signal goes two ways, forward and back": 2.0}
    return Ask("He's rule for ReLU is Var(W) = 2/n_in. What does its 2 make good?", dict(zip(reasons, (
        "That would be so if the squares of the sums were 1 on average, and those of ReLU's outputs 0.5.",
        f"That would be so if ReLU's outputs had the mean 0. They have not: {words(variance, 2)} of the variance stays, but "
        "half of the mean square, which is what the next layer's sums are made of.",
        "That would be so in a rule that looks at both ways, as Xavier's 2/(n_in + n_out) does."), strict=True)),
        int(np.argmin([abs(2 * value - 1) for value in reasons.values()])),
        f"Half of the sums become 0, the others stay: the mean square goes from 1 to {words(kept.square, 3)}. "
        "2 · 0.5 = 1: on average over very many networks the next layer's sums have the mean square of this one's.",
        scene=[{"factor/activation": "relu", "factor/width": 32, "factor/initializer": name}
               for name in ("lecun_normal", "he_normal")])


def back(draw: int = 0) -> Ask:
    ((activation, start),) = numbers(draw, (("tanh", Start("normal", 1.0)),), (
        ("tanh", Start("normal", 2.0)), ("tanh", Start("he_normal")), ("sigmoid", Start("normal", 1.0)),
        ("sigmoid", Start("glorot_normal"))))
    found = measured(start, activation, depth.DEEPEST, 0)
    first, last = found.dW[0], found.dW[-2]
    return Ask(f"{depth.DEEPEST} layers, {ACTS[activation]}, {start.label}: the outputs of the last layers keep a spread of "
               f"{words(found.spread[-1], 2)}. How large is layer 1's gradient ∂L/∂w, beside layer {depth.DEEPEST}'s?", {
        "Less than a millionth": "That would be so if slopes and weights together made it smaller in each layer.",
        "Alike, within a factor of 1,000": "That would be so if the weights made up for just what the slopes take away.",
        "More than a thousand times": "That would be so if the weights outweighed the slopes in each layer."},
        0 if first < 1e-6 * last else 2 if first > 1e3 * last else 1,
        f"Measured: {words(first, 2)} in layer 1, {words(last, 2)} in layer {depth.DEEPEST}. A spread that holds says nothing "
        "of the way back: there the slopes f′(z) come in, not the outputs f(z).",
        scene=[{"deep/activation": activation, "deep/initializer": start.initializer, "deep/sigma": start.sigma,
                "deep/layers": layers} for layers in (10, 20, 30, 40, depth.DEEPEST)])


def turns() -> Ask:
    first, last = np.array([spreads(Start("orthogonal"), "linear", seed)[[0, -1]] for seed in range(NETWORKS)]).T
    others = [spreads(Start("lecun_normal"), "linear", seed)[-1] for seed in range(NETWORKS)]
    same, mean = np.ptp(last) < 1e-9, words(last.mean(), 2)
    return Ask(f"{depth.DEEPEST} linear layers whose weights are orthogonal with σ = 1. Layer 1's outputs have a spread of "
               f"{words(first.mean(), 2)}. And layer {depth.DEEPEST}'s?", {
        f"{mean} in every network": "That would be so if no layer stretched anything, in any direction.",
        f"{mean} on average, more or less by chance": "That would be so for weights drawn one by one with the right variance, "
        f"such as LeCun's: there it lies between {words(min(others), 2)} and {words(max(others), 2)}.",
        "Next to nothing": f"That would be so if each turn shrank a little: at σ = 0.9 it would be "
                           f"{words(first.mean() * 0.9 ** (depth.DEEPEST - 1), 2)}."},
        0 if same else 1 if last.mean() > 0.01 else 2,
        f"Fifty turns are one turn. Over {NETWORKS} networks the lowest is {words(last.min())} and the highest "
        f"{words(last.max())}.", scene=[{"turns/activation": "linear", "turns/sigma": size} for size in (0.95, 1.0)])


def learns() -> Ask:
    names = [start.label for start in LEARNERS]
    found = learned(LEARNERS, "tanh", "adam", 5)
    zeros, small = (found.manner(names.index(Start(*start).label)) for start in (("zeros",), ("normal", 0.01)))
    return Ask("Five tanh layers: SGD gets nowhere from zeros, nor from normal (0.01). Which of them does Adam save?", {
        "Both": "That would be so if zeros gave any gradient that Adam could make larger: with tanh it is exactly 0.",
        "normal (0.01), half-way": "That would be so if small gradients could be made larger, and gradients of 0 could not.",
        "Neither": "That would be so if Adam's steps were in proportion to the gradient, as those of SGD are."},
        2 if small == "stuck" else 1 if zeros == "stuck" else 0,
        "Adam divides by the size of the gradients, so even tiny ones lead to steps that count; but 0 divided stays 0. From "
        "normal (0.01) it finds hardly more than a straight line here.",
        scene=[{"learns/activation": "tanh", "learns/layers": 5, "learns/optimizer": name} for name in OPTIMIZERS])
