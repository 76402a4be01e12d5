"""Looking back by hand: scores, weights, and a weighted sum; and one self-attention with its three views of a vector."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.nn.layers import PLAIN, SelfAttention
from ann_core.nn.layers.attention import softmax_rows
from ann_core.nn.layers.base import Views
from ann_core.nn.layers.scores import SCORES

QUESTION = np.array([[2.0, 0.0], [0.0, 2.0], [2.0, 2.0]])
"""The encoder's states after three tokens."""
TOKENS = ("the", "blue", "sky")
X = np.array([[0.5, 0.0], [2.0, 0.0], [0.0, 2.0]])
"""How much each of TOKENS describes, and how much it names a thing."""
_THINGS_ASK, _DESCRIPTIONS_ASK = np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([[0.0, 1.0], [0.0, 0.0]])
_AS_DESCRIPTIONS, _AS_THINGS = np.diag([1.0, 0.0]), np.diag([0.0, 1.0])
ASKS = {"things ask for descriptions": (_THINGS_ASK, _AS_DESCRIPTIONS),
        "descriptions ask for things": (_DESCRIPTIONS_ASK, _AS_THINGS), "each asks for its like": (np.eye(2), np.eye(2)),
        "one matrix for both": (_THINGS_ASK, _THINGS_ASK)}
"""W_Q and W_K, by what they do."""


class Look(NamedTuple):
    """States that look back at others. scores, weights: (T, S), row t: of state t   taken: (T, n) what it takes in"""

    scores: Array
    weights: Array
    taken: Array


def look_back(asking: Array, asked: Array = QUESTION) -> Look:
    """s_ts = h_t · e_s;   p_t = softmax(s_t);   c_t = Σ p_ts e_s.   asking: (T, n)   asked: (S, n)"""
    scores = SCORES["dot"].forward(Views(), asking[None], asked[None])[0][0]
    weights = softmax_rows(scores)
    return Look(scores, weights, weights @ asked)


class Seen(NamedTuple):
    """Three tokens that look at each other. query, key, value, out: (3, 2)   weights: (3, 3), row t: of token t"""

    query: NDArray[np.float64]
    key: NDArray[np.float64]
    value: NDArray[np.float64]
    weights: NDArray[np.float64]
    out: NDArray[np.float64]

    @property
    def scores(self) -> Array:
        """q · k / √2. (3, 3)"""
        return self.query @ self.key.T / np.sqrt(2)


def see(asks: tuple[Array, Array], values: float, tokens: Array = X) -> Seen:
    """One head of the engine's self-attention. asks: W_Q and W_K, (2, 2)   values: W_V is so many times the identity

    Nothing follows the weighted sum.
    """
    layer, one = SelfAttention(tokens.shape), np.eye(2)
    p = Views(Wqkv=np.concatenate([*asks, values * one], 1), bqkv=np.zeros(6), Wo=one, bo=np.zeros(2))
    out, kept = layer.forward(p, tokens[None], PLAIN)
    Q, K, V, P = (part[0, 0] for part in (kept.Q, kept.K, kept.V, kept.P))
    return Seen(Q, K, V, P, out[0])
