"""What layers share that carry a state from step to step; back through time: Werbos, 1990.

Inside, arrays are (T, …, n, N): step by step, each feature a row of its own. So a product gives all gates at once, and each
gate is one piece of memory.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.initializers import RECURRENT
from ann_core.nn.layers.base import Flow, InTime, Layer, Param, Pass, Shape, Views, weight
from ann_core.nn.layers.dense import give_product


def by_step(A: Array, lead: int) -> Array:
    """(…, N, T, n) -> (T, …, n, N), with at least `lead` axes between."""
    A = A.reshape(*(1,) * (lead + 3 - A.ndim), *A.shape)
    *rest, rows, steps, features = range(A.ndim)
    return np.ascontiguousarray(A.transpose(steps, *rest, features, rows))


def by_row(A: Array) -> Array:
    """The way back: (T, …, n, N) -> (…, N, T, n)"""
    steps, *rest, features, rows = range(A.ndim)
    return A.transpose(*rest, rows, steps, features)


def side_by_side(A: Array) -> Array:
    """All steps as columns: (T, …, n, N) -> (…, n, T · N)"""
    T, *lead, n, N = A.shape
    return np.moveaxis(A, 0, -2).reshape(*lead, n, T * N)


class Unrolled(NamedTuple):
    """A pass through all steps. X: (T, …, n_in, N) inputs   H: (T + 1, …, units, N) states, the first one zeros
    gates: (T, …, gates · units, N) as a kind of layer leaves them   more: what else it needs on its way back"""

    X: Array
    H: Array
    gates: Array
    more: tuple[Array, ...] = ()

    @property
    def states(self) -> Array:
        """h₁ … h_T. (…, N, T, units)"""
        return by_row(self.H[1:])


class Recurrent(Layer):
    """A state h that is carried on: at every step it is made of the step's inputs and of the state before it.

    A: (…, N, T, n_in)   W: (n_in, gates · units)   U: (units, gates · units)   b: (gates · units,)
    out: the last state (…, N, units), or with every_step all of them (…, N, T, units)
    truncation: no gradient goes from one window of so many steps to the one before it; the last one ends with the last step
    initializer, scale: how U begins, gate by gate
    """

    gates = 1
    starts: Mapping[int, float] = {}
    """What the biases of a gate begin at, by its place; else 0."""
    is_given_its_first_state = False
    """A decoder is. Then `_back` gets a dH with one entry more, the last one, to which it adds the first state's gradient: the
    state before step 0 is the one at place −1."""

    def __init__(self, shape: Shape, units: int, every_step: bool = False, truncation: int | None = None,
                 initializer: str = "orthogonal", scale: float = 1.0):
        self.steps, self.n_in = shape
        self.units, self.every_step, self.truncation = units, every_step, truncation
        self.initializer, self.scale = initializer, scale
        self.inputs, self.outputs = shape, (self.steps, units) if every_step else (units,)

    def learns(self) -> Mapping[str, Param]:
        n = self.gates * self.units
        start = tuple(self.starts.get(gate, 0.0) for gate in range(self.gates) for _ in range(self.units))
        return {"W": weight(self.n_in, n), "U": Param((self.units, n), "weight", (self.units, n), drawn=self._draw),
                "b": Param((n,), "bias", start=start)}

    def _draw(self, rng: np.random.Generator) -> Array:
        """The first U: one square matrix a gate. (units, gates · units)"""
        raw = RECURRENT[self.initializer].raw
        return self.scale * np.concatenate([raw(rng, self.units) for _ in range(self.gates)], axis=1)

    def work(self) -> int:
        return super().work() * self.steps

    def holds(self) -> int:
        return self.steps * (self.n_in + (self.gates + 1) * self.units)

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, Unrolled]:
        X = by_step(A, p["W"].ndim - 2)
        kept = self._unroll(p, X)
        return (by_row(kept.H[1:]).copy() if self.every_step else kept.H[-1].mT.copy()), kept

    def _unroll(self, p: Views, X: Array, first: Array | None = None) -> Unrolled:
        """All steps, one after the other. first: (…, units, N), the state to begin with; else zeros"""
        raise NotImplementedError

    def _back(self, p: Views, cache: Unrolled, dH: Array) -> tuple[Array, Array, Array | None]:
        """The way back. dH: (T, …, units, N) what each state gets from outside; to it is added what it gets from the step
        after it. Returns dZ (T, …, gates · units, N) of the gates' sums, the same as U sees it, and dC of cells."""
        raise NotImplementedError

    def parts_of(self, cache: Unrolled) -> dict[str, Array]:
        """What it has beside its state at every step, by name. (…, N, T, units)"""
        return {}

    def _from(self, t: int) -> bool:
        """Whether step t (from 0) hands its gradient on to the step before it."""
        return (t > 0 or self.is_given_its_first_state) and not (self.truncation and (self.steps - t) % self.truncation == 0)

    def backward(self, p: Views, g: Views, dOut: Array, cache: Unrolled, inner: bool = True, flow: Flow | None = None) -> Array:
        if self.every_step:
            dH = by_step(dOut, 0)
        else:
            dH = np.zeros((self.steps, *dOut.mT.shape), dOut.dtype)
            dH[-1] = dOut.mT
        dZ, seen, dC = self._back(p, cache, dH)
        if flow is not None:
            flow.append((dOut, by_row(dZ)))
            flow.in_time.append(InTime(dH.mT, dZ.mT, None if dC is None else dC.mT))
        self._give(g, cache, dZ, seen)
        return by_row(p["W"] @ dZ) if inner else dOut

    def _give(self, g: Views, cache: Unrolled, dZ: Array, seen: Array) -> None:
        """dW, dU, db: what every step wants, added up."""
        flat = side_by_side(dZ)
        used, before = flat if seen is dZ else side_by_side(seen), side_by_side(cache.H[:-1])
        if g.fresh:
            np.matmul(before, used.mT, out=g["U"])
        else:
            g["U"] += before @ used.mT
        give_product(g, side_by_side(cache.X).mT, flat.mT)


def halved(p: Views, name: str, n: int) -> Any:
    """Weights of which the first n columns are halved, since σ(z) = (1 + tanh(z/2))/2."""
    found = p[name].copy()
    found[..., :n] *= 0.5
    return found
