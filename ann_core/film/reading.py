"""What a frame of a film says about the first seed, in figures."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.numbers import ratio
from ann_core.film.film import Film


@dataclass(frozen=True)
class Reading:
    """One moment of one twin. Sizes that overflowed count as infinite."""

    gradient: tuple[float, ...]
    """RMS of ∂L/∂W of each weight layer, input side first."""
    loss: float
    score: float
    """On the test rows, or on the training rows when there are no others."""
    epoch: float
    diverged: str | None
    """"diverged in epoch 3", when it did."""
    by_slopes: float | None
    """What the slopes and the weights multiplied the gradient by, from the output down to layer 1; None when not measured."""
    by_weights: float | None

    @property
    def ratio(self) -> float:
        """Layer 1's gradient as a multiple of the output layer's."""
        return ratio(self.gradient[0], self.gradient[-1])


def reading(film: Film, frame: int = -1) -> Reading:
    """What one frame says about the first seed."""
    def own(column: NDArray[Any], layered: bool = False) -> NDArray[np.float64]:
        return column[frame][..., 0] if column.ndim > 1 + layered else column[frame]

    loss, test = float(own(film.train_loss)), float(own(film.test_score))
    score = test if np.isfinite(test) else float(own(film.train_score))
    gradient = np.where(np.isnan(g := own(film.gradient, True)), np.inf, g)
    diverged = f"diverged in epoch {int(film.epoch[-1]) + 1}" if film.state == "diverged" else None
    if not np.isfinite(loss):
        diverged = diverged or f"diverged by epoch {film.epoch[frame]:.0f}"
    with np.errstate(all="ignore"):
        factors = [float(own(film.columns[name], True).prod()) if name in film.columns else None
                   for name in ("by_slope", "by_weights")]
    return Reading(tuple(map(float, gradient)), loss, score, float(film.epoch[frame]), diverged, *factors)
