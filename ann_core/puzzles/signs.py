"""The number in which one sees what is wrong with a run: measured from its start to its end, as it is and with its cure."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ann_core.base.numbers import percent, share, size
from ann_core.base.registry import Registry
from ann_core.film.advance import advance
from ann_core.film.camera import first_frame
from ann_core.film.film import Film
from ann_core.film.probes import PROBES
from ann_core.run.config import RunConfig
from ann_core.run.run import Run, start

MEASURED = frozenset(PROBES) - {"progress", "gradient"}
"""Probes that are left out."""


@dataclass(frozen=True)
class Course:
    """One run. first, last: before the first step and at its end   begun: a frame of its start   film: a frame each epoch"""

    first: Run
    last: Run
    begun: Film
    film: Film


@dataclass(frozen=True)
class Sign:
    """label: what the number is   of: measures it   spell: in words"""

    key: str
    label: str
    of: Callable[[Course], float]
    spell: Callable[[float], str]


def course(config: RunConfig) -> Course:
    """Trains one network to its end."""
    first = start(config.model_copy(update={"seeds": 1}), without=MEASURED)
    last, film = advance(first, config.training.epochs)
    return Course(first, last, first_frame(first), film)


def _moved(c: Course) -> float:
    return float(np.linalg.norm(c.last.state.theta - c.first.state.theta) / np.linalg.norm(c.first.state.theta))


def _rises(c: Course) -> float:
    loss = np.concatenate([c.begun.train_loss, c.film.train_loss])
    return float((np.diff(loss) > 0).mean())


def _weights(c: Course) -> float:
    parameters = c.last.net.parameters
    weights = c.last.state.theta[parameters.mask("weight") > 0]
    return float(np.sqrt((weights**2).mean()))


def _different(c: Course) -> float:
    """Units of layer 1 that are not the same as one before them."""
    W = c.last.net.parameters.view(c.last.state.theta)["layers.0.W"]
    return float(len(np.unique(np.round(W, 6), axis=1).T))


def _lowest(c: Course) -> float:
    """The lowest answer to a training row, in the values' own units."""
    net, data = c.last.net, c.last.data
    Z, _, _ = net.forward(net.parameters.rows(c.last.state.theta), data.X_train, net.evaluation(c.last.state.statistics))
    return float((net.head.score(Z) * data.target.scale + data.target.center).min())


def _gap(c: Course) -> float:
    return float(c.film.test_score[-1] / c.film.train_score[-1])


def _kept(c: Course) -> float:
    """Share of a batch's gradient that clipping leaves, on average over the epochs."""
    return float(np.nanmean(c.film.clipped_gradient[:, -1] / c.film.batch_gradient[:, -1]))


SIGNS: Registry[Sign] = Registry("sign", [
    Sign("moved", "How far the weights came, in lengths of the first ones", _moved, size),
    Sign("rises", "Share of the epochs in which the training loss rises", _rises, percent),
    Sign("steps", "Steps in all", lambda c: float(c.film.step[-1]), lambda value: f"{value:,.0f}"),
    Sign("seen", "Accuracy on the rows that it learns from, at the end", lambda c: float(c.film.train_score[-1]), percent),
    Sign("arrives", "Layer 1's gradient as a share of the output layer's, at the start",
         lambda c: float(c.begun.gradient[-1, 0] / c.begun.gradient[-1, -1]), share),
    Sign("different", "Different units in layer 1, at the end", _different, lambda value: f"{value:.0f}"),
    Sign("saturated", "Share of layer 1's answers where its activation is flat, at the start",
         lambda c: float(c.begun.saturated[-1, 0]), percent),
    Sign("dead", "Dead hidden units, at the end", lambda c: float(c.film.dead[-1].mean()), percent),
    Sign("weights", "Size of the weights (RMS), at the end", _weights, size),
    Sign("lowest", "The lowest of its answers, at the end", _lowest, size),
    Sign("gap", "Error on held-out points as a multiple of that on its own points", _gap, share),
    Sign("kept", "What clipping leaves of a step's gradient", _kept, percent),
])
