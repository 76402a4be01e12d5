"""How much of the gradient reaches the state of each step."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.film.film import Column, Columns, logarithm
from ann_core.film.look import Look
from ann_core.film.probes.base import Probe
from ann_core.film.sequences import ways
from ann_core.film.view import View
from ann_core.nn.layers.lstm import LSTM
from ann_core.run.setup import Setup


class ThroughTime(Probe):
    """through_time: (F, R·T[, S]) of each of R lines, step by step, ‖∂ℓ/∂h_t‖: the RMS over the rows of how much a row's own
    loss ℓ changes with its state at step t, all later steps included; of an LSTM's cell the same of c_t."""

    key, label, pictures = "through_time", "Gradient through time", ("through_time",)
    columns = (Column("through_time", logarithm),)

    def fits(self, setup: Setup) -> bool:
        return bool(ways(setup.net))

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        found = ways(view.setup.net)
        lines = []
        for way in found:
            lines.append({"name": way.name if len(found) > 1 else "state", "dash": "dash" if way.backwards else "solid"})
            if isinstance(way.recurrent, LSTM):
                lines.append({"name": f"{way.name}, cell" if len(found) > 1 else "cell", "dash": "dot"})
        return {"time_lines": lines, "time_steps": found[0].recurrent.steps}, {}

    def measure(self, look: Look) -> Columns:
        lines: list[Array] = []
        for way, seen in zip(ways(look.net), look.in_time, strict=True):
            for d in (seen.dH, seen.dC) if isinstance(way.recurrent, LSTM) else (seen.dH,):
                size = sizes(d)
                lines.append(size[::-1] if way.backwards else size)
        return {"through_time": np.moveaxis(np.concatenate(lines), 0, 1)}


def sizes(d: Array | None) -> Array:
    """‖∂ℓ/∂h_t‖ as RMS over the rows. d: (T, …, N, units) derivatives of the mean over N rows   Returns (T, …)"""
    assert d is not None
    return np.sqrt(d.shape[-2] * (d * d).sum((-2, -1)))


PROBE = ThroughTime()
