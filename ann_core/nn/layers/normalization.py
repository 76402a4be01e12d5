"""Batch normalisation. Ioffe & Szegedy, 2015."""

import numpy as np

from ann_core.base.arrays import Array, Views
from ann_core.nn.layers.base import Layer, Mode

EPSILON = 1e-5
MOMENTUM = 0.1
Cache = tuple[Array, Array, bool]


class BatchNorm(Layer):
    """Ẑ = (Z − mean)/√(var + ε);  out = γ Ẑ + β.   mean, var over the rows of the batch (biased variance).

    The running statistics used outside training are state, not parameters: they live in `mode.statistics`.
    """

    def __init__(self, n: int, index: int):
        self.n, self.index = n, index

    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {"gamma": (self.n,), "beta": (self.n,)}

    def forward(self, p: Views, Z: Array, mode: Mode) -> tuple[Array, Cache]:
        if mode.batch_statistics or mode.statistics is None:
            mean, var = Z.mean(-2, keepdims=True), Z.var(-2, keepdims=True)
            if mode.update and mode.statistics is not None:
                m = Z.shape[-2]
                running = mode.statistics[self.index]
                running["mean"] += MOMENTUM * (mean - running["mean"])
                running["var"] += MOMENTUM * (var * (m / max(m - 1, 1)) - running["var"])
        else:
            mean, var = mode.statistics[self.index]["mean"], mode.statistics[self.index]["var"]
        inverse = 1 / np.sqrt(var + EPSILON)
        normed = (Z - mean) * inverse
        return p["gamma"] * normed + p["beta"], (normed, inverse, mode.batch_statistics)

    def backward(self, p: Views, g: Views, dOut: Array, cache: Cache) -> Array:
        normed, inverse, by_batch = cache
        np.add.reduce(dOut * normed, -2, out=g["gamma"], keepdims=True)
        np.add.reduce(dOut, -2, out=g["beta"], keepdims=True)
        d = dOut * p["gamma"]
        if not by_batch:
            return d * inverse
        # The batch's own mean and variance move with Z, so their part of the derivative is taken out again.
        return inverse * (d - d.mean(-2, keepdims=True) - normed * (d * normed).mean(-2, keepdims=True))
