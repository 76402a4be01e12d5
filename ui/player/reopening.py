"""A run that was saved, shown again on the page that it was saved on."""

from collections.abc import Callable, Collection

import streamlit as st

from ann_core.export.run_file import MAX_BYTES, Loaded, from_json
from ann_core.run.objectives.config import OBJECTIVES
from ui.player.workers import workers
from ui.text import markdown


def opening(page: str, reopen: Callable[[Loaded], None]) -> None:
    """The field for a file, and why one is refused. reopen: shows the run, or raises ValueError"""
    key, refusal = f"{page}/take_home/open", f"{page}/take_home/refusal"

    def take() -> None:
        given = st.session_state.get(key)
        st.session_state[refusal] = None
        if given is None:
            return
        try:
            reopen(from_json(given.getvalue()))
        except ValueError as reason:
            st.session_state[refusal] = str(reason)
    st.file_uploader("Open a saved run", key=key, on_change=take, max_upload_size=MAX_BYTES // 10**6)
    if st.session_state.get(refusal):
        st.error(markdown(st.session_state[refusal]), icon=":material/block:")


def reopened(page: str, saved: Loaded, fits: bool, shows: str, in_depth: bool = False, without: Collection[str] = ()) -> None:
    """Makes a saved run the one that the page has for these settings. in_depth, without: as the page's own recordings are

    Raises ValueError when it is none that this page `shows`."""
    if not fits:
        learns = OBJECTIVES[saved.config.objective.kind].label
        raise ValueError(f"This page shows {shows}. The run in this file is of another kind (it learns {learns}): open it on "
                         "the page where it was saved, at the same place.")
    st.session_state[f"{page}/recordings"] = [saved.recording(work=workers().advance, in_depth=in_depth, without=without)]
