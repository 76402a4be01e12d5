"""What the network answers all over the plane, for data that have one."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.data import DRAWN
from ann_core.data.made import drawn
from ann_core.data.plane import Plane
from ann_core.film.drawing import to_bytes
from ann_core.film.film import Column, Columns, same
from ann_core.film.look import Look
from ann_core.film.probes.base import Probe
from ann_core.film.view import View
from ann_core.run.setup import Setup

POINTS = 2_000
"""At most so many points of each kind are drawn; the rest are there but would hide each other."""


class Boundary(Probe):
    """boundary: (F, C, G, G) bytes, row 0 the lowest y; of two classes and of values C = 1, else a plane a class. Over one
    input instead curve: (F, G), in the target's own units. Of the first seed."""

    key, label, pictures = "boundary", "What it decides", ("boundary",)
    also = ("samples",)  # which lie over what the judge says
    columns = (Column("boundary", same), Column("curve", same))

    def fits(self, setup: Setup) -> bool:
        return setup.data.plane is not None and setup.objective.has_boundary

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        setup, target, own = view.setup, view.setup.target, view.setup.config.data.source == DRAWN
        data = setup.data
        low, high = view.field
        return ({"plane": _plane(data.plane) if data.plane else None, "classes": list(target.class_names),
                 "field": None if target.class_names else {"low": low, "high": high},
                 "drawn": setup.config.data.drawn if own else None, "drawing": _drawing(setup) if own else None},
                {"train_points": data.points_train[:POINTS], "train_target": target.in_units(setup.answers_train)[:POINTS],
                 "test_points": data.points_test[:POINTS], "test_target": target.in_units(setup.answers_test)[:POINTS]})

    def measure(self, look: Look) -> Columns:
        view, target, F, G = look.view, look.setup.target, len(look.states), look.view.grid_size
        answer, _ = look.on_plane
        if view.is_curve:
            return {"curve": target.in_units(answer[..., 0]).astype(np.float32)}
        if target.class_names:
            return {"boundary": to_bytes(255 * answer.swapaxes(1, 2)).reshape(F, -1, G, G)}
        low, high = view.field
        return {"boundary": to_bytes(255 * (target.in_units(answer[..., 0]) - low) / (high - low)).reshape(F, 1, G, G)}


def _plane(plane: Plane) -> dict[str, Any]:
    return {"kind": "curve" if plane.is_curve else "map", **{axis: list(map(float, plane.ranges[axis])) for axis in "xy"},
            "x_name": plane.x_name, "y_name": plane.y_name, "note": plane.note}


def _drawing(setup: Setup) -> dict[str, Any]:
    return {"reach": drawn.REACH, "least": drawn.LEAST_POINTS, "most": drawn.MOST_POINTS,
            "classes": drawn.MOST_CLASSES if setup.objective.has_answers else 1}


PROBE = Boundary()
