"""What the lesson on gradients claims, in the engine: products, bounds, and every cause and cure over twenty seeds."""

from functools import cache

import numpy as np
import pytest

from ann_core.lab import remedies
from ann_core.lab.remedies import CAUSES, SOON
from ann_core.lab.twin_openers import normal, twin
from ann_core.lessons import gradients as core
from ann_core.lessons.gradients_norm import BATCH, kept, normed, sums, unit
from ann_core.lessons.neuron_kinds import EXAMPLES, needs_answers
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.layers import PLAIN
from ann_core.run.config import RunConfig
from ann_core.run.link import edited
from ann_core.run.run import start

SEEDS, ENOUGH = range(core.SEEDS), 18
tried = cache(core.trial)


def holds(claims) -> bool:
    return int(np.sum(claims)) >= ENOUGH


def seeded(config: RunConfig, seed: int) -> RunConfig:
    return edited(config, {"seed": seed})


# The product

@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("layers,w", [(1, 0.5), (4, 1.0), (8, -1.3), (5, 4.0), (3, 0.0)])
def test_the_factors_of_a_chain_multiply_to_its_gradient(activation, layers, w):
    chain = core.chain(activation, layers, w, 1.0, 0.3)
    assert np.prod([factor for _, factor in chain.way()]) == pytest.approx(chain.gradient, rel=1e-12, abs=1e-300)
    assert len(chain.way()) == 2 * layers + 2 and max(np.abs(chain.slopes)) <= ACTIVATIONS[activation].steepest


def test_the_chain_of_three_sigmoid_units_has_its_textbook_slopes():
    chain = core.chain("sigmoid", 3, 0.5, 1.0, 0.0)
    assert np.round(chain.slopes, 5).tolist() == [0.23500, 0.24404, 0.24487]


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("layers,sigma", [(1, 0.3), (6, 0.1), (10, 1.0), (12, 3.0)])
def test_the_shown_factors_multiply_to_the_ratio_of_the_bars(activation, layers, sigma):
    for seed in range(5):
        way = core.way_back(seeded(twin(activation, layers, SOON | normal(sigma)), seed))
        product = way.by_slope.prod() * way.by_weights.prod() * way.by_inputs
        assert product == pytest.approx(way.gradient[0] / way.gradient[-1], rel=1e-9) == way.ratio
        assert way.by_slope.prod() <= way.bound * (1 + 1e-12)


def test_the_bound_is_one_of_the_slopes_alone():
    large = [core.way_back(seeded(twin("sigmoid", 10, SOON | normal(1.0)), seed)) for seed in SEEDS]
    small = [core.way_back(seeded(twin("sigmoid", 10, SOON | normal(0.1)), seed)) for seed in SEEDS]
    assert {way.bound for way in large} == {0.25 ** 10}
    assert holds([way.ratio > way.bound for way in large]) and holds([way.ratio < way.bound for way in small])


def test_a_gradient_vanishes_in_ratio_or_in_size_or_explodes():
    def ways(activation: str, sigma: float) -> list[core.WayBack]:
        return [core.way_back(seeded(twin(activation, 10, SOON | normal(sigma)), seed)) for seed in SEEDS]

    tanh, sigmoid = ways("tanh", 0.1), ways("sigmoid", 1.0)
    assert holds([way.ratio > 0.05 and way.verdict == "vanishes" for way in tanh])
    assert np.median([way.ratio for way in ways("sigmoid", 0.3)]) < 1e-5
    assert holds([way.ratio < 0.1 for way in sigmoid])
    assert holds([way.verdict == "arrives" for way in ways("tanh", 0.3)])
    assert holds([way.verdict == "explodes" for way in ways("relu", 2.0)])


@pytest.mark.parametrize("layers", [6, 10, 16])
def test_doubled_weights_double_the_gradient_once_a_layer(layers):
    small, large = (core.way_back(twin("relu", layers, SOON | normal(s))) for s in (0.5, 1.0))
    times = (large.by_weights.prod() * large.by_slope.prod()) / (small.by_weights.prod() * small.by_slope.prod())
    assert abs(np.log2(times) - layers) < 1


# Causes

def first(cause: str, rung: int) -> core.Trial:
    return tried(list(CAUSES[cause].rungs.values())[rung])


@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_starts_harmless_and_ends_in_ruin(cause):
    assert first(cause, 0).learned.sum() >= ENOUGH and first(cause, -1).learned.sum() <= core.SEEDS - ENOUGH


def test_what_causes_do_to_the_gradient_before_the_first_step():
    def change(cause: str) -> np.ndarray:
        return first(cause, -1).gradient[0] / first(cause, 0).gradient[0]

    assert holds(change("depth") < 1e-4) and holds(change("small") < 1e-4)
    assert holds(change("large") > 1e3) and holds(change("inputs") > 10)
    assert (change("rate") == 1).all()


def test_saturation_flattens_the_slopes_of_layer_1():
    calm, wild = (list(CAUSES["saturation"].rungs.values())[i] for i in (0, -1))
    slopes = [[core.way_back(seeded(config, seed)).by_slope[0] for seed in SEEDS] for config in (calm, wild)]
    assert holds(np.array(slopes[1]) < 0.2 * np.array(slopes[0]))


# Cures

REMEDIES = {"relu": remedies.activation("relu"), "tanh": remedies.activation("tanh"),
            **{rule: remedies.first_weights(rule) for rule in ("glorot_normal", "he_normal", "lecun_normal")},
            "batch_norm": remedies.batch_norm(), "skip": remedies.skip(), "clip_norm": remedies.clip("clip_norm"),
            "clip_value": remedies.clip("clip_value"), "scaling": remedies.scaling(), "rate": remedies.rate()}


