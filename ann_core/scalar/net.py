"""A network small enough to be calculated by hand: its numbers, checked, and how a network of the playground becomes one."""

from dataclasses import replace
from typing import Annotated, Any, Self

import numpy as np
from pydantic import Field, ValidationError, field_validator, model_validator
from scipy.special import xlog1py, xlogy

from ann_core.base.arrays import Array
from ann_core.base.fields import Settings, known, option
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.losses import LOSSES, Loss, huber
from ann_core.run.run import Run

MOST, MOST_LAYERS, LARGEST = 4, 4, 1e6
"""The most inputs or units of a layer, the most layers, and the largest number."""
SOFTMAX = "softmax"
INFINITE = ("The loss is infinite here: the answer is so close to 0 or 1, on the wrong side, that the computer rounds it to "
            "exactly that, and 0 has no logarithm. Use smaller weights or inputs.")

Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
Row = Annotated[tuple[Number, ...], Field(min_length=1, max_length=MOST)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


def _tuples(value: Any) -> Any:
    """Lists as tuples, all the way down: both are welcome."""
    return tuple(_tuples(item) for item in value) if isinstance(value, list | tuple) else value


class ChainLayer(Settings):
    """One dense layer. weights[i][j] leads from input i to unit j; no biases: None."""

    weights: Annotated[tuple[Row, ...], Field(min_length=1, max_length=MOST)] = option(
        ..., "Weights", "One row an input, one column a unit.")
    biases: Row | None = option(None, "Biases", "One a unit; empty for none.")
    activation: str = option("sigmoid", "Activation", "How each unit bends its sum; 'softmax' for the last layer only.",
                             choices=ACTIVATIONS)
    alpha: float | None = option(None, "Slope α", "The slope on the left (leaky ReLU, ELU); empty: the usual one.", ge=0, le=2)

    _lists = field_validator("weights", "biases", mode="before")(_tuples)
    _activation = field_validator("activation")(known(ACTIVATIONS, SOFTMAX))

    @property
    def units(self) -> int:
        """How many units it has."""
        return len(self.weights[0])

    @model_validator(mode="after")
    def _rectangular(self) -> Self:
        widths = sorted({len(row) for row in self.weights})
        if len(widths) > 1:
            raise ValueError(f"Expected rows of weights of one length, one number a unit; lengths {widths} came. "
                             "Fill the missing weights in.")
        if self.biases is not None and len(self.biases) != self.units:
            raise ValueError(f"Expected {self.units} biases, one a unit; {len(self.biases)} came. "
                             "Give one for every unit, or none at all.")
        return self


class Net(Settings):
    """A network, one sample, and the rate of its next step. Field names in errors are the ones below."""

    inputs: Row = option(..., "Inputs x", "The sample's features, as the network gets them.")
    layers: Annotated[tuple[ChainLayer, ...], Field(min_length=1, max_length=MOST_LAYERS)] = option(
        ..., "Layers", "From the inputs to the answer.")
    targets: Row = option(..., "Target y", "The right answer, one number an output unit.")
    loss: str = option("squared_error", "Loss", "What counts as a mistake.", choices=LOSSES)
    rate: float = option(0.1, "Learning rate η", "The size of a step.", gt=0, le=LARGEST)
    huber_delta: float = option(1.0, "Huber δ", "Where Huber's loss turns from squared to straight.", ge=0.001, le=1000)
    input_names: tuple[Name, ...] = option((), "Names", "What the inputs are; empty for x₁, x₂, …")

    _lists = field_validator("inputs", "layers", "targets", "input_names", mode="before")(_tuples)
    _loss = field_validator("loss")(known(LOSSES))

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        width = len(self.inputs)
        for number, layer in enumerate(self.layers, 1):
            if len(layer.weights) != width:
                raise ValueError(f"Expected {width} rows of weights in layer {number}, one for each of its inputs; "
                                 f"{len(layer.weights)} came. Add or remove rows.")
            if layer.activation == SOFTMAX and (number < len(self.layers) or layer.units < 2):
                raise ValueError(f"Softmax shares 1 among the units of the last layer; it came in layer {number} with "
                                 f"{layer.units} unit{'s' * (layer.units > 1)}. Choose another activation there.")
            width = layer.units
        if len(self.targets) != width:
            raise ValueError(f"Expected {width} target{'s' * (width > 1)}, one an output unit; {len(self.targets)} came.")
        if self.input_names and len(self.input_names) != len(self.inputs):
            raise ValueError(f"Expected {len(self.inputs)} names of inputs; {len(self.input_names)} came.")
        self._suits_the_loss()
        return self

    def _suits_the_loss(self) -> None:
        output = self.layers[-1].activation
        if self.loss == "binary_cross_entropy" and output != "sigmoid" or (
                self.loss == "categorical_cross_entropy" and output != SOFTMAX):
            needed = "sigmoid" if self.loss == "binary_cross_entropy" else SOFTMAX
            raise ValueError(f"This cross-entropy takes the logarithm of a probability, so the last layer must be {needed}; "
                             f"{output} came. Change the last activation, or choose the squared error.")
        if "cross_entropy" in self.loss and any(not 0 <= y <= 1 for y in self.targets):
            raise ValueError(f"Expected targets from 0 to 1 for cross-entropy; {self.targets} came. Use 0 or 1.")
        if self.loss == "hinge" and any(abs(y) != 1 for y in self.targets):
            raise ValueError(f"Expected targets −1 or 1 for the hinge loss; {self.targets} came.")

    @property
    def widths(self) -> tuple[int, ...]:
        """Inputs, then the units of every layer."""
        return len(self.inputs), *(layer.units for layer in self.layers)

    def with_parameters(self, weights: list[Array], biases: list[Array], **others: Any) -> "Net":
        """The same net with other weights (n_in, n_out) and biases (n_out,) a layer. ValidationError beyond ±1e6."""
        layers = [{**layer.model_dump(), "weights": W.tolist(), "biases": None if layer.biases is None else b.tolist()}
                  for layer, W, b in zip(self.layers, weights, biases, strict=True)]
        return Net.model_validate({**self.model_dump(), "layers": layers, **others})


def _over(a: Array, b: Array) -> Array:
    """a / b, and 0 where a is 0: a term that does not count has no slope."""
    return np.divide(a, b, out=np.zeros(np.broadcast_shapes(a.shape, b.shape)), where=a != 0)


def loss_of(net: Net) -> Loss:
    """The loss with its derivative. The cross-entropies leave out terms with target 0, which elsewhere could be 0 · ∞."""
    if net.loss == "huber":
        return huber(net.huber_delta)
    if net.loss == "binary_cross_entropy":
        return replace(LOSSES[net.loss], value=lambda A, Y: -xlogy(Y, A) - xlog1py(1 - Y, -A),
                       derivative=lambda A, Y: _over(1 - Y, 1 - A) - _over(Y, A))
    if net.loss == "categorical_cross_entropy":
        return replace(LOSSES[net.loss], value=lambda A, Y: -xlogy(Y, A), derivative=lambda A, Y: -_over(Y, A))
    return LOSSES[net.loss]


_FIELDS = {"inputs": "input", "targets": "target", "rate": "the learning rate η", "huber_delta": "Huber's δ",
           "loss": "the loss", "biases": "bias of unit", "activation": "the activation", "alpha": "slope α",
           "input_names": "name of input"}


def _field(where: tuple[int | str, ...]) -> str:
    """A place in the description, in words: layer 1, weight from input 2 to unit 1. Empty for the net as a whole."""
    numbers = [str(part + 1) for part in where if isinstance(part, int)]
    names = [str(part) for part in where if isinstance(part, str)]
    words = [f"layer {numbers.pop(0)}"] if names[:1] == ["layers"] and numbers else names[:1] if names[:1] == ["layers"] else []
    if names[-1:] == ["weights"]:
        words.append(" ".join(["weight", *(f"{a} {n}" for a, n in zip(("from input", "to unit"), numbers, strict=False))]))
    elif names and names[-1] != "layers":
        words.append(" ".join([_FIELDS.get(names[-1], repr(names[-1])[:40]), *numbers]))
    return ", ".join(words)


def problems(error: ValidationError) -> list[tuple[str, str]]:
    """A refused net as (field, sentence) pairs: where, what was expected, what came, what to do."""
    found, items = [], error.errors(include_url=False)
    for item in items:
        if item["type"] == "too_short" and any(other is not item and other["loc"][:len(item["loc"])] == item["loc"]
                                               for other in items):
            continue  # pydantic counts only what is valid inside
        kind, came, bounds = item["type"], f"{item.get('input')!r:.40}", item.get("ctx", {})
        if kind == "value_error":
            sentence = str(bounds["error"])
        elif kind in ("too_long", "too_short"):
            limit = f"at most {bounds['max_length']}" if kind == "too_long" else f"at least {bounds['min_length']}"
            sentence = f"Expected {limit}; {bounds['actual_length']} came. {'Remove' if kind == 'too_long' else 'Add'} some."
        elif kind == "missing":
            sentence = "It is missing. Fill it in."
        elif kind == "extra_forbidden":
            sentence = "There is no such setting. Leave it out."
        elif kind.startswith(("greater", "less", "finite", "float", "int")):
            limits = {"rate": "above 0, at most 1,000,000", "huber_delta": "from 0.001 to 1,000", "alpha": "from 0 to 2"}
            bound = limits.get(str(item["loc"][-1]), "from −1,000,000 to 1,000,000")
            sentence = f"Expected a number {bound}; {came} came. Type another number."
        else:
            sentence = f"{item['msg']}; {came} came."
        found.append((_field(item["loc"]), sentence))
    return found


def from_run(run: Run, row: int = 0) -> Net:
    """A small network of the playground as it stands, with one of its training rows (its first seed).

    Its gradient is that of `run.net.loss_and_grad` for this row alone: the data loss, no penalty, no dropout, each row
    counted once. Raises ValueError, in a sentence, for networks that are too large or do more than weigh, add and bend.
    """
    config, layers = run.config.network, run.net.layers
    if any(len(layer.outputs) > 1 or not layer.n_parameters for layer in layers):
        raise ValueError("The graph draws dense layers only; this network has others. Choose dense ones in the Playground.")
    widths = (*layers[0].inputs, *(layer.outputs[0] for layer in layers))
    if not 0 <= row < run.setup.rows:
        raise ValueError(f"Expected a training row from 0 to {run.setup.rows - 1}; {row} came.")
    if max(widths) > MOST or len(widths) - 1 > MOST_LAYERS:
        raise ValueError(f"The graph draws at most {MOST_LAYERS} layers of weights with {MOST} units or inputs each; this "
                         f"network is {'-'.join(map(str, widths))}. Use fewer layers, units or inputs in the Playground.")
    if config.batch_norm or config.skip:
        extra = "batch normalisation" if config.batch_norm else "skip connections"
        raise ValueError(f"The graph draws plain layers only; this network has {extra}. Switch that off in the Playground.")
    theta = run.state.theta if run.state.theta.ndim == 1 else run.state.theta[0]
    bends = [layer.bend for layer in config.layers if layer.bend]
    kinds: list[dict[str, Any]] = [{"activation": activation, "alpha": alpha} for activation, alpha in bends]
    parts = zip(run.net.parameters.rows(theta), [*kinds, {"activation": run.net.head.output}], strict=True)
    try:
        return Net.model_validate({
            "layers": [{"weights": p["W"].tolist(), "biases": p["b"][0].tolist(), **kind} for p, kind in parts],
            "inputs": run.data.X_train[row].tolist(), "targets": run.setup.Y_train[row].tolist(), "loss": run.net.head.loss.key,
            "rate": run.config.training.learning_rate, "huber_delta": config.huber_delta,
            "input_names": [name[:40] or "?" for name in run.data.input_names]})
    except ValidationError as error:
        raise ValueError(f"This network cannot be drawn: {': '.join(filter(None, problems(error)[0]))}") from None
