"""What a network that works on pictures makes of them: feature maps, answers, and which pixels an answer hangs on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.film.drawing import to_bytes
from ann_core.nn.kinds import LAYERS
from ann_core.nn.layers.convolution import Conv2D
from ann_core.nn.network import Network
from ann_core.run.setup import Setup

MOST_CHANNELS = 16
"""Maps or filters drawn of one layer; the others are counted in words."""
ROUND = np.array([1, 1.5, 2, 3, 5, 7, 10])


@dataclass(frozen=True)
class Seen:
    """What a network makes of K pictures at F moments.

    maps: outputs of its layers that are pictures (F, K, H′, W′, C′)   answers: (F, K, classes) shares
    saliency: (F, K, H, W) ∂z/∂x of the answered class, z its sum before softmax; over several channels their sum
    (Simonyan et al., 2014, keep its size only)
    """

    maps: list[Array]
    answers: Array
    saliency: Array


def looks(net: Network, theta: Array, statistics: Array, X: Array) -> Seen:
    """The passes forward and back. theta: (F, P)   statistics: (F, Q)   X: (K, *inputs) of the network, pictures or
    rows of their pixels; of rows the saliency is (F, K, pixels)."""
    single = np.float32  # bytes come out of it: single precision is twice as fast
    seen = _looks(net, theta.astype(single), statistics.astype(single), X.astype(single))
    return seen if np.isfinite(seen.answers).all() else _looks(net, theta, statistics, X)


def _looks(net: Network, theta: Array, statistics: Array, X: Array) -> Seen:
    F, (K, *_) = len(theta), X.shape
    p, g = net.parameters.rows(theta), net.parameters.rows(np.empty_like(theta))
    Z, caches, hidden = net.forward(p, X, net.evaluation(statistics))
    answers = net.head.score(Z)
    if answers.shape[-1] == 1:
        answers = np.concatenate([1 - answers, answers], -1)
    top = answers.argmax(-1)[..., None]
    dZ = (top == np.arange(Z.shape[-1])).astype(Z.dtype) if Z.shape[-1] > 1 else np.where(top == 1, 1, -1).astype(Z.dtype)
    dX = net.backward(p, g, dZ, caches, inner=True)
    by_pixel = dX.sum(-1) if X.ndim > 2 else dX
    maps = [np.broadcast_to(hidden[i], (F, K, *hidden[i].shape[-3:])) for i in picture_layers(net)]
    return Seen(maps, answers, np.broadcast_to(by_pixel, (F, *by_pixel.shape[-X.ndim + (X.ndim > 2):])))


def picture_layers(net: Network) -> list[int]:
    """Numbers of the layers whose output is a picture."""
    return [i for i, layer in enumerate(net.layers[:-1]) if len(layer.outputs) == 3]


def convolutions(net: Network) -> dict[int, Conv2D]:
    """The convolutions among its layers, by number."""
    return {i: part for i, layer in enumerate(net.layers) for part in layer.walk() if isinstance(part, Conv2D)}


def called(net: Network, i: int) -> str:
    """Layer i by number and kind: 'layer 1, convolution'."""
    return f"{net.name(i)}, {LAYERS[net.config.layers[i].kind].label}"


def reach(parts: Sequence[Array]) -> Array:
    """At each moment a round number that all numbers stay within; of zeros 1. It moves seldom while a network learns.

    parts: (F, …) each   Returns (F,)
    """
    largest = np.max([np.abs(part.reshape(len(part), -1)).max(-1) for part in parts], axis=0).astype(float)
    usable = np.where(np.isfinite(largest) & (largest > 0), largest, 1.0)
    decade = 10.0 ** np.floor(np.log10(usable))
    return np.asarray(ROUND[np.searchsorted(ROUND[:-1], usable / decade)] * decade)


def signed_bytes(values: Array, scale: Array) -> NDArray[np.uint8]:
    """Bytes with 0 at 128, ±scale at 1 and 255. scale: the first axes of values"""
    return to_bytes(128 + values * (127 / scale.reshape(*scale.shape, *(1,) * (values.ndim - scale.ndim))))


def gray(setup: Setup, X: NDArray) -> NDArray:
    """Pictures as they were before scaling, 0 … 1 from the darkest to the lightest that training rows have; of several channels
    their mean. X: (K, H, W, C) inputs of the network. Returns (K, H, W)"""
    known, asked = (setup.data.scaler.raw(inputs.reshape(len(inputs), -1)) for inputs in (setup.data.X_train, X))
    low, high = known.min(), known.max()
    return np.clip((asked - low) / (high - low or 1.0), 0, 1).reshape(X.shape).mean(-1)
