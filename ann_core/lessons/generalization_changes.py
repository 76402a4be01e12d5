"""What is changed about the baseline, and by how much: its size, its cures, its rows, its inputs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ann_core.data import FEATURES
from ann_core.lessons.generalization import EPOCHS, HALF, changed
from ann_core.run.config import RunConfig

Changes = Mapping[str, Any]
WIDTHS, DEPTHS = (1, 2, 3, 4, 8, 16, 32, 64, 128), (0, 1, 2, 3, 4, 6)
ROWS, NOISES = (20, 30, 60, 120, 240, 480, 960), (0.5, 0.4, 0.3, 0.2, 0.1, 0.0)
HELD = 2 * HALF
SIZES_FROM = 2
"""The draw that sizes are shown on first: it looks much like the median of twenty."""
SPARED = 60
"""Validation rows where a size is chosen: as many as training rows."""


def relu(units: int, layers: int = 1) -> Changes:
    """Hidden layers of so many ReLU units."""
    return {"network.layers": [{"units": units, "activation": "relu"}] * layers}


def wide(units: int, draw: int = 0) -> RunConfig:
    """One hidden layer on circles, where too few units are as easy to see as too many."""
    return changed({"data.source": "circles", **relu(units)}, draw)


def deep(layers: int, draw: int = 0) -> RunConfig:
    """So many hidden layers of 16 on the baseline's moons."""
    return changed({"training.learning_rate": 0.01, **relu(16, layers)}, draw)


def with_rows(rows: int, draw: int = 0) -> RunConfig:
    """The baseline with so many training rows; the rows held out stay 540 as far as a share of nine tenths allows."""
    held = min(HELD, 9 * rows)
    return changed({"data.samples": rows + held, "data.test_share": min(0.9, held / (rows + held))}, draw)


def with_noise(noise: float, draw: int = 0) -> RunConfig:
    """The baseline with the same points straying less or more."""
    return changed({"data.noise": noise}, draw)


FALLING: Changes = {"training.schedule": "cosine", "training.schedule_epochs": float(EPOCHS)}
"""A rate that falls to 0: only then do weights that hop around 0 come to rest there."""
PENALTIES: Mapping[str, tuple[str, Callable[[float], Changes]]] = {
    "none": ("no pull", lambda size: {}),
    "l2": ("L2", lambda size: {"training.l2": size}),
    "l1": ("L1", lambda size: {"training.l1": size}),
    "decay": ("decay", lambda size: {"training.optimizer": "adamw", "training.weight_decay": size})}
"""What pulls at the weights: its label, and the settings for its size λ."""


def pulled(penalty: str, size: float, falling: bool, draw: int = 0) -> RunConfig:
    """The baseline with a pull at its weights. falling: with a rate that falls to 0"""
    return changed({**PENALTIES[penalty][1](size), **(FALLING if falling else {})}, draw)


@dataclass(frozen=True)
class Cure:
    """A switch on the baseline."""

    label: str
    make: Callable[[int], RunConfig]
    """Its settings on a draw."""


CURES: Mapping[str, Cure] = {
    "l2": Cure("L2 (λ = 0.01)", lambda draw: pulled("l2", 0.01, False, draw)),
    "l1": Cure("L1 (λ = 0.01)", lambda draw: pulled("l1", 0.01, False, draw)),
    "decay": Cure("weight decay (λ = 1)", lambda draw: pulled("decay", 1.0, False, draw)),
    "dropout": Cure("dropout (half)", lambda draw: changed({"network.dropout": 0.5}, draw)),
    "stop": Cure("early stopping (patience 20)", lambda draw: changed({"training.patience": 20}, draw)),
    "small": Cure("fewer units (4)", lambda draw: changed(relu(4), draw)),
    "norm": Cure("batch normalisation", lambda draw: changed({"network.batch_norm": True}, draw)),
    "rows": Cure("more rows (480)", lambda draw: with_rows(480, draw)),
    "noise": Cure("less noise (0.2)", lambda draw: with_noise(0.2, draw))}
"""Each with what it is set to."""

SQUARES, PRODUCT, FIVE = ("x1_squared", "x2_squared"), "x1_x2", ("x1", "x2", "x1_squared", "x2_squared", "x1_x2")
SHAPES = {"circles": "circles", "xor": "XOR", "moons": "moons"}
SETTLED = 300
"""Epochs after which these small networks change no more."""


def with_inputs(source: str, inputs: tuple[str, ...], units: int = 0, draw: int = 0) -> RunConfig:
    """Five hundred points, 350 of them for training, with these inputs, for a line or for so many tanh units."""
    layers = [{"units": units, "activation": "tanh"}] if units else []
    return changed({"data.source": source, "data.samples": 500, "data.noise": 0.1, "data.test_share": 0.3,
                    "data.features": inputs, "network.layers": layers, "training.epochs": SETTLED,
                    "training.learning_rate": 0.02 if units else 0.1}, draw)


def helped(units: int, squares: bool, draw: int = 0) -> RunConfig:
    """Tanh units that learn circles from sixty rows. squares: x₁² and x₂² are given, too"""
    config = with_inputs("circles", ("x1", "x2", *(SQUARES if squares else ())), units, draw)
    return changed({"data.samples": SPARED + HELD, "data.test_share": 0.9}, draw, config)


def labels(inputs: tuple[str, ...]) -> str:
    """The inputs as they are spelt: x₁, x₁²."""
    return ", ".join(FEATURES[name].label for name in inputs)
