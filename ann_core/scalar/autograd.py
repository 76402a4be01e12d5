"""Backpropagation in one sitting: a number remembers how it was made, so derivatives can flow back through it.

    w, x, b = Value(0.5), Value(2.0), Value(-1.0)
    loss = ((w * x + b).activate(ACTIVATIONS["sigmoid"]) - 1) ** 2
    loss.backward()
    w.grad                                                  # ∂loss/∂w

One rule is used, the chain rule: ∂L/∂parent = Σ over its children  ∂L/∂child · ∂child/∂parent."""

import math
from collections.abc import Sequence

import numpy as np

from ann_core.nn.activations import Activation


class Value:
    """One number of a computation graph.

    data: the number   label: its name, if it has one   op: how it was made ('' for a number that was given)
    parents: what it was made from   slopes: ∂data/∂parent of each   grad: ∂L/∂data, once `L.backward()` has run
    """

    __slots__ = ("data", "label", "op", "parents", "slopes", "grad")

    def __init__(self, data: float, label: str = "", op: str = "", parents: "Sequence[Value]" = (),
                 slopes: Sequence[float] = ()):
        self.data, self.label, self.op = float(data), label, op
        self.parents, self.slopes = tuple(parents), tuple(slopes)
        self.grad = 0.0

    # Each line of forward has its derivative right below it.

    def __add__(self, other: "Value | float") -> "Value":
        other = as_value(other)
        return Value(self.data + other.data, op="+", parents=(self, other),
                     slopes=(1.0, 1.0))

    def __mul__(self, other: "Value | float") -> "Value":
        other = as_value(other)
        return Value(self.data * other.data, op="×", parents=(self, other),
                     slopes=(other.data, self.data))

    def __pow__(self, n: float) -> "Value":
        return Value(self.data**n, op=f"power {n:g}", parents=(self,),
                     slopes=(n * self.data ** (n - 1) if n else 0.0,))

    def exp(self) -> "Value":
        e = math.exp(self.data)
        return Value(e, op="exp", parents=(self,),
                     slopes=(e,))

    def log(self) -> "Value":
        if self.data <= 0:
            raise ValueError(f"Expected a number above 0 for the logarithm; {self.data:g} came.")
        return Value(math.log(self.data), op="log", parents=(self,),
                     slopes=(1 / self.data,))

    def activate(self, function: Activation) -> "Value":
        z = np.array([self.data])
        a = function.f(z)
        return Value(a[0], op=function.key, parents=(self,),
                     slopes=(float(function.derivative(z, a)[0]),))

    # The rest is made of those.

    def __neg__(self) -> "Value":
        return self * -1

    def __sub__(self, other: "Value | float") -> "Value":
        return self + -as_value(other)

    def __truediv__(self, other: "Value | float") -> "Value":
        return self * as_value(other) ** -1

    def __radd__(self, other: float) -> "Value":
        return self + other

    def __rsub__(self, other: float) -> "Value":
        return -self + other

    def __rmul__(self, other: float) -> "Value":
        return self * other

    def __rtruediv__(self, other: float) -> "Value":
        return self**-1 * other

    def __repr__(self) -> str:
        return f"Value({self.data:g}, {self.label or self.op or 'given'})"

    def backward(self) -> None:
        """Gives every number that this one was made from its grad = ∂(this one)/∂(that number). Starts afresh each time."""
        order = forward_order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):  # children before their parents, so that a grad is complete before it is passed on
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad += slope * node.grad


def as_value(number: Value | float) -> Value:
    """A plain number as a Value; a Value as it is."""
    return number if isinstance(number, Value) else Value(number)


def forward_order(last: Value) -> list[Value]:
    """Everything that `last` was made from, parents before children (topological order); no recursion, so any depth."""
    order: list[Value] = []
    seen: set[int] = set()
    waiting = [(last, False)]
    while waiting:
        node, parents_done = waiting.pop()
        if parents_done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            waiting += [(node, True), *((parent, False) for parent in reversed(node.parents))]
    return order
