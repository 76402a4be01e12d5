"""The end of a search: the winner is tested, once, and what luck alone would have given stands beside it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_core.data import Prepared
from ann_core.run.config import RunConfig
from ann_core.run.link import edited
from ann_core.run.run import Run, start
from ann_core.run.trainer import Trainer
from ann_core.search.luck import best_by_luck
from ann_core.search.plan import Plan
from ann_core.search.trial import apart, folds, judged


@dataclass(frozen=True)
class Conclusion:
    """What is known at the end.

    test: the winner's scores on test rows, one a seed; none without such rows   tested: how many rows
    lucky: the best score to be expected if all trials were as good as the middle one; NaN where that is not known
    """

    test: tuple[float, ...]
    tested: int
    lucky: float


def conclude(plan: Plan, winner: RunConfig, middle: RunConfig, trials: int) -> Conclusion:
    """Trains the winner again, on all training rows, and judges it on test rows; the middle trial tells what luck gives. Pure
    and picklable, as its arguments are."""
    seen, test = apart(winner, plan.data, plan.test)
    held = []
    for k in range(plan.seeds if len(test.y) else 0):
        run, trainer = _trained(winner, seen, k)
        held.append(judged(run, trainer, test)[0])
    lucky = best_by_luck(marks(middle, plan.data, plan.folds), trials)
    if seen.target.measure.kind != "share":
        lucky = float(np.sqrt(max(0.0, -lucky)) * seen.target.scale)
    return Conclusion(tuple(held), len(test.y), lucky)


def marks(config: RunConfig, data: Prepared | None, parts: int) -> NDArray[np.float64]:
    """What networks of these settings get for each row that judges: 1 or 0 for right or wrong, or −miss². (N,)"""
    seen, _ = apart(config, data)
    found = []
    for part in folds(seen, parts, config.data.seed):
        run, trainer = _trained(config, part, 0)
        theta, statistics = trainer.state().first
        with np.errstate(all="ignore"):
            Z, _, _ = run.net.forward(run.net.parameters.rows(theta), part.X_test, run.net.evaluation(statistics))
            answers = run.net.head.score(Z)
            if part.target.task == "regression":
                found.append(-((answers[:, 0] - part.y_test) ** 2))
                continue
        guess = answers.argmax(-1) if answers.shape[-1] > 1 else answers[:, 0] > 0.5
        found.append((guess == part.y_test).astype(np.float64))
    return np.concatenate(found)


def _trained(config: RunConfig, data: Prepared, k: int) -> tuple[Run, Trainer]:
    run = start(edited(config, {"seed": config.seed + k, "seeds": 1, "training.patience": None}), data)
    trainer = run.trainer()
    with np.errstate(all="ignore"):
        trainer.run(config.training.epochs, None, np.inf)
    return run, trainer
