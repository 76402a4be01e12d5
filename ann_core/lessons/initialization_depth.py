"""What stands in a deep network before its first step: forward and backward, measured, and as theory has it."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from ann_core.base.arrays import Array
from ann_core.data import load
from ann_core.data.config import DataConfig
from ann_core.lessons.initialization import INPUTS, Start
from ann_core.nn.activations import ACTIVATIONS, Activation
from ann_core.nn.config import NetworkConfig
from ann_core.nn.layers.base import Flow
from ann_core.nn.measures import FLAT, histograms, layer_rms
from ann_core.nn.network import Network, build_network

WIDTH, DEEPEST, PLANE = 32, 50, 2
"""Units in each hidden layer, most hidden layers, and inputs of the two moons."""
DEAD, HUGE, VANISHED = 1e-4, 1e3, 1e-6
"""Below which size the outputs count as dead, above which outputs and gradients as exploded, below which layer 1's gradient as
vanished; and so all between holds."""
REACH = 2.0
"""Histograms of outputs cover −2 … 2; what lies beyond stands in the outermost bins."""
BINS = 48
"""Of the histograms of gradients."""
GRID = np.linspace(-10, 10, 4_001)
BELL = np.exp(-0.5 * GRID * GRID)
BELL /= BELL.sum()


def network(start: Start, activation: str, layers: int, width: int = WIDTH, n_in: int = PLANE) -> Network:
    """Equally wide hidden layers and one output unit for two classes."""
    return build_network(NetworkConfig.model_validate({
        "layers": [{"units": width, "activation": activation}] * layers, "initializer": start.initializer,
        "sigma": start.sigma}), n_in, 1, "classification")


@cache
def moons() -> tuple[Array, Array]:
    """300 points of two moons, scaled to mean square 1, and their classes. X: (300, 2), Y: (300, 1)"""
    data = load(DataConfig(source="moons", samples=300, noise=0.1, test_share=0.0))
    return data.X_train, data.target.encode(data.y_train)


# Measured ------------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Layers:
    """The hidden layers of one network at step 0, input side first, (L,) each; of gradients (L + 1,), the output layer last.

    size: root mean square of a layer's outputs   spread: their standard deviation over all rows and units
    rows: standard deviation over the rows, averaged over the units: what the next layers can still tell apart
    units: standard deviation of the units' own means   flat: share of (row, unit) pairs where a bounded
    activation is flat
    dZ, dW: root mean square of ∂L/∂z and of ∂L/∂w
    outputs: histograms (L, bins) over −REACH … REACH   gradients: histograms (L, bins) of log10 |∂L/∂w| between `edges`;
    each as shares of its layer's fullest bin
    """

    size: Array
    spread: Array
    rows: Array
    units: Array
    flat: Array
    dZ: Array
    dW: Array
    outputs: Array
    gradients: Array
    edges: Array

    @property
    def forward(self) -> str:
        """What became of the signal in the last hidden layer."""
        if not self.size[-1]:
            return "nothing"
        if self.size[-1] > HUGE or not np.isfinite(self.size[-1]):
            return "explodes"
        if self.size[-1] < DEAD:
            return "dies"
        if self.rows[-1] < 1e-3 * self.size[-1]:
            return "alike"
        if self.flat[-1] > 0.4:
            return "saturates"
        return "shrinks" if self.spread[-1] < 0.5 * self.spread[0] else "holds"

    @property
    def backward(self) -> str:
        """What became of the gradient in layer 1."""
        first = self.dW[0]
        return ("nothing" if not first else "vanishes" if first < VANISHED else
                "explodes" if first > HUGE or not np.isfinite(first) else "holds")


def measured(start: Start, activation: str, layers: int, seed: int) -> Layers:
    """One network on the two moons, forward and backward."""
    X, Y = moons()
    net = network(start, activation, layers)
    theta = net.initial(seed)
    grad, flow = np.empty_like(theta), Flow()
    with np.errstate(all="ignore"):
        p, g = net.parameters.rows(theta), net.parameters.rows(grad)
        Z, caches, outputs = net.forward(p, X)
        net.backward(p, g, net.head.gradient(Z, Y, 1 / len(X)), caches, flow)
        views = net.parameters.view(grad)
        gradients, edges = _magnitudes([views[f"layers.{i}.W"] for i in range(layers)])
        bends = net.bends(caches)
        return Layers(
            size=np.array([_rms(A) for A in outputs]), spread=np.array([A.std() for A in outputs]),
            rows=np.array([A.std(0).mean() for A in outputs]), units=np.array([A.mean(0).std() for A in outputs]),
            flat=np.array([bend.function.bounded and (bend.slope < FLAT).mean() for bend in bends]),
            dZ=np.array([_rms(dZ) for _, dZ in flow]), dW=layer_rms(grad, net.weight_parts),
            outputs=np.concatenate([histograms([A[None]], REACH)[0] for A in outputs]) / 255.0,
            gradients=gradients, edges=edges)


def _magnitudes(layers: list[Array]) -> tuple[Array, Array]:
    """Histograms of log10 of the numbers' size, of all that are not 0. Returns (L, bins), (bins + 1,)"""
    powers = [np.log10(np.abs(numbers[np.isfinite(numbers) & (numbers != 0)])) for numbers in layers]
    every = np.concatenate(powers)
    low, high = np.quantile(every, (0.002, 0.998)) if len(every) else (0.0, 0.0)
    edges = np.linspace(np.floor(low), np.floor(high) + 1, BINS + 1)
    counts = np.stack([np.histogram(values, edges)[0] for values in powers])
    return counts / np.maximum(counts.max(1, keepdims=True), 1), edges


