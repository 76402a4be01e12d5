"""Asks come from a browser and may be forged: only whole and known ones are answered."""

import json
from contextlib import contextmanager

import numpy as np
import pytest
from streamlit.runtime.scriptrunner import StopException

from ann_core import RunConfig, start
from ann_core.film.accounts.base import Place
from ann_core.film.accounts.told import told as accounts
from ann_core.film.probes import PROBES
from ann_core.film.pulls import Target, told_pulls
from ann_core.film.recording import Recording
from ann_core.film.slow_motion import slow_motion
from ann_core.film.wire import unpack
from ann_core.run.link import edited
from ui.player.answer import Mount, RunLabel, _unseen, answer
from ui.player.asks import read_ask

KNOWN = {"a": 110}
GOOD = {"n": 3, "kind": "frames", "after": {"a": 55}, "frames": 60, "epochs": 5}


def test_good_asks_are_read():
    ask = read_ask(GOOD, KNOWN)
    assert (ask.n, ask.kind, dict(ask.after), ask.frames, ask.epochs, ask.steps) == (3, "frames", {"a": 55}, 60, 5, None)
    assert read_ask({**GOOD, "after": {"a": None}}, KNOWN).after == {"a": None}
    for kind in ("scene", "reset", "seed", "moved"):
        assert read_ask({"n": 1, "kind": kind}, {}).kind == kind


def test_runs_that_were_never_sent_are_left_out():
    assert read_ask({**GOOD, "after": {"stranger": 5}}, KNOWN).after == {}


@pytest.mark.parametrize("change", [
    {"n": "3"}, {"n": True}, {"n": 0}, {"n": 2**40}, {"kind": "shell"}, {"kind": None}, {"after": None}, {"after": [1]},
    {"after": {"a": 111}}, {"after": {"a": -1}}, {"after": {"a": 1.5}}, {"after": {"a": "5"}}, {"frames": 0},
    {"frames": 10**6}, {"frames": float("nan")}, {"epochs": 0}, {"epochs": 10**9}, {"epochs": None}, {"steps": 1},
    {"epochs": None, "steps": 0}, {"after": dict.fromkeys("abcde", 1)}, {"kind": ["frames"]}, {"kind": {}},
    {"pictures": ["map"]}, {"columns": ["boundary"]}, {"points": [[0, 0, 0]]}, {5: 5}])
def test_forged_asks_are_ignored(change):
    assert read_ask({**GOOD, **change}, KNOWN) is None


@pytest.mark.parametrize("value", [
    None, 5, "frames", [], {}, {"n": 1}, {"n": 1, "kind": "pictures", "pictures": ["boundary"]},
    {"n": 1, "kind": "scene", "pictures": []}, {"n": 1, "kind": "reset", "after": {"a": 1}},
    {"n": 1, "kind": "branch", "after": {"a": 1}, "picture": "map"},
    {"n": 1, "kind": "draw", "points": [[0, 0, 0]] * 8, "probe": "boundary"}])
def test_other_things_are_ignored(value):
    assert read_ask(value, KNOWN) is None


@pytest.mark.parametrize("change", [{"row": -1}, {"row": "0"}, {"row": None}, {"row": 10**9}, {"after": {"a": None}},
                                    {"after": {}}, {"after": {"a": 111}}, {"frames": 1}])
def test_a_forged_ask_for_a_step_is_ignored(change):
    good = {"n": 1, "kind": "step", "after": {"a": 110}, "row": 3}
    assert read_ask(good, KNOWN).row == 3 and read_ask({**good, **change}, KNOWN) is None


def slow(recording, step, row=0, mount=None):
    """What the browser is told of a step."""
    mount = mount or Mount()
    answered(mount, [recording])
    stage = {"pictures": ["loss"], "stop_at": None, "veiled": False, "by_steps": False}
    ask = read_ask({"n": 1, "kind": "step", "after": {recording.id: step}, "row": row}, mount.furthest)
    return unpack(answer(mount, [recording], [RunLabel("a")], stage, ask))


def test_a_step_is_told_as_the_film_takes_it_and_brings_no_frames():
    recording = Recording(RunConfig())
    header, ((entry, blocks),) = slow(recording, 11, 4)
    expected = slow_motion(start(RunConfig()).at(recording.at(11).state), 4)
    assert header["slow"] == {"run": recording.id, **expected} and header["answer"] == 1
    assert entry["kind"] == "same" and not blocks
    assert answer_without_ask(recording)["slow"] is None


def answer_without_ask(recording):
    stage = {"pictures": ["loss"], "stop_at": None, "veiled": False, "by_steps": False}
    return unpack(answer(Mount(), [recording], [RunLabel("a")], stage, None))[0]


