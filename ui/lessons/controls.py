"""The controls of a lesson. Each keeps its value while another idea is on the screen; what is not allowed is brought back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import streamlit as st

from ann_core.base.spelling import words
from ui.controls.number import number
from ui.figure import Cursor, Rest
from ui.progress import DRAWN, WAITING
from ui.question import ON_SCREEN

N = TypeVar("N", int, float)
Options = Mapping[Any, str] | Iterable[Any]
STAYS: Any = {"persist_state": "session"}
"""Streamlit would forget what is not on the screen."""


@dataclass(frozen=True)
class LessonControls:
    """The controls of one lesson. All but the fields get their value as their default too, see `ui.controls.fields`.

    place: what the keys of all of them begin with
    """

    place: str

    def key(self, name: str) -> str:
        """The key of the widget with this name."""
        return f"{self.place}/{name}"

    def value(self, name: str, usual: Any) -> Any:
        """What a control says, drawn or not; a number if the usual value is one, whatever a browser or an address says."""
        key, state = self.key(name), st.session_state
        state.setdefault(DRAWN, {})[key] = state.get(ON_SCREEN)
        if key in (waiting := state.get(WAITING, {})):
            state[key] = waiting.pop(key)
        found = state.get(key, usual)
        return found if _fits(found, usual) else usual

    def put(self, name: str, value: Any) -> None:
        """Sets a control, in a callback. None: as if it had never been set"""
        if value is None:
            st.session_state.pop(self.key(name), None)
        else:
            st.session_state[self.key(name)] = value

    def cursor(self, name: str, at: float, low: float, high: float, value: Callable[[float], float] = float) -> dict[str, Any]:
        """For a figure whose cursor is one place with a control. at: where it stands   value: of the control, for a place"""
        def put(place: float) -> None:
            self.put(name, round(min(high, max(low, value(place))), 2) + 0.0)

        return {"cursor": Cursor(at, put)}

    def rest(self, name: str, frames: int) -> tuple[int, dict[str, Any]]:
        """The keyframe at which an animation rests, so that formulas can speak of it; and what the figure needs for that."""
        at = max(0, int(min(self.value(name, 0), frames - 1)))
        return at, {"rest": Rest(at, partial(self.put, name))}

    def _start(self, name: str, usual: Any, allowed: Callable[[Any], Any]) -> Any:
        """What the control stands at, brought back to what is allowed."""
        before = allowed(self.value(name, usual))
        there = st.session_state.get(self.key(name), before)
        if before != there or type(before) is not type(there):  # an address says 1 for 1.0
            self.put(name, before)
        return before

    def slider(self, name: str, label: str, low: N, high: N, usual: N, step: Any = 0.1, help: str | None = None) -> N:
        """A number between two others."""
        before = self._start(name, usual, lambda value: type(low)(min(high, max(low, value))))
        return st.slider(label, low, high, before, step, key=self.key(name), help=help, **STAYS)

    def number(self, name: str, label: str, low: N, high: N, usual: N, help: str | None = None, **look: Any) -> N:
        """A field for a number."""
        self._start(name, usual, lambda value: min(high, max(low, value)))
        return number(label, low, high, usual, self.key(name), help=help, **STAYS, **look)

    def series(self, name: str, label: str, options: Sequence[float], usual: float, help: str | None = None) -> Any:
        """One of a series of numbers; of others the nearest."""
        before = self._start(name, usual, lambda value: min(options, key=lambda option: abs(option - value)))
        return st.select_slider(label, options, before, key=self.key(name), help=help, format_func=words, **STAYS)

    def _among(self, name: str, options: Options, usual: Any, spell: Callable[[Any], str] | None) -> tuple[list, Any, Any]:
        """The options, the one that is chosen, and how they are spelt: a mapping spells its keys."""
        listed = list(options)
        first = listed[0] if usual is None else usual
        before = self._start(name, first, lambda value: value if value in listed else first if first in listed else listed[0])
        return listed, before, spell or (options.__getitem__ if isinstance(options, Mapping) else str)

    def one_of(self, name: str, label: str, options: Options, usual: Any = None, spell: Callable[[Any], str] | None = None,
               help: str | None = None) -> Any:
        """One of a few, side by side."""
        listed, before, spell = self._among(name, options, usual, spell)
        return st.segmented_control(label, listed, default=before, key=self.key(name), required=True, format_func=spell,
                                    help=help, **STAYS)

    def from_list(self, name: str, label: str, options: Options, usual: Any = None) -> Any:
        """One of many."""
        listed, before, spell = self._among(name, options, usual, None)
        return st.selectbox(label, listed, listed.index(before), key=self.key(name), format_func=spell, **STAYS)

    def some_of(self, name: str, label: str, options: Mapping[str, str], usual: Sequence[str] = ()) -> list[str]:
        """Any of the choices, by key, in their own order."""
        before = self._start(name, list(usual), lambda values: [value for value in options if value in _several(values)])
        chosen = st.pills(label, list(options), selection_mode="multi", default=before, key=self.key(name),
                          format_func=options.__getitem__, wrap=True, **STAYS)
        return [option for option in options if option in chosen]

    def toggle(self, name: str, label: str, usual: bool = False) -> bool:
        """A switch."""
        return st.toggle(label, self.value(name, usual), key=self.key(name), **STAYS)


def _fits(found: Any, usual: Any) -> bool:
    """Whether a value may stand where the usual one is a number, or a yes or no."""
    if isinstance(usual, bool) or not isinstance(usual, int | float):
        return isinstance(found, bool) or not isinstance(usual, bool)
    return isinstance(found, int | float) and not isinstance(found, bool)


def _several(values: Any) -> Sequence[Any]:
    """What a control of several choices says; an address may say anything."""
    return values if isinstance(values, list | tuple) else ()
