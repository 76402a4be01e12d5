"""Batch normalisation. Ioffe & Szegedy, 2015."""

from collections.abc import Mapping

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers.base import Flow, Layer, Param, Pass, Shape, Views

EPSILON = 1e-5
MOMENTUM = 0.1
Cache = tuple[Array, Array, bool]


class BatchNorm(Layer):
    """Ẑ = (Z − mean)/√(var + ε);  out = γ Ẑ + β.   mean, var over the rows of the batch (biased variance), and over the places
    of a picture: one of each a channel.

    The running statistics used outside training are state, not parameters: they live in `Pass.statistics`.
    """

    def __init__(self, shape: Shape):
        self.inputs = self.outputs = shape
        self.n, self.folds = shape[-1], len(shape) > 1

    def learns(self) -> Mapping[str, Param]:
        return {"gamma": Param((self.n,), "scale", start=1.0), "beta": Param((self.n,), "shift")}

    def keeps(self) -> Mapping[str, Param]:
        return {"mean": Param((self.n,), "statistic"), "var": Param((self.n,), "statistic", start=1.0)}

    def work(self) -> int:
        return 2 * int(np.prod(self.inputs))

    def holds(self) -> int:
        return 0

    def _fold(self, Z: Array, p: Views) -> Array:
        """Rows and places as rows: (..., N · places, n)"""
        return Z.reshape(*p["gamma"].shape[:-2], -1, self.n) if self.folds else Z

    def forward(self, p: Views, Z: Array, at: Pass) -> tuple[Array, Cache]:
        shape, Z = Z.shape, self._fold(Z, p)
        if at.batch_statistics or at.statistics is None:
            mean, var = Z.mean(-2, keepdims=True), Z.var(-2, keepdims=True)
            if at.update and at.statistics is not None:
                m = Z.shape[-2]
                running = at.statistics[self.slot]
                running["mean"] += MOMENTUM * (mean - running["mean"])
                running["var"] += MOMENTUM * (var * (m / max(m - 1, 1)) - running["var"])
        else:
            mean, var = at.statistics[self.slot]["mean"], at.statistics[self.slot]["var"]
        inverse = 1 / np.sqrt(var + EPSILON)
        normed = (Z - mean) * inverse
        out = p["gamma"] * normed + p["beta"]
        return out.reshape(*out.shape[:-2], *shape[-len(self.inputs) - 1:]) if self.folds else out, (
            normed, inverse, at.batch_statistics)

    def backward(self, p: Views, g: Views, dOut: Array, cache: Cache, inner: bool = True, flow: Flow | None = None) -> Array:
        normed, inverse, by_batch = cache
        shape, dOut = dOut.shape, self._fold(dOut, p)
        if g.fresh:
            np.add.reduce(dOut * normed, -2, out=g["gamma"], keepdims=True)
            np.add.reduce(dOut, -2, out=g["beta"], keepdims=True)
            g.fresh = False
        else:
            g["gamma"] += (dOut * normed).sum(-2, keepdims=True)
            g["beta"] += dOut.sum(-2, keepdims=True)
        d = dOut * p["gamma"]
        if by_batch:
            # The batch's own mean and variance move with Z, so their part of the derivative is taken out again.
            d = d - d.mean(-2, keepdims=True) - normed * (d * normed).mean(-2, keepdims=True)
        return (inverse * d).reshape(shape)
