"""Pictures, and what an autoencoder gives back of them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.film.drawing import to_bytes
from ann_core.film.film import Column, Columns, same
from ann_core.film.look import Look
from ann_core.film.pictures import gray
from ann_core.film.probes.base import Probe
from ann_core.film.view import View
from ann_core.run.objectives.supervised import Autoencoder
from ann_core.run.setup import Setup

MOST_PICTURES, MOST_PIXELS = 10, 4_000


class Again(Probe):
    """again: (F, K, H·W) bytes, 255 the lightest: what comes back of each watched picture, row by row. Of the first seed."""

    key, label, pictures = "again", "Pictures that come back", ("again",)
    columns = (Column("again", same),)

    def fits(self, setup: Setup) -> bool:
        return isinstance(setup.objective, Autoencoder) and setup.config.data.picture is not None

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        setup = view.setup
        (X, seen, y), names = watched(setup), setup.data.target.class_names
        height, width, _ = sides(setup)
        given = {"again_given": shown(setup, seen)} if setup.objective.noise else {}  # type: ignore[attr-defined]
        return ({"again_size": [height, width], "again_names": [names[k] for k in y],
                 "again_rows": setup.data.held_out if len(setup.data.X_test) else "training"},
                {"again_pictures": shown(setup, X), **given})

    def measure(self, look: Look) -> Columns:
        setup = look.setup
        p, at = setup.net.parameters.rows(look.first), setup.net.evaluation(look.first_statistics)
        A = setup.net.head.activate(setup.net.forward(p, watched(setup)[1], at)[0])
        F, K = A.shape[:2]
        return {"again": to_bytes(255 * shown(setup, A.reshape(F * K, -1))).reshape(F, K, -1)}


def sides(setup: Setup) -> tuple[int, int, int]:
    """Height, width and channels of the pictures."""
    found = setup.config.data.picture
    assert found is not None
    return found


def shown(setup: Setup, X: NDArray) -> NDArray:
    """Rows of pixels as pictures from 0 to 1. X: (K, …) as the network gets or gives them. Returns (K, H, W)"""
    return gray(setup, X.reshape(len(X), *sides(setup)))


def watched(setup: Setup) -> tuple[NDArray, NDArray, NDArray]:
    """Pictures that are watched, the first of each class as far as there is room: as they are, as the network gets them, and
    their classes. Held out, or for training without any."""
    data, held = setup.data, len(setup.data.X_test) > 0
    X, seen, y = (data.X_test, setup.seen_test, data.y_test) if held else (data.X_train, setup.seen_train, data.y_train)
    most = max(1, min(MOST_PICTURES, MOST_PIXELS // int(np.prod(sides(setup)))))
    rows = np.unique(y, return_index=True)[1][:most]
    return X[rows], seen[rows], y[rows]


PROBE = Again()
