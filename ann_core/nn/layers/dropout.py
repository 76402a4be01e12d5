"""Dropout. Srivastava et al., 2014."""

from ann_core.base.arrays import Array, Views
from ann_core.nn.layers.base import Layer, Mode


class Dropout(Layer):
    """While training, each output is kept with probability 1 − rate and scaled by 1/(1 − rate); else nothing happens."""

    def __init__(self, rate: float, index: int):
        self.rate, self.index = rate, index

    def forward(self, p: Views, A: Array, mode: Mode) -> tuple[Array, Array | None]:
        if mode.noise is None:
            return A, None
        keep = (mode.noise[self.index].random(A.shape) >= self.rate) / (1 - self.rate)
        return A * keep, keep

    def backward(self, p: Views, g: Views, dOut: Array, keep: Array | None) -> Array:
        return dOut if keep is None else dOut * keep
