"""What the pictures of a run need to know once: its length and notes, and what each probe says of its own (`docs/wire.md`)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.data import DRAWN
from ann_core.data.made import drawn
from ann_core.film.film import F32_TOP
from ann_core.film.probes import probes_of
from ann_core.film.view import View
from ann_core.run.run import Run


def _notes(run: Run) -> list[str]:
    c, notes = run.config, list(run.data.notes)
    if c.data.source == DRAWN and run.setup.objective.has_answers:
        notes += drawn.notes(c.data.drawn)
    if c.training.batch_size > run.setup.rows and c.training.batch_size < 100_000:
        notes.append(f"The batch size {c.training.batch_size} is more than the {run.setup.rows} training points, "
                     "so every step uses all of them.")
    return notes


def scene(run: Run) -> tuple[dict[str, Any], dict[str, NDArray]]:
    """The scene's header and blocks, JSON-ready and as arrays."""
    c, data, view = run.config, run.data, View.of(run.setup)
    short = {"short_inputs": list(data.short_names)} if data.short_names else {}
    header: dict[str, Any] = {
        "held_out": data.held_out, "inputs": list(data.input_names), **short, "plane": None, "infinite": F32_TOP,
        "epochs": c.training.epochs, "steps_per_epoch": c.training.steps(run.setup.rows),
        "clock": "round" if run.setup.objective.by_rounds else "epoch", "seeds": c.seeds, "notes": _notes(run), "probes": {}}
    blocks: dict[str, NDArray] = {}
    for probe in probes_of(run.setup):
        of_header, of_blocks = probe.scene(view)
        header |= of_header
        blocks |= {name: np.asarray(block, dtype=np.float32) for name, block in of_blocks.items()}
        header["probes"][probe.key] = {"pictures": list(probe.pictures),
                                       "columns": [column.name for column in probe.columns_of(run.setup)]}
    return {**header, "blocks": list(blocks)}, blocks