def test_a_step_under_changed_settings_is_taken_under_them():
    recording, mount = Recording(RunConfig()), Mount()
    answered(mount, [recording])
    recording.change(edited(recording.config, {"training.learning_rate": 0.3}))
    said = slow(recording, 11, mount=mount)[0]["slow"]["stages"][-1]["words"]
    assert "0.3" in said


def test_a_step_that_has_no_room_is_refused_in_words():
    recording = Recording(edited(RunConfig(), {"network.layers": [{"units": 90}] * 2}))
    told = slow(recording, 0)[0]["slow"]
    assert told["run"] == recording.id and "2-90-90-1" in told["refused"] and "stages" not in told


WRITTEN = {"n": 1, "kind": "account", "after": {"a": 110}, "moments": [0, 110], "at": [2, 1], "row": 57, "held_out": False}


@pytest.mark.parametrize("change", [
    {"moments": []}, {"moments": [111]}, {"moments": [-1]}, {"moments": [0] * 25}, {"moments": "0"}, {"moments": None},
    {"at": [1]}, {"at": [1, -1]}, {"at": [1, 2.5]}, {"at": [0] * 9}, {"at": "12"}, {"row": -1}, {"row": None},
    {"held_out": 1}, {"frames": 1}, {"after": {}}, {"after": {"a": None}}, {"label": 1}])
def test_a_forged_ask_for_an_account_is_ignored(change):
    read = read_ask(WRITTEN, KNOWN)
    assert (read.place, read.moments) == (Place(2, 1, (), 57), (0, 110)) and read_ask({**WRITTEN, **change}, KNOWN) is None


def written_out(recording, **more):
    """What the browser is told of an account, and what comes with it."""
    mount = Mount()
    answered(mount, [recording])
    stage = {"pictures": ["loss"], "stop_at": None, "veiled": False, "by_steps": False}
    ask = read_ask({**WRITTEN, "after": {recording.id: 11}, "moments": [11, 22], **more}, mount.furthest)
    return unpack(answer(mount, [recording], [RunLabel("a")], stage, ask))


def test_an_account_is_told_at_its_moments_and_brings_no_frames():
    recording = Recording(RunConfig())
    header, ((entry, blocks),) = written_out(recording)
    expected = json.loads(json.dumps(accounts([recording.at(11), recording.at(22)], Place(2, 1, row=57))))
    assert header["account"] == {"run": recording.id, "asked": [0, 57, 2, 1], **expected}
    assert entry["kind"] == "same" and not blocks and answer_without_ask(recording)["account"] is None


def test_an_account_is_told_again_until_something_else_is_asked():
    """A message that comes at once, since the page runs again, may take the place of the one that told it."""
    recording, mount = Recording(RunConfig()), Mount()
    stage = {"pictures": ["loss"], "stop_at": None, "veiled": False, "by_steps": False}
    answered(mount, [recording])
    ask = read_ask({**WRITTEN, "after": {recording.id: 11}, "moments": [11]}, mount.furthest)
    other = read_ask({"n": 2, "kind": "frames", "after": {recording.id: 11}, "frames": 1, "steps": 1}, mount.furthest)
    told = [unpack(answer(mount, [recording], [RunLabel("a")], stage, one))[0]["account"] for one in (ask, None, other, None)]
    assert told[0] == told[1] and told[0]["moments"][0]["step"] == 11 and told[2:] == [None, None]


def test_what_has_no_account_is_refused_in_words():
    told = written_out(Recording(RunConfig()), at=[1, 99])[0]["account"]
    assert "no such unit" in told["refused"] and told["asked"] == [0, 57, 1, 99] and "moments" not in told


def answered(mount, recordings, ask=None):
    stage = {"pictures": ["loss"], "stop_at": None, "veiled": False, "by_steps": False}
    return unpack(answer(mount, recordings, [RunLabel("a")] * len(recordings), stage, ask))[1]


def entries(mount, recordings):
    return [entry for entry, _ in answered(mount, recordings)]


def test_two_changes_before_the_browser_heard_of_one_still_go_on():
    recording, mount = Recording(RunConfig()), Mount()
    assert entries(mount, [recording])[0]["kind"] == "scene"
    first = recording.id
    for rate in (0.1, 0.2):
        recording.change(edited(recording.config, {"training.learning_rate": rate}))
    entry = entries(mount, [recording])[0]
    assert (entry["kind"], entry["parent"], entry["id"]) == ("continue", first, recording.id)
    assert entries(mount, [recording])[0]["kind"] == "same"


