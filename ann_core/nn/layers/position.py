"""Where in a sequence a step stands, added to what it holds: attention alone cannot tell. Vaswani et al., 2017."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers.base import Flow, Layer, Param, Pass, Shape, Views


def sinusoids(steps: int, n: int) -> Array:
    """(T, n): column 2i is sin(t / 10000^(2i/n)), column 2i + 1 the cosine of the same."""
    angle = np.arange(steps)[:, None] / 10_000 ** (np.arange(n) // 2 * 2 / n)
    return np.where(np.arange(n) % 2, np.cos(angle), np.sin(angle))


class Positions(Layer):
    """out = A + E.   A: (..., N, T, n)   E: (T, n), learned from zeros on, or sines and cosines that stay"""

    def __init__(self, shape: Shape, learned: bool = True):
        self.inputs = self.outputs = shape
        self.learned = learned

    @cached_property
    def fixed(self) -> Array:
        """What stays, where nothing is learned."""
        return sinusoids(*self.inputs)

    def learns(self) -> Mapping[str, Param]:
        return {"E": Param(self.inputs, "shift")} if self.learned else {}

    def work(self) -> int:
        return int(np.prod(self.inputs))

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, None]:
        return A + (p["E"][..., None, :, :] if self.learned else self.fixed.astype(A.dtype)), None

    def backward(self, p: Views, g: Views, dOut: Array, cache: None, inner: bool = True, flow: Flow | None = None) -> Array:
        if self.learned and g.fresh:
            np.add.reduce(dOut, -3, out=g["E"])
            g.fresh = False
        elif self.learned:
            g["E"] += dOut.sum(-3)
        return dOut
