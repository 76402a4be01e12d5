"""What the lesson on activations claims, in the engine: every number of its section of the curriculum."""

import numpy as np
import pytest
from scipy.special import erf, expit

from ann_core.lessons.activations import (
    GRADIENT,
    INPUTS,
    collapsed,
    nearest_layer,
    slope,
    slope_products,
    square_weights,
    stacked,
    through_depth,
    train_unit,
    traits,
    turn_and_stretch,
    two_as_one,
)
from ann_core.nn.activations import ACTIVATIONS, SELU_ALPHA, SELU_SCALE, activation, softmax
from ann_core.nn.losses import resolve_head

SEEDS = range(20)
Z = np.linspace(-8, 8, 1601)
PLANE = np.random.default_rng(0).uniform(-1, 1, (200, 2))


def off_by(name: str, layers: int, seed: int) -> float:
    """How far the nearest single linear layer is off, at most."""
    W, b = turn_and_stretch(layers, seed)
    out = stacked(PLANE, W, b, ACTIVATIONS[name])
    nearest, shift = nearest_layer(PLANE, out)
    return float(np.abs(PLANE @ nearest + shift - out).max())


@pytest.mark.parametrize("layers", [1, 3, 10])
def test_a_stack_of_linear_layers_is_one_linear_layer(layers):
    for seed in SEEDS:
        W, b = turn_and_stretch(layers, seed)
        product, bias = collapsed(W, b)
        assert np.allclose(product, np.linalg.multi_dot([np.eye(2), *W, np.eye(2)]))
        assert np.allclose(stacked(PLANE, W, b, ACTIVATIONS["linear"]), PLANE @ product + bias, atol=1e-12)
        assert off_by("linear", layers, seed) < 1e-12


@pytest.mark.parametrize("name", ["tanh", "relu"])
def test_a_bend_between_the_layers_cannot_be_imitated_by_one_layer(name):
    assert sum(off_by(name, 3, seed) > 0.02 for seed in SEEDS) >= 18
    assert all(off_by(name, 1, seed) < 1e-12 for seed in SEEDS)  # one layer has nothing between


def test_the_first_weight_can_be_set():
    assert turn_and_stretch(3, 0, first=-1.5)[0][0, 0, 0] == -1.5


def test_a_sigmoids_slope_reaches_a_quarter_at_0_and_goes_no_higher():
    s = ACTIVATIONS["sigmoid"]
    assert slope(s, np.zeros(1)) == 0.25 and (slope(s, Z) <= 0.25).all() and Z[slope(s, Z).argmax()] == pytest.approx(0)
    assert np.allclose(slope(s, Z), s.f(Z) * (1 - s.f(Z)))


def test_tanhs_slope_is_at_most_1_and_relus_is_0_or_1():
    assert slope(ACTIVATIONS["tanh"], np.zeros(1)) == 1 and (slope(ACTIVATIONS["tanh"], Z) <= 1).all()
    assert set(slope(ACTIVATIONS["relu"], Z)) == {0, 1}


@pytest.mark.parametrize("layers,most", [(5, 9.8e-4), (10, 9.5e-7), (20, 9.1e-13)])
def test_slopes_multiply(layers, most):
    products = slope_products(ACTIVATIONS["sigmoid"], 0.0, layers)
    assert len(products) == layers and products[-1] == 0.25 ** layers == pytest.approx(most, rel=0.01)
    assert slope_products(ACTIVATIONS["tanh"], 0.0, layers)[-1] == 1


BY_HAND = {
    "linear": lambda z: np.ones_like(z), "sigmoid": lambda z: expit(z) * expit(-z), "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "relu": lambda z: 1.0 * (z > 0), "leaky_relu": lambda z: np.where(z > 0, 1, 0.01),
    "elu": lambda z: np.where(z > 0, 1, np.exp(z)),
    "selu": lambda z: np.where(z > 0, SELU_SCALE, SELU_SCALE * SELU_ALPHA * np.exp(z)),
    "gelu": lambda z: (1 + erf(z / 2 ** 0.5)) / 2 + z * np.exp(-z * z / 2) / (2 * np.pi) ** 0.5,
    "silu": lambda z: expit(z) + z * expit(z) * expit(-z),
    "mish": lambda z: np.tanh(np.log1p(np.exp(z))) + z * (1 - np.tanh(np.log1p(np.exp(z))) ** 2) * expit(z),
    "softplus": expit, "softsign": lambda z: 1 / (1 + abs(z)) ** 2, "hard_sigmoid": lambda z: (abs(z) < 3) / 6,
    "sine": np.cos, "gaussian": lambda z: -2 * z * np.exp(-z * z), "step": np.zeros_like,
}
"""The derivatives that the page shows as formulas."""


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_slopes_that_are_shown_as_formulas(name):
    assert np.allclose(slope(ACTIVATIONS[name], Z), BY_HAND[name](Z), atol=1e-9)


