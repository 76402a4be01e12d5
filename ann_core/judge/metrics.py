"""How good answers are: measured by scikit-learn, told in sentences with the learner's own numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.numbers import number, percent, rows
from ann_core.data.dataset import Task
from ann_core.data.table.columns import short

Ints = NDArray[np.int64]
BINS, FEW_BINS, FEW = 10, 5, 200  # of predicted probability, equally wide; fewer of them for fewer rows


@dataclass(frozen=True, eq=False)
class Curves:
    """One class against all others, at every threshold of its probability. Empty, with a NaN area, where undefined."""

    of: int
    fpr: Array         # share of the other rows taken for it, rising from 0 to 1
    tpr: Array         # share of its rows that are found
    auc: float
    recall: Array      # falling from 1 to 0
    precision: Array
    average_precision: float


@dataclass(frozen=True, eq=False)
class Calibration:
    """Rows by predicted probability, of class 1 for two classes, else of the class answered. Bins without rows left out."""

    predicted: Array   # (B,) mean probability
    right: Array       # (B,) share of rows for which it came true
    count: Ints         # (B,)


@dataclass(frozen=True, eq=False)
class Classification:
    """Answers against the truth. What is not defined is NaN: precision of a class never answered, recall of one without rows.

    truth, answer: (N,) class numbers of all rows in their order; answer −1 where there were no finite probabilities.
    All measures are of the n rows with an answer; `unanswered` counts the others.
    """

    classes: tuple[str, ...]
    truth: Ints
    answer: Ints
    n: int
    unanswered: int
    accuracy: float
    always: int         # the largest class of the training rows
    baseline: float     # accuracy of always answering it
    precision: Array   # (C,) of the rows answered so, the share that is right
    recall: Array      # (C,) of the rows that are so, the share that is found
    f1: Array          # (C,) harmonic mean of both
    support: Ints       # (C,) rows of each class
    confusion: Ints     # (C, C) true × answered
    curves: tuple[Curves, ...]
    calibration: Calibration
    log_loss: float

    def rows(self, truth: int, answer: int) -> Ints:
        """Positions of the rows in one cell of the confusion matrix."""
        return np.flatnonzero((self.truth == truth) & (self.answer == answer))


@dataclass(frozen=True, eq=False)
class Regression:
    """Answers against the truth, in the target's own units. Measures are of the n rows whose prediction is finite."""

    truth: Array           # (N,) all rows in their order
    prediction: Array      # (N,)
    residuals: Array       # (N,) truth − prediction
    n: int
    unanswered: int
    rmse: float             # √ mean (truth − prediction)²
    mae: float              # mean |truth − prediction|
    median_miss: float
    bias: float             # mean (prediction − truth)
    r2: float               # 1 − Σ (truth − prediction)² / Σ (truth − mean truth)²; NaN where the truth never varies
    baseline_rmse: float    # of always answering the mean of the training rows


def judge_classification(y: Ints, P: Array, classes: tuple[str, ...], always: int) -> Classification:
    """y: (N,) class numbers   P: (N, C) probabilities   always: the largest class of the training rows.

    Raises ValueError for parts that do not fit together, or when no row has finite probabilities.
    """
    import sklearn.metrics as measure
    truth, C = np.asarray(y, np.int64), len(classes)
    if C < 2 or P.shape != (len(truth), C) or not 0 <= always < C or not np.isin(truth, range(C)).all():
        raise ValueError(f"Expected class numbers below {C} and their {C} probabilities for each row, received y {truth.shape} "
                         f"and P {P.shape}. At least two classes are needed.")
    answer = _answer(P)
    known = _known(answer >= 0)
    y, P, said = truth[known], P[known], answer[known]
    labels = np.arange(C)
    precision, recall, f1, support = measure.precision_recall_fscore_support(y, said, labels=labels, zero_division=np.nan)
    return Classification(
        classes, truth, answer, len(y), len(truth) - len(y), float(measure.accuracy_score(y, said)), always,
        float(np.mean(y == always)), precision, recall, f1, support, measure.confusion_matrix(y, said, labels=labels),
        tuple(_curves(k, y == k, P[:, k]) for k in (range(C) if C > 2 else [1])),
        _calibration(P[:, 1], y == 1) if C == 2 else _calibration(P.max(axis=1), said == y),
        float(measure.log_loss(y, P, labels=labels)))


