"""Losses and the output heads they are paired with.

A loss is the mean over rows of a per-row loss, a sum over outputs. The 1/m lives in the gradient made here and
nowhere else, so every layer below writes `dW = Aᵀ dZ`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from ann_core.base.arrays import Array
from ann_core.base.registry import Registry
from ann_core.nn.activations import activation, softmax


@dataclass(frozen=True)
class Loss:
    """value(A, Y) -> loss of each element; derivative(A, Y) -> its dL/dA. A, Y: (..., N, n_out)"""

    key: str
    label: str
    formula: str
    value: Callable[[Array, Array], Array]
    derivative: Callable[[Array, Array], Array]
    advice: str
    signed: bool = False
    """True when class targets are −1 and +1 instead of 0 and 1."""


def _log_cosh(R: Array) -> Array:
    return np.abs(R) + np.log1p(np.exp(-2 * np.abs(R))) - np.log(2)  # never forms cosh, which overflows


def huber(delta: float) -> Loss:
    """½r² while |r| ≤ δ, then δ(|r| − δ/2): squared near 0, absolute far out. Huber, 1964."""
    def value(A: Array, Y: Array) -> Array:
        R = np.abs(A - Y)
        return np.where(R <= delta, 0.5 * R * R, delta * (R - 0.5 * delta))

    return Loss("huber", "Huber", r"|r|\le\delta:\ \tfrac12 r^2\quad |r|>\delta:\ \delta(|r|-\tfrac{\delta}{2})", value,
                lambda A, Y: np.clip(A - Y, -delta, delta), "Squared error that forgives outliers.")


LOSSES: Registry[Loss] = Registry("loss", [
    Loss("squared_error", "squared error", r"\tfrac12(\hat y-y)^2", lambda A, Y: 0.5 * (A - Y) ** 2,
         lambda A, Y: A - Y, "The usual loss for regression; one far-off point can rule it."),
    Loss("absolute_error", "absolute error", r"|\hat y-y|", lambda A, Y: np.abs(A - Y),
         lambda A, Y: np.sign(A - Y), "Every error counts in proportion, so outliers pull no harder than others."),
    huber(1.0),
    Loss("log_cosh", "log-cosh", r"\ln\cosh(\hat y-y)", lambda A, Y: _log_cosh(A - Y),
         lambda A, Y: np.tanh(A - Y), "Like Huber, but smooth everywhere."),
    Loss("binary_cross_entropy", "cross-entropy", r"-y\ln p-(1-y)\ln(1-p)",
         lambda A, Y: -(Y * np.log(A) + (1 - Y) * np.log1p(-A)), lambda A, Y: (A - Y) / (A * (1 - A)),
         "The loss for two classes: a confident mistake costs without limit."),
    Loss("categorical_cross_entropy", "cross-entropy", r"-\sum_k y_k\ln p_k",
         lambda A, Y: -Y * np.log(A), lambda A, Y: -Y / A,
         "The loss for several classes: minus the log of the probability given to the right one."),
    Loss("hinge", "hinge", r"\max(0,1-y\,z)", lambda A, Y: np.maximum(0, 1 - Y * A),
         lambda A, Y: np.where(Y * A < 1, -Y, 0.0),
         "Asks only for the right side and a margin of 1; points beyond it cost nothing.", signed=True),
])

Head = tuple[str, str]
HEADS: dict[str, tuple[Head, ...]] = {
    "regression": tuple((output, loss) for output in ("linear", "tanh", "sigmoid")
                        for loss in ("squared_error", "absolute_error", "huber", "log_cosh")),
    "two classes": (("sigmoid", "binary_cross_entropy"), ("sigmoid", "squared_error"), ("tanh", "squared_error"),
                    ("tanh", "hinge"), ("linear", "hinge")),
    "several classes": (("softmax", "categorical_cross_entropy"), ("softmax", "squared_error"),
                        ("sigmoid", "squared_error"), ("linear", "hinge")),
}
"""The output activations and losses that go together, the usual pair first."""


def head_kind(task: str, n_out: int) -> str:
    """Which row of HEADS a task with n_out output units uses."""
    return "regression" if task == "regression" else "two classes" if n_out == 1 else "several classes"


def resolve_head(task: str, n_out: int, output: str = "auto", loss: str = "auto") -> Head:
    """The first allowed pair that agrees with what was asked for.

    Raises ValueError naming the allowed pairs when there is none.
    """
    kind = head_kind(task, n_out)
    for pair in HEADS[kind]:
        if output in ("auto", pair[0]) and loss in ("auto", pair[1]):
            return pair
    allowed = ", ".join(f"{a} + {b}" for a, b in HEADS[kind])
    raise ValueError(f"Output '{output}' with loss '{loss}' does not suit {kind}. Choose one of: {allowed}.")


@dataclass(frozen=True)
class OutputHead:
    """The last activation and the loss together: loss of a batch and dL/dZ of the last layer.

    Z, Y: (..., N, n_out). Canonical pairs use the fused gradient dZ = (P − Y)/m, from logits;
    the others go through dA ⊙ φ′(Z).
    """

    output: str
    loss: Loss
    signed: bool

    def activate(self, Z: Array) -> Array:
        """The network's answer A from the last layer's pre-activations Z."""
        return softmax(Z) if self.output == "softmax" else activation(self.output).f(Z)

    def score(self, Z: Array) -> Array:
        """Answers on one scale for pictures and accuracy: classes in [0, 1] with 0.5 undecided; values as they are."""
        A = self.activate(Z)
        return np.clip((A + 1) / 2, 0, 1) if self.signed else A

    def slopes(self, Z: Array) -> Array:
        """How every answer moves with every sum: ∂a_k/∂z_j of the answers of `score`, as if those were not cut to [0, 1].
        Z: (..., n_out) -> (..., n_out, n_out), k before j"""
        A, one = self.activate(Z), np.eye(Z.shape[-1])
        if self.output == "softmax":
            return A[..., None] * (one - A[..., None, :])
        slope = activation(self.output).derivative(Z, A) / (2 if self.signed else 1)
        return slope[..., None] * one

    def encode(self, y: Array, classes: int) -> Array:
        """Class numbers or values (N,) as the targets (N, n_out) that this loss expects."""
        if classes == 0:
            return np.asarray(y, dtype=np.float64)[:, None]
        Y = (y[:, None] == np.arange(classes)).astype(np.float64) if classes > 2 else np.asarray(y, float)[:, None]
        return 2 * Y - 1 if self.signed else Y

    def per_row(self, Z: Array, Y: Array) -> Array:
        """Loss of every row. Returns (..., N)"""
        key = self.loss.key
        if key == "binary_cross_entropy":  # log(1 + eᶻ) − y z
            return (np.logaddexp(0, Z) - Y * Z).sum(-1)
        if key == "categorical_cross_entropy":  # log Σeᶻ − z of the right class
            top = Z.max(-1, keepdims=True)
            return np.log(np.exp(Z - top).sum(-1)) + top[..., 0] - (Y * Z).sum(-1)
        return self.loss.value(self.activate(Z), Y).sum(-1)

    def value(self, Z: Array, Y: Array, weights: Array | None = None) -> Array:
        """Mean over the rows, each counted by its weight (N, 1) if given. Returns (...)"""
        rows = self.per_row(Z, Y)
        return rows.mean(-1) if weights is None else (rows * weights[..., 0]).mean(-1)

    def gradient(self, Z: Array, Y: Array, scale: float | Array) -> Array:
        """dL/dZ times `scale` (1/m for a mean; (..., N, 1) for rows of different weight). Returns (..., N, n_out)"""
        key = self.loss.key
        if key == "binary_cross_entropy":
            dZ = expit(Z)
            dZ -= Y
        elif key == "categorical_cross_entropy":
            dZ = softmax(Z)
            dZ -= Y
        elif self.output == "softmax":
            A = softmax(Z)
            dA = self.loss.derivative(A, Y)
            dZ = A * (dA - (A * dA).sum(-1, keepdims=True))  # the softmax Jacobian applied to dA
        else:
            act = activation(self.output)
            A = act.f(Z)
            dZ = self.loss.derivative(A, Y) * act.derivative(Z, A)
        dZ *= scale
        return dZ


def output_head(task: str, n_out: int, output: str = "auto", loss: str = "auto", delta: float = 1.0) -> OutputHead:
    """The head for a task. `delta` is Huber's. Raises ValueError for pairs that do not suit the task."""
    output, loss = resolve_head(task, n_out, output, loss)
    record = huber(delta) if loss == "huber" else LOSSES[loss]
    return OutputHead(output, record, task == "classification" and (record.signed or output == "tanh"))
