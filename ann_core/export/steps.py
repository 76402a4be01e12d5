"""A network as plain steps, one after the other: what every file that is taken home is written from.

A step works on the values before it, which bear their steps' names; the first of all is INPUTS. A kind of layer is one row of
`WRITTEN` here, and each kind of step one row in every exporter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ann_core.base.arrays import Array
from ann_core.nn import layers as nn
from ann_core.nn.activations import Activation
from ann_core.nn.layers.base import Layer, Sequential, Shape, Views
from ann_core.nn.layers.encoder_decoder import EncoderDecoder
from ann_core.nn.layers.normalization import EPSILON
from ann_core.nn.network import Network

INPUTS = "inputs"


@dataclass(frozen=True, eq=False)
class Step:
    """name: of its value, fit as a name in code   kind: what it does   takes: names of the values that it works on
    shape: of a sample of its value   weights: vectors and matrices by name   settings: what else it needs to know
    fixed: those of its arrays that training does not learn"""

    name: str
    kind: str
    takes: tuple[str, ...]
    shape: Shape
    weights: Mapping[str, Array] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    fixed: tuple[str, ...] = ()

    @property
    def learned(self) -> dict[str, Array]:
        """The arrays that training learns, by their names in programs."""
        return {f"{self.name}.{name}": array for name, array in self.weights.items() if name not in self.fixed}

    @property
    def unlearned(self) -> dict[str, Array]:
        """The others, by their names in programs."""
        return {f"{self.name}.{name}": self.weights[name] for name in self.fixed}


class Steps(list[Step]):
    """The steps so far. running: batch norm's statistics by slot"""

    def __init__(self, running: list[Views] | None = None) -> None:
        super().__init__()
        self.running = running or []

    def add(self, name: str, kind: str, takes: str | tuple[str, ...], shape: Shape, weights: Mapping[str, Array] | None = None,
            fixed: tuple[str, ...] = (), **settings: Any) -> str:
        """Appends a step. Returns the name of its value, with a number behind it where another one has it already."""
        taken, own, number = {INPUTS, *(step.name for step in self)}, name, 2
        while own in taken:
            own, number = f"{name}_{number}", number + 1
        self.append(Step(own, kind, (takes,) if isinstance(takes, str) else takes, shape, weights or {}, settings, fixed))
        return own

    @property
    def last(self) -> str:
        """The name of the latest value."""
        return self[-1].name if self else INPUTS

    def bend(self, name: str, function: Activation, value: str, shape: Shape) -> str:
        """Appends an activation; none where it is a straight line."""
        return value if function.key == "linear" else self.add(name, "activation", value, shape, key=function.key,
                                                               alpha=function.alpha)


def network_steps(net: Network, theta: Array, statistics: Array, prefix: str = "") -> Steps:
    """The network of theta (P,) as it is used: no dropout, running statistics (Q,). Its last value, `output`, is before the
    last activation. prefix: of all names, where there are several networks. Raises NotImplementedError, in words, for a kind of
    layer that has no row here."""
    steps, value = Steps(net.running(statistics) if net.statistics.size else None), INPUTS
    for i, (layer, views) in enumerate(zip(net.layers, net.parameters.rows(theta), strict=True)):
        value = write(steps, layer, views, value, prefix + net.name(i).replace(" ", "_"))
    return steps


def write(to: Steps, layer: Layer, p: Views, value: str, name: str) -> str:
    """Appends the steps of a layer that works on this value. Returns the name of what comes out."""
    for known in type(layer).__mro__:
        if known in WRITTEN:
            return WRITTEN[known](to, layer, p, value, name)
    raise NotImplementedError(f"{type(layer).__name__} cannot be taken home yet.")


def _own(layer: Layer, p: Views) -> dict[str, Array]:
    """The arrays of a layer in the shapes it declares."""
    return {name: p[name].reshape(param.shape).copy() for name, param in layer.learns().items()}


def _plain(kind: str, *settings: str) -> Callable[..., str]:
    """A layer that is one step of its arrays, with these of its attributes."""
    def add(to: Steps, layer: Any, p: Views, value: str, name: str) -> str:
        return to.add(name, kind, value, layer.outputs, _own(layer, p), **{key: getattr(layer, key) for key in settings})
    return add


def _conv2d(to: Steps, layer: nn.Conv2D, p: Views, value: str, name: str) -> str:
    """Its weights as rows of kernel row, kernel column, channel."""
    return to.add(name, "conv2d", value, layer.outputs, _own(layer, p), picture=layer.inputs[:2], size=layer.size,
                  stride=layer.stride, padding=layer.padding)


def _activate(to: Steps, layer: nn.Activate, p: Views, value: str, name: str) -> str:
    return to.bend(f"{name}_bent", layer.function, value, layer.outputs)


def _layer_norm(to: Steps, layer: nn.LayerNorm, p: Views, value: str, name: str) -> str:
    return to.add(name, "layer_norm", value, layer.outputs, _own(layer, p), epsilon=EPSILON)


