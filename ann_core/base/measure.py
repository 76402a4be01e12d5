"""What answers are scored by: accuracy, or the root of the mean squared error."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ann_core.base.numbers import number


@dataclass(frozen=True)
class Measure:
    """One score. kind: 'share' (0 to 1, more is better) or 'number' (in the target's own units, 0 is perfect)."""

    label: str
    kind: Literal["share", "number"]

    @property
    def better(self) -> str:
        """What a better score is called."""
        return "more" if self.kind == "share" else "lower"

    def words(self, value: float) -> str:
        """97 % for a share; three digits of a number."""
        if not np.isfinite(value):
            return "not known"
        return f"{100 * value:.{int(0.995 < value < 1)}f} %" if self.kind == "share" else number(value)

    @property
    def perfect(self) -> float:
        """The best score there is."""
        return 1.0 if self.kind == "share" else 0.0

    def halfway(self, baseline: float) -> float:
        """Half of the way from guessing to perfect: a run that does not get there has failed to learn."""
        return (self.perfect + baseline) / 2

    def reached(self, score: float, needed: float) -> bool:
        """Whether a score is as good as one that is needed; NaN never is."""
        return score >= needed if self.kind == "share" else score <= needed


ACCURACY = Measure("accuracy", "share")
RMSE = Measure("RMSE", "number")
MSE = Measure("mean squared error", "number")
MEASURES = {"classification": ACCURACY, "regression": RMSE}
"""By task."""
