"""The teacher's desk: notes in a second window of the same browser, in step with the stage and never on it.

The stage tells its notes to that window inside the browser (`assets/desk`); the server hears nothing of it.
"""

import re
from dataclasses import asdict, dataclass

import streamlit as st

from ui.assets import mounted

WINDOW = "notes"
"""Of an address: this window is the teacher's."""

_component = mounted("teachers_desk", "desk/index.js", '<div class="teachers-desk"></div>')


@dataclass(frozen=True)
class Notes:
    """What a teacher reads beside the stage. place: for example 3 of 8   say, click: what to say and to do, "" where there is
    nothing   next: what comes then   shown: whether the answer is on the stage already"""

    title: str
    place: str
    ask: str
    answer: str
    say: str
    click: str
    next: str
    shown: bool


def desk(notes: Notes, ours: bool = True) -> None:
    """On the stage: the link that opens the second window, and what it is told. ours: whether it is Markdown that we wrote, or
    text that may be a visitor's"""
    with st.container(key="notes", width="content"):
        st.link_button("Notes", f"?{WINDOW}=1", icon=":material/sticky_note_2:", type="tertiary", shortcut="t",
                       help="What to say, the answer and what comes next, in a window of your own: keep it off the projector.")
    _component(key="desk", data={WINDOW: {name: _plain(value) if ours and isinstance(value, str) else value
                                          for name, value in asdict(notes).items()}})


def notes_window() -> None:
    """The second window: nothing but the notes of the stage that is open in this browser."""
    st.set_page_config("Notes · Neural playground")
    _component(key="notes_window", data={WINDOW: None})


def _plain(markdown: str) -> str:
    """Our own Markdown as text: without emphasis and icons."""
    return re.sub(r"\*+|`|:material/\w+:\s*", "", markdown)
