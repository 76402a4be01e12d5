"""Whether a puzzle's goal is reached: the run is trained to its end, with as many seeds as are asked for."""

from dataclasses import dataclass

import numpy as np

from ann_core.base.measure import Measure
from ann_core.data import Prepared
from ann_core.film.advance import advance
from ann_core.film.probes import PROBES
from ann_core.puzzles.puzzle import Puzzle
from ann_core.run.config import RunConfig
from ann_core.run.run import start

ONLY = frozenset(PROBES) - {"progress"}
"""Probes that are not asked for."""
OTHERS = 4
"""So many other seeds are judged beside a puzzle's own."""
MOST_COST = 2e10
"""Operations of a run that is judged, its other seeds included: some ten seconds of one core."""


@dataclass(frozen=True)
class Judged:
    """scores: at the end, one for each seed, the puzzle's own one first; NaN where the run left all bounds"""

    scores: tuple[float, ...]
    measure: Measure
    goal: float

    @property
    def reached(self) -> tuple[bool, ...]:
        """Whether the goal is, by seed."""
        return tuple(self.measure.reached(score, self.goal) for score in self.scores)

    @property
    def solved(self) -> bool:
        """Whether it is with the puzzle's own seed."""
        return self.reached[0]


def judged(puzzle: Puzzle, config: RunConfig, seeds: int = 1 + OTHERS, data: Prepared | None = None) -> Judged:
    """Trains these settings to their end with so many seeds, from their own one on; all in one call. Pure and picklable.

    data: of a table. Raises ValueError when that would take too long.
    """
    if config.cost * seeds > MOST_COST:
        raise ValueError(f"To judge this would take about {config.cost * seeds:.1e} operations; at most {MOST_COST:.0e} are "
                         "possible. Use fewer epochs, rows or units.")
    run = start(config.model_copy(update={"seeds": seeds}), data, without=ONLY)
    run, film = advance(run, 1, config.training.epochs)
    with np.errstate(all="ignore"):
        held, seen, loss = (np.atleast_1d(column[-1]) for column in (film.test_score, film.train_score, film.train_loss))
        scores = np.where(np.isfinite(loss) & (not run.message), held if len(run.data.X_test) else seen, np.nan)
    return Judged(tuple(map(float, scores)), puzzle.measure, puzzle.goal)
