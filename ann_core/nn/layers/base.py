"""What a layer is: a pair of pure functions, with the cache handed back instead of stored.

That is the textbook box, and it lets a layer be used twice in one pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ann_core.base.arrays import Array, Views


class Uniform(Protocol):
    """A source of uniform numbers in [0, 1): a NumPy generator, or several side by side."""

    def random(self, shape: tuple[int, ...], /) -> Array: ...


@dataclass(frozen=True, slots=True)
class Mode:
    """How a pass is meant.

    batch_statistics: batch norm uses the batch's own mean and variance instead of the running ones.
    statistics: the running statistics by layer (read when batch_statistics is False; updated when `update`).
    noise: one source for each dropout layer; None switches dropout off.
    """

    batch_statistics: bool = True
    statistics: Sequence[Views] | None = None
    update: bool = False
    noise: Sequence[Uniform] | None = None


PLAIN = Mode()


class Layer:
    """forward: (p, A, mode) -> output, cache.   backward: (p, g, dOut, cache) -> dA, and writes its gradients into g.

    p, g: this layer's views on theta and on the gradient; A, dA: (..., N, n_in); outputs: (..., N, n_out).
    """

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The parameters it owns, by name."""
        return {}

    def forward(self, p: Views, A: Array, mode: Mode) -> tuple[Array, Any]:
        raise NotImplementedError

    def backward(self, p: Views, g: Views, dOut: Array, cache: Any) -> Array:
        raise NotImplementedError


class Sequential(Layer):
    """One layer after the other; they share one set of views, so their parameter names must differ."""

    def __init__(self, parts: Sequence[Layer]):
        self.parts = tuple(parts)

    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {name: shape for part in self.parts for name, shape in part.shapes().items()}

    def forward(self, p: Views, A: Array, mode: Mode) -> tuple[Array, list[Any]]:
        caches = []
        for part in self.parts:
            A, cache = part.forward(p, A, mode)
            caches.append(cache)
        return A, caches

    def backward(self, p: Views, g: Views, dOut: Array, cache: list[Any], arriving: list[Array] | None = None) -> Array:
        """As Layer; `arriving` collects the gradient that reaches each part, last part first."""
        for i in range(len(self.parts) - 1, -1, -1):
            if arriving is not None:
                arriving.append(dOut)
            dOut = self.parts[i].backward(p, g, dOut, cache[i])
        return dOut


class Residual(Sequential):
    """A ↦ F(A) + A: a skip connection. He et al., 2016.

    Without a projection: where widths differ, the first min(n_in, n_out) columns are added and the others are left
    as they are.
    """

    def __init__(self, parts: Sequence[Layer], n_in: int, n_out: int):
        super().__init__(parts)
        self.shared = min(n_in, n_out)

    def forward(self, p: Views, A: Array, mode: Mode) -> tuple[Array, list[Any]]:
        F, caches = super().forward(p, A, mode)
        out = F.copy()  # F stands in a cache
        out[..., : self.shared] += A[..., : self.shared]
        return out, caches

    def backward(self, p: Views, g: Views, dOut: Array, cache: list[Any], arriving: list[Array] | None = None) -> Array:
        dA = super().backward(p, g, dOut, cache, arriving)
        dA[..., : self.shared] += dOut[..., : self.shared]
        return dA
