"""What the lesson on activations shows: stacks that collapse, slopes that multiply, units that die, variance that stays."""

from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.activations import ACTIVATIONS, Activation, softmax
from ann_core.nn.initializers import INITIALIZERS

SMALL, WEIGHTS, INPUTS, GRADIENT = 301, 302, 303, 304
"""Purposes of random streams: the small stack on the plane; a deep stack's weights, inputs, and gradient at its end."""


# A stack of small layers ----------------------------------------------------------------------------------------------

def turn_and_stretch(layers: int, seed: int, first: float | None = None) -> tuple[Array, Array]:
    """Weights (layers, 2, 2) and biases (layers, 2) of a stack on the plane, rounded to one decimal so that they can be read.
    A layer is the same one whatever follows it.

    first: takes the place of the first layer's weight from input 1 to unit 1.
    """
    draws = np.stack([np.random.default_rng([seed, SMALL, layer]).uniform(-1, 1, 5) for layer in range(layers)], -1)
    angle, stretch, lean = np.pi * draws[0], 1.15 + 0.25 * draws[1], 0.4 * draws[2]
    cos, sin = np.cos(angle) * stretch, np.sin(angle) * stretch
    W = np.round(np.stack([cos, sin + lean, -sin, cos], -1).reshape(layers, 2, 2), 1)
    b = np.round(0.5 * draws[3:].T, 1)
    if first is not None:
        W[0, 0, 0] = first
    return W, b


def grid_lines() -> tuple[Array, Array]:
    """Straight lines over the plane, (lines, points, 2): along the first input, then along the second."""
    along = np.linspace(-1, 1, 41)
    across = np.stack([np.stack([along, np.full_like(along, at)], -1) for at in np.linspace(-1, 1, 9)])
    return across, across[..., ::-1]


def stacked(X: Array, W: Array, b: Array, act: Activation) -> Array:
    """The output of all layers, with the activation after each but the last. X: (N, 2), W: (L, 2, 2), b: (L, 2)"""
    A = X
    for i, (weights, bias) in enumerate(zip(W, b, strict=True)):
        Z = A @ weights + bias
        A = Z if i == len(W) - 1 else act.f(Z)
    return A


def collapsed(W: Array, b: Array) -> tuple[Array, Array]:
    """The one layer that equals a stack of linear ones: W = W¹W²…, b = (b¹W² + b²)W³ + …. Returns (2, 2), (2,)"""
    product: Array = W[0]
    bias: Array = b[0]
    for weights, more in zip(W[1:], b[1:], strict=True):
        product, bias = product @ weights, bias @ weights + more
    return product, bias


def nearest_layer(X: Array, A: Array) -> tuple[Array, Array]:
    """The single linear layer X W + b that comes nearest to A in least squares. Returns W (n, m), b (m,)"""
    found = np.asarray(np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), A, rcond=None)[0], np.float64)
    return found[:-1], found[-1]


# What one function is like --------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Traits:
    """What can be measured on an activation.

    steepest: the largest |f′|   mean: its mean output when z is spread evenly around 0 (normal, variance 1)
    saturates: the sides where the slope goes to 0   dies: the sides where the slope is exactly 0 for every large z
    """

    steepest: float
    mean: float
    low: float
    high: float
    saturates: tuple[str, ...]
    dies: tuple[str, ...]

    @property
    def zero_centered(self) -> bool:
        """Whether outputs have mean 0 when the sums do."""
        return abs(self.mean) < 0.005


def traits(act: Activation) -> Traits:
    """Measured on the engine's own function: near 0 for the steepest slope, far out for the flat sides."""
    near = np.linspace(-12, 12, 6_001)
    weight = np.exp(-0.5 * near * near)
    far = {"left": -np.linspace(1000, 1010, 101), "right": np.linspace(1000, 1010, 101)}
    middle = {"left": -np.linspace(5, 10, 101), "right": np.linspace(5, 10, 101)}
    value = act.f(near)
    low, high = (float(value[i]) if 0 < i < len(near) - 1 else bound  # a turning point, or where the curve leads to
                 for i, bound in zip((int(value.argmin()), int(value.argmax())), act.range, strict=True))
    return Traits(
        steepest=float(np.abs(slope(act, near)).max()), mean=float((value * weight).sum() / weight.sum()),
        low=low, high=high,
        saturates=tuple(side for side, z in far.items() if np.abs(slope(act, z)).max() < 1e-4),
        dies=tuple(side for side, z in middle.items() if not slope(act, z).any()))


