"""What the lesson on optimisers says of batches, rare features, decay, schedules, flat and hilly ground."""

import numpy as np
import pytest

from ann_core.lessons import optimizers as core
from ann_core.lessons import optimizers_batches as batches
from ann_core.lessons import optimizers_grounds as grounds
from ann_core.lessons.optimizers_surfaces import SURFACES
from ann_core.nn.optimizers import OPTIMIZERS, SCHEDULES
from ann_core.run.training import TrainingConfig

SADDLE = SURFACES["saddle"]
SIZES = (1, 4, 16, 32, 64, 128, 256)


def settings(optimizer: str, rate: float = 0.1, **more) -> TrainingConfig:
    return TrainingConfig(optimizer=optimizer, learning_rate=rate, **more)


@pytest.fixture(scope="module")
def seeds() -> list[dict[str, batches.Moment]]:
    return [batches.moments(seed) for seed in range(20)]


@pytest.mark.parametrize("when,angles,spreads", [
    ("at the start", (52.9, 34.5, 19.1, 13.1, 9.2, 5.7, 3.4), (1.886, 0.938, 0.470, 0.323, 0.214, 0.140, 0.083)),
    ("after 20 epochs", (83.4, 86.9, 78.3, 74.7, 68.1, 63.5, 49.0), (34.5, 15.7, 8.5, 5.64, 3.76, 2.67, 1.45))])
def test_noise_of_a_batch_over_twenty_seeds(seeds, when, angles, spreads):
    found = [[moment[when].bundle(size) for moment in seeds] for size in SIZES]
    assert [np.median([np.median(one.angles) for one in row]) for row in found] == pytest.approx(angles, rel=0.12)
    assert [np.median([one.spread for one in row]) for row in found] == pytest.approx(spreads, rel=0.15)
    for size, row in zip(SIZES, found, strict=True):
        assert all(one.spread == pytest.approx(float(moment[when].spread(size)), rel=0.2)
                   for one, moment in zip(row, seeds, strict=True)), size


def test_the_same_noise_is_larger_in_comparison_near_the_end_and_all_rows_have_none(seeds):
    grown = [moment["after 20 epochs"].bundle(32).spread / moment["at the start"].bundle(32).spread for moment in seeds]
    assert sum(ratio > 3 for ratio in grown) >= 18
    assert seeds[0]["at the start"].bundle(512).spread == pytest.approx(0, abs=1e-12)


def test_the_arrows_have_true_lengths_and_angles(seeds):
    bundle = seeds[0]["at the start"].bundle(4)
    x, y = bundle.arrows.T
    assert np.hypot(x, y) == pytest.approx(bundle.lengths)
    assert np.degrees(np.arctan2(np.abs(y), x)) == pytest.approx(bundle.angles)
    assert x * np.linalg.norm(bundle.full) ** 2 == pytest.approx(bundle.batches @ bundle.full)
    assert 0.2 < (y > 0).mean() < 0.8


def test_small_batches_learn_most_in_an_epoch_and_an_epoch_costs_the_same():
    ends = {size: np.array([batches.course(size, seed)[-1] for seed in range(5)]) for size in (4, 32, 512)}
    assert (ends[4] < ends[32]).all() and (ends[32] < ends[512]).all()
    assert {batches.work(size).epoch for size in (1, *SIZES, 512)} == {161_280}
    assert (batches.work(1).steps, batches.work(1).products, batches.work(512).steps) == (512, 315, 1)


def test_adagrads_rate_only_falls_and_a_rare_weight_keeps_more_of_it():
    path = core.walk(settings("adagrad"), grounds.rare_feature(10), [0.0, 0.0], 100)
    frequent, rare = core.effective_rates(path).T
    assert frequent[[0, 1, 2, 3, 9, 19, 49, 99]] == pytest.approx(
        (0.1, 0.070711, 0.057735, 0.05, 0.031623, 0.022361, 0.014142, 0.01), abs=5e-7)
    assert np.isnan(rare[:9]).all() and rare[[9, 19, 49, 99]] == pytest.approx((0.1, 0.070711, 0.044721, 0.031623), abs=5e-7)
    assert (np.diff(frequent) < 0).all() and (np.diff(rare[9:]) <= 0).all()
    assert rare[99] / frequent[99] == pytest.approx(10**0.5)
    assert -path.thetas[-1] == pytest.approx((1.858960, 0.502100), abs=5e-7)


def test_adagrad_pays_where_a_large_input_forces_gradient_descent_to_a_small_rate():
    ladder = [digit * 10.0**power for power in range(-3, 1) for digit in (1, 2, 5)]

    def best(optimizer: str, size: float) -> tuple[int | None, float]:
        found = [(grounds.learned(settings(optimizer, rate), size, 10), rate) for rate in ladder]
        return min(((steps, rate) for steps, rate in found if steps is not None), default=(None, 0.0))

    assert [best("sgd", size) for size in (1.0, 3.0, 10.0)] == [(11, 1.0), (80, 0.2), (2300, 0.01)]
    assert [grounds.learned(settings("adagrad", 1.0), size, 10) for size in (1.0, 3.0, 10.0)] == [12, 11, 10]
    assert grounds.learned(settings("sgd", 0.01), 10, 50) is None and grounds.learned(settings("adagrad", 1.0), 10, 50) == 50


