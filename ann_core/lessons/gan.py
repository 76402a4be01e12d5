"""The mathematics of the lesson on generative adversarial networks: what each of the two networks sees.

A round is one step of a run: a turn of the judge (the discriminator), then one of the generator.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.special import expit

from ann_core.base.arrays import Array
from ann_core.run.config import RunConfig
from ann_core.run.link import edited
from ann_core.run.objectives.adversarial import DISCRIMINATOR, GAMES, GENERATOR, Adversarial
from ann_core.run.objectives.base import Batch

ROUNDS = 2_000
"""Of a training."""
ROWS, BATCH = 1_024, 64


@dataclass(frozen=True)
class Change:
    """Settings that differ from the lesson's usual ones. rounds: how many are trained"""

    label: str
    settings: dict[str, Any]
    rounds: int = ROUNDS


CHANGES = {
    "usual": Change("usual settings", {}),
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
        "data": {"source": "eight_clouds", "noise": 0.0, "samples": ROWS, "test_share": 0.0, "scaling": "none"},
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
