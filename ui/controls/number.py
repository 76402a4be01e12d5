"""A field for a number. Out of range, the browser says so at the field; emptied, it takes its number back and we say so."""

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

import streamlit as st

from ann_core.base.spelling import words

N = TypeVar("N", int, float)
SOON = 5.0
"""Seconds in which the sentence must come: a field that left the screen as it was emptied says nothing when it is back."""


def number(label: str, low: N | None, high: N | None, value: N, key: str, step: N | None = None, *, place: Any = st,
           below: Any = None, on_change: Callable[..., None] | None = None, args: tuple = (), **look: Any) -> N:
    """The field's number, from low to high; `value` until its key holds one.

    With a default an emptied field would quietly go back to it, so it has none and gets its number by its key alone. Streamlit
    sends that again until the browser has answered once, so the field comes up with it even where a page runs twice at once.

    label: Markdown   place: where the field stands   below: where the sentence goes, else below the field   on_change: called
    with `args` when there is another number   look: what else st.number_input takes
    """
    before = st.session_state.get(key, value)
    before = before if low is None else max(low, before)
    before = before if high is None else min(high, before)
    if st.session_state.get(key) != before:
        st.session_state[key] = before
    found = place.number_input(label, low, high, None, step, key=key, on_change=_changed, args=(key, before, on_change, args),
                               **look)
    if monotonic() - st.session_state.pop(_emptied(key), -SOON) < SOON:
        span = (f" from {words(low, 10)}" if low is not None else "") + (f" to {words(high, 10)}" if high is not None else "")
        (place if below is None else below).warning(f"**{label} stays {words(before, 10)}.** Type a number{span}.",
                                                    icon=":material/block:")
    return before if found is None else found


def _emptied(key: str) -> str:
    return f"{key}/emptied"


def _changed(key: str, before: Any, on_change: Callable[..., None] | None, args: tuple) -> None:
    if st.session_state[key] is None:
        st.session_state[key] = before
        st.session_state[_emptied(key)] = monotonic()
    elif on_change:
        on_change(*args)