def test_a_fading_mean_lets_the_rate_rise_again():
    gradient = grounds.becomes_small(20, 0.1)
    rates = {key: grounds.stretch(core.walk(settings(key, 1.0 if key == "adadelta" else 0.1), gradient, [0.0], 80))[:, 0]
             for key in ("adagrad", "rmsprop", "adadelta")}
    assert rates["rmsprop"][0] == pytest.approx(0.316228, abs=1e-6) and rates["rmsprop"][-1] > 5 * rates["rmsprop"][19]
    assert rates["adadelta"][-1] > 3 * rates["adadelta"][19] and (np.diff(rates["adagrad"]) < 0).all()


@pytest.mark.parametrize("strength,apart,mixed", [(0.01, (0.999, 0.998001, 0.997003), (0.9000001, 0.8004124, 0.7015866)),
                                                  (0.1, (0.99, 0.9801, 0.970299), (0.9, 0.8004124, 0.701586))])
def test_decay_keeps_its_strength_and_l2_in_adam_loses_it(strength, apart, mixed):
    nothing = core.bowl(0.0)
    for optimizer, more, weights in (("adamw", {"weight_decay": strength}, apart), ("sgd", {"l2": strength}, apart),
                                     ("adam", {"l2": strength}, mixed)):
        assert core.walk(settings(optimizer, **more), nothing, [1.0], 3).thetas[1:, 0] == pytest.approx(weights, abs=1e-6)


def test_under_l2_adam_hardly_decays_a_weight_with_large_gradients():
    """Medians over 20 streams of signs; a weight pulled by decay alone would end at 4.901."""
    ends = {"adamw": [], "adam": []}
    for seed in range(20):
        gradient = grounds.any_sign(np.array([0.01, 10.0]), seed)
        for optimizer, more in (("adamw", {"weight_decay": 0.01}), ("adam", {"l2": 0.01})):
            ends[optimizer].append(core.walk(settings(optimizer, 0.001, **more), gradient, [5.0, 5.0], 2000).thetas[-1])
    assert np.median(ends["adamw"], 0) == pytest.approx((4.901, 4.901), abs=0.06)
    assert np.median(ends["adam"], 0) == pytest.approx((3.214, 5.0), abs=0.06)
    assert sum(small < 3.5 and large > 4.8 for small, large in ends["adam"]) >= 18


@pytest.mark.parametrize("schedule,factors", [
    ("step", (1, 1, 1, 1, 1, 0.5, 0.5, 0.25)), ("cosine", (1, 0.999753, 0.853553, 0.5, 0.000247, 0, 0, 0)),
    ("exponential", (1, 0.993092, 0.840896, 0.707107, 0.503478, 0.5, 0.353553, 0.25)),
    ("warmup", (0, 0.01, 0.25, 0.5, 0.99, 1, 1, 1))])
def test_factors_of_the_schedules(schedule, factors):
    assert [SCHEDULES[schedule].factor(float(t), 100.0, 0.5) for t in (0, 1, 25, 50, 99, 100, 150, 200)] == pytest.approx(
        factors, abs=5e-7)


def jitter(**more) -> float:
    """Root mean square of w after 1,000 noisy steps, over 200 runs."""
    path = core.walk(settings("sgd", **more), core.noisy(core.bowl(1.0), 1.0, 0), np.full((200, 1), 2.0), 1000)
    return float(np.sqrt((path.thetas[-1] ** 2).mean()))


def test_a_constant_rate_ends_in_jitter_and_a_falling_one_settles():
    assert jitter() == pytest.approx((0.1 / 1.9) ** 0.5, rel=0.1)
    assert jitter(schedule="cosine", schedule_epochs=1000.0) == pytest.approx(0.061, abs=0.01)
    assert jitter(schedule="step", schedule_epochs=333.0, schedule_factor=0.1) == pytest.approx(0.055, abs=0.03)
    assert jitter(schedule="exponential", schedule_epochs=1000.0, schedule_factor=0.01) == pytest.approx(0.040, abs=0.01)


def test_a_warm_up_passes_the_steep_start_of_beale():
    def left(optimizer: str, warmup: int) -> int | None:
        path = grounds.steep_start(optimizer, warmup)
        return None if grounds.BEALE.inside(path.thetas[-1]) else len(path)

    def home(optimizer: str, warmup: int) -> int:
        return int((grounds.BEALE.value(grounds.steep_start(optimizer, warmup).thetas) < 1e-3).argmax())

    assert [left(key, 1) for key in ("momentum", "nesterov", "sgd")] == [7, 6, 2]
    assert left("momentum", 20) == 13 and [left("momentum", k) for k in (50, 100)] == [None, None]
    assert (home("momentum", 50), home("momentum", 100), home("sgd", 20), home("nesterov", 50)) == (159, 204, 119, 59)


