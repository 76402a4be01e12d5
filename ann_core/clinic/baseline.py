"""What a network is held against: the answer that ignores the inputs, and how far the nearest rows alone come."""

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data.target import Target
from ann_core.run.setup import Setup

NEIGHBOURS, ROWS = 5, 1_000


def guess_loss(setup: Setup, held: bool = False) -> float:
    """Loss of the answer that ignores the inputs, the best one of mean and median of the training rows, or of always one sign.
    held: of the rows held out"""
    head, known = setup.net.head, setup.Y_train
    Y, weights = (setup.Y_test, setup.weights_test) if held else (setup.Y_train, setup.weights_train)
    surest = 1e-12 if head.loss.key.endswith("cross_entropy") else -np.inf  # of probabilities none is quite certain
    answers = [known.mean(0), np.median(known, 0), *([np.ones(1), -np.ones(1)] if head.signed else [])]
    with np.errstate(all="ignore"):
        rows = np.stack([head.loss.value(np.clip(answer, surest, 1 - surest) + 0 * Y, Y).sum(-1) for answer in answers])
    return float((rows if weights is None else rows * weights[:, 0]).mean(-1).min())


def guessing(y: NDArray, target: Target) -> float:
    """Score on rows of the answer that suits them best and ignores the inputs. y: (N,)"""
    return float(np.bincount(y).max() / len(y)) if target.task == "classification" else float(y.std() * target.scale)


def way(score: float, guess: float, perfect: float) -> float:
    """How much of the way from guessing to perfect a score has covered; 1 where guessing is perfect."""
    return (score - guess) / (perfect - guess) if perfect != guess else 1.0


def reached_by_neighbours(X: Array, y: NDArray, target: Target) -> float:
    """Each row is answered by its five nearest other rows, and scored: how much of the way from guessing to perfect they cover.

    X: (N, D), any scale   y: (N,) classes or values, as they are learned. Of the first 1,000 rows. Returns a share, or below 0
    """
    X, y = X[:ROWS].reshape(min(len(X), ROWS), -1), y[:ROWS]
    if len(y) <= NEIGHBOURS:
        return 0.0
    spread = X.std(0)
    Z = np.where(spread > 0, (X - X.mean(0)) / np.where(spread > 0, spread, 1), 0.0)
    square = (Z * Z).sum(1)
    far = square[:, None] + square - 2 * Z @ Z.T
    np.fill_diagonal(far, np.inf)
    nearest = y[np.argpartition(far, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]]
    if target.task == "classification":
        votes = (nearest[..., None] == np.arange(int(y.max()) + 1)).sum(1)
        score = float((votes.argmax(1) == y).mean())
    else:
        score = float(np.sqrt(np.mean((nearest.mean(1) - y) ** 2)) * target.scale)
    return way(score, guessing(y, target), target.measure.perfect)
