"""Every activation, loss and layer against finite differences, by one random direction a case."""

import numpy as np
import pytest

from ann_core import NetworkConfig, build_network
from ann_core.nn.activations import ACTIVATIONS, Activation, activation, softmax
from ann_core.nn.layers import Pass
from ann_core.nn.losses import HEADS, LOSSES

RNG_SEED = 7


def directional_error(f, gradient, theta, rng) -> float:
    """How far gradient · d is from the central difference of f along a random direction d, relative to its size."""
    d = rng.standard_normal(theta.shape)
    h = 1e-6
    numeric = (f(theta + h * d) - f(theta - h * d)) / (2 * h)
    exact = (gradient * d).sum(-1)
    return float(np.max(np.abs(numeric - exact) / (np.abs(exact) + 1e-6)))


def away_from_corners(function: Activation, shape, rng):
    Z = rng.uniform(-4, 4, shape)
    return np.where(np.abs(np.abs(Z) - 3) < 1e-3, 1.0, np.where(np.abs(Z) < 1e-3, 0.5, Z))


@pytest.mark.parametrize("key", ACTIVATIONS)
@pytest.mark.parametrize("shape", [(5,), (4, 3), (2, 4, 3)])
def test_derivative_of_every_activation(key, shape):
    function, rng, h = ACTIVATIONS[key], np.random.default_rng(RNG_SEED), 1e-6
    Z = away_from_corners(function, shape, rng)
    numeric = (function.f(Z + h) - function.f(Z - h)) / (2 * h)
    np.testing.assert_allclose(function.derivative(Z, function.f(Z)), numeric, rtol=1e-6, atol=1e-8)
    assert function.f(Z).shape == Z.shape


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_every_activation_is_finite_far_out_and_inside_its_range(key):
    function = ACTIVATIONS[key]
    Z = np.array([-700.0, -40.0, -1.0, 0.0, 1.0, 40.0, 700.0])
    A = function.f(Z)
    assert np.isfinite(A).all() and np.isfinite(function.derivative(Z, A)).all()
    low, high = function.range
    assert (A >= low - 1e-3).all() and (A <= high + 1e-12).all()


def test_facts_of_the_curriculum_about_slopes():
    Z = np.linspace(-5, 5, 10_001)
    slope = {key: ACTIVATIONS[key].derivative(Z, ACTIVATIONS[key].f(Z)) for key in ("sigmoid", "tanh", "relu")}
    assert slope["sigmoid"].max() == 0.25 and Z[slope["sigmoid"].argmax()] == pytest.approx(0, abs=1e-12)
    assert slope["tanh"].max() == pytest.approx(1)
    assert set(slope["relu"]) == {0.0, 1.0}


@pytest.mark.parametrize("alpha", [0.01, 0.3, 1.0])
@pytest.mark.parametrize("key", ["leaky_relu", "elu"])
def test_alpha_is_the_slope_on_the_left(key, alpha):
    function = activation(key, alpha)
    Z = np.array([-1e-9])
    assert function.derivative(Z, function.f(Z))[0] == pytest.approx(alpha, rel=1e-6)


def test_sigmoid_keeps_its_tail():
    A = ACTIVATIONS["sigmoid"].f(np.array([-100.0]))
    np.testing.assert_allclose(A, np.exp(-100.0), rtol=1e-12)


def test_softmax_sums_to_one_ignores_shifts_and_follows_its_temperature():
    Z = np.array([[1.0, 2.0, 900.0], [-900.0, 0.0, 1.0]])
    P = softmax(Z)
    np.testing.assert_allclose(P.sum(-1), 1, rtol=1e-15)
    np.testing.assert_allclose(P, softmax(Z + 123.0), rtol=1e-12)
    hot, cold = softmax(Z[1], 100.0), softmax(Z[1], 0.01)
    assert hot.max() < P[1].max() < cold.max() == 1.0


@pytest.mark.parametrize("key", LOSSES)
def test_derivative_of_every_loss(key):
    loss, rng, h = LOSSES[key], np.random.default_rng(RNG_SEED), 1e-6
    A = rng.uniform(0.1, 0.9, (6, 2))
    Y = rng.integers(0, 2, (6, 2)).astype(float)
    numeric = (loss.value(A + h, Y) - loss.value(A - h, Y)) / (2 * h)
    np.testing.assert_allclose(loss.derivative(A, Y), numeric, rtol=1e-5, atol=1e-8)


CASES = [(kind, output, loss) for kind, pairs in HEADS.items() for output, loss in pairs]


