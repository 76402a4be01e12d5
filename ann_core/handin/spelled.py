"""The settings of a run in words: what every report says, and what is not as usual."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from ann_core.base.fields import declared
from ann_core.base.registry import Registry
from ann_core.base.spelling import words
from ann_core.data.config import TableShape
from ann_core.nn import stack
from ann_core.run.config import RunConfig
from ann_core.run.link import KIND, LAYERS_AT, differing, flatten
from ann_core.run.objectives.config import OBJECTIVES

ALWAYS = ("data.source", "network.layers", "training.optimizer", "training.learning_rate", "training.batch_size",
          "training.epochs", "seed")
LONGEST = 8
"""Values of a list that are spelt out."""


def settings_in_words(config: RunConfig) -> list[tuple[str, str]]:
    """Label and value of what matters, in the order of the settings."""
    changed = differing(RunConfig(), config)
    return [_spelt(config, path, value) for path, value in flatten(config).items() if path in ALWAYS or path in changed]


def _spelt(config: RunConfig, path: str, value: Any) -> tuple[str, str]:
    *sections, name = path.split(".")
    if path == KIND:
        return "Learns", OBJECTIVES[value].label
    if path in LAYERS_AT:
        return "Layers" if path == LAYERS_AT[0] else "Layers of the generator", layers(value)
    option = declared(type(reduce(getattr, sections, config)), name)
    return option.label, _value(value, option.choices)


def layers(value: Sequence[Any]) -> str:
    """Layers from the inputs on: 8 tanh → 8 tanh."""
    return " → ".join(stack.written(layer).replace("-", " ") for layer in value) or "none between inputs and outputs"


def _value(value: Any, choices: Any) -> str:
    if isinstance(value, TableShape):
        return f"{value.name}, {value.rows:,} training rows, {value.inputs} inputs"
    if value is None or isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(choices, Registry) and value in choices:
        return choices[value].label
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) if len(value) <= LONGEST else f"{len(value):,} values"
    return words(value) if isinstance(value, int | float) else str(value)
