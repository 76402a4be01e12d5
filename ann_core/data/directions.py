"""The directions in which rows differ most, and what they keep of a row (principal components). Pearson, 1901."""

from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array


@dataclass(frozen=True, eq=False)
class Directions:
    """A flat sheet through the middle of the rows. middle: (D,) their mean   along: (k, D) orthonormal, the widest first"""

    middle: Array
    along: Array

    def codes(self, X: Array) -> Array:
        """Where rows lie on the sheet: (x − m) Vᵀ. X: (..., D) -> (..., k)"""
        return (X - self.middle) @ self.along.T

    def again(self, X: Array) -> Array:
        """The nearest place on the sheet: m + (x − m) Vᵀ V. X: (..., D) -> (..., D)"""
        return self.middle + self.codes(X) @ self.along


def directions(X: Array, k: int) -> Directions:
    """The k directions of widest spread (all D of them where k is more). Of all flat sheets it leaves the smallest mean squared
    error on these rows. Eckart & Young, 1936. X: (N, D)"""
    middle = X.mean(axis=0)
    spread, along = np.linalg.eigh((X - middle).T @ (X - middle))  # in rising order
    return Directions(middle, along[:, np.argsort(-spread, kind="stable")[:k]].T)
