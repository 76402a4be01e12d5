"""Causes turned up and cures tried: runs that differ in one thing, for the lesson on gradients.

What the lesson says of each holds for at least 18 of 20 seeds (`tests/core/test_lesson_gradients.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ann_core.clinic.cures import CURES
from ann_core.lab.twin_openers import XAVIER, normal, twin
from ann_core.run.config import RunConfig
from ann_core.run.link import edited

SOON = {"training.learning_rate": 0.1, "training.epochs": 60}
"""Two moons, plain SGD, sixty epochs."""
DEEP = twin(changes=SOON)
"""Ten sigmoid layers, of which next to nothing of the gradient reaches the first."""
WINE = {"data.source": "wine", "data.scaling": "none", "training.epochs": 60}


@dataclass(frozen=True)
class Pair:
    """One run without a cure and with it, and what it is called."""

    label: str
    without: RunConfig
    cured: RunConfig


@dataclass(frozen=True)
class Remedy:
    """A cure where it helps, and where it does not."""

    helps: Pair
    fails: Pair


def _pair(label: str, without: RunConfig, cure: str) -> Pair:
    return Pair(label, without, CURES[cure].apply(without))


def _with(config: RunConfig, **changes: Any) -> RunConfig:
    return edited(config, {name.replace("__", "."): value for name, value in changes.items()})


def activation(key: str) -> Remedy:
    """relu or tanh instead of sigmoid: against flat slopes, not against small weights."""
    return Remedy(_pair("Xavier's weights", twin(changes=SOON | XAVIER), key),
                  _pair("weights of size 0.1", twin(changes=SOON | normal(0.1)), key))


def first_weights(key: str) -> Remedy:
    """A rule for the first weights: against weights of the wrong size, not against flat slopes."""
    return Remedy(_pair("ReLU, σ = 0.1", twin("relu", changes=SOON | normal(0.1)), key),
                  _pair("sigmoid, σ = 0.1", twin(changes=SOON | normal(0.1)), key))


def batch_norm() -> Remedy:
    """Against sums that hardly differ from row to row; two rows say too little about mean and variance."""
    twelve = twin(layers=12, changes=SOON)
    tiny = _with(twelve, training__batch_size=2, training__epochs=5)  # more steps than the other in its 60
    return Remedy(_pair("batches of 32", twelve, "batch_norm"), _pair("batches of 2", tiny, "batch_norm"))


def skip() -> Remedy:
    """A way around flat slopes; where nothing was flat, outputs add up."""
    return Remedy(_pair("twenty sigmoid layers", twin("sigmoid", 20, SOON), "skip"),
                  _pair("twenty ReLU layers, He", twin("relu", 20, {"training.epochs": 60}), "skip"))


def clip(key: str) -> Remedy:
    """clip_norm or clip_value: against steps that are too long, never against short ones."""
    return Remedy(_pair("six ReLU layers, σ = 1", twin("relu", 6, SOON | normal(1.0)), key),
                  _pair("ten sigmoid layers", DEEP, key))


def scaling() -> Remedy:
    """Against inputs of hundreds; it changes nothing about slopes."""
    return Remedy(_pair("wine as measured", twin("relu", 3, WINE), "scaling"),
                  _pair("moons, ten sigmoid layers", _with(DEEP, data__scaling="none"), "scaling"))


def rate() -> Remedy:
    """Against steps that are too long, whatever the gradient."""
    fast = twin("relu", changes=SOON | {"training.learning_rate": 1.0})
    return Remedy(_pair("ReLU, η = 1", fast, "smaller_rate"),
                  _pair("sigmoid, η = 0.1", DEEP, "smaller_rate"))


# Causes ---------------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Cause:
    """One thing that is turned up: rungs by name, the first one is harmless. said: what it does, seen from the picture"""

    label: str
    rungs: Mapping[str, RunConfig]
    said: str


def _depth(layers: int) -> RunConfig:
    return twin(layers=layers, changes=SOON)


def _wine(activation: str, layers: int) -> dict[str, RunConfig]:
    kinds = {"wine, standardised": "standard", "wine, 0 to 1": "minmax", "wine, as measured": "none"}
    return {name: twin(activation, layers, WINE | {"data.scaling": kind}) for name, kind in kinds.items()}


CAUSES: Mapping[str, Cause] = {
    "depth": Cause("depth", {f"{n} sigmoid layers": _depth(n) for n in (2, 4, 6, 10, 15)},
                   "Every layer brings another slope of at most 0.25."),
    "small": Cause("small weights", {f"tanh, σ = {s}": twin("tanh", changes=SOON | normal(s)) for s in (0.3, 0.2, 0.1, 0.05)},
                   "Slopes are near 1; the weights make it smaller, layer after layer, in all layers at once."),
    "large": Cause("large weights", {f"ReLU, σ = {s}": twin("relu", changes=SOON | normal(s)) for s in (0.45, 0.7, 1.0, 2.0)},
                   "Every layer makes it larger."),
    "saturation": Cause("saturation", _wine("tanh", 2),
                        "Sums of hundreds lie where tanh is flat: little is left by the slopes of layer 1. The gradient of its "
                        "weights is not lost with them, because inputs of hundreds are a factor of it."),
    "rate": Cause("rate", {f"ReLU, η = {r}": twin("relu", changes=SOON | {"training.learning_rate": r})
                           for r in (0.1, 0.3, 1.0, 3.0)},
                  "The gradient at the start is the same; the steps are too long."),
    "inputs": Cause("unscaled inputs", _wine("relu", 3), "Inputs of hundreds are a factor of ∂L/∂W of layer 1."),
}
