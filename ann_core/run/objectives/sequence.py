"""Learning an answer at every step of a sequence."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.nn.parameters import Rows
from ann_core.run.objectives.base import Batch, Turn
from ann_core.run.objectives.supervised import NET, Supervised


class Sequence(Supervised):
    """Cross-entropy of each step's answer, the mean over the steps that are asked for: those whose row of Y is not all zeros.

    X: (..., N, T, n)   Y: (..., N, T, tokens)
    """

    has_boundary = False

    def _share(self, Y: Array) -> Array:
        """1 / (steps asked for) of a batch, to be spread over them. Returns (..., 1, 1, 1)"""
        return 1 / np.maximum(Y.sum((-3, -2, -1), keepdims=True), 1.0)

    def gradient(self, turn: Turn, p: Mapping[str, Rows], g: Mapping[str, Rows], batch: Batch) -> None:
        Z, caches, _ = self.net.forward(p[NET], batch.X, batch.at)
        asked = batch.Y.sum(-1, keepdims=True)
        scale = asked * (self._share(batch.Y) if self.reduction == "mean" else 1.0)
        self.net.backward(p[NET], g[NET], self.net.head.gradient(Z, batch.Y, scale), caches)

    def counts(self, batch: Batch) -> Any:
        return batch.Y.sum(-1, keepdims=True) * self._share(batch.Y)

    def value(self, Z: Array, Y: Array, weights: Array | None) -> Array:
        return (self.net.head.per_row(Z, Y) * Y.sum(-1)).sum((-2, -1)) * self._share(Y)[..., 0, 0, 0]

    def watched(self, p: Mapping[str, Rows], batch: Batch) -> float:
        return float(self.value(self.net.forward(p[NET], batch.X, batch.at)[0], batch.Y, None))

    def loss(self, turn: Turn, p: Mapping[str, Rows], batch: Batch) -> Array:
        Z, _, _ = self.net.forward(p[NET], batch.X, batch.at)
        total = (self.net.head.per_row(Z, batch.Y) * batch.Y.sum(-1)).sum((-2, -1))
        return total * self._share(batch.Y)[..., 0, 0, 0] if self.reduction == "mean" else total


def teacher_forced(tokens: NDArray[np.int64], count: int) -> Array:
    """What a decoder is given while it learns: at each step the right token of the step before, at the first one nothing.

    tokens: (N, T) from 0 to count − 1; −1 counts as nothing   Returns (N, T, count), one 1 a step
    """
    before = np.concatenate([np.full((len(tokens), 1), -1), tokens[:, :-1]], axis=1)
    return (before[..., None] == np.arange(count)).astype(np.float64)
