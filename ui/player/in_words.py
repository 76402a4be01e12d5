"""A run in words: a place below the stage, worked out when it is opened."""

from collections.abc import Sequence

import streamlit as st

from ann_core.film.recording import Recording
from ann_core.lab.run_words import in_words
from ui.text import markdown


def run_in_words(page: str, recordings: Sequence[Recording], names: Sequence[str]) -> None:
    """What happened in each of these runs so far. page: where what was told is kept, until a run has gone on"""
    box = st.expander("This run in words" if len(recordings) == 1 else "These runs in words", key=f"{page}/words",
                      on_change="rerun", icon=":material/notes:")
    if not box.open:
        return
    with box:
        for told, name in zip(_told(page, recordings), names, strict=True):
            if len(recordings) > 1:
                st.markdown(f"**{markdown(name)}**")
            st.markdown("\n".join(f"{i}. {markdown(line)}" for i, line in enumerate(told, 1)))
        if not all(recording.latest.finished or recording.latest.message for recording in recordings):
            st.button("Tell it again", key=f"{page}/words/again", icon=":material/refresh:", type="tertiary",
                      help="It tells of all moments that were reached, also of those that the film has yet to show.")


def _told(page: str, recordings: Sequence[Recording]) -> list[list[str]]:
    """What was told of these runs at this moment, or is now."""
    place = f"{page}/words/told"
    before = st.session_state.get(place, {})
    now = {(recording.id, recording.latest.state.step): recording for recording in recordings}
    with st.spinner("Looking back over the run …"):
        st.session_state[place] = {key: before.get(key) or in_words(recording) for key, recording in now.items()}
    return list(st.session_state[place].values())
