"""Where a network looks while it answers, for some questions that are watched; and what it answers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.film.alignments import answered, asks_freely, foretells, looking
from ann_core.film.drawing import to_bytes
from ann_core.film.film import Column, Columns, same
from ann_core.film.look import Look, in_single
from ann_core.film.probes.base import Probe
from ann_core.film.view import View
from ann_core.run.setup import Setup

WATCHED, BYTES = 4, 16_000
"""So many questions are watched, fewer when a frame of them would be larger than so many bytes."""


class Alignment(Probe):
    """alignment: (F, V) bytes, 255 is a weight of 1: head after head of each watched question in turn, row by row.
    align_said: (F, K·T) bytes, the numbers of the tokens that are answered; align_sure: (F, K·T) bytes, their probabilities,
    255 is 1. Of the first seed."""

    key, label, pictures = "alignment", "Where it looks", ("alignment",)
    columns = (Column("alignment", same), Column("align_said", same), Column("align_sure", same))

    def fits(self, setup: Setup) -> bool:
        return setup.config.data.every_step and (bool(looking(setup.net)) or foretells(setup))

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        setup = view.setup
        X, y = watched(setup)
        freely, names = asks_freely(setup), list(setup.data.input_names)
        _, _, glances = answered(setup.net, np.zeros((1, setup.net.n_parameters)), X, freely)
        half = X.shape[1] // 2 if freely else 0
        reads = [[names[k] if row[k] else "" for row, k in zip(one, one.argmax(-1), strict=True)] for one in X]
        return {"align_heads": [{"name": one.name, "height": one.P.shape[-2], "width": one.P.shape[-1], "writes": one.writes,
                                 "layer": one.layer + 1, "head": one.head} for one in glances],
                "align_held_out": bool(len(setup.data.X_test)),
                "align_freely": freely, "align_foretells": foretells(setup), "align_half": half,
                "align_names": list(setup.target.class_names), "align_reads": reads,
                "align_truth": [one[half:].tolist() for one in y]}, {}

    def measure(self, look: Look) -> Columns:
        X, _ = watched(look.setup)
        freely = asks_freely(look.setup)
        tokens, shares, glances = in_single(lambda kind: answered(look.net, look.first.astype(kind), X.astype(kind), freely),
                                            lambda found: found[1:2])
        F, K = len(tokens), len(X)
        sure = np.take_along_axis(shares, tokens[..., None], -1)
        heads = [glance.P.reshape(F, K, -1) for glance in glances]
        seen = np.concatenate(heads, -1) if heads else np.zeros((F, K, 0))
        return {"alignment": to_bytes(255 * seen).reshape(F, -1), "align_said": tokens.reshape(F, -1).astype(np.uint8),
                "align_sure": to_bytes(255 * sure).reshape(F, -1)}


def watched(setup: Setup) -> tuple[NDArray, NDArray]:
    """Inputs and answers of the first questions held out, if there are any; else of the first ones."""
    data = setup.data
    X, y = (data.X_test, data.y_test) if len(data.X_test) else (data.X_train, data.y_train)
    steps = X.shape[1]
    most = max(1, min(WATCHED, BYTES // (steps * steps * 2)))
    return X[:most], y[:most]


PROBE = Alignment()
