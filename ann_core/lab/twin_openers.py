"""Scenes of the Gradient lab: twins that show one thing each. Their names say what differs, not what comes of it; their
questions are asked over decision and loss alone, so they are about what these do not show: the gradient on its way.

What label and sentence claim holds for at least 18 of 20 seeds (`tests/core/test_demonstration.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ann_core.base.registry import Registry
from ann_core.lab.guess import Guess
from ann_core.lab.twins import DEFAULT, Twins
from ann_core.run.config import RunConfig
from ann_core.run.link import edited


@dataclass(frozen=True)
class LabOpener:
    """A scene: twins, and one sentence on what to look at; where there is a question, on what happens, which it asks first.
    guess: what there is to choose from, where that was worked out"""

    key: str
    label: str
    sentence: str
    twins: Twins
    question: str = ""
    guess: Guess | None = None


def twin(activation: str = "sigmoid", layers: int = 10, changes: Mapping[str, Any] | None = None) -> RunConfig:
    """The lab's usual run with so many layers of ten, and changes by dotted name."""
    stack = [{"units": 10, "activation": activation}] * layers
    return edited(DEFAULT[0], {"network.layers": stack, **(changes or {})})


def normal(sigma: float) -> dict[str, Any]:
    """Plain normal weights of one size for every layer."""
    return {"network.initializer": "normal", "network.sigma": sigma}


XAVIER, HE = {"network.initializer": "glorot_normal"}, {"network.initializer": "he_normal"}
SHORT = {"training.epochs": 60}
FAST = {"training.learning_rate": 0.1, "training.epochs": 80}
HILLS = {"data.source": "hills", "training.epochs": 150}
WINE = {"data.source": "wine", "training.epochs": 60}

LAB_OPENERS: Registry[LabOpener] = Registry("lab opener", [
    LabOpener("ten", "Ten layers",
              "Through ten sigmoid layers next to nothing of the gradient reaches layer 1, and nothing is learned. "
              "With ReLU it arrives, and the network learns.", DEFAULT,
              "Ten layers of sigmoid, and ten of ReLU. How much of the output layer's gradient reaches layer 1 with sigmoid?",
              Guess(("nearly all", "about a tenth", "less than a ten-thousandth"), 2)),
    LabOpener("thirty", "Thirty layers",
              "The same first weights in both. Thirty slopes of at most 0.25 leave layer 1 less than 10⁻¹⁵ of the "
              "output layer's gradient; tanh, with slopes up to 1, still learns.",
              (twin("sigmoid", 30, SHORT), twin("tanh", 30, SHORT)),
              "Thirty layers, the same first weights. How much of the output layer's gradient reaches layer 1 with sigmoid?",
              Guess(("about a tenth", "about a thousandth", "less than a billionth"), 2)),
    LabOpener("exploding", "Large weights",
              "With σ = 2 every layer makes the gradient larger, and after the first steps the weights are too large "
              "to compute with. Clipping keeps the numbers finite, but weights that begin so large still do not learn.",
              (twin("relu", 10, HILLS | HE), twin("relu", 10, HILLS | normal(2.0)),
               twin("relu", 10, HILLS | normal(2.0) | {"training.clip_norm": 1.0})),
              "Usual first weights, much larger ones (σ = 2), and those with clipping. What becomes of the gradient?"),
    LabOpener("tanh", "tanh, three sizes",
              "One activation, three sizes of first weights. Too small (σ = 0.1): all gradients vanish. Too large "
              "(σ = 2): the one of layer 1 explodes. Xavier's size lies between, and learns.",
              (twin("tanh", 10, SHORT | normal(0.1)), twin("tanh", 10, SHORT | XAVIER), twin("tanh", 10, SHORT | normal(2.0))),
              "One activation, three sizes of first weights. What becomes of the gradient in each of them?"),
    LabOpener("batch_norm", "Batch norm",
              "Ten sigmoid layers without and with it. Dividing each layer's sums by their small spread multiplies the "
              "gradient on its way back: layer 1 gets its share again, and the network learns.",
              (twin(changes=FAST), twin(changes=FAST | {"network.batch_norm": True})),
              "Ten sigmoid layers, without batch norm and with it. What does it do to the gradient of layer 1?"),
    LabOpener("skip", "Skips",
              "Twenty sigmoid layers without and with them. The gradient has a way around every slope, so a good part "
              "arrives at layer 1, and the network learns.",
              (twin(layers=20, changes=SHORT), twin(layers=20, changes=SHORT | {"network.skip": True})),
              "Twenty sigmoid layers, without skip connections and with them. How much of the gradient reaches layer 1?"),
    LabOpener("skip_explodes", "Skips, ReLU",
              "Twenty ReLU layers with He's weights learn as they are. With skip connections every layer adds its "
              "output to its input, the sums grow from layer to layer, and so does the gradient: it explodes.",
              (twin("relu", 20, SHORT), twin("relu", 20, SHORT | {"network.skip": True})),
              "Twenty ReLU layers that learn as they are. What does a way around every layer do to the gradient?"),
    LabOpener("unscaled", "Unscaled",
              "Wine, as measured and scaled. As measured, one input reaches 1,500 where others stay below 1: the "
              "gradient starts more than ten times as large, and the first steps ruin the network.",
              (twin("relu", 3, WINE), twin("relu", 3, WINE | {"data.scaling": "none"})),
              "Wine as scaled, and as measured: one input reaches 1,500, others stay below 1. How large is the gradient then?"),
    LabOpener("adam", "With Adam",
              "The same ten sigmoid layers twice, with the same lost gradient. Adam divides each gradient by its own "
              "size, so even tiny ones move the weights: it learns, but not all the way.",
              (DEFAULT[0], twin(changes={"training.optimizer": "adam", "training.learning_rate": 0.01})),
              "Ten sigmoid layers twice, and only the one with Adam learns something. Does more gradient reach its layer 1?"),
])
