"""A sequence read in both directions. Schuster & Paliwal, 1997."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers.base import Bend, Flow, Layer, Pass, Views
from ann_core.nn.layers.recurrent import Recurrent


class Bidirectional(Layer):
    """Two layers side by side: one reads from the first step on, the other from the last one back. Their states stand side by
    side: of each the last one, or at every step what both have read so far.

    out: (…, N, 2 · units), or (…, N, T, 2 · units)
    """

    def __init__(self, forth: Recurrent, back: Recurrent):
        self.forth, self.back = forth, back
        self.parts = (("forth", forth), ("back", back))
        self.inputs, self.outputs = forth.inputs, (*forth.outputs[:-1], 2 * forth.units)
        self.activation = forth.activation

    def _turned(self, A: Array) -> Array:
        """What belongs to steps, in the order in which the second layer has read them."""
        return A[..., ::-1, :] if self.forth.every_step else A

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, tuple[Any, Any]]:
        there, kept = self.forth.forward(p.parts[0], A, at)
        again, kept_back = self.back.forward(p.parts[1], A[..., ::-1, :], at)
        return np.concatenate([there, self._turned(again)], -1), (kept, kept_back)

    def backward(self, p: Views, g: Views, dOut: Array, cache: tuple[Any, Any], inner: bool = True,
                 flow: Flow | None = None) -> Array:
        n = self.forth.units
        ways = [None, None] if flow is None else [Flow(), Flow()]
        dA = self.forth.backward(p.parts[0], g.parts[0], dOut[..., :n], cache[0], inner, ways[0])
        dB = self.back.backward(p.parts[1], g.parts[1], self._turned(dOut[..., n:]), cache[1], inner, ways[1])
        if flow is not None:
            flow.append((dOut, np.concatenate([way[0][1] for way in ways if way is not None], -1)))
            flow.in_time.extend(way.in_time[0] for way in ways[::-1] if way is not None)
        return dA + dB[..., ::-1, :] if inner else dOut

    def bends(self, cache: tuple[Any, Any]) -> Iterator[Bend]:
        for there, again in zip(self.forth.bends(cache[0]), self.back.bends(cache[1]), strict=True):
            yield Bend(there.function, *(np.concatenate([a, b[..., ::-1, :]], -1)
                                         for a, b in ((there.Z, again.Z), (there.A, again.A))))
