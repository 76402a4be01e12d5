"""What a search is to do."""

from dataclasses import dataclass

from ann_core.data import Prepared
from ann_core.run.config import RunConfig
from ann_core.search.space import Space
from ann_core.search.trial import Rows
from ann_core.search.ways import Way, count


@dataclass(frozen=True, eq=False)
class Plan:
    """What is searched and how. data, test: of a table; else None, and the settings of `base` say which data

    folds: 1 judges on the validation rows, more on the training rows in so many parts   hopeless: whether trials that fall
    behind the middle one of those before end early
    """

    base: RunConfig
    space: Space
    way: Way
    trials: int
    folds: int = 1
    seeds: int = 1
    hopeless: bool = False
    seed: int = 0
    data: Prepared | None = None
    test: Rows | None = None

    @property
    def count(self) -> int:
        """How many trials there will be."""
        return count(self.way, self.space, self.trials)
