"""The kinds of layer there are: what can be set about each, and the layer that comes of it."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import SerializerFunctionWrapHandler, field_validator, model_serializer

from ann_core.base.fields import known, one_of, option
from ann_core.base.registry import Registry
from ann_core.nn import layers
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.attention_kinds import (
    EncoderDecoderConfig,
    LayerNormConfig,
    PositionsConfig,
    SelfAttentionConfig,
    TransformerConfig,
)
from ann_core.nn.fitting import picture, window_fits
from ann_core.nn.layer_settings import MAX_UNITS, Around, Bending, LayerSettings, a_slope, an_activation, dense
from ann_core.nn.layers.base import Layer, Shape
from ann_core.nn.recurrent_kinds import EmbeddingConfig, GRUConfig, LSTMConfig, RNNConfig

__all__ = ["LAYERS", "USUAL", "Around", "Kind", "LayerConfig", "LayerSettings", "dense"]

MAX_FILTERS, MAX_WINDOW = 64, 11


class LayerConfig(Bending, LayerSettings):
    """A dense layer: each unit sees every number before it."""

    kind: Literal["dense"] = "dense"
    units: int = option(8, "Units", "How many units stand in this layer.", ge=1, le=MAX_UNITS)
    activation: str = an_activation("tanh")
    alpha: float | None = a_slope()

    _known = field_validator("activation")(known(ACTIVATIONS))

    def build(self, shape: Shape, around: Around) -> Layer:
        return self._block(dense(shape, self.units), around)

    @model_serializer(mode="wrap")
    def _usual_kind_unsaid(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in handler(self).items() if name != "kind"}


class Conv2DConfig(Bending, LayerSettings):
    """A convolution: small filters that look at every place of a picture."""

    kind: Literal["conv2d"] = "conv2d"
    works_on = "pictures"
    filters: int = option(8, "Filters", "How many patterns are looked for at every place.", ge=1, le=MAX_FILTERS)
    size: int = option(3, "Size", "Height and width of a filter, in pixels.", ge=1, le=MAX_WINDOW)
    stride: int = option(1, "Stride", "How many pixels a filter moves on from place to place.", ge=1, le=MAX_WINDOW)
    padding: str = option("same", "Padding", "Same: zeros around the picture, so that filters reach its edge. Valid: inside "
                          "only.", choices=("same", "valid"))
    activation: str = an_activation("relu")
    alpha: float | None = a_slope()

    _known = field_validator("activation")(known(ACTIVATIONS))
    _padding = field_validator("padding")(one_of("padding", "same", "valid"))

    def build(self, shape: Shape, around: Around) -> Layer:
        if self.padding == "valid":
            window_fits(self.size, picture(shape))
        return self._block(layers.Conv2D(picture(shape), self.filters, self.size, self.stride, self.padding), around)


class _PoolConfig(LayerSettings):
    works_on = "pictures"
    size: int = option(2, "Size", "Height and width of the window, in pixels.", ge=1, le=MAX_WINDOW)
    stride: int | None = option(None, "Stride", "How many pixels the window moves on; as usual: as many as its size.",
                                ge=1, le=MAX_WINDOW)

    _layer: ClassVar[type[layers.Pool2D]]

    def build(self, shape: Shape, around: Around) -> Layer:
        window_fits(self.size, picture(shape))
        return self._layer(picture(shape), self.size, self.stride)


class MaxPool2DConfig(_PoolConfig):
    """The largest number of each window."""

    kind: Literal["max_pool2d"] = "max_pool2d"
    _layer = layers.MaxPool2D


class AveragePool2DConfig(_PoolConfig):
    """The mean of each window."""

    kind: Literal["average_pool2d"] = "average_pool2d"
    _layer = layers.AveragePool2D


class _WholePictureConfig(LayerSettings):
    works_on = "pictures"
    _layer: ClassVar[type[layers.GlobalPool | layers.Flatten]]

    def build(self, shape: Shape, around: Around) -> Layer:
        return self._layer(picture(shape))


class GlobalMaxPoolConfig(_WholePictureConfig):
    """The largest number of each channel, wherever it stands."""

    kind: Literal["global_max_pool"] = "global_max_pool"
    _layer = layers.GlobalMaxPool


class GlobalAveragePoolConfig(_WholePictureConfig):
    """The mean of each channel."""

    kind: Literal["global_average_pool"] = "global_average_pool"
    _layer = layers.GlobalAveragePool


class FlattenConfig(_WholePictureConfig):
    """The picture as one row of numbers."""

    kind: Literal["flatten"] = "flatten"
    _layer = layers.Flatten


@dataclass(frozen=True)
class Kind:
    """One kind of layer. settings: its fields with their defaults"""

    key: str
    label: str
    settings: type[LayerSettings]

    @property
    def fields(self) -> tuple[str, ...]:
        """What can be set, in the order in which a link writes it."""
        return tuple(name for name in self.settings.model_fields if name != "kind")


LAYERS: Registry[Kind] = Registry("kind of layer", [
    Kind("dense", "dense", LayerConfig),
    Kind("conv2d", "convolution", Conv2DConfig),
    Kind("max_pool2d", "max pool", MaxPool2DConfig),
    Kind("average_pool2d", "average pool", AveragePool2DConfig),
    Kind("global_max_pool", "global max pool", GlobalMaxPoolConfig),
    Kind("global_average_pool", "global average pool", GlobalAveragePoolConfig),
    Kind("flatten", "flatten", FlattenConfig),
    Kind("rnn", "RNN", RNNConfig),
    Kind("lstm", "LSTM", LSTMConfig),
    Kind("gru", "GRU", GRUConfig),
    Kind("embedding", "embedding", EmbeddingConfig),
    Kind("positions", "positions", PositionsConfig),
    Kind("self_attention", "self-attention", SelfAttentionConfig),
    Kind("layer_norm", "layer norm", LayerNormConfig),
    Kind("transformer", "Transformer block", TransformerConfig),
    Kind("encoder_decoder", "encoder and decoder", EncoderDecoderConfig),
])
USUAL = "dense"
