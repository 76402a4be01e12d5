"""What is measured and drawn of a run at some of its moments, all in one pass. Training steps carry no probes."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.film.drawing import MAP, by_unit, to_bytes
from ann_core.film.view import View
from ann_core.nn.measures import SUMS_BINS, backward_factors, flat_shares, histograms, layer_rms
from ann_core.run.setup import Setup
from ann_core.run.trainer import LOSS_ROWS, State

GRADIENT_ROWS = 1_000
VALUES = 5_000_000
"""At most so many unit values are held in one pass; very large ensembles are measured on fewer rows (at least 100)."""


def _judge(setup: Setup, Z: Array, Y: Array, y: NDArray, weights: Array | None = None) -> tuple[Array, Array]:
    """Loss and score of the rows behind Z (..., n, n_out)."""
    head = setup.net.head
    loss = head.value(Z, Y, weights) if len(y) else np.full(Z.shape[:-2], np.nan)
    return loss, setup.data.target.score(Z, head.score(Z), y)


GROUP, GROUP_VALUES = 8, 500_000
"""Moments measured in one pass: several share NumPy's fixed cost of a call, but their values must fit the cache."""


def group_size(setup: Setup) -> int:
    """How many moments of this run are best measured together."""
    return max(1, min(GROUP, GROUP_VALUES // (_units(setup) * setup.config.seeds * min(GRADIENT_ROWS, setup.rows))))


def _units(setup: Setup) -> int:
    """Numbers that a pass holds for a row, the output as one."""
    return sum(layer.holds() for layer in setup.net.layers[:-1]) + 1


def snapshots(view: View, states: Sequence[State], batches: Sequence[tuple[Array, Array] | None]) -> dict[str, NDArray]:
    """The columns of a film (see Film), one frame for each state.

    batches: for each, the last step's raw and final gradient, if there was one. A frame does not depend on the others.
    """
    setup = view.setup
    net, data = setup.net, setup.data
    theta, statistics = np.stack([s.theta for s in states]), np.stack([s.statistics for s in states])
    p = net.parameters.rows(theta)
    evaluation = net.evaluation(statistics)
    most = max(100, int(VALUES / _units(setup) / setup.config.seeds))
    X, Y = setup.probe_rows(min(GRADIENT_ROWS, most))
    grad = np.empty_like(theta)
    Z_probe, caches, _ = net.forward(p, X)
    flow: list[tuple[Array, Array]] | None = [] if setup.in_depth else None
    weights = setup.weights_train
    scale: Any = 1 / len(X) if weights is None else weights[:len(X)] / len(X)
    net.backward(p, net.parameters.rows(grad), net.head.gradient(Z_probe, Y, scale), caches, flow)
    if len(X) == len(data.X_train) and not net.statistics.size:
        Z_train, n = Z_probe, len(X)
    else:
        n = min(LOSS_ROWS, most, len(data.X_train))
        Z_train = net.forward(p, data.X_train[:n], evaluation)[0]
    train = _judge(setup, Z_train, setup.Y_train[:n], data.y_train[:n], None if weights is None else weights[:n])
    m = min(LOSS_ROWS, most, len(data.X_test))
    test = _judge(setup, net.forward(p, data.X_test[:m], evaluation)[0], setup.Y_test[:m], data.y_test[:m],
                  None if setup.weights_test is None else setup.weights_test[:m])

    unknown = (np.full_like(states[0].theta, np.nan),) * 2
    raw, final = (np.stack(kind) for kind in zip(*(batch or unknown for batch in batches), strict=True))
    sizes = layer_rms(np.stack([grad, raw, final]), net.weight_parts)  # (L, 3, F, …)
    rms, batch_rms, clipped_rms = (np.moveaxis(sizes[:, i], 0, 1) for i in range(3))  # (F, L, …)
    lead = theta.shape[:-1]
    saturated, dead = flat_shares([bend.by_unit(bend.slope, len(lead)) for bend in net.bends(caches)], lead)
    return {
        "step": np.array([s.step for s in states]), "epoch": np.array([s.position(setup.rows) for s in states]),
        "train_loss": train[0], "test_loss": test[0], "train_score": train[1], "test_score": test[1],
        "gradient": rms, "batch_gradient": batch_rms, "clipped_gradient": clipped_rms,
        "saturated": np.moveaxis(saturated, 0, 1), "dead": np.moveaxis(dead, 0, 1),
        **_in_depth(setup, len(states), caches, flow), **_pictures(view, theta, statistics),
    }


def _in_depth(setup: Setup, frames: int, caches: list[Any], flow: list[tuple[Array, Array]] | None) -> dict[str, NDArray]:
    """The factors of the backward product and where the units stand; empty for runs that are not watched in depth."""
    if flow is None:
        nothing = np.empty((frames, 0))
        return {"by_weights": nothing, "by_slope": nothing, "sums": np.empty((frames, 0, 0), np.uint8)}
    lead = 1 if setup.config.seeds == 1 else 2
    by_weights, by_slope = backward_factors(flow, lead)
    sums = [bend.by_unit(bend.Z, lead) for bend in setup.net.bends(caches)]
    sums = sums if lead == 1 else [Z[:, 0] for Z in sums]
    return {"by_weights": np.moveaxis(by_weights, 0, 1), "by_slope": np.moveaxis(by_slope, 0, 1),
            "sums": histograms(sums) if sums else np.empty((frames, 0, SUMS_BINS), np.uint8)}


def _pictures(view: View, theta: Array, statistics: Array) -> dict[str, NDArray]:
    """Boundary or curve, unit maps, edges: of the first seed. theta: (F, P) or (F, S, P)"""
    if theta.ndim > 2:
        theta, statistics = theta[:, 0], statistics[:, 0]
    net, target, G, F = view.setup.net, view.setup.data.target, view.grid_size, len(theta)
    single: Any = np.float32  # bytes come out of it: single precision is twice as fast
    grid = view.grid.astype(single)
    Z, _, hidden = net.forward(net.parameters.rows(theta.astype(single)), grid,
                               net.evaluation(statistics.astype(single)))
    if not np.isfinite(Z).all():  # weights that only double precision can hold
        Z, _, hidden = net.forward(net.parameters.rows(theta), view.grid, net.evaluation(statistics))
    answer = net.head.score(Z)
    boundary, curve = np.empty((F, 1, 0, 0), np.uint8), np.empty((F, 0), np.float32)
    if view.is_curve:
        curve = target.in_units(answer[..., 0]).astype(np.float32)
    elif not target.class_names:
        low, high = view.field
        boundary = to_bytes(255 * (target.in_units(answer[..., 0]) - low) / (high - low)).reshape(F, 1, G, G)
    else:
        boundary = to_bytes(255 * answer.swapaxes(1, 2)).reshape(F, -1, G, G)
    places = (np.arange(MAP) * G) // MAP + G // (2 * MAP)
    pick = places if view.is_curve else (places[:, None] * G + places).ravel()
    inputs = np.broadcast_to(grid[pick].reshape(len(pick), -1), (F, len(pick), view.drawing.widths[0]))
    maps, scale = view.drawing.maps([inputs, *(by_unit(A[:, pick]) for A in (*hidden, answer))], view.shapes)
    return {"boundary": boundary, "curve": curve, "units": maps, "unit_scale": scale,
            "weights": view.drawing.edges(net, theta), "biases": view.drawing.biases(net, theta)}
