"""Networks that the lesson "Recurrence" trains, several side by side: how soon they know, and what reaches each step on its way
back while they learn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data.made.sequences import SEQUENCES, Made
from ann_core.lessons.recurrence_way import ASKED, JUDGED, Way, way_back
from ann_core.nn.layers import Recurrent
from ann_core.run.config import RunConfig
from ann_core.run.objectives.base import Batch
from ann_core.run.run import start
from ann_core.run.update import Update

LEARNED = 307
"""Purpose of the random stream that sequences to learn from come from."""
EVERY = 25
"""Steps from one look to the next."""
KNOWS = 0.95
"""A network knows the task when so large a share of its answers is right."""


@dataclass(frozen=True)
class Course:
    """Networks S that learned side by side, looked at F times.

    step: (F,)   right: (F, S) share of right answers on sequences that they did not learn from   way: (F,) what reached each
    step on the way back   theta: (F, S, P)
    """

    step: NDArray[np.int64]
    right: Array
    ways: Sequence[Way]
    theta: Array

    @property
    def first(self) -> Array:
        """The step at which each network knew first; infinite where it never did. (S,)"""
        known = self.right >= KNOWS
        return np.where(known.any(0), self.step[known.argmax(0)], np.inf)


@dataclass(frozen=True)
class Watched:
    """A sequence as a network goes through it. symbols: (T,) what came, by name   answer: the right one (T,) or ()
    parts: (T, units) each: state, and what else it has, by name   said: (T,) or () the class it gives
    """

    symbols: tuple[str, ...]
    answer: NDArray[np.int64]
    parts: dict[str, Array]
    said: NDArray[np.int64]


def watched(config: RunConfig, theta: Array, number: int) -> Watched:
    """One of the sequences that networks are judged by. theta: (P,) of one network   number: which one"""
    setup, made = start(config).setup, SEQUENCES[config.data.source]
    assert isinstance(made, Made)
    X, y = made.draw(np.random.default_rng([config.seed, ASKED]), JUDGED, config.data.length)
    X, y = X[number:number + 1], y[number]
    p = next(iter(setup.objective.rows(theta).values()))
    Z, caches, _ = setup.net.forward(p, X)
    layer = setup.net.layers[0]
    parts = {name: part[0] for name, part in layer.parts_of(caches[0]).items()} if isinstance(layer, Recurrent) else {}
    names = np.array(made.symbols(config.data))
    return Watched(tuple(names[X[0].argmax(-1)]), np.asarray(y), parts, np.asarray(setup.net.head.score(Z)[0].argmax(-1)))


def right_by_step(config: RunConfig, theta: Array) -> Array:
    """The share of right answers at each step, of networks that answer at every one. theta: (S, P)   Returns (T, S)"""
    setup, made = start(config).setup, SEQUENCES[config.data.source]
    assert isinstance(made, Made)
    shares = []
    for seed, own in zip(range(config.seed, config.seed + config.seeds), theta, strict=True):
        X, y = made.draw(np.random.default_rng([seed, ASKED]), JUDGED, config.data.length)
        said = setup.net.forward(next(iter(setup.objective.rows(own).values())), X)[0].argmax(-1)
        shares.append((said == y).mean(0))
    return np.stack(shares, 1)


def forecast_error(config: RunConfig, steps: int) -> float:
    """The mean squared error of a forecast on the rows held out, after so many steps of learning."""
    run = start(config)
    trainer = run.trainer()
    for _ in range(steps):
        trainer.one_step()
    answers = run.net.predict(trainer.theta, run.data.X_test)[..., 0]
    return float(((answers - run.data.y_test) ** 2).mean()) * run.data.target.scale**2


def together(parts: Sequence[Course]) -> Course:
    """Courses of different networks as one. Looks that only some had keep the last one of the others."""
    most = max(parts, key=lambda part: len(part.step))

    def long(array: Array) -> Array:
        return np.concatenate([array, np.repeat(array[-1:], len(most.step) - len(array), 0)])

    ways = [[*part.ways, *[part.ways[-1]] * (len(most.step) - len(part.ways))] for part in parts]
    return Course(most.step, np.concatenate([long(part.right) for part in parts], 1), [Way.joined(at) for at in zip(*ways,
                  strict=True)], np.concatenate([long(part.theta) for part in parts], 1))


def course(config: RunConfig, steps: int, until_known: bool = False) -> Course:
    """Trains the networks of some settings on sequences that are new at every step; each seed has sequences of its own.

    until_known: ends when all of them know the task
    """
    setup, made = start(config).setup, SEQUENCES[config.data.source]
    assert isinstance(made, Made)
    objective, length, batch = setup.objective, config.data.length, config.training.batch_size
    seeds = range(config.seed, config.seed + config.seeds)
    learned, asked = ([np.random.default_rng([seed, purpose]) for seed in seeds] for purpose in (LEARNED, ASKED))

    def drawn(streams: Sequence[np.random.Generator], rows: int) -> tuple[Array, NDArray, Array]:
        X, y = (np.stack(part) for part in zip(*(made.draw(rng, rows, length) for rng in streams), strict=True))
        return X, y, np.stack([objective.encode(setup.data, X[k], y[k]) for k in range(len(seeds))])

    theta = np.stack([objective.initial(seed) for seed in seeds])
    grad = np.empty_like(theta)
    update = Update(config.training, theta, grad, objective.is_weight(), objective.memories(theta)[0])
    p, g, (turn,) = objective.rows(theta), objective.rows(grad), objective.turns
    X_asked, y_asked, Y_asked = drawn(asked, JUDGED)
    looks: list[tuple[int, Array, Way, Array]] = []
    with np.errstate(all="ignore"):
        for step in range(steps + 1):
            if step % EVERY == 0:
                Z = setup.net.forward(next(iter(p.values())), X_asked)[0]
                right = np.array([float(setup.target.score(Z[k], setup.net.head.score(Z[k]), y_asked[k]))
                                  for k in range(len(seeds))])
                looks.append((step, np.nan_to_num(right), way_back(objective, theta, X_asked, Y_asked), theta.copy()))
                if until_known and (right >= KNOWS).all() or not np.isfinite(theta).any():
                    break
            X, _, Y = drawn(learned, batch)
            objective.gradient(turn, p, g, Batch(X, Y, batch))
            update.step(0.0)
    return Course(np.array([look[0] for look in looks]), np.stack([look[1] for look in looks]), [look[2] for look in looks],
                  np.stack([look[3] for look in looks]))
