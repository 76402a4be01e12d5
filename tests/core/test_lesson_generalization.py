"""What the lesson on generalisation says, worked out: every claim of the page holds in at least 18 of 20 draws."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest

from ann_core.data import load
from ann_core.lessons import generalization as core
from ann_core.lessons import generalization_changes as changes
from ann_core.lessons import generalization_curves as curves
from ann_core.lessons import generalization_scores as scores
from ann_core.run.config import RunConfig

DRAWS = range(20)
ENOUGH = 18


def holds(claim: Callable[[int], bool]) -> int:
    """In how many of twenty draws."""
    return sum(bool(claim(draw)) for draw in DRAWS)


@pytest.fixture(scope="module")
def end() -> Callable[[RunConfig], core.Ending]:
    """How trainings end, each worked out once."""
    known: dict[str, core.Ending] = {}

    def ending(config: RunConfig) -> core.Ending:
        key = config.model_dump_json()
        if key not in known:
            known[key] = core.ending(config)
        return known[key]

    return ending


@pytest.fixture(scope="module")
def baselines() -> list[core.Course]:
    return [core.train(core.drawn(core.BASELINE, draw)) for draw in DRAWS]


def test_a_course_is_judged_as_a_film_of_the_engine_is(baselines):
    from ann_core.film.advance import advance
    from ann_core.run.run import start

    run, film = advance(start(core.BASELINE), frames=1, epochs_per_frame=core.EPOCHS)
    course = baselines[0]
    assert (course.run.state.theta == run.state.theta).all() and course.epochs[-1] == core.EPOCHS
    for part, kind in ((course.training, "train"), (course.held, "test")):
        assert part[0][-1] == pytest.approx(film.columns[f"{kind}_loss"][-1], rel=1e-9)
        assert 1 - part[1][-1] == pytest.approx(film.columns[f"{kind}_score"][-1])
    assert course.held[0][-1] == pytest.approx(2.4215, abs=1e-3) and course.held[1][-1] == pytest.approx(0.2037, abs=1e-4)


def test_the_baseline_learns_its_rows_by_heart_and_the_test_loss_turns_early(baselines):
    assert sum(course.training[1][-1] == 0 for course in baselines) >= ENOUGH
    assert all(course.training[0][-1] < 0.05 for course in baselines)
    assert all(course.held[0][-1] > 2.5 * course.held[0].min() for course in baselines)
    assert all(course.held[1][-1] - course.training[1][-1] > 0.10 for course in baselines)
    assert sum(course.epochs[course.held[0].argmin()] <= 100 for course in baselines) >= ENOUGH
    told_by_error = sum(course.held[1][-1] > course.held[1][course.held[0].argmin()] for course in baselines)
    assert told_by_error < ENOUGH  # the loss tells it in every draw
    assert sum(course.held[0].argmin() <= course.held[1].argmin() for course in baselines) >= ENOUGH


def test_the_error_of_new_rows_is_that_of_rows_held_out(baselines):
    def nearest(course: core.Course) -> int:
        more = core.fresh(course.run.config.data)
        fresh = course.judged((course.run.data.to_inputs(more.X), more.y))[1][-1]
        train, held = course.training[1][-1], course.held[1][-1]
        return int(np.abs(np.array([held, train, (train + held) / 2]) - fresh).argmin())

    assert sum(nearest(course) == 0 for course in baselines) >= ENOUGH


def test_validation_rows_and_test_rows_are_apart():
    data = load(core.BASELINE.data)
    held, (X, y) = core.apart(data, 60)
    assert held.held_out == "validation" and len(held.X_test) == len(held.points_test) == 60 and len(X) == len(y) == 480
    assert (np.concatenate([held.X_test, X]) == data.X_test).all() and (held.X_train == data.X_train).all()


def test_degree_three_is_nearest_to_the_curve_and_fourteen_hits_every_point():
    fitted = {d: [curves.polynomial(d, draw) for draw in DRAWS] for d in curves.DEGREES}
    for draw in DRAWS:
        tests = {d: fitted[d][draw].test for d in curves.DEGREES}
        assert tests[3] < min(tests[d] for d in (0, 1, 2, 9, 11, 12, 13, 14))
        trains = [fitted[d][draw].train for d in curves.DEGREES]
        assert (np.diff(trains) < 1e-9).all() and trains[-1] < 1e-6  # more freedom never goes further away
    middle = {d: np.median([one.test for one in fitted[d]]) for d in (1, 3, 9)}
    assert middle[3] < 0.15 < middle[1] < 0.7 < middle[9]
    assert np.median([one.train for one in fitted[3]]) == pytest.approx(0.13, abs=0.02)  # about the noise


def test_the_points_that_are_shown_first_are_typical():
    def powers(draws: Iterable[int]) -> np.ndarray:
        return np.log10(np.median([[curves.polynomial(d, draw).test for d in range(10)] for draw in draws], axis=0))

    shown = powers([curves.POINTS_FROM])
    assert shown.argmin() == 3 and (np.diff(shown[2:6]) > 0)[1:].all() and np.abs(shown - powers(DRAWS)).max() < 0.75


def test_a_pull_has_a_valley_as_the_degree_has():
    tests = [np.median([curves.polynomial(14, draw, pull).test for draw in DRAWS]) for pull in (1e-8, 1e-4, 0.01, 1.0)]
    assert tests[0] > 10 and tests[2] < min(tests[1], tests[3]) and tests[2] < 0.35


def test_a_polynomial_is_least_squares():
    fitted = curves.polynomial(3, 2)
    assert fitted.c == pytest.approx(np.polynomial.legendre.legfit(fitted.x / 2, fitted.y, 3))


def test_width_buys_training_loss_and_costs_test_loss():
    draws = range(changes.SIZES_FROM, changes.SIZES_FROM + 20)
    found = {units: [core.ending(changes.wide(units, draw), changes.SPARED) for draw in draws] for units in (1, 4, 8, 128)}
    one, four, eight, most = found.values()

    def count(claim: Callable[..., bool]) -> int:
        return sum(claim(*ends) for ends in zip(one, four, eight, most, strict=True))

    assert count(lambda a, b, c, d: d.losses[0] < c.losses[0] and d.losses[2] > c.losses[2]) >= ENOUGH
    assert count(lambda a, b, c, d: d.losses[2] > b.losses[2]) >= ENOUGH
    assert count(lambda a, b, c, d: d.errors[0] < a.errors[0] and d.gap > a.gap) >= ENOUGH
    assert count(lambda a, b, c, d: a.errors[2] > min(b.errors[2], c.errors[2])) >= ENOUGH  # underfitting
    assert count(lambda a, b, c, d: d.lowest < b.lowest) >= ENOUGH  # it is the training to the end that hurts


def test_depth_costs_test_loss_too():
    def loss(layers: int, draw: int) -> float:
        return core.ending(changes.deep(layers, draw)).losses[2]

    assert holds(lambda draw: loss(3, draw) > 2 * loss(0, draw)) >= ENOUGH


@pytest.mark.parametrize("key", [key for key in changes.CURES if key != "norm"])
def test_each_cure_lowers_the_test_loss(end, key):
    pairs = [(end(core.drawn(core.BASELINE, draw)), end(changes.CURES[key].make(draw))) for draw in DRAWS]
    assert sum(after.losses[2] < before.losses[2] for before, after in pairs) >= ENOUGH
    assert sum(after.gap < before.gap for before, after in pairs) >= ENOUGH


def test_batch_normalisation_is_no_cure_here(end):
    def loss(key: str, draw: int) -> float:
        return end(changes.CURES[key].make(draw)).losses[2]

    lowered = holds(lambda draw: loss("norm", draw) < end(core.drawn(core.BASELINE, draw)).losses[2])
    assert 5 <= lowered <= 15  # about half of the draws
    assert holds(lambda draw: loss("norm", draw) > max(loss("l2", draw), loss("dropout", draw))) >= ENOUGH


def test_l1_makes_most_weights_nearly_zero_once_the_rate_falls(end):
    def tiny(kind: str, falling: bool, draw: int) -> float:
        return end(changes.pulled(kind, 0.01, falling, draw)).tiny

    assert holds(lambda draw: tiny("l1", True, draw) > 0.9 > 0.5 > tiny("l2", True, draw)) >= ENOUGH
    assert holds(lambda draw: tiny("l1", False, draw) < 0.5) >= ENOUGH  # at a constant rate they hop around 0


def test_too_strong_a_pull_leaves_nothing_to_learn_with():
    def nothing(draw: int) -> bool:
        found = core.ending(changes.pulled("l2", 1.0, False, draw))
        return abs(found.losses[2] - np.log(2)) < 1e-3 and found.tiny == 1

    assert holds(nothing) >= ENOUGH


def test_a_pull_has_the_weights_of_units_that_died_for_itself():
    def all_tiny(draw: int) -> bool:
        course, _ = core.watched(changes.pulled("l2", 0.01, True, draw), moments=())
        off, share = course.off()
        X = course.run.data.X_train
        views = course.run.net.parameters.view(course.thetas[-1])
        tiny = np.abs(views["layers.0.W"][:, off]) < core.TINY
        assert not np.maximum(0, X @ views["layers.0.W"] + views["layers.0.b"])[:, off].any() and 0 < share <= 1
        return off.any() and tiny.mean() > 0.85

    assert holds(all_tiny) >= ENOUGH


def test_early_stopping_stops_patience_epochs_after_the_weights_that_it_keeps():
    for draw in DRAWS:
        run = core.watched(core.changed({"training.patience": 20}, draw))[0].run
        assert run.state.best is not None and run.state.epoch == run.state.best.epoch + 20
        whole, _ = core.watched(core.drawn(core.BASELINE, draw), moments=range(run.state.epoch + 1))
        early = whole.held[0][1:run.state.epoch + 1]
        assert early.argmin() + 1 == run.state.best.epoch and early.min() == pytest.approx(run.state.best.loss)


def test_dropout_is_for_training_only():
    course = core.train(core.changed({"network.dropout": 0.5, "training.epochs": 100}))
    X = course.run.data.X_test[:50]
    assert (course.answers(X) == course.answers(X)).all()
    (one, on), (other, off) = (core.thinned(course, X, mask) for mask in (0, 1))
    assert (one != other).any() and (on != off).any() and 30 < on.sum() < 98
    views = course.run.net.parameters.view(course.thetas[-1])  # these units alone, each twice as strong
    hidden = np.maximum(0, X @ views["layers.0.W"] + views["layers.0.b"]) * on * 2
    z = hidden @ views["layers.1.W"][:, 0] + views["layers.1.b"][0]
    assert one == pytest.approx(1 / (1 + np.exp(-z)))


@pytest.mark.parametrize("rows", changes.ROWS)
def test_so_many_rows_are_learned_from_as_it_says(rows):
    data = load(changes.with_rows(rows).data)
    assert len(data.y_train) == rows and len(data.y_test) == min(changes.HELD, 9 * rows)


def test_more_rows_close_the_gap_from_both_sides(baselines):
    few, many = baselines, [core.train(changes.with_rows(960, draw), moments=()) for draw in DRAWS]
    pairs = list(zip(few, many, strict=True))
    assert sum(b.training[0][-1] > a.training[0][-1] and b.held[0][-1] < a.held[0][-1] for a, b in pairs) >= ENOUGH
    assert np.median([a.held[0][-1] for a in few]) == pytest.approx(2.28, abs=0.15)
    assert np.median([b.held[0][-1] for b in many]) == pytest.approx(0.36, abs=0.03)


def test_the_noise_moves_the_same_points():
    one, other = (load(changes.with_noise(noise, 3).data) for noise in (0.4, 0.2))
    assert (one.y_train == other.y_train).all() and (one.points_train != other.points_train).any()


@pytest.mark.parametrize("source, inputs, low, high", [
    ("circles", changes.SQUARES, 0.95, 1), ("xor", (changes.PRODUCT,), 0.95, 1), ("circles", ("x1", "x2"), 0, 0.65),
    ("circles", (changes.PRODUCT,), 0, 0.65), ("xor", changes.SQUARES, 0, 0.65)])
def test_the_right_inputs_make_a_problem_easy_and_others_do_not(source, inputs, low, high):
    courses = [core.train(changes.with_inputs(source, inputs, draw=draw), moments=()) for draw in DRAWS]
    assert sum(low <= 1 - course.held[1][-1] <= high for course in courses) >= ENOUGH


def test_a_network_gains_from_the_squares_too():
    def first(course: core.Course) -> float:
        return min(course.epochs[course.held[1] <= 0.1], default=np.inf)

    pairs = [[core.train(changes.helped(8, squares, draw)) for squares in (False, True)] for draw in DRAWS]
    assert sum(b.held[0][-1] < a.held[0][-1] and first(b) < first(a) for a, b in pairs) >= ENOUGH


def test_circles_miss_their_squares_and_nothing_else():
    def without(name: str | None, draw: int) -> float:
        inputs = tuple(one for one in changes.FIVE if one != name)
        return core.ending(changes.with_inputs("circles", inputs, draw=draw), 75).losses[1]

    def squares_are_missed(draw: int) -> bool:
        whole, *other = (without(name, draw) for name in (None, "x1", "x2", changes.PRODUCT))
        return min(without(name, draw) for name in changes.SQUARES) > 5 * max(whole, *other)

    assert holds(squares_are_missed) >= ENOUGH


def test_folds_spread_less_than_one_split():
    found = [[scores.estimate(100, 5, draw, shuffle) for shuffle in range(5)] for draw in DRAWS]
    spreads = np.array([[np.std([one.single for one in each]), np.std([one.mean for one in each])] for each in found])
    assert (spreads[:, 1] < spreads[:, 0]).sum() >= ENOUGH and 2 < np.median(spreads[:, 0] / spreads[:, 1]) < 7
    assert 0.03 < np.median(spreads[:, 0]) < 0.1  # as theory says, √(0.1 · 0.9 / 20) = 0.067
    assert {round(one.single * 20, 9) % 1 for each in found for one in each} == {0.0}
    assert 0.08 < scores.truth(100, 2) < 0.16


def test_a_grid_tries_four_rates_and_random_search_sixteen():
    low, high = scores.RATES
    for second in scores.SECOND:
        grid, thrown = scores.grid(second), scores.at_random(second, 3)
        assert grid.shape == thrown.shape == (scores.TRIALS, 2)
        assert len(np.unique(grid[:, 0])) == 4 and len(np.unique(thrown[:, 0])) == 16
        assert (thrown[:, 0] >= low).all() and (thrown[:, 0] <= high).all()
    assert scores.trial("l2", (1.0, 1e-6), 0)[0] < 0.3 < scores.trial("l2", (1e-3, 1e-6), 0)[0]


def test_either_search_may_find_the_better_place():
    def best(second: str, draw: int) -> list[float]:
        return [min(scores.trial(second, tuple(map(float, place)), draw)[0] for place in places)
                for places in (scores.grid(second), scores.at_random(second, draw))]

    (grid, random), (other_grid, other_random) = best("l2", 0), best("batch_size", 4)
    assert random < grid and other_grid < other_random


def test_the_best_of_many_is_too_good_where_there_is_nothing_to_learn():
    found = [scores.tries(True, 40, draw).best() for draw in DRAWS]
    assert sum(validation[-1] > test[-1] for validation, test in found) >= ENOUGH
    assert np.median([test[-1] for _, test in found]) == pytest.approx(0.5, abs=0.02)
    assert np.mean([validation[-1] - test[-1] for validation, test in found]) == pytest.approx(0.1, abs=0.03)
    assert all((np.diff(validation) >= 0).all() for validation, _ in found)


def test_the_worst_number_of_features_is_that_of_the_rows_and_the_best_far_beyond():
    at = curves.SIZES.index(curves.ROWS)
    for draw in DRAWS:
        train, test, length = curves.sweep(draw)
        assert test[at] > 2 * test[:at].min() and test[-1] < test[:at].min()
        assert train[at:].max() < 1e-9 < train[:at].min() and length[at] > 5 * length[-1]
