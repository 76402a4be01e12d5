"""The cost along a plane through a network's last parameters: it agrees with the loss, and with what is said of the path."""

from dataclasses import replace

import numpy as np
import pytest

from ann_core import RunConfig
from ann_core.film.recording import Recording
from ann_core.lessons.optimizers_landscape import (
    SIDE,
    TRAININGS,
    WORK,
    Plane,
    along_path,
    at_random,
    of_recording,
    settings,
    train,
)
from ann_core.run.link import edited

SEEDS = range(20)


@pytest.fixture(scope="module")
def trained():
    """The example of every training over 20 seeds."""
    return {training: [train(training, seed) for seed in SEEDS] for training in TRAININGS}


@pytest.fixture(params=[along_path, at_random])
def plane(request, trained) -> Plane:
    descent = trained["SGD, all rows"][3]
    return at_random(descent, 1) if request.param is at_random else along_path(descent)[0]


def test_the_surface_agrees_with_the_loss_at_sampled_points(plane):
    alpha, beta = np.linspace(-2, 3, SIDE), np.linspace(-1, 1, SIDE)
    surface, net = plane.surface(alpha, beta), plane.descent.net
    for i, j in np.random.default_rng(0).integers(SIDE, size=(30, 2)):
        theta = plane.descent.thetas[-1] + alpha[j] * plane.directions[0] + beta[i] * plane.directions[1]
        loss, _ = net.loss_and_grad(theta, plane.descent.X, plane.descent.Y)
        assert surface[i, j] == pytest.approx(float(loss), rel=1e-12)


def test_the_centre_is_the_last_loss_exactly_and_so_is_the_end_of_the_path(plane):
    last = plane.descent.loss(plane.descent.thetas[-1])
    assert plane.loss(np.zeros(2)) == last and (plane.path[-1] == 0).all() and plane.loss(plane.path)[-1] == last


def test_the_plane_of_the_path_holds_more_of_it_than_any_other(trained):
    descent = trained["Adam, batches of 32"][0]
    main, shares = along_path(descent)
    np.testing.assert_allclose(main.directions @ main.directions.T, np.eye(2), atol=1e-12)
    assert main.share == pytest.approx(shares[:2].sum()) and shares.sum() == pytest.approx(1) and main.path[0, 0] > 0
    assert all(at_random(descent, seed).share < main.share for seed in range(10))
    assert Plane(descent, 3 * main.directions[::-1]).share == pytest.approx(main.share)  # whatever their lengths


def test_random_directions_are_as_long_as_each_units_weights_and_leave_biases(trained):
    descent = trained["SGD, all rows"][0]
    plane, view = at_random(descent, 5), descent.net.parameters.view
    own = view(descent.thetas[-1])
    for direction in plane.directions:
        drawn = view(direction)
        for name, values in own.items():
            wanted = np.linalg.norm(values, axis=0) if name.endswith("W") else np.zeros_like(values)
            found = np.linalg.norm(drawn[name], axis=0) if name.endswith("W") else drawn[name]
            np.testing.assert_allclose(found, wanted, rtol=1e-12)
    assert not np.allclose(plane.directions, at_random(descent, 6).directions)


# training: median share of the path in one and in two directions, first loss, last loss, the start as it appears in the plane
MEDIANS = {"SGD, all rows": (0.983, 0.998, 0.666, 0.036, 0.297), "SGD, batches of 32": (0.987, 0.996, 0.666, 0.088, 0.352),
           "Adam, batches of 32": (0.980, 0.996, 0.666, 0.040, 0.294)}


@pytest.mark.parametrize("training", TRAININGS)
def test_the_path_is_almost_flat_and_yet_the_plane_shows_another_cost_at_its_start(trained, training):
    rows = []
    for descent in trained[training]:
        plane, shares = along_path(descent)
        rows.append((shares[0], shares[:2].sum(), *descent.loss(descent.thetas[[0, -1]]), float(plane.loss(plane.path[0]))))
    found = np.array(rows)
    np.testing.assert_allclose(np.median(found, 0), MEDIANS[training], rtol=0.02)
    assert (found[:, 1] > 0.96).sum() >= 18
    assert (found[:, 4] < found[:, 2]).sum() == 20
    assert (found[:, 4] > found[:, 3]).sum() >= 18


def recorded(epochs: int = 30, **changes) -> Recording:
    """A recording of the example, played to this epoch."""
    recording = Recording(edited(settings("SGD, all rows"), changes))
    recording.frames(None, epochs, budget_ms=None)
    return recording


def test_the_path_of_a_recording_is_that_of_its_training():
    recording = recorded()
    descent, steps = of_recording(recording)
    whole = train("SGD, all rows").thetas
    assert steps[0] == 0 and steps[-1] == recording.latest.state.step == 30
    np.testing.assert_array_equal(descent.thetas, whole[steps])


def test_the_path_of_a_run_whose_rate_was_changed_on_the_way_is_the_one_it_went():
    recording = recorded(10)
    recording.change(edited(recording.config, {"training.learning_rate": 0.1}))
    recording.frames(10, 10, budget_ms=None)
    descent, steps = of_recording(recording)
    before, whole = recorded(10).latest, train("SGD, all rows").thetas
    assert steps[-1] == 20 and (descent.thetas[-1] == recording.latest.state.theta).all()
    np.testing.assert_array_equal(descent.thetas[list(steps).index(10)], before.state.theta)
    assert not np.array_equal(descent.thetas[-1], whole[20])


@pytest.mark.parametrize("changes,says", [
    ({"network.batch_norm": True}, "batch normalisation"), ({"seeds": 2}, "several seeds"),
    ({"training.class_weights": True}, "weights"), ({"data.samples": 10_000}, f"over {WORK:,}")])
def test_a_run_that_cannot_be_shown_is_refused_with_the_reason(changes, says):
    with pytest.raises(ValueError, match=says):
        of_recording(recorded(1, **changes))


def test_a_run_at_its_start_and_one_that_never_moved_are_refused():
    with pytest.raises(ValueError, match="not been trained"):
        of_recording(Recording(RunConfig()))
    still = train("SGD, all rows")
    with pytest.raises(ValueError, match="did not move"):
        along_path(replace(still, thetas=np.repeat(still.thetas[:1], 5, 0)))
