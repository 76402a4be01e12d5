"""Twins: two to four runs that share data, raw weight draw and order of rows, and differ exactly in what was chosen."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from ann_core.base.spelling import words
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.initializers import INITIALIZERS
from ann_core.nn.kinds import LayerSettings
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.config import RunConfig
from ann_core.run.link import VERSION, changes, flatten, nest, of_this_version, read_changes

Twins = tuple[RunConfig, ...]

MOST = 4
LETTERS = ("A", "B", "C", "D")
MAY_DIFFER = ("network.initializer", "network.sigma", "network.batch_norm", "network.skip", "data.scaling",
              "training.optimizer", "training.learning_rate", "training.clip_norm", "training.clip_value")
"""What may differ between twins, beside the activations of their layers; everything else is shared."""


def _ten(activation: str) -> RunConfig:
    return RunConfig.model_validate({
        "data": {"source": "moons"}, "network": {"layers": [{"units": 10, "activation": activation}] * 10},
        "training": {"optimizer": "sgd", "learning_rate": 0.03, "epochs": 200}})


DEFAULT: Twins = (_ten("sigmoid"), _ten("relu"))
"""Ten hidden layers of ten on two moons, plain SGD: sigmoid + Xavier against ReLU + He."""


def shared(config: RunConfig) -> dict[str, Any]:
    """The part of the settings that all twins have in common, by dotted name; of the layers all but their activations."""
    flat = {name: value for name, value in flatten(config).items() if name not in MAY_DIFFER}
    return {**flat, "network.layers": tuple(layer.straight for layer in config.network.layers)}


def differing(config: RunConfig) -> dict[str, Any]:
    """The part that may differ, by dotted name; of the layers their activations."""
    flat = flatten(config)
    return {"network.layers": tuple(layer.bend for layer in config.network.layers),
            **{name: flat[name] for name in MAY_DIFFER}}


def check(twins: Twins) -> Twins:
    """The same twins. Raises ValueError for none or more than four, or a difference in what must be shared."""
    if not 1 <= len(twins) <= MOST:
        raise ValueError(f"Expected 1 to {MOST} twins, {len(twins)} came.")
    first = shared(twins[0])
    for twin in twins[1:]:
        if odd := [name for name, value in shared(twin).items() if value != first.get(name)]:
            raise ValueError(f"Twins share {', '.join(odd)}. Only these may differ: the activations, {', '.join(MAY_DIFFER)}.")
    return twins


def align(twins: Twins, like: RunConfig) -> Twins:
    """Every twin with the shared settings of `like`. Layers that are new take the activation of the twin's last one.

    Raises ValidationError when a twin's own settings do not go with them.
    """
    common = flatten(like)
    found = []
    for twin in twins:
        layers = [layer.bent(*bend) if bend else layer
                  for layer, bend in zip(common["network.layers"], _bends(twin, like), strict=True)]
        mine = {name: value for name, value in flatten(twin).items() if name in MAY_DIFFER}
        found.append(RunConfig.model_validate(nest({**common, **mine, "network.layers": layers})))
    return tuple(found)


def _bends(twin: RunConfig, like: RunConfig) -> list[tuple[str, float | None] | None]:
    """The activation that each layer of `like` gets: the twin's own at that place, its last one for layers that are new."""
    mine, wanted = [layer.bend for layer in twin.network.layers], [layer.bend for layer in like.network.layers]
    last = next((bend for bend in reversed(mine or wanted) if bend), None)
    return [(mine[i] if i < len(mine) else None) or last if bend else None for i, bend in enumerate(wanted)]


def usual_initializers(layers: Iterable[LayerSettings]) -> tuple[str, ...]:
    """The initialiser that suits the activation of each of these layers that has one."""
    return tuple(ACTIVATIONS[layer.bend[0]].initializer for layer in layers if layer.bend)


