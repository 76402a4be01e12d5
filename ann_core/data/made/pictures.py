"""Made pictures: a shape somewhere on an empty canvas, with noise over all of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.registry import Registry
from ann_core.data.dataset import Dataset, Task

SIZE = 5
"""Pixels along a side of a shape."""
SHAPES = {
    "lying bar": ("     ", "     ", "#####", "     ", "     "), "upright bar": ("  #  ", "  #  ", "  #  ", "  #  ", "  #  "),
    "plus": ("  #  ", "  #  ", "#####", "  #  ", "  #  "), "cross": ("#   #", " # # ", "  #  ", " # # ", "#   #"),
    "ring": (" ### ", "#   #", "#   #", "#   #", " ### "), "square": ("#####", "#   #", "#   #", "#   #", "#####"),
}
STAMPS = np.array([[[pixel == "#" for pixel in row] for row in rows] for rows in SHAPES.values()], dtype=float)
"""Each shape as numbers, (6, SIZE, SIZE)."""


def pixel(row: int, column: int) -> str:
    """What a pixel is called as an input, counted from 0."""
    return f"pixel row {row + 1} column {column + 1}"


@dataclass(frozen=True)
class Pictures:
    """Shapes of which each stands at a place by chance. side: of the canvas   plane: the two pixels that are drawn first"""

    key: str
    label: str
    sentence: str
    side: int
    plane: tuple[int, int]
    task: Task = "classification"
    class_names: tuple[str, ...] = tuple(SHAPES)
    max_noise: float = 1.0

    @property
    def picture(self) -> tuple[int, int, int]:
        """Height, width and channels of a row."""
        return self.side, self.side, 1

    @property
    def n_inputs(self) -> int:
        """Pixels."""
        return self.side**2

    @property
    def names(self) -> tuple[str, ...]:
        """What its inputs are called."""
        return tuple(pixel(row, column) for row in range(self.side) for column in range(self.side))

    def class_count(self, wanted: int) -> int:
        """As many as there are shapes."""
        return len(self.class_names)

    def make(self, samples: int, noise: float, rng: np.random.Generator, columns: tuple[int, int] | None = None,
             ) -> tuple[Array, NDArray[np.intp]]:
        """Draw X (N, side²), 1 where the shape is and 0 elsewhere plus Gaussian noise of that standard deviation, and y (N,).

        columns: first and last one in which the left edge of a shape may stand; anywhere without
        Row i belongs to class i mod 6. Places and noise have a stream each: another noise leaves the shapes where they are.
        Raises ValueError for fewer than one sample, a noise below 0, or columns outside of the canvas.
        """
        last = self.side - SIZE
        low, high = columns or (0, last)
        if samples < 1 or not 0 <= noise < np.inf or not 0 <= low <= high <= last:
            raise ValueError(f"Expected at least 1 sample, a noise of 0 or more and columns from 0 to {last}, received "
                             f"{samples}, {noise} and {columns}. Choose others.")
        places, over = rng.spawn(2)
        y = np.arange(samples) % len(STAMPS)
        top, left = places.integers(0, last + 1, samples), places.integers(low, high + 1, samples)
        X, along = np.zeros((samples, self.side, self.side)), np.arange(SIZE)
        X[np.arange(samples)[:, None, None], (top[:, None] + along)[..., None], (left[:, None] + along)[:, None]] = STAMPS[y]
        return (X + noise * over.standard_normal(X.shape)).reshape(samples, -1), y

    def dataset(self, samples: int, noise: float, rng: np.random.Generator, classes: int = 0,
                columns: tuple[int, int] | None = None) -> Dataset:
        """The drawn rows with their names."""
        X, y = self.make(samples, noise, rng, columns)
        return Dataset(self.key, self.label, self.task, X, y, self.names, self.class_names, "shape")


PICTURES = Registry("made pictures", [
    Pictures("shapes", "Shapes", "Bars, a plus, a cross, a ring and a square, each somewhere on 12 by 12 pixels.", 12,
             (65, 78)),
])
