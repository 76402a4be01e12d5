"""What a layer is: a pair of pure functions, with the cache handed back instead of stored.

That is the textbook box, and it lets a layer be used twice in one pass. Arrays are (..., N, *sample): leading axes of frames
and seeds, rows, one sample. A layer works on the last axes and folds those between.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.activations import Activation

Shape = tuple[int, ...]
"""Of one sample: (n,) numbers, (T, n) steps, (H, W, C) a picture."""
Role = Literal["weight", "bias", "scale", "shift", "statistic"]


@dataclass(frozen=True)
class Param:
    """One array of a layer, a vector or a matrix.

    role: what it is for; weights are drawn and penalised   fans: how many numbers go into and come out of a weight's units
    start: what it begins at, when it is no weight: one number, or one for each place
    drawn: how a weight begins that does not follow the network's initialiser
    """

    shape: Shape
    role: Role
    fans: tuple[int, int] = (0, 0)
    start: float | tuple[float, ...] = 0.0
    drawn: Callable[[np.random.Generator], Array] | None = None

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return int(np.prod(self.shape))


def weight(n_in: int, n_out: int, fans: tuple[int, int] | None = None) -> Param:
    """A weight matrix (n_in, n_out)."""
    return Param((n_in, n_out), "weight", fans or (n_in, n_out))


class Views(dict[str, Array]):
    """A layer's arrays by name, those of its parts too. parts: of each part.

    Of a gradient: `fresh` until this pass has written it. The first use of a layer writes, later uses add.
    """

    __slots__ = ("fresh", "parts")

    def __init__(self, **arrays: Array) -> None:
        super().__init__(arrays)
        self.parts: tuple[Views, ...] = ()
        self.fresh = True


class Uniform(Protocol):
    """A source of uniform numbers in [0, 1): a NumPy generator, or several side by side."""

    def random(self, shape: tuple[int, ...], /) -> Array: ...


@dataclass(frozen=True, slots=True)
class Pass:
    """How a pass is meant.

    batch_statistics: batch norm uses the batch's own mean and variance instead of the running ones.
    statistics: the running statistics by slot (read when batch_statistics is False; updated when `update`).
    noise: one source for each layer that draws, by slot; None switches dropout off.
    """

    batch_statistics: bool = True
    statistics: Sequence[Views] | None = None
    update: bool = False
    noise: Sequence[Uniform] | None = None


PLAIN = Pass()


@dataclass(frozen=True)
class Bend:
    """Where an activation stands in a layer: what it got, what it gave. Z, A: (..., N, *sample)"""

    function: Activation
    Z: Array
    A: Array

    @property
    def slope(self) -> Array:
        """|φ′(Z)| relative to the steepest slope of that activation."""
        return np.abs(self.function.derivative(self.Z, self.A)) / self.function.steepest


class InTime(NamedTuple):
    """What reaches the states of a sequence on the way back.

    dH: (T, …, N, units) ∂L/∂h_t, all that later steps add included   dC: (T, …, N, units) ∂L/∂c_t of a cell, where there is one
    dZ: (T, …, N, gates · units) ∂L/∂z_t of the sums behind its gates
    `backward_factors` of the pairs (dH, dZ) tells what each step does to the gradient.
    """

    dH: Array
    dZ: Array
    dC: Array | None = None


class Flow(list[tuple[Array, Array]]):
    """(dA, dZ) of layers: what reaches a layer's output and what reaches its first sums.

    in_time: the same of each pass through a sequence, step by step, in the order of the layers that it runs through
    """

    def __init__(self, pairs: Sequence[tuple[Array, Array]] = ()):
        super().__init__(pairs)
        self.in_time: list[InTime] = []


class Layer:
    """forward: (p, A, at) -> output, cache.   backward: (p, g, dOut, cache) -> dA, and gives its gradients to g.

    p, g: this layer's views on theta and on the gradient; A, dA: (..., N, *inputs); outputs: (..., N, *outputs).
    """

    inputs: Shape
    outputs: Shape
    parts: Sequence[tuple[str, "Layer"]] = ()
    """Layers inside, by name; without a name their arrays bear this layer's own."""
    activation: Activation | None = None
    """What bends its sums, where there is one such function."""
    slot: int = 0
    """Which place in `Pass.statistics` or `Pass.noise` is its own; the network hands them out."""

    def learns(self) -> Mapping[str, Param]:
        """The parameters it owns, by name; not those of its parts."""
        return {}

    def keeps(self) -> Mapping[str, Param]:
        """The running statistics it owns."""
        return {}

    def draws(self) -> int:
        """Random numbers it takes for a row while training."""
        return 0

    @property
    def n_parameters(self) -> int:
        """How many parameters it has, its parts' too."""
        return sum(param.size for layer in self.walk() for param in layer.learns().values())

    def work(self) -> int:
        """Products of a weight and a number, or steps as small, that a row costs, about."""
        own = sum(param.size for param in self.learns().values())
        return own + sum(part.work() for _, part in self.parts)

    def holds(self) -> int:
        """Numbers that a pass holds for a row."""
        return sum(part.holds() for _, part in self.parts) or int(np.prod(self.outputs))

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, Any]:
        raise NotImplementedError

    def backward(self, p: Views, g: Views, dOut: Array, cache: Any, inner: bool = True, flow: Flow | None = None) -> Array:
        """inner: dA is asked for; else anything may be returned. flow: collects (dA, dZ), last layer first."""
        raise NotImplementedError

    def bends(self, cache: Any) -> Iterator[Bend]:
        """Its activations as they stood in that pass, input side first."""
        return iter(())

    def walk(self) -> "Iterator[Layer]":
        """This layer and all inside it, once each."""
        seen: dict[int, Layer] = {}
        todo: list[Layer] = [self]
        while todo:
            layer = todo.pop(0)
            if id(layer) not in seen:
                seen[id(layer)] = layer
                todo[:0] = [part for _, part in layer.parts]
        return iter(seen.values())


class Sequential(Layer):
    """One layer after the other, each under its name; the same layer may stand in several places."""

    def __init__(self, parts: Sequence[tuple[str, Layer]]):
        self.parts = tuple(parts)
        self.inputs, self.outputs = parts[0][1].inputs, parts[-1][1].outputs

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, list[Any]]:
        caches = []
        for (_, part), views in zip(self.parts, p.parts, strict=True):
            A, cache = part.forward(views, A, at)
            caches.append(cache)
        return A, caches

    def backward(self, p: Views, g: Views, dOut: Array, cache: list[Any], inner: bool = True,
                 flow: Flow | None = None) -> Array:
        for i in range(len(self.parts) - 1, -1, -1):
            dOut = self.parts[i][1].backward(p.parts[i], g.parts[i], dOut, cache[i], inner or i > 0, flow)
        return dOut

    def bends(self, cache: list[Any]) -> Iterator[Bend]:
        for (_, part), kept in zip(self.parts, cache, strict=True):
            yield from part.bends(kept)