def _batch_norm(to: Steps, layer: nn.BatchNorm, p: Views, value: str, name: str) -> str:
    kept = {key: to.running[layer.slot][key].reshape(param.shape).copy() for key, param in layer.keeps().items()}
    arrays = {**_own(layer, p), **kept}
    return to.add(f"{name}_normed", "batch_norm", value, layer.outputs, arrays, tuple(kept), epsilon=EPSILON)


def _dropout(to: Steps, layer: nn.Dropout, p: Views, value: str, name: str) -> str:
    return to.add(f"{name}_dropped", "dropout", value, layer.outputs, rate=layer.rate, slot=layer.slot)


def _block(to: Steps, layer: nn.Block, p: Views, value: str, name: str) -> str:
    found = _in_turn(to, layer, p, value, name)
    if not layer.shared:
        return found
    return to.add(f"{name}_sum", "add", (found, value), layer.outputs, shared=layer.shared)


def _in_turn(to: Steps, layer: Layer, p: Views, value: str, name: str) -> str:
    for (part_name, part), views in zip(layer.parts, p.parts, strict=True):
        value = write(to, part, views, value, f"{name}_{part_name}" if part_name else name)
    return value


def _recurrent(kind: str) -> Callable[..., str]:
    def add(to: Steps, layer: Any, p: Views, value: str | tuple[str, ...], name: str, reverse: bool = False) -> str:
        bend = {"key": layer.activation.key, "alpha": layer.activation.alpha} if kind == "rnn" else {}
        return to.add(name, kind, value, layer.outputs, _own(layer, p), every_step=layer.every_step, reverse=reverse,
                      truncation=layer.truncation, **bend)
    return add


def _bidirectional(to: Steps, layer: nn.Bidirectional, p: Views, value: str, name: str) -> str:
    ways = [WRITTEN[type(way)](to, way, views, value, f"{name}_{says}", reverse=says == "back")
            for (says, way), views in zip(layer.parts, p.parts, strict=True)]
    return to.add(f"{name}_both", "side_by_side", tuple(ways), layer.outputs)


def _positions(to: Steps, layer: nn.Positions, p: Views, value: str, name: str) -> str:
    E = _own(layer, p)["E"] if layer.learned else layer.fixed
    return to.add(name, "positions", value, layer.outputs, {"E": E}, () if layer.learned else ("E",))


def _transformer(to: Steps, layer: nn.TransformerBlock, p: Views, value: str, name: str) -> str:
    for half, (says, part) in enumerate(layer.parts[:2]):
        came = value
        if layer.norm == "before":
            value = write(to, layer.parts[2 + half][1], p.parts[2 + half], value, f"{name}_{says}_norm")
        value = write(to, part, p.parts[half], value, f"{name}_{says}")
        if layer.residual:
            value = to.add(f"{name}_{says}_sum", "add", (value, came), layer.outputs, shared=layer.outputs[-1])
        if layer.norm == "after":
            value = write(to, layer.parts[2 + half][1], p.parts[2 + half], value, f"{name}_{says}_norm")
    return value


def _encoder_decoder(to: Steps, layer: EncoderDecoder, p: Views, value: str, name: str) -> str:
    half, n = layer.half, layer.inputs[1]
    question = to.add(f"{name}_question", "steps", value, (half, n), start=0, stop=half)
    given = to.add(f"{name}_given", "steps", value, (half, n), start=half, stop=2 * half)
    read = write(to, layer.encoder, p.parts[0], question, f"{name}_encoder")
    state = to.add(f"{name}_state", "last_step", read, (layer.units,))
    wrote = WRITTEN[type(layer.decoder)](to, layer.decoder, p.parts[1], (given, state), f"{name}_decoder")
    if layer.score is not None:
        wrote = to.add(f"{name}_looked_back", "look_back", (wrote, read, question), (half, layer.units), _own(layer, p),
                       score=layer.score.key)
    return to.add(name, "zeros_before", wrote, layer.outputs)


WRITTEN: dict[type[Layer], Callable[..., str]] = {
    nn.Dense: _plain("dense"),
    nn.Conv2D: _conv2d,
    nn.MaxPool2D: _plain("max_pool", "size", "stride"),
    nn.AveragePool2D: _plain("average_pool", "size", "stride"),
    nn.GlobalMaxPool: _plain("global_max"),
    nn.GlobalAveragePool: _plain("global_average"),
    nn.Flatten: _plain("flatten"),
    nn.Activate: _activate,
    nn.BatchNorm: _batch_norm,
    nn.Dropout: _dropout,
    nn.Block: _block,
    Sequential: _in_turn,
    nn.RNN: _recurrent("rnn"),
    nn.LSTM: _recurrent("lstm"),
    nn.GRU: _recurrent("gru"),
    nn.Bidirectional: _bidirectional,
    nn.Embedding: _plain("dense"),
    nn.Positions: _positions,
    nn.LayerNorm: _layer_norm,
    nn.SelfAttention: _plain("self_attention", "heads", "causal"),
    nn.TransformerBlock: _transformer,
    EncoderDecoder: _encoder_decoder,
}
