"""A Transformer's block: attention between the steps, then a small network at each step, both around a residual stream."""

from collections.abc import Iterator
from typing import Any

from ann_core.base.arrays import Array
from ann_core.nn.activations import Activation
from ann_core.nn.layers.attention import SelfAttention
from ann_core.nn.layers.base import Bend, Flow, Layer, Pass, Sequential, Shape, Views
from ann_core.nn.layers.dense import Activate, EachStep
from ann_core.nn.layers.layer_norm import LayerNorm


class TransformerBlock(Layer):
    """A ↦ A + attention(norm(A)), then A ↦ A + feed(norm(A)); feed = φ(A W₁ + b₁) W₂ + b₂ at each step.

    norm: 'before' as above (Xiong et al., 2020), 'after': A ↦ norm(A + F(A)) (Vaswani et al., 2017)   residual: whether A is
    added   A: (..., N, T, n)   units: width of the feed-forward layer
    """

    def __init__(self, shape: Shape, heads: int, units: int, activation: Activation, causal: bool = False,
                 norm: str = "before", residual: bool = True):
        steps, n = self.inputs = self.outputs = shape
        self.activation, self.norm, self.residual = activation, norm, residual
        attention = SelfAttention(shape, heads, causal)
        feed = Sequential([("in", EachStep(steps, n, units)), ("", Activate(activation, (steps, units))),
                           ("out", EachStep(steps, units, n))])
        halves: list[tuple[str, Layer]] = [("attention", attention), ("feed", feed)]
        norms: list[tuple[str, Layer]] = [(f"{name}_norm", LayerNorm(shape)) for name, _ in halves] if norm != "none" else []
        self.parts = tuple(halves + norms)

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, list[tuple[Any, Any]]]:
        caches = []
        for half in range(2):
            came, normed = A, None
            if self.norm == "before":
                A, normed = self._norm(half).forward(p.parts[2 + half], A, at)
            A, cache = self.parts[half][1].forward(p.parts[half], A, at)
            if self.residual:
                A += came
            if self.norm == "after":
                A, normed = self._norm(half).forward(p.parts[2 + half], A, at)
            caches.append((normed, cache))
        return A, caches

    def backward(self, p: Views, g: Views, dOut: Array, cache: list[tuple[Any, Any]], inner: bool = True,
                 flow: Flow | None = None) -> Array:
        d = dOut
        if flow is not None:
            flow.append((dOut, dOut))
        for half in (1, 0):
            normed, kept = cache[half]
            if self.norm == "after":
                d = self._norm(half).backward(p.parts[2 + half], g.parts[2 + half], d, normed)
            through = self.parts[half][1].backward(p.parts[half], g.parts[half], d, kept)
            if self.norm == "before":
                through = self._norm(half).backward(p.parts[2 + half], g.parts[2 + half], through, normed)
            d = d + through if self.residual else through
        return d

    def _norm(self, half: int) -> Layer:
        return self.parts[2 + half][1]

    def attended(self, cache: list[tuple[Any, Any]]) -> Any:
        """What attention worked out in that pass: `Attended`."""
        return cache[0][1]

    def bends(self, cache: list[tuple[Any, Any]]) -> Iterator[Bend]:
        return self.parts[1][1].bends(cache[1][1])
