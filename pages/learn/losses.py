"""Losses: what counts as a mistake, and how far down it is."""

from typing import Any

import numpy as np

from ann_core import RunConfig
from ann_core.lessons import losses as core
from ann_core.lessons import losses_surface as surfaces
from ann_core.nn.losses import LOSSES, OutputHead, huber, output_head
from ann_core.nn.network import Network
from ui.lesson import Ask, Idea, lesson
from ui.lessons import losses as numbers
from ui.lessons import losses_classes as classes
from ui.lessons import losses_descent as descent
from ui.lessons.numbers import words


def run(**parts: dict) -> RunConfig:
    """Settings of the Playground."""
    return RunConfig.model_validate(parts)


def ask_cost() -> Ask:
    errors = np.array([1.0, -2.0, 0.5])
    once, twice = (core.cost(np.tile(errors, n), np.zeros(3 * n)).mse for n in (1, 2))
    return Ask("Every sample is put into the set a second time. What happens to the mean squared error?",
               ("It stays the same", "It doubles", "It halves"), [once, 2 * once, once / 2].index(twice),
               f"The sum doubles, but so does the number that it is divided by. For errors of 1, −2 and 0.5 the mean is "
               f"{once:g} before and after.")


def ask_unit() -> Ask:
    km, m = (core.cost(numbers.MISSES * many, np.zeros(5)) for many in (1.0, 1000.0))
    times = (1000, 1_000_000, 1)
    return Ask("You switch from kilometres to metres, so every error becomes 1,000 times as large a number. And the MSE?",
               ("1,000 times as large", "1,000,000 times as large", "It stays the same"), times.index(round(m.mse / km.mse)),
               f"Errors are squared, and so is the 1,000: from {km.mse:g} km² to {m.mse:,.0f} m². The RMSE, in the unit of the "
               f"target, only changes from {km.rmse:.3g} km to {m.rmse:,.0f} m.")


def ask_curves() -> Ask:
    names = ("squared_error", "absolute_error", "log_cosh")
    slopes = [core.over_errors(name, np.array([2.0, 4.0]))[1] for name in names]
    return Ask("The error grows from 2 to 4. Under which loss is the slope exactly the same at both?",
               ("squared error", "absolute error", "log-cosh"), [a == b for a, b in slopes].index(True),
               "The slopes at 2 and at 4: " + "; ".join(f"{LOSSES[name].label} {a:.4g} and {b:.4g}"
                                                       for name, (a, b) in zip(names, slopes, strict=True)) + ".")


def ask_outlier() -> Ask:
    y = np.array([1.0, 2.0, 3.0, 4.0, 10.0])
    far = np.array([1.0, 2.0, 3.0, 4.0, 100.0])
    X = np.ones((5, 1))
    by = [float((core.best_fit(X, far, name) - core.best_fit(X, y, name))[0]) for name in ("squared_error", "absolute_error")]
    return Ask("The values are 1, 2, 3, 4 and 10. The 10 becomes 100. How far does the best constant move under squared error, "
               "and how far under absolute error?", ("18 and 0", "90 and 18", "18 and 18"),
               [(18, 0), (90, 18), (18, 18)].index((round(by[0]), round(by[1]))),
               "Squared error is smallest at the mean, which goes from 4 to 22. Absolute error is smallest at the middle "
               "value, which is 3 both times.")


def ask_confident() -> Ask:
    cross, squared = (float(core.over_sums(name, np.array([-8.0]), np.array([1]))[1][0])
                      for name in ("binary_cross_entropy", "squared_error"))
    ratios = (3, 30, 3000)
    return Ask("The right class is 1, but z = −8: wrong, and sure of it. How many times as large is the gradient of "
               "cross-entropy?", tuple(f"about {ratio:,} times" for ratio in ratios),
               int(np.abs(np.log(np.array(ratios) / (cross / squared))).argmin()),
               f"{words(cross)} against {words(squared, 3)}. The factor p(1 − p) between them is {words(squared / cross, 3)} "
               "here.")


def ask_several() -> Ask:
    told = core.several(np.zeros(10), 0)
    values = (0.1, 1.0, float(np.log(10)))
    return Ask("A network for ten classes has learned nothing and gives each of them a tenth. What does one sample cost?",
               ("0.1", "1", "ln 10 ≈ 2.303"), int(np.abs(np.array(values) - told.loss).argmin()),
               f"−ln 0.1 = ln 10 = {told.loss:.3f}. A loss near this at the start says: so far no better than guessing.")


def ask_hinge() -> Ask:
    loss, _ = core.over_sums("hinge", np.array([3.0, 5.0]), np.array([1, 1]))
    fell = bool(loss[1] < loss[0])
    return Ask("A sample of class +1 moves from z = 3 to z = 5. What happens to its hinge loss?",
               ("It falls", "It stays 0", "It rises"), 0 if fell else 1 if loss[1] == 0 else 2,
               "Both lie beyond the margin of 1, where the hinge is flat. Cross-entropy would still fall a little, from "
               f"{np.log1p(np.exp(-3)):.4f} to {np.log1p(np.exp(-5)):.4f}.")


def ask_roll() -> Ask:
    slope = descent.BOWL.slope(4.0)
    step = descent.BOWL.roll(4.0, 0.1, 1)
    return Ask(f"At w = 4 the slope is {slope:+g}. What does the next step do to w?",
               ("It makes w smaller", "It makes w larger", "It leaves w as it is"),
               0 if step[1] < step[0] else 1 if step[1] > step[0] else 2,
               f"The step is minus the rate times the slope. At a rate of 0.1, w goes from 4 to {step[1]:.4g}.")


