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
           "Two arms, wound around each other. Can three small layers tell them apart? Then change a setting and look again."),
    _scene("linear_xor", "Straight lines only",
           "Sixteen units, all linear: they add up and bend nothing. Can they tell the four corners apart? Then switch to "
           "tanh.",
           data={"source": "xor"}, network={"layers": [{"units": 8, "activation": "linear"}] * 2},
           training={"epochs": 200}),
    _scene("sigmoid_ten", "Ten sigmoid layers",
           "Every layer on the way back multiplies the gradient by a slope. How much reaches layer 1? Look at the bars. Then "
           "switch to ReLU.",
           data=MOONS, network=_ten("sigmoid"), training=PLAIN),
    _scene("relu_ten", "The same with ReLU",
           "Same points in the same order, same first draw of the weights; only the activation differs, and the scale that "
           "suits it. What do the bars look like now?",
           data=MOONS, network=_ten("relu"), training=PLAIN),
    _scene("adam_ten", "The same with Adam",
           "The ten sigmoid layers again. Adam divides each gradient by its own size, so even tiny ones move the weights. Is "
           "that enough to learn?",
           data=MOONS, network=_ten("sigmoid"), training={"optimizer": "adam", "learning_rate": 0.01, "epochs": 300}),
    _scene("rate_too_high", "Very long steps",
           "The learning rate is 2. Where does each step land, higher or lower? Then try a rate of 0.3.",
           data={"source": "hills"}, network={"layers": [{"units": 8}] * 2},
           training={"optimizer": "sgd", "learning_rate": 2.0, "batch_size": ALL_ROWS, "epochs": 200}),
    _scene("fitting_noise", "Few points, much noise",
           "A large network learns fifty noisy points. Watch both losses, training and held-out: which of them goes on "
           "falling?",
           data={**MOONS, "samples": 100, "noise": 0.5, "test_share": 0.5}, network={"layers": [{"units": 24}] * 2},
           training={"learning_rate": 0.02, "batch_size": 10, "epochs": 300}),
])
