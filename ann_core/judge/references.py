"""Plain references on the same split and inputs, so that nobody believes a network that a straight line beats."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.numbers import number, percent, rows
from ann_core.base.words import listed
from ann_core.data.dataset import Task
from ann_core.judge.metrics import row_scores, score

ROWS = 5_000
VALUES = 1_000_000
"""Rows × inputs that a reference learns from: all of them together take a few seconds at most, on one core."""
FEWEST = 1_000
"""Rows that are kept however wide the table is."""
WORK = 400_000_000
"""Rows × inputs × classes × steps that the logistic regression may take."""
FEW = 30
"""On fewer rows than these a difference may be one and not show."""
REFERENCE_STREAM = 211  # random streams are default_rng([seed, purpose]); see ann_core.data.MADE_STREAM


@dataclass(frozen=True, eq=False)
class Reference:
    """A plain model's answers to the test rows: probabilities (N, C), or values (N,)."""

    key: str
    label: str
    advice: str
    answers: Array
    notes: tuple[str, ...] = ()


def references(X_train: Array, y_train: NDArray, X_test: Array, task: Task, seed: int,
               class_weight: str | None = None, classes: int = 0) -> list[Reference]:
    """Always the same answer; a straight line; a small random forest. The latter two need a target that varies.

    X_train, X_test: (N, D) scaled inputs   y_train: class numbers, or values   class_weight: None or "balanced"
    classes: how many there are, also such as no training row has; 0: as many as the training rows have
    """
    classes = classes or (int(y_train.max()) + 1 if task == "classification" else 0)
    kept, told = _sample(y_train, X_train.shape[1], np.random.default_rng([seed, REFERENCE_STREAM]))
    X, y = X_train[kept], y_train[kept]
    size = np.abs(X).max(axis=0)
    size[size == 0] = 1  # trees read single precision: each input in parts of its largest value, which changes no answer
    X, X_test = X / size, np.clip(X_test / size, -1e30, 1e30)
    found = [_always(y_train, len(X_test), task, classes)]
    if np.ptp(y) == 0:
        return found
    line, forest = (_classifiers if task == "classification" else _regressors)(X, seed, class_weight, classes)
    name = "logistic" if task == "classification" else "linear"
    for key, label, advice, model in (
            ("line", f"a straight line: {name} regression",
             "It weighs each input by one number and adds up. If it does as well as the network, prefer it: it is simpler, "
             "and its weights can be read.", line),
            ("forest", "a small random forest",
             "Fifty decision trees, each a short list of yes-or-no questions, answer together. On small tables it is hard to "
             "beat, and it needs no settings.", forest)):
        answers, ended = _answers(model, X, y, X_test, task, classes)
        early = () if ended else ("It was stopped before it had settled: with more time it might do a little better.",)
        found.append(Reference(key, label, advice, answers, told + early))
    return found


def verdict(y: NDArray, answers: Array, found: Sequence[Reference], task: Task) -> str:
    """Whether a network is worth its trouble, in a sentence or two. answers: the network's to the test rows, as `Reference`'s.

    Differences within two standard errors count as none: of a share, √(p (1 − p)/n) with p between the two; else of the mean
    difference of squared misses.
    """
    def names(some: list[Reference]) -> str:
        return listed([NAMES[one.key] for one in some])

    own, by_key = _words(y, [answers], task), {one.key: one for one in found}
    unit = "a typical miss of " if task == "regression" else ""
    against = {key: _compare(y, answers, one.answers, task) for key, one in by_key.items()}
    beaten, equal, better = ([one for one in found if one.key != "always" and against[one.key] == sign] for sign in (1, 0, -1))
    parts = []
    if against["always"] == 0 and len(y) < FEW and score(y, answers, task) > score(y, by_key["always"].answers, task):
        parts.append(f"{rows(len(y))} are too few to tell whether the network does better than always giving the same answer: "
                     f"{unit}{own} against {_words(y, [by_key['always'].answers], task)}.")
    elif (own_worse := against["always"] < 0) or against["always"] == 0:
        parts.append(f"The network does {'worse' if own_worse else 'no better'} than always giving the same answer: "
                     f"{unit}{own} against "
                     f"{_words(y, [by_key['always'].answers], task)}. It has learned nothing of use yet.")
    for some, verb in ((better, "better"), (equal, "as well")):
        if some:
            parts.append(f"{names(some)} {'do' if len(some) > 1 else 'does'} {verb} here: {unit}"
                         f"{_words(y, [one.answers for one in some], task)} against the network's {own}.")
    if beaten:
        parts.append(f"The network beats {names(beaten)}: {unit}{own} against "
                     f"{_words(y, [one.answers for one in beaten], task)}.")
    line, forest = against.get("line", 1), against.get("forest", 1)
    if line <= 0:
        parts.append("Prefer the forest." if line == 0 and forest < 0 else "Prefer the simpler one.")
    elif forest < 0:
        parts.append("Prefer the forest, or give the network more rows, epochs or units.")
    return " ".join(part[0].upper() + part[1:] for part in parts)


