"""Layer normalisation. Ba, Kiros & Hinton, 2016."""

from collections.abc import Mapping

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers.base import Flow, Layer, Param, Pass, Shape, Views
from ann_core.nn.layers.normalization import EPSILON


class LayerNorm(Layer):
    """Ẑ = (A − mean)/√(var + ε);  out = γ Ẑ + β.   mean, var over the numbers of one row, or of one step: nothing is shared
    between rows, so it works in use as it did in training.   A: (..., N, *sample)
    """

    def __init__(self, shape: Shape):
        self.inputs = self.outputs = shape
        self.n, self.folds = shape[-1], len(shape) > 1

    def learns(self) -> Mapping[str, Param]:
        return {"gamma": Param((self.n,), "scale", start=1.0), "beta": Param((self.n,), "shift")}

    def work(self) -> int:
        return 2 * int(np.prod(self.inputs))

    def _fold(self, A: Array) -> Array:
        """Rows and steps as rows: (..., N · T, n)"""
        return A.reshape(*A.shape[:-len(self.inputs) - 1], -1, self.n) if self.folds else A

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, tuple[Array, Array]]:
        Z = self._fold(A)
        centred = Z - Z.mean(-1, keepdims=True)
        inverse = 1 / np.sqrt(np.square(centred).mean(-1, keepdims=True) + EPSILON)
        normed = centred * inverse
        out = p["gamma"] * normed + p["beta"]
        return out.reshape(*out.shape[:-2], *A.shape[-len(self.inputs) - 1:]), (normed, inverse)

    def backward(self, p: Views, g: Views, dOut: Array, cache: tuple[Array, Array], inner: bool = True,
                 flow: Flow | None = None) -> Array:
        normed, inverse = cache
        d = self._fold(dOut)
        if g.fresh:
            np.add.reduce(d * normed, -2, out=g["gamma"], keepdims=True)
            np.add.reduce(d, -2, out=g["beta"], keepdims=True)
            g.fresh = False
        else:
            g["gamma"] += (d * normed).sum(-2, keepdims=True)
            g["beta"] += d.sum(-2, keepdims=True)
        d = d * p["gamma"]
        d = inverse * (d - d.mean(-1, keepdims=True) - normed * (d * normed).mean(-1, keepdims=True))
        return d.reshape(dOut.shape)
