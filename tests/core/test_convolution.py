"""Layers of pictures: PyTorch's word on them, and what must hold of runs that have them."""

import json
from pathlib import Path

import numpy as np
import pytest

from ann_core import NetworkConfig, RunConfig, advance, build_network, start
from ann_core.film.recording import Recording
from ann_core.nn.kinds import Around
from ann_core.nn.layers import PLAIN, convolution
from ann_core.nn.parameters import Parameters

GOLDEN = Path(__file__).parents[1] / "golden" / "torch_layers.npz"
TOLERANCE = 1e-9
FULL = {"layers": [{"kind": "conv2d", "filters": 4}, {"kind": "conv2d", "filters": 5, "activation": "tanh"},
                   {"kind": "max_pool2d"}, {"kind": "conv2d", "filters": 3, "stride": 2}, {"kind": "flatten"}, {"units": 6}],
        "batch_norm": True, "skip": True, "dropout": 0.2}
SEEDS = 8


def load():
    """(case, arrays) of every stored stack of layers, and the arrays of the shared layer."""
    with np.load(GOLDEN) as file:
        columns = dict(file)
    shared = {name[7:]: columns.pop(name) for name in list(columns) if name.startswith("shared_")}
    cases, loaded = json.loads(str(columns.pop("cases"))), []
    for case in cases:
        arrays = {}
        for name, size in case["sizes"].items():
            count = int(np.prod(size))
            arrays[name], columns[name] = columns[name][:count].reshape(size), columns[name][count:]
        loaded.append((case, arrays))
    assert not any(len(rest) for rest in columns.values())
    return loaded, shared


STORED, SHARED = load()


def name(case):
    layers = "+".join("-".join(str(value) for value in layer.values()) for layer in case["layers"])
    return f"{'x'.join(map(str, case['shape']))}:{layers}{''.join(f',{key}' for key in case['around'])}"


def assert_close(ours, theirs, whole=0.0):
    """max|a − b| ≤ 1e-9 · max|b|; what is zero but for rounding is measured by the whole gradient."""
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max(initial=0) <= TOLERANCE * max(np.abs(theirs).max(initial=0), 1e-5 * whole)


@pytest.mark.parametrize(("case", "stored"), STORED, ids=[name(case) for case, _ in STORED])
def test_layers_give_what_pytorch_gives_and_every_gradient(case, stored):
    config, shape = NetworkConfig.model_validate({"layers": case["layers"], **case["around"]}), tuple(case["shape"])
    if case["classes"]:
        net = build_network(config, shape, case["classes"], "classification")
        loss, grad = net.loss_and_grad(stored["theta"], stored["X"], stored["Y"])
        assert_close(np.array([loss]), stored["value"])
        p, g = net.parameters.rows(stored["theta"]), net.parameters.rows(np.empty_like(grad))
        out, caches, _ = net.forward(p, stored["X"])
        dX = net.backward(p, g, net.head.gradient(out, stored["Y"], 1 / len(out)), caches, inner=True)
        parameters = net.parameters
    else:
        layer = config.layers[0].build(shape, Around(**case["around"]))
        parameters, grad = Parameters([layer]), np.full_like(stored["theta"], np.nan)
        p, g = parameters.rows(stored["theta"]), parameters.rows(grad)
        out, cache = layer.forward(p[0], stored["X"], PLAIN)
        dX = layer.backward(p[0], g[0], stored["dOut"], cache)
    assert_close(out, stored["out"])
    assert_close(dX, stored["dX"])
    ours, theirs = parameters.view(grad), parameters.view(stored["grad"])
    for block in theirs:
        assert_close(ours[block], theirs[block], np.abs(stored["grad"]).max())


def digits(network=FULL, seed=0, seeds=1, data_seed=0, **training):
    return RunConfig.model_validate({
        "data": {"source": "digits", "test_share": 0.25, "seed": data_seed}, "network": network, "seed": seed, "seeds": seeds,
        "training": {"learning_rate": 0.003, "epochs": 12, **training}})


@pytest.mark.parametrize("same_rows", [True, False])
def test_eight_networks_together_equal_eight_alone(same_rows):
    net, rng = build_network(NetworkConfig.model_validate(FULL), (8, 6, 2), 3, "classification"), np.random.default_rng(0)
    theta = np.stack([net.initial(seed) for seed in range(SEEDS)])
    X = rng.standard_normal((*(() if same_rows else (SEEDS,)), 7, 8, 6, 2))
    Y = np.eye(3)[rng.integers(0, 3, 7)]
    loss, grad = net.loss_and_grad(theta, X, Y)
    for k in range(SEEDS):
        alone = net.loss_and_grad(theta[k], X if same_rows else X[k], Y)
        np.testing.assert_allclose(loss[k], alone[0], rtol=0, atol=1e-12)
        np.testing.assert_allclose(grad[k], alone[1], rtol=0, atol=1e-12)


def test_the_way_back_in_pieces_is_the_way_back_at_once(monkeypatch):
    net, rng = build_network(NetworkConfig.model_validate(FULL), (8, 6, 2), 3, "classification"), np.random.default_rng(0)
    theta, X = np.stack([net.initial(seed) for seed in range(2)]), rng.standard_normal((2, 7, 8, 6, 2))
    Y = np.eye(3)[rng.integers(0, 3, 7)]
    _, whole = net.loss_and_grad(theta, X, Y)
    monkeypatch.setattr(convolution, "ROOM", 2 * 8 * 6 * 9 * 5 * 3)  # three rows of two networks of five filters
    np.testing.assert_allclose(net.loss_and_grad(theta, X, Y)[1], whole, rtol=0, atol=1e-14)


def test_a_member_of_an_ensemble_equals_its_solo_run():
    together, _ = advance(start(digits(seed=3, seeds=SEEDS, batch_size=128)), frames=1, steps_per_frame=12)
    for k in range(SEEDS):
        alone, _ = advance(start(digits(seed=3 + k, batch_size=128)), frames=1, steps_per_frame=12)
        for name in ("theta", "statistics"):  # Adam makes last digits of gradients near 0 larger
            np.testing.assert_allclose(getattr(together.state, name)[k], getattr(alone.state, name), rtol=0, atol=1e-8)


def test_any_moment_again_is_exact_amid_an_epoch_too():
    """Dropout and batch norm on layers of pictures draw and keep again what they drew and kept."""
    recording = Recording(digits())
    whole = recording.frames(None, 9, None, 7, budget_ms=None)
    for i in (6, 2, 4):
        again = recording.frames(int(whole.step[i]), 2, None, 7, budget_ms=None)
        for name, column in again.columns.items():
            assert np.array_equal(column, whole.columns[name][i + 1:i + 3], equal_nan=column.dtype.kind == "f"), name


LEARNS = {"layers": [{"kind": "conv2d", "filters": 8}, {"kind": "max_pool2d"}, {"kind": "flatten"}]}
STEPS, SPLITS, MEMBERS = 42, 4, 5


def test_a_small_convolution_reads_digits():
    """Rows held out, over 4 splits of the digits with 5 networks each: 95 % right within 504 steps."""
    reached = []
    for split in range(SPLITS):
        run = start(digits(LEARNS, seed=300 + MEMBERS * split, seeds=MEMBERS, data_seed=300 + split))
        _, film = advance(run, frames=504 // STEPS, steps_per_frame=STEPS)
        reached += (film.test_score >= 0.95).any(0).tolist()
    assert sum(reached) >= 18, reached