def squares(start: Start, activation: str, width: int, seed: int, layers: int = DEEPEST) -> Array:
    """The mean square of the sums z of each layer, where as many normal inputs as units go in. Returns (layers,)"""
    X = np.random.default_rng([seed, INPUTS]).standard_normal((64, width))
    return np.array([_rms(Z) ** 2 for Z in _sums(network(start, activation, layers, width, width), X, seed)])


def spreads(start: Start, activation: str, seed: int, layers: int = DEEPEST) -> Array:
    """The spread of each hidden layer's outputs, on the two moons. Returns (layers,)"""
    f = ACTIVATIONS[activation].f
    return np.array([f(Z).std() for Z in _sums(network(start, activation, layers), moons()[0], seed)])


def _sums(net: Network, X: Array, seed: int) -> list[Array]:
    with np.errstate(all="ignore"):
        _, caches, _ = net.forward(net.parameters.rows(net.initial(seed)), X)
        return [bend.Z for bend in net.bends(caches)]


def _rms(A: Array) -> float:
    return float(np.sqrt((A * A).mean()))


# Theory --------------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Kept:
    """What an activation makes of normal sums with mean square q: E[φ(z)²], E[φ(z)], E[φ′(z)²]"""

    square: float
    mean: float
    slope: float


def kept(act: Activation, q: float) -> Kept:
    """One integral each, over z = √q · a standard normal number."""
    Z = np.sqrt(q) * GRID
    A = act.f(Z)
    slope = act.derivative(Z, A)
    return Kept(float(BELL @ (A * A)), float(BELL @ A), float(BELL @ (slope * slope)))


@dataclass(frozen=True)
class Theory:
    """For networks so wide that sums are normal: of each hidden layer (L,).

    q: mean square of the sums   spread: standard deviation of the outputs   back: RMS of ∂L/∂z, the output layer's being 1
    """

    q: Array
    spread: Array
    back: Array


def theory(start: Start, activation: str, layers: int, width: int = WIDTH, n_in: int = PLANE) -> Theory | None:
    """q¹ = n_in Var(W) · mean x², q ← n_in Var(W) E[φ(√q Z)²]; backward (∂L/∂z)² ← n_out Var(W) E[φ′(√q Z)²] (∂L/∂z)². For
    inputs of mean square 1. (Poole et al., 2016; Schoenholz et al., 2017.) None for weights that are not random."""
    if not start.random:
        return None
    act, inner = ACTIVATIONS[activation], width * start.variance(width, width)
    q, through = [n_in * start.variance(n_in, width)], []
    for _ in range(layers):
        through.append(kept(act, q[-1]))
        q.append(inner * through[-1].square)
    back = [start.variance(width, 1) * through[-1].slope]
    for one in through[-2::-1]:
        back.append(inner * one.slope * back[-1])
    spread = [np.sqrt(max(one.square - one.mean ** 2, 0.0)) for one in through]
    return Theory(np.array(q[:-1]), np.array(spread), np.sqrt(back[::-1]))


# Many networks -------------------------------------------------------------------------------------------------------

STARTS = (Start("zeros"), Start("constant", 0.1), Start("constant", 0.5), Start("normal", 0.01), Start("normal", 1.0),
          Start("uniform", 0.1), Start("uniform", 1.0), Start("glorot_normal"), Start("glorot_uniform"), Start("he_normal"),
          Start("lecun_normal"), Start("orthogonal", 1.0))
"""The rows of the table."""
SEEDS = 20
MARKS = (1, 10, DEEPEST)
"""The layers that the table shows."""


@dataclass(frozen=True)
class Row:
    """Medians over the seeds: spread, spread between rows and ∂L/∂W of the layers of MARKS; low, high: 10th and 90th percentile
    of the last layer's spread. forward, backward: what became of signal and gradient in most networks"""

    spread: Array
    rows: Array
    dW: Array
    low: float
    high: float
    forward: str
    backward: str


def row(start: Start, activation: str) -> Row:
    """SEEDS networks of DEEPEST layers."""
    found = [measured(start, activation, DEEPEST, seed) for seed in range(SEEDS)]
    at = np.array(MARKS) - 1
    spread, rows, dW = (np.median([getattr(one, name)[at] for one in found], 0) for name in ("spread", "rows", "dW"))
    low, high = np.quantile([one.spread[-1] for one in found], (0.1, 0.9))
    most = [max(set(said), key=said.count) for said in ([one.forward for one in found], [one.backward for one in found])]
    return Row(spread, rows, dW, float(low), float(high), *most)
