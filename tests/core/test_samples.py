"""What is measured of a generator's samples: how much they cover, how many are good, and how the noise is bent."""

import numpy as np
import pytest

from ann_core import advance, start
from ann_core.data import GENERATORS
from ann_core.data.config import DataConfig
from ann_core.film.camera import first_frame
from ann_core.film.coverage import Truth, truth
from ann_core.film.probes import PROBES, samples
from ann_core.film.scene import scene
from ann_core.lab.gan_openers import USUAL
from ann_core.run.link import edited
from ann_core.run.objectives.adversarial import GENERATOR

EIGHT = GENERATORS["eight_clouds"]


def held(source="eight_clouds", noise=0.0, classes=2):
    return truth(DataConfig(source=source, noise=noise, classes=classes), np.zeros((5, 2)), 6.0)


def test_true_samples_cover_all_clouds_and_are_good():
    X, _ = EIGHT.make(512, 0.0, np.random.default_rng(1))
    covered, good = held().measure(X)
    assert covered == 1 and good > 0.97  # three deviations of a round cloud hold 98.9 %


@pytest.mark.parametrize("clouds", range(9))
def test_a_cloud_counts_with_two_in_a_hundred_samples(clouds):
    centers, _ = EIGHT.clouds(2, 0.0)
    X = np.full((100, 2), 9.0)
    X[:2 * clouds] = np.repeat(centers[:clouds], 2, 0)
    X[2 * clouds:2 * clouds + 1] = centers[clouds % 8]  # one alone is too few
    covered, good = held().measure(X)
    assert covered == clouds / 8 and good == (2 * clouds + 1) / 100


def test_clouds_reach_three_deviations_with_their_noise():
    assert held().reach == pytest.approx(0.3) and held(noise=0.1).reach == pytest.approx(3 * np.hypot(0.1, 0.15))
    assert len(held("blobs", classes=5).points) == 5 and len(held("grid").points) == 16


def test_without_clouds_points_are_covered_by_samples_near_them():
    line = Truth(np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0]]), 0.25, clouds=False)
    covered, good = line.measure(np.array([[0.1, 0.0], [0.0, 0.2], [1.5, 0.0], [3.2, 0.0]]))
    assert (covered, good) == (0.5, 0.75)


@pytest.mark.parametrize("worst", [np.nan, np.inf])
def test_samples_beyond_all_numbers_are_not_good(worst):
    X, _ = EIGHT.make(256, 0.0, np.random.default_rng(1))
    X[:128] = worst
    covered, good = held().measure(np.stack([X, np.full_like(X, worst)]))
    assert covered[0] == 1 and 0.4 < good[0] <= 0.5 and np.isnan([covered[1], good[1]]).all()


def test_every_seed_is_measured_and_the_first_one_drawn():
    many = advance(start(edited(USUAL, {"seeds": 3})), frames=2, steps_per_frame=2)[1]
    alone = advance(start(edited(USUAL, {"seed": 2})), frames=2, steps_per_frame=2)[1]
    first = advance(start(USUAL), frames=2, steps_per_frame=2)[1]
    assert many.covered.shape == many.good.shape == (2, 3) and many.samples.shape == (2, 256, 2)
    np.testing.assert_allclose(many.good[:, 2], alone.good)
    np.testing.assert_allclose(many.samples, first.samples, rtol=1e-8)


@pytest.mark.parametrize("latent", [1, 2, 5])
def test_the_net_is_what_the_generator_makes_of_straight_lines(latent):
    run = start(edited(USUAL, {"objective.latent": latent, "data.scaling": "standard"}))
    film, net = first_frame(run), run.setup.objective.networks[GENERATOR]
    lines = samples.noise_net(latent)
    assert lines.shape[-1] == latent and (lines[..., 2:] == 0).all() and np.abs(lines).max() == samples.REACH
    rows = net.parameters.rows(run.state.theta[run.setup.objective.parts[GENERATOR]])
    made = net.forward(rows, lines[1, 3])[0] * run.data.scaler.scale + run.data.scaler.center
    np.testing.assert_allclose(film.noise_net[0, 1, 3], made)


def test_only_two_networks_over_a_plane_have_samples():
    plain = start(edited(USUAL, {"objective.kind": "supervised"}))
    curve = start(edited(USUAL, {"data.source": "sine"}))
    bent = start(edited(USUAL, {"data.features": ("x1", "x1_squared")}))
    probe = PROBES["samples"]
    assert not any(probe.fits(run.setup) for run in (plain, curve, bent)) and probe.fits(start(USUAL).setup)


def test_time_is_told_in_rounds():
    run, _ = advance(start(USUAL), frames=1, steps_per_frame=40)
    header, blocks = scene(run)
    assert run.moment == "round 40" and header["clock"] == "round" and header["steps_per_epoch"] == 16
    assert start(edited(USUAL, {"objective.kind": "supervised"})).moment == "epoch 0"
    assert blocks["noise"].shape == (256, 2) and header["coverage"]["of"] == 8


@pytest.mark.parametrize("network,path", [("judge", "training"), ("generator", "objective.generator_training")])
@pytest.mark.parametrize("activation", ["leaky_relu", "linear"])
def test_a_network_that_diverges_alone_is_named_with_the_round(network, path, activation):
    layers = [{"units": 8, "activation": activation}] * 2
    run, film = advance(start(edited(USUAL, {
        "network.layers": layers, "objective.generator": layers, "objective.game": "least_squares",
        f"{path}.optimizer": "sgd", f"{path}.learning_rate": 100.0})), frames=60, steps_per_frame=1)
    assert film.state == "diverged" and run.message.startswith("Diverged in round ")
    assert f"{network}, " in run.message and f"a smaller learning rate of the {network} (it is 100" in run.message
    assert len(film.good) == film.frames and not film.failures
