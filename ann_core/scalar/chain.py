"""A small network as a graph of single numbers: values forward, derivatives back, with every number written out.

Units are counted through the network, so z₂ and a₂ belong to unit 2; weights are counted unit by unit: those into unit 1
are w₁, w₂, …, then come those into unit 2. The gradients are those of `ann_core.autograd`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from pydantic import ValidationError

from ann_core.scalar import words as write
from ann_core.scalar.check import Check, checks
from ann_core.scalar.graph import LOSS, Edge, build, edges, places, wiring
from ann_core.scalar.matrix import LayerMatrices, Learning, Line, learn, matrices
from ann_core.scalar.net import INFINITE, ChainLayer, Net, from_run, problems
from ann_core.scalar.steps import Step, backward_steps, forward_steps, update_steps

__all__ = ["ChainLayer", "Check", "Edge", "LayerMatrices", "Learning", "Line", "Net", "Node", "Path", "Step", "Trace",
           "from_run", "learn", "matrices", "problems", "trace"]


@dataclass(frozen=True)
class Node:
    """One number of the graph. gradient: ∂L/∂(this number). Columns count from the inputs; rows lie around 0, one apart.

    kind: input, weight, bias, sum (z), activation (a) or loss   layer: 0 for inputs   check: the finite difference
    between: for a weight, the two numbers that it joins, such as ('x1', 'z1')
    """

    key: str
    kind: str
    layer: int
    column: int
    row: float
    between: tuple[str, str] | None
    value: float
    gradient: float
    check: Check

    @property
    def name(self) -> str:
        """In LaTeX: w_{12}."""
        return write.called(self.key)

    @property
    def symbol(self) -> str:
        """In plain text: w₁₂."""
        return write.plain(self.name)


@dataclass(frozen=True)
class Path:
    """One way from a number to the loss. Its product is one term of ∂L/∂(that number)."""

    edges: tuple[Edge, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The numbers that it passes, in order."""
        return tuple(edge.source for edge in self.edges) + (LOSS,)

    @property
    def product(self) -> float:
        """All its local derivatives multiplied."""
        return prod(edge.slope for edge in self.edges)

    @property
    def formula(self) -> str:
        """Its factors by name, from the loss back, in LaTeX."""
        return r"\cdot ".join(edge.name for edge in reversed(self.edges))

    @property
    def meaning(self) -> str:
        """What its factors are, from the loss back, in LaTeX; the loss's own slope in brackets."""
        return r"\cdot ".join(f"({edge.meaning})" if edge.target == LOSS else edge.meaning for edge in reversed(self.edges))

    @property
    def numbers(self) -> str:
        """Its factors in numbers, from the loss back, and their product, in LaTeX."""
        factors = r"\cdot ".join(write.number(edge.slope, wrap=True) for edge in reversed(self.edges))
        return f"{factors}={write.number(self.product)}"


@dataclass(frozen=True, eq=False)
class Trace:
    """Everything about one step of learning. Nodes are in drawing order, steps in the order in which they can be taken."""

    net: Net
    nodes: dict[str, Node]
    edges: tuple[Edge, ...]
    forward: tuple[Step, ...]
    backward: tuple[Step, ...]
    update: tuple[Step, ...]

    @property
    def loss(self) -> float:
        """L, of this sample."""
        return self.nodes[LOSS].value

    @property
    def parameters(self) -> list[Node]:
        """All weights and biases."""
        return [node for node in self.nodes.values() if node.kind in ("weight", "bias")]

    @property
    def outputs(self) -> tuple[float, ...]:
        """The answers."""
        return tuple(self.nodes[unit.a].value for unit in wiring(self.net)[-1])

    @cached_property
    def after(self) -> Net:
        """The net after one step of gradient descent. Raises ValueError, in a sentence, when a weight leaves ±1e6."""
        new = {step.key: step.value for step in self.update}
        layers = wiring(self.net)
        weights = [np.array([[new[w] for w in unit.weights] for unit in units]).T for units in layers]
        biases = [np.array([new[unit.bias] if unit.bias else 0.0 for unit in units]) for units in layers]
        try:
            return self.net.with_parameters(weights, biases)
        except ValidationError as error:
            raise ValueError(f"One step goes too far: {': '.join(problems(error)[0])} Use a smaller learning rate.") from None

    @property
    def next_outputs(self) -> tuple[float, ...]:
        """The answers after that step."""
        return tuple(matrices(self.after)[-1].A[0].tolist())

    def paths(self, key: str) -> tuple[Path, ...]:
        """All ways from a number to the loss; their products add up to its gradient. KeyError for an unknown number."""
        if key not in self.nodes:
            raise KeyError(f"Expected one of {', '.join(self.nodes)}; {key!r:.40} came.")
        leaving: dict[str, list[Edge]] = {}
        for edge in self.edges:
            leaving.setdefault(edge.source, []).append(edge)

        def ways(here: str) -> Iterator[tuple[Edge, ...]]:
            if here == LOSS:
                yield ()
            for edge in leaving.get(here, ()):
                yield from ((edge, *rest) for rest in ways(edge.target))

        return tuple(map(Path, ways(key)))


def trace(net: Net) -> Trace:
    """The graph of a net with all its values, derivatives and steps.

    Raises ValueError, in a sentence, where a logarithm of 0 makes the loss infinite.
    """
    with np.errstate(all="ignore"):  # what is not finite is refused below
        values = build(net)
        values[LOSS].backward()
    if not all(np.isfinite([value.data, value.grad]).all() for value in values.values()):
        raise ValueError(INFINITE)
    data, grads = {key: value.data for key, value in values.items()}, {key: value.grad for key, value in values.items()}
    found = checks(net, data, grads)
    nodes = {place.key: Node(**vars(place), value=data[place.key], gradient=grads[place.key], check=found[place.key])
             for place in places(net)}
    links = edges(net, values)
    return Trace(net, nodes, links, forward_steps(net, values), backward_steps(net, values, links), update_steps(net, values))
