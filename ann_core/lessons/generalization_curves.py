"""Least squares with more and more freedom: polynomials through fifteen points, and features beyond the number of rows."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.polynomial.legendre import legvander

from ann_core.base.arrays import Array
from ann_core.data import GENERATORS, MADE_STREAM
from ann_core.data.made.surfaces import cubic

POINTS, NOISE, REACH = 15, 0.3, 2.0
DEGREES = tuple(range(POINTS))
POINTS_FROM = 9
"""The draw that is shown first: its errors over the degree look much like the medians of twenty draws."""
FEATURES_STREAM = 311  # random streams are default_rng([seed, purpose]); see ann_core.data.MADE_STREAM
ROWS, INPUTS, TESTS = 60, 20, 500
SIZES = (1, 5, 10, 20, 30, 40, 50, 55, 58, 60, 62, 65, 70, 80, 100, 150, 200, 400, 800, 1600)
"""How many features are tried; closely around the number of rows."""


def rmse(errors: Array) -> float:
    """The root of the mean of the squares."""
    return float(np.sqrt((errors**2).mean()))


@dataclass(frozen=True, eq=False)
class Polynomial:
    """A polynomial fitted to points. x, y: (15,), c: (degree + 1,) of the Legendre polynomials of x/2"""

    x: Array
    y: Array
    c: Array

    def __call__(self, x: Array) -> Array:
        """Its values there."""
        return legvander(x / REACH, len(self.c) - 1) @ self.c

    @property
    def train(self) -> float:
        """Its distance from the points, root mean square."""
        return rmse(self(self.x) - self.y)

    @property
    def test(self) -> float:
        """Its distance from the true curve, root mean square over all of it."""
        x = np.linspace(-REACH, REACH, 401)
        return rmse(self(x) - cubic(x[:, None]))


def points(draw: int) -> tuple[Array, Array]:
    """Fifteen points of a smooth curve, with noise of standard deviation 0.15. Returns x, y (15,)"""
    X, y = GENERATORS["cubic"].make(POINTS, NOISE, np.random.default_rng([draw, MADE_STREAM]))
    return X[:, 0], y


def polynomial(degree: int, draw: int = 0, pull: float = 0.0) -> Polynomial:
    """The one that makes the mean of the squared errors, plus pull · |c|², least."""
    x, y = points(draw)
    V = legvander(x / REACH, degree)
    if not pull:
        return Polynomial(x, y, np.asarray(np.linalg.lstsq(V, y, rcond=None)[0], float))
    return Polynomial(x, y, np.asarray(np.linalg.solve(V.T @ V + pull * POINTS * np.eye(degree + 1), V.T @ y), float))


@dataclass(frozen=True, eq=False)
class Features:
    """Rows for a regression on features drawn at random: y = Xβ + 0.5 ε, x ∈ ℝ²⁰ normal, |β| about 1.

    X: (N, 20), y: (N,); fresh: (M, 20) rows and their answers without noise (M,)   W: (20, P), b: (P,)
    """

    draw: int

    @cached_property
    def _drawn(self) -> tuple[Array, Array, Array, Array, Array, Array]:
        rng = np.random.default_rng([self.draw, FEATURES_STREAM])
        beta = rng.standard_normal(INPUTS) / np.sqrt(INPUTS)
        X, fresh = rng.standard_normal((ROWS, INPUTS)), rng.standard_normal((TESTS, INPUTS))
        y = X @ beta + 0.5 * rng.standard_normal(ROWS)
        W, b = rng.standard_normal((INPUTS, SIZES[-1])) / np.sqrt(INPUTS), 0.1 * rng.standard_normal(SIZES[-1])
        return X, y, fresh, fresh @ beta, W, b

    def fit(self, p: int) -> tuple[float, float, float]:
        """Least squares on the first p features max(0, Wx + b), of all solutions the shortest (Belkin et al., 2019).

        Returns training and test RMSE, and the length of the output weights.
        """
        X, y, fresh, true, W, b = self._drawn
        H, H_fresh = (np.maximum(0, rows @ W[:, :p] + b[:p]) for rows in (X, fresh))
        w = np.linalg.lstsq(H, y, rcond=None)[0]
        return rmse(H @ w - y), rmse(H_fresh @ w - true), float(np.linalg.norm(w))


def sweep(draw: int) -> Array:
    """Training RMSE, test RMSE and length of the weights for each of SIZES. Returns (3, 20)"""
    features = Features(draw)
    return np.array([features.fit(p) for p in SIZES]).T
