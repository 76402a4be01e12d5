"""Points that a visitor puts onto the plane by hand."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ann_core.base.registry import Registry
from ann_core.data.dataset import Dataset, Range, Task
from ann_core.data.made.generators import SQUARE, usual_class_names

Point = tuple[float, float, int]
"""x, y, and the number of its class."""

DRAWN = "drawn"
LEAST_POINTS, MOST_POINTS, MOST_CLASSES = 2, 400, 6
REACH = SQUARE[0][1]

EXAMPLE: tuple[Point, ...] = (
    (-0.9, -1.3, 0), (-0.2, -1.7, 0), (0.6, -1.4, 0), (1.0, -0.8, 0), (-0.6, -0.6, 0), (0.3, -0.4, 0), (0.1, -1.0, 0),
    (-2.4, -0.6, 1), (-2.1, 0.3, 1), (-1.5, 1.2, 1), (-0.7, 1.7, 1), (0.2, 1.9, 1), (1.1, 1.5, 1), (1.9, 0.7, 1),
    (2.4, -0.3, 1),
)  # fmt: skip
"""One class below, the other an arch over it."""


@dataclass(frozen=True)
class Drawn:
    """A drawing as a source of data; its points stand in the settings."""

    key: str
    label: str
    task: Task
    n_inputs: int
    sentence: str
    extent: tuple[Range, Range] = SQUARE

    def class_count(self, points: tuple[Point, ...]) -> int:
        """Classes up to the highest one drawn, at least 2."""
        return max(2, 1 + max(c for *_, c in points))

    def dataset(self, points: tuple[Point, ...]) -> Dataset:
        """The points with their names, in the order in which they were drawn."""
        return Dataset(
            self.key, self.label, self.task,
            np.array([point[:2] for point in points], dtype=np.float64), np.array([c for *_, c in points]),
            feature_names=("x₁", "x₂"), class_names=usual_class_names(self.class_count(points)), target_name="class",
            extent=self.extent,
        )  # fmt: skip


DRAWINGS = Registry("drawing", [
    Drawn(DRAWN, "Your own drawing", "classification", 2, "Points that you put onto the Playground's picture yourself."),
])  # fmt: skip


def notes(points: tuple[Point, ...]) -> list[str]:
    """What is to be said about a drawing before it is learned."""
    if len({c for *_, c in points}) > 1:
        return []
    return ["All points are of one class, so there is nothing to tell apart yet. Draw some points of another class."]


def points_in(value: Any) -> tuple[Point, ...]:
    """The points in a value from outside, coordinates rounded to 0.01.

    value: 2 … 400 rows (x, y, class), −3 ≤ x, y ≤ 3, class 0 … 5   Raises ValueError with a sentence for anything else.
    """
    if not isinstance(value, list | tuple):
        raise ValueError(f"Expected a list of points, {str(value)[:40]!r} came. Give each point as x, y and class.")
    if not LEAST_POINTS <= len(value) <= MOST_POINTS:
        raise ValueError(f"Expected {LEAST_POINTS} to {MOST_POINTS} points, {len(value):,} came. "
                         f"{'Draw at least one more.' if len(value) < LEAST_POINTS else 'Leave some out.'}")
    for point in value:
        if not _is_point(point):
            raise ValueError(f"Expected points as x, y and class, x and y from −{REACH:g} to {REACH:g}, the class from 0 to "
                             f"{MOST_CLASSES - 1}; {str(point)[:40]} came.")
    return tuple((round(x, 2) + 0.0, round(y, 2) + 0.0, c) for x, y, c in value)  # + 0.0: there is one zero only


def _is_point(point: Any) -> bool:
    if not isinstance(point, list | tuple) or len(point) != 3:
        return False
    *xy, c = point
    # type(), not isinstance(), as True is an int; NaN is not <= anything.
    return all(type(v) in (int, float) and abs(v) <= REACH for v in xy) and type(c) is int and 0 <= c < MOST_CLASSES


def written(points: tuple[Point, ...]) -> str:
    """Points as short text, for an address: '-1.25_0.5_0~2_1_1'."""
    return "~".join(f"{x:g}_{y:g}_{c}" for x, y, c in points)
