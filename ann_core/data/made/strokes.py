"""Strokes of a pen as a picture, made as the digits were: a bitmap four times as fine, centred, its dots counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array

Stroke = tuple[tuple[float, float], ...]
"""Points (x, y), x to the right and y downwards, both from 0 to 1."""
FINE = 4
"""Dots of the bitmap along the side of a pixel (Alpaydin and Kaynak, 1998)."""
MOST_STROKES, MOST_POINTS = 60, 2_000


@dataclass(frozen=True)
class Sheet:
    """What a picture of some data looks like. height, width: pixels   box: pixels that a drawing fills, in the middle
    pen: half the width of a line, in dots of the bitmap   full, empty: value of a pixel all, or none, of whose dots are set"""

    height: int
    width: int
    box: int
    pen: float
    full: float
    empty: float = 0

    @property
    def rim(self) -> int:
        """Empty pixels on each side of the drawing."""
        return (self.height - self.box) // 2


SHEETS = {"digits": Sheet(8, 8, 8, 2.4, 16), "digits_canvas": Sheet(12, 12, 8, 2.4, 16), "shapes": Sheet(12, 12, 5, 2, 1),
          "sketches": Sheet(12, 12, 8, 2.4, 16)}
"""By source of data."""


def sheet_of(pictures: Array) -> Sheet:
    """The sheet on which drawings become pictures like these: with the same rim that none of them uses, the same ground, which
    their corners have, and the same ink. pictures: (N, side, side) raw pixels"""
    side, low, high = pictures.shape[-1], float(pictures.min()), float(pictures.max())
    used = np.argwhere(np.ptp(pictures, axis=0) > 0)
    rim = min(int(used.min()), side - 1 - int(used.max())) if len(used) else 0
    light = float(np.median(pictures[:, [0, 0, -1, -1], [0, -1, 0, -1]])) > (low + high) / 2
    full, empty = (low, high) if light else (high, low)
    return Sheet(side, side, side - 2 * rim, 2.4 * (side / 8)**0.5, full, empty)


def strokes_in(value: Any) -> tuple[Stroke, ...]:
    """Strokes that a visitor drew, in order. Raises ValueError, in words for the visitor, for anything else or too many."""
    if not isinstance(value, list | tuple) or not all(isinstance(stroke, list | tuple) for stroke in value):
        raise ValueError("Expected a list of strokes, each a list of points; something else came. Draw again.")
    points = sum(map(len, value))
    if len(value) > MOST_STROKES or points > MOST_POINTS:
        raise ValueError(f"Expected at most {MOST_STROKES} strokes and {MOST_POINTS:,} points; {len(value):,} strokes with "
                         f"{points:,} points came. Clear the sheet and draw it with fewer strokes.")
    return tuple(tuple(_point(point) for point in stroke) for stroke in value if stroke)


def _point(point: Any) -> tuple[float, float]:
    if not isinstance(point, list | tuple) or len(point) != 2 or \
            not all(isinstance(number, int | float) and not isinstance(number, bool) and 0 <= number <= 1 for number in point):
        raise ValueError("Expected points of two numbers from 0 to 1; another one came. Draw again.")
    return float(point[0]), float(point[1])


def picture(strokes: Sequence[Stroke], sheet: Sheet) -> Array:
    """The drawing as a row of raw pixels (height · width,). Raises ValueError when nothing is drawn."""
    counts = bitmap(strokes, sheet).reshape(sheet.box, FINE, sheet.box, FINE).sum((1, 3))
    found = np.full((sheet.height, sheet.width), float(sheet.empty))
    top, left = (sheet.height - sheet.box) // 2, (sheet.width - sheet.box) // 2
    found[top:top + sheet.box, left:left + sheet.box] += counts * ((sheet.full - sheet.empty) / FINE**2)
    return found.ravel()


def bitmap(strokes: Sequence[Stroke], sheet: Sheet) -> NDArray[np.bool_]:
    """The dots under the pen (4·box, 4·box), the drawing as large as fits, in the middle. Raises ValueError when nothing is
    drawn."""
    if not any(strokes):
        raise ValueError("Expected at least one stroke; nothing is drawn yet.")
    points = np.array([point for stroke in strokes for point in stroke])
    low, high = points.min(0), points.max(0)
    side = FINE * sheet.box
    room, extent = side - 2 * sheet.pen, float((high - low).max())
    scale = room / max(extent, 0.05)  # a dot stays a dot
    starts, ends = (np.concatenate([(np.array(stroke) - (low + high) / 2)[where] for stroke in map(_long, strokes) if stroke])
                    * scale + side / 2 for where in (slice(None, -1), slice(1, None)))
    y, x = np.mgrid[:side, :side] + 0.5
    dots = np.zeros((side, side), bool)
    for a, b in zip(starts, ends, strict=True):
        along = b - a
        length = max(float(along @ along), 1e-12)
        share = np.clip(((x - a[0]) * along[0] + (y - a[1]) * along[1]) / length, 0, 1)
        dots |= (x - a[0] - share * along[0])**2 + (y - a[1] - share * along[1])**2 <= sheet.pen**2
    return dots


def _long(stroke: Stroke) -> Stroke:
    """A single point as a line from itself to itself."""
    return stroke * 2 if len(stroke) == 1 else stroke
