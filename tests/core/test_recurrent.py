"""Layers that carry a state: PyTorch's word on them, their way back through time, and how they begin."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from ann_core import NetworkConfig, build_network
from ann_core.nn.initializers import RECURRENT
from ann_core.nn.layers import PLAIN, Sequential
from ann_core.nn.layers.base import Flow
from ann_core.nn.measures import backward_factors
from ann_core.nn.parameters import Parameters

GOLDEN = Path(__file__).parents[1] / "golden" / "torch_recurrent.npz"
TOLERANCE = 1e-9
KINDS = ("rnn", "lstm", "gru")
each_kind = pytest.mark.parametrize("kind", KINDS)


def load():
    """(case, arrays) of every stored stack of layers."""
    with np.load(GOLDEN) as file:
        columns = dict(file)
    loaded = []
    for case in json.loads(str(columns.pop("cases"))):
        arrays = {}
        for name, size in case["sizes"].items():
            count = int(np.prod(size))
            arrays[name], columns[name] = columns[name][:count].reshape(size), columns[name][count:]
        loaded.append((case, arrays))
    assert not any(len(rest) for rest in columns.values())
    return loaded


def name(case):
    return "+".join("-".join(map(str, layer.values())) for layer in case["layers"]) + f":{case['steps']}"


STORED = load()


@pytest.mark.parametrize(("case", "stored"), STORED, ids=[name(case) for case, _ in STORED])
def test_layers_give_what_pytorch_gives_and_every_gradient(case, stored):
    layer = Sequential([(str(i), one) for i, one in enumerate(
        NetworkConfig.model_validate({"layers": case["layers"]}).stack(stored["X"].shape[1:], 1)[:-1])])
    grad = np.full_like(stored["theta"], np.nan)
    parameters = Parameters([layer])
    p, g = parameters.rows(stored["theta"])[0], parameters.rows(grad)[0]
    out, cache = layer.forward(p, stored["X"], PLAIN)
    dX = layer.backward(p, g, stored["dOut"], cache)
    for ours, theirs in ((out, stored["out"]), (dX, stored["dX"]), (grad, stored["grad"])):
        assert ours.shape == theirs.shape and np.abs(ours - theirs).max() <= TOLERANCE * np.abs(theirs).max()


def network(*layers, steps=12, inputs=3, outputs=2, **more):
    return build_network(NetworkConfig.model_validate({"layers": list(layers), **more}), (steps, inputs), outputs, "regression")


def passed(net, seed=0, rows=5, lead=()):
    """(theta, X, gradient, flow) of a pass with random answers."""
    rng = np.random.default_rng(seed)
    theta = net.initial(seed) + 0.1 * rng.standard_normal((*lead, net.n_parameters))
    X = rng.standard_normal((rows, *net.inputs))
    grad, flow = np.full_like(theta, np.nan), Flow()
    p, g = net.parameters.rows(theta), net.parameters.rows(grad)
    Z, caches, _ = net.forward(p, X)
    net.backward(p, g, rng.standard_normal(Z.shape), caches, flow)
    return theta, X, grad, flow


@pytest.mark.parametrize("every_step", [False, True])
@each_kind
def test_truncation_leaves_the_gradient_whole_when_the_window_is_long_enough(kind, every_step):
    def gradient(truncation):
        return passed(network({"kind": kind, "units": 4, "every_step": every_step, "truncation": truncation}))[2]

    whole = gradient(None)
    np.testing.assert_array_equal(gradient(12), whole)
    np.testing.assert_array_equal(gradient(99), whole)
    assert np.abs(gradient(11) - whole).max() > 1e-9 and np.abs(gradient(1) - whole).max() > 1e-4


@pytest.mark.parametrize("window", [1, 3, 5, 12])
@each_kind
def test_truncation_is_the_gradient_of_its_last_window_alone(kind, window):
    """The last state's gradient does not reach behind the window: as if the state before it were given."""
    net = network({"kind": kind, "units": 4, "truncation": window})
    _, _, _, flow = passed(net)
    reached = np.abs(flow.in_time[0].dH).max((-2, -1)) > 0
    assert reached.tolist() == [False] * (12 - window) + [True] * window


