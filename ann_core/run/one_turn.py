"""One round of two networks against each other, turn by turn, with every number on the way through both."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.activations import activation
from ann_core.nn.inside import Inside, inside, weighs_rows
from ann_core.nn.layers.base import Flow
from ann_core.nn.network import Network
from ann_core.nn.parameters import Rows
from ann_core.run.objectives.adversarial import DISCRIMINATOR, GENERATOR, Adversarial
from ann_core.run.objectives.base import Batch, Turn
from ann_core.run.one_step import NOT_DENSE, LayerStep, OneStep, Stages, moved
from ann_core.run.run import Run


@dataclass(frozen=True, eq=False)
class _Way:
    """The way of a turn's rows through one network. flow: (dA, dZ) of its layers, nothing where no way back led through it"""

    X: Array
    layers: list[Inside]
    slopes: list[Array]
    flow: Flow


@dataclass(frozen=True, eq=False)
class _Pass:
    """The pass of one turn. Y: what is to be said of each row, as the one sees it who pays   losses: ℓ of each row, (…, N)"""

    ways: Mapping[str, _Way]
    Y: Array
    losses: Array


def one_round(run: Run, row: int = 0) -> list[tuple[Turn, OneStep]]:
    """The turns of the next round. row: of those that a turn works on, beyond their end the last one; in a discriminator's turn
    the true samples come first, then as many generated ones.

    A step's layers are the generator's, then the discriminator's. The network that stays as it is has no gradients there.
    Raises ValueError, in a sentence, where a layer is not dense.
    """
    objective = run.setup.objective
    if not (isinstance(objective, Adversarial) and all(map(weighs_rows, objective.networks.values()))):
        raise ValueError(NOT_DENSE)
    looked, trained = run.trainer().upcoming(), run.trainer()  # two, since a pass draws from the streams of dropout
    batch, found = trained.upcoming(), []
    with np.errstate(all="ignore"):  # what is not finite is the caller's to tell
        for playing in trained.turns:
            turn, before = playing[0], trained.theta.copy()
            passed = _passed(objective, turn, objective.rows(before), looked)
            trained.take(playing, batch, keep_raw=True)
            stages = Stages(before, trained.raw_grad.copy(), trained.grad.copy(), trained.theta.copy()).of_first_seed
            found.append((turn, _told(objective, turn, passed, stages, min(row, passed.losses.shape[-1] - 1), batch.rows)))
    return found


def _passed(objective: Adversarial, turn: Turn, p: Mapping[str, Rows], batch: Batch) -> _Pass:
    """What `Adversarial.gradient` does, with the numbers on the way."""
    generator, judge, game = objective.generator, objective.discriminator, objective.game
    noise = batch.normal(generator.n_in, turn.number)
    made, X, caches = inside(generator, p[GENERATOR], noise, batch.at)
    judging = turn.network == DISCRIMINATOR
    if judging:
        X = np.concatenate([np.broadcast_to(batch.X, X.shape), X], axis=-2)
    judged, Z, seen = inside(judge, p[DISCRIMINATOR], X, batch.at)
    answer = activation(objective.output(DISCRIMINATOR)).f(Z)
    judged[-1] = Inside(Z, Z, answer, answer)
    sides = [(game.real, slice(batch.rows), 1.0), (game.fake, slice(batch.rows, None), 0.0)] if judging else \
        [(game.fool, slice(None), 1.0)]
    losses, dZ = (np.concatenate([price[i](Z[..., rows, :]) for price, rows, _ in sides], -2) for i in range(2))
    Y = np.concatenate([np.full_like(Z[..., rows, :], wanted) for _, rows, wanted in sides], -2)
    flows = Flow(), Flow()
    thrown = objective.rows(np.empty(Z.shape[:-2] + (objective.size,)))
    dX = judge.backward(p[DISCRIMINATOR], thrown[DISCRIMINATOR], dZ / batch.rows, seen, flows[1], inner=not judging)
    if not judging:
        generator.backward(p[GENERATOR], thrown[GENERATOR], dX, caches, flows[0])
    return _Pass({GENERATOR: _Way(noise, made, _slopes(generator, caches), flows[0]),
                  DISCRIMINATOR: _Way(X, judged, _slopes(judge, seen), flows[1])}, Y, losses[..., 0])


def _slopes(net: Network, caches: list[Any]) -> list[Array]:
    return [bend.function.derivative(bend.Z, bend.A) for bend in net.bends(caches)]


def _told(objective: Adversarial, turn: Turn, passed: _Pass, stages: Stages, row: int, rows: int) -> OneStep:
    judging, layers = turn.network == DISCRIMINATOR, list[LayerStep]()
    made = row - rows if judging else row  # of the noise; below 0: a true sample, which no noise was made into
    ensemble = passed.losses.ndim > 1

    def of_row(A: Array, place: int) -> Array:
        return (A[0] if ensemble else A)[place]

    for name in objective.chain:
        net, way, place = objective.networks[name], passed.ways[name], made if name == GENERATOR else row
        views = [net.parameters.rows(one[objective.parts[name]]) for one in stages]
        for i, layer in enumerate(way.layers):
            W, b = views[0][i]["W"], views[0][i]["b"][0]
            if place < 0:
                last = i == len(way.layers) - 1
                layers.append(LayerStep(**dict.fromkeys(("sums", "bent", "acted", "kept", "slopes"), np.empty(0)), W=W, b=b,
                                        outputs=of_row(passed.ways[DISCRIMINATOR].X, row) if last else np.empty(0)))
                continue
            ones = np.ones(layer.sums.shape[-1])
            back = [of_row(part, place) * rows for part in way.flow[i]] if way.flow else [None, None]
            layers.append(LayerStep(
                of_row(layer.sums, place), of_row(layer.bent, place), of_row(layer.acted, place),
                ones if layer.kept is None else of_row(layer.kept, place), of_row(layer.outputs, place),
                of_row(way.slopes[i], place) if i < len(way.slopes) else ones, W, b, *back,
                *(moved(views, i) if name == turn.network else ())))
    losses = passed.losses[0] if ensemble else passed.losses
    x = np.empty(0) if made < 0 else of_row(passed.ways[GENERATOR].X, made)
    return OneStep(row, losses.shape[-1], x, of_row(passed.Y, row), float(losses[row]), float(losses.sum() / rows), 1.0,
                   tuple(layers), len(objective.generator.layers) if made < 0 else 0)
