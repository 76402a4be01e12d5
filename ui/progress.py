"""How far a visitor has come in the lessons: ideas seen, questions answered, values of controls. The browser keeps it.

What it keeps is one text, which only this file writes and reads: a version, a checksum, JSON. When a session begins, the
browser says what it has; damaged, or of another version, that is left aside with a sentence. What an address says goes first.
Where another tab has written since, the browser says that, too, before anything is written over it: the two become one.
"""

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from time import time
from typing import Any

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from ui.assets import mounted
from ui.question import Told, forget_replies, restore_replies, told_replies

VERSION = "1"
"""Of the text; another one when its parts mean something else."""
MOST, LONGEST = 500_000, 1_000
"""Characters that are read, and of one value."""
SEEN = "lessons/seen"
"""In the session: the ideas that were on the screen, as (lesson, idea)."""
DRAWN = "lessons/controls"
"""In the session: the keys of all controls of lessons so far, whose values are kept, and the idea on which each was asked for
last, as (lesson, idea)."""
WAITING = "lessons/waiting"
"""In the session: values by key that controls take when they are asked for next. Whatever nobody asks for is nobody's value."""
HEARD, NOTE, LINKED = "progress/heard", "progress/note", "progress/linked"
FORGOTTEN = "progress/forgotten"
UNREADABLE = ("What this browser had kept of your way through the lessons is damaged, or of another version of these pages. "
              "It is left aside, and your progress is kept anew from here.")

_component = mounted("progress", "lesson/progress.js")


@dataclass(frozen=True)
class Progress:
    """What is kept. seen: (lesson, idea)   replies: as `ui.question` tells them   values: of controls, by key
    forgotten: when what was kept before was forgotten, in seconds since 1970"""

    seen: list[tuple[str, str]] = field(default_factory=list)
    replies: list[Told] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    forgotten: float = 0.0


def arrive(page: str) -> None:
    """A lesson is opened. If nothing is known of its visitor yet, and the address says more than an idea, it goes first."""
    if HEARD not in st.session_state:
        st.session_state.setdefault(LINKED, page if set(st.query_params) - {"idea", "v"} else "")


def keep() -> None:
    """Lets the browser keep how far its visitor is, after it has said what it has. Says if that could not be read."""
    heard = st.session_state.get(HEARD, 0)  # so many times
    _component(key="progress", data={"heard": heard, "text": written(_present()) if heard else ""}, on_kept_change=_hear)
    if note := st.session_state.pop(NOTE, None):
        st.info(note, icon=":material/history:")


def written(progress: Progress) -> str:
    """The text that is kept."""
    text = json.dumps(asdict(progress), sort_keys=True)
    return f"{VERSION} {_checksum(text)} {text}"


def read(kept: str) -> Progress:
    """What stands in a text that was kept. Raises ValueError when it is damaged, or of another version."""
    version, checksum, text = [*kept[:MOST].split(" ", 2), "", ""][:3]
    if version != VERSION or checksum != _checksum(text):
        raise ValueError(f"Expected a text of version {VERSION} with its checksum, got {kept[:24]!r}.")
    return TypeAdapter(Progress).validate_json(text)


def forget() -> None:
    """In a callback: as if no lesson had been opened. Browser and other tabs forget it when they next hear of it."""
    _forget(time())


def _forget(when: float) -> None:
    st.session_state[FORGOTTEN] = when
    for key in st.session_state.pop(DRAWN, ()):
        st.session_state.pop(key, None)
    st.session_state.pop(WAITING, None)
    st.session_state[SEEN] = set()
    forget_replies()


def forget_button(key: str) -> None:
    """Says who keeps the progress, and takes it away."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("This browser keeps how far you are, your answers and your values; nobody else has them.", width="content")
        st.button("Forget them", key=key, type="tertiary", icon=":material/delete:", on_click=forget)


def _checksum(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _present() -> Progress:
    state = st.session_state
    values = {key: state[key] for key in state.get(DRAWN, ()) if key in state and travels(state[key])}
    return Progress(sorted(state.get(SEEN, ())), told_replies(), values | state.get(WAITING, {}), state.get(FORGOTTEN, 0.0))


def travels(value: Any) -> bool:
    """Whether JSON gives it back as it was, and it is no more than a control says."""
    try:
        text = json.dumps(value, allow_nan=False)
        return len(text) <= LONGEST and bool(json.loads(text) == value)
    except (TypeError, ValueError):
        return False


def _hear() -> None:
    """What the browser has kept comes, in a callback: when a session begins, and when another tab has written since."""
    state = st.session_state
    said = (state.get("progress") or {}).get("kept")
    if not isinstance(said, str):
        return
    mine = () if HEARD not in state else {*state.get(DRAWN, ())}
    state[HEARD] = state.get(HEARD, 0) + 1
    try:
        kept = read(said) if said else Progress()
    except (ValueError, ValidationError):
        state[NOTE] = UNREADABLE
        return
    since = state.get(FORGOTTEN, 0.0)
    if kept.forgotten < since:
        return
    if kept.forgotten > since:
        _forget(kept.forgotten)
    state[SEEN] = {*state.get(SEEN, ()), *kept.seen}
    restore_replies(kept.replies)
    linked = state.get(LINKED)
    state[WAITING] = state.get(WAITING, {}) | {key: value for key, value in kept.values.items()
                                               if key not in mine and (not linked or linked not in key.split("/"))}
