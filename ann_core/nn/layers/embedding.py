"""Numbers for tokens."""

from collections.abc import Mapping

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers.base import Flow, Layer, Param, Pass, Shape, Views, weight


class Embedding(Layer):
    """A row of numbers for each token, looked up as a product: one-hot rows A (…, N, T, tokens) give A W (…, N, T, units)."""

    def __init__(self, shape: Shape, units: int):
        self.inputs, self.outputs = shape, (shape[0], units)

    def learns(self) -> Mapping[str, Param]:
        return {"W": weight(self.inputs[1], self.outputs[1])}

    def work(self) -> int:
        return super().work() * self.inputs[0]

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, Array]:
        flat = A.reshape(*A.shape[:-3], -1, self.inputs[1])
        out = flat @ p["W"]
        return out.reshape(*out.shape[:-2], A.shape[-3], *self.outputs), flat

    def backward(self, p: Views, g: Views, dOut: Array, flat: Array, inner: bool = True, flow: Flow | None = None) -> Array:
        d = dOut.reshape(*dOut.shape[:-3], -1, self.outputs[1])
        if flow is not None:
            flow.append((dOut, dOut))
        if g.fresh:
            np.matmul(flat.mT, d, out=g["W"])
            g.fresh = False
        else:
            g["W"] += flat.mT @ d
        return (d @ p["W"].mT).reshape(*dOut.shape[:-1], self.inputs[1]) if inner else dOut
