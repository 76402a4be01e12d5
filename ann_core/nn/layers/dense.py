"""The dense layer and the activation that follows it."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import prod

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.activations import Activation
from ann_core.nn.layers.base import Bend, Flow, Layer, Param, Pass, Shape, Views, weight


@lru_cache(maxsize=64)
def ones(n: int) -> Array:
    """(1, n): a sum over rows as a product is several times as fast as a sum."""
    found = np.ones((1, n))
    found.flags.writeable = False
    return found


def give_product(g: Views, A: Array, dZ: Array) -> None:
    """dW = Aᵀ dZ and db = Σ dZ into g, or onto what g already holds. A: (..., N, n_in), dZ: (..., N, n_out)"""
    if g.fresh:
        np.matmul(A.mT, dZ, out=g["W"])
        np.matmul(ones(dZ.shape[-2]), dZ, out=g["b"])
        g.fresh = False
    else:
        g["W"] += A.mT @ dZ
        g["b"] += ones(dZ.shape[-2]) @ dZ


class Dense(Layer):
    """Z = A W + b.   A: (..., N, n_in)   W: (n_in, n_out)   b: (n_out,)   Z: (..., N, n_out)

    steps: (T,) for sequences (..., N, T, n_in): the same weights at every step
    """

    def __init__(self, n_in: int, n_out: int, steps: Shape = ()):
        self.n_in, self.n_out, self.steps = n_in, n_out, steps
        self.inputs, self.outputs = (*steps, n_in), (*steps, n_out)

    def learns(self) -> Mapping[str, Param]:
        return {"W": weight(self.n_in, self.n_out), "b": Param((self.n_out,), "bias")}

    def work(self) -> int:
        return super().work() * prod(self.steps)

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, Array]:
        rows = A.shape[-2 - len(self.steps)]
        if self.steps:
            A = A.reshape(*A.shape[:-3], -1, self.n_in)
        Z = A @ p["W"]
        Z += p["b"]
        return Z.reshape(*Z.shape[:-2], rows, *self.outputs) if self.steps else Z, A

    def backward(self, p: Views, g: Views, dZ: Array, A: Array, inner: bool = True, flow: Flow | None = None) -> Array:
        shape = dZ.shape
        if self.steps:
            dZ = dZ.reshape(*shape[:-3], -1, self.n_out)
        give_product(g, A, dZ)
        if not inner:
            return dZ
        dA = dZ @ p["W"].mT                                 # dA = dZ Wᵀ
        return dA.reshape(*shape[:-1], self.n_in) if self.steps else dA


class Activate(Layer):
    """A = φ(Z), element by element."""

    def __init__(self, function: Activation, shape: Shape):
        self.function, self.inputs, self.outputs = function, shape, shape
        self.f, self.derivative = function.f, function.derivative

    def holds(self) -> int:
        return 0  # as many as the sums before it, which are counted there

    def forward(self, p: Views, Z: Array, at: Pass) -> tuple[Array, tuple[Array, Array]]:
        A = self.f(Z)
        return A, (Z, A)

    def backward(self, p: Views, g: Views, dA: Array, cache: tuple[Array, Array], inner: bool = True,
                 flow: Flow | None = None) -> Array:
        Z, A = cache
        dZ = self.derivative(Z, A)
        dZ *= dA                    # dZ = dA ⊙ φ′(Z)
        return dZ

    def bends(self, cache: tuple[Array, Array]) -> Iterator[Bend]:
        yield Bend(self.function, *cache)