@pytest.mark.parametrize("every_step", [False, True])
@each_kind
def test_the_gradient_of_every_state_is_what_a_push_to_it_does(kind, every_step):
    """∂L/∂h_t against a run that goes on from h_t ± ε: the layer on the steps after t, begun with that state."""
    net = network({"kind": kind, "units": 4, "every_step": every_step}, steps=6)
    theta, X, _, flow = passed(net)
    rng = np.random.default_rng(0)
    rng.standard_normal(net.n_parameters), rng.standard_normal(X.shape)  # what `passed` has drawn before
    dZ = rng.standard_normal((5, 6, 2) if every_step else (5, 2))
    p = net.parameters.rows(theta)
    layer, _ = net.layers
    push = np.random.default_rng(1).standard_normal((5, 4))

    def value(t, size):
        moved = Pushed(layer, t, size * push)
        out = moved.forward(p[0], X)
        return float((net.layers[1].forward(p[1], out, PLAIN)[0] * dZ).sum())

    for t in range(6):
        numeric = (value(t, 1e-5) - value(t, -1e-5)) / 2e-5
        assert numeric == pytest.approx(float((flow.in_time[0].dH[t] * push).sum()), rel=1e-6, abs=1e-9)


class Pushed:
    """A recurrent layer step by step, each on a sequence of one; the state after step t is pushed."""

    def __init__(self, layer, t, by):
        self.layer, self.t, self.by = layer, t, by

    def forward(self, p, X):
        U, units, states = p["U"], self.layer.units, []
        h, c = np.zeros((len(X), units)), np.zeros((len(X), units))

        def sigmoid(z):
            return 1 / (1 + np.exp(-z))

        for t in range(X.shape[1]):
            own, back = X[:, t] @ p["W"] + p["b"], h @ U
            if type(self.layer).__name__ == "RNN":
                h = np.tanh(own + back)
            elif type(self.layer).__name__ == "LSTM":
                o, i, f, g = np.split(own + back, 4, axis=-1)
                c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
                h = sigmoid(o) * np.tanh(c)
            else:
                (r, z, n), (rh, zh, nh) = np.split(own, 3, axis=-1), np.split(back, 3, axis=-1)
                r, z = sigmoid(r + rh), sigmoid(z + zh)
                n = np.tanh(n + r * (nh + p["b_hn"]))
                h = (1 - z) * n + z * h
            h = h + self.by if t == self.t else h
            states.append(h)
        return np.stack(states, 1) if self.layer.every_step else h


@pytest.mark.parametrize("lead", [(), (3,), (2, 3)])
@each_kind
def test_the_factors_of_all_steps_multiply_to_the_ratio_of_the_gradients(kind, lead):
    _, _, _, flow = passed(network({"kind": kind, "units": 4}, steps=30), lead=lead)
    (way,) = flow.in_time
    by_weights, by_slope = backward_factors(list(zip(way.dH, way.dZ, strict=True)), len(lead))
    size = np.sqrt((way.dH**2).sum((-2, -1)))
    np.testing.assert_allclose((by_weights[:-1] * by_slope[1:]).prod(0), size[0] / size[-1], rtol=1e-9)


def test_of_an_rnn_a_step_is_the_slope_and_then_the_recurrent_matrix():
    net = network({"kind": "rnn", "units": 4})
    theta, _, _, flow = passed(net)
    U, (way,) = net.parameters.rows(theta)[0]["U"], flow.in_time
    np.testing.assert_allclose(way.dH[:-1], way.dZ[1:] @ U.T, rtol=1e-12)
    largest = np.linalg.norm(U, 2)
    by_weights, by_slope = backward_factors(list(zip(way.dH, way.dZ, strict=True)), 0)
    assert (by_weights[:-1] <= largest * (1 + 1e-12)).all() and (by_slope <= 1).all()


