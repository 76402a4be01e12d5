"""The questions of the lesson "Backpropagation". A draw gives other numbers for the same question."""

from dataclasses import replace

import numpy as np

from ann_core.lessons import backprop_worksheet
from ann_core.lessons.ask import Ask, numbers
from ann_core.lessons.backprop_presets import PRESETS, xor_run
from ann_core.scalar.autograd import Value
from ann_core.scalar.chain import from_run, trace
from ui.lessons.backprop import controls, say, seen, shown_runs, symbol, work

NUDGE = 0.01


def forward() -> Ask:
    now = seen()
    before, after = now.loss, seen(NUDGE).loss
    w = now.nodes["w1"].value
    silent = "w₁ is multiplied by x₁ = 0" if now.net.inputs[0] == 0 else "Its unit is flat here"
    still = f" {silent}, so it changes nothing here." if after == before else ""
    return Ask(f"The loss is {say(before)} now. Make w₁ a little larger, {say(w + NUDGE)} instead of {say(w)}. What will the "
               "loss do?",
               {"It falls": "That would be so if the slope of the loss over w₁ were below 0.",
                "It stays the same": "That would be so if w₁ met an input of 0, or a unit that is flat here.",
                "It rises": "That would be so if the slope of the loss over w₁ were above "
                            "0."}, int(np.sign(after - before)) + 1,
               f"It was {say(before)} and becomes {say(after)}.{still} Type it into the field and see. How to know this "
               "for every weight at once, without trying, is the next idea.",
               scene=[{"at/forward": len(now.forward), "forward/nudge": nudge} for nudge in (0.0, NUDGE)])


def _steps(name: str, total: int) -> list[dict[str, int]]:
    """An idea from its first step to its last, in at most six stops."""
    return [{f"at/{name}": round(at)} for at in np.linspace(0, total, min(total, 5) + 1)]


def backward() -> Ask:
    now, preset = seen(), work().preset
    scene = _steps("backward", len(now.backward))
    if preset and (own := PRESETS[preset].question):
        changed = now.net != PRESETS[preset].net
        return replace(own, text="With the example's own numbers: " * changed + own.text, scene=scene)
    last = now.forward[-2].key
    answer, target, slope = now.nodes[last].value, now.net.targets[-1], now.nodes[last].gradient
    why = ("The answer is too small: a little more of it lowers the loss.", "A little more or less of it changes nothing.",
           "The answer is too large: a little more of it raises the loss.")
    sign = int(np.sign(slope)) + 1
    return Ask(f"{symbol(last)} is {say(answer)}, its target {say(target)}. What sign has ∂L/∂{symbol(last)}?",
               {"Below 0": "That would be so if more of the answer lowered the loss.",
                "Exactly 0": "That would be so if the answer were right, or its loss flat here.",
                "Above 0": "That would be so if more of the answer raised the loss."}, sign, f"It is {say(slope)}. {why[sign]}",
               scene=scene)


def chain(draw: int = 0) -> Ask:
    one, other = numbers(draw, (0.3, -0.1), (0.2, 0.5, 0.6), (-0.2, -0.3, 0.4))
    w = Value(0.0)
    (w * one + w * other).backward()
    return Ask.of_values(f"A weight reaches the loss along two paths. Along one the slopes multiply to {say(one)}, along the "
                         f"other to {say(other)}. What is its derivative?", {
        round(one * other, 9): "That would be so if one path led on from the other.",
        round(one + other, 9): "", one: "That would be so if the other path did not reach the loss."}, w.grad,
        f"What the weight changes reaches the loss on both ways at once: {say(one)} {'+' if other > 0 else '−'} "
        f"{say(abs(other))} = {say(w.grad)}.", say,
        scene=[{"weight": "w1"} | stop for stop in _steps("chain/w1", len(seen().paths("w1")))])


