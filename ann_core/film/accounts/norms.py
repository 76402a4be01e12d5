"""A number behind layer normalisation: the mean and the spread of all numbers of its step, and what is learned, γ and β."""

from collections.abc import Sequence

from ann_core.base.spelling import words
from ann_core.film.accounts.base import Account, Choice, Chooser, Passed, Table, Teller
from ann_core.nn.layers import Layer, LayerNorm
from ann_core.nn.network import Network

AXES = {1: (), 2: ("step",), 3: ("row", "column")}
"""What stands before the numbers that are normalised together, by how many axes a sample has."""


class Norms(Teller):
    """ẑ = (a − mean) / spread and out = γ ẑ + β, the spread √(variance + ε)."""

    def fits(self, layer: Layer) -> bool:
        return isinstance(layer, LayerNorm)

    def choices(self, net: Network, layer: int, wanted: Sequence[int]) -> tuple[Choice, ...]:
        shape, chooser = net.layers[layer].outputs, Chooser(wanted)
        for noun, count in zip(AXES[len(shape)], shape, strict=False):
            chooser.add(noun, count)
        return tuple(chooser.found)

    def tell(self, passed: Passed, layer: int, unit: int, chosen: Sequence[int]) -> Account:
        part, p, place = passed.net.layers[layer], passed.p[layer], (0, *chosen, unit)
        came, out = passed.came(layer), float(passed.outputs[layer][place])
        normed, inverse = passed.caches[layer]
        z = float(normed.reshape(1, *part.outputs)[place])
        step = came[(0, *chosen)]
        spread = 1 / float(inverse.reshape(1, *part.outputs[:-1])[(0, *chosen)])
        gamma, beta = (float(p[name].ravel()[unit]) for name in ("gamma", "beta"))
        together = f"all {len(step)} numbers"
        first = Table(("of", "="), [["this number", float(came[place])], [f"mean of {together}", float(step.mean())],
                                    ["their spread", spread], ["(number − mean) / spread", z]], 3, bars=False)
        second = Table(("from", "value", "× γ", "="), [["normalised", z, gamma, z * gamma], ["β", "", "", beta], ["sum", "", "", out]], 2)
        return Account([first, second], [f"Mean 0 and spread 1 are made of {together} of this row; γ and β, which are learned, "
                                         f"scale and shift: {words(out, 3)}."])


NORMS = Norms()
