"""Networks worth following by hand, each for one thing that it shows, with a question to commit to before looking."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ann_core.base.registry import Registry
from ann_core.data import Dataset, prepare
from ann_core.lessons.ask import Ask
from ann_core.run.config import RunConfig
from ann_core.run.run import Run, start
from ann_core.scalar.chain import Net, Trace, from_run, trace
from ann_core.scalar.words import number, plain

XOR_EPOCHS = 10_000
XOR_MEDIAN, XOR_OFTEN = 0.0018, (0.0016, 0.0028)
"""Mean squared error after so many epochs: median, and 10–90 %, of the starts 0 to 39. Measured anew by the tests."""


@dataclass(frozen=True)
class Preset:
    """A network with words. sentence: what it is   look: what to look at   note: how its numbers compare with other texts."""

    key: str
    label: str
    sentence: str
    look: str
    note: str
    make: Callable[[], Net]
    ask: Callable[[Trace], Ask] | None = None

    @property
    def net(self) -> Net:
        """The network, its sample and its rate."""
        return self.make()

    @property
    def question(self) -> Ask | None:
        """Its own question on the way back, about the network as it is given; the right answer is worked out here."""
        return self.ask(trace(self.net)) if self.ask else None


def _figure(value: float) -> str:
    return plain(number(value))


def _fixed(**parts: object) -> Callable[[], Net]:
    return lambda: Net.model_validate(parts)


def xor_run(seed: int = 0, seeds: int = 1) -> Run:
    """XOR as the engine learns it: 2-4-1 sigmoid, standard-normal weights, squared error, η = 0.1 on the gradient summed over
    all four corners, 10,000 epochs. seeds: so many networks side by side."""
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    data = Dataset("corners", "XOR", "classification", corners, np.array([0, 1, 1, 0]), ("x₁", "x₂"), ("0", "1"), "y",
                   ((-0.5, 1.5), (-0.5, 1.5)))
    config = RunConfig.model_validate({
        "network": {"layers": [{"units": 4, "activation": "sigmoid"}], "initializer": "normal", "loss": "squared_error"},
        "training": {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": 4, "reduction": "sum", "epochs": XOR_EPOCHS},
        "seed": seed, "seeds": seeds})
    return start(config, prepare(data, test_share=0.0, scaling="none"))


def _xor_net() -> Net:
    """The untrained network at the corner (0, 1), wherever preparing the data has put that row."""
    run = xor_run()
    return from_run(run, int((run.data.X_train == [0, 1]).all(1).argmax()))


def _ask_largest(seen: Trace) -> Ask:
    weights = [node for node in seen.parameters if node.kind == "weight"]
    names = [*seen.net.input_names, "the first unit's answer"]
    listed = ", ".join(f"{_figure(node.gradient)} for {node.symbol}" for node in weights)
    return Ask("Which weight will one step change the most?",
                    {f"{node.symbol}, on {name}": f"That would be so if {name}, times what arrives at the unit of "
                                                  f"{node.symbol}, were the largest product."
                     for node, name in zip(weights, names, strict=True)},
                    int(np.argmax([abs(node.gradient) for node in weights])),
                    f"The derivatives are {listed}. A weight's derivative is its input times what arrives at its unit. Little "
                    f"arrives at unit 1, {_figure(seen.nodes['z1'].gradient)}, yet the large input "
                    f"{_figure(seen.net.inputs[0])} makes up for a good part of that.")


def _ask_ratio(seen: Trace) -> Ask:
    first, last = seen.nodes["w1"].gradient, seen.nodes["w3"].gradient
    ratio = abs(last / first)
    return Ask("How much larger is the last weight's derivative, ∂L/∂w₃, than the first one's, ∂L/∂w₁?",
                    {"Less than 2 times": "That would be so if every slope on the way were near 1.",
                     "2 to 10 times": "That would be so with one unit less on the way.",
                     "10 to 100 times": "That would be so if each unit on the way left about a tenth.",
                     "More than 100 times": "That would be so with one unit more on the way."},
                    sum(ratio > border for border in (2, 10, 100)),
                    f"{_figure(last)} against {_figure(first)}: {ratio:.0f} times. Two units on the way back multiply by a "
                    "slope "
                    f"below 0.25 and a weight of 0.5 each; the inputs, {_figure(seen.net.inputs[0])} for w₁ and "
                    f"{_figure(seen.nodes['a2'].value)} for w₃, make up for a part.")


def _ask_off(seen: Trace) -> Ask:
    silent = tuple(node.key for node in seen.parameters if node.layer == 1 and node.kind == "weight" and node.gradient == 0)
    cases: list[tuple[str, ...]] = [(), ("w1", "w2"), ("w3", "w4"), ("w1", "w2", "w3", "w4")]
    return Ask("Which weights of the first layer get the derivative 0?",
                    {"None": "That would be so if both units were switched on.",
                     "w₁ and w₂, into unit 1": "That would be so if z₁ were below 0, and z₂ above.",
                     "w₃ and w₄, into unit 2": "That would be so if z₂ were below 0, and z₁ above.",
                     "All four": "That would be so if both units were switched off."}, cases.index(silent),
                    f"z₁ = {_figure(seen.nodes['z1'].value)} and z₂ = {_figure(seen.nodes['z2'].value)}. Below 0 ReLU is flat: "
                    "its slope is 0, and a product with a 0 in it is 0.")


PRESETS: Registry[Preset] = Registry("example network", [
    Preset("exam", "Exam result",
           "Will a student pass an exam? Three numbers go into a unit, and a second unit says how likely a pass is.",
           "Follow the answer 0.51 back: the error is large, but every factor on the way to w₁ is below 1, apart from the "
           "input 95.",
           "In the text that these numbers come from the first input is an IQ. Nothing about it or the hours is measured: the "
           "names are only names.",
           _fixed(inputs=[95, 4, 4], input_names=["attendance (%)", "study hours", "play hours"], targets=[1], layers=[
               {"weights": [[0.01], [0.02], [0.03]], "biases": [0.001]}, {"weights": [[0.02]], "biases": [0.03]}]),
           _ask_largest),
    Preset("two_inputs", "Two inputs, two hidden units",
           "Two inputs, two hidden units, one output (2-2-1): sigmoids without biases, and one full step of learning with η "
           "= 1.",
           "The answer 0.690 is above the target 0.5. After one step all six weights are smaller, and the answer is 0.682.",
           "Many texts define δ = −∂L/∂z and then add η δ x to a weight. Their δ has the opposite sign of our ∂L/∂z, and the "
           "new weights are the same. They also count the inputs as units 1 and 2, so that their units 3, 4, 5 are our 1, 2, "
           "3.",
           _fixed(inputs=[0.35, 0.9], targets=[0.5], rate=1, layers=[
               {"weights": [[0.1, 0.4], [0.8, 0.6]]}, {"weights": [[0.3], [0.9]]}])),
    Preset("three_in_a_row", "Three sigmoids in a row",
           "One input and three units one after the other, every weight 0.5.",
           "Compare ∂L/∂w₃, ∂L/∂w₂ and ∂L/∂w₁: the further back, the smaller. This is the vanishing gradient in three factors.",
           "The vanishing product contains the weights too, not the slopes alone: ∂a₃/∂a₂ = σ′(z₃) · w₃. And σ′ does reach "
           "0.25, at z = 0; it is never above.",
           _fixed(inputs=[1], targets=[1], layers=[{"weights": [[0.5]]}] * 3),
           _ask_ratio),
    Preset("relu_log_loss", "ReLU and log loss",
           "Two ReLU units (z above 0, else 0), one of them switched off, and a sigmoid output with the log loss "
           "(cross-entropy).",
           "At the output, the slope of the loss times the slope of the sigmoid is just a₃ − y. At unit 2 the chain meets a 0.",
           "The weights are written with rows for inputs, Z = A W + b; many texts write the transpose. Units are counted "
           "through the network: what texts call z₂, for layer 2, is our z₃.",
           _fixed(inputs=[1, 2], targets=[1], loss="binary_cross_entropy", layers=[
               {"weights": [[0.5, -0.3], [0.25, -0.8]], "biases": [0.1, 0.2], "activation": "relu"},
               {"weights": [[0.7], [-0.4]], "biases": [0.05]}]),
           _ask_off),
    Preset("two_paths", "Two paths",
           "Two layers of two hidden units (2-2-2-1): what a first-layer weight changes reaches the loss through both units "
           "of the second layer.",
           "In the chain of a first-layer weight two paths light up, each with its product. The derivative is "
           "their sum.",
           "Drawn as single numbers the chain rule is a sum over paths. The layer form dAˡ⁻¹ = dZˡ (Wˡ)ᵀ is the same sum, "
           "written as "
           "a product of matrices.",
           _fixed(inputs=[1, 0.5], targets=[1], layers=[
               {"weights": [[0.6, -0.4], [0.2, 0.8]], "biases": [0.1, -0.2], "activation": "tanh"},
               {"weights": [[0.5, -0.7], [0.9, 0.3]], "biases": [0.2, 0.1], "activation": "tanh"},
               {"weights": [[0.8], [-0.5]], "biases": [0.3], "activation": "linear"}])),
    Preset("xor", "XOR, learned",
           "A 2-4-1 network of sigmoids with random weights (normal: mean 0, spread 1), at the corner (0, 1) of XOR, whose "
           "target is 1.",
           "One step hardly moves the answer. The engine repeats it 10,000 times with the gradients of all four corners added "
           "up.",
           "The step shown here uses one corner; the engine's uses the sum over all four, with η = 0.1. The mean squared "
           "error is the mean of (a − y)², twice the mean of our loss with its ½.",
           _xor_net),
])
