"""A small network as a graph of `Value`s: what each number is called, how it is made, where it is drawn."""

from dataclasses import dataclass

import numpy as np

from ann_core.nn.activations import activation, softmax
from ann_core.scalar import words as write
from ann_core.scalar.autograd import Value
from ann_core.scalar.net import SOFTMAX, Net, loss_of

LOSS = "L"


@dataclass(frozen=True)
class Unit:
    """The names of a unit's numbers. sources: what it weighs; bias: None when it has none."""

    layer: int
    sources: tuple[str, ...]
    weights: tuple[str, ...]
    bias: str | None
    z: str
    a: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """Its weights, and its bias if it has one."""
        return self.weights if self.bias is None else (*self.weights, self.bias)


def wiring(net: Net) -> list[list[Unit]]:
    """Every layer's units. Units and weights are counted through the whole network, from 1."""
    layers: list[list[Unit]] = []
    sources = tuple(f"x{i}" for i in range(1, len(net.inputs) + 1))
    units = weights = 0
    for number, layer in enumerate(net.layers, 1):
        row = []
        for _ in range(layer.units):
            units += 1
            own = tuple(f"w{weights + i}" for i in range(1, len(sources) + 1))
            weights += len(own)
            row.append(Unit(number, sources, own, None if layer.biases is None else f"b{units}", f"z{units}", f"a{units}"))
        layers.append(row)
        sources = tuple(unit.a for unit in row)
    return layers


def build(net: Net) -> dict[str, Value]:
    """All named numbers of the net, made one from the other, in order; the last is the loss L."""
    values: dict[str, Value] = {}

    def name(label: str, value: Value) -> None:
        value.label = label
        values[label] = value

    for i, x in enumerate(net.inputs, 1):
        name(f"x{i}", Value(x))
    for layer, units in zip(net.layers, wiring(net), strict=True):
        for j, unit in enumerate(units):
            for i, key in enumerate(unit.weights):
                name(key, Value(layer.weights[i][j]))
            z = sum((values[w] * values[x] for w, x in zip(unit.weights, unit.sources, strict=True)), start=Value(0.0))
            if unit.bias is not None and layer.biases is not None:
                name(unit.bias, Value(layer.biases[j]))
                z = z + values[unit.bias]
            name(unit.z, z)
        answers = _softmax([values[unit.z] for unit in units]) if layer.activation == SOFTMAX else [
            values[unit.z].activate(activation(layer.activation, layer.alpha)) for unit in units]
        for unit, answer in zip(units, answers, strict=True):
            name(unit.a, answer)
    outputs = [values[unit.a] for unit in units]
    loss, A, Y = loss_of(net), np.array([a.data for a in outputs]), np.array(net.targets)
    name(LOSS, Value(loss.value(A, Y).sum(), op=net.loss, parents=outputs, slopes=loss.derivative(A, Y).tolist()))
    return values


def _softmax(zs: list[Value]) -> list[Value]:
    P = softmax(np.array([z.data for z in zs]))
    return [Value(p, op=SOFTMAX, parents=zs, slopes=[float(p * ((i == j) - q)) for j, q in enumerate(P)])
            for i, p in enumerate(P)]


@dataclass(frozen=True)
class Edge:
    """source → target, with the local derivative ∂target/∂source. meaning: what that is, in LaTeX: x_{1} for ∂z₁/∂w₁."""

    source: str
    target: str
    slope: float
    meaning: str

    @property
    def name(self) -> str:
        """∂target/∂source in LaTeX."""
        return write.derivative(self.target, self.source)


def edges(net: Net, values: dict[str, Value]) -> tuple[Edge, ...]:
    """Every direct way from one named number to another, in the order of the forward pass."""
    found = []
    for units, layer in zip(wiring(net), net.layers, strict=True):
        for unit in units:
            factors = list(zip(unit.weights, unit.sources, strict=True))
            partner = {one: other for w, x in factors for one, other in ((w, x), (x, w))}
            for source, slope in _slopes(values[unit.z]).items():
                found.append(Edge(source, unit.z, slope, write.called(partner[source]) if source in partner else "1"))
        for unit in units:
            for source, slope in _slopes(values[unit.a]).items():
                found.append(Edge(source, unit.a, slope, _slope_words(layer.activation, unit, source, units)))
    for k, (source, slope) in enumerate(_slopes(values[LOSS]).items()):
        meaning = write.loss_slope(net.loss, write.called(source), write.target(k, len(net.targets)), slope, net.huber_delta)
        found.append(Edge(source, LOSS, slope, meaning))
    return tuple(found)


def _slope_words(kind: str, unit: Unit, source: str, units: list[Unit]) -> str:
    if kind != SOFTMAX:
        return write.slope(kind, write.called(unit.z), write.called(unit.a))
    other = next(one.a for one in units if one.z == source)
    return f"{write.called(unit.a)}(1-{write.called(unit.a)})" if other == unit.a else (
        rf"(-{write.called(unit.a)}\cdot {write.called(other)})")


def _slopes(value: Value) -> dict[str, float]:
    """∂value/∂(the nearest named numbers that it is made from): the unnamed ones between are multiplied out."""
    found: dict[str, float] = {}
    waiting = list(zip(value.parents, value.slopes, strict=True))
    while waiting:
        parent, slope = waiting.pop(0)
        if parent.label:
            found[parent.label] = found.get(parent.label, 0.0) + slope
        else:
            waiting = [(one, slope * own) for one, own in zip(parent.parents, parent.slopes, strict=True)] + waiting
    return found


@dataclass(frozen=True)
class Place:
    """Where a number is drawn: columns from the inputs on, rows around 0, one apart.

    between: for a weight, the two numbers that it joins, should it be drawn on the line between them
    """

    key: str
    kind: str
    layer: int
    column: int
    row: float
    between: tuple[str, str] | None = None


def places(net: Net) -> list[Place]:
    """Every number in drawing order. A layer takes three columns: its parameters, its sums beside their middle, its answers."""
    layers = wiring(net)
    tallest = max(sum(len(unit.parameters) for unit in units) for units in layers)
    found = [Place(f"x{i + 1}", "input", 0, 0, (i - (len(net.inputs) - 1) / 2) * max(1.0, tallest / len(net.inputs)))
             for i in range(len(net.inputs))]
    for number, units in enumerate(layers, 1):
        column, row = 3 * number - 2, (1 - sum(len(unit.parameters) for unit in units)) / 2
        outer: list[Place] = []
        for unit in units:
            joined = dict(zip(unit.weights, unit.sources, strict=True))
            middle = row + (len(unit.parameters) - 1) / 2
            for key in unit.parameters:
                found.append(Place(key, "weight" if key in joined else "bias", number, column, row,
                                   (joined[key], unit.z) if key in joined else None))
                row += 1
            found.append(Place(unit.z, "sum", number, column + 1, middle))
            outer.append(Place(unit.a, "activation", number, column + 2, middle))
        found += outer
    return [*found, Place(LOSS, "loss", len(layers) + 1, 3 * len(layers) + 1, 0.0)]
