"""Data ready to train on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.words import listed
from ann_core.data.made.features import compute
from ann_core.data.plane import Plane
from ann_core.data.scaling import Scaler, fit_scaler
from ann_core.data.target import Target


@dataclass(frozen=True, eq=False)
class Prepared:
    """Training and test rows as network inputs, and all that is needed to treat new rows alike. Picklable.

    X_train (N, D_in), X_test (M, D_in): scaled inputs   y_train (N,), y_test (M,): class numbers, or scaled values
    X_test, y_test: the rows that are watched but not learned from; `held_out` says what they are called
    points_train (N, d), points_test (M, d): their places on the plane, where there is one
    features: keys, for made data; empty when the columns are used as they are
    short_names: of the inputs, for where there is little room; () where they have no others
    notes: what was done to the data, one sentence each
    """

    X_train: Array
    y_train: NDArray
    X_test: Array
    y_test: NDArray
    target: Target
    input_names: tuple[str, ...]
    plane: Plane | None
    points_train: Array
    points_test: Array
    scaler: Scaler
    notes: tuple[str, ...]
    features: tuple[str, ...] = ()
    held_out: str = "held-out"
    short_names: tuple[str, ...] = ()

    def to_inputs(self, X_raw: Array) -> Array:
        """Network inputs of raw rows. X_raw: (n, D) -> (n, D_in). Raises ValueError for another width."""
        X_raw = np.asarray(X_raw, dtype=np.float64)
        if X_raw.ndim != 2 or X_raw.shape[1] != self.raw_columns:
            raise ValueError(
                f"Expected rows of {self.raw_columns} raw values, received shape {X_raw.shape}. "
                "Give all columns of the data set, unscaled and in their order."
            )
        X = self.scaler(compute(self.features, X_raw) if self.features else X_raw)
        return X.reshape(len(X), *self.X_train.shape[1:])

    def shaped(self, sample: tuple[int, ...]) -> "Prepared":
        """The same data with samples of this shape: pictures, say, or sequences as rows of numbers. Samples of another size
        that have a shape keep it."""
        own = self.X_train.shape[1:]
        if own == sample or len(own) > 1 and np.prod(own) != np.prod(sample):
            return self
        train, test = (X.reshape(len(X), *sample) for X in (self.X_train, self.X_test))
        return replace(self, X_train=train, X_test=test)

    def grid(self, G: int) -> Array:
        """Network inputs of the plane's points, see `Plane.grid`. Raises ValueError where there is no plane."""
        if self.plane is None:
            raise ValueError("Expected data with a plane to draw on; these have none.")
        return self.plane.grid(G, self.to_inputs)

    @property
    def raw_columns(self) -> int:
        """D, the columns of a raw row."""
        return len(self.plane.typical) if self.plane else len(self.scaler.center)


def ready(inputs: Array, y: NDArray, train: NDArray, held: NDArray, *, scaling: str, target: Target, plane: Plane,
          input_names: Sequence[str], notes: Sequence[str], nothing_to_learn: str | None = None, features: tuple[str, ...] = (),
          held_out: str = "held-out", short_names: tuple[str, ...] = ()) -> Prepared:
    """Split rows as training data. inputs: (N, D_in) raw; y: (N,) class numbers, or values in their own units.

    train, held: their row numbers. Everything is fitted on the training rows alone. nothing_to_learn: said after the notes
    """
    scaler, told = fit_scaler(scaling, inputs[train]), list(notes)
    if not scaler.varies.all():
        still = [name for name, varies in zip(input_names, scaler.varies, strict=True) if not varies]
        told.append(f"These inputs hardly change in the training rows and are held at 0: {listed(still)}.")
    if nothing_to_learn:
        told.append(nothing_to_learn)
    learned = y if target.class_names else (y - target.center) / target.scale
    return Prepared(scaler(inputs[train]), learned[train], scaler(inputs[held]), learned[held], target, tuple(input_names),
                    plane, plane.points[train], plane.points[held], scaler, tuple(told), features, held_out, short_names)
