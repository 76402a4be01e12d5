"""One neuron: the numbers behind the first lesson, by the engine's own functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.config import NetworkConfig
from ann_core.nn.layers import PLAIN, Dense
from ann_core.nn.layers.base import Views
from ann_core.nn.losses import OutputHead, output_head
from ann_core.nn.network import Network, build_network

CORNERS = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))
TABLES = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "XOR": (0, 1, 1, 0)}
"""The answers to the four corners, in their order."""
THRESHOLDS = {"sigmoid": 0.5, "tanh": 0.0, "step": 0.0}
"""An output above this means class 1."""
EXAMPLES = ((0.5, 1.6), (1.0, 1.5), (1.5, 2.5), (2.0, 2.3), (2.5, 3.4), (3.0, 3.2), (3.5, 3.6), (4.0, 4.5))
"""Eight pairs (x, y) scattered around RULE."""
RULE = (0.8, 1.0)
"""Weight and bias of the rule behind EXAMPLES, which a learner would not know."""
GROUPS = ((-1.5, 0.5, 0), (-0.5, -1.0, 0), (0.2, 0.3, 0), (-1.0, 1.2, 0), (0.5, -1.5, 0), (1.2, -1.1, 0),
          (1.5, 0.2, 1), (0.8, 0.9, 1), (0.3, 1.6, 1), (1.6, 1.3, 1), (1.9, -0.4, 1), (-0.4, 1.9, 1))
"""Twelve points (x₁, x₂, class) that a line can divide, but none through the origin."""
SHELF = ((8.0, 0), (1.0, 1), (1.0, 1), (1.0, 1), (1.0, 1), (1.0, 0))
"""Six pairs (x, class) that pull one weight both ways: squared error through a sigmoid has two valleys for them."""


# One unit

def weighted_sum(x: Sequence[float], w: Sequence[float], b: float) -> float:
    """z = Σ wᵢxᵢ + b, by the engine's dense layer with one unit."""
    return float(sums([x], w, b)[0])


def sums(X: Sequence[Sequence[float]] | Array, w: Sequence[float], b: float) -> Array:
    """z of every row. X: (N, n)   Returns (N,)"""
    p = Views(W=np.array(w, dtype=float)[:, None], b=np.array([[b]], dtype=float))
    Z, _ = Dense(len(w), 1).forward(p, np.asarray(X, dtype=float), PLAIN)
    return Z[:, 0]


def answer(kind: str, z: float) -> float:
    """The activation's output at z."""
    return float(ACTIVATIONS[kind].f(np.array([z], dtype=float))[0])


def distance_to_origin(w: Sequence[float], b: float) -> float | None:
    """How far the boundary w·x + b = 0 lies from the origin, |b| / ‖w‖; None where there is no boundary (w = 0)."""
    length = float(np.linalg.norm(w))
    return abs(b) / length if length else None


def groups_right(w: Sequence[float], b: float) -> int:
    """How many of GROUPS lie on their side."""
    *X, y = np.array(GROUPS).T
    return int(((sums(np.array(X).T, w, b) > 0) == (y > 0)).sum())


def groups_best_without_bias() -> int:
    """The most of GROUPS that a line through the origin gets right, over a turn in steps of half a degree."""
    return max(groups_right((np.cos(turn), np.sin(turn)), 0.0) for turn in np.radians(np.arange(0, 360, 0.5)))


# Four corners, one line

def right_count(table: str, w: Sequence[float], b: float) -> int:
    """How many of the four corners lie on their side: class 1 where z > 0."""
    return int(((sums(CORNERS, w, b) > 0) == np.array(TABLES[table], dtype=bool)).sum())


def best_count(table: str) -> int:
    """The most corners that any line gets right. These few lines make all 14 divisions of the corners that lines can make."""
    lines = product((-1.0, 0.0, 1.0), (-1.0, 0.0, 1.0), (-1.5, -0.5, 0.5, 1.5))
    return max(right_count(table, (w1, w2), b) for w1, w2, b in lines)


@dataclass(frozen=True)
class Visit:
    """One sample shown to the perceptron. before, after: (w₁, w₂, b)"""

    sample: int
    z: float
    guess: int
    error: int
    before: tuple[float, float, float]
    after: tuple[float, float, float]


FIRST = (-0.5, 0.75, 0.25)
"""Weights and bias that the perceptron begins with."""


def visit(table: str, sample: int, before: tuple[float, float, float], eta: float) -> Visit:
    """One corner is shown: w ← w + η (y − ŷ) x, b ← b + η (y − ŷ). Rosenblatt, 1958."""
    (w1, w2, b), (x1, x2) = before, CORNERS[sample]
    z = weighted_sum((x1, x2), (w1, w2), b)
    guess = int(answer("step", z))
    error = TABLES[table][sample] - guess
    return Visit(sample, z, guess, error, before, (w1 + eta * error * x1, w2 + eta * error * x2, b + eta * error))


def perceptron(table: str, eta: float, visits: int) -> list[Visit]:
    """The learning rule, one corner after the other."""
    found: list[Visit] = []
    for i in range(visits):
        found.append(visit(table, i % 4, found[-1].after if found else FIRST, eta))
    return found


