"""What the network answers all over the plane, for data that have one."""

import numpy as np

from ann_core.film.drawing import to_bytes
from ann_core.film.film import Column, Columns, same
from ann_core.film.look import Look
from ann_core.film.probes.base import Probe
from ann_core.run.setup import Setup


class Boundary(Probe):
    """boundary: (F, C, G, G) bytes, row 0 the lowest y; of two classes and of values C = 1, else a plane a class. Over one
    input instead curve: (F, G), in the target's own units. Of the first seed."""

    key, label, pictures = "boundary", "What it decides", ("boundary",)
    columns = (Column("boundary", same), Column("curve", same))

    def fits(self, setup: Setup) -> bool:
        return setup.data.plane is not None and setup.objective.has_boundary

    def measure(self, look: Look) -> Columns:
        view, target, F, G = look.view, look.setup.target, len(look.states), look.view.grid_size
        answer, _ = look.on_plane
        if view.is_curve:
            return {"curve": target.in_units(answer[..., 0]).astype(np.float32)}
        if target.class_names:
            return {"boundary": to_bytes(255 * answer.swapaxes(1, 2)).reshape(F, -1, G, G)}
        low, high = view.field
        return {"boundary": to_bytes(255 * (target.in_units(answer[..., 0]) - low) / (high - low)).reshape(F, 1, G, G)}


PROBE = Boundary()
