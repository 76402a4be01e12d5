"""What the drawing of the network has room for: which layers and units are shown, and their small maps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_core.nn.activations import Activation, activation
from ann_core.nn.network import Network

MAP = 20                # a unit's map is MAP × MAP
MOST_LAYERS = 12        # columns of the drawing, inputs and output included
MOST_UNITS = 12         # squares in a column


def _spread(n: int, most: int) -> tuple[int, ...]:
    """All of range(n), or its first and last part when there are more than `most`."""
    return tuple(range(n)) if n <= most else (*range(most // 2), *range(n - most // 2, n))


@dataclass(frozen=True)
class Drawing:
    """The shown part of a network. `layers` counts the inputs as 0 and the output as last."""

    layers: tuple[int, ...]
    units: dict[int, tuple[int, ...]]

    def edges(self, weights: list[NDArray]) -> NDArray[np.float32]:
        """Weights between neighbouring shown layers, from-unit major, one after the other. weights: W of each layer,
        (F, n_in, n_out). Returns (F, E)"""
        F = len(weights[0])
        parts = [weights[a][:, np.array(self.units[a])[:, None], self.units[b]].reshape(F, -1)
                 for a, b in zip(self.layers, self.layers[1:], strict=False) if b == a + 1]
        return np.concatenate(parts or [np.empty((F, 0))], axis=1).astype(np.float32)

    def biases(self, biases: list[NDArray]) -> NDArray[np.float32]:
        """The bias of each shown unit; 0 for inputs. biases: b of each layer, (F, n). Returns (F, U)"""
        F = len(biases[0])
        parts = [biases[layer - 1][:, self.units[layer]] if layer else np.zeros((F, len(self.units[layer])))
                 for layer in self.layers]
        return np.concatenate(parts, axis=1).astype(np.float32)

    def maps(self, outputs: list[NDArray], shapes: list[Activation | None]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """Each shown unit over the picture plane as bytes (F, U, MAP, MAP), and what 127 steps stand for (F, U).

        outputs: of every layer, inputs first, (F, MAP², n) or (F, MAP, n) for one input. 128 is the activation's centre.
        Bounded activations keep the scale of their range; others are scaled by their own largest value.
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
            maps.append(to_bytes(128 + (shown - center) * (127 / safe[..., None])))
            scales.append(scale)
        units = np.concatenate(maps, axis=1)
        if units.shape[-1] == MAP:  # one input: the same along the other axis
            units = np.repeat(units[:, :, None, :], MAP, axis=2)
        sizes = np.minimum(np.concatenate(scales, axis=1), 3e38).astype(np.float32)
        return units.reshape(*units.shape[:2], MAP, MAP), sizes


def to_bytes(values: NDArray) -> NDArray[np.uint8]:
    """Rounded and cut to 0 … 255; undefined becomes the middle."""
    whole = np.rint(values)
    np.clip(whole, 0, 255, out=whole)
    if np.isnan(whole).any():
        whole = np.nan_to_num(whole, nan=128.0)
    return whole.astype(np.uint8)


def drawing_of(net: Network) -> Drawing:
    """What is shown of a network."""
    widths = [net.n_in, *(layer.units for layer in net.config.layers), net.n_out]
    layers = _spread(len(widths), MOST_LAYERS)
    return Drawing(layers, {layer: _spread(widths[layer], MOST_UNITS) for layer in layers})


def unit_shapes(net: Network) -> list[Activation | None]:
    """The activation behind each layer's output: none for inputs; softmax is drawn like a sigmoid."""
    last = activation("sigmoid" if net.head.output == "softmax" else net.head.output)
    return [None, *net.activations, last]
