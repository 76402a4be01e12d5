"""The questions of the lesson "Neuron"."""

import numpy as np

from ann_core import RunConfig
from ann_core.base.spelling import words
from ann_core.lessons import neuron as core
from ann_core.lessons.ask import Ask
from ann_core.lessons.neuron_network import two_outputs, unfolding
from ann_core.run.config import NetworkConfig


def what() -> Ask:
    change = core.weighted_sum([5], [0.8], 1) - core.weighted_sum([5], [0.8], 0)
    return Ask.of_values("Keep w. Raise b by 1. What happens to the prediction at x = 5?", (0, 1, 5), change,
                         "b is added as it is; only w is multiplied by x.", lambda v: f"up by {v:g}" if v else "it stays")


def sum_() -> Ask:
    return Ask.of_values("x = (2, 3), w = (4, −1), b = 1. What does the circle hold?", (8, 5, 6),
                         core.weighted_sum((2, 3), (4, -1), 1),
                         "2 × 4 = 8 and 3 × (−1) = −3; with the bias 8 − 3 + 1 = 6. One number, not a table of products.")


def bias() -> Ask:
    return Ask.of_values("Without a bias, what is z at the origin (0, 0), for any weights?", (-1, 0, 1),
                         core.weighted_sum((0, 0), (0.6, 1.2), 0),
                         "Every product is 0 there, so the boundary z = 0 goes through it.")


def threshold() -> Ask:
    return Ask.of_values("What does the sigmoid give at z = 0?", (0, 0.5, 1), core.answer("sigmoid", 0),
                         "1/(1 + e⁰) = 1/2: its threshold lies exactly where z = 0, and so do those of tanh and step.")


def shift() -> Ask:
    return Ask.of_values("w = 1, and b goes from 0 to 2. Where does the curve go?", (2, -2), -2 / 1,
                         "z = x + 2 is 0 at x = −2: whatever happened at x = 0 now happens two to the left.",
                         lambda v: "2 to the right" if v > 0 else "2 to the left")


def tables() -> Ask:
    return Ask.of_values("How many of XOR's four corners can one line get right at most?", (2, 3, 4), core.best_count("XOR"),
                         "Its two 1s lie on one diagonal, its two 0s on the other, and no line divides two crossing "
                         "diagonals.")


def perceptron() -> Ask:
    x, y, guess, eta = (1, 1), 0, 1, 0.5
    return Ask.of_values("Sample (1, 1) has y = 0, but the unit says 1. η = 0.5. What is added to w₁?", (0.5, 0, -0.5),
                         eta * (y - guess) * x[0],
                         "η (y − ŷ) x₁ = 0.5 · (0 − 1) · 1 = −0.5: the sum was too high, so it is lowered.")


def slope() -> Ask:
    slope = core.slope(0.2, 1.0)
    return Ask.of_values(f"At w = 0.2 the slope is {words(slope, 3)}. What should happen to w?", (-1, 0, 1),
                         -float(np.sign(slope)),
                         "A negative slope means the loss falls to the right, so w grows: w − η · (negative) is larger.",
                         lambda v: {-1: "make it smaller", 0: "leave it", 1: "make it larger"}[int(v)])


def regression() -> Ask:
    dw, _ = core.sample_gradient(2, 3, 0, 1)
    return Ask.of_values("x = 2, y = 3, and the neuron says ŷ = 1. What is dL/dw?", (-4, -2, 4), dw,
                         "−x (y − ŷ) = −2 · (3 − 1) = −4: negative, so w grows and the next prediction is higher.")


def classification() -> Ask:
    log, squared = (float(core.factors(np.array([6.0]), 0, loss).dz[0]) for loss in ("binary_cross_entropy", "squared_error"))
    return Ask.of_values("A confident mistake: z = 6, so p ≈ 0.998, but y = 0. How large is dL/dz under log loss?",
                         (0, 0.25, 1), log,
                         f"dL/dz = p − y = {words(log, 3)}. With squared error it would be {words(squared, 2)}.",
                         lambda v: f"about {v:g}")


def convex() -> Ask:
    steps = 200
    end = core.roll(6.0, "squared_error", steps=steps)[-1]
    arrives = abs(end - core.shelf_lowest("squared_error")) < 0.2
    return Ask(f"Squared error, w = 6 at the start. Is it at the lowest point after {steps} steps?", ("no", "yes"),
               int(arrives),
               f"It stands at w = {words(end, 3)}: on the flat shelf the slope is almost 0, so the steps are too.")


def hidden() -> Ask:
    return Ask.of_values("In the plane of x₁ and x₂ one line gets at most 3 corners of XOR right. And in that of h₁ and h₂, "
                         "after training?", (2, 3, 4), unfolding(0).right(-1),
                         "The hidden units have moved the corners so that one line, the output unit's, divides them.",
                         lambda v: f"{v:g} corners")


def network() -> Ask:
    digits = RunConfig.model_validate({"data": {"source": "digits"}}).data.shape[2]
    return Ask.of_values("A network is to tell ten digits apart, 0 to 9. How many output units?", (1, 2, 10), digits,
                         "One for each class. One unit is enough for a number or for two classes.")


def outputs() -> Ask:
    change = two_outputs(3.5, 4.7)[0] - two_outputs(0.5, 1.7)[0]
    return Ask.of_values("Both sums z₀ and z₁ rise by 3. What happens to the probability of class 1?", (-1, 0, 1),
                         round(change, 9),
                         "Only the difference z₁ − z₀ counts. That is why one sigmoid unit can do the work of two softmax "
                         "units.", lambda v: {-1: "it falls", 0: "it stays", 1: "it rises"}[int(v)])


def count() -> Ask:
    return Ask.of_values("A dense layer takes 3 inputs to 4 units. How many parameters?", (7, 12, 16),
                         NetworkConfig(layers=()).count_parameters(3, 4),
                         "3 · 4 = 12 weights, W has the shape (3, 4), and 4 biases: 16.")
