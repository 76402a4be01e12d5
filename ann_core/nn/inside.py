"""What stands inside a layer that weighs, adds and bends: every number between its inputs and what it hands on."""

from dataclasses import dataclass
from typing import Any

from ann_core.base.arrays import Array
from ann_core.nn.layers import PLAIN, Layer, Pass
from ann_core.nn.layers.base import Views
from ann_core.nn.layers.block import Block
from ann_core.nn.layers.dense import Dense
from ann_core.nn.layers.dropout import Dropout
from ann_core.nn.network import Network
from ann_core.nn.parameters import Rows


@dataclass(frozen=True)
class Inside:
    """One layer in a pass. All (..., N, n)

    sums: z = A W + b   bent: what the activation gets, the sums again or, with batch norm, what it makes of them
    acted: φ of that   kept: what dropout makes of it, 0 or 1/(1 − rate) times as much, if it is at work
    outputs: what the next layer gets, with what a skip connection adds
    """

    sums: Array
    bent: Array
    acted: Array
    outputs: Array
    kept: Array | None = None


def weighing(layer: Layer) -> Layer:
    """The part of a layer that has the weights: the layer itself, or what stands first in a block."""
    return layer.parts[0][1] if isinstance(layer, Block) else layer


def weighs_rows(net: Network) -> bool:
    """Whether every layer weighs all numbers of a row, so that a unit's sum can be written down term by term."""
    return all(isinstance(part, Dense) and len(part.inputs) == 1 for part in map(weighing, net.layers))


def inside_layer(layer: Layer, p: Views, A: Array, cache: Any, out: Array) -> Inside:
    """A hidden layer whose weights stand in a block. A, cache, out: what came, what the pass left, what it gave"""
    bend, = layer.bends(cache)
    kept = cache[-1] if isinstance(layer.parts[-1][1], Dropout) else None
    sums, _ = weighing(layer).forward(p.parts[0], A, PLAIN)
    return Inside(sums, bend.Z, bend.A, out, kept)


def inside(net: Network, p: Rows, X: Array, at: Pass = PLAIN) -> tuple[list[Inside], Array, list[Any]]:
    """Every layer of a network that `weighs_rows`, input side first; the last sums Z and the caches, for the way back."""
    Z, caches, outputs = net.forward(p, X, at)
    came = [X, *outputs]
    found = [inside_layer(*one) for one in zip(net.layers[:-1], p, came, caches, outputs, strict=False)]
    answer = net.head.activate(Z)
    return [*found, Inside(Z, Z, answer, answer)], Z, caches
