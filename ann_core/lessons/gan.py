"""The mathematics of the lesson on generative adversarial networks: what each of the two networks sees, and what became of a
training, round by round. A round is one step of the run: a turn of the judge (the discriminator), then one of the generator."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from ann_core.base.arrays import Array
from ann_core.film.coverage import truth
from ann_core.run.config import RunConfig
from ann_core.run.link import edited
from ann_core.run.objectives.adversarial import DISCRIMINATOR, GAMES, GENERATOR, Adversarial
from ann_core.run.objectives.base import Batch
from ann_core.run.run import start
from ann_core.run.setup import Setup

ROUNDS, EVERY = 2_000, 50
"""Rounds of a training, and how far apart the moments lie that are looked at."""
ROWS, BATCH = 1_024, 64
SHOWN = 310
"""Purpose of the random stream of the noise whose samples are shown and measured, the same at every moment."""
SAMPLES = 1_000
"""Samples that coverage and quality are measured on."""
GOOD = 0.7
"""A training has succeeded when all clouds are covered and at least so large a share of the samples is good."""


@dataclass(frozen=True)
class Change:
    """Settings that differ from the lesson's usual ones. rounds: how many are trained"""

    label: str
    settings: dict[str, Any]
    rounds: int = ROUNDS


CHANGES = {
    "usual": Change("as it is", {}),
    "memory": Change("β₁ 0.9", {"training.momentum": 0.9, "objective.generator_training.momentum": 0.9}),
    "rates": Change("equal rates", {"training.learning_rate": 0.002}),
    "both": Change("β₁ 0.9 and equal rates", {"training.momentum": 0.9, "objective.generator_training.momentum": 0.9,
                                              "training.learning_rate": 0.002}),
    "steps": Change("5 generator turns", {"objective.generator_steps": 5}, 1_000),
    "small": Change("a judge of 4 units", {"network.layers": [{"units": 4, "activation": "tanh"}] * 2}),
    "minimax": Change("minimax loss", {"objective.game": "minimax"}),
}
"""What may be changed about the training, by key."""


def settings(change: str = "usual", seed: int = 0, seeds: int = 1) -> RunConfig:
    """Eight clouds on a circle; both networks with two hidden layers of 32 tanh units; the judge learns twice as fast."""
    layers = [{"units": 32, "activation": "tanh"}] * 2
    usual = RunConfig.model_validate({
        "data": {"source": "eight_clouds", "classes": 2, "noise": 0.0, "samples": ROWS, "test_share": 0.0, "scaling": "none"},
        "network": {"layers": layers}, "seed": seed, "seeds": seeds,
        "objective": {"kind": "adversarial", "generator": layers, "latent": 2,
                      "generator_training": {"learning_rate": 0.002, "momentum": 0.5}},
        "training": {"learning_rate": 0.004, "momentum": 0.5, "batch_size": BATCH, "epochs": ROUNDS * BATCH // ROWS}})
    return edited(usual, CHANGES[change].settings)


# Both networks at one moment --------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Players:
    """The two networks of an objective as they stand at some moment. theta: (..., P), of both"""

    objective: Adversarial
    theta: Array

    @cached_property
    def _p(self) -> dict:
        return self.objective.rows(self.theta)

    def made(self, noise: Array) -> Array:
        """Samples x = G(z) of noise (N, latent). Returns (..., N, 2)"""
        return self.objective.generator.forward(self._p[GENERATOR], noise)[0]

    def hidden(self, noise: Array) -> list[Array]:
        """What every layer of the generator gives for this noise, the samples last."""
        x, _, hidden = self.objective.generator.forward(self._p[GENERATOR], noise)
        return [*hidden, x]

    def first_unit(self) -> tuple[Array, float]:
        """Weights (latent,) and bias of the first unit of the generator's first layer, of a single seed."""
        views = self._p[GENERATOR][0]
        return views["W"][:, 0], float(views["b"][..., 0].item())

    def logits(self, X: Array) -> Array:
        """The judge's sums s for samples (..., N, 2). Returns (..., N)"""
        return self.objective.discriminator.forward(self._p[DISCRIMINATOR], X)[0][..., 0]

    def verdicts(self, X: Array) -> Array:
        """D(x) = σ(s), how surely the judge says 'true'. Returns (..., N)"""
        return expit(self.logits(X))

    def slopes(self, X: Array) -> Array:
        """∂s/∂x: how the judge's sum changes as a sample moves. Returns (..., N, 2)"""
        judge = self.objective.discriminator
        s, seen, _ = judge.forward(self._p[DISCRIMINATOR], X)
        thrown = self.objective.rows(np.empty_like(self.theta))[DISCRIMINATOR]
        return judge.backward(self._p[DISCRIMINATOR], thrown, np.ones_like(s), seen, inner=True)

    def pulls(self, X: Array, game: str = "non_saturating") -> Array:
        """−∂ℓ/∂x of each sample's own loss ℓ for the generator: where its slope would have it go. Returns (..., N, 2)"""
        fool = GAMES[game].fool[1](self.logits(X))
        return -fool[..., None] * self.slopes(X)

    def gradient(self, turn: int, batch: Batch, game: str | None = None) -> Array:
        """The gradient of a turn's loss for the network that it moves (..., P of it): 0 the judge's, −1 the generator's last.
        game: another one than that of the objective"""
        of = self.objective if game in (None, self.objective.game.key) else Adversarial(
            self.objective.generator, self.objective.discriminator, tuple(self.objective.turns), game)
        grad = np.zeros_like(self.theta)
        of.gradient(of.turns[turn], self._p, of.rows(grad), batch)
        return grad[..., of.parts[of.turns[turn].network]]


# A training, looked at now and then -------------------------------------------------------------------------------------

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
