"""Situations of the lesson "Neuron" as settings of the Playground."""

from ann_core import RunConfig
from ann_core.data import offered
from ann_core.lessons import neuron as core
from ann_core.lessons.neuron_kinds import EXAMPLES
from ann_core.lessons.neuron_network import corners_config
from ann_core.run.training import ALL_ROWS
from ui.lessons.neuron import controls

OUTPUTS = {"a number": 1, "two classes": 1, "3 classes": 3, "10 classes": 10}
"""What a network may predict, and with how many output units."""
SLOW = {"optimizer": "sgd", "batch_size": ALL_ROWS, "epochs": 200}


def kinds() -> RunConfig:
    """The network of the example, if it is one."""
    return EXAMPLES[controls.value("kinds/example", "digits")].run or RunConfig()


def bias() -> RunConfig:
    """The twelve points, for one sigmoid unit."""
    return RunConfig.model_validate({
        "data": {"source": "drawn", "drawn": core.GROUPS, "test_share": 0.0, "scaling": "none"},
        "network": {"layers": ()}, "training": {**SLOW, "learning_rate": 1.0}})


def classification() -> RunConfig:
    """The same twelve points."""
    return bias()


def tables() -> RunConfig:
    """The truth table that is looked at, for one sigmoid unit."""
    return corners_config(controls.value("tables/table", "AND"))


def hidden() -> RunConfig:
    """XOR for two hidden units, with the first weights that are looked at."""
    return corners_config("XOR", 2, int(controls.value("hidden/seed", 0)))


def network() -> RunConfig:
    """A network of the same shape, on data with as many outputs. Further inputs are made from the first two. The
    digits, for ten classes, have inputs of their own."""
    output = controls.value("network/output", "two classes")
    source = {"a number": "plane", "two classes": "moons", "10 classes": "digits"}.get(output, "blobs")
    hidden, units = int(controls.value("network/hidden", 2)), int(controls.value("network/units", 4))
    return RunConfig.model_validate({
        "data": {"source": source} | ({} if source == "digits" else {
            "classes": max(2, OUTPUTS[output]), "features": offered(2)[:int(controls.value("network/inputs", 2))]}),
        "network": {"layers": ({"units": units},) * hidden}})