def matrix(draw: int = 0) -> Ask:
    n, units = numbers(draw, (5, 2), (3, 4, 6), (2, 5, 7))
    dW = np.zeros((1, n)).T @ np.zeros((1, units))
    shapes = {(units, n): "That would be so if W had a row for each unit: it is the transpose.",
              (n, units): "That would be so if each weight had a derivative, in W's own shape.",
              (1, units): "That would be so if dZ itself were meant: one derivative for each unit."}
    return Ask(f"A layer gets {n} numbers and has {units} units. What is the shape of dW = Aᵀ dZ for one row?",
               {f"{a} × {b}": said for (a, b), said in shapes.items()}, list(shapes).index(dW.shape),
               f"Aᵀ is {n} × 1 and dZ is 1 × {units}, so their product is {n} × {units}: the shape of W, one derivative for "
               "each weight. So it is in every layer here: compare the shapes.",
               scene=[{"layer": number + 1} for number in range(len(work().net.layers))])


def update(draw: int = 0) -> Ask:
    node = (parameters := seen().parameters)[draw % len(parameters)]
    w, slope, eta, name = node.value, node.gradient, work().net.rate, node.symbol
    after = {w - eta * slope: "", w + eta * slope: "That would be so if the step went uphill, along the derivative.",
             w - slope: "That would be so if η were 1.", w - eta: "That would be so if the derivative were 1.",
             w - 2 * eta * slope: "That would be so after two such steps, if the derivative stayed as it is."}
    told = {say(value): after[value] for value in sorted(after)}
    told[say(w - eta * slope)] = ""  # also where others are spelt alike
    moves = "It moves against its derivative." if slope else "Where the derivative is 0 nothing moves."
    return Ask(f"Here {name} = {say(w)}, ∂L/∂{name} = {say(slope)} and η = {say(eta)}. What is {name} after the step?", told,
               list(told).index(say(w - eta * slope)), f"{name} − η ∂L/∂{name} = {say(w - eta * slope)}. {moves}")


def xor() -> Ask:
    run = xor_run(controls.value("xor", 0))
    answers = run.net.predict(run.state.theta, run.data.X_train)[:, 0]
    right = int(((answers > 0.5) == (run.setup.Y_train[:, 0] > 0.5)).sum())
    return Ask("With its random weights, before any step: how many of the four corners are right?", {
        f"{n} corner{'s' * (n != 1)}": said for n, said in enumerate((
            "That would take a 0 wherever 1 is wanted, and a 1 wherever 0 is.",
            "That would be so if three answers lay on the wrong side of 0.5.",
            "That is what the same answer everywhere would give: two corners want 0, two want 1.",
            "That would be so if the answers rose along one line, as a single unit's do.",
            "That would take hidden units that already divide the corners; random ones hardly ever do."))},
               right, "The answers are " + ", ".join(f"{a:.3f} for ({x[0]:g}, {x[1]:g})" for x, a in
                                                     zip(run.data.X_train, answers, strict=True)) + "; above 0.5 means 1.")


def playground(draw: int = 0) -> Ask:
    run = shown_runs()[0][0]
    rows = [(2 * draw + i) % run.setup.rows for i in range(2)]
    one, other = (trace(from_run(run, row)).nodes["w1"].gradient for row in rows)
    mean = (one + other) / 2
    return Ask.of_values(f"Rows {rows[0] + 1} and {rows[1] + 1} make a batch. One gives ∂L/∂w₁ = {say(one)}, the other "
                         f"{say(other)}. What is the derivative of their mean loss?", {
        one + other: "That would be so if the losses were added up.", mean: "",
        one - other: "That would be so if the second loss were taken off the first."}, mean,
        f"({say(one)} {'+' if other > 0 else '−'} {say(abs(other))})/2 = {say(mean)}: the gradient of a batch is the mean of "
        "its rows' gradients.", say, scene=[{"row": row + 1} for row in rows])


def worksheet() -> Ask:
    first, second = (backprop_worksheet.worksheet(work().net, seed).trace.loss for seed in (1, 2))
    return Ask("You work on sheet 1, your neighbour on sheet 2. The same loss?", {
        "Yes": "That would be so if a sheet's number did not change its numbers.",
        "No": "That would be so if each sheet had numbers of its own."}, int(first != second),
               f"Sheet 1 ends at L = {say(first)}, sheet 2 at L = {say(second)}: so compare the way, not the digits.",
               scene=[{"sheet": seed} for seed in (1, 2)])
