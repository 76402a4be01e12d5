"""What the lesson on gradients measures: the factors of a gradient's way back, and what becomes of 20 seeds."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.measure import Measure
from ann_core.base.numbers import ratio
from ann_core.film.look import Look
from ann_core.film.probes import PROBES
from ann_core.film.view import View
from ann_core.nn.config import NetworkConfig
from ann_core.nn.measures import layer_rms
from ann_core.nn.network import build_network
from ann_core.nn.optimizers import clip_by_norm, clip_by_value
from ann_core.run.config import RunConfig
from ann_core.run.run import start

SEEDS = 20
"""Whatever is claimed of a cause or a cure is measured on so many seeds."""
FRAMES = 12
"""Moments of a training that are looked at, besides its start."""
ROWS = 1_000
"""Gradients are measured on at most so many training rows."""
RATE, STEPS, LEAST = 0.1, 1_000, 0.01
"""The rate and the number of steps by which a gradient's size is judged, and how far they should take a weight, as a multiple
of its own size."""


# One unit a layer: every factor is a number --------------------------------------------------------------------------

@dataclass(frozen=True)
class Chain:
    """∂L/∂w₁ of a chain of single units: error · slopes · weights · x, for L = ½(ŷ − y)² of one sample.

    sums, outputs, slopes: z, f(z) and f′(z) of each unit, input side first   weights: those above the first unit
    gradient: of the engine
    """

    error: float
    sums: tuple[float, ...]
    outputs: tuple[float, ...]
    slopes: tuple[float, ...]
    weights: tuple[float, ...]
    x: float
    gradient: float

    def way(self) -> list[tuple[str, float]]:
        """The factors in the order of the way back, with the kind of each: error, weight, slope, weight, …, slope, input."""
        pairs = zip(self.weights[::-1], self.slopes[::-1], strict=True)
        return [("error", self.error), *(one for w, s in pairs for one in (("weight", w), ("slope", s))), ("input", self.x)]


def chain(activation: str, layers: int, w: float, x: float, y: float) -> Chain:
    """So many hidden layers of one unit and a linear output, all weights w, all biases 0."""
    config = NetworkConfig.model_validate({"layers": [{"units": 1, "activation": activation}] * layers})
    net = build_network(config, 1, 1, "regression")
    theta, X, Y = net.parameters.start(), np.array([[x]]), np.array([[y]])
    parts = [entry.part for entry in net.parameters.of("weight")]
    for part in parts:
        theta[part] = w
    Z, caches, _ = net.forward(net.parameters.rows(theta), X)
    units = [(bend.Z, bend.A, bend.function.derivative(bend.Z, bend.A)) for bend in net.bends(caches)]
    sums, outputs, slopes = (tuple(float(array[0, 0]) for array in arrays) for arrays in zip(*units, strict=True))
    _, grad = net.loss_and_grad(theta, X, Y)
    return Chain(float(Z[0, 0]) - y, sums, outputs, slopes, (w,) * layers, x, float(grad[parts[0]][0]))


# Many units a layer: every factor is a ratio of lengths ---------------------------------------------------------------

@dataclass(frozen=True)
class WayBack:
    """The gradient at the start of a run, layer by layer, input side first (L,).

    gradient: RMS of ∂L/∂W   by_weights, by_slope: what each layer multiplies the gradient by, see `Network.trace`
    by_inputs: what leads from ‖dZ¹‖/‖dZᴸ‖ to the ratio of both gradients, since dW = Aᵀ dZ   weights: RMS of W
    bound: the product of the steepest slopes of all hidden layers, which the product of the slopes cannot exceed
    """

    gradient: Array
    by_weights: Array
    by_slope: Array
    by_inputs: float
    weights: Array
    bound: float

    @property
    def ratio(self) -> float:
        """Layer 1's gradient as a multiple of the output layer's."""
        return ratio(float(self.gradient[0]), float(self.gradient[-1]))

    @property
    def moved(self) -> float:
        """How far `STEPS` steps at `RATE` take a weight of layer 1, as a multiple of its own size, if the gradient stays."""
        return STEPS * RATE * float(self.gradient[0] / self.weights[0])

    @property
    def verdict(self) -> str:
        """Layer 1 in words: a thousand steps that move its weights by less than a hundredth leave it where it began, and a
        single step that is larger than the weights themselves throws them away."""
        return "vanishes" if self.moved < LEAST else "explodes" if self.moved > STEPS else "arrives"

    @property
    def smallest(self) -> float:
        """Of a gradient of layer 1 that arrives."""
        return LEAST * float(self.weights[0]) / (STEPS * RATE)

    @property
    def largest(self) -> float:
        """The same: one step is as large as the weights."""
        return float(self.weights[0]) / RATE


def way_back(config: RunConfig) -> WayBack:
    """Measured on the training rows, before the first step."""
    run = start(config)
    theta, (X, Y) = run.state.first[0], run.setup.probe_rows(ROWS)
    layers = run.net.trace(theta, X, Y)
    gradient = np.array([_rms(layer.dW) for layer in layers])
    per_length = [ratio(float(size), float(np.linalg.norm(layer.dZ))) for size, layer in
                  ((gradient[0], layers[0]), (gradient[-1], layers[-1]))]
    return WayBack(gradient, np.array([layer.by_weights for layer in layers]), np.array([layer.by_slope for layer in layers]),
                   ratio(*per_length), layer_rms(theta, run.net.weight_parts),
                   float(np.prod([a.steepest for a in run.net.activations])))


def _rms(A: Array) -> float:
    return float(layer_rms(A.ravel(), [[slice(None)]])[0])


# Twenty seeds ---------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Trial:
    """One run trained from `SEEDS` seeds side by side.

    gradient: RMS of ∂L/∂W at the start (L, S)   epoch (F,), loss (F, S): of training, infinite where it overflowed
    score: at the end (S,), NaN where it overflowed   needed: half of the way from guessing to perfect
    """

    gradient: NDArray[np.float64]
    epoch: NDArray[np.float64]
    loss: NDArray[np.float64]
    score: NDArray[np.float64]
    measure: Measure
    needed: float

    @property
    def ratio(self) -> NDArray[np.float64]:
        """Layer 1's gradient as a multiple of the output layer's, (S,); 0 where there is none."""
        first, last = self.gradient[0], self.gradient[-1]
        return np.divide(first, last, out=np.zeros_like(first), where=last > 0)

    @property
    def learned(self) -> NDArray[np.bool_]:
        """Whether each seed got at least half of the way from guessing to perfect, on the rows held out. (S,)"""
        return np.array([self.measure.reached(score, self.needed) for score in self.score])


def trial(config: RunConfig) -> Trial:
    """Trains the seeds of these settings to their last epoch, or to where all of them have overflowed."""
    way = under_way(config)
    while True:
        try:
            next(way)
        except StopIteration as end:
            return end.value


def under_way(config: RunConfig) -> Generator[float, None, Trial]:
    """The same, which tells on its way which share of the training is done."""
    run = start(config.model_copy(update={"seeds": SEEDS}))
    setup, trainer, states = run.setup, run.trainer(), [run.state]
    epochs = np.linspace(0, config.training.epochs, FRAMES + 1).round()
    for epoch in epochs[1:]:
        with np.errstate(all="ignore"):  # what overflows is told as such
            trainer.run(int(epoch), None, np.inf)
        if not trainer.is_sane():
            break
        states.append(trainer.state())
        yield float(epoch / epochs[-1])
    with np.errstate(all="ignore"):
        look = Look(View.of(setup), states, [None] * len(states))
        seen, before = PROBES["progress"].measure(look), Look(look.view, states[:1], [None])
        gradient = layer_rms(before.gradient, setup.objective.weight_parts)[:, 0]
    loss = np.full((FRAMES + 1, SEEDS), np.inf)
    loss[:len(states)] = np.where(np.isfinite(seen["train_loss"]), seen["train_loss"], np.inf)
    measure, ended = setup.target.measure, np.isfinite(loss[-1])
    return Trial(gradient, epochs, loss, np.where(ended, seen["test_score"][-1], np.nan), measure,
                 measure.halfway(setup.target.baseline))


# Steps ----------------------------------------------------------------------------------------------------------------

def clipped(g: Array, limit: float) -> tuple[Array, Array]:
    """A gradient clipped by norm and by value. g: (n,)"""
    by_norm, by_value = g.astype(float), g.astype(float)
    clip_by_norm(by_norm, limit)
    clip_by_value(by_value, limit)
    return by_norm, by_value


def angle(a: Array, b: Array) -> float:
    """Degrees between two vectors; 0 where one of them is 0."""
    lengths = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(np.degrees(np.arccos(np.clip(a @ b / lengths, -1, 1)))) if lengths else 0.0


def first_step(config: RunConfig) -> tuple[float, float]:
    """How long the gradient and the parameters are before the first step, over all training rows."""
    run = start(config)
    theta, (X, Y) = run.state.first[0], run.setup.probe_rows(ROWS)
    return float(np.linalg.norm(run.net.loss_and_grad(theta, X, Y)[1])), float(np.linalg.norm(theta))
