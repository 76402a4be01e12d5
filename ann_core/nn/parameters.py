"""One flat vector, and named views on it."""

from collections.abc import Sequence

import numpy as np

from ann_core.base.arrays import Array

Shapes = dict[str, tuple[int, ...]]


class Parameters:
    """Where each layer's arrays lie in a flat vector theta of shape (..., P).

    `shapes` has one dict a layer, in order; a matrix is stored row by row.
    """

    def __init__(self, shapes: Sequence[Shapes]):
        self.slices: list[dict[str, tuple[slice, tuple[int, ...]]]] = []
        start = 0
        for layer in shapes:
            entries = {}
            for name, shape in layer.items():
                stop = start + int(np.prod(shape))
                entries[name] = (slice(start, stop), shape)
                start = stop
            self.slices.append(entries)
        self.size = start

    def view(self, theta: Array) -> dict[str, Array]:
        """Views by name: 'layers.0.W' (..., n_in, n_out), 'layers.0.b' (..., n_out), …"""
        return {f"layers.{i}.{name}": theta[..., part].reshape(*theta.shape[:-1], *shape)
                for i, layer in enumerate(self.slices) for name, (part, shape) in layer.items()}

    def rows(self, theta: Array) -> list[dict[str, Array]]:
        """The same views layer by layer, vectors as rows (..., 1, n) so that they broadcast over samples."""
        lead = theta.shape[:-1]
        return [{name: theta[..., part].reshape(*lead, *(shape if len(shape) == 2 else (1, *shape)))
                 for name, (part, shape) in layer.items()} for layer in self.slices]

    def mask(self, name: str) -> Array:
        """1.0 where an array called `name` lies, 0.0 elsewhere. Returns (P,)"""
        out = np.zeros(self.size)
        for layer in self.slices:
            if name in layer:
                out[layer[name][0]] = 1.0
        return out
