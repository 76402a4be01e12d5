"""What a picture of a run needs to know once: names, axes, points, the drawn part of the network (`docs/wire.md`)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.run import Run

POINTS = 2_000
"""At most so many points of each kind are drawn; the rest are there but would hide each other."""


def _layers(run: Run) -> list[dict[str, Any]]:
    names = ["inputs", *(f"layer {i + 1}" for i in range(len(run.shapes) - 2)), "output"]
    labels = [None, *(a.label for a in run.net.activations), run.net.head.output]
    widths = [run.net.n_in, *(layer.units for layer in run.config.network.layers), run.net.n_out]
    return [{"name": name, "activation": label, "units": units, "shown": list(run.drawing.units.get(i, ())),
             "center": shape.center if shape else 0.0}
            for i, (name, label, units, shape) in enumerate(zip(names, labels, widths, run.shapes, strict=True))]


def _score(run: Run) -> dict[str, Any]:
    if run.data.task == "regression":
        return {"name": "RMSE", "kind": "number", "baseline": run.data.baseline,
                "baseline_text": "always guessing the mean"}
    return {"name": "accuracy", "kind": "share", "baseline": run.data.baseline,
            "baseline_text": "always guessing the largest class"}


def _notes(run: Run) -> list[str]:
    c, notes = run.config, list(run.data.notes)
    if c.training.batch_size > run.rows and c.training.batch_size < 100_000:
        notes.append(f"The batch size {c.training.batch_size} is more than the {run.rows} training points, "
                     "so every step uses all of them.")
    return notes


def scene(run: Run) -> tuple[dict[str, Any], dict[str, NDArray]]:
    """The scene's header and blocks, JSON-ready and as arrays."""
    c, data = run.config, run.data
    target_train, target_test = (y * data.target_scale + data.target_mean for y in (data.y_train, data.y_test))
    low, high = run.field
    header = {
        "task": data.task, "classes": list(data.class_names), "inputs": list(data.input_names),
        "plane": {**{axis: list(map(float, data.plane[axis])) for axis in "xy"},
                  "x_name": data.x_name, "y_name": data.y_name, "note": data.note},
        "layers": _layers(run), "shown_layers": list(run.drawing.layers),
        "weight_layers": [*(f"layer {i + 1}" for i in range(len(c.network.layers))), "output"],
        "initializers": [run.net.initializer(i) for i in range(len(c.network.layers) + 1)],
        "loss": run.net.head.loss.label, "score": _score(run), "field": {"low": low, "high": high},
        "epochs": c.training.epochs, "steps_per_epoch": -(-run.rows // min(c.training.batch_size, run.rows)),
        "rows": run.rows, "seed": c.seed, "seeds": c.seeds, "parameters": run.net.n_parameters, "notes": _notes(run),
    }
    blocks = {"train_points": data.points_train[:POINTS], "train_target": target_train[:POINTS],
              "test_points": data.points_test[:POINTS], "test_target": target_test[:POINTS]}
    return header, {name: np.asarray(block, dtype=np.float32) for name, block in blocks.items()}
