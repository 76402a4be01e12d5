"""Training rows left out or relabelled by hand: settings like any other, that a run goes on under with its weights."""

import numpy as np
import pytest
from pydantic import ValidationError

from ann_core import RunConfig, explain, start
from ann_core.data.changes import MOST_CHANGED
from ann_core.film.advance import advance
from ann_core.film.pulls import Target, told_pulls
from ann_core.film.recording import Recording
from ann_core.film.scene import scene
from ann_core.film.shelf import _key
from ann_core.run.continuing import change, keeps_weights
from ann_core.run.differences import differences
from ann_core.run.link import edited, from_query, to_query

CHANGES = {"data.left_out": (5, 17), "data.relabelled": ((3, 1), (20, 0))}
CHANGED = edited(RunConfig(), CHANGES)


def test_the_rows_are_gone_or_have_their_new_class_and_all_else_is_what_it_was():
    plain, run = start(RunConfig()).data, start(CHANGED).data
    y = plain.y_train.copy()
    y[3], y[20] = 1, 0
    np.testing.assert_array_equal(run.X_train, np.delete(plain.X_train, [5, 17], 0))
    np.testing.assert_array_equal(run.y_train, np.delete(y, [5, 17]))
    np.testing.assert_array_equal(run.points_train, np.delete(plain.points_train, [5, 17], 0))
    np.testing.assert_array_equal(run.X_test, plain.X_test)
    assert (run.scaler.center == plain.scaler.center).all()
    assert {"2 training rows were left out by hand.", "2 training rows were given another class by hand."} <= {*run.notes}
    assert start(RunConfig()).data.notes == plain.notes and plain.y_train[3] == start(RunConfig()).data.y_train[3]
    assert len(scene(start(CHANGED))[1]["train_points"]) == len(plain.X_train) - 2


def test_a_row_that_does_not_exist_is_not_said_to_be_left_out():
    about = edited(RunConfig(), {"data.left_out": (350,), "data.relabelled": ((349, 1),)})
    told = [note for note in start(about).data.notes if "by hand" in note]
    assert told == ["1 training row was given another class by hand."]


def test_links_costs_and_shelf_know_of_it():
    assert to_query(CHANGED) == {"v": "1", "data.left_out": "5~17", "data.relabelled": "3_1~20_0"}
    assert from_query(to_query(CHANGED)) == (CHANGED, [])
    assert CHANGED.cost == RunConfig().cost * 348 / 350
    keys = {_key(start(config), 1, 1, None, None)[0] for config in (RunConfig(), CHANGED)}
    assert len(keys) == 2
    assert differences(RunConfig(), CHANGED) == "2 rows left out + 2 rows relabelled"
    assert differences(CHANGED, edited(CHANGED, {"data.left_out": (5, 17, 4)})) == "row 5 left out"
    assert differences(CHANGED, RunConfig()) == "2 rows no longer left out + 2 rows no longer relabelled"


@pytest.mark.parametrize(("changes", "kept"), [({"data.scaling": "none"}, True), ({"training.learning_rate": 0.5}, True),
                                               ({"data.samples": 300}, False), ({"data.source": "moons"}, False)])
def test_other_rows_have_other_numbers(changes, kept):
    data = edited(CHANGED, changes).data
    assert ((data.left_out, data.relabelled) == tuple(CHANGES.values())) is kept and bool(data.left_out) is kept


@pytest.mark.parametrize("given", [
    {"left_out": [3, 3]}, {"left_out": [3], "relabelled": [[3, 1]]}, {"left_out": [400]}, {"left_out": [-1]},
    {"left_out": [2.0]}, {"left_out": "3"}, {"left_out": list(range(MOST_CHANGED + 1))},
    {"relabelled": [[3, 2]]}, {"relabelled": [[3]]},
    {"relabelled": [[3, 1, 1]]}, {"relabelled": [3]}, {"source": "hills", "relabelled": [[3, 1]]},
    {"source": "reverse", "relabelled": [[3, 1]]}, {"samples": 10, "left_out": [0, 1, 2, 3, 4, 5]}])
def test_what_does_not_fit_is_refused_in_words(given):
    settings = {"data": given}
    if given.get("source") == "reverse":
        settings |= {"objective": {"kind": "sequence"}, "network": {"layers": [{"kind": "gru", "every_step": True}]}}
    with pytest.raises(ValidationError) as caught:
        RunConfig.model_validate(settings)
    where, why = explain(caught.value)[0]
    assert where.startswith("data") and len(why) > 20


@pytest.mark.parametrize("batch", [1, 32, 100_000])
@pytest.mark.parametrize("steps", [0, 1, 10, 349])
def test_a_run_goes_on_with_its_weights_and_all_of_its_epochs(batch, steps):
    config = edited(RunConfig(), {"training.batch_size": batch})
    run = advance(start(config), 1, None, max(1, steps), budget_ms=None)[0] if steps else start(config)
    wanted = edited(config, CHANGES)
    assert keeps_weights(config, wanted, False)
    on = change(run, wanted)
    np.testing.assert_array_equal(on.state.theta, run.state.theta)
    on, film = advance(on, 3, budget_ms=None)
    assert on.setup.rows == 348 and np.isfinite(film.train_loss).all() and film.epoch[-1] == int(film.epoch[-1])
    back = change(on, config)
    assert back.setup.rows == 350 and (back.data.y_train == run.data.y_train).all()


def test_a_branch_without_a_row_is_a_film_of_its_own_and_can_be_found_again():
    recording = Recording(RunConfig())
    recording.frames(None, 4, budget_ms=None)
    branch = recording.branch(22)
    branch.change(CHANGED)
    film = branch.frames(22, 3, budget_ms=None)
    again = advance(change(recording.at(22), CHANGED), 3, budget_ms=None)[1]
    np.testing.assert_array_equal(film.train_loss, again.train_loss)
    assert (film.train_loss != recording.frames(22, 3, budget_ms=None).train_loss).all()
    assert branch.at(11).setup.rows == 350 and branch.at(int(film.step[-1])).setup.rows == 348


def test_who_pulls_keeps_its_number_when_others_are_left_out():
    told = told_pulls(start(CHANGED), Target("loss"))
    places = np.delete(np.arange(350), [5, 17])
    assert told["rows"] == 348 and all(one["row"] == places[one["place"]] for one in told["strongest"])
