"""Which columns a network leans on: how much worse it answers when one column's values are shuffled among held-out rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.numbers import number, percent, rows
from ann_core.data.dataset import Task
from ann_core.data.table.columns import short

Score = Callable[[NDArray, Array], float]

ROWS, GROUPS = 1_000, 60
GLANCE = 200
"""Rows of the first look that chooses the columns when there are more than GROUPS."""
ROWS_STREAM, SHUFFLE_STREAM = 212, 213  # random streams are default_rng([seed, purpose, …]); see ann_core.data.MADE_STREAM


@dataclass(frozen=True)
class Importance:
    """How far the score falls without what a column tells. spread: standard deviation over the shuffles."""

    name: str
    mean: float
    spread: float


@dataclass(frozen=True)
class Importances:
    """The most important first. score: on the rows as they are; `notes` say what was left out."""

    score: float
    columns: tuple[Importance, ...]
    notes: tuple[str, ...] = ()


def importance(predict: Callable[[Array], Array], X: Array, y: NDArray, groups: Mapping[str, Sequence[int]], score: Score,
               repeats: int = 5, seed: int = 0) -> Importances:
    """Permutation importance (Breiman 2001): score(y, predict(X)) − mean over repeats of score(y, predict(X shuffled)).

    X: (N, D) inputs, y: (N,) targets of held-out rows   groups: a column's name -> the positions of its inputs, which are
    shuffled together   score: higher is better   repeats: how often each column is shuffled, by the same orders for all
    """
    notes = []
    if len(groups) > GROUPS:
        glance = _falls(predict, *_some(X, y, GLANCE, seed), groups, score, 1, seed)[1]
        first = sorted(groups, key=lambda name: -_known(glance[name][0]))[:GROUPS]
        notes.append(f"Of {len(groups)} columns these are the {GROUPS} that mattered most in a first look at "
                     f"{rows(min(len(X), GLANCE))}.")
        groups = {name: groups[name] for name in groups if name in set(first)}
    if len(X) > ROWS:
        notes.append(f"Measured on {rows(ROWS)} of {len(X):,}, drawn at random.")
    base, falls = _falls(predict, *_some(X, y, ROWS, seed), groups, score, repeats, seed)
    found = [Importance(name, float(np.mean(fall)), float(np.std(fall))) for name, fall in falls.items()]
    return Importances(base, tuple(sorted(found, key=lambda one: -_known(one.mean))), tuple(notes))


def sentence(one: Importance, base: float, task: Task) -> str:
    """What the network would lose without a column. base: `Importances.score`, as `metrics.score` measures it."""
    def words(value: float) -> str:
        return percent(value) if task == "classification" else number(abs(value))

    name, without = f"{short(one.name)} (its values shuffled among the rows)", base - one.mean
    measure = "accuracy" if task == "classification" else "typical miss (RMSE)"
    if np.isnan(one.mean):
        return f"Without {name} the network gives no answers that could be measured."
    if one.mean == one.spread == 0:
        return f"Without {name} its {measure} would not change at all: {words(base)}."
    if abs(one.mean) <= one.spread or words(base) == words(without):
        return f"Without {name} its {measure} would stay about the same: {words(base)}."
    verb = "fall" if (one.mean > 0) == (task == "classification") else "grow"
    return f"Without {name} its {measure} would {verb} from {words(base)} to {words(without)}."


def _some(X: Array, y: NDArray, most: int, seed: int) -> tuple[Array, NDArray]:
    if len(X) <= most:
        return X, y
    kept = np.random.default_rng([seed, ROWS_STREAM]).permutation(len(X))[:most]
    return X[kept], y[kept]


def _falls(predict: Callable[[Array], Array], X: Array, y: NDArray, groups: Mapping[str, Sequence[int]], score: Score,
           repeats: int, seed: int) -> tuple[float, dict[str, list[float]]]:
    """The score as it is, and by how much each shuffle of each column lowers it."""
    base = score(y, predict(X))
    orders = [np.random.default_rng([seed, SHUFFLE_STREAM, i]).permutation(len(X)) for i in range(repeats)]
    falls: dict[str, list[float]] = {}
    for name, group in groups.items():
        shuffled, positions = X.copy(), np.array(group, np.int64)
        falls[name] = []
        for order in orders:
            shuffled[:, positions] = X[order[:, None], positions]
            falls[name].append(base - score(y, predict(shuffled)))
    return base, falls


def _known(fall: float) -> float:
    """Where no score could be measured the column comes last."""
    return -np.inf if np.isnan(fall) else fall
