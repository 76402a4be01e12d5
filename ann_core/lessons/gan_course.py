"""What became of a training, looked at now and then: which clouds its samples cover, how good they are, and both losses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.film.coverage import truth
from ann_core.lessons.gan import CHANGES, ROWS, Players, settings
from ann_core.run.config import RunConfig
from ann_core.run.objectives.adversarial import Adversarial
from ann_core.run.objectives.base import Batch
from ann_core.run.run import start
from ann_core.run.setup import Setup

EVERY = 50
"""How many rounds apart the moments lie that are looked at."""
SHOWN = 310
"""Purpose of the random stream of the noise whose samples are shown and measured, the same at every moment."""
SAMPLES = 1_000
"""Samples that coverage and quality are measured on."""
GOOD = 0.7
"""A training has succeeded when all clouds are covered and at least so large a share of the samples is good."""
TRUTH = truth(settings().data, np.empty((0, 2)), 6.0)
"""The clouds' centres, and how far each reaches: three standard deviations."""


def noise(rows: int = SAMPLES) -> Array:
    """The noise whose samples are shown, the first rows of it. Returns (rows, 2)"""
    return np.random.default_rng([0, SHOWN]).standard_normal((SAMPLES, 2))[:rows]


def nearest(X: Array) -> tuple[NDArray[np.intp], Array]:
    """The cloud that each sample (..., N, 2) is nearest to, and how far its centre is. Returns (..., N) both"""
    far = np.linalg.norm(X[..., None, :] - TRUTH.points, axis=-1)
    return far.argmin(-1), far.min(-1)


def shares(X: Array) -> Array:
    """The share of the samples (..., N, 2) that is nearest to each cloud. Returns (..., 8)"""
    place = nearest(X)[0]
    return np.stack([(place == cloud).mean(-1) for cloud in range(len(TRUTH.points))], -1)


def moved(before: Array, after: Array) -> Array:
    """How large a share of the samples has gone to another cloud, at least: ½ Σ |after − before|. Shares (..., 8)"""
    return 0.5 * np.abs(after - before).sum(-1)


def walk(players: Players, points: int = 101) -> Array:
    """A straight way through the noise, between two points that become good samples of neighbouring clouds: of those nearest
    to each centre the two neighbours whose noise lies closest together. Returns (points, latent)"""
    drawn, count = noise(), len(TRUTH.points)
    place, far = nearest(players.made(drawn))
    best = [drawn[np.where(place == cloud, far, np.inf).argmin()] for cloud in range(count)]
    pairs = [(best[cloud], best[(cloud + 1) % count]) for cloud in range(count)]
    return np.linspace(*min(pairs, key=lambda pair: float(np.linalg.norm(pair[0] - pair[1]))), points)


@dataclass(frozen=True)
class Course:
    """A training of some seeds side by side, at F moments.

    rounds (F,)   thetas (F, S, P)   judge, generator: both losses, with the noise of the round that comes next (F, S)
    clouds: how many have enough samples   quality: share of good samples; (F, S)
    """

    setup: Setup
    rounds: NDArray[np.intp]
    thetas: Array
    judge: Array
    generator: Array
    clouds: Array
    quality: Array

    @property
    def objective(self) -> Adversarial:
        """Both networks and their turns."""
        return cast(Adversarial, self.setup.objective)

    def frame(self, rounds: int) -> int:
        """The moment nearest to this round."""
        return int(np.abs(self.rounds - rounds).argmin())

    def players(self, rounds: int, member: int = 0) -> Players:
        """One seed's networks at the moment nearest to this round."""
        return Players(self.objective, self.thetas[self.frame(rounds), member])

    @cached_property
    def shares(self) -> Array:
        """The share of the samples that is nearest to each cloud. (F, S, 8)"""
        return np.stack([shares(Players(self.objective, theta).made(noise())) for theta in self.thetas])

    @property
    def succeeded(self) -> NDArray[np.bool_]:
        """Whether all clouds are covered and enough samples are good, at each moment. (F, S)"""
        return (self.clouds == len(TRUTH.points)) & (self.quality >= GOOD)


def course(config: RunConfig, rounds: int, every: int = EVERY) -> Course:
    """Trains all seeds of these settings and looks at them every so many rounds."""
    run = start(config)
    setup, trainer, kept = run.setup, run.trainer(), []
    objective = cast(Adversarial, setup.objective)
    moments = np.arange(0, rounds + 1, every)
    for moment in moments:
        trainer.run(None, int(moment), np.inf)
        kept.append(trainer.theta.reshape(config.seeds, -1).copy())
    thetas = np.stack(kept)
    covered, quality = TRUTH.measure(np.stack([Players(objective, theta).made(noise()) for theta in thetas]))
    X, seeds = setup.data.X_train[:ROWS // 2], range(config.seed, config.seed + config.seeds)
    judge, generator = (np.stack([
        objective.loss(turn, objective.rows(theta), Batch(X, X, len(X), seeds=seeds, step=int(at)))
        for at, theta in zip(moments, thetas, strict=True)]) for turn in objective.last_turns)
    return Course(setup, moments, thetas, judge, generator, (covered * len(TRUTH.points)).round(), quality)


def one(change: str = "usual", seed: int = 0) -> Course:
    """One seed's training with this change."""
    return course(settings(change, seed), CHANGES[change].rounds)


def several(change: str, seed: int, seeds: int) -> Course:
    """The same for several seeds, from this one on, side by side."""
    return course(settings(change, seed, seeds), CHANGES[change].rounds, 250)


def member(known: Course, number: int) -> Course:
    """One seed of a course."""
    only = slice(number, number + 1)
    return replace(known, thetas=known.thetas[:, only], judge=known.judge[:, only], generator=known.generator[:, only],
                   clouds=known.clouds[:, only], quality=known.quality[:, only])


def joined(parts: Sequence[Course]) -> Course:
    """Courses of the same settings with other seeds as one."""
    def beside(name: str) -> Array:
        return np.concatenate([getattr(part, name) for part in parts], 1)

    return replace(parts[0], thetas=beside("thetas"), judge=beside("judge"), generator=beside("generator"),
                   clouds=beside("clouds"), quality=beside("quality"))
