"""What counts as one change between two runs: one setting, and of the layers what one widget does.

A layer more or fewer is one change, another number of units in a layer is one, another activation of a layer is one; one
activation for all layers is one, too, since one switch sets it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.config import NetworkConfig
from ann_core.nn.kinds import LayerConfig, LayerSettings
from ann_core.run.config import RunConfig
from ann_core.run.differences import in_words
from ann_core.run.link import differing, flatten
from ann_core.run.training import UpdateConfig

LAYERS = "network.layers"
OPEN = frozenset({*(f"network.{name}" for name in NetworkConfig.model_fields),
                  *(f"training.{name}" for name in UpdateConfig.model_fields), "training.batch_size", "data.scaling"})
"""What may be changed about a puzzle. Its data, its epochs and its seed are part of the question."""
Layers = Sequence[LayerSettings]


@dataclass(frozen=True)
class Change:
    """words: what it is now, for example 'learning rate 0.1'   back: the settings that undo it   count: how many it is"""

    words: str
    back: Mapping[str, Any]
    count: int = 1


def changes(before: RunConfig, after: RunConfig) -> list[Change]:
    """What was changed, each with what undoes it and leaves the others."""
    found: list[Change] = []
    was = flatten(before)
    for path, value in differing(before, after).items():
        if path == LAYERS:
            found += _of_layers(before.network.layers, after.network.layers)
        else:
            found.append(Change(in_words(before, after, path, value), {path: was[path]}))
    return found


def counted(found: Sequence[Change]) -> int:
    """How many changes these are."""
    return sum(change.count for change in found)


def closed(before: RunConfig, after: RunConfig) -> list[str]:
    """What was changed although it is part of the question, by dotted name."""
    return [path for path in differing(before, after) if path not in OPEN]


def _of_layers(before: Layers, after: Layers) -> Iterator[Change]:
    more = len(after) - len(before)
    if more:
        words = f"{abs(more)} layer{'s' if abs(more) > 1 else ''} {'more' if more > 0 else 'fewer'}"
        yield Change(words, {LAYERS: (*after[:len(before)], *before[len(after):])}, abs(more))
    was = [*before[:len(after)]]
    for i in range(len(was), len(after)):  # a layer that is added is like the one before it
        was.append(after[i - 1] if i else LayerConfig())
    bent = [i for i, (old, new) in enumerate(zip(was, after, strict=True)) if old.bend and new.bend and old.bend != new.bend]
    if len(bent) > 1 and len({layer.bend for layer in after if layer.bend}) == 1:
        back = tuple(_bent_as(new, old) if i in bent else new for i, (old, new) in enumerate(zip(was, after, strict=True)))
        yield Change(f"{_activation(after[bent[0]])} in all layers", {LAYERS: back})
    else:
        for i in bent:
            yield Change(f"{_activation(after[i])} in layer {i + 1}", _with(after, i, _bent_as(after[i], was[i])))
    for i, (old, new) in enumerate(zip(was, after, strict=True)):
        if old.straight != new.straight:
            yield Change(_shape(new, i + 1), _with(after, i, _bent_as(old, new)))


def _with(layers: Layers, i: int, layer: LayerSettings) -> dict[str, Any]:
    return {LAYERS: (*layers[:i], layer, *layers[i + 1:])}


def _bent_as(layer: LayerSettings, other: LayerSettings) -> LayerSettings:
    """A layer with the activation of another one, where both have one."""
    return layer.bent(*other.bend) if layer.bend and other.bend else layer


def _activation(layer: LayerSettings) -> str:
    return ACTIVATIONS[layer.bend[0]].label if layer.bend else ""


def _shape(layer: LayerSettings, number: int) -> str:
    if isinstance(layer, LayerConfig):
        return f"{layer.units} unit{'' if layer.units == 1 else 's'} in layer {number}"
    return f"another layer {number}"
