"""The values of an idea's controls in its address, once somebody wants to share them: with.curves/at=1.5"""

import json
from collections.abc import Mapping

import streamlit as st

from ui.progress import DRAWN, WAITING, travels
from ui.question import ON_SCREEN, Controls

PREFIX = "with."
LONGEST = 200
"""Characters of a value that are read."""


def write(page: str, idea: str) -> dict[str, str]:
    """What stands in the address of an idea whose values are shared."""
    return st.session_state.get(f"{page}/shared", {}).get(idea, {})


def read(page: str, idea: str, query: Mapping[str, str], controls: Controls) -> list[str]:
    """Takes the values of an address that was opened. Returns a sentence for those that cannot be read."""
    said = {name.removeprefix(PREFIX): text for name, text in query.items() if name.startswith(PREFIX)}
    values, unread = {}, []
    for name, text in said.items():
        try:
            values[controls.key(name)] = _value(text)
        except ValueError:
            unread.append(name)
    st.session_state[WAITING] = st.session_state.get(WAITING, {}) | values
    st.session_state[f"{page}/shared"] = {idea: {f"{PREFIX}{name}": text for name, text in said.items() if name not in unread}}
    told = ", ".join(sorted(unread))[:LONGEST]
    return [f"This address gives values that cannot be read, so they are left out: {told}."] * bool(unread)


def _value(text: str) -> object:
    def refuse(word: str) -> None:
        raise ValueError(word)

    value = json.loads(text[:LONGEST], parse_constant=refuse)
    if isinstance(value, dict) or not travels(value):
        raise ValueError("Expected a number, a text, true, false or a list of them.")
    return value


def share(page: str, controls: Controls) -> None:
    """In a callback: puts the present values of the idea on the screen in its address."""
    state = st.session_state
    here, start = state[ON_SCREEN], controls.key("")
    drawn = [key for key, of in state.get(DRAWN, {}).items() if of == here and key.startswith(start) and key in state]
    values = {f"{PREFIX}{key.removeprefix(start)}": json.dumps(state[key], ensure_ascii=False)
              for key in drawn if travels(state[key])}
    state[f"{page}/shared"] = {here[1]: values}
