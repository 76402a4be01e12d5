"""Situations of the lesson "Backpropagation" as settings of the Playground."""

from ann_core import RunConfig
from ann_core.lessons.backprop_presets import xor_run
from ann_core.run.link import edited
from ui.lessons.backprop import SMALL, controls


def xor() -> RunConfig:
    """The same learning in the Playground."""
    config = xor_run(controls.value("xor", 0)).config
    corners = ((0.0, 0.0, 0), (0.0, 1.0, 1), (1.0, 0.0, 1), (1.0, 1.0, 0))
    return edited(config, {"data.source": "drawn", "data.drawn": corners, "data.test_share": 0.0, "data.scaling": "none"})


def playground() -> RunConfig:
    return SMALL
