"""A page to work through by hand: the shape of a network with numbers of its own, blanks to fill in, and the key apart."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ann_core.lessons.sheet import Blank, Part, Sheet, checked
from ann_core.nn.activations import ACTIVATIONS
from ann_core.scalar.chain import Net, Step, Trace, learn, matrices, trace
from ann_core.scalar.graph import wiring
from ann_core.scalar.net import SOFTMAX
from ann_core.scalar.words import called, number, plain, target

DRAW = 301
"""Purpose of the random stream that a sheet's numbers are drawn from."""
INPUTS = (1, 2, 3, -1, -2)
WEIGHTS = tuple(k / 10 for k in range(-9, 10) if k)
PAIRS = tuple((x, w) for x in INPUTS for w in WEIGHTS if x * w > 0)
"""The first input and weight, by seed. Their product is above 0, so that a lone ReLU is not switched off from the start."""
RATES = (0.1, 0.5, 1.0)
ATTEMPTS = 300


@dataclass(frozen=True, eq=False)
class Worksheet:
    """A sheet, and the numbers that it is made of."""

    net: Net
    seed: int

    @cached_property
    def trace(self) -> Trace:
        """What the key is made of."""
        return trace(self.net)

    @cached_property
    def sheet(self) -> Sheet:
        """What is printed."""
        return _sheet(self.trace, self.seed)


def worksheet(shape: Net, seed: int) -> Worksheet:
    """A sheet for the shape of a net (its units, activations and loss) with numbers drawn from a seed.

    The same seed gives the same sheet; any 45 seeds in a row differ, in the first input or weight at least.
    Raises ValueError for a seed out of bounds.
    """
    rng = np.random.default_rng([checked(seed), DRAW])
    best, most = None, -1
    for _ in range(ATTEMPTS):
        net = _draw(shape, seed, rng)
        granted = sum(wishes := _wishes(net))
        if granted > most:
            best, most = net, granted
        if granted == len(wishes):
            break
    return Worksheet(best or net, seed)


def _draw(shape: Net, seed: int, rng: np.random.Generator) -> Net:
    """Inputs are small whole numbers, weights and biases tenths. The first of each come from the seed itself. Inputs are
    called x₁, x₂, …: nobody has −2 of what those of the shape are called."""
    first_input, first_weight = PAIRS[seed * 7 % len(PAIRS)]  # 7 shares no factor with 45, and neighbours look different
    inputs = [float(x) for x in rng.choice(INPUTS, len(shape.inputs))]
    inputs[0] = float(first_input)
    weights = [rng.choice(WEIGHTS, np.shape(layer.weights)) for layer in shape.layers]
    weights[0][0, 0] = first_weight
    biases = [rng.choice(WEIGHTS[4:-4], layer.units) for layer in shape.layers]
    return shape.with_parameters(weights, biases, inputs=inputs, input_names=(), targets=_targets(shape, rng),
                                 rate=float(rng.choice(RATES)))


def _targets(shape: Net, rng: np.random.Generator) -> list[float]:
    output, count = shape.layers[-1].activation, len(shape.targets)
    if output == SOFTMAX:
        return np.eye(count)[rng.integers(count)].tolist()
    low, high = (-1, 1) if output == "tanh" or shape.loss == "hinge" else (0, 1)
    return [float(y) for y in rng.choice((low, high), count)]


def _wishes(net: Net) -> list[bool]:
    """What makes a sheet kind: sums of moderate size and away from corners, a mistake worth correcting, most weights learn,
    and the step helps. Not every shape can have it all."""
    layers, losses = matrices(net), learn(net, 1).losses
    sums = np.abs(np.concatenate([layer.Z[0] for layer in layers]))
    slopes = np.concatenate([layer.dW.ravel() for layer in layers])
    error = np.abs(layers[-1].A[0] - net.targets).min()
    return [sums.min() >= 0.01, sums.max() <= 2.9, error >= 0.05, (slopes != 0).mean() >= 0.6, losses[-1] < losses[0]]


