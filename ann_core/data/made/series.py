"""A series in time, cut into windows: from each window the next value is to be told."""

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


class Series(SequenceData):
    """Windows of a series, each with the value that follows it. The last ones are held out: a forecast is judged by what comes
    after all that was learned from."""

    def symbols(self, c: Any) -> tuple[str, ...]:
        return ("value",)

    def values(self, c: Any) -> Array:
        """The whole series: a first window and a value more for each sample."""
        return cycles(np.random.default_rng([c.seed, PURPOSE]), c.samples + c.length)

    def prepare(self, c: Any) -> Prepared:
        series = self.values(c)
        windows = np.lib.stride_tricks.sliding_window_view(series[:-1], c.length)
        train, held = last_part(len(windows), c.test_share)
        y = series[c.length:]
        target = values("next value", y, train, held, standardise=True)
        scaler = Scaler(np.full(c.length, target.center), np.full(c.length, target.scale), np.ones(c.length, dtype=bool))
        return sequences(windows[..., None], y, train, held, target=target, symbols=self.symbols(c), scaler=scaler)
