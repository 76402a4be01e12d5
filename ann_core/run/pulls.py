"""Who pulls: what every single row adds to a gradient, and where it would move an answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.network import Network
from ann_core.run.objectives.base import Batch
from ann_core.run.objectives.supervised import NET, Supervised

MOST_WORK = 6e8
"""Products that one answer may take; of a network whose rows move one another this is soon reached."""
GROUP_VALUES = 1_000_000
"""Numbers that are held at once, about."""


@dataclass(frozen=True, eq=False)
class Measured:
    """The loss that frames show, of a batch. gradient: (P,) ∇L   dZ: ∂L/∂Z of the last layer, (N, …, n_out)   Z: what stands
    there   losses: (N,) what each row adds to L"""

    gradient: Array
    dZ: Array
    Z: Array
    losses: Array


def measured(objective: Supervised, theta: Array, batch: Batch) -> Measured:
    """L = Σᵢ ℓᵢ with what each row counts already in ℓᵢ, so its gradient is Σᵢ ∇ℓᵢ. theta: (P,)"""
    gradient, counts = np.empty_like(theta), objective.counts(batch)
    Z, _ = objective.inspect(objective.rows(theta), objective.rows(gradient), batch, None)
    losses = objective.net.head.per_row(Z, batch.Y) * (counts[..., 0] if isinstance(counts, np.ndarray) else counts)
    return Measured(gradient, objective.net.head.gradient(Z, batch.Y, counts), Z, losses.reshape(batch.rows, -1).sum(-1))


def pulls(objective: Supervised, theta: Array, batch: Batch, dZ: Array, directions: Array) -> Array:
    """⟨v, ∇ℓᵢ⟩ of every row i, for directions v (K, P) in the space of the weights: a unit vector gives what the row adds to
    one number of the gradient, ∇L its share in ‖∇L‖², −η ∇f what a plain step on it alone would add to an answer f, to first
    order (the tangent kernel; Jacot, Gabriel & Hongler, 2018). Returns (N, K); the sum over the rows is ⟨v, ∇L⟩.

    Every row is one more member of an ensemble that shares its weights and sees a batch of one, so whatever layers there are,
    ∇ℓᵢ is exact. With batch norm rows move one another through the batch's mean and spread: there each member sees all rows,
    but only the loss of its own counts; ∇ℓᵢ is how that loss moves with the weights, the other rows' sums moving along.
    dZ: ∂L/∂Z as `measured` has it
    Raises ValueError, in a sentence, where that would take too long.
    """
    net, together = objective.net, bool(objective.net.statistics.size)
    seen = batch.rows if together else 1
    if batch.rows * seen * _work(net) > MOST_WORK:
        raise ValueError(f"With batch normalisation every row moves all the others: to tell the {batch.rows:,} rows apart "
                         "would take too long in this network. Use fewer points or units, or switch batch normalisation off."
                         if together else "To tell the rows apart would take too long in this network. Use fewer units.")
    found = np.empty((batch.rows, len(directions)))
    for part in _groups(batch.rows, net.n_parameters + seen * sum(layer.holds() for layer in net.layers)):
        members = part.stop - part.start
        if together:
            X, d = batch.X, np.zeros((members, *dZ.shape))
            d[np.arange(members), np.arange(part.start, part.stop)] = dZ[part]
        else:
            X, d = batch.X[part][:, None], dZ[part][:, None]
        grad = np.empty((members, net.n_parameters))
        p = objective.rows(np.broadcast_to(theta, grad.shape))[NET]
        _, caches, _ = net.forward(p, X)
        net.backward(p, objective.rows(grad)[NET], d, caches)
        found[part] = grad @ directions.T
    return found


def answer_gradients(objective: Supervised, theta: Array, statistics: Array, x: Array) -> tuple[Array, Array]:
    """What a network answers at one place, as used outside training, and how each of its numbers moves with the weights.

    x: (1, *inputs)   Returns the answers (n_out,) as `OutputHead.score` gives them, and ∇f (n_out, P)
    """
    net = objective.net
    grad = np.empty((net.n_out, net.n_parameters))
    p = objective.rows(np.broadcast_to(theta, grad.shape))[NET]
    Z, caches, _ = net.forward(p, x, net.evaluation(np.broadcast_to(statistics, (net.n_out, statistics.size))))
    net.backward(p, objective.rows(grad)[NET], net.head.slopes(Z[0, 0])[:, None], caches)
    return net.head.score(Z[0, 0]), grad


def _work(net: Network) -> Any:
    """Products that a row's way through a network and back takes, about."""
    return 3 * sum(layer.work() for layer in net.layers) + 100


def _groups(rows: int, held: int) -> Iterator[slice]:
    """So many rows at a time that what is held for them has room. held: numbers for each of them"""
    size = max(1, GROUP_VALUES // held)
    return (slice(first, min(first + size, rows)) for first in range(0, rows, size))
