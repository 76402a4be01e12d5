"""A number of an embedding: the row that a token has in its table."""

from collections.abc import Sequence

import numpy as np

from ann_core.base.spelling import words
from ann_core.film.accounts.base import Account, Cell, Choice, Chooser, Passed, Table, Teller
from ann_core.film.accounts.weighed import SUM, names_in, terms
from ann_core.film.drawing import spread
from ann_core.nn.layers import Embedding, Layer
from ann_core.nn.network import Network


class Lookups(Teller):
    """out_t = x_t W: of a token, a single 1 among zeros, the row of W that is its own."""

    def fits(self, layer: Layer) -> bool:
        return isinstance(layer, Embedding)

    def choices(self, net: Network, layer: int, wanted: Sequence[int]) -> tuple[Choice, ...]:
        return tuple(Chooser(wanted).add("step", net.layers[layer].outputs[0]).found)

    def tell(self, passed: Passed, layer: int, unit: int, chosen: Sequence[int]) -> Account:
        x, W = passed.came(layer)[(0, *chosen)], passed.p[layer]["W"]
        names, out = names_in(passed, layer), float(passed.outputs[layer][(0, *chosen, unit)])
        products: list[list[Cell]] = list(terms(names, x, W[:, unit], still=True))
        table = Table(SUM, [*products, ["sum", "", "", out]], len(products))
        there = np.flatnonzero(x)
        if len(there) != 1 or x[there[0]] != 1:
            return Account([table], [] if len(there) else ["No token stands here: all is 0."])
        name, own = names[there[0]], W[there[0]]
        row: list[list[Cell]] = [[f"number {i + 1}", float(own[i])] for i in spread(len(own))]
        return Account([Table((f"row of {name}", "="), row, len(row)), table],
                       [f"Here stands {name}. A 1 among zeros picks its row of the table; number {unit + 1} of it is "
                        f"{words(out, 3)}."])


LOOKUPS = Lookups()
