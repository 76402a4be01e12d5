"""A field for a number. What cannot be read, or is out of range, changes nothing: the field takes its number back and says so.

A text field, because a browser's own field for numbers drops the decimal comma (0,5 becomes 5) unless its language has one.
"""

from collections.abc import Callable
from math import inf
from time import monotonic
from typing import Any, TypeVar

import streamlit as st

from ann_core.base.spelling import read_number, words
from ui.text import markdown

N = TypeVar("N", int, float)
LONGEST = 60
"""Characters of a number that are read."""
SOON = 5.0
"""Seconds in which the sentence must come: a field that left the screen as it was emptied says nothing when it is back."""


def number(label: str, low: N | None, high: N | None, value: N, key: str, *, digits: int = 10, place: Any = st,
           below: Any = None, on_change: Callable[..., None] | None = None, args: tuple = (), **look: Any) -> N:
    """The field's number, from low to high, under its key in the session; `value` until that holds one. Whole if `value` is.

    The text stands under a key of its own, without a default: Streamlit sends it again until the browser has answered once, so
    the field comes up with it even where a page runs twice at once.

    label: Markdown   digits: of the number in the field   place: where the field stands   below: where the sentence goes, else
    below the field   on_change: called with `args` when there is another number   look: what else st.text_input takes
    """
    least, most = -inf if low is None else low, inf if high is None else high
    before = min(most, max(least, st.session_state.get(key, value)))
    st.session_state[key] = before
    text = _text(key)
    if st.session_state.get(text) != (spelt := _spelt(before, digits)):
        st.session_state[text] = spelt
    place.text_input(label, key=text, on_change=_typed, args=(key, type(value), least, most, on_change, args), **look)
    reason, since = st.session_state.pop(_refused(key), ("", -SOON))
    if monotonic() - since < SOON:
        span = (f" from {words(low, 10)}" if low is not None else "") + (f" to {words(high, 10)}" if high is not None else "")
        told = f" {markdown(reason)}" * bool(reason)
        (place if below is None else below).warning(
            f"**{label} stays {words(before, 10)}.**{told} Type a {'whole ' * isinstance(value, int)}number{span}.",
            icon=":material/block:")
    return before


def _text(key: str) -> str:
    return f"{key}/text"


def _refused(key: str) -> str:
    return f"{key}/refused"


def _spelt(value: float, digits: int) -> str:
    """As it stands in the field, to be typed on."""
    plain = str(value) if isinstance(value, int) else f"{value:.{digits}g}"
    return plain.replace("e-0", "e-").replace("e+", "e").replace("-", "−")


def _typed(key: str, kind: type, low: float, high: float, on_change: Callable[..., None] | None, args: tuple) -> None:
    """Takes what was typed, or keeps why not. The field itself is brought back by the next run."""
    typed = (st.session_state[_text(key)] or "")[:LONGEST]
    try:
        found = read_number(typed, kind is int)
        if not low <= found <= high:
            raise ValueError(f"{typed.strip()} is out of range.")
    except ValueError as error:
        st.session_state[_refused(key)] = str(error), monotonic()
        return
    if found != st.session_state.get(key):
        st.session_state[key] = kind(found)
        if on_change:
            on_change(*args)
