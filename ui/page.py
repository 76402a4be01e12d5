"""What the head of a page with runs is made of: title, openers, notes, and the presenter view."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ann_core.base.registry import Record
from ui.qr import qr_button
from ui.settings import Refusals
from ui.text import markdown

O = TypeVar("O", bound=Record)
APP = "Neural playground"


def script(page: str) -> str:
    """Where a page's script lies, as Streamlit wants to hear it: seen from ui/shell.py. page: for example play/playground"""
    return f"../pages/{page}.py"


def arrive(page: str) -> None:
    """This page is on the screen now, and its name in the browser. The presenter view and a scene belong to the one before."""
    st.set_page_config(f"{page} · {APP}")
    if st.session_state.get("arrived") != page:
        for key in [key for key in st.session_state if str(key).startswith("stage/")]:
            del st.session_state[key]
        st.session_state["arrived"] = page


def opener_row(openers: Iterable[O], is_chosen: Callable[[O], bool], choose: Callable[[O], None],
               key: str = "openers") -> O | None:
    """The openers as buttons in a row. Returns the one whose scene is set, if any."""
    chosen = None
    with st.container(horizontal=True, gap="xsmall", key=key):
        for opener in openers:
            here = chosen is None and is_chosen(opener)
            chosen = opener if here else chosen
            st.button(opener.label, key=f"{key}/{opener.key}", type="primary" if here else "secondary", on_click=choose,
                      args=(opener,))
    return chosen


def notes(refused: Refusals, link_notes: list[str]) -> None:
    """What could not be done, and why."""
    for field, reason in refused:
        st.warning(f"**Not changed{': ' + markdown(field) if field else ''}.** {markdown(reason)} "
                   "The run goes on with the settings before.", icon=":material/block:")
    for note in link_notes:
        st.info(markdown(note), icon=":material/link:")


def title(words: str, scene: bool = False) -> tuple[bool, DeltaGenerator]:
    """The page's title with the switch to the presenter view beside it; neither when a scene stands in their place. Returns
    whether that view is on, and the row, for more buttons."""
    arrive(words)
    on = bool(st.session_state.get("stage/present"))
    with st.container(horizontal=True, vertical_alignment="center", key="presenting" if on else "title"):
        if not scene:
            st.title(words, width="stretch", anchor=False)
        more = st.container(horizontal=True, width="content", vertical_alignment="center")
        if not scene and on:
            sidebar_switch()
            qr_button()
        if not scene:
            st.button("Leave" if on else "Present", on_click=_flip, args=("stage/present",), type="tertiary",
                      shortcut=leaving() if on else None, icon=":material/close:" if on else ":material/present_to_all:",
                      help="Back to the whole page." if on else "Large type and no sidebar, for a projector.")
    return on, more


def sidebar_switch() -> None:
    """In the presenter view: the button that brings the sidebar back, and takes it away."""
    away = not st.session_state.get("stage/controls")
    with st.container(key="sidebar_away" if away else "sidebar_there", width="content"):
        st.button("Controls", on_click=_flip, args=("stage/controls",), type="tertiary", icon=":material/tune:", shortcut="s",
                  help="Shows or hides the settings at the left.")


def leaving() -> str | None:
    """The key that ends the presenter view; none while the settings are there, whose menus it closes."""
    return None if st.session_state.get("stage/controls") else "Esc"


def _flip(name: str) -> None:
    st.session_state[name] = not st.session_state.get(name)
