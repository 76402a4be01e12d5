"""Any moment again, exactly; changes on the way; what a message carries."""

import gc
import time
import weakref

import numpy as np
import pytest

from ann_core import RunConfig, advance, first_frame, start
from ann_core.film import recording as module
from ann_core.film.look import Look
from ann_core.film.recording import Recording
from ann_core.film.scene import scene
from ann_core.film.shelf import Shelf
from ann_core.film.view import View
from ann_core.film.wire import pack, unpack
from ann_core.lab import recurrence_openers, twins

SMALL = {"data": {"samples": 60}}


def config(**training) -> RunConfig:
    return RunConfig.model_validate({**SMALL, "training": training, "network": {"dropout": 0.3}})


def losses(recording, after, frames=3, **how):
    return recording.frames(after, frames, budget_ms=None, **how).train_loss


def test_frames_from_the_start_begin_with_the_untrained_state():
    film = Recording(config()).frames(None, 4, budget_ms=None)
    assert film.epoch.tolist() == [0, 1, 2, 3, 4] and film.step[0] == 0


def test_any_frame_again_is_exact():
    recording = Recording(config())
    whole = recording.frames(None, 30, budget_ms=None)
    for i in (5, 17, 29, 2):
        again = recording.frames(int(whole.step[i]), 1, budget_ms=None)
        if i < 29:
            assert np.array_equal(again.train_loss[0], whole.train_loss[i + 1])
            assert np.array_equal(again.boundary[0], whole.boundary[i + 1])


def test_going_back_amid_an_epoch_is_exact():
    recording = Recording(config(batch_size=8))
    whole = recording.frames(None, 40, None, 1, budget_ms=None)
    again = recording.frames(13, 5, None, 1, budget_ms=None)
    assert np.array_equal(again.train_loss, whole.train_loss[14:19])


def test_checkpoints_thin_out_and_stay_exact(monkeypatch):
    reference = Recording(config())
    whole = reference.frames(None, 60, budget_ms=None)
    monkeypatch.setattr(module, "KEEP_BYTES", 6 * start(config()).state.nbytes)
    recording = Recording(config())
    recording.frames(None, 1, budget_ms=None)
    for i in range(1, 60):
        recording.frames(int(whole.step[i]), 1, budget_ms=None)
    assert sum(map(len, recording._segments)) <= 6
    assert np.array_equal(losses(recording, int(whole.step[33])), whole.train_loss[34:37])


def test_a_change_holds_from_the_shown_step_on():
    recording, plain = Recording(config()), Recording(config())
    film = recording.frames(None, 20, budget_ms=None)
    plain.frames(None, 20, budget_ms=None)
    before = recording.id
    recording.change(config(learning_rate=0.5))
    assert recording.lineage == [before] and before != recording.id and recording.changed
    shown = int(film.step[8])
    after = recording.frames(shown, 3, budget_ms=None)
    assert after.step[0] > shown and not np.array_equal(after.train_loss, film.train_loss[9:12])
    assert np.array_equal(losses(recording, int(film.step[3])), film.train_loss[4:7])  # the past stays as it was
    assert np.array_equal(losses(recording, shown), after.train_loss)


def test_changing_nothing_gives_the_same_future():
    recording = Recording(config())
    film = recording.frames(None, 12, budget_ms=None)
    recording.change(config())
    assert np.array_equal(losses(recording, int(film.step[5])), film.train_loss[6:9])


def test_a_restart_begins_anew_under_the_present_settings():
    recording = Recording(config())
    recording.frames(None, 5, budget_ms=None)
    recording.change(config(learning_rate=0.5))
    recording.restart()
    fresh = Recording(config(learning_rate=0.5))
    assert np.array_equal(losses(recording, None), losses(fresh, None)) and not recording.changed


def test_other_data_is_no_change():
    with pytest.raises(ValueError, match="Start a new run"):
        Recording(config()).change(RunConfig())


def test_a_step_beyond_the_known_gives_the_furthest():
    recording = Recording(config())
    film = recording.frames(None, 3, budget_ms=None)
    assert recording.at(10**9).state.step == film.step[-1]


