"""Whether a puzzle's goal is reached: the run is trained to its end, with as many seeds as are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ann_core.base.measure import Measure
from ann_core.data import Prepared
from ann_core.film.advance import advance
from ann_core.film.parcels import Advance
from ann_core.film.probes import PROBES
from ann_core.film.turns import PART_MS
from ann_core.puzzles.puzzle import Puzzle
from ann_core.run.config import RunConfig
from ann_core.run.run import start

ONLY = frozenset(PROBES) - {"progress"}
"""Probes that are not asked for."""
OTHERS = 4
"""So many other seeds are judged beside a puzzle's own."""
MOST_COST, MOST_STEPS = 1e10, 50_000
"""Operations of a run that is judged, its other seeds included, and steps, by which small batches and small networks take their
time: some ten seconds of one core."""


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


def too_long(config: RunConfig, seeds: int = 1 + OTHERS) -> str:
    """Why these settings cannot be judged, in a sentence; nothing where they can."""
    cost, steps = config.cost * seeds, config.training.epochs * config.training.steps(config.data.training_rows)
    if cost > MOST_COST:
        return (f"To judge this would take about {cost:.1e} operations; at most {MOST_COST:.0e} are possible. Use fewer "
                "epochs, rows or units.")
    if steps > MOST_STEPS:
        return (f"To judge this would take {steps:,} steps; at most {MOST_STEPS:,} are possible. Use fewer epochs or larger "
                "batches.")
    return ""


def judging(puzzle: Puzzle, config: RunConfig, seeds: int = 1 + OTHERS, data: Prepared | None = None,
            work: Advance = advance) -> Iterator[float | Judged]:
    """Trains these settings to their end with so many seeds, from their own one on: how far that is, 0 to 1, again and again,
    and at last what came out.

    data: of a table. Raises ValueError when that would take too long.
    """
    if why := too_long(config, seeds):
        raise ValueError(why)
    run, film = start(config.model_copy(update={"seeds": seeds}), data, without=ONLY), None
    while film is None or not (run.finished or run.message):
        yield run.epoch / config.training.epochs
        run, film = work(run, 1, max(1, config.training.epochs - run.state.epoch), None, PART_MS)
    with np.errstate(all="ignore"):
        held, seen, loss = (np.atleast_1d(column[-1]) for column in (film.test_score, film.train_score, film.train_loss))
        scores = np.where(np.isfinite(loss) & (not run.message), held if len(run.data.X_test) else seen, np.nan)
    yield Judged(tuple(map(float, scores)), puzzle.measure, puzzle.goal)


def judged(puzzle: Puzzle, config: RunConfig, seeds: int = 1 + OTHERS, data: Prepared | None = None) -> Judged:
    """What comes at the end of `judging`."""
    *_, found = judging(puzzle, config, seeds, data)
    assert isinstance(found, Judged)
    return found
