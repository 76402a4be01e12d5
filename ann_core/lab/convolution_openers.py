"""Scenes of the Convolution lab. What they claim is tested over 20 seeds (`tests/core/test_convolution_openers.py`)."""

from typing import Any

from ann_core.base.registry import Registry
from ann_core.data import SKETCHED
from ann_core.lab.openers import Opener
from ann_core.run.config import RunConfig

PICTURES = ("digits", "digits_canvas", "shapes", SKETCHED)
"""Data that are pictures."""
CONV, POOL, FLAT = {"kind": "conv2d", "filters": 8}, {"kind": "max_pool2d"}, {"kind": "flatten"}
SHAPES = {"source": "shapes", "samples": 600, "noise": 0.2, "scaling": "none"}


def _config(data: dict[str, Any], layers: list[dict[str, Any]], rate: float = 0.01, epochs: int = 12) -> RunConfig:
    return RunConfig.model_validate({
        "data": {**SHAPES, "scaling": "together", "test_share": 0.25, **data}, "network": {"layers": layers},
        "training": {"learning_rate": rate, "epochs": epochs}})


USUAL = _config({"source": "digits"}, [CONV, POOL, FLAT])

OPENERS: Registry[Opener] = Registry("opener", [
    Opener("digits", "Eight filters read digits",
           "**What does a network look for in a digit?** Eight small filters, one pool and ten sums learn to read handwritten "
           "digits. The filters begin as noise: what becomes of them?",
           USUAL),
    Opener("canvas", "Filters on filters",
           "**What can a filter find in the maps of other filters?** A second convolution looks at those of the first one. "
           "Its filters have a slice for each of them.",
           _config({"source": "digits_canvas"}, [CONV, POOL, {"kind": "conv2d", "filters": 16}, POOL, FLAT])),
    Opener("anywhere", "Shapes, wherever they stand",
           "**Does it matter where a shape stands?** Each map keeps only its largest number: what was found, and no longer "
           "where.",
           _config(SHAPES, [{"kind": "conv2d", "filters": 4}, POOL, CONV, {"kind": "global_max_pool"}], epochs=30)),
    Opener("dense", "The same shapes without filters",
           "**Can it be done without filters?** A dense network with twelve times as many weights learns its training "
           "pictures. And the others? It has weights for every place: what one place has learned, the next one does not know.",
           _config(SHAPES, [FLAT, {"units": 32, "activation": "relu"}], epochs=30)),
    Opener("own", "Your own drawings",
           "**Can it learn from your own hand?** It learns from a few drawings of each class, also moved by a pixel to every "
           "side. Below the stage you can take these away and draw your own.",
           _config({"source": SKETCHED, "shifted": 1}, [CONV, POOL, FLAT], epochs=20)),
])
