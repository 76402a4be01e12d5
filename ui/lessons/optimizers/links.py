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
