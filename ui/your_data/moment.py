"""Which network is judged and used: the trained one, or the one that the film shows."""

from dataclasses import replace

import streamlit as st

from ann_core.base.spelling import words
from ann_core.film.recording import Recording
from ann_core.run.run import Run
from ui.player.asks import PlayerAsk
from ui.player.runs import trained_to_end

END, FILM = "trained to its end", "as the film shows it"


def remember(ask: PlayerAsk) -> None:
    """What the player calls where its film comes to rest."""
    st.session_state["own/rest"] = dict(ask.after)


def chosen(recording: Recording, affordable: bool) -> Run:
    """The run at the moment that the visitor wants, with a progress bar when it must be trained first."""
    if not affordable:
        st.caption("This network is much work to train, so it is taken where the film stands. Play the film on to go further.")
        return recording.latest
    kind = st.segmented_control("The network", [END, FILM], default=END, required=True, key="own/moment", width="content",
                                label_visibility="collapsed")
    if kind == END:
        return finished(recording)
    step = st.session_state.get("own/rest", {}).get(recording.id)
    run = recording.latest if step is None else recording.at(step)
    run = run.at(replace(run.state, best=None), run.message)  # these very weights, not the best before them
    st.caption(f"The network at epoch {words(run.epoch)}. Pause the film or drag its timeline to take another moment.")
    return run


def finished(recording: Recording) -> Run:
    """The run trained to its end; remembered as long as its settings stay."""
    known = st.session_state.setdefault("own/finished", {})
    if recording.id not in known:
        run, = trained_to_end([recording.present])
        known.clear()
        known[recording.id] = run
    return known[recording.id]
