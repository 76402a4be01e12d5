"""What training makes of first weights: eight units side by side, and deep networks from several starts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from ann_core.base.arrays import Array
from ann_core.lessons.initialization import Start
from ann_core.nn.measures import layer_rms
from ann_core.run.config import RunConfig
from ann_core.run.run import Run, start

UNITS, EPOCHS, EVERY, BATCH = 8, 100, 2, 32
"""Units side by side; epochs of training; after how many of them the loss of deep networks is looked at; rows of a batch."""
POINTS = 3
"""The draw of the points. On this one a straight line is right as often as on most: nine times in ten."""
RATES = {"sgd": 0.1, "adam": 0.01}
"""The learning rate that each optimiser gets."""


def settings(begin: Start, activation: str, optimizer: str, layers: int = 1, units: int = UNITS, seed: int = 0,
             seeds: int = 1, points: int = POINTS) -> RunConfig:
    """Two moons, equally wide hidden layers."""
    return RunConfig.model_validate({
        "data": {"source": "moons", "samples": 300, "noise": 0.1, "seed": points}, "seed": seed, "seeds": seeds,
        "network": {"layers": [{"units": units, "activation": activation}] * layers, "initializer": begin.initializer,
                    "sigma": begin.sigma},
        "training": {"optimizer": optimizer, "learning_rate": RATES[optimizer], "batch_size": BATCH,
                     "epochs": EPOCHS}})


def epochs(run: Run, every: int = 1) -> Iterator[Array]:
    """Its parameters at the start and after every so many epochs, (..., P); NaN and all where training runs away."""
    trainer = run.trainer()
    with np.errstate(all="ignore"):
        yield trainer.theta.copy()
        for epoch in range(every, run.config.training.epochs + 1, every):
            trainer.run(epoch, None, inf)
            yield trainer.theta.copy()


def loss(run: Run, theta: Array) -> Array:
    """On the training rows. theta: (..., P). Returns (...)"""
    with np.errstate(all="ignore"):
        return run.net.head.value(run.net.forward(run.net.parameters.rows(theta), run.data.X_train)[0], run.setup.Y_train)


def accuracy(run: Run, theta: Array) -> Array:
    """On the test rows. theta: (..., P). Returns (...)"""
    with np.errstate(all="ignore"):
        Z, _, _ = run.net.forward(run.net.parameters.rows(theta), run.data.X_test)
        return run.data.target.score(Z, run.net.head.activate(Z), run.data.y_test)


# One hidden layer ----------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Symmetry:
    """Hidden units side by side. parameters: (epochs + 1, units, 4), of each unit its weights from x₁ and x₂, its bias, and its
    weight to the output   gradient: (units, 2), ∂L/∂W of the first layer before the first step"""

    parameters: Array
    gradient: Array
    loss: float
    accuracy: float

    @property
    def apart(self) -> Array:
        """The largest difference between two units in any of the four numbers, after each epoch. Returns (epochs + 1,)"""
        return np.ptp(self.parameters, axis=1).max(-1)


def symmetry(begin: Start, activation: str, optimizer: str, seed: int = 0, points: int = POINTS) -> Symmetry:
    """Trains one hidden layer of eight units for a hundred epochs."""
    run = start(settings(begin, activation, optimizer, seed=seed, points=points))
    _, gradient = run.net.loss_and_grad(run.state.theta, run.data.X_train, run.setup.Y_train)
    thetas = np.stack(list(epochs(run)))
    return Symmetry(_units(run, thetas), _units(run, gradient)[:, :2], float(loss(run, thetas[-1])),
                    float(accuracy(run, thetas[-1])))


def _units(run: Run, theta: Array) -> Array:
    """What belongs to each hidden unit, (..., units, 4)."""
    parts = run.net.parameters.view(theta)
    return np.concatenate([parts["layers.0.W"].mT, parts["layers.0.b"][..., None], parts["layers.1.W"]], -1)


# Deep networks -------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Learned:
    """What became of several starts. loss: (EPOCHS / EVERY + 1, starts) on the training rows, NaN once it
    ran away
    accuracy: (starts,) on the test rows at the end   gradient: (starts,) RMS of layer 1's ∂L/∂W before the first step"""

    loss: Array
    accuracy: Array
    gradient: Array

    def manner(self, i: int) -> str:
        """How start i ended. A straight boundary reaches about 0.9 of these points, guessing 0.5, at a loss of ln 2 = 0.693."""
        last, accuracy = self.loss[-1, i], self.accuracy[i]
        if not np.isfinite(last):
            return "ran away"
        return "stuck" if last > 0.6 else "learned" if accuracy > 0.95 else "half-way"


def learned(starts: Sequence[Start], activation: str, optimizer: str, layers: int, seed: int = 0) -> Learned:
    """Trains networks of ten units a layer side by side, the first from `seed`, the next from the seed after it, and so on;
    each equals a run of its own."""
    alone = [start(settings(begin, activation, optimizer, layers, 10, seed + k)) for k, begin in enumerate(starts)]
    run = start(settings(starts[0], activation, optimizer, layers, 10, seed, len(starts)))
    run = run.at(replace(run.state, theta=np.stack([one.state.theta for one in alone])))
    thetas = list(epochs(run, EVERY))
    losses = np.stack([loss(run, theta) for theta in thetas])
    _, gradient = run.net.loss_and_grad(run.state.theta, run.data.X_train, run.setup.Y_train)
    return Learned(np.where(np.isfinite(losses), losses, np.nan), accuracy(run, thetas[-1]),
                   layer_rms(gradient, run.net.weight_parts)[0])
