"""Answers written token by token: each is read from what the network says after the ones before it."""

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.nn.network import Network


def write(net: Network, theta: Array, X: Array, temperature: float = 0.0, seed: int = 0) -> NDArray[np.int64]:
    """The answers to questions, the first half of the steps of X; whatever stands in the second half is not looked at.

    theta: (P,)   X: (N, 2 · S, tokens)   temperature: 0 takes the likeliest token, else one is drawn by softmax(Z /
    temperature), from a stream of this seed   Returns (N, S): the tokens, numbered
    """
    given, rng = X.copy(), np.random.default_rng(seed)
    half = X.shape[1] // 2
    given[:, half:] = 0
    found = np.zeros((len(X), half), np.int64)
    p = net.parameters.rows(theta)
    for t in range(half):
        Z = net.forward(p, given)[0][:, half + t]
        if temperature:
            Z = Z / temperature + rng.gumbel(size=Z.shape)  # the largest of these is a draw by softmax
        found[:, t] = Z.argmax(-1)
        if t + 1 < half:
            given[np.arange(len(X)), half + t + 1, found[:, t]] = 1
    return found
