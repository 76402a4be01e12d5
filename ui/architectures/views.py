"""The two views of a page on an architecture, Lesson and Lab: the switch between them, and which of the two is shown."""

from collections.abc import Callable

import streamlit as st

from ann_core import RunConfig
from ui.lesson import Onward
from ui.settings import view_asked_for

LAB = "lab"
"""Its name in the address; the lesson is shown without one."""
VIEWS = {"": "Lesson", LAB: "Lab"}


def lab_of(page: str) -> str:
    """The name of the settings of a page's lab. Those of its lesson bear the page's own."""
    return f"{page}_lab"


def views(page: str, lesson: Callable[[], None], lab: Callable[[], None]) -> None:
    """Shows the view that the address names, or the one in which the page was left. Both have settings of their own, and write
    an address of their own: the lab's names its view."""
    asked = view_asked_for((page, lab_of(page)))
    if asked is not None:
        _choose(page, asked if asked in VIEWS else "")
    (lab if _chosen(page) == LAB else lesson)()


def in_the_lab(page: str, address: Callable[[RunConfig], dict[str, str]]) -> Callable[[RunConfig], Onward]:
    """Where the links of the lesson lead. address: of the lab for a run"""
    return lambda there: Onward("Lab", f"architectures/{page}", address(there))


def switch(page: str) -> None:
    """Lesson or Lab, as two buttons of which one is pressed: a widget that keeps a value would bring an old one back."""
    with st.container(horizontal=True, gap="xxsmall", width="content", key="views"):
        for view, name in VIEWS.items():
            here = view == _chosen(page)
            st.button(name, key=f"{page}/view/{name}", type="primary" if here else "secondary", on_click=_choose,
                      args=(page, view))


def _chosen(page: str) -> str:
    return st.session_state.get(f"{page}/view", "")


def _choose(page: str, view: str) -> None:
    st.session_state[f"{page}/view"] = view