def test_a_change_that_the_browser_never_heard_of_goes_on_where_the_film_is():
    recording, mount = Recording(RunConfig()), Mount()
    entries(mount, [recording])
    first, known = recording.id, mount.furthest[recording.id]
    recording.change(edited(recording.config, {"training.learning_rate": 0.1}))
    entries(mount, [recording])  # never seen: another followed at once
    assert entries(mount, [recording])[0]["kind"] == "same"
    asked = read_ask({"n": 1, "kind": "scene", "has": [first]}, mount.furthest)
    [(entry, blocks)] = answered(mount, [recording], asked)
    assert (entry["kind"], entry["parent"], entry["id"]) == ("continue", first, recording.id) and "step" not in blocks
    after = read_ask({"n": 2, "kind": "frames", "after": {recording.id: known}, "frames": 3, "epochs": 1}, mount.furthest)
    assert answered(mount, [recording], after)[0][0]["kind"] == "frames"
    for has in ([], ["stranger"]):
        asked = read_ask({"n": 3, "kind": "scene", "has": has}, mount.furthest)
        assert answered(mount, [recording], asked)[0][0]["kind"] == "scene"


@pytest.mark.parametrize("has", [None, "a", [1], ["a" * 100], ["a"] * 99, {"a": 1}])
def test_runs_that_nobody_can_have_are_no_ask(has):
    assert read_ask({"n": 1, "kind": "scene", "has": has}, KNOWN) is None


def test_a_branch_is_told_as_one_and_its_changes_go_on():
    recording, mount = Recording(RunConfig()), Mount()
    entries(mount, [recording])
    branch = recording.branch(22)
    entry = entries(mount, [recording, branch])[1]
    assert (entry["kind"], entry["parent"], entry["step"]) == ("branch", recording.id, 22)
    before = branch.id
    branch.change(edited(branch.config, {"training.learning_rate": 0.1}))
    entry = entries(mount, [recording, branch])[1]
    assert (entry["kind"], entry["parent"]) == ("continue", before)
    assert [e["kind"] for e in entries(mount, [branch])] == ["same"]


def test_runs_that_go_on_get_equally_many_frames_and_one_that_ends_those_to_its_end():
    first, short, mount = Recording(RunConfig()), Recording(edited(RunConfig(), {"training.epochs": 3})), Mount()
    answered(mount, [first, short])
    ask = read_ask({"n": 1, "kind": "frames", "after": {first.id: 0, short.id: 0}, "frames": 5, "epochs": 1}, mount.furthest)
    other = Recording(RunConfig())  # comes with a scene and more frames than were asked for
    found = answered(mount, [first, short, other], ask)
    assert [(entry["kind"], entry["state"], len(blocks["step"])) for entry, blocks in found] == [
        ("frames", "running", 5), ("frames", "finished", 3), ("scene", "running", 5)]
    assert mount.furthest[other.id] == found[2][1]["step"][-1] and mount.answered == 1


def test_a_probe_that_fails_travels_as_a_sentence_and_the_rest_as_it_is(monkeypatch):
    def fails(look):
        raise ValueError("no room")

    whole = answered(Mount(), [Recording(RunConfig())])[0]
    monkeypatch.setattr(PROBES["gradient"], "measure", fails)
    entry, blocks = answered(Mount(), [Recording(RunConfig())])[0]
    assert entry["failures"].keys() == {"gradient"} and whole[0]["failures"] == {}
    assert entry["failures"]["gradient"].startswith("Gradient by layer could not be measured at epoch ")
    assert entry["failures"]["gradient"].endswith(": no room")
    lost = {column.name for column in PROBES["gradient"].columns}
    assert blocks.keys() == whole[1].keys() - lost and lost < whole[1].keys()


def test_a_failure_of_one_part_of_a_film_leaves_its_other_frames(monkeypatch):
    measure = PROBES["gradient"].measure

    def fails_once(look):
        if any(state.step == 0 for state in look.states):
            raise ValueError("no room")
        return measure(look)

    monkeypatch.setattr(PROBES["gradient"], "measure", fails_once)
    entry, blocks = answered(Mount(), [Recording(RunConfig())])[0]
    assert entry["failures"].keys() == {"gradient"}
    assert np.isnan(blocks["gradient"][0]).all() and np.isfinite(blocks["gradient"][1:]).all()


def test_moving_pictures_that_nobody_looks_at_do_not_travel():
    stage = {"stop_at": None, "veiled": False, "by_steps": False}

    def sent(*pictures):
        message = answer(Mount(), [Recording(RunConfig())], [RunLabel("a")], {**stage, "pictures": pictures}, None)
        return set(unpack(message)[1][0][1])

    everything = sent("network", "boundary", "gradient", "loss")
    assert everything - sent("boundary", "loss") == {"units"}
    assert everything - sent("network") == {"boundary"}


