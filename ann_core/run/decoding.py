"""Answers written token by token: each is read from what the network says after the ones before it."""

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.nn.network import Network


def write(net: Network, theta: Array, X: Array, temperature: float = 0.0, seed: int = 0, first: int | None = None,
          ) -> NDArray[np.int64]:
    """What a network writes, token by token, from step `first` on; else from the middle on, as answers to questions. What X has
    at later steps is not looked at.

    theta: (..., P)   X: (N, T, tokens)   temperature: 0 takes the likeliest token, else one is drawn by softmax(Z /
    temperature), from a stream of this seed   Returns (..., N, T − first): the tokens, numbered
    """
    begin, rng = X.shape[1] // 2 if first is None else first, np.random.default_rng(seed)
    given = np.broadcast_to(X, (*theta.shape[:-1], *X.shape)).copy()
    given[..., begin if first is None else begin + 1:, :] = 0  # at the first step of an answer nothing is given
    found = np.zeros((*given.shape[:-2], X.shape[1] - begin), np.int64)
    p = net.parameters.rows(theta)
    for t in range(found.shape[-1]):
        Z = net.forward(p, given)[0][..., begin + t, :]
        if temperature:
            Z = Z / temperature + rng.gumbel(size=Z.shape)  # the largest of these is a draw by softmax
        found[..., t] = Z.argmax(-1)
        if t + 1 < found.shape[-1]:
            np.put_along_axis(given[..., begin + t + 1, :], found[..., t, None], 1.0, -1)
    return found


def given(X: Array, tokens: NDArray[np.int64]) -> Array:
    """X with what was written as what is written from. X: (N, T, n)   tokens: (..., N, S), at its last S steps

    Returns (..., N, T, n)
    """
    begin = X.shape[1] - tokens.shape[-1]
    found = np.broadcast_to(X, (*tokens.shape[:-2], *X.shape)).copy()
    found[..., begin + 1:, :] = 0
    np.put_along_axis(found[..., begin + 1:, :], tokens[..., :-1, None], 1.0, -1)
    return found
