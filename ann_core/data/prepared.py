"""Data ready to train on, and the plane on which a network's answers are drawn."""

from dataclasses import dataclass

import numpy as np

from ann_core.data.dataset import Range, Task
from ann_core.data.made.features import compute
from ann_core.data.scaling import Scaler


@dataclass(frozen=True, eq=False)
class Prepared:
    """Training and test rows as network inputs, and all that is needed to treat new rows alike. Picklable.

    X_train (N, D_in), X_test (M, D_in): scaled inputs
    y_train (N,), y_test (M,): class numbers, or scaled targets
    A regression target in its own units is y · target_scale + target_mean.
    X_test, y_test: the rows that are watched but not learned from; `held_out` says what they are called
    points_train (N, d), points_test (M, d): plane coordinates, d = 2, or 1 for a curve over one input
    plane: {"x": (low, high), "y": (low, high)}; with one input y is the range of the target, in its own units
    note: says that the plane is a slice, when it is one   notes: what was done to the data, one sentence each
    baseline: accuracy of always guessing the largest class; or RMSE of guessing the training mean, own units
    """

    X_train: np.ndarray
    y_train: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray
    task: Task
    class_names: tuple[str, ...]
    input_names: tuple[str, ...]
    target_name: str
    target_mean: float
    target_scale: float
    points_train: np.ndarray
    points_test: np.ndarray
    plane: dict[str, Range]
    x_name: str
    y_name: str
    note: str | None
    baseline: float
    notes: tuple[str, ...]
    features: tuple[str, ...]  # keys, for made data; empty when the columns are used as they are
    scaler: Scaler
    columns: tuple[int, ...]  # the raw columns that span the plane
    typical: np.ndarray  # (D,) what the other raw columns are in a slice
    held_out: str = "test"
    components: np.ndarray | None = None  # (2, D_in): the plane is spanned by these directions of the inputs instead

    def to_inputs(self, X_raw: np.ndarray) -> np.ndarray:
        """Network inputs of raw rows. X_raw: (n, D) -> (n, D_in). Raises ValueError for another width."""
        X_raw = np.asarray(X_raw, dtype=np.float64)
        if X_raw.ndim != 2 or X_raw.shape[1] != len(self.typical):
            raise ValueError(
                f"Expected rows of {len(self.typical)} raw values, received shape {X_raw.shape}. "
                "Give all columns of the data set, unscaled and in their order."
            )
        return self.scaler(compute(self.features, X_raw) if self.features else X_raw)

    def grid(self, G: int) -> np.ndarray:
        """Network inputs of G × G points of the plane: (G·G, D_in), lowest y first, x running fastest.

        For a curve over one input G points along x: (G, D_in).
        """
        axes = [np.linspace(*self.plane[axis], G) for axis in "xy"[: self.points_train.shape[1]]]
        points = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, len(axes))
        if self.components is not None:
            return self.X_train.mean(axis=0) + points @ self.components
        X_raw = np.tile(self.typical, (len(points), 1))
        X_raw[:, self.columns] = points[:, : len(self.columns)]
        return self.to_inputs(X_raw)
