"""A data set as it comes: rows of raw numbers and what they are called."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

Task = Literal["classification", "regression"]
Range = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Dataset:
    """Raw inputs and targets, before any splitting or scaling.

    X: (N, D) float64   y: (N,) int64 class numbers 0 … C−1, or float64 values in the target's own units
    class_names: one a class, empty for regression
    extent: the plane on which made data is shown, ((x low, x high), (y low, y high)), the second pair being
    the target's range when there is one input; None for measured data
    Raises ValueError when the parts do not fit together or a number is not finite.
    """

    key: str
    label: str
    task: Task
    X: np.ndarray
    y: np.ndarray
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    target_name: str
    extent: tuple[Range, Range] | None = None

    def __post_init__(self):
        X, y = np.asarray(self.X, dtype=np.float64), np.asarray(self.y)
        if X.ndim != 2 or X.shape != (len(y), len(self.feature_names)) or y.ndim != 1 or X.size == 0:
            raise ValueError(
                f"Expected one row of {len(self.feature_names)} inputs and one target per sample, received X "
                f"{X.shape} and y {y.shape}. Give X as (samples, inputs) and y as (samples,)."
            )
        # Squares of the inputs must stay finite, so the bound lies well inside float64 (it also stops NaN).
        limited = (("inputs", X),) if self.task == "classification" else (("inputs", X), ("targets", y))
        for name, values in limited:
            if not np.all(np.abs(values) < 1e100):
                raise ValueError(
                    f"Expected finite {name} below 1e100, received NaN, infinity or a larger number. "
                    "Remove or replace these rows first."
                )
        if self.task == "classification":
            if not np.issubdtype(y.dtype, np.integer) or y.min() < 0 or y.max() >= len(self.class_names):
                raise ValueError(
                    f"Expected class numbers 0 to {len(self.class_names) - 1}, received {y.dtype} values "
                    f"from {y.min()} to {y.max()}. Number the classes in the order of their names."
                )
        object.__setattr__(self, "X", X)
        object.__setattr__(self, "y", y.astype(np.int64 if self.task == "classification" else np.float64))
