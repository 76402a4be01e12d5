"""A filter at one place of a picture: the patch under it, its weights, their products, and what they add up to."""

from collections.abc import Sequence

from ann_core.film.accounts.base import Account, Cell, Choice, Chooser, Passed, Table
from ann_core.film.accounts.weighed import Weighed, weights_of
from ann_core.nn.inside import weighing
from ann_core.nn.layers import Conv2D, Layer
from ann_core.nn.network import Network


class Filters(Weighed):
    """z[y, x] = Σ A[window at y, x] · W + b, channel by channel, and a = φ(z)."""

    noun = "map"

    def fits(self, layer: Layer) -> bool:
        return isinstance(weighing(layer), Conv2D)

    def choices(self, net: Network, layer: int, wanted: Sequence[int]) -> tuple[Choice, ...]:
        part = _convolution(net, layer)
        down, across, _ = part.outputs
        chooser = Chooser(wanted).add("row", down, down // 2).add("column", across, across // 2)
        return tuple((chooser.add("channel", part.channels) if part.channels > 1 else chooser).found)

    def tell(self, passed: Passed, layer: int, unit: int, chosen: Sequence[int]) -> Account:
        part, views = _convolution(passed.net, layer), weights_of(passed, layer)
        y, x, channel = (*chosen, 0)[:3]
        _, seen = part.forward(views, passed.came(layer), passed.at)
        place = y * part.outputs[1] + x
        shape = (part.size, part.size, part.channels)
        patch, weights = seen[place].reshape(shape), views["W"][:, unit].reshape(shape)
        products = patch * weights
        shown = products[..., channel]
        rows: list[list[Cell]] = [[f"these {shown.size} products", float(shown.sum())]]
        if part.channels > 1:
            other = "the other channel" if part.channels == 2 else f"the {part.channels - 1} other channels"
            rows.append([other, float(products.sum() - shown.sum())])
        told = self.from_sum(passed, layer, unit, (y, x), rows, ("from", "="))
        grids = [Table((name,), numbers[..., channel].tolist(), part.size, grid=True)
                 for name, numbers in (("what lies under it", patch), ("× weights", weights), ("= products", products))]
        return Account([*grids, *told.tables], [*told.lines, *_outside(part, place)], told.bend)


def _convolution(net: Network, layer: int) -> Conv2D:
    part = weighing(net.layers[layer])
    assert isinstance(part, Conv2D)
    return part


def _outside(part: Conv2D, place: int) -> list[str]:
    """How much of a window lies beyond the picture, in words."""
    count = part.outside(place)
    if not count:
        return []
    return [f"{count} of the {part.size * part.size} places lie outside the picture: zeros stand there."]


FILTERS = Filters()
