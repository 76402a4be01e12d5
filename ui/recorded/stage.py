"""The stage of a recorded lesson: which scene is on, on which page, and how it stands in the address.

A scene stands still and asks first. Hands are counted in the player; what happens is shown, and plays, once it is asked for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import streamlit as st

from ann_core.lab.questions import Answer
from ann_core.lab.recorded import STAGES, Lesson, Scene
from ann_core.run.link import VERSION
from ui.page import arrive, script
from ui.recorded.lessons import YOURS, called, is_here, missing, own
from ui.settings import PageSettings

LESSON, SCENE = "lesson", "scene"
"""What of it stands in an address: the lesson's name or code, and the scene, counted from 1."""
ON, TIMES, COMING, BACK = "stage/on", "recorded/times", "recorded/coming", "recorded/back"
AWAITED = "stage/awaited"
"""The scene that an address names of the visitor's own lesson, which the browser may still have."""
EDITOR = "play/lesson"

T = TypeVar("T")
Reader = Callable[[Mapping[str, str]], tuple[T, list[str]]]


@dataclass(frozen=True)
class On:
    """What is on the stage. name: of the lesson, as an address has it   place: of the scene, from 0   times: how often lessons
    were begun so far, so that hands are counted anew   answers: to the questions that have been answered, by place; None where
    it is not worked out"""

    name: str
    lesson: Lesson
    place: int
    times: int
    answers: Mapping[int, Answer | None]

    @property
    def scene(self) -> Scene:
        """The scene that is on."""
        return self.lesson.scenes[self.place]

    @property
    def asks(self) -> bool:
        """Whether the scene still waits for the class to choose."""
        return self.scene.question is not None and self.place not in self.answers

    def beside(self, by: int) -> int | None:
        """The next scene this way (1 or −1) whose table is here."""
        places = range(self.place + by, len(self.lesson.scenes) if by > 0 else -1, by)
        return next((place for place in places if is_here(self.lesson.scenes[place])), None)


def on_stage() -> On | None:
    """What is on, if anything is."""
    return st.session_state.get(ON)


def begun(name: str, number: str = "1") -> tuple[On | None, list[str]]:
    """A lesson of this name at this scene, and what is to be said about it."""
    lesson, notes = called(name)
    if lesson is None:
        if name == YOURS:
            st.session_state[AWAITED] = number
        return None, notes
    notes = [*notes, *missing(lesson)]
    place = int(number) - 1 if number.isascii() and number.isdecimal() and len(number) < 5 else -1
    count = len(lesson.scenes)
    if not 0 <= place < count:
        notes.append(f"This lesson has {count} scene{'s' * (count != 1)}, and none called {number[:20]!r}; it begins at the "
                     "start.")
        place = 0
    before = on_stage()
    same = before is not None and before.name == name
    on = On(name, lesson, place, before.times if before and same else st.session_state.get(TIMES, 0),
            before.answers if before and same else {})
    if is_here(on.scene):
        return on, notes
    near = next((to for to in (on.beside(1), on.beside(-1)) if to is not None), None)
    return (None if near is None else replace(on, place=near)), notes


def put(on: On | None) -> None:
    """Makes this what is on. The presenter view comes and goes with it."""
    if on or on_stage():
        st.session_state[ON] = on
        st.session_state["stage/present"] = on is not None


class Stage(Generic[T]):
    """A page on which scenes play. page: as STAGES has it   read, write: its settings from and to its address"""

    def __init__(self, page: str, settings: str, read: Reader[T], write: Callable[[T], dict[str, str]]):
        """settings: the name under which the page keeps them, which writes branches, too"""
        self.page, self.title = page, STAGES[page].title
        self._reads, self._writes = read, write
        self.settings = PageSettings(settings, self._read, self._write, branches=True)

    @property
    def on(self) -> On | None:
        """What is on, if it is on this page."""
        on = on_stage()
        return on if on and on.scene.page == self.page else None

    @property
    def scene(self) -> Scene | None:
        """The scene that is on, if it is on this page."""
        return self.on.scene if self.on else None

    def current(self) -> tuple[T, list[str]]:
        """The page's settings, and what is to be said about the address they came from. A scene of another page is gone to."""
        if st.session_state.get("arrived") != self.title:
            key = f"{self.settings.page}/address"
            if LESSON in (st.session_state.get(key) or {}):
                del st.session_state[key]  # its scene was left with the page: the same address opens it again
        arrive(self.title)
        coming = st.session_state.pop(COMING, None)
        if coming and coming.scene.page == self.page:
            self._open(coming)
        self._follow()
        value, notes = self.settings.current()
        if AWAITED in st.session_state and own().scenes:
            put(begun(YOURS, st.session_state.pop(AWAITED))[0])
            self.settings.no_notes()
            notes = []
        self._follow()
        return value, notes

    def _follow(self) -> None:
        """To the page of the scene that is on, or back to where the lesson is edited."""
        if st.session_state.pop(BACK, False):
            st.switch_page(script(EDITOR))
        on = on_stage()
        if on and on.scene.page != self.page:
            st.session_state[COMING] = on
            st.switch_page(script(f"play/{on.scene.page}"))

    def _open(self, on: On) -> None:
        put(on)
        st.session_state.pop(f"{self.settings.page}/predict", None)
        if on.scene.page == self.page:
            self.settings.open(on.scene.value)
            self.settings.no_notes()

    def go(self, place: int) -> None:
        """In a callback: to another scene."""
        if on := on_stage():
            self._open(replace(on, place=place))

    def begin(self, name: str) -> None:
        """In a callback: a lesson from its first scene on."""
        put(None)
        st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1
        on, _ = begun(name)
        if on:
            self._open(on)

    def end(self) -> None:
        """In a callback: the lesson is over. Who recorded it comes back to where it is edited."""
        st.session_state[BACK] = bool(self.on and self.on.name == YOURS)
        put(None)

    def answer(self, found: Answer | None = None) -> None:
        """The class has chosen: what happens may be seen. found: the answer, where it was worked out"""
        if on := on_stage():
            put(replace(on, answers={**on.answers, on.place: found}))

    def _read(self, query: Mapping[str, str]) -> tuple[T, list[str]]:
        rest = {name: text for name, text in query.items() if name not in (LESSON, SCENE)}
        on, notes = begun(query[LESSON], query.get(SCENE, "1")) if LESSON in query else (None, [])
        put(on)
        if on and on.scene.page == self.page and not rest:
            return on.scene.value, notes
        value, more = self._reads(rest)
        return value, notes + more

    def _write(self, value: T) -> dict[str, str]:
        on = self.on
        if on is None:
            return self._writes(value)
        query = {LESSON: on.name, SCENE: str(on.place + 1)}
        if on.name != YOURS and value == on.scene.value:
            return query
        return query | {"v": VERSION} | self._writes(value)  # others, who do not have the lesson, see its settings
