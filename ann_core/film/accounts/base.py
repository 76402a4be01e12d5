"""An account of how one number of a network comes about at one moment: what is told, and who tells it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ann_core.base.arrays import Array
from ann_core.film.accounts.links import Link, link_at
from ann_core.nn.activations import Activation
from ann_core.nn.layers.base import Layer, Pass
from ann_core.nn.network import Network
from ann_core.nn.parameters import Rows
from ann_core.run.run import Run

Cell = str | float


@dataclass(frozen=True)
class Place:
    """What is written out. layer: 0 are the inputs; a second network's follow those of the first   unit: of that layer; its
    filter, or its head   choices: what else is to be said, such as the position of a filter, the step of a state, or what a
    discriminator is shown; what is left out is chosen   row: of the training rows, of those held out, or of the watched noise.
    All count from 0; beyond the end the last one is meant."""

    layer: int
    unit: int
    choices: tuple[int, ...] = ()
    row: int = 0
    held_out: bool = False

    @property
    def told(self) -> list[int]:
        """As whoever asked knows it again."""
        return [int(self.held_out), self.row, self.layer, self.unit, *self.choices]


@dataclass(frozen=True)
class Choice:
    """One of `count`, each called a `noun`. index: the chosen one   names: of each, where it has one"""

    noun: str
    count: int
    index: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Numbers that are added up. rows: a name, then a cell for each further column   strong: from which row on they are results
    bars: the last number of each row is a bar, too   grid: the rows are those of a small picture"""

    columns: tuple[str, ...]
    rows: list[list[Cell]]
    strong: int
    bars: bool = True
    grid: bool = False


@dataclass(frozen=True)
class Account:
    """tables, and the sentences below them   bend: (z, a) where a number passes through an activation that has a curve"""

    tables: list[Table]
    lines: list[str]
    bend: tuple[float, float] | None = None


@dataclass(frozen=True, eq=False)
class Passed:
    """One row on its way through a network, as it answers outside training: the layers' own pass.

    X: (1, *inputs)   outputs: of every layer but the last   answer: (1, …)   run: of its first seed
    """

    run: Run
    link: Link
    p: Rows
    at: Pass
    X: Array
    Z: Array
    caches: list[Any]
    outputs: list[Array]

    @classmethod
    def of(cls, run: Run, place: Place) -> "Passed":
        """The pass of that row, at this moment of a run."""
        link, _ = link_at(run.setup, place.layer)
        net, (theta, statistics) = link.net, run.state.first
        X = link.came(run, place.row, place.held_out, place.choices[-1] if link.shown and place.choices else 0)
        p = net.parameters.rows(theta[run.setup.objective.parts[link.name]])
        at = net.evaluation(statistics if net.statistics.size else None)
        return cls(run, link, p, at, X, *net.forward(p, X, at))

    @property
    def net(self) -> Network:
        return self.link.net

    @property
    def output(self) -> str:
        """The activation behind its last sums."""
        return self.run.setup.objective.output(self.link.name)

    def came(self, layer: int) -> Array:
        """What layer i (0 is the first) got."""
        return self.outputs[layer - 1] if layer else self.X


class Teller:
    """Who can give an account of the units of some layers. noun: what a unit is called there"""

    noun = "unit"

    def fits(self, layer: Layer) -> bool:
        raise NotImplementedError

    def choices(self, net: Network, layer: int, wanted: Sequence[int]) -> tuple[Choice, ...]:
        """What there is to choose beside the unit."""
        return ()

    def units(self, net: Network, layer: int) -> int:
        """How many units, filters or heads there are."""
        return net.layers[layer].outputs[-1]

    def curve(self, net: Network, layer: int, chosen: Sequence[int], output: str) -> Activation | None:
        """What bends the sum, where one function does. output: the activation behind the network's last sums"""
        return net.bent.get(layer)

    def tell(self, passed: Passed, layer: int, unit: int, chosen: Sequence[int]) -> Account:
        """layer: from 0   chosen: the indices of `choices`"""
        raise NotImplementedError


@dataclass(frozen=True)
class Chooser:
    """Makes choices of what is wanted, one after the other."""

    wanted: Sequence[int]
    found: list[Choice] = field(default_factory=list)

    def add(self, noun: str, count: int, usual: int = 0, names: Sequence[str] = ()) -> "Chooser":
        """One more. usual: which one, where nothing is wanted"""
        at = len(self.found)
        index = self.wanted[at] if at < len(self.wanted) else usual
        self.found.append(Choice(noun, count, min(index, count - 1), tuple(names)))
        return self
