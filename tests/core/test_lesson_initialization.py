"""What the lesson on initialisation claims, in the engine: every figure of its section of the curriculum, over 20 seeds."""

from functools import cache

import numpy as np
import pytest

from ann_core.lessons.initialization import Start, pooled_variance, sums
from ann_core.lessons.initialization_depth import (
    DEEPEST,
    SEEDS,
    Layers,
    kept,
    measured,
    moons,
    network,
    row,
    spreads,
    squares,
    theory,
)
from ann_core.lessons.initialization_training import EPOCHS, EVERY, accuracy, epochs, learned, loss, settings, symmetry
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.initializers import INITIALIZERS
from ann_core.run.run import start

XAVIER, HE, LECUN = Start("glorot_normal"), Start("he_normal"), Start("lecun_normal")
ZEROS, SMALL, LARGE, ORTHOGONAL = Start("zeros"), Start("normal", 0.01), Start("normal", 1.0), Start("orthogonal")
SHAPES = ((32, 32), (100, 100), (100, 50), (2, 8), (8, 1))


# First weights -------------------------------------------------------------------------------------------------------

FORMULAS = {
    "glorot": lambda n, m: 2 / (n + m), "he": lambda n, m: 2 / n, "lecun": lambda n, m: 1 / n,
    "orthogonal": lambda n, m: 0.1 ** 2 / max(n, m), "normal": lambda n, m: 0.1 ** 2, "uniform": lambda n, m: 0.1 ** 2 / 3,
    "constant": lambda n, m: 0.0, "zeros": lambda n, m: 0.0}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_the_variance_of_every_initialiser_is_that_of_its_formula(initializer, shape):
    begin, wanted = Start(initializer, 0.1), FORMULAS[initializer.partition("_")[0]](*shape)
    assert begin.variance(*shape) == pytest.approx(wanted)
    assert pooled_variance(begin, shape, 200 if shape[0] * shape[1] < 100 else 40) == pytest.approx(wanted, rel=0.04, abs=1e-30)


@pytest.mark.parametrize("initializer,shape,limit", [
    ("glorot_uniform", (32, 32), 0.306186), ("he_uniform", (32, 32), 0.433013), ("glorot_uniform", (100, 100), 0.173205)])
def test_uniform_weights_reach_up_to_the_root_of_three_times_their_variance(initializer, shape, limit):
    largest = max(np.abs(Start(initializer).draw(shape, seed)).max() for seed in range(SEEDS))
    assert 0.99 * limit < largest <= limit + 1e-6


@pytest.mark.parametrize("shape", [(32, 32), (100, 50)])
def test_the_columns_of_orthogonal_weights_stand_at_right_angles(shape):
    for seed in range(SEEDS):
        W = ORTHOGONAL.draw(shape, seed)
        assert np.abs(W.T @ W - np.eye(shape[1])).max() < 5e-15


@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_the_theory_of_a_histogram_is_how_the_weights_lie(initializer):
    begin, shape = Start(initializer, 0.5), (32, 32)
    W = np.stack([begin.draw(shape, seed) for seed in range(SEEDS)])
    at = np.linspace(-1, 1, 9)
    found = np.array([(place >= W).mean() for place in at])
    assert begin.below(at, *shape) == pytest.approx(found, abs=0.01)


def test_only_zeros_and_constant_are_the_same_in_every_draw():
    assert {name for name in INITIALIZERS if not Start(name).random} == {"zeros", "constant"}


def test_a_start_is_called_by_its_initialiser_and_its_sigma():
    assert [Start("normal", 0.01).label, Start("uniform", 0.1).label] == ["normal (0.01)", "uniform (±0.1)"]


# One layer -----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("n_in,variance,halved,spread", [
    (100, 1.0, False, 10), (25, 1.0, False, 5), (100, 0.01, False, 1), (100, 0.02, True, 1), (16, 0.0625, True, 0.5 ** 0.5)])
def test_a_layer_multiplies_the_mean_square_by_n_in_times_the_variance(n_in, variance, halved, spread):
    found = [sums(n_in, variance, halved, seed) for seed in range(SEEDS)]
    assert found[0].spread == pytest.approx(spread)
    assert np.median([one.Z.std() for one in found]) == pytest.approx(spread, rel=0.03)


# Fifty layers --------------------------------------------------------------------------------------------------------

