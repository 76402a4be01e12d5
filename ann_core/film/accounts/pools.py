"""A number of a pool: the window under it, and the largest of its numbers, or their mean."""

from collections.abc import Sequence

import numpy as np

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.film.accounts.base import Account, Choice, Chooser, Passed, Table, Teller
from ann_core.nn.layers import GlobalMaxPool, GlobalPool, Layer, MaxPool2D, Pool2D
from ann_core.nn.network import Network

MOST_CELLS = 64
"""Numbers of a window that are written out."""


class Pools(Teller):
    """out[y, x] = max of A[window at y, x], or their mean; over the whole picture where there is one number a channel."""

    noun = "map"

    def fits(self, layer: Layer) -> bool:
        return isinstance(layer, Pool2D | GlobalPool)

    def choices(self, net: Network, layer: int, wanted: Sequence[int]) -> tuple[Choice, ...]:
        part = net.layers[layer]
        if not isinstance(part, Pool2D):
            return ()
        down, across, _ = part.outputs
        return tuple(Chooser(wanted).add("row", down, down // 2).add("column", across, across // 2).found)

    def tell(self, passed: Passed, layer: int, unit: int, chosen: Sequence[int]) -> Account:
        part = passed.net.layers[layer]
        window = _window(part, passed.came(layer)[0, ..., unit], chosen)
        out = float(passed.outputs[layer][(0, *chosen, unit)])
        grids = [Table(("what lies under it",), window.tolist(), len(window), grid=True)] * (window.size <= MOST_CELLS)
        if isinstance(part, MaxPool2D | GlobalMaxPool):
            y, x = np.unravel_index(window.argmax(), window.shape)
            return Account(grids, [f"The largest of the {window.size} numbers is handed on: {words(out, 3)}, from row {y + 1}, "
                                   f"column {x + 1} of the window."])
        total = Table(("from", "="), [[f"sum of {window.size} numbers", float(window.sum())],
                                      [f"mean: sum / {window.size}", out]], 1, bars=False)
        return Account([*grids, total], [f"The mean of the {window.size} numbers is handed on: {words(out, 3)}."])


def _window(part: Layer, picture: Array, chosen: Sequence[int]) -> Array:
    """What a place of the pool sees of one channel, (H, W)."""
    if not isinstance(part, Pool2D):
        return picture
    y, x = (place * part.stride for place in chosen)
    return picture[y:y + part.size, x:x + part.size]


POOLS = Pools()
