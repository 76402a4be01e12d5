"""The kinds of layer there are: what can be set about each, and the layer that comes of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from pydantic import SerializerFunctionWrapHandler, field_validator, model_serializer

from ann_core.base.fields import Settings, known, one_of, option
from ann_core.base.registry import Registry
from ann_core.nn import layers
from ann_core.nn.activations import ACTIVATIONS, activation
from ann_core.nn.fitting import numbers, picture, window_fits
from ann_core.nn.layers.base import Layer, Shape

MAX_UNITS, MAX_FILTERS, MAX_WINDOW = 128, 64, 11


@dataclass(frozen=True)
class Around:
    """What a network adds to each of its layers."""

    batch_norm: bool = False
    dropout: float = 0.0
    skip: bool = False


class LayerSettings(Settings):
    """One layer of a network. Every field but `kind` has a default."""

    kind: str
    works_on: ClassVar[Literal["numbers", "pictures"]] = "numbers"

    def build(self, shape: Shape, around: Around) -> Layer:
        """The layer on samples of this shape. Raises Unfit when it cannot work on them, with what to do."""
        raise NotImplementedError

    @property
    def bend(self) -> tuple[str, float | None] | None:
        """Its activation with the slope α; None for a layer that has none."""
        return None

    def bent(self, key: str, alpha: float | None = None) -> Self:
        """The same layer with another activation; itself when it has none."""
        return self

    @property
    def straight(self) -> Self:
        """All that fixes its shape: the same layer without its own activation."""
        return self.bent("linear")


class Bending:
    """What layers of weights with an activation behind them have in common; each names its fields itself, in order."""

    if TYPE_CHECKING:
        activation: str
        alpha: float | None

    @property
    def bend(self) -> tuple[str, float | None]:
        """Its activation with the slope α."""
        return self.activation, self.alpha

    def bent(self, key: str, alpha: float | None = None) -> Self:
        """The same layer with another activation."""
        return self.model_copy(update={"activation": key, "alpha": alpha})  # type: ignore[attr-defined, no-any-return]

    def _block(self, weights: Layer, around: Around) -> Layer:
        return layers.Block(weights, activation(self.activation, self.alpha), around.batch_norm, around.dropout, around.skip)


def dense(shape: Shape, units: int) -> layers.Dense:
    """A dense layer on rows of numbers, or on those of every step. Raises ValueError for pictures."""
    *steps, count = numbers(shape)
    return layers.EachStep(steps[0], count, units) if steps else layers.Dense(count, units)


def _activation(usual: str) -> Any:
    return option(usual, "Activation", "How each unit bends its weighted sum.", choices=ACTIVATIONS)


def _alpha() -> Any:
    return option(None, "Slope α", "The slope on the left (leaky ReLU, ELU); empty means the usual one.", ge=0, le=2, step=0.01)


class LayerConfig(Bending, LayerSettings):
    """A dense layer: each unit sees every number before it."""

    kind: Literal["dense"] = "dense"
    units: int = option(8, "Units", "How many units stand in this layer.", ge=1, le=MAX_UNITS)
    activation: str = _activation("tanh")
    alpha: float | None = _alpha()

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
    activation: str = _activation("relu")
    alpha: float | None = _alpha()

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
])
USUAL = "dense"