# activation, start: spread of layers 1, 10 and 50, ∂L/∂W of layers 1, 10 and 50, what became of signal and gradient
TABLE = [
    ("linear", LARGE, (1.4, 8.5e6, 9.7e36), (8.9e35, 2.8e35, 2.1e35), "explodes", "explodes"),
    ("linear", XAVIER, (0.35, 0.35, 0.31), (0.063, 0.021, 0.016), "holds", "holds"),
    ("linear", ORTHOGONAL, (0.25, 0.25, 0.25), (0.066, 0.017, 0.017), "holds", "holds"),
    ("sigmoid", XAVIER, (0.084, 0.12, 0.11), (2.8e-33, 2.6e-28, 0.0044), "alike", "vanishes"),
    ("sigmoid", LARGE, (0.26, 0.39, 0.39), (4.3e-9, 4.6e-8, 0.034), "alike", "vanishes"),
    ("tanh", ZEROS, (0, 0, 0), (0, 0, 0), "nothing", "nothing"),
    ("tanh", Start("constant", 0.1), (0.1, 1, 1), (2.3e-72, 1.1e-70, 4.1e-4), "saturates", "vanishes"),
    ("tanh", SMALL, (0.014, 8.5e-14, 9.6e-64), (2.2e-64, 6.7e-65, 6.1e-65), "dies", "vanishes"),
    ("tanh", LARGE, (0.69, 0.92, 0.92), (7.2e9, 2.7e7, 0.018), "saturates", "explodes"),
    ("tanh", Start("uniform", 1.0), (0.57, 0.85, 0.86), (2.4e5, 5.4e3, 0.013), "saturates", "explodes"),
    ("tanh", XAVIER, (0.31, 0.19, 0.072), (0.011, 0.0049, 0.0051), "shrinks", "holds"),
    ("tanh", HE, (0.69, 0.56, 0.54), (0.081, 0.058, 0.025), "holds", "holds"),
    ("relu", SMALL, (0.0085, 2.4e-15, 2.7e-72), (3.0e-73, 7.4e-74, 5.0e-74), "dies", "vanishes"),
    ("relu", XAVIER, (0.21, 0.0096, 8.7e-10), (9.9e-11, 3.3e-11, 2.2e-11), "dies", "vanishes"),
    ("relu", HE, (0.85, 0.9, 0.086), (0.0024, 0.0025, 9.7e-4), "shrinks", "holds"),
    ("selu", LECUN, (1, 1, 1), (0.063, 0.053, 0.032), "holds", "holds"),
]


@pytest.mark.parametrize("activation,begin,spread,dW,forward,backward", TABLE,
                         ids=[f"{activation}-{begin.label}" for activation, begin, *_ in TABLE])
def test_fifty_layers_at_step_0(activation, begin, spread, dW, forward, backward):
    found = row(begin, activation)
    assert found.spread == pytest.approx(spread, rel=0.06) and found.dW == pytest.approx(dW, rel=0.06)
    assert (found.forward, found.backward) == (forward, backward)


@cache
def networks(activation: str, begin: Start) -> list[Layers]:
    return [measured(begin, activation, DEEPEST, seed) for seed in range(SEEDS)]


def test_rows_of_a_deep_sigmoid_network_look_alike_while_its_units_differ():
    found = networks("sigmoid", XAVIER)
    rows = np.median([one.rows[[0, 4, 9]] for one in found], 0)
    assert rows == pytest.approx([0.075, 2.2e-4, 1.7e-7], rel=0.06)
    assert all(one.rows[-1] < 1e-12 and one.units[-1] > 0.05 for one in found)


@pytest.mark.parametrize("activation,begin,wanted", [
    ("tanh", XAVIER, [0.28, 0.20, 0.16, 0.12, 0.057]), ("tanh", LARGE, [0.67, 0.92, 0.92, 0.92, 0.92]),
    ("relu", HE, [0.71, 0.37, 0.27, 0.10, 0.026]), ("selu", LECUN, [0.92, 0.89, 0.88, 0.82, 0.81])])
def test_the_spread_between_rows(activation, begin, wanted):
    rows = np.median([one.rows[[0, 4, 9, 19, 49]] for one in networks(activation, begin)], 0)
    assert rows == pytest.approx(wanted, rel=0.06)


def test_outputs_of_large_tanh_weights_look_fine_and_their_gradients_explode_in_every_network():
    found = networks("tanh", LARGE)
    assert all(one.backward == "explodes" and 0.9 < one.spread[-1] < 0.94 for one in found)
    assert sum(one.dW[0] > 1e3 * one.dW[-2] for one in found) == SEEDS


