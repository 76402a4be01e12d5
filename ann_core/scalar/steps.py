"""Learning one click at a time: every sum, answer, derivative and new weight with its formula and its numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from ann_core.scalar import words as write
from ann_core.scalar.autograd import Value
from ann_core.scalar.graph import LOSS, Edge, Unit, wiring
from ann_core.scalar.net import SOFTMAX, Net

PASSES = "passes its sum through its activation"
SAID = {SOFTMAX: "takes its share of 1", "sigmoid": f"{PASSES}, σ(z) = 1/(1 + e⁻ᶻ)",
        "relu": f"{PASSES}, ReLU, z above 0, else 0"}
"""What a unit does with its sum, so that it can be followed by hand."""

Write = Callable[[str], str]


@dataclass(frozen=True)
class Step:
    """One click. key: the number that gets its value, its derivative or its new value   edges: (source, target) of those used.

    formula: LaTeX with names   numbers: the same with numbers   text: the formula in plain characters
    sentence: the numbers in plain characters, with words
    """

    key: str
    value: float
    formula: str
    numbers: str
    sentence: str
    edges: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The formula in plain characters."""
        return write.plain(self.formula)

    @property
    def filled(self) -> str:
        """The numbers in plain characters."""
        return write.plain(self.numbers)


def forward_steps(net: Net, values: dict[str, Value]) -> tuple[Step, ...]:
    """Layer by layer every sum z, then every answer a, and the loss at the end."""
    def shown(key: str) -> str:
        return write.number(values[key].data, wrap=True)

    steps = []
    for layer, units in zip(net.layers, wiring(net), strict=True):
        for unit in units:
            words = f"Unit {unit.z[1:]} adds up its inputs, each times its weight{', and its bias' * bool(unit.bias)}:"
            steps.append(_step(unit.z, values, _sum(unit, write.called), _sum(unit, shown), words,
                               [*unit.sources, *unit.parameters]))
        for i, unit in enumerate(units):
            used = [one.z for one in units] if layer.activation == SOFTMAX else [unit.z]
            words = SAID.get(layer.activation, PASSES)
            steps.append(_step(unit.a, values, _answer(layer.activation, i, [write.called(z) for z in used]),
                               _answer(layer.activation, i, [write.number(values[z].data) for z in used]),
                               f"Unit {unit.a[1:]} {words}:", used))
    outputs = [unit.a for unit in units]
    errors = [values[a].data - y for a, y in zip(outputs, net.targets, strict=True)]
    names = [(write.called(a), write.target(k, len(outputs))) for k, a in enumerate(outputs)]
    numbers = [(shown(a), write.number(y, wrap=True)) for a, y in zip(outputs, net.targets, strict=True)]
    steps.append(_step(LOSS, values, write.loss(net.loss, names, errors, net.huber_delta),
                       write.loss(net.loss, numbers, errors, net.huber_delta), "The loss says how wrong the answer is:",
                       outputs))
    return tuple(steps)


def _sum(unit: Unit, shown: Write) -> str:
    terms = [rf"{shown(w)}\cdot {shown(x)}" for w, x in zip(unit.weights, unit.sources, strict=True)]
    return "+".join(terms if unit.bias is None else [*terms, shown(unit.bias)])


def _answer(kind: str, i: int, zs: list[str]) -> str:
    return write.softmax(zs, i) if kind == SOFTMAX else write.function(kind, zs[0])


def _step(key: str, values: dict[str, Value], names: str, numbers: str, words: str, used: list[str]) -> Step:
    name, value = write.called(key), values[key].data
    result = write.number(value)
    filled = f"{name}={numbers}" if numbers == result else f"{name}={numbers}={result}"
    return Step(key, value, f"{name}={names}", filled, f"{words} {write.plain(filled)}.", tuple((one, key) for one in used))


def backward_steps(net: Net, values: dict[str, Value], edges: tuple[Edge, ...]) -> tuple[Step, ...]:
    """From the loss back: answers, sums, weights and biases of each layer. Inputs are left out: nothing there is learned."""
    leaving: dict[str, list[Edge]] = {}
    for edge in edges:
        leaving.setdefault(edge.source, []).append(edge)
    start = write.derivative(LOSS, LOSS)
    steps = [Step(LOSS, 1.0, f"{start}=1", f"{start}=1",
                  "Backward starts at the loss, which changes exactly as much as itself: ∂L/∂L = 1.")]
    for units in reversed(wiring(net)):
        for key in (*(unit.a for unit in units), *(unit.z for unit in units), *(p for unit in units for p in unit.parameters)):
            steps.append(_derivative_step(net, key, values, leaving[key]))
    return tuple(steps)


def _derivative_step(net: Net, key: str, values: dict[str, Value], leaving: list[Edge]) -> Step:
    name, grad, learned = write.derivative(LOSS, key), values[key].grad, key[0] in "wb"
    if leaving[0].target == LOSS:
        formula, k = leaving[0].meaning, list(edge_order(net)).index(key)
        shown = (write.number(values[key].data, wrap=True), write.number(net.targets[k], wrap=True))
        numbers = write.loss_slope(net.loss, *shown, leaving[0].slope, net.huber_delta)
    else:
        chain = "+".join(rf"{write.derivative(LOSS, edge.target)}\cdot {edge.name}" for edge in leaving)
        formula = f"{chain}=" + "+".join(rf"{write.derivative(LOSS, edge.target)}\cdot {edge.meaning}" for edge in leaving)
        numbers = "+".join(rf"{write.number(values[e.target].grad, wrap=True)}\cdot {write.number(e.slope, wrap=True)}"
                           for e in leaving)
    result = write.number(grad)
    filled = f"{name}={numbers}" if numbers == result else f"{name}={numbers}={result}"
    symbol = write.plain(write.called(key))
    if grad == 0:
        meaning = f"a small change of {symbol} does not change the loss{', so it stays as it is' * learned}"
    else:
        meaning = f"a little more of {symbol} {'lowers' if grad < 0 else 'raises'} the loss"
        meaning += f", so learning makes it {'larger' if grad < 0 else 'smaller'}" * learned
    return Step(key, grad, f"{name}={formula}", filled, f"{write.plain(filled)}: {meaning}.",
                tuple((edge.source, edge.target) for edge in leaving))


def edge_order(net: Net) -> tuple[str, ...]:
    """The names of the output units' answers, in the order of the targets."""
    return tuple(unit.a for unit in wiring(net)[-1])


def update_steps(net: Net, values: dict[str, Value]) -> tuple[Step, ...]:
    """Gradient descent: every weight and bias steps against its derivative, w ← w − η ∂L/∂w."""
    steps = []
    for key in (p for units in wiring(net) for unit in units for p in unit.parameters):
        name, old, grad = write.called(key), values[key].data, values[key].grad
        new = old - net.rate * grad
        numbers = (rf"{name}\leftarrow {write.number(old)}-{write.number(net.rate)}\cdot {write.number(grad, wrap=True)}"
                   rf"={write.number(new)}")
        steps.append(Step(key, new, rf"{name}\leftarrow {name}-\eta\cdot {write.derivative(LOSS, key)}", numbers,
                          f"{write.plain(numbers)}."))
    return tuple(steps)
