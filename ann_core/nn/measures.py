"""Measures of a gradient and of the units, for the pictures."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array

FLAT = 0.05
"""A unit is in the flat part of its activation where the slope is below this share of the steepest slope."""


def layer_rms(vector: Array, layers: Sequence[Sequence[slice]]) -> Array:
    """RMS of each layer's weights in a flat vector (..., P); layers: where they lie. Returns (L, ...)

    Scaled by the largest component first: the squares of 1e-200 would underflow.
    """
    rms = []
    for parts in layers:
        v = np.abs(vector[..., parts[0]] if len(parts) == 1 else np.concatenate([vector[..., part] for part in parts], axis=-1))
        top = v.max(-1)
        scaled = v / np.where(top > 0, top, 1.0)[..., None]
        rms.append(np.sqrt((scaled * scaled).mean(-1)) * top)
    return np.stack(rms)


def places_as_rows(A: Array, lead: int) -> Array:
    """Rows and the places of a picture as rows: (..., N, *places, n) -> (..., N · places, n). lead: how many axes come first"""
    return A if A.ndim == lead + 2 else A.reshape(*A.shape[:lead], -1, A.shape[-1])


def flat_rows(slope: Array) -> tuple[Array, int]:
    """In how many rows each unit is in the flat part, and of how many. slope: |φ′| relative to the steepest, (..., N, n); of
    pictures every place counts as a row. Returns (..., n), N"""
    return (slope < FLAT).sum(-2, dtype=np.float64), slope.shape[-2]


def flat_shares(counts: Sequence[tuple[Array, int]], lead: tuple[int, ...]) -> tuple[Array, Array]:
    """For each hidden layer: `saturated`, the share of (row, unit) pairs in the flat part, and `dead`, the share of
    units that are there for every row and so learn nothing. counts: `flat_rows` of each layer. Returns two (H, ...) arrays.
    """
    if not counts:
        return np.zeros((0, *lead)), np.zeros((0, *lead))
    return np.stack([c.mean(-1) / rows for c, rows in counts]), np.stack([(c == rows).mean(-1) for c, rows in counts])


def _length(D: Array, lead: int) -> Array:
    """Euclidean length over rows and units; scaled first where squares would underflow or overflow."""
    v = D.reshape(*D.shape[:lead], -1)
    squares = np.vecdot(v, v)
    if ((squares > 1e-250) & (squares < 1e250)).all():
        return np.sqrt(squares)
    top = np.abs(v).max(-1)
    scaled = v / np.where(top > 0, top, 1.0)[..., None]
    return top * np.sqrt(np.vecdot(scaled, scaled))


def backward_factors(flow: list[tuple[Array, Array]], lead: int) -> tuple[Array, Array]:
    """What each layer does to the gradient on its way back, from every layer's (dA, dZ), input side first. lead: how many axes
    stand before the rows.

    by_weights = ‖dA‖ / ‖dZ of the layer above‖ (through its weights, and the skip connection around it);
    by_slope = ‖dZ‖ / ‖dA‖ (through φ′, and batch norm). Both 1 for the last layer. Their running product from the output
    down is exactly ‖dZ of this layer‖ / ‖dZ of the last layer‖. Returns two (L, ...) arrays.
    """
    dA, dZ = (np.stack([_length(pair[k], lead) for pair in flow]) for k in (0, 1))

    def ratio(a: Array, b: Array) -> Array:
        return np.divide(a, b, out=np.zeros_like(a), where=b > 0)

    above = np.concatenate([dZ[1:], dA[-1:]])
    return ratio(dA, above), ratio(dZ, dA)


SUMS_REACH, SUMS_BINS = 6.0, 96
"""Histograms of sums cover −6 … 6; what lies beyond stands in the outermost bins."""


def histograms(sums: list[Array], reach: float = SUMS_REACH) -> NDArray[np.uint8]:
    """Where the units of each layer stand: sums (F, N, n) a layer, as shares of the fullest bin. reach: how far they are looked
    at, to both sides. Returns (F, H, BINS)"""
    F = len(sums[0]) if sums else 0
    counts = np.zeros((len(sums), F, SUMS_BINS))
    for h, Z in enumerate(sums):
        place = np.nan_to_num((Z + reach) * (SUMS_BINS / (2 * reach)), nan=0.0, posinf=SUMS_BINS, neginf=0.0)
        bins = np.clip(place, 0, SUMS_BINS - 1).astype(np.intp) + np.arange(F)[:, None, None] * SUMS_BINS
        counts[h] = np.bincount(bins.ravel(), minlength=F * SUMS_BINS).reshape(F, SUMS_BINS)
    return np.rint(255 * counts / np.maximum(counts.max(-1, keepdims=True), 1)).astype(np.uint8).swapaxes(0, 1)