def _sheet(seen: Trace, seed: int) -> Sheet:
    net = seen.net
    after = trace(seen.after)
    backward = [step for step in seen.backward if step.key != "L"]
    learned = {node.key for node in seen.parameters}
    answers = tuple(Blank(f"With the new weights, {called_plain(unit.a)}", _figure(after.nodes[unit.a].value))
                    for unit in wiring(net)[-1])
    told = "Values flow forward to the loss, derivatives flow back, then every weight takes a step. Keep at least five digits"
    return Sheet("Backpropagation by hand", seed, f"{told}.", f"{told}; all digits were kept for this key, six are shown.", (
        Part("Given", given=_given(net)),
        Part("1. Forward: sums, answers, loss", tuple(_step(step) for step in seen.forward)),
        Part("2. Backward: the chain rule, from the loss to every weight",
             tuple(_step(step, step.key in learned) for step in backward)),
        Part(f"3. One step of gradient descent, with η = {_figure(net.rate)}",
             tuple(_step(step, named=False) for step in seen.update), short=True),
        Part("4. Did it help?", (*answers, Blank("and L", _figure(after.loss), name="new L"),
                                 Blank("before, it was L", _figure(seen.loss))))), _picture(net))


def _figure(value: float) -> str:
    return plain(number(value))


def _step(step: Step, named: bool = True) -> Blank:
    """A step of the trace. Filled in are the numbers put in: what stands between its name and its result."""
    name = step.text.partition(" = ")[0] if named else None
    return Blank(step.text, _figure(step.value), tuple(step.filled.split(" = ")[1:-1]), name)


def called_plain(key: str) -> str:
    """A number's name as characters: w12 → w₁₂."""
    return plain(called(key))


def _given(net: Net) -> tuple[tuple[str, str], ...]:
    rows = []
    for i, x in enumerate(net.inputs):
        rows.append((called_plain(f"x{i + 1}"), _figure(x)))
    for layer, units in zip(net.layers, wiring(net), strict=True):
        for j, unit in enumerate(units):
            parts = [f"{called_plain(w)} = {_figure(layer.weights[i][j])} (from {called_plain(unit.sources[i])})"
                     for i, w in enumerate(unit.weights)]
            if unit.bias and layer.biases:
                parts.append(f"{called_plain(unit.bias)} = {_figure(layer.biases[j])}")
            kind = SOFTMAX if layer.activation == SOFTMAX else ACTIVATIONS[layer.activation].label
            rows.append((f"unit {unit.z[1:]}, {kind}", ", ".join(part.replace(" ", "\u00a0") for part in parts)))
    if any(layer.activation == "relu" for layer in net.layers):
        rows.append(("ReLU", "z above 0, else 0, with the slope 1, else 0"))
    if any(layer.activation == "sigmoid" for layer in net.layers):
        rows.append(("sigmoid", "σ(z) = 1 / (1 + e⁻ᶻ), with the slope σ(z) · (1 − σ(z))"))
    rows += [(f"target {plain(target(k, len(net.targets)))}", _figure(y)) for k, y in enumerate(net.targets)]
    return tuple(rows)


def _picture(net: Net) -> str:
    """The network as circles and lines, a weight's name on every line."""
    layers = wiring(net)
    columns = [[f"x{i + 1}" for i in range(len(net.inputs))], *([unit.a for unit in units] for units in layers)]
    wide, high, tall = 150, 80, max(map(len, columns))
    width = 100 + wide * (len(columns) - 1)
    place = {key: (50 + wide * c, (r + (tall - len(keys)) / 2) * high + high / 2)
             for c, keys in enumerate(columns) for r, key in enumerate(keys)}
    lines, names = [], []
    for units in layers:
        for j, unit in enumerate(units):
            for weight, source in zip(unit.weights, unit.sources, strict=True):
                (x, y), (u, v) = place[source], place[unit.a]
                t = 0.5 if len(units) == 1 else 0.24 + 0.4 * j / (len(units) - 1)  # labels of crossing lines stay apart
                lines.append(f'<line x1="{x:.0f}" y1="{y:.0f}" x2="{u:.0f}" y2="{v:.0f}" stroke="#000"/>')
                names.append(f'<text x="{x + t * (u - x):.0f}" y="{y + t * (v - y):.0f}">{called_plain(weight)}</text>')
    circles = [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="17" fill="#fff" stroke="#000"/><text x="{x:.0f}" y="{y:.0f}">'
               f'{called_plain(key)}</text>' for key, (x, y) in place.items()]
    biases = [f'<text x="{place[unit.a][0]:.0f}" y="{place[unit.a][1] - 26:.0f}">+{called_plain(unit.bias)}</text>'
              for units in layers for unit in units if unit.bias]
    return (f'<svg viewBox="0 0 {width} {tall * high}" style="width: {width * 0.26:.0f}mm" role="img" aria-label="The network">'
            f'{"".join(lines + names + circles + biases)}</svg>')
