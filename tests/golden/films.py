"""Films, links and saved networks over all options, as figures: what no change of the house may change.

    python -m tests.golden.films            writes tests/golden/films.json, which the test compares with
    python -m tests.golden.films exact      prints a digest of every bit, to compare two states of the code on one machine
"""

import hashlib
import json
import sys
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from ann_core import RunConfig, advance, start
from ann_core.run.link import to_query
from tests.golden.films_on_tables import of_tables

FILE = Path(__file__).with_name("films.json")
EPOCHS = 3
ACTIVATIONS = ("linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "softplus", "softsign",
               "hard_sigmoid", "sine", "gaussian", "step")
INITIALIZERS = ("glorot_normal", "glorot_uniform", "he_normal", "he_uniform", "lecun_normal", "lecun_uniform", "normal",
                "uniform", "constant", "zeros", "orthogonal")
OPTIMIZERS = ("sgd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "adamw", "nadam")
SCHEDULES = ("constant", "step", "exponential", "cosine", "warmup")
TWO, SEVERAL, VALUES = ("moons", "circles", "spiral", "xor", "checkerboard"), ("iris", "wine", "blobs", "rings"), (
    "hills", "ripple", "plane", "sine", "cubic", "abs", "diabetes")
HEADS = {
    TWO: (("sigmoid", "binary_cross_entropy"), ("sigmoid", "squared_error"), ("tanh", "squared_error"), ("tanh", "hinge"),
          ("linear", "hinge")),
    SEVERAL: (("softmax", "categorical_cross_entropy"), ("softmax", "squared_error"), ("sigmoid", "squared_error"),
              ("linear", "hinge")),
    VALUES: tuple((output, loss) for output in ("linear", "tanh", "sigmoid")
                  for loss in ("squared_error", "absolute_error", "huber", "log_cosh")),
}


def configurations() -> dict[str, tuple[RunConfig, bool]]:
    """Settings by name, and whether their film is recorded in depth: every value of every option at least once."""
    found: dict[str, tuple[dict[str, Any], bool]] = {}
    for i, activation in enumerate(ACTIVATIONS):
        layers = [{"units": 5 + i % 3, "activation": activation}, {"units": 4, "activation": activation}]
        found[f"activation {activation}"] = {"data": {"source": TWO[i % 5]}, "network": {"layers": layers}}, i % 2 == 0
    for i, initializer in enumerate(INITIALIZERS):
        found[f"initialiser {initializer}"] = {"network": {"initializer": initializer, "sigma": 0.3}, "seed": i}, i % 2 == 1
    for i, (optimizer, schedule) in enumerate(zip(OPTIMIZERS, cycle(SCHEDULES), strict=False)):
        training = {"optimizer": optimizer, "schedule": schedule, "schedule_epochs": 2.0, "learning_rate": 0.01}
        found[f"optimiser {optimizer}, {schedule}"] = {"data": {"source": SEVERAL[i % 4]}, "training": training}, i % 3 == 0
    for sources, pairs in HEADS.items():
        for i, (output, loss) in enumerate(pairs):
            found[f"{output} + {loss} on {sources[i % len(sources)]}"] = {
                "data": {"source": sources[i % len(sources)]}, "network": {"output": output, "loss": loss}}, False
    ten = [{"units": 6, "activation": "sigmoid"}] * 10
    found |= {
        "batch norm": ({"network": {"batch_norm": True}}, True),
        "skips over uneven widths": ({"network": {"skip": True, "layers": [{"units": 7}, {"units": 4}, {"units": 9}]}}, True),
        "batch norm, skips, dropout": ({"network": {"batch_norm": True, "skip": True, "dropout": 0.3}}, True),
        "dropout, four seeds": ({"network": {"dropout": 0.2}, "seeds": 4}, False),
        "eight seeds in depth": ({"network": {"layers": ten, "batch_norm": True}, "seeds": 8}, True),
        "ten sigmoid layers": ({"data": {"source": "moons"}, "network": {"layers": ten},
                                "training": {"optimizer": "sgd"}}, True),
        "penalties": ({"training": {"l1": 0.001, "l2": 0.01, "optimizer": "sgd"}}, False),
        "clipped by norm": ({"training": {"clip_norm": 0.1, "optimizer": "momentum"}}, False),
        "clipped by value": ({"training": {"clip_value": 0.01, "l2": 0.1}}, False),
        "sum over rows": ({"training": {"reduction": "sum", "learning_rate": 0.001}}, False),
        "single rows": ({"data": {"samples": 60}, "training": {"batch_size": 1}}, False),
        "all rows": ({"data": {"samples": 300, "test_share": 0.0}, "training": {"batch_size": 100_000}}, False),
        "balanced classes": ({"data": {"source": "breast_cancer"}, "training": {"class_weights": True}}, True),
        "all inputs": ({"data": {"features": ["x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"],
                                 "scaling": "minmax"}}, False),
        "unscaled inputs, a plane": ({"data": {"source": "wine", "scaling": "none", "plane": [0, 5]}}, False),
        "digits": ({"data": {"source": "digits"}}, True),
        "three spirals": ({"data": {"source": "three_spirals", "noise": 0.0, "seed": 5}}, False),
        "step, one input": ({"data": {"source": "step", "noise": 0.5}}, True),
        "drawn": ({"data": {"source": "drawn", "drawn": [[0, 0, 0], [1, 1, 1], [-1, 1, 2], [2, -1, 0], [1, 0, 1]]}}, False),
        "diverges": ({"data": {"source": "hills"}, "network": {"initializer": "normal", "sigma": 2.0, "layers": [
            {"units": 10, "activation": "relu"}] * 5}, "training": {"optimizer": "sgd", "learning_rate": 3.0}}, True),
        "no hidden layer": ({"network": {"layers": []}}, True),
        "slopes of one's own": ({"network": {"layers": [{"units": 5, "activation": "leaky_relu", "alpha": 0.2},
                                                        {"units": 30, "activation": "elu", "alpha": 0.5}]}}, False),
        "twenty layers": ({"network": {"layers": [{"units": 3, "activation": "relu"}] * 20,
                                       "initializer": "orthogonal"}}, True),
    }
    return {name: (RunConfig.model_validate(parts), in_depth) for name, (parts, in_depth) in found.items()}


def films() -> dict[str, dict[str, Any]]:
    """Every column of every film, by name of its settings; and the words that go with it."""
    found = {}
    for name, (config, in_depth) in configurations().items():
        run, film = advance(start(config, in_depth=in_depth), frames=EPOCHS)
        again, steps = advance(run, frames=4, steps_per_frame=2)
        found[name] = {**_columns(film), **{f"then {k}": v for k, v in _columns(steps).items()},
                       "theta": again.state.theta, "words": f"{film.state} {film.message}",
                       "link": json.dumps(to_query(config))}
    return {**found, **of_tables()}


def _columns(film: Any) -> dict[str, Any]:
    names = ("step", "epoch", "train_loss", "test_loss", "train_score", "test_score", "gradient", "batch_gradient",
             "clipped_gradient", "saturated", "dead", "by_weights", "by_slope", "sums", "boundary", "curve", "units",
             "unit_scale", "weights", "biases")
    return {name: film.columns[name] for name in names if name in film.columns}


def digest(column: Any) -> str:
    """Of every bit."""
    if isinstance(column, str):
        return column
    if isinstance(column, bytes):
        return hashlib.blake2b(column, digest_size=8).hexdigest()
    array = np.ascontiguousarray(column)
    return f"{array.dtype} {array.shape} {hashlib.blake2b(array.tobytes(), digest_size=8).hexdigest()}"


def figures(column: Any) -> Any:
    """A column in figures that a change would move: shape, count of finite numbers, mean size, two projections."""
    if isinstance(column, str):
        return column
    if isinstance(column, bytes):
        return ""  # holds every digit: for `exact` only
    array = np.nan_to_num(np.asarray(column, np.float64).ravel(), posinf=1e300, neginf=-1e300)
    array = np.sign(array) * np.log1p(np.abs(array))  # gradients of 1e-30 and weights of 1e12 in one sum
    rng = np.random.default_rng(len(array))
    sums = [np.abs(array).sum(), *(rng.standard_normal(len(array)) @ array for _ in range(2))]
    return [list(np.shape(column)), int(np.isfinite(np.asarray(column, float)).sum()), *(float(f"{x:.9g}") for x in sums)]


if __name__ == "__main__":
    made = films()
    if sys.argv[1:] == ["exact"]:
        print(json.dumps({name: {k: digest(v) for k, v in parts.items()} for name, parts in made.items()}, indent=1))
    else:
        stored = {name: {k: figures(v) for k, v in parts.items()} for name, parts in made.items()}
        FILE.write_text(json.dumps(stored, separators=(",", ":")) + "\n")
