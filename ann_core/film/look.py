"""A look at a run at some of its moments: every pass through its networks that probes need, made once for all of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from ann_core.base.arrays import Array
from ann_core.film.sequences import ways
from ann_core.film.view import View
from ann_core.nn.layers.base import Bend, Flow, InTime
from ann_core.nn.measures import flat_rows, flat_shares, places_as_rows
from ann_core.run.objectives.base import Batch
from ann_core.run.setup import Setup
from ann_core.run.trainer import LOSS_ROWS, State

GRADIENT_ROWS = 1_000
VALUES = 5_000_000
"""At most so many unit values are held in one pass; very large ensembles are measured on fewer rows (at least 100)."""
PART_VALUES, SEQUENCE_PART_VALUES = 80_000, 500_000
"""Values that a pass over some pictures, or some sequences, holds."""
SEQUENCE_VALUES, SEQUENCE_GRADIENT_ROWS = 600_000, 100
"""Of networks that go through sequences less is measured: step after step takes its time."""
GROUP, GROUP_VALUES = 8, 500_000
"""Moments measured in one pass: several share NumPy's fixed cost of a call, but their values must fit the cache."""
SEQUENCE_GROUP_VALUES = 3_000_000
"""The same where moments share only the passes over what is watched, and the others are made for each of them by itself."""


