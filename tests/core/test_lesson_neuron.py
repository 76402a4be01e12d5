"""The numbers of the lesson "Neuron": section A of the curriculum, by the engine."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_core import RunConfig, start
from ann_core.lessons import neuron as core
from ann_core.lessons import neuron_network as network
from ann_core.nn.config import LayerConfig, NetworkConfig

small = st.floats(-5, 5).map(lambda v: round(v, 3))


def test_first_examples_of_a_weighted_sum():
    assert core.weighted_sum([5], [0.8], 0) == 4
    assert core.weighted_sum([1], [3], 2) == 5


@given(small, small, small)
def test_without_a_bias_the_boundary_passes_through_the_origin(w1, w2, b):
    assert core.weighted_sum((0, 0), (w1, w2), b) == b
    away = core.distance_to_origin((w1, w2), 0.0)
    assert away == (0 if (w1, w2) != (0, 0) else None)


def test_the_distance_to_the_origin_is_that_of_the_boundary():
    assert core.distance_to_origin((3, 4), -10) == pytest.approx(2)  # (1.2, 1.6) lies on it
    assert core.weighted_sum((1.2, 1.6), (3, 4), -10) == pytest.approx(0)


def test_twelve_points_need_a_bias():
    assert core.groups_right((1, 1), -1) == 12
    assert core.groups_best_without_bias() == 10


@given(small)
def test_each_activation_decides_where_z_is_0(z):
    assert core.THRESHOLDS == {"sigmoid": 0.5, "tanh": 0, "step": 0}
    for kind, least in core.THRESHOLDS.items():
        assert (core.answer(kind, z) > least) == (z > 0)
        if kind != "step":
            assert core.answer(kind, 0.0) == least


@given(small, small, small)
def test_opposite_corners_have_equal_sums_so_no_line_makes_xor(w1, w2, b):
    z = core.sums(core.CORNERS, (w1, w2), b)
    assert z[0] + z[3] == pytest.approx(z[1] + z[2], abs=1e-9)
    assert core.right_count("XOR", (w1, w2), b) <= 3


def test_and_and_or_can_be_separated_and_xor_cannot():
    assert [core.best_count(table) for table in ("AND", "OR", "XOR")] == [4, 4, 3]
    assert core.right_count("AND", (1, 1), -1.5) == core.right_count("OR", (1, 1), -0.5) == 4


def test_the_few_lines_of_best_count_make_every_division_that_a_line_can():
    lines = product((-1.0, 0.0, 1.0), (-1.0, 0.0, 1.0), (-1.5, -0.5, 0.5, 1.5))
    made = {tuple(core.sums(core.CORNERS, (w1, w2), b) > 0) for w1, w2, b in lines}
    every = set(product((False, True), repeat=4))
    assert every - made == {(False, True, True, False), (True, False, False, True)}  # XOR and its opposite


@pytest.mark.parametrize("eta", [0.25, 0.5, 1.0])
def test_the_perceptron_settles_on_and_and_or_and_circles_on_xor(eta):
    for table in ("AND", "OR"):
        visits = core.perceptron(table, eta, 80)
        done = core.settled_after(visits)
        assert done is not None and done <= 24 and core.circle(visits) is None
        assert core.right_count(table, visits[-1].after[:2], visits[-1].after[2]) == 4
    visits = core.perceptron("XOR", eta, 80)
    first, again = core.circle(visits)
    assert core.settled_after(visits) is None and visits[4 * first].before == visits[4 * again].before


def test_each_correction_follows_the_rule():
    for i, visit in enumerate(core.perceptron("OR", 0.5, 40)):
        x, y = (*core.CORNERS[i % 4], 1.0), core.TABLES["OR"][i % 4]
        assert visit.guess == (visit.z > 0) and visit.error == y - visit.guess
        np.testing.assert_allclose(visit.after, np.array(visit.before) + 0.5 * (y - visit.guess) * np.array(x))


@given(small, small, small, small)
def test_the_gradient_of_one_sample_is_minus_x_times_the_error(x, y, w, b):
    dw, db = core.sample_gradient(x, y, w, b)
    assert dw == pytest.approx(-x * (y - (w * x + b)), abs=1e-9) and db == pytest.approx(-(y - (w * x + b)), abs=1e-9)


@given(small, small)
def test_the_slope_is_that_of_the_mean_loss(w, b):
    x, y = np.array(core.EXAMPLES).T
    assert core.cost(w, b) == pytest.approx(np.mean(0.5 * (y - w * x - b) ** 2))
    assert core.slope(w, b) == pytest.approx((core.cost(w + 1e-5, b) - core.cost(w - 1e-5, b)) / 2e-5, rel=1e-5, abs=1e-5)


def test_the_slopes_sign_says_which_way_is_down():
    x, y = np.array(core.EXAMPLES).T
    best = x @ (y - 1) / (x @ x)
    assert core.slope(best + 0.3, 1.0) > 0 > core.slope(best - 0.3, 1.0) and core.slope(best, 1.0) == pytest.approx(0)
    for w in (-1.0, 0.2, 1.8, 2.5):
        for eta in (0.01, 0.25):
            assert core.cost(w - eta * core.slope(w, 1.0), 1.0) < core.cost(w, 1.0)


@pytest.mark.parametrize("eta", [0.05, 0.1, 0.2])
def test_descent_ends_at_the_least_squares_line(eta):
    x, y = np.array(core.EXAMPLES).T
    assert core.least_squares() == pytest.approx(np.polyfit(x, y, 1))
    assert core.descent(eta, 1000)[-1] == pytest.approx(core.least_squares(), abs=1e-3)


def test_the_sigmoids_slope_cancels_under_log_loss():
    z = np.linspace(-8, 8, 33)
    for y in (0, 1):
        found = core.factors(z, y)
        np.testing.assert_allclose(found.by_loss * found.by_slope, found.dz, rtol=1e-9)
        np.testing.assert_allclose(found.dz, found.p - y, rtol=1e-9)
        squared = core.factors(z, y, "squared_error")
        np.testing.assert_allclose(squared.dz, (squared.p - y) * squared.p * (1 - squared.p), rtol=1e-9)


def test_a_confident_mistake():
    assert core.factors(np.array([6.0]), 0).dz[0] == pytest.approx(0.998, abs=5e-4)
    assert core.factors(np.array([6.0]), 0, "squared_error").dz[0] < 0.0025


def test_log_loss_is_convex_and_squared_error_has_two_valleys_and_a_shelf():
    W = np.linspace(-4, 7, 221)
    squared, log = (core.shelf_cost(W, loss) for loss in ("squared_error", "binary_cross_entropy"))
    assert core.bends_downwards(squared) and not core.bends_downwards(log)
    falls = np.diff(squared) < 0
    assert (falls[:-1] & ~falls[1:]).sum() == 2  # two lowest places
    ends = [core.roll(start, "binary_cross_entropy")[-1] for start in (-3.5, 1.0, 6.5)]
    assert ends == pytest.approx([W[log.argmin()]] * 3, abs=0.03)
    lowest = [core.shelf_lowest(loss) for loss in ("squared_error", "binary_cross_entropy")]
    assert lowest == pytest.approx([-0.1275, -0.1634], abs=1e-4)
    assert core.roll(0.0, "squared_error")[-1] == pytest.approx(W[squared.argmin()], abs=0.03)
    assert core.roll(1.0, "squared_error")[-1] > 1 and core.roll(6.0, "squared_error")[-1] > 5.9


@given(small, small)
def test_one_sigmoid_unit_is_two_softmax_units_and_tanh_decides_with_them(z0, z1):
    soft, sigmoid, tanh = network.two_outputs(z0, z1)
    assert soft == pytest.approx(sigmoid, abs=1e-12) and tanh == pytest.approx(2 * sigmoid - 1, abs=1e-12)
    if abs(z1 - z0) > 1e-9:
        assert (soft > 0.5) == (sigmoid > 0.5) == (tanh > 0)


def test_output_units_of_the_tasks():
    units = {source: start(RunConfig.model_validate({"data": {"source": source}})).net.n_out for source in
             ("plane", "moons", "three_spirals", "digits")}
    assert units == {"plane": 1, "moons": 1, "three_spirals": 3, "digits": 10}


def test_parameters_are_counted_as_the_network_has_them():
    config = NetworkConfig(layers=(LayerConfig(units=4),) * 2)
    assert network.shapes(config, 2, 1) == [((2, 4), (4,)), ((4, 4), (4,)), ((4, 1), (1,))]
    run = start(RunConfig.model_validate({"network": config.model_dump(), "data": {"source": "moons"}}))
    views = run.net.parameters.view(run.state.theta)
    assert [(views[f"layers.{i}.W"].shape, views[f"layers.{i}.b"].shape) for i in range(3)] == network.shapes(config, 2, 1)
    assert config.count_parameters(2, 1) == run.net.n_parameters == 37
    assert NetworkConfig(layers=()).count_parameters(3, 4) == 16


@pytest.mark.parametrize("seed", range(6))
def test_xor_becomes_separable_in_the_space_of_the_hidden_units(seed):
    found = network.unfolding(seed)
    assert found.epochs[0] == 0 and found.epochs[-1] == 400
    assert found.right(0) < 4 and found.right(-1) == 4
    z = found.hidden[-1] @ found.w2[-1] + found.b2[-1]  # the output unit's line in that space
    assert ((z > 0) == np.array(core.TABLES["XOR"], dtype=bool)).all()
    hidden = 1 / (1 + np.exp(-(np.array(core.CORNERS) @ found.W1[-1] + found.b1[-1])))
    np.testing.assert_allclose(hidden, found.hidden[-1], atol=1e-12)
