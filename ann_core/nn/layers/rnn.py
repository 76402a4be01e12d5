"""The plain recurrent layer. Elman, 1990."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.activations import Activation
from ann_core.nn.layers.base import Bend, Shape, Views
from ann_core.nn.layers.recurrent import Recurrent, Unrolled, by_row


class RNN(Recurrent):
    """h_t = φ(x_t W + h_{t−1} U + b)"""

    activation: Activation

    def __init__(self, shape: Shape, units: int, activation: Activation, **more: Any):
        super().__init__(shape, units, **more)
        self.activation = activation

    def _unroll(self, p: Views, X: Array, first: Array | None = None) -> Unrolled:
        Z = p["W"].mT @ X
        Z += p["b"].mT
        U, f = np.ascontiguousarray(p["U"].mT), self.activation.f
        H = np.zeros((len(Z) + 1, *Z.shape[1:]), Z.dtype)
        if first is not None:
            H[0] = first
        for t, z in enumerate(Z):
            z += U @ H[t]
            H[t + 1] = f(z)
        return Unrolled(X, H, Z)

    def _back(self, p: Views, cache: Unrolled, dH: Array) -> tuple[Array, Array, None]:
        U, dZ = p["U"], self.activation.derivative(cache.gates, cache.H[1:])
        for t in range(self.steps - 1, -1, -1):
            dZ[t] *= dH[t]                          # dz = dh ⊙ φ′(z)
            if self._from(t):
                dH[t - 1] += U @ dZ[t]              # dh of the step before
        return dZ, dZ, None

    def bends(self, cache: Unrolled) -> Iterator[Bend]:
        yield Bend(self.activation, by_row(cache.gates), cache.states)
