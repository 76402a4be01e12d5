"""The questions of the lesson "Backpropagation"."""

from dataclasses import replace

import numpy as np

from ann_core.lessons import backprop_worksheet
from ann_core.lessons.ask import Ask
from ann_core.lessons.backprop_presets import PRESETS, xor_run
from ann_core.scalar.chain import Net, trace
from ui.lessons.backprop import controls, say, seen, symbol, work

NUDGE = 0.01


def forward() -> Ask:
    now = seen()
    before, after = now.loss, trace(_nudged(now.net)).loss
    w = now.nodes["w1"].value
    silent = "w₁ is multiplied by x₁ = 0" if now.net.inputs[0] == 0 else "Its unit is flat here"
    still = f" {silent}, so it changes nothing here." if after == before else ""
    return Ask(f"Make w₁ a little larger, {say(w + NUDGE)} instead of {say(w)}. What will the loss do?",
               ("It falls", "It stays the same", "It rises"), int(np.sign(after - before)) + 1,
               f"It was {say(before)} and becomes {say(after)}.{still} Type it into the field and see. How to know this "
               "for every weight at once, without trying, is the next idea.")


def _nudged(net: Net) -> Net:
    first = net.layers[0]
    weights = [list(row) for row in first.weights]
    weights[0][0] += NUDGE
    layer = first.model_copy(update={"weights": tuple(map(tuple, weights))})
    return net.model_copy(update={"layers": (layer, *net.layers[1:])})


def backward() -> Ask:
    if work().preset in ("exam", "three_in_a_row", "relu_log_loss"):
        return _of_preset(str(work().preset))
    now = seen()
    last = now.forward[-2].key
    answer, target, slope = now.nodes[last].value, now.net.targets[-1], now.nodes[last].gradient
    why = ("The answer is too small: a little more of it lowers the loss.", "A little more or less of it changes nothing.",
           "The answer is too large: a little more of it raises the loss.")
    sign = int(np.sign(slope)) + 1
    return Ask(f"{symbol(last)} is {say(answer)}, its target {say(target)}. What sign has ∂L/∂{symbol(last)}?",
               ("Below 0", "Exactly 0", "Above 0"), sign, f"It is {say(slope)}. {why[sign]}")


def _of_preset(preset: str) -> Ask:
    """An example's own question."""
    found, changed = PRESETS[preset].question, work().net != PRESETS[preset].net
    return replace(found, text="With the example's own numbers: " * changed + found.text)


def chain() -> Ask:
    now = seen()
    found = now.paths("w1")
    options = sorted({1, 2, 4, len(found)})
    listed = ", ".join(say(path.product) for path in found[:8])
    return Ask("Along how many paths does the weight w₁ reach the loss?", tuple(map(str, options)), options.index(len(found)),
               f"It feeds unit 1 only; from there every way to the loss counts. "
               f"{'Their products' if len(found) > 1 else 'Its product'}: {listed}.")


def matrix() -> Ask:
    dW = np.zeros((1, 3)).T @ np.zeros((1, 2))
    options = ((2, 3), dW.shape, (1, 2))
    return Ask("A layer gets 3 numbers and has 2 units. What is the shape of dW = Aᵀ dZ for one row?",
               tuple(f"{a} × {b}" for a, b in options), 1,
               "Aᵀ is 3 × 1 and dZ is 1 × 2, so their product is 3 × 2: the shape of W, one derivative for each weight.")


def update() -> Ask:
    return Ask.of_values("w = 0.5, ∂L/∂w = 0.2 and η = 0.5. What is w after the step?", (0.4, 0.6, 0.3), 0.5 - 0.5 * 0.2,
                         "w − η ∂L/∂w = 0.5 − 0.5 · 0.2 = 0.4. The derivative is above 0, so the weight becomes smaller.",
                         say)


def xor() -> Ask:
    run = xor_run(controls.value("xor", 0))
    answers = run.net.predict(run.state.theta, run.data.X_train)[:, 0]
    right = int(((answers > 0.5) == (run.setup.Y_train[:, 0] > 0.5)).sum())
    return Ask("With its random weights, before any step: how many of the four corners are right?", ("0", "1", "2", "3", "4"),
               right, "The answers are " + ", ".join(f"{a:.3f} for ({x[0]:g}, {x[1]:g})" for x, a in
                                                     zip(run.data.X_train, answers, strict=True)) + "; above 0.5 means 1.")


def playground() -> Ask:
    return Ask.of_values("Two rows make a batch. One gives ∂L/∂w = 0.2, the other −0.6. What is the derivative of their mean "
                         "loss?", (-0.4, -0.2, 0.8), float(np.mean([0.2, -0.6])),
                         "(0.2 − 0.6)/2 = −0.2: the gradient of a batch is the mean of its rows' gradients.", say)


def worksheet() -> Ask:
    first, second = (backprop_worksheet.worksheet(work().net, seed).trace.loss for seed in (1, 2))
    return Ask("You work on sheet 1, your neighbour on sheet 2. The same loss?", ("Yes", "No"), int(first != second),
               f"Sheet 1 ends at L = {say(first)}, sheet 2 at L = {say(second)}: so compare the way, not the digits.")
