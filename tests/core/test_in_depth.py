"""What frames in depth carry: the factors of the backward product multiply up to what the bars show."""

import numpy as np
import pytest

from ann_core import RunConfig, advance, first_frame, start
from ann_core.film.scene import scene
from ann_core.lab.twins import DEFAULT
from ann_core.nn.initializers import INITIALIZERS
from ann_core.nn.measures import SUMS_BINS, SUMS_REACH, histograms
from ann_core.run.link import edited

SIGMOID, RELU = DEFAULT
KINDS = {"sigmoid": {}, "batch norm": {"network.batch_norm": True}, "skips": {"network.skip": True},
         "both": {"network.batch_norm": True, "network.skip": True}, "twenty seeds": {"seeds": 20},
         "uneven": {"network.layers": [{"units": n, "activation": "tanh"} for n in (7, 3, 9)], "network.skip": True}}


@pytest.mark.parametrize("kind", KINDS)
def test_the_factors_multiply_up_to_what_the_bars_show(kind):
    run = start(edited(SIGMOID, KINDS[kind]), in_depth=True)
    run, _ = advance(run, frames=1, epochs_per_frame=3)
    film = first_frame(run)
    layers = run.net.trace(run.state.theta, *run.setup.probe_rows(1000))

    def length(D):
        return np.sqrt((D**2).sum((-2, -1)))

    measured = np.stack([length(layer.dZ) for layer in layers]) / length(layers[-1].dZ)
    running = np.cumprod((film.by_weights[0] * film.by_slope[0])[::-1], axis=0)[::-1]
    np.testing.assert_allclose(running, measured, rtol=1e-9)
    # dW = Aᵀ dZ: the layers' inputs take the product to the RMS of dW.
    inputs = np.stack([length(layer.dW) / np.sqrt(np.prod(layer.dW.shape[-2:])) / length(layer.dZ) for layer in layers])
    np.testing.assert_allclose(running * inputs / inputs[-1], film.gradient[0] / film.gradient[0, -1], rtol=1e-9)


def test_slopes_stay_below_their_bound():
    for seed in range(20):
        film = first_frame(start(edited(SIGMOID, {"seed": seed}), in_depth=True))
        assert film.by_slope[0, :-1].prod() <= 0.25**10 and (film.by_slope[0, :-1] <= 0.25).all()


@pytest.mark.parametrize("name", [key for key in INITIALIZERS if key not in ("constant", "zeros")])
def test_the_initialisers_expected_factor_is_the_middle_of_many_draws(name):
    config = edited(SIGMOID, {"network.initializer": name, "network.sigma": 0.5, "seeds": 40})
    run = start(config, in_depth=True)
    expected = np.array(scene(run)[0]["expected_by_weights"])[1:]  # through a layer's weights to the layer below
    measured = np.median(first_frame(run).by_weights[0], axis=-1)[:-1]
    assert abs(np.log(measured[:-1] / expected[:-1])).max() < 0.35


def test_frames_without_depth_carry_none_of_it():
    film = first_frame(start(SIGMOID))
    assert not {"by_weights", "by_slope", "sums"} & set(film.columns)


def test_watching_in_depth_changes_nothing_else():
    plain, deep = (advance(start(RELU, in_depth=depth), frames=3)[1] for depth in (False, True))
    assert np.array_equal(plain.gradient, deep.gradient) and np.array_equal(plain.boundary, deep.boundary)


def test_histograms_count_every_value_in_its_bin():
    Z = np.array([[[-7.0, -5.99], [0.01, 0.02], [5.99, 1e9], [np.nan, 0.03]]])
    counts = histograms([Z])[0, 0]
    assert counts.shape == (SUMS_BINS,) and counts[0] == 255 and counts[-1] == 170 and counts[SUMS_BINS // 2] == 255
    assert SUMS_REACH == 6.0


@pytest.mark.parametrize("depth", [50, 64])
def test_underflow_and_depth_give_numbers_or_nothing_never_nonsense(depth):
    layers = [{"units": 10, "activation": "sigmoid"}] * depth
    film = first_frame(start(edited(SIGMOID, {"network.layers": layers}), in_depth=True))
    blocks = film.blocks()
    assert np.isfinite(film.gradient).all()
    assert not any(np.isnan(blocks[name]).any() for name in ("gradient", "by_weights", "by_slope"))


def test_networks_that_are_dead_all_through_have_factors_of_zero():
    film = first_frame(start(edited(RELU, {"network.initializer": "zeros"}), in_depth=True))
    assert (film.gradient[0, 0] == 0) and not np.isnan(film.by_slope).any() and film.dead.min() == 1


def test_a_run_that_diverges_says_in_which_layer_and_epoch():
    _, film = advance(start(RunConfig.model_validate({
        "data": {"source": "hills"}, "training": {"optimizer": "sgd", "learning_rate": 2.0}})), frames=30)
    assert film.state == "diverged" and "epoch 2" in film.message and "output layer" in film.message


PICTURES = RunConfig.model_validate({"data": {"source": "digits"}})


@pytest.mark.parametrize("seeds", [1, 3])
def test_flat_units_are_counted_over_the_rows_and_places_of_their_own_layer(seeds):
    layers = [{"kind": "conv2d", "filters": 3}, {"kind": "max_pool2d"}, {"kind": "flatten"}, {"units": 8, "activation": "relu"}]
    run = start(edited(PICTURES, {"network.layers": layers, "seeds": seeds}), in_depth=True)
    theta, film = run.state.first[0].copy(), first_frame(run)
    hidden = run.net.forward(run.net.parameters.rows(theta), run.setup.probe_rows(1000)[0])[2]
    for h, A in enumerate([hidden[0], hidden[3]]):
        off = A.reshape(-1, A.shape[-1]) == 0
        measured = film.saturated[0, h].ravel()[0], film.dead[0, h].ravel()[0]
        assert measured == pytest.approx((off.mean(), off.all(0).mean()), abs=1e-12) and measured[0] > 0.05


@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_the_expected_size_of_first_weights_is_that_of_the_drawn_ones(initializer):
    layers = [{"kind": "conv2d", "filters": 12}, {"kind": "flatten"}, {"units": 30}]
    run = start(edited(PICTURES, {"network.layers": layers, "network.initializer": initializer}), in_depth=True)
    expected, views = scene(run)[0]["expected_by_weights"], run.net.parameters.view(run.state.theta)
    for name, said in zip(("layers.0.W", "layers.2.W"), expected, strict=False):
        W = views[name]
        assert said == pytest.approx(np.sqrt(W.shape[0] * (W**2).mean()), rel=0.2)


@pytest.mark.parametrize("first", [{"kind": "flatten"}, {"kind": "max_pool2d"}, {"kind": "average_pool2d", "stride": 1}])
@pytest.mark.parametrize("seeds", [1, 2])
def test_layers_before_any_weights_are_drawn_alike_at_every_moment(first, seeds):
    layers = [first, *([] if first["kind"] == "flatten" else [{"kind": "flatten"}]), {"units": 5}]
    config = edited(PICTURES, {"network.layers": layers, "seeds": seeds})
    run, film = advance(start(config, in_depth=True), frames=3, steps_per_frame=2)
    shown = [len(layer["shown"]) for layer in scene(run)[0]["layers"]]
    before = sum(shown[:len(layers)])  # the inputs and what lies before the dense layer
    assert not film.failures and film.units.shape[:2] == (3, sum(shown))
    assert (film.units[0, :before] == film.units[2, :before]).all() and (film.units[0] != film.units[2]).any()
