"""Ways to choose what is tried next: a grid, chance, and an informed way that learns from what came before.

Trials come in batches of one size, and are told in the order in which they were asked for: so a search repeats exactly, however
many processes work on it.
"""

import warnings
from collections.abc import Iterator
from itertools import islice, product
from math import prod
from typing import Any, Literal, Protocol

import numpy as np

from ann_core.search.space import Listed, Picks, Range, Space, Value

Way = Literal["grid", "random", "informed"]
WAYS: dict[Way, str] = {"grid": "a grid", "random": "at random", "informed": "informed (TPE)"}
BATCH = 8
"""Trials that are chosen together, before any of them is known."""
STREAM = 214


class Chooser(Protocol):
    """What chooses trials. listens: whether what came of trials changes what it chooses"""

    listens: bool

    def ask(self, count: int) -> list[Picks]:
        """The next trials; fewer when there are no more."""

    def tell(self, picks: Picks, score: float) -> None:
        """What came of a trial, higher is better; NaN where nothing did."""


class Grid:
    """Every combination: of each list all values, of each range as many as there are trials for."""

    listens = False

    def __init__(self, space: Space, trials: int) -> None:
        fixed = prod(len(one.values) for one in space.settings if isinstance(one, Listed))
        ranges = sum(isinstance(one, Range) for one in space.settings)
        points = max(2, int((trials / fixed) ** (1 / ranges) + 1e-9)) if ranges else 1
        spreads = [one.spread(points) for one in space.settings]
        self._length = prod(map(len, spreads))
        self._left: Iterator[Picks] = (dict(zip(space.paths, values, strict=True)) for values in product(*spreads))

    def __len__(self) -> int:
        return self._length

    def ask(self, count: int) -> list[Picks]:
        """The next ones in their order."""
        return list(islice(self._left, count))

    def tell(self, picks: Picks, score: float) -> None:
        """A grid does not listen."""


class Chance:
    """Each setting drawn anew for each trial (Bergstra and Bengio 2012): trial n is the same whatever came before."""

    listens = False

    def __init__(self, space: Space, seed: int) -> None:
        self._space, self._seed, self._at = space, seed, 0

    def ask(self, count: int) -> list[Picks]:
        """The next draws."""
        found: list[Picks] = []
        for n in range(self._at, self._at + count):
            shares = np.random.default_rng([self._seed, STREAM, n]).random(len(self._space.settings))
            found.append({one.path: one.at(float(share)) for one, share in zip(self._space.settings, shares, strict=True)})
        self._at += count
        return found

    def tell(self, picks: Picks, score: float) -> None:
        """Chance does not listen."""


class Informed:
    """The tree-structured Parzen estimator of Optuna: it models where good trials were and where bad ones."""

    listens = True

    def __init__(self, space: Space, seed: int) -> None:
        import optuna  # a second to import: only when it is needed

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sampler = optuna.samplers.TPESampler(seed=seed, n_startup_trials=BATCH, constant_liar=True, multivariate=True)
        self._study = optuna.create_study(direction="maximize", sampler=sampler)
        self._space, self._asked, self._failed = space, list[tuple[Picks, Any]](), optuna.trial.TrialState.FAIL

    def _suggested(self, trial: Any, one: Listed | Range) -> Value:
        if isinstance(one, Listed):
            return one.values[trial.suggest_categorical(one.path, range(len(one.values)))]
        if one.whole:
            return int(trial.suggest_int(one.path, int(one.low), int(one.high), log=one.log))
        return float(trial.suggest_float(one.path, one.low, one.high, log=one.log))

    def ask(self, count: int) -> list[Picks]:
        """The next trials. They are asked for together, as if each of them were going to be bad."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for _ in range(count):
                trial = self._study.ask()
                self._asked.append(({one.path: self._suggested(trial, one) for one in self._space.settings}, trial))
        return [picks for picks, _ in self._asked[-count:]]

    def tell(self, picks: Picks, score: float) -> None:
        """What came of a trial that was asked for."""
        place = next(i for i, (asked, _) in enumerate(self._asked) if asked is picks)
        _, trial = self._asked.pop(place)
        if np.isfinite(score):
            self._study.tell(trial, score)
        else:
            self._study.tell(trial, state=self._failed)


def chooser(way: Way, space: Space, trials: int, seed: int) -> Chooser:
    """What chooses, by its name."""
    return Grid(space, trials) if way == "grid" else Chance(space, seed) if way == "random" else Informed(space, seed)


def count(way: Way, space: Space, trials: int) -> int:
    """How many trials there will be: a grid may have fewer or more than were asked for."""
    return len(Grid(space, trials)) if way == "grid" else trials
