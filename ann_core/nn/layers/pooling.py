"""Pooling: a picture made smaller, or one number a channel; and pictures laid out as rows of numbers."""

from collections.abc import Iterator

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers.base import Flow, Layer, Pass, Shape, Views


class Pool2D(Layer):
    """One number for each window and channel; what does not fill a window at the right and below is left out.

    A: (..., N, H, W, C) -> (..., N, H′, W′, C), H′ = ⌊(H − size)/stride⌋ + 1
    """

    def __init__(self, shape: Shape, size: int = 2, stride: int | None = None):
        self.size, self.stride = size, stride or size
        self.inputs = shape
        self.outputs = (*((length - size) // self.stride + 1 for length in shape[:2]), shape[2])

    def work(self) -> int:
        return self.size**2 * int(np.prod(self.outputs))

    def _taps(self, A: Array) -> Iterator[Array]:
        """Views on what each place of the window sees, row by row: (..., N, H′, W′, C)"""
        down, across = (self.stride * (places - 1) + 1 for places in self.outputs[:2])
        for i in range(self.size):
            for j in range(self.size):
                yield A[..., i:i + down:self.stride, j:j + across:self.stride, :]


class MaxPool2D(Pool2D):
    """The largest number of each window; the gradient goes to it, of several equal ones to the first."""

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, tuple[Array, Array]]:
        taps = self._taps(A)
        out = next(taps).copy()
        for tap in taps:
            np.maximum(out, tap, out=out)
        return out, (A, out)

    def backward(self, p: Views, g: Views, dOut: Array, cache: tuple[Array, Array], inner: bool = True,
                 flow: Flow | None = None) -> Array:
        A, out = cache
        dA = np.zeros(np.broadcast_shapes(A.shape[:-3], dOut.shape[:-3]) + A.shape[-3:], dOut.dtype)
        free = np.ones(out.shape, dtype=bool)  # windows whose largest number has not been found yet
        for place, tap in zip(self._taps(dA), self._taps(A), strict=True):
            hit = tap == out
            hit &= free
            free ^= hit
            if self.stride < self.size:
                place += dOut * hit
            else:  # no pixel is in two windows
                np.multiply(dOut, hit, out=place)
        return dA


class AveragePool2D(Pool2D):
    """The mean of each window."""

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, None]:
        taps = self._taps(A)
        out = next(taps).copy()
        for tap in taps:
            out += tap
        out *= 1 / self.size**2
        return out, None

    def backward(self, p: Views, g: Views, dOut: Array, cache: None, inner: bool = True, flow: Flow | None = None) -> Array:
        dA, each = np.zeros((*dOut.shape[:-3], *self.inputs), dOut.dtype), dOut * (1 / self.size**2)
        for place in self._taps(dA):
            place += each
        return dA


class GlobalPool(Layer):
    """One number a channel: (..., N, H, W, C) -> (..., N, C)."""

    def __init__(self, shape: Shape):
        self.inputs, self.outputs = shape, shape[-1:]

    def work(self) -> int:
        return int(np.prod(self.inputs))

    def _flat(self, A: Array) -> Array:
        """(..., N, H·W, C)"""
        height, width, channels = self.inputs
        return A.reshape(*A.shape[:-3], height * width, channels)


class GlobalMaxPool(GlobalPool):
    """The largest number anywhere; the gradient goes to it, of several equal ones to the first."""

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, Array]:
        flat = self._flat(A)
        place = flat.argmax(-2)[..., None, :]
        return np.take_along_axis(flat, place, -2)[..., 0, :], place

    def backward(self, p: Views, g: Views, dOut: Array, place: Array, inner: bool = True, flow: Flow | None = None) -> Array:
        height, width, channels = self.inputs
        dA = np.zeros((*dOut.shape[:-1], height * width, channels), dOut.dtype)
        np.put_along_axis(dA, np.broadcast_to(place, (*dOut.shape[:-1], 1, channels)), dOut[..., None, :], -2)
        return dA.reshape(*dOut.shape[:-1], *self.inputs)


class GlobalAveragePool(GlobalPool):
    """The mean over all places."""

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, None]:
        return self._flat(A).mean(-2), None

    def backward(self, p: Views, g: Views, dOut: Array, cache: None, inner: bool = True, flow: Flow | None = None) -> Array:
        height, width, _ = self.inputs
        each = dOut * (1 / (height * width))
        return np.broadcast_to(each[..., None, None, :], (*dOut.shape[:-1], *self.inputs)).copy()


class Flatten(Layer):
    """A picture as one row of numbers: row by row, column by column, channel by channel."""

    def __init__(self, shape: Shape):
        self.inputs, self.outputs = shape, (int(np.prod(shape)),)

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, None]:
        return A.reshape(*A.shape[:-len(self.inputs)], *self.outputs), None

    def backward(self, p: Views, g: Views, dOut: Array, cache: None, inner: bool = True, flow: Flow | None = None) -> Array:
        return dOut.reshape(*dOut.shape[:-1], *self.inputs)