def group_size(setup: Setup) -> int:
    """How many moments of this run are best measured together."""
    most, rows = (SEQUENCE_GROUP_VALUES, SEQUENCE_GRADIENT_ROWS) if _reads_steps(setup) else (GROUP_VALUES, GRADIENT_ROWS)
    return max(1, min(GROUP, most // (_held(setup) * setup.config.seeds * min(rows, setup.rows))))


def _reads_steps(setup: Setup) -> bool:
    """Whether its network goes through sequences."""
    return len(setup.net.inputs) == 2


def _held(setup: Setup) -> int:
    """Numbers that a pass holds for a row, the output as one."""
    return sum(layer.holds() for layer in setup.net.layers[:-1]) + 1


class Look:
    """Frames F. theta: (F, P) or (F, S, P); statistics alike.

    batches: for each moment the last step's raw and final gradient, if there was one.
    """

    def __init__(self, view: View, states: Sequence[State], batches: Sequence[tuple[Array, Array] | None]):
        self.view, self.setup, self.states, self.batches = view, view.setup, states, batches
        self.theta, self.statistics = np.stack([s.theta for s in states]), np.stack([s.statistics for s in states])
        self.objective, self.net = self.setup.objective, self.setup.net
        self._steps = _reads_steps(view.setup)
        values = SEQUENCE_VALUES if self._steps else VALUES
        self._most = max(100, int(values / _held(self.setup) / self.setup.config.seeds))
        self._gradient_rows = SEQUENCE_GRADIENT_ROWS if self._steps else GRADIENT_ROWS

    @property
    def lead(self) -> tuple[int, ...]:
        """(F,) or (F, S)."""
        return self.theta.shape[:-1]

    @cached_property
    def p(self) -> dict[str, Any]:
        """Views on theta by network and layer."""
        return self.objective.rows(self.theta)

    def batch(self, most: int) -> Batch:
        """The first training rows, as gradients are measured on them: all of them, or at most so many."""
        X, Y = self.setup.probe_rows(min(most, self._most, self.objective.frame_rows))
        weights = self.setup.weights_train
        seeds = range(self.setup.config.seed, self.setup.config.seed + self.setup.config.seeds)
        return Batch(X, Y, len(X), weights=None if weights is None else weights[:len(X)], seeds=seeds)

    @property
    def gradient_batch(self) -> Batch:
        """The rows that the shown gradient is of."""
        return self.batch(self._gradient_rows)

    @cached_property
    def _apart(self) -> list["Look"]:
        """Looks at these moments one by one, where they share no large pass: of sequences, whose steps are laid out anyway.
        Otherwise none; not itself, since in a circle its passes, tens of megabytes, would wait for the collector."""
        if not self._steps or self.setup.in_depth or len(self.states) == 1:
            return []
        return [Look(self.view, [state], [batch]) for state, batch in zip(self.states, self.batches, strict=True)]

    @cached_property
    def _passes(self) -> tuple[Array, Array, list[Bend], Flow]:
        """Gradient of the data loss (F, …, P), the last pre-activation, activations and flow of the net that answers."""
        batch, flow = self.gradient_batch, Flow()
        wanted = flow if self.setup.in_depth or ways(self.net) else None

        def measured(kind: Any) -> tuple[Array, Array, list[Bend], Flow]:
            theta, X, Y = (numbers.astype(kind, copy=False) for numbers in (self.theta, batch.X, batch.Y))
            rows, grad = self.objective.rows, np.empty_like(theta)
            Z, caches = self.objective.inspect(rows(theta), rows(grad), replace(batch, X=X, Y=Y), wanted)
            return grad.astype(np.float64, copy=False), Z.astype(np.float64, copy=False), self.net.bends(caches), flow

        return in_single(measured, lambda found: found[:2]) if self._steps and wanted is None else measured(np.float64)

    @property
    def _few(self) -> int:
        """How many pictures or sequences are measured in one pass."""
        values = SEQUENCE_PART_VALUES if self._steps else PART_VALUES
        return max(8, values // _held(self.setup) // self.setup.config.seeds)

    @property
    def _in_parts(self) -> bool:
        """Whether a few rows at a time are measured: of pictures and sequences, so that what is laid out for a pass stays in
        the cache. A thousand at once took up to five times as long. Batch norm wants to see them together."""
        return len(self.net.inputs) > 1 and self.objective.has_answers and not self.net.statistics.size

    @cached_property
    def _measured(self) -> tuple[Array, Array, list[tuple[Array, int]]]:
        """Gradient, the last pre-activation, and of each activation in how many rows each unit is flat, of how many."""
        if self._apart:
            grads, outs, shares = zip(*(look._measured for look in self._apart), strict=True)
            counts = [(np.concatenate([count for count, _ in one]), one[0][1]) for one in zip(*shares, strict=True)]
            return np.concatenate(grads), np.concatenate(outs), counts
        if self._steps or not self._in_parts or self.setup.in_depth:
            grad, Z, bends, _ = self._passes
            return grad, Z, self._flat(bends)
        batch, grad, part = self.gradient_batch, np.zeros_like(self.theta), np.empty_like(self.theta)
        views, answers, flat = self.objective.rows(part), [], []
        for rows in _parts(batch.rows, self._few):
            weights = None if batch.weights is None else batch.weights[rows]
            few = replace(batch, X=batch.X[rows], Y=batch.Y[rows], weights=weights)
            Z, caches = self.objective.inspect(self.p, views, few, None)
            grad += part
            answers.append(Z)
            flat.append(self._flat(self.net.bends(caches)))
        together = [(sum(count for count, _ in one), sum(rows for _, rows in one)) for one in zip(*flat, strict=True)]
        return grad, np.concatenate(answers, -2), together

    def _flat(self, bends: list[Bend]) -> list[tuple[Array, int]]:
        return [flat_rows(places_as_rows(bend.slope, len(self.lead))) for bend in bends]

    @property
    def gradient(self) -> Array:
        """Of the data loss of every network's own turn, on the training rows: no penalty, no clipping, no batch noise."""
        return self._measured[0]

    @property
    def flow(self) -> Flow:
        """(dA, dZ) of every layer with an activation and of the output; empty for runs that are not watched in depth."""
        return self._passes[3]

    @property
    def in_time(self) -> list[InTime]:
        """What reaches the states of each pass through a sequence, in the order of `ways`."""
        def joined(parts: Sequence[Any]) -> Any:
            return None if parts[0] is None else np.concatenate(parts, 1)

        each = zip(*(look._passes[3].in_time for look in self._apart or [self]), strict=True)
        return [InTime(*map(joined, zip(*way, strict=True))) for way in each]

    @cached_property
    def flat(self) -> tuple[Array, Array]:
        """Shares of flat (row, unit) pairs and of units that are flat in every row, of each activation: (H, F, …) both."""
        return flat_shares(self._measured[2], self.lead)

    @property
    def bends(self) -> list[Bend]:
        """The activations of the net that answers, on the training rows."""
        return self._passes[2]

    @cached_property
    def train(self) -> tuple[Array, int]:
        """The last pre-activation on the first n training rows, as used outside training; and n."""
        n = min(LOSS_ROWS, self._most, self.setup.rows)
        if self._measured[1].shape[len(self.lead)] == n and not self.net.statistics.size:
            return self._measured[1], n
        return self._answer(self.setup.seen_train[:n]), n

    @cached_property
    def test(self) -> tuple[Array, int]:
        """The same on the rows held out."""
        m = min(LOSS_ROWS, self._most, len(self.setup.data.X_test))
        return self._answer(self.setup.seen_test[:m]), m

    def _answer(self, X: Array) -> Array:
        """The last pre-activation on rows. (F, …, N, n_out), or (F, …, N, T, n_out)"""
        if self._apart:
            return np.concatenate([look._answer(X) for look in self._apart])
        parts = _parts(len(X), self._few) if self._in_parts and len(X) else [slice(None)]

        def forward(kind: Any) -> Array:  # as used outside training
            p = next(iter(self.objective.rows(self.theta.astype(kind, copy=False)).values()))
            evaluation, rows = self.net.evaluation(self.statistics.astype(kind, copy=False)), X.astype(kind, copy=False)
            found = [self.net.forward(p, rows[part], evaluation)[0] for part in parts]
            return np.concatenate(found, len(self.lead)) if len(found) > 1 else found[0]

        if self._steps:
            return in_single(forward, lambda Z: (Z,)).astype(np.float64)  # so that losses near 0 stay exact
        return forward(np.float64)

    @property
    def of_first_seed(self) -> Array:
        """theta of all networks, of the first seed. (F, P)"""
        return self.theta if self.theta.ndim == 2 else self.theta[:, 0]

    @cached_property
    def first(self) -> Array:
        """theta of the net that answers, of the first seed. (F, P)"""
        return self.of_first_seed[:, next(iter(self.objective.parts.values()))]

    @property
    def first_statistics(self) -> Array:
        """The running statistics of the first seed. (F, Q)"""
        return self.statistics if self.statistics.ndim == 2 else self.statistics[:, 0]

    @cached_property
    def on_plane(self) -> tuple[Array, list[Array]]:
        """The answers of the first seed at the picture's points, and every hidden output. (F, G², …)"""
        statistics = self.first_statistics
        single: Any = np.float32  # bytes come out of it: single precision is twice as fast
        rows, evaluation = self.net.parameters.rows, self.net.evaluation
        Z, _, hidden = self.net.forward(rows(self.first.astype(single)), self.view.grid.astype(single),
                                        evaluation(statistics.astype(single)))
        if not np.isfinite(Z).all():  # weights that only double precision can hold
            Z, _, hidden = self.net.forward(rows(self.first), self.view.grid, evaluation(statistics))
        F, layers = len(self.states), self.net.layers[:-1]  # what lies before any weights is the same at all moments
        return self.objective.answer(Z), [A if A.ndim > 1 + len(layer.outputs) else np.broadcast_to(A, (F, *A.shape))
                                        for layer, A in zip(layers, hidden, strict=True)]


T = TypeVar("T")


def in_single(measure: Callable[[Any], T], numbers: Callable[[T], Sequence[Array]]) -> T:
    """What `measure` finds in single precision, which is twice as fast; in double precision where one of the numbers is beyond
    what single precision can hold. measure: given the kind of number"""
    found = measure(np.float32)
    return found if all(np.isfinite(one).all() for one in numbers(found)) else measure(np.float64)


def _parts(rows: int, most: int) -> list[slice]:
    return [slice(first, first + most) for first in range(0, rows, most)]
