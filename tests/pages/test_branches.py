"""Branches of a page's runs stand in its address, and come back from it."""

import numpy as np
import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from ann_core import RunConfig
from ann_core.film.recording import Recording
from ann_core.run.link import edited, to_query
from tests.pages.visit import ok, opened, plain
from ui.player.asks import PlayerAsk
from ui.player.branch_controls import brancher

SMALL = to_query(edited(RunConfig(), {"data.samples": 60, "training.epochs": 30}))


def made(page, name: str = "playground") -> list:
    return page.session_state[f"{name}/branches"]


def branched(page, recording, step: int, name: str = "playground"):
    """The page after a run was branched."""
    before, st.session_state = st.session_state, page.session_state
    try:
        brancher(name)(PlayerAsk(1, "branch", {recording.id: step}))
    finally:
        st.session_state = before
    return ok(page.run())


def address(page) -> dict[str, str]:
    return dict(page.query_params.items())


@pytest.fixture
def page():
    """The Playground with a branch that learns faster, and one that left it."""
    page = opened("playground", **SMALL)
    run, = page.session_state["playground/recordings"]
    run.frames(None, 6, steps_per_frame=2, budget_ms=None)
    branched(page, run, 8)
    branch, = made(page)
    page.select_slider(key=f"playground/branch/{branch.key}/training.learning_rate").set_value(0.3)
    ok(page.run())
    branch.recording.frames(8, 2, steps_per_frame=3, budget_ms=None)
    return branched(page, branch.recording, 11)


def test_an_address_with_branches_opens_with_them(page):
    asked = address(page)
    assert asked == {**SMALL, "branch1.left": "1~8", "branch1.training.learning_rate": "0.3", "branch2.left": "2~11"}
    other = opened("playground", **asked)
    assert address(other) == asked and not other.sidebar.info
    for was, now in zip(made(page), made(other), strict=True):
        assert (now.name, now.moment) == (was.name, was.moment) and now.recording.reach(14)
        was.recording.reach(14)
        np.testing.assert_array_equal(now.recording.at(14).state.theta, was.recording.at(14).state.theta)


def test_back_and_forward_take_branches_away_and_bring_them_again(page):
    asked = address(page)
    for name in [name for name in asked if name.startswith("branch")]:
        del page.query_params[name]
    page.session_state["playground/old_addresses"] = []
    ok(page.run())
    assert not made(page) and address(page) == SMALL
    page.query_params.update(asked)
    page.session_state["playground/old_addresses"] = []
    ok(page.run())
    assert len(made(page)) == 2 and address(page) == asked


def test_branches_leave_the_address_with_the_run_that_they_left(page):
    next(one for one in page.sidebar.button if one.label == "Remove this branch").click()
    ok(page.run())
    assert not made(page) and address(page) == SMALL


def test_a_branch_that_an_address_cannot_tell_says_so(page):
    first = made(page)[0].recording
    first.change(edited(first.config, {"training.l2": 0.1}))
    first.settle(13)
    ok(page.run())
    assert address(page) == SMALL
    said = [caption.value for caption in page.sidebar.caption]
    assert any("does not stand in the address: its settings changed more than once" in words for words in said)
    assert any("does not stand in the address: the run that it left does not" in words for words in said)


@pytest.mark.parametrize("forged,said", [
    ({"branch1.left": "7~8"}, "counted from 1"), ({"branch1.left": "1~999999999"}, "the run ends at"),
    ({"branch1.left": "1~2", "branch1.training.epochs": "30000"}, "much more work"),
    ({"branch1.left": "1~2", "branch1.data.samples": "61"}, "weights of the run")])
def test_a_forged_branch_is_refused_in_words(forged, said):
    page = opened("playground", **SMALL, **forged)
    assert said in plain(page.sidebar.info[0].value) and not made(page) and address(page) == SMALL


def test_a_forged_way_to_a_branch_that_is_longer_than_the_run_is_not_gone():
    page = opened("playground", **SMALL, **{"branch1.left": "1~2", "branch1.training.epochs": "290", "branch2.left": "2~99999"})
    assert "Branch 2 of the link, and those after it, cannot be used. It is much more work" in plain(page.sidebar.info[0].value)
    assert len(made(page)) == 1 and made(page)[0].recording.latest.epoch < 30


def test_branches_of_a_costly_run_wait():
    page = opened("playground", **to_query(edited(RunConfig(), {"training.epochs": 5_000})), **{"branch1.left": "1~8"})
    assert "not worked out by themselves" in page.sidebar.info[0].value and not made(page)


def test_a_branch_of_a_twin_stands_in_the_address_of_the_gradient_lab():
    page = opened("gradient_lab", **SMALL, twins="2", **{"B.network.batch_norm": "1"}, **{"branch1.left": "2~6"})
    branch, = made(page, "lab")
    assert branch.parent is page.session_state["lab/recordings"][1] and branch.recording.origin == 6
    assert address(page)["branch1.left"] == "2~6"


def test_a_visitor_who_changes_something_meanwhile_still_gets_the_branches_of_the_link(page, monkeypatch):
    asked, reach = address(page), Recording.reach
    ways = iter([StopException(), None, None, None, None])

    def interrupted(self, step, still_here=bool):
        if (end := next(ways)) is not None:
            raise end
        return reach(self, step, still_here)

    monkeypatch.setattr(Recording, "reach", interrupted)
    other = opened("playground", **asked)
    assert not made(other)
    assert len(made(ok(other.run()))) == 2 and address(other) == asked