def test_each_part_of_the_measurement_is_what_the_engines_own_trace_says():
    X, Y = moons()
    net = network(HE, "relu", 6)
    traced, found = net.trace(net.initial(3), X, Y), measured(HE, "relu", 6, 3)
    rms = [np.sqrt((layer.dW ** 2).mean()) for layer in traced], [np.sqrt((layer.dZ ** 2).mean()) for layer in traced]
    assert found.dW == pytest.approx(rms[0]) and found.dZ == pytest.approx(rms[1])
    assert found.spread == pytest.approx([layer.A.std() for layer in traced[:-1]])
    assert found.outputs.max(1) == pytest.approx(np.ones(6)) == found.gradients.max(1)


def test_zeros_have_histograms_too():
    found = measured(ZEROS, "tanh", 5, 0)
    assert not found.gradients.any() and np.isfinite(found.edges).all()


# Theory --------------------------------------------------------------------------------------------------------------

def test_relu_keeps_half_of_the_mean_square():
    for q in (0.1, 1.0, 7.0):
        assert kept(ACTIVATIONS["relu"], q).square == pytest.approx(q / 2)
    assert theory(HE, "relu", DEEPEST, 100, 100).q == pytest.approx(np.full(DEEPEST, 2.0))


@pytest.mark.parametrize("activation,begin,wanted", [
    ("tanh", LECUN, [1, 0.394, 0.128, 0.0580, 0.0273, 0.01043]), ("tanh", HE, [2, 1.04, 0.666, 0.6203, 0.618, 0.618]),
    ("tanh", LARGE, [100, 92.1, 91.7, 91.71, 91.71, 91.71]), ("relu", LECUN, [1, 0.5, 0.0625, 0.00195, 1.91e-6, 1.78e-15]),
    ("selu", LECUN, [1, 1, 1, 1, 1, 1]), ("sigmoid", LECUN, [1, 0.293, 0.2647, 0.2647, 0.2647, 0.2647])])
def test_the_theory_of_the_sums(activation, begin, wanted):
    assert theory(begin, activation, DEEPEST, 100, 100).q[[0, 1, 4, 9, 19, 49]] == pytest.approx(wanted, rel=0.005)


@pytest.mark.parametrize("activation,begin", [("tanh", HE), ("tanh", LARGE), ("selu", LECUN)])
def test_a_network_that_pulls_itself_back_follows_the_theory_at_any_depth(activation, begin):
    line = theory(begin, activation, DEEPEST, 100, 100).q
    near = [np.abs(squares(begin, activation, 100, seed) / line - 1).max() < 0.35 for seed in range(SEEDS)]
    assert sum(near) >= 18


def test_hes_factor_of_1_holds_for_the_mean_and_the_typical_network_lies_below_it():
    narrow, wide = (np.array([squares(HE, "relu", width, seed) for seed in range(SEEDS)]) for width in (32, 100))
    assert narrow[:, 9].mean() == pytest.approx(2, rel=0.3) and np.median(narrow[:, 49]) < 0.2 < np.median(wide[:, 49]) < 1.5
    assert narrow[:, 49].mean() > 3 * np.median(narrow[:, 49])


def test_the_theory_of_the_way_back_starts_at_the_output():
    """A linear network: every layer multiplies ∂L/∂z by √(n_out Var(W))."""
    line = theory(HE, "linear", 5).back
    assert line[:-1] / line[1:] == pytest.approx(np.full(4, 2 ** 0.5)) and line[-1] == pytest.approx((2 / 32) ** 0.5)
    measured_back = np.array([one.dZ[:-1] / one.dZ[-1] for one in networks("tanh", HE)])
    assert np.median(measured_back, 0) == pytest.approx(theory(HE, "tanh", DEEPEST).back, rel=1.0)


def test_weights_that_are_not_random_have_no_theory():
    assert theory(ZEROS, "tanh", 5) is None is theory(Start("constant"), "tanh", 5)


# Turns ---------------------------------------------------------------------------------------------------------------

def test_orthogonal_weights_stretch_nothing_in_any_network():
    found = np.array([spreads(ORTHOGONAL, "linear", seed)[[0, -1]] for seed in range(SEEDS)])
    assert found == pytest.approx(np.full((SEEDS, 2), 0.25))
    drawn = np.array([spreads(LECUN, "linear", seed)[-1] for seed in range(SEEDS)])
    assert drawn.min() < 0.4 and drawn.max() > 3


def test_selu_finds_its_own_level_from_either_start():
    for begin, low, high in ((ORTHOGONAL, 0.9, 1.1), (LECUN, 0.75, 1.4)):
        last = np.array([spreads(begin, "selu", seed)[-1] for seed in range(SEEDS)])
        assert ((low < last) & (last < high)).sum() >= 18


