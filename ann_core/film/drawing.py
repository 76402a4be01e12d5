"""What the drawing of the network has room for: which layers and units are shown, and their small maps."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ann_core.nn.activations import Activation, activation
from ann_core.run.objectives.base import Objective

MAP = 20                # a unit's map is MAP × MAP
MOST_LAYERS = 12        # columns of the drawing, inputs and output included
MOST_UNITS = 12         # squares in a column


def spread(n: int, most: int = MOST_UNITS) -> tuple[int, ...]:
    """All of range(n), or its first and last part when there are more than `most`."""
    return tuple(range(n)) if n <= most else (*range(most // 2), *range(n - most // 2, n))


@dataclass(frozen=True)
class Drawing:
    """The shown part of a network, or of several in a chain. `layers` counts the inputs as 0 and the output as last; `widths`
    has the units of all of them: numbers, or the channels of a picture."""

    widths: tuple[int, ...]
    joins: tuple[slice | None, ...]     # of each layer but the last: where the weights to the next one's units lie in theta
    shifts: tuple[slice | None, ...]    # of each layer: where its units' biases lie
    layers: tuple[int, ...]
    units: dict[int, tuple[int, ...]]

    def edges(self, theta: NDArray) -> NDArray[np.float32]:
        """Weights between neighbouring shown layers, from-unit major, one after the other; 0 where no single weight joins two
        units. theta: (F, P). Returns (F, E)"""
        F = len(theta)
        pairs = [(a, b) for a, b in zip(self.layers, self.layers[1:], strict=False) if b == a + 1]
        whole = [_array(theta, self.joins[a], (self.widths[a], self.widths[b])) for a, b in pairs]
        parts = [W[:, np.array(self.units[a])[:, None], self.units[b]].reshape(F, -1)
                 for W, (a, b) in zip(whole, pairs, strict=True)]
        return np.concatenate(parts or [np.empty((F, 0))], axis=1).astype(np.float32)

    def biases(self, theta: NDArray) -> NDArray[np.float32]:
        """The bias of each shown unit; 0 where it has none. theta: (F, P). Returns (F, U)"""
        parts = [_array(theta, self.shifts[layer], (self.widths[layer],))[:, self.units[layer]] for layer in self.layers]
        return np.concatenate(parts, axis=1).astype(np.float32)

    def maps(self, outputs: list[NDArray], shapes: list[Activation | None]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """Each shown unit over the picture plane as bytes (F, U, MAP, MAP), and what 127 steps stand for (F, U).

        outputs: of every layer, inputs first, (F, MAP², n) or (F, MAP, n) for one input (`by_unit`). 128 is the activation's
        centre. Bounded activations keep the scale of their range; others are scaled by their own largest value.
        """
        maps, scales = [], []
        for layer in self.layers:
            A = outputs[layer].swapaxes(1, 2)
            shown = A if A.shape[1] == len(self.units[layer]) else A[:, self.units[layer]]
            shape = shapes[layer]
            center = shape.center if shape else 0.0
            if shape and shape.bounded:
                scale = np.full(shown.shape[:2], max(abs(shape.range[1] - center), abs(shape.range[0] - center)))
            else:
                scale = np.abs(shown - center).max(-1)
            safe = np.where((scale > 0) & np.isfinite(scale), scale, 1.0)
            seen = to_bytes(128 + (shown - center) * (127 / safe[..., None]))
            if seen.shape[-1] == MAP:  # one input: the same along the other axis
                seen = np.repeat(seen[:, :, None, :], MAP, axis=2)
            maps.append(seen.reshape(*seen.shape[:2], MAP, MAP))
            scales.append(scale)
        return np.concatenate(maps, axis=1), np.minimum(np.concatenate(scales, axis=1), 3e38).astype(np.float32)


def _array(theta: NDArray, part: slice | None, shape: tuple[int, ...]) -> NDArray:
    """That part of theta as arrays of this shape, or zeros. Returns (F, *shape)"""
    return np.zeros((len(theta), *shape)) if part is None else theta[:, part].reshape(len(theta), *shape)


def by_unit(A: NDArray) -> NDArray:
    """One number a unit: of a picture (F, N, H, W, C) the mean of each channel. Returns (F, N, n)"""
    return A if A.ndim == 3 else A.mean(axis=tuple(range(2, A.ndim - 1)))


def to_bytes(values: NDArray) -> NDArray[np.uint8]:
    """Rounded and cut to 0 … 255; undefined becomes the middle."""
    whole = np.rint(values)
    np.clip(whole, 0, 255, out=whole)
    if np.isnan(whole).any():
        whole = np.nan_to_num(whole, nan=128.0)
    return whole.astype(np.uint8)


def drawing_of(objective: Objective) -> Drawing:
    """What is shown of its networks, one behind the other."""
    widths: list[int] = []
    joins: list[slice | None] = []
    shifts: list[slice | None] = []
    for name in objective.chain:
        net, first = objective.networks[name], objective.parts[name].start
        own = (net.n_in, *(layer.outputs[-1] for layer in net.layers))
        placed = {(entry.layer, entry.param.role, entry.param.shape): slice(first + entry.part.start, first + entry.part.stop)
                  for entry in net.parameters.entries}
        joins += [placed.get((i, "weight", pair)) for i, pair in enumerate(pairwise(own))]
        behind = bool(widths)  # its inputs are the outputs of the one before
        shifts += [*[None][behind:], *(placed.get((i, "bias", (n,))) for i, n in enumerate(own[1:]))]
        widths += own[behind:]
    layers = spread(len(widths), MOST_LAYERS)
    return Drawing(tuple(widths), tuple(joins), tuple(shifts), layers, {layer: spread(widths[layer]) for layer in layers})


def unit_shapes(objective: Objective) -> list[Activation | None]:
    """The activation behind each layer's output: none for inputs; softmax is drawn like a sigmoid. A layer without one, a pool
    say, hands on what came."""
    found: list[Activation | None] = [None]
    for name in objective.chain:
        net, output = objective.networks[name], objective.networks[name].head.output
        for i in range(len(net.layers) - 1):
            found.append(net.bent[i] if i in net.bent else found[-1])
        found.append(activation("sigmoid" if output == "softmax" else output))
    return found
