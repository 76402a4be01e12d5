"""Settings of a network: its layers, its output, how its weights begin."""

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, field_validator

from ann_core.base.fields import Settings, alternatives, known, one_of, option
from ann_core.nn.initializers import INITIALIZERS
from ann_core.nn.kinds import LAYERS, USUAL, Around, LayerConfig, LayerSettings
from ann_core.nn.layers.base import Layer, Shape
from ann_core.nn.losses import HEADS, LOSSES
from ann_core.nn.stack import stack

MAX_LAYERS = 64
OUTPUTS = ("auto", *sorted({output for pairs in HEADS.values() for output, _ in pairs}))


if TYPE_CHECKING:
    AnyLayer = LayerSettings
else:
    AnyLayer = alternatives(LAYERS, USUAL)
Layers = Annotated[tuple[AnyLayer, ...], Field(max_length=MAX_LAYERS)]


class NetworkConfig(Settings):
    """The shape of the network and how its weights begin."""

    layers: Layers = option((LayerConfig(), LayerConfig(), LayerConfig(units=6)), "Hidden layers",
                            "From the inputs to the output.")
    output: str = option("auto", "Output", "The last activation; 'auto' takes the usual one for the task.",
                         choices=OUTPUTS)
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
    _output = field_validator("output")(one_of("output", *OUTPUTS))

    @field_validator("layers", mode="before")
    @classmethod
    def _layers(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value

    @property
    def wants_pictures(self) -> bool:
        """Whether its first layer works on pictures."""
        return bool(self.layers) and self.layers[0].works_on == "pictures"

    @property
    def wants_steps(self) -> bool:
        """Whether its first layer works on the steps of a sequence."""
        return bool(self.layers) and self.layers[0].works_on == "steps"

    def stack(self, inputs: Shape, n_out: int) -> list[Layer]:
        """Its layers on samples of this shape, the output's weights last. Raises ValueError where they do not go together."""
        return stack(self.layers, inputs, n_out, Around(self.batch_norm, self.dropout, self.skip))

    def count_parameters(self, n_in: int | Shape, n_out: int) -> int:
        """Weights, biases and batch-norm scales and shifts of the network. Returns P."""
        return sum(layer.n_parameters for layer in self.stack((n_in,) if isinstance(n_in, int) else n_in, n_out))
