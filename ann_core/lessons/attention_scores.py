"""Three ways to score a state against a query, by numbers that can be followed. The scores themselves are the engine's."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers.attention import softmax_rows
from ann_core.nn.layers.base import Views
from ann_core.nn.layers.scores import SCORES

STATES = np.array([[0.5, 0.0], [1.5, 0.0], [2.5, 0.0], [0.0, 2.0]])
"""Three on a straight line, the second one in the middle, and one that has nothing in common with them."""
PARAMETERS: Mapping[str, Mapping[str, Array]] = {
    "dot": {}, "general": {"Wa": np.array([[0.0, 1.0], [1.0, 0.0]])},
    "additive": {"Wh": np.array([[-1.0, -3.0], [0.0, 0.0]]), "We": np.array([[2.0, 2.0], [0.0, 0.0]]),
                 "v": np.array([[2.0], [-2.0]])}}
"""The general one asks for the other number. The additive one asks for a first number between a half of the query's and one and
a half times as much: 2e₁ − q₁ is above 0 there, 2e₁ − 3q₁ below."""
STREAM = 316  # random streams are default_rng([seed, purpose]); see ann_core.data.MADE_STREAM


class Scored(NamedTuple):
    """One query and S states.   scores, weights: (S,)"""

    scores: Array
    weights: Array


def score(kind: str, query: Array, states: Array = STATES) -> Scored:
    """s_i = score(q, e_i);   p = softmax(s).   kind: of SCORES   query: (2,)   states: (S, 2)"""
    S = _scores(kind, PARAMETERS[kind], query, states)
    return Scored(S, softmax_rows(S))


def in_the_middle(kind: str, draws: int = 200) -> bool:
    """Whether a state halfway between two others can have more than both, among parameters and queries drawn by chance."""
    rng = np.random.default_rng([draws, STREAM])
    shapes = {name: array.shape for name, array in PARAMETERS[kind].items()}
    for _ in range(draws):
        drawn = {name: 2 * rng.standard_normal(shape) for name, shape in shapes.items()}
        first, middle, last = _scores(kind, drawn, 2 * rng.standard_normal(2), STATES[:3])
        if middle > max(first, last) + 1e-9:
            return True
    return False


def _scores(kind: str, parameters: Mapping[str, Array], query: Array, states: Array) -> Array:
    found, _ = SCORES[kind].forward(Views(**parameters), query[None, None], states[None])
    return found[0, 0]
