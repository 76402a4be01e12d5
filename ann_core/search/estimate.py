"""How long a search will take, measured before it begins."""

from dataclasses import dataclass
from time import thread_time

import numpy as np

from ann_core.run.link import edited
from ann_core.run.run import start
from ann_core.search.plan import Plan
from ann_core.search.space import applied
from ann_core.search.trial import apart, folds
from ann_core.search.ways import BATCH, Chance

GLANCES, GLANCE = 6, 0.02
"""So many trials of the kind are begun, each for so many seconds."""
MOST_SECONDS = 1_800.0
"""A search that would take longer on one core is refused."""
MOST_OF_ONE = 30.0
"""Also one with trials longer than this: nobody else could work in that place meanwhile."""
PIECE, MOST_TOGETHER = 0.1, BATCH // 2
"""Trials that are shorter together than so many seconds are one piece of work; at most half a batch, so that two work on it."""


@dataclass(frozen=True)
class Estimate:
    """Seconds of one core. all: the search   longest: its longest trial"""

    all: float = 0.0
    longest: float = 0.0

    @property
    def together(self) -> int:
        """How many of its trials are handed in as one piece of work, which is about as long as a chunk of a film."""
        return max(1, min(MOST_TOGETHER, int(PIECE / self.longest))) if self.longest else 1


def estimate(plan: Plan) -> Estimate:
    """About how long it takes: trials drawn at random from its space are begun, and their steps timed."""
    seen, _ = apart(plan.base, plan.data, plan.test)
    part, found = folds(seen, plan.folds, 0)[0], []
    for picks in Chance(plan.space, plan.seed).ask(GLANCES):
        try:
            config = applied(plan.base, picks)
        except ValueError:
            continue
        trainer = start(edited(config, {"seeds": 1, "training.patience": None}), part).trainer()
        began = thread_time()
        with np.errstate(all="ignore"):
            trainer.run(config.training.epochs, None, began + GLANCE)
        steps = config.training.steps(len(part.y_train)) * config.training.epochs
        found.append((thread_time() - began) / max(1, trainer.step) * steps * plan.folds * plan.seeds)
    return Estimate(float(np.mean(found)) * plan.count, max(found)) if found else Estimate()
