"""The questions of the lesson "Neuron". A draw gives other numbers for the same question."""

import numpy as np

from ann_core import RunConfig
from ann_core.base.spelling import words
from ann_core.lessons import neuron as core
from ann_core.lessons.ask import Ask, numbers
from ann_core.lessons.neuron_kinds import EXAMPLES
from ann_core.lessons.neuron_network import two_outputs, unfolding
from ann_core.run.config import NetworkConfig
from ui.lessons.neuron import needed


def what(draw: int = 0) -> Ask:
    x, rise = numbers(draw, (5, 1.0), (2, 3, 4, 5), (0.5, 1.5, 2.0))
    change = core.weighted_sum([x], [0.8], rise) - core.weighted_sum([x], [0.8], 0)
    return Ask.of_values(f"w stays as it is; b, what is sold without sun, grows by {words(rise)}. What happens to the "
                         f"prediction at x = {x}?", {
        0.0: f"That would be so if b had no place in the sum at x = {x}.", rise: "",
        x * rise: "That would be so if b were multiplied by x, as w is."}, change,
        "b is added as it is; only w is multiplied by x.", lambda v: f"up by {words(v)}" if v else "it stays",
        scene=({"what/w": 0.8, "what/b": 0.0}, {"what/w": 0.8, "what/b": rise}))


def kinds() -> Ask:
    run = EXAMPLES["autoencoder"].run
    assert run is not None
    return Ask("An autoencoder learns to give its input out again, through a layer that is narrower. Which kind of learning is "
               "that?", {
        "Supervised": "That would be so if somebody had given a right answer to each example.",
        "Unsupervised": "That would be so if no answers were given: the input is its own target."}, 0 if needed(run) else 1,
        "Its loss compares what comes out with what went in. Put the answers of the examples in another order, and the "
        "engine's step is the same: they are not used. The input is its own target.", scene=[{"kinds/example": key} for key in (
            "digits", "autoencoder")])


def sum_(draw: int = 0) -> Ask:
    x1, x2, w1, w2, b = numbers(draw, (2, 3, 4, -1, 1), (2, 3, 5), (3, 4, 5), (2, 4, 6), (-1, -2), (1, 2))
    first, second = x1 * w1, x2 * w2
    place = "sum/two inputs"
    fixed = {"sum/which": "two inputs", f"{place}/x1": float(x1), f"{place}/w1": float(w1), f"{place}/w2": float(w2)}
    return Ask.of_values(f"x = ({x1}, {x2}), w = ({w1}, {words(w2)}), b = {b}. What does the circle hold?", {
        first: "That would be so if only the first input counted, and b were 0.",
        first + second: "That would be so if b were 0.",
        first + second + b: ""}, core.weighted_sum((x1, x2), (w1, w2), b),
        f"{x1} × {w1} = {first} and {x2} × ({words(w2)}) = {words(second)}; with the bias {first} − {-second} + {b} = "
        f"{words(first + second + b)}. One number, not a table of products.",
        scene=(fixed | {f"{place}/x2": 0.0, f"{place}/b": 0.0}, fixed | {f"{place}/x2": float(x2), f"{place}/b": 0.0},
               fixed | {f"{place}/x2": float(x2), f"{place}/b": float(b)}))


def bias() -> Ask:
    return Ask.of_values("Without a bias, what is z at the origin (0, 0), for any weights?", {
        -1: "That would be so if a bias of −1 were added.", 0: "", 1: "That would be so if an input of 0 counted as 1."},
        core.weighted_sum((0, 0), (0.6, 1.2), 0),
        "Every product is 0 there, so the boundary z = 0 goes through it.",
        scene=[{"bias/on": False, "bias/w1": w1, "bias/w2": 0.9} for w1 in (1.5, -1.5)])


def threshold() -> Ask:
    return Ask.of_values("What does the sigmoid give at z = 0?", {
        0: "That would be so for tanh and for the step.", 0.5: "", 1: "That would take a z far to the right."},
        core.answer("sigmoid", 0),
        "1/(1 + e⁰) = 1/2: its threshold lies exactly where z = 0, and so do those of tanh and step.",
        scene=[{"threshold/kind": "sigmoid", "threshold/z": z} for z in (4.0, 0.0)])


def shift(draw: int = 0) -> Ask:
    (b,) = numbers(draw, (2.0,), (-2.0, 3.0, -3.0, 1.0))
    size, middle = words(abs(b)), -b / 1
    return Ask(f"w = 1, and b goes from 0 to {words(b)}. Where does the curve go?", {
        f"{size} to the right": f"That would take b = −{size}: x − {size} is 0 at x = {size}.",
        f"{size} to the left": f"That would take b = {size}: x + {size} is 0 at x = −{size}.",
        f"{size} up": "That would be so if b were added to the output; it is added to z."}, 0 if middle > 0 else 1,
        f"z = x {'+' if b > 0 else '−'} {size} is 0 at x = {words(middle)}: whatever happened at x = 0 now happens there.",
        scene=[{"shift/w": 1.0, "shift/b": at} for at in (0.0, b)])


