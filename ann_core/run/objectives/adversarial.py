"""Two networks against each other. Goodfellow et al., 2014; least squares: Mao et al., 2017."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from ann_core.base.arrays import Array
from ann_core.base.registry import Registry
from ann_core.data import Prepared
from ann_core.data.target import Classes, Target
from ann_core.nn.network import Network
from ann_core.nn.parameters import Rows
from ann_core.run.objectives.base import Batch, Objective, Turn

GENERATOR, DISCRIMINATOR = "generator", "discriminator"
PASSES = {DISCRIMINATOR: 2, GENERATOR: 1}
"""Rows that the discriminator judges in a turn of each, for each row of the batch."""


def _softplus(Z: Array) -> Array:
    return np.logaddexp(0, Z)


Price = tuple[Callable[[Array], Array], Callable[[Array], Array]]


@dataclass(frozen=True)
class Game:
    """What both players pay for the discriminator's logit Z of one sample, and the slope of it: (value, derivative) each.

    real, fake: the discriminator's for true and for generated samples; fool: the generator's for its own
    share: what the discriminator says with Z, from 0, surely generated, to 1, surely true
    output: the activation behind Z
    """

    key: str
    label: str
    real: Price
    fake: Price
    fool: Price
    share: Callable[[Array], Array] = expit
    output: str = "sigmoid"


_TRUE: Price = (lambda Z: _softplus(-Z), lambda Z: expit(Z) - 1)   # −ln σ(z)
_FALSE: Price = (_softplus, expit)                                 # −ln(1 − σ(z))
_NEAR_1: Price = (lambda Z: 0.5 * (Z - 1) ** 2, lambda Z: Z - 1)
_NEAR_0: Price = (lambda Z: 0.5 * Z * Z, lambda Z: Z)
GAMES: Registry[Game] = Registry("game", [
    Game("non_saturating", "non-saturating", _TRUE, _FALSE, _TRUE),
    Game("minimax", "minimax", _TRUE, _FALSE, (lambda Z: -_softplus(Z), lambda Z: -expit(Z))),  # ln(1 − σ(z))
    Game("least_squares", "least squares", _NEAR_1, _NEAR_0, _NEAR_1, share=lambda Z: np.clip(Z, 0, 1),
         output="linear"),
])


class Adversarial(Objective):
    """The generator G makes samples from noise, the discriminator D tells them from true ones.

    D: mean over true x of real(D(x)) + mean over noise of fake(D(G(noise))); G: mean over noise of fool(D(G(noise))).
    The turns of one step draw noise of their own.
    """

    def __init__(self, generator: Network, discriminator: Network, turns: tuple[Turn, ...], game: str):
        super().__init__({DISCRIMINATOR: discriminator, GENERATOR: generator}, turns)
        self.generator, self.discriminator, self.game = generator, discriminator, GAMES[game]
        self.passes = sum(PASSES[turn.network] for turn in turns)

    called = MappingProxyType({DISCRIMINATOR: "judge"})
    has_boundary = by_rounds = True
    frame_rows = 400  # each comes with generated ones, and the discriminator judges them in both turns

    def target(self, data: Prepared) -> Target:
        return Classes("sample", 0.5, ("made", "true"))

    def answers(self, X: Array, y: NDArray) -> NDArray:
        return np.ones(len(X), dtype=int)

    def encode(self, data: Prepared, X: Array, y: NDArray) -> Array:
        return np.ones((len(X), 1))

    @property
    def chain(self) -> tuple[str, ...]:
        return GENERATOR, DISCRIMINATOR

    def output(self, network: str) -> str:
        return self.game.output if network == DISCRIMINATOR else super().output(network)

    def answer(self, Z: Array) -> Array:
        return self.game.share(Z)

    @property
    def loss_label(self) -> str:
        return f"{self.game.label} loss"

    def samples(self, p: Mapping[str, Rows], batch: Batch, number: int) -> tuple[Array, list[object]]:
        """Generated samples (..., N, *sample), and the generator's caches."""
        Z, caches, _ = self.generator.forward(p[GENERATOR], batch.normal(self.generator.n_in, number), batch.at)
        return Z.reshape(*Z.shape[:-1], *self.discriminator.inputs), caches

    def gradient(self, turn: Turn, p: Mapping[str, Rows], g: Mapping[str, Rows], batch: Batch) -> None:
        fakes, caches = self.samples(p, batch, turn.number)
        judge, share = self.discriminator, 1 / batch.rows
        if turn.network == GENERATOR:
            Z, seen, _ = judge.forward(p[DISCRIMINATOR], fakes, batch.at)
            dX = judge.backward(p[DISCRIMINATOR], g[DISCRIMINATOR], self.game.fool[1](Z) * share, seen, inner=True)
            dX = dX.reshape(*dX.shape[:fakes.ndim - len(judge.inputs)], -1)
            self.generator.backward(p[GENERATOR], g[GENERATOR], dX, caches)
            return
        real, fake, seen = self._judged(p, batch, fakes)
        dZ = np.concatenate([self.game.real[1](real), self.game.fake[1](fake)], axis=-2) * share
        judge.backward(p[DISCRIMINATOR], g[DISCRIMINATOR], dZ, seen)

    def _judged(self, p: Mapping[str, Rows], batch: Batch, fakes: Array) -> tuple[Array, Array, list[object]]:
        """Logits of the true and of the generated samples, judged in one pass, as batch norm needs it, and its caches."""
        X = np.broadcast_to(batch.X, fakes.shape) if batch.X.ndim < fakes.ndim else batch.X
        both = np.concatenate([X, fakes], axis=-len(self.discriminator.inputs) - 1)
        Z, seen, _ = self.discriminator.forward(p[DISCRIMINATOR], both, batch.at)
        return Z[..., :batch.rows, :], Z[..., batch.rows:, :], seen

    def loss(self, turn: Turn, p: Mapping[str, Rows], batch: Batch) -> Array:
        fakes, _ = self.samples(p, batch, turn.number)
        if turn.network == GENERATOR:
            return self.game.fool[0](self.discriminator.forward(p[DISCRIMINATOR], fakes, batch.at)[0]).mean((-2, -1))
        real, fake, _ = self._judged(p, batch, fakes)
        return self.game.real[0](real).mean((-2, -1)) + self.game.fake[0](fake).mean((-2, -1))
