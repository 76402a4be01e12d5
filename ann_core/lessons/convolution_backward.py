"""The way back through a convolution and a max pool, number by number, with finite differences beside it."""

from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers import PLAIN, Conv2D, MaxPool2D
from ann_core.nn.layers.base import Views

PICTURE = np.array([[1.0, 2, 0, 1], [0, 1, 3, 1], [2, 0, 1, 2], [1, 1, 0, 1]])
SMALL_FILTER = np.array([[1.0, -1, 0], [0, 1, 0], [0, 0, 2]])
H = 1e-5
"""The step of a finite difference."""


@dataclass(frozen=True)
class Example:
    """A picture of 4 × 4, one filter of 3 × 3 ('valid'), and what is wanted of its 2 × 2 sums; or a max pool of 2.

    The loss is L = Σ dOut ⊙ out: its derivative with respect to the output is the given dOut (2, 2).
    """

    A: Array
    W: Array
    dOut: Array

    def out(self, A: Array | None = None, W: Array | None = None) -> Array:
        """What the engine's convolution gives, (2, 2)."""
        return self._forward(self.A if A is None else A, self.W if W is None else W)[0]

    def _forward(self, A: Array, W: Array) -> tuple[Array, Array]:
        out, cache = LAYER.forward(_views(W), A[None, ..., None], PLAIN)
        return out[0, ..., 0], cache

    def gradients(self) -> tuple[Array, Array]:
        """dW (3, 3) and dA (4, 4) by the engine's backward."""
        g, p = _views(np.zeros((3, 3))), _views(self.W)
        dA = LAYER.backward(p, g, self.dOut[None, ..., None], self._forward(self.A, self.W)[1])
        return g["W"].reshape(3, 3), dA[0, ..., 0]

    def differences(self) -> tuple[Array, Array]:
        """The same two by finite differences of the loss."""
        return (_differences(lambda W: float((self.out(W=W) * self.dOut).sum()), self.W),
                _differences(lambda A: float((self.out(A) * self.dOut).sum()), self.A))

    def pooled(self) -> tuple[Array, Array, Array]:
        """The same picture through a max pool: its output (2, 2), dA (4, 4) by the engine, and by finite differences."""
        out, cache = POOL.forward(Views(), self.A[None, ..., None], PLAIN)
        dA = POOL.backward(Views(), Views(), self.dOut[None, ..., None], cache)

        def loss(A: Array) -> float:
            return float((POOL.forward(Views(), A[None, ..., None], PLAIN)[0][0, ..., 0] * self.dOut).sum())

        return out[0, ..., 0], dA[0, ..., 0], _differences(loss, self.A)


LAYER, POOL = Conv2D((4, 4, 1), 1, 3, padding="valid"), MaxPool2D((4, 4, 1))


def _views(W: Array) -> Views:
    return Views(W=W.reshape(9, 1).copy(), b=np.zeros((1, 1)))


def _differences(loss, at: Array) -> Array:
    """(L(x + h) − L(x − h)) / 2h for each number of `at`."""
    found = np.empty_like(at)
    for place in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[place] = H
        found[place] = (loss(at + step) - loss(at - step)) / (2 * H)
    return found