def tables() -> Ask:
    return Ask.of_values("How many of XOR's four corners can one line get right at most?", {
        2: "That would be so if lines had to go through the middle: one that cuts off a single corner does better.", 3: "",
        4: "That would take a line with both 1s on one side and both 0s on the other."}, core.best_count("XOR"),
        "Its two 1s lie on one diagonal, its two 0s on the other, and no line divides two crossing diagonals.",
        lambda v: f"{v:g} corners",
        scene=[{"tables/table": "XOR", "tables/w1": 0.7, "tables/w2": w2, "tables/b": -0.35} for w2 in (0.0, 0.7)])


def perceptron(draw: int = 0) -> Ask:
    x, (y, guess), eta = numbers(draw, ((1, 1), (0, 1), 0.5), ((1, 1), (1, 0), (0, 1)), ((0, 1), (1, 0)), (0.25, 0.5, 1.0))
    step = eta * (y - guess)
    shown = next(({"rule/table": table, "rule/eta": eta, "rule/shown": i} for table in core.TABLES
                  for i, visit in enumerate(core.perceptron(table, eta, 40), 1)
                  if core.CORNERS[visit.sample] == x and visit.error == y - guess), None)
    return Ask.of_values(f"The example ({x[0]}, {x[1]}) has y = {y}, but the unit says {guess}. η = {eta:g}. What is added to "
                         "w₁?", {
        -step: "That would be so if the error y − ŷ had the other sign.",
        0: "That would be so if ŷ were right already, or x₁ were 0.", step: "That would be so if x₁ were 1."}, step * x[0],
        f"η (y − ŷ) x₁ = {eta:g} · ({y} − {guess}) · {x[0]} = {words(step * x[0])}: "
        + ("x₁ is 0, so w₁ had no part in the mistake." if not x[0] else
           f"the sum was too {'high, so it is lowered' if step < 0 else 'low, so it is raised'}."),
        scene=() if shown is None else (shown,))


def slope(draw: int = 0) -> Ask:
    (w,) = numbers(draw, (0.2,), (-0.5, 0.0, 1.4, 1.9))
    slope = core.slope(w, 1.0)
    return Ask.of_values(f"At w = {words(w)} the slope is {words(slope, 3)}. What should happen to w?", {
        -1: "That would be so if the slope were positive: the loss would fall to the left.",
        0: "That would be so if the slope were 0: nothing would be lower nearby.",
        1: "That would be so if the slope were negative: the loss would fall to the right."}, -float(np.sign(slope)),
        f"A {'negative' if slope < 0 else 'positive'} slope means the loss falls to the {'right' if slope < 0 else 'left'}, "
        f"so w "
        f"{'grows' if slope < 0 else 'shrinks'}: w − η · ({words(slope, 3)}) is {'larger' if slope < 0 else 'smaller'}.",
        lambda v: {-1: "decrease it", 0: "leave it", 1: "increase it"}[int(v)],
        scene=[{"slope/w": at, "slope/eta": 0.1} for at in (w, round(w - 0.1 * slope, 2))])


def regression(draw: int = 0) -> Ask:
    sample, epoch = numbers(draw, (4, 0), (3, 4, 5, 6, 7, 8), (0, 1, 2, 5, 20))
    (x, y), (w, b) = core.EXAMPLES[sample - 1], core.descent(0.1, epoch)[epoch]
    guess = core.weighted_sum([x], [w], b)
    dw, db = core.sample_gradient(x, y, w, b)
    return Ask.of_values(f"Day {sample} has x = {words(x)} and y = {words(y)}, and the neuron says ŷ = {words(guess, 3)}. "
                         "What is ∂L/∂w?", {
        dw: "", db: "That would be so if x were 1: it is ∂L/∂b.", -dw: "That would be so if ŷ and y changed places."}, dw,
        f"−x (y − ŷ) = −{words(x)} · ({words(y)} − {words(guess, 3)}) = {words(dw, 3)}: "
        + ("negative, so w grows and the next prediction is higher." if dw < 0 else
           "positive, so w shrinks and the next prediction is lower."), lambda v: words(v, 3),
        scene=[{"fit/eta": 0.1, "fit/epoch": at, "fit/sample": sample} for at in (epoch, epoch + 1)])


