"""The branches that a page's visitor made of its runs, and their controls."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from pydantic import ValidationError

from ann_core import RunConfig, explain
from ann_core.film.recording import Recording
from ann_core.run.differences import differences
from ann_core.run.link import edited
from ui.controls import adversarial
from ui.controls.fields import Controls
from ui.controls.layers import activation_for_all, activations
from ui.player.asks import MAX_RUNS, PlayerAsk
from ui.text import markdown


@dataclass(eq=False)
class Branch:
    """A run that left another one at some epoch, to go on under settings of its own."""

    number: int
    recording: Recording
    parent: Recording
    before: RunConfig
    moment: str

    @property
    def name(self) -> str:
        """What was changed, and where."""
        changed = differences(self.before, self.recording.config)
        return f"branch {self.number}" if changed == "unchanged" else f"{changed} from {self.moment}"


def branches(page: str) -> list[Branch]:
    """The branches of the page's runs; those whose parent is gone go with it."""
    alive, kept = [*st.session_state.get(f"{page}/recordings", [])], []
    for branch in st.session_state.get(f"{page}/branches", []):
        if branch.parent in alive:
            kept.append(branch)
            alive.append(branch.recording)
    st.session_state[f"{page}/branches"] = kept
    return kept


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


def branch_controls(page: str) -> None:
    """In the sidebar: the settings of each branch that can change while its weights are kept."""
    for branch in branches(page):
        with st.container(border=True):
            st.markdown(f"**Branch {branch.number}** · from {branch.moment}",
                        help="It has the same past as the run it left. What you change here changes this branch only.")
            c = Controls(branch.recording.config, f"{page}/branch{branch.number}/{{}}".format)
            _controls(c)
            try:
                config = c.wanted()
            except ValidationError as error:
                st.warning(markdown(" ".join(reason for _, reason in explain(error))))
                config = branch.recording.config
            if config != branch.recording.config:
                branch.recording.change(config)
            st.caption(markdown(branch.name))
            st.button("Remove this branch", key=f"{page}/branch{branch.number}/remove", type="tertiary",
                      icon=":material/close:", on_click=_remove, args=(page, branch))


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
