"""The dense layer and the activation that follows it."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

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
    """Z = A W + b.   A: (..., N, n_in)   W: (n_in, n_out)   b: (n_out,)   Z: (..., N, n_out)"""

    def __init__(self, n_in: int, n_out: int):
        self.n_in, self.n_out = n_in, n_out
        self.inputs, self.outputs = (n_in,), (n_out,)

    def learns(self) -> Mapping[str, Param]:
        return {"W": weight(self.n_in, self.n_out), "b": Param((self.n_out,), "bias")}

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, Array]:
        Z = A @ p["W"]
        Z += p["b"]
        return Z, A

    def backward(self, p: Views, g: Views, dZ: Array, A: Array, inner: bool = True, flow: Flow | None = None) -> Array:
        give_product(g, A, dZ)
        return dZ @ p["W"].mT if inner else dZ              # dA = dZ Wᵀ


class EachStep(Dense):
    """A dense layer at every step of a sequence, with the same weights.   A: (..., N, T, n_in)   Z: (..., N, T, n_out)"""

    def __init__(self, steps: int, n_in: int, n_out: int):
        super().__init__(n_in, n_out)
        self.inputs, self.outputs = (steps, n_in), (steps, n_out)

    def work(self) -> int:
        return super().work() * self.inputs[0]

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, Array]:
        Z, flat = super().forward(p, A.reshape(*A.shape[:-3], -1, self.n_in), at)
        return Z.reshape(*Z.shape[:-2], A.shape[-3], *self.outputs), flat

    def backward(self, p: Views, g: Views, dZ: Array, A: Array, inner: bool = True, flow: Flow | None = None) -> Array:
        dA = super().backward(p, g, dZ.reshape(*dZ.shape[:-3], -1, self.n_out), A, inner)
        return dA.reshape(*dZ.shape[:-1], self.n_in) if inner else dZ


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
