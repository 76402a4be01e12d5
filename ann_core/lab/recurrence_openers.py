"""Scenes of the Recurrence lab. What they claim holds for at least 18 of 20 seeds (`tests/core/test_recurrence_openers.py`)."""

from collections.abc import Mapping
from typing import Any

from ann_core.base.registry import Registry
from ann_core.data import SEQUENCES
from ann_core.lab.guess import Guess
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


GRU, RNN, BOTH, NEITHER = "the GRU", "the plain RNN", "both", "neither"

USUAL = _twins({"data.length": 40}, _network("gru", update_bias=3.0), _network("rnn"))

OPENERS: Registry[LabOpener] = Registry("lab opener", [
    LabOpener("remember", "Remember 40 steps",
              "**In which of the two does the gradient reach back to the first letter, before they learn?** Both are to "
              "remember it for 40 steps: they read A, B, C or D and then 39 letters that say nothing. The plain RNN (recurrent "
              "neural network) only has its state. The GRU (gated recurrent unit) has gates, too: valves for its memory, which "
              "begin nearly open.",
              USUAL, guess=Guess((RNN, GRU, BOTH, NEITHER), 1,
                                 "At the start more than a tenth of the GRU's gradient comes back to step 1, and of the plain "
                                 "RNN's less than a hundredth. Does that decide who learns it? By the end of the film the "
                                 "plain RNN mostly knows the letter, too: little is not nothing.")),
    LabOpener("forget_bias", "The forget bias",
              "**Does it help to begin with open valves?** The same LSTM (long short-term memory) twice, over 60 steps. With a "
              "forget bias of 4 its forget gates begin nearly open, with 0 half open. Which of the two learns to remember?",
              _twins({"data.length": 60, "training.learning_rate": 0.003, "training.epochs": 14},
                     _network("lstm", forget_bias=4.0), _network("lstm", forget_bias=0.0)),
              guess=Guess(("the one with bias 0", "the one with bias 4", BOTH, NEITHER), 1,
                          "The one whose gates begin nearly open knows the letter within 200 steps of learning. Of the other "
                          "one's gradient next to nothing reaches the first step, so nothing tells it what to keep.")),
    LabOpener("clipped", "Steps that are too long",
              "**What becomes of steps that are far too long?** Recurrent weights of 2.5 times the usual size make the "
              "gradient larger at every step back. One network takes steps as long as that, the other one cuts them to length "
              "1. Which of them learns?",
              _twins({"data.length": 10, "training.optimizer": "sgd", "training.learning_rate": 1.0},
                     _network("rnn", None, recurrent_scale=2.5), _network("rnn", 1.0, recurrent_scale=2.5)),
              guess=Guess(("the one that cuts them", "the one that does not", BOTH, NEITHER), 0,
                          "The one that cuts its steps learns within 100 of them. The other one has a gradient in the right "
                          "direction, too, but each step leaps far over its goal.")),
    LabOpener("cut_short", "Gradients cut short",
              "**Can it learn what no gradient tells it?** The same GRU twice. In the second one gradients are cut after 10 "
              "steps, so none comes back to the letter that is asked for. Which of them knows it after 200 steps of learning?",
              _twins({"data.length": 40, "training.epochs": 9}, _network("gru", update_bias=3.0),
                     _network("gru", update_bias=3.0, truncation=10)),
              guess=Guess((BOTH, "the one that is not cut", "the one that is cut", NEITHER), 1,
                          "Only the first one. Nothing reaches the first 30 steps of the other one, so nothing tells it to "
                          "keep the letter.")),
    LabOpener("both_ways", "Both ways",
              "**Is a marker still to come?** That is asked at every step. One network reads from both ends, the other one "
              "forward only. Which of them can know, and which can but guess?",
              _twins({"data.source": "marker_later", "data.length": 12}, _network("gru", units=8, bidirectional=True),
                     _network("gru", units=8)),
              guess=Guess(("the one that reads forward", "the one that reads both ways", BOTH), 1,
                          "The one that reads both ways is right at nearly every step. The other one cannot see what comes; "
                          "the best it can do is to say what is likelier.")),
    LabOpener("add", "Add two numbers",
              "**Can it add two numbers that lie far apart?** Two of 40 numbers are marked, and their sum is asked for. Which "
              "network finds out, and which goes on guessing the mean?",
              _twins({"data.source": "add_marked", "data.length": 40}, _network("gru", update_bias=3.0), _network("rnn")),
              guess=Guess(("both find out", "the GRU finds out", "the plain RNN finds out", NEITHER), 1,
                          "The GRU adds them after 250 steps of learning. The plain RNN is hardly better than the mean.")),
    LabOpener("brackets", "Between brackets",
              "**What stood in the brackets?** One of 40 letters does, somewhere, and is asked for at the end. Which of the "
              "two learns to say it? Look at what the GRU's gates do when the bracket opens.",
              _twins({"data.source": "brackets", "data.length": 40}, _network("gru"), _network("rnn")),
              guess=Guess((GRU, RNN, BOTH, NEITHER), 0,
                          "The GRU does, after 300 steps of learning, and the plain RNN does not.")),
    LabOpener("forecast", "Forecast",
              "**What comes next?** Cycles that are never quite alike: from 20 values the next one is to be foretold. Which "
              "errs least: a GRU, a plain RNN, or a dense network, which gets all 20 at once?",
              _twins({"data.source": "forecast", "data.samples": 780, "data.test_share": 0.25, "training.epochs": 33,
                      "training.schedule": "cosine", "training.schedule_epochs": 33.0},
                     _network("gru"), _network("rnn"), _network("dense", units=16)),
              guess=Guess(("the dense network", RNN, GRU), 2,
                          "The GRU errs least, then the plain RNN, then the dense network, which has to find the order of the "
                          "values by itself.")),
    LabOpener("text", "The next character",
              "**What does it write once it has learned?** It learns a small text by heart, character by character. Pause the "
              "film early and late, and let it write below.",
              _twins({"data.source": "text", "data.test_share": 0.2, "training.epochs": 40}, _network("gru", units=32)),
              guess=Guess(("letters in a jumble", "mostly whole words"), 1,
                          "Mostly whole words, after 100 steps of learning: more than four in five of its words stand in the "
                          "text. Before it has learned fewer than three in ten do.")),
])
