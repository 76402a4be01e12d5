"""How far a file that was taken home is from the run it was made of."""

from typing import Any

import numpy as np
import pandas as pd

from ann_core import Run, advance, start
from ann_core.base.arrays import Array
from ann_core.data.table.own import Own
from ann_core.export.saved import trained
from ann_core.export.taken import Taken
from ann_core.run.objectives.base import Batch
from tests.core.own_tables import pupils


def raw_rows(t: Taken, own: Own | None, count: int = 1000) -> Any:
    """Rows such as a user has them: a table, or one array."""
    rng = np.random.default_rng(0)
    if own is not None:
        return pupils(count, 9)
    if t.inputs.name == "noise":
        return rng.normal(size=(count, *t.inputs.raw))
    data = t.run.data
    if t.inputs.features:
        points = rng.normal(size=(count, data.raw_columns))
    else:
        X = data.X_train.reshape(len(data.X_train), -1)[rng.integers(0, len(data.X_train), count)]
        points = t.inputs.scaler.raw(X)
    if t.inputs.columns:
        return pd.DataFrame({column.name: points[:, i] for i, column in enumerate(t.inputs.columns)})
    return points.reshape(count, *t.inputs.raw)


def feed(t: Taken, rows: Any) -> dict[str, Any]:
    """The same as an ONNX file takes them."""
    if not t.inputs.columns:
        return {t.inputs.name: rows}
    return {column.name: rows[[column.name]].fillna("").to_numpy(dtype=object) if column.kind != "number"
            else rows[[column.name]].to_numpy(np.float64) for column in t.inputs.without_moments.columns}


def expected(t: Taken, own: Own | None, rows: Any) -> Array:
    """What the engine answers."""
    run: Run = t.run
    if own is not None:
        found = trained(run, own).answers(rows)
        return found if found.ndim > 1 else found[:, None]
    theta, statistics = run.state.first
    objective = run.setup.objective
    net = objective.networks[t.network]
    flat = np.asarray(rows, float).reshape(len(rows), -1)
    makes = t.answer.kind == "samples"
    X = flat if makes else run.data.to_inputs(flat).reshape(len(flat), *net.inputs)
    at = net.evaluation(net.initial_statistics() if makes else statistics)
    Z = net.forward(net.parameters.rows(theta[objective.parts[t.network]]), X, at)[0]
    score = Z if makes else objective.answer(Z)
    if t.answer.kind in ("classes", "tokens"):
        P = np.concatenate([1 - score, score], -1) if score.shape[-1] == 1 else score
        total = P.sum(-1, keepdims=True)
        return np.divide(P, total, out=np.full_like(P, 1 / P.shape[-1]), where=total > 0)
    values = score.reshape(len(score), -1) * t.answer.scale + t.answer.center
    return values.reshape(len(values), *t.every_step[-1].shape)


def losses(run: Run, epochs: int) -> Array:
    """The losses of the training rows before the first step and after every epoch, as the engine trains: of two networks
    against each other what each of them pays."""
    now, objective = start(run.config, run.data), run.setup.objective
    found = []
    for epoch in range(epochs + 1):
        if epoch:
            now, _ = advance(now, 1, 1)
        theta, statistics = now.state.first
        p, setup = objective.rows(theta), now.setup
        if objective.has_answers:
            name, net = next(iter(objective.networks.items()))
            Z = net.forward(p[name], now.data.X_train, net.evaluation(statistics))[0]
            found.append(objective.value(Z, setup.Y_train, setup.weights_train))
        else:
            X, Y = setup.probe_rows(objective.frame_rows)
            batch = Batch(X, Y, len(X), seeds=(run.config.seed,))
            found.append([objective.loss(turn, p, batch) for turn in objective.last_turns])
    return np.array(found, float)


def program(code: bytes) -> dict[str, Any]:
    """The names of a program that was run, but not as the main one."""
    names: dict[str, Any] = {"__name__": "taken_home"}
    exec(compile(code, "taken_home.py", "exec"), names)
    return names
