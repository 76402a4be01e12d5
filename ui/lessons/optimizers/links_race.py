"""Situations of the races, and of the cost of a whole network, as settings of the Playground."""

from ann_core import RunConfig
from ann_core.lessons import optimizers_landscape, optimizers_network


def race() -> RunConfig:
    """A net whose cost has ravines of its own: momentum on two moons."""
    return RunConfig.model_validate({
        "data": {"source": "moons", "samples": 512, "noise": 0.2}, "network": {"layers": [{"units": 8}, {"units": 8}]},
        "training": {"optimizer": "momentum", "learning_rate": 0.1, "epochs": 50}})


def network_race() -> RunConfig:
    """One of the runners."""
    return optimizers_network.settings("adam", optimizers_network.SUITS["adam"])


def landscape() -> RunConfig:
    """The network whose cost is looked at."""
    return optimizers_landscape.settings(next(iter(optimizers_landscape.TRAININGS)))