def classification(draw: int = 0) -> Ask:
    z, y = numbers(draw, (6.0, 0), (-6.0, 5.0, 6.5, -5.5), (0, 1))
    log, squared = (core.factors(np.array([z]), y, loss) for loss in ("binary_cross_entropy", "squared_error"))
    p, dz, other = float(log.p[0]), float(log.dz[0]), words(float(squared.dz[0]), 2)
    mistake = abs(dz) > 0.5
    return Ask.of_values(
        f"{'A confident mistake' if mistake else 'Sure, and right'}: z = {words(z)}, so p ≈ {words(p, 3)}, and y = {y}. How "
        f"large "
        "is ∂L/∂z under log loss?", {
            -1: "That would take a p near 0 while y = 1.",
            0: "That would take a p near y; or squared error, where a flat σ′ does not cancel.",
            1: "That would take a p near 1 while y = 0."}, dz,
        f"∂L/∂z = p − y = {words(dz, 3)}. With squared error it would be {other}.", lambda v: f"about {words(v)}",
        scene=[{"classes/y": y, "classes/x": 2.0, "classes/w": w, "classes/b": 1.0} for w in (0.0, (z - 1) / 2)])


def convex(draw: int = 0) -> Ask:
    (start,), steps = numbers(draw, (6.0,), (-2.0, 1.0, 5.0, 4.5)), 200
    end = core.roll(start, "squared_error", steps=steps)[-1]
    arrives = abs(end - core.shelf_lowest("squared_error")) < 0.2
    return Ask(f"Squared error, w = {words(start)} at the start. Is it at the lowest point after {steps} steps?", {
        "no": "That would be so on the flat shelf far to the right, or in the other valley.",
        "yes": "That would take a slope worth following all the way, as log loss has."}, int(arrives),
        f"It stands at w = {words(end, 3)}: " + ("from there the way leads down into the deepest valley." if arrives else
        "on the flat shelf the slope is almost 0, so the steps are too." if end > 3 else
        "it rests in another valley, from which every step leads up."), scene=({"convex/start": start},), plays=4)


def hidden() -> Ask:
    return Ask.of_values("In the plane of x₁ and x₂ one line gets at most 3 corners of XOR right. And in that of h₁ and h₂, "
                         "after training?", {
        2: "That would be so before training, when the hidden units' weights are random.",
        3: "That would be so if the corners stayed where they are: in h₁ and h₂ they move.", 4: ""}, unfolding(0).right(-1),
        "The hidden units have moved the corners so that one line, the output unit's, divides them.",
        lambda v: f"{v:g} corners", scene=({"hidden/seed": 0},), plays=5)


def network(draw: int = 0) -> Ask:
    (classes,) = numbers(draw, (10,), (3, 10))
    told = "digits" if classes == 10 else "blobs"
    units = RunConfig.model_validate({"data": {"source": told} | ({"classes": classes} if classes != 10 else {})}).data.shape[2]
    kinds = "ten digits apart, 0 to 9" if classes == 10 else f"{classes} kinds of flowers apart"
    asked = f"{classes} classes"
    return Ask.of_values(f"A network is to tell {kinds}. How many output units?", {
        1: "That would be enough for a number, or for two classes.",
        2: "Two with softmax tell two classes apart; every further class takes one more.", classes: ""},
        units, "One for each class. One unit is enough for a number or for two classes.",
        scene=[{"network/output": output} for output in ("two classes", asked)])


def outputs(draw: int = 0) -> Ask:
    which, rise = numbers(draw, ("Both sums z₀ and z₁ rise", 3.0), ("Only z₀ rises", "Only z₁ rises"), (1.0, 2.0, 4.0))
    up = rise * ("z₀" in which), rise * ("z₁" in which)
    change = round(two_outputs(up[0] - 1.5, up[1] - 0.3)[0] - two_outputs(-1.5, -0.3)[0], 9)
    return Ask.of_values(f"{which} by {words(rise)}. What happens to the probability of class 1?", {
        -1: "That would be so if only z₀ rose: z₁ − z₀ would fall.", 0: "That would be so if z₁ − z₀ did not change.",
        1: "That would be so if only z₁ rose: z₁ − z₀ would rise, too."}, float(np.sign(change)),
        "Only the difference z₁ − z₀ counts. That is why one sigmoid unit can do the work of two softmax units.",
        lambda v: {-1: "it falls", 0: "it stays", 1: "it rises"}[int(v)],
        scene=[{"outputs/z0": z0 - 1.5, "outputs/z1": z1 - 0.3} for z0, z1 in ((0.0, 0.0), up)])


def count(draw: int = 0) -> Ask:
    n_in, units = numbers(draw, (3, 4), (3, 5, 6), (2, 5, 7))
    weights = n_in * units
    return Ask.of_values(f"A dense layer takes {n_in} inputs to {units} units. How many parameters?", {
        n_in + units: "That would be so if each input and each unit had one number; but every pair has a weight.",
        weights: "That would be so if units had no biases.", weights + units: ""},
        NetworkConfig(layers=()).count_parameters(n_in, units),
        f"{n_in} · {units} = {weights} weights, W has the shape ({n_in}, {units}), and {units} biases: {weights + units}.",
        scene=({"count/which": "drawn here", "network/inputs": n_in, "network/hidden": 1, "network/units": units},))
