"""Dropout. Srivastava et al., 2014."""

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers.base import Flow, Layer, Pass, Shape, Views


class Dropout(Layer):
    """While training, each output is kept with probability 1 − rate and scaled by 1/(1 − rate); else nothing happens."""

    def __init__(self, rate: float, shape: Shape):
        self.rate, self.inputs, self.outputs = rate, shape, shape

    def draws(self) -> int:
        return int(np.prod(self.inputs))

    def holds(self) -> int:
        return 0

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, Array | None]:
        if at.noise is None:
            return A, None
        keep = (at.noise[self.slot].random(A.shape) >= self.rate) / (1 - self.rate)
        return A * keep, keep

    def backward(self, p: Views, g: Views, dOut: Array, keep: Array | None, inner: bool = True,
                 flow: Flow | None = None) -> Array:
        return dOut if keep is None else dOut * keep
