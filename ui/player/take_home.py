"""Take it home: the network of a moment as a file, made when it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from ann_core import Run
from ann_core.data.config import DataConfig
from ann_core.data.table.own import Own
from ann_core.export.formats import FORMATS, Format
from ann_core.export.run_file import Loaded
from ann_core.export.taken import Taken, offered, taken
from ann_core.film.recording import Recording
from ui.controls.which import which
from ui.player.asks import PlayerAsk
from ui.player.reopening import opening
from ui.text import markdown

KEPT, SHOWN = "the weights it keeps", "as the film shows it"
PRIVATE = "It holds the rows of your table that the network learned from. Think of who may see it."
HOLDS_ROWS = ("numpy", "notebook", "run")


def rest(page: str) -> Callable[[PlayerAsk], None]:
    """What the player calls where the film of this page comes to rest."""
    def remember(ask: PlayerAsk) -> None:
        st.session_state[f"{page}/rest"] = dict(ask.after)
    return remember


def take_home(page: str, recordings: Sequence[Recording], names: Sequence[str],
              reopen: Callable[[Loaded], None], own_of: Callable[[DataConfig], Own | None] = lambda data: None) -> None:
    """The place below a stage. page: where `rest` is remembered   reopen: shows a run that was saved, or raises ValueError
    own_of: the table that settings name"""
    box = st.expander("Take it home: this network as code, notebook or file", key=f"{page}/take_home", on_change="rerun",
                      icon=":material/download:")
    if not box.open:
        return
    with box:
        recording = recordings[which("Which network", names, f"{page}/take_home/which", 360)]
        run = _moment(page, recording)
        history = [(at, c) for at, c in recording.history if at <= run.state.step]
        try:
            found = taken(run, own_of(run.config.data), history, _player(page, run))
        except (ValueError, NotImplementedError) as reason:
            st.warning(markdown(str(reason)), icon=":material/block:")
            return
        chosen = st.pills("As", list(FORMATS), default=next(iter(FORMATS)), required=True, key=f"{page}/take_home/format",
                          format_func=lambda key: FORMATS[key].label)
        _file(page, FORMATS[chosen], found)
        if chosen == "run":
            opening(page, reopen)


def _moment(page: str, recording: Recording) -> Run:
    """The run where the film rests, or with the weights that it keeps."""
    steps: Mapping[str, int] = st.session_state.get(f"{page}/rest", {})
    step = steps.get(recording.id)
    run = recording.latest if step is None else recording.at(step)
    if (best := run.state.best) is not None:
        these = st.segmented_control("Its weights", [SHOWN, KEPT], default=KEPT, required=True, key=f"{page}/take_home/moment")
        run = run.at(replace(run.state, best=None), run.message)
        if these == KEPT:
            run = run.at(replace(run.state, theta=best.theta, statistics=best.statistics, epoch=best.epoch, row=0))
            st.caption(f"The network at {run.moment}, where the validation loss is lowest so far.")
            return run
    st.caption(f"The network at {run.moment}. Pause the film or drag its timeline to take another moment.")
    return run


def _player(page: str, run: Run) -> str:
    """Which network of a run: of two against each other either can be taken."""
    names = offered(run)
    return names[0] if len(names) == 1 else st.segmented_control(
        "Which of the two", names, default=names[0], required=True, key=f"{page}/take_home/network")


def _file(page: str, chosen: Format, found: Taken) -> None:
    st.caption(f"{chosen.sentence} {chosen.note(found)}".strip())
    if reason := chosen.why_not(found):
        st.info(reason, icon=":material/info:")
        return
    if found.own is not None and chosen.key in HOLDS_ROWS:
        st.caption(PRIVATE)
    name = chosen.name(found)
    st.download_button(f"Download {name}", lambda: chosen.make(found), name, chosen.mime, icon=":material/download:",
                       on_click="ignore", key=f"{page}/take_home/file/{chosen.key}")
