"""Networks that the lesson "Convolution" trains: on digits, on shapes of which it saw one side only, on digits that are
moved."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data import PICTURES, Prepared, load, prepare
from ann_core.nn.network import Network
from ann_core.run.config import RunConfig
from ann_core.run.run import start

ELSEWHERE = 306
"""Purpose of the random stream that pictures with the shape elsewhere come from."""
LEFT, RIGHT = (0, 2), (5, 7)
"""First and last column in which a shape's left edge stands: where it is learned, and where it is asked."""
REACH = 2
"""Pixels by which digits are moved at most: as many as are empty around them."""

CONV4, CONV8, CONV16 = ({"kind": "conv2d", "filters": n} for n in (4, 8, 16))
MAX, FLATTEN, ANYWHERE = {"kind": "max_pool2d"}, {"kind": "flatten"}, {"kind": "global_max_pool"}
SHAPES = {"anywhere": (CONV4, MAX, CONV8, ANYWHERE), "places": (CONV4, MAX, CONV8, MAX, FLATTEN),
          "dense": ({"units": 32, "activation": "relu"},)}
"""Three networks for shapes: one whose filters' best answers count wherever they are; one in which each place has output
weights
of its own; one without filters."""
DIGITS = {"anywhere": (CONV8, CONV16, ANYWHERE), "places": (CONV8, MAX, CONV16, MAX, FLATTEN),
          "dense": ({"units": 17, "activation": "relu"},)}
"""The same three for digits on a canvas."""


@dataclass(frozen=True)
class Trained:
    """A network that has learned, with its rows. theta: (P,)"""

    net: Network
    theta: Array
    data: Prepared

    def answers(self, X: Array) -> NDArray[np.intp]:
        """The class it gives each picture. X: (N, pixels)"""
        return self.net.predict(self.theta, X.reshape(len(X), *self.net.inputs)).argmax(-1)

    def right(self, X: Array, y: NDArray) -> float:
        """The share of pictures that it answers right."""
        return float((self.answers(X) == y).mean())

    def layer(self, number: int) -> dict[str, Array]:
        """The arrays of a layer by name: W, b."""
        views = self.net.parameters.view(self.theta)
        return {name.rpartition(".")[2]: array for name, array in views.items() if name.startswith(f"layers.{number}.")}

    def outputs(self, picture: Array) -> list[Array]:
        """What every layer gives for one picture, its own numbers first, the probabilities last. picture: (pixels,)"""
        X = picture.reshape(1, *self.net.inputs)
        Z, _, hidden = self.net.forward(self.net.parameters.rows(self.theta), X)
        return [X[0], *(A[0] for A in hidden), self.net.head.activate(Z)[0]]


def train(config: RunConfig, data: Prepared | None = None) -> Trained:
    """Trains to the last epoch."""
    run = start(config, data)
    trainer = run.trainer()
    for _ in range(config.training.epochs * -(-run.setup.rows // config.training.batch_size)):
        trainer.one_step()
    return Trained(run.net, trainer.theta, run.data)


def config(source: str, layers: tuple[dict[str, Any], ...], rate: float, epochs: int, seed: int = 0) -> RunConfig:
    """A run on pictures, a quarter of them held out; each seed has its own data, split and first weights."""
    return RunConfig.model_validate({
        "data": {"source": source, "scaling": "together" if source.startswith("digits") else "none", "test_share": 0.25,
                 "samples": 800, "noise": 0.2, "seed": seed},
        "network": {"layers": layers}, "training": {"learning_rate": rate, "epochs": epochs}, "seed": seed})


def reader(seed: int = 0) -> Trained:
    """Eight filters of 3 × 3, a max pool and a dense output, which read digits."""
    return train(reads_digits(seed))


def reads_digits(seed: int = 0) -> RunConfig:
    """The settings of the reader."""
    return config("digits", (CONV8, MAX, FLATTEN), 0.003, 12, seed)


@dataclass(frozen=True)
class OneSided:
    """Networks that saw shapes at the left only. right: share of right answers by network and by where the shape is asked,
    at the left (pictures held out) and at the right   pictures, labels: those asked at the right"""

    networks: dict[str, Trained]
    right: dict[str, tuple[float, float]]
    pictures: Array
    labels: NDArray


def one_sided(seed: int = 0) -> OneSided:
    """Trains the three networks on 600 shapes whose left edge stands in the columns LEFT; asks 300 in the columns RIGHT."""
    made = PICTURES["shapes"]
    dataset = made.dataset(800, 0.2, np.random.default_rng([seed, ELSEWHERE, 0]), columns=LEFT)
    data = prepare(dataset, scaling="none", test_share=0.25, seed=seed, plane=made.plane)
    X, y = made.make(300, 0.2, np.random.default_rng([seed, ELSEWHERE, 1]), RIGHT)
    networks: dict[str, Trained] = {}
    for name, layers in SHAPES.items():
        wanted = config("shapes", layers, 0.01, 12, seed)
        networks[name] = train(wanted, data.shaped(wanted.sample))
    right = {name: (net.right(data.X_test, data.y_test), net.right(X, y)) for name, net in networks.items()}
    return OneSided(networks, right, X, y)


@dataclass(frozen=True)
class Moved:
    """Networks that read digits in the middle of a canvas. right: share of right answers on held-out digits by network, moved
    down and across by −REACH … REACH: (5, 5)   pictures, labels: those held out"""

    networks: dict[str, Trained]
    right: dict[str, Array]
    pictures: Array
    labels: NDArray


def moved(X: Array, down: int, across: int) -> Array:
    """Pictures of 12 × 12 moved by so many pixels; what leaves at one side is empty and comes in at the other. X: (N, 144)"""
    return np.roll(X.reshape(-1, 12, 12), (down, across), (1, 2)).reshape(len(X), -1)


def reads_moved(name: str, seed: int = 0) -> RunConfig:
    """The settings of one of the networks for digits on a canvas."""
    return config("digits_canvas", DIGITS[name], 0.01 if name == "anywhere" else 0.003, 10, seed)


def centred(seed: int = 0) -> Moved:
    """Trains the three networks on digits in the middle, and moves those held out."""
    networks = {name: train(reads_moved(name, seed)) for name in DIGITS}
    data, along = load(reads_moved("dense", seed).data), range(-REACH, REACH + 1)
    right = {name: np.array([[net.right(moved(data.X_test, i, j), data.y_test) for j in along] for i in along])
             for name, net in networks.items()}
    return Moved(networks, right, data.X_test, data.y_test)
