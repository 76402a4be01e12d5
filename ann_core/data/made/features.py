"""What the network may be given of a made point: its coordinates, and functions of them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ann_core.base.registry import Registry


@dataclass(frozen=True)
class Feature:
    """One network input computed from raw coordinates. f: X (N, D) -> (N,); D must be at least n_inputs."""

    key: str
    label: str
    formula: str
    n_inputs: int
    f: Callable[[np.ndarray], np.ndarray]


# sin πx repeats every 2 units. Made data is 3 to 5 units wide, so about two waves fit, and the squares of the
# checkerboard (side 1) are exactly its half waves.
FEATURES = Registry("input feature", [
    Feature("x1", "x₁", r"x_1", 1, lambda X: X[:, 0]),
    Feature("x2", "x₂", r"x_2", 2, lambda X: X[:, 1]),
    Feature("x1_squared", "x₁²", r"x_1^2", 1, lambda X: X[:, 0] ** 2),
    Feature("x2_squared", "x₂²", r"x_2^2", 2, lambda X: X[:, 1] ** 2),
    Feature("x1_x2", "x₁x₂", r"x_1 x_2", 2, lambda X: X[:, 0] * X[:, 1]),
    Feature("sin_x1", "sin πx₁", r"\sin(\pi x_1)", 1, lambda X: np.sin(np.pi * X[:, 0])),
    Feature("sin_x2", "sin πx₂", r"\sin(\pi x_2)", 2, lambda X: np.sin(np.pi * X[:, 1])),
])  # fmt: skip


def offered(n_inputs: int) -> tuple[str, ...]:
    """The keys of the features that data with this many inputs has."""
    return tuple(key for key, feature in FEATURES.items() if feature.n_inputs <= n_inputs)


def compute(keys: tuple[str, ...], X: np.ndarray) -> np.ndarray:
    """The chosen features as columns. X: (N, D) -> (N, len(keys))"""
    return np.column_stack([FEATURES[key].f(X) for key in keys])
