"""What the lesson on optimisers says, worked out: every claim of the page."""

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
