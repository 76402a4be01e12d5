"""Which of the compared runs are chosen: by a row of the table, a curve or a dot, and the same everywhere."""

from collections.abc import Iterable

import streamlit as st

from ann_core.lab.twins import MOST

PICKED, TURN = "compare/picked", "compare/turn"


def picked() -> tuple[int, ...]:
    """The numbers of the chosen runs."""
    return st.session_state.get(PICKED, ())


def pick(numbers: Iterable[int]) -> None:
    """Chooses runs, at most as many as can stand side by side."""
    st.session_state[PICKED] = tuple(numbers)[:MOST]
    st.session_state[TURN] = turn() + 1


def turn() -> int:
    """How often runs were chosen: part of the keys of what shows the choice."""
    return st.session_state.get(TURN, 0)


def strong(number: int) -> bool:
    """Whether a run is seen in full: chosen, or none is."""
    return not picked() or number in picked()
