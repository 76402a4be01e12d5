"""A network built from its settings: forward, loss and gradient, and one instrumented pass for the pictures."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ann_core.base.arrays import Array, Views
from ann_core.nn.activations import Activation, activation
from ann_core.nn.config import NetworkConfig
from ann_core.nn.initializers import INITIALIZERS
from ann_core.nn.layers import PLAIN, Activate, BatchNorm, Dense, Dropout, Layer, Mode, Residual, Sequential
from ann_core.nn.losses import output_head
from ann_core.nn.measures import backward_factors
from ann_core.nn.parameters import Parameters, Shapes

WEIGHTS = 1
"""Purpose of the random stream that first weights are drawn from, one stream a layer."""


@dataclass(frozen=True)
class Traced:
    """One layer as seen by `trace`. Arrays are (..., N, n); factors and norms have the leading axes only.

    Z, A: pre-activation and output (of the last layer: the answer). dA, dZ: gradients with respect to them.
    by_weights: ‖dA of this layer‖ / ‖dZ of the layer above‖; by_slope: ‖dZ‖ / ‖dA‖, through φ′ and batch norm.
    Their running product from the output down is exactly ‖dZ of this layer‖ / ‖dZ of the last layer‖.
    For the output layer both are 1.
    """

    Z: Array
    A: Array
    dA: Array
    dZ: Array
    dW: Array
    by_weights: Array
    by_slope: Array


class Network:
    """Dense layers, hidden ones with activation (and batch norm, dropout, skip connections when set), and a loss.

    theta: (..., P). X: (N, n_in) or (..., N, n_in). Y: (..., N, n_out), encoded by `head.encode`.
    """

    def __init__(self, config: NetworkConfig, n_in: int, n_out: int, task: str):
        self.config, self.n_in, self.n_out, self.task = config, n_in, n_out, task
        self.head = output_head(task, n_out, config.output, config.loss, config.huber_delta)
        self.activations: tuple[Activation, ...] = tuple(activation(c.activation, c.alpha) for c in config.layers)
        self.steepest = [steepest(function) for function in self.activations]
        widths = [n_in, *(layer.units for layer in config.layers)]
        self.hidden = [self._block(i, a, b) for i, (a, b) in enumerate(zip(widths, widths[1:], strict=False))]
        self.blocks: list[Layer] = [*self.hidden, Dense(widths[-1], n_out, first=len(widths) == 1)]
        self.parameters = Parameters([block.shapes() for block in self.blocks])
        normed: list[Shapes] = [{"mean": (layer.units,), "var": (layer.units,)} for layer in config.layers]
        self.statistics = Parameters(normed if config.batch_norm else [])
        self.weight_slices = [layer["W"][0] for layer in self.parameters.slices]

    def _block(self, i: int, n_in: int, n_out: int) -> Sequential:
        """Dense → batch norm → activation → dropout, with the block's input added from the second one on if skip."""
        parts: list[Layer] = [Dense(n_in, n_out, first=i == 0), Activate(self.activations[i])]
        if self.config.batch_norm:
            parts.insert(1, BatchNorm(n_out, i))
        if self.config.dropout:
            parts.append(Dropout(self.config.dropout, i))
        return Residual(parts, n_in, n_out) if self.config.skip and i else Sequential(parts)

    @property
    def layer_names(self) -> list[str]:
        """What the layers with weights are called, input side first: layer 1, …, output."""
        return [*(f"layer {i + 1}" for i in range(len(self.hidden))), "output"]

    @property
    def n_parameters(self) -> int:
        """P, the length of theta."""
        return self.parameters.size

    def initializer(self, i: int) -> str:
        """The initialiser of layer i; 'auto' follows the layer's activation (for the output: Glorot)."""
        if self.config.initializer != "auto":
            return self.config.initializer
        return self.activations[i].initializer if i < len(self.activations) else "glorot_normal"

    def initial(self, seed: int) -> Array:
        """First parameters: weights from the stream of (seed, layer), biases 0, batch norm 1 and 0. Returns (P,)"""
        theta = np.zeros(self.n_parameters)
        for i, p in enumerate(self.parameters.rows(theta)):
            rng = np.random.default_rng([seed, WEIGHTS, i])
            n_in, n_out = p["W"].shape
            p["W"][:] = INITIALIZERS[self.initializer(i)].draw(rng, n_in, n_out, self.config.sigma)
            if "gamma" in p:
                p["gamma"][:] = 1.0
        return theta

    def initial_statistics(self) -> Array:
        """Running mean 0 and variance 1 for batch norm. Returns (Q,); empty without batch norm."""
        statistics = np.zeros(self.statistics.size)
        for row in self.statistics.rows(statistics):
            row["var"][:] = 1.0
        return statistics

    def forward(self, p: list[Views], X: Array, mode: Mode = PLAIN) -> tuple[Array, list[Any], list[Array]]:
        """Returns the last pre-activation Z (..., N, n_out), every block's cache, and every hidden output A."""
        A, caches, outputs = X, [], []
        for i, block in enumerate(self.blocks):
            A, cache = block.forward(p[i], A, mode)
            caches.append(cache)
            outputs.append(A)
        return outputs.pop(), caches, outputs

    def backward(self, p: list[Views], g: list[Views], dZ: Array, caches: list[Any],
                 flow: list[tuple[Array, Array]] | None = None) -> None:
        """Writes the gradient of every parameter into g, from the last layer's dZ (..., N, n_out).

        flow: collects (dA, dZ) of every layer, input side first; of the last layer both are dZ.
        """
        seen = [(dZ, dZ)]
        dA = self.blocks[-1].backward(p[-1], g[-1], dZ, caches[-1])
        for i in range(len(self.hidden) - 1, -1, -1):
            arriving: list[Array] | None = None if flow is None else []
            dA, dA_here = self.hidden[i].backward(p[i], g[i], dA, caches[i], arriving), dA
            if arriving is not None:
                seen.append((dA_here, arriving[-1]))  # what reaches the dense part, the first of the block
        if flow is not None:
            flow.extend(reversed(seen))

    def gradient_into(self, p: list[Views], g: list[Views], X: Array, Y: Array, mode: Mode, reduction: str,
                      weights: Array | None = None) -> Array:
        """One training pass: gradient into g; returns the last pre-activation Z. weights: of the rows, (..., N, 1)"""
        Z, caches, _ = self.forward(p, X, mode)
        scale: Any = 1 / X.shape[-2] if reduction == "mean" else 1.0
        self.backward(p, g, self.head.gradient(Z, Y, scale if weights is None else scale * weights), caches)
        return Z

    def loss_and_grad(self, theta: Array, X: Array, Y: Array, mode: Mode = PLAIN, reduction: str = "mean",
                      ) -> tuple[Array, Array]:
        """Data loss (mean over rows, or sum) and its gradient. Returns loss (...), grad (..., P)"""
        grad = np.empty_like(theta)
        rows = self.parameters.rows
        Z = self.gradient_into(rows(theta), rows(grad), X, Y, mode, reduction)
        loss = self.head.value(Z, Y)
        return (loss if reduction == "mean" else loss * X.shape[-2]), grad

    def predict(self, theta: Array, X: Array, statistics: Array | None = None) -> Array:
        """The network's answers A, as used outside training. Returns (..., N, n_out)"""
        Z, _, _ = self.forward(self.parameters.rows(theta), X, self.evaluation_mode(statistics))
        return self.head.activate(Z)

    def evaluation_mode(self, statistics: Array | None) -> Mode:
        """No dropout, running statistics."""
        if not self.statistics.size or statistics is None:
            return PLAIN
        return Mode(False, self.statistics.rows(statistics))

    def trace(self, theta: Array, X: Array, Y: Array) -> list[Traced]:
        """Every layer's Z, A, dA, dZ, dW and the two factors of the backward product, input side first."""
        grad = np.empty_like(theta)
        p, g = self.parameters.rows(theta), self.parameters.rows(grad)
        Z, caches, outputs = self.forward(p, X)
        flow: list[tuple[Array, Array]] = []
        self.backward(p, g, self.head.gradient(Z, Y, 1 / X.shape[-2]), caches, flow)
        sums = [cache[1][0] if not self.config.batch_norm else self._pre_activation(p[i], cache)
                for i, cache in enumerate(caches[:-1])]
        factors = backward_factors(flow)
        return [Traced(*layer) for layer in zip((*sums, Z), (*outputs, self.head.activate(Z)), *zip(*flow, strict=True),
                                                [row["W"] for row in g], *factors, strict=True)]

    @staticmethod
    def _pre_activation(p: Views, caches: list[Any]) -> Array:
        """Z = A W + b again: batch norm keeps only its normalised form."""
        return caches[0] @ p["W"] + p["b"]

    def sums(self, caches: list[Any]) -> list[tuple[Array, Array]]:
        """What every hidden activation gets (after batch norm) and gives. Each ((..., N, n), (..., N, n))"""
        place = 2 if self.config.batch_norm else 1
        return [cache[place] for cache in caches[:-1]]

    def slopes(self, caches: list[Any]) -> list[Array]:
        """φ′ at every hidden unit and row, relative to the steepest slope of that activation. Each (..., N, n)"""
        return [np.abs(a.derivative(*pair)) / top
                for a, pair, top in zip(self.activations, self.sums(caches), self.steepest, strict=True)]


def steepest(function: Activation) -> float:
    """The largest |φ′|, read off a fine grid around 0 (1 for a function that is flat everywhere)."""
    Z = np.linspace(-6, 6, 1201)
    top = float(np.abs(function.derivative(Z, function.f(Z))).max())
    return top if top > 0 else 1.0


def build_network(config: NetworkConfig, n_in: int, n_out: int, task: str) -> Network:
    """The network for these settings. task: 'classification' (n_out = 1 for two classes) or 'regression'."""
    return Network(config, n_in, n_out, task)
