"""Which of several networks, by names that change while the page stands."""

from collections.abc import Sequence

import streamlit as st


def which(label: str, names: Sequence[str], key: str, width: int) -> int:
    """The place of the one that is chosen in a menu; the first one at the beginning, and where there is no other.

    The browser knows an option by its words, and goes on to say them when they are gone. So where names change, as a twin's
    by a cure, another menu takes over the place that was chosen.
    """
    if len(names) == 1:
        return 0
    before = min(st.session_state.get(key, 0), len(names) - 1)
    chosen = st.selectbox(label, range(len(names)), before, key=f"{key}/{'/'.join(names)}", width=width,
                          format_func=names.__getitem__)
    st.session_state[key] = chosen
    return chosen
