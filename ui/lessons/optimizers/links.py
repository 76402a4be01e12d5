"""Situations of the lesson "Optimisers" as settings of the Playground."""

from typing import Any

from ann_core import RunConfig
from ann_core.run.training import ALL_ROWS


def downhill() -> RunConfig:
    """A line, all rows in one step."""
    return RunConfig.model_validate({
        "data": {"source": "plane"}, "network": {"layers": []},
        "training": {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": ALL_ROWS, "epochs": 100}})


def border() -> RunConfig:
    """There the same, to be made faster until it runs away."""
    return downhill()


def _moons(**training: Any) -> RunConfig:
    """The network of the lesson: two moons, two layers of eight."""
    return RunConfig.model_validate({
        "data": {"source": "moons", "samples": 512, "noise": 0.2}, "network": {"layers": [{"units": 8}, {"units": 8}]},
        "training": {"epochs": 50, **training}})


def batch() -> RunConfig:
    return _moons(optimizer="sgd", learning_rate=0.1, batch_size=1)


def ravine() -> RunConfig:
    return _moons(optimizer="momentum", learning_rate=0.1)


def nesterov() -> RunConfig:
    return _moons(optimizer="nesterov", learning_rate=0.1)


def adagrad() -> RunConfig:
    return _moons(optimizer="adagrad", learning_rate=0.3)


def forget() -> RunConfig:
    return _moons(optimizer="rmsprop", learning_rate=0.01)


def adam() -> RunConfig:
    return _moons(optimizer="adam", learning_rate=0.1)


def decay() -> RunConfig:
    """A wide network on few rows under strong decay."""
    return RunConfig.model_validate({
        "data": {"source": "moons", "samples": 600, "noise": 0.4, "test_share": 0.9},
        "network": {"layers": [{"units": 128, "activation": "relu"}]},
        "training": {"optimizer": "adamw", "learning_rate": 0.02, "batch_size": ALL_ROWS, "weight_decay": 1.0, "epochs": 1000}})


def nadam() -> RunConfig:
    return _moons(optimizer="nadam", learning_rate=0.03)


def byhand() -> RunConfig:
    return _moons(optimizer="momentum", learning_rate=0.1)


def schedule() -> RunConfig:
    return RunConfig.model_validate({
        "data": {"source": "moons", "samples": 400, "noise": 0.2}, "network": {"layers": [{"units": 8}, {"units": 8}]},
        "training": {"optimizer": "sgd", "learning_rate": 1.0, "batch_size": 4, "epochs": 60, "schedule": "cosine",
                     "schedule_epochs": 60.0}})


def warmup() -> RunConfig:
    return _moons(optimizer="momentum", learning_rate=0.3, schedule="warmup", schedule_epochs=10.0)


def saddle() -> RunConfig:
    """All weights 0: the gradient of a whole layer is 0, and stays it."""
    return RunConfig.model_validate({
        "data": {"source": "moons", "samples": 512, "noise": 0.2},
        "network": {"layers": [{"units": 8}, {"units": 8}], "initializer": "zeros"},
        "training": {"optimizer": "sgd", "learning_rate": 0.1, "epochs": 50}})


def plateau() -> RunConfig:
    """One sigmoid unit under squared error, all rows in one step."""
    return RunConfig.model_validate({
        "data": {"source": "blobs"}, "network": {"layers": [], "loss": "squared_error"},
        "training": {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": ALL_ROWS, "epochs": 100}})


def valleys() -> RunConfig:
    return _moons(optimizer="momentum", learning_rate=0.1, batch_size=4)