def test_recording_equals_the_plain_engine():
    film = Recording(config()).frames(None, 10, budget_ms=None)
    assert np.array_equal(film.train_loss[1:], advance(start(config()), frames=10)[1].train_loss)


def test_a_message_comes_apart_as_it_was_put_together():
    recording = Recording(RunConfig())
    header, blocks = recording.scene()
    film = recording.frames(None, 3, budget_ms=None).blocks()
    data = pack({"v": 1, "seq": 1}, [({"id": "a", "kind": "scene", "scene": header}, {**blocks, **film})])
    head, runs = unpack(data)
    entry, again = runs[0]
    assert head["seq"] == 1 and entry["scene"] == header
    for name, block in {**blocks, **film}.items():
        assert np.array_equal(again[name], block, equal_nan=block.dtype.kind == "f"), name


@pytest.mark.parametrize("settings", [{}, {"data": {"source": "iris"}}, {"data": {"source": "sine"}},
                                      {"data": {"source": "digits"}}, {"network": {"layers": [{"units": 40}] * 20}},
                                      {"network": {"layers": []}}, {"seeds": 3}])
def test_the_drawing_fits_its_scene(settings):
    run = start(RunConfig.model_validate(settings))
    header, blocks = scene(run)
    film = advance(run, frames=2)[1].blocks()
    shown = [len(header["layers"][i]["shown"]) for i in header["shown_layers"]]
    columns = list(zip(shown, header["shown_layers"], strict=True))
    edges = sum(a * b for (a, i), (b, j) in zip(columns, columns[1:], strict=False) if j == i + 1)
    assert film["units"].shape == (2, sum(shown), 20, 20) and film["weights"].shape == (2, edges)
    assert film["biases"].shape == film["unit_scale"].shape == (2, sum(shown))
    assert film["gradient"].shape[1] == len(header["weight_layers"])
    assert len(blocks["train_points"]) == len(blocks["train_target"])


def test_the_picture_shows_what_the_network_answers():
    run, film = advance(start(RunConfig.model_validate({"data": {"source": "xor"}})), frames=1, epochs_per_frame=60)
    G = film.boundary.shape[-1]
    picture = film.boundary[0, 0].astype(float) / 255
    answer = run.net.predict(run.state.theta, run.data.grid(G))[:, 0].reshape(G, G)
    assert np.abs(picture - answer).max() <= 0.5 / 255 + 1e-5  # pictures are worked out in single precision
    ranges = run.data.plane.ranges
    corner = run.net.predict(run.state.theta, run.data.to_inputs(np.array([[ranges["x"][1], ranges["y"][0]]])))
    assert abs(picture[0, -1] - corner[0, 0]) < 0.01  # lowest y first, x to the right


def test_unit_maps_show_what_units_compute():
    run, film = advance(start(RunConfig()), frames=1, epochs_per_frame=20)
    p = run.net.parameters.view(run.state.theta)
    G = View(run.setup).grid_size
    x = (np.arange(20) * G) // 20 + G // 40
    grid = run.data.grid(G).reshape(G, G, 2)[np.ix_(x, x)]
    A = np.tanh(grid @ p["layers.0.W"] + p["layers.0.b"])
    shown = (film.units[0, 2:10].astype(float) - 128) / 127 * film.unit_scale[0, 2:10, None, None]
    np.testing.assert_allclose(shown.transpose(1, 2, 0), A, atol=0.005)


def test_pictures_survive_weights_that_single_precision_cannot_hold():
    network = {"layers": [{"units": 16, "activation": "relu"}] * 30, "initializer": "normal", "sigma": 10.0}
    film = first_frame(start(RunConfig.model_validate({**SMALL, "network": network})))
    assert film.unit_scale.max() > 1e37
    assert not (film.boundary == 128).any()  # 128 stands for undefined as well


def test_films_of_the_same_moment_are_worked_out_once_and_shared():
    shelf = Shelf()
    first, second = Recording(config(), work=shelf.advance), Recording(config(), work=shelf.advance)
    a, b = first.frames(None, 5, budget_ms=None), second.frames(None, 5, budget_ms=None)
    assert np.array_equal(a.train_loss, b.train_loss) and first.latest.state is second.latest.state
    second.change(config(learning_rate=0.5))
    assert not np.array_equal(losses(first, 4), losses(second, 4))
    assert np.array_equal(losses(Recording(config()), None), losses(first, None))


