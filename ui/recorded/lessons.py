"""Which recorded lessons there are: the built-in ones by name, the visitor's own, and those that stand in an address."""

from functools import cache

import streamlit as st

from ann_core.lab import recorded_link
from ann_core.lab.recorded import Lesson, Scene, read
from ui.assets import ROOT
from ui.your_data import session

GRADIENT, YOURS = "gradient", "yours"
BUILT_IN = {path.stem: path for path in sorted((ROOT / "lessons").glob("*.json"))}
OWN, LINKED, NOTES = "recorded/own", "recorded/linked", "recorded/notes"
NO_OWN = ("This address is about a lesson that was recorded in another window, or before this page was opened anew. Load its "
          "file on the page Your lesson.")


@cache
def built_in(name: str) -> Lesson:
    """One of ours."""
    return read(BUILT_IN[name].read_bytes())[0]


def own() -> Lesson:
    """The visitor's own; without scenes before anything is recorded."""
    return st.session_state.get(OWN) or Lesson()


def take(lesson: Lesson) -> None:
    """Makes this the visitor's own."""
    st.session_state[OWN] = lesson


def called(name: str) -> tuple[Lesson | None, list[str]]:
    """The lesson of an address, and what is to be said about it; None where there is none. name: of one of ours, the
    visitor's own, or a code"""
    if name in BUILT_IN:
        return built_in(name), []
    if name == YOURS:
        return (own(), []) if own().scenes else (None, [NO_OWN])
    known = st.session_state.get(LINKED, {})
    if name not in known:
        try:
            known = {name: recorded_link.opened(name)}
        except ValueError as reason:
            known = {name: (None, [str(reason)])}
        st.session_state[LINKED] = known
    return known[name]


def is_here(scene: Scene) -> bool:
    """Whether the tables that a scene learns from are in this session: a file holds none."""
    return all(run.data.table is None or session.own_of(run.data) is not None for run in scene.runs)


def missing(lesson: Lesson) -> list[str]:
    """A sentence for each scene whose table is not here."""
    return [f"Scene {number}, {scene.title}, is about the table {run.data.table.name}, which no file of a lesson holds. "
            "Bring it in on the page Your data; until then the scene is left out."
            for number, scene in enumerate(lesson.scenes, 1) if not is_here(scene)
            for run in scene.runs[:1] if run.data.table]
