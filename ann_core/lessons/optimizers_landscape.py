"""The cost of a whole network along two directions through its last parameters, and its path of training in that plane."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.film.recording import Recording
from ann_core.lessons.losses_surface import Descent
from ann_core.nn.network import Network
from ann_core.run.config import RunConfig
from ann_core.run.run import start
from ann_core.run.training import ALL_ROWS

SIDE = 41
"""Points of the plane along each direction."""
DIRECTION = 307
"""Purpose of the random stream [seed, DIRECTION] of two directions."""
MOMENTS = 61
"""At most so many moments of a recording make its path."""
WORK = 150_000
"""Parameters times rows of a network that can be looked at without waiting."""
TRAININGS: Mapping[str, dict] = {
    "SGD, all rows": {"optimizer": "sgd", "learning_rate": 1.0, "batch_size": ALL_ROWS, "epochs": 400},
    "SGD, batches of 32": {"optimizer": "sgd", "learning_rate": 0.3, "batch_size": 32, "epochs": 100},
    "Adam, batches of 32": {"optimizer": "adam", "learning_rate": 0.02, "batch_size": 32, "epochs": 100}}
"""Ways of training the example."""


def settings(training: str, seed: int = 0) -> RunConfig:
    """Two moons, eight tanh units. training: one of TRAININGS   seed: of points, first weights and order of rows"""
    return RunConfig.model_validate({
        "data": {"source": "moons", "samples": 200, "noise": 0.1, "test_share": 0.0, "seed": seed}, "seed": seed,
        "network": {"layers": [{"units": 8, "activation": "tanh"}]}, "training": TRAININGS[training]})


def train(training: str, seed: int = 0) -> Descent:
    """The example, trained to its end, with its parameters after every step."""
    run = start(settings(training, seed))
    trainer = run.trainer()
    thetas = [trainer.theta.copy()]
    while trainer.epoch < run.config.training.epochs:
        trainer.one_step()
        thetas.append(trainer.theta.copy())
    return Descent(run.net, run.data.X_train, run.setup.Y_train, np.stack(thetas))


def of_recording(recording: Recording) -> tuple[Descent, NDArray[np.int64]]:
    """The path of a run so far, as its film goes, and at which steps it was looked at.

    Raises ValueError, with a sentence, for a run whose cost along a plane cannot be shown, or not without waiting.
    """
    run = recording.latest
    net, rows = run.net, len(run.data.X_train)
    reasons = {
        "It consists of two networks against each other.": len(run.setup.objective.networks) > 1,
        "It trains several seeds side by side; one is needed.": run.config.seeds > 1,
        "With batch normalisation its cost does not follow from its parameters alone.": net.statistics.size > 0,
        "Its classes are balanced by weights.": run.setup.weights_train is not None,
        f"It is too large: {net.n_parameters:,} parameters times {rows:,} rows are over {WORK:,}.":
            net.n_parameters * rows > WORK,
        "It has not been trained yet.": run.state.step == 0}
    for reason, holds in reasons.items():
        if holds:
            raise ValueError(reason)
    steps = np.unique(np.round(run.state.step * np.linspace(0, 1, MOMENTS) ** 2).astype(int))
    return Descent(net, run.data.X_train, run.setup.Y_train, np.stack(list(_thetas(recording, steps)))), steps


def _thetas(recording: Recording, steps: NDArray[np.int64]) -> Iterator[Array]:
    """The parameters at these steps: in one go, but where settings changed on the way, as the recording remembers them."""
    if recording.changed:
        yield from (recording.at(int(step)).state.theta for step in steps)
        return
    trainer = recording.at(0).trainer()
    for step in steps:
        trainer.run(None, int(step), np.inf)
        yield trainer.theta.copy()


@dataclass(frozen=True)
class Plane:
    """θ(α, β) = θ_T + α d₁ + β d₂. descent: the network and its path   directions: d₁ and d₂, (2, P)"""

    descent: Descent
    directions: Array

    def loss(self, places: Array) -> Array:
        """The mean loss over the rows at α, β. places: (..., 2). Returns (...)"""
        return self.descent.loss(self.descent.thetas[-1] + places @ self.directions)

    def surface(self, alpha: Array, beta: Array) -> Array:
        """The loss on a grid, row by row, so that memory stays small. Returns (len(beta), len(alpha))"""
        return np.stack([self.loss(np.stack([alpha, np.full_like(alpha, b)], -1)) for b in beta])

    @cached_property
    def path(self) -> Array:
        """Where the path, brought straight down onto the plane, lies on it: α and β of each moment. (T, 2)"""
        return self._away @ np.linalg.pinv(self.directions)

    @property
    def _away(self) -> Array:
        return self.descent.thetas - self.descent.thetas[-1]

    @property
    def share(self) -> float:
        """How much of the path lies in the plane: Σ‖its part in the plane‖² / Σ‖θₜ − θ_T‖²."""
        return float(((self.path @ self.directions) ** 2).sum() / (self._away**2).sum())


def along_path(descent: Descent) -> tuple[Plane, Array]:
    """The plane that holds as much of the path as any plane can, and the share that each main direction holds. Shares: (K,)

    Singular value decomposition of θₜ − θ_T; the path begins at α > 0. Raises ValueError where the parameters did not move.
    """
    away = descent.thetas - descent.thetas[-1]
    _, sizes, directions = np.linalg.svd(away, full_matrices=False)
    if not sizes[0] > 0:
        raise ValueError("Its parameters did not move, so it has no path.")
    signs = np.where(directions[:2] @ away[0] < 0, -1.0, 1.0)
    return Plane(descent, directions[:2] * signs[:, None]), sizes**2 / (sizes**2).sum()


def at_random(descent: Descent, seed: int) -> Plane:
    """Two random directions. In each the weights into a unit are as long as that unit's own, biases stay (Li et al., 2018)."""
    rng = np.random.default_rng([seed, DIRECTION])
    return Plane(descent, np.stack([_drawn(descent.net, descent.thetas[-1], rng) for _ in range(2)]))


def _drawn(net: Network, theta: Array, rng: np.random.Generator) -> Array:
    own, drawn = net.parameters.view(theta), np.zeros_like(theta)
    for entry in net.parameters.of("weight"):
        d = rng.standard_normal(entry.param.shape)
        d *= np.linalg.norm(own[entry.name], axis=0) / np.linalg.norm(d, axis=0)
        drawn[entry.part] = d.ravel()
    return drawn
