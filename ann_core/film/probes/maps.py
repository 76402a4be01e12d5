"""Feature maps: what every layer makes of some training pictures."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.film.accounts.told import has_account
from ann_core.film.drawing import to_bytes
from ann_core.film.film import Column, Columns, plain, same
from ann_core.film.look import Look
from ann_core.film.pictures import MOST_CHANNELS, called, gray, looks, picture_layers, reach, signed_bytes
from ann_core.film.probes.base import Probe
from ann_core.film.view import View
from ann_core.nn.network import Network
from ann_core.run.setup import Setup

MOST_PICTURES, BYTES = 10, 12_000
"""One picture a class is watched, fewer when a frame of them would be larger than so many bytes."""


class Maps(Probe):
    """maps: (F, K, V) bytes, 128 is 0: of every watched picture, layer after layer, the shown channels, each row by row;
    map_scale: (F, layers) the value that 127 steps stand for; map_answers: (F, K, classes) shares, 255 is 1;
    saliency: (F, K, H·W) bytes, 128 is 0, 127 steps the picture's own largest. Of the first seed."""

    key, label, pictures = "maps", "Feature maps", ("maps",)
    columns = (Column("maps", same), Column("map_scale", plain), Column("map_answers", same), Column("saliency", same))

    def fits(self, setup: Setup) -> bool:
        return len(setup.net.inputs) == 3 and setup.objective.has_answers and bool(setup.target.class_names)

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        setup, net, rows = view.setup, view.setup.net, watched(view.setup)
        names = setup.target.class_names
        return ({"map_layers": map_layers(net), "map_size": list(net.inputs[:2]), "map_classes": list(names),
                 "map_truth": [int(setup.data.y_train[row]) for row in rows], "map_rows": rows},
                {"map_pictures": gray(setup, setup.data.X_train[rows])})

    def measure(self, look: Look) -> Columns:
        setup = look.setup
        statistics = look.statistics if look.theta.ndim == 2 else look.statistics[:, 0]
        seen = looks(look.net, look.first, statistics, setup.data.X_train[watched(setup)])
        return columns(seen.maps, seen.answers, seen.saliency)


def map_layers(net: Network) -> list[dict[str, Any]]:
    """The layers that give pictures: what they are called, how large they are."""
    found = []
    for i in picture_layers(net):
        height, width, channels = net.layers[i].outputs
        found.append({"name": called(net, i), "height": height, "width": width, "channels": channels,
                      "number": i + 1, "told": has_account(net.layers[i]),
                      "shown": min(channels, MOST_CHANNELS)})
    return found


def columns(maps: list[NDArray], answers: NDArray, saliency: NDArray) -> Columns:
    """What was seen of K pictures at F moments, as the probe's columns."""
    F, K = answers.shape[:2]
    scales = [reach([A]) for A in maps]
    shown = [signed_bytes(np.moveaxis(A[..., :MOST_CHANNELS], -1, 2), scale).reshape(F, K, -1)
             for A, scale in zip(maps, scales, strict=True)]
    flat = saliency.reshape(F, K, -1)
    top = np.abs(flat).max(-1)
    return {"maps": np.concatenate([*shown, np.empty((F, K, 0), np.uint8)], -1),
            "map_scale": np.stack(scales, 1) if scales else np.empty((F, 0)), "map_answers": to_bytes(255 * answers),
            "saliency": signed_bytes(flat, np.where(top > 0, top, 1.0))}


def watched(setup: Setup) -> list[int]:
    """Rows of the training pictures whose maps are shown: the first one of each class, as many as there is room for."""
    shapes = [setup.net.layers[i].outputs for i in picture_layers(setup.net)]
    size = sum(height * width * min(channels, MOST_CHANNELS) for height, width, channels in shapes)
    most = max(1, min(MOST_PICTURES, BYTES // max(1, size)))
    first = [np.flatnonzero(setup.data.y_train == c)[:1] for c in range(len(setup.target.class_names))]
    return [int(row) for rows in first for row in rows][:most]


PROBE = Maps()