# Training ------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
@pytest.mark.parametrize("begin", [ZEROS, Start("constant", 0.1), Start("constant", 0.5)], ids=lambda begin: begin.label)
def test_units_that_start_equal_stay_equal_unit_by_unit(begin, activation, optimizer):
    found = symmetry(begin, activation, optimizer)
    assert not found.apart.any()
    moved = np.abs(found.parameters[-1] - found.parameters[0]).max() > 0
    assert moved == (begin != ZEROS or activation == "sigmoid")


def test_random_units_go_ways_of_their_own():
    apart = [symmetry(XAVIER, "tanh", "sgd", seed).apart[-1] for seed in range(SEEDS)]
    assert sum(a > 1 for a in apart) >= 18


@pytest.mark.parametrize("begin,activation,optimizer,loss,accuracy", [
    (Start("constant", 0.5), "tanh", "sgd", 0.2703, 0.911), (Start("constant", 0.1), "tanh", "adam", 0.2692, 0.911),
    (Start("constant", 0.1), "relu", "sgd", 0.283, 0.911), (ZEROS, "sigmoid", "adam", 0.285, 0.911),
    (ZEROS, "tanh", "sgd", 0.693, 0.5)], ids=lambda part: getattr(part, "label", str(part)))
def test_the_points_that_are_shown_are_like_the_median_of_five_draws(begin, activation, optimizer, loss, accuracy):
    found = [symmetry(begin, activation, optimizer, draw, draw) for draw in range(5)]
    assert np.median([one.loss for one in found]) == pytest.approx(loss, abs=5e-4)
    assert np.median([one.accuracy for one in found]) == pytest.approx(accuracy, abs=1e-3)
    shown = symmetry(begin, activation, optimizer)
    assert shown.loss == pytest.approx(loss, abs=5e-4) and shown.accuracy == pytest.approx(accuracy, abs=0.02)


def test_equal_units_learn_what_one_unit_can():
    for value in (0.1, 0.5):
        run = start(settings(Start("constant", value), "tanh", "sgd", units=1))
        *_, last = epochs(run)
        found = symmetry(Start("constant", value), "tanh", "sgd").accuracy
        assert found < 0.95 and found == pytest.approx(float(accuracy(run, last)), abs=0.06)


@cache
def manners(begin: Start, activation: str, optimizer: str) -> list[str]:
    found = learned([begin] * SEEDS, activation, optimizer, 5)
    return [found.manner(i) for i in range(SEEDS)]


@pytest.mark.parametrize("begin,activation,optimizer,wanted,least", [
    (ZEROS, "tanh", "sgd", "stuck", 20), (ZEROS, "tanh", "adam", "stuck", 20), (ZEROS, "relu", "sgd", "stuck", 20),
    (ZEROS, "relu", "adam", "stuck", 20), (SMALL, "tanh", "sgd", "stuck", 20), (SMALL, "relu", "sgd", "stuck", 20),
    (SMALL, "tanh", "adam", "half-way", 18), (HE, "sigmoid", "sgd", "stuck", 20), (XAVIER, "sigmoid", "sgd", "stuck", 20),
    (XAVIER, "tanh", "sgd", "learned", 18), (HE, "tanh", "sgd", "learned", 18), (LECUN, "tanh", "sgd", "learned", 18),
    (ORTHOGONAL, "tanh", "sgd", "learned", 18), (XAVIER, "relu", "sgd", "learned", 18), (HE, "relu", "sgd", "learned", 18),
    (XAVIER, "tanh", "adam", "learned", 18), (HE, "relu", "adam", "learned", 18)],
    ids=lambda part: getattr(part, "label", str(part)))
def test_what_five_layers_make_of_a_start(begin, activation, optimizer, wanted, least):
    assert manners(begin, activation, optimizer).count(wanted) >= least


def test_adam_leaves_none_of_the_small_tanh_networks_stuck():
    assert "stuck" not in manners(SMALL, "tanh", "adam")


def test_networks_side_by_side_equal_runs_of_their_own():
    starts, seed = (SMALL, HE, XAVIER), 4
    found = learned(starts, "relu", "adam", 5, seed)
    assert found.loss.shape == (EPOCHS // EVERY + 1, 3)
    for k, begin in enumerate(starts):
        run = start(settings(begin, "relu", "adam", 5, 10, seed + k))
        losses = [float(loss(run, theta)) for theta in epochs(run, EVERY)]
        assert found.loss[:, k] == pytest.approx(losses, rel=1e-6)


def test_a_network_that_runs_away_is_said_to():
    found = learned([LARGE] * SEEDS, "relu", "sgd", 10)
    assert "ran away" in [found.manner(i) for i in range(SEEDS)]
