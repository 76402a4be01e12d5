"""Situations of the lesson "Losses" as settings of the Playground."""

from typing import Any

from ann_core import RunConfig
from ann_core.lessons import losses_surface


def _run(data: dict[str, Any], loss: str | None = None, epochs: int = 200, **training: Any) -> RunConfig:
    """Eight hidden units on some data."""
    network: dict[str, Any] = {"layers": [{"units": 8}]} | ({"loss": loss} if loss else {})
    return RunConfig.model_validate({"data": data, "network": network, "training": {"epochs": epochs, **training}})


def cost() -> RunConfig:
    return _run({"source": "sine"})


def unit() -> RunConfig:
    """Data whose target has a unit of its own."""
    return _run({"source": "diabetes"}, epochs=100)


def curves() -> RunConfig:
    return _run({"source": "sine"}, "huber")


def outlier() -> RunConfig:
    """Scattered data under the loss that hardly listens to outliers."""
    return _run({"source": "sine", "noise": 0.5}, "absolute_error")


def confident() -> RunConfig:
    """Two classes under the loss that hardly pulls."""
    return _run({"source": "moons"}, "squared_error", optimizer="sgd", learning_rate=0.1)


def several() -> RunConfig:
    return _run({"source": "blobs", "classes": 3}, epochs=100)


def hinge() -> RunConfig:
    return RunConfig.model_validate({
        "data": {"source": "moons"}, "network": {"layers": [{"units": 8}], "output": "linear", "loss": "hinge"},
        "training": {"epochs": 200}})


def roll() -> RunConfig:
    """A line, all rows in one step."""
    return RunConfig.model_validate({
        "data": {"source": "plane"}, "network": {"layers": []},
        "training": {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": 100_000, "epochs": 100}})


def surface() -> RunConfig:
    """The network whose weights are looked at."""
    return losses_surface.settings()
