"""From a prepared table to what a network trains on, as `ann_core.data.prepare` does for all other data."""

import numpy as np

from ann_core.data.prepared import Prepared, ready
from ann_core.data.table.own import Own
from ann_core.data.table.plane import plane_of


def prepared(own: Own, scaling: str, plane: tuple[int, int] | str | None = None) -> Prepared:
    """What a network trains on, and the plane that is drawn: two inputs, "components", or None for the best pair."""
    learned = own.y[own.train]
    same = np.ptp(learned) <= 1e-10 * np.abs(learned).max()
    return ready(
        own.X, own.y, own.train, own.watched, scaling=scaling, target=own.target,
        plane=plane_of(own, own.scaler(scaling)(own.X), plane), input_names=own.encoder.names,
        short_names=own.encoder.short_names, notes=own.notes,
        nothing_to_learn="The target is the same in all training rows: there is nothing to learn." if same else None,
        held_out="validation" if len(own.validation) else "test")
