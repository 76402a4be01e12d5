"""The mathematics of the lesson on initialisation: first weights as the engine draws them, and one layer of them at work."""

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, ndtr

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.initializers import INITIALIZERS

DRAWS, INPUTS = 311, 312
"""Purposes of random streams: the first weights of one layer, and its inputs."""
SUM_ROWS, SUM_UNITS = 400, 100
"""Rows that go through one layer, and its units."""


@dataclass(frozen=True)
class Start:
    """How weights begin: an initialiser of the engine, with the σ that some of them use."""

    initializer: str
    sigma: float = 1.0

    @property
    def label(self) -> str:
        """The initialiser with its σ: normal (0.01)."""
        return INITIALIZERS[self.initializer].label.replace("σ", words(self.sigma))

    @property
    def uses_sigma(self) -> bool:
        return INITIALIZERS[self.initializer].uses_sigma

    @property
    def random(self) -> bool:
        """Whether another stream of random numbers gives other weights."""
        return not np.array_equal(self.draw((2, 2), 0), self.draw((2, 2), 1))

    def draw(self, shape: tuple[int, int], seed: int) -> Array:
        """First weights of a layer on its own. Returns (n_in, n_out)"""
        return INITIALIZERS[self.initializer].draw(np.random.default_rng([seed, DRAWS]), shape, self.sigma)

    def variance(self, n_in: int, n_out: int) -> float:
        """Var(W) as the initialiser's formula has it."""
        return INITIALIZERS[self.initializer].spread(n_in, n_out, self.sigma) ** 2 if self.random else 0.0

    def below(self, w: Array, n_in: int, n_out: int) -> Array:
        """The share of weights that its distribution has below each w. Orthogonal: a weight is a coordinate of a random point
        on a sphere of radius σ in max(n_in, n_out) dimensions, so the square of w/σ has a beta distribution."""
        std = float(np.sqrt(self.variance(n_in, n_out)))
        if not self.random:
            return (w >= self.draw((1, 1), 0)[0, 0]).astype(np.float64)
        if self.initializer == "orthogonal":
            part = np.clip(w / self.sigma, -1, 1)
            return 0.5 + 0.5 * np.sign(part) * betainc(0.5, (max(n_in, n_out) - 1) / 2, part * part)
        if "uniform" in self.initializer:
            return np.clip(0.5 + w / (2 * np.sqrt(3) * std), 0, 1)
        return ndtr(w / std)


def pooled_variance(start: Start, shape: tuple[int, int], draws: int) -> float:
    """The variance of the weights of so many draws together."""
    return float(np.stack([start.draw(shape, seed) for seed in range(draws)]).var())


# One layer -----------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Sums:
    """Inputs X (N, n_in) of one layer and its sums Z = X W (N, n_out). square: the mean of X² as their distribution has it"""

    X: Array
    Z: Array
    square: float
    variance: float

    @property
    def spread(self) -> float:
        """√(n_in · Var(W) · mean of X²): what theory says of the spread of Z."""
        return float(np.sqrt(self.X.shape[1] * self.variance * self.square))


def sums(n_in: int, variance: float, halved: bool = False, seed: int = 0) -> Sums:
    """Normal inputs of spread 1 through weights with this variance. halved: a ReLU stands before them, which keeps half of the
    mean square"""
    X = np.random.default_rng([seed, INPUTS]).standard_normal((SUM_ROWS, n_in))
    X = ACTIVATIONS["relu"].f(X) if halved else X
    W = Start("normal", float(np.sqrt(variance))).draw((n_in, SUM_UNITS), seed)
    return Sums(X, X @ W, 0.5 if halved else 1.0, variance)
