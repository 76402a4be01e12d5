"""The gradient that got lost: a demonstration of ten minutes in eight scenes.

What a scene claims holds for at least 18 of 20 seeds (`tests/core/test_demonstration.py`).
"""

from dataclasses import dataclass

from ann_core.lab.twin_openers import FAST, HE, HILLS, XAVIER, normal, twin
from ann_core.lab.twins import Twins

TITLE = "The gradient that got lost"


@dataclass(frozen=True)
class DemoScene:
    """One scene: what is shown, and what to say, ask and click."""

    key: str
    title: str
    twins: Twins
    pictures: tuple[str, ...]
    """Of the player, the first on top: gradient, waterfall, slope, map, boundary, loss, network."""
    say: str
    ask: str
    click: str
    stop_at: int | None = None
    """The epoch to stop at: 0 stands still at the start, None plays to the end of the film."""


DEMONSTRATION: tuple[DemoScene, ...] = (
    DemoScene("three", "Three layers: it learns", (twin(layers=3, changes=FAST),), ("gradient", "boundary", "loss"),
              say="A small network with three hidden sigmoid layers learns to tell two moons apart. The bars show how much "
                  "gradient reaches each layer: less on the left, but enough.",
              ask="What will happen with ten layers instead of three: better, the same or worse?",
              click="Play to the end. Then the next scene."),
    DemoScene("ten", "Ten layers: nothing moves", (twin(changes=FAST),), ("gradient", "boundary", "loss"),
              say="Only one thing is different: ten hidden layers. The loss stays where guessing is, at 0.69, because layer 1 "
                  "gets less than a ten-thousandth of the output layer's gradient.",
              ask="The bars fall from right to left. Which way does the gradient travel?",
              click="Play. Point at the bars from the output back to layer 1."),
    DemoScene("who", "Who killed the gradient?", (twin(changes=FAST),), ("waterfall", "gradient"),
              say="Going back through a layer, the gradient is multiplied twice: by the weights and by the slopes. The slopes "
                  "did nearly all of the damage; the weights alone did little.",
              ask="Look at one layer's two steps: which of them does the damage, the weights or the slopes?",
              click="Stay at the start. Point at a layer's two steps, then at the next layer's.", stop_at=0),
    DemoScene("quarter", "At most 0.25, ten times", (twin(changes=FAST),), ("slope", "waterfall"),
              say="The sigmoid's slope reaches 0.25, at 0, and is smaller everywhere else. Ten such factors give at most "
                  "0.25¹⁰, about one in a million. That bounds the slopes; the weights come on top.",
              ask="How small would it be with twenty layers?",
              click="Stay at the start. Choose one layer after the other and watch where its units stand.", stop_at=0),
    DemoScene("relu", "Switch to ReLU", (twin(changes=FAST), twin("relu", changes=FAST)), ("gradient", "boundary", "loss"),
              say="The same data, the same raw weights, the same batches. ReLU has slope 1 where a unit is on, and He's "
                  "somewhat larger weights make up for the units that are off: the gradient arrives and the network learns.",
              ask="So is the sigmoid to blame, always?",
              click="Play both. Stop when ReLU's picture shows the moons."),
    DemoScene("small", "Too small: tanh loses it too",
              (twin("tanh", changes=FAST | normal(0.1)), twin("tanh", changes=FAST | XAVIER)),
              ("gradient", "waterfall", "loss"),
              say="tanh has slopes up to 1, so with Xavier's weights it learns. With weights of size 0.1 the gradient is gone "
                  "again, and this time the weights did it: they are the factor below 1.",
              ask="All bars of the small one are tiny, also the output layer's. Why that one too?",
              click="Play. Then change σ from 0.1 to 0.5."),
    DemoScene("large", "Too large: it explodes",
              (twin("relu", changes=HILLS | HE), twin("relu", changes=HILLS | normal(2.0))), ("gradient", "loss"),
              say="Now the opposite, on a task with numbers as answers. With weights of size 2 every layer makes the gradient "
                  "larger; the first steps throw the weights beyond all measure, and training stops.",
              ask="Vanishing and exploding: what do they have in common?",
              click="Play. Read the message of the twin that diverged."),
    DemoScene("again", "Deep again: batch norm and skips",
              (twin(changes=FAST), twin(changes=FAST | {"network.batch_norm": True}),
               twin(changes=FAST | {"network.skip": True})),
              ("gradient", "boundary", "loss"),
              say="Ten sigmoid layers once more: plain, with batch normalisation, with skip connections. Both bring the "
                  "gradient back, and both learn. To remember: a gradient is a product over the layers, and deep networks "
                  "need factors near 1.",
              ask="Which factor does each of the two repair?",
              click="Play to the end."),
)
