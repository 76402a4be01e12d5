"""Codes: where the layer in the middle of an autoencoder puts the rows held out."""

from typing import Any

from numpy.typing import NDArray

from ann_core.film.film import Column, Columns, plain
from ann_core.film.look import Look
from ann_core.film.probes.base import Probe
from ann_core.film.view import View
from ann_core.run.objectives.supervised import NET, Autoencoder
from ann_core.run.setup import Setup

ROWS, SHOWN = 400, 2
"""Rows whose codes are watched, and numbers of a code that are drawn."""


class Codes(Probe):
    """codes: (F, N, k) of the watched rows, N at most 400; of wider codes the first two numbers. Of the first seed."""

    key, label, pictures = "codes", "The plane of codes", ("codes",)
    columns = (Column("codes", plain),)

    def fits(self, setup: Setup) -> bool:
        return isinstance(setup.objective, Autoencoder) and setup.objective.code is not None

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        setup, target = view.setup, view.setup.data.target
        X, y = watched(setup)
        values = target.in_units(y)
        low, high = (float(values.min()), float(values.max())) if len(y) else (0.0, 1.0)
        return ({"code_width": width(setup), "code_classes": list(target.class_names), "code_target": target.name,
                 "code_rows": f"{len(X):,} {setup.data.held_out if len(setup.data.X_test) else 'training'} rows",
                 "code_field": None if target.class_names else {"low": low, "high": high}},
                {"code_of": values})

    def measure(self, look: Look) -> Columns:
        return {"codes": codes(look.setup, look.first, look.first_statistics, watched(look.setup)[0])[..., :SHOWN]}


def width(setup: Setup) -> int:
    """Numbers of a code."""
    objective = setup.objective
    assert isinstance(objective, Autoencoder) and objective.code is not None
    return objective.net.layers[objective.code].outputs[0]


def watched(setup: Setup) -> tuple[NDArray, NDArray]:
    """Rows that are shown, as the network gets them, and their classes or values: held out, or for training without any."""
    held = len(setup.data.X_test) > 0
    X, y = (setup.seen_test, setup.data.y_test) if held else (setup.seen_train, setup.data.y_train)
    return X[:ROWS], y[:ROWS]


def codes(setup: Setup, theta: NDArray, statistics: NDArray, X: NDArray) -> NDArray:
    """The codes of rows at some moments. theta: (F, P)   statistics: (F, Q)   X: (N, *inputs). Returns (F, N, k)"""
    objective = setup.objective
    assert isinstance(objective, Autoencoder)
    p = objective.rows(theta)[NET]
    return objective.codes(p, X, objective.net.evaluation(statistics))


PROBE = Codes()
