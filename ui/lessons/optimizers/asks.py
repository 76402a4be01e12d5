"""The questions of the lesson "Optimisers". A draw gives other numbers for the same question."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons import optimizers as core
from ann_core.lessons import optimizers_grounds as grounds
from ann_core.lessons.ask import Ask, numbers
from ui.lessons.optimizers import RHOS, STEEP, moments, settings


def downhill(draw: int = 0) -> Ask:
    w, rate = numbers(draw, (1.0, 0.1), (2.0, -1.0, -2.0, 3.0), (0.05, 0.2, 0.5))
    to = float(core.walk(settings("sgd", rate), core.bowl(1.0), [w], 1).thetas[1, 0])
    values = {to: "The step is minus the rate times the slope.",
              w + rate * w: "That would be so if the step went uphill, along the slope.",
              0.0: "That would be so with a rate of 1: then the whole slope is taken away, and on this bowl it is w itself."}
    return Ask.of_values(f"f = ½w², so the slope at w is w itself. From w = {words(w)}, with a rate of {words(rate)}: "
                         "where is w after one step?", values, to,
                         f"w − η · slope = {words(w)} − {words(rate)} · "
                         f"{f'({words(w)})' if w < 0 else words(w)} = {words(to)}.",
                         scene=({"downhill/start": w, "downhill/rate": rate},), plays=4)


def border(draw: int = 0) -> Ask:
    k, product = numbers(draw, (1.0, 2.0), (0.5, 1.0, 2.0), (1.9, 2.0, 2.1, 0.5))
    w = core.walk(settings("sgd", product / k), core.bowl(k), [1.0], 100).thetas[:, 0]
    far = abs(w[100])
    return Ask(f"f = ½k w² with k = {words(k)}, a rate of {words(product / k)}, and a start at w = 1. What happens?", {
        "It comes nearer to 0": "That would be so if ηk were below 2: then each step makes the distance smaller.",
        "It jumps between w and −w for ever": "That would be so if ηk were 2 to the last digit.",
        "It runs away": "That would be so if ηk were above 2: then each jump ends further out than it began."},
        1 if np.isclose(far, 1, rtol=1e-9) else 0 if far < 1 else 2,
        f"ηk = {words(product)}, so each step multiplies w by 1 − ηk = {words(1 - product)}. After 100 steps the distance is "
        f"{words(far)}.", scene=[{"border/optimizer": "sgd", "border/k": k, "border/product": at} for at in (1.0, product)],
        plays=4)


def batch(draw: int = 0) -> Ask:
    small, many = numbers(draw, (4, 4), (1, 4, 8, 16), (4, 9, 16))
    moment = moments()["at the start"]
    left = moment.bundle(small * many).spread / moment.bundle(small).spread
    values = {1 / np.sqrt(many): f"That would be so if the batch grew {many}-fold: noise falls with the square root.",
              1 / many: "That would be so if noise fell in proportion to the rows. Errors of rows cancel only in part.",
              1.0: "That would be so if all rows said the same."}
    return Ask.of_values(f"A batch grows from {small} to {small * many} rows. How much of the noise in its gradient is left?",
                         values, left, f"Measured here: {words(left, 3)} of it. Noise falls with the square root of the batch: "
                         f"1/√{many} = {words(1 / np.sqrt(many), 3)}.", spell=_share,
                         scene=[{"batch/size": size} for size in (small, small * many)])


def _share(value: float) -> str:
    """1 -> all of it, 0.5 -> 1/2"""
    return "all of it" if value == 1 else f"1/{round(1 / value)} of it"


def ravine(draw: int = 0) -> Ask:
    (rate,) = numbers(draw, (0.01,), (0.001, 0.005, 0.015))
    w = core.walk(settings("sgd", rate), core.bowl(1.0, STEEP), [1.0, 1.0], 1).thetas[1]
    values = {1 - rate: "That would be so if the flat way had a curvature of 1, which it has.",
              1 - 10 * rate: "That would be so if the flat way had a curvature of 10.",
              1 - STEEP * rate: f"That would be so along the steep way, with its curvature of {STEEP:g}."}
    return Ask.of_values(f"f = ½(w₁² + {STEEP:g}w₂²). The steep way keeps the rate below 2/{STEEP:g}; say it is "
                         f"{words(rate)}. How much of the distance along the flat way is left after one "
                         "step?", values, float(w[0]),
                         f"1 − η · 1 = {words(w[0])}: the steepest way limits the rate, and the flat way waits. Along the "
                         f"steep way {words(w[1])} is left.",
                         scene=({"ravine/rate": rate, "ravine/mu": 0.9, "ravine/weight": 0},), plays=8)


def nesterov() -> Ask:
    lowest = [core.walk(settings(key, 0.1), core.bowl(1.0), [1.0], 80).thetas.min() for key in ("momentum", "nesterov")]
    return Ask("Nesterov takes the gradient once more on top of the momentum. From w = 1 with a rate of 0.1 and μ = 0.9: "
               "which of the two overshoots 0 less?", {
        "plain momentum": "That would be so if the extra gradient pushed on at the lowest point. Past 0 it points back.",
        "Nesterov's kind": "That would be so if the extra gradient braked: past 0 it points back.",
        "both alike": "That would be so without momentum, at μ = 0."},
        0 if lowest[0] > lowest[1] else 1,
        f"Past 0 the gradient points back, and Nesterov counts it at once: the lowest w is {words(lowest[1], 3)} against "
        f"{words(lowest[0], 3)}.", scene=[{"nesterov/mu": mu, "nesterov/rate": 0.1} for mu in (0.0, 0.9)])


def adagrad(draw: int = 0) -> Ask:
    (t,) = numbers(draw, (100,), (4, 16, 25, 64))
    path = core.walk(settings("adagrad", 0.1), grounds.rare_feature(1), [0.0, 0.0], t)
    values = {0.1 / np.sqrt(t): "That would be so if the rate were divided by the root of the sum of the squares.",
              0.1 / t: "That would be so if it were divided by the sum itself, and not by its root.",
              0.1: "That would be so if the squares were averaged, as RMSProp does, and not added up."}
    return Ask.of_values(f"The gradient is 1 in each step, η = 0.1. What is AdaGrad's effective rate after {t} steps?", values,
                         float(core.effective_rates(path)[-1, 0]),
                         f"G = {t} · 1², so η ÷ √G = 0.1 ÷ {words(np.sqrt(t))} = {words(0.1 / np.sqrt(t))}. The sum only "
                         "grows, so the rate only falls.",
                         scene=[{"adagrad/t": at, "adagrad/weight": "frequent"} for at in (1, t)])


def forget(draw: int = 0) -> Ask:
    (rho,) = numbers(draw, (0.9,), RHOS[1:])
    first = core.walk(settings("rmsprop", 0.1, rho=rho), core.bowl(1.0), [1.0], 1).thetas[:, 0]
    values = {0.1 / np.sqrt(1 - rho): "That would be so if the mean had only begun to fill.",
              0.1: "That would be so if G were 1, the gradient's square. It begins at 0 and has only begun to fill.",
              0.1 * (1 - rho): f"That would be so if the gradient itself were averaged: only {words(1 - rho)} of it would "
                               "count."}
    return Ask.of_values(f"RMSProp with ρ = {rho:g} and η = 0.1; the first gradient is 1. How long is its first step?", values,
                         float(first[0] - first[1]), f"G = (1 − ρ) · 1² = {words(1 - rho)}, and 0.1 ÷ √{words(1 - rho)} = "
                         f"{words(first[0] - first[1])}: the mean started at 0, so the first steps are too long.",
                         scene=[{"forget/rho": rho, "forget/of": "rmsprop", "forget/t": at} for at in (3, 2, 1)], plays=5)