def ask_surface() -> Ask:
    network, pair = descent.trained(), descent.PAIR
    ends = network.thetas[[0, -1]]
    on = [bool(np.isclose(network.loss(theta), network.over(pair, theta[[pair[0]]], theta[[pair[1]]])[0, 0])) for theta in ends]
    return Ask("When all 17 parameters learn, does the path of training lie on this surface?",
               ("All along", "Only at its end", "Not even at its end"), 0 if all(on) else 1 if on[1] else 2,
               "The surface is a slice: 15 parameters stand at their last values. Only at the end of training are they there.")


SINE: dict[str, Any] = {"data": {"source": "sine"}, "network": {"layers": [{"units": 8}]}}
IDEAS = [
    Idea("cost", "One sample has a loss, the set has a cost",
         "The loss says how bad one answer is. The cost is the mean of the losses over all samples: one number to make small.",
         numbers.cost, "The mean squared error has a mean: add up the squared errors and divide by how many there are.",
         ask_cost, lambda: run(**SINE, training={"epochs": 200}), (OutputHead.value, OutputHead.per_row)),
    Idea("unit", "A measure in the target's own unit",
         "Squared errors come in squared units, which say little. The root of their mean, the RMSE, is in the unit of the "
         "target "
         "again. The MAE, the mean absolute error, is in that unit too.", numbers.unit,
         "Train on the squared error if you like, but report the RMSE: it reads in kilometres, euros or degrees.",
         ask_unit, lambda: run(data={"source": "diabetes"}, network={"layers": [{"units": 8}]}, training={"epochs": 100}),
         (core.cost,)),
    Idea("curves", "Losses as curves",
         "Each loss is a curve. Its height is what a mistake costs; its slope is how hard the mistake pulls at the weights. "
         "Move along the picture to read all of them at one place.", numbers.curves,
         "Squared error pulls in proportion to the error, absolute error always equally hard; Huber and log-cosh are squared "
         "near 0 and straight far out.", ask_curves,
         lambda: run(data={"source": "sine"}, network={"layers": [{"units": 8}], "loss": "huber"}, training={"epochs": 200}),
         (huber, output_head)),
    Idea("outlier", "One wild point",
         "Drag the diamond up and down. Squared error lets it drag the answer along; absolute error and Huber hardly listen.",
         numbers.outlier, "One outlier rules MSE and RMSE. MAE counts it in proportion only, and the best answer under "
         "absolute error stays among the other points.", ask_outlier,
         lambda: run(data={"source": "sine", "noise": 0.5}, network={"layers": [{"units": 8}], "loss": "absolute_error"},
                     training={"epochs": 200}), (core.best_fit,)),
    Idea("confident", "Wrong, and sure of it",
         "A network says with great confidence the wrong class. Cross-entropy (here binary, the log loss of the Neuron "
         "lesson) pulls with full force; the squared error, sent through the sigmoid's flat end, hardly pulls at all.",
         classes.confident,
         "With a sigmoid output, cross-entropy's gradient with respect to z is the error p − y; squared error multiplies it "
         "by p(1 − p), which vanishes exactly where the mistake is most confident.", ask_confident,
         lambda: run(data={"source": "moons"}, network={"layers": [{"units": 8}], "loss": "squared_error"},
                     training={"optimizer": "sgd", "learning_rate": 0.1, "epochs": 200}),
         (OutputHead.gradient, core.steps_until_right)),
    Idea("several", "Several classes: only the right one's share counts",
         "Softmax turns the sums of the output units into shares that add up to 1. The loss is minus the logarithm of the "
         "share that the right class got: this is *categorical cross-entropy*.", classes.several,
         "Cross-entropy is −ln of the probability given to the right class, and its gradient is simply p − y.", ask_several,
         lambda: run(data={"source": "blobs", "classes": 3}, network={"layers": [{"units": 8}]}, training={"epochs": 100}),
         (core.several, OutputHead.gradient)),
    Idea("hinge", "Hinge: the right side, and a margin of 1",
         "The hinge loss calls the classes y = −1 and +1 and asks that y·z be at least 1: on the right side, with a margin. A "
         "sample that is there costs nothing.",
         classes.hinge, "Hinge is 0 once y·z reaches 1; only samples inside the margin or on the wrong side still pull.",
         ask_hinge, lambda: run(data={"source": "moons"}, network={"layers": [{"units": 8}], "output": "linear",
                                                                   "loss": "hinge"}, training={"epochs": 200}),
         (core.over_sums,)),
    Idea("roll", "Down the slope, one step after the other",
         "Training changes a weight against the slope of the cost. One weight, no bias, ŷ = w x, two samples: (1, 2) and "
         "(2, 3). Play the film; then try a tiny rate and a large one.",
         descent.roll, "Where ∂J/∂w is above 0, make w smaller; below 0, larger. Backpropagation computes the slope, the "
         "optimiser takes the step.", ask_roll,
         lambda: run(data={"source": "plane"}, network={"layers": []},
                     training={"optimizer": "sgd", "learning_rate": 0.1, "batch_size": 100_000, "epochs": 100}),
         (core.Bowl.slope, core.Bowl.roll)),
    Idea("surface", "The cost of a real network, over two of its weights",
         "A small network learned two moons. Choose two of its weights: the picture shows how the cost depends on them, and "
         "a way down: these two alone, or the real training, in which all move.", descent.surface,
         "The gradient is taken with respect to the parameters, not the inputs: training moves over the cost, and the "
         "data stays as it is.", ask_surface, surfaces.settings,
         (surfaces.Trained.over, surfaces.Trained.two_alone, Network.loss_and_grad)),
]

lesson("losses", "Losses", IDEAS)
