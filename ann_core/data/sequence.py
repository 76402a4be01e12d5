"""What sequences as data have in common: a sample is T steps, each of a few numbers, with one answer, or one at every step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data.dataset import Task
from ann_core.data.prepared import Prepared
from ann_core.data.scaling import Scaler
from ann_core.data.target import Target

LEAST_STEPS, MOST_STEPS = 5, 100


@dataclass(frozen=True)
class SequenceData:
    """One kind of sequence to learn from. every_step: an answer is asked for at every step, else one after the last.

    c: the settings of the data: samples, length, test_share, seed, text
    """

    key: str
    label: str
    sentence: str
    task: Task = "classification"
    every_step: bool = False

    def symbols(self, c: Any) -> tuple[str, ...]:
        """What the numbers of a step are called."""
        raise NotImplementedError

    def answers(self, c: Any) -> tuple[str, ...]:
        """The answers to choose from; none when it is a number."""
        return ()

    def steps(self, c: Any) -> int:
        """Steps of a sample."""
        return int(c.length)

    def rows(self, c: Any) -> int:
        """Samples, training and held out."""
        return int(c.samples)

    def check(self, c: Any) -> None:
        """Raises ValueError, with what to do, for settings from which nothing can be made."""

    def prepare(self, c: Any) -> Prepared:
        """Ready to train on. The same settings give the same data."""
        raise NotImplementedError


def sequences(X: Array, y: NDArray, train: NDArray, held: NDArray, *, target: Target, symbols: Sequence[str],
              scaler: Scaler | None = None, notes: Sequence[str] = ()) -> Prepared:
    """Split sequences as training data; there is no plane to draw them on. X: (N, T, n)   y: (N,), or (N, T) at every step.

    scaler: of the T · n numbers of a sample; none leaves them as they are
    """
    size = int(np.prod(X.shape[1:]))
    scaler = scaler or Scaler(np.zeros(size), np.ones(size), np.ones(size, dtype=bool))
    scaled = scaler(X.reshape(len(X), size)).reshape(X.shape)
    learned = y if target.class_names else (y - target.center) / target.scale
    nowhere = np.empty((len(X), 0))
    return Prepared(scaled[train], learned[train], scaled[held], learned[held], target, tuple(symbols), None, nowhere[train],
                    nowhere[held], scaler, tuple(notes))


def one_hot(ids: NDArray, count: int) -> Array:
    """(..., T) numbers from 0 to count − 1 as (..., T, count), one 1 a step."""
    return (ids[..., None] == np.arange(count)).astype(np.float64)


def last_part(rows: int, share: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Row numbers for training and held out: this share of them, the last ones; each part has one row at least where it can."""
    held = min(max(round(rows * share), int(share > 0)), rows - 1)
    return np.arange(rows - held), np.arange(rows - held, rows)
