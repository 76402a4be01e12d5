"""The plane on which a network's answers are drawn, for data that has one."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array
from ann_core.data.dataset import Dataset, Range


@dataclass(frozen=True, eq=False)
class Plane:
    """Two raw inputs, or two directions of the scaled ones; or one raw input, for a curve.

    points: (N, d) coordinates of all rows, d = 2, or 1 for a curve over one input
    ranges: {"x": (low, high), "y": (low, high)}; of a curve y is the range of the target, in its own units
    columns: the raw inputs that span it   typical: (D,) what the other raw inputs are
    components: (2, D_in) directions of the scaled inputs that span it instead, from `middle`, (D_in,)
    note: says that it is a slice, when it is one
    """

    points: Array
    ranges: dict[str, Range]
    x_name: str
    y_name: str
    typical: Array
    note: str | None = None
    columns: tuple[int, ...] = ()
    components: Array | None = None
    middle: Array | None = None

    @property
    def is_curve(self) -> bool:
        """Whether the picture is a curve over one input."""
        return self.points.shape[1] == 1

    def grid(self, G: int, to_inputs: Callable[[Array], Array]) -> Array:
        """Network inputs of G × G points: (G·G, D_in), lowest y first, x running fastest; of a curve G points along x.

        to_inputs: raw rows -> network inputs
        """
        axes = [np.linspace(*self.ranges[axis], G) for axis in "xy"[: self.points.shape[1]]]
        return self.inputs_at(np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, len(axes)), to_inputs)

    def inputs_at(self, points: Array, to_inputs: Callable[[Array], Array]) -> Array:
        """Network inputs of points of the plane. points: (n, d) -> (n, D_in)"""
        if self.components is not None and self.middle is not None:
            return self.middle + points @ self.components
        X_raw = np.tile(self.typical, (len(points), 1))
        X_raw[:, self.columns] = points[:, : len(self.columns)]
        return to_inputs(X_raw)


def made_plane(dataset: Dataset, typical: Array) -> Plane:
    """The natural plane of made data, widened in steps of ½ when noise has carried rows beyond it."""
    extent, X = np.array(dataset.extent), dataset.X
    shown = X if X.shape[1] == 2 else np.column_stack([X, dataset.y])
    beyond = np.maximum(extent[:, 0] - shown.min(axis=0), shown.max(axis=0) - extent[:, 1])
    if X.shape[1] == 2:
        beyond[:] = beyond.max()  # a square stays a square
    wider = np.ceil(2 * np.maximum(beyond, 0)) / 2
    ranges = [(float(low - w), float(high + w)) for (low, high), w in zip(extent, wider, strict=True)]
    return _on(dataset, tuple(range(X.shape[1])), ranges, typical)


def measured_plane(dataset: Dataset, wanted: tuple[int, int] | None, typical: Array, notes: list[str]) -> Plane:
    """The plane of two columns of measured data; the first two, with a note, when the wanted ones do not exist."""
    columns = _usable(wanted, dataset.X.shape[1], notes)
    shown = [dataset.X[:, c] for c in columns]
    return _on(dataset, columns, [padded(values) for values in (shown if len(shown) == 2 else [*shown, dataset.y])], typical)


def _on(dataset: Dataset, columns: tuple[int, ...], ranges: list[Range], typical: Array) -> Plane:
    names = [*(dataset.feature_names[c] for c in columns), dataset.target_name]
    return Plane(dataset.X[:, columns], dict(zip("xy", ranges, strict=True)), names[0], names[1], typical,
                 _slice_note(names[:len(columns)], dataset.X.shape[1]), columns)


def _usable(wanted: tuple[int, int] | None, n_inputs: int, notes: list[str]) -> tuple[int, ...]:
    if n_inputs == 1:
        return (0,)
    if wanted is None:
        return (0, 1)
    x, y = wanted
    if x != y and 0 <= min(x, y) and max(x, y) < n_inputs:
        return (int(x), int(y))
    notes.append("The picture shows the first two inputs: the chosen pair does not exist in this data.")
    return (0, 1)


def padded(values: Array) -> Range:
    """A range around the values with a margin of 5 to 10 %, ending on round numbers."""
    low, high = float(np.min(values)), float(np.max(values))
    width = high - low
    if width <= 1e-9 * max(abs(low), abs(high)):
        width = max(abs(high), 1.0)
    exponent = int(np.floor(np.log10(width / 5)))
    unit = (10.0**exponent) / 2
    low, high = np.floor((low - width / 20) / unit) * unit, np.ceil((high + width / 20) / unit) * unit
    return round(float(low), 1 - exponent), round(float(high), 1 - exponent)


def _slice_note(names: list[str], n_inputs: int) -> str | None:
    rest = n_inputs - len(names)
    if rest == 0:
        return None
    others = "the other one stays at its mean" if rest == 1 else f"the other {rest} stay at their mean"
    return f"A slice through {n_inputs} inputs: {names[0]} and {names[1]} vary, {others}."
