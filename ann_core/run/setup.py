"""What stays the same while a run trains: settings, data, and all that follows from them."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data import Prepared
from ann_core.data.changes import changed, kept_rows
from ann_core.data.target import Target
from ann_core.nn.network import Network
from ann_core.run.config import RunConfig
from ann_core.run.objectives.base import Objective
from ann_core.run.objectives.config import Problem

SEEN = 205
"""Purpose of the random streams of what rows are disturbed by when they are measured: [data seed, SEEN, part]."""


@dataclass(frozen=True, eq=False)
class Setup:
    """Settings and data. prepared: all rows, as they came. in_depth: whether frames also carry what the Gradient lab looks at:
    factors of the backward product, where units stand. without: probes that are not measured, by key. Picklable: what follows
    from it is worked out again."""

    config: RunConfig
    prepared: Prepared
    in_depth: bool = False
    without: frozenset[str] = frozenset()
    worked_out: dict[str, Any] = field(default_factory=dict, init=False, repr=False)
    """What the rooms above follow from it and need again: once for all its moments, no part of its value."""

    @cached_property
    def data(self) -> Prepared:
        """What is learned from: some training rows may be left out, or have another class."""
        return changed(self.prepared, self.config.data.left_out, self.config.data.relabelled)

    @cached_property
    def row_numbers(self) -> NDArray[np.int64]:
        """Of each training row its number before any was left out."""
        return kept_rows(len(self.prepared.X_train), self.config.data.left_out)

    @cached_property
    def objective(self) -> Objective:
        """What its updates are for, with the networks."""
        target = self.data.target
        asked = Problem(self.data.X_train.shape[1:], target.outputs, target.task)
        return self.config.objective.build(self.config.network, self.config.training, asked)

    @property
    def net(self) -> Network:
        """The network that answers, the first one where there are several; holds no numbers."""
        return next(iter(self.objective.networks.values()))

    @cached_property
    def target(self) -> Target:
        """What its answers are compared with."""
        return self.objective.target(self.data)

    @property
    def rows(self) -> int:
        """N, the training rows."""
        return len(self.data.X_train)

    @cached_property
    def Y_train(self) -> Array:
        """Training targets as the loss wants them (N, n_out)."""
        return self.objective.encode(self.data, self.data.X_train, self.data.y_train)

    @cached_property
    def Y_test(self) -> Array:
        """The same of the rows held out (M, n_out)."""
        return self.objective.encode(self.data, self.data.X_test, self.data.y_test)

    @property
    def answers_train(self) -> NDArray:
        """Right answers of the training rows, as the target scores them."""
        return self.objective.answers(self.data.X_train, self.data.y_train)

    @property
    def answers_test(self) -> NDArray:
        """The same of the rows held out."""
        return self.objective.answers(self.data.X_test, self.data.y_test)

    @cached_property
    def weights_train(self) -> Array | None:
        """Weights of the training rows (N, 1) with mean 1 when the classes count the same; else none."""
        return self._balanced(self.answers_train)

    @cached_property
    def weights_test(self) -> Array | None:
        """The same for the rows held out (M, 1)."""
        return self._balanced(self.answers_test)

    def _balanced(self, y: NDArray) -> Array | None:
        return self.target.row_weights(y) if self.config.training.class_weights else None

    @cached_property
    def seen_train(self) -> Array:
        """The training rows as the network gets them when it is measured: disturbed once and for all, if it learns from
        disturbed ones."""
        return self.objective.seen(self.data.X_train, (self.config.data.seed, SEEN, 0))

    @cached_property
    def seen_test(self) -> Array:
        """The same of the rows held out."""
        return self.objective.seen(self.data.X_test, (self.config.data.seed, SEEN, 1))

    def probe_rows(self, most: int) -> tuple[Array, Array]:
        """The training rows that gradients are measured on: all, or the first `most` of the (shuffled) split."""
        return self.seen_train[:most], self.Y_train[:most]

    def __getstate__(self) -> dict[str, object]:
        return {"config": self.config, "prepared": self.prepared, "in_depth": self.in_depth, "without": self.without,
                "worked_out": {}}
