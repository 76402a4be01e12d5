"""A series in time, cut into windows: from each window the next value is to be told."""

import re
from math import isfinite, nan
from typing import Any

import numpy as np

from ann_core.base.arrays import Array
from ann_core.data.prepared import Prepared
from ann_core.data.scaling import Scaler
from ann_core.data.sequence import SequenceData, last_part, sequences
from ann_core.data.target import values

PURPOSE = 204  # random streams are default_rng([seed, purpose]); see ann_core.data.MADE_STREAM
CYCLE, HEIGHT, RISE, NOISE = (9, 13), (0.5, 1.5), 0.38, 0.03
"""Points and height of a cycle, from and to; the share of it that rises; the deviation of what is added to each value."""


def cycles(rng: np.random.Generator, count: int) -> Array:
    """Cycles of different lengths and heights that rise faster than they fall, as sunspot numbers do. Returns (count,)"""
    parts: list[Array] = []
    while sum(map(len, parts)) < count:
        points, height = rng.integers(CYCLE[0], CYCLE[1] + 1), rng.uniform(*HEIGHT)
        t = (np.arange(points) + 0.5) / points
        parts.append(height * np.where(t < RISE, np.sin(np.pi / 2 * t / RISE), np.cos(np.pi / 2 * (t - RISE) / (1 - RISE))))
    return np.concatenate(parts)[:count] + NOISE * rng.standard_normal(count)


MOST_VALUES, LARGEST = 2_000, 1e12


def read_series(text: str) -> tuple[float, ...]:
    """The numbers of a text, apart by spaces, lines, semicolons or commas; a comma between digits is a decimal one where other
    things tell the numbers apart. Raises ValueError for what is no number."""
    parts = re.split(r"[\s;]+", text.strip()) if re.search(r"[\s;]", text.strip()) else text.strip().split(",")
    found = []
    for part in filter(None, (part.strip(",") for part in parts)):
        try:
            value = float(part.replace(",", ".").replace("−", "-"))
        except ValueError:
            value = nan
        if not isfinite(value):
            raise ValueError(f"'{part[:20]}' is no number. Give numbers only, apart by spaces or lines.")
        found.append(value)
    return tuple(found)


class Series(SequenceData):
    """Windows of a series, each with the value that follows it. The last ones are held out: a forecast is judged by what comes
    after all that was learned from."""

    def symbols(self, c: Any) -> tuple[str, ...]:
        return ("value",)

    def rows(self, c: Any) -> int:
        return len(c.series) - c.length if c.series else int(c.samples)

    def check(self, c: Any) -> None:
        if not c.series:
            return
        if len(c.series) < c.length + 2:
            raise ValueError(f"The series has {len(c.series)} values; windows of {c.length} need at least {c.length + 2}. Give "
                             "more values, or choose a smaller T.")
        if not np.isfinite(c.series).all() or np.abs(c.series).max() > LARGEST:
            raise ValueError(f"The series has values beyond ±{LARGEST:.0e}. Give smaller ones, in thousands say.")
        if np.ptp(c.series[:len(c.series) - round(self.rows(c) * c.test_share)]) == 0:
            raise ValueError(f"The values to learn from are all the same ({c.series[0]:g}), so there is nothing to foretell. "
                             "Give a series that changes.")

    def values(self, c: Any) -> Array:
        """The whole series: a first window and a value more for each sample. The visitor's own, or made."""
        if c.series:
            return np.array(c.series, float)
        return cycles(np.random.default_rng([c.seed, PURPOSE]), c.samples + c.length)

    def prepare(self, c: Any) -> Prepared:
        series = self.values(c)
        windows = np.lib.stride_tricks.sliding_window_view(series[:-1], c.length)
        train, held = last_part(len(windows), c.test_share)
        y = series[c.length:]
        target = values("next value", y, train, held, standardise=True)
        scaler = Scaler(np.full(c.length, target.center), np.full(c.length, target.scale), np.ones(c.length, dtype=bool))
        return sequences(windows[..., None], y, train, held, target=target, symbols=self.symbols(c), scaler=scaler)
