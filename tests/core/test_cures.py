"""Cures switch one thing on and off again, and do what their help says for at least 18 of 20 seeds."""

from functools import cache

import numpy as np
import pytest

from ann_core import LayerConfig, RunConfig, advance, first_frame, start
from ann_core.base.measure import ACCURACY, RMSE
from ann_core.base.numbers import ratio, share, size
from ann_core.clinic.cures import CURES
from ann_core.lab.cures import effect, measure, sentence
from ann_core.lab.inside import inside, ridges
from ann_core.lab.twin_openers import LAB_OPENERS, normal, twin
from ann_core.lab.twins import DEFAULT, MAY_DIFFER
from ann_core.run.link import flatten, nest
from ui.charts.layers import ridgelines

SEEDS, ENOUGH = 20, 18
SIGMOID, RELU = DEFAULT


def holds(claims) -> bool:
    return int(np.sum(claims)) >= ENOUGH


def seeds(config: RunConfig) -> RunConfig:
    return RunConfig.model_validate(nest({**flatten(config), "seeds": SEEDS}))


@cache
def gradient(config: RunConfig):
    """(L, SEEDS), at the start."""
    return first_frame(start(seeds(config))).gradient[0]


def shares(config: RunConfig):
    return gradient(config)[0] / gradient(config)[-1]


@pytest.mark.parametrize("cure", CURES.values(), ids=lambda cure: cure.key)
@pytest.mark.parametrize("config", [SIGMOID, RELU, RunConfig(), twin("tanh", 3, normal(0.1) | {"data.scaling": "none"})])
def test_on_and_off_again(cure, config):
    off = config if cure.push else cure.without(config)
    on = cure.apply(off)
    assert not cure.is_on(off) and on != off
    if cure.push:
        assert cure.without(on) == off
    else:
        assert cure.is_on(on) and cure.apply(on) == on and cure.without(off) == off and not cure.is_on(cure.without(on))
    for one in (off, cure.without(on)):
        differ = {name for name, value in flatten(on).items() if value != flatten(one)[name]}
        assert len(differ) == 1 and differ <= {*MAY_DIFFER, "network.layers"}


def test_batch_norm_and_skips_bring_ten_sigmoid_layers_back():
    plain = shares(SIGMOID)
    for key in ("batch_norm", "skip"):
        assert holds(shares(CURES[key].apply(SIGMOID)) >= 1_000 * plain)
    assert holds(shares(CURES["relu"].apply(SIGMOID)) > 0.05)


@pytest.mark.parametrize("key", ["glorot_normal", "he_normal", "lecun_normal"])
def test_no_initialiser_saves_ten_sigmoid_layers(key):
    assert holds(shares(CURES[key].apply(SIGMOID)) < 1e-3)


@pytest.mark.parametrize("key", ["clip_norm", "clip_value", "scaling", "smaller_rate", "larger_rate"])
def test_what_does_not_touch_the_gradient_of_ten_sigmoid_layers(key):
    unscaled = CURES["scaling"].without(SIGMOID)
    assert holds(shares(CURES[key].apply(unscaled)) < 1e-4)
    cured = advance(start(seeds(CURES[key].apply(unscaled))), frames=1, epochs_per_frame=30)[1]
    assert holds(cured.test_score[-1] < 0.6)


def test_xavier_keeps_tanh_and_plain_normal_spoils_it():
    tanh = CURES["tanh"].apply(SIGMOID)
    xavier, cause = CURES["glorot_normal"].apply(tanh), CURES["normal"]
    small, large = (cause.apply(RunConfig.model_validate(nest({**flatten(tanh), "network.sigma": s}))) for s in (0.1, 2.0))
    assert holds(shares(xavier) > 0.05)
    assert holds(gradient(small)[0] < 1e-3 * gradient(xavier)[0]) and holds(gradient(large)[0] > 10 * gradient(xavier)[0])
    assert holds(gradient(twin("relu", 10, normal(0.1)))[0] < 1e-3 * gradient(RELU)[0])
    assert holds(gradient(twin("relu", 10, normal(2.0)))[0] > 1e3 * gradient(RELU)[0])


