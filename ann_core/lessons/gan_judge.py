"""The judge alone, while the generator stands still: the best one there could be, and what a good one leaves the generator."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from ann_core.base.arrays import Array
from ann_core.lessons.gan import BATCH, Players
from ann_core.lessons.gan_course import Course
from ann_core.nn.measures import layer_rms
from ann_core.run.config import RunConfig
from ann_core.run.objectives.adversarial import DISCRIMINATOR, GENERATOR, Adversarial
from ann_core.run.objectives.base import Batch
from ann_core.run.objectives.config import Problem
from ann_core.run.update import Update

DRAW = 311
"""Purpose of the random stream that rows for a judge on its own come from: [seed, DRAW, step]."""


def judge_alone(objective: Adversarial, theta: Array, rows: Callable[[np.random.Generator], Array], turns: Sequence[int],
                seed: int = 0) -> Iterator[Array]:
    """The judge alone, each turn on fresh rows and fresh noise; the generator stays as it is. theta: (P,)

    turns: rising. Yields both networks' parameters (P,) after each of these numbers of turns
    """
    theta, grad = theta.copy(), np.zeros_like(theta)
    turn, part = objective.turns[0], objective.parts[DISCRIMINATOR]
    update = Update(turn.training, theta[part], grad[part], objective.is_weight()[part], objective.memories(theta)[0])
    p, g, done = objective.rows(theta), objective.rows(grad), 0
    for wanted in turns:
        for step in range(done, wanted):
            X = rows(np.random.default_rng([seed, DRAW, step]))
            objective.gradient(turn, p, g, Batch(X, X, len(X), seeds=(seed,), step=step))
            update.step(0.0)
        done = wanted
        yield theta.copy()


# The best judge of a fixed generator, on a line ---------------------------------------------------------------------------

TRUE = (-1.5, 1.5), 0.5
"""True numbers come from two bells, half of them each: their middles, and their standard deviation."""
LINE = np.linspace(-8, 8, 641)
FRESH = 10**6
"""The step whose rows a judge has never learned from."""


def bell(x: Array, mean: float, spread: float) -> Array:
    """The density of a normal distribution."""
    return np.exp(-0.5 * ((x - mean) / spread) ** 2) / (spread * np.sqrt(2 * np.pi))


def true_density(x: Array) -> Array:
    """p(x)"""
    means, spread = TRUE
    return 0.5 * (bell(x, means[0], spread) + bell(x, means[1], spread))


def best(p: Array, q: Array) -> Array:
    """p/(p + q): what the judge with the lowest loss says where true samples have density p and made ones q.

    At each x it minimises −p ln D − q ln(1 − D) (Goodfellow et al., 2014). Returns NaN where nothing ever lies.
    """
    return np.divide(p, p + q, out=np.full_like(p, np.nan), where=p + q > 0)


def expected_loss(D: Array, p: Array, q: Array, x: Array) -> float:
    """The judge's loss over all there could be, ∫ −p ln D − q ln(1 − D). For the best judge of p = q it is 2 ln 2."""
    D = np.clip(np.nan_to_num(D, nan=0.5), 1e-300, 1 - 1e-16)
    return float(np.trapezoid(-p * np.log(D) - q * np.log1p(-D), x))


@dataclass(frozen=True)
class OnALine:
    """A judge that learned on a line. x, p, q, best, learned: (n,)   loss, least: of the learned and of the best"""

    x: Array
    p: Array
    q: Array
    best: Array
    learned: Array
    loss: float
    least: float


def _tiny() -> Adversarial:
    """Numbers instead of points: a generator without a hidden layer, w z + b, and a judge of two times 16 tanh units."""
    config = RunConfig.model_validate({
        "network": {"layers": [{"units": 16, "activation": "tanh"}] * 2}, "training": {"learning_rate": 0.01},
        "objective": {"kind": "adversarial", "generator": [], "latent": 1}})
    return cast(Adversarial, config.objective.build(config.network, config.training, Problem((1,), 1, "classification")))


def on_a_line(mean: float, spread: float, turns: int, seed: int = 0) -> OnALine:
    """The generator gives w z + b with w = `spread` and b = `mean`, so its numbers are normal; the judge learns for so long."""
    objective = _tiny()
    theta = objective.initial(seed)
    views = objective.generator.parameters.view(theta[objective.parts[GENERATOR]])
    for name, array in views.items():
        array[...] = spread if name.endswith("W") else mean

    def rows(rng: np.random.Generator, count: int = 256) -> Array:
        means, sd = TRUE
        return np.asarray(rng.choice(means, count) + sd * rng.standard_normal(count))[:, None]

    (theta,) = judge_alone(objective, theta, rows, (turns,), seed)
    p, q = true_density(LINE), bell(LINE, mean, spread)
    learned, ideal = Players(objective, theta).verdicts(LINE[:, None]), best(p, q)
    return OnALine(LINE, p, q, ideal, learned, expected_loss(learned, p, q, LINE), expected_loss(ideal, p, q, LINE))


# A judge that is too good --------------------------------------------------------------------------------------------------

AHEAD = (0, 5, 10, 20, 50, 100, 200, 500)
"""Turns that the judge takes alone, before it is looked at."""
LOSSES = {"minimax": "minimax", "non_saturating": "non-saturating"}


@dataclass(frozen=True)
class Ahead:
    """What a generator gets from a judge that learned alone, after each number of turns in AHEAD (A,).

    verdict: mean D(G(z))   sizes: RMS of the gradient of the generator's layers, input side first, by game (A, L)
    """

    verdict: Array
    sizes: Mapping[str, Array]


def ahead(known: Course, rounds: int, seed: int = 0) -> Ahead:
    """The judge of a training at this round learns on, alone, up to the last of AHEAD."""
    objective, players, X = known.objective, known.players(rounds), known.setup.data.X_train
    batch, weights = Batch(X[:512], X[:512], 512, seeds=(seed,), step=FRESH), objective.generator.weight_parts
    alone = [replace(players, theta=theta) for theta in judge_alone(
        objective, players.theta, lambda rng: X[rng.integers(0, len(X), BATCH)], AHEAD, seed)]
    return Ahead(np.array([now.verdicts(now.made(batch.normal(2, 1))).mean() for now in alone]),
                 {game: np.stack([layer_rms(now.gradient(-1, batch, game), weights) for now in alone]) for game in LOSSES})
