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
        self.weights, self.activation, self._bend = weights, activation, 1 + batch_norm
        self.shared = min(self.inputs[-1], shape[-1]) if skip and self.inputs[:-1] == shape[:-1] else 0
        self._on = tuple(enumerate(inside))
        self._back = self._on[:0:-1]  # to the weights: numbered in advance, as this loop is the bookkeeping of every step

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, list[Any]]:
        caches, out, views = [], A, p.parts
        for i, layer in self._on:
            out, cache = layer.forward(views[i], out, at)
            caches.append(cache)
        if self.shared:
            out = out.copy()  # what came stands in a cache
            out[..., : self.shared] += A[..., : self.shared]
        return out, caches

    def backward(self, p: Views, g: Views, dOut: Array, cache: list[Any], inner: bool = True,
                 flow: Flow | None = None) -> Array:
        d = dOut
        for i, layer in self._back:
            d = layer.backward(p.parts[i], g.parts[i], d, cache[i])
        if flow is not None:
            flow.append((dOut, d))
        dA = self.weights.backward(p.parts[0], g.parts[0], d, cache[0], inner)
        if self.shared and inner:
            dA[..., : self.shared] += dOut[..., : self.shared]
        return dA

    def bends(self, cache: list[Any]) -> Iterator[Bend]:
        return self.parts[self._bend][1].bends(cache[self._bend])
