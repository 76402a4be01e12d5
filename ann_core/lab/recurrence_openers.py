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
              "Only the first of 40 symbols matters. One network, a GRU, has gates that begin nearly open for the past, and it "
              "learns to keep the symbol. The other, a plain RNN, has none: how far back does its gradient reach?",
              USUAL),
    LabOpener("forget_bias", "The forget bias",
              "The same LSTM twice, over 60 steps. What its forget gates begin at decides how far back the gradient reaches at "
              "first: with 4 it learns to remember, with 0 it does not.",
              _twins({"data.length": 60, "training.learning_rate": 0.003, "training.epochs": 14},
                     _network("lstm", forget_bias=4.0), _network("lstm", forget_bias=0.0))),
    LabOpener("clipped", "Explodes, clipped",
              "Recurrent weights of 2.5 times the usual size make the gradient larger at every step back, and steps as long as "
              "it ruin the network. Cut to length 1, the same gradients teach it.",
              _twins({"data.length": 10, "training.optimizer": "sgd", "training.learning_rate": 1.0},
                     _network("rnn", None, recurrent_scale=2.5), _network("rnn", 1.0, recurrent_scale=2.5))),
    LabOpener("cut_short", "Cut short",
              "The same GRU twice. In the second one gradients are cut after 10 steps, so none comes back to the symbol that "
              "is asked for: after 200 steps of learning the first knows it, the second does not.",
              _twins({"data.length": 40, "training.epochs": 9}, _network("gru", update_bias=3.0),
                     _network("gru", update_bias=3.0, truncation=10))),
    LabOpener("both_ways", "Both ways",
              "At every step it is asked whether a marker is still to come. Who reads forward only can but guess; who also "
              "reads from the end knows.",
              _twins({"data.source": "marker_later", "data.length": 12}, _network("gru", units=8, bidirectional=True),
                     _network("gru", units=8))),
    LabOpener("add", "Add two numbers",
              "Two of 40 numbers are marked, and their sum is asked for. The GRU finds out; the plain RNN goes on guessing the "
              "mean.",
              _twins({"data.source": "add_marked", "data.length": 40}, _network("gru", update_bias=3.0), _network("rnn"))),
    LabOpener("brackets", "Between brackets",
              "One of 40 letters stands in brackets, somewhere. Watch the GRU's gates when the bracket opens; the plain RNN "
              "does not find out.",
              _twins({"data.source": "brackets", "data.length": 40}, _network("gru"), _network("rnn"))),
    LabOpener("forecast", "Forecast",
              "Cycles that are never quite alike: from 20 values the next one. A GRU errs least, then a plain RNN; a dense "
              "network that gets all 20 at once errs most.",
              _twins({"data.source": "forecast", "data.samples": 780, "data.test_share": 0.25, "training.epochs": 33,
                      "training.schedule": "cosine", "training.schedule_epochs": 33.0},
                     _network("gru"), _network("rnn"), _network("dense", units=16))),
    LabOpener("text", "The next character",
              "It learns a small text by heart, character by character. Pause the film early and late, and let it write below.",
              _twins({"data.source": "text", "data.test_share": 0.2, "training.epochs": 40}, _network("gru", units=32))),
])
