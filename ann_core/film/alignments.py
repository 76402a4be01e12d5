"""Where a network looks: the weights of all its attention, for pictures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data import SEQUENCES
from ann_core.data.made.answers import Answered
from ann_core.data.made.names import Names
from ann_core.nn.activations import softmax
from ann_core.nn.layers import EncoderDecoder, Layer, SelfAttention, TransformerBlock
from ann_core.nn.network import Network
from ann_core.run.decoding import given, write
from ann_core.run.setup import Setup

LOOKING = (SelfAttention, TransformerBlock, EncoderDecoder)


@dataclass(frozen=True)
class Glance:
    """Where one head looks. P: (..., K, T, S), row t: the weights of its look   writes: whether its rows are steps of the
    answer and its columns steps of the question only   layer, head: which one"""

    name: str
    P: Array
    writes: bool = False
    layer: int = 0
    head: int = 0


def looking(net: Network) -> list[tuple[int, Layer]]:
    """The layers that look elsewhere, by number."""
    return [(i, layer) for i, layer in enumerate(net.layers) if isinstance(layer, LOOKING)]


def asks_freely(setup: Setup) -> bool:
    """Whether a question is answered token by token, each given the ones before."""
    return isinstance(SEQUENCES.get(setup.config.data.source), Answered)


def foretells(setup: Setup) -> bool:
    """Whether the next token is asked for, of which many are possible."""
    return isinstance(SEQUENCES.get(setup.config.data.source), Names)


def answered(net: Network, theta: Array, X: Array, freely: bool) -> tuple[NDArray[np.int64], Array, list[Glance]]:
    """What a network says to K questions, how sure it is, and where it looks meanwhile.

    theta: (..., P)   X: (K, *inputs)   freely: it is given its own answers   Returns tokens (..., K, T), the probabilities of
    all tokens at these steps (..., K, T, tokens), and every head
    """
    half = X.shape[1] // 2 if freely else 0
    inputs = given(X, write(net, theta, X)) if freely else X
    Z, caches, _ = net.forward(net.parameters.rows(theta), inputs)
    shares = softmax(Z[..., half:, :])
    found = []
    for i, layer in looking(net):
        if isinstance(layer, EncoderDecoder):
            if (P := caches[i].P) is not None:
                found.append(Glance(net.name(i), np.broadcast_to(P, (*theta.shape[:-1], *P.shape[-3:])), True, i))
            continue
        P = (layer.attended(caches[i]) if isinstance(layer, TransformerBlock) else caches[i]).P
        heads = P.shape[-3]
        for head in range(heads):
            name = net.name(i) + (f", head {head + 1}" if heads > 1 else "")
            shape = (*theta.shape[:-1], len(X), *P.shape[-2:])
            found.append(Glance(name, np.broadcast_to(P[..., head, :, :], shape), False, i, head))
    return shares.argmax(-1), shares, found
