"""What a search tries: some settings of a run, each with a list of values or a range."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Literal, Self

from pydantic import Field, model_validator

from ann_core.base.fields import Settings, declared
from ann_core.nn.activations import ACTIVATIONS
from ann_core.run.config import RunConfig
from ann_core.run.link import edited

Value = float | int | str | bool | None
Picks = Mapping[str, Value]
"""A value for each searched setting, by its path."""
DEPTH, WIDTH, BEND = "layers.count", "layers.units", "layers.activation"
LAYERS = {DEPTH: "Hidden layers", WIDTH: "Units in each", BEND: "Activation"}
"""Of the hidden layers all are alike in a search."""
PATHS = (DEPTH, WIDTH, BEND, "training.learning_rate", "training.optimizer", "training.batch_size", "training.momentum",
         "training.l2", "training.l1", "training.schedule", "training.clip_norm", "network.initializer", "network.dropout",
         "network.batch_norm", "network.skip", "training.epochs", "data.scaling")
MOST_VALUES = 20


class Listed(Settings):
    """A setting that takes one of some values."""

    kind: Literal["list"] = "list"
    path: str
    values: tuple[Value, ...] = Field(min_length=1, max_length=MOST_VALUES)

    def at(self, share: float) -> Value:
        """The value at a share of the list, 0 … below 1."""
        return self.values[min(int(share * len(self.values)), len(self.values) - 1)]

    def spread(self, points: int) -> tuple[Value, ...]:
        """What a grid takes of it: all."""
        return self.values


class Range(Settings):
    """A setting that takes a number from low to high, both possible; by its logarithm where it is a matter of sizes."""

    kind: Literal["range"] = "range"
    path: str
    low: float
    high: float
    log: bool = False
    whole: bool = False

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not self.low < self.high:
            raise ValueError(f"Expected a range from a lower to a higher number; {self.low:g} to {self.high:g} came.")
        if self.log and self.low <= 0:
            raise ValueError(f"Expected a range above 0 where sizes are searched; it begins at {self.low:g}.")
        return self

    def at(self, share: float) -> Value:
        """The number at a share of the way, 0 … 1."""
        low, high = (log(self.low), log(self.high)) if self.log else (self.low, self.high)
        found = low + share * (high - low)
        found = exp(found) if self.log else found
        found = self.low if share <= 0 else self.high if share >= 1 else min(max(found, self.low), self.high)
        return round(found) if self.whole else found

    def spread(self, points: int) -> tuple[Value, ...]:
        """What a grid takes of it: so many numbers, both ends among them."""
        return tuple(dict.fromkeys(self.at(i / max(points - 1, 1)) for i in range(points)))


Setting = Listed | Range


@dataclass(frozen=True)
class Offer:
    """A setting that can be searched. label: its words   values: what is proposed, and what a widget offers
    low, high: its bounds; None where it is no number   whole, log: how its numbers are"""

    path: str
    label: str
    values: tuple[Value, ...]
    low: float | None = None
    high: float | None = None
    whole: bool = False
    log: bool = False


def offer(path: str) -> Offer:
    """What can be searched of a setting. Raises KeyError for one that is not among PATHS."""
    if path not in PATHS:
        raise KeyError(path)
    if path == BEND:
        return Offer(path, LAYERS[path], tuple(ACTIVATIONS))
    if path in LAYERS:
        few, most = ((1, 2, 3, 4, 6), 16) if path == DEPTH else ((2, 4, 8, 16, 32), 128)
        return Offer(path, LAYERS[path], few, 1, most, True)
    one = declared(RunConfig, path)
    if one.choices is not None:
        return Offer(path, one.label, tuple(one.choices))
    if isinstance(one.default, bool):
        return Offer(path, one.label, (False, True))
    numbers = tuple(value for value in one.options if value is not None) or (one.low, (one.low + one.high) / 2, one.high)
    sizes = path in ("training.learning_rate", "training.l1", "training.l2", "training.clip_norm")
    return Offer(path, one.label, one.options or numbers, float(one.low), float(one.high), isinstance(one.default, int), sizes)


class Space(Settings):
    """The settings that are searched, each once."""

    settings: tuple[Listed | Range, ...] = Field(min_length=1, max_length=len(PATHS))

    @model_validator(mode="after")
    def _known(self) -> Self:
        paths = [one.path for one in self.settings]
        for one in self.settings:
            if one.path not in PATHS or paths.count(one.path) > 1:
                raise ValueError(f"Expected settings that can be searched, each once: {', '.join(PATHS)}; {one.path[:40]} "
                                 "came.")
            told = offer(one.path)
            if isinstance(one, Range) and told.low is None:
                raise ValueError(f"{told.label} is no number: choose some of its values instead of a range.")
        return self

    @property
    def paths(self) -> tuple[str, ...]:
        """The searched settings by name."""
        return tuple(one.path for one in self.settings)


def applied(base: RunConfig, picks: Picks) -> RunConfig:
    """The base with these values. Raises ValueError (pydantic's is one) when they do not go together."""
    layers = list(base.network.layers)
    if {DEPTH, WIDTH, BEND} & set(picks):
        if any(layer.kind != "dense" for layer in layers):
            raise ValueError("Expected a network of dense layers, whose number, units and activation can be searched.")
        first = layers[0] if layers else None
        changed = {key: picks[path] for path, key in ((WIDTH, "units"), (BEND, "activation")) if path in picks}
        count = int(picks.get(DEPTH, len(layers)))  # type: ignore[arg-type]
        rows = [{**(layer.model_dump() if (layer := layers[i] if i < len(layers) else first) else {}), **changed}
                for i in range(count)]
    others = {path: value for path, value in picks.items() if path not in LAYERS}
    return edited(base, {**others, **({"network.layers": rows} if {DEPTH, WIDTH, BEND} & set(picks) else {})})