@pytest.mark.parametrize("seeds", [None, 3])
@pytest.mark.parametrize("kind,output,loss", CASES)
def test_gradient_of_every_output_and_loss(kind, output, loss, seeds):
    rng = np.random.default_rng(RNG_SEED)
    n_out = 3 if kind == "several classes" else 1
    task = "regression" if kind == "regression" else "classification"
    config = NetworkConfig.model_validate({"layers": [{"units": 5, "activation": "tanh"}, {"units": 4, "activation": "elu"}],
                                           "output": output, "loss": loss, "batch_norm": True, "skip": True})
    net = build_network(config, 2, n_out, task)
    theta = np.stack([net.initial(s) for s in range(seeds)]) if seeds else net.initial(0)
    theta = theta + 0.1 * rng.standard_normal(theta.shape)
    X = rng.standard_normal((9, 2))
    y = rng.uniform(-0.8, 0.8, 9) if task == "regression" else rng.integers(0, max(2, n_out), 9)
    Y = net.head.encode(y, 0 if task == "regression" else max(2, n_out))
    value, grad = net.loss_and_grad(theta, X, Y)
    assert value.shape == theta.shape[:-1] and grad.shape == theta.shape
    assert directional_error(lambda t: net.loss_and_grad(t, X, Y)[0], grad, theta, rng) < 1e-5


def test_gradient_through_dropout_with_the_same_mask():
    rng = np.random.default_rng(RNG_SEED)
    config = NetworkConfig.model_validate({"layers": [{"units": 6}, {"units": 5}], "dropout": 0.4})
    net = build_network(config, 3, 1, "regression")
    theta, X = net.initial(1), rng.standard_normal((8, 3))
    Y = rng.standard_normal((8, 1))

    def evaluate(t):
        mode = Pass(noise=[np.random.default_rng(layer) for layer in range(2)])
        return net.loss_and_grad(t, X, Y, mode)

    assert directional_error(lambda t: evaluate(t)[0], evaluate(theta)[1], theta, rng) < 1e-6
    assert evaluate(theta)[0] != net.loss_and_grad(theta, X, Y)[0]


def test_the_checker_can_fail():
    rng = np.random.default_rng(RNG_SEED)
    net = build_network(NetworkConfig(), 2, 1, "regression")
    theta, X, Y = net.initial(0), rng.standard_normal((5, 2)), rng.standard_normal((5, 1))
    _, grad = net.loss_and_grad(theta, X, Y)
    grad[3] += 1e-3
    assert directional_error(lambda t: net.loss_and_grad(t, X, Y)[0], grad, theta, rng) > 1e-5


def test_the_sum_over_rows_is_the_mean_times_the_rows():
    rng = np.random.default_rng(RNG_SEED)
    net = build_network(NetworkConfig(), 2, 1, "regression")
    theta, X, Y = net.initial(0), rng.standard_normal((5, 2)), rng.standard_normal((5, 1))
    mean, total = net.loss_and_grad(theta, X, Y), net.loss_and_grad(theta, X, Y, reduction="sum")
    np.testing.assert_allclose(total[0], 5 * mean[0], rtol=1e-14)
    np.testing.assert_allclose(total[1], 5 * mean[1], rtol=1e-13, atol=1e-16)


def test_the_waterfall_multiplies_up_with_batch_norm_and_skips_too():
    rng = np.random.default_rng(RNG_SEED)
    for extra in ({}, {"batch_norm": True}, {"skip": True}, {"batch_norm": True, "skip": True}):
        config = {"layers": [{"units": n, "activation": "sigmoid"} for n in (6, 4, 7, 5)], **extra}
        net = build_network(NetworkConfig.model_validate(config), 2, 1, "classification")
        theta, X = net.initial(3), rng.standard_normal((20, 2))
        Y = net.head.encode(rng.integers(0, 2, 20), 2)
        layers = net.trace(theta, X, Y)
        running = np.cumprod([layer.by_weights * layer.by_slope for layer in layers[::-1]])[::-1]
        last = np.linalg.norm(layers[-1].dZ)
        for layer, product in zip(layers, running, strict=True):
            assert product == pytest.approx(np.linalg.norm(layer.dZ) / last, rel=1e-12)
        _, grad = net.loss_and_grad(theta, X, Y)
        for i, layer in enumerate(layers):
            np.testing.assert_allclose(layer.dW, net.parameters.view(grad)[f"layers.{i}.W"], rtol=1e-12)
