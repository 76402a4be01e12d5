"""Runs held against each other: what is kept of each is what its film showed, and only what can be compared is."""

import numpy as np
import pytest

from ann_core import RunConfig
from ann_core.film import curves as module
from ann_core.film.camera import first_frame
from ann_core.film.recording import Recording
from ann_core.lab import attention_openers, autoencoder_openers, convolution_openers, gan_openers, recurrence_openers
from ann_core.lab.comparison import differing, label, learned, result, same_rows, settings
from ann_core.run.link import edited
from ann_core.search.space import BEND, DEPTH, WIDTH

SMALL = edited(RunConfig(), {"data.samples": 60, "training.epochs": 12})
KINDS = {"dense": SMALL, "seeds": edited(SMALL, {"seeds": 3}), "nothing held out": edited(SMALL, {"data.test_share": 0.0}),
         "convolution": convolution_openers.USUAL, "autoencoder": autoencoder_openers.USUAL, "gan": gan_openers.USUAL,
         "recurrence": recurrence_openers.USUAL[0], "attention": attention_openers.USUAL[0]}


def filmed(config: RunConfig, frames: int = 3, steps: int | None = None) -> Recording:
    recording = Recording(config)
    recording.frames(None, frames, None if steps else 1, steps, None)
    return recording


@pytest.mark.parametrize("config", KINDS.values(), ids=KINDS)
def test_a_result_says_what_the_film_shows_at_that_moment(config):
    recording = filmed(config, 2, 2)
    found, here = result(recording, recording.latest.state.step), first_frame(recording.latest)
    for column, _ in found.losses:
        assert np.isclose(found.last(column), np.median(here.columns[column]))
    assert np.allclose(found.gradient, np.median(here.gradient[0].reshape(len(found.layers), -1), axis=1))
    assert found.parameters == recording.latest.setup.objective.size and found.seconds > 0
    assert found.times[-1] == (4 if found.clock == "rounds" else recording.latest.epoch)
    if found.score:
        assert np.isclose(found.judged, np.median(here.columns[found.score]))
    assert learned(config.data) and all(label(path) for path in settings(config))


def test_curves_are_those_of_the_film_up_to_the_moment_that_is_kept():
    recording = Recording(SMALL)
    film = recording.frames(None, 12, 1, None, None)
    found = result(recording, int(film.step[7]))
    assert np.array_equal(found.curves["train_loss"], film.train_loss[:8]) and found.moment == "epoch 7"
    recording.frames(int(film.step[3]), 2, None, 1, None)  # amid epochs, again
    again = result(recording, int(film.step[7]))
    assert set(found.curves["step"]) < set(again.curves["step"]) and np.all(np.diff(again.curves["step"]) > 0)


def test_after_a_change_the_curves_go_on_under_the_new_settings_and_it_is_said():
    recording = Recording(SMALL)
    film = recording.frames(None, 6, 1, None, None)
    recording.change(edited(SMALL, {"training.learning_rate": 0.5}))
    later = recording.frames(int(film.step[3]), 3, 1, None, None)
    found = result(recording, recording.latest.state.step)
    assert np.array_equal(found.curves["train_loss"], [*film.train_loss[:4], *later.train_loss])
    assert found.changed == "learning rate 0.5 from epoch 3" and found.config.training.learning_rate == 0.5
    before = result(recording, int(film.step[2]))
    assert before.changed == "" and before.config == SMALL


def test_a_branch_has_the_curves_of_its_past_only():
    recording = Recording(SMALL)
    film = recording.frames(None, 6, 1, None, None)
    branch = recording.branch(int(film.step[2]))
    assert branch.curves["step"].tolist() == film.step[:3].tolist() and len(recording.curves["step"]) == 7


def test_curves_take_a_bounded_room(monkeypatch):
    monkeypatch.setattr(module, "MOST", 5)
    recording = Recording(edited(SMALL, {"training.epochs": 40}))
    film = recording.frames(None, 1, 1, None, None)
    for _ in range(39):
        film = recording.frames(int(film.step[-1]), 1, 1, None, None)
    steps = recording.curves["step"]
    assert len(steps) <= 10 and steps[0] == 0 and steps[-1] == recording.latest.state.step


def test_a_run_that_leaves_all_bounds_is_kept_with_its_reason():
    recording = filmed(edited(SMALL, {"data.source": "sine", "training.optimizer": "sgd", "training.learning_rate": 100.0,
                                      "network.layers": [{"units": 8, "activation": "relu"}]}), 12)
    found = result(recording, recording.latest.state.step)
    assert recording.latest.message and found.ending == recording.latest.message


def test_the_settings_that_differ_are_named_one_by_one():
    other = edited(SMALL, {"training.learning_rate": 0.3, "network.layers": [{"units": 4, "activation": "relu"}] * 2})
    assert differing([SMALL, SMALL]) == []
    assert differing([SMALL, other]) == [DEPTH, WIDTH, BEND, "training.learning_rate"]
    assert [settings(other)[path] for path in (DEPTH, WIDTH, BEND)] == [2, 4, "ReLU"]
    a, b = (edited(attention_openers.USUAL[0], {"network.layers": [{"kind": "encoder_decoder", "attention": kind}]})
            for kind in ("additive", "none"))
    assert differing([a, b]) == ["network.layers"]


def test_losses_are_compared_where_task_and_loss_are_the_same():
    def task(**changes):
        return result(filmed(edited(SMALL, {name.replace("__", "."): value for name, value in changes.items()}), 1), 1).task

    same = task()
    assert task(training__learning_rate=0.5) == task(data__scaling="none") == task(data__samples=80) == same
    assert same not in (task(data__source="moons"), task(network__loss="squared_error"), task(training__reduction="sum"))
    assert same_rows([SMALL, edited(SMALL, {"data.scaling": "none"})])
    assert not same_rows([SMALL, edited(SMALL, {"data.seed": 1})])
