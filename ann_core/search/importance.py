"""Which settings mattered in a search."""

import warnings
from collections.abc import Sequence

import numpy as np

from ann_core.search.search import Tried
from ann_core.search.space import Space


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
        shares = optuna.importance.get_param_importances(study, evaluator=judge, params=varied) if varied else {}
    return {path: float(share) for path, share in shares.items()}
