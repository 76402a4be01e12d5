"""How a page's visitor makes branches of its runs, and their controls."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from pydantic import ValidationError

from ann_core import RunConfig, explain
from ann_core.film.recording import Recording
from ann_core.run.link import edited
from ui.controls import adversarial
from ui.controls.fields import Controls
from ui.controls.layers import activation_for_all, activations
from ui.player.asks import MAX_RUNS, PlayerAsk
from ui.player.branches import Branch, branches, reopen, told
from ui.settings import PageSettings
from ui.text import markdown


def brancher(page: str) -> Callable[[PlayerAsk], None]:
    """What the player calls when its visitor branches a run."""
    def branch(ask: PlayerAsk) -> None:
        found = branches(page)
        if len(found) + len(st.session_state[f"{page}/recordings"]) >= MAX_RUNS:
            return
        (run, step), *_ = ask.after.items()
        for recording in [*st.session_state[f"{page}/recordings"], *(b.recording for b in found)]:
            if recording.id == run:
                other = recording.branch(step or 0)
                before = other.config
                if ask.row is not None and (wanted := _with_row(before, ask.row, ask.label)) is not None:
                    other.change(wanted)
                number = 1 + max((b.number for b in found), default=0)
                found.append(Branch(number, other, recording, before, other.at(step or 0).moment))
    return branch


def _with_row(config: RunConfig, row: int, label: int | None) -> RunConfig | None:
    """The same settings with one more training row left out or, with a label, of that class; None where that cannot be."""
    data = config.data
    others = tuple(pair for pair in data.relabelled if pair[0] != row)
    changes = ({"data.left_out": (*data.left_out, row), "data.relabelled": others} if label is None else
               {"data.relabelled": (*others, (row, label))})
    try:
        return edited(config, changes)
    except ValidationError:
        return None


def branch_controls(settings: PageSettings[Any], runs: Sequence[Recording], starts: bool) -> None:
    """In the sidebar: the settings of each branch that can change while its weights are kept. With these the address is
    complete. runs: those that stand in it   starts: whether they begin by themselves"""
    page = settings.page
    reopen(settings, runs, starts)
    for note in st.session_state.get(f"{page}/branch_notes", ()):
        st.info(markdown(note), icon=":material/link:")
    absent = told(page, runs)[1]
    for branch in branches(page):
        with st.container(border=True):
            st.markdown(f"**Branch {branch.number}** · from {branch.moment}",
                        help="It has the same past as the run it left. What you change here changes this branch only.")
            c = Controls(branch.recording.config, f"{page}/branch/{branch.key}/{{}}".format)
            _controls(c)
            try:
                config = c.wanted()
            except ValidationError as error:
                st.warning(markdown(" ".join(reason for _, reason in explain(error))))
                config = branch.recording.config
            if config != branch.recording.config:
                branch.recording.change(config)
            st.caption(markdown(branch.name))
            if branch.number in absent:
                st.caption(f":material/link_off: It does not stand in the address: {absent[branch.number]}.")
            st.button("Remove this branch", key=f"{page}/branch/{branch.key}/remove", type="tertiary",
                      icon=":material/close:", on_click=_remove, args=(page, branch))
    settings.write_branches(told(page, runs)[0])


def _remove(page: str, branch: Branch) -> None:
    st.session_state[f"{page}/branches"] = [other for other in branches(page) if other is not branch]


def _controls(c: Controls) -> None:
    if c.config.objective.kind == "adversarial":
        adversarial.rates(c)
        with st.expander("More"):
            adversarial.turns(c)
            adversarial.optimisers(c)
        return
    if c.config.network.layers:
        activation_for_all(c)
        activations(c)
    c.field("training.learning_rate")
    with st.expander("More"):
        for name in ("optimizer", "batch_size", "l2", "clip_norm", "clip_value"):
            c.field(f"training.{name}")
        c.field("network.dropout")
