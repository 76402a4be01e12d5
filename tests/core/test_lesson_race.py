"""The race of optimisers: exact slopes on six surfaces, who arrives first from the usual start, and what leaves the picture."""

import numpy as np
import pytest

from ann_core.lab.twins import check
from ann_core.lessons.optimizers import walk
from ann_core.lessons.optimizers_network import SUITS, final_losses, next_step
from ann_core.lessons.optimizers_network import settings as network
from ann_core.lessons.optimizers_race import NEAR, race, settings, slopes, turned, winners
from ann_core.lessons.optimizers_surfaces import SURFACES
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.run import start

NAMES = ("sgd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "nadam")
# The first step with f < 0.001, each at the rate that suits it.
ARRIVE = {"bowl": (1, 23, 2, 4, 278, 88, 62, 45), "ravine": (350, 78, 45, 6, 1426, 314, 79, 54),
          "saddle": (19, 44, 12, 1, 199, 58, 42, 18), "rosenbrock": (3232, 365, 604, 2949, None, 3854, 1090, 1931),
          "beale": (282, 199, 43, 141, None, 376, 75, 150), "himmelblau": (10, 61, 18, 6, 13, 615, 80, 46)}
# At a rate of 0.1 for all: the first step outside the picture of SGD, momentum and Nesterov; who arrives first.
SAME_RATE = {"bowl": ((None, None, None), "rmsprop"), "ravine": ((1, 1, 1), "rmsprop"),
             "saddle": ((None, None, None), "rmsprop"), "rosenbrock": ((1, 1, 1), "adam"), "beale": ((1, 1, 1), "rmsprop"),
             "himmelblau": ((2, 2, 2), "rmsprop")}


@pytest.fixture(params=SURFACES)
def surface(request):
    return SURFACES[request.param]


@pytest.mark.parametrize("angle", [0, 30, 90])
def test_slopes_are_those_of_the_surface(surface, angle):
    turned_by = surface.turned(angle)
    places = np.array(surface.centre) + np.random.default_rng(1).uniform(-surface.reach, surface.reach, (50, 2))
    ends = [[turned_by.value(places + sign * 1e-6 * e) for e in np.eye(2)] for sign in (1, -1)]
    differences = (np.stack(ends[0], -1) - np.stack(ends[1], -1)) / 2e-6
    scale = np.abs(differences).max()
    np.testing.assert_allclose(turned_by.gradient(places), differences, rtol=1e-5, atol=1e-8 * scale)


def test_the_minima_are_the_lowest_places_and_lie_in_the_picture(surface):
    minima = np.array(surface.minima, float)
    assert (surface.value(minima) < 1e-20).all() and surface.inside(minima).all() and surface.inside(np.array(surface.start))
    places = np.array(surface.centre) + np.random.default_rng(2).uniform(-surface.reach, surface.reach, (1000, 2))
    assert (surface.value(places) > 0).all()


@pytest.mark.parametrize("angle", [15, 45, 90])
def test_a_turned_surface_has_the_same_costs_at_the_turned_places(surface, angle):
    own, other = np.random.default_rng(3).normal(size=(20, 2)), surface.turned(angle)
    np.testing.assert_allclose(other.own(other.shown(own)), own, atol=1e-12)
    np.testing.assert_allclose(other.value(other.shown(own)), surface.value(own), rtol=1e-9)


def test_who_arrives_when_at_the_rate_that_suits_it(surface):
    told = race(surface, {name: surface.suits[name] for name in NAMES}, surface.start, 4000)
    for name, step in zip(NAMES, ARRIVE[surface.key], strict=True):
        here = told.arrived[name]
        assert here == step if step is None or here is None else abs(here - step) <= max(1, 0.03 * step), name
    assert set(told.left.values()) == {None}


def test_who_leaves_and_who_is_first_at_one_rate_for_all(surface):
    told = race(surface, dict.fromkeys(NAMES, 0.1), surface.start, 2000)
    left, first = SAME_RATE[surface.key]
    assert tuple(told.left[name] for name in NAMES[:3]) == left and told.winners == [first] == told.order[:1]
    assert {told.state(name, told.steps) for name in NAMES[:3]} == ({"left"} if left[0] else {"arrived"})


def test_no_optimiser_is_first_on_all_surfaces():
    assert winners() == {"bowl": ["sgd"], "ravine": ["adagrad"], "saddle": ["adagrad"], "rosenbrock": ["momentum"],
                         "beale": ["nesterov"], "himmelblau": ["adagrad"]}


def test_turning_the_surface_changes_nothing_for_those_with_one_rate_and_much_for_the_others():
    ravine = SURFACES["ravine"]
    for name in ("sgd", "momentum", "nesterov"):
        ways = [one.own(race(one, {name: 0.005}, one.shown(np.array(ravine.start)), 300).places)
                for one in (ravine, ravine.turned(45))]
        np.testing.assert_allclose(*ways, atol=1e-9)
    upright, other = turned("adagrad")
    assert upright == 6 and other > 10 * upright


@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_a_race_is_the_way_of_each_of_them_alone(noise):
    surface = SURFACES["beale"].turned(20)
    told = race(surface, surface.suits, surface.start, 60, 0.8, noise)
    for i, (name, rate) in enumerate(surface.suits.items()):
        alone = walk(settings(name, rate, 0.8), slopes(surface, 60, noise), surface.start, 60)
        np.testing.assert_allclose(told.places[:, i], alone.thetas, rtol=1e-12, atol=1e-12)


def test_where_the_slope_is_zero_nobody_moves_and_who_starts_at_the_end_has_arrived():
    saddle = SURFACES["saddle"]
    told = race(saddle, {name: saddle.suits[name] for name in NAMES}, (-1.0, 0.0), 500)
    assert (told.places[..., 1] == 0).all() and not told.winners and set(told.left.values()) == {None}
    told = race(saddle, {"sgd": 0.1, "adam": 0.1}, (0.0, 1.0), 5)
    assert told.arrived == {"sgd": 0, "adam": 0} and (told.costs < NEAR).all()


def test_at_a_rate_that_is_too_large_everybody_leaves_and_it_is_said_when():
    told = race(SURFACES["rosenbrock"], dict.fromkeys(OPTIMIZERS, 100.0), (-1.2, 1.0), 400)
    assert all(told.state(name, 400) == "left" for name in told.names) and not told.winners
    assert not np.isfinite(told.costs[-1, 0]) and told.left["sgd"] == 1


def test_who_starts_outside_has_left_at_once():
    told = race(SURFACES["bowl"], {"adagrad": 0.01}, (5.0, 5.0), 10)
    assert told.left == {"adagrad": 0} and told.state("adagrad", 0) == "left"


# The same race on a network

# The median last loss over 20 seeds, each at the rate that suits it.
LOSSES = {"sgd": 0.100, "momentum": 0.076, "nesterov": 0.077, "adagrad": 0.071, "adadelta": 0.097, "rmsprop": 0.092,
          "adam": 0.080, "adamw": 0.093, "nadam": 0.087}


def test_the_rate_matters_more_than_the_optimiser():
    own, hundredth = ({name: final_losses(name, rate / part) for name, rate in SUITS.items()} for part in (1, 100))
    for name, loss in LOSSES.items():
        assert np.median(own[name]) == pytest.approx(loss, rel=0.03), name
    worst = np.max(list(own.values()), 0)  # of all at their own rates, for each seed
    for name, losses in hundredth.items():
        assert (losses > worst).all(), name


def test_all_runners_on_the_network_share_data_first_weights_and_batches():
    runs = [start(config) for config in check(tuple(network(name, SUITS[name]) for name in ("sgd", "adam", "nadam")))]
    first, *others = runs
    for run in others:
        np.testing.assert_array_equal(run.state.theta, first.state.theta)
        np.testing.assert_array_equal(run.data.X_train, first.data.X_train)
        assert next_step(run, 5).g == next_step(first, 5).g


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_step_of_one_weight_is_the_step_of_the_run(name):
    run = start(network(name, SUITS[name]))
    trainer = run.trainer()
    for t in range(1, 6):
        state = trainer.state()
        step = next_step(run.at(state), 3)
        trainer.one_step()
        assert (step.t, step.w, step.to) == (t, state.theta[3], trainer.theta[3])
        assert step.after == tuple(float(vector[min(3, len(vector) - 1)]) for vector in trainer.state().memories[0].vectors)
