"""The loss of a really trained small network over two of its weights."""

from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.network import Network
from ann_core.run.config import RunConfig
from ann_core.run.run import start
from ann_core.run.training import ALL_ROWS

EPOCHS = 400
SIDE = 33
"""Points of the surface along each weight."""


def settings(seed: int = 3) -> RunConfig:
    """Two moons, four tanh units, plain gradient descent on all rows: one step an epoch."""
    return RunConfig.model_validate({
        "data": {"source": "moons", "samples": 200, "noise": 0.1, "test_share": 0.0}, "seed": seed,
        "network": {"layers": [{"units": 4, "activation": "tanh"}]},
        "training": {"optimizer": "sgd", "learning_rate": 1.0, "batch_size": ALL_ROWS, "epochs": EPOCHS}})


@dataclass(frozen=True)
class Descent:
    """A network with its rows, and its parameters after each step of training. X: (N, 2), Y: (N, 1), thetas: (T, P)"""

    net: Network
    X: Array
    Y: Array
    thetas: Array

    def loss(self, thetas: Array) -> Array:
        """The mean loss over the rows at each of these parameters (..., P). Returns (...)"""
        return self.net.head.value(self.net.forward(self.net.parameters.rows(thetas), self.X)[0], self.Y)

    def over(self, pair: tuple[int, int], across: Array, up: Array) -> Array:
        """The loss where the two parameters take these values and all others keep their last. Returns (len(up), len(across))"""
        first, second = np.meshgrid(across, up)
        return self.loss(self._with(pair, np.stack([first, second], -1)))

    def two_alone(self, pair: tuple[int, int], rate: float = 1.0, steps: int = 200) -> Array:
        """Gradient descent that moves only these two, from their first values, all others at their last. (steps + 1, P)"""
        theta = self._with(pair, self.thetas[0, list(pair)])
        path = [theta]
        for _ in range(steps):
            _, gradient = self.net.loss_and_grad(theta, self.X, self.Y)
            theta = theta.copy()
            theta[list(pair)] -= rate * gradient[list(pair)]
            path.append(theta)
        return np.stack(path)

    def _with(self, pair: tuple[int, int], values: Array) -> Array:
        """The last parameters with two of them replaced. values: (..., 2). Returns (..., P)"""
        thetas = np.broadcast_to(self.thetas[-1], (*values.shape[:-1], self.net.n_parameters)).copy()
        thetas[..., list(pair)] = values
        return thetas


def train(seed: int = 3) -> Descent:
    """Trains from this seed to the end."""
    run = start(settings(seed))
    trainer = run.trainer()
    thetas = [trainer.theta.copy()]
    for _ in range(EPOCHS):
        trainer.one_step()
        thetas.append(trainer.theta.copy())
    return Descent(run.net, run.data.X_train, run.setup.Y_train, np.stack(thetas))


def weight_names(net: Network) -> dict[int, str]:
    """What each weight joins, by its place among the parameters, e.g. 3 -> 'x₁ to unit 4'. Biases are left out."""
    units = [f"unit {i + 1}" for i in range(net.layers[0].outputs[0])]
    inputs = ("x₁", "x₂")
    first = [f"{a} to {b}" for a in inputs for b in units]
    last = [f"{unit} to output" for unit in units]
    places = [range(part.start, part.stop) for (part,) in net.weight_parts]
    return dict(zip([*places[0], *places[1]], first + last, strict=True))


def span(path: Array, margin: float = 0.35) -> tuple[float, float]:
    """A range that holds a path (T,) with room around it."""
    low, high = float(path.min()), float(path.max())
    room = max(margin * (high - low), 1.0)
    return low - room, high + room
