"""A search as it goes on: batches of trials handed in, what came of them, cancelled and gone on with, the winner at the end."""

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from ann_core.data import Prepared
from ann_core.run.config import RunConfig
from ann_core.run.link import edited
from ann_core.run.run import start
from ann_core.search.space import Picks, Space, applied
from ann_core.search.trial import RUNGS, Outcome, Rows, apart, judged, trial
from ann_core.search.ways import BATCH, Way, chooser, count

Submit = Callable[..., Future]
"""Has a pure function worked out somewhere, with its arguments: `Executor.submit`."""


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

    @property
    def cost(self) -> float:
        """About how many operations they take together: each like the base."""
        return self.base.cost * self.folds * self.seeds * self.count


@dataclass(frozen=True)
class Tried:
    """A trial: what was tried, and what came of it. number: from 0, in the order in which they were chosen

    config: None where the values do not go together, with the reason in `why`; outcome: None then, and where its worker failed
    """

    number: int
    picks: Picks
    config: RunConfig | None
    outcome: Outcome | None
    why: str = ""

    @property
    def score(self) -> float:
        """On validation rows; NaN where there is none. What ended early has none that could be compared."""
        return float("nan") if self.outcome is None or self.outcome.stopped else self.outcome.score


@dataclass
class Search:
    """A plan being carried out. `tried` grows; nothing in it changes any more.

    Trials are chosen by batches and take part in choosing the next one in the order of their numbers, so what is tried does
    not depend on who was first, or on how many work on it.
    """

    plan: Plan
    submit: Submit
    tried: list[Tried] = field(default_factory=list)
    state: Literal["running", "cancelled", "finished"] = "running"
    _batch: list[tuple[Tried, Future | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        plan = self.plan
        self._chooser = chooser(plan.way, plan.space, plan.trials, plan.seed)
        seen, _ = apart(plan.base, plan.data, plan.test)
        self._sign = 1.0 if seen.target.measure.kind == "share" else -1.0  # an error is better when it is lower

    def look(self) -> bool:
        """Takes in what is done and hands in what comes next. Returns whether anything is new; never waits."""
        if self.state != "running":
            return False
        if not self._batch:
            self._hand_in()
            if not self._batch:
                self.state = "finished"
                return True
        if any(future is not None and not future.done() for _, future in self._batch):
            return False
        for one, future in self._batch:
            found = self._taken(one, future)
            self.tried.append(found)
            score = found.outcome.score if found.outcome else np.nan
            self._chooser.tell(found.picks, self._sign * score)
        self._batch = []
        return True

    def wait(self) -> None:
        """Goes on to the end."""
        while self.state == "running":
            for _, future in self._batch:
                if future is not None:
                    future.exception()
            self.look()

    def cancel(self) -> None:
        """Ends it: what has not begun never will, what is in work is not waited for. Its batch is done again later."""
        for _, future in self._batch:
            if future is not None:
                future.cancel()
        if self.state == "running":
            self.state = "cancelled"

    def go_on(self) -> None:
        """Takes a cancelled search up again: the same trials as if nothing had been."""
        if self.state == "cancelled":
            self._batch = [(one, self._handed(one)) for one, _ in self._batch]
            self.state = "running"

    @property
    def pending(self) -> int:
        """Trials of the present batch that are done already."""
        return sum(future is None or future.done() for _, future in self._batch)

    def ranked(self) -> list[Tried]:
        """What has a score, the best first; of equal ones that with the lower loss, then the earlier one."""
        there = [one for one in self.tried if np.isfinite(one.score) and one.outcome]
        return sorted(there, key=lambda one: (-self._sign * one.score, one.outcome.loss if one.outcome else 0, one.number))

    def _hand_in(self) -> None:
        left = self.plan.count - len(self.tried)
        for picks in self._chooser.ask(min(BATCH, left)) if left > 0 else []:
            number = len(self.tried) + len(self._batch)
            try:
                one = Tried(number, picks, applied(self.plan.base, picks), None)
            except ValueError as error:
                one = Tried(number, picks, None, None, str(error))
            self._batch.append((one, self._handed(one)))

    def _handed(self, one: Tried) -> Future | None:
        plan = self.plan
        if one.config is None:
            return None
        return self.submit(trial, one.config, plan.data, plan.folds, plan.seeds, self._least(), self._sign)

    def _least(self) -> tuple[float, ...]:
        """For each rung what half of the trials of earlier batches had, times the sign; nothing before there are any."""
        there = [one.outcome.rungs for one in self.tried if one.outcome and len(one.outcome.rungs) == len(RUNGS)]
        if not self.plan.hopeless or not there:
            return ()
        return tuple(float(np.nanmedian([self._sign * rungs[i] for rungs in there])) for i in range(len(RUNGS)))

    def _taken(self, one: Tried, future: Future | None) -> Tried:
        if future is None:
            return one
        try:
            return Tried(one.number, one.picks, one.config, future.result())
        except (BrokenProcessPool, ArithmeticError, MemoryError, OSError) as error:
            return Tried(one.number, one.picks, one.config, None, f"Its worker failed: {type(error).__name__}.")


def concluded(plan: Plan, config: RunConfig) -> tuple[float, ...]:
    """Test scores of the winner, one a seed: trained again, on all training rows. Asked for once, at the end."""
    seen, test = apart(config, plan.data, plan.test)
    found = []
    for k in range(plan.seeds):
        run = start(edited(config, {"seed": config.seed + k, "seeds": 1, "training.patience": None}), seen)
        trainer: Any = run.trainer()
        with np.errstate(all="ignore"):
            trainer.run(config.training.epochs, None, np.inf)
        found.append(judged(run, trainer, test)[0])
    return tuple(found)
