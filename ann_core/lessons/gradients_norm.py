"""What the lesson on gradients shows of single units: one in its layer, its sums through batch normalisation."""

from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers import PLAIN
from ann_core.nn.layers.base import Pass, Views
from ann_core.nn.layers.normalization import EPSILON, MOMENTUM, BatchNorm
from ann_core.nn.network import Network
from ann_core.run.config import RunConfig
from ann_core.run.run import start

BATCH = 32
"""Rows of a batch that is looked at by hand."""


@dataclass(frozen=True)
class Unit:
    """The first unit of a hidden layer at the first training row, before the first step.

    came: what unit 1 of the layer before says   w: the weight between both   z, slope: its sum and f′(z)   bent: f(z)
    out: f(z), or f(z) + came with a skip connection   n_in, n_out: of its layer   variance: mean of the layer's squared weights
    """

    came: float
    w: float
    z: float
    slope: float
    bent: float
    out: float
    n_in: int
    n_out: int
    variance: float


def unit(config: RunConfig, layer: int) -> Unit:
    """layer: counted from 1, of a network whose hidden layers are all dense"""
    run = start(config)
    net, theta = run.net, run.state.theta
    X = run.data.X_train[:BATCH]
    _, caches, outputs = net.forward(net.parameters.rows(theta), X)
    bend = net.bends(caches)[layer - 1]
    W = net.parameters.view(theta)[f"layers.{layer - 1}.W"]
    came = X if layer == 1 else outputs[layer - 2]
    slope = bend.function.derivative(bend.Z, bend.A)
    first = came, W, bend.Z, slope, bend.A, outputs[layer - 1]
    came_in, w, z, steep, bent, out = (float(part[0, 0]) for part in first)
    n_in, n_out = W.shape
    return Unit(came_in, w, z, steep, bent, out, n_in, n_out, float((W * W).mean()))


def sums(config: RunConfig, layer: int) -> Array:
    """A W + b of the first unit of a hidden layer for the rows of one batch, before the first step and before any batch
    normalisation of its own. (BATCH,)"""
    run = start(config)
    net, theta = run.net, run.state.theta
    X = run.data.X_train[:BATCH]
    _, _, outputs = net.forward(net.parameters.rows(theta), X)
    W, b = _first_unit(net, theta, layer)
    return (X if layer == 1 else outputs[layer - 2]) @ W + b


def _first_unit(net: Network, theta: Array, layer: int) -> tuple[Array, float]:
    """Its weights (n_in,) and its bias."""
    views = net.parameters.view(theta)
    return views[f"layers.{layer - 1}.W"][:, 0], float(views[f"layers.{layer - 1}.b"].flat[0])


@dataclass(frozen=True)
class Normed:
    """Sums of one unit through batch normalisation. factor: γ/√(var + ε), what the gradient is multiplied by on its way back,
    apart from what the batch's own mean and variance take out again"""

    mean: float
    variance: float
    hat: Array
    out: Array
    factor: float


def normed(Z: Array, gamma: float, beta: float, mean: float | None = None, variance: float | None = None) -> Normed:
    """Z (m,) by its own mean and variance, as in training, or by given ones, as in use."""
    layer = BatchNorm((1,))
    p = Views(gamma=np.array([[gamma]]), beta=np.array([[beta]]))
    kept = None if mean is None or variance is None else [Views(mean=np.array([[mean]]), var=np.array([[variance]]))]
    out, (hat, inverse, _) = layer.forward(p, Z[:, None], PLAIN if kept is None else Pass(False, kept))
    return Normed(float(Z.mean()) if mean is None else mean, float(1 / inverse[0, 0] ** 2 - EPSILON), hat[:, 0], out[:, 0],
                  gamma * float(inverse[0, 0]))


@dataclass(frozen=True)
class Kept:
    """One unit's statistics while a network with batch normalisation learns. batch_mean, batch_variance: of the batch of each
    step (T,)   mean, variance: the running ones, before the first step and after each (T + 1,)   Z: its sums for the first
    training rows, at the same moments (T + 1, BATCH)"""

    batch_mean: Array
    batch_variance: Array
    mean: Array
    variance: Array
    Z: Array


def kept(config: RunConfig, steps: int) -> Kept:
    """Of the first unit of the first hidden layer. The batch's variance is over m − 1 rows, as the running one's."""
    run = start(config)
    trainer, rows, Z = run.trainer(), [], []
    for step in range(steps + 1):
        state = trainer.state()
        views = run.net.running(state.statistics)[0]
        W, b = _first_unit(run.net, state.theta, 1)
        rows.append((views["mean"].flat[0], views["var"].flat[0]))
        Z.append(run.data.X_train[:BATCH] @ W + b)
        if step < steps:
            trainer.one_step()
    mean, variance = np.array(rows, float).T
    return Kept(_behind(mean), _behind(variance), mean, variance, np.array(Z))


def _behind(running: Array) -> Array:
    """The values that moved a running mean."""
    return running[:-1] + np.diff(running) / MOMENTUM
