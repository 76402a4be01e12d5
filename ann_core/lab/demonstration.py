"""The gradient that got lost: a demonstration of ten minutes in eight scenes, each a question before its answer.

What a scene claims holds for at least 18 of 20 seeds (`tests/core/test_demonstration.py`).
"""

from dataclasses import dataclass

from ann_core.lab.twin_openers import FAST, HE, HILLS, XAVIER, normal, twin
from ann_core.lab.twins import Twins

TITLE = "The gradient that got lost"


@dataclass(frozen=True)
class DemoScene:
    """One scene: what is asked, what is shown once the class has chosen, and what to say and click."""

    key: str
    topic: str
    """The title until the answer is shown."""
    title: str
    twins: Twins
    pictures: tuple[str, ...]
    """Of the player, the first on top: gradient, waterfall, slope, map, boundary, loss, network."""
    say: str
    ask: str
    options: tuple[str, ...]
    """Two to four; hands are counted with the keys 1 to 4."""
    right: int
    click: str
    switches: bool = False
    """Whether the activations can be switched on the stage once the answer is shown."""
    stop_at: int | None = None
    """The epoch to stop at: 0 stands still at the start, None plays to the end of the film."""


DEMONSTRATION: tuple[DemoScene, ...] = (
    DemoScene("three", "Three sigmoid layers", "Three layers: it learns",
              (twin(layers=3, changes=FAST),), ("gradient", "boundary", "loss"),
              say="A small network with three hidden sigmoid layers learns to tell two moons apart. The bars show how much "
                  "gradient reaches each layer: less on the left, but enough.",
              ask="Three hidden layers of ten units each, two moons to tell apart. Will it learn?",
              options=("Yes, it learns", "No, it stays at guessing"), right=0,
              click="It plays by itself. Then the next scene."),
    DemoScene("ten", "Ten layers instead of three", "Ten layers: nothing moves",
              (twin(changes=FAST),), ("gradient", "boundary", "loss"),
              say="Only one thing is different: ten hidden layers. The loss stays where guessing is, at 0.69, because layer 1 "
                  "gets about half a millionth of the output layer's gradient.",
              ask="Only one thing is different: ten hidden layers instead of three. What will it do?",
              options=("Learn better", "Learn about as well", "Not learn at all"), right=2,
              click="Point at the bars from the output back to layer 1: which way does the gradient travel? Then switch to "
                    "tanh: what changes?", switches=True),
    DemoScene("who", "On the way back", "The slopes killed the gradient", (twin(changes=FAST),), ("waterfall", "gradient"),
              say="Going back through a layer, the gradient is multiplied twice: by the weights and by the slopes. The slopes "
                  "did nearly all of the damage; the weights alone did little.",
              ask="Going back through a layer, the gradient is multiplied twice: by the weights and by the "
                  "slopes. Which of them made it so small?",
              options=("The weights", "The slopes", "Both about equally"), right=1,
              click="It stands at the start. Point at a layer's two steps, then at the next layer's.", stop_at=0),
    DemoScene("quarter", "The sigmoid's slope", "At most 0.25, ten times", (twin(changes=FAST),), ("slope", "waterfall"),
              say="The sigmoid's slope reaches 0.25, at 0, and is smaller everywhere else. Ten such factors give at most "
                  "0.25¹⁰, about a millionth. That bounds the slopes; weights and inputs come on top, and half of it arrives.",
              ask="The steepest slope of a sigmoid is 0.25. How much do ten such slopes leave, at most?",
              options=("At most a fortieth", "At most a thousandth", "At most a millionth"), right=2,
              click="It stands at the start. Choose one layer after the other and watch where its units stand. How "
                    "small would twenty layers make it?", stop_at=0),
    DemoScene("relu", "Another activation", "ReLU: the gradient arrives",
              (twin(changes=FAST), twin("relu", changes=FAST)), ("gradient", "boundary", "loss"),
              say="The same data, the same raw weights, the same batches. ReLU has slope 1 where a unit is on, and He's "
                  "somewhat larger weights make up for the units that are off: the gradient arrives and the network learns.",
              ask="The same data, raw weights and batches, with ReLU instead of sigmoid. What happens to the "
                  "gradient of layer 1?",
              options=("It stays lost", "It arrives", "It explodes"), right=1,
              click="Pause when ReLU's picture shows the moons. So is the sigmoid to blame, always? Switch it to tanh.",
              switches=True),
    DemoScene("small", "tanh, with two sizes of weights", "Too small: tanh loses it too",
              (twin("tanh", changes=FAST | normal(0.1)), twin("tanh", changes=FAST | XAVIER)),
              ("gradient", "waterfall"),
              say="tanh has slopes up to 1, so with Xavier's weights it learns. With weights of size 0.1 the gradient is gone "
                  "again, and this time the weights did it: they are the factor below 1.",
              ask="The slope of tanh reaches 1. Is the gradient safe now, whatever the first weights are?",
              options=("Yes, always", "No, not always"), right=1,
              click="All bars of the small one are tiny, also the output layer's: why that one too? Then press S for the "
                    "settings, change twin A's σ from 0.1 to 0.5, and press S again."),
    DemoScene("large", "Weights of size 2", "Too large: it explodes",
              (twin("relu", changes=HILLS | HE), twin("relu", changes=HILLS | normal(2.0))), ("gradient", "loss"),
              say="Now the opposite, on a task with numbers as answers. With weights of size 2 every layer makes the gradient "
                  "larger; after the first steps the weights are too large to compute with, and training "
                  "stops.",
              ask="Ten ReLU layers whose first weights have size 2. What will happen?",
              options=("It learns faster", "Nothing moves", "It explodes"), right=2,
              click="Read the message of the twin that diverged. Vanishing and exploding: what do they have in common?"),
    DemoScene("again", "Ten sigmoid layers, two repairs", "Deep again: both bring it back",
              (twin(changes=FAST), twin(changes=FAST | {"network.batch_norm": True}),
               twin(changes=FAST | {"network.skip": True})),
              ("gradient", "boundary", "loss"),
              say="Ten sigmoid layers once more: plain, with batch normalisation, with skip connections. Both bring the "
                  "gradient back, and both learn. To remember: a gradient is a product over the layers, and deep networks "
                  "need factors near 1.",
              ask="Batch normalisation or skip connections: which of them brings the gradient back?",
              options=("Batch norm only", "Skip connections only", "Both", "Neither"), right=2,
              click="Let it play to the end. Which factor does each of the two repair?"),
)