def test_while_others_wait_a_first_picture_brings_fewer_frames():
    def frames(queue):
        stage = {"pictures": ["loss"], "stop_at": None, "veiled": False, "by_steps": False, "queue": queue}
        (_, blocks), = unpack(answer(Mount(), [Recording(RunConfig())], [RunLabel("a")], stage, None))[1]
        return len(blocks["step"])

    assert frames(0) == frames(1) > frames(1.5) > 1


def test_a_moving_picture_travels_to_every_picture_that_draws_it():
    """What the judge says lies under the samples."""
    assert "boundary" not in _unseen(["samples"]) and "boundary" in _unseen(["loss"])


GOOD_TARGETS = [("loss", []), ("weight", [1, 0, 2]), ("unit", [2, 3]), ("spot", [0.5, -1]), ("spot", [0])]


@pytest.mark.parametrize(("target", "at"), GOOD_TARGETS)
def test_an_ask_for_who_pulls_is_read(target, at):
    ask = read_ask({"n": 1, "kind": "pull", "after": {"a": 110}, "target": target, "at": at}, KNOWN)
    assert ask.target == Target(target, tuple(at)) and dict(ask.after) == {"a": 110}


@pytest.mark.parametrize("change", [
    {"target": "bias"}, {"target": None}, {"target": ["unit"]}, {"at": None}, {"at": {}}, {"at": [1]}, {"at": [1, 2, 3]},
    {"at": [1, -2]}, {"at": [1, 2.0]}, {"at": [1, "2"]}, {"at": [1, True]}, {"at": [1, 2**40]}, {"after": {"a": None}},
    {"after": {}}, {"row": 1}, {"after": {"a": 111}}, {"target": "spot", "at": [float("nan"), 0]},
    {"target": "spot", "at": [1e300, 0]}, {"target": "spot", "at": ["0", 0]}, {"target": "spot", "at": []},
    {"target": "loss", "at": [0]}])
def test_a_forged_ask_for_who_pulls_is_ignored(change):
    good = {"n": 1, "kind": "pull", "after": {"a": 110}, "target": "unit", "at": [1, 2]}
    assert read_ask(good, KNOWN) and read_ask({**good, **change}, KNOWN) is None


@pytest.mark.parametrize("change", [
    {"row": -1}, {"row": "0"}, {"row": 1.0}, {"row": 10**9}, {"label": -1}, {"label": "1"}, {"row": None}, {"at": []}])
def test_a_forged_branch_with_a_row_is_ignored(change):
    good = {"n": 1, "kind": "branch", "after": {"a": 110}, "row": 3, "label": 1}
    assert read_ask(good, KNOWN).label == 1 and read_ask({**good, **change}, KNOWN) is None


def test_who_pulls_is_told_at_the_moment_and_brings_no_frames():
    recording, mount = Recording(RunConfig()), Mount()
    answered(mount, [recording])
    stage = {"pictures": ["loss"], "stop_at": None, "veiled": False, "by_steps": False}
    for n, (target, at) in enumerate(GOOD_TARGETS[:4], 1):
        ask = read_ask({"n": n, "kind": "pull", "after": {recording.id: 11}, "target": target, "at": at}, mount.furthest)
        header, ((entry, blocks),) = unpack(answer(mount, [recording], [RunLabel("a")], stage, ask))
        assert header["pulls"] == {"run": recording.id, **told_pulls(recording.at(11), ask.target)}
        assert header["slow"] is None and entry["kind"] == "same" and not blocks and header["answer"] == n
    ask = read_ask({"n": 9, "kind": "pull", "after": {recording.id: 11}, "target": "spot", "at": [1]}, mount.furthest)
    told = unpack(answer(mount, [recording], [RunLabel("a")], stage, ask))[0]["pulls"]
    assert told["run"] == recording.id and told["step"] == 11 and "no picture" in told["refused"]
    assert answer_without_ask(recording)["pulls"] is None


def test_who_leaves_while_he_waits_for_his_turn_is_told_later():
    recording, mount = Recording(RunConfig()), Mount()
    answered(mount, [recording])
    stage = {"pictures": ["loss"], "stop_at": None, "veiled": False, "by_steps": False}
    ask = read_ask({"n": 1, "kind": "pull", "after": {recording.id: 11}, "target": "loss", "at": []}, mount.furthest)

    @contextmanager
    def left():
        raise StopException
        yield

    before = (mount.seq, mount.answered, dict(mount.furthest))
    with pytest.raises(StopException):
        answer(mount, [recording], [RunLabel("a")], stage, ask, left)
    assert (mount.seq, mount.answered, mount.furthest) == before
