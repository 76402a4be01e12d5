"""What a picture of a run needs to know once: names, axes, points, the drawn part of the network (`docs/wire.md`)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.data import DRAWN
from ann_core.data.made import drawn
from ann_core.data.plane import Plane
from ann_core.data.target import Target
from ann_core.film.film import F32_TOP
from ann_core.film.view import View
from ann_core.nn.initializers import INITIALIZERS
from ann_core.nn.kinds import LAYERS
from ann_core.nn.measures import FLAT, SUMS_REACH
from ann_core.run.run import Run

SLOPE_POINTS = 241
POINTS = 2_000
"""At most so many points of each kind are drawn; the rest are there but would hide each other."""


def _layers(run: Run, view: View) -> list[dict[str, Any]]:
    net, hidden = run.net, run.config.network.layers
    names = ["inputs", *(net.name(i) for i in range(len(net.layers)))]
    labels = [None, *(net.blocks[i].activation.label if i in net.blocks else LAYERS[layer.kind].label
                      for i, layer in enumerate(hidden)), net.head.output]
    return [{"name": name, "activation": label, "units": units, "shown": list(view.drawing.units.get(i, ()))}
            for i, (name, label, units) in enumerate(zip(names, labels, view.drawing.widths, strict=True))]


def _score(target: Target) -> dict[str, Any]:
    measure, baseline = target.measure, target.baseline
    needed = float(np.float32(measure.halfway(baseline)))  # rounded as the scores that are compared with it
    failed = (f"so far the {measure.label} has covered less than half of the way from {measure.words(baseline)} "
              f"({target.guess}) to {measure.words(measure.perfect)}")
    return {"name": measure.label, "kind": measure.kind, "better": measure.better, "baseline": baseline,
            "baseline_text": target.guess, "needed": needed, "failed": failed}


def _plane(plane: Plane) -> dict[str, Any]:
    return {"kind": "curve" if plane.is_curve else "map", **{axis: list(map(float, plane.ranges[axis])) for axis in "xy"},
            "x_name": plane.x_name, "y_name": plane.y_name, "note": plane.note}


def _drawing() -> dict[str, Any]:
    return {"reach": drawn.REACH, "least": drawn.LEAST_POINTS, "most": drawn.MOST_POINTS, "classes": drawn.MOST_CLASSES}


def _notes(run: Run) -> list[str]:
    c, notes = run.config, list(run.data.notes)
    if c.data.source == DRAWN:
        notes += drawn.notes(c.data.drawn)
    if c.training.batch_size > run.setup.rows and c.training.batch_size < 100_000:
        notes.append(f"The batch size {c.training.batch_size} is more than the {run.setup.rows} training points, "
                     "so every step uses all of them.")
    return notes


def _expected(run: Run) -> list[float]:
    """What first weights of this size do to a gradient on its way back through each layer, on average: √(n_in · Var W)."""
    found: dict[int, float] = {}
    for entry in run.net.parameters.of("weight"):
        n_in, n_out = entry.param.fans
        spread = INITIALIZERS[run.net.initializer(entry.layer)].spread(n_in, n_out, run.config.network.sigma)
        found.setdefault(entry.layer, float(np.sqrt(n_in) * spread))
    return list(found.values())


def scene(run: Run) -> tuple[dict[str, Any], dict[str, NDArray]]:
    """The scene's header and blocks, JSON-ready and as arrays."""
    c, data, view = run.config, run.data, View(run.setup)
    target, rows, own = data.target, run.setup.rows, c.data.source == DRAWN
    low, high = view.field
    header = {
        "held_out": data.held_out, "classes": list(target.class_names), "inputs": list(data.input_names),
        "plane": _plane(data.plane), "field": {"low": low, "high": high} if target.key == "values" else None,
        "drawn": c.data.drawn if own else None, "drawing": _drawing() if own else None,
        "layers": _layers(run, view), "shown_layers": list(view.drawing.layers),
        "weight_layers": run.net.layer_names,
        "steepest": [a.steepest for a in run.net.activations], "flat": FLAT, "slope_reach": SUMS_REACH,
        "expected_by_weights": _expected(run),
        "batch_norm": c.network.batch_norm, "skip": c.network.skip,
        "loss": run.net.head.loss.label, "score": _score(target), "infinite": F32_TOP,
        "epochs": c.training.epochs, "steps_per_epoch": -(-rows // min(c.training.batch_size, rows)),
        "seeds": c.seeds, "notes": _notes(run),
    }
    Z = np.linspace(-SUMS_REACH, SUMS_REACH, SLOPE_POINTS)
    slopes = [np.abs(a.derivative(Z, a.f(Z))) for a in run.net.activations]
    blocks = {"slopes": np.stack(slopes) if slopes else np.empty((0, SLOPE_POINTS)),
              "train_points": data.points_train[:POINTS], "train_target": target.in_units(data.y_train)[:POINTS],
              "test_points": data.points_test[:POINTS], "test_target": target.in_units(data.y_test)[:POINTS]}
    return header, {name: np.asarray(block, dtype=np.float32) for name, block in blocks.items()}
