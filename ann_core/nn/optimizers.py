"""From a gradient to a step. An optimiser is an (init, update) pair on the flat parameter vector.

`init(theta)` gives the vectors it remembers; `update(g, memory, t, h)` gives the direction d of step t = 1, 2, …
(theta then moves by −η d) and changes the memory in place. g, d, memory: (..., P). Formulas and defaults are those of
PyTorch, so that numbers can be compared (but RMSProp starts with ρ = 0.9, as in Hinton's lecture; PyTorch takes 0.99).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Protocol

import numpy as np

from ann_core.base.arrays import Array
from ann_core.base.registry import Registry


class Hyperparameters(Protocol):
    """The numbers an update may use (a TrainingConfig has them)."""

    momentum: float
    beta2: float
    rho: float


@dataclass(frozen=True)
class Optimizer:
    """One update rule."""

    key: str
    label: str
    formula: str
    init: Callable[[Array], tuple[Array, ...]]
    update: Callable[[Array, Sequence[Array], int, Hyperparameters], Array]
    advice: str
    uses: tuple[str, ...] = ()
    """Names of the hyperparameters it reads, besides the rate."""


def _no_memory(theta: Array) -> tuple[Array, ...]:
    return ()


def _one(theta: Array) -> tuple[Array, ...]:
    return (np.zeros_like(theta),)


def _two(theta: Array) -> tuple[Array, ...]:
    return np.zeros_like(theta), np.zeros_like(theta)


def _blend(average: Array, beta: float, new: Array) -> None:
    """average ← β average + (1 − β) new, in place."""
    average *= beta
    average += (1 - beta) * new


def _sgd(g: Array, memory: Sequence[Array], t: int, h: Hyperparameters) -> Array:
    return g


def _momentum(g: Array, memory: Sequence[Array], t: int, h: Hyperparameters) -> Array:
    (v,) = memory
    v *= h.momentum
    v += g
    return v


def _nesterov(g: Array, memory: Sequence[Array], t: int, h: Hyperparameters) -> Array:
    return g + h.momentum * _momentum(g, memory, t, h)


def _adagrad(g: Array, memory: Sequence[Array], t: int, h: Hyperparameters) -> Array:
    (G,) = memory
    G += g * g
    return g / (np.sqrt(G) + 1e-10)


def _adadelta(g: Array, memory: Sequence[Array], t: int, h: Hyperparameters) -> Array:
    G, D = memory
    _blend(G, h.rho, g * g)
    d = np.sqrt((D + 1e-6) / (G + 1e-6)) * g
    _blend(D, h.rho, d * d)
    return d


def _rmsprop(g: Array, memory: Sequence[Array], t: int, h: Hyperparameters) -> Array:
    (G,) = memory
    _blend(G, h.rho, g * g)
    return g / (np.sqrt(G) + 1e-8)


def _adam(g: Array, memory: Sequence[Array], t: int, h: Hyperparameters) -> Array:
    m, v = memory
    _blend(m, h.momentum, g)
    _blend(v, h.beta2, g * g)
    d = np.sqrt(v)
    d *= 1 / sqrt(1 - h.beta2**t)
    d += 1e-8
    np.divide(m, d, out=d)
    d *= 1 / (1 - h.momentum**t)
    return d


def _nadam_memory(theta: Array) -> tuple[Array, ...]:
    return *_two(theta), np.ones(1)


def _nadam(g: Array, memory: Sequence[Array], t: int, h: Hyperparameters) -> Array:
    m, v, product = memory  # product: μ₁ μ₂ … μₜ
    mu, mu_next = (h.momentum * (1 - 0.5 * 0.96 ** (k * 0.004)) for k in (t, t + 1))
    product *= mu
    _blend(m, h.momentum, g)
    _blend(v, h.beta2, g * g)
    d = m * (mu_next / (1 - product[0] * mu_next)) + g * ((1 - mu) / (1 - product[0]))
    d /= np.sqrt(v / (1 - h.beta2**t)) + 1e-8
    return d


_ADAM = r"m\leftarrow\beta_1 m+(1-\beta_1)g,\ v\leftarrow\beta_2 v+(1-\beta_2)g^2,\ " \
        r"\theta\leftarrow\theta-\eta\frac{\hat m}{\sqrt{\hat v}+\epsilon}"

OPTIMIZERS: Registry[Optimizer] = Registry("optimiser", [
    Optimizer("sgd", "SGD", r"\theta\leftarrow\theta-\eta g", _no_memory, _sgd,
              "Gradient descent as it is: the honest choice when you want to see gradients at work."),
    Optimizer("momentum", "SGD with momentum", r"v\leftarrow\mu v+g,\ \theta\leftarrow\theta-\eta v", _one, _momentum,
              "Keeps rolling in directions that stay the same (Polyak, 1964).", ("momentum",)),
    Optimizer("nesterov", "Nesterov momentum", r"v\leftarrow\mu v+g,\ \theta\leftarrow\theta-\eta(g+\mu v)", _one,
              _nesterov, "Momentum that looks one step ahead (Nesterov, 1983).", ("momentum",)),
    Optimizer("adagrad", "AdaGrad", r"G\leftarrow G+g^2,\ \theta\leftarrow\theta-\eta\frac{g}{\sqrt G+\epsilon}", _one,
              _adagrad, "A rate for each weight that only ever falls (Duchi et al., 2011)."),
    Optimizer("adadelta", "AdaDelta",
              r"\theta\leftarrow\theta-\eta\,\tfrac{\sqrt{D+\epsilon}}{\sqrt{G+\epsilon}}\,g", _two, _adadelta,
              "Scales each step by the size of earlier steps; use a rate near 1 (Zeiler, 2012).", ("rho",)),
    Optimizer("rmsprop", "RMSProp", r"G\leftarrow\rho G+(1-\rho)g^2,\ \theta\leftarrow\theta-\eta\frac{g}{\sqrt G+\epsilon}",
              _one, _rmsprop, "Divides each gradient by its recent size (Hinton, 2012).", ("rho",)),
    Optimizer("adam", "Adam", _ADAM, _two, _adam,
              "Momentum and a rate for each weight: forgiving, and it hides part of a vanishing gradient "
              "(Kingma & Ba, 2015).", ("momentum", "beta2")),
    Optimizer("adamw", "AdamW", _ADAM + r"-\eta\lambda\theta", _two, _adam,
              "Adam whose weight decay is kept apart from the gradient (Loshchilov & Hutter, 2019).",
              ("momentum", "beta2", "weight_decay")),
    Optimizer("nadam", "NAdam", r"\text{Adam with Nesterov's look ahead}", _nadam_memory, _nadam,
              "Adam with Nesterov's look ahead (Dozat, 2016).", ("momentum", "beta2")),
])


@dataclass(frozen=True)
class Schedule:
    """How the learning rate changes: factor(t, k, gamma) at t epochs, with horizon k epochs."""

    key: str
    label: str
    formula: str
    factor: Callable[[float, float, float], float]
    advice: str


SCHEDULES: Registry[Schedule] = Registry("schedule", [
    Schedule("constant", "constant", r"\eta_t=\eta", lambda t, k, gamma: 1.0, "The same rate throughout."),
    Schedule("step", "step", r"\eta_t=\eta\gamma^{\lfloor t/k\rfloor}", lambda t, k, gamma: gamma ** (t // k),
             "Drops by a factor γ every k epochs."),
    Schedule("exponential", "exponential", r"\eta_t=\eta\gamma^{t/k}", lambda t, k, gamma: gamma ** (t / k),
             "Falls smoothly, by a factor γ in k epochs."),
    Schedule("cosine", "cosine", r"\eta_t=\tfrac{\eta}{2}(1+\cos\tfrac{\pi t}{k})",
             lambda t, k, gamma: 0.5 * (1 + float(np.cos(np.pi * min(t / k, 1.0)))),
             "Falls to 0 over k epochs, slowly at both ends."),
    Schedule("warmup", "warm-up", r"\eta_t=\eta\min(1,\tfrac{t}{k})", lambda t, k, gamma: min(1.0, t / k),
             "Rises from 0 over the first k epochs, then stays."),
])


def clip_by_norm(g: Array, limit: float) -> None:
    """g ← g · min(1, limit/‖g‖₂), in place, for each network of the leading axes. g: (..., P)"""
    norm = np.sqrt((g * g).sum(-1, keepdims=True))
    g *= np.minimum(1.0, limit / np.maximum(norm, 1e-300))


def clip_by_value(g: Array, limit: float) -> None:
    """Every component of g into [−limit, limit], in place."""
    np.clip(g, -limit, limit, out=g)