def judge_regression(y: Array, prediction: Array, train_mean: float) -> Regression:
    """y, prediction: (N,)   train_mean: mean target of the training rows.

    Raises ValueError for parts that do not fit together, or when no prediction is finite.
    """
    import sklearn.metrics as measure
    truth, prediction = np.asarray(y, np.float64), np.asarray(prediction, np.float64)
    if truth.ndim != 1 or truth.shape != prediction.shape:
        raise ValueError(f"Expected one prediction for each of {len(truth)} rows, received {prediction.shape}.")
    known = _known(np.isfinite(prediction))
    y, guess = truth[known], prediction[known]
    with np.errstate(all="ignore"):  # predictions near the end of the number range: their error is infinite, and said so
        return Regression(
            truth, prediction, truth - prediction, len(y), len(truth) - len(y),
            float(measure.root_mean_squared_error(y, guess)), float(measure.mean_absolute_error(y, guess)),
            float(np.median(np.abs(y - guess))), float(np.mean(guess - y)),
            float(measure.r2_score(y, guess, force_finite=False)) if len(y) > 1 and np.ptp(y) else float("nan"),
            float(measure.root_mean_squared_error(y, np.full(len(y), train_mean))))


def score(y: NDArray, answers: Array, task: Task) -> float:
    """Higher is better: accuracy of probabilities (N, C), or −RMSE of values (N,). Of the rows with an answer, else NaN."""
    marks = row_scores(y, answers, task)
    mean = float(marks[~np.isnan(marks)].mean()) if not np.isnan(marks).all() else float("nan")
    return mean if task == "classification" else -float(np.sqrt(-mean))


def row_scores(y: NDArray, answers: Array, task: Task) -> Array:
    """(N,) marks, higher is better: 1 for right and 0 for wrong, or −(miss²); NaN for rows without an answer."""
    if task == "classification":
        return np.where((said := _answer(answers)) >= 0, said == y, np.nan)
    with np.errstate(all="ignore"):
        return np.where(np.isfinite(answers), -((answers - y) ** 2), np.nan)


def _answer(P: Array) -> Ints:
    """The most probable class, or −1 where probabilities are not finite: (N, C) -> (N,)"""
    return np.where(np.isfinite(P).all(axis=1), P.argmax(axis=1), -1)


def _known(answered: NDArray[np.bool_]) -> NDArray[np.bool_]:
    if answered.any():
        return answered
    raise ValueError(f"Expected a finite answer for at least one row, received none for {len(answered)}. "
                     "Choose rows to judge on, or train again with a smaller learning rate.")


def _curves(of: int, positive: NDArray[np.bool_], P: Array) -> Curves:
    import sklearn.metrics as measure
    some, others = positive.any(), not positive.all()
    none = np.empty(0)
    fpr, tpr, _ = measure.roc_curve(positive, P) if some and others else (none, none, none)
    precision, recall, _ = measure.precision_recall_curve(positive, P) if some else (none, none, none)
    return Curves(of, fpr, tpr, float(measure.auc(fpr, tpr)) if some and others else float("nan"),
                  recall, precision, float(measure.average_precision_score(positive, P)) if some else float("nan"))


def _calibration(P: Array, came_true: NDArray[np.bool_]) -> Calibration:
    bins = BINS if len(P) >= FEW else FEW_BINS
    place = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], P)
    count = np.bincount(place, minlength=bins)
    full = count > 0
    predicted, right = (np.bincount(place, values, bins)[full] / count[full] for values in (P, came_true))
    return Calibration(predicted, right, count[full])


def sentences(judged: Classification | Regression, of: int | None = None) -> dict[str, str]:
    """One plain sentence for each measure, by its name.

    of: the class that those about one class speak of; class 1 of two and class 0 of several unless told.
    """
    said = _about_values(judged) if isinstance(judged, Regression) else _about_classes(judged, of)
    lost = f"For {rows(judged.unanswered)} more the numbers left all bounds: no answer, and no measure counts them."
    return {**said, "unanswered": lost} if judged.unanswered else said


