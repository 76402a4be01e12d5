"""Blocks one behind the other, before learning: what reaches each of them with and without residual and layer norm."""

from typing import NamedTuple

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.attention_kinds import TransformerConfig
from ann_core.nn.config import NetworkConfig
from ann_core.nn.layers.base import Flow
from ann_core.nn.network import Network, build_network

T, D, HEADS, INSIDE, ROWS = 8, 16, 2, 64, 16
"""Tokens, numbers of each, heads, units of the feed-forward layers, sequences."""
SEEDS = range(100, 120)
DEPTH = 311
"""Purpose of the random stream of tokens and of what comes back from behind."""
NORMS = ("before", "after", "none")


class Reach(NamedTuple):
    """Of each seed's network and each of its blocks, (seeds, blocks); the middle of the seeds is what is shown.

    stream: ‖∂L/∂h‖ behind the block, as multiples of the last block's
    looks: RMS of ∂L/∂W of its queries and keys, as multiples of the first block's
    apart: how unlike the tokens still are, ‖h_t − their mean‖/‖h_t‖
    """

    stream: Array
    looks: Array
    apart: Array


def stacked(blocks: int, residual: bool, norm: str) -> Network:
    """So many blocks with Glorot weights; the output behind them is not used."""
    block = TransformerConfig(heads=HEADS, units=INSIDE, norm=norm, residual=residual)
    return build_network(NetworkConfig(layers=(block,) * blocks, initializer="glorot_normal"), (T, D), D, "regression")


def reach(blocks: int, residual: bool, norm: str) -> Reach:
    """All seeds in one pass, forward and back: normal tokens go in, a normal ∂L/∂out comes back."""
    net = stacked(blocks, residual, norm)
    drawn = np.stack([np.random.default_rng([seed, DEPTH]).standard_normal((2, ROWS, T, D)) for seed in SEEDS])
    theta, flow = np.stack([net.initial(seed) for seed in SEEDS]), Flow()
    grad = np.empty_like(theta)
    with np.errstate(all="ignore"):
        p = net.parameters.rows(theta)
        _, caches, outputs = net.forward(p, drawn[:, 0])
        net.backward(p, net.parameters.rows(grad), drawn[:, 1], caches, flow)
    sizes = np.stack([np.sqrt(np.square(dA).sum((-3, -2, -1))) for dA, _ in flow[:-1]], -1)
    views = net.parameters.view(grad)
    asked = np.stack([np.sqrt(np.square(views[f"layers.{k}.attention.Wqkv"][..., :2 * D]).mean((-2, -1)))
                      for k in range(blocks)], -1)
    h = np.stack(outputs, -4)
    centred = h - h.mean(-2, keepdims=True)
    apart = np.sqrt(np.square(centred).sum((-3, -2, -1)) / np.square(h).sum((-3, -2, -1)))
    return Reach(sizes / sizes[:, -1:], asked / asked[:, :1], apart)
