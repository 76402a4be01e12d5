"""Layers of pictures: PyTorch's word on them, and what must hold of runs that have them."""

import json
from pathlib import Path

import numpy as np
import pytest

from ann_core import NetworkConfig, build_network
from ann_core.nn.kinds import Around
from ann_core.nn.layers import PLAIN
from ann_core.nn.parameters import Parameters

GOLDEN = Path(__file__).parents[1] / "golden" / "torch_layers.npz"
TOLERANCE = 1e-9


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
