"""Situations of the lesson "Activations" as settings of the Playground."""

from ann_core import RunConfig
from ui.lessons.activations import TASKS, UNITS, controls


def purpose() -> RunConfig:
    layer = {"units": 8, "activation": controls.value("purpose/function", "linear")}
    layers = [layer] * (controls.value("purpose/layers", 3) - 1)
    return RunConfig.model_validate({"data": {"source": "xor"}, "network": {"layers": layers}, "training": {"epochs": 200}})


def conditions() -> RunConfig:
    layer = {"units": UNITS, "activation": controls.value("conditions/function", "tanh")}
    return RunConfig.model_validate({
        "data": {"source": "moons"}, "training": {"optimizer": "sgd", "learning_rate": 0.03, "epochs": 200},
        "network": {"layers": [layer] * controls.value("conditions/layers", 20), "initializer": "normal",
                    "sigma": controls.value("conditions/sigma", 0.1)}})


def choosing() -> RunConfig:
    source = TASKS[controls.value("choosing/task", "two")][2]
    layers = [{"units": 8, "activation": controls.value("choosing/hidden", "relu")}] * 2
    return RunConfig.model_validate({"data": {"source": source}, "network": {"layers": layers}})
