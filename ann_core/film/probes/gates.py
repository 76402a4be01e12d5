"""States and gates of a recurrent network over time, for some sequences that are watched."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.film.accounts.states import PARTS, STATE
from ann_core.film.drawing import to_bytes
from ann_core.film.film import Column, Columns, plain, same
from ann_core.film.look import Look
from ann_core.film.pictures import reach, signed_bytes
from ann_core.film.probes.base import Probe
from ann_core.film.sequences import GATES, looks, ways
from ann_core.film.view import View
from ann_core.nn.network import Network
from ann_core.run.setup import Setup

MOST_SEQUENCES, MOST_UNITS, BYTES = 4, 24, 16_000
"""So many sequences are watched, fewer when a frame of them would be larger than so many bytes; so many units of each part."""


class Gates(Probe):
    """gates: (F, K, V) bytes of every watched sequence, part after part, unit by unit, step by step: of gates 255 is 1, of
    others 128 is 0; gate_scale: (F, parts) what 127 steps stand for, 1 for gates. gate_answers: (F, K, A) shares of the
    classes; or the value; or at each step the number of the answered class. Of the first seed."""

    key, label, pictures = "gates", "States and gates", ("gates",)
    columns = (Column("gates", same), Column("gate_scale", plain), Column("gate_answers", plain))

    def fits(self, setup: Setup) -> bool:
        return bool(ways(setup.net)) and setup.objective.has_answers

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        setup = view.setup
        rows, X, y = watched(setup)
        seen = looks(setup.net, np.zeros((1, setup.net.n_parameters)), X)
        classes = list(setup.target.class_names)
        units = max(values.shape[-1] for values in seen.parts.values())
        truth = [[classes[answer] for answer in np.atleast_1d(one)] for one in y] if classes else \
            [[words(value)] for value in setup.target.in_units(y)]
        return {"gate_parts": [{"name": name, "signed": name not in GATES, **_place(setup.net, name)} for name in seen.parts],
                "gate_held_out": bool(len(setup.data.X_test)),
                "gate_units": [min(units, MOST_UNITS), units], "gate_steps": X.shape[1], "gate_rows": rows,
                "gate_symbols": [spelt(setup, one) for one in X], "gate_names": list(setup.data.input_names),
                "gate_classes": classes, "gate_truth": truth}, {"gate_inputs": X}

    def measure(self, look: Look) -> Columns:
        seen, head = looks(look.net, look.first, watched(look.setup)[1]), look.net.head
        scales, parts = [], []
        for name, values in seen.parts.items():
            A = values[..., :MOST_UNITS].swapaxes(-1, -2)  # (F, K, units, T)
            scales.append(np.ones(len(A)) if name in GATES else reach([A]))
            parts.append((to_bytes(255 * A) if name in GATES else signed_bytes(A, scales[-1])).reshape(*A.shape[:2], -1))
        answers = head.score(seen.Z)
        if answers.ndim == 4:
            answers = answers.argmax(-1)
        elif not look.setup.target.class_names:
            answers = look.setup.target.in_units(answers)
        return {"gates": np.concatenate(parts, -1), "gate_scale": np.stack(scales, 1), "gate_answers": answers}


def _place(net: Network, name: str) -> dict[str, int]:
    """Where the numbers of a part of `looks` are written out: layer, its first unit, and which part of it."""
    way = next((way for way in ways(net)[1:] if name == f"{STATE} of {way.name}"), ways(net)[0])
    parts = [part.removesuffix(" gate") for part in PARTS.get(type(way.recurrent), ())]
    return {"layer": way.layer + 1, "first": way.recurrent.units if way.backwards else 0,
            "part": parts.index(name) + 1 if name in parts else 0}


def watched(setup: Setup) -> tuple[list[int], NDArray, NDArray]:
    """Row numbers, inputs and answers of the sequences whose states are shown: of those held out, if there are any, the first
    of each class; else some that lie apart."""
    data = setup.data
    X, y = (data.X_test, data.y_test) if len(data.X_test) else (data.X_train, data.y_train)
    size = sum(min(way.recurrent.units, MOST_UNITS) * (1 + way.recurrent.gates) for way in ways(setup.net)) * X.shape[1]
    most = max(1, min(MOST_SEQUENCES, BYTES // size))
    rows = [int(row) for row in np.linspace(0, len(X) - 1, min(most, len(X)))]
    if setup.target.class_names and y.ndim == 1:
        first = [np.flatnonzero(y == c)[:1] for c in range(len(setup.target.class_names))]
        rows = [int(row) for found in first for row in found][:most]
    return rows, X[rows], y[rows]


def spelt(setup: Setup, X: NDArray) -> list[str]:
    """A sequence in words, step by step. X: (T, n)"""
    names = setup.data.input_names
    if setup.config.data.task == "classification":
        return [names[k] for k in X.argmax(-1)]
    raw = X.ravel() * setup.data.scaler.scale + setup.data.scaler.center
    return [words(step[0]) + ("*" if len(step) > 1 and step[1] else "") for step in raw.reshape(X.shape)]


def words(value: float) -> str:
    """A value in a few characters."""
    return f"{float(value):.2f}".replace("-", "−")


PROBE = Gates()
