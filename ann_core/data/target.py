"""What a network is asked for: one object knows its outputs, how answers are encoded and scored, and what guessing reaches."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.measure import MEASURES, MSE, Measure
from ann_core.data.dataset import Task
from ann_core.data.scaling import fit_scaler


@dataclass(frozen=True)
class Target:
    """name: what is answered   class_names: empty for values   baseline: score of an answer that ignores the inputs

    A value in its own units is y · scale + center; classes are numbered from 0.
    """

    key: ClassVar[str]
    task: ClassVar[Task]
    guess: ClassVar[str]
    """What `baseline` is the score of, in words."""

    name: str
    baseline: float
    class_names: tuple[str, ...] = ()
    center: float = 0.0
    scale: float = 1.0

    @property
    def measure(self) -> Measure:
        """What answers are scored by."""
        return MEASURES[self.task]

    @property
    def needed(self) -> float:
        """With a score as good as this a run has learned: half of the way from guessing to perfect."""
        return self.measure.halfway(self.baseline)

    @property
    def failed(self) -> str:
        """What is true of a run that has not, in words."""
        measure = self.measure
        return (f"so far the {measure.label} has covered less than half of the way from {measure.words(self.baseline)} "
                f"({self.guess}) to {measure.words(measure.perfect)}")

    @property
    def outputs(self) -> int:
        """Output units."""
        raise NotImplementedError

    def encode(self, y: NDArray, signed: bool = False) -> Array:
        """y: (N,) as the targets (N, outputs) that a loss expects."""
        raise NotImplementedError

    def score(self, Z: Array, answers: Array, y: NDArray) -> Array:
        """How good answers are. Z, answers: (..., N, outputs), y: (N,). Returns (...); NaN without rows."""
        raise NotImplementedError

    def row_weights(self, y: NDArray) -> Array | None:
        """Weights (N, 1) with mean 1 under which every class counts the same; None where there are no classes."""
        return None

    def in_units(self, y: Array) -> Array:
        """Values in their own units."""
        return y * self.scale + self.center


class Classes(Target):
    """One of a few. One output unit for two classes, else one a class."""

    key, task, guess = "classes", "classification", "always guessing the largest class"

    @property
    def outputs(self) -> int:
        return len(self.class_names) if len(self.class_names) > 2 else 1

    def encode(self, y: NDArray, signed: bool = False) -> Array:
        if self.outputs == 1:
            Y = np.asarray(y, float)[:, None]
        else:
            Y = (y[:, None] == np.arange(self.outputs)).astype(np.float64)
        return 2 * Y - 1 if signed else Y

    def score(self, Z: Array, answers: Array, y: NDArray) -> Array:
        if not len(y):
            return np.full(Z.shape[:-2], np.nan)
        guess = answers.argmax(-1) if answers.shape[-1] > 1 else answers[..., 0] > 0.5
        share = (guess == y).mean(-1)
        return np.where(np.isfinite(Z).all((-2, -1)), share, np.nan)  # argmax of NaN would look like an answer

    def row_weights(self, y: NDArray) -> Array | None:
        counts = np.bincount(y)
        return (len(y) / (np.count_nonzero(counts) * counts[y]))[:, None]


class Values(Target):
    """How much. One output unit."""

    key, task, guess = "values", "regression", "always guessing the mean"

    @property
    def outputs(self) -> int:
        return 1

    def encode(self, y: NDArray, signed: bool = False) -> Array:
        return np.asarray(y, dtype=np.float64)[:, None]

    def score(self, Z: Array, answers: Array, y: NDArray) -> Array:
        if not len(y):
            return np.full(Z.shape[:-2], np.nan)
        return np.sqrt(((answers[..., 0] - y) ** 2).mean(-1)) * self.scale


@dataclass(frozen=True)
class Image(Target):
    """The inputs themselves, as they were before noise: one output for each number of a sample. Scored by the mean squared
    error."""

    key, task, guess = "image", "regression", "always answering the mean of the training rows"

    shape: tuple[int, ...] = ()

    @property
    def measure(self) -> Measure:
        return MSE

    @property
    def needed(self) -> float:
        """Better than the mean: how much better is possible, the width of the code decides."""
        return self.baseline

    @property
    def failed(self) -> str:
        return f"so far the {MSE.label} is no lower than {MSE.words(self.baseline)} ({self.guess})"

    @property
    def outputs(self) -> int:
        return int(np.prod(self.shape))

    @staticmethod
    def flat(X: Array) -> Array:
        """Samples as rows of numbers: (N, *sample) -> (N, outputs)"""
        return X.reshape(len(X), int(np.prod(X.shape[1:])))  # not -1: there may be no rows

    def encode(self, y: NDArray, signed: bool = False) -> Array:
        return self.flat(np.asarray(y, dtype=np.float64))

    def score(self, Z: Array, answers: Array, y: NDArray) -> Array:
        if not len(y):
            return np.full(Z.shape[:-2], np.nan)
        return ((answers - self.flat(y)) ** 2).mean((-2, -1))


class Tokens(Target):
    """One of a few at every step of a sequence; −1 where nothing is asked. One output unit a token and step."""

    key, task, guess = "tokens", "classification", "always answering the most common token"

    @property
    def outputs(self) -> int:
        return len(self.class_names)

    def encode(self, y: NDArray, signed: bool = False) -> Array:
        """y: (N, T) -> (N, T, tokens), all zeros where nothing is asked: such steps cost nothing."""
        return (y[..., None] == np.arange(self.outputs)).astype(np.float64)

    def score(self, Z: Array, answers: Array, y: NDArray) -> Array:
        if not len(y):
            return np.full(Z.shape[:-3], np.nan)
        asked = y >= 0
        right = (answers.argmax(-1) == y) & asked
        return right.sum((-2, -1)) / max(1, asked.sum())


def classes(name: str, class_names: tuple[str, ...], y: NDArray, train: NDArray, held: NDArray) -> Classes:
    """The target of class numbers y; guessing is judged on the rows held out, or on the training rows without any."""
    told = y[held if len(held) else train]
    return Classes(name, float(np.bincount(told).max() / len(told)), class_names)


def tokens(name: str, class_names: tuple[str, ...], y: NDArray, train: NDArray, held: NDArray) -> Tokens:
    """The target of an answer at every step, y (N, T), −1 where none is asked for; guessing is judged as for `classes`."""
    told = y[held if len(held) else train]
    asked = told[told >= 0]
    return Tokens(name, float(np.bincount(asked).max() / len(asked)), class_names)


def values(name: str, y: NDArray, train: NDArray, held: NDArray, standardise: bool) -> Values:
    """The target of values y in their own units. standardise: they are learned with mean 0 and deviation 1."""
    told = y[held if len(held) else train]
    baseline = float(np.sqrt(np.mean((told - y[train].mean()) ** 2)))
    if not standardise:
        return Values(name, baseline)
    found = fit_scaler("standard", y[train, None])
    return Values(name, baseline, center=float(found.center[0]), scale=float(found.scale[0]))


def image(train: Array, held: Array) -> Image:
    """The target of samples that are to come out again. train, held: (N, *sample)"""
    told = held if len(held) else train
    return Image("the inputs", float(((told - train.mean(axis=0)) ** 2).mean()), shape=train.shape[1:])