def test_along_the_direct_way_a_cell_hands_on_what_its_forget_gate_says():
    net = network({"kind": "lstm", "units": 4})
    theta, X, _, flow = passed(net)
    p = net.parameters.rows(theta)
    _, cache = net.layers[0].forward(p[0], X, PLAIN)
    gates, way = net.layers[0].parts_of(cache), flow.in_time[0]
    forget, out, cell = (np.moveaxis(gates[part], -2, 0) for part in ("forget", "output", "cell"))
    np.testing.assert_allclose(way.dC[:-1], way.dC[1:] * forget[1:] + way.dH[:-1] * (out * (1 - np.tanh(cell) ** 2))[:-1],
                               rtol=1e-12)
    np.testing.assert_allclose(gates["output"] * np.tanh(gates["cell"]), cache.states, rtol=1e-12)


@each_kind
def test_seeds_side_by_side_equal_solo_runs(kind):
    below = {"kind": kind, "units": 4, "every_step": True, "bidirectional": True}
    net = network(below, {"kind": kind, "units": 3}, {"units": 4})
    rng = np.random.default_rng(0)
    theta, X, Y = np.stack([net.initial(k) for k in range(5)]), rng.standard_normal((7, 12, 3)), rng.standard_normal((7, 2))
    loss, grad = net.loss_and_grad(theta, X, Y)
    for k in range(5):
        alone = net.loss_and_grad(theta[k], X, Y)
        np.testing.assert_allclose(loss[k], alone[0], rtol=0, atol=1e-12)
        np.testing.assert_allclose(grad[k], alone[1], rtol=0, atol=1e-12)


@pytest.mark.parametrize(("kind", "initializer"), [*product(KINDS, RECURRENT)])
def test_how_the_recurrent_weights_begin(kind, initializer):
    net = network({"kind": kind, "units": 64, "recurrent_initializer": initializer, "recurrent_scale": 1.5})
    U = net.parameters.rows(net.initial(0))[0]["U"]
    for gate in np.split(U, U.shape[1] // 64, axis=1):
        radius = np.abs(np.linalg.eigvals(gate)).max()
        assert radius == pytest.approx(1.5, rel=1e-9 if initializer != "normal" else 0.2)
        if initializer != "normal":
            np.testing.assert_allclose(gate.T @ gate, 1.5**2 * np.eye(64), atol=1e-12)
    other = network({"kind": kind, "units": 64, "recurrent_initializer": initializer}, initializer="zeros")
    first = other.parameters.rows(other.initial(0))[0]
    assert not first["W"].any() and np.abs(first["U"]).max() > 0


@pytest.mark.parametrize(("kind", "field", "gate"), [("lstm", "forget_bias", 2), ("gru", "update_bias", 1)])
def test_a_gate_begins_at_its_bias(kind, field, gate):
    net = network({"kind": kind, "units": 5, field: 3.0})
    b = net.parameters.rows(net.initial(0))[0]["b"][0]
    assert b.reshape(-1, 5)[gate].tolist() == [3.0] * 5 and b.sum() == 15


@pytest.mark.parametrize(("layers", "words"), [
    ([{"kind": "rnn"}, {"kind": "gru"}], "Layer 2 (GRU) works on a sequence (steps of numbers), but layer 1 (RNN) gives "
     "16 numbers. Choose data that are sequences, and let every recurrent layer before it give every step."),
    ([{"kind": "lstm"}, {"kind": "embedding"}], "Layer 2 (embedding) works on a sequence"),
    ([{"kind": "conv2d"}], "Layer 1 (convolution) works on a picture")])
def test_what_cannot_follow_is_refused(layers, words):
    with pytest.raises(ValueError, match="works on") as caught:
        network(*layers)
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize("wrong", [{"kind": "rnn", "forget_bias": 1.0}, {"kind": "gru", "forget_bias": 1.0},
                                   {"kind": "lstm", "truncation": 0}, {"kind": "rnn", "recurrent_initializer": "orthogonl"},
                                   {"kind": "gru", "units": 0}, {"kind": "lstm", "every_step": 1}])
def test_what_else_is_refused(wrong):
    with pytest.raises(ValidationError):
        NetworkConfig.model_validate({"layers": [wrong]})


@pytest.mark.parametrize(("kind", "count"), [("rnn", 468), ("lstm", 1_668), ("gru", 1_284)])
def test_parameters_of_sixteen_units(kind, count):
    assert NetworkConfig.model_validate({"layers": [{"kind": kind, "units": 16}]}).count_parameters((20, 8), 4) == count
