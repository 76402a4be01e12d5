"""A training that overfits, what cures it, and what each leaves on rows that were not learned from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data import GENERATORS, MADE_STREAM, Prepared, load
from ann_core.data.config import DataConfig
from ann_core.data.dataset import Dataset
from ann_core.nn.layers.base import Pass
from ann_core.run.config import RunConfig
from ann_core.run.link import edited
from ann_core.run.run import Run, start
from ann_core.run.training import ALL_ROWS

EPOCHS = 1000
BASELINE = RunConfig.model_validate({
    "data": {"source": "moons", "samples": 600, "noise": 0.4, "test_share": 0.9},
    "network": {"layers": [{"units": 128, "activation": "relu"}]},
    "training": {"optimizer": "adam", "learning_rate": 0.02, "batch_size": ALL_ROWS, "epochs": EPOCHS}})
"""Sixty training rows full of noise, and a network wide enough to learn each of them by heart."""
MOMENTS = (0, 1, 2, 4, 6, 9, 13, 18, 24, 32, 42, 56, 75, 100, 130, 170, 220, 290, 380, 500, 650, 820, EPOCHS)
"""Epochs that are looked at: many where much happens."""
TOGETHER = 8
"""Moments that are judged in one go."""
TINY = 1e-3
"""A weight below this counts as nearly 0."""

HALF, FRESH = 270, 4_000
"""Of 540 rows held out one half is for validation, the other for the test; and rows that nobody has seen."""
MASK_STREAM = 315  # random streams are default_rng([seed, purpose]); see ann_core.data.MADE_STREAM

Part = tuple[Array, NDArray]
"""Rows that are judged: inputs and right answers."""


def drawn(config: RunConfig, draw: int) -> RunConfig:
    """The same settings on another draw: other rows, other first weights, another order."""
    return edited(config, {"seed": draw, "data.seed": draw})


def changed(changes: Mapping[str, Any], draw: int = 0, config: RunConfig = BASELINE) -> RunConfig:
    """The baseline, or other settings, with some of them changed, on one draw."""
    return edited(drawn(config, draw), changes)


@dataclass(frozen=True, eq=False)
class Course:
    """A training, seen at some epochs. epochs: (T,), thetas: (T, …, P), statistics: (T, …, Q)"""

    run: Run
    epochs: NDArray[np.int64]
    thetas: Array
    statistics: Array

    def judged(self, rows: Part) -> tuple[Array, Array]:
        """Loss and share of wrong answers on these rows at each moment. Returns (T, …) each"""
        (X, y), setup, found = rows, self.run.setup, []
        net, Y = setup.net, setup.objective.encode(setup.data, X, y)
        for t in range(0, len(self.thetas), TOGETHER):
            theta, statistics = self.thetas[t:t + TOGETHER], self.statistics[t:t + TOGETHER]
            Z, _, _ = net.forward(net.parameters.rows(theta), X, net.evaluation(statistics))
            found.append((setup.objective.value(Z, Y, None), 1 - setup.target.score(Z, net.head.score(Z), y)))
        losses, errors = zip(*found, strict=True)
        return np.concatenate(losses), np.concatenate(errors)

    def answers(self, X: Array, t: int = -1) -> Array:
        """The probability of class 1 for each row, at one moment. Returns (…, N)"""
        return self.run.net.predict(self.thetas[t], X, self.statistics[t])[..., 0]

    def map(self, side: int, t: int = -1) -> Array:
        """The same over the plane of the data, lowest x₂ first. Returns (side, side)"""
        return self.answers(self.run.data.grid(side), t).reshape(side, side)

    @cached_property
    def training(self) -> tuple[Array, Array]:
        """Loss and error on the training rows."""
        return self.judged((self.run.data.X_train, self.run.data.y_train))

    @cached_property
    def held(self) -> tuple[Array, Array]:
        """The same on the rows that were held out."""
        return self.judged((self.run.data.X_test, self.run.data.y_test))

    def off(self) -> tuple[NDArray[np.bool_], float]:
        """Which units of the only hidden layer are off for every training row, (units,); and how many of the weights that are
        nearly 0 belong to them, as a share."""
        net, data = self.run.net, self.run.data
        views = net.parameters.view(self.thetas[-1])
        W, b = views["layers.0.W"], views["layers.0.b"]
        off = np.asarray((data.X_train @ W + b <= 0).all(0))
        tiny = np.abs(np.vstack([W, views["layers.1.W"].T])) < TINY
        return off, float(tiny[:, off].sum() / max(1, tiny.sum()))

    @property
    def weights(self) -> Array:
        """All weights at the last moment; biases are left out."""
        return np.concatenate([self.thetas[-1, part] for parts in self.run.net.weight_parts for part in parts])


def train(config: RunConfig, data: Prepared | None = None, moments: Sequence[int] = MOMENTS) -> Course:
    """Trains to the last epoch, or to where it stops early, and looks at it at these epochs and at the end."""
    run = start(config, data)
    trainer, states, last = run.trainer(), [], config.training.epochs
    with np.errstate(all="ignore"):  # a rate that is far too large is one of the trials of a search
        for epoch in (*(moment for moment in moments if moment < last), last):
            trainer.run(epoch, None, np.inf)
            states.append(trainer.state())
            if trainer.stopped:
                break
    return Course(run.at(states[-1]), np.array([state.epoch for state in states]),
                  np.stack([state.theta for state in states]), np.stack([state.statistics for state in states]))


@dataclass(frozen=True)
class Ending:
    """Where a training ended, by the rows that are judged: training, validation, test. lowest: test loss on the way"""

    losses: tuple[float, float, float]
    errors: tuple[float, float, float]
    lowest: float
    tiny: float = 0.0
    """The share of weights that are nearly 0."""

    @property
    def gap(self) -> float:
        """How much more often it is wrong on test rows than on those that it learned."""
        return self.errors[2] - self.errors[0]


def ending(config: RunConfig, validation: int = HALF) -> Ending:
    """Trains to the end and judges what is kept. validation: so many of the rows held out; the others are for the test"""
    return concluded(*watched(config, validation))


def concluded(course: Course, test: Part) -> Ending:
    """How this training ended, judged by the weights that are kept."""
    if course.run.config.training.patience:
        best = course.run.kept.state
        course = Course(course.run, np.array([best.epoch]), best.theta[None], best.statistics[None])
    parts = [course.training, course.held, course.judged(test)]
    training, held, tests = (tuple(float(part[i][-1]) for i in (0, 1)) for part in parts)
    return Ending((training[0], held[0], tests[0]), (training[1], held[1], tests[1]), float(parts[2][0].min()),
                  float((np.abs(course.weights) < TINY).mean()))


def watched(config: RunConfig, validation: int = HALF, moments: Sequence[int] = MOMENTS) -> tuple[Course, Part]:
    """A training with validation rows, which say when to stop if it may stop early; and the rows for the test."""
    data, test = apart(load(config.data), validation)
    return train(config, data, moments), test


def fresh(config: DataConfig) -> Dataset:
    """Four thousand more rows of the same made data, which nobody has seen."""
    return GENERATORS[config.source].dataset(FRESH, config.noise, np.random.default_rng([config.seed, MADE_STREAM, 1]))


class OneMask:
    """A source of random numbers that gives every row the same ones: with dropout, the same units are off for all rows."""

    def __init__(self, seed: int):
        self.rng = np.random.default_rng([seed, MASK_STREAM])

    def random(self, shape: tuple[int, ...], /) -> Array:
        """The same numbers in every row. Returns `shape`"""
        return np.broadcast_to(self.rng.random(shape[-1]), shape)


def thinned(course: Course, X: Array, seed: int) -> tuple[Array, NDArray[np.bool_]]:
    """What a network with one draw of dropout answers to these rows, and which of its hidden units are on. (N,), (units,)"""
    net = course.run.net
    Z, _, _ = net.forward(net.parameters.rows(course.thetas[-1]), X, Pass(False, None, noise=[OneMask(seed)]))
    on = OneMask(seed).random(net.layers[0].outputs) >= course.run.config.network.dropout
    return net.head.activate(Z)[..., 0], on


def apart(data: Prepared, validation: int) -> tuple[Prepared, Part]:
    """Data whose first held-out rows are for validation, and the other held-out rows, for the test."""
    held = replace(data, X_test=data.X_test[:validation], y_test=data.y_test[:validation],
                   points_test=data.points_test[:validation], held_out="validation")
    return held, (data.X_test[validation:], data.y_test[validation:])
