"""How far a search can be trusted: what the best of many is worth, and which settings mattered."""

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ann_core.search.search import Tried
from ann_core.search.space import Space

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


def importances(space: Space, tried: Sequence[Tried], seed: int = 0) -> dict[str, float]:
    """How much of the differences between scores each setting explains, by its path; together 1 (fANOVA, Hutter 2014, as Optuna
    has it). Nothing where there are too few trials or all scores are equal."""
    there = [one for one in tried if np.isfinite(one.score)]
    if len(there) < 2 * len(space.settings) + 2 or np.ptp([one.score for one in there]) == 0:
        return {}
    import optuna  # a second to import: only when it is needed

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    kinds: dict[str, optuna.distributions.BaseDistribution] = {
        one.path: optuna.distributions.CategoricalDistribution(range(len(one.values))) if one.kind == "list" else
        optuna.distributions.FloatDistribution(one.low, one.high, log=one.log) for one in space.settings}
    study = optuna.create_study(direction="maximize")
    for trial in there:
        values = {one.path: one.values.index(trial.picks[one.path]) if one.kind == "list" else trial.picks[one.path]
                  for one in space.settings}
        study.add_trial(optuna.trial.create_trial(params=values, distributions=kinds, value=trial.score))
    varied = [path for path in space.paths if len({one.picks[path] for one in there}) > 1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        judge = optuna.importance.FanovaImportanceEvaluator(seed=seed)
        return dict(optuna.importance.get_param_importances(study, evaluator=judge, params=varied)) if varied else {}
