"""The mathematics of the lesson on optimisers: the engine's own update over any gradient.

One step counts as one epoch here, so a schedule's horizon k is in steps.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.optimizers import OPTIMIZERS, SCHEDULES
from ann_core.run.training import TrainingConfig
from ann_core.run.update import Memory, Update

NOISE = 307
"""Purpose of the random streams [seed, NOISE, step] that gradients get their noise from."""
Gradient = Callable[[Array, int], Array]
"""The gradient at theta (..., P) for step t = 1, 2, …, of the same shape."""


@dataclass(frozen=True)
class Step:
    """What one step does to one weight. w, to: before and after it   g: the gradient, with L2's part where there is any
    rate: of this step   before, after: the optimiser's memory, as its `init` orders it"""

    t: int
    w: float
    to: float
    g: float
    rate: float
    before: tuple[float, ...]
    after: tuple[float, ...]


@dataclass(frozen=True)
class Path:
    """The way of an optimiser, step after step.

    c: its settings   thetas: (T + 1, ..., P)   gradients: (T, ..., P), that of step t at t − 1   memories: each (T + 1, ...)
    """

    c: TrainingConfig
    thetas: Array
    gradients: Array
    memories: tuple[Array, ...]

    def __len__(self) -> int:
        """How many steps it took: fewer than were asked for where the next one overflows."""
        return len(self.gradients)

    def rate(self, t: int) -> float:
        """The learning rate of step t = 1, 2, …"""
        c = self.c
        return c.learning_rate * SCHEDULES[c.schedule].factor(t, c.schedule_epochs, c.schedule_factor)

    def step(self, t: int, i: int = 0) -> Step:
        """Step t = 1, 2, … of weight i, of a path of one theta (P,)."""
        before, after = (tuple(float(memory[at, min(i, memory.shape[1] - 1)]) for memory in self.memories)
                         for at in (t - 1, t))
        return Step(t, float(self.thetas[t - 1, i]), float(self.thetas[t, i]), float(self.gradients[t - 1, i]), self.rate(t),
                    before, after)


def walk(c: TrainingConfig, gradient: Gradient, start: Sequence[float] | Array, steps: int) -> Path:
    """So many steps from a start (..., P): rate, schedule, L2, clipping and decay as in a run. It ends before a number that is
    not finite."""
    theta = np.array(start, np.float64)
    grad = np.empty_like(theta)
    update = Update(c, theta, grad, np.ones(theta.shape[-1]), Memory(OPTIMIZERS[c.optimizer].init(theta)))
    thetas, gradients, memories = [theta.copy()], [], [update.memory().vectors]
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        for t in range(1, steps + 1):
            grad[...] = gradient(theta, t)
            update.step(t)
            memory = update.memory().vectors
            if not all(np.isfinite(array).all() for array in (grad, theta, *memory)):
                break
            gradients.append(grad.copy())
            thetas.append(theta.copy())
            memories.append(memory)
    return Path(c, np.array(thetas), np.array(gradients).reshape(-1, *theta.shape),
                tuple(np.array(parts) for parts in zip(*memories, strict=True)))


def bowl(*k: float) -> Gradient:
    """Of f = ½ Σ kᵢ wᵢ²: the slope kᵢ wᵢ."""
    curvature = np.array(k)
    return lambda theta, t: curvature * theta


def noisy(gradient: Gradient, spread: float, seed: int) -> Gradient:
    """The same with N(0, spread²) added to every number of it, as a batch would."""
    def disturbed(theta: Array, t: int) -> Array:
        return gradient(theta, t) + spread * np.random.default_rng([seed, NOISE, t]).standard_normal(theta.shape)

    return disturbed


def border(optimizer: str, mu: float = 0.0) -> float:
    """Of the product ηk on ½k w²: below it the distance to 0 shrinks, above it grows, at it w swings for ever.

    Gradient descent 2, momentum 2(1 + μ), Nesterov 2(1 + μ)/(1 + 2μ). At it −1 is a root of the recursion that two steps in a
    row obey (Polyak, 1964).
    """
    return {"sgd": 2.0, "momentum": 2 * (1 + mu), "nesterov": 2 * (1 + mu) / (1 + 2 * mu)}[optimizer]


def settled(values: Array, level: float) -> int | None:
    """The first step from which on |values| (T + 1,) stay below a level; None where the last one does not."""
    above = np.flatnonzero(np.abs(values) >= level)
    return 0 if not len(above) else None if above[-1] == len(values) - 1 else int(above[-1]) + 1


def effective_rates(path: Path) -> Array:
    """η/(√G + ε) of AdaGrad and RMSProp after each step, for each weight; NaN as long as a weight had no gradient. (T, P)"""
    G = path.memories[0][1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(G > 0, path.c.learning_rate / np.sqrt(G), np.nan)


def corrected(path: Path) -> tuple[Array, Array]:
    """Adam's m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ) after each step t = 1, 2, … Each (T, ..., P)"""
    t = np.arange(1, len(path) + 1).reshape(-1, *[1] * (path.thetas.ndim - 1))
    m, v = (memory[1:] / (1 - beta**t) for memory, beta in zip(path.memories, (path.c.momentum, path.c.beta2), strict=True))
    return m, v
