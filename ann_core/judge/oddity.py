"""How odd rows are to an autoencoder: how badly they come back, and in which columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.run.run import Run


@dataclass(frozen=True, eq=False)
class Oddity:
    """columns: (N, C) each row's squared error in each column, summed over its inputs and divided by all inputs
    back: (N, D) what came back, as raw inputs"""

    columns: Array
    back: Array

    @property
    def rows(self) -> Array:
        """Each row's mean squared error over all its inputs. (N,)"""
        return self.columns.sum(-1)

    def oddest(self, most: int) -> list[int]:
        """Rows that come back worst, first; those with numbers beyond all measure are none of them."""
        rows = np.where(np.isfinite(self.rows), self.rows, -np.inf)
        return [int(row) for row in np.argsort(-rows, kind="stable")[:most] if np.isfinite(rows[row])]


def oddity(run: Run, raw: NDArray, groups: Sequence[Sequence[int]] | None = None) -> Oddity:
    """Errors of rows at this moment of a run, by its first seed. raw: (N, D) unscaled rows   groups: which inputs belong to
    each column; without them each input is one"""
    theta, statistics = run.state.first
    X = run.data.to_inputs(raw).reshape(len(raw), -1)
    with np.errstate(all="ignore"):
        A = run.net.predict(theta, X.reshape(len(X), *run.net.inputs), statistics)
        squares = (A - X) ** 2 / X.shape[1]
        scaler = run.data.scaler
        back = A * scaler.scale + scaler.center
    each = groups if groups is not None else [[i] for i in range(X.shape[1])]
    return Oddity(np.stack([squares[:, list(inputs)].sum(-1) for inputs in each], -1), back)
