"""Two-input shapes with classes, without noise: place(classes, samples, rng) -> X (N, 2), y (N,).

Row i belongs to class i mod C, so the classes are balanced to within one row.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TURNS = 1.25  # how far a spiral arm winds


def circles(classes, samples, rng):
    """A disc of radius 1 inside a ring from 1.6 to 2.5."""
    y = np.arange(samples) % classes
    return _on_rings(np.array([0.0, 1.6])[y], np.array([1.0, 2.5])[y], rng), y


def rings(classes, samples, rng):
    """C rings around one centre, the innermost a disc, with a gap of a fifth of their width between them."""
    y = np.arange(samples) % classes
    width = 2.6 / classes
    return _on_rings(np.where(y == 0, 0, y + 0.1) * width, (y + 0.9) * width, rng), y


def moons(classes, samples, rng):
    """Upper half circle (cos t, sin t) and lower half circle (1 − cos t, ½ − sin t), t in [0, π]."""
    y = np.arange(samples) % classes
    t = rng.uniform(0, np.pi, samples)
    upper = np.column_stack([np.cos(t), np.sin(t)])
    return np.where(y[:, None] == 0, upper, [1, 0.5] - upper), y


def spiral(classes, samples, rng):
    """C arms, the angle growing in proportion to the radius, each turned by 2π/C from the one before."""
    y = np.arange(samples) % classes
    t = np.sqrt(rng.uniform(0.01, 1, samples))  # the root keeps the points equally dense along an arm
    return _polar(2.6 * t, 2 * np.pi * (TURNS * t + y / classes)), y


def xor(classes, samples, rng):
    """Four squares; class 1 where the signs of x₁ and x₂ differ."""
    i = np.arange(samples)
    y = i % classes
    first = np.where(i // 2 % 2 == 0, 1, -1)
    signs = np.column_stack([first, np.where(y == 0, first, -first)])
    return signs * rng.uniform(0.25, 2.5, (samples, 2)), y


def line(classes, samples, rng):
    """A straight stretch from (−2, −1) to (2, 1), class 0 on its lower half."""
    y = np.arange(samples) % classes
    t = rng.uniform(0, 2, samples) * np.where(y == 0, -1, 1)
    return np.column_stack([t, t / 2]), y


@dataclass(frozen=True)
class Clouds:
    """Round Gaussian clouds. centers(classes) -> (K, 2), in turn of all classes; spread: their standard deviation

    Called as a shape: row i belongs to cloud i mod K.
    """

    centers: Callable[[int], NDArray[np.float64]]
    spread: float

    def __call__(self, classes, samples, rng):
        i, centers = np.arange(samples), self.centers(classes)
        return centers[i % len(centers)] + self.spread * rng.standard_normal((samples, 2)), i % classes


def on_circle(count, radius, turned=0.0):
    """Centres of clouds, evenly on a circle."""
    return _polar(np.full(count, radius), 2 * np.pi * np.arange(count) / count + turned)


def on_grid(side, apart):
    """Centres of clouds in rows and columns around the origin, neighbours of different classes."""
    row, column = np.divmod(np.arange(side * side), side)
    column = (column + row) % side  # every row begins one further
    return apart * (np.column_stack([column, row]) - (side - 1) / 2)


def checkerboard(classes, samples, rng):
    """Sixteen squares of side 1 on [−2, 2]², neighbours of different classes."""
    i = np.arange(samples)
    y = i % classes
    column, pair = i // 2 % 4, i // 8 % 2
    corner = np.column_stack([column, 2 * pair + (column + y) % 2]) - 2
    return corner + rng.uniform(0.05, 0.95, (samples, 2)), y


def _on_rings(inner, outer, rng):
    """Points spread evenly over the area between two radii, one pair of radii a row."""
    radius = np.sqrt(rng.uniform(np.square(inner), np.square(outer)))
    return _polar(radius, rng.uniform(0, 2 * np.pi, len(radius)))


def _polar(radius, angle):
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
