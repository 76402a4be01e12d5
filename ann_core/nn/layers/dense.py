"""The dense layer and the activation that follows it."""

from functools import lru_cache

import numpy as np

from ann_core.base.arrays import Array, Views
from ann_core.nn.activations import Activation
from ann_core.nn.layers.base import Layer, Mode


@lru_cache(maxsize=64)
def _ones(n: int) -> Array:
    ones = np.ones((1, n))
    ones.flags.writeable = False
    return ones


class Dense(Layer):
    """Z = A W + b.   A: (..., N, n_in)   W: (n_in, n_out)   b: (n_out,)   Z: (..., N, n_out)

    The first layer of a network passes no gradient to its inputs: they are data.
    """

    def __init__(self, n_in: int, n_out: int, first: bool = False):
        self.n_in, self.n_out, self.first = n_in, n_out, first

    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {"W": (self.n_in, self.n_out), "b": (self.n_out,)}

    def forward(self, p: Views, A: Array, mode: Mode) -> tuple[Array, Array]:
        Z = A @ p["W"]
        Z += p["b"]
        return Z, A

    def backward(self, p: Views, g: Views, dZ: Array, A: Array) -> Array:
        np.matmul(A.mT, dZ, out=g["W"])                     # dW = Aᵀ dZ
        np.matmul(_ones(dZ.shape[-2]), dZ, out=g["b"])      # db = Σ dZ, as a product: several times as fast as a sum
        return dZ if self.first else dZ @ p["W"].mT         # dA = dZ Wᵀ


class Activate(Layer):
    """A = φ(Z), element by element."""

    def __init__(self, function: Activation):
        self.f, self.derivative = function.f, function.derivative

    def forward(self, p: Views, Z: Array, mode: Mode) -> tuple[Array, tuple[Array, Array]]:
        A = self.f(Z)
        return A, (Z, A)

    def backward(self, p: Views, g: Views, dA: Array, cache: tuple[Array, Array]) -> Array:
        Z, A = cache
        dZ = self.derivative(Z, A)
        dZ *= dA                    # dZ = dA ⊙ φ′(Z)
        return dZ
