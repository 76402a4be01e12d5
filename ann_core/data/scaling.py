"""Bringing columns to one scale, with numbers taken from the training rows only."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

Scaling = Literal["standard", "minmax", "together", "none"]

# Rounding alone gives a constant column of 14.62 a standard deviation of 4e-15: compare with the size.
RELATIVE_TOLERANCE = 1e-10


@dataclass(frozen=True, eq=False)
class Scaler:
    """(A − center) / scale, column by column; columns that do not vary become 0.

    center, scale: (D,) float64   varies: (D,) bool
    """

    center: np.ndarray
    scale: np.ndarray
    varies: np.ndarray

    def __call__(self, A: np.ndarray) -> np.ndarray:
        """A: (N, D) -> (N, D)"""
        return np.where(self.varies, (A - self.center) / self.scale, 0.0)

    def raw(self, scaled: np.ndarray) -> np.ndarray:
        """The opposite; columns that do not vary come out as their usual value. scaled: (N, D) -> (N, D)"""
        return scaled * self.scale + self.center


def fit_scaler(kind: Scaling | str, A: np.ndarray) -> Scaler:
    """Learn a scaler from training rows A (N, D).

    standard: mean 0, standard deviation 1   minmax: 0 … 1, each column by itself   together: 0 … 1, all columns by the same
    numbers, which leaves a picture as it looks   none: unchanged
    A column whose spread is below 1e-10 of its largest size counts as constant (not for "none").
    Raises ValueError for an unknown kind.
    """
    columns = A.shape[1]
    if kind == "none":
        return Scaler(np.zeros(columns), np.ones(columns), np.ones(columns, dtype=bool))
    if kind == "standard":
        center, spread = A.mean(axis=0), A.std(axis=0)
    elif kind == "minmax":
        center, spread = A.min(axis=0), np.ptp(A, axis=0)
    elif kind == "together":
        center, spread = np.full(columns, A.min()), np.full(columns, np.ptp(A))
    else:
        raise ValueError(f"Unknown scaling '{str(kind)[:40]}'. Available: {', '.join(get_args(Scaling))}.")
    varies = spread > RELATIVE_TOLERANCE * np.abs(A).max(axis=0)
    return Scaler(center, np.where(varies, spread, 1.0), varies)
