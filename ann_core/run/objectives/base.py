"""What one update is for: which networks there are, whose turn it is, and the gradient of its loss."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data import Prepared
from ann_core.data.target import Target
from ann_core.nn.layers.base import PLAIN, Flow, Pass
from ann_core.nn.network import Network
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.nn.parameters import Rows
from ann_core.run.training import UpdateConfig
from ann_core.run.update import Memory

NOISE = 5
"""Purpose of random streams of normal numbers: [seed, NOISE, step, number]."""


@dataclass(frozen=True)
class Turn:
    """One update of a step: which network it moves, and how.

    number: counts the turns of a step, so that each draws noise of its own
    """

    network: str
    training: UpdateConfig
    number: int = 0


@dataclass(frozen=True)
class Reference:
    """What another method reaches on the rows that are judged."""

    name: str
    loss: float
    score: float


@dataclass(slots=True)
class Batch:
    """Rows to learn from. X: (..., N, *sample), Y: (..., N, …), weights: (..., N, 1) of the rows, when they differ.

    rows: N   seeds: of the networks side by side, for `normal`; step: how many updates came before
    """

    X: Array
    Y: Array
    rows: int
    at: Pass = PLAIN
    weights: Array | None = None
    seeds: Sequence[int] = field(default=(0,))
    step: int = 0

    def normal(self, columns: int, number: int) -> Array:
        """Normal numbers for each row, the same for the same seed, step and number. Returns (N, columns), or (S, N, columns)"""
        drawn = [np.random.default_rng([seed, NOISE, self.step, number]).standard_normal((self.rows, columns))
                 for seed in self.seeds]
        return np.stack(drawn) if len(drawn) > 1 else drawn[0]


class Objective:
    """networks: side by side in one theta, by name; turns: the updates of one step, in order."""

    networks: Mapping[str, Network]
    turns: Sequence[Turn]
    called: Mapping[str, str] = MappingProxyType({})
    """What networks are called where people read, if not by their names."""
    has_answers = False
    """Whether there are right answers, and so a loss and a score on rows held out."""
    has_boundary = False
    """Whether what the first network answers is worth drawing over a plane."""
    by_rounds = False
    """Whether its time is told in steps, as rounds of several networks, and not in epochs."""
    frame_rows = 1_000
    """On so many rows at most a frame's gradients and losses are measured."""
    passes = 1
    """Rows that the first network works on in one step, for each row of the batch: so far its dropout's streams move on."""

    def __init__(self, networks: Mapping[str, Network], turns: Sequence[Turn]):
        self.networks, self.turns = networks, turns
        self.parts: dict[str, slice] = {}
        self.size = 0
        for name, net in networks.items():
            self.parts[name] = slice(self.size, self.size + net.n_parameters)
            self.size += net.n_parameters

    def target(self, data: Prepared) -> Target:
        """What answers are compared with."""
        return data.target

    @property
    def loss_label(self) -> str:
        """What its loss is called."""
        return next(iter(self.networks.values())).head.loss.label

    def answers(self, X: Array, y: NDArray) -> NDArray:
        """Right answers of rows as the target scores them."""
        return y

    def encode(self, data: Prepared, X: Array, y: NDArray) -> Array:
        """Targets of rows as the loss wants them."""
        raise NotImplementedError

    def seen(self, X: Array, key: Sequence[int]) -> Array:
        """Rows as the network gets them when it is measured. key: of the random stream of what is added to them"""
        return X

    def references(self, X: Array, seen: Array, Y: Array) -> Sequence[Reference]:
        """What needs no training to reach, to hold its losses against. X: training rows   seen, Y: the rows that are judged, as
        the network gets them, and their targets"""
        return ()

    @property
    def chain(self) -> tuple[str, ...]:
        """The networks in the order in which numbers go through them: what one gives is what the next one gets."""
        return tuple(self.networks)

    def output(self, network: str) -> str:
        """The activation behind the last sums of a network."""
        return self.networks[network].head.output

    def rows(self, theta: Array) -> dict[str, Rows]:
        """Views on theta by network and layer."""
        return {name: net.parameters.rows(theta[..., self.parts[name]]) for name, net in self.networks.items()}

    def initial(self, seed: int) -> Array:
        """First parameters of all networks. Returns (P,)"""
        return np.concatenate([net.initial(seed) for net in self.networks.values()])

    def optimizers(self) -> list[tuple[str, str]]:
        """(network, optimiser) of each network that is moved, in order of their first turn."""
        return list({turn.network: turn.training.optimizer for turn in self.turns}.items())

    @property
    def last_turns(self) -> list[Turn]:
        """One turn of each network that is moved, in the same order: its last one in a step."""
        return list({turn.network: turn for turn in self.turns}.values())

    def memories(self, theta: Array) -> tuple[Memory, ...]:
        """What the optimiser of each network remembers before its first step."""
        return tuple(Memory(OPTIMIZERS[key].init(theta[..., self.parts[name]])) for name, key in self.optimizers())

    def is_weight(self) -> Array:
        """1.0 where weights lie. Returns (P,)"""
        return np.concatenate([net.parameters.mask("weight") for net in self.networks.values()])

    def gradient(self, turn: Turn, p: Mapping[str, Rows], g: Mapping[str, Rows], batch: Batch) -> None:
        """Gives the gradient of this turn's loss to g of its network; g of the others may be written too, for nothing."""
        raise NotImplementedError

    @property
    def layer_names(self) -> list[str]:
        """Names of all layers with weights, input side first; with their network's where there are several."""
        if len(self.networks) == 1:
            return next(iter(self.networks.values())).layer_names
        return [f"{said}, {layer}" for said, net in zip(self.network_names, self.networks.values(), strict=True)
                for layer in net.layer_names]

    @property
    def network_names(self) -> list[str]:
        """What its networks are called where people read."""
        return [self.called.get(name, name) for name in self.networks]

    @property
    def weight_parts(self) -> list[list[slice]]:
        """Where the weights of these layers lie in theta."""
        return [[slice(first.start + part.start, first.start + part.stop) for part in parts]
                for first, net in zip(self.parts.values(), self.networks.values(), strict=True) for parts in net.weight_parts]

    @property
    def loss_columns(self) -> tuple[str, ...]:
        """The columns of a film that hold the losses that are learned from; here one of each network."""
        return tuple(f"loss_{name}" for name in self.networks)

    def series(self, held_out: str) -> list[dict[str, str]]:
        """The curves of its losses: column, name, and which are dashed."""
        return [{"column": column, "name": name, "dash": "solid" if i == 0 else "dash"}
                for i, (column, name) in enumerate(zip(self.loss_columns, self.network_names, strict=True))]

    def inspect(self, p: Mapping[str, Rows], g: Mapping[str, Rows], batch: Batch, flow: Flow | None) -> tuple[Array, list[Any]]:
        """The gradient of every network's own loss into g, for pictures. Returns the first network's last pre-activation and
        its caches. flow: collects its (dA, dZ), where a single backward pass has them."""
        thrown = self.rows(np.empty(batch_lead(p) + (self.size,)))
        for turn in self.last_turns:
            self.gradient(turn, p, {**thrown, turn.network: g[turn.network]}, batch)
        name, net = next(iter(self.networks.items()))
        Z, caches, _ = net.forward(p[name], batch.X)
        return Z, caches

    def sound(self, p: Mapping[str, Rows], batch: Batch) -> bool:
        """Whether some member's losses are all still finite."""
        return bool(np.isfinite([self.loss(turn, p, batch) for turn in self.turns]).all(0).any())

    def value(self, Z: Array, Y: Array, weights: Array | None) -> Array:
        """The mean loss of rows that the first network answered. Returns (...)"""
        return next(iter(self.networks.values())).head.value(Z, Y, weights)

    def answer(self, Z: Array) -> Array:
        """What the first network answers, from its last pre-activation Z (..., n_out): shares of the classes, or values."""
        return next(iter(self.networks.values())).head.score(Z)

    def watched(self, p: Mapping[str, Rows], batch: Batch) -> float:
        """What is to fall on rows held out, for stopping early; only objectives with right answers know."""
        raise NotImplementedError

    def loss(self, turn: Turn, p: Mapping[str, Rows], batch: Batch) -> Array:
        """The loss of which `gradient` is the gradient. Returns (...)"""
        raise NotImplementedError


def batch_lead(p: Mapping[str, Rows]) -> tuple[int, ...]:
    """The leading axes of theta behind these views."""
    views = next(views for rows in p.values() for views in rows if views)
    return next(iter(views.values())).shape[:-2]
