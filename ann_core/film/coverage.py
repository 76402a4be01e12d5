"""How much of the data generated samples cover, and how many of the samples are good."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from ann_core.base.arrays import Array
from ann_core.data import GENERATORS
from ann_core.data.config import DataConfig

LEAST = 0.02
"""A cloud with at least this share of all samples within reach of its centre is covered."""
DEVIATIONS = 3
"""How far a cloud reaches, in its standard deviations."""
NEAR = 1 / 24
"""Of data without clouds: how far a point reaches, as a share of the picture's width."""
POINTS = 400


@dataclass(frozen=True)
class Truth:
    """What samples are held against. points: centres of the clouds (K, 2), or points of the data   reach: in units of the plane
    clouds: whether it is centres that are to be covered, or points"""

    points: Array
    reach: float
    clouds: bool

    def measure(self, samples: Array) -> tuple[Array, Array]:
        """Shares: of the clouds, or of the points, that are covered, and of the samples that are good, within reach of a centre
        or of a point. NaN where no sample is finite. samples: (..., N, 2) on the plane   Returns (...) both"""
        found = np.array([self._one(one) for one in samples.reshape(-1, *samples.shape[-2:])])
        covered, good = found.T.reshape(2, *samples.shape[:-2])
        return covered, good

    def _one(self, samples: Array) -> tuple[float, float]:
        finite = samples[np.isfinite(samples).all(-1)]
        if not len(finite):
            return np.nan, np.nan
        far, nearest = cKDTree(self.points).query(finite)
        good = far <= self.reach
        if self.clouds:
            covered = (np.bincount(nearest[good], minlength=len(self.points)) >= LEAST * len(samples)).mean()
        else:
            covered = (cKDTree(finite).query(self.points)[0] <= self.reach).mean()
        return float(covered), float(good.sum() / len(samples))


def truth(data: DataConfig, points: Array, width: float) -> Truth:
    """points: true ones on the plane (N, 2)   width: of the plane"""
    made = GENERATORS.get(data.source)
    clouds = made.clouds(data.classes, data.noise) if made else None
    if clouds is None:
        return Truth(points[:POINTS], NEAR * width, clouds=False)
    centers, spread = clouds
    return Truth(centers, DEVIATIONS * spread, clouds=True)
