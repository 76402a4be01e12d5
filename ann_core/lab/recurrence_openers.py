"""Scenes of the Recurrence lab. What they claim holds for at least 18 of 20 seeds (`benchmarks/memory.py`)."""

from collections.abc import Mapping
from typing import Any

from ann_core.base.registry import Registry
from ann_core.data import SEQUENCES
from ann_core.lab.recurrence_twins import made
from ann_core.lab.twin_openers import LabOpener
from ann_core.lab.twins import Twins
from ann_core.nn.kinds import LAYERS
from ann_core.run.config import RunConfig
from ann_core.run.link import flatten

COMMON = flatten(RunConfig()) | {
    "data.source": "remember_first", "data.samples": 1000, "training.learning_rate": 0.01, "training.epochs": 20}


def _network(kind: str, clip: float | None = 1.0, count: int = 1, **fields: Any) -> dict[str, Any]:
    """What a twin has of its own."""
    layer = LAYERS[kind].settings.model_validate({"kind": kind, **fields})
    return {"network.layers": (layer,) * count, "training.clip_norm": clip}


def _twins(shared: Mapping[str, Any], *networks: Mapping[str, Any]) -> Twins:
    common = {**COMMON, **shared}
    return tuple(made(common, own, SEQUENCES[common["data.source"]].every_step) for own in networks)


USUAL = _twins({"data.length": 40}, _network("gru", update_bias=3.0), _network("rnn"))

OPENERS: Registry[LabOpener] = Registry("lab opener", [
    LabOpener("remember", "Remember 40 steps",
              "Only the first of 40 symbols matters. A GRU whose update gates begin open for the past keeps it; how far back "
              "does the gradient of a plain RNN reach?",
              USUAL),
])