def settled_after(visits: Sequence[Visit]) -> int | None:
    """The number of samples after which the rule changed nothing more, when a whole round (four) shows that; else None."""
    last = max((i + 1 for i, visit in enumerate(visits) if visit.error), default=0)
    return last if len(visits) - last >= 4 else None


def circle(visits: Sequence[Visit]) -> tuple[int, int] | None:
    """The first two rounds that begin with the same weights although something was corrected between; None when none do."""
    seen: dict[tuple[float, float, float], int] = {}
    for turn, i in enumerate(range(0, len(visits), 4)):
        before = visits[i].before
        if before in seen and any(visit.error for visit in visits[4 * seen[before]:i]):
            return seen[before], turn
        seen.setdefault(before, turn)
    return None


# A line through points

def least_squares() -> tuple[float, float]:
    """Weight and bias with the smallest squared error on EXAMPLES, solved exactly."""
    x, y = np.array(EXAMPLES).T
    w, b = np.linalg.lstsq(np.column_stack([x, np.ones_like(x)]), y)[0]
    return float(w), float(b)


def cost(w: float, b: float) -> float:
    """½ (y − ŷ)², its mean over EXAMPLES."""
    x, y = np.array(EXAMPLES).T
    return float(_line_head().value(sums(x[:, None], [w], b)[:, None], y[:, None]))


def slope(w: float, b: float) -> float:
    """∂/∂w of `cost`: the mean of −x (y − ŷ)."""
    x, y = np.array(EXAMPLES).T
    return float(_line().loss_and_grad(np.array([w, b], dtype=float), x[:, None], y[:, None])[1][0])


@lru_cache(maxsize=16)
def descent(eta: float, epochs: int) -> Array:
    """Gradient descent on `cost` from w = b = 0, all examples in one step. Returns (epochs + 1, 2): (w, b) after each."""
    x, y = np.array(EXAMPLES).T
    path, net = np.zeros((epochs + 1, 2)), _line()
    for i in range(epochs):
        path[i + 1] = path[i] - eta * net.loss_and_grad(path[i], x[:, None], y[:, None])[1]
    return path


def sample_gradient(x: float, y: float, w: float, b: float) -> tuple[float, float]:
    """∂L/∂w and ∂L/∂b of ½ (y − ŷ)² for one sample and one linear unit: −x (y − ŷ) and −(y − ŷ)."""
    theta, X, Y = (np.array(part, dtype=float) for part in ([w, b], [[x]], [[y]]))
    grad = _line().loss_and_grad(theta, X, Y)[1]
    return float(grad[0]), float(grad[1])


def _line() -> Network:
    return build_network(NetworkConfig(layers=()), 1, 1, "regression")


def _line_head() -> OutputHead:
    return output_head("regression", 1)


# Two classes

@dataclass(frozen=True)
class Factors:
    """dL/dz of a sigmoid unit, taken apart: (dL/dp) · σ′(z). Arrays like z."""

    p: Array
    by_loss: Array
    by_slope: Array
    dz: Array


def factors(z: Array, y: int, loss: str = "binary_cross_entropy") -> Factors:
    """The two factors and the engine's own dL/dz, for one sample of class y."""
    head, sigmoid = output_head("classification", 1, "sigmoid", loss), ACTIVATIONS["sigmoid"]
    Z, Y = z[:, None], np.full((len(z), 1), float(y))
    p = sigmoid.f(z)
    return Factors(p, head.loss.derivative(p, Y[:, 0]), sigmoid.derivative(z, p), head.gradient(Z, Y, 1.0)[:, 0])


def shelf_cost(w: Array, loss: str) -> Array:
    """Mean loss of SHELF over one weight (no bias), through a sigmoid. w: (K,)   Returns (K,)"""
    x, y = np.array(SHELF).T
    Z = np.multiply.outer(w, x)[..., None]
    return output_head("classification", 1, "sigmoid", loss).value(Z, np.broadcast_to(y[:, None], Z.shape))


@lru_cache
def shelf_lowest(loss: str) -> float:
    """The weight at which `shelf_cost` is lowest between -4 and 7, to four places."""
    W = np.linspace(-4, 7, 110001)
    return float(W[shelf_cost(W, loss).argmin()])


def roll(start_at: float, loss: str, eta: float = 0.5, steps: int = 200) -> Array:
    """The weight after each step of gradient descent on `shelf_cost`. Returns (steps + 1,)"""
    x, y = np.array(SHELF).T
    net = build_network(NetworkConfig(layers=(), output="sigmoid", loss=loss), 1, 1, "classification")
    path = np.full(steps + 1, float(start_at))
    for i in range(steps):
        path[i + 1] = path[i] - eta * net.loss_and_grad(np.array([path[i], 0.0]), x[:, None], y[:, None])[1][0]
    return path


def bends_downwards(values: Array) -> bool:
    """Whether a curve over evenly spaced places bends downwards somewhere, so that it is not convex."""
    return bool((np.diff(values, 2) < -1e-9).any())