def _about_classes(j: Classification, of: int | None) -> dict[str, str]:
    curves = next((one for one in j.curves if one.of == of), j.curves[0])
    of = curves.of if of is None else of
    name, curved = short(j.classes[of]), short(j.classes[curves.of])
    hit, predicted, support = int(j.confusion[of, of]), int(j.confusion[:, of].sum()), int(j.support[of])
    wrong = j.confusion * (1 - np.eye(len(j.classes), dtype=np.int64))
    t, a = np.unravel_index(wrong.argmax(), wrong.shape)
    fullest = int(j.calibration.count.argmax())
    p, right, count = (part[fullest] for part in (j.calibration.predicted, j.calibration.right, j.calibration.count))
    where = f"Where it gives {short(j.classes[1]) if len(j.classes) == 2 else 'its answer'} {percent(p)} on average, "
    return {
        "accuracy": f"Of {rows(j.n)} it answers {np.trace(j.confusion):,} right ({percent(j.accuracy)}). Always answering "
                    f"{short(j.classes[j.always])} would get {j.support[j.always]:,} right ({percent(j.baseline)}).",
        "precision": f"When it says {name} it is right in {hit:,} of {predicted:,} cases ({percent(j.precision[of])})."
                     if predicted else f"It never says {name} here, so how often it would be right is not known.",
        "recall": f"Of the {support:,} {name} it finds {hit:,} ({percent(j.recall[of])})."
                  if support else f"None of these rows is {name}, so how many it would find is not known.",
        "f1": f"F1, the harmonic mean of precision and recall, is {percent(j.f1[of])} for {name}: high only when both are."
              if predicted or support else f"F1 of {name} is not known: no row is that, and none is answered so.",
        "confusion": f"Its most frequent mistake: {wrong[t, a]:,} of {j.support[t]:,} {short(j.classes[t])} taken for "
                     f"{short(j.classes[a])}." if wrong.any() else "It makes no mistake on these rows.",
        "roc": f"Take one row of {curved} and one of another class at random: in {percent(curves.auc)} of such pairs it finds "
               f"{curved} more probable for the right one (ties count half). Guessing gives 50 %."
               if len(curves.fpr) else f"This needs rows of {curved} and of another class; one of them is missing here.",
        "precision_recall": f"Sort the rows by how probable it finds {curved} and read down to each {curved}: on average "
                            f"{percent(curves.average_precision)} of the rows so far are {curved}. In random order it would "
                            f"be about {percent(j.support[curves.of] / j.n)}."
                            if len(curves.recall) else f"This needs rows of {curved}; there are none here.",
        "calibration": f"{where}that is right for {percent(right)} of {rows(count)}.",
        "log_loss": f"To the right class it gives a probability of {percent(np.exp(-j.log_loss))} (geometric mean; log loss "
                    f"{number(j.log_loss)}). Equal chances for all classes would be {percent(1 / len(j.classes))}.",
    }


def _about_values(j: Regression) -> dict[str, str]:
    return {
        "rmse": f"Its typical miss is {number(j.rmse)} (RMSE: large misses count more). Always answering the mean of the "
                f"training rows would miss by {number(j.baseline_rmse)}.",
        "mae": f"On average it misses by {number(j.mae)} (MAE); half of its misses are at most {number(j.median_miss)}.",
        "r2": "R² is not known: the target is the same in all these rows." if np.isnan(j.r2) else
              f"It explains {percent(j.r2)} of the differences between rows (R²); 0 % would be no better than always "
              "answering their mean." if j.r2 >= 0 else
              f"It is further off than always answering the mean of these rows would be (R² {number(j.r2)}, below 0).",
        "residuals": f"On average its answers are {number(abs(j.bias))} too {'high' if j.bias > 0 else 'low'}." if j.bias else
                     "On average its answers are neither too high nor too low.",
    }
