"""How far a search can be trusted: what the best of many is worth when none is better than the others."""

import numpy as np
from numpy.typing import NDArray

DRAWS = 1_000
STREAM = 216


def best_by_luck(marks: NDArray[np.float64], trials: int, seed: int = 0) -> float:
    """What the best of so many equal networks would score on these rows on average, though none is better than the others.

    Bootstrap: each network's score is the mean of the rows drawn with replacement. marks: (N,) what a middling network
    got for each validation row, higher is better
    """
    rng = np.random.default_rng([seed, STREAM])
    best = [rng.choice(marks, (trials, len(marks))).mean(axis=1).max() for _ in range(max(20, DRAWS // max(1, trials)))]
    return float(np.mean(best))
