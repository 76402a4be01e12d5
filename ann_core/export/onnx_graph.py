"""A graph of ONNX operators, written one after the other."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

OPSET, OPSET_ML, IR = 18, 3, 9
"""Versions that runtimes of the last years read."""


class Graph:
    """Nodes and constants so far. taken: names that values of the network may not have, such as those of its inputs"""

    def __init__(self, taken: Sequence[str] = ()):
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []
        self._taken = set(taken)

    def name(self, wanted: str) -> str:
        """The wanted name, or one like it that is free."""
        while wanted in self._taken:
            wanted += "_"
        self._taken.add(wanted)
        return wanted

    def constant(self, array: NDArray | Sequence[Any], dtype: Any = None, name: str = "constant") -> str:
        """A constant. Floats are kept in single precision unless a dtype is given."""
        held = np.asarray(array)
        if dtype is None and held.dtype == np.float64:
            dtype = np.float32
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(held, dtype).reshape(held.shape), self.name(name)))
        return self.constants[-1].name

    def node(self, op: str, *takes: str, name: str = "", domain: str = "", **attributes: Any) -> str:
        """Appends an operator. Returns the name of its first output."""
        return self.nodes_out(op, takes, [name or op.lower()], domain, **attributes)[0]

    def nodes_out(self, op: str, takes: Sequence[str], names: Sequence[str], domain: str = "", **attributes: Any) -> list[str]:
        """The same of an operator with several outputs; '' leaves one out."""
        gives = [self.name(name) if name else "" for name in names]
        self.nodes.append(helper.make_node(op, list(takes), gives, domain=domain, **attributes))
        return gives

    def inner(self) -> "Graph":
        """A graph for the body of a loop; its names are apart from those of this one."""
        other = Graph()
        other._taken = self._taken
        return other

    def proto(self, name: str, inputs: Sequence[ValueInfoProto], outputs: Sequence[ValueInfoProto]) -> GraphProto:
        """All of it."""
        return helper.make_graph(self.nodes, name, list(inputs), list(outputs), self.constants)
