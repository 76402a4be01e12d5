"""Sixty patients of the clinic: forty that were made ill on purpose, each in one way, and twenty that are well."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from ann_core import RunConfig
from ann_core.base.arrays import Array
from ann_core.data import Prepared, load
from ann_core.data.scaling import Scaler

SICK_STREAM = 219
Change = Callable[[Prepared, np.random.Generator], Prepared]


@dataclass(frozen=True)
class Patient:
    """Settings of a run and how its rows are spoilt. ailment: what was done to it; "" to nothing"""

    name: str
    ailment: str
    parts: Mapping[str, Any]
    spoilt: Change | None = None

    def admitted(self, seed: int) -> tuple[RunConfig, Prepared | None]:
        """Settings and rows with this seed, for data and weights alike; no rows where they follow from the settings."""
        data = {**self.parts.get("data", {}), "seed": seed}
        config = RunConfig.model_validate({**self.parts, "data": data, "seed": seed})
        return config, self.spoilt(load(config.data), np.random.default_rng([seed, SICK_STREAM])) if self.spoilt else None


def net(activation: str = "tanh", layers: int = 2, units: int = 8, **more: Any) -> dict[str, Any]:
    """Dense layers, all alike."""
    return {"layers": [{"units": units, "activation": activation}] * layers, **more}


def by(optimizer: str, rate: float, epochs: int = 60, **more: Any) -> dict[str, Any]:
    """How it is trained."""
    return {"optimizer": optimizer, "learning_rate": rate, "epochs": epochs, **more}


def made(source: str, samples: int = 200, noise: float = 0.1, **more: Any) -> dict[str, Any]:
    """Points that are made."""
    return {"source": source, "samples": samples, "noise": noise, **more}


def measured(source: str, **more: Any) -> dict[str, Any]:
    """Data that come with scikit-learn."""
    return {"source": source, **more}


def larger(factor: float, data: Prepared, rng: np.random.Generator) -> Prepared:
    """The first input in a unit that makes its numbers so many times as large."""
    by_input = np.ones(data.X_train.shape[1])
    by_input[0] = factor
    scaler = Scaler(data.scaler.center, data.scaler.scale / by_input, data.scaler.varies)
    return replace(data, X_train=data.X_train * by_input, X_test=data.X_test * by_input, scaler=scaler)


def leaking(data: Prepared, rng: np.random.Generator, noise: float = 0.01) -> Prepared:
    """The last input becomes the answer with a little noise."""
    spread = float(data.y_train.std())

    def told(X: Array, y: Array) -> Array:
        X = X.copy()
        X[:, -1] = (y - data.y_train.mean()) / spread + noise * rng.standard_normal(len(y))
        return X

    return replace(data, X_train=told(data.X_train, data.y_train), X_test=told(data.X_test, data.y_test))


def copied(data: Prepared, rng: np.random.Generator, share: float = 0.5) -> Prepared:
    """A share of the rows held out are training rows."""
    count = round(share * len(data.y_test))
    which = rng.choice(len(data.y_train), count, replace=False)
    X, y = data.X_test.copy(), data.y_test.copy()
    X[:count], y[:count] = data.X_train[which], data.y_train[which]
    return replace(data, X_test=X, y_test=y)


def rare(share: float, data: Prepared, rng: np.random.Generator) -> Prepared:
    """So few rows of the last class are left."""
    last = len(data.target.class_names) - 1

    def kept(y: Array) -> Array:
        return (y != last) | (rng.random(len(y)) < share)

    train, held = kept(data.y_train), kept(data.y_test)
    return replace(data, X_train=data.X_train[train], y_train=data.y_train[train], points_train=data.points_train[train],
                   X_test=data.X_test[held], y_test=data.y_test[held], points_test=data.points_test[held])


def run(data: dict[str, Any], network: dict[str, Any], training: dict[str, Any]) -> dict[str, Any]:
    """All settings."""
    return {"data": data, "network": network, "training": training}


ADAM = by("adam", 0.02)
SICK = (
    Patient("equal weights, moons", "symmetry", run(made("moons"), net(initializer="constant", sigma=0.5), ADAM)),
    Patient("equal weights, sigmoid, iris", "symmetry", run(
        measured("iris"), net("sigmoid", 1, 16, initializer="constant", sigma=0.2), ADAM)),
    Patient("zeros, ReLU, blobs", "symmetry", run(made("blobs"), net("relu", initializer="zeros"), by("sgd", 0.1))),
    Patient("wine as measured", "unscaled", run(measured("wine", scaling="none"), net("relu"), ADAM)),
    Patient("diabetes as measured", "unscaled", run(measured("diabetes", scaling="none"), net(), by("sgd", 0.03))),
    Patient("one input in grams", "unscaled", run(made("circles"), net(), ADAM), partial(larger, 1000.0)),
    Patient("leak among noise, classes", "leak", run(made("moons", 300, 0.7), net(), ADAM), leaking),
    Patient("leak, values", "leak", run(measured("diabetes"), net(), ADAM), leaking),
    Patient("leak among checks", "leak", run(made("checkerboard", 300, 0.4), net("relu", 2, 16), ADAM), leaking),
    Patient("copies, moons", "copies", run(made("moons", 200, 0.4), net("tanh", 2, 12), ADAM), copied),
    Patient("copies, diabetes", "copies", run(measured("diabetes"), net("relu", 1, 6), by("adam", 0.01, 40)), copied),
    Patient("sigmoid for hills", "output", run(made("hills"), net(output="sigmoid"), ADAM)),
    Patient("sigmoid for a wave", "output", run(made("sine"), net("relu", 2, 12, output="sigmoid"), by("sgd", 0.1))),
    Patient("tanh for diabetes", "output", run(measured("diabetes"), net("tanh", 1, 6, output="tanh"), by("adam", 0.01))),
    Patient("σ 1, ten ReLU layers", "exploding", run(
        made("moons"), net("relu", 10, 12, initializer="normal", sigma=1.0), by("sgd", 0.001))),
    Patient("σ 0.8, eight wide ReLU layers", "exploding", run(
        made("circles"), net("relu", 8, 24, initializer="normal", sigma=0.8), by("adam", 0.001, 40))),
    Patient("skips around 14 ReLU layers", "exploding", run(
        made("hills"), net("relu", 14, 12, skip=True), by("sgd", 1e-4, 40))),
    Patient("ten sigmoid layers", "vanishing", run(made("moons"), net("sigmoid", 10, 10), by("sgd", 0.03))),
    Patient("eight sigmoid layers, Adam", "vanishing", run(made("blobs", classes=3), net("sigmoid", 8, 12), by("adam", 0.005))),
    Patient("σ 0.1, eight tanh layers", "vanishing", run(
        made("hills"), net("tanh", 8, 8, initializer="normal", sigma=0.1), by("sgd", 0.1))),
    Patient("rate 1, Adam, moons", "rate_high", run(made("moons"), net(), by("adam", 1.5))),
    Patient("rate 2, hills", "rate_high", run(made("hills"), net("tanh", 3), by("sgd", 2.0, batch_size=1000))),
    Patient("rate 2, Adam, ReLU, wine", "rate_high", run(measured("wine"), net("relu"), by("adam", 2.0))),
    Patient("σ 3, tanh", "saturation", run(
        made("moons"), net("tanh", 3, 10, initializer="normal", sigma=3.0), by("sgd", 0.01))),
    Patient("σ 8, sigmoid, breast cancer", "saturation", run(
        measured("breast_cancer"), net("sigmoid", 1, 12, initializer="normal", sigma=8.0), by("adam", 0.002, 20))),
    Patient("momentum and rate 1, a wave", "diverged", run(made("sine"), net(), by("momentum", 1.0))),
    Patient("momentum and rate 1, hills", "diverged", run(made("hills"), net("tanh", 2, 16), by("momentum", 1.0))),
    Patient("twelve thin ReLU layers", "dead", run(made("moons"), net("relu", 12, 2), by("adam", 0.01))),
    Patient("fast ReLU on a wave", "dead", run(made("sine"), net("relu", 2, 12), by("adam", 0.6))),
    Patient("rate 10⁻⁵, Adam", "rate_low", run(made("moons"), net(), by("adam", 1e-5))),
    Patient("rate 0.0003, SGD", "rate_low", run(made("circles"), net("relu"), by("sgd", 3e-4))),
    Patient("rate 10⁻⁴, diabetes", "rate_low", run(measured("diabetes"), net("tanh", 2, 10), by("sgd", 1e-4))),
    Patient("28 points", "few_rows", run(made("spiral", 40), net("tanh", 2, 10), by("adam", 0.02, 100))),
    Patient("18 wines", "few_rows", run(measured("wine", test_share=0.9), net("relu"), ADAM)),
    Patient("one in twelve, moons that overlap", "imbalance", run(
        made("moons", 800, 0.8), net(), by("adam", 0.01, 40)), partial(rare, 0.08)),
    Patient("one in ten, a ring", "imbalance", run(made("circles", 800, 0.6), net("relu", 1, 6), by("adam", 0.01, 40)),
            partial(rare, 0.1)),
    Patient("noise by heart", "overfitting", run(
        made("moons", 120, 0.5, test_share=0.5), net("tanh", 2, 24), by("adam", 0.02, 250, batch_size=10))),
    Patient("diabetes by heart", "overfitting", run(measured("diabetes"), net("relu", 2, 48), by("adam", 0.01, 120))),
    Patient("linear layers for XOR", "underfitting", run(made("xor"), net("linear"), ADAM)),
    Patient("two units for a spiral", "underfitting", run(made("spiral", 300), net("tanh", 1, 2), by("adam", 0.02, 100))),
)
HEALTHY = tuple(Patient(name, "", parts, *spoilt) for name, parts, *spoilt in (
    ("the default run", {}),
    ("ten ReLU layers", run(made("moons", 300), net("relu", 10, 10), by("sgd", 0.03, 150))),
    ("spiral, ReLU", run(made("spiral", 400), net("relu", 3, 16), by("adam", 0.01, 150))),
    ("one in four, found all the same", run(made("circles", 400), net(), ADAM), partial(rare, 0.25)),
    ("noisy moons, ReLU", run(made("moons", 400, 0.3), net("relu", 2, 8), by("adam", 0.01))),
    ("moons, one sigmoid layer", run(made("moons"), net("sigmoid", 1, 12), by("adam", 0.05, 100))),
    ("circles, momentum, inputs from 0 to 1", run(made("circles", scaling="minmax"), net(), by("momentum", 0.1, 100))),
    ("XOR, SGD", run(made("xor", 300), net(), by("sgd", 0.3))),
    ("four blobs, hinge", run(made("blobs", 300, classes=4), net("relu", output="linear", loss="hinge"), ADAM)),
    ("rings, GELU", run(made("rings", 300), net("gelu", 2, 12), ADAM)),
    ("three spirals", run(made("three_spirals", 500), net("tanh", 3, 16), by("adam", 0.01, 150))),
    ("eight clouds, batch norm", run(made("eight_clouds", 300), net("relu", 2, 16, batch_norm=True), by("adam", 0.01, 80))),
    ("hills, as they come", run(made("hills", 300, scaling="none"), net("tanh", 2, 12), by("adam", 0.02, 100))),
    ("a wave", run(made("sine"), net("tanh", 2, 10), by("adam", 0.02, 200))),
    ("a plane, no hidden layer", run(made("plane"), {"layers": []}, by("sgd", 0.1))),
    ("a noisy cubic, ELU", run(made("cubic", 200, 0.3), net("elu", 2, 10), by("adam", 0.01, 100))),
    ("iris, half held out", run(measured("iris", test_share=0.5), net("tanh", 1, 8), ADAM)),
    ("wine, dropout", run(measured("wine"), net("relu", 1, 12, dropout=0.2), ADAM)),
    ("digits, a convolution", run(measured("digits"), {"layers": [
        {"kind": "conv2d", "filters": 6}, {"kind": "max_pool2d"}, {"kind": "flatten"}]}, by("adam", 0.01, 8))),
    ("diabetes, a small network", run(measured("diabetes"), net("tanh", 1, 3), by("adam", 0.005, 40, l2=0.01))),
))
PATIENTS = SICK + HEALTHY
