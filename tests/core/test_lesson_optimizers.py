"""What the lesson on optimisers says, worked out: every claim of the page."""

import numpy as np
import pytest

from ann_core.lessons import optimizers as core
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.training import TrainingConfig

ONE = core.bowl(1.0)


def settings(optimizer: str, rate: float = 0.1, **more) -> TrainingConfig:
    return TrainingConfig(optimizer=optimizer, learning_rate=rate, **more)


def hand(optimizer: str, start=(1.0,), steps=50, gradient=ONE, **more) -> core.Path:
    """A path at the rate of the table that was worked by hand."""
    return core.walk(settings(optimizer, **{"rate": 1.0 if optimizer == "adadelta" else 0.1, **more}), gradient, start, steps)


@pytest.mark.parametrize("product,first,tenth,hundredth", [
    (0.1, (0.9, 0.81, 0.729), 0.348678, 2.65614e-5), (0.5, (0.5, 0.25, 0.125), 9.76562e-4, 7.88861e-31), (1, (0, 0, 0), 0, 0),
    (1.5, (-0.5, 0.25, -0.125), 9.76562e-4, 7.88861e-31), (1.9, (-0.9, 0.81, -0.729), 0.348678, 2.65614e-5),
    (1.99, (-0.99, 0.9801, -0.970299), 0.904382, 0.366032), (2, (-1, 1, -1), 1, 1),
    (2.01, (-1.01, 1.0201, -1.030301), 1.10462, 2.70481), (2.1, (-1.1, 1.21, -1.331), 2.59374, 13780.6),
    (3, (-2, 4, -8), 1024, 1.26765e30)])
@pytest.mark.parametrize("k", [1.0, 4.0])
def test_each_step_multiplies_the_distance_by_one_minus_rate_times_curvature(product, first, tenth, hundredth, k):
    w = core.walk(settings("sgd", product / k), core.bowl(k), [1.0], 100).thetas[:, 0]
    assert w[1:4] == pytest.approx(first, abs=1e-9)
    assert (abs(w[10]), abs(w[100])) == pytest.approx((tenth, hundredth), rel=1e-5)


BY_HAND = {
    "sgd": ((0.9, 0.81, 0.729), (), 0.348678, 0.005154),
    "momentum": ((0.9, 0.72, 0.486), ((1, 1.8, 2.34),), -0.588789, -0.066680),
    "nesterov": ((0.81, 0.5751, 0.327321), ((1, 1.71, 2.1141),), -0.346578, -0.004940),
    "adagrad": ((0.9, 0.833104, 0.780456), ((1, 1.81, 2.50406),), 0.553731, 0.137083),
    "adadelta": ((0.996838, 0.993598, 0.990309), ((0.1, 0.189369, 0.269155), (9.9999e-7, 1.94945e-6, 2.83634e-6)),
                 0.966597, 0.826051),
    "rmsprop": ((0.683772, 0.498871, 0.369181), ((0.1, 0.136754, 0.147966),), 0.032117, 0),
    "adam": ((0.9, 0.800412, 0.701586), ((0.1, 0.18, 0.242041), (0.001, 0.001809, 0.00244785)), 0.076249, -0.004818),
    "adamw": ((0.899, 0.798519, 0.698911), ((0.1, 0.1799, 0.241762), (0.001, 0.0018072, 0.00244303)), 0.071696, -0.006517),
    "nadam": ((0.894355, 0.819973, 0.752729), ((0.1, 0.179435, 0.243489), (0.001, 0.00179887, 0.00246943),
                                               (0.450073, 0.202599, 0.0912143)), 0.323364, 0.002008)}


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_three_steps_of_every_optimiser_by_hand(optimizer):
    weights, memories, tenth, fiftieth = BY_HAND[optimizer]
    path = hand(optimizer)
    assert path.thetas[1:4, 0] == pytest.approx(weights, abs=5e-7)
    assert path.thetas[[10, 50], 0] == pytest.approx((tenth, fiftieth), abs=5e-7)
    assert len(path.memories) == len(memories)
    for memory, expected in zip(path.memories, memories, strict=True):
        assert memory[1:4, 0] == pytest.approx(expected, rel=5e-6)
    step = path.step(2)
    assert (step.w, step.to, step.g) == pytest.approx((weights[0], weights[1], weights[0]), abs=5e-7)
    assert step.before == pytest.approx([memory[0] for memory in memories], rel=5e-6)
    assert step.after == pytest.approx([memory[1] for memory in memories], rel=5e-6)


@pytest.mark.parametrize("optimizer,mu,known", [("sgd", 0.0, 2.0), ("momentum", 0.5, 3.0), ("momentum", 0.9, 3.8),
                                                ("momentum", 0.99, 3.98), ("nesterov", 0.5, 1.5), ("nesterov", 0.9, 1.357143),
                                                ("nesterov", 0.99, 1.335570)])
