"""Heads: one set of matrices as one look and as two; and what the heads of a trained Transformer look at."""

from typing import NamedTuple

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers import PLAIN, SelfAttention
from ann_core.nn.layers.base import Views

PLACES, NUMBERS, SHARP = 3, 4, 8.0
"""A token says: I stand first, I stand last, my number, and 1. SHARP: how strongly the 1 asks for a place"""
BETWEEN = 5
"""The number of the place in the middle."""


class Looks(NamedTuple):
    """Heads side by side. weights: (heads, PLACES) of one place, which are those of all   taken: (heads, NUMBERS / heads)"""

    weights: Array
    taken: Array


def look(numbers: Array, heads: int) -> Looks:
    """The engine's self-attention over three tokens with these numbers. The matrices are the same for one head and for two.

    Query [c 0 c 0], key [first 0 last 0], value [number 0 number 0]: as one head a score for the first place and the last one
    alike, cut in two a score for the first place in one head and for the last one in the other. numbers: (PLACES,)
    """
    X = np.array([[place == 0, place == PLACES - 1, number, 1.0] for place, number in enumerate(numbers)], float)
    Wq, Wk, Wv = np.zeros((3, NUMBERS, NUMBERS))
    Wq[3, [0, 2]] = SHARP
    Wk[0, 0] = Wk[1, 2] = 1.0
    Wv[2, [0, 2]] = 1.0
    layer = SelfAttention(X.shape, heads)
    p = Views(Wqkv=np.concatenate([Wq, Wk, Wv], 1), bqkv=np.zeros(3 * NUMBERS), Wo=np.eye(NUMBERS), bo=np.zeros(NUMBERS))
    out, kept = layer.forward(p, X[None], PLAIN)
    return Looks(kept.P[0, :, 0], out[0, 0].reshape(heads, -1))


def learned_numbers(width: int, heads: int) -> int:
    """Parameters of a self-attention over vectors of so many numbers."""
    return sum(param.size for param in SelfAttention((PLACES, width), heads).learns().values())
