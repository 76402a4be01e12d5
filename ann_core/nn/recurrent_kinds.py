"""Kinds of layer that carry a state from step to step: their settings."""

from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import field_validator

from ann_core.base.fields import known, option
from ann_core.nn import layers
from ann_core.nn.activations import ACTIVATIONS, activation
from ann_core.nn.fitting import sequence
from ann_core.nn.initializers import RECURRENT
from ann_core.nn.layer_settings import MAX_UNITS, Around, LayerSettings, an_activation
from ann_core.nn.layers.base import Layer, Shape

MAX_STEPS = 1_000


class _RecurrentConfig(LayerSettings):
    works_on = "steps"

    if TYPE_CHECKING:
        units: int
        every_step: bool
        bidirectional: bool
        recurrent_initializer: str
        truncation: int | None
        recurrent_scale: float

    def build(self, shape: Shape, around: Around) -> Layer:
        forth = self._way(sequence(shape))
        return layers.Bidirectional(forth, self._way(shape)) if self.bidirectional else forth

    def _way(self, shape: Shape) -> layers.Recurrent:
        """The layer in one direction."""
        raise NotImplementedError

    @property
    def _shared(self) -> dict[str, Any]:
        """What all kinds of recurrent layers have in common, as their layers want it."""
        return {"every_step": self.every_step, "truncation": self.truncation, "initializer": self.recurrent_initializer,
                "scale": self.recurrent_scale}


def _units() -> Any:
    return option(16, "Units", "How many numbers the state has.", ge=1, le=MAX_UNITS)


def _every_step() -> Any:
    return option(False, "Every step", "Gives the state at every step; else the last one only.")


def _bidirectional() -> Any:
    return option(False, "Both ways", "Reads the sequence from both ends, with weights of its own for each way.")


def _recurrent_initializer() -> Any:
    return option("orthogonal", "Recurrent weights", "How the weights from state to state begin.", choices=RECURRENT)


def _truncation() -> Any:
    return option(None, "Truncation", "Gradients go back through windows of so many steps only; as usual: through all.", ge=1,
                  le=MAX_STEPS)


def _recurrent_scale() -> Any:
    return option(1.0, "Scale", "What the first weights from state to state are multiplied by.", ge=0.0, le=10.0)


_RECURRENT_KNOWN = known(RECURRENT)


class RNNConfig(_RecurrentConfig):
    """A state that is carried on from step to step."""

    kind: Literal["rnn"] = "rnn"
    units: int = _units()
    every_step: bool = _every_step()
    bidirectional: bool = _bidirectional()
    activation: str = an_activation("tanh")
    recurrent_initializer: str = _recurrent_initializer()
    truncation: int | None = _truncation()
    recurrent_scale: float = _recurrent_scale()

    _bend = field_validator("activation")(known(ACTIVATIONS))
    _initializer = field_validator("recurrent_initializer")(_RECURRENT_KNOWN)

    @property
    def bend(self) -> tuple[str, float | None]:
        return self.activation, None

    def bent(self, key: str, alpha: float | None = None) -> Self:
        return self.model_copy(update={"activation": key})

    def _way(self, shape: Shape) -> layers.Recurrent:
        return layers.RNN(shape, self.units, activation(self.activation), **self._shared)


class LSTMConfig(_RecurrentConfig):
    """A state and a cell, with gates that say what is kept, taken in and given out."""

    kind: Literal["lstm"] = "lstm"
    units: int = _units()
    every_step: bool = _every_step()
    bidirectional: bool = _bidirectional()
    recurrent_initializer: str = _recurrent_initializer()
    truncation: int | None = _truncation()
    forget_bias: float = option(1.0, "Forget bias", "What the forget gates' biases begin at; the larger, the longer the cell "
                                "keeps what it has.", ge=0.0, le=10.0)
    recurrent_scale: float = _recurrent_scale()

    _initializer = field_validator("recurrent_initializer")(_RECURRENT_KNOWN)

    def _way(self, shape: Shape) -> layers.Recurrent:
        return layers.LSTM(shape, self.units, self.forget_bias, **self._shared)


class GRUConfig(_RecurrentConfig):
    """A state with gates that say what is kept of it and what is forgotten."""

    kind: Literal["gru"] = "gru"
    units: int = _units()
    every_step: bool = _every_step()
    bidirectional: bool = _bidirectional()
    recurrent_initializer: str = _recurrent_initializer()
    truncation: int | None = _truncation()
    update_bias: float = option(0.0, "Update bias", "What the update gates' biases begin at; the larger, the longer the state "
                                "is kept.", ge=0.0, le=10.0)
    recurrent_scale: float = _recurrent_scale()

    _initializer = field_validator("recurrent_initializer")(_RECURRENT_KNOWN)

    def _way(self, shape: Shape) -> layers.Recurrent:
        return layers.GRU(shape, self.units, self.update_bias, **self._shared)


class EmbeddingConfig(LayerSettings):
    """A few learned numbers for each token."""

    kind: Literal["embedding"] = "embedding"
    works_on = "steps"
    units: int = option(8, "Numbers", "How many numbers stand for a token.", ge=1, le=MAX_UNITS)

    def build(self, shape: Shape, around: Around) -> Layer:
        return layers.Embedding(sequence(shape), self.units)
