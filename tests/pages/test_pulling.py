"""A row left out or relabelled where it pulls: the run plays on as a branch, and the sidebar knows the way back."""

import pytest

from ann_core import RunConfig
from ann_core.film.pulls import Target, told_pulls
from ann_core.film.recording import Recording
from ann_core.run.link import edited, to_query
from tests.pages.visit import ok, opened
from ui.player.asks import PlayerAsk
from ui.player.branch_controls import brancher
from ui.player.branches import branches


def branched(page, *asked: tuple[int, int | None], step: int = 22):
    """The page after its visitor has branched its run, or the last branch, for each row."""
    import streamlit as st
    before, st.session_state = st.session_state, page.session_state
    try:
        for row, label in asked:
            of = [*page.session_state["playground/recordings"], *(branch.recording for branch in branches("playground"))][-1]
            brancher("playground")(PlayerAsk(1, "branch", {of.id: step}, row=row, label=label))
    finally:
        st.session_state = before
    return ok(page.run())


@pytest.fixture
def page():
    page = opened("playground")
    page.session_state["playground/recordings"][0].frames(None, 4, budget_ms=None)
    page.session_state["playground/branches"] = []
    return page


@pytest.mark.parametrize(("label", "changes", "name"), [(None, {"data.left_out": (12,)}, "row 13 left out from epoch 2"),
                                                        (0, {"data.relabelled": ((12, 0),)}, "row 13 relabelled from epoch 2")])
def test_a_row_leaves_and_the_run_goes_on_beside_the_first_one(page, label, changes, name):
    branched(page, (12, label))
    branch, = page.session_state["playground/branches"]
    first, = page.session_state["playground/recordings"]
    assert branch.recording.config == edited(RunConfig(), changes) and branch.name == name and first.config == RunConfig()
    after, before = branch.recording.frames(22, 2, budget_ms=None), first.frames(22, 2, budget_ms=None)
    assert (after.train_loss != before.train_loss).all()
    assert branch.recording.present.setup.rows == 350 - (label is None)


def test_of_a_branch_more_rows_can_be_changed(page):
    branched(page, (12, None), (3, 1), (3, None))
    *_, last = page.session_state["playground/branches"]
    assert (last.recording.config.data.left_out, last.recording.config.data.relabelled) == ((12, 3), ())


@pytest.mark.parametrize("asked", [(10**6, None), (12, 7), (351, 0)])
def test_a_forged_row_or_class_leaves_a_branch_as_it_is(page, asked):
    branched(page, asked)
    branch, = page.session_state["playground/branches"]
    assert branch.recording.config == RunConfig() and branch.name == "branch 1"


def test_a_link_to_changed_rows_opens_and_the_sidebar_takes_them_all_again():
    config = edited(RunConfig(), {"data.left_out": (12,), "data.relabelled": ((3, 1),)})
    page = opened("playground", **to_query(config))
    assert page.session_state["playground/recordings"][0].config == config
    back = next(button for button in page.sidebar.button if button.label == "Take all rows as they came")
    assert "1 left out and 1 given another class" in back.help
    ok(back.click().run())
    assert page.session_state["playground/recordings"][0].config == RunConfig()


def test_the_address_holds_a_branch_with_a_row_left_out(page):
    branched(page, (12, None), (3, 0))
    query = {name: one if isinstance(one, str) else one[0] for name, one in page.query_params.items()}
    assert (query["branch1.data.left_out"], query["branch2.data.relabelled"]) == ("12", "3_0")
    again = opened("playground", **query)
    told = [[branch.recording.config for branch in one.session_state["playground/branches"]] for one in (page, again)]
    assert told[0] == told[1] and len(told[1]) == 2
    frames = [one.session_state["playground/branches"][0].recording.frames(22, 2, budget_ms=None) for one in (page, again)]
    assert (frames[0].train_loss == frames[1].train_loss).all()


def test_rows_of_a_table_are_told_by_their_named_values():
    page = opened("your_data")
    recording: Recording = page.session_state["your_data/recordings"][0]
    told = told_pulls(recording.present, Target("loss"))
    for one in told["strongest"]:
        assert "hours studied = " in one["inputs"] and one["inputs"].count("school = ") == 1 and one["right"] in ("yes", "no")
        assert ("part-time job = yes" in one["inputs"]) != ("part-time job ≠ yes" in one["inputs"])
