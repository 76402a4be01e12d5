"""How well a single column tells the target."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def _nearest_seen(seen: NDArray[np.int64], codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each code the nearest of the sorted codes `seen`: (N,) -> (N,)"""
    right = np.clip(np.searchsorted(seen, codes), 0, len(seen) - 1)
    left = np.maximum(right - 1, 0)
    return seen[np.where(np.abs(seen[right] - codes) < np.abs(seen[left] - codes), right, left)]


def _held_out(codes: NDArray[np.int64]) -> Iterator[tuple[slice, slice, NDArray[np.int64]]]:
    """Each half of the rows once: rows to learn from, rows to ask, and for these the nearest code that was learned."""
    for first in (0, 1):
        learned, asked = slice(first, None, 2), slice(1 - first, None, 2)
        yield learned, asked, _nearest_seen(np.unique(codes[learned]), codes[asked])


def class_power(codes: NDArray[np.int64], y: NDArray[np.int64]) -> float:
    """Share of rows given their class, when each gets the class most frequent among the nearest values of the other half of the
    rows; the mean over the classes of 5 rows and more, so that chance is 1/classes whatever the imbalance."""
    right, classes = np.zeros(len(y)), int(y.max()) + 1
    for learned, asked, nearest in _held_out(codes):
        counts = np.bincount(codes[learned] * classes + y[learned], minlength=(codes.max() + 1) * classes)
        right[asked] = counts.reshape(-1, classes).argmax(axis=1)[nearest] == y[asked]
    sizes = np.bincount(y)
    shares = (np.bincount(y, right) / sizes)[sizes >= 5]
    return float(shares.mean()) if len(shares) > 1 else 0.0


def amount_power(codes: NDArray[np.int64], y: NDArray[np.float64]) -> float:
    """R² when each row gets the mean target of the nearest values of the other half of the rows."""
    guess = np.zeros(len(y))
    for learned, asked, nearest in _held_out(codes):
        counts, sums = np.bincount(codes[learned]), np.bincount(codes[learned], y[learned])
        guess[asked] = sums[nearest] / counts[nearest]
    spread = float(((y - y.mean()) ** 2).sum())
    return 1 - float(((y - guess) ** 2).sum()) / spread if spread else 0.0


def rank_correlation(a: pd.Series, b: pd.Series) -> float:
    """Spearman's, over the rows where both are known; 0 where one does not vary."""
    both = (a.notna() & b.notna()).to_numpy()
    ranks = np.stack([a[both].rank(), b[both].rank()])
    return float(np.corrcoef(ranks)[0, 1]) if both.any() and np.ptp(ranks, axis=1).all() else 0.0
