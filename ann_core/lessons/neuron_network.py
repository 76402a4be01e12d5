"""From one neuron to a network: outputs, shapes, and hidden units that make XOR separable."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ann_core.base.arrays import Array
from ann_core.lessons.neuron import CORNERS, TABLES, answer
from ann_core.nn.activations import softmax
from ann_core.nn.config import NetworkConfig
from ann_core.nn.layers.base import Shape
from ann_core.run.config import RunConfig
from ann_core.run.run import start
from ann_core.run.training import ALL_ROWS


def two_outputs(z0: float, z1: float) -> tuple[float, float, float]:
    """Class 1 by two softmax units with sums z₀ and z₁, by one sigmoid unit with z₁ − z₀, by one tanh unit with half of it."""
    return (float(softmax(np.array([z0, z1]))[1]), answer("sigmoid", z1 - z0), answer("tanh", (z1 - z0) / 2))


def shapes(config: NetworkConfig, n_in: int, n_out: int) -> list[tuple[Shape, Shape]]:
    """Every layer's shapes of W and b, input side first."""
    return [((*layer.inputs, *layer.outputs), layer.outputs) for layer in config.stack((n_in,), n_out)]


def corners_config(table: str, hidden: int = 0, seed: int = 0) -> RunConfig:
    """A truth table as four drawn points, learned by sigmoid units: `hidden` of them in one layer, and one output unit."""
    points = tuple((x1, x2, y) for (x1, x2), y in zip(CORNERS, TABLES[table], strict=True))
    layers = ({"units": hidden, "activation": "sigmoid"},) if hidden else ()
    return RunConfig.model_validate({
        "data": {"source": "drawn", "drawn": points, "test_share": 0.0, "scaling": "none"},
        "network": {"layers": layers, "initializer": "normal"},
        "training": {"optimizer": "sgd", "learning_rate": 5.0, "batch_size": ALL_ROWS, "epochs": 400}, "seed": seed})


@dataclass(frozen=True, eq=False)
class Unfolding:
    """A trained network of two hidden units on XOR, moment by moment (F of them), for the corners in order (4)."""

    epochs: tuple[int, ...]
    hidden: Array       # (F, 4, 2) outputs of the hidden units
    answers: Array      # (F, 4)
    W1: Array           # (F, 2, 2) rows are inputs
    b1: Array           # (F, 2)
    w2: Array           # (F, 2)
    b2: Array           # (F,)

    def right(self, frame: int) -> int:
        """How many corners have the right answer at a moment."""
        return int(((self.answers[frame] > 0.5) == np.array(TABLES["XOR"], dtype=bool)).sum())


MOMENTS = (*range(0, 40, 2), *range(40, 120, 4), *range(120, 401, 10))


@lru_cache(maxsize=16)
def unfolding(seed: int) -> Unfolding:
    """Trains a 2-2-1 network of the engine on XOR for 400 epochs and looks at it at MOMENTS."""
    run = start(corners_config("XOR", 2, seed))
    trainer, X, found = run.trainer(), np.array(CORNERS), []
    for epoch in MOMENTS:
        while trainer.epoch < epoch:
            trainer.one_step()
        views = {name: view.copy() for name, view in run.net.parameters.view(trainer.theta).items()}
        Z, _, (A,) = run.net.forward(run.net.parameters.rows(trainer.theta), X)
        found.append((A.copy(), run.net.head.activate(Z)[:, 0], views["layers.0.W"], views["layers.0.b"],
                      views["layers.1.W"][:, 0], views["layers.1.b"][0]))
    return Unfolding(MOMENTS, *(np.array(column) for column in zip(*found, strict=True)))
