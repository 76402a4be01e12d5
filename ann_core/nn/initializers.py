"""How weights begin: one raw draw per layer, then a scale. Biases begin at 0.

The raw draw (unit variance) depends on the seed and the layer only, so two networks that differ in their
initialiser share it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array
from ann_core.base.registry import Registry


def _normal(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    return rng.standard_normal(shape)


def _uniform(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    return rng.uniform(-np.sqrt(3), np.sqrt(3), shape)  # variance 1


def _ones(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    return np.ones(shape)


def _orthogonal(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Orthonormal rows or columns, whichever are fewer. Saxe, McClelland & Ganguli, 2014."""
    raw = rng.standard_normal(shape)
    Q, R = np.linalg.qr(raw if shape[0] >= shape[1] else raw.T)
    Q = Q * np.where(np.diag(R) < 0, -1.0, 1.0)  # makes the draw uniform over orthogonal matrices
    return Q if shape[0] >= shape[1] else Q.T


@dataclass(frozen=True)
class Initializer:
    """W = std(n_in, n_out, sigma) · raw draw. W: (n_in, n_out)"""

    key: str
    label: str
    formula: str
    raw: Callable[[np.random.Generator, tuple[int, ...]], Array]
    std: Callable[[int, int, float], float]
    advice: str
    uses_sigma: bool = False

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], sigma: float,
             fans: tuple[int, ...] | None = None) -> Array:
        """The first weights of one matrix (n_in, n_out). fans: how many numbers come into and go out of a unit, where a matrix
        is used at several places."""
        return self.std((fans or shape)[0], (fans or shape)[1], sigma) * self.raw(rng, shape)

    def spread(self, n_in: int, n_out: int, sigma: float, shape: tuple[int, ...] | None = None) -> float:
        """√ of the mean square of one weight. n_in, n_out: its fans   shape: of its matrix, where that is not (n_in, n_out)"""
        entry = 1 / float(np.sqrt(max(shape or (n_in, n_out)))) if self.raw is _orthogonal else 1.0
        return self.std(n_in, n_out, sigma) * entry


def _glorot(n_in: int, n_out: int, sigma: float) -> float:
    return float(np.sqrt(2 / (n_in + n_out)))  # Glorot & Bengio, 2010


def _he(n_in: int, n_out: int, sigma: float) -> float:
    return float(np.sqrt(2 / n_in))  # He et al., 2015


def _lecun(n_in: int, n_out: int, sigma: float) -> float:
    return float(np.sqrt(1 / n_in))  # LeCun et al., 1998


def _sigma(n_in: int, n_out: int, sigma: float) -> float:
    return sigma


_GLOROT = r"\mathrm{Var}(W)=\tfrac{2}{n_{in}+n_{out}}"
_HE = r"\mathrm{Var}(W)=\tfrac{2}{n_{in}}"
_LECUN = r"\mathrm{Var}(W)=\tfrac{1}{n_{in}}"

@dataclass(frozen=True)
class RecurrentInitializer:
    """How a square matrix begins that leads from one state to the next. raw: of a side and spectral radius about 1, for a
    scale that multiplies it"""

    key: str
    label: str
    advice: str
    raw: Callable[[np.random.Generator, int], Array]


RECURRENT: Registry[RecurrentInitializer] = Registry("recurrent initialiser", [
    RecurrentInitializer("orthogonal", "orthogonal", "Turns the state without stretching it: all singular values are 1 (times "
                         "the scale).", lambda rng, n: _orthogonal(rng, (n, n))),
    RecurrentInitializer("identity", "identity", "Hands the state on as it is (Le, Jaitly & Hinton, 2015).",
                         lambda rng, n: np.eye(n)),
    RecurrentInitializer("normal", "normal", "Each number drawn by itself with standard deviation scale/√units: some "
                         "directions are stretched, others shrink.", lambda rng, n: rng.standard_normal((n, n)) / np.sqrt(n)),
])

INITIALIZERS: Registry[Initializer] = Registry("initialiser", [
    Initializer("glorot_normal", "Xavier/Glorot, normal", _GLOROT, _normal, _glorot,
                "Over a few tanh-like layers, signals and gradients keep about their size."),
    Initializer("glorot_uniform", "Xavier/Glorot, uniform", _GLOROT, _uniform, _glorot,
                "The same variance as its normal form, drawn evenly."),
    Initializer("he_normal", "He/Kaiming, normal", _HE, _normal, _he,
                "Doubles the variance to make up for the half that ReLU switches off."),
    Initializer("he_uniform", "He/Kaiming, uniform", _HE, _uniform, _he,
                "The same variance as its normal form, drawn evenly."),
    Initializer("lecun_normal", "LeCun, normal", _LECUN, _normal, _lecun, "The partner of SELU."),
    Initializer("lecun_uniform", "LeCun, uniform", _LECUN, _uniform, _lecun,
                "The same variance as its normal form, drawn evenly."),
    Initializer("orthogonal", "orthogonal", r"W^\top W=\sigma^2 I", _orthogonal, _sigma,
                "Turns signals without stretching them (σ = 1).", True),
    Initializer("normal", "normal (σ)", r"W\sim\mathcal N(0,\sigma^2)", _normal, _sigma,
                "One size for every layer: too small and the signal dies, too large and it saturates or explodes.", True),
    Initializer("uniform", "uniform (±σ)", r"W\sim\mathcal U(-\sigma,\sigma)", _uniform,
                lambda n_in, n_out, sigma: sigma / float(np.sqrt(3)), "One range for every layer.", True),
    Initializer("constant", "constant (σ)", r"W=\sigma", _ones, _sigma,
                "All units of a layer start equal and stay equal for ever.", True),
    Initializer("zeros", "zeros", r"W=0", _ones, lambda n_in, n_out, sigma: 0.0,
                "All units of a layer stay equal for ever; behind a hidden layer nothing moves at all."),
])
