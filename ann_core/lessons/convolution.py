"""The mathematics of the lesson "Convolution", all of it done by the engine's layers."""

import numpy as np

from ann_core.base.arrays import Array
from ann_core.data import BUNDLED
from ann_core.nn.layers import PLAIN, Conv2D
from ann_core.nn.layers.base import Views
from ann_core.nn.layers.convolution import gathered, windows

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


def convolved(picture: Array, filters: Array, b: Array, stride: int = 1, padding: str = "valid") -> Array:
    """Z of the engine's convolution. picture: (H, W, C)   filters: (size, size, C, F)   b: (F,)   Returns (H′, W′, F)"""
    size, _, channels, count = filters.shape
    layer = Conv2D(picture.shape, count, size, stride, padding)
    p = Views(W=filters.reshape(size * size * channels, count), b=np.reshape(b, (1, count)))
    return layer.forward(p, picture[None], PLAIN)[0][0]


def seen(picture: Array, size: int, place: tuple[int, int], stride: int = 1, padding: str = "valid") -> Array:
    """The numbers under a filter at a place of its map, zeros outside of the picture. picture: (H, W, C) -> (size, size, C)"""
    height, width, channels = picture.shape
    (_, across), pixels, _ = windows(height, width, size, stride, padding)
    taps = pixels.reshape(-1, size * size)[place[0] * across + place[1]]
    return gathered(picture.reshape(height * width, channels), taps).reshape(size, size, channels)
