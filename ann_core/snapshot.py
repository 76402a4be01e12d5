"""One frame: everything that is measured and drawn of a run at one moment. Training steps carry no probes."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ann_core.drawing import MAP, to_bytes
from ann_core.layers.base import Array
from ann_core.probes import flat_shares, layer_sizes

if TYPE_CHECKING:
    from ann_core.run import Run

GRADIENT_ROWS = 1_000
LOSS_ROWS = 5_000
VALUES = 5_000_000
"""At most so many unit values are held in one pass; very large ensembles are measured on fewer rows (at least 100)."""


def _score(run: "Run", Z: Array, y: NDArray) -> Array:
    """Accuracy, or RMSE in the target's own units. Z: (..., n, n_out), y: (n,)"""
    if not len(y):
        return np.full(Z.shape[:-2], np.nan)
    if run.data.task == "regression":
        return np.sqrt(((run.net.head.activate(Z)[..., 0] - y) ** 2).mean(-1)) * run.data.target_scale
    score = run.net.head.score(Z)
    guess = score.argmax(-1) if score.shape[-1] > 1 else score[..., 0] > 0.5
    share = (guess == y).mean(-1)
    return np.where(np.isfinite(Z).all((-2, -1)), share, np.nan)  # argmax of NaN would look like an answer


def _judge(run: "Run", Z: Array, Y: Array, y: NDArray) -> tuple[Array, Array]:
    loss = run.net.head.value(Z, Y) if len(y) else np.full(Z.shape[:-2], np.nan)
    return loss, _score(run, Z, y)


def snapshot(run: "Run", batch: tuple[Array, Array] | None = None) -> dict[str, NDArray]:
    """The columns of one frame (see Film). batch: the last step's raw and final gradient, if there was one."""
    net, data, state, theta = run.net, run.data, run.state, run.state.theta
    p = net.parameters.rows(theta)
    evaluation = net.evaluation_mode(state.statistics)
    most = max(100, int(VALUES / (sum(layer.units for layer in run.config.network.layers) + 1) / run.config.seeds))
    X, Y = run.probe_rows(min(GRADIENT_ROWS, most))
    grad = np.empty_like(theta)
    Z_probe, caches, _ = net.forward(p, X)
    net.backward(p, net.parameters.rows(grad), net.head.gradient(Z_probe, Y, 1 / len(X)), caches)
    if len(X) == len(data.X_train) and not net.statistics.size:
        Z_train, n = Z_probe, len(X)
    else:
        n = min(LOSS_ROWS, most, len(data.X_train))
        Z_train = net.forward(p, data.X_train[:n], evaluation)[0]
    train = _judge(run, Z_train, run.Y_train[:n], data.y_train[:n])
    m = min(LOSS_ROWS, most, len(data.X_test))
    test = _judge(run, net.forward(p, data.X_test[:m], evaluation)[0], run.Y_test[:m], data.y_test[:m])

    parts = net.weight_slices
    sizes, lengths = layer_sizes(np.stack([grad, theta, *(batch or ())]), parts)  # (L, 2 or 4, …)
    rms, weight_rms, length = sizes[:, 0], sizes[:, 1], lengths[:, 0]
    nothing = np.full_like(rms, np.nan)
    saturated, dead = flat_shares(net.slopes(caches), theta.shape[:-1])
    return {
        "step": np.array(state.step), "epoch": np.array(state.position(run.rows)),
        "train_loss": train[0], "test_loss": test[0], "train_score": train[1], "test_score": test[1],
        "gradient": rms, "gradient_norm": length,
        "relative_gradient": np.divide(rms, weight_rms, out=np.zeros_like(rms), where=weight_rms > 0),
        "batch_gradient": sizes[:, 2] if batch else nothing,
        "clipped_gradient": sizes[:, 3] if batch else nothing,
        "saturated": saturated, "dead": dead, **_pictures(run),
    }


def _pictures(run: "Run") -> dict[str, NDArray]:
    """Boundary or curve, unit maps, edges: of the first seed."""
    net, G = run.net, run.grid_size
    first = (0,) * (run.state.theta.ndim - 1)
    p = net.parameters.rows(run.state.theta[first])
    Z, _, hidden = net.forward(p, run.grid, net.evaluation_mode(run.state.statistics[first]))
    answer = net.head.score(Z)
    line = run.one_input
    boundary, curve = np.empty((1, 0, 0), np.uint8), np.empty(0, np.float32)
    if line:
        curve = (answer[:, 0] * run.data.target_scale + run.data.target_mean).astype(np.float32)
    elif run.data.task == "regression":
        low, high = run.field
        own = answer[:, 0] * run.data.target_scale + run.data.target_mean
        boundary = to_bytes(255 * (own - low) / (high - low)).reshape(1, G, G)
    else:
        boundary = to_bytes(255 * answer.T).reshape(-1, G, G)
    places = (np.arange(MAP) * G) // MAP + G // (2 * MAP)
    pick = places if line else (places[:, None] * G + places).ravel()
    maps, scale = run.drawing.maps([A[pick] for A in (run.grid, *hidden, answer)], run.shapes)
    weights = [views["W"] for views in p]
    return {"boundary": boundary, "curve": curve, "units": maps, "unit_scale": scale,
            "weights": run.drawing.edges(weights), "biases": run.drawing.biases([views["b"][0] for views in p])}
