"""What a picture of a run needs to know once: names, axes, points, the drawn part of the network (`docs/wire.md`)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.data import DRAWN
from ann_core.data.made import drawn as drawing
from ann_core.nn.initializers import INITIALIZERS
from ann_core.nn.measures import SUMS_REACH
from ann_core.run.run import Run

SLOPE_POINTS = 241
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
    if c.data.source == DRAWN:
        notes += drawing.notes(c.data.drawn)
    if c.training.batch_size > run.rows and c.training.batch_size < 100_000:
        notes.append(f"The batch size {c.training.batch_size} is more than the {run.rows} training points, "
                     "so every step uses all of them.")
    return notes


def _expected(run: Run) -> list[float]:
    """What first weights of this size do to a gradient on its way back through each layer, on average: √(n_in · Var W)."""
    c = run.config.network
    found = []
    for i, views in enumerate(run.net.parameters.rows(np.zeros(run.net.n_parameters))):
        n_in, n_out = views["W"].shape
        found.append(float(np.sqrt(n_in) * INITIALIZERS[run.net.initializer(i)].spread(n_in, n_out, c.sigma)))
    return found


def scene(run: Run) -> tuple[dict[str, Any], dict[str, NDArray]]:
    """The scene's header and blocks, JSON-ready and as arrays."""
    c, data = run.config, run.data
    target_train, target_test = (y * data.target_scale + data.target_mean for y in (data.y_train, data.y_test))
    low, high = run.field
    header = {
        "task": data.task, "held_out": data.held_out, "classes": list(data.class_names), "inputs": list(data.input_names),
        "plane": {**{axis: list(map(float, data.plane[axis])) for axis in "xy"},
                  "x_name": data.x_name, "y_name": data.y_name, "note": data.note},
        "drawn": c.data.drawn if c.data.source == DRAWN else None,
        "layers": _layers(run), "shown_layers": list(run.drawing.layers),
        "weight_layers": [*(f"layer {i + 1}" for i in range(len(c.network.layers))), "output"],
        "initializers": [run.net.initializer(i) for i in range(len(c.network.layers) + 1)],
        "steepest": run.net.steepest, "expected_by_weights": _expected(run),
        "batch_norm": c.network.batch_norm, "skip": c.network.skip,
        "loss": run.net.head.loss.label, "score": _score(run), "field": {"low": low, "high": high},
        "epochs": c.training.epochs, "steps_per_epoch": -(-run.rows // min(c.training.batch_size, run.rows)),
        "rows": run.rows, "seed": c.seed, "seeds": c.seeds, "parameters": run.net.n_parameters, "notes": _notes(run),
    }
    Z = np.linspace(-SUMS_REACH, SUMS_REACH, SLOPE_POINTS)
    slopes = [np.abs(a.derivative(Z, a.f(Z))) for a in run.net.activations]
    blocks = {"slopes": np.stack(slopes) if slopes else np.empty((0, SLOPE_POINTS)),
              "train_points": data.points_train[:POINTS], "train_target": target_train[:POINTS],
              "test_points": data.points_test[:POINTS], "test_target": target_test[:POINTS]}
    return header, {name: np.asarray(block, dtype=np.float32) for name, block in blocks.items()}
