"""Activation functions: each with its derivative beside it.

`f(Z)` maps pre-activations to outputs; `derivative(Z, A)` gives dA/dZ, element by element, from the
pre-activation Z and the output A = f(Z) (many derivatives are cheapest in A). Both keep the shape.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import erf, expit

from ann_core.base.arrays import Array
from ann_core.base.registry import Registry

SELU_SCALE = 1.0507009873554805  # Klambauer et al., 2017
SELU_ALPHA = 1.6732632423543772


@dataclass(frozen=True)
class Activation:
    """One activation function and what a learner should know about it."""

    key: str
    label: str
    formula: str
    f: Callable[[Array], Array]
    derivative: Callable[[Array, Array], Array]
    range: tuple[float, float]
    advice: str
    initializer: str = "glorot_normal"
    center: float = 0.0
    """The output shown in the neutral colour: the middle of the range when that is not 0."""
    rectifier: bool = False
    """True when a unit can be off for every row and then learns nothing (it is 'dead')."""
    with_alpha: "Callable[[float], Activation] | None" = None
    """For families with a slope parameter: the member for a given alpha."""
    alpha: float | None = None
    """The slope of this member of such a family."""

    @cached_property
    def steepest(self) -> float:
        """The largest |φ′|, read off a fine grid around 0 (1 for a function that is flat everywhere)."""
        Z = np.linspace(-6, 6, 1201)
        top = float(np.abs(self.derivative(Z, self.f(Z))).max())
        return top if top > 0 else 1.0

    @property
    def zero_centered(self) -> bool:
        """True when outputs lie evenly on both sides of 0."""
        return self.range[0] == -self.range[1]

    @property
    def bounded(self) -> bool:
        """True when the output can neither grow nor fall without end."""
        return bool(np.isfinite(self.range).all())


def _sigmoid(Z: Array) -> Array:
    """eᶻ / (1 + eᶻ), exact in both tails. NumPy's vectorised exp makes it three times as fast as SciPy's for many networks."""
    E = np.minimum(Z, 700.0)  # e⁷⁰⁰ is still a number
    np.exp(E, out=E)
    E /= E + 1
    return E


def _sigmoid_slope(Z: Array, A: Array) -> Array:
    slope = 1 - A
    slope *= A
    return slope


def _relu_family(alpha: float) -> Activation:
    def f(Z: Array) -> Array:
        return np.where(Z > 0, Z, alpha * Z)

    def derivative(Z: Array, A: Array) -> Array:
        return np.where(Z > 0, 1.0, alpha)

    return Activation("leaky_relu", "leaky ReLU", r"z>0:\ z\quad z\le 0:\ \alpha z", f, derivative, (-np.inf, np.inf),
                      "ReLU with a small slope α on the left, so a unit can never be switched off for good.",
                      "he_normal", with_alpha=_relu_family, alpha=alpha)


def _elu_family(alpha: float, scale: float = 1.0) -> tuple[Callable[[Array], Array], Callable[[Array, Array], Array]]:
    def f(Z: Array) -> Array:
        return scale * np.where(Z > 0, Z, alpha * np.expm1(np.minimum(Z, 0)))

    def derivative(Z: Array, A: Array) -> Array:
        return np.where(Z > 0, scale, A + scale * alpha)  # scale α eᶻ = A + scale α

    return f, derivative


def _elu(alpha: float) -> Activation:
    return Activation("elu", "ELU", r"z>0:\ z\quad z\le 0:\ \alpha(e^z-1)", *_elu_family(alpha), (-alpha, np.inf),
                      "Like ReLU, but smooth and with negative outputs that pull the mean towards 0.",
                      "he_normal", with_alpha=_elu, alpha=alpha)


def _softplus(Z: Array) -> Array:
    return np.logaddexp(0.0, Z)


def _mish_derivative(Z: Array, A: Array) -> Array:
    t = np.tanh(_softplus(Z))
    return t + Z * (1 - t * t) * expit(Z)


def _silu_derivative(Z: Array, A: Array) -> Array:
    s = expit(Z)
    return s + A * (1 - s)


def _normal_cdf(Z: Array) -> Array:
    return 0.5 * (1 + erf(Z / np.sqrt(2)))


def _gelu_derivative(Z: Array, A: Array) -> Array:
    return _normal_cdf(Z) + Z * np.exp(-0.5 * Z * Z) / np.sqrt(2 * np.pi)


ACTIVATIONS: Registry[Activation] = Registry("activation", [
    Activation("linear", "linear", r"z", lambda Z: Z, lambda Z, A: np.ones_like(Z), (-np.inf, np.inf),
               "No bend at all: a stack of linear layers is one linear layer. Right for the output in regression."),
    Activation("sigmoid", "sigmoid", r"\frac{1}{1+e^{-z}}", _sigmoid, _sigmoid_slope, (0, 1),
               "Right for the output with two classes. In deep hidden layers its slope (at most 0.25) "
               "makes gradients vanish.",
               center=0.5),
    Activation("tanh", "tanh", r"\tanh z", np.tanh, lambda Z, A: 1 - A * A, (-1, 1),
               "A sigmoid around 0 with slopes up to 1: a good hidden unit for small networks."),
    Activation("relu", "ReLU", r"\max(0,z)", lambda Z: np.maximum(Z, 0), lambda Z, A: (Z > 0).astype(np.float64),
               (0, np.inf), "The usual hidden unit: slope 1 when on, 0 when off. A unit that is off for every row is dead.",
               "he_normal", rectifier=True),
    _relu_family(0.01),
    _elu(1.0),
    Activation("selu", "SELU", r"\lambda\,\mathrm{ELU}_\alpha(z)", *_elu_family(SELU_ALPHA, SELU_SCALE),
               (-SELU_SCALE * SELU_ALPHA, np.inf),
               "ELU scaled so that mean 0 and variance 1 survive any depth, with LeCun's initialiser.",
               "lecun_normal"),
    Activation("gelu", "GELU", r"z\,\Phi(z)", lambda Z: Z * _normal_cdf(Z), _gelu_derivative, (-0.17, np.inf),
               "A smooth ReLU, used in Transformers.", "he_normal"),
    Activation("silu", "SiLU (swish)", r"z\,\sigma(z)", lambda Z: Z * expit(Z), _silu_derivative, (-0.279, np.inf),
               "A smooth ReLU with a small dip below 0.", "he_normal"),
    Activation("mish", "Mish", r"z\tanh(\ln(1+e^z))", lambda Z: Z * np.tanh(_softplus(Z)), _mish_derivative,
               (-0.309, np.inf), "Close to SiLU; smooth everywhere.", "he_normal"),
    Activation("softplus", "softplus", r"\ln(1+e^z)", _softplus, lambda Z, A: expit(Z), (0, np.inf),
               "A ReLU with its corner rounded off; its slope is the sigmoid.", "he_normal"),
    Activation("softsign", "softsign", r"\frac{z}{1+|z|}", lambda Z: Z / (1 + np.abs(Z)),
               lambda Z, A: (1 - np.abs(A)) ** 2, (-1, 1), "Like tanh, but it flattens out more slowly."),
    Activation("hard_sigmoid", "hard sigmoid", r"\min(1,\max(0,\tfrac{z}{6}+\tfrac12))",
               lambda Z: np.clip(Z / 6 + 0.5, 0, 1), lambda Z, A: np.where(np.abs(Z) < 3, 1 / 6, 0.0), (0, 1),
               "A sigmoid of three straight pieces: cheap, and exactly flat beyond ±3.", center=0.5),
    Activation("sine", "sine", r"\sin z", np.sin, lambda Z, A: np.cos(Z), (-1, 1),
               "A wave: it never saturates and fits patterns that repeat."),
    Activation("gaussian", "Gaussian", r"e^{-z^2}", lambda Z: np.exp(-Z * Z), lambda Z, A: -2 * Z * A, (0, 1),
               "A bump: high near z = 0 and off on both sides.", center=0.5),
    Activation("step", "step", r"z>0:\ 1\quad z\le 0:\ 0", lambda Z: (Z > 0).astype(np.float64),
               lambda Z, A: np.zeros_like(Z), (0, 1),
               "The first artificial neuron. Its slope is 0 everywhere, so gradient descent cannot train it.",
               center=0.5),
])


def activation(key: str, alpha: float | None = None) -> Activation:
    """The activation named `key`; `alpha` sets the slope of leaky ReLU and ELU and is ignored elsewhere."""
    record = ACTIVATIONS[key]
    return record.with_alpha(alpha) if record.with_alpha and alpha is not None else record


def softmax(Z: Array, temperature: float = 1.0) -> Array:
    """exp(Z/T) / Σ exp(Z/T) over the last axis, shifted by the maximum so that nothing overflows. Z: (..., K)"""
    E = np.exp((Z - Z.max(-1, keepdims=True)) / temperature)
    return E / E.sum(-1, keepdims=True)
