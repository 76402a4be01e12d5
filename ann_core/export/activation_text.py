"""Activations as programs spell them: one row each, forward and its slope in NumPy, and PyTorch's and Keras's word for it."""

import re
from typing import NamedTuple


class Spelt(NamedTuple):
    """z: the sums, a: what the activation made of them, alpha: its slope, which is filled in as a number."""

    numpy: str
    slope: str
    torch: str
    keras: str


SPELT: dict[str, Spelt] = {
    "linear": Spelt("z", "np.ones_like(z)", "z", "z"),
    "sigmoid": Spelt("sigmoid(z)", "(1 - a) * a", "torch.sigmoid(z)", "ops.sigmoid(z)"),
    "tanh": Spelt("np.tanh(z)", "1 - a * a", "torch.tanh(z)", "ops.tanh(z)"),
    "relu": Spelt("np.maximum(z, 0)", "(z > 0).astype(float)", "torch.relu(z)", "ops.relu(z)"),
    "leaky_relu": Spelt("np.where(z > 0, z, alpha * z)", "np.where(z > 0, 1.0, alpha)", "F.leaky_relu(z, alpha)",
                        "ops.leaky_relu(z, alpha)"),
    "elu": Spelt("np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0)))", "np.where(z > 0, 1.0, a + alpha)", "F.elu(z, alpha)",
                 "ops.elu(z, alpha)"),
    "selu": Spelt("1.0507009873554805 * np.where(z > 0, z, 1.6732632423543772 * np.expm1(np.minimum(z, 0)))",
                  "np.where(z > 0, 1.0507009873554805, a + 1.0507009873554805 * 1.6732632423543772)", "F.selu(z)",
                  "ops.selu(z)"),
    "gelu": Spelt("z * normal_cdf(z)", "normal_cdf(z) + z * np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)", "F.gelu(z)",
                  "ops.gelu(z, approximate=False)"),
    "silu": Spelt("z * expit(z)", "expit(z) + a * (1 - expit(z))", "F.silu(z)", "ops.silu(z)"),
    "mish": Spelt("z * np.tanh(np.logaddexp(0.0, z))",
                  "np.tanh(np.logaddexp(0.0, z)) + z * (1 - np.tanh(np.logaddexp(0.0, z)) ** 2) * expit(z)", "F.mish(z)",
                  "z * ops.tanh(ops.softplus(z))"),
    "softplus": Spelt("np.logaddexp(0.0, z)", "expit(z)", "F.softplus(z)", "ops.softplus(z)"),
    "softsign": Spelt("z / (1 + np.abs(z))", "(1 - np.abs(a)) ** 2", "F.softsign(z)", "ops.softsign(z)"),
    "hard_sigmoid": Spelt("np.clip(z / 6 + 0.5, 0, 1)", "np.where(np.abs(z) < 3, 1 / 6, 0.0)", "F.hardsigmoid(z)",
                          "ops.hard_sigmoid(z)"),
    "sine": Spelt("np.sin(z)", "np.cos(z)", "torch.sin(z)", "ops.sin(z)"),
    "gaussian": Spelt("np.exp(-z * z)", "-2 * z * a", "torch.exp(-z * z)", "ops.exp(-z * z)"),
    "step": Spelt("(z > 0).astype(float)", "np.zeros_like(z)", "(z > 0).to(z.dtype)", "ops.cast(z > 0, z.dtype)"),
}


def filled(expression: str, z: str, alpha: float | None, a: str = "") -> str:
    """The expression of these values. They are names in code."""
    found = re.sub(r"\balpha\b", repr(alpha), expression)
    found = re.sub(r"\ba\b", a, found)
    return re.sub(r"\bz\b", z, found)
