"""What the frames of a recording have said so far of losses and scores: little enough to keep."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ann_core.film.film import Film
from ann_core.film.probes import PROBES
from ann_core.run.setup import Setup

MOST = 400
"""Moments that are kept at least, where so many were seen; twice as many are thinned evenly."""


@dataclass(frozen=True, eq=False)
class Curves:
    """Columns of the probe `progress` by step, each (F,). Of several seeds the median of those that are finite."""

    columns: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        return self.columns[name]

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def then(self, film: Film, setup: Setup) -> "Curves":
        """With the frames of a film of the same run. Frames that come again are the same ones."""
        new = {column.name: _middle(film.columns[column.name]) for column in PROBES["progress"].columns_of(setup)}
        both = {name: np.concatenate([self.columns.get(name, values[:0]), values]) for name, values in new.items()}
        _, order = np.unique(both["step"], return_index=True)
        if len(order) > 2 * MOST:
            order = np.append(order[:-1:2], order[-1])
        return Curves({name: values[order] for name, values in both.items()})

    def until(self, step: int) -> "Curves":
        """Without what came after a step."""
        if not self.columns:
            return self
        before = self.columns["step"] <= step
        return Curves({name: values[before] for name, values in self.columns.items()})


def _middle(column: NDArray) -> NDArray[np.float64]:
    """(F,) of a column (F,) or (F, S)."""
    values = column.astype(np.float64)
    if values.ndim == 1:
        return values
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of frames in which no seed is finite
        return np.nanmedian(np.where(np.isfinite(values), values, np.nan), axis=1)
