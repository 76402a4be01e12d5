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
              "**Which of the two still knows the first letter after 40 steps?** Both read A, B, C or D and then 39 letters "
              "that say nothing. The GRU has gates, valves for its memory, which begin nearly open for the past; the plain "
              "RNN has none. How far back does its gradient reach?",
              USUAL),
    LabOpener("forget_bias", "The forget bias",
              "**Does it help to begin with open valves?** The same LSTM twice, over 60 steps. With a forget bias of 4 its "
              "forget gates begin nearly open, with 0 half open. How far back does the gradient reach at first, and which of "
              "the two learns to remember?",
              _twins({"data.length": 60, "training.learning_rate": 0.003, "training.epochs": 14},
                     _network("lstm", forget_bias=4.0), _network("lstm", forget_bias=0.0))),
    LabOpener("clipped", "Explodes, clipped",
              "**What becomes of steps that are far too long?** Recurrent weights of 2.5 times the usual size make the "
              "gradient larger at every step back. One network takes steps as long as that, the other one cuts them to length "
              "1. Which of them learns?",
              _twins({"data.length": 10, "training.optimizer": "sgd", "training.learning_rate": 1.0},
                     _network("rnn", None, recurrent_scale=2.5), _network("rnn", 1.0, recurrent_scale=2.5))),
    LabOpener("cut_short", "Cut short",
              "**Can it learn what no gradient tells it?** The same GRU twice. In the second one gradients are cut after 10 "
              "steps, so none comes back to the letter that is asked for. Which of them knows it after 200 steps of learning?",
              _twins({"data.length": 40, "training.epochs": 9}, _network("gru", update_bias=3.0),
                     _network("gru", update_bias=3.0, truncation=10))),
    LabOpener("both_ways", "Both ways",
              "**Is a marker still to come?** That is asked at every step. One network reads from both ends, the other one "
              "forward only. Which of them can know, and which can but guess?",
              _twins({"data.source": "marker_later", "data.length": 12}, _network("gru", units=8, bidirectional=True),
                     _network("gru", units=8))),
    LabOpener("add", "Add two numbers",
              "**Can it add two numbers that lie far apart?** Two of 40 numbers are marked, and their sum is asked for. Which "
              "network finds out, and which goes on guessing the mean?",
              _twins({"data.source": "add_marked", "data.length": 40}, _network("gru", update_bias=3.0), _network("rnn"))),
    LabOpener("brackets", "Between brackets",
              "**What stood in the brackets?** One of 40 letters does, somewhere, and is asked for at the end. What do the "
              "GRU's gates do when the bracket opens, and does the plain RNN find out, too?",
              _twins({"data.source": "brackets", "data.length": 40}, _network("gru"), _network("rnn"))),
    LabOpener("forecast", "Forecast",
              "**What comes next?** Cycles that are never quite alike: from 20 values the next one is to be foretold. Which "
              "errs least: a GRU, a plain RNN, or a dense network, which gets all 20 at once?",
              _twins({"data.source": "forecast", "data.samples": 780, "data.test_share": 0.25, "training.epochs": 33,
                      "training.schedule": "cosine", "training.schedule_epochs": 33.0},
                     _network("gru"), _network("rnn"), _network("dense", units=16))),
    LabOpener("text", "The next character",
              "**What does it write before it has learned, and what afterwards?** It learns a small text by heart, character "
              "by character. Pause the film early and late, and let it write below.",
              _twins({"data.source": "text", "data.test_share": 0.2, "training.epochs": 40}, _network("gru", units=32))),
])
