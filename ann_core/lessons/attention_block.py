"""One Transformer block as the computation it is: every value on its way, and the gradient of each."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.attention_kinds import TransformerConfig
from ann_core.nn.config import NetworkConfig
from ann_core.nn.layers import PLAIN, TransformerBlock
from ann_core.nn.layers.base import Views
from ann_core.nn.network import Network, build_network

T, D, INSIDE = 3, 4, 8
"""Tokens, numbers of each, and units of the feed-forward layer."""
SEED = 100
TOKENS = np.array([[1.0, 0.5, -0.5, 0.0], [0.0, -1.0, 1.5, 0.5], [-0.5, 1.0, 0.0, -1.0]])
"""The usual input. (T, D)"""
TARGET = np.array([0.0, 1.0, -1.0, 0.5])
"""What the last token is to become. (D,)"""
ATTENTION, FEED, NORM_1, NORM_2 = range(4)
"""Places of the block's parts."""


class Step(NamedTuple):
    """One step of the block. of: the value that it takes   part: of the block, None where two values are added
    past: the value that comes by the residual way"""

    key: str
    of: str
    part: int | None = None
    past: str = ""


STEPS: Mapping[str, tuple[Step, ...]] = {
    "before": (Step("n1", "x", NORM_1), Step("a", "n1", ATTENTION), Step("r", "a", past="x"),
               Step("n2", "r", NORM_2), Step("f", "n2", FEED), Step("out", "f", past="r")),
    "after": (Step("a", "x", ATTENTION), Step("s1", "a", past="x"), Step("r", "s1", NORM_1),
              Step("f", "r", FEED), Step("s2", "f", past="r"), Step("out", "s2", NORM_2))}
"""What `TransformerBlock.forward` does, value by value, with layer norm before or after each half.
x: what comes in   r: what the first half gives"""


@cache
def network(norm: str) -> Network:
    """One block with one head, and its first weights' places; the output behind it is not used."""
    block = TransformerConfig(heads=1, units=INSIDE, norm=norm)
    return build_network(NetworkConfig(layers=(block,)), (T, D), D, "regression")


class Passed(NamedTuple):
    """The block with its values and gradients, forward and back.

    values, gradients: (T, D) of each step's key and of x   through: of each sum, what comes back by the way that is not the
    residual one, (T, D)   caches: of each part   weights, weight_gradients: of each part, arrays by name
    """

    loss: float
    values: Mapping[str, Array]
    gradients: Mapping[str, Array]
    through: Mapping[str, Array]
    caches: Mapping[int, Any]
    weights: tuple[Views, ...]
    weight_gradients: tuple[Views, ...]


def forward(norm: str, X: Array, instead: Mapping[str, Array] = {}) -> tuple[dict[str, Array], dict[int, Any]]:
    """Every value, and the cache of every part. instead: values that are set whatever comes before them"""
    net = network(norm)
    block, p = _block(net), net.parameters.rows(net.initial(SEED))[0]
    values, caches = {"x": X}, {}
    for step in STEPS[norm]:
        A = values[step.of]
        if step.part is None:
            out = values[step.past] + A
        else:
            rows, caches[step.part] = block.parts[step.part][1].forward(p.parts[step.part], A[None], PLAIN)
            out = rows[0]
        values[step.key] = instead.get(step.key, out)
    return values, caches


def loss(out: Array) -> float:
    """L = ½ Σ (out − y)² of the last token alone, as where the next token is asked for. out: (T, D)"""
    return float(np.square(out[-1] - TARGET).sum() / 2)


def passed(norm: str, X: Array = TOKENS) -> Passed:
    """Forward, and the gradient of every value: where two ways lead on from one, both gradients add up."""
    net = network(norm)
    theta = net.initial(SEED)
    block, p, g = _block(net), net.parameters.rows(theta)[0], net.parameters.rows(np.zeros_like(theta))[0]
    values, caches = forward(norm, X)
    gradients = {key: np.zeros_like(X) for key in values}
    through = {}
    gradients["out"][-1] = values["out"][-1] - TARGET
    for step in reversed(STEPS[norm]):
        d = gradients[step.key]
        if step.part is None:
            gradients[step.past] = gradients[step.past] + d
        else:
            d = block.parts[step.part][1].backward(p.parts[step.part], g.parts[step.part], d[None], caches[step.part])[0]
        through[step.of] = d
        gradients[step.of] = gradients[step.of] + d
    return Passed(loss(values["out"]), values, gradients, through, caches, p.parts, g.parts)


def difference(norm: str, X: Array, key: str, place: tuple[int, int], h: float = 1e-4) -> float:
    """(L(value + h) − L(value − h)) / 2h of one number of a value, with all behind it worked out anew."""
    at = forward(norm, X)[0][key]
    losses = []
    for way in (h, -h):
        moved = at.copy()
        moved[place] += way
        losses.append(loss(forward(norm, moved if key == "x" else X, {key: moved})[0]["out"]))
    return (losses[0] - losses[1]) / (2 * h)


def _block(net: Network) -> TransformerBlock:
    block = net.layers[0]
    assert isinstance(block, TransformerBlock)
    return block
