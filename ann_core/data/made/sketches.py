"""Pictures that a visitor drew as examples of classes, and the mirrored and shifted copies that are learned with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from ann_core.base.arrays import Array
from ann_core.base.registry import Registry
from ann_core.data.dataset import Dataset, Task
from ann_core.data.made.pictures import pixel
from ann_core.data.made.strokes import SHEETS, Stroke, picture

Sketch = tuple[str, int]
"""The dots of each pixel, row by row, as one letter of LEVELS each; and the number of its class."""

SKETCHED = "sketches"
SHEET = SHEETS[SKETCHED]
LEVELS = "0123456789abcdefg"
NAMES = tuple("ABCDEF")
LEAST_SKETCHES, MOST_SKETCHES, MOST_SHIFT = 2, 200, 2


def sketch(strokes: Sequence[Stroke], number: int) -> Sketch:
    """A drawing as an example of a class. Raises ValueError when nothing is drawn."""
    rim = SHEET.rim
    grid = picture(strokes, SHEET).reshape(SHEET.height, SHEET.width)[rim:SHEET.height - rim, rim:SHEET.width - rim]
    return "".join(LEVELS[round(dots)] for dots in grid.ravel()), number


def sketches_in(value: Any) -> tuple[Sketch, ...]:
    """The drawings in a value from outside. value: 2 … 200 of them, of at least two classes. Raises ValueError with a sentence
    for anything else."""
    if not isinstance(value, list | tuple):
        raise ValueError(f"Expected a list of drawings, {str(value)[:40]!r} came. Give each as its pixels and its class.")
    if not all(_is_sketch(one) for one in value):
        raise ValueError(f"Expected drawings of {SHEET.box**2} pixels, each a letter from {LEVELS[0]} to {LEVELS[-1]}, and a "
                         f"class from 0 to {len(NAMES) - 1}; something else came. Draw again.")
    if len(value) > MOST_SKETCHES:
        raise ValueError(f"Expected at most {MOST_SKETCHES} drawings, {len(value):,} came. Take some away.")
    if not value:
        raise ValueError("No drawing is kept yet. Draw something, and say what it is an example of.")
    if len({number for _, number in value}) < LEAST_SKETCHES:
        raise ValueError(f"All drawings are examples of {NAMES[value[0][1]]}, so there is nothing to tell apart. Draw one of "
                         "another class.")
    return tuple((text, number) for text, number in value)


def _is_sketch(one: Any) -> bool:
    if not isinstance(one, list | tuple) or len(one) != 2:
        return False
    text, number = one
    return isinstance(text, str) and len(text) == SHEET.box**2 and not set(text) - set(LEVELS) and \
        type(number) is int and 0 <= number < len(NAMES)  # type(), as True is an int


def written(sketches: Sequence[Sketch]) -> str:
    """Drawings as text for an address, the class in front of its pixels: '1000g…~0…'."""
    return "~".join(f"{number}{text}" for text, number in sketches)


def pixels(sketches: Sequence[Sketch]) -> Array:
    """The drawings in the middle of their canvas, as raw rows (N, height · width)."""
    dots = [[LEVELS.index(letter) for letter in text] for text, _ in sketches]
    small = np.array(dots, dtype=np.float64).reshape(len(sketches), SHEET.box, SHEET.box)
    return np.pad(small, ((0, 0), (SHEET.rim,) * 2, (SHEET.rim,) * 2)).reshape(len(sketches), -1)


def copies(X: Array, mirrored: bool, shifted: int) -> Array:
    """Rows as they also look elsewhere: moved by up to `shifted` pixels to every side, where what leaves the canvas is lost;
    and, when `mirrored`, all of these with left and right swapped. X: (N, pixels). Returns (copies, N, pixels)"""
    grid = X.reshape(len(X), SHEET.height, SHEET.width)
    room = np.pad(grid, ((0, 0), (shifted,) * 2, (shifted,) * 2))
    views = [room[:, down:down + SHEET.height, across:across + SHEET.width]
             for down, across in product(range(2 * shifted + 1), repeat=2) if (down, across) != (shifted, shifted)]
    found = [*views, *([view[..., ::-1] for view in (grid, *views)] if mirrored else [])]
    return np.array(found).reshape(len(found), *X.shape)


def copies_of_each(mirrored: bool, shifted: int) -> int:
    """How often a drawing is learned, itself included."""
    return (2 * shifted + 1)**2 * (1 + mirrored)


@dataclass(frozen=True)
class Sketches:
    """Drawings as a source of data; they stand in the settings. plane: the two pixels that are drawn first"""

    key: str
    label: str
    sentence: str
    plane: tuple[int, int]
    task: Task = "classification"
    picture: tuple[int, int, int] = (SHEET.height, SHEET.width, 1)
    n_inputs: int = SHEET.height * SHEET.width

    @property
    def names(self) -> tuple[str, ...]:
        """What its inputs are called."""
        return tuple(pixel(row, column) for row in range(SHEET.height) for column in range(SHEET.width))

    def class_count(self, sketches: Sequence[Sketch]) -> int:
        """Classes up to the last one that has a drawing."""
        return 1 + max(number for _, number in sketches)

    def dataset(self, sketches: Sequence[Sketch]) -> Dataset:
        """The drawings with their names, in the order in which they were drawn."""
        return Dataset(self.key, self.label, self.task, pixels(sketches), np.array([number for _, number in sketches]),
                       self.names, NAMES[:self.class_count(sketches)], "class")


def _ring(wide: float, high: float) -> tuple[Stroke, ...]:
    angle = np.linspace(0, 2 * np.pi, 25)
    return (tuple(zip((0.5 + wide * np.cos(angle)).tolist(), (0.5 + high * np.sin(angle)).tolist(), strict=True)),)


def _cross(wide: float, high: float) -> tuple[Stroke, ...]:
    return ((0.2, wide - 0.1), (0.8, 0.5 + high)), ((1.1 - wide, 0.2), (0.25, 1.1 - wide))


def _triangle(wide: float, high: float) -> tuple[Stroke, ...]:
    return (((0.2 + wide, 0.2), (0.85, 0.8), (0.15, 1.1 - high), (0.2 + wide, 0.2)),)


EXAMPLES: tuple[Sketch, ...] = tuple(
    sketch(shape(wide, high), number) for wide, high in ((0.3, 0.3), (0.25, 0.35), (0.35, 0.28), (0.3, 0.38), (0.4, 0.3))
    for number, shape in enumerate((_ring, _cross, _triangle)))
"""Five rings, crosses and triangles."""

SKETCHES = Registry("drawings", [
    Sketches(SKETCHED, "Your own pictures", "A few drawings of each class, on 12 by 12 pixels. The Convolution lab has a pad "
             "for yours.", (53, 78)),
])