@pytest.mark.parametrize("cure", REMEDIES)
def test_a_cure_helps_where_it_is_said_to(cure):
    before, after = (tried(config) for config in (REMEDIES[cure].helps.without, REMEDIES[cure].helps.cured))
    assert after.learned.sum() >= ENOUGH
    assert before.learned.sum() <= (12 if cure.startswith("clip") else core.SEEDS - ENOUGH)


@pytest.mark.parametrize("cure", REMEDIES)
def test_and_not_where_it_is_said_not_to(cure):
    after = tried(REMEDIES[cure].fails.cured)
    assert after.learned.sum() <= core.SEEDS - ENOUGH


def test_skips_ruin_deep_relu_networks_that_learned_without():
    pair = remedies.skip().fails
    before, after = tried(pair.without), tried(pair.cured)
    assert before.learned.sum() >= ENOUGH and holds(after.gradient[0] > 1e3 * before.gradient[0])


@pytest.mark.parametrize("cure", ["clip_norm", "clip_value", "rate"])
def test_cures_of_the_step_leave_the_gradient_at_the_start(cure):
    for pair in (REMEDIES[cure].helps, REMEDIES[cure].fails):
        np.testing.assert_array_equal(tried(pair.without).gradient, tried(pair.cured).gradient)


def test_a_trials_member_is_its_solo_run():
    config = remedies.rate().helps.cured
    way = core.way_back(seeded(config, 7))
    np.testing.assert_allclose(tried(config).gradient[:, 7], way.gradient, rtol=1e-9)


# Units

def test_a_unit_of_the_network_and_its_skip():
    config = remedies.skip().helps.cured
    found = unit(config, 10)
    assert found.bent == pytest.approx(1 / (1 + np.exp(-found.z)))
    assert found.slope == pytest.approx(found.bent * (1 - found.bent))
    assert found.out == pytest.approx(found.bent + found.came) and (found.n_in, found.n_out) == (10, 10)
    run, step = start(config), 1e-6
    net, p = run.net, run.net.parameters.rows(run.state.theta)
    _, _, outputs = net.forward(p, run.data.X_train[:1])
    A = np.repeat(outputs[8], 2, axis=0) + [[0.0], [step]] * np.eye(10)[:1]
    out, _ = net.layers[9].forward(p[9], A, PLAIN)
    assert (out[1, 0] - out[0, 0]) / step == pytest.approx(found.slope * found.w + 1, rel=1e-5)


def test_batch_normalisation_by_hand():
    Z = sums(remedies.batch_norm().helps.cured, 3)
    found = normed(Z, 2.0, -0.5)
    assert len(Z) == BATCH and (found.mean, found.variance) == (pytest.approx(Z.mean()), pytest.approx(Z.var()))
    np.testing.assert_allclose(found.hat, (Z - Z.mean()) / np.sqrt(Z.var() + 1e-5))
    np.testing.assert_allclose(found.out, 2 * found.hat - 0.5)
    assert found.factor == pytest.approx(2 / np.sqrt(Z.var() + 1e-5))


def test_one_row_alone_gives_beta_and_running_statistics_do_not():
    assert normed(np.array([2.5]), 1.0, 0.3).out[0] == 0.3
    assert normed(np.array([2.5]), 1.0, 0.3, 0.5, 4.0).out[0] == pytest.approx(2 / np.sqrt(4 + 1e-5) + 0.3)


def test_running_statistics_follow_the_batches():
    config = edited(remedies.batch_norm().helps.cured, {"training.batch_size": 8})
    found = kept(config, 20)
    run = start(config)
    order = np.random.default_rng([config.seed, 2, 0]).permutation(len(run.data.X_train))[:8]
    W = run.net.parameters.view(run.state.theta)["layers.0.W"][:, 0]
    first_batch = run.data.X_train[order] @ W
    assert found.batch_mean[0] == pytest.approx(first_batch.mean()) and found.mean[0] == 0 and found.variance[0] == 1
    assert found.batch_variance[0] == pytest.approx(first_batch.var(ddof=1))
    np.testing.assert_allclose(found.mean[1:], 0.9 * found.mean[:-1] + 0.1 * found.batch_mean)


def test_few_rows_tell_the_mean_of_a_unit_less_well():
    def scatter(rows: int, seed: int) -> float:
        found = kept(edited(remedies.batch_norm().helps.cured, {"training.batch_size": rows, "seed": seed}), 60)
        return float(np.std(found.batch_mean / np.sqrt(found.variance[1:])))

    assert holds([scatter(2, seed) > 2 * scatter(128, seed) for seed in SEEDS])


def test_clipping_shortens_or_bends():
    by_norm, by_value = core.clipped(np.array([4.0, 3.0]), 2.0)
    np.testing.assert_allclose(by_norm, [1.6, 1.2])
    np.testing.assert_allclose(by_value, [2.0, 2.0])
    turned = [core.angle(np.array([4.0, 3.0]), part) for part in (by_norm, by_value)]
    assert turned == [pytest.approx(0, abs=1e-5), pytest.approx(8.13, abs=0.01)]
    same = core.clipped(np.array([0.3, -0.2]), 2.0)
    assert all((part == [0.3, -0.2]).all() for part in same) and core.angle(np.zeros(2), np.ones(2)) == 0


# Kinds of learning

@pytest.mark.parametrize("key", [key for key, example in EXAMPLES.items() if example.run])
def test_supervised_learning_needs_the_answers_and_unsupervised_does_not(key):
    assert needs_answers(EXAMPLES[key].run) == EXAMPLES[key].supervised
