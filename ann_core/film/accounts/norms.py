"""A number behind layer normalisation: the mean and the spread of all numbers of its step, and what is learned, γ and β."""

from collections.abc import Sequence

from ann_core.base.spelling import words
from ann_core.film.accounts.base import Account, Choice, Chooser, Passed, Table, Teller
from ann_core.nn.layers import Layer, LayerNorm
from ann_core.nn.network import Network


class Norms(Teller):
    """ẑ = (a − mean) / spread and out = γ ẑ + β, the spread √(variance + ε)."""

    def fits(self, layer: Layer) -> bool:
        return isinstance(layer, LayerNorm)

    def choices(self, net: Network, layer: int, wanted: Sequence[int]) -> tuple[Choice, ...]:
        return tuple(Chooser(wanted).add("step", net.layers[layer].outputs[0]).found)

    def tell(self, passed: Passed, layer: int, unit: int, chosen: Sequence[int]) -> Account:
        (step,), steps = chosen, passed.net.layers[layer].outputs[0]
        came, out = passed.came(layer)[0, step], float(passed.outputs[layer][0, step, unit])
        normed, inverse = (part.reshape(steps, -1)[step] for part in passed.caches[layer])
        z, spread = float(normed[unit]), 1 / float(inverse[0])
        gamma, beta = (float(passed.p[layer][name].ravel()[unit]) for name in ("gamma", "beta"))
        first = Table(("of", "="), [["this number", float(came[unit])], [f"mean of all {len(came)}", float(came.mean())],
                                    ["their spread", spread], ["(number − mean) / spread", z]], 3, bars=False)
        second = Table(("from", "value", "× γ", "="), [["normalised", z, gamma, z * gamma], ["β", "", "", beta],
                                                       ["sum", "", "", out]], 2)
        return Account([first, second], [f"The {len(came)} numbers of this step get mean 0 and spread 1. What is learned, γ "
                                         f"and β, scales and shifts them: {words(out, 3)}."])


NORMS = Norms()
