"""A unit that weighs numbers and adds them up: of a dense layer, of one that answers at every step, of a convolution."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.film.accounts.base import Account, Cell, Choice, Chooser, Passed, Table, Teller
from ann_core.film.drawing import MOST_UNITS, spread
from ann_core.nn.activations import Activation, activation
from ann_core.nn.inside import Inside, inside_layer, weighing
from ann_core.nn.layers import Block, Dense, EachStep, Layer
from ann_core.nn.layers.base import Views
from ann_core.nn.network import Network

SUM = ("from", "input", "× weight", "=")
FEW = 4
SOFTMAX, LINEAR = "softmax", "linear"


class Weighed(Teller):
    """z = Σ input · weight + bias, and a = φ(z)."""

    def fits(self, layer: Layer) -> bool:
        return isinstance(weighing(layer), Dense)

    def choices(self, net: Network, layer: int, wanted: Sequence[int]) -> tuple[Choice, ...]:
        part = weighing(net.layers[layer])
        return tuple(Chooser(wanted).add("step", part.inputs[0]).found) if isinstance(part, EachStep) else ()

    def curve(self, net: Network, layer: int, chosen: Sequence[int], output: str) -> Activation | None:
        if layer < len(net.layers) - 1:
            return net.bent.get(layer)
        return None if output == SOFTMAX else activation(output)

    def tell(self, passed: Passed, layer: int, unit: int, chosen: Sequence[int]) -> Account:
        values, weights = passed.came(layer)[(0, *chosen)], weights_of(passed, layer)["W"][:, unit]
        return self.from_sum(passed, layer, unit, chosen, list(terms(names_in(passed, layer), values, weights, not layer)))

    def from_sum(self, passed: Passed, layer: int, unit: int, where: Sequence[int], rows: list[list[Cell]],
                 columns: tuple[str, ...] = SUM) -> Account:
        """What rows of products and the bias add up to, and what comes of it. where: in the layer's outputs"""
        one, bias, place = _inside(passed, layer), float(weights_of(passed, layer)["b"].ravel()[unit]), (0, *where, unit)
        return Account([total(rows, bias, float(one.sums[place]), columns)], *_bent(passed, one, place, layer))


def weights_of(passed: Passed, layer: int) -> Views:
    """W and b of a layer that weighs."""
    p = passed.p[layer]
    return p.parts[0] if isinstance(passed.net.layers[layer], Block) else p


def _inside(passed: Passed, layer: int) -> Inside:
    """All between what a layer gets and what it hands on."""
    net, last = passed.net, layer == len(passed.net.layers) - 1
    if last:
        answer = net.head.activate(passed.Z) if passed.output == net.head.output else activation(passed.output).f(passed.Z)
        return Inside(passed.Z, passed.Z, answer, answer)
    return inside_layer(net.layers[layer], passed.p[layer], passed.came(layer), passed.caches[layer], passed.outputs[layer])


def names_in(passed: Passed, layer: int) -> list[str]:
    """What a layer's inputs are called in a list of them: x₁, unit 3."""
    n = passed.came(layer).shape[-1]
    return [f"unit {i + 1}" for i in range(n)] if layer else passed.link.names(n)


def terms(names: Sequence[str], values: Array, weights: Array, still: bool = False) -> Iterator[list[Cell]]:
    """A row for each input, or for some of many, and one for all others together. still: they stay as they are, so that those
    which are not 0 are shown, if they are few"""
    there = np.flatnonzero(values)
    few = still and len(names) > FEW and len(there) <= min(MOST_UNITS, len(names) // 2)
    shown = there if few else np.array(spread(len(names)))
    for i in shown:
        yield [names[int(i)], float(values[i]), float(weights[i]), float(values[i] * weights[i])]
    if others := len(names) - len(shown):
        left = np.setdiff1d(np.arange(len(names)), shown)
        yield [f"{others} more" if values[left].any() else f"{others} zeros", "", "", float(values[left] @ weights[left])]


def total(rows: list[list[Cell]], bias: float, z: float, columns: tuple[str, ...] = SUM) -> Table:
    """The rows, the bias, and what they add up to."""
    between: list[Cell] = [""] * (len(columns) - 2)
    return Table(columns, [*rows, ["bias", *between, bias], ["sum z", *between, z]], len(rows) + 1)


def _bent(passed: Passed, one: Inside, where: tuple[int, ...], layer: int) -> tuple[list[str], tuple[float, float] | None]:
    """What comes of z, in words; and where it stands on the curve."""
    net, last = passed.net, layer == len(passed.net.layers) - 1
    bent, acted, out = (float(part[where]) for part in (one.bent, one.acted, one.outputs))
    if last and passed.output == SOFTMAX:
        return [f"softmax: its share of 1 is a = {_number(out)}."], None
    label = passed.output if last else net.bent[layer].label
    normed = net.config.batch_norm and not last
    said = [f"Batch normalisation makes {_number(bent)} of z, with the mean and spread that training has kept."] * normed
    name = "it" if normed else "z"
    said.append(f"Nothing bends {name}: a = {_number(acted)}." if label == LINEAR else
                f"{label} bends {name} to a = {_number(acted)}.")
    if abs(out - acted) > 1e-12:
        said.append(f"With what came into the layer, {_number(out - acted)}, it is {_number(out)}.")
    target = passed.run.setup.target
    if last and passed.run.setup.objective.has_answers and (target.scale, target.center) != (1, 0):
        said.append(f"In the unit of the right answer it is {_number(target.in_units(np.asarray(out)))}.")
    if last and (meaning := passed.link.meaning(where[-1])):
        said.append(meaning)
    return [" ".join(said)], (bent, acted)


def _number(value: Any) -> str:
    return words(float(value), 3)


WEIGHED = Weighed()
