"""What the lesson on losses says, worked out: every claim of the page."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_core.lessons import losses as core
from ann_core.lessons import losses_surface as surfaces
from ann_core.nn.losses import LOSSES

X, Y = np.arange(1.0, 10.0), np.array([1.6, 1.8, 2.7, 2.8, 3.7, 3.9, 4.4, 5.2, 5.3])
LINE, CONSTANT = np.column_stack([X, np.ones(9)]), np.ones((9, 1))
BOWL = core.Bowl(np.array([1.0, 2.0]), np.array([2.0, 3.0]))
errors = st.floats(-6, 6)


def wild(height: float) -> np.ndarray:
    y = Y.copy()
    y[7] = height
    return y


def test_the_mean_squared_error_has_a_mean_and_the_engine_a_half():
    told = core.cost(np.array([1.4, 1.8, 2.2, 2.6]), np.array([2.0, 3.0, 5.0, 4.0]))
    assert told.mse == pytest.approx((0.36 + 1.44 + 7.84 + 1.96) / 4) == pytest.approx(2.9)
    assert told.engine == pytest.approx(1.45) and told.rmse == pytest.approx(2.9**0.5) and told.mae == pytest.approx(1.5)


def test_rmse_keeps_the_unit_and_mse_does_not():
    r = np.array([1.0, -1, 2, -3, 1])
    km, m = core.cost(r, np.zeros(5)), core.cost(1000 * r, np.zeros(5))
    assert (m.mse / km.mse, m.rmse / km.rmse, m.mae / km.mae) == pytest.approx((1e6, 1e3, 1e3))
    assert (km.mse, km.rmse, km.mae) == pytest.approx((3.2, 1.788854, 1.6))


@given(errors, st.floats(0.2, 3))
def test_losses_of_an_error_are_their_formulas(r, delta):
    far = abs(r) > delta
    expected = {"squared_error": (r * r / 2, r), "absolute_error": (abs(r), np.sign(r)),
                "huber": (delta * (abs(r) - delta / 2), delta * np.sign(r)) if far else (r * r / 2, r),
                "log_cosh": (np.log(np.cosh(r)), np.tanh(r))}
    for name, (value, slope) in expected.items():
        told = core.over_errors(name, np.array([r]), delta)
        assert [part[0] for part in told] == pytest.approx([value, slope], abs=1e-12)


def test_only_absolute_error_pulls_equally_at_two_and_at_four():
    slopes = {name: core.over_errors(name, np.array([2.0, 4.0]))[1] for name in ("squared_error", "absolute_error", "log_cosh")}
    assert [name for name, (a, b) in slopes.items() if a == b] == ["absolute_error"]


@pytest.mark.parametrize("X", [LINE, CONSTANT])
@pytest.mark.parametrize("name", core.FITS)
@pytest.mark.parametrize("height", [-5.0, 5.2, 25.0])
def test_nothing_beats_the_best_fit(X, name, height):
    y, loss = wild(height), core.loss_named(name, 0.5)
    best = core.best_fit(X, y, name, 0.5)
    steps = np.random.default_rng(0).normal(size=(2000, X.shape[1])) * np.logspace(-4, 0, 2000)[:, None]

    def total(c):
        return loss.value(X @ c, y).sum()
    assert all(total(best + step) >= total(best) - 1e-9 for step in steps)


def test_the_best_constants_are_mean_and_median():
    for height in (-5.0, 15.0):
        assert core.best_fit(CONSTANT, wild(height), "squared_error")[0] == pytest.approx(wild(height).mean())
        assert core.best_fit(CONSTANT, wild(height), "absolute_error")[0] == pytest.approx(np.median(wild(height)))
    y, far = np.array([1.0, 2, 3, 4, 10]), np.array([1.0, 2, 3, 4, 100])
    moved = [(core.best_fit(np.ones((5, 1)), far, name) - core.best_fit(np.ones((5, 1)), y, name))[0] for name in core.FITS[:2]]
    assert moved == pytest.approx([18, 0])


def test_the_outlier_drags_the_squared_line_far_the_huber_line_little_and_the_absolute_line_not():
    def moved(name, height):
        change = core.best_fit(LINE, wild(height), name, 0.5) - core.best_fit(LINE, Y, name, 0.5)
        return float(np.abs(LINE @ change).max())

    for height in np.linspace(5.2, 25, 12)[1:]:
        assert moved("absolute_error", height) < 1e-9
        assert moved("squared_error", height) == pytest.approx(moved("squared_error", 25.0) * (height - 5.2) / 19.8)
        assert moved("huber", height) < 0.35
    assert moved("squared_error", 25.0) > 6


@pytest.mark.parametrize("X,least", [(LINE, 3), (CONSTANT, 1)])
def test_absolute_error_and_huber_hardly_listen_wherever_the_outlier_is(X, least):
    moved = {name: max(float(np.abs(X @ (core.best_fit(X, wild(height), name, 0.5) - core.best_fit(X, Y, name, 0.5))).max())
                       for height in np.linspace(-5, 25, 31)) for name in core.FITS}
    assert moved["squared_error"] > least and max(moved["absolute_error"], moved["huber"]) < 1


def test_mae_counts_the_outlier_in_proportion_and_mse_does_not():
    others = X != 8
    line = LINE @ core.best_fit(LINE[others], Y[others], "squared_error")
    at = {height: core.cost(line, wild(height)) for height in (15.0, 16.0, 24.0, 25.0)}
    assert at[16.0].mae - at[15.0].mae == pytest.approx(1 / 9) == pytest.approx(at[25.0].mae - at[24.0].mae)
    assert at[25.0].mse - at[24.0].mse > 1.5 * (at[16.0].mse - at[15.0].mse)
    assert 0.3 < at[25.0].rmse - at[24.0].rmse < 1 / 3
    rest = core.cost(line, Y)
    assert at[15.0].mse / rest.mse > 300 and at[15.0].rmse / rest.rmse > 15 and at[15.0].mae / rest.mae < 10


@given(st.floats(-8, 8), st.sampled_from([0, 1]))
def test_the_two_gradients_of_a_confident_mistake(z, y):
    p = 1 / (1 + np.exp(-z))
    cross, squared = (core.over_sums(name, np.array([z]), np.array([y]))[1][0]
                      for name in ("binary_cross_entropy", "squared_error"))
    assert cross == pytest.approx(-(y - p), abs=1e-12)
    assert squared == pytest.approx(-(y - p) * p * (1 - p), abs=1e-12)


def test_the_squared_errors_gradient_vanishes_and_its_way_back_is_long():
    cross, squared = (core.over_sums(name, np.array([-6.0]), np.array([1]))[1][0]
                      for name in ("binary_cross_entropy", "squared_error"))
    assert cross == pytest.approx(-0.997527, abs=1e-6) and squared == pytest.approx(-0.002460, abs=1e-6)
    for z, y in ((-6.0, 1), (6.0, 0)):
        assert core.steps_until_right("binary_cross_entropy", z, y) == 7
        assert core.steps_until_right("squared_error", z, y) == 426
    assert core.steps_until_right("squared_error", 2.0, 1) == 0
    assert core.steps_until_right("squared_error", -8.0, 1, most=100) is None
    assert core.steps_until_right("squared_error", -8.0, 1) < 5_000


def test_several_classes_cost_minus_ln_of_the_right_ones_share():
    told = core.several(np.array([2.0, 1.0, -1.0]), 1)
    assert told.p == pytest.approx([0.705385, 0.259496, 0.035119], abs=1e-6)
    assert told.loss == pytest.approx(-np.log(told.p[1])) == pytest.approx(1.349013, abs=1e-6)
    assert told.gradient == pytest.approx(told.p - [0, 1, 0]) and told.gradient.sum() == pytest.approx(0, abs=1e-12)
    assert told.loss == pytest.approx(LOSSES["categorical_cross_entropy"].value(told.p, np.array([0, 1, 0])).sum())
    assert core.several(np.zeros(10), 4).loss == pytest.approx(np.log(10)) == pytest.approx(2.302585)


def test_only_samples_inside_the_margin_pay_under_hinge():
    x, signs = np.array([-2.8, -1.5, -0.5, 0.8, 1.0, 2.5]), np.array([-1.0, -1, 1, -1, 1, 1])
    loss, slope = core.over_sums("hinge", x, (signs + 1) / 2)
    assert loss == pytest.approx(np.maximum(0, 1 - signs * x)) and loss.mean() == pytest.approx(0.55)
    assert (slope[signs * x >= 1] == 0).all() and (slope[signs * x < 1] == -signs[signs * x < 1]).all()
    assert (core.over_sums("binary_cross_entropy", x, (signs + 1) / 2)[0] > 0).all()


def test_the_bowl_by_hand_and_by_finite_difference():
    assert BOWL.best == pytest.approx(1.6) and BOWL.border == pytest.approx(0.8)
    assert BOWL.cost(np.array([-2.0]))[0] == pytest.approx(16.25) and BOWL.slope(-2.0) == pytest.approx(-9)
    assert BOWL.slope(4.0) == pytest.approx(6) and BOWL.slope(1.6) == pytest.approx(0, abs=1e-12)
    low, high = BOWL.cost(np.array([0.7 - 1e-5, 0.7 + 1e-5]))
    assert (high - low) / 2e-5 == pytest.approx(BOWL.slope(0.7), rel=1e-8)
    assert BOWL.roll(-2.0, 0.1, 2) == pytest.approx([-2, -1.1, -0.425])


@pytest.mark.parametrize("rate,manner", [(0.01, "crawls"), (0.03, "crawls"), (0.1, "rolls down"), (0.3, "rolls down"),
                                         (0.4, "lands at once"), (0.5, "jumps over"), (0.78, "jumps over"),
                                         (0.8, "swings for ever"), (0.82, "runs away"), (1.0, "runs away")])
def test_the_point_goes_as_the_page_says(rate, manner):
    assert BOWL.manner(rate) == manner
    away = BOWL.roll(-2.0, rate, 30) - BOWL.best
    ratio = away[1:4] / away[:3] if manner != "lands at once" else None
    what = {"crawls": lambda: (ratio > 0.9).all() and abs(away[-1]) > 0.3,
            "rolls down": lambda: ((ratio > 0) & (ratio <= 0.9)).all(),
            "lands at once": lambda: np.abs(away[1:]).max() < 1e-12, "jumps over": lambda: ((ratio < 0) & (ratio > -1)).all(),
            "swings for ever": lambda: np.abs(away) == pytest.approx(np.full(31, 3.6)),
            "runs away": lambda: (ratio < -1).all() and abs(away[-1]) > abs(away[0])}
    assert what[manner]()


@given(st.floats(-4, 7))
def test_sign_rule(w):
    step = BOWL.roll(w, 0.1, 1)[1] - w
    assert np.sign(step) == -np.sign(BOWL.slope(w)) or abs(step) < 1e-12


@pytest.fixture(scope="module")
def network():
    return surfaces.train()


def test_the_network_is_really_trained(network):
    losses = network.loss(network.thetas)
    assert network.net.n_parameters == 17 and len(network.thetas) == surfaces.EPOCHS + 1
    assert losses[0] > 0.5 and losses[-1] < 0.05
    assert ((network.net.predict(network.thetas[-1], network.X) > 0.5) == (network.Y > 0.5)).mean() > 0.97


@pytest.mark.parametrize("pair", [(3, 15), (0, 4), (14, 15)])
def test_two_weights_moved_alone_walk_down_on_the_surface(network, pair):
    path = network.two_alone(pair)
    losses = network.loss(path)
    ground = [network.over(pair, theta[[pair[0]]], theta[[pair[1]]])[0, 0] for theta in path[::40]]
    assert ground == pytest.approx(losses[::40]) and losses[-1] < losses[0]
    fixed = np.setdiff1d(np.arange(17), pair)
    assert (path[:, fixed] == network.thetas[-1, fixed]).all() and (path[0, list(pair)] == network.thetas[0, list(pair)]).all()


def test_the_path_of_all_weights_meets_the_surface_only_at_its_end(network):
    on = [bool(np.isclose(network.loss(theta), network.over((3, 15), theta[[3]], theta[[15]])[0, 0]))
          for theta in network.thetas[[0, 100, -1]]]
    assert on == [False, False, True]


def test_the_step_on_the_surface_is_its_finite_difference(network):
    path, h = network.two_alone((3, 15), steps=1), 1e-5
    across, up = path[0, 3], path[0, 15]
    slopes = [np.diff(network.over((3, 15), np.array([across - h, across + h]), np.array([up])).ravel())[0] / (2 * h),
              np.diff(network.over((3, 15), np.array([across]), np.array([up - h, up + h])).ravel())[0] / (2 * h)]
    assert path[0, [3, 15]] - path[1, [3, 15]] == pytest.approx(slopes, rel=1e-6)


def test_weights_are_called_by_what_they_join(network):
    names = surfaces.weight_names(network.net)
    views = network.net.parameters.view(np.arange(17.0))
    assert len(names) == 12 and names[int(views["layers.0.W"][0, 3])] == "x₁ to unit 4"
    assert names[int(views["layers.0.W"][1, 0])] == "x₂ to unit 1"
    assert names[int(views["layers.1.W"][3, 0])] == "unit 4 to output"


def test_a_span_holds_its_path_with_room():
    low, high = surfaces.span(np.array([0.0, 4.0, 2.0]))
    assert low < 0 and high > 4 and surfaces.span(np.array([1.0, 1.0])) == (0.0, 2.0)
