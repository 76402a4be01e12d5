"""A few training points on their way through the drawn network: of every shown unit its sum and what it makes of it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.film.film import Column, Columns, plain
from ann_core.film.look import Look
from ann_core.film.probes.base import Probe
from ann_core.film.view import View
from ann_core.nn.activations import activation
from ann_core.nn.inside import inside, weighs_rows
from ann_core.nn.network import Network
from ann_core.run.setup import Setup

POINTS = 8
"""So many can be followed: the first of the (shuffled) training rows."""
REACH, SAMPLES = 4.0, 97
"""Activations are drawn over z from −REACH to REACH."""
SOFTMAX = "softmax"


class Points(Probe):
    """point_sums, point_outs: (F, K, U) z of K points in U shown units, and what the next layer gets; inputs have no sum.
    point_bent: what the activation gets, where batch norm stands before it; point_acted: what it gives, where a skip
    connection adds to that. Of the first seed, as the network answers outside training."""

    key, label = "points", "A point's way through the network"
    also, told = ("network",), False
    columns = tuple(Column(f"point_{name}", plain) for name in ("sums", "bent", "acted", "outs"))

    def fits(self, setup: Setup) -> bool:
        return (setup.data.plane is not None and setup.objective.has_answers and setup.objective.has_boundary
                and weighs_rows(setup.net))

    def columns_of(self, setup: Setup) -> Sequence[Column]:
        network = setup.config.network
        needed = {"point_sums": True, "point_bent": network.batch_norm, "point_acted": network.skip, "point_outs": True}
        return [column for column in self.columns if needed[column.name]]

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        setup = view.setup
        target, y = setup.target, setup.answers_train[:POINTS]
        answers = [target.class_names[int(c)] for c in y] if target.class_names else [words(v, 3) for v in target.in_units(y)]
        return ({"point_answers": answers, "bend_reach": REACH},
                {"point_places": setup.data.points_train[:POINTS], "bends": _curves(setup.net)})

    def measure(self, look: Look) -> Columns:
        net, drawing = look.net, look.view.drawing
        X = look.setup.seen_train[:POINTS]
        statistics = look.first_statistics if net.statistics.size else None
        layers, _, _ = inside(net, net.parameters.rows(look.first), X, net.evaluation(statistics))
        x = np.broadcast_to(X, (len(look.states), *X.shape))
        found = {"point_sums": [np.full_like(x, np.nan), *(one.sums for one in layers)],
                 "point_bent": [np.full_like(x, np.nan), *(one.bent for one in layers)],
                 "point_acted": [x, *(one.acted for one in layers)], "point_outs": [x, *(one.outputs for one in layers)]}

        def shown(arrays: list[Array]) -> Array:
            return np.concatenate([arrays[layer][..., drawing.units[layer]] for layer in drawing.layers], -1)

        return {column.name: shown(found[column.name]) for column in self.columns_of(look.setup)}


def _curves(net: Network) -> Array:
    """φ of every layer over z. Returns (L, SAMPLES); NaN for softmax, which bends no number by itself"""
    z = np.linspace(-REACH, REACH, SAMPLES)
    last = np.full_like(z, np.nan) if net.head.output == SOFTMAX else activation(net.head.output).f(z)
    return np.stack([*(net.bent[i].f(z) for i in range(len(net.layers) - 1)), last])


PROBE = Points()
