"""Asks come from a browser and may be forged: only whole and known ones are answered."""

import pytest

from ui.player import read_ask

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
    {"epochs": None, "steps": 0}, {"after": dict.fromkeys("abcde", 1)}])
def test_forged_asks_are_ignored(change):
    assert read_ask({**GOOD, **change}, KNOWN) is None


@pytest.mark.parametrize("value", [None, 5, "frames", [], {}, {"n": 1}])
def test_other_things_are_ignored(value):
    assert read_ask(value, KNOWN) is None