BOTH, LEFT, NOWHERE = ("left", "right"), ("left",), ()


@pytest.mark.parametrize("name,low,high,centred,saturates,dies", [
    ("linear", -np.inf, np.inf, True, NOWHERE, NOWHERE), ("sigmoid", 0, 1, False, BOTH, NOWHERE),
    ("tanh", -1, 1, True, BOTH, NOWHERE), ("relu", 0, np.inf, False, LEFT, LEFT),
    ("leaky_relu", -np.inf, np.inf, False, NOWHERE, NOWHERE), ("elu", -1, np.inf, False, LEFT, NOWHERE),
    ("selu", -1.7581, np.inf, True, LEFT, NOWHERE), ("gelu", -0.16997, np.inf, False, LEFT, NOWHERE),
    ("silu", -0.27846, np.inf, False, LEFT, NOWHERE), ("mish", -0.30884, np.inf, False, LEFT, NOWHERE),
    ("softplus", 0, np.inf, False, LEFT, NOWHERE), ("softsign", -1, 1, True, BOTH, NOWHERE),
    ("hard_sigmoid", 0, 1, False, BOTH, BOTH), ("sine", -1, 1, True, NOWHERE, NOWHERE),
    ("gaussian", 0, 1, False, BOTH, NOWHERE), ("step", 0, 1, False, BOTH, BOTH)])
def test_traits(name, low, high, centred, saturates, dies):
    found = traits(ACTIVATIONS[name])
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-5), pytest.approx(high, abs=1e-5))
    assert (found.zero_centered, found.saturates, found.dies) == (centred, saturates, dies)


def test_leaky_relu_with_slope_0_dies_like_relu():
    assert traits(activation("leaky_relu", 0.0)).dies == LEFT


def first_gradients(name: str, sigma: float, layers: int = 20, initializer: str = "normal") -> np.ndarray:
    return np.array([through_depth(ACTIVATIONS[name], layers, 10, 50, seed, initializer, sigma).gradient[0] for seed in SEEDS])


def test_tanh_vanishes_with_small_weights_and_explodes_with_large_ones():
    assert (first_gradients("tanh", 0.1) < 1e-6).sum() >= 18
    assert (first_gradients("tanh", 2.0) > 100).sum() >= 18
    usual = first_gradients("tanh", 1.0, initializer="glorot_normal")
    assert ((usual > 0.01) & (usual < 100)).sum() >= 18


def test_the_gradient_through_depth_is_the_derivative():
    """Against finite differences of Σ G·Z³ in Z¹, where G is the gradient that enters at the end."""
    units, rows, layers, h = 4, 3, 3, 1e-6
    act = ACTIVATIONS["tanh"]
    depth = through_depth(act, layers, units, rows, 0, "glorot_normal")
    W = [square_weights(units, 0, i, "glorot_normal") for i in range(layers)]
    A = np.random.default_rng([0, INPUTS]).standard_normal((rows, units))
    G = np.random.default_rng([0, GRADIENT]).standard_normal((rows, units))
    Z1 = A @ W[0]

    def value(Z1: np.ndarray) -> float:
        return float((G * (act.f(act.f(Z1) @ W[1]) @ W[2])).sum())

    numeric = np.zeros_like(Z1)
    for index in np.ndindex(Z1.shape):
        up, down = Z1.copy(), Z1.copy()
        up[index] += h
        down[index] -= h
        numeric[index] = (value(up) - value(down)) / (2 * h)
    assert depth.gradient[0] == pytest.approx(np.sqrt((numeric ** 2).mean() / (G ** 2).mean()), rel=1e-6)


