"""From a gradient to a step of the weights: what happens to the gradient on the way, one after the other, and the move."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.optimizers import OPTIMIZERS, SCHEDULES, clip_by_norm, clip_by_value
from ann_core.run.training import UpdateConfig

Change = Callable[[Array, Array], None]
"""Changes a gradient in place, given theta. Both (..., P)"""


@dataclass(frozen=True)
class Memory:
    """What an optimiser remembers: its vectors, and t, how many steps it has taken."""

    vectors: tuple[Array, ...]
    t: int = 0

    @property
    def nbytes(self) -> int:
        """Memory it takes."""
        return sum(vector.nbytes for vector in self.vectors)


def _add(g: Array, pull: Array) -> None:
    g += pull


def chain(c: UpdateConfig, is_weight: Array) -> list[Change]:
    """L2 and L1 of the weights, then clipping by norm, then by value. is_weight: (P,) 1.0 where weights lie"""
    found: list[Change] = []
    if c.l2:
        found.append(lambda g, theta: _add(g, c.l2 * is_weight * theta))
    if c.l1:
        found.append(lambda g, theta: _add(g, c.l1 * is_weight * np.sign(theta)))
    if c.clip_norm is not None:
        norm = c.clip_norm
        found.append(lambda g, theta: clip_by_norm(g, norm))
    if c.clip_value is not None:
        value = c.clip_value
        found.append(lambda g, theta: clip_by_value(g, value))
    return found


def rate(c: UpdateConfig, epochs: float) -> float:
    """η after so many epochs."""
    factor = 1.0 if c.schedule == "constant" else SCHEDULES[c.schedule].factor(epochs, c.schedule_epochs, c.schedule_factor)
    return c.learning_rate * factor


class Update:
    """Moves one part of theta. theta, grad: views (..., P) that it works on; the memory is copied."""

    def __init__(self, c: UpdateConfig, theta: Array, grad: Array, is_weight: Array, memory: Memory):
        self.theta, self.grad, self.c = theta, grad, c
        self.vectors, self.t = tuple(vector.copy() for vector in memory.vectors), memory.t
        self._changes, self._direction = chain(c, is_weight), OPTIMIZERS[c.optimizer].update
        self._steady = rate(c, 0) if c.schedule == "constant" else None
        self._decay = c.weight_decay if c.optimizer == "adamw" else 0.0
        self._move = np.empty_like(theta)  # room for the step: new memory every time is slow for many networks

    def step(self, epochs: float) -> None:
        """One update with the gradient that stands in `grad`, after so many epochs."""
        theta, grad = self.theta, self.grad
        for change in self._changes:
            change(grad, theta)
        self.t += 1
        eta = rate(self.c, epochs) if self._steady is None else self._steady
        if self._decay:  # AdamW's own, of all parameters
            theta *= 1 - eta * self._decay
        theta -= np.multiply(self._direction(grad, self.vectors, self.t, self.c), eta, out=self._move)

    def memory(self) -> Memory:
        """A copy of what it remembers."""
        return Memory(tuple(vector.copy() for vector in self.vectors), self.t)