def names(twins: Twins) -> list[str]:
    """What tells each twin from the others, in a few words; their letters when nothing does."""
    parts = [differing(twin) for twin in twins]
    unlike = [name for name in parts[0] if any(part[name] != parts[0][name] for part in parts)]
    without = " + ".join(dict.fromkeys(f"no {WITHOUT[name]}" for name in unlike if name in WITHOUT)) or "twin"
    found = [" + ".join(filter(None, (_words(name, twin) for name in unlike))) or without for twin in twins]
    if not unlike:
        return [f"twin {letter}" for letter in LETTERS[:len(twins)]]
    return [name if found.count(name) == 1 else f"{name} ({LETTERS[i]})" for i, name in enumerate(found)]


WITHOUT = {"network.batch_norm": "batch norm", "network.skip": "skips", "training.clip_norm": "clipping",
           "training.clip_value": "clipping"}
"""What a twin can be without."""
SCALINGS = {"none": "unscaled inputs", "standard": "scaled inputs", "minmax": "inputs 0–1",
            "together": "inputs 0–1 by one scale"}


def _words(name: str, config: RunConfig) -> str:
    network, training = config.network, config.training
    if name == "network.layers":
        kinds = dict.fromkeys(layer.bend[0] for layer in network.layers if layer.bend)
        return "/".join(ACTIVATIONS[kind].label for kind in kinds) if len(kinds) < 3 else "mixed activations"
    if name == "network.initializer":
        kind = "usual" if network.initializer == "auto" else INITIALIZERS[network.initializer].label
        return f"{re.split('[/,]| [(]', kind)[0]} start"
    if name == "network.sigma":
        uses = network.initializer != "auto" and INITIALIZERS[network.initializer].uses_sigma
        return f"σ = {words(network.sigma)}" if uses else ""
    return {"network.batch_norm": "batch norm" if network.batch_norm else "",
            "network.skip": "skips" if network.skip else "",
            "data.scaling": SCALINGS[config.data.scaling],
            "training.optimizer": OPTIMIZERS[training.optimizer].label,
            "training.learning_rate": f"rate {words(training.learning_rate)}",
            "training.clip_norm": f"clip norm {words(training.clip_norm)}" if training.clip_norm else "",
            "training.clip_value": f"clip value {words(training.clip_value)}" if training.clip_value else ""}[name]


def to_query(twins: Twins, usual: Twins = DEFAULT) -> dict[str, str]:
    """What stands in the address: twin A in full, the others by what differs from it. Empty for the usual twins."""
    if twins == usual:
        return {}
    query = {"v": VERSION, "twins": str(len(twins)), **changes(twins[0], usual[0])}
    for letter, twin in zip(LETTERS[1:], twins[1:], strict=False):
        query |= {f"{letter}.{name}": text for name, text in changes(twin, twins[0]).items()}
    return query


def from_query(query: Mapping[str, str], usual: Twins = DEFAULT, together: Callable[[Twins, RunConfig], Twins] = align,
               ) -> tuple[Twins, list[str]]:
    """The twins that an address names, and a sentence for each part that could not be used. together: gives every twin what
    all share, or raises ValidationError"""
    given = {name: text for name, text in query.items() if name not in ("v", "twins")}
    if not given and "twins" not in query:
        return usual, of_this_version(query)
    count = int(query["twins"]) if query.get("twins") in ("1", "2", "3", "4") else 2
    first, notes = read_changes({n: t for n, t in given.items() if n[:2] not in ("B.", "C.", "D.")}, usual[0])
    twins = [first]
    for letter in LETTERS[1:count]:
        twin, more = read_changes({n[2:]: t for n, t in given.items() if n.startswith(f"{letter}.")}, first)
        twins.append(twin)
        notes += [f"Twin {letter}: {note}" for note in more]
    try:
        aligned = together(tuple(twins), first)
    except ValidationError:
        return usual, [*notes, "The link's twins do not go together; the usual ones stand."]
    return aligned, of_this_version(query) + notes