def test_lecun_halves_what_he_keeps_through_relu():
    deep = twin("relu", 10)
    he, lecun = (start(seeds(CURES[key].apply(deep))) for key in ("he_normal", "lecun_normal"))
    A = [run.net.forward(run.net.parameters.rows(run.state.theta), run.data.X_train)[2] for run in (he, lecun)]
    np.testing.assert_allclose(A[1][9] * 2 ** (10 / 2), A[0][9], rtol=1e-9)


def test_skips_explode_many_relu_layers():
    deep = twin("relu", 20)
    assert holds(gradient(CURES["skip"].apply(deep))[0] > 1e3 * gradient(deep)[0])


def test_scaling_matters_where_inputs_are_large_and_only_there():
    wine = twin("relu", 3, {"data.source": "wine", "data.scaling": "none"})
    assert holds(gradient(wine)[0] > 10 * gradient(CURES["scaling"].apply(wine))[0])
    moons = twin("relu", 3, {"data.scaling": "none"})
    change = gradient(moons)[0] / gradient(CURES["scaling"].apply(moons))[0]
    assert holds((change > 0.2) & (change < 5))


def test_clipping_bounds_every_step():
    wild = twin("relu", 10, normal(1.0))
    for key, bound in (("clip_norm", 1.0), ("clip_value", 0.1)):
        run = start(seeds(CURES[key].apply(wild)))
        trainer = run.trainer()
        with np.errstate(all="ignore"):
            for _ in range(10):
                before = trainer.theta.copy()
                trainer.one_step()
                step = (before - trainer.theta) / run.config.training.learning_rate
                reached = np.sqrt((step**2).sum(-1)) if key == "clip_norm" else np.abs(step).max(-1)
                assert (reached <= bound * (1 + 1e-6)).all()


def test_a_tenth_of_the_rate_cures_and_ten_times_the_rate_causes():
    calm = twin("tanh", 2, {"data.source": "hills", "training.learning_rate": 0.2, "training.batch_size": 100_000,
                            "training.epochs": 100})
    wild = CURES["larger_rate"].apply(calm)
    assert CURES["smaller_rate"].apply(wild) == calm
    tame, hot = (advance(start(seeds(config)), frames=1, epochs_per_frame=100)[1] for config in (calm, wild))
    assert holds(tame.train_loss[-1] < 0.1)
    assert hot.state == "diverged" or holds(~(hot.train_loss[-1] < 1e6))


def test_the_effect_in_one_line():
    found = effect(SIGMOID, CURES["relu"], 60)
    assert sentence(found).startswith("Layer 1's share of the output layer's gradient 1/") and " × , " not in sentence(found)
    assert sentence(found).endswith("held-out accuracy after 60 epochs 50 % → 100 %.")
    again = effect(CURES["relu"].apply(SIGMOID), CURES["relu"], 60, before=found.before)
    assert again == found and measure(SIGMOID, 60) == found.before
    clipped = sentence(effect(LAB_OPENERS["exploding"].twins[1], CURES["clip_norm"], 5))
    assert "stays" in clipped and "held-out RMSE after 5 epochs none (diverged in epoch 1) → " in clipped
    assert sentence(effect(LAB_OPENERS["exploding"].twins[1], CURES["larger_rate"], 5)).endswith("; it diverges all the same.")
    assert "held-out accuracy after 3 epochs" in sentence(effect(twin(changes={"training.epochs": 3}), CURES["skip"], 60))


def test_what_is_refused_or_changes_nothing_is_said():
    single = RunConfig.model_validate(nest({**flatten(SIGMOID), "training.batch_size": 1}))
    assert "not possible here: Batch normalisation needs at least 2 rows" in sentence(effect(single, CURES["batch_norm"], 5))
    fast = RunConfig.model_validate(nest({**flatten(SIGMOID), "training.learning_rate": 50.0}))
    assert "not possible here" in sentence(effect(fast, CURES["larger_rate"], 5))
    none = RunConfig.model_validate(nest({**flatten(SIGMOID), "network.layers": []}))
    assert sentence(effect(none, CURES["relu"], 5)) == "ReLU: changes nothing here."
    assert sentence(effect(none, CURES["clip_norm"], 5)).startswith("The gradient's size stays ")


