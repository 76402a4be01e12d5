"""The questions of the lesson "Losses". A draw gives other numbers for the same question."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons import losses as core
from ann_core.lessons.ask import Ask, numbers
from ann_core.nn.losses import LOSSES
from ui.lessons.losses import BOWL, MISSES, PAIR, WILD, X6, Y9, trained


def cost() -> Ask:
    errors = np.array([1.0, -2.0, 0.5])
    once, twice = (core.cost(np.tile(errors, n), np.zeros(3 * n)).mse for n in (1, 2))
    return Ask("Every day is counted a second time. What happens to the mean squared error, "
               "the mean of all (ŷ − y)²?", {
        "It stays the same": "That would be so if sum and count grew alike.",
        "It doubles": "That would be so if the squares were only added up, and not divided by their number.",
        "It halves": "That would be so if the days had no errors the second time."}, [once, 2 * once, once / 2].index(twice),
        f"The sum doubles, but so does the number that it is divided by. For errors of 1, −2 and 0.5 the mean is {once:g} "
        "before and after.", scene=[{"cost/times": times} for times in (1, 2, 3)])


def unit() -> Ask:
    kg, g = (core.cost(MISSES * many, np.zeros(5)) for many in (1.0, 1000.0))
    times = (1000, 1_000_000, 1)
    return Ask("You switch from kilograms to grams, so every error becomes 1,000 times as large a number. And the MSE?", {
        "1,000 times as large": "That would be so for the RMSE and the MAE, which are in grams themselves.",
        "1,000,000 times as large": "That would be so if the 1,000 were squared, too.",
        "It stays the same": "That would be so for a share, which is in neither kilograms nor grams."},
        times.index(round(g.mse / kg.mse)),
        f"Errors are squared, and so is the 1,000: from {kg.mse:g} kg² to {g.mse:,.0f} g². The RMSE, in grams "
        f"itself, only changes from {kg.rmse:.3g} kg to {g.rmse:,.0f} g.",
        scene=[{"unit/size": 1.0, "unit/unit": name} for name in ("kg", "g")])


def curves() -> Ask:
    low, high = 1.0, 2.5
    names = ("squared_error", "absolute_error", "log_cosh")
    slopes = [core.over_errors(name, np.array([low, high]))[1] for name in names]
    return Ask(f"The error grows from {words(low)} to {words(high)}. Under which loss is the slope exactly the same at both?", {
        "squared error": "That would be so if its curve were straight: its slope is the error itself.",
        "absolute error": "That would be so if its curve were straight.",
        "log-cosh": "That would be so far out, almost: near 0 it is curved, and it straightens slowly."},
        [a == b for a, b in slopes].index(True), f"The slopes at {words(low)} and at {words(high)}: " + "; ".join(
            f"{LOSSES[name].label} {a:.4g} and {b:.4g}" for name, (a, b) in zip(names, slopes, strict=True)) + ".",
        scene=[{"curves/of": "a number", "curves/at": at} for at in (low, high)])


def outlier(draw: int = 0) -> Ask:
    (to,) = numbers(draw, (25.0,), (14.2, 23.2, 16.0, 20.5))
    far, X = Y9.copy(), np.ones((9, 1))
    far[WILD] = to
    by = [float((core.best_fit(X, far, name) - core.best_fit(X, Y9, name))[0]) for name in ("squared_error", "absolute_error")]
    whole, share = to - Y9[WILD], (to - Y9[WILD]) / 9
    options = {(share, 0.0): "That would be so if one answered to the mean and one to the middle.",
               (whole, share): "That would be so if squared error saw nothing but the outlier, and absolute error the mean.",
               (share, share): "That would be so if both answers were means."}
    right = [bool(np.allclose(option, by)) for option in options].index(True)
    return Ask(f"One of the nine values, {words(Y9[WILD])}, becomes {words(to)}. How far does the best constant move under "
               "squared error, and how far under absolute error?",
               {f"by {words(a, 3)} and by {words(b, 3)}": said for (a, b), said in options.items()}, right,
               f"Squared error is smallest at the mean: it moves by {words(whole)}/9 = {words(share, 3)}. Absolute error is "
               "smallest at the middle value, the fifth of the nine, and that is the same one before and after.",
               scene=[{"outlier/fit": "a constant", "outlier/y": at} for at in (float(Y9[WILD]), to)])


def confident(draw: int = 0) -> Ask:
    (z,) = numbers(draw, (-8.0,), (-7.0, -7.5, -6.5))
    cross, squared = (float(core.over_sums(name, np.array([z]), np.array([1]))[1][0])
                      for name in ("binary_cross_entropy", "squared_error"))
    top = float(f"{cross / squared:.0e}")
    ratios = [top / 100, top / 10, top]
    return Ask(f"The right class is 1, but z = {words(z)}: wrong, and sure of it. How many times as large as squared error's "
               "is the gradient of cross-entropy?", {f"about {ratio:,.0f} times": f"That would be so at z = "
                                                               f"{words(-np.arccosh(ratio / 2 - 1), 2)}: "
                                  "less sure, less flat." for ratio in ratios},
               int(np.abs(np.log(np.array(ratios) / (cross / squared))).argmin()),
               f"{words(cross)} against {words(squared, 3)}. The factor p(1 − p) between them is {words(squared / cross, 3)} "
               "here.", scene=[{"confident/y": 1, "confident/z": at} for at in (0.0, z)])


def several(draw: int = 0) -> Ask:
    (n,) = numbers(draw, (10,), (5, 20, 100))
    told = core.several(np.zeros(n), 0)
    values = (1 / n, 1.0, float(np.log(n)))
    return Ask(f"A network for {n} classes has learned nothing and gives each of them the same share. What does one answer "
               f"cost?", {
        words(1 / n): "That would be so if the share itself were the loss.",
        "1": "That would be so if the right class had got e⁻¹, about 0.37.",
        f"ln {n} ≈ {words(np.log(n))}": "That would be so if each share were one of so many."},
        int(np.abs(np.array(values) - told.loss).argmin()),
        f"−ln {words(1 / n)} = ln {n} = {words(told.loss)}. A loss near this at the start says: so far no better than "
        f"guessing.",
        scene=[dict(zip(("several/z0", "several/z1", "several/z2"), z, strict=True)) for z in ((2.0, 1.0, -1.0), (0.0,) * 3)])


def hinge(draw: int = 0) -> Ask:
    ((before, after),) = numbers(draw, ((3.0, 5.0),), ((-1.0, 0.5), (2.0, 0.0), (1.5, 4.0), (0.5, -1.0)))
    loss, _ = core.over_sums("hinge", np.array([before, after]), np.array([1, 1]))
    return Ask(f"An example of class +1 moves from z = {words(before)} to z = {words(after)}. What happens to its hinge "
               "loss?", {
        "It falls": "That would be so if z came nearer to the margin of 1 from below; or under cross-entropy.",
        "It stays 0": "That would be so if both places lay beyond the margin.",
        "It rises": "That would be so if z went away from the margin, to the wrong side."},
        0 if loss[1] < loss[0] else 1 if loss[1] == 0 else 2,
        f"max(0, 1 − z) goes from {words(loss[0])} to {words(loss[1])}. Cross-entropy would go from "
        f"{np.log1p(np.exp(-before)):.4f} to {np.log1p(np.exp(-after)):.4f}: it is never quite flat.",
        scene=[{"hinge/sample": 6, "hinge/b": 0.0, "hinge/w": z / X6[5]} for z in (before, after)])


def roll(draw: int = 0) -> Ask:
    (w,) = numbers(draw, (4.0,), (-2.0, 0.0, 3.0, 5.0))
    slope, step = BOWL.slope(w), BOWL.roll(w, 0.1, 1)
    return Ask(f"At w = {words(w)} the slope is {words(slope)}. What does the next step do to w?", {
        "It decreases w": "That would be so if the slope were above 0: down would be to the left.",
        "It increases w": "That would be so if the slope were below 0: down would be to the right.",
        "It leaves w as it is": "That would be so if the slope were 0, at the lowest point."},
        0 if step[1] < step[0] else 1 if step[1] > step[0] else 2,
        f"The step is minus the rate times the slope. At a rate of 0.1, w goes from {words(w)} to {words(step[1])}.",
        scene=({"roll/start": w, "roll/rate": 0.1},), plays=4)


def surface() -> Ask:
    network, pair = trained(), PAIR
    ends = network.thetas[[0, -1]]
    on = [bool(np.isclose(network.loss(theta), network.over(pair, theta[[pair[0]]], theta[[pair[1]]])[0, 0])) for theta in ends]
    return Ask("When all 17 parameters learn, does the path of training lie on this surface?", {
        "All along": "That would be so if only these two weights learned.",
        "Only at its end": "That would be so if the others had their last values only then.",
        "Not even at its end": "That would be so if the surface were cut at other values than the last ones."},
        0 if all(on) else 1 if on[1] else 2,
        "The surface is a slice: 15 parameters stand at their last values. Only at the end of training are they there.",
        scene=({"surface/moving": "all weights"},), plays=6)