NAMES = {"always": "always the same answer", "line": "a straight line", "forest": "a small random forest"}


def _compare(y: NDArray, network: Array, other: Array, task: Task) -> int:
    """1, 0, −1: the network is better, about equal, worse. Of the rows that both answer."""
    a, b = row_scores(y, network, task), row_scores(y, other, task)
    both = np.isfinite(a) & np.isfinite(b)
    a, b = a[both], b[both]
    n = len(a)
    if n == 0:
        return -1
    difference = float(a.mean() - b.mean())
    if task == "classification":
        p = ((a.sum() + b.sum()) / 2 + 1) / (n + 2)  # one right and one wrong row more, so that 100 % is not beyond doubt
        error = np.sqrt(p * (1 - p) / n)
    else:
        error = np.std(a - b) / np.sqrt(n)
    return int(np.sign(difference)) if abs(difference) > 2 * error else 0


def _words(y: NDArray, answers: Sequence[Array], task: Task) -> str:
    """Each one's accuracy or RMSE: "96 % and 97 %"."""
    return listed([percent(value) if task == "classification" else number(-value)
                   for value in (score(y, one, task) for one in answers)])


def _sample(y: NDArray, width: int, rng: np.random.Generator) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    most = min(ROWS, max(FEWEST, VALUES // width))
    if len(y) <= most:
        return np.arange(len(y)), ()
    return rng.permutation(len(y))[:most], (f"It learned from {rows(most)} of {len(y):,}, drawn at random.",)


def _always(y: NDArray, n: int, task: Task, classes: int) -> Reference:
    if task == "classification":
        answers = np.tile(np.bincount(y, minlength=classes) / len(y), (n, 1))
    else:
        answers = np.full(n, y.mean())
    return Reference("always", NAMES["always"], "The largest class, or the mean, of the training rows. Whatever is of use has "
                     "to beat it.", answers)


def _classifiers(X: Array, seed: int, class_weight: str | None, classes: int) -> tuple[Any, Any]:
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    steps = int(np.clip(WORK // (X.size * classes), 30, 2_000))
    return (make_pipeline(StandardScaler(), LogisticRegression(class_weight=class_weight, max_iter=steps)),
            RandomForestClassifier(50, max_depth=8, n_jobs=1, random_state=seed, class_weight=class_weight))


def _regressors(X: Array, seed: int, *_: Any) -> tuple[Any, Any]:
    from sklearn.ensemble import RandomForestRegressor
    from sklearn.linear_model import RidgeCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    # Linear regression, pulled to 0 only as far as leaving each row out once shows a gain: inputs may outnumber rows.
    return (make_pipeline(StandardScaler(), RidgeCV(np.logspace(-8, 4, 13))),
            RandomForestRegressor(50, max_depth=8, n_jobs=1, random_state=seed,
                                  max_features=min(X.shape[1], max(20, int(np.sqrt(X.shape[1]))))))


def _answers(model: Any, X: Array, y: NDArray, X_test: Array, task: Task, classes: int) -> tuple[Array, bool]:
    """Trains and answers; also tells whether training came to its end."""
    from sklearn.exceptions import ConvergenceWarning

    center, scale = (y.mean(), y.std()) if task == "regression" else (0, 1)  # the squares of huge targets stay numbers
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", ConvergenceWarning)  # told in a note, not in the server's log
        model.fit(X, (y - center) / scale if task == "regression" else y)
        if task == "regression":
            return model.predict(X_test) * scale + center, True
        P = np.zeros((len(X_test), classes))
        P[:, model.classes_] = model.predict_proba(X_test)
    last = model[-1] if hasattr(model, "steps") else None
    return P, last is None or bool(last.n_iter_.max() < last.max_iter)
