"""Kinds of layer in which steps look at each other: their settings."""

from typing import Any, Literal

from pydantic import field_validator

from ann_core.base.fields import known, one_of, option
from ann_core.nn import layers
from ann_core.nn.activations import ACTIVATIONS, activation
from ann_core.nn.fitting import Unfit, sequence
from ann_core.nn.layer_settings import MAX_UNITS, Around, Bending, LayerSettings, a_slope, an_activation
from ann_core.nn.layers.base import Layer, Shape
from ann_core.nn.layers.scores import SCORES

MAX_HEADS = 8


class PositionsConfig(LayerSettings):
    """Adds to every step where it stands."""

    kind: Literal["positions"] = "positions"
    works_on = "steps"
    learned: bool = option(True, "Learned", "Numbers of its own for every place, learned; else sines and cosines that stay.")

    def build(self, shape: Shape, around: Around) -> Layer:
        return layers.Positions(sequence(shape), self.learned)


class LayerNormConfig(LayerSettings):
    """Rescales the numbers of every step to mean 0 and variance 1, then lets the layer choose its own."""

    kind: Literal["layer_norm"] = "layer_norm"
    works_on = "steps"

    def build(self, shape: Shape, around: Around) -> Layer:
        return layers.LayerNorm(sequence(shape))


def _heads() -> Any:
    return option(2, "Heads", "How many looks every step takes at once, each with a share of the numbers.", ge=1, le=MAX_HEADS)


def _causal() -> Any:
    return option(False, "Causal", "No step looks at a later one.")


def _shared_out(shape: Shape, heads: int) -> Shape:
    """The shape of steps whose numbers can be shared out among the heads. Raises Unfit for others."""
    if sequence(shape)[1] % heads:
        raise Unfit(f"shares the numbers of a step out among {heads} heads", shape,
                    f"Choose a number of heads that divides {shape[1]}, or another width before it.")
    return shape


class SelfAttentionConfig(LayerSettings):
    """Every step takes in a weighted mean of what all steps offer."""

    kind: Literal["self_attention"] = "self_attention"
    works_on = "steps"
    heads: int = _heads()
    causal: bool = _causal()

    def build(self, shape: Shape, around: Around) -> Layer:
        return layers.SelfAttention(_shared_out(shape, self.heads), self.heads, self.causal)


class TransformerConfig(Bending, LayerSettings):
    """A block: attention between the steps, then a small network at each step, both beside a residual stream."""

    kind: Literal["transformer"] = "transformer"
    works_on = "steps"
    heads: int = _heads()
    units: int = option(32, "Units inside", "Width of the small network at each step.", ge=1, le=MAX_UNITS)
    causal: bool = _causal()
    norm: str = option("before", "Layer norm", "Before each half, as is usual now; after it, as in 2017; or none.",
                       choices=("before", "after", "none"))
    residual: bool = option(True, "Residual", "Adds what came to what each half gives.")
    activation: str = an_activation("relu")
    alpha: float | None = a_slope()

    _known = field_validator("activation")(known(ACTIVATIONS))
    _norm = field_validator("norm")(one_of("layer norm", "before", "after", "none"))

    def build(self, shape: Shape, around: Around) -> Layer:
        return layers.TransformerBlock(_shared_out(shape, self.heads), self.heads, self.units,
                                       activation(self.activation, self.alpha), self.causal, self.norm, self.residual)


class EncoderDecoderConfig(LayerSettings):
    """The first half of the steps is read into a state; the second half is answered from it, looking back or not."""

    kind: Literal["encoder_decoder"] = "encoder_decoder"
    works_on = "steps"
    units: int = option(32, "Units", "How many numbers the states have.", ge=1, le=MAX_UNITS)
    attention: str = option("general", "Attention", "How well a state that asks fits one that is asked; none: only the "
                            "encoder's last state is there.", choices=("none", *SCORES))
    cell: str = option("gru", "Cell", "What carries the states on.", choices=("gru", "rnn"))

    _attention = field_validator("attention")(one_of("attention", "none", *SCORES))
    _cell = field_validator("cell")(one_of("cell", "gru", "rnn"))

    def build(self, shape: Shape, around: Around) -> Layer:
        steps, numbers = sequence(shape)
        if steps % 2:
            raise Unfit("reads a question and writes an answer of as many steps", shape,
                        "Choose data of questions and answers.")
        half = (steps // 2, numbers)

        def carries() -> layers.Recurrent:
            if self.cell == "gru":
                return layers.GRU(half, self.units, every_step=True)
            return layers.RNN(half, self.units, activation("tanh"), every_step=True)

        return layers.EncoderDecoder(carries(), carries(), None if self.attention == "none" else self.attention)
