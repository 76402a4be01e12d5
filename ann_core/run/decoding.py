"""Answers written token by token: each is read from what the network says after the ones before it."""

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.nn.network import Network


def write(net: Network, theta: Array, X: Array, temperature: float = 0.0, seed: int = 0) -> NDArray[np.int64]:
    """The answers to questions, the first half of the steps of X; whatever stands in the second half is not looked at.

    theta: (..., P)   X: (N, 2 · S, tokens)   temperature: 0 takes the likeliest token, else one is drawn by softmax(Z /
    temperature), from a stream of this seed   Returns (..., N, S): the tokens, numbered
    """
    half, rng = X.shape[1] // 2, np.random.default_rng(seed)
    given = np.broadcast_to(X, (*theta.shape[:-1], *X.shape)).copy()
    given[..., half:, :] = 0
    found = np.zeros((*given.shape[:-2], half), np.int64)
    p = net.parameters.rows(theta)
    for t in range(half):
        Z = net.forward(p, given)[0][..., half + t, :]
        if temperature:
            Z = Z / temperature + rng.gumbel(size=Z.shape)  # the largest of these is a draw by softmax
        found[..., t] = Z.argmax(-1)
        if t + 1 < half:
            np.put_along_axis(given[..., half + t + 1, :], found[..., t, None], 1.0, -1)
    return found


def given(X: Array, tokens: NDArray[np.int64]) -> Array:
    """Questions with these answers as what is written from. X: (N, 2 · S, n)   tokens: (..., N, S)

    Returns (..., N, 2 · S, n)
    """
    half = X.shape[1] // 2
    found = np.broadcast_to(X, (*tokens.shape[:-2], *X.shape)).copy()
    found[..., half:, :] = 0
    np.put_along_axis(found[..., half + 1:, :], tokens[..., :-1, None], 1.0, -1)
    return found
