"""The mathematics of the lesson on losses, through the engine's own losses. Errors are r = ŷ − y, rows are samples."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.losses import LOSSES, Loss, huber, output_head

FITS = ("squared_error", "absolute_error", "huber")
"""The losses whose best line is compared."""


def loss_named(name: str, delta: float = 1.0) -> Loss:
    """The engine's loss; δ is Huber's and ignored elsewhere."""
    return huber(delta) if name == "huber" else LOSSES[name]


def over_errors(name: str, r: Array, delta: float = 1.0) -> tuple[Array, Array]:
    """A regression loss and its slope dL/dŷ at the errors r. Each has the shape of r."""
    loss, zero = loss_named(name, delta), np.zeros_like(r)
    return loss.value(r, zero), loss.derivative(r, zero)


def over_sums(loss: str, z: Array, y: Array) -> tuple[Array, Array]:
    """A loss for two classes and its slope dL/dz at the sums z, for classes y of 0 and 1. All (N,)

    Hinge judges z itself (targets −1 and +1); the others p = σ(z).
    """
    head = output_head("classification", 1, "linear" if loss == "hinge" else "sigmoid", loss)
    Z, Y = z[:, None], head.encode(y, 2)
    return head.per_row(Z, Y), head.gradient(Z, Y, 1.0)[:, 0]


@dataclass(frozen=True)
class Cost:
    """What n errors come to. engine: the cost that the engine lowers, half of the mean squared error."""

    squares: Array
    mse: float
    rmse: float
    mae: float
    engine: float


def cost(predicted: Array, y: Array) -> Cost:
    """MSE = mean r², RMSE = √MSE, MAE = mean |r|, and the engine's mean of ½r². predicted, y: (n,)"""
    r = predicted - y
    mse = float((r * r).mean())
    engine = output_head("regression", 1).value(predicted[:, None], y[:, None])
    return Cost(r * r, mse, float(np.sqrt(mse)), float(np.abs(r).mean()), float(engine))


def best_fit(X: Array, y: Array, loss: str, delta: float = 1.0) -> Array:
    """The coefficients c that make the mean loss of X c − y smallest. X: (n, k) with k ≤ 2, y: (n,). Returns (k,)

    Squared error: least squares. Absolute error: some best fit goes through k of the points, so all such fits are tried.
    Huber: least squares again and again, each row weighted by min(1, δ/|r|) (Beaton & Tukey, 1974).
    """
    c = np.asarray(np.linalg.lstsq(X, y)[0], np.float64)
    if loss == "absolute_error":
        picks = np.array(list(combinations(range(len(y)), X.shape[1])))
        picks = picks[np.abs(np.linalg.det(X[picks])) > 1e-12]
        tried = np.linalg.solve(X[picks], y[picks][..., None])[..., 0]
        return tried[np.abs(tried @ X.T - y).sum(1).argmin()]
    for _ in range(500 if loss == "huber" else 0):
        w = delta / np.maximum(np.abs(X @ c - y), delta)
        before, c = c, np.asarray(np.linalg.solve(X.T @ (w[:, None] * X), X.T @ (w * y)), np.float64)
        if np.abs(c - before).max() < 1e-12:
            break
    return c


def steps_until_right(loss: str, z: float, y: int, rate: float = 1.0, most: int = 5_000) -> int | None:
    """Steps of z ← z − η dL/dz until the class y is the more probable one; None when `most` do not suffice."""
    head = output_head("classification", 1, "sigmoid", loss)
    Z, Y = np.array([[z]]), np.array([[float(y)]])
    for step in range(most + 1):
        if (Z[0, 0] > 0) == bool(y):
            return step
        Z = Z - head.gradient(Z, Y, rate)
    return None


@dataclass(frozen=True)
class Several:
    """Softmax and cross-entropy of one sample: probabilities, loss −ln p of the right class, gradient p − y. (K,)"""

    p: Array
    loss: float
    gradient: Array


def several(z: Array, right: int) -> Several:
    """z: (K,) the sums of the output units."""
    head = output_head("classification", len(z))
    Y = np.eye(len(z))[[right]]
    return Several(head.activate(z[None])[0], float(head.per_row(z[None], Y)[0]), head.gradient(z[None], Y, 1.0)[0])


@dataclass(frozen=True)
class Bowl:
    """The cost of ŷ = w x over one weight: ½ mean (w x − y)². x, y: (n,)"""

    x: Array
    y: Array

    def cost(self, w: Array) -> Array:
        """At the weights w (T,). Returns (T,)"""
        return output_head("regression", 1).value((w[:, None] * self.x)[..., None], self.y[:, None])

    def slope(self, w: float) -> float:
        """dJ/dw = mean (w x − y) x"""
        gradient = output_head("regression", 1).gradient((w * self.x)[:, None], self.y[:, None], 1 / len(self.x))
        return float((gradient[:, 0] * self.x).sum())

    @property
    def best(self) -> float:
        """Σ x y / Σ x², where the slope is 0."""
        return float(self.x @ self.y / (self.x @ self.x))

    @property
    def border(self) -> float:
        """The rate 2/k, with the bend k = mean x²: at it the point swings for ever, above it runs away."""
        return float(2 / (self.x @ self.x / len(self.x)))

    def roll(self, w: float, rate: float, steps: int) -> Array:
        """w and what follows of w ← w − η dJ/dw. Returns (steps + 1,)"""
        path = [w]
        for _ in range(steps):
            path.append(path[-1] - rate * self.slope(path[-1]))
        return np.array(path)

    def manner(self, rate: float) -> str:
        """How it goes at this rate, by the factor 1 − ηk that each step puts on the distance to the best weight."""
        factor = round(1 - 2 * rate / self.border, 9)
        if abs(factor) >= 1:
            return "swings for ever" if factor == -1 else "runs away"
        return "crawls" if factor > 0.9 else "rolls down" if factor > 0 else "jumps over" if factor else "lands at once"
