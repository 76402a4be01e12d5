"""Networks side by side in the Recurrence lab: the same sequences in one order, each with layers and clipping of its own."""

from collections.abc import Mapping
from typing import Any

from ann_core.base.fields import declared
from ann_core.base.registry import Registry
from ann_core.base.spelling import words
from ann_core.data.made.sequences import LOOKED_UP, SEQUENCES
from ann_core.lab.twins import LETTERS, Twins
from ann_core.nn.kinds import LAYERS
from ann_core.nn.layer_settings import LayerSettings
from ann_core.run.config import RunConfig
from ann_core.run.link import flatten, nest

MOST = 3
KINDS = ("rnn", "lstm", "gru", "dense")
"""Layers that a twin may be made of; a dense one gets all steps at once, or each by itself where every step is answered."""
TASKS = tuple(key for key in SEQUENCES if key not in LOOKED_UP)
OWN = ("network.layers", "training.clip_norm")
"""What may differ between twins."""
MOST_LAYERS = 3
_SWITCHES = {"bidirectional": "both ways"}


def stacked(layer: LayerSettings, count: int, every_step: bool) -> tuple[LayerSettings, ...]:
    """So many layers like this one: each gives the next one every step, the last one as many as are answered."""
    if "every_step" not in LAYERS[layer.kind].fields:
        return (layer,) * count
    last = layer.model_copy(update={"every_step": every_step})
    return (*(layer.model_copy(update={"every_step": True}),) * (count - 1), last)


def of_kind(layer: LayerSettings, kind: str) -> LayerSettings:
    """A layer of another kind with all that both kinds have."""
    both = {*LAYERS[kind].fields} & {*LAYERS[layer.kind].fields} - {"activation"}
    return LAYERS[kind].settings.model_validate({"kind": kind, **{name: getattr(layer, name) for name in both}})


def made(common: Mapping[str, Any], own: Mapping[str, Any], every_step: bool) -> RunConfig:
    """A twin of what all share and what is its own, both by dotted name. Raises ValidationError when they do not go
    together."""
    layers = own["network.layers"]
    return RunConfig.model_validate(nest({
        **common, **own, "network.layers": stacked(layers[0], len(layers), every_step),
        "objective.kind": "sequence" if every_step else "supervised"}))


def together(twins: Twins, like: RunConfig) -> Twins:
    """Every twin with all that is shared as in `like`. Raises ValidationError when its own settings do not go with that."""
    common = flatten(like)
    return tuple(made(common, {name: flatten(twin)[name] for name in OWN}, like.data.every_step) for twin in twins)


def fits(config: RunConfig) -> bool:
    """Whether the lab has such a network: a task of its own, and layers that it leaves as they are."""
    layers = config.network.layers
    return (config.data.source in TASKS and 1 <= len(layers) <= MOST_LAYERS and layers[0].kind in KINDS
            and together((config,), config) == (config,))


def names(twins: Twins) -> list[str]:
    """What tells each twin from the others: its kind, and what differs among twins of one kind; else their letters."""
    if len(twins) == 1:
        return ["this network"]
    found = []
    for twin in twins:
        alike = [other for other in twins if other.network.layers[0].kind == twin.network.layers[0].kind]
        found.append(" + ".join([LAYERS[twin.network.layers[0].kind].label, *_unlike(twin, alike)]))
    return [name if found.count(name) == 1 else f"{name} ({LETTERS[i]})" for i, name in enumerate(found)]


def _unlike(twin: RunConfig, alike: list[RunConfig]) -> list[str]:
    layer, said = twin.network.layers[0], []
    if len({len(other.network.layers) for other in alike}) > 1:
        count = len(twin.network.layers)
        said.append(f"{count} layer{'' if count == 1 else 's'}")
    for name in LAYERS[layer.kind].fields:
        if name != "every_step" and len({getattr(other.network.layers[0], name) for other in alike}) > 1:
            said.append(_field(layer, name))
    if len({other.training.clip_norm for other in alike}) > 1:
        clip = twin.training.clip_norm
        said.append("no clipping" if clip is None else f"clip {words(clip)}")
    return said


def _field(layer: LayerSettings, name: str) -> str:
    option, value = declared(type(layer), name), getattr(layer, name)
    if isinstance(value, bool):
        return _SWITCHES.get(name, option.label.lower()) if value else "one way" if name == "bidirectional" else f"no {name}"
    if isinstance(option.choices, Registry):
        return option.choices[value].label
    if value is None:
        return f"no {option.label.lower()}"
    return f"{option.label[0].lower()}{option.label[1:]} {words(value) if isinstance(value, float) else value}"
