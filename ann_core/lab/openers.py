"""Scenes that show one thing each. What a label claims holds for at least 18 of 20 seeds (`tests/core/test_openers.py`)."""

from dataclasses import dataclass
from typing import Any

from ann_core.base.registry import Registry
from ann_core.lab.guess import Guess
from ann_core.run.config import RunConfig
from ann_core.run.training import ALL_ROWS


@dataclass(frozen=True)
class Opener:
    """A scene: settings, and one sentence on what to look at. guess: what that sentence asks first, if it does"""

    key: str
    label: str
    sentence: str
    config: RunConfig
    guess: Guess | None = None


def _scene(key: str, label: str, sentence: str, **parts: Any) -> Opener:
    return Opener(key, label, sentence, RunConfig.model_validate(parts))


def _ten(activation: str) -> dict[str, Any]:
    return {"layers": [{"units": 10, "activation": activation}] * 10}


MOONS = {"source": "moons"}
PLAIN = {"optimizer": "sgd", "learning_rate": 0.03, "epochs": 200}

OPENERS: Registry[Opener] = Registry("opener", [
    _scene("spiral", "Spiral",
           "Three small layers bend the plane until the two arms come apart. Change a setting and watch."),
    _scene("linear_xor", "Linear cannot do XOR",
           "Sixteen units, but all linear: together they still draw one straight line. Switch to tanh and it works.",
           data={"source": "xor"}, network={"layers": [{"units": 8, "activation": "linear"}] * 2},
           training={"epochs": 200}),
    _scene("sigmoid_ten", "Ten sigmoid layers: nothing moves",
           "Look at the gradient bars: every layer on the way back multiplies by a small slope, so almost nothing "
           "reaches layer 1. Switch to ReLU and watch the gradients come back.",
           data=MOONS, network=_ten("sigmoid"), training=PLAIN),
    _scene("relu_ten", "The same with ReLU",
           "Same data, same raw weight draw, same order of rows; only the activation and the scale that suits it differ.",
           data=MOONS, network=_ten("relu"), training=PLAIN),
    _scene("adam_ten", "The same with Adam",
           "The ten sigmoid layers again. Adam divides each gradient by its own size, so even tiny ones move the "
           "weights: the network learns, but slowly and not all the way.",
           data=MOONS, network=_ten("sigmoid"), training={"optimizer": "adam", "learning_rate": 0.01, "epochs": 300}),
    _scene("rate_too_high", "Rate too high",
           "Every step overshoots further than the one before, until the numbers are too large to compute with. Try a rate "
           "of 0.3.",
           data={"source": "hills"}, network={"layers": [{"units": 8}] * 2},
           training={"optimizer": "sgd", "learning_rate": 2.0, "batch_size": ALL_ROWS, "epochs": 200}),
    _scene("fitting_noise", "Fitting the noise",
           "Few points, much noise, a large network: the training loss goes to 0 while the test loss turns and rises.",
           data={**MOONS, "samples": 100, "noise": 0.5, "test_share": 0.5}, network={"layers": [{"units": 24}] * 2},
           training={"learning_rate": 0.02, "batch_size": 10, "epochs": 300}),
])
