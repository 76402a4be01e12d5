"""Autoencoders that the lesson trains, and what is measured of them: what comes back, codes, neighbours, noise, width."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data import Prepared, load
from ann_core.data.directions import Directions, directions
from ann_core.lessons.hourglass import Hourglass, settings
from ann_core.run.config import RunConfig
from ann_core.run.objectives.supervised import NET, Autoencoder
from ann_core.run.run import Run, start

NOISE, LABELS = 310, 311
"""Purposes of the random streams that the noise over a shown picture, and labels that are mixed up, come from."""
WIDTHS = (1, 2, 4, 8, 16, 32)
"""Numbers in the code, from narrow to wide."""
NETWORKS = {"tanh": settings(Hourglass((32,), 2)), "deeper": settings(Hourglass((64, 32), 2, "relu"), 0.003, 80),
            "linear": settings(Hourglass((), 2), epochs=60)}
"""Three networks with a code of two numbers: with one layer on each side, with two, and without bends."""
DENOISER, PLAIN = settings(Hourglass((32,), 16), noise=0.5), settings(Hourglass((32,), 16))
FLOWERS = settings(Hourglass((6,), 2), epochs=150, source="iris")


@dataclass(frozen=True, eq=False)
class Trained:
    """An autoencoder that has learned. thetas: (epochs + 1, P), the weights after each epoch   errors: (epochs + 1,) the mean
    squared error on clean rows held out"""

    run: Run
    thetas: Array
    errors: Array
    pca: Directions

    @property
    def objective(self) -> Autoencoder:
        """What it was trained for, with its network."""
        found = self.run.setup.objective
        assert isinstance(found, Autoencoder)
        return found

    def codes(self, X: Array, epoch: int = -1) -> Array:
        """(N, D) -> (N, k)"""
        return self.objective.codes(self.objective.rows(self.thetas[epoch])[NET], X)

    def decoded(self, codes: Array, epoch: int = -1) -> Array:
        """(N, k) -> (N, D)"""
        return self.objective.decoded(self.objective.rows(self.thetas[epoch])[NET], codes)

    def again(self, X: Array, epoch: int = -1) -> Array:
        """What comes back. (N, D) -> (N, D)"""
        return self.run.net.predict(self.thetas[epoch], X)

    def layer(self, number: int, epoch: int = -1) -> tuple[Array, Array]:
        """Weights (n_in, n_out) and biases (n_out,) of a layer."""
        views = self.run.net.parameters.view(self.thetas[epoch])
        return views[f"layers.{number}.W"], views[f"layers.{number}.b"]

    @property
    def below_pca(self) -> int | None:
        """The first epoch after which its error on rows held out is below that of PCA with as many numbers; None: never."""
        below = np.flatnonzero(self.errors < error(self.pca.again(self.run.data.X_test), self.run.data.X_test))
        return int(below[0]) if len(below) else None


def train(config: RunConfig, data: Prepared | None = None) -> Trained:
    """Trains to the last epoch and keeps the weights after each."""
    run = start(config, data)
    trainer, thetas = run.trainer(), [run.state.theta]
    for epoch in range(1, config.training.epochs + 1):
        trainer.run(epoch, None, np.inf)
        thetas.append(trainer.theta.copy())
    X, kept = run.data.X_test, np.stack(thetas)
    errors = np.array([error(run.net.predict(theta, X), X) for theta in kept])
    code = run.config.network.layers[len(run.config.network.layers) // 2]
    pca = directions(run.data.X_train, code.units)  # type: ignore[attr-defined]
    return Trained(run.at(trainer.state()), kept, errors, pca)


def error(A: Array, X: Array) -> float:
    """The mean over rows and numbers of (x̂ − x)²."""
    return float(((A - X) ** 2).mean())


def mixed_up(config: RunConfig) -> float:
    """How far any weight differs when the labels are mixed up before training: what the network makes of them."""
    data = load(config.data)
    rng = np.random.default_rng([config.seed, LABELS])
    mixed = Prepared(**{**data.__dict__, "y_train": rng.permutation(data.y_train)})
    short = config.model_copy(update={"training": config.training.model_copy(update={"epochs": 2})})
    return float(np.abs(train(short, data).thetas[-1] - train(short, mixed).thetas[-1]).max())


def neighbours(codes: Array, others: Array, k: int = 5) -> NDArray[np.intp]:
    """For each code the k nearest of the others, nearest first. codes: (N, d), others: (M, d). Returns (N, k)"""
    squares = ((codes[:, None] - others[None]) ** 2).sum(-1)
    found = np.argpartition(squares, k - 1, axis=1)[:, :k]
    return np.take_along_axis(found, np.take_along_axis(squares, found, 1).argsort(axis=1), 1)


def voted(labels: NDArray, nearest: NDArray) -> NDArray[np.intp]:
    """The class that most of the neighbours have; the lowest of several. nearest: (N, k) places in labels"""
    return np.array([np.bincount(row).argmax() for row in labels[nearest]])


def noisy(X: Array, noise: float, draw: int) -> Array:
    """Rows with noise of that standard deviation; a draw is the same noise at every strength."""
    return X + noise * np.random.default_rng([draw, NOISE]).standard_normal(X.shape)


def by_width(widths: Sequence[int] = WIDTHS, seed: int = 0) -> dict[int, Trained]:
    """A network for each width of the code."""
    return {width: train(settings(Hourglass((32,), width), seed=seed)) for width in widths}


def flower(network: Trained, raw: Array) -> tuple[float, Array]:
    """How odd a flower is, and what comes back of it in centimetres. raw: (4,) in centimetres"""
    X, scaler = network.run.data.to_inputs(raw[None]), network.run.data.scaler
    A = network.again(X)
    return error(A, X), (A * scaler.scale + scaler.center)[0]