def test_figures_in_words():
    assert [size(v) for v in (0.0, 4.6e-8, 1.0, 123456, np.inf)] == ["0", "4.6·10⁻⁸", "1", "1.2·10⁵", "too large to show"]
    assert [share(v) for v in (1 / 13_664, 0.312, 123.4, 3e-13, 0, 2.5e7)] == [
        "1/14,000", "0.31 ×", "123 ×", "3.0·10⁻¹³", "0", "2.5·10⁷ ×"]
    assert [ACCURACY.words(v) for v in (0.5, 0.997, 1.0)] == ["50 %", "99.7 %", "100 %"]
    assert RMSE.words(0.12345) == "0.123" and RMSE.words(np.nan) == "not known"
    assert [ratio(0, 0), ratio(np.inf, np.inf), ratio(1, 0), ratio(0, 1), ratio(1e300, 1e-300)] == [1, 1, np.inf, 0, np.inf]


LAYERS = [[], [LayerConfig(units=1)], [LayerConfig(units=5, activation="relu")] * 64, [LayerConfig(activation="step")] * 3]


@pytest.mark.parametrize("layers", LAYERS, ids=len)
@pytest.mark.parametrize("seeds", [1, 2])
@pytest.mark.parametrize("change", [{}, {"network.batch_norm": True}, {"network.skip": True}, normal(10.0)])
def test_inside_any_network(layers, seeds, change):
    config = RunConfig.model_validate(nest({**flatten(SIGMOID), "network.layers": layers, "seeds": seeds, **change}))
    found = inside(start(config))
    assert len(found.saturated) == len(found.dead) == len(layers)
    for one in (found.outputs, found.unit_gradients, found.weight_gradients):
        assert one.shares.shape == (len(layers) + 1, 60) and np.isfinite(one.edges).all() and (np.diff(one.edges) > 0).all()
        np.testing.assert_allclose(one.shares.sum(1) + one.below + one.above + one.zero + one.missing, 1)
        chart = ridgelines(one, "Title", "value", "#c2417c").to_dict()
        assert chart["width"] == "container" and sum(map(len, chart["datasets"].values())) == 61 * (len(layers) + 1)


@pytest.mark.parametrize("key", ["ten", "batch_norm", "skip"])
def test_inside_agrees_with_the_film(key):
    run, _ = advance(start(LAB_OPENERS[key].twins[1]), frames=1, epochs_per_frame=2)
    found, film = inside(run), first_frame(run)
    np.testing.assert_allclose(found.saturated, film.saturated[0])
    np.testing.assert_allclose(found.dead, film.dead[0])
    assert found.outputs.names[0] == "layer 1" and found.outputs.names[-1] == "output"


def test_histograms_count_every_value():
    rng = np.random.default_rng(0)
    found = ridges(["a", "b", "c"], [rng.normal(0, 1, 1_000), np.array([np.nan, -np.inf, np.inf, 0.0]), np.full(9, 50.0)])
    assert found.missing.tolist() == [0, 0.75, 0] and found.zero.tolist() == [0, 0.25, 0] and found.below[0] == 0.01
    np.testing.assert_allclose(found.shares.sum(1) + found.below + found.above + found.zero + found.missing, 1)
    assert found.shares[2, -1] == 1, "a layer of one value is in the picture"
    logs = ridges(["a", "b"], [np.array([0.0, -1e-300, 1e-300]), np.ones(5)], log=True)
    np.testing.assert_allclose(logs.edges[[0, -1]], [-300, 0])
    for log in (False, True):
        for odd in (np.zeros(4), np.array([np.nan]), np.full(3, 1e300), np.array([-1.7e308, 1.7e308]), np.full(3, 1e-320)):
            one = ridges(["x"], [odd], log)
            assert np.isfinite(one.edges).all() and (np.diff(one.edges) > 0).all()
            assert np.isclose(one.shares.sum() + one.below + one.above + one.zero + one.missing, 1).all()
