"""The visitor's own lesson, kept by the browser as the text of its file: it is still there when a page is opened anew."""

import streamlit as st

from ann_core.lab.recorded import Lesson, read, write
from ui.assets import mounted
from ui.recorded.lessons import NOTES, OWN, own, take

KEY, HEARD = "recorded_kept", "recorded/heard"
MOST = 300_000
"""Characters that a browser is asked to keep, and hands back in one message."""
KEPT = "Of the lesson that this browser had kept:"

_component = mounted("recorded_lesson", "lesson/recorded.js")


def keep() -> None:
    """Lets the browser keep the lesson, after it has said what it has."""
    heard = bool(own().scenes) or HEARD in st.session_state
    _component(key=KEY, data={"heard": heard, "text": text(own())}, on_kept_change=_hear)


def text(lesson: Lesson) -> str:
    """A lesson as the browser keeps it; nothing of one without scenes, or too long."""
    written = write(lesson).decode() if lesson.scenes else ""
    return written if len(written) <= MOST else ""


def _hear() -> None:
    """What the browser has kept comes, once a session, in a callback."""
    said = (st.session_state.get(KEY) or {}).get("kept")
    if HEARD in st.session_state or not isinstance(said, str):
        return
    st.session_state[HEARD] = True
    if said and OWN not in st.session_state:
        try:
            lesson, notes = read(said[:MOST].encode())
        except ValueError as reason:
            lesson, notes = Lesson(), [str(reason)]
        take(lesson)
        st.session_state[NOTES] = [f"{KEPT} {note}" for note in notes]
