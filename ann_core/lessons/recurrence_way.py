"""What becomes of a gradient on its way back through time, and through layers: its size at every step, factor by factor."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array
from ann_core.base.numbers import ratio
from ann_core.data.made.sequences import SEQUENCES, Made
from ann_core.nn.layers import Recurrent
from ann_core.nn.layers.base import Flow
from ann_core.nn.measures import backward_factors
from ann_core.run.config import RunConfig
from ann_core.run.objectives.base import Batch, Objective
from ann_core.run.run import start

ASKED, JUDGED = 308, 128
"""Purpose of the random stream that judged sequences come from, and how many there are."""


@dataclass(frozen=True)
class Way:
    """The way back of networks S through a sequence of T steps, the first layer's where there are several.

    size: (T, S) ‖∂L/∂h_t‖ over all sequences and units   cell: (T, S) ‖∂L/∂c_t‖, of an LSTM
    by_slope, by_weights: (T, S) `backward_factors` of the steps: through the gates' and the candidate's slopes, and through
    the recurrent weights (with what goes the direct way). size[t − 1] = size[t] · by_slope[t] · by_weights[t − 1], where only
    the last step answers
    largest: (S,) the largest singular value of the recurrent weights, of all gates together   norm: (S,) ‖∂L/∂θ‖
    """

    size: Array
    by_slope: Array
    by_weights: Array
    largest: Array
    norm: Array
    cell: Array | None = None

    @property
    def ratio(self) -> Array:
        """‖∂L/∂h₁‖ as a multiple of ‖∂L/∂h_T‖. (S,)"""
        return np.array([ratio(float(first), float(last)) for first, last in zip(self.size[0], self.size[-1], strict=True)])

    @classmethod
    def joined(cls, ways: "Sequence[Way]") -> "Way":
        """Of different networks, as one."""
        cells = [way.cell for way in ways if way.cell is not None]

        def side_by_side(name: str) -> Array:
            return np.concatenate([getattr(way, name) for way in ways], -1)

        return cls(side_by_side("size"), side_by_side("by_slope"), side_by_side("by_weights"), side_by_side("largest"),
                   side_by_side("norm"), np.concatenate(cells, -1) if cells else None)


def length_of(D: Array) -> Array:
    """Euclidean length over rows and numbers. (…, N, n) -> (…)"""
    return np.asarray(np.sqrt(np.einsum("...ij,...ij->...", D, D)))


def way_back(objective: Objective, theta: Array, X: Array, Y: Array) -> Way:
    """Measured on these sequences. theta: (S, P)   X: (S, N, T, n) or (N, T, n)"""
    net = next(iter(objective.networks.values()))
    flow, grad = Flow(), np.empty_like(theta)
    p = objective.rows(theta)
    objective.inspect(p, objective.rows(grad), Batch(X, Y, X.shape[-3]), flow)
    way = flow.in_time[0]
    by_weights, by_slope = backward_factors(list(zip(way.dH, way.dZ, strict=True)), 1)
    layer = next(i for i, one in enumerate(net.layers) if any(isinstance(part, Recurrent) for part in one.walk()))
    views = next(iter(p.values()))[layer]
    U = next(array for name, array in views.items() if name.rpartition(".")[2] == "U")
    finite = np.nan_to_num(U, nan=0.0, posinf=0.0, neginf=0.0)
    return Way(length_of(way.dH), by_slope, by_weights, np.asarray(np.linalg.svd(finite, compute_uv=False)[..., 0]),
               np.sqrt((grad * grad).sum(-1)),
               None if way.dC is None else length_of(way.dC))


def way_before(config: RunConfig) -> Way:
    """Of the networks of some settings, before their first step, on sequences of each seed's own."""
    setup, made = start(config).setup, SEQUENCES[config.data.source]
    assert isinstance(made, Made)
    objective, parts = setup.objective, []
    for seed in range(config.seed, config.seed + config.seeds):
        X, y = made.draw(np.random.default_rng([seed, ASKED]), JUDGED, config.data.length)
        parts.append(way_back(objective, objective.initial(seed)[None], X, objective.encode(setup.data, X, y)))
    return Way.joined(parts)
