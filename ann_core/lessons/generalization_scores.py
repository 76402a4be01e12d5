"""How far a score can be trusted: one split and k folds, a search, and the best of many."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data import GENERATORS, MADE_STREAM, Prepared, load
from ann_core.data.dataset import Dataset
from ann_core.data.plane import made_plane
from ann_core.data.prepared import ready
from ann_core.data.target import classes
from ann_core.lessons.generalization import apart, changed, fresh, train, watched
from ann_core.run.config import RunConfig
from ann_core.run.training import ALL_ROWS

FOLDS_STREAM, LABELS_STREAM, TRIALS_STREAM = 312, 313, 314  # default_rng([seed, purpose]); see ann_core.data.MADE_STREAM
SPLITS = 10
SMALL = RunConfig.model_validate({
    "data": {"source": "moons", "samples": 100, "noise": 0.3, "test_share": 0.2},
    "network": {"layers": [{"units": 8, "activation": "tanh"}]},
    "training": {"learning_rate": 0.05, "batch_size": ALL_ROWS, "epochs": 100}})
"""The network whose error is estimated from few rows."""


@dataclass(frozen=True)
class Estimate:
    """How often a network is wrong, by one fifth of the rows, and by each of the folds. folds: (k,)"""

    single: float
    folds: Array

    @property
    def mean(self) -> float:
        """What the folds say together."""
        return float(self.folds.mean())


def estimate(rows: int, k: int, draw: int, shuffle: int) -> Estimate:
    """Shuffles the rows, trains without one fifth of them, and then k times without one fold. rows: a multiple of k"""
    few, config = _few(rows, draw), changed({}, draw, SMALL)
    order = np.random.default_rng([draw, FOLDS_STREAM, shuffle]).permutation(rows)
    folds = [_error(few, np.setdiff1d(order, part), part, config) for part in np.split(order, k)]
    return Estimate(_error(few, order[rows // 5:], order[:rows // 5], config), np.array(folds))


def truth(rows: int, draw: int) -> float:
    """The error on 4,000 fresh rows after learning from all rows."""
    few, config = _few(rows, draw), changed({}, draw, SMALL)
    more = fresh(config.data)
    both = replace(few, X=np.concatenate([few.X, more.X]), y=np.concatenate([few.y, more.y]))
    return _error(both, np.arange(rows), np.arange(rows, len(both.y)), config)


def _few(rows: int, draw: int) -> Dataset:
    return GENERATORS["moons"].dataset(rows, SMALL.data.noise, np.random.default_rng([draw, MADE_STREAM]))


def _error(dataset: Dataset, learned: NDArray, held: NDArray, config: RunConfig) -> float:
    """Trains on some of the rows; the share of wrong answers on others."""
    target = classes(dataset.target_name, dataset.class_names, dataset.y, learned, held)
    data = ready(dataset.X, dataset.y, learned, held, scaling="standard", target=target, notes=(),
                 plane=made_plane(dataset, dataset.X[learned].mean(0)), input_names=dataset.feature_names)
    return float(train(config, data, ()).held[1][-1])


SEARCHED = RunConfig.model_validate({
    "data": {"source": "moons", "samples": 1000, "noise": 0.2, "test_share": 0.8},
    "network": {"layers": [{"units": 8, "activation": "tanh"}]},
    "training": {"optimizer": "sgd", "learning_rate": 1.0, "batch_size": 32, "epochs": 50}})
VALIDATION, TRIALS = 400, 16
RATES = 1e-4, 10.0
SECOND = {"l2": (1e-8, 1e-4), "batch_size": (4, 128)}
"""What is searched beside the rate, and where; all on a log scale."""


def grid(second: str) -> Array:
    """Four values of the rate times four of the second setting, with both ends. Returns (16, 2)"""
    across, up = (np.geomspace(*ends, 4) for ends in (RATES, SECOND[second]))
    return np.array([(a, b) for a in across for b in up])


def at_random(second: str, draw: int) -> Array:
    """Sixteen trials, each with a new value of both. Returns (16, 2)"""
    u = np.random.default_rng([draw, TRIALS_STREAM]).random((TRIALS, 2))
    low, high = np.log([RATES, SECOND[second]]).T
    return np.exp(low + u * (high - low))


def trial(second: str, place: Sequence[float], draw: int) -> tuple[float, float]:
    """Trains with these two settings. Returns the loss on the validation rows and on the test rows."""
    rate, other = place
    value: Any = round(other) if second == "batch_size" else float(other)
    config = changed({"training.learning_rate": float(rate), f"training.{second}": value}, draw, SEARCHED)
    course, test = watched(config, VALIDATION, ())
    return float(course.held[0][-1]), float(course.judged(test)[0][-1])


TRIED = 64
CURSED = changed({"network.layers": [{"units": 16, "activation": "relu"}], "training.epochs": 100, "seeds": TRIED})
"""Sixty-four networks side by side, which differ in nothing but their first weights."""
CURSED_FROM = 4
"""The draw that is shown first: it looks much like the median of twenty."""


@dataclass(frozen=True)
class Tries:
    """Accuracies of networks that were tried one after the other. validation, test: (64,)"""

    validation: Array
    test: Array

    def best(self) -> tuple[Array, Array]:
        """The best validation score so far, and the test score of the network that has it. Returns (64,) each"""
        at = np.array([self.validation[:n].argmax() for n in range(1, len(self.validation) + 1)])
        return self.validation[at], self.test[at]


def tries(shuffled: bool, validation: int, draw: int) -> Tries:
    """Sixty-four networks on sixty rows, each judged on the validation rows. shuffled: the labels say nothing"""
    config = changed({}, draw, CURSED)
    data, (X, y) = apart(_shuffled(load(config.data), draw) if shuffled else load(config.data), validation)
    course = train(config, data, ())
    return Tries(1 - course.held[1][-1], 1 - course.judged((X, y))[1][-1])


def _shuffled(data: Prepared, draw: int) -> Prepared:
    """The same rows with each other's labels."""
    y = np.concatenate([data.y_train, data.y_test])
    y = np.random.default_rng([draw, LABELS_STREAM]).permutation(y)
    return replace(data, y_train=y[:len(data.y_train)], y_test=y[len(data.y_train):])