def test_a_shelf_keeps_to_its_size():
    shelf = Shelf(most_bytes=300_000)
    recording = Recording(config(), work=shelf.advance)
    for i in range(30):
        recording.frames(3 * i if i else None, 4, budget_ms=None)
    assert 0 < shelf.kept.currsize <= 300_000


def test_a_shelf_lets_a_film_go_after_a_while(monkeypatch):
    monkeypatch.setattr("ann_core.film.shelf.SECONDS", 2.0)
    worked = []
    shelf = Shelf(work=lambda *asked: (worked.append(1), advance(*asked))[1])
    run = start(config())
    for waits, times in ((0, 1), (0, 1), (2.1, 2)):
        time.sleep(waits)
        shelf.advance(run, 2)
        assert len(worked) == times


def test_a_shelf_keeps_films_and_neither_settings_nor_data():
    shelf = Shelf()
    recording = Recording(config(), work=shelf.advance)
    recording.frames(None, 4, budget_ms=None)
    setup = weakref.ref(recording.latest.setup)
    del recording
    gc.collect()
    assert shelf.kept and setup() is None


def test_a_branch_left_unchanged_has_the_same_future_bit_for_bit():
    recording = Recording(config())
    whole = recording.frames(None, 20, budget_ms=None)
    branch = recording.branch(int(whole.step[8]))
    again = branch.frames(int(whole.step[8]), 12, budget_ms=None)
    for name in whole.columns:
        assert np.array_equal(getattr(again, name), getattr(whole, name)[9:], equal_nan=True), name
    assert branch.root == recording.id != branch.id and branch.lineage == []


def test_a_changed_branch_leaves_its_parent_alone_and_shares_its_past():
    recording = Recording(config())
    whole = recording.frames(None, 20, budget_ms=None)
    branch = recording.branch(int(whole.step[8]))
    branch.change(config(learning_rate=0.5))
    other = branch.frames(int(whole.step[8]), 12, budget_ms=None)
    assert not np.array_equal(other.train_loss, whole.train_loss[9:])
    assert np.array_equal(recording.frames(int(whole.step[8]), 12, budget_ms=None).train_loss, whole.train_loss[9:])
    told = branch.frames(None, 20, budget_ms=None)  # a page opened anew asks for everything
    while told.frames < 21:
        more = branch.frames(int(told.step[-1]), 21 - told.frames, budget_ms=None)
        told = told.then(more)
    assert np.array_equal(told.train_loss[:9], whole.train_loss[:9]) and np.array_equal(told.train_loss[9:], other.train_loss)


def test_frames_asked_across_a_change_of_settings_follow_what_happened():
    recording = Recording(config())
    past = recording.frames(None, 10, budget_ms=None)
    recording.change(config(learning_rate=0.5))
    after = recording.frames(int(past.step[6]), 5, budget_ms=None)
    again = recording.frames(int(past.step[3]), 10, budget_ms=None)
    assert np.array_equal(again.train_loss, past.train_loss[4:7]) and again.state == "running"
    assert np.array_equal(recording.frames(int(past.step[3]), 1, 50, budget_ms=None).train_loss[:1],
                          recording.frames(int(past.step[6]), 1, 50, budget_ms=None).train_loss)
    assert np.array_equal(recording.frames(int(past.step[6]), 5, budget_ms=None).train_loss, after.train_loss)


@pytest.mark.parametrize(("of", "in_depth"), [
    (RunConfig(), False), (twins.DEFAULT[0], True), (RunConfig.model_validate({"data": {"source": "digits"}}), False),
    (recurrence_openers.USUAL[0], False)])
def test_what_a_film_was_measured_by_goes_with_it(of, in_depth):
    """Without waiting for the collector, which counts objects and not the tens of megabytes that they hold."""
    run = start(of, in_depth=in_depth)
    gc.collect()
    gc.disable()
    try:
        before = {id(one) for one in gc.get_objects() if isinstance(one, Look)}
        advance(run, 3)
        assert not {id(one) for one in gc.get_objects() if isinstance(one, Look)} - before
    finally:
        gc.enable()
