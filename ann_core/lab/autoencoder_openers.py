"""Scenes of the Autoencoder lab. What they claim is tested over 20 seeds (`tests/core/test_autoencoder_openers.py`)."""

from typing import Any

from ann_core.base.registry import Registry
from ann_core.lab.hourglass import Hourglass
from ann_core.lab.openers import Opener
from ann_core.run.config import RunConfig

SOURCES = ("digits", "digits_canvas", "shapes", "iris", "wine", "breast_cancer", "diabetes")
"""Data that the lab offers: pictures, then tables."""


def config(hourglass: Hourglass, rate: float = 0.01, epochs: int = 40, noise: float = 0.0, source: str = "digits",
           seed: int = 0) -> RunConfig:
    """A run of the lab; each seed has its own split, too."""
    data: dict[str, Any] = {"source": source, "scaling": scaling(source), "test_share": 0.25, "seed": seed}
    return RunConfig.model_validate({
        "data": data | ({"samples": 600, "noise": 0.0} if source == "shapes" else {}), "seed": seed,
        "network": {"layers": [layer.model_dump() for layer in hourglass.layers], "initializer": "he_normal"},
        "objective": {"kind": "autoencoder", "noise": noise}, "training": {"learning_rate": rate, "epochs": epochs}})


def scaling(source: str) -> str:
    """The scaling that suits: pixels are brought to 0 … 1 all together, columns of a table each by itself."""
    return "together" if source in ("digits", "digits_canvas", "shapes") else "standard"


USUAL = config(Hourglass((32,), 2))

OPENERS: Registry[Opener] = Registry("opener", [
    Opener("digits", "Digits through two numbers",
           "Sixty-four pixels go in, two numbers pass the middle, sixty-four pixels are to come out. No label is used: watch "
           "the ten digits find places of their own all the same.", USUAL),
    Opener("deeper", "A deeper one",
           "Two layers on each side bend the plane of codes more: it fits the digits better than one layer does, and far "
           "better than PCA, which cannot bend.", config(Hourglass((64, 32), 2, "relu"), 0.003, 80)),
    Opener("linear", "Without bends",
           "Nothing but sums: it comes down to PCA's error, the dotted line, and cannot pass below.",
           config(Hourglass((), 2), epochs=60)),
    Opener("denoise", "Take the noise away",
           "It gets digits under heavy noise and is asked for the clean ones. What comes back has far less noise than what "
           "went in.", config(Hourglass((32,), 16, "relu"), 0.003, 40, 0.5)),
    Opener("odd", "A table's odd rows",
           "Wines, thirteen measurements each, through three numbers. Rows that come back badly are unlike the others: below "
           "the stage they are listed, with the columns that do not fit.",
           config(Hourglass((8,), 3), epochs=100, source="wine")),
])
