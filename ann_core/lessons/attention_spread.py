"""Why scores are divided by √d: what becomes of the softmax, and of its gradient, when queries and keys have more numbers."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.nn.layers.attention import softmax_rows
from ann_core.nn.layers.base import Views
from ann_core.nn.layers.scores import SCORES

SIZES = tuple(2**power for power in range(9))
"""Numbers d of a query and of a key: 1 to 256."""
QUERIES, KEYS = 400, 8
STREAM = 317  # random streams are default_rng([seed, purpose]); see ann_core.data.MADE_STREAM


class Spread(NamedTuple):
    """QUERIES looks at KEYS keys each.   scores, weights: (QUERIES, KEYS)"""

    scores: Array
    weights: Array

    @property
    def deviation(self) -> float:
        """The standard deviation of all scores."""
        return float(self.scores.std())

    @property
    def largest(self) -> float:
        """The largest weight of a look, on average."""
        return float(self.weights.max(-1).mean())

    @property
    def slopes(self) -> Array:
        """Σ p (1 − p) of each look: the diagonal of ∂p/∂s summed up, 0 where one weight is 1. (QUERIES,)"""
        return np.asarray((self.weights * (1 - self.weights)).sum(-1))

    @property
    def slope(self) -> float:
        """The same on average."""
        return float(self.slopes.mean())


def spread(d: int, root: bool, seed: int = 0) -> Spread:
    """Scores q · k, divided by √d or not, of random vectors with mean 0 and variance 1, and their softmax.

    A larger d keeps the numbers of a smaller one and adds others, so that a look can be followed.
    """
    queries, keys = _drawn(seed)
    S = SCORES["dot"].forward(Views(), queries[..., :d], keys[..., :d])[0][:, 0]
    S = S / np.sqrt(d) if root else S
    return Spread(S, softmax_rows(S))


@lru_cache(maxsize=2)
def _drawn(seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Queries (QUERIES, 1, most) and keys (QUERIES, KEYS, most)."""
    found = np.random.default_rng([seed, STREAM]).standard_normal((QUERIES, 1 + KEYS, SIZES[-1]))
    found.flags.writeable = False
    return found[:, :1], found[:, 1:]
