"""What the settings of every kind of layer have in common."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from ann_core.base.fields import Settings, option
from ann_core.nn import layers
from ann_core.nn.activations import ACTIVATIONS, activation
from ann_core.nn.fitting import numbers
from ann_core.nn.layers.base import Layer, Shape

MAX_UNITS = 128


@dataclass(frozen=True)
class Around:
    """What a network adds to each of its layers."""

    batch_norm: bool = False
    dropout: float = 0.0
    skip: bool = False


class LayerSettings(Settings):
    """One layer of a network. Every field but `kind` has a default."""

    kind: str
    works_on: ClassVar[Literal["numbers", "pictures", "steps"]] = "numbers"

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


def an_activation(usual: str) -> Any:
    return option(usual, "Activation", "How each unit bends its weighted sum.", choices=ACTIVATIONS)


def a_slope() -> Any:
    return option(None, "Slope α", "The slope on the left (leaky ReLU, ELU); empty means the usual one.", ge=0, le=2, step=0.01)
