"""The filters of every convolution, as they are learned."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.film.film import Column, Columns, plain, same
from ann_core.film.look import Look
from ann_core.film.pictures import MOST_CHANNELS, called, convolutions, reach, signed_bytes
from ann_core.film.probes.base import Probe
from ann_core.film.view import View
from ann_core.nn.network import Network
from ann_core.run.setup import Setup

MOST_DEEP = 8
"""Channels of one filter that are drawn."""


class Filters(Probe):
    """filters: (F, 1, V) bytes, 128 is 0: of every convolution its shown filters, of each its shown channels, each row by row;
    filter_scale: (F,) the weight that 127 steps stand for, one for all. Of the first seed."""

    key, label, pictures = "filters", "Filters", ("filters",)
    columns = (Column("filters", same), Column("filter_scale", plain))

    def fits(self, setup: Setup) -> bool:
        return bool(convolutions(setup.net))

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        net = view.setup.net
        return {"filter_layers": [
            {"name": called(net, i), "size": layer.size, "filters": layer.filters, "channels": layer.channels,
             "shown": [min(layer.filters, MOST_CHANNELS), min(layer.channels, MOST_DEEP)]}
            for i, layer in convolutions(net).items()]}, {}

    def measure(self, look: Look) -> Columns:
        kernels = filters(look.net, look.first)
        scale = reach(kernels)
        shown = [W[:, :MOST_CHANNELS, :MOST_DEEP].reshape(len(W), -1) for W in kernels]
        return {"filters": signed_bytes(np.concatenate(shown, 1)[:, None], scale), "filter_scale": scale}


def filters(net: Network, theta: NDArray) -> list[NDArray]:
    """The weights of every convolution as pictures, (F, filters, channels, size, size). theta: (F, P)"""
    found = []
    for i, layer in convolutions(net).items():
        part = next(entry.part for entry in net.parameters.of("weight") if entry.layer == i)
        W = theta[:, part].reshape(len(theta), layer.size, layer.size, layer.channels, layer.filters)
        found.append(W.transpose(0, 4, 3, 1, 2))
    return found


PROBE = Filters()
