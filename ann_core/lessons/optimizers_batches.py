"""All rows, some rows, one row: the gradients of a real network's batches, and what steps and epochs cost."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ann_core.base.arrays import Array
from ann_core.run.config import RunConfig
from ann_core.run.run import Run, start

ROWS, EPOCHS, MANY = 512, 20, 200
"""Rows of the data, epochs of training, batches that are measured."""
PICKS = 308
"""Purpose of the random streams [seed, PICKS, size] that batches are drawn from."""


def settings(batch: int, seed: int = 0) -> RunConfig:
    """Two moons, two layers of eight tanh units, plain gradient descent."""
    return RunConfig.model_validate({
        "data": {"source": "moons", "samples": ROWS, "noise": 0.2, "test_share": 0.0, "seed": seed}, "seed": seed,
        "network": {"layers": [{"units": 8}, {"units": 8}]},
        "training": {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": batch, "epochs": EPOCHS}})


@dataclass(frozen=True)
class Bundle:
    """Gradients of batches (MANY, P) beside that of all rows (P,)."""

    batches: Array
    full: Array

    @cached_property
    def lengths(self) -> Array:
        """In lengths of the full gradient. (MANY,)"""
        return np.linalg.norm(self.batches, axis=1) / np.linalg.norm(self.full)

    @cached_property
    def angles(self) -> Array:
        """Between each batch's gradient and the full one, in degrees. (MANY,)"""
        cosines = self.batches @ self.full / (self.lengths * (self.full @ self.full))
        return np.degrees(np.arccos(np.clip(cosines, -1, 1)))

    @property
    def spread(self) -> float:
        """Root of the mean of ‖g_B − g‖², over ‖g‖."""
        return float(np.sqrt(((self.batches - self.full) ** 2).sum(1).mean() / (self.full @ self.full)))

    @property
    def uphill(self) -> float:
        """The share of batches whose step would go up the loss of all rows: at more than 90° to its gradient."""
        return float((self.angles > 90).mean())

    @property
    def arrows(self) -> Array:
        """A flat picture with true lengths and true angles: the full gradient points to (1, 0), and each batch's
        lies on the side of its main sideways noise. (MANY, 2)"""
        off = self.batches - np.outer(self.batches @ self.full / (self.full @ self.full), self.full)
        side = np.where(off @ np.linalg.svd(off, full_matrices=False)[2][0] < 0, -1.0, 1.0)
        turn = np.radians(self.angles)
        return self.lengths[:, None] * np.column_stack([np.cos(turn), side * np.sin(turn)])


@dataclass(frozen=True)
class Moment:
    """The gradient of every row alone, at one moment of training. rows: (N, P)"""

    rows: Array
    seed: int

    def bundle(self, size: int) -> Bundle:
        """MANY batches of so many rows, each row at most once."""
        rng = np.random.default_rng([self.seed, PICKS, size])
        picks = rng.permuted(np.tile(np.arange(len(self.rows)), (MANY, 1)), axis=1)[:, :size]
        return Bundle(self.rows[picks].mean(1), self.rows.mean(0))

    def spread(self, size: int | Array) -> Array:
        """What theory expects: spread(1)/√B · √((N − B)/(N − 1)), exact for rows drawn without putting them back."""
        full, N = self.rows.mean(0), len(self.rows)
        one = np.sqrt(((self.rows - full) ** 2).sum(1).mean() / (full @ full))
        return one / np.sqrt(size) * np.sqrt((N - size) / (N - 1))


def _loss_and_rows(run: Run, theta: Array) -> tuple[float, Array]:
    """The loss of all rows, and each row's own gradient (N, P)."""
    losses, rows = run.net.loss_and_grad(np.tile(theta, (ROWS, 1)), run.data.X_train[:, None], run.setup.Y_train[:, None])
    return float(losses.mean()), rows


def moments(seed: int = 0) -> dict[str, Moment]:
    """At the first weights, and after EPOCHS in batches of 32."""
    run = start(settings(32, seed))
    trainer = run.trainer()
    found = {"at the start": Moment(_loss_and_rows(run, trainer.theta)[1], seed)}
    for _ in range(EPOCHS * ROWS // 32):
        trainer.one_step()
    return {**found, f"after {EPOCHS} epochs": Moment(_loss_and_rows(run, trainer.theta)[1], seed)}


def course(batch: int, seed: int = 0) -> Array:
    """The loss of all rows at the start and after each epoch, from the same first weights whatever the batch. (EPOCHS + 1,)"""
    run = start(settings(batch, seed))
    trainer = run.trainer()
    losses = [_loss_and_rows(run, trainer.theta)[0]]
    for _ in range(EPOCHS):
        for _ in range(ROWS // batch):
            trainer.one_step()
        losses.append(_loss_and_rows(run, trainer.theta)[0])
    return np.array(losses)


@dataclass(frozen=True)
class Work:
    """What a batch size costs, counted. products: multiplications of a number by a weight, one forward and two backward for
    every weight and row"""

    steps: int
    products: int

    @property
    def epoch(self) -> int:
        return self.steps * self.products


def work(batch: int) -> Work:
    """Steps of an epoch, and multiplications of a step."""
    net = start(settings(batch)).net
    return Work(ROWS // batch, 3 * batch * sum(layer.work() for layer in net.layers))
