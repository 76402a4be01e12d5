"""The figures that `the curriculum` promises, through the same code that the pages use."""

import numpy as np
import pytest

from ann_core import RunConfig, advance, first_frame, start
from ann_core.data import Dataset, prepare
from ann_core.lessons.backprop_presets import XOR_MEDIAN, XOR_OFTEN

# Median over 20 seeds (10–90 %) of RMS dW first / last at step 0, by depth and set-up.
FIRST_OVER_LAST = {
    ("sigmoid", "glorot_normal"): {3: (1.3e-2, 1.9e-1), 6: (1.2e-4, 1.2e-3), 10: (3.6e-7, 7.0e-6), 20: (3.0e-14, 1.3e-12),
                                   30: (8.1e-21, 4.0e-19)},
    ("tanh", "glorot_normal"): {3: (0.43, 1.5), 6: (0.27, 1.3), 10: (0.35, 2.1), 20: (0.20, 3.8), 30: (0.11, 2.3)},
    ("relu", "he_normal"): {3: (0.15, 0.66), 6: (0.10, 0.89), 10: (0.10, 2.3), 20: (0.11, 1.9)},
}
CASES = [(*setup, depth, *spread) for setup, rows in FIRST_OVER_LAST.items() for depth, spread in rows.items()]


def ten(activation: str, initializer: str, depth: int = 10, sigma: float = 1.0, **parts) -> RunConfig:
    network = {"initializer": initializer, "sigma": sigma, "layers": [{"units": 10, "activation": activation}] * depth}
    return RunConfig.model_validate({"data": {"source": "moons", "samples": 300, "noise": 0.1, "test_share": 0.0},
                                     "network": network, "seeds": 20, **parts})


@pytest.mark.parametrize("activation,initializer,depth,low,high", CASES)
def test_gradient_ratio_at_the_start(activation, initializer, depth, low, high):
    gradient = first_frame(start(ten(activation, initializer, depth))).gradient[0]
    assert low <= np.median(gradient[0] / gradient[-1]) <= high


@pytest.mark.parametrize("activation,initializer,sigma,depth,size", [
    ("tanh", "normal", 0.1, 10, 5.5e-7), ("tanh", "normal", 0.1, 50, 2.0e-27), ("relu", "glorot_normal", 1, 10, 3.2e-4),
    ("relu", "glorot_normal", 1, 50, 3.7e-13), ("relu", "he_normal", 1, 10, 7.9e-3)])
def test_absolute_size_of_the_first_layers_gradient(activation, initializer, sigma, depth, size):
    gradient = first_frame(start(ten(activation, initializer, depth, sigma))).gradient[0]
    low, high = np.quantile(gradient[0], [0.02, 0.98])
    assert low <= size <= high


def test_large_weights_explode():
    gradient = first_frame(start(ten("relu", "normal", 10, 1.0))).gradient[0]
    assert np.median(gradient[0]) > 1 and np.median(first_frame(start(ten("relu", "normal", 50, 1.0))).gradient[0, 0]) > 1e10


def test_xor_is_solved_for_every_one_of_forty_seeds():
    """2-4-1 sigmoid, standard-normal weights, full batch, rate 0.1 on the summed gradient, 10,000 epochs."""
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    corners = Dataset("corners", "XOR", "classification", X, np.array([0, 1, 1, 0]), ("x₁", "x₂"), ("0", "1"), "y",
                      ((-0.5, 1.5), (-0.5, 1.5)))
    config = RunConfig.model_validate({
        "network": {"layers": [{"units": 4, "activation": "sigmoid"}], "initializer": "normal", "loss": "squared_error"},
        "training": {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": 4, "reduction": "sum", "epochs": 10_000},
        "seeds": 40})
    run = start(config, prepare(corners, test_share=0.0, scaling="none"))
    _, film = advance(run, frames=1, epochs_per_frame=10_000)
    mean_squared_error = 2 * film.train_loss[-1]  # the loss has a half
    assert (film.train_score[-1] == 1).all()
    assert 0.0015 <= np.median(mean_squared_error) <= 0.0026 and mean_squared_error.max() < 0.004
    assert np.median(mean_squared_error).round(4) == XOR_MEDIAN  # what the page says
    assert tuple(np.quantile(mean_squared_error, (0.1, 0.9)).round(4)) == XOR_OFTEN


def test_batch_size_one_step_follows_the_formula():
    """One logistic unit: dL/dw = −x (y − p), the same form as in regression."""
    run = start(RunConfig.model_validate({"network": {"layers": []}, "training": {"optimizer": "sgd", "batch_size": 1,
                                                                                   "learning_rate": 0.01}}))
    trainer = run.trainer()
    trainer.one_step()
    x, y = trainer._X[0], trainer._Y[0, 0]
    w, b = run.state.theta[:2], run.state.theta[2]
    p = 1 / (1 + np.exp(-(x @ w + b)))
    np.testing.assert_allclose(trainer.theta, np.append(w + 0.01 * x * (y - p), b + 0.01 * (y - p)), rtol=1e-12)


def test_selu_keeps_mean_and_variance_through_depth():
    config = RunConfig.model_validate({"network": {"layers": [{"units": 128, "activation": "selu"}] * 3}})
    net = start(config).net
    rng = np.random.default_rng(0)
    A = rng.standard_normal((2_000, 128))
    for layer in range(30):
        Z = A @ (rng.standard_normal((128, 128)) / np.sqrt(128))
        A = net.activations[0].f(Z)
        assert abs(A.mean()) < 0.15 and 0.7 < A.var() < 1.3, layer


def test_zeros_move_nothing_and_constants_keep_units_equal():
    for name in ("zeros", "constant"):
        config = RunConfig.model_validate({"network": {"initializer": name, "sigma": 0.5}})
        run, _ = advance(start(config), frames=3)
        W = run.net.parameters.view(run.state.theta)["layers.1.W"]
        assert np.allclose(W, W[:, :1]) and (name == "constant" or not W.any())


@pytest.mark.parametrize("name,variance", [("glorot_normal", 2 / 110), ("glorot_uniform", 2 / 110), ("he_normal", 2 / 60),
                                           ("he_uniform", 2 / 60), ("lecun_normal", 1 / 60), ("lecun_uniform", 1 / 60),
                                           ("normal", 0.25), ("uniform", 0.25 / 3)])
def test_variance_of_the_first_weights(name, variance):
    network = {"layers": [{"units": 60}, {"units": 50}], "initializer": name, "sigma": 0.5}
    run = start(RunConfig.model_validate({"network": network}))
    assert run.net.parameters.view(run.state.theta)["layers.1.W"].var() == pytest.approx(variance, rel=0.1)


def test_orthogonal_weights_keep_lengths():
    run = start(RunConfig.model_validate({"network": {"layers": [{"units": 20}, {"units": 20}], "initializer": "orthogonal"}}))
    W = run.net.parameters.view(run.state.theta)["layers.1.W"]
    np.testing.assert_allclose(W.T @ W, np.eye(20), atol=1e-12)


def test_the_border_of_the_rate_on_a_quadratic_is_two_over_k():
    from ann_core.nn.optimizers import OPTIMIZERS
    from ann_core.run.training import TrainingConfig
    k, update = 4.0, OPTIMIZERS["sgd"].update
    for eta, shrinks in ((2 / k * 0.99, True), (2 / k * 1.01, False)):
        w = np.array([1.0])
        for t in range(1, 200):
            w = w - eta * update(k * w, (), t, TrainingConfig())
        assert (abs(w[0]) < 1) == shrinks