def test_the_border_of_the_rate_is_where_a_search_finds_it(optimizer, mu, known):
    """Many curvatures side by side: between the last that shrinks and the first that grows, narrowed down six times."""
    half, low, high = (4000, 1.0, 5.0) if mu == 0.99 else (400, 1.0, 5.0)
    for _ in range(6):
        k = np.linspace(low, high, 15)
        w = np.abs(core.walk(settings(optimizer, 1.0, momentum=mu), core.bowl(*k), np.ones(15), 2 * half).thetas)
        done = len(w) - 1
        grows = w[done] > w[done // 2]
        assert not grows[0] and grows[-1]
        low, high = k[grows.argmax() - 1], k[grows.argmax()]
    assert core.border(optimizer, mu) == pytest.approx((low + high) / 2, abs=1e-6)
    assert core.border(optimizer, mu) == pytest.approx(known, abs=1e-6)


def test_gradient_descent_shrinks_just_below_its_border_swings_on_it_and_grows_just_above():
    for k in (0.5, 1.0, 4.0):
        below, on, above = (abs(core.walk(settings("sgd", product / k), core.bowl(k), [1.0], 100).thetas[-1, 0])
                            for product in (1.999999, 2.0, 2.000001))
        assert (below, on, above) == (pytest.approx(0.9999, abs=1e-7), 1.0, pytest.approx(1.0001, abs=1e-7))


def test_two_weights_by_hand():
    for optimizer, rows in {"sgd": ((0.9, 0.6), (0.81, 0.36), (0.729, 0.216)),
                            "momentum": ((0.9, 0.6), (0.72, 0), (0.486, -0.54)),
                            "nesterov": ((0.81, 0.24), (0.5751, -0.2664), (0.327321, -0.433296))}.items():
        path = hand(optimizer, (1.0, 1.0), 3, core.bowl(1.0, 4.0))
        assert path.thetas[1:] == pytest.approx(np.array(rows), abs=5e-7)


@pytest.mark.parametrize("optimizer", ["adagrad", "adadelta", "rmsprop", "adam", "adamw", "nadam"])
@pytest.mark.parametrize("steep", [4.0, 100.0])
def test_a_rate_for_each_weight_cancels_the_curvature_along_the_axes(optimizer, steep):
    one, two = hand(optimizer).thetas, hand(optimizer, (1.0, 1.0), gradient=core.bowl(1.0, steep)).thetas
    assert np.abs(two[:, 0] - one[:, 0]).max() < 1e-12
    assert np.abs(two[:, 1] - one[:, 0]).max() < (2e-2 if optimizer == "adadelta" else 1e-6)


def constant(size: float) -> core.Gradient:
    return lambda theta, t: np.full_like(theta, size)


@pytest.mark.parametrize("size,lengths", [
    (1e-8, (1e-9, 0.099010, 0.075975, 0.05, 0.052823, 1e-8)), (1e-6, (1e-7, 0.099990, 0.306534, 0.099010, 0.104599, 1e-6)),
    (1e-3, (1e-4, 0.1, 0.316218, 0.099999, 0.105644, 0.000953)), (1.0, (0.1, 0.1, 0.316228, 0.1, 0.105645, 0.003162)),
    (1e3, (100, 0.1, 0.316228, 0.1, 0.105645, 0.003162)), (1e6, (1e5, 0.1, 0.316228, 0.1, 0.105645, 0.003162))])
def test_the_first_step_by_the_size_of_the_gradient(size, lengths):
    for optimizer, length in zip(("sgd", "adagrad", "rmsprop", "adam", "nadam", "adadelta"), lengths, strict=True):
        assert -hand(optimizer, (0.0,), 1, constant(size)).thetas[1, 0] == pytest.approx(length, rel=1e-3), optimizer


def test_adams_correction_at_the_start():
    path = hand("adam", (0.0,), 1000, constant(1000.0))
    m, v = core.corrected(path)
    assert m[:, 0] == pytest.approx(np.full(1000, 1e3)) and v[:, 0] == pytest.approx(np.full(1000, 1e6))
    assert np.diff(-path.thetas[:, 0]) == pytest.approx(np.full(1000, 0.1))
    bare = path.memories[0][1:, 0] / np.sqrt(path.memories[1][1:, 0])
    assert bare[[0, 1, 4, 9, 19, 49, 99, 999]] == pytest.approx((3.16, 4.25, 5.80, 6.53, 6.24, 4.50, 3.24, 1.26), abs=5e-3)


@pytest.mark.parametrize("scale,ends", [
    (0.001, {"sgd": 0.998, "momentum": 0.9879, "adagrad": 0.37658, "rmsprop": 0.00007, "adam": -0.27115, "adadelta": 0.98068}),
    (1.0, {"sgd": 0.1216, "momentum": 0.3447, "adagrad": 0.37658, "rmsprop": 0.00007, "adam": -0.27115, "nadam": -0.02928,
           "adadelta": 0.93184}),
    (1000.0, {"sgd": 8.2e39, "momentum": 6.9e39, "adagrad": 0.37658, "rmsprop": 0.00007, "adam": -0.27115,
              "adadelta": 0.93184})])
def test_the_whole_loss_times_a_number(scale, ends):
    for optimizer, end in ends.items():
        found = abs(hand(optimizer, steps=20, gradient=core.bowl(scale)).thetas[20, 0])
        assert found == pytest.approx(abs(end), rel=2e-2, abs=2e-5), optimizer


def test_a_push_of_five_steps_and_how_far_it_carries():
    def push(theta, t):
        return np.full_like(theta, float(t <= 5))

    for optimizer, after, end in (("sgd", 0.5, 0.5), ("momentum", 1.31441, 4.99983), ("nesterov", 1.68297, 4.99985),
                                  ("adam", 0.5, 1.34613), ("nadam", 0.40494, 0.68264), ("adagrad", 0.32317, 0.32317),
                                  ("rmsprop", 1.06453, 1.06453)):
        way = -hand(optimizer, (0.0,), 100, push).thetas[:, 0]
        assert (way[5], way[100]) == pytest.approx((after, end), abs=1e-4), optimizer


def test_momentum_adds_up_what_stays_the_same():
    v = hand("momentum", (0.0,), 50, constant(1.0)).memories[0][:, 0]
    assert v[[1, 2, 3, 10, 22, 50]] == pytest.approx((1, 1.9, 2.71, 6.513, 9.015, 9.948), abs=6e-4)


def test_rmsprop_never_rests_and_adam_and_adagrad_do():
    for t in (1000, 2000, 3000):
        assert abs(hand("rmsprop", steps=t).thetas[-1, 0]) == pytest.approx(0.05, abs=1e-6)
    assert abs(hand("adam", steps=3000).thetas[-1, 0]) < 1e-12 and abs(hand("adagrad", steps=3000).thetas[-1, 0]) < 1e-9


def test_nesterov_overshoots_less_than_momentum():
    found = {key: hand(key, steps=300).thetas[:, 0] for key in ("sgd", "momentum", "nesterov")}
    assert found["sgd"].min() > 0
    assert [int((found[key] < 0).argmax()) for key in ("momentum", "nesterov")] == [5, 5]
    assert [found[key].min() for key in ("momentum", "nesterov")] == pytest.approx([-0.603717, -0.393994], abs=1e-6)
    assert [core.settled(w, 0.01) for w in found.values()] == [44, 81, 42]


def ravine(optimizer: str, rate: float, steps=4000, steep=100.0, **more) -> int | None:
    w = core.walk(settings(optimizer, rate, **more), core.bowl(1.0, steep), [1.0, 1.0], steps).thetas
    return core.settled(w**2 @ np.array([1.0, steep]) / 2, 1e-3)


def test_in_a_ravine_the_steep_way_limits_the_rate_and_the_flat_one_waits():
    assert [ravine("sgd", rate) for rate in (0.001, 0.005, 0.01, 0.015, 2 / 101, 0.0199, 0.02)] == [
        3106, 620, 310, 206, 271, 539, None]
    assert ravine("momentum", 0.01) == 103 and ravine("nesterov", 0.01) == 51
    assert [ravine("momentum", 0.01, momentum=mu) for mu in (0.8, 0.95, 0.99)] == [52, 211, 1078]
    for steep, plain, heavy in ((10, 22, 11), (100, 271, 50), (1000, 3281, 198)):
        root = steep**0.5
        assert ravine("sgd", 2 / (1 + steep), 6000, steep) == plain
        assert ravine("momentum", 4 / (1 + root) ** 2, 6000, steep, momentum=((root - 1) / (root + 1)) ** 2) == heavy


def test_a_path_ends_before_its_numbers_overflow_and_keeps_what_is_finite():
    path = core.walk(settings("sgd", 100.0), core.bowl(100.0), [1.0], 1000)
    assert 50 < len(path) < 1000 and np.isfinite(path.thetas).all() and len(path.thetas) == len(path) + 1
    assert len(core.walk(settings("sgd", 100.0), constant(1e308), [1.0], 5)) == 0


def test_a_schedule_counts_steps_and_the_first_step_of_a_warm_up_is_not_zero():
    path = core.walk(settings("sgd", 0.1, schedule="warmup", schedule_epochs=10.0), ONE, [1.0], 20)
    assert [path.rate(t) for t in (1, 5, 10, 20)] == pytest.approx([0.01, 0.05, 0.1, 0.1])
    assert path.step(1).to == pytest.approx(0.99)
