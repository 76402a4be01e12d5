"""What the optimisers walk on in the lesson, besides bowls: a shelf, two valleys, a rare feature, changing and no gradients."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array
from ann_core.lessons.losses import over_sums
from ann_core.lessons.optimizers import Gradient, Path, walk
from ann_core.lessons.optimizers_surfaces import SURFACES
from ann_core.run.training import TrainingConfig

SIGNS = 309
"""Purpose of the random streams [seed, SIGNS, step] of gradients that only change their sign."""


@dataclass(frozen=True)
class Curve:
    """A cost over one weight. f, slope: of weights of any shape"""

    f: Callable[[Array], Array]
    slope: Callable[[Array], Array]

    def gradient(self, theta: Array, t: int) -> Array:
        return self.slope(theta)


PLATEAU = Curve(lambda w: over_sums("squared_error", w.ravel(), np.ones(w.size))[0].reshape(w.shape),
                lambda w: over_sums("squared_error", w.ravel(), np.ones(w.size))[1].reshape(w.shape))
"""½(σ(w) − 1)²: one sigmoid unit that should say 1, under squared error. Far to the left it is flat."""
VALLEYS = Curve(lambda w: w**4 / 4 - w**2 / 2 + 0.1 * w, lambda w: w**3 - w + 0.1)
"""w⁴/4 − w²/2 + 0.1w: a deep valley on the left, a shallow one on the right, a rim between."""


def flat_places() -> tuple[float, float, float]:
    """Where the slope of the valleys is 0: the deep one, the rim, the shallow one."""
    deep, rim, shallow = sorted(np.roots([1.0, 0.0, -1.0, 0.1]).real)
    return float(deep), float(rim), float(shallow)


def rare_feature(every: int) -> Gradient:
    """Two weights: gradient 1 in each step for the first, in every so-many-th for the second, whatever the weights are."""
    return lambda theta, t: np.array([1.0, float(t % every == 0)])


def rare_rows(size: float, every: int) -> Gradient:
    """One row a step for ŷ = w₁x₁ + w₂x₂, both true weights 1: x₁ = size, and x₂ = 1 in every so-many-th row, else 0."""
    def gradient(theta: Array, t: int) -> Array:
        x = np.array([size, float(t % every == 0)])
        return ((theta - 1) @ x) * x

    return gradient


def learned(c: TrainingConfig, size: float, every: int, steps: int = 3000) -> int | None:
    """The step from which on both weights of the task with rare rows stay within 0.1 of the true ones, from (0, 0)."""
    path = walk(c, rare_rows(size, every), [0.0, 0.0], steps)
    off = np.abs(path.thetas - 1).max(1)
    return None if len(path) < steps or off[-1] >= 0.1 else int(np.flatnonzero(off >= 0.1)[-1]) + 1


def becomes_small(after: int, small: float) -> Gradient:
    """Gradient 1 for so many steps, then a small one."""
    return lambda theta, t: np.full_like(theta, 1.0 if t <= after else small)


def any_sign(sizes: Array, seed: int) -> Gradient:
    """Gradients of these sizes (P,), each up or down by chance: on average there is no way to go."""
    return lambda theta, t: sizes * np.random.default_rng([seed, SIGNS, t]).choice([-1.0, 1.0], len(sizes))


def stretch(path: Path) -> Array:
    """How far each step goes per gradient: (w − w′)/g, NaN where there is no gradient. (T, ..., P)"""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(path.gradients == 0, np.nan, -np.diff(path.thetas, axis=0) / path.gradients)


BEALE, FROM_BEALE = SURFACES["beale"], {"momentum": 0.01, "nesterov": 0.01, "sgd": 0.05}
"""A surface whose start is far steeper than what follows, and rates at which optimisers leave it from there."""


def steep_start(optimizer: str, warmup: int, steps: int = 300) -> Path:
    """From Beale's start with a rate that rises over so many steps (1: not at all), up to where it leaves the picture."""
    c = TrainingConfig(optimizer=optimizer, learning_rate=FROM_BEALE[optimizer], schedule="warmup",
                       schedule_epochs=float(warmup))
    path = walk(c, lambda theta, t: BEALE.gradient(theta), BEALE.start, steps)
    out = np.flatnonzero(np.logical_not(BEALE.inside(path.thetas)))
    last = int(out[0]) if len(out) else len(path)
    return Path(c, path.thetas[:last + 1], path.gradients[:last], tuple(memory[:last + 1] for memory in path.memories))
