"""One trial of a search: networks trained with these settings, judged on validation rows. No test row is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data import Prepared, load
from ann_core.run.config import RunConfig
from ann_core.run.link import edited
from ann_core.run.run import Run, start
from ann_core.run.trainer import Trainer

RUNGS = (0.25, 0.5)
"""Shares of the epochs at which a hopeless trial may end."""
FOLD_STREAM = 215


@dataclass(frozen=True)
class Rows:
    """Rows that judge. X: inputs   y: as the network learns them"""

    X: Array
    y: NDArray


@dataclass(frozen=True)
class Outcome:
    """What came of a trial.

    scores, losses: on validation rows, one for each fold and seed; NaN where a network left all bounds (folds · seeds,)
    rungs: the mean score at each of RUNGS that was reached   epochs: how far it went   parameters: of each network
    """

    scores: tuple[float, ...]
    losses: tuple[float, ...]
    rungs: tuple[float, ...]
    epochs: int
    parameters: int
    stopped: bool = False

    @property
    def score(self) -> float:
        """The mean over folds and seeds; NaN when a network diverged."""
        return float(np.mean(self.scores))

    @property
    def loss(self) -> float:
        """The mean over folds and seeds."""
        return float(np.mean(self.losses))


def apart(config: RunConfig, data: Prepared | None, test: Rows | None = None) -> tuple[Prepared, Rows]:
    """What a search may look at, training and validation rows, and the test rows, which it may not.

    Made data: the first half of what is held out validates. data, test: of a table, which has validation rows of its own
    """
    if data is not None:
        return data, test or Rows(data.X_test[:0], data.y_test[:0])
    data = load(config.data)
    half = len(data.y_test) // 2
    seen = replace(data, X_test=data.X_test[:half], y_test=data.y_test[:half], points_test=data.points_test[:half],
                   held_out="validation")
    return seen, Rows(data.X_test[half:], data.y_test[half:])


def folds(data: Prepared, count: int, seed: int) -> list[Prepared]:
    """The data with its own validation rows, or for two folds and more the training rows in so many parts, each of which
    validates once. Inputs keep the scale of all training rows."""
    if count < 2:
        return [data]
    order = np.random.default_rng([seed, FOLD_STREAM]).permutation(len(data.y_train))
    found = []
    for held in np.array_split(order, count):
        kept = np.setdiff1d(order, held)
        found.append(replace(data, X_train=data.X_train[kept], y_train=data.y_train[kept], points_train=data.points_train[kept],
                             X_test=data.X_train[held], y_test=data.y_train[held], points_test=data.points_train[held],
                             held_out="validation"))
    return found


def judged(run: Run, trainer: Trainer, rows: Rows) -> tuple[float, float]:
    """Score and loss of the first network on these rows; NaN when it left all bounds."""
    setup, state = run.setup, trainer.state()
    theta, statistics = state.first
    net = setup.net
    with np.errstate(all="ignore"):
        Z, _, _ = net.forward(net.parameters.rows(theta), rows.X, net.evaluation(statistics))
        if not np.isfinite(Z).all():
            return float("nan"), float("nan")
        Y = setup.objective.encode(setup.data, rows.X, rows.y)
        return float(setup.target.score(Z, net.head.score(Z), rows.y)), float(setup.objective.value(Z, Y, None))


def trial(config: RunConfig, data: Prepared | None, parts: int, seeds: int, hopeless: Sequence[float] = (),
          sign: float = 1.0) -> Outcome:
    """Trains on each part with each seed, from config.seed on. Pure and picklable, as its arguments are.

    data: of a table; None: what the settings describe   hopeless: for each of RUNGS what sign · score must reach, or it ends
    there
    """
    seen, _ = apart(config, data)
    last = config.training.epochs
    runs = [start(edited(config, {"seed": config.seed + k, "seeds": 1, "training.patience": None}), part)
            for part in folds(seen, parts, config.data.seed) for k in range(seeds)]
    members = [(run, run.trainer()) for run in runs]
    rungs: list[float] = []
    epochs, stopped = last, False
    with np.errstate(all="ignore"):
        for share, least in zip(RUNGS, (*hopeless, *[-np.inf] * (len(RUNGS) - len(hopeless))), strict=True):
            epochs = max(1, round(share * last))
            rungs.append(float(np.mean([_at(run, trainer, epochs)[0] for run, trainer in members])))
            if not sign * rungs[-1] >= least:  # also when it is not a number
                stopped = True
                break
        else:
            epochs = last
        found = [_at(run, trainer, epochs) for run, trainer in members]
    scores, losses = zip(*found, strict=True)
    return Outcome(scores, losses, tuple(rungs), epochs, members[0][0].net.parameters.size, stopped)


def trials(jobs: Sequence[tuple[Any, ...]]) -> list[Outcome | str]:
    """`trial` for each of these arguments, handed in together: a short one is over before its way there and back is.

    Of one that fails what kind of error it was: it concerns that one alone."""
    found: list[Outcome | str] = []
    for job in jobs:
        try:
            found.append(trial(*job))
        except Exception as error:
            found.append(type(error).__name__)
    return found


def _at(run: Run, trainer: Trainer, epochs: int) -> tuple[float, float]:
    trainer.run(epochs, None, np.inf)
    return judged(run, trainer, Rows(run.data.X_test, run.data.y_test))
