"""Measures of a gradient and of the units, for the pictures."""

import numpy as np

from ann_core.layers.base import Array

FLAT = 0.05
"""A unit is in the flat part of its activation where the slope is below this share of the steepest slope."""


def layer_sizes(vector: Array, parts: list[slice]) -> tuple[Array, Array]:
    """RMS and Euclidean length of each layer's weights in a flat vector (..., P). Returns two (L, ...) arrays.

    Scaled by the largest component first: the squares of 1e-200 would underflow.
    """
    rms, length = [], []
    for part in parts:
        v = np.abs(vector[..., part])
        top = v.max(-1)
        scaled = v / np.where(top > 0, top, 1.0)[..., None]
        mean = np.sqrt((scaled * scaled).mean(-1)) * top
        rms.append(mean)
        length.append(mean * np.sqrt(v.shape[-1]))
    return np.stack(rms), np.stack(length)


def flat_shares(slopes: list[Array], lead: tuple[int, ...]) -> tuple[Array, Array]:
    """For each hidden layer: `saturated`, the share of (row, unit) pairs in the flat part, and `dead`, the share of
    units that are there for every row and so learn nothing. slopes: |φ′| relative to the steepest, (..., N, n) a layer.
    Returns two (H, ...) arrays.
    """
    if not slopes:
        return np.zeros((0, *lead)), np.zeros((0, *lead))
    counts = [(slope < FLAT).sum(-2, dtype=np.float64) for slope in slopes]  # rows for which each unit is flat
    rows = slopes[0].shape[-2]
    return np.stack([c.mean(-1) / rows for c in counts]), np.stack([(c == rows).mean(-1) for c in counts])