def leaving(optimizer: str, y: float, steps=300) -> int | None:
    path = core.walk(settings(optimizer, 1.0 if optimizer == "adadelta" else 0.1), lambda theta, t: SADDLE.gradient(theta),
                     [-1.0, y], steps)
    far = np.abs(path.thetas[:, 1]) > 0.5
    return int(far.argmax()) if far.any() else None


@pytest.mark.parametrize("y,steps", [(1e-12, (284, 100, 88, 8, 3, 8, 6, 57)), (1e-6, (139, 50, 44, 7, 2, 6, 5, 37)),
                                     (1e-3, (67, 25, 22, 7, 2, 6, 5, 27)), (0.1, (19, 8, 7, 6, 2, 5, 5, 57))])
def test_steps_until_the_ridge_of_the_saddle_is_left(y, steps):
    names = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "nadam", "adadelta")
    assert tuple(leaving(name, y) for name in names) == steps


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_gradient_of_zero_stops_every_optimiser(optimizer):
    assert leaving(optimizer, 0.0) is None
    path = core.walk(settings(optimizer, weight_decay=0.0), core.bowl(0.0), [0.7], 100)
    assert (path.thetas == 0.7).all()


def test_noise_pushes_gradient_descent_off_the_ridge():
    for spread, middle in ((1e-6, 160), (1e-3, 87.5), (0.1, 39)):
        steps = []
        for seed in range(20):
            gradient = core.noisy(lambda theta, t: SADDLE.gradient(theta), spread, seed)
            far = np.abs(core.walk(settings("sgd"), gradient, [-1.0, 0.0], 300).thetas[:, 1]) > 0.5
            assert far.any()
            steps.append(int(far.argmax()))
        assert np.median(steps) == pytest.approx(middle, rel=0.15)


@pytest.mark.parametrize("optimizer,rate,near,far", [
    ("sgd", 1.0, 71, 3011), ("sgd", 0.1, 692, None), ("momentum", 0.1, 93, 3068), ("adagrad", 0.1, 237, 452),
    ("adadelta", 1.0, 309, 3054), ("rmsprop", 0.1, 23, 43), ("adam", 0.1, 36, 61), ("nadam", 0.1, 32, 46)])
def test_steps_over_the_plateau(optimizer, rate, near, far):
    for start, steps in ((-4.0, near), (-8.0, far)):
        past = core.walk(settings(optimizer, rate), grounds.PLATEAU.gradient, [start], 4000).thetas[:, 0] > 0
        assert (int(past.argmax()) if past.any() else None) == steps


def test_the_slopes_of_the_plateau_and_of_the_valleys():
    assert grounds.PLATEAU.slope(np.array([-8.0, -4.0, 0.0])) == pytest.approx((-0.000335, -0.01735, -0.125), rel=2e-3)
    for curve in (grounds.PLATEAU, grounds.VALLEYS):
        w = np.linspace(-3, 3, 31)
        assert curve.slope(w) == pytest.approx((curve.f(w + 1e-6) - curve.f(w - 1e-6)) / 2e-6, abs=1e-8)


def test_two_valleys_and_who_gets_over_the_rim():
    places = np.array(grounds.flat_places())
    assert places == pytest.approx((-1.046681, 0.101031, 0.945649), abs=1e-6)
    assert grounds.VALLEYS.f(places) == pytest.approx((-0.352386, 0.005026, -0.152639), abs=1e-6)

    def end(rate: float, start=2.0, **more) -> float:
        return float(core.walk(settings(rate=rate, **{"optimizer": "momentum", **more}), grounds.VALLEYS.gradient, [start],
                               3000).thetas[-1, 0])

    deep, _, shallow = places
    assert [end(0.01, momentum=mu) for mu in (0.0, 0.5, 0.8)] == pytest.approx([shallow] * 3)
    assert [end(0.01, momentum=mu) for mu in (0.9, 0.95, 0.99)] == pytest.approx([deep] * 3, abs=1e-5)
    assert [end(0.1), end(0.1, 1.5), end(0.03, -2.0)] == pytest.approx([shallow, deep, shallow], abs=1e-5)
    assert [end(rate, optimizer="adam") for rate in (0.01, 0.1)] == pytest.approx([shallow] * 2, abs=1e-5)
    assert end(0.5, optimizer="sgd") == pytest.approx(deep)


def test_little_noise_leaves_the_point_in_its_valley():
    for spread in (0.05, 0.2, 0.5):
        gradient = core.noisy(grounds.VALLEYS.gradient, spread, 0)
        assert (core.walk(settings("sgd"), gradient, np.full((20, 1), 2.0), 2000).thetas[-1] > 0.1).all()
