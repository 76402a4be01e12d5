"""A network built from its settings: forward, loss and gradient, and one instrumented pass for the pictures."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.activations import Activation
from ann_core.nn.config import NetworkConfig
from ann_core.nn.initializers import INITIALIZERS
from ann_core.nn.layers import PLAIN, Layer, Pass
from ann_core.nn.layers.base import Bend, Flow, Shape, Views
from ann_core.nn.losses import output_head
from ann_core.nn.measures import backward_factors
from ann_core.nn.parameters import Parameters, Rows

WEIGHTS = 1
"""Purpose of the random stream that first weights are drawn from, one stream a layer."""


@dataclass(frozen=True)
class Traced:
    """One layer of weights as seen by `trace`. Arrays are (..., N, *sample); factors have the leading axes only.

    A: output (of the last layer: the answer). dA, dZ: gradients with respect to it and to the pre-activation.
    by_weights: ‖dA of this layer‖ / ‖dZ of the layer above‖; by_slope: ‖dZ‖ / ‖dA‖, through φ′ and batch norm.
    Their running product from the output down is exactly ‖dZ of this layer‖ / ‖dZ of the last layer‖.
    For the output layer both are 1.
    """

    A: Array
    dA: Array
    dZ: Array
    dW: Array
    by_weights: Array
    by_slope: Array


class Network:
    """The layers of some settings, one after the other, and a loss.

    theta: (..., P). X: (N, *inputs) or (..., N, *inputs). Y: (..., N, n_out), encoded by a target.
    """

    def __init__(self, config: NetworkConfig, inputs: Shape, n_out: int, task: str):
        self.config, self.inputs, self.n_out, self.task = config, inputs, n_out, task
        self.head = output_head(task, n_out, config.output, config.loss, config.huber_delta)
        self.layers = config.stack(inputs, n_out)
        self.parameters = Parameters(self.layers)
        self.statistics = Parameters(self.layers, lambda layer: layer.keeps())
        self.drawing_layers = self._numbered(lambda layer: layer.draws() > 0)
        self._numbered(lambda layer: bool(layer.keeps()))
        self.weighted = sorted({entry.layer for entry in self.parameters.of("weight")})
        self.weight_parts = [[entry.part for entry in self.parameters.of("weight") if entry.layer == i] for i in self.weighted]
        """Where the weights of these layers lie in theta."""

    def _numbered(self, chosen: Callable[[Layer], bool]) -> list[Layer]:
        """The layers, inner ones too, that have a slot of their own in a pass."""
        found = [layer for outer in self.layers for layer in outer.walk() if chosen(layer)]
        for slot, layer in enumerate(found):
            layer.slot = slot
        return found

    @cached_property
    def bent(self) -> dict[int, Activation]:
        """The activations behind the weights of layers that have one, by the layer's number."""
        return {i: layer.activation for i, layer in enumerate(self.layers) if layer.activation is not None}

    @property
    def activations(self) -> tuple[Activation, ...]:
        """Of the layers that have one, input side first."""
        return tuple(self.bent.values())

    def name(self, i: int) -> str:
        """What layer i is called: layer 1, …, output."""
        return "output" if i == len(self.layers) - 1 else f"layer {i + 1}"

    @property
    def layer_names(self) -> list[str]:
        """Names of the layers with weights, input side first."""
        return [self.name(i) for i in self.weighted]

    @property
    def n_in(self) -> int:
        """Numbers that a sample has."""
        return int(np.prod(self.inputs))

    @property
    def n_parameters(self) -> int:
        """P, the length of theta."""
        return self.parameters.size

    def initializer(self, i: int) -> str:
        """The initialiser of layer i; 'auto' follows the layer's activation (for the output: Glorot)."""
        if self.config.initializer != "auto":
            return self.config.initializer
        return self.bent[i].initializer if i in self.bent else "glorot_normal"

    def initial(self, seed: int) -> Array:
        """First parameters: weights from the stream of (seed, layer), biases 0, batch norm 1 and 0. Returns (P,)"""
        theta, rng, layer = self.parameters.start(), np.random.default_rng(0), -1
        for entry in self.parameters.of("weight"):
            if entry.layer != layer:
                layer, rng = entry.layer, np.random.default_rng([seed, WEIGHTS, entry.layer])
            param, usual = entry.param, INITIALIZERS[self.initializer(layer)]
            drawn = param.drawn(rng) if param.drawn else usual.draw(rng, param.shape, self.config.sigma, param.fans)
            theta[entry.part] = drawn.ravel()
        return theta

    def initial_statistics(self) -> Array:
        """Running mean 0 and variance 1 for batch norm. Returns (Q,); empty without batch norm."""
        return self.statistics.start()

    def forward(self, p: Rows, X: Array, at: Pass = PLAIN) -> tuple[Array, list[Any], list[Array]]:
        """Returns the last pre-activation Z (..., N, n_out), every layer's cache, and every hidden output A."""
        A, caches, outputs = X, [], []
        for layer, views in zip(self.layers, p):  # noqa: B905  as many of both, and a strict one costs time
            A, cache = layer.forward(views, A, at)
            caches.append(cache)
            outputs.append(A)
        return outputs.pop(), caches, outputs

    def part(self, p: Rows, A: Array, layers: slice, at: Pass = PLAIN) -> Array:
        """What some layers in a row make of the outputs A of the one before them; of the last layer its pre-activation."""
        for layer, views in zip(self.layers[layers], p[layers], strict=True):
            A, _ = layer.forward(views, A, at)
        return A

    def backward(self, p: Rows, g: Rows, dZ: Array, caches: list[Any], flow: Flow | None = None, inner: bool = False) -> Array:
        """Gives the gradient of every parameter to g, from the last layer's dZ (..., N, n_out).

        flow: collects (dA, dZ) of every layer with an activation, input side first, and of the output: there both are dZ.
        inner: returns the gradient with respect to the inputs (..., N, *inputs).
        """
        seen = None if flow is None else Flow([(dZ, dZ)])
        d = dZ
        for node in g.nodes:
            node.fresh = True
        for i in range(len(self.layers) - 1, -1, -1):
            d = self.layers[i].backward(p[i], g[i], d, caches[i], inner or i > 0, seen)
        if flow is not None and seen is not None:
            flow.extend(reversed(seen))
            flow.in_time.extend(reversed(seen.in_time))
        return d

    def gradient_into(self, p: Rows, g: Rows, X: Array, Y: Array, at: Pass, reduction: str,
                      weights: Array | None = None) -> Array:
        """One training pass: gradient into g; returns the last pre-activation Z. weights: of the rows, (..., N, 1)"""
        Z, caches, _ = self.forward(p, X, at)
        scale: Any = 1 / Z.shape[-2] if reduction == "mean" else 1.0
        self.backward(p, g, self.head.gradient(Z, Y, scale if weights is None else scale * weights), caches)
        return Z

    def loss_and_grad(self, theta: Array, X: Array, Y: Array, at: Pass = PLAIN, reduction: str = "mean",
                      ) -> tuple[Array, Array]:
        """Data loss (mean over rows, or sum) and its gradient. Returns loss (...), grad (..., P)"""
        grad = np.empty_like(theta)
        rows = self.parameters.rows
        Z = self.gradient_into(rows(theta), rows(grad), X, Y, at, reduction)
        loss = self.head.value(Z, Y)
        return (loss if reduction == "mean" else loss * Z.shape[-2]), grad

    def predict(self, theta: Array, X: Array, statistics: Array | None = None) -> Array:
        """The network's answers A, as used outside training. Returns (..., N, n_out)"""
        Z, _, _ = self.forward(self.parameters.rows(theta), X, self.evaluation(statistics))
        return self.head.activate(Z)

    def evaluation(self, statistics: Array | None) -> Pass:
        """No dropout, running statistics."""
        if not self.statistics.size or statistics is None:
            return PLAIN
        return Pass(False, self.running(statistics))

    def running(self, statistics: Array) -> list[Views]:
        """Views on the running statistics by slot."""
        return list(self.statistics.rows(statistics).nodes)

    def trace(self, theta: Array, X: Array, Y: Array) -> list[Traced]:
        """Every layer's A, dA, dZ, dW and the two factors of the backward product, input side first."""
        grad, flow = np.empty_like(theta), Flow()
        p, g = self.parameters.rows(theta), self.parameters.rows(grad)
        Z, caches, outputs = self.forward(p, X)
        self.backward(p, g, self.head.gradient(Z, Y, 1 / Z.shape[-2]), caches, flow)
        outputs.append(self.head.activate(Z))
        views = self.parameters.view(grad)
        dW = [next(views[entry.name] for entry in self.parameters.of("weight") if entry.layer == i) for i in self.weighted]
        return [Traced(*layer) for layer in zip([outputs[i] for i in self.weighted], *zip(*flow, strict=True), dW,
                                                *backward_factors(flow, theta.ndim - 1), strict=True)]

    def bends(self, caches: list[Any]) -> list[Bend]:
        """Every activation as it stood in that pass, input side first."""
        return [bend for layer, cache in zip(self.layers, caches, strict=True) for bend in layer.bends(cache)]


def build_network(config: NetworkConfig, n_in: int | Shape, n_out: int, task: str) -> Network:
    """The network for these settings. n_in: how many numbers a row has, or the shape of a sample, (H, W, C) of a picture.
    task: 'classification' (n_out = 1 for two classes) or 'regression'."""
    return Network(config, (n_in,) if isinstance(n_in, int) else tuple(n_in), n_out, task)