def slope(act: Activation, z: Array) -> Array:
    """f′(z)"""
    return act.derivative(z, act.f(z))


# Slopes and weights, layer after layer --------------------------------------------------------------------------------

def slope_products(act: Activation, z: float, layers: int) -> Array:
    """The product of n slopes f′(z), all at the same z, for n = 1 … layers. Returns (layers,)"""
    return np.cumprod(np.full(layers, slope(act, np.array([z]))[0]))


@dataclass(frozen=True)
class Depth:
    """What a signal is like after each layer, (L,) each; `gradient`: RMS of dL/dZ, that of the last layer being 1.

    by_slope: RMS of f′   by_weights: √n·σ, what the weights alone do to it on average
    """

    mean: Array
    variance: Array
    gradient: Array
    by_slope: Array
    by_weights: float


def through_depth(act: Activation, layers: int, units: int, rows: int, seed: int, initializer: str,
                  sigma: float = 1.0) -> Depth:
    """Normal inputs (mean 0, variance 1) forward through equally wide layers without bias, and a normal gradient back.

    Two networks that differ in activation or initialiser share inputs, raw weights and gradient.
    """
    W = [square_weights(units, seed, i, initializer, sigma) for i in range(layers)]
    A = np.random.default_rng([seed, INPUTS]).standard_normal((rows, units))
    slopes, mean, variance = [], [], []
    for weights in W:
        Z = A @ weights
        A = act.f(Z)
        slopes.append(act.derivative(Z, A))
        mean.append(A.mean())
        variance.append(A.var())
    dZ = np.random.default_rng([seed, GRADIENT]).standard_normal((rows, units))
    gradient = [1.0]
    size = _rms(dZ)
    for weights, below in zip(W[:0:-1], slopes[-2::-1], strict=True):
        dZ = (dZ @ weights.T) * below
        gradient.append(_rms(dZ) / size)
    return Depth(np.array(mean), np.array(variance), np.array(gradient[::-1]), np.array([_rms(s) for s in slopes]),
                 float(np.sqrt(units)) * INITIALIZERS[initializer].spread(units, units, sigma))


def square_weights(units: int, seed: int, layer: int, initializer: str, sigma: float = 1.0) -> Array:
    """The first weights of one of these layers. Returns (units, units)"""
    return INITIALIZERS[initializer].draw(np.random.default_rng([seed, WEIGHTS, layer]), (units, units), sigma)


def _rms(A: Array) -> float:
    return float(np.sqrt((A * A).mean()))


# One unit on its own --------------------------------------------------------------------------------------------------

ONE_UNIT_ROWS = np.linspace(-2, 2, 41)
ONE_UNIT_GOAL = np.maximum(ONE_UNIT_ROWS + 1, 0)
"""A goal that one ReLU unit can reach: w = 1, b = 1."""


@dataclass(frozen=True)
class UnitPath:
    """One unit while it learns. w, b, loss, dw, db: (steps + 1,) each, before every step."""

    w: Array
    b: Array
    loss: Array
    dw: Array
    db: Array


def train_unit(act: Activation, w: float, b: float, steps: int, rate: float) -> UnitPath:
    """Gradient descent on L = mean ½(f(wx + b) − y)², all rows in one batch: dL/dw = mean (a − y) f′(z) x."""
    x, y = ONE_UNIT_ROWS, ONE_UNIT_GOAL
    rows = []
    for _ in range(steps + 1):
        z = w * x + b
        a = act.f(z)
        dz = (a - y) * act.derivative(z, a) / len(x)
        dw, db = float(dz @ x), float(dz.sum())
        rows.append((w, b, 0.5 * float(((a - y) ** 2).mean()), dw, db))
        w, b = w - rate * dw, b - rate * db
    return UnitPath(*np.array(rows).T)


# Outputs --------------------------------------------------------------------------------------------------------------

def two_as_one(z: Array, shift: float) -> tuple[Array, float]:
    """What two softmax units say about z + shift, and what one sigmoid unit says about z₂ − z₁: the same. z: (2,)"""
    return softmax(z + shift), float(ACTIVATIONS["sigmoid"].f(np.array([z[1] - z[0]]))[0])
