"""Convolution of pictures. LeCun et al., 1989."""

from collections.abc import Mapping
from functools import lru_cache
from math import prod

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.nn.layers.base import Flow, Layer, Param, Pass, Shape, Views, weight
from ann_core.nn.layers.dense import give_product

Table = NDArray[np.intp]

ROOM = 1_000_000
"""So many numbers are laid out at once on the way back; of large batches some rows after the others."""


def places_along(length: int, size: int, stride: int, padding: str) -> tuple[int, int]:
    """How many places a window has along an axis, and how many zeros lie before the first number.

    'same': ⌈length / stride⌉ places, zeros on both sides, one more behind when they are odd; 'valid': inside only.
    """
    if padding == "valid":
        return (length - size) // stride + 1, 0
    count = -(-length // stride)
    return count, max((count - 1) * stride + size - length, 0) // 2


@lru_cache(maxsize=256)
def windows(height: int, width: int, size: int, stride: int, padding: str) -> tuple[Shape, Table, Table]:
    """What a window sees and where a pixel is seen.

    Returns (H′, W′); pixels (H′·W′, size²): the pixel under each of a place's taps, height·width where there is none;
    places (height·width, size²): the place that sees a pixel with that tap, H′·W′ where none does.
    """
    (down, top), (across, left) = (places_along(length, size, stride, padding) for length in (height, width))
    framed = np.full((top + height + size, left + width + size), height * width)
    framed[top:top + height, left:left + width] = np.arange(height * width).reshape(height, width)
    y, x, tap = stride * np.arange(down), stride * np.arange(across), np.arange(size)
    pixels = framed[(y[:, None] + tap)[:, None, :, None], (x[:, None] + tap)[None, :, None, :]]
    pixels = pixels.reshape(down * across, size * size)
    places = np.full((height * width + 1, size * size), down * across)
    for t in range(size * size):  # a pixel is under one tap at one place at most
        places[pixels[:, t], t] = np.arange(down * across)
    tables = pixels.ravel(), places[:-1].ravel()
    for table in tables:
        table.flags.writeable = False
    return (down, across), *tables


def gathered(A: Array, table: Table) -> Array:
    """Rows of A by number, one number behind the last stands for zeros. A: (..., n, C). Returns (..., len(table), C)"""
    padded = np.empty((*A.shape[:-2], A.shape[-2] + 1, A.shape[-1]), A.dtype)
    padded[..., :-1, :], padded[..., -1, :] = A, 0
    return padded.take(table, -2)


class Conv2D(Layer):
    """Z[y, x] = Σ A[window at y, x] W + b: the same weights at every place, zeros around the picture.

    A: (..., N, H, W, C)   W: (size²·C, filters), its rows in order of kernel row, kernel column, channel   b: (filters,)
    Z: (..., N, H′, W′, filters)
    """

    def __init__(self, shape: Shape, filters: int, size: int = 3, stride: int = 1, padding: str = "same"):
        height, width, self.channels = shape
        self.size, self.filters, self.stride, self.padding = size, filters, stride, padding
        (down, across), self._pixels, self._places = windows(height, width, size, stride, padding)
        self.inputs, self.outputs = shape, (down, across, filters)

    def outside(self, place: int) -> int:
        """How many taps lie beyond the picture at a place, y · W′ + x."""
        taps = self.size * self.size
        return int((self._pixels[place * taps:(place + 1) * taps] == self.inputs[0] * self.inputs[1]).sum())

    def learns(self) -> Mapping[str, Param]:
        taps = self.size * self.size
        fans = taps * self.channels, taps * self.filters
        return {"W": weight(taps * self.channels, self.filters, fans), "b": Param((self.filters,), "bias")}

    def work(self) -> int:
        return super().work() * self.outputs[0] * self.outputs[1]

    def holds(self) -> int:
        down, across, filters = self.outputs
        return down * across * (filters + self.size * self.size * self.channels)

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, Array]:
        height, width, C = self.inputs
        lead = A.shape[:-3]
        seen = gathered(A.reshape(*lead, height * width, C), self._pixels).reshape(*lead[:-1], -1, self.size * self.size * C)
        Z = seen @ p["W"]
        Z += p["b"]
        return Z.reshape(*Z.shape[:-2], lead[-1], *self.outputs), seen

    def backward(self, p: Views, g: Views, dZ: Array, seen: Array, inner: bool = True, flow: Flow | None = None) -> Array:
        lead, F, C = dZ.shape[:-3], self.filters, self.channels
        give_product(g, seen, dZ.reshape(*lead[:-1], -1, F))
        if not inner:
            return dZ
        W, taps = p["W"], self.size * self.size
        turned = W.reshape(*W.shape[:-2], taps, C, F).swapaxes(-1, -2).reshape(*W.shape[:-2], taps * F, C)
        rows = max(1, ROOM * lead[-1] // (prod(lead) * len(self._places) * F))
        if rows >= lead[-1]:
            return self._back(dZ, turned)
        return np.concatenate([self._back(dZ[..., i:i + rows, :, :, :], turned) for i in range(0, lead[-1], rows)], -4)

    def _back(self, dZ: Array, turned: Array) -> Array:
        """dA of these rows: every pixel gathers what the places that see it got. turned: (size²·filters, C)"""
        lead = dZ.shape[:-3]
        by_pixel = gathered(dZ.reshape(*lead, -1, self.filters), self._places).reshape(*lead[:-1], -1, turned.shape[-2])
        return (by_pixel @ turned).reshape(*lead, *self.inputs)
