"""Words that a visitor puts in order: dragged, moved by the arrow keys, or by a press."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from ann_core.data.table.classes import MOST_CLASSES
from ui.assets import mounted

_component = mounted("word_order", "order/index.js", '<div class="word-order" data-testid="word-order"></div>')


def word_order(words: Sequence[str], places: Sequence[int], label: str, key: str) -> tuple[int, ...]:
    """Shows the words, which are texts of a visitor's, one below the other; returns the places of the words in their order.

    places: of the words, in the order to begin with; each of them once, else they stand as they are   label: what the list is
    """
    usual = tuple(range(len(words)))
    answer, put = st.session_state.get(f"{key}/put", (0, tuple(places)))
    put = put if sorted(put) == [*usual] else usual  # an address may say anything
    _component(key=key, data={"words": [*words], "places": [*put], "answer": answer, "label": label},
               on_put_change=partial(_take, key, len(words)))
    return put


def _take(key: str, count: int) -> None:
    said = st.session_state.get(key)  # gone when its page is
    if said is not None and (read := read_order(said.get("put"), count)):
        st.session_state[f"{key}/put"] = read


def read_order(value: Any, count: int) -> tuple[int, tuple[int, ...]] | None:
    """The number of a message from the browser and the order in it; None when it is not one (it may have been forged)."""
    if not isinstance(value, dict) or type(value.get("n")) is not int or not 0 <= value["n"] < 2**31:
        return None
    places = value.get("places")
    if not isinstance(places, list) or len(places) > MOST_CLASSES or not all(type(place) is int for place in places):
        return None
    return (value["n"], tuple(places)) if sorted(places) == [*range(count)] else None
