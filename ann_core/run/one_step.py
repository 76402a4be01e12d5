"""One step of training with every number on the way: forward, loss, backward, update."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.inside import inside, weighs_rows
from ann_core.nn.layers.base import Flow
from ann_core.nn.parameters import Rows
from ann_core.run.objectives.supervised import Supervised
from ann_core.run.run import Run

NOT_DENSE = ("Slow motion follows networks in which every layer weighs all numbers of the one before it (dense layers); here "
             "are others. Choose dense layers to see a step.")


@dataclass(frozen=True, eq=False)
class LayerStep:
    """One layer in one step. Of the row that is followed, (n,): sums z, bent, acted, kept and outputs as in `Inside`; slopes:
    φ′ where the activation stands; dA: ∂ℓ/∂(what the layer hands on), dZ: ∂ℓ/∂z, ℓ the row's own loss. Of the last layer dA
    is dZ.

    Of the whole batch: W (n_in, n), b (n,) before the step, dW, db: ∂L/∂W and ∂L/∂b; gW, gb: those after penalties and
    clipping, which the optimiser gets; new_W, new_b: after the step. None where no way back led through the layer, or its
    network stays as it is.
    """

    sums: Array
    bent: Array
    acted: Array
    kept: Array
    outputs: Array
    slopes: Array
    W: Array
    b: Array
    dA: Array | None = None
    dZ: Array | None = None
    dW: Array | None = None
    db: Array | None = None
    gW: Array | None = None
    gb: Array | None = None
    new_W: Array | None = None
    new_b: Array | None = None


@dataclass(frozen=True, eq=False)
class OneStep:
    """The next step of a run, of its first seed. row: which of the `rows` of the batch is followed   x, y: it, as the network
    gets it, and its target   loss: ℓ of this row   batch_loss: L, their mean or sum   weight: how much the row counts
    first: so many layers this row has not gone through"""

    row: int
    rows: int
    x: Array
    y: Array
    loss: float
    batch_loss: float
    weight: float
    layers: tuple[LayerStep, ...]
    first: int = 0


class Stages(NamedTuple):
    """theta before the step, ∂L/∂theta, the same after penalties and clipping, and theta after it. (P,), or (S, P)"""

    before: Array
    raw: Array
    final: Array
    after: Array

    @property
    def of_first_seed(self) -> "Stages":
        return Stages(*(part[0] if part.ndim > 1 else part for part in self))


def moved(stages: Sequence[Rows], layer: int) -> Iterator[Array]:
    """dW, db, gW, gb, new_W and new_b of a layer."""
    for one in stages[1:]:
        yield one[layer]["W"]
        yield one[layer]["b"][0]


def one_step(run: Run, row: int = 0) -> OneStep:
    """What `run.trainer().one_step()` does, with the numbers on the way. row: of the batch; beyond its end the last one

    ∂L/∂W = Σ_rows share · weight · ∂ℓ/∂W, the share 1/m for a mean and 1 for a sum. With batch norm the rows of a batch move
    one another: there ∂ℓ is of all rows' losses together, m ∂L. Raises ValueError, in a sentence, for networks that are no
    stack of dense layers, or learn otherwise than from answers.
    """
    objective = run.setup.objective
    if not (isinstance(objective, Supervised) and weighs_rows(run.net)):
        raise ValueError(NOT_DENSE)
    net, training = run.net, run.config.training
    seen, trained = run.trainer(), run.trainer()  # two, since a pass draws from the streams of dropout
    batch = objective.given(seen.upcoming())
    theta, grad = run.state.theta, np.empty_like(run.state.theta)
    share = 1 / batch.rows if training.reduction == "mean" else 1.0
    scale = share if batch.weights is None else share * batch.weights
    p, flow = net.parameters.rows(theta), Flow()
    with np.errstate(all="ignore"):  # what is not finite is the caller's to tell
        layers, Z, caches = inside(net, p, batch.X, batch.at)
        losses = net.head.per_row(Z, batch.Y)
        net.backward(p, net.parameters.rows(grad), net.head.gradient(Z, batch.Y, scale), caches, flow)
        trained.one_step(keep_raw=True)
        slopes = [bend.function.derivative(bend.Z, bend.A) for bend in net.bends(caches)]
    ensemble, row = theta.ndim > 1, min(row, batch.rows - 1)

    def first(A: Array) -> Array:
        return A[0] if ensemble else A

    def of_row(A: Array) -> Array:
        return first(A)[row]

    weights = np.ones((batch.rows, 1)) if batch.weights is None else first(batch.weights)
    own, found = share * float(weights[row, 0]), []
    stages = [net.parameters.rows(one) for one in Stages(theta, trained.raw_grad, trained.grad, trained.theta).of_first_seed]
    for i, (layer, (dA, dZ)) in enumerate(zip(layers, flow, strict=True)):
        kept = np.ones(layer.sums.shape[-1]) if layer.kept is None else of_row(layer.kept)
        slope = of_row(slopes[i]) if i < len(slopes) else np.ones(layer.sums.shape[-1])
        found.append(LayerStep(of_row(layer.sums), of_row(layer.bent), of_row(layer.acted), kept, of_row(layer.outputs), slope,
                               stages[0][i]["W"], stages[0][i]["b"][0], of_row(dA) / own, of_row(dZ) / own, *moved(stages, i)))
    batch_loss = float((first(losses) * weights[:, 0]).sum() * share)
    return OneStep(row, batch.rows, of_row(batch.X), of_row(batch.Y), float(of_row(losses)), batch_loss, float(weights[row, 0]),
                   tuple(found))
