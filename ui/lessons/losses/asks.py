"""The questions of the lesson "Losses"."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons import losses as core
from ann_core.lessons.ask import Ask
from ann_core.nn.losses import LOSSES
from ui.lessons.losses import BOWL, MISSES, PAIR, trained


def cost() -> Ask:
    errors = np.array([1.0, -2.0, 0.5])
    once, twice = (core.cost(np.tile(errors, n), np.zeros(3 * n)).mse for n in (1, 2))
    return Ask("Every sample is put into the set a second time. What happens to the mean squared error?",
               ("It stays the same", "It doubles", "It halves"), [once, 2 * once, once / 2].index(twice),
               f"The sum doubles, but so does the number that it is divided by. For errors of 1, −2 and 0.5 the mean is "
               f"{once:g} before and after.")


def unit() -> Ask:
    km, m = (core.cost(MISSES * many, np.zeros(5)) for many in (1.0, 1000.0))
    times = (1000, 1_000_000, 1)
    return Ask("You switch from kilometres to metres, so every error becomes 1,000 times as large a number. And the MSE?",
               ("1,000 times as large", "1,000,000 times as large", "It stays the same"), times.index(round(m.mse / km.mse)),
               f"Errors are squared, and so is the 1,000: from {km.mse:g} km² to {m.mse:,.0f} m². The RMSE, in the unit of the "
               f"target, only changes from {km.rmse:.3g} km to {m.rmse:,.0f} m.")


def curves() -> Ask:
    names = ("squared_error", "absolute_error", "log_cosh")
    slopes = [core.over_errors(name, np.array([2.0, 4.0]))[1] for name in names]
    return Ask("The error grows from 2 to 4. Under which loss is the slope exactly the same at both?",
               ("squared error", "absolute error", "log-cosh"), [a == b for a, b in slopes].index(True),
               "The slopes at 2 and at 4: " + "; ".join(f"{LOSSES[name].label} {a:.4g} and {b:.4g}"
                                                       for name, (a, b) in zip(names, slopes, strict=True)) + ".")


def outlier() -> Ask:
    y = np.array([1.0, 2.0, 3.0, 4.0, 10.0])
    far = np.array([1.0, 2.0, 3.0, 4.0, 100.0])
    X = np.ones((5, 1))
    by = [float((core.best_fit(X, far, name) - core.best_fit(X, y, name))[0]) for name in ("squared_error", "absolute_error")]
    return Ask("The values are 1, 2, 3, 4 and 10. The 10 becomes 100. How far does the best constant move under squared error, "
               "and how far under absolute error?", ("18 and 0", "90 and 18", "18 and 18"),
               [(18, 0), (90, 18), (18, 18)].index((round(by[0]), round(by[1]))),
               "Squared error is smallest at the mean, which goes from 4 to 22. Absolute error is smallest at the middle "
               "value, which is 3 both times.")


def confident() -> Ask:
    cross, squared = (float(core.over_sums(name, np.array([-8.0]), np.array([1]))[1][0])
                      for name in ("binary_cross_entropy", "squared_error"))
    ratios = (3, 30, 3000)
    return Ask("The right class is 1, but z = −8: wrong, and sure of it. How many times as large is the gradient of "
               "cross-entropy?", tuple(f"about {ratio:,} times" for ratio in ratios),
               int(np.abs(np.log(np.array(ratios) / (cross / squared))).argmin()),
               f"{words(cross)} against {words(squared, 3)}. The factor p(1 − p) between them is {words(squared / cross, 3)} "
               "here.")


def several() -> Ask:
    told = core.several(np.zeros(10), 0)
    values = (0.1, 1.0, float(np.log(10)))
    return Ask("A network for ten classes has learned nothing and gives each of them a tenth. What does one sample cost?",
               ("0.1", "1", "ln 10 ≈ 2.303"), int(np.abs(np.array(values) - told.loss).argmin()),
               f"−ln 0.1 = ln 10 = {told.loss:.3f}. A loss near this at the start says: so far no better than guessing.")


def hinge() -> Ask:
    loss, _ = core.over_sums("hinge", np.array([3.0, 5.0]), np.array([1, 1]))
    fell = bool(loss[1] < loss[0])
    return Ask("A sample of class +1 moves from z = 3 to z = 5. What happens to its hinge loss?",
               ("It falls", "It stays 0", "It rises"), 0 if fell else 1 if loss[1] == 0 else 2,
               "Both lie beyond the margin of 1, where the hinge is flat. Cross-entropy would still fall a little, from "
               f"{np.log1p(np.exp(-3)):.4f} to {np.log1p(np.exp(-5)):.4f}.")


def roll() -> Ask:
    slope = BOWL.slope(4.0)
    step = BOWL.roll(4.0, 0.1, 1)
    return Ask(f"At w = 4 the slope is {slope:+g}. What does the next step do to w?",
               ("It makes w smaller", "It makes w larger", "It leaves w as it is"),
               0 if step[1] < step[0] else 1 if step[1] > step[0] else 2,
               f"The step is minus the rate times the slope. At a rate of 0.1, w goes from 4 to {step[1]:.4g}.")


def surface() -> Ask:
    network, pair = trained(), PAIR
    ends = network.thetas[[0, -1]]
    on = [bool(np.isclose(network.loss(theta), network.over(pair, theta[[pair[0]]], theta[[pair[1]]])[0, 0])) for theta in ends]
    return Ask("When all 17 parameters learn, does the path of training lie on this surface?",
               ("All along", "Only at its end", "Not even at its end"), 0 if all(on) else 1 if on[1] else 2,
               "The surface is a slice: 15 parameters stand at their last values. Only at the end of training are they there.")
