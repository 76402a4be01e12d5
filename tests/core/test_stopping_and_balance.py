"""Stopping early keeps the best weights and changes nothing else; balanced classes count the same."""

import numpy as np
import pytest

from ann_core import RunConfig, advance, start
from ann_core.data.table.prepare import prepared
from ann_core.film.recording import Recording
from ann_core.nn.layers import PLAIN
from ann_core.run.continuing import change
from ann_core.run.link import from_query, to_query
from tests.core.own_tables import config, own, pupils

LEARN = {"learning_rate": 0.05, "epochs": 400, "patience": 10}


@pytest.fixture(scope="module")
def found():
    return own(pupils(60))


@pytest.fixture(scope="module")
def ended(found):
    return advance(start(config(found, training=LEARN), prepared(found, "standard")), frames=400)


def test_it_stops_when_the_validation_loss_has_not_fallen(ended):
    run, film = ended
    lowest = int(film.epoch[np.argmin(film.test_loss)])
    assert run.finished and film.state == "finished" and run.state.epoch == lowest + 10 < 400
    assert f"lowest at epoch {lowest}" in film.message and run.state.best.epoch == lowest
    assert run.state.best.loss == pytest.approx(film.test_loss.min(), rel=1e-12)


def test_the_kept_weights_are_those_of_the_best_epoch(found, ended):
    run, _ = ended
    there, film = advance(start(config(found, training=LEARN), prepared(found, "standard")), frames=run.state.best.epoch)
    np.testing.assert_array_equal(run.kept.state.theta, there.state.theta)
    assert not np.array_equal(run.state.theta, there.state.theta)


def test_until_it_stops_the_film_is_the_same(found, ended):
    _, film = ended
    plain = config(found, training={**LEARN, "patience": None})
    run, same = advance(start(plain, prepared(found, "standard")), frames=film.frames)
    np.testing.assert_array_equal(film.test_loss, same.test_loss)
    assert not run.finished and same.message is None and run.kept is run


def test_chunks_and_rewinding_do_not_change_where_it_stops(found, ended):
    run, film = ended
    recording = Recording(config(found, training=LEARN), prepared(found, "standard"))
    step, parts = None, []
    while True:
        part = recording.frames(step, 7, 1, None, None)
        parts.append(part)
        step = int(part.step[-1])
        if part.state != "running":
            break
    assert step == run.state.step and parts[-1].message == film.message
    assert recording.latest.state.best.epoch == run.state.best.epoch
    again = recording.at(int(film.step[4]))
    assert again.state.epoch == 5 and again.state.best.epoch <= 5


def test_other_settings_let_a_stopped_run_go_on(found, ended):
    run, _ = ended
    slower = change(run, config(found, training={**LEARN, "learning_rate": 0.001}))
    assert not slower.finished and slower.state.best is None
    assert advance(slower, frames=1)[0].state.epoch == run.state.epoch + 1


def test_several_networks_side_by_side_cannot_stop_early(found):
    with pytest.raises(ValueError, match="Use one seed"):
        config(found, training=LEARN, seeds=2)


def test_made_data_has_no_validation_rows_to_stop_by():
    run, film = advance(start(RunConfig.model_validate({"training": {"patience": 1, "epochs": 30}})), frames=30)
    assert film.frames == 30 and film.message is None and run.state.best is None


def test_balanced_classes_weigh_the_same():
    frame = pupils()
    rare = frame.assign(passed=frame["passed"].where(np.arange(200) % 10 == 0, "no"))
    found = own(rare)
    data = prepared(found, "standard")
    run = start(config(found, training={"class_weights": True}), data)
    sums = [run.setup.weights_train[data.y_train == k].sum() for k in (0, 1)]
    assert sums[0] == pytest.approx(sums[1]) and run.setup.weights_train.mean() == pytest.approx(1)


@pytest.mark.parametrize("batch_norm", [False, True])
def test_the_weighted_gradient_is_that_of_the_weighted_loss(found, batch_norm):
    settings = config(found, training={"class_weights": True}, network={"batch_norm": batch_norm})
    run = start(settings, prepared(found, "standard"))
    net, theta, X, Y = run.net, run.state.theta, run.data.X_train, run.setup.Y_train
    grad = np.empty_like(theta)
    rows = net.parameters.rows
    net.gradient_into(rows(theta), rows(grad), X, Y, PLAIN, "mean", run.setup.weights_train)
    direction = np.random.default_rng(0).standard_normal(theta.shape)
    ends = [net.head.value(net.forward(rows(theta + h * direction), X)[0], Y, run.setup.weights_train) for h in (1e-5, -1e-5)]
    assert (ends[0] - ends[1]) / 2e-5 == pytest.approx(grad @ direction, rel=1e-6)


def test_balance_finds_more_of_a_rare_class():
    """Recall of the rare class, over several seeds: weights let it count."""
    rng = np.random.default_rng(3)
    frame = pupils(400, 3)
    rare = rng.random(400) < 0.08
    frame["passed"] = np.where(rare, "yes", "no")
    frame["passed"] = frame["passed"].astype("str")
    frame["hours"] = np.where(rare, rng.normal(6, 1.5, 400), rng.normal(4, 1.5, 400))
    found = own(frame, features=("hours",))
    data = prepared(found, "standard")
    recall = []
    for balanced in (False, True):
        run, _ = advance(start(config(found, training={"class_weights": balanced, "epochs": 60}), data), frames=1,
                         epochs_per_frame=60)
        answer = run.net.predict(run.state.theta, data.X_train)[:, 0] > 0.5
        recall.append(answer[data.y_train == 1].mean())
    assert recall[1] > recall[0] + 0.3


def test_a_link_holds_these_settings(found):
    settings = config(found, training={"class_weights": True, **LEARN}, data={"plane": "components"})
    assert from_query(to_query(settings)) == (settings, [])
