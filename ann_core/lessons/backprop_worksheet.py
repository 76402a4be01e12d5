"""A page to work through by hand: the shape of a network with numbers of its own, blanks to fill in, and the key apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape

import numpy as np

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
ATTEMPTS, LARGEST_SEED = 300, 2**31 - 1


@dataclass(frozen=True, eq=False)
class Worksheet:
    """html: the sheet with blanks; key_html: the same with every value. Both are whole pages without scripts or links."""

    net: Net
    seed: int

    @cached_property
    def trace(self) -> Trace:
        """What the key is made of."""
        return trace(self.net)

    @property
    def html(self) -> str:
        """The sheet."""
        return _page(self.trace, self.seed, key=False)

    @property
    def key_html(self) -> str:
        """The key."""
        return _page(self.trace, self.seed, key=True)


def worksheet(shape: Net, seed: int) -> Worksheet:
    """A sheet for the shape of a net (its units, activations and loss) with numbers drawn from a seed.

    The same seed gives the same sheet; any 45 seeds in a row differ, in the first input or weight at least.
    Raises ValueError for a seed out of bounds.
    """
    if not 0 <= seed <= LARGEST_SEED:
        raise ValueError(f"Expected a sheet number from 0 to {LARGEST_SEED:,}; {seed:,} came. Type another number.")
    rng = np.random.default_rng([seed, DRAW])
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


STYLE = """
@page { size: A4; margin: 16mm 14mm; }
* { box-sizing: border-box; }
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #000; background: #fff; max-width: 182mm; margin: 0 auto; }
@media screen { body { padding: 10mm 0; } }
h1 { font-size: 17pt; margin: 0 0 2mm; }
h2 { font-size: 12.5pt; margin: 6mm 0 1mm; break-after: avoid; }
p { margin: 0 0 2mm; }
.head { display: flex; justify-content: space-between; gap: 8mm; margin: 3mm 0; }
.head span { flex: 1; border-bottom: 0.3mm solid #000; }
table { border-collapse: collapse; margin: 1mm 0; }
td, th { border: 0.2mm solid #000; padding: 0.6mm 2.5mm; text-align: left; font-weight: normal; }
ol { margin: 0; padding-left: 8mm; }
li { padding: 1.1mm 0; break-inside: avoid; }
.short { columns: 2; }
.blank { display: inline-block; min-width: 34mm; border-bottom: 0.3mm solid #000; }
.value { font-weight: bold; }
svg { display: block; max-width: 100%; max-height: 75mm; margin: 2mm auto; break-inside: avoid; }
svg text { font: 11px Georgia, serif; text-anchor: middle; dominant-baseline: central; paint-order: stroke; stroke: #fff;
           stroke-width: 4px; }
"""


def _page(seen: Trace, seed: int, key: bool) -> str:
    net, title = seen.net, f"Backpropagation by hand, sheet {seed}"
    rest = "" if key else '<div class="head"><div>Name</div><span></span><div>Date</div><span></span></div>'
    backward = [step for step in seen.backward if step.key != "L"]
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}{": key" * key}</title><style>{STYLE}</style></head><body>
<h1>{title}{": key" * key}</h1>{rest}
<p>Values flow forward to the loss, derivatives flow back, then every weight takes a step. Keep at least five
digits{"; all digits were kept for this key, six are shown" * key}.</p>
{_picture(net)}
<h2>Given</h2>{_given(net)}
<h2>1. Forward: sums, answers, loss</h2>{_steps(seen.forward, key)}
<h2>2. Backward: the chain rule, from the loss to every weight</h2>{_steps(backward, key)}
<h2>3. One step of gradient descent, with η = {_figure(net.rate)}</h2><div class="short">{_steps(seen.update, key)}</div>
<h2>4. Did it help?</h2><ol>{_after(seen, key)}</ol>
</body></html>
"""


def _figure(value: float) -> str:
    return plain(number(value))


def _gap(value: float, key: bool) -> str:
    return f'<span class="value">{_figure(value)}</span>' if key else '<span class="blank">&nbsp;</span>'


def _steps(steps: Iterable[Step], key: bool) -> str:
    rows = []
    for step in steps:
        filled = step.filled.split(" = ")[1:-1] if key else []  # the numbers put in: what stands between name and result
        rows.append(f"<li>{escape(' = '.join([step.text, *filled]))} = {_gap(step.value, key)}</li>")
    return f"<ol>{''.join(rows)}</ol>"


def _after(seen: Trace, key: bool) -> str:
    after = trace(seen.after)
    answers = "".join(f"<li>With the new weights, {called_plain(unit.a)} = {_gap(after.nodes[unit.a].value, key)}</li>"
                      for unit in wiring(seen.net)[-1])
    return f"{answers}<li>and L = {_gap(after.loss, key)}, before it was {_gap(seen.loss, key)}</li>"


def called_plain(key: str) -> str:
    """A number's name as characters: w12 → w₁₂."""
    return plain(called(key))


def _given(net: Net) -> str:
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
    return f"<table>{''.join(f'<tr><td>{escape(a)}</td><td>{escape(b)}</td></tr>' for a, b in rows)}</table>"


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
