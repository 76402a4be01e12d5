"""Situations of the lesson "Initialisation" as settings of the Playground, which has no room for 50 layers of 32."""

from ann_core import RunConfig
from ann_core.lessons.initialization import Start
from ann_core.lessons.initialization_training import settings
from ui.lessons.initialization import UNITS_FROM, controls


def _deep(activation: str, start: Start, layers: int = 10, optimizer: str = "sgd") -> RunConfig:
    """Layers of ten units."""
    return settings(start, activation, optimizer, layers, 10)


def _chosen(name: str, usual: Start) -> Start:
    """The start that stands in the idea's controls."""
    return Start(controls.value(f"{name}/initializer", usual.initializer), controls.value(f"{name}/sigma", usual.sigma))


def first() -> RunConfig:
    """Eight units with the chosen first weights."""
    return settings(_chosen("first", Start("glorot_normal", 0.5)), "tanh", "sgd")


def symmetry() -> RunConfig:
    """The same eight units."""
    start = UNITS_FROM[controls.value("symmetry/start", list(UNITS_FROM)[-1])]
    return settings(start, controls.value("symmetry/activation", "tanh"), controls.value("symmetry/optimizer", "sgd"))


def layer() -> RunConfig:
    """Normal weights of the chosen variance."""
    return _deep("tanh", Start("normal", float(controls.value("layer/variance", 0.01)) ** 0.5), 3)


def deep() -> RunConfig:
    """The chosen start and activation in ten layers of ten."""
    return _deep(controls.value("deep/activation", "tanh"), _chosen("deep", Start("glorot_normal", 0.1)))


def factor() -> RunConfig:
    return _deep(controls.value("factor/activation", "tanh"), _chosen("factor", Start("lecun_normal", 0.1)))


def back() -> RunConfig:
    return deep()


def turns() -> RunConfig:
    return _deep(controls.value("turns/activation", "tanh"), Start("orthogonal", controls.value("turns/sigma", 1.0)))


def learns() -> RunConfig:
    """The chosen network from He's weights."""
    layers, optimizer = controls.value("learns/layers", 5), controls.value("learns/optimizer", "sgd")
    return _deep(controls.value("learns/activation", "tanh"), Start("he_normal"), layers, optimizer)
