"""What usually stands together: weights → batch norm → activation → dropout, with a skip connection around it on demand."""

from collections.abc import Iterator
from typing import Any

from ann_core.base.arrays import Array
from ann_core.nn.activations import Activation
from ann_core.nn.layers.base import Bend, Flow, Layer, Pass, Views
from ann_core.nn.layers.dense import Activate
from ann_core.nn.layers.dropout import Dropout
from ann_core.nn.layers.normalization import BatchNorm


class Block(Layer):
    """Weights with what follows them.

    skip: A ↦ F(A) + A (He et al., 2016), without a projection: where widths differ, the first min(n_in, n_out) columns are
    added and the others are left as they are; where pictures differ in size there is no skip.
    """

    def __init__(self, weights: Layer, activation: Activation, batch_norm: bool = False, dropout: float = 0.0,
                 skip: bool = False):
        shape = weights.outputs
        inside = [weights, *([BatchNorm(shape)] if batch_norm else []), Activate(activation, shape),
                  *([Dropout(dropout, shape)] if dropout else [])]
        self.inputs, self.outputs, self.parts = weights.inputs, shape, tuple(("", part) for part in inside)
        self._weights, self._bend = weights, 1 + batch_norm
        self._after = tuple(enumerate(inside))[1:]
        self._back = self._after[::-1]
        self.activation = activation
        self.shared = min(self.inputs[-1], shape[-1]) if skip and self.inputs[:-1] == shape[:-1] else 0

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, list[Any]]:
        parts = p.parts
        out, cache = self._weights.forward(parts[0], A, at)
        caches = [cache]
        for i, layer in self._after:
            out, cache = layer.forward(parts[i], out, at)
            caches.append(cache)
        if self.shared:
            out = out.copy()  # what came stands in a cache
            out[..., : self.shared] += A[..., : self.shared]
        return out, caches

    def backward(self, p: Views, g: Views, dOut: Array, cache: list[Any], inner: bool = True,
                 flow: Flow | None = None) -> Array:
        d, by, to = dOut, p.parts, g.parts
        for i, layer in self._back:
            d = layer.backward(by[i], to[i], d, cache[i])
        if flow is not None:
            flow.append((dOut, d))
        dA = self._weights.backward(by[0], to[0], d, cache[0], inner)
        if self.shared and inner:
            dA[..., : self.shared] += dOut[..., : self.shared]
        return dA

    def bends(self, cache: list[Any]) -> Iterator[Bend]:
        return self.parts[self._bend][1].bends(cache[self._bend])
