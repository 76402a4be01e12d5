"""A search as it goes on: batches of trials handed in, what came of them, cancelled and gone on with, the winner at the end."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace
from itertools import takewhile
from threading import RLock
from typing import Literal

import numpy as np

from ann_core.base.explain import explain
from ann_core.run.config import RunConfig
from ann_core.search.conclusion import Conclusion, conclude
from ann_core.search.plan import Plan
from ann_core.search.space import Picks, applied
from ann_core.search.trial import RUNGS, Outcome, apart, trials
from ann_core.search.ways import BATCH, chooser

Submit = Callable[..., Future]
"""Has a pure function worked out somewhere, with its arguments: `Executor.submit`."""


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


@dataclass(frozen=True)
class _Handed:
    """A trial that is being worked out. future: of what was handed in, none where there is nothing to work out; place: in it"""

    tried: Tried
    future: Future | None = None
    place: int = 0

    @property
    def done(self) -> bool:
        return self.future is None or self.future.done()

    def taken(self) -> Tried:
        """With what came of it."""
        if self.future is None:
            return self.tried
        error = self.future.exception()  # of whatever kind: it concerns these trials alone
        found = type(error).__name__ if error else self.future.result()[self.place]
        return replace(self.tried, why=found) if isinstance(found, str) else replace(self.tried, outcome=found)


@dataclass
class Search:
    """A plan being carried out. `tried` grows; nothing in it changes any more. `conclusion`: there when it is finished, unless
    no trial has a score. Raises ValueError when there are no rows to judge on.

    together: how many trials are handed in as one piece of work

    Trials are chosen by batches and take part in choosing the next one in the order of their numbers, so what is tried does
    not depend on who was first, or on how many work on it. One thread may carry it on while others look at it or cancel it.
    """

    plan: Plan
    submit: Submit
    together: int = 1
    tried: list[Tried] = field(default_factory=list)
    state: Literal["running", "cancelled", "finished"] = "running"
    conclusion: Conclusion | None = None
    _last: Future | None = None
    _lock: RLock = field(default_factory=RLock)
    _batch: list[_Handed] = field(default_factory=list)

    def __post_init__(self) -> None:
        plan = self.plan
        self._chooser = chooser(plan.way, plan.space, plan.trials, plan.seed)
        self._listens = self._chooser.listens or plan.hopeless  # if not, nobody need wait for the end of a batch
        seen, _ = apart(plan.base, plan.data, plan.test)
        if plan.folds > 1 and len(seen.y_train) < 2 * plan.folds:
            raise ValueError(f"Expected at least {2 * plan.folds} training rows for {plan.folds} folds; "
                             f"there are {len(seen.y_train)}.")
        if plan.folds < 2 and not len(seen.y_test):
            raise ValueError("There are no validation rows. Choose two folds or more, and training rows judge in turn.")
        self.measure, self.judges = seen.target.measure, len(seen.y_train if plan.folds > 1 else seen.y_test)
        self._sign = 1.0 if self.measure.kind == "share" else -1.0  # an error is better when it is lower

    def look(self) -> bool:
        """Takes in what is done and hands in what comes next. Returns whether anything is new; never waits."""
        with self._lock:
            return self.state == "running" and self._looked()

    def _looked(self) -> bool:
        ready = len(list(takewhile(lambda one: one.done, self._batch)))
        if self._listens and ready < len(self._batch):
            return False
        for one in self._batch[:ready]:
            found = one.taken()
            self.tried.append(found)
            score = found.outcome.score if found.outcome else np.nan
            self._chooser.tell(found.picks, self._sign * score)
        del self._batch[:ready]
        self._hand_in()
        return (self._concluded() if not self._batch else False) or ready > 0

    def wait(self) -> None:
        """Goes on to the end."""
        while self.state == "running":
            futures = (*(one.future for one in self._batch), self._last)
            wait([future for future in futures if future is not None and not future.done()], return_when=FIRST_COMPLETED)
            self.look()

    def cancel(self) -> None:
        """Ends it: what has not begun never will, what is in work is not waited for."""
        with self._lock:
            for future in (*(one.future for one in self._batch), self._last):
                if future is not None:
                    future.cancel()
            if self.state == "running":
                self.state = "cancelled"

    def go_on(self) -> None:
        """Takes a cancelled search up again: the same trials as if nothing had been."""
        with self._lock:
            if self.state == "cancelled":
                again = self._handed([one.tried for one in self._batch if one.future is not None and not _came(one.future)])
                self._batch = [again.get(one.tried.number, one) for one in self._batch]
                self._last = self._last if _came(self._last) else None
                self.state = "running"

    @property
    def pending(self) -> int:
        """Trials of the present batch that are done already."""
        return sum(one.done for one in self._batch)

    def _concluded(self) -> bool:
        """All trials are done: the winner is tested. Returns whether that is done, too."""
        ranked = self.ranked()
        if ranked and self._last is None:
            winner, middle = ranked[0].config, ranked[len(ranked) // 2].config
            self._last = self.submit(conclude, self.plan, winner, middle, len(ranked))
        if self._last is not None and not self._last.done():
            return False
        if self._last and not self._last.exception():
            self.conclusion = self._last.result()
        self.state = "finished"
        return True

    def ranked(self) -> list[Tried]:
        """What has a score, the best first; of equal ones that with the lower loss, then the earlier one."""
        there = [one for one in self.tried if np.isfinite(one.score) and one.outcome]
        return sorted(there, key=lambda one: (-self._sign * one.score, one.outcome.loss if one.outcome else 0, one.number))

    def _hand_in(self) -> None:
        known = len(self.tried) + len(self._batch)
        ahead = BATCH if self._listens else BATCH * self.together
        room = min(ahead - len(self._batch), self.plan.count - known)
        new = []
        for number, picks in enumerate(self._chooser.ask(room) if room > 0 else (), known):
            try:
                new.append(Tried(number, picks, applied(self.plan.base, picks), None))
            except ValueError as error:
                new.append(Tried(number, picks, None, None, " ".join(reason for _, reason in explain(error))))
        handed = self._handed([one for one in new if one.config])
        self._batch += [handed.get(one.number, _Handed(one)) for one in new]

    def _handed(self, new: Sequence[Tried]) -> dict[int, _Handed]:
        """Hands these trials in; by their numbers, where they are worked out."""
        plan, found = self.plan, dict[int, _Handed]()
        asked = plan.data, plan.folds, plan.seeds, self._least(), self._sign
        for first in range(0, len(new), self.together):
            group = new[first:first + self.together]
            future = self.submit(trials, [(one.config, *asked) for one in group])
            found |= {one.number: _Handed(one, future, place) for place, one in enumerate(group)}
        return found

    def _least(self) -> tuple[float, ...]:
        """For each rung what half of the trials of earlier batches had, times the sign; nothing before there are any."""
        there = [one.outcome.rungs for one in self.tried if one.outcome and len(one.outcome.rungs) == len(RUNGS)]
        if not self.plan.hopeless or not there:
            return ()
        return tuple(float(np.nanmedian([self._sign * rungs[i] for rungs in there])) for i in range(len(RUNGS)))


def _came(future: Future | None) -> bool:
    return future is not None and future.done() and not future.cancelled()


def found(tried: Sequence[Tried]) -> dict[str, int]:
    """How many of these trials have no score, by the reason; only reasons that there are."""
    told = [without(one) for one in tried]
    return {reason: told.count(reason) for reason in dict.fromkeys(told) if reason}


def without(one: Tried) -> str:
    """Why a trial has no score; nothing where it has one."""
    if one.config is None:
        return "settings that do not go together"
    if one.outcome is None:
        return "failed"
    if np.isnan(one.outcome.score):
        return "diverged"
    return "ended early" if one.outcome.stopped else ""