def test_a_relu_unit_that_is_off_for_every_row_learns_nothing_and_a_leaky_one_comes_back():
    dead = train_unit(ACTIVATIONS["relu"], 1.0, -3.0, 400, 0.3)
    assert not dead.dw.any() and not dead.db.any() and (dead.w == 1).all() and (dead.loss == dead.loss[0]).all()
    leaky = train_unit(activation("leaky_relu", 0.1), 1.0, -3.0, 400, 0.3)
    assert leaky.dw[0] == pytest.approx(-0.1032, abs=1e-4) and leaky.loss[-1] < 0.001 < 1 < leaky.loss[0]
    alive = train_unit(ACTIVATIONS["relu"], 1.0, 0.0, 400, 0.3)
    assert (alive.w[-1], alive.b[-1]) == (pytest.approx(1), pytest.approx(1)) and alive.loss[-1] < 1e-12


@pytest.mark.parametrize("alpha", [0.01, 0.1, 0.3])
@pytest.mark.parametrize("bias", [-4.0, -2.0, 2.0])
def test_a_leaky_unit_comes_back_wherever_it_starts(alpha, bias):
    assert train_unit(activation("leaky_relu", alpha), 1.0, bias, 400, 0.3).loss[-1] < 0.005


def test_a_units_gradient_is_the_derivative_of_its_loss():
    def loss(w: float, b: float) -> float:
        return train_unit(ACTIVATIONS["tanh"], w, b, 0, 0.3).loss[0]

    unit, h = train_unit(ACTIVATIONS["tanh"], 0.7, -0.2, 0, 0.3), 1e-6
    assert unit.dw[0] == pytest.approx((loss(0.7 + h, -0.2) - loss(0.7 - h, -0.2)) / (2 * h), rel=1e-6)
    assert unit.db[0] == pytest.approx((loss(0.7, -0.2 + h) - loss(0.7, -0.2 - h)) / (2 * h), rel=1e-6)


def test_max_is_leaky_relu_up_to_alpha_1_only():
    for alpha in (0.0, 0.01, 0.5, 0.99, 1.0):
        assert np.allclose(activation("leaky_relu", alpha).f(Z), np.maximum(alpha * Z, Z))
    for alpha in (1.05, 1.5, 2.0):
        assert not np.allclose(activation("leaky_relu", alpha).f(Z), np.maximum(alpha * Z, Z))
    assert np.allclose(activation("leaky_relu", 1.0).f(Z), Z)


def variances(name: str, initializer: str, layers: int = 50) -> np.ndarray:
    return np.array([through_depth(ACTIVATIONS[name], layers, 100, 100, seed, initializer).variance[-1] for seed in range(8)])


def test_selu_keeps_mean_0_and_variance_1_through_fifty_layers():
    for seed in SEEDS:
        depth = through_depth(ACTIVATIONS["selu"], 50, 100, 100, seed, "lecun_normal")
        assert np.abs(depth.mean).max() < 0.12 and 0.75 < depth.variance.min() and depth.variance.max() < 1.35


def test_other_weights_or_other_functions_do_not():
    assert (variances("selu", "he_normal", 20) > 10).all()
    assert (variances("relu", "lecun_normal") < 1e-10).all() and (variances("tanh", "lecun_normal") < 0.05).all()


def test_softmax_sums_to_1_and_a_shift_changes_nothing():
    z = np.array([2.0, 1.0, 0.1])
    assert np.round(softmax(z), 4).tolist() == [0.659, 0.2424, 0.0986]
    for temperature in (0.1, 1.0, 10.0):
        p = softmax(z, temperature)
        assert p.sum() == pytest.approx(1, abs=1e-15) and np.allclose(softmax(z + 100, temperature), p, rtol=1e-12)
    assert softmax(z, 0.1).max() > 0.999 and np.ptp(softmax(z, 10)) < 0.07


def test_two_softmax_units_are_one_sigmoid_unit():
    for z in np.random.default_rng(0).normal(0, 3, (50, 2)):
        for shift in (-100.0, 0.0, 100.0):
            two, one = two_as_one(z, shift)
            assert two[1] == pytest.approx(one, rel=1e-10) and two.sum() == pytest.approx(1)
    assert two_as_one(np.array([0.5, 2.0]), 0.0)[1] == pytest.approx(0.817574, abs=1e-6)


def test_the_engine_chooses_as_the_page_says():
    assert [resolve_head(*task)[0] for task in (("regression", 1), ("classification", 1), ("classification", 3))] == [
        "linear", "sigmoid", "softmax"]
