"""One flat vector, and named views on it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers.base import Layer, Param, Views

Declared = Callable[[Layer], Mapping[str, Param]]


@dataclass(frozen=True)
class Entry:
    """One array in the flat vector. layer: the number of the network's layer it belongs to."""

    name: str
    layer: int
    param: Param
    part: slice

    @cached_property
    def row(self) -> tuple[int, ...]:
        """Its shape as rows that broadcast over samples: vectors as (1, n)."""
        return self.param.shape if len(self.param.shape) == 2 else (1, *self.param.shape)


class Rows(list[Views]):
    """The views of every layer. nodes: of all that have arrays of their own, inner ones too, once each."""

    nodes: tuple[Views, ...] = ()


class Parameters:
    """Where each layer's arrays lie in a flat vector theta of shape (..., P). A matrix is stored row by row.

    A layer that stands in two places has its arrays once. declared: which arrays of a layer are meant, `Layer.learns` or
    `Layer.keeps`.
    """

    def __init__(self, layers: Sequence[Layer], declared: Declared = lambda layer: layer.learns()):
        self._layers, self._declared = layers, declared
        self.entries: list[Entry] = []
        self._of: dict[int, list[tuple[str, Entry]]] = {}
        self.size = 0
        for number, layer in enumerate(layers):
            self._place(layer, number, f"layers.{number}")
        if len({entry.name for entry in self.entries}) < len(self.entries):
            raise ValueError("Expected a name of its own for each parameter; two parts of a layer share one. Name the parts.")

    def _place(self, layer: Layer, number: int, path: str) -> None:
        if id(layer) in self._of:
            return
        own = self._of[id(layer)] = []
        for name, param in self._declared(layer).items():
            stop = self.size + int(np.prod(param.shape))
            entry = Entry(f"{path}.{name}", number, param, slice(self.size, stop))
            own.append((name, entry))
            self.entries.append(entry)
            self.size = stop
        for name, part in layer.parts:
            self._place(part, number, f"{path}.{name}" if name else path)

    def view(self, theta: Array) -> dict[str, Array]:
        """Views by name: 'layers.0.W' (..., n_in, n_out), 'layers.0.b' (..., n_out), …"""
        return {entry.name: theta[..., entry.part].reshape(*theta.shape[:-1], *entry.param.shape) for entry in self.entries}

    def rows(self, theta: Array) -> Rows:
        """The same views layer by layer, nested as the layers are, vectors as rows (..., 1, n) so that they broadcast over
        samples."""
        nodes: dict[int, Views] = {}
        found = Rows(self._grown(layer, theta, nodes) for layer in self._layers)
        found.nodes = tuple(node for key, node in nodes.items() if self._of[key])
        return found

    def _grown(self, layer: Layer, theta: Array, nodes: dict[int, Views]) -> Views:
        if id(layer) in nodes:
            return nodes[id(layer)]
        node, lead = Views(), theta.shape[:-1]
        for name, entry in self._of[id(layer)]:
            node[name] = theta[..., entry.part].reshape(lead + entry.row)
        if layer.parts:
            node.parts = tuple([self._grown(part, theta, nodes) for _, part in layer.parts])
            for (name, _), views in zip(layer.parts, node.parts, strict=True):
                node.update(views if not name else {f"{name}.{key}": view for key, view in views.items()})
        nodes[id(layer)] = node
        return node

    def of(self, *roles: str) -> Iterator[Entry]:
        """The arrays with one of these roles, input side first."""
        return (entry for entry in self.entries if entry.param.role in roles)

    def mask(self, role: str) -> Array:
        """1.0 where arrays of this role lie, 0.0 elsewhere. Returns (P,)"""
        out = np.zeros(self.size)
        for entry in self.of(role):
            out[entry.part] = 1.0
        return out

    def start(self) -> Array:
        """Every array at the constant it begins with; weights, which are drawn, at 0. Returns (P,)"""
        out = np.zeros(self.size)
        for entry in self.entries:
            out[entry.part] = entry.param.start
        return out
