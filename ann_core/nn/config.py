"""Settings of a network: its layers, its output, how its weights begin."""

from typing import Annotated, Any

from pydantic import Field, field_validator

from ann_core.base.fields import Settings, known, option
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.initializers import INITIALIZERS
from ann_core.nn.losses import HEADS, LOSSES

MAX_LAYERS, MAX_UNITS = 64, 128


class LayerConfig(Settings):
    """One hidden layer."""

    units: int = option(8, "Units", "How many units stand in this layer.", ge=1, le=MAX_UNITS)
    activation: str = option("tanh", "Activation", "How each unit bends its weighted sum.", choices=ACTIVATIONS)
    alpha: float | None = option(None, "Slope α", "The slope on the left (leaky ReLU, ELU); empty means the usual one.",
                                 ge=0, le=2, step=0.01)

    _activation = field_validator("activation")(known(ACTIVATIONS))


Layers = Annotated[tuple[LayerConfig, ...], Field(max_length=MAX_LAYERS)]


class NetworkConfig(Settings):
    """The shape of the network and how its weights begin."""

    layers: Layers = option((LayerConfig(), LayerConfig(), LayerConfig(units=6)), "Hidden layers",
                            "From the inputs to the output.")
    output: str = option("auto", "Output", "The last activation; 'auto' takes the usual one for the task.",
                         choices=("auto", "linear", "sigmoid", "tanh", "softmax"))
    loss: str = option("auto", "Loss", "What counts as a mistake; 'auto' takes the usual one for the task.",
                       choices=("auto", *LOSSES))
    huber_delta: float = option(1.0, "Huber δ", "Where Huber's loss turns from squared to straight.", ge=0.001, le=1000,
                               options=(0.1, 0.2, 0.5, 1.0, 2.0, 5.0))
    initializer: str = option("auto", "Initialiser", "How large the first weights are; 'auto' follows the activation.",
                              choices=INITIALIZERS)
    sigma: float = option(1.0, "σ", "The size used by normal, uniform, constant and orthogonal.", ge=0, le=10,
                         options=(0.01, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0))
    batch_norm: bool = option(False, "Batch normalisation", "Rescales each layer's sums to mean 0 and variance 1 in "
                              "every batch, then lets the layer choose its own.")
    skip: bool = option(False, "Skip connections", "Adds each hidden layer's input to its output, from the second on. "
                        "Where widths differ, the units that both have are joined.")
    dropout: float = option(0.0, "Dropout", "The share of hidden outputs switched off at random in each step.",
                            ge=0, le=0.9, step=0.05)

    _initializer = field_validator("initializer")(known(INITIALIZERS, "auto"))
    _loss = field_validator("loss")(known(LOSSES, "auto"))

    @field_validator("layers", mode="before")
    @classmethod
    def _layers(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value

    @field_validator("output")
    @classmethod
    def _output(cls, value: str) -> str:
        names = ("auto", *sorted({output for pairs in HEADS.values() for output, _ in pairs}))
        if value not in names:
            raise ValueError(f"Unknown output '{value[:40]}'. Available: {', '.join(names)}.")
        return value

    def count_parameters(self, n_in: int, n_out: int) -> int:
        """Weights, biases and batch-norm scales and shifts of the network. Returns P."""
        widths = [n_in, *(layer.units for layer in self.layers), n_out]
        dense = sum((a + 1) * b for a, b in zip(widths, widths[1:], strict=False))
        return dense + (2 * sum(widths[1:-1]) if self.batch_norm else 0)
