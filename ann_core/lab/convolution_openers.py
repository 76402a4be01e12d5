"""Scenes of the Convolution lab. What they claim is tested over 20 seeds (`tests/core/test_convolution_openers.py`)."""

from typing import Any

from ann_core.base.registry import Registry
from ann_core.data import SKETCHED
from ann_core.lab.guess import Guess
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
           "**How well can eight small filters read digits?** Each looks at nine pixels at a time. A pool and ten sums make an "
           "answer of what they find. They begin as noise; look at what becomes of them.",
           USUAL, Guess(("about half of them right", "about three quarters", "nearly all"), 2,
                        "Of digits held out they read at least 95 in 100, after at most twelve epochs.")),
    Opener("canvas", "Filters on filters",
           "**What can a filter find in the maps of other filters?** A second convolution looks at the eight maps of the first "
           "one. Its filters, too, look at 3 by 3 places. How many weights has one of them?",
           _config({"source": "digits_canvas"}, [CONV, POOL, {"kind": "conv2d", "filters": 16}, POOL, FLAT]),
           Guess(("9", "17", "72"), 2, "3 · 3 · 8 = 72: nine for each of the eight maps. One slice of it lies on each map.")),
    Opener("anywhere", "Shapes, wherever they stand",
           "**Does it have to know where a shape stands?** Each map keeps only its largest number: what was found, and no "
           "longer where. How many shapes held out can it still name?",
           _config(SHAPES, [{"kind": "conv2d", "filters": 4}, POOL, CONV, {"kind": "global_max_pool"}], epochs=30),
           Guess(("hardly more than by chance", "about two thirds", "nearly all"), 2,
                 "At least 95 in 100. A filter finds its pattern anywhere, and to name a shape that is enough.")),
    Opener("dense", "The same shapes without filters",
           "**Can it be done without filters?** A dense network with twelve times as many weights learns nearly all of its "
           "training pictures. How many of those held out does it name?",
           _config(SHAPES, [FLAT, {"units": 32, "activation": "relu"}], epochs=30),
           Guess(("fewer than six in ten", "about eight in ten", "nearly all, too"), 0,
                 "Fewer than six in ten. It has weights of its own for every place: what one place has learned, the next one "
                 "does not know.")),
    Opener("own", "Your own drawings",
           "**Can it learn from your own hand?** It learns from a few drawings of each class, also moved by a pixel to every "
           "side. Below the stage you can take these away and draw your own.",
           _config({"source": SKETCHED, "shifted": 1}, [CONV, POOL, FLAT], epochs=20)),
])
