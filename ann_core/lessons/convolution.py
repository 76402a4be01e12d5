"""The mathematics of the lesson "Convolution", all of it done by the engine's layers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data import BUNDLED
from ann_core.nn.layers import PLAIN, AveragePool2D, Conv2D, GlobalAveragePool, GlobalMaxPool, Layer, MaxPool2D
from ann_core.nn.layers.base import Views
from ann_core.nn.layers.convolution import gathered, places_along, windows

WHITE = 16.0
"""The brightest that a pixel of the digits can be; 0 is black."""
BY_HAND = {
    "upright": np.array([[-1.0, 0.0, 1.0]] * 3),
    "lying": np.array([[-1.0] * 3, [0.0] * 3, [1.0] * 3]),
    "all edges": np.array([[-1.0, -1.0, -1.0], [-1.0, 8.0, -1.0], [-1.0, -1.0, -1.0]]),
    "blur": np.full((3, 3), 1 / 9),
}
"""Filters that somebody thought of: for edges that stand upright, for lying ones, for both; and one that blurs."""


def digit(k: int, number: int = 0) -> Array:
    """A handwritten digit k as it was measured, whole numbers from 0 to WHITE: the first one, or a later. Returns (8, 8)"""
    data = BUNDLED["digits"].dataset()
    return data.X[np.flatnonzero(data.y == k)[number]].reshape(8, 8)


def weights_of(filters: Array) -> Array:
    """Filters (size, size, C, F) as the engine keeps them, (size²·C, F)."""
    return filters.reshape(-1, filters.shape[-1])


def convolved(picture: Array, filters: Array, b: Array, stride: int = 1, padding: str = "valid") -> Array:
    """Z of the engine's convolution. picture: (H, W, C)   filters: (size, size, C, F)   b: (F,)   Returns (H′, W′, F)"""
    layer = Conv2D(picture.shape, filters.shape[-1], len(filters), stride, padding)
    return layer.forward(Views(W=weights_of(filters), b=np.reshape(b, (1, -1))), picture[None], PLAIN)[0][0]


def seen(picture: Array, size: int, place: tuple[int, int], stride: int = 1, padding: str = "valid") -> Array:
    """The numbers under a filter at a place of its map, zeros outside of the picture. picture: (H, W, C) -> (size, size, C)"""
    height, width, channels = picture.shape
    (_, across), pixels, _ = windows(height, width, size, stride, padding)
    taps = pixels.reshape(-1, size * size)[place[0] * across + place[1]]
    return gathered(picture.reshape(height * width, channels), taps).reshape(size, size, channels)


def striped() -> Array:
    """A picture of three channels, red, green and blue, 6 × 6: a red bar that stands, a green one that lies, on dark blue."""
    picture = np.zeros((6, 6, 3))
    picture[..., 2], picture[:, 1:3, 0], picture[3:5, :, 1] = 3, 9, 9
    return picture


BY_COLOR = {
    "red minus green": np.stack([np.ones((3, 3)), -np.ones((3, 3)), np.zeros((3, 3))], -1),
    "all colours": np.ones((3, 3, 3)),
    "upright red edges": np.stack([BY_HAND["upright"], np.zeros((3, 3)), np.zeros((3, 3))], -1),
}
"""Filters (3, 3, 3) for a picture of three channels."""


def alike(first: Array, second: Array) -> float:
    """How alike two filters are, whatever their size and sign: the size of their correlation, 0 to 1."""
    return float(abs(np.corrcoef(first.ravel(), second.ravel())[0, 1]))


def nearest(weights: Array) -> tuple[str, float]:
    """The filter by hand that is most like these weights, and how alike they are. Blur has no shape to be alike."""
    found = {kind: alike(weights, by_hand) for kind, by_hand in BY_HAND.items() if kind != "blur"}
    kind = max(found, key=lambda one: found[one])
    return kind, found[kind]


# Sizes

def length_after(length: int, size: int, stride: int, padding: str) -> tuple[int, int, int]:
    """Places of a window along an axis, and the zeros before and behind it that it may touch."""
    count, before = places_along(length, size, stride, padding)
    return count, before, max((count - 1) * stride + size - length - before, 0)


POOLS: dict[str, type[Layer]] = {"max": MaxPool2D, "average": AveragePool2D, "global max": GlobalMaxPool,
                                 "global average": GlobalAveragePool}


def pooled(A: Array, kind: str, size: int = 2) -> Array:
    """A pool of the engine. A: (H, W, C). Returns (H′, W′, C), of a global pool (C,)"""
    pool: Any = POOLS[kind]
    layer = pool(A.shape) if kind.startswith("global") else pool(A.shape, size)
    return layer.forward(Views(), A[None], PLAIN)[0][0]


def parameters(side: int, filters: int, size: int) -> tuple[int, int]:
    """Parameters of a convolution ('same') over a picture of side × side, and of a dense layer with as many outputs."""
    layer = Conv2D((side, side, 1), filters, size)
    outputs = int(np.prod(layer.outputs))
    return layer.n_parameters, side * side * outputs + outputs


# What a unit sees

def sees(side: int, layers: Sequence[Layer], place: tuple[int, int]) -> NDArray[np.bool_]:
    """Which pixels reach a unit of the last layer, found by its derivative with all weights 1: (side, side) of bools."""
    A, caches = np.zeros((1, side, side, 1)), []
    p = [Views(**{name: np.ones(param.shape) if param.role == "weight" else np.zeros((1, *param.shape))
                  for name, param in layer.learns().items()}) for layer in layers]
    for layer, views in zip(layers, p, strict=True):
        A, cache = layer.forward(views, A, PLAIN)
        caches.append(cache)
    d = np.zeros_like(A)
    d[0, *place, 0] = 1
    for layer, views, cache in zip(reversed(layers), reversed(p), reversed(caches), strict=True):
        d = layer.backward(views, Views(**{name: np.empty_like(array) for name, array in views.items()}), d, cache)
    return d[0, ..., 0] != 0


def deep(side: int, depth: int, size: int = 3, pool: bool = False) -> list[Layer]:
    """So many convolutions 'same' of one filter, with average pools of 2 between them on request."""
    layers: list[Layer] = []
    shape: tuple[int, ...] = (side, side, 1)
    for number in range(depth):
        if pool and number:
            layers.append(AveragePool2D(shape))
            shape = layers[-1].outputs
        layers.append(Conv2D(shape, 1, size))
        shape = layers[-1].outputs
    return layers
