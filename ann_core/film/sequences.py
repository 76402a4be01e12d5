"""What a recurrent network does with a sequence, for pictures: its passes through the steps, states and gates, answers."""

from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.layers import Bidirectional, Recurrent
from ann_core.nn.network import Network

GATES = ("forget", "input", "output", "update", "reset")
"""Parts that lie between 0 and 1; all others have a sign."""


@dataclass(frozen=True)
class Way:
    """One pass of a layer through the steps. layer: its number   backwards: from the last step to the first"""

    layer: int
    recurrent: Recurrent
    backwards: bool
    name: str


def ways(net: Network) -> list[Way]:
    """The passes through the steps, in the order in which they are made."""
    found = []
    for i, layer in enumerate(net.layers):
        if isinstance(layer, Recurrent):
            found.append(Way(i, layer, False, net.name(i)))
        elif isinstance(layer, Bidirectional):
            found += [Way(i, layer.forth, False, f"{net.name(i)}, forward"), Way(i, layer.back, True, f"{net.name(i)}, back")]
    return found


@dataclass(frozen=True)
class Seen:
    """What a network makes of K sequences at F moments. parts: by name (F, K, T, units), in the order of the steps: all of the
    first pass, of the others their state   Z: the last pre-activation (F, K, outputs), or (F, K, T, outputs)"""

    parts: dict[str, Array]
    Z: Array


def looks(net: Network, theta: Array, X: Array) -> Seen:
    """The pass forward. theta: (F, P)   X: (K, *inputs)"""
    Z, caches, _ = net.forward(net.parameters.rows(theta), X)
    parts: dict[str, Array] = {}
    for number, way in enumerate(ways(net)):
        cache = caches[way.layer]
        kept = cache if not isinstance(net.layers[way.layer], Bidirectional) else cache[int(way.backwards)]
        here = {"state": kept.states, **(way.recurrent.parts_of(kept) if not number else {})}
        for name, values in here.items():
            called = name if not number else f"{name} of {way.name}"
            turned = values[..., ::-1, :] if way.backwards else values
            parts[called] = np.broadcast_to(turned, (len(theta), len(X), *turned.shape[-2:]))
    return Seen(parts, Z)
